"""Files of the roots, as the makers of the systems and of the packages write them, shortened. Constructed.

cloud.cfg and ds-identify.cfg are written as pvsadm's `image qcow2ova` writes them: `reset_rmc` is the last of
cloud_final_modules.
"""

from typing import Final

NODE_ID: Final = "9f684c509e74d650\n"
ELF: Final = bytes.fromhex("7f454c4602010100 0000000000000000 0300150001000000") + bytes(40)
"""The header of a little-endian 64-bit program for POWER."""
OS_RELEASE: Final = {
    "rhel": 'NAME="Red Hat Enterprise Linux"\nVERSION="9.4 (Plow)"\nID="rhel"\nID_LIKE="fedora"\nVERSION_ID="9.4"\n',
    "sles": 'NAME="SLES"\nVERSION="15-SP6"\nVERSION_ID="15.6"\nID="sles"\nID_LIKE="suse"\n',
    "ubuntu": 'NAME="Ubuntu"\nVERSION_ID="22.04"\nVERSION="22.04.4 LTS (Jammy Jellyfish)"\nID=ubuntu\nID_LIKE=debian\n',
}
CLOUD_CFG: Final = """\
users:
 - default

disable_root: 0
ssh_pwauth: 1

datasource_list: [ConfigDrive, NoCloud, None]

cloud_init_modules:
 - migrator
 - seed_random
 - bootcmd
 - write-files
 - growpart
 - resizefs
 - disk_setup
 - mounts
 - set_hostname
 - update_hostname
 - update_etc_hosts
 - rsyslog
 - users-groups
 - ssh

cloud_config_modules:
 - ssh-import-id
 - locale
 - set-passwords
 - timezone
 - runcmd

cloud_final_modules:
 - package-update-upgrade-install
 - scripts-vendor
 - scripts-per-once
 - scripts-per-boot
 - scripts-per-instance
 - scripts-user
 - ssh-authkey-fingerprints
 - keys-to-console
 - phone-home
 - final-message
 - power-state-change
 - reset_rmc

system_info:
  distro: {distro}
  paths:
     cloud_dir: /var/lib/cloud
     templates_dir: /etc/cloud/templates
"""
DS_IDENTIFY: Final = "policy: search,found=all,maybe=all,notfound=disabled\n"
LOGGING: Final = "_log:\n - &log_base |\n   [loggers]\n   keys=root,cloudinit\n"
SERVICES: Final = """\
# service-name  port/protocol  [aliases ...]
ssh             22/tcp
ssh             22/udp
rmc             657/tcp
rmc             657/udp
"""
UNITS: Final = (
    *("cloud-init-local.service", "cloud-init.service", "cloud-config.service", "cloud-final.service"),
    *("cloud-init.target", "cloud-config.target", "multi-user.target", "ctrmc.service", "srcmstr.service"),
)
CLOUD_UNITS: Final = ("cloud-init-local", "cloud-init", "cloud-config", "cloud-final")
UNIT: Final = (
    "[Unit]\nDescription=constructed\n\n[Service]\nExecStart=/usr/bin/true\n\n[Install]\nWantedBy=multi-user.target\n"
)
FIREWALLD: Final = "DefaultZone=public\nCleanupOnExit=yes\nLockdown=no\nIPv6_rpfilter=yes\nFirewallBackend=nftables\n"
ZONE: Final = """\
<?xml version="1.0" encoding="utf-8"?>
<zone>
  <short>Public</short>
  <description>For use in public areas.</description>
  <service name="ssh"/>
  <service name="dhcpv6-client"/>
{services}</zone>
"""
OPEN: Final = '  <service name="rsct-ctrmc"/>\n  <service name="rsct-ctrmc-tls"/>\n'
SERVICE: Final = """\
<?xml version="1.0" encoding="utf-8"?>
<service>
  <short>RMC</short>
  <description>Resource Monitoring and Control of RSCT.</description>
  <port protocol="tcp" port="{port}"/>
  <port protocol="udp" port="{port}"/>
</service>
"""
KERNEL: Final = "root=UUID=0d1e6d5b-63a1-4c0b-9a55-7d7d1f2b0c11 ro console=hvc0"
ENTRY: Final = f"""\
title Red Hat Enterprise Linux (5.14.0-427.13.1.el9_4.ppc64le) 9.4 (Plow)
version 5.14.0-427.13.1.el9_4.ppc64le
linux /vmlinuz-5.14.0-427.13.1.el9_4.ppc64le
initrd /initramfs-5.14.0-427.13.1.el9_4.ppc64le.img
options {KERNEL}
grub_users $grub_users
"""
GRUBENV: Final = "# GRUB Environment Block\nsaved_entry=0\nboot_success=0\n" + "#" * 900 + "\n"
GRUB_CFG: Final = """\
set timeout=5
menuentry 'Linux' {{
	linux	/boot/{kernel} {line}
	initrd	/boot/initrd.img
}}
"""
GRUB_DEFAULT: Final = 'GRUB_TIMEOUT=5\nGRUB_CMDLINE_LINUX="console=hvc0"\nGRUB_ENABLE_BLSCFG={bls}\n'
SYSCTL: Final = "kernel.sysrq = 16\nnet.ipv4.conf.all.rp_filter = 2\n"
IFCFG: Final = "BOOTPROTO='dhcp'\nSTARTMODE='auto'\n"
NETPLAN: Final = "network:\n  version: 2\n  ethernets:\n    eth0:\n      dhcp4: true\n"
KEYFILE: Final = """\
[connection]
id=eth0
type=ethernet
interface-name=eth0

[ipv4]
method=auto

[ipv6]
method={method}
"""
DRM: Final = "Name=IBM.DRM\nClass=IBM.DRM\n"
