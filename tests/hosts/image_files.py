"""Roots of images as evidence: what the collector reads of a mounted root that is good, for three distributions.

All of it is constructed in the grammar of real files: Red Hat boot loader entries, SUSE's ifcfg, Ubuntu's netplan.
"""

import shlex
from collections.abc import Mapping
from typing import Final

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.sources.network.ipv6_lines import WORDS
from rmccomply.sources.reading import Readings
from rmccomply.words import Management, Platform
from tests.hosts import cases, whole_linux
from tests.hosts.building import INITTAB, SERVICES, command, file

RPM_QUERY: Final = cases.RPM_QUERY.replace("rpm ", "rpm --dbpath /var/lib/rpm ", 1)
DPKG_QUERY: Final = whole_linux.DPKG_QUERY.replace("dpkg-query ", "dpkg-query --admindir=/var/lib/dpkg ", 1)
"""As the collector asks a database that it found below the root."""
OTHER_IPV6: Final = f"grep {shlex.join(WORDS)} /etc/modprobe.d /etc/network"
PPC64LE: Final = " 7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00\n 03 00 15 00\n"
X86_64: Final = " 7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00\n 03 00 3e 00\n"
HEADER: Final = "od -An -tx1 -N20 /usr/bin/env"
UNITS: Final = "ls -lR /etc/systemd/system"
SHIPPED: Final = "ls -l /usr/lib/systemd/system"
GRUB2: Final = "grep -n -e vmlinu -e kernelopts /boot/grub2/grub.cfg"
GRUB: Final = "grep -n -e vmlinu -e kernelopts /boot/grub/grub.cfg"
GRUBENV: Final = "/boot/grub2/grubenv"
ENTRIES: Final = "/boot/loader/entries"
ENTRY: Final = f"{ENTRIES}/0f1e2d3c4b5a-5.14.0-427.el9.ppc64le.conf"
RESCUE: Final = f"{ENTRIES}/0f1e2d3c4b5a-0-rescue.conf"
PROFILES: Final = "/etc/NetworkManager/system-connections"
PROFILE: Final = f"{PROFILES}/cloud-init-env2.nmconnection"
IFCFGS: Final = "/etc/sysconfig/network-scripts"
SUSE: Final = "/etc/sysconfig/network"
NETPLANS: Final = "/etc/netplan"
NETPLAN: Final = f"{NETPLANS}/50-cloud-init.yaml"
ZONES: Final = "/etc/firewalld/zones"
SHIPPED_ZONES: Final = "/usr/lib/firewalld/zones"
PUBLIC: Final = f"{SHIPPED_ZONES}/public.xml"
SYSCTLS: Final = ("/etc/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d")
_ARGUMENTS: Final = "root=/dev/mapper/rhel-root ro crashkernel=2G-4G:384M rd.lvm.lv=rhel/root"
_ABSENT: Final = (
    *("/etc/kernel/cmdline", "/boot/grub/grubenv", "/etc/firewalld/direct.xml", "/etc/sysconfig/nftables.conf"),
    *("/etc/nftables.conf", "/etc/sysconfig/iptables", "/etc/sysconfig/ip6tables", "/etc/iptables/rules.v4"),
    *("/etc/iptables/rules.v6", "/etc/ufw/ufw.conf", "/etc/ufw/user.rules", "/etc/ufw/user6.rules"),
    *("/etc/firewalld/services/rsct-ctrmc.xml", "/etc/firewalld/services/rsct-ctrmc-tls.xml"),
    "/usr/etc/services",
)
_SERVICE: Final = """\
<?xml version="1.0" encoding="utf-8"?>
<service>
  <port protocol="tcp" port="657"/>
  <port protocol="udp" port="657"/>
</service>
"""
_ZONE: Final = """\
<?xml version="1.0" encoding="utf-8"?>
<zone>
  <short>Public</short>
  <service name="ssh"/>
  <service name="dhcpv6-client"/>
{more}</zone>
"""
_KEYFILE: Final = """\
[connection]
id=cloud-init env2
type=ethernet
interface-name=env2

[ipv4]
method=auto

[ipv6]
method={method}
"""
_PACKAGES: Final = {
    "src": "3.2.6.4",
    "rsct.core": "3.2.6.4",
    "rsct.core.utils": "3.2.6.4",
    "rsct.basic": "3.2.6.4",
    "DynamicRM": "2.0.7",
    "devices.chrp.base.ServiceRM": "2.5.1.5",
    "glibc": "2.34",
    "cloud-init": "23.4",
}


def row(name: str, kind: str = "-", target: str = "") -> str:
    """A row of `ls -l`."""
    mode = {"-": "-rw-r--r--", "d": "drwxr-xr-x", "l": "lrwxrwxrwx"}["l" if target else kind]
    return f"{mode}. 1 root root  379 Nov  2 08:15 {name}{f' -> {target}' if target else ''}\n"


def listed(path: str, *names: str, **links: str) -> Evidence:
    """`ls -l` of a folder with these files."""
    rows = [*(row(name) for name in names), *(row(name, "l", target) for name, target in links.items())]
    return command(f"ls -l {path}", f"total {4 * len(rows)}\n{''.join(rows)}")


def gone(path: str) -> Evidence:
    """`ls -l` of a folder that is not there."""
    return command(f"ls -l {path}", "", 2, f"ls: cannot access '{path}': No such file or directory\n")


def absent(path: str) -> Evidence:
    return file(path, state="absent")


def unit_links(*enabled: str, masked: tuple[str, ...] = ()) -> Evidence:
    """`ls -lR /etc/systemd/system` with these units enabled in multi-user.target, and those masked."""
    own = row("multi-user.target.wants", "d") + "".join(row(name, "l", "/dev/null") for name in masked)
    wants = "".join(row(name, "l", f"/usr/lib/systemd/system/{name}") for name in enabled)
    text = f"/etc/systemd/system:\ntotal 4\n{own}\n/etc/systemd/system/multi-user.target.wants:\ntotal 0\n{wants}"
    return command(UNITS, text)


def unit_files(*more: str) -> Evidence:
    """`ls -l /usr/lib/systemd/system` with the units of RSCT and these."""
    return listed("/usr/lib/systemd/system", "ctrmc.service", "srcmstr.service", "sshd.service", *more)


def keyfile(method: str = "auto") -> str:
    return _KEYFILE.format(method=method)


def zone(more: str = '  <service name="rsct-ctrmc"/>\n', **changes: str) -> str:
    text = _ZONE.format(more=more)
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def _boot(known: str = _ARGUMENTS) -> list[Evidence]:
    linux = "linux /vmlinuz-5.14.0-427.el9.ppc64le"
    return [
        listed(ENTRIES, ENTRY.rpartition("/")[2], RESCUE.rpartition("/")[2]),
        file(ENTRY, f"title Red Hat Enterprise Linux\nversion 5.14.0-427.el9.ppc64le\n{linux}\noptions {known}\n"),
        file(RESCUE, f"title Red Hat Enterprise Linux (0-rescue)\nlinux /vmlinuz-0-rescue\noptions {known}\n"),
        file(GRUBENV, "# GRUB Environment Block\nboot_success=0\n####\n"),
        command(GRUB2, "", 1),
        command(GRUB, "", 2, "grep: /boot/grub/grub.cfg: No such file or directory\n"),
        file("/etc/default/grub", f'GRUB_ENABLE_BLSCFG=true\nGRUB_CMDLINE_LINUX="{known}"\n'),
    ]


def _common() -> list[Evidence]:
    """What is the same on every Linux: no file of what is not there, the node ID, the folders of RSCT."""
    return [
        *(absent(path) for path in _ABSENT),
        command(HEADER, PPC64LE),
        unit_links("ctrmc.service", "srcmstr.service", "sshd.service"),
        unit_files(),
        file("/etc/ct_node_id", "9f684c509e74d650\n"),
        file("/var/ct/cfg/ct_node_id", "9f684c509e74d650\n"),
        file("/etc/services", SERVICES),
        file("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef", "Name=IBM.DRM\n"),
        command("ls -l /var/ct", f"total 4\n{row('cfg', 'd')}"),
        listed("/var/ct/cfg", "ct_node_id"),
        command("ctversion", "", None, state="skipped"),
        command(OTHER_IPV6, "", 1),
    ]


def rhel() -> list[Evidence]:
    """Red Hat Enterprise Linux 9, for Power Virtual Server, with firewalld at boot."""
    rows = "".join(f"{name}\t{level}\t1.el9\tppc64le\n" for name, level in _PACKAGES.items())
    return [
        *_common(),
        *_boot(),
        file("/etc/os-release", 'NAME="Red Hat Enterprise Linux"\nID="rhel"\nVERSION_ID="9.4"\n'),
        command(RPM_QUERY, rows),
        command(DPKG_QUERY, "", None, state="skipped"),
        unit_links("ctrmc.service", "srcmstr.service", "firewalld.service"),
        unit_files("firewalld.service"),
        file("/etc/firewalld/firewalld.conf", "DefaultZone=public\n"),
        listed(ZONES, "public.xml"),
        file(f"{ZONES}/public.xml", zone()),
        listed(SHIPPED_ZONES, "public.xml", "drop.xml"),
        file(PUBLIC, zone("")),
        file(f"{SHIPPED_ZONES}/drop.xml", '<zone target="DROP"/>\n'),
        file("/usr/lib/firewalld/services/rsct-ctrmc.xml", _SERVICE),
        absent("/usr/lib/firewalld/services/rsct-ctrmc-tls.xml"),
        file("/etc/sysctl.conf", "# nothing\n"),
        listed(SYSCTLS[0], **{"99-sysctl.conf": "../sysctl.conf"}),
        file(f"{SYSCTLS[0]}/99-sysctl.conf", "# nothing\n"),
        gone(SYSCTLS[1]),
        listed(SYSCTLS[2], "50-default.conf"),
        file(f"{SYSCTLS[2]}/50-default.conf", "kernel.sysrq = 16\n-net.ipv4.conf.all.rp_filter\n"),
        listed(PROFILES, PROFILE.rpartition("/")[2]),
        file(PROFILE, keyfile()),
        listed(IFCFGS, "readme-ifcfg-rh.txt"),
        gone(SUSE),
        gone(NETPLANS),
    ]


def sles() -> list[Evidence]:
    """SUSE Linux Enterprise Server 15: profiles of wicked, kernels in grub.cfg."""
    kept = [item for item in rhel() if not item.request.startswith(("/boot/loader", "/etc/NetworkManager"))]
    changed = [
        file("/etc/os-release", 'NAME="SLES"\nID="sles"\nVERSION_ID="15.5"\nID_LIKE="suse"\n'),
        gone(ENTRIES),
        command(GRUB2, f"119:\tlinux\t/boot/vmlinux-5.14.21-default {_ARGUMENTS} ${{extra_cmdline}} splash=silent\n"),
        gone(PROFILES),
        gone(IFCFGS),
        listed(SUSE, "ifcfg-eth0", "ifcfg-lo", "config"),
        file(f"{SUSE}/ifcfg-eth0", "BOOTPROTO='dhcp'\nSTARTMODE='auto'\n"),
        file(f"{SUSE}/ifcfg-lo", "IPADDR=127.0.0.1/8\nSTARTMODE=nfsroot\n"),
    ]
    return of(kept, *changed)


def ubuntu() -> list[Evidence]:
    """Ubuntu 22.04: dpkg, netplan, kernels in grub.cfg, no firewall at boot."""
    started = "149:\tlinux\t/boot/vmlinux-5.15.0-105-generic root=LABEL=cloudimg-rootfs ro  quiet $vt_handoff\n"
    repair = "183:\t\tlinux\t/boot/vmlinux-5.15.0-105-generic root=LABEL=cloudimg-rootfs ro recovery nomodeset\n"
    rows = "".join(f"{name.lower()}\t{level}-1\tppc64el\tii \n" for name, level in _PACKAGES.items())
    return [
        *(one for one in _common() if one.request not in ("/boot/grub/grubenv", "/etc/ufw/ufw.conf")),
        file("/etc/os-release", 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"\n'),
        command(RPM_QUERY, "", None, state="skipped"),
        command(DPKG_QUERY, rows),
        gone(ENTRIES),
        absent(GRUBENV),
        file("/boot/grub/grubenv", "# GRUB Environment Block\n####\n"),
        command(GRUB2, "", 2, "grep: /boot/grub2/grub.cfg: No such file or directory\n"),
        command(GRUB, f"{started}{repair}"),
        file("/etc/default/grub", 'GRUB_CMDLINE_LINUX_DEFAULT="quiet"\nGRUB_CMDLINE_LINUX=""\n'),
        absent("/etc/firewalld/firewalld.conf"),
        *(gone(path) for path in (ZONES, SHIPPED_ZONES, PROFILES, IFCFGS, SUSE, SYSCTLS[1])),
        unit_links("ctrmc.service", "srcmstr.service", "ufw.service"),
        unit_files("ufw.service"),
        file("/etc/ufw/ufw.conf", "ENABLED=no\nLOGLEVEL=low\n"),
        file("/etc/sysctl.conf", "# nothing\n"),
        listed(SYSCTLS[0], "10-ipv6-privacy.conf", **{"99-sysctl.conf": "../sysctl.conf"}),
        file(f"{SYSCTLS[0]}/10-ipv6-privacy.conf", "net.ipv6.conf.all.use_tempaddr = 2\n"),
        file(f"{SYSCTLS[0]}/99-sysctl.conf", "# nothing\n"),
        listed(SYSCTLS[2], "99-protect-links.conf"),
        file(f"{SYSCTLS[2]}/99-protect-links.conf", "fs.protected_fifos = 1\n"),
        listed(NETPLANS, "50-cloud-init.yaml"),
        file(NETPLAN, "network:\n  version: 2\n  ethernets:\n    env2:\n      dhcp4: true\n"),
    ]


def of(evidence: list[Evidence], *others: Evidence) -> list[Evidence]:
    """The last answer to each request, these instead of those before."""
    last: Mapping[str, Evidence] = {item.request: item for item in (*evidence, *others)}
    return list(last.values())


def image(*evidence: Evidence, management: Management = "powervs", platform: str = "linux") -> Facts:
    """The facts of a mounted root."""
    return Facts(Readings(of(list(evidence))), platform, FactSettings(management), "mounted_root")


def aix() -> list[Evidence]:
    """A root of AIX: what its own database of devices tells."""
    return [
        command(HEADER, "          01  f7  00  05  4f  d2  7f  8a  00  00  00  00  00  00  7d  1c\n  00  78  10  02\n"),
        file("/etc/inittab", INITTAB),
        file("/etc/ct_node_id", "9f684c509e74d650\n"),
        file("/var/ct/cfg/ct_node_id", "9f684c509e74d650\n"),
        file("/etc/services", SERVICES),
        command("ls -l /var/ct", f"total 4\n{row('cfg', 'd')}"),
        listed("/var/ct/cfg", "ct_node_id"),
        *(command(f"odmget -q {query} CuAt", "") for query in ("name=cluster0", "attribute=ghostdev")),
        command("odmget -q attribute=clouddev CuAt", ""),
    ]


def _varied(evidence: list[Evidence]) -> dict[str, list[Evidence]]:
    """By request: the answer, twice, and a fault that it may have."""
    faults = (
        file(ENTRY, "linux /v\noptions $kernelopts ipv6.disable=1\n"),
        file(PROFILE, keyfile("disabled")),
        file(f"{ZONES}/public.xml", zone("")),
        command("ls -l /var/ct", f"total 4\n{row('cfg', 'd')}{row('IW', 'd')}"),
        file(f"{SYSCTLS[0]}/99-sysctl.conf", "net.ipv6.conf.all.disable_ipv6 = 1\n"),
        unit_links("nftables.service", "iptables.service", "ufw.service", "ctrmc.service"),
        unit_files("firewalld.service", "nftables.service", "iptables.service", "ufw.service"),
        command("odmget -q attribute=ghostdev CuAt", "", 1, "0518-507 odmget: Could not retrieve object\n"),
    )
    bad = {item.request: item for item in faults}
    return {one.request: [one, one, *([bad[one.request]] if one.request in bad else [])] for one in of(evidence)}


ROOTS: Final[tuple[tuple[Platform, dict[str, list[Evidence]]], ...]] = (
    ("linux", _varied(rhel())),
    ("linux", _varied(sles())),
    ("linux", _varied(ubuntu())),
    ("aix", _varied(aix())),
)
"""Platform and answers, each in a few ways."""
