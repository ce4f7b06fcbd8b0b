"""Configurations of cloud-init in the form in which distributions and tools write them, shortened.

RHEL and SLES by config/cloud.cfg.tmpl of canonical/cloud-init, Ubuntu by the same and by what its installer (subiquity)
and its package write below cloud.cfg.d, the file of pvsadm by ppc64le-cloud/pvsadm, AIX by aixoss/cloud-init.
"""

from typing import Final

RHEL: Final = """\
# The top level settings are used as module
# and base configuration.

users:
  - default

disable_root: true
mount_default_fields: [~, ~, 'auto', 'defaults,nofail,x-systemd.after=cloud-init.service,_netdev', '0', '2']
ssh_genkeytypes: ['rsa', 'ecdsa', 'ed25519']
syslog_fix_perms: ~

cloud_init_modules:
  - seed_random
  - users_groups

# The modules that run in the 'config' stage
cloud_config_modules:
  - rh_subscription
  - runcmd

# The modules that run in the 'final' stage
cloud_final_modules:
  - salt_minion
  - reset_rmc
  - scripts_per_once
  - power_state_change

system_info:
  # This will affect which distro class gets used
  distro: rhel
  default_user:
    name: cloud-user
    lock_passwd: True
    sudo: ["ALL=(ALL) NOPASSWD:ALL"]
  paths:
    cloud_dir: /var/lib/cloud/
    templates_dir: /etc/cloud/templates/
  ssh_svcname: sshd
"""
SLES: Final = """\
syslog_fix_perms: root:root
users:
   - default
preserve_hostname: false
datasource_list: [ NoCloud, ConfigDrive, OpenStack, None ]
# Example datasource config
# datasource:
#    Ec2:
#      metadata_urls: [ 'blah.com' ]
#      timeout: 5 # (defaults to 50 seconds)

cloud_init_modules:
 - migrator
 - users-groups
cloud_config_modules:
 - zypper-add-repo
 - runcmd
cloud_final_modules:
 - reset_rmc
 - scripts-user
system_info:
   distro: sles
"""
UBUNTU: Final = """\
users:
  - default
cloud_init_modules:
  - bootcmd
cloud_config_modules:
  - ubuntu_pro
  - runcmd
cloud_final_modules:
  - lxd
  - reset_rmc
  - scripts_user
system_info:
  distro: ubuntu
  network:
    renderers: ['netplan', 'eni', 'sysconfig']
  package_mirrors:
    - arches: [default]
      failsafe:
        primary: http://ports.ubuntu.com/ubuntu-ports
"""
DPKG: Final = """\
# to update this file, run dpkg-reconfigure cloud-init
datasource_list: [ NoCloud, ConfigDrive, OpenStack, None ]
"""
INSTALLER: Final = """\
datasource:
  None:
    metadata:
      instance-id: 5f3c09a1-0000-4000-8000-0b2d4c6e8f10
    userdata_raw: "#cloud-config\\ngrowpart:\\n  mode: 'off'\\n"
datasource_list:
- None
"""
PVSADM: Final = """\
# latest file from cloud-init
users:
 - default

## Change 1: Enabling the root login
disable_root: 0
ssh_pwauth:   0

cloud_init_modules:
 - disk_setup
 - ssh

Set the default timezone to UTC:
timezone: UTC
cloud_config_modules:
 - timezone
 - runcmd

cloud_final_modules:
 - scripts-user
 - power-state-change
 - reset_rmc

write_files:
 - path: /tmp/update-disks.sh
   permissions: 0744
   content: |
      #!/usr/bin/env bash
      for i in /dev/sd[a-z]; do
        partprobe $i || true
      done

runcmd:
 - bash /tmp/update-disks.sh
 - xfs_growfs -d /

###############################################
datasource_list: [ ConfigDrive, NoCloud, None ]
datasource:
  ConfigDrive:
    dsmode: local
###############################################

# vim:syntax=yaml
"""
AIX: Final = """\
users:
   - default
disable_root: false
ssh_genkeytypes: ['rsa', 'dsa']
datasource_list: ['ConfigDrive']
cloud_init_modules:
 - migrator
 - restore-volume-groups
 - update-bootlist
 - reset-rmc
cloud_config_modules:
# Emit the cloud config ready event
 - emit_upstart
 - runcmd
cloud_final_modules:
 - scripts-user
system_info:
   distro: aix
   paths:
      cloud_dir: /opt/freeware/var/lib/cloud/
      upstart_dir: /etc/rc.d/init.d/
   ssh_svcname: ssh
"""
