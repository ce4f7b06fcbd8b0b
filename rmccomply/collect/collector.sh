#!/bin/sh
# rmccomply collector: asks AIX, VIOS or Linux on Power about RSCT and RMC, and changes nothing.
# It writes one evidence bundle (format 1) to standard output. `--list` prints what it would ask, and asks nothing.
#
#   ssh host sh -s -- full < collector.sh > host.rmcc
#
# It is written in what ksh88, ksh93 and POSIX shells have in common. What that rules out, with the reason:
# - no EXIT trap: bash runs it in background children too, and ksh88 at the end of functions; `bye` is the one way out
# - no here-document: shells keep them in files, which fails where disks are full
# - no `case` within $( ), no `set -u`: old parsers
# - only printf writes: the other command differs from shell to shell
# - all of it in one pair of braces, whose last line runs it: a script that was cut on its way runs nothing
#
# A dead file server stops for ever whoever looks at one of its files, in a way that no signal ends. So this shell looks
# at none but its own: a child does, under a guard, and beside it waits a deputy who can end the bundle.
[ -z "${ZSH_VERSION-}" ] || emulate -R sh
{
set +a +e +u +v +x +o noclobber
case $- in *m*) set +m ;; esac

VERSION=1
MARK='%rmccomply-evidence 1'
LF='
'
STREAM_CAP=262144
ERROR_CAP=16384
BUNDLE_CAP=4194304
USUAL_BLOCKS=32768
COPY_BLOCKS=4194304
RUN_LIMIT=300
EACH_LIMIT=0
SLOW_LIMIT=5
PROBED_MOST=4
FOLDERS_MOST=4
FILES_MOST=64
LINKS_MOST=40

# ---- what is asked ---------------------------------------------------------------------------------------------
#
# VERB ID PROFILES ROOT LIMIT HOW WHY REQUEST
#   ask    a command      see    a file      log    the last lines of a file      reach    a TCP port of a console
#   each   a folder, then each file in it that a pattern means      prove    what a root is mounted from
#   PROFILES  Q quick, F full, I image          ROOT  n no, p sees less without, y answers root alone
#   HOW   src     answered by a daemon: after one that hung, the next gets 5 s
#         rmc     answered by rmcd: skipped besides where ctrmc does not run
#         csm     the same, and skipped where IBM.MCP was answered: only levels without it use this class
#         ports   where it is too long, only the lines of the ports of RMC are kept
#         rmconly only the lines on RMC are kept
#         errors  only what the error log has of RMC, clusters and the System Resource Controller, 200 lines
#         procs   of processes that are not RMC's the arguments are left out; where it is too long, they are too
#         nft, iptables, ip6tables   skipped where the kernel has not loaded them: asking would load them
#         ipsec   skipped where no device of IP security is available: there are no rules then
#         offline can be asked of a mounted image; files always can
#         inside  the same, of its files and folders: paths lead to those of the image
#         there   the same, and paths that are not there are left out: grep tells them from unreadable ones by no status
#         image   of the file of an image, where --image names it

# In this order: what RMC itself says comes before all that a dead file server or a slow command could keep from it.
plan_first() {
  ask os.uname QFI n 5 - 'the system, its name and release' uname -a
}

plan_image() {
  ask image.before I n 1800 image 'the image file, before it is read' sha256sum "${IMAGE:-FILE}"
  prove image.mount I n 10 image 'whether the root is mounted from that file' "${ROOT:-DIR}" "${IMAGE:-FILE}"
}

plan_image_end() {
  ask image.after I n 1800 image 'the image file, after it was read' sha256sum -- "${IMAGE:-FILE}"
}

plan_rmc() {
  ask src.all QF n 15 src 'which subsystems run' lssrc -a
  ask rmc.domain QF y 15 rmc 'state of the management domain, by address' rmcdomainstatus -s ctrmc -a ip
  ask rmc.names QF y 15 rmc 'state of the management domain, by name' rmcdomainstatus -s ctrmc
  ask rmc.mcp QF p 20 rmc 'management consoles that RMC knows' lsrsrc IBM.MCP
  ask rmc.long QF p 15 rmc 'long status of RMC' lssrc -ls ctrmc
  ask rmc.inband QF n 15 src 'consoles that are reached through the hypervisor' lssrc -ls mcproxy
  see node.etc QFI n 5 - 'the node ID, its spare copy' /etc/ct_node_id
  see node.var QFI n 5 - 'the node ID in force' /var/ct/cfg/ct_node_id
  ask node.live QF n 10 - 'the node ID as RSCT tells it' lsnodeid
  ask peer.domain QF p 15 src 'whether there is a peer domain' lsrpdomain
  ask peer.nodes F p 15 src 'nodes of a peer domain' lsrpnode
  ask rsct.version QFI n 10 - 'the level of RSCT' ctversion
}

plan_aix() {
  ask rmc.server QF p 20 csm 'the console, at levels that use CSM' lsrsrc IBM.ManagementServer
  ask os.model QFI n 5 - 'type and model of the machine' uname -M
  ask os.serial QFI n 5 - 'serial number of the machine' uname -u
  ask os.lpar QFI n 5 - 'number and name of the partition' uname -L
  ask os.wpar QFI n 5 - 'whether this is a workload partition' uname -W
  ask os.uptime QF n 5 - 'time since the start' uptime
  see boot.inittab QFI n 5 - 'whether RMC starts with the system' /etc/inittab
  see net.services FI n 5 ports 'the name of port 657' /etc/services
  ask net.addresses QF n 10 - 'interfaces and addresses' ifconfig -a
  ask net.links F n 10 - 'MTU and hardware addresses' netstat -in
  ask net.routes F n 10 - 'by which interface the console is reached' netstat -rn
  ask net.sockets QF n 20 ports 'listening ports and sessions of RMC' netstat -an
  ask fs.var QF n 10 - 'room for RSCT' df -k /var/ct /var /tmp /
  ask proc.all QF n 10 procs 'whether and how RMC runs' ps -A -o pid,etime,args
  see cloud.config FI n 5 - 'whether cloud-init renews the node ID' /opt/freeware/etc/cloud/cloud.cfg
  see cloud.log FI p 10 rmconly 'whether it did' /var/log/cloud-init.log
  see cloud.output FI p 10 rmconly 'whether it did' /var/log/cloud-init-output.log
  ask os.level QFI n 30 - 'level of AIX' oslevel -s
  ask pkg.rsct QFI n 30 - 'filesets of RSCT' lslpp -Lcq 'rsct.*'
  ask pkg.service QFI n 30 - 'the fileset of IBM.ServiceRM' lslpp -Lcq devices.chrp.base.ServiceRM
  ask caa.disks QFI n 20 - 'the disk of a CAA cluster' lspv
  ask caa.device QFI n 10 - 'the identity of a CAA cluster' lsattr -El cluster0
  ask caa.odm FI n 10 offline 'the identity of a CAA cluster' odmget -q name=cluster0 CuAt
  ask odm.ghostdev FI n 10 offline 'whether a copy forgets its devices' odmget -q attribute=ghostdev CuAt
  ask odm.clouddev FI n 10 offline 'whether a copy forgets its devices' odmget -q attribute=clouddev CuAt
  ask cloud.folder FI n 5 inside 'whether cloud-init is disabled' ls -l /opt/freeware/etc/cloud
  each cloud.parts FI n 5 - 'whether cloud-init renews the node ID' '/opt/freeware/etc/cloud/cloud.cfg.d/*.cfg'
  ask cloud.state FI n 10 inside 'what cloud-init left' ls -lR /opt/freeware/var/lib/cloud
  ask cloud.start FI n 5 inside 'whether cloud-init starts with the system' ls -l /etc/rc.d/rc2.d
  ask cloud.first FI n 10 there 'whether the first start renews the node ID' grep -rns recfgct /opt/freeware/etc/cloud
  ask pkg.npiv FI n 30 - 'the fileset of virtual Fibre Channel' lslpp -Lcq devices.vdevice.IBM.vfc-client.rte
  ask pkg.rpm FI n 30 offline 'whether cloud-init is installed' rpm -qa --qf '%{NAME}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n'
}

plan_aix_slow() {
  ask caa.cluster QF p 15 src 'whether there is a CAA cluster' lscluster -c
  ask filter.devices F n 10 - 'whether an IP filter runs' lsdev -Cc ipsec
  ask filter.other F n 30 - 'whether another IP filter is installed' lslpp -Lcq ipfl.rte
  ask filter.v4 F y 20 ipsec 'IP filter rules in force' lsfilt -a -v4 -O
  ask filter.v6 F y 20 ipsec 'IP filter rules in force' lsfilt -a -v6 -O
  ask pkg.history FI n 30 - 'when RSCT was updated' lslpp -h 'rsct.*'
  ask log.errors F n 30 errors 'whether RMC starts again and again' errpt
  ask lpar.info F n 20 - 'the partition as the hypervisor sees it' lparstat -i
  ask lpar.machine F n 60 - 'the machine and its firmware' prtconf
}

plan_fixes() {
  ask fix.apars FI n 60 - 'fixes that IBM names for RSCT' instfix -ik 'IV74438 IV77384 IV80836 IV81777'
  ask fix.interim FI y 60 - 'interim fixes' emgr -l
}

plan_powerha() {
  ask ha.state QF p 15 src 'whether PowerHA runs' lssrc -ls clstrmgrES
}

plan_vios() {
  ask vios.level QFI n 20 - 'level of the Virtual I/O Server' ioscli ioslevel
  ask vios.pool QF p 20 src 'whether there is a shared storage pool' ioscli cluster -list
}

plan_linux() {
  see os.release QFI n 5 - 'the distribution' /etc/os-release
  see os.release.usr QFI n 5 - 'the distribution' /usr/lib/os-release
  see os.cpu QF n 5 - 'the kind of machine' /proc/cpuinfo
  see os.lpar QF n 5 - 'number of the partition, and its machine' /proc/ppc64/lparcfg
  see os.model QF n 5 - 'type and model of the machine' /proc/device-tree/model
  see os.serial QF n 5 - 'serial number of the machine' /proc/device-tree/system-id
  see os.uptime QF n 5 - 'time since the start' /proc/uptime
  see rsct.drm QFI n 5 - 'whether IBM.DRM is defined' /opt/rsct/cfg/rmdefs/IBM.DRM.mdef
  see net.services FI n 5 ports 'the name of port 657' /etc/services
  see net.services.usr FI n 5 ports 'the name of port 657' /usr/etc/services
  ask net.addresses QF n 10 - 'interfaces and addresses' ip addr
  ask net.routes F n 10 - 'by which interface the console is reached' ip route
  ask net.routes6 F n 10 - 'by which interface the console is reached' ip -6 route
  ask net.sockets QF n 20 ports 'listening ports and sessions of RMC' ss -tuan
  see net.tcp F n 10 ports 'listening ports and sessions of RMC' /proc/net/tcp
  see net.tcp6 F n 10 ports 'listening ports and sessions of RMC' /proc/net/tcp6
  see net.udp F n 10 ports 'listening ports of RMC' /proc/net/udp
  see net.udp6 F n 10 ports 'listening ports of RMC' /proc/net/udp6
  ask fs.space QF n 10 - 'room for RSCT' df -kPT /var/ct /var /tmp /
  ask fs.inodes QF n 10 - 'inodes for RSCT' df -iPT /var/ct /var /tmp /
  ask proc.all QF n 10 procs 'whether and how RMC runs' ps -A -o pid,etime,args
  see cloud.config FI n 5 - 'whether cloud-init renews the node ID' /etc/cloud/cloud.cfg
  see cloud.log FI p 10 rmconly 'whether it did' /var/log/cloud-init.log
  see cloud.output FI p 10 rmconly 'whether it did' /var/log/cloud-init-output.log
  see fw.rmc FI n 5 - 'what firewalld knows of RMC' /usr/lib/firewalld/services/rsct-ctrmc.xml
  see fw.rmc.tls FI n 5 - 'what firewalld knows of RMC' /usr/lib/firewalld/services/rsct-ctrmc-tls.xml
  see fw.rmc.own FI n 5 - 'what firewalld was told of RMC' /etc/firewalld/services/rsct-ctrmc.xml
  see fw.rmc.tls.own FI n 5 - 'what firewalld was told of RMC' /etc/firewalld/services/rsct-ctrmc-tls.xml
  ask boot.units QF n 10 - 'whether RMC runs, and starts with the system' systemctl show -p Id,LoadState,ActiveState,SubState,UnitFileState,ActiveEnterTimestamp ctrmc srcmstr
  ask pkg.rpm QFI n 30 offline 'packages of RSCT and others' rpm -qa --qf '%{NAME}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n'
  ask pkg.dpkg QFI n 30 offline 'packages of RSCT and others' dpkg-query -W '--showformat=${Package}\t${Version}\t${Architecture}\t${db:Status-Abbrev}\n'
}

plan_linux_files() {
  ask boot.enabled FI n 10 inside 'which units start with the system' ls -lR /etc/systemd/system
  ask boot.files FI n 10 inside 'which units there are' ls -l /usr/lib/systemd/system
  ask boot.files.lib FI n 10 inside 'which units there are' ls -l /lib/systemd/system
  ask cloud.folder FI n 5 inside 'whether cloud-init is disabled' ls -l /etc/cloud
  each cloud.parts FI n 5 - 'whether cloud-init renews the node ID' '/etc/cloud/cloud.cfg.d/*.cfg'
  see cloud.detect FI n 5 - 'whether cloud-init finds where it runs' /etc/cloud/ds-identify.cfg
  ask cloud.state FI n 10 inside 'what cloud-init left' ls -lR /var/lib/cloud
  ask cloud.first FI n 10 there 'whether the first start renews the node ID' grep -rns recfgct /etc/rc.local /etc/rc.d/rc.local /etc/systemd/system /var/lib/cloud/scripts /etc/cloud
  see kernel.line FI n 5 - 'whether the kernel has IPv6' /proc/cmdline
  see kernel.default FI n 5 - 'whether the kernel starts with IPv6' /etc/default/grub
  see kernel.own FI n 5 - 'whether the kernel starts with IPv6' /etc/kernel/cmdline
  each kernel.entries FI n 5 - 'whether the kernel starts with IPv6' '/boot/loader/entries/*.conf'
  see kernel.env FI n 5 - 'whether the kernel starts with IPv6' /boot/grub2/grubenv
  see kernel.env.grub FI n 5 - 'whether the kernel starts with IPv6' /boot/grub/grubenv
  ask kernel.menu FI n 5 inside 'whether the kernel starts with IPv6' grep -n -e vmlinu -e kernelopts /boot/grub2/grub.cfg
  ask kernel.menu.grub FI n 5 inside 'whether the kernel starts with IPv6' grep -n -e vmlinu -e kernelopts /boot/grub/grub.cfg
  see ipv6.conf FI n 5 - 'whether IPv6 is switched off' /etc/sysctl.conf
  each ipv6.etc FI n 5 - 'whether IPv6 is switched off' '/etc/sysctl.d/*.conf'
  each ipv6.run FI n 5 - 'whether IPv6 is switched off' '/run/sysctl.d/*.conf'
  each ipv6.local FI n 5 - 'whether IPv6 is switched off' '/usr/local/lib/sysctl.d/*.conf'
  each ipv6.usr FI n 5 - 'whether IPv6 is switched off' '/usr/lib/sysctl.d/*.conf'
  each net.manager FI y 5 - 'how interfaces are set up' '/etc/NetworkManager/system-connections/*'
  each net.scripts FI n 5 - 'how interfaces are set up' '/etc/sysconfig/network-scripts/ifcfg-*'
  each net.config FI n 5 - 'how interfaces are set up' '/etc/sysconfig/network/ifcfg-*'
  ask ipv6.other FI y 10 there 'whether IPv6 is switched off elsewhere' grep -rns -e disable_ipv6 -e LinkLocalAddressing -e link-local -e method=disabled -e 'ipv6.*disable' -e '[il].*t.ipv6' /etc/modprobe.d /usr/lib/modprobe.d /etc/systemd/network /usr/lib/netplan /usr/lib/NetworkManager/system-connections /etc/network
  each net.plan FI y 5 - 'how interfaces are set up' '/etc/netplan/*.yaml'
  see fw.config FI y 5 - 'which zone of firewalld is the default' /etc/firewalld/firewalld.conf
  each fw.zone.own FI y 5 - 'zones of firewalld' '/etc/firewalld/zones/*.xml'
  each fw.zone.usr FI n 5 - 'zones of firewalld' '/usr/lib/firewalld/zones/*.xml'
  see fw.direct FI y 5 - 'rules of firewalld' /etc/firewalld/direct.xml
  see fw.nft.file FI y 5 - 'packet filter at the start' /etc/sysconfig/nftables.conf
  see fw.nft.own FI y 5 - 'packet filter at the start' /etc/nftables.conf
  see fw.v4.file FI y 5 - 'packet filter at the start' /etc/sysconfig/iptables
  see fw.v6.file FI y 5 - 'packet filter at the start' /etc/sysconfig/ip6tables
  see fw.v4.rules FI y 5 - 'packet filter at the start' /etc/iptables/rules.v4
  see fw.v6.rules FI y 5 - 'packet filter at the start' /etc/iptables/rules.v6
  see fw.ufw FI n 5 - 'whether ufw is on' /etc/ufw/ufw.conf
  see fw.ufw.default FI n 5 - 'whether ufw filters IPv6' /etc/default/ufw
  see fw.ufw.v4 FI y 5 - 'rules of ufw' /etc/ufw/user.rules
  see fw.ufw.v6 FI y 5 - 'rules of ufw' /etc/ufw/user6.rules
  ask os.elf FI n 5 inside 'for which machine its programs are' od -An -tx1 -N20 /usr/bin/env
}

plan_linux_slow() {
  ask fw.zones F y 20 - 'zones of firewalld' firewall-cmd --list-all-zones
  ask fw.loaded F n 5 - 'packet filters that the kernel has loaded' grep -e ^nf_tables -e ^ip_tables -e ^ip6_tables /proc/modules
  ask fw.builtin F n 5 - 'packet filters that are built into the kernel' grep -e /nf_tables.ko -e /ip_tables.ko -e /ip6_tables.ko "/lib/modules/${RELEASE:-RELEASE}/modules.builtin"
  ask fw.nft F y 20 nft 'packet filter of the kernel' nft list ruleset
  ask fw.iptables F y 20 iptables 'packet filter of the kernel' iptables-save
  ask fw.ip6tables F y 20 ip6tables 'packet filter of the kernel' ip6tables-save
  ask lpar.info F n 20 - 'the partition as the hypervisor sees it' lparstat -i
}

plan_rsct() {
  ask log.folders FI n 5 inside 'whether there are logs of a peer domain' ls -l /var/ct
  ask rsct.config FI n 5 inside 'what a cluster left' ls -l /var/ct/cfg
  ask rsct.tools FI n 5 inside 'whether the node ID can be renewed' ls -l /opt/rsct/install/bin
  log log.domain FI p 10 - 'errors of the handshake with the console' 200 /var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default
  log log.domain.old FI p 10 - 'errors of the handshake with the console' 200 /var/ct/IW/log/mc/IBM.MgmtDomainRM.default
  log log.cluster FI p 10 - 'the same, on a member of a peer domain' 200 '/var/ct/[0-9]*/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default'
  log log.cluster.old FI p 10 - 'the same, on a member of a peer domain' 200 '/var/ct/[0-9]*/log/mc/IBM.MgmtDomainRM.default'
  ask sec.self F n 20 - 'names by which this host may be trusted' ctsvhbal
  ask sec.check F p 20 - 'whether its keys and its trust are in order' ctsvhbac
  ask sec.hosts F y 20 - 'hosts that are trusted' ctsthl -l
}

plan_reach() {
  reach probe QF n 8 - 'whether the console can be reached (with --probe alone)' 657 12601
}

plan() {
  plan_image
  plan_first
  plan_rmc
  case $1 in
    AIX) plan_aix; plan_powerha; plan_rsct; plan_aix_slow; plan_fixes ;;
    VIOS) plan_aix; plan_vios; plan_rsct; plan_aix_slow ;;
    Linux) plan_linux; plan_rsct; plan_linux_files; plan_linux_slow ;;
  esac
  plan_reach
  plan_image_end
}

# ---- environment, options, list --------------------------------------------------------------------------------

settle_environment() {
  IFS=" 	$LF"
  set -f
  umask 077
  PATH=/usr/bin:/bin:/usr/sbin:/sbin
  DIRS='/opt/rsct/bin /usr/sbin/rsct/bin /opt/rsct/install/bin /usr/bin /bin /usr/sbin /sbin /usr/ios/cli'
  unset ENV BASH_ENV CDPATH GREP_OPTIONS POSIXLY_CORRECT PERL5OPT PERL5LIB PERL5DB LD_PRELOAD LD_LIBRARY_PATH LIBPATH LDR_PRELOAD
  LC_ALL=C
  LANG=C
  TZ=UTC0
  export PATH LC_ALL LANG TZ
  CLEAN="PATH=$PATH HOME=/ LC_ALL=C LANG=C TZ=UTC0"
  PROFILE=full
  LIST=
  ROOT=
  OFFLINE=
  IMAGE=
  NAME=
  REPLAY=
  PROBE=
  ONLY=
  SKIP=
  TEMP=
  CHILD=
  GUARD=
  EMPTY=/dev/null
  NOTES=
  DONES=
  COUNT=0
  ELAPSED=0
  LAST=
  BUDGET=$BUNDLE_CAP
  CTRMC=
  MCP=
  IPSEC=
  RELEASE=
  HUNG=
  LOST=
  MORE=
  HOW=
  PEERS=
  FULL=
  DEPUTY=
  FILE_BLOCKS=$USUAL_BLOCKS
}

usage() {
  printf '%s\n' 'collector.sh [quick|full|image] [OPTION...]' \
    '  quick, full, image   how much is asked; full where none is named' \
    '  --list [SYSTEM]      print what would be asked (of aix, vios, linux or all), ask nothing' \
    '  --probe              try TCP 657 and 12601 of the consoles that the host names' \
    '  --root DIR           read a mounted image instead of the running system' \
    '  --image FILE         with --root: the file that is mounted there, whose SHA-256 is told' \
    '  --name NAME          what the target is called, whatever the file of the bundle is called' \
    '  --only IDS           ask these alone (comma list of the identifiers of --list)' \
    '  --skip IDS           leave these out' \
    '  --limit SECONDS      end of the whole run (300)' \
    '  --each SECONDS       longest time for one request (as --list says)' \
    '  --replay DIR         ask the stand-in commands and files of a replay folder; the bundle says so' \
    '  --version, --help'
}

refuse() {
  printf 'collector: %s\n' "$1" >&2
  exit 2
}

value_of() {
  [ $# -gt 1 ] || refuse "$1 needs a value"
  VALUE=$2
}

number_of() {
  value_of "$@"
  case $VALUE in '' | 0* | *[!0-9]* | ??????*) refuse "$1 needs a number of seconds" ;; esac
}

path_of() {
  value_of "$@"
  case $VALUE in /*) ;; *) refuse "$1 needs an absolute path" ;; esac
  plain '\041-\133\135-\176' "$VALUE" || refuse "$1 needs a path of ASCII without blanks and backslashes"
}

# plain SET TEXT: whether a text has these octets alone.
plain() {
  [ "$(printf '%s.' "$2" | tr -cd "$1")" = "$2." ]
}

folder_of() {
  path_of "$@"
  in_time test -d "$VALUE" || refuse "$VALUE is not a folder"
}

# A root is none that runs: its answers would be of files alone, under the name of an image.
root_of() {
  folder_of "$@"
  ! in_time is_running "$VALUE" || refuse "$VALUE is the root of the running system, which is asked without --root"
  ROOT=$VALUE
  OFFLINE=yes
  while :; do
    case $ROOT in */) ROOT=${ROOT%/} ;; *) break ;; esac
  done
}

is_running() {
  same "$1" / || same "$1" /proc/1/root
}

SIZES='NR > 1 { print $1, $2 }'

# Whether two paths are one file. posh does not know -ef; there the same number in the same file system has to do.
same() {
  if [ / -ef / ]; then
    [ "$1" -ef "$2" ]
  elif [ -e "$1" ] && [ -e "$2" ]; then
    one=$(ls -diL "$1") && other=$(ls -diL "$2") && [ "${one%%/*}" = "${other%%/*}" ] &&
      [ "$(df -kP "$1" | awk "$SIZES")" = "$(df -kP "$2" | awk "$SIZES")" ]
  else
    return 1
  fi 2>/dev/null
}

image_of() {
  path_of "$@"
  in_time test -f "$VALUE" || refuse "$VALUE is not a file"
  IMAGE=$VALUE
  [ "$RUN_LIMIT" -ne 300 ] || RUN_LIMIT=4000
}

name_of() {
  value_of "$@"
  case $VALUE in '' | -*) refuse "$1 needs a name" ;; esac
  [ "${#VALUE}" -le 200 ] && plain '\041-\176' "$VALUE" || refuse "$1 needs a name of ASCII without blanks"
  NAME=$VALUE
}

read_options() {
  ARGS=$(printf '%s' "$*" | tr -cd '\040-\176')
  while [ $# -gt 0 ]; do
    case $1 in
      quick | full | image) PROFILE=$1 ;;
      --probe) PROBE=yes ;;
      --root) root_of "$@" && shift ;;
      --image) image_of "$@" && shift ;;
      --name) name_of "$@" && shift ;;
      --replay) folder_of "$@" && REPLAY=$VALUE && shift ;;
      --only) value_of "$@" && ONLY=,$VALUE, && shift ;;
      --skip) value_of "$@" && SKIP=,$VALUE, && shift ;;
      --limit) number_of "$@" && RUN_LIMIT=$VALUE && shift ;;
      --each) number_of "$@" && EACH_LIMIT=$VALUE && shift ;;
      --list)
        LIST=all
        case ${2-} in aix | vios | linux) LIST=$2 && shift ;; esac
        ;;
      --version) printf '%s\n' "$VERSION" && exit 0 ;;
      --help | -h) usage && exit 0 ;;
      --) ;;
      *) refuse "'$1' is not known; --help tells what is" ;;
    esac
    shift
  done
  [ -z "$OFFLINE" ] || [ -z "$REPLAY" ] || refuse '--root and --replay do not go together'
  [ -z "$IMAGE" ] || [ -n "$OFFLINE" ] || refuse '--image needs --root, the folder where that file is mounted'
  [ -z "$OFFLINE" ] || [ -n "$LIST" ] || find_system_of_root
  if [ -n "$REPLAY" ]; then
    ROOT=$REPLAY/root
    DIRS=$REPLAY/bin
    in_time test -f "$REPLAY/REPLAY" || refuse "$REPLAY is not a replay folder"
  fi
  case $PROFILE in quick) LETTER=Q ;; full) LETTER=F ;; image) LETTER=I ;; esac
  [ -z "$ONLY$SKIP" ] || know_identifiers
}

# The system of an image, by what is in it.
find_system_of_root() {
  if in_time is_there /etc/os-release || in_time is_there /usr/lib/os-release; then
    SYSTEM=Linux
  elif in_time is_there /usr/ios/cli/ioscli; then
    SYSTEM=VIOS
  elif in_time is_there /usr/lpp || in_time is_there /etc/objrepos; then
    SYSTEM=AIX
  else
    refuse "$ROOT holds neither Linux (etc/os-release) nor AIX (usr/lpp): is the image mounted there?"
  fi
}

# With a slip in an identifier nothing would be asked, or what was to be left out.
know_identifiers() {
  [ -z "$LIST" ] || return 0
  LIST=all
  known=$(list_all)
  LIST=
  for word in $(printf '%s' "$ONLY$SKIP" | tr ',' ' '); do
    case $known in *"$LF  $word "*) ;; *) refuse "no request is called '$word'; --list tells their names" ;; esac
  done
}

# Whether a system is to be listed.
listed() {
  [ "$LIST" = all ] || [ "$LIST" = "$1" ]
}

list_all() {
  listed aix && printf 'AIX\n' && plan AIX
  listed vios && printf 'Virtual I/O Server\n' && plan VIOS
  listed linux && printf 'Linux\n' && plan Linux
  printf '%s\n' 'For its own work' \
    '  awk cat cksum cut date dd env fold grep id kill ls mkdir mv od printf ps rm rmdir sed sha256sum sleep tail tr uname wc' \
    '  with --probe: perl, else bash or ksh93'
}

show_request() {
  show_way=$1
  show_line=
  case $3 in *Q*) show_line=quick ;; esac
  case $3 in *F*) show_line=${show_line:+$show_line,}full ;; esac
  case $3 in *I*) show_line=${show_line:+$show_line,}image ;; esac
  show_root=no
  case $4 in y) show_root=yes ;; p) show_root='more' ;; esac
  printf '  %-15s %3s s  root %-4s %-16s %s\n' "$2" "$5" "$show_root" "$show_line" "$7"
  shift 7
  show_line=$show_way
  for word in "$@"; do
    case $word in *[!A-Za-z0-9_./=:,%+-]* | '') word="'$word'" ;; esac
    show_line="$show_line $word"
  done
  printf '      %s\n' "${show_line# }"
}

# ---- time, room, and the way out -------------------------------------------------------------------------------

# Sets UTC, and ELAPSED: the seconds of this run, in which a clock that is set back or far forward counts for nothing.
tick() {
  set -- $(date -u '+%Y-%m-%dT%H:%M:%SZ %j %H %M %S')
  UTC=$1
  now=$((((1$2 - 1000) * 24 + 1$3 - 100) * 3600 + (1$4 - 100) * 60 + 1$5 - 100))
  step=$((now - ${LAST:-$now}))
  LAST=$now
  if [ "$step" -ge 0 ] && [ "$step" -le 3600 ]; then
    ELAPSED=$((ELAPSED + step))
  fi
}

# A folder where 64 KiB can be written and read back: an empty write succeeds on a full disk too.
find_room() {
  block=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
  block=$block$block$block$block
  block=$block$block$block$block
  CANARY=$block$block$block$block$block$block$block$block$block$block$block$block$block$block$block$block
  for place in "${TMPDIR-}" /tmp /var/tmp "${HOME-}" /dev/shm; do
    case $place in /?*) ;; *) continue ;; esac
    TEMP=$place/rmccomply.$$
    if in_time make_room; then
      find_empty
      return 0
    fi
  done
  TEMP=
  return 1
}

make_room() {
  mkdir "$TEMP" 2>/dev/null || return 1
  if fill_room && [ $(($(wc -c <"$TEMP/canary"))) -eq 65536 ]; then
    rm -f "$TEMP/canary"
    return 0
  fi
  leave_room
  return 1
}

# In pieces that are no longer than the arguments of a command may be in old systems.
fill_room() {
  {
    { printf '%s' "$CANARY" && printf '%s' "$CANARY" && printf '%s' "$CANARY" && printf '%s' "$CANARY"; } >"$TEMP/canary"
  } 2>/dev/null
}

# What commands get for standard input. Administrators do replace the device by a file, into which everybody writes.
find_empty() {
  EMPTY=/dev/null
  if [ ! -c "$EMPTY" ]; then
    EMPTY=$TEMP/empty
    : >"$EMPTY"
    NOTES="$NOTES${LF}%h note /dev/null is a file here, and no device"
  fi
}

leave_room() {
  leave_database
  rm -f "$TEMP/empty" "$TEMP/out" "$TEMP/err" "$TEMP/told" "$TEMP/new" "$TEMP/canary" "$TEMP/raw" "$TEMP/said" 2>/dev/null
  rmdir "$TEMP" 2>/dev/null
}

# rpm makes files of many names beside its database.
leave_database() {
  [ -d "$TEMP/db" ] || return 0
  set +f
  rm -f "$TEMP/db"/* "$TEMP/db"/.[!.]* 2>/dev/null
  set -f
  rmdir "$TEMP/db"
}

# Whether there is still room. What was just written may be cut where there is none. The block that is written to try
# must be gone before the next command runs: else it is its own room.
has_room() {
  room=0
  if { printf '%s' "$CANARY" >"$TEMP/canary"; } 2>/dev/null; then
    room=$(($(wc -c <"$TEMP/canary")))
  fi
  rm -f "$TEMP/canary"
  [ "$room" -eq 16384 ] || FULL=yes
  [ -z "$FULL" ]
}

# The one way out: nothing is left running, and nothing is left behind.
bye() {
  trap '' 1 2 13 15
  if [ -n "$CHILD" ]; then
    [ -z "$GUARD" ] || kill -USR1 "$GUARD" 2>/dev/null
    end_tree "$CHILD" </dev/null >/dev/null 2>&1
  fi
  dismiss
  [ -z "$TEMP" ] || in_time leave_room
  exit "$1"
}

# ---- running a command under guard -----------------------------------------------------------------------------

# The processes of these and below them, parents first.
tree() {
  ps -A -o pid= -o ppid= 2>/dev/null | awk -v tops="$*" '
    { below[$2] = below[$2] " " $1 }
    END {
      n = split(tops, queue, " ")
      for (i = 1; i <= n; i++) seen[queue[i]] = 1
      for (i = 1; i <= n; i++) {
        print queue[i]
        m = split(below[queue[i]], more, " ")
        for (j = 1; j <= m; j++) if (!(more[j] in seen)) { seen[more[j]] = 1; queue[++n] = more[j] }
      }
    }'
}

# Parents first: a shell whose child was ended would go on with its next command.
end_tree() {
  family=$(tree "$1")
  for pid in ${family:-$1}; do kill -TERM "$pid" 2>/dev/null; done
  sleep 1
  for pid in ${family:-$1} $(tree ${family:-$1}); do kill -KILL "$pid" 2>/dev/null; done
}

# Runs beside a command, keeps all it knows in variables since a disk may be full, and says 99 where it ended it. It
# fires at its limit, or when the main shell is gone. Of a process of another user nobody is told whether it is there, so
# only the main shell says that a command has ended.
guard() {
  left=$2
  while [ "$left" -gt 0 ] && kill -0 "$$"; do
    sleep 1
    left=$((left - 1))
  done
  trap '' USR1
  end_tree "$1"
  exit 99
}

# Waits for CHILD, which has this many seconds; sets ST and RC.
attend() {
  guard "$CHILD" "$1" </dev/null >/dev/null 2>&1 &
  GUARD=$!
  { wait "$CHILD"; } 2>/dev/null
  RC=$?
  {
    kill -USR1 "$GUARD"
    wait "$GUARD"
  } 2>/dev/null
  fired=$?
  CHILD=
  GUARD=
  ST='exit'
  if [ "$RC" -gt 255 ] || { [ "$RC" -gt 128 ] && [ "$RC" -lt 193 ]; }; then
    ST=signal
    RC=0
  fi
  if [ "$fired" -eq 99 ]; then
    ST='timeout'
    RC=0
  fi
}

# in_time COMMAND [ARGUMENT...]: whether it says yes, and soon.
in_time() {
  {
    "$@" &
    wait "$!"
  } <"$EMPTY" >/dev/null 2>&1 &
  CHILD=$!
  attend "$SLOW_LIMIT"
  [ "$ST.$RC" = exit.0 ]
}

# guarded LIMIT FUNCTION [ARGUMENT...]: runs one of those that `tell`, and sets ST, RC, FOUND and MORE by what it told;
# output and error output are in $TEMP, in new files each time: what an earlier command left running may still write to
# its own.
# A shell of ours stands between: it can be ended where the command cannot (another user's, a dead file server), so
# that nobody waits for that one (a trap that broke off `wait` would do it too, and posh crashes of that). What it
# says itself is dropped, and the exit of one that a signal ended made 128 and the signal: ksh93 adds 256 and yash
# 384, which no exit status can hold.
guarded() {
  limit=$1
  shift
  rm -f "$TEMP/out" "$TEMP/err" "$TEMP/told" "$TEMP/raw" "$TEMP/said"
  leave_database
  {
    ulimit -f "$FILE_BLOCKS"
    ulimit -c 0
    "$@" <"$EMPTY" 2>&3 3>&- &
    wait "$!"
    left_with=$?
    [ "$left_with" -lt 256 ] || left_with=$((left_with % 128 + 128))
    exit "$left_with"
  } <"$EMPTY" >"$TEMP/out" 3>"$TEMP/err" 2>/dev/null &
  CHILD=$!
  attend "$limit"
  told=
  FOUND=
  more=
  [ ! -s "$TEMP/told" ] || read -r told FOUND more <"$TEMP/told"
  [ "$FOUND" != - ] || FOUND=
  [ -z "$more" ] || MORE=" $more"
  case $ST.$told in
    exit. | exit.looking) ST=nospace ;;
    exit.exit | signal.* | timeout.*) ;;
    *) ST=$told ;;
  esac
}

# ---- what a child does: to look at files, and to become the command ------------------------------------------------

# tell STATE PATH: the child's word to the main shell. What it told last before it hung is where it hung.
tell() {
  { printf '%s\n' "$1 ${2:--}$MORE" >"$TEMP/told"; } 2>/dev/null
}

become() {
  tell 'exit' "$FOUND"
  exec env -i $CLEAN "$@"
}

# Sets FOUND to the command of this name: one that may be run before one that may not, empty where there is none.
find_command() {
  FOUND=
  for dir in $DIRS; do
    tell looking "$dir"
    if [ -f "$dir/$1" ] && [ -x "$dir/$1" ]; then
      FOUND=$dir/$1
      return 0
    fi
    if [ -z "$FOUND" ] && [ -f "$dir/$1" ]; then
      FOUND=$dir/$1
    fi
  done
}

# Sets WHYNOT where the command would load what it asks about, or would only wait.
forbid() {
  case $HOW in
    rmc) [ "$CTRMC" != down ] || WHYNOT=ctrmc-down ;;
    csm)
      [ "$MCP" != there ] || WHYNOT=mcp-there
      [ "$CTRMC" != down ] || WHYNOT=ctrmc-down
      ;;
    nft)
      loads_nothing || grep '^nf_tables ' "$ROOT/proc/modules" >/dev/null 2>&1 || [ -d "$ROOT/sys/module/nf_tables" ] ||
        grep '/nf_tables[.]ko' "$ROOT/lib/modules/$RELEASE/modules.builtin" >/dev/null 2>&1 || WHYNOT=not-loaded
      ;;
    iptables) loads_nothing || has_tables "$ROOT/proc/net/ip_tables_names" || WHYNOT=not-loaded ;;
    ip6tables) loads_nothing || has_tables "$ROOT/proc/net/ip6_tables_names" || WHYNOT=not-loaded ;;
    ipsec) [ "$IPSEC" != none ] || WHYNOT=no-ipsec ;;
  esac
}

# Whether the kernel is one that has no modules: it has no list of them, and there /proc does have what every kernel has.
loads_nothing() {
  [ -f "$ROOT/proc/sys/kernel/osrelease" ] && [ ! -e "$ROOT/proc/modules" ]
}

# Whether the old iptables has tables, or root alone may know.
has_tables() {
  if [ -e "$1" ] && [ ! -r "$1" ]; then
    return 0
  fi
  grep . "$1" >/dev/null 2>&1
}

run() {
  find_command "$1"
  forbid
  if [ -n "$WHYNOT" ]; then
    MORE=" why=$WHYNOT"
    tell skipped "$FOUND"
  elif [ -z "$FOUND" ] && [ -n "$LOST" ]; then
    MORE=' why=folder-hangs'
    tell skipped
  elif [ -z "$FOUND" ]; then
    tell notfound
  elif [ ! -x "$FOUND" ]; then
    tell noexec "$FOUND"
  else
    name=$1
    shift
    case ${REPLAY:+replay}$OFFLINE.$HOW.$name in
      .offline.rpm) if [ "$SYSTEM" = Linux ]; then ask_rpm "$@"; else become "$FOUND" "$@"; fi ;;
      yes.offline.rpm) ask_rpm "$@" ;;
      yes.offline.dpkg-query) ask_dpkg "$@" ;;
      yes.offline.odmget) ask_odm "$@" ;;
      yes.inside.* | .inside.* | yes.there.* | .there.*) ask_inside "$name" "$@" ;;
      *) become "$FOUND" "$@" ;;
    esac
  fi
}

# ---- below the root of an image ------------------------------------------------------------------------------------

forgo() {
  MORE=" why=$1"
  tell skipped "$FOUND"
}

# Sets base to the database of rpm, and WHYNOT where there is none to ask. An rpm makes a new one where it finds none.
find_database() {
  base=
  for place in /usr/lib/sysimage/rpm /var/lib/rpm /opt/freeware/packages; do
    for file in rpmdb.sqlite Packages.db Packages; do
      locate "$place/$file"
      case $ST.$base in
        absent.*) ;;
        exit. | exit."$REAL") base=$REAL ;;
        exit.*) [ -z "$ROOT" ] || WHYNOT='two-databases' ;;
        *) [ -z "$ROOT" ] || return 0 ;;
      esac
    done
  done
  ST='exit'
  MORE=
  [ -n "$base" ] || WHYNOT='no-database'
}

# The rpm of the machine that looks has settings of its own on where the database is (Debian's: the home folder), and makes
# files beside one that it reads. So it gets a copy of the one that the image has.
ask_rpm() {
  find_database
  if [ "$ST" != exit ]; then
    tell "$ST" "$FOUND"
    return 0
  elif [ -n "$WHYNOT" ]; then
    forgo "$WHYNOT"
    return 0
  elif [ -z "$ROOT" ]; then
    become "$FOUND" "$@"
  fi
  if ! copy_database "$base"; then
    tell nospace "$FOUND"
    return 0
  fi
  MORE=" db=${base#"$ROOT"}"
  case $base in
    *.sqlite) become "$FOUND" --dbpath "$TEMP/db" --define '_db_backend sqlite' "$@" ;;
    *.db) become "$FOUND" --dbpath "$TEMP/db" --define '_db_backend ndb' "$@" ;;
    *) become "$FOUND" --dbpath "$TEMP/db" --define '_db_backend bdb_ro' "$@" ;;
  esac
}

# What was written last may stand in a file beside it.
copy_database() {
  mkdir "$TEMP/db" && cat "$1" >"$TEMP/db/${1##*/}" || return 1
  locate "${1#"$ROOT"}-wal"
  case $ST in
    exit) cat "$REAL" >"$TEMP/db/${1##*/}-wal" ;;
    *) [ "$ST" = absent ] ;;
  esac
}

ask_dpkg() {
  locate /var/lib/dpkg/status
  MORE=" db=${REAL#"$ROOT"}"
  case $ST in
    exit) become "$FOUND" "--admindir=${REAL%/*}" "$@" ;;
    absent) forgo 'no-database' ;;
    *) tell "$ST" "$FOUND" ;;
  esac
}

ask_odm() {
  locate /etc/objrepos/CuAt
  case $ST in
    exit) CLEAN="$CLEAN ODMDIR=${REAL%/*}" && become "$FOUND" "$@" ;;
    absent) forgo 'no-database' ;;
    *) tell "$ST" "$FOUND" ;;
  esac
}

# Paths on a machine that looks, and what they are in the image: at the beginning of a line, in a complaint anywhere.
REPATH='
  BEGIN { for (i = 1; i < ARGC; i++) { pair[i] = ARGV[i]; ARGV[i] = "" } pairs = ARGC }
  {
    line = $0
    free = anywhere || line ~ /^(Binary file|grep:) /
    for (i = 1; i < pairs; i += 2) {
      done = ""
      while (at = index(line, pair[i])) {
        if (!free && (at > 1 || substr(line, length(pair[i]) + 1) !~ /^([:\/]|$)/)) break
        done = done substr(line, 1, at - 1) pair[i + 1]
        line = substr(line, at + length(pair[i]))
        if (!free) break
      }
      line = done line
      if (done != "" && !free) break
    }
    print line
  }'

# ask_inside NAME WORD...: the command on what its paths lead to in the image. What it says has the paths as they were
# asked, and its own name.
ask_inside() {
  names="$FOUND: $1:"
  shift
  number=$#
  pairs=
  while [ "$number" -gt 0 ]; do
    number=$((number - 1))
    word=$1
    shift
    case $word in
      /*)
        resolve "$word"
        case $ST in
          absent) [ "$HOW" != there ] || continue ;;
          unreadable | skipped) tell "$ST" "$FOUND" && return 0 ;;
        esac
        if [ "$ST" = exit ] && [ ! -f "$REAL" ] && [ ! -d "$REAL" ]; then
          hide no-file
          tell "$ST" "$FOUND"
          return 0
        fi
        case $HOW." $pairs" in there.*" $REAL "*) continue ;; esac
        pairs="$pairs$REAL $word "
        word=$REAL
        ;;
    esac
    set -- "$@" "$word"
  done
  MORE=
  tell 'exit' "$FOUND"
  [ -n "$pairs" ] || exit 1
  env -i $CLEAN "$FOUND" "$@" >"$TEMP/raw" 2>"$TEMP/said"
  left_with=$?
  awk "$REPATH" $pairs <"$TEMP/raw" && awk -v anywhere=1 "$REPATH" $pairs $names "$ROOT/" / <"$TEMP/said" >&2 || tell nospace
  exit "$left_with"
}

# prove ROOT FILE: how a root is mounted. A file that a loop device has may have been replaced by another of its name.
prove_mount() {
  tell 'exit'
  here=$(cd "$1" && pwd -P)
  set -- "$2" $(awk -v here="$here" '$5 == here { line = $0 } END { sub(/ - [^ ]* /, " ", line); print line }' /proc/self/mountinfo)
  if [ $# -lt 8 ]; then
    printf 'not-mounted\n'
    return 0
  fi
  file=$1
  device=/sys/dev/block/$4
  eval "shift $(($# - 2))"
  [ -d "$device" ] || device=/sys/class/block/${1##*/}
  find_loop "$device" "$1"
  if [ -z "$loop" ]; then
    printf 'not-loop\nsource %s\n' "$1"
    return 0
  fi
  backing=$(cat "$loop/loop/backing_file")
  if same "$backing" "$file"; then printf 'same\n'; else printf 'another-file\n'; fi
  printf 'source %s\nfile %s\n' "$1" "$backing"
}

# find_loop DEVICE SOURCE: the loop device that a device is, is a part of, or is made of alone.
find_loop() {
  loop=
  set +f
  case $2 in
    /dev/mapper/*)
      for place in /sys/class/block/dm-*; do
        [ "/dev/mapper/$(cat "$place/dm/name" 2>/dev/null)" != "$2" ] || set -- "$place" -
      done
      ;;
  esac
  if [ -f "$1/loop/backing_file" ]; then
    loop=$1
  elif [ -f "$1/partition" ] && [ -f "$1/../loop/backing_file" ]; then
    loop=$1/..
  else
    for place in "$1"/slaves/*; do
      [ -d "$place" ] || continue
      below=$place
      [ ! -f "$place/partition" ] || below=$place/..
      if [ ! -f "$below/loop/backing_file" ] || { [ -n "$loop" ] && ! same "$loop" "$below"; }; then
        loop=
        return 0
      fi
      loop=$below
    done
  fi
}

# ---- files ---------------------------------------------------------------------------------------------------------

# read_file PATH [LINES]: all of it, what HOW asks for, or its last lines.
read_file() {
  locate "$1"
  if [ "$ST" != exit ]; then
    tell "$ST"
    return 0
  fi
  [ $# -gt 1 ] || describe
  if [ $# -gt 1 ]; then
    become tail -n "$2" "$REAL"
  elif [ "$HOW" = rmconly ]; then
    MORE="$MORE filter=rmc"
    tell 'exit'
    { cut -b 1-2000 "$REAL" || tell unreadable; } | awk "$RMCONLY"
  else
    become cat "$REAL"
  fi
}

# folders_like START: the folders whose paths begin as a pattern says. The folder above tells them to those who may read it.
folders_like() {
  resolve "${1%/*}"
  if [ "$ST" = exit ] && [ -d "$REAL" ] && { [ ! -r "$REAL" ] || [ ! -x "$REAL" ]; }; then
    ST=unreadable
  fi
  case $ST in exit | absent) ;; *) tell "$ST" && return 0 ;; esac
  tell 'exit'
  IFS=
  set +f
  for place in $REAL/${1##*/}*; do
    [ ! -d "$place" ] || printf '%s\n' "${1%/*}/${place##*/}"
  done
}

# files_like PATTERN: the names of files of a folder, sorted; / for one that no line of a bundle can hold.
files_like() {
  resolve "${1%/*}"
  if [ "$ST" = exit ] && { [ ! -d "$REAL" ] || [ ! -r "$REAL" ] || [ ! -x "$REAL" ]; }; then
    ST=unreadable
  fi
  if [ "$ST" != exit ]; then
    tell "$ST"
    return 0
  fi
  tell 'exit'
  IFS=
  set +f
  number=0
  for place in $REAL/${1##*/}; do
    [ -e "$place" ] || [ -h "$place" ] || continue
    place=${place##*/}
    case $place in *"$LF"*) place=/ ;; esac
    plain '\040-\176\200-\377' "$place" || place=/
    printf '%s\n' "$place"
    number=$((number + 1))
    [ "$number" -le "$FILES_MOST" ] || break
  done
}

# resolve PATH: sets REAL to what it leads to, or ST to what stands in the way. A folder that may not be searched hides
# whether a file is there. Below another root a link leads to where it would lead there, so this shell follows each
# itself, and only what has none is given to a command.
resolve() {
  ST='exit'
  REAL=$ROOT
  links=0
  rest=$1/
  while [ -n "$rest" ]; do
    part=${rest%%/*}
    rest=${rest#*/}
    case $part in
      '' | .) continue ;;
      ..)
        [ "$REAL" = "$ROOT" ] || REAL=${REAL%/*}
        continue
        ;;
    esac
    [ -d "$REAL/" ] || gone "$part/$rest" || return 0
    if [ ! -x "$REAL/" ]; then
      ST=unreadable
      return 0
    fi
    if [ ! -h "$REAL/$part" ]; then
      [ -e "$REAL/$part" ] || gone "$part/$rest" || return 0
      REAL=$REAL/$part
    elif [ -n "$ROOT" ]; then
      links=$((links + 1))
      target=$(ls -ld "$REAL/$part" && printf '.')
      target=${target#*"$REAL/$part -> "}
      target=${target%"$LF".}
      if [ "$links" -gt "$LINKS_MOST" ] || [ -z "$target" ] || ! plain '\041-\133\135-\176' "$target"; then
        hide link
        return 0
      fi
      case $target in /*) REAL=$ROOT ;; esac
      beyond=${#rest}
      rest=$target/$rest
    elif [ -e "$REAL/$part" ]; then
      REAL=$REAL/$part
    else
      hide link
      return 0
    fi
    case $OFFLINE${REAL#"$ROOT"} in
      yes/proc | yes/sys | yes/dev | yes/run)
        ST=skipped
        MORE=' why=offline'
        return 0
        ;;
    esac
  done
}

# What is not there; a link that leads to nothing is there.
gone() {
  REAL=$REAL/${1%/}
  ST=absent
  [ "$links" -eq 0 ] || [ "${#rest}" -lt "$beyond" ] || hide link
  return 1
}

# locate PATH: the same, and it must be a file that may be read.
locate() {
  resolve "$1"
  if [ "$ST" != exit ]; then
    return 0
  elif [ ! -f "$REAL" ]; then
    hide no-file
  elif [ ! -r "$REAL" ]; then
    ST=unreadable
  fi
}

is_there() {
  resolve "$1"
  [ "$ST" != absent ]
}

hide() {
  ST=unreadable
  MORE=" why=$1"
}

describe() {
  set -- $(ls -ldL "$REAL" 2>/dev/null)
  [ $# -lt 8 ] || MORE=" mode=$1 owner=$3 group=$4 size=$5 mtime=$6-$7-$8"
}

# ---- what is kept of an answer ---------------------------------------------------------------------------------

# Values behind names of secrets, on their line and on deeper lines below it (YAML), PEM blocks, words that are secrets by
# themselves (keys of clouds, JWT, hashes), and who logs in by a URL. KeyToken of RMC is no secret, and a package named
# passwd has no value. A line is cut at the first secret that has a name. Old awks know no {2,3}, and no ] in brackets.
REDACT='
  function named(line, low,  from, at, word, before, rest, value) {
    from = 1
    while (match(substr(low, from), /rmckey|passw|passphrase|pass[_-]?key|secret|token|credential|bindpw|rootpw|cookie|authorization|community|mysql_pwd|keytab_?data|(api|access|account|private|shared|master|encryption|signing|license|storage|auth|sas|ssh|ssl|tls|gpg|session|client|service|deploy|crypt|hmac|aes|rsa|vault|root|wep)[_-]?key|pass|psk|pwd|pw|auth|kennwort|wachtwoord|mot de passe/)) {
      at = from + RSTART - 1
      word = substr(low, at, RLENGTH)
      from = at + RLENGTH
      before = substr(" " low, 1, at)
      rest = substr(low, from)
      if (word == "token" && (before ~ /[^a-z]key$/ || rest ~ /^-?ring/)) continue
      if (word == "passw" && (before ~ /[^a-z]no$/ || before ~ /set[_-]$/ && rest ~ /^ords/)) continue
      if (word ~ /^(pass|psk|pwd|pw)$/ && (rest ~ /^[a-z]/ || before ~ /[a-z]$/ && (word != "pass" || rest !~ /^=/))) continue
      if (word == "auth" && (before !~ /[_"\047]$/ || rest ~ /^[a-z]/)) continue
      if (!match(rest, /^[a-z0-9_.-]*["\047\\]*[ \t]*[=:>]+[ \t]*/)) {
        if (before !~ /[ \t"\047]--?[a-z0-9_-]*$/) continue
        if (!match(rest, /^[a-z0-9_-]*["\047]?[ \t]+/)) continue
      }
      value = substr(rest, RLENGTH + 1)
      if (value ~ /^\/\// || value ~ /^\// && substr(line, at, 3) == "PWD") continue
      return from + RLENGTH
    }
    return 0
  }
  function told(line, low,  value, from) {
    if (match(low, /^[ \t]*(snmp-server[ \t]+)?(ro|rw|trap)?community6?[ \t]+/) && RLENGTH < length(low)) return RLENGTH + 1
    if (match(low, /(^|[ \t])(com2sec6?|trap2?sink|informsink|createuser|bindpw|rootpw)[ \t]+/)) return RSTART + RLENGTH
    if (match(low, /(^|[^a-z])identified[ \t]+by[ \t]+/)) return RSTART + RLENGTH
    if (match(low, /(^|[^a-z0-9_-])(s[u](do)?|chpasswd|passwd|kinit)([^a-z].*)?<[<]<[ \t]*/)) return RSTART + RLENGTH
    if (match(low, /(^|[^a-z0-9_-])(ech[o]|printf)[ \t]+[^|]+[|][ \t]*([^ \t|]*\/)?(s[u](do)?|chpasswd|passwd|kinit)([^a-z]|$)/)) {
      from = RSTART
      match(substr(low, from), /(ech[o]|printf)[ \t]+/)
      return from + RSTART + RLENGTH - 1
    }
    if (match(low, /(^|[^a-z0-9_.-])(passw(or)?d|passphrase|secret|token)[ \t]+[^ \t0-9=:>|-][^ \t.:]*/)) {
      value = substr(low, RSTART, RLENGTH)
      from = RSTART
      match(value, /[^ \t]+$/)
      if (substr(value, RSTART) ~ /[0-9]/ && substr(value, RSTART) ~ /[a-z]/) return from + RSTART - 1
    }
    if (!match(low, /(^|[^a-z0-9_.-])(bearer|basic)[ \t]+/)) return 0
    low = substr(low, RSTART, RLENGTH)
    value = substr(line, RSTART + RLENGTH)
    from = RSTART + RLENGTH
    if (!match(value, /^[A-Za-z0-9._~+\/=-]+/) || RLENGTH < 6) return 0
    value = substr(value, 1, RLENGTH)
    return value ~ /^[A-Z]?[a-z]*$/ || low ~ /basic/ && value ~ /[.]/ ? 0 : from
  }
  function words(line) {
    gsub(/:\/\/[^\/ \t]*@/, "://(redacted)@", line)
    gsub(/[?&]sig=[^ \t&"]+/, "(redacted)", line)
    gsub(/A[KS]IA[A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9][A-Z0-9]+/, "(redacted)", line)
    gsub(/(gh[opsur]_|github_pat_|gl(pat|dt|rt)-|xox[a-z]-)[A-Za-z0-9_-][A-Za-z0-9_-][A-Za-z0-9_-][A-Za-z0-9_-][A-Za-z0-9_-][A-Za-z0-9_-]+/, "(redacted)", line)
    gsub(/([sr]k_(live|test)_|npm_|AIza[A-Za-z0-9_-])[A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-][A-Za-z0-9-]+/, "(redacted)", line)
    gsub(/eyJ[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+([.][A-Za-z0-9_-]*)*/, "(redacted)", line)
    gsub(/[$](1|2[abxy]|5|6|7|y|gy|sha1|apr1|md5)[$][A-Za-z0-9.\/$=,+-]+/, "(redacted)", line)
    gsub(/[{](s?sha[0-9]*|s?md5|crypt|S?SHA[0-9]*|S?MD5|CRYPT)[}][A-Za-z0-9.\/+=$-]+/, "(redacted)", line)
    if (line ~ /^[A-Za-z0-9_.-]+:[^:]+:[0-9]*:[0-9]*:99999:/ && line !~ /^[^:]*:[*!x]+:/) sub(/:[^:]+:/, ":(redacted):", line)
    return line
  }
  function depth(line) { match(line, /[^ \t]/); return RSTART - 1 }
  BEGIN { above = -1 }
  /-----BEGIN/ { inside = 1 }
  {
    line = $0
    low = tolower(line)
    if (line ~ /[^ \t]/ && depth(line) <= above) above = -1
    if (inside || above >= 0) sub(/[^ \t].*/, "(redacted)", line)
    else {
      at = named(line, low)
      if (at) above = depth(line)
      from = told(line, low)
      if (!at || from && from < at) at = from
      if (at && at <= length(line)) line = substr(line, 1, at - 1) "(redacted)"
      line = words(line)
    }
    if (line != $0) red++
    if (!count) print line
  }
  /-----END/ { inside = 0 }
  END { if (count) print red + 0 }'

# A row without a number is the next line of an argument; a process without a time has its command in the second column.
PROCS='
  function ours(word) { sub(/.*\//, "", word); return word == "rmcd" || word == "srcmstr" || word ~ /^IBM\..*d$/ }
  NR == 1 || ours($2) || ours($3) { if (!count) print; next }
  $1 ~ /^[0-9]+$/ && (NF < 3 || NF == 3 && $2 ~ /^[0-9:-]+$/) { if (!count) print; next }
  { red++ }
  count { next }
  $1 !~ /^[0-9]+$/ { print "(redacted)"; next }
  $2 !~ /^[0-9:-]+$/ { print $1, $2, "(redacted)"; next }
  { print $1, $2, $3, "(redacted)" }
  END { if (count) print red + 0 }'

# Process 1 is everywhere: where it alone is left, the listing is no empty one.
OURS='NR == 1 || $1 == 1 || /rmcd|srcmstr|IBM[.]/'

# The headers, one service that every system has, and what is of RMC.
PORTS='NR < 4 || /^Active/ || /^ssh[ \t]/ || /[.:](657|12601)([^0-9]|$)/ || /[ \t](657|12601)\// || /:(0291|3139) / || /rmc/'

# A log of other things is not an empty one.
RMCONLY='/reset[_-]rmc|RMC|RSCT|[Nn]ode ID/ { print; next } NR == 1 { print "(left out)" }'

# The header, and the newest entries of the subsystems that RMC needs.
ERRORS='NR == 1 || $5 ~ /^(RMCdaemon|ConfigRM|cthags|StorageRM|SRC)$/ { if (kept++ <= 200) print }'

# Replaces a file by what a program makes of it. Not every awk fails where the disk is full, so room is tried while both
# files are there: moving one away makes some.
rewrite() {
  awk "$2" "$1" 2>/dev/null >"$TEMP/new"
  set -- "$1" "$?"
  has_room && [ "$2" -eq 0 ] && mv -f "$TEMP/new" "$1" 2>/dev/null
}

size_of() {
  SIZE=$(wc -c <"$1")
  SIZE=$((SIZE))
}

# Only what HOW asks for; MORE tells that lines were left out.
filter() {
  case $1 in
    procs)
      cut -b 1-2000 "$TEMP/out" >"$TEMP/new" && has_room && mv -f "$TEMP/new" "$TEMP/out" || return 1
      RED=$(awk -v count=1 "$PROCS" "$TEMP/out") && rewrite "$TEMP/out" "$PROCS" && size_of "$TEMP/out" || return 1
      [ "$SIZE" -le "$STREAM_CAP" ] || { MORE="$MORE filter=procs" && rewrite "$TEMP/out" "$OURS"; }
      ;;
    errors)
      MORE="$MORE filter=errors" && rewrite "$TEMP/out" "$ERRORS"
      ;;
    ports)
      [ "$SIZE" -le "$STREAM_CAP" ] || { MORE="$MORE filter=ports" && rewrite "$TEMP/out" "$PORTS"; }
      ;;
  esac
}

# shorten FILE CAP KEEP: whole blocks of 1 KiB from its head or of its tail.
shorten() {
  if [ "$2" -eq 0 ]; then
    : >"$TEMP/new"
  elif [ "$3" = head ]; then
    dd if="$1" of="$TEMP/new" bs=1024 count=$(($2 / 1024)) 2>/dev/null
  else
    dd if="$1" of="$TEMP/new" bs=1024 skip=$(((SIZE - $2 + 1023) / 1024)) 2>/dev/null
  fi && mv -f "$TEMP/new" "$1" 2>/dev/null
}

# Whether a stream is text that every reader of lines keeps: no control bytes, no line over 2000 bytes.
is_text() {
  [ $(($(tr -d '\011\012\040-\176\200-\377' <"$1" | wc -c))) -eq 0 ] || return 1
  [ $(($(fold -b -w 2000 "$1" | wc -l))) -eq $(($(wc -l <"$1"))) ]
}

# Whether it may hold a secret: a coarse look, since most answers hold none.
has_secret() {
  grep -i -e rmckey -e passw -e passphrase -e secret -e token -e credential -e cookie -e authorization -e community \
    -e 'key["'\''\\]*[ 	]*[=:>]' -e '--*[a-z_-]*key[ 	]' -e 'pass["'\''\\]*[ 	]*[=:>]' -e 'pass[_.-][^ 	]*[=:>]' \
    -e 'psk["'\''\\]*[ 	]*[=:>]' -e 'pwd*["'\''\\]*[ 	]*[=:>]' -e bindpw -e rootpw -e keytab -e 'wep[_-]*key' -e com2sec -e 'trap2*sink' \
    -e informsink -e createuser -e 'bearer[ 	]' -e 'basic[ 	]' -e 'A[KS]IA[A-Z0-9]' -e 'gh[opsur]_' -e github_pat_ \
    -e 'gl[pdr]a*t-' -e 'xox[a-z]-' -e 'eyJ[A-Z0-9_-]*[.]' -e '[$][a-z0-9]*[$]' -e '{s*sha' -e '{s*md5' -e '{crypt' \
    -e ':99999:' -e '-----BEGIN' -e '://[^/]*@' -e '[?&]sig=' -e '[sr]k_[a-z]*_' -e npm_ -e AIza -e 'echo[ 	]' -e 'printf[ 	]' \
    -e '<<<' -e 'identified[ 	]' -e '[_"'\'']auth["'\'']*[ 	]*[=:]' -e kennwort -e wachtwoord -e 'mot de passe' "$1" >/dev/null 2>&1
}

# measure FILE CAP KEEP RED: sets ATTRIBUTES and WAY (none, text, bare, hex), and leaves what is kept in the file.
# A last line without line feed is `bare`: sed writes one there in some systems and none in others.
measure() {
  size_of "$1"
  whole=$SIZE
  red=$4
  cut=0
  newline=1
  if [ "$SIZE" -gt "$2" ]; then
    shorten "$@" || return 1
    cut=1
    size_of "$1"
  fi
  WAY=none
  if [ "$SIZE" -gt 0 ]; then
    if is_text "$1"; then
      WAY=text
      if [ "$(sed -n '$=' "$1")" -ne $(($(wc -l <"$1"))) ]; then
        WAY=bare
        newline=0
      fi
      if has_secret "$1"; then
        red=$((red + $(awk -v count=1 "$REDACT" "$1")))
        rewrite "$1" "$REDACT" || return 1
        WAY=text
      fi
    elif has_secret "$1"; then
      red=$((red + 1))
      cut=1
      SIZE=0
    else
      WAY=hex
    fi
  fi
  BUDGET=$((BUDGET - SIZE))
  encoding=text
  [ "$WAY" != hex ] || encoding=hex
  ATTRIBUTES="enc=$encoding bytes=$whole nl=$newline cut=$cut red=$red"
  [ "$cut" -eq 0 ] || ATTRIBUTES="$ATTRIBUTES keep=$3"
}

payload() {
  case $2 in
    text) sed 's/^/|/' "$1" ;;
    bare) { cat "$1" && printf '\n'; } | sed 's/^/|/' ;;
    hex) od -An -v -tx1 "$1" | sed 's/^/|/' ;;
  esac
}

# ---- the bundle ------------------------------------------------------------------------------------------------

has_tool() {
  IFS=:
  set -- "$1" $PATH
  IFS=" 	$LF"
  sought=$1
  shift
  for dir in "$@"; do
    [ ! -x "$dir/$sought" ] || return 0
  done
  return 1
}

find_sum() {
  SUM=-
  if in_time has_tool cksum; then
    SUM='cksum'
  elif in_time has_tool sha256sum; then
    SUM=sha256sum
  fi
}

# The sum of standard input.
sum() {
  case $SUM in
    cksum) sum_text=cksum:$(cksum) ;;
    sha256sum) sum_text=sha256:$(sha256sum) ;;
    *) sum_text=- && cat >/dev/null ;;
  esac
  printf '%s' "${sum_text%% *}"
}

# A closed line of the bundle. Where nobody reads any more, this shell may not be told by a signal.
say() {
  printf '%s\n' "$1" || bye 141
}

write_head() {
  host=
  [ -n "$OFFLINE" ] || host=$(system -n)
  head="$MARK${LF}%h collector $VERSION${LF}%h collector_sum $OWN_SUM${LF}%h profile $PROFILE${LF}%h mode $RUN_MODE${LF}%h host ${host:-unknown}${LF}%h os $SYSTEM"
  head="$head${LF}%h machine ${MACHINE:-unknown}${LF}%h uid $(id -u)${LF}%h shell $SHELL_NAME${LF}%h utc $UTC${LF}%h root ${ROOT:-/}${LF}%h args ${ARGS:--}"
  [ -z "$NAME" ] || head="$head${LF}%h name $NAME"
  case $SYSTEM.$MACHINE in
    Linux.ppc64 | Linux.ppc64le | Linux. | AIX.* | VIOS.*) ;;
    *) NOTES="$NOTES${LF}%h note this is not a Power system, so RMC cannot manage it" ;;
  esac
  head=$head$NOTES
  line="%done 0 head sum=$(printf '%s\n' "$head" | sum)"
  DONES=$line
  say "$head$LF$line"
}

write_end() {
  tick
  say "%end sections=$COUNT utc=$UTC sum=$(printf '%s\n' "$DONES" | sum)"
}

write_section() {
  printf '%s' "$FRAME"
  printf '%%out %s\n' "$OUT_ATTRIBUTES"
  payload "$TEMP/out" "$OUT_WAY"
  printf '%%err %s\n' "$ERR_ATTRIBUTES"
  payload "$TEMP/err" "$ERR_WAY"
}

nothing() {
  OUT_ATTRIBUTES='enc=text bytes=0 nl=1 cut=0 red=0'
  ERR_ATTRIBUTES=$OUT_ATTRIBUTES
  OUT_WAY=none
  ERR_WAY=none
}

# What the streams in $TEMP hold becomes the payload; without room to keep it whole, or an awk that works, there is none.
measured() {
  nothing
  FULL=
  cap=$STREAM_CAP
  [ "$BUDGET" -ge "$cap" ] || cap=$BUDGET
  [ "$cap" -gt 1024 ] || cap=0
  if has_room && size_of "$TEMP/out" && RED=0 && filter "$HOW" && measure "$TEMP/out" "$cap" "$KEEP" "$RED"; then
    OUT_ATTRIBUTES=$ATTRIBUTES
    OUT_WAY=$WAY
    if measure "$TEMP/err" "$ERROR_CAP" head 0 && has_room; then
      ERR_ATTRIBUTES=$ATTRIBUTES
      ERR_WAY=$WAY
      return 0
    fi
  fi
  nothing
  if has_room; then
    ST=skipped
    MORE=' why=filter-failed'
  else
    ST=nospace
  fi
}

# Runs beside a request. Where the main shell has not ended the bundle in time, since it hangs itself (the folder of its
# own files may be on a dead file server), what it did not ask is said here, and the bundle ended. The main shell is
# stopped meanwhile, and ended last, so that nobody takes the bundle for whole before it is.
deputy() {
  left=$((RUN_LIMIT - ELAPSED))
  [ "$left" -gt 2 ] || left=2
  while [ "$left" -gt 0 ]; do
    kill -0 "$$" || exit 0
    sleep 1 4>&-
    left=$((left - 1))
  done
  trap '' USR1
  kill -STOP "$$"
  leave_room 4>&- &
  exec >&4 4>&-
  TEMP=
  DEPUTY=myself
  AT=$ID
  ELAPSED=$RUN_LIMIT
  plan "$SYSTEM"
  write_end
  kill -KILL "$$"
  exit 0
}

dismiss() {
  case $DEPUTY in '' | myself) return 0 ;; esac
  {
    kill -USR1 "$DEPUTY"
    wait "$DEPUTY"
  } 2>/dev/null
  DEPUTY=
}

# section KIND ARGUMENT...: writes the section of an answer.
section() {
  tick
  COUNT=$((COUNT + 1))
  FRAME="%sect $COUNT $ID kind=$1 st=$ST rc=$RC lim=$LIMIT b=$BEGUN e=$UTC$MORE$LF"
  shift
  for word in "$@"; do FRAME="$FRAME%arg |$word$LF"; done
  line="%done $COUNT $ID sum=$(write_section | sum)"
  DONES=$DONES$LF$line
  write_section
  say "$line"
  dismiss
}

# ---- verbs -----------------------------------------------------------------------------------------------------

# Whether a request is of this profile, and not left out by its identifier.
wanted() {
  case $2 in *"$LETTER"*) ;; *) return 1 ;; esac
  case $ONLY in '' | *",$1,"*) ;; *) return 1 ;; esac
  case $SKIP in *",$1,"*) return 1 ;; esac
  ! is_done "$1"
}

# For the deputy alone. Of some requests there are many sections, so that the one that was being asked is not done.
is_done() {
  [ "$DEPUTY" = myself ] && [ "$1" != "$AT" ] || return 1
  case $DONES in *" $1 sum="*) ;; *) return 1 ;; esac
}

# begin ID LIMIT HOW: sets WHYNOT where it must be skipped.
begin() {
  ID=$1
  LIMIT=$2
  HOW=$3
  KEEP='head'
  MORE=
  WHYNOT=
  ST=skipped
  RC=0
  nothing
  tick
  BEGUN=$UTC
  rest=$((RUN_LIMIT - ELAPSED - 3))
  [ "$EACH_LIMIT" -eq 0 ] || [ "$LIMIT" -le "$EACH_LIMIT" ] || LIMIT=$EACH_LIMIT
  case $HUNG.$HOW in yes.src | yes.rmc | yes.csm) [ "$LIMIT" -le "$SLOW_LIMIT" ] || LIMIT=$SLOW_LIMIT ;; esac
  [ "$LIMIT" -le "$rest" ] || LIMIT=$rest
  if [ "$rest" -lt 1 ]; then
    WHYNOT=run-limit
    LIMIT=0
  fi
  if [ -z "$DEPUTY" ]; then
    deputy 4>&1 </dev/null >/dev/null 2>&1 &
    DEPUTY=$!
  fi
}

# answered LIMIT FUNCTION [ARGUMENT...]: keeps what comes.
answered() {
  FOUND=
  if [ -z "$TEMP" ]; then
    ST=nospace
    return 0
  fi
  guarded "$@"
  case $ST in exit | signal | timeout) measured ;; esac
}

# Whether a child hangs where it looked for its command. Nobody looks there again, and what would be there is not absent.
lose_folder() {
  [ "$ST.$told" = timeout.looking ] || return 1
  LOST=$FOUND
  FOUND=
  left=
  for dir in $DIRS; do
    [ "$dir" = "$LOST" ] || left="$left $dir"
  done
  DIRS=$left
}

# What later requests need to know of an answer.
after() {
  case $ST.$HOW in
    timeout.src | timeout.rmc | timeout.csm) HUNG=yes ;;
    exit.*)
      case $ID in
        src.all) [ "$(awk '$1 == "ctrmc" { print $NF }' "$TEMP/out")" != inoperative ] || CTRMC=down ;;
        filter.devices) [ "$RC" -ne 0 ] || grep -v -e ' Defined ' -e ' Stopped ' "$TEMP/out" >/dev/null 2>&1 || IPSEC=none ;;
        rmc.domain | rmc.mcp) [ -z "$PROBE" ] || PEERS="$PEERS $(awk "$ADDRESSES" "$TEMP/out")" ;;
      esac
      [ "$ID.$RC" != rmc.mcp.0 ] || MCP=there
      ;;
  esac
}

ask() {
  if [ -n "$LIST" ]; then
    show_request '' "$@"
    return 0
  fi
  wanted "$1" "$2" || return 0
  [ -n "$IMAGE" ] || [ "$5" != image ] || return 0
  begin "$1" "$4" "$5"
  allowed=$4
  shift 6
  name=$1
  case $OFFLINE.$HOW in yes.offline | yes.inside | yes.there | yes.image | .*) ;; *) WHYNOT=${WHYNOT:-offline} ;; esac
  FOUND=
  case $OFFLINE.$name in yes.rpm) FILE_BLOCKS=$COPY_BLOCKS ;; esac
  while [ -z "$WHYNOT" ]; do
    answered "$LIMIT" run "$@"
    lose_folder || break
    begin "$ID" "$allowed" "$HOW"
  done
  FILE_BLOCKS=$USUAL_BLOCKS
  [ -z "$WHYNOT" ] || MORE=" why=$WHYNOT"
  after
  shift
  case $name.$MORE in
    rpm.*' db='*) place=${MORE##* db=} && set -- --dbpath "${place%/*}" "$@" ;;
    dpkg-query.*' db='*) place=${MORE##* db=} && set -- "--admindir=${place%/*}" "$@" ;;
  esac
  section cmd "${FOUND:-$name}" "$@"
}

see() {
  if [ -n "$LIST" ]; then
    show_request cat "$@"
    return 0
  fi
  wanted "$1" "$2" || return 0
  begin "$1" "$4" "$5"
  # Below the root of an image /proc is that of the machine that looks, where somebody mounted it there.
  case $OFFLINE$7 in yes/proc/*) WHYNOT=offline ;; esac
  if [ -n "$WHYNOT" ]; then
    MORE=" why=$WHYNOT"
    section file "$7"
    return 0
  fi
  answered "$LIMIT" read_file "$7"
  if [ "$ST" = exit ] && [ "$RC" -ne 0 ]; then
    ST=unreadable
    RC=0
  fi
  section file "$7"
}

log() {
  if [ -n "$LIST" ]; then
    log_id=$1 log_profiles=$2 log_root=$3 log_limit=$4 log_why=$6
    shift 6
    show_request 'tail' "$log_id" "$log_profiles" "$log_root" "$log_limit" - "$log_why" -n "$@"
    return 0
  fi
  wanted "$1" "$2" || return 0
  case $8 in
    *'*'*) log_each "$@" ;;
    *) log_one "$@" ;;
  esac
}

log_one() {
  begin "$1" "$4" "$5"
  KEEP='tail'
  told=
  if [ -n "$WHYNOT" ]; then
    MORE=" why=$WHYNOT"
  else
    answered "$LIMIT" read_file "$8" "$7"
  fi
  case $told in
    exit) section cmd /usr/bin/tail -n "$7" "$8" ;;
    *) section file "$8" ;;
  esac
}

# log_each ... PATH: the same in the first folders that the one `*` of a path stands for. Where they cannot be listed, and
# where there are more, the pattern itself has a section that says so.
log_each() {
  log_below=${8#*\*}
  log_folders=
  begin "$1" "$SLOW_LIMIT" "$5"
  if [ -n "$WHYNOT" ]; then
    MORE=" why=$WHYNOT"
  elif [ -z "$TEMP" ]; then
    ST=nospace
  else
    guarded "$LIMIT" folders_like "${8%%\**}"
    [ "$ST" != exit ] || log_folders=$(cat "$TEMP/out")
  fi
  if [ "$ST" != exit ]; then
    section file "$8"
    return 0
  fi
  IFS=$LF
  log_number=0
  for place in $log_folders; do
    IFS=" 	$LF"
    log_number=$((log_number + 1))
    [ "$log_number" -gt "$FOLDERS_MOST" ] || log_one "$1" "$2" "$3" "$4" "$5" "$6" "$7" "$place$log_below"
  done
  IFS=" 	$LF"
  if [ "$log_number" -gt "$FOLDERS_MOST" ]; then
    begin "$1" "$4" "$5"
    [ -n "$WHYNOT" ] || WHYNOT='other-folders'
    MORE=" why=$WHYNOT"
    section file "$8"
  fi
}

# each ... PATTERN: what is in a folder, then its files. Where they cannot be told, and where there are more than are
# read, the pattern itself has a section that says so.
each() {
  each_folder=${7%/*}
  if [ -n "$LIST" ]; then
    show_request '' "$1" "$2" "$3" "$4" - "$6" ls -l "$each_folder"
    show_request cat "$1" "$2" "$3" "$4" - "$6" "$7"
    return 0
  fi
  wanted "$1" "$2" || return 0
  ask "$1" "$2" "$3" "$4" inside "$6" ls -l "$each_folder"
  begin "$1" "$4" "$5"
  each_files=
  if [ -n "$WHYNOT" ]; then
    MORE=" why=$WHYNOT"
  elif [ -z "$TEMP" ]; then
    ST=nospace
  else
    guarded "$LIMIT" files_like "$7"
    [ "$ST" != exit ] || each_files=$(cat "$TEMP/out")
  fi
  case $ST in
    exit) ;;
    absent) return 0 ;;
    *) section file "$7" && return 0 ;;
  esac
  IFS=$LF
  each_number=0
  each_left=
  for each_name in $each_files; do
    IFS=" 	$LF"
    each_number=$((each_number + 1))
    if [ "$each_number" -gt "$FILES_MOST" ]; then
      each_left='other-files'
    elif [ "$each_name" = / ]; then
      each_left=${each_left:-'odd-name'}
    else
      see "$1" "$2" "$3" "$4" "$5" "$6" "$each_folder/$each_name"
    fi
  done
  IFS=" 	$LF"
  if [ -n "$each_left" ]; then
    begin "$1" "$4" "$5"
    MORE=" why=${WHYNOT:-$each_left}"
    section file "$7"
  fi
}

prove() {
  if [ -n "$LIST" ]; then
    show_request mounted "$@"
    return 0
  fi
  wanted "$1" "$2" && [ -n "$IMAGE" ] || return 0
  begin "$1" "$4" "$5"
  if [ -n "$WHYNOT" ]; then
    MORE=" why=$WHYNOT"
  else
    answered "$LIMIT" prove_mount "$7" "$8"
  fi
  section probe mounted "$7" "$8"
}

# ---- TCP probes: only where asked for, only of consoles that the host names, and no byte is sent ------------------

ADDRESSES='
  /^ *(IPAddresses|HMCIPAddr|HMCAddIPs|HMCAddIPv6s) *=/ || /^	*(IPAddresses|HMCIPAddr|HMCAddIPs|HMCAddIPv6s) *=/ {
    sub(/^[^=]*=/, "")
    gsub(/[{}",]/, " ")
    print
  }
  /^Management Domain Status: Management Control Points/ { points = 1 }
  points && $3 ~ /^0x/ { print $5 }'

KNOCK='
  use Socket; use Errno;
  my ($host, $port) = @ARGV;
  exit 6 if $host =~ /:/ && !eval { require IO::Socket::IP; 1 };
  my $class = eval { require IO::Socket::IP; 1 } ? "IO::Socket::IP" : do { require IO::Socket::INET; "IO::Socket::INET" };
  my $end = $class->new(PeerAddr => $host, PeerPort => $port, Proto => "tcp", Timeout => 5);
  my $said = $@;
  my $word = $end ? "open" : $!{ECONNREFUSED} ? "refused" : $!{ETIMEDOUT} ? "timeout" : $!{EHOSTUNREACH} ? "unreachable"
    : $!{ENETUNREACH} ? "noroute" : $said =~ /timeout/i ? "timeout" : $said =~ /not known|hostname|resol/i ? "name-error" : "not-tried";
  print "$word\n";'

KNOCK_SHELL='
  if said=$( { exec 3<>"/dev/tcp/$1/$2"; } 2>&1 ); then printf "open\n"; exit 0; fi
  case $said in
    *efused*) printf "refused\n" ;; *imed\ out*) printf "timeout\n" ;; *etwork\ is\ unreach*) printf "noroute\n" ;;
    *unreach*|*o\ route*) printf "unreachable\n" ;; *not\ known*|*esolution*) printf "name-error\n" ;; *) printf "not-tried\n" ;;
  esac'

# Whether a way was found to try: the perl of old systems knows no IPv6, and says 6.
was_tried() {
  case $ST.$RC in exit.0 | timeout.* | signal.* | nospace.*) ;; *) return 1 ;; esac
}

knock() {
  why=no-way-to-try
  if [ -n "$REPLAY" ]; then
    answered "$LIMIT" run tcp "$1" "$2"
    ! was_tried || return 0
  else
    for tool in perl bash ksh93; do
      in_time has_tool "$tool" || continue
      case $tool in
        perl) answered "$LIMIT" become perl -e "$KNOCK" "$1" "$2" ;;
        *) answered "$LIMIT" become "$tool" -c "$KNOCK_SHELL" - "$1" "$2" ;;
      esac
      ! was_tried || return 0
      [ "$tool.$RC" != perl.6 ] || why=no-ipv6
    done
  fi
  nothing
  ST=skipped
  RC=0
  MORE=" why=$why"
}

reach() {
  if [ -n "$LIST" ]; then
    show_request 'tcp ADDRESS' "$1" "$2" "$3" "$4" "$5" "$6" "$7"
    show_request 'tcp ADDRESS' "$1" "$2" "$3" "$4" "$5" "$6" "$8"
    return 0
  fi
  if [ -z "$PROBE" ] || [ -n "$OFFLINE" ]; then
    return 0
  fi
  wanted "$1" "$2" || return 0
  tried=' '
  number=0
  for peer in $PEERS; do
    case $peer in *[!0-9A-Za-z.:%]*) continue ;; *.*.*.* | *:*) ;; *) continue ;; esac
    case $tried in *" $peer "*) continue ;; esac
    [ "$number" -lt "$PROBED_MOST" ] || break
    number=$((number + 1))
    tried="$tried$peer "
    for port in "$7" "$8"; do
      ! is_done "$1.$number.$port" || continue
      begin "$1.$number.$port" "$4" -
      if [ -n "$WHYNOT" ]; then MORE=" why=$WHYNOT"; else knock "$peer" "$port"; fi
      section probe tcp "$peer" "$port"
    done
  done
}

# ---- one run ---------------------------------------------------------------------------------------------------

system() {
  "${REPLAY:+$REPLAY/bin/}uname" "$1" </dev/null 2>/dev/null | tr -cd '\040-\176'
}

release() {
  tell 'exit'
  cat "$ROOT/proc/sys/kernel/osrelease"
}

find_system() {
  MACHINE=
  RUN_MODE=live
  [ -z "$REPLAY" ] || RUN_MODE=replay
  if [ -n "$OFFLINE" ]; then
    RUN_MODE='image'
    return 0
  fi
  SYSTEM=$(system -s)
  case $SYSTEM in
    AIX)
      CLEAN="$CLEAN ODMDIR=/etc/objrepos NLSPATH=/usr/lib/nls/msg/%L/%N:/usr/lib/nls/msg/%L/%N.cat"
      ! in_time test -f "${DIRS##* }/ioscli" || SYSTEM=VIOS
      ;;
    *)
      # ss asks the kernel by netlink, which loads the modules tcp_diag and udp_diag, unless it is told where /proc is.
      CLEAN="$CLEAN PROC_ROOT=/proc"
      MACHINE=$(system -m)
      if [ -n "$TEMP" ] && guarded "$SLOW_LIMIT" release; then
        RELEASE=$(tr -cd '0-9A-Za-z._+-' <"$TEMP/out")
      fi
      ;;
  esac
}

find_shell() {
  SHELL_NAME=${BASH_VERSION:+bash }${BASH_VERSION-}${KSH_VERSION-}${POSH_VERSION:+posh }${POSH_VERSION-}
  SHELL_NAME=$SHELL_NAME${YASH_VERSION:+yash }${YASH_VERSION-}${ZSH_VERSION:+zsh }${ZSH_VERSION-}
  SHELL_NAME=$(printf '%s' "${SHELL_NAME:-sh}" | tr -cd '\040-\176')
}

sum_own() {
  tell 'exit'
  [ -f "$0" ] && grep '^MARK=.%rmccomply-evidence' "$0" >/dev/null 2>&1 && sum <"$0"
}

find_own_sum() {
  OWN_SUM=-
  [ -n "$TEMP" ] && guarded "$SLOW_LIMIT" sum_own && [ "$ST.$RC" = exit.0 ] && OWN_SUM=$(cat "$TEMP/out")
}

# Files that are opened take the numbers of descriptors that are closed.
open_descriptors() {
  (exec 3<&0) 2>/dev/null || exec </dev/null
  (exec 3>&1) 2>/dev/null || exit 141
  (exec 3>&2) || exec 2>/dev/null
}

main() {
  open_descriptors
  settle_environment
  read_options "$@"
  if [ -n "$LIST" ]; then
    list_all
    exit 0
  fi
  trap 'bye 129' 1
  trap 'bye 130' 2
  trap 'bye 141' 13
  trap 'bye 143' 15
  tick
  find_sum
  find_shell
  find_room
  find_own_sum
  cd / || bye 3
  find_system
  write_head
  case $SYSTEM in AIX | VIOS | Linux) plan "$SYSTEM" ;; esac
  write_end
  [ -n "$TEMP" ] || bye 3
  bye 0
}

main "$@"; exit
}
