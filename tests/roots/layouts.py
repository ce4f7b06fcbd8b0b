"""Three good roots, in the layouts of RHEL 9, SLES 15 and Ubuntu 22.04 for ppc64le. Constructed.

Packages are those that pvsadm's `image qcow2ova` installs, and cloud-init. Nothing of a build host is left: cloud-init
was cleaned, the node ID is there because reset_rmc reads it first.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.roots import files as text
from tests.roots.packages import debs, install_debs, install_rpms, rpms

LEVEL: Final = "3.3.2.1"
OLD: Final = "3.2.0.4"
_RSCT: Final = (
    "rsct.core",
    "rsct.core.utils",
    "rsct.basic",
    "rsct.opt.storagerm",
    "src",
    "devices.chrp.base.ServiceRM",
)
RPMS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_RSCT, f"{LEVEL}-24088"),
    "DynamicRM": "2.0.8-3",
    "librtas": "2.0.5-1.el9",
    "powerpc-utils": "1.3.11-4.el9",
    "cloud-init": "23.4-7.el9",
    "bash": "5.1.8-9.el9",
    "glibc": "2.34-100.el9",
    "rpm": "4.16.1.3-29.el9",
    "firewalld": "1.3.4-1.el9",
}
DEBS: Final[Mapping[str, str]] = {
    **dict.fromkeys((name.lower() for name in _RSCT), f"{LEVEL}-24088"),
    "dynamicrm": "2.0.8-3",
    "librtas2": "2.0.2-2build1",
    "powerpc-utils": "1.3.9-1",
    "powerpc-ibm-utils": "1.3.9-1",
    "cloud-init": "23.4.4-0ubuntu0~22.04.1",
    "base-files": "12ubuntu4.6",
    "dpkg": "1.21.1ubuntu2.3",
    "libc6": "2.35-0ubuntu3.7",
}
PLACES: Final = {"rhel": "/var/lib/rpm", "sles": "/usr/lib/sysimage/rpm"}
"""Where a layout has its database of rpm."""
_FOLDERS: Final = (
    *("boot", "dev", "etc/cloud/cloud.cfg.d", "etc/sysctl.d", "etc/systemd/system", "home", "opt/rsct/cfg/rmdefs"),
    *("opt/rsct/install/bin", "proc", "root", "run", "sys", "tmp", "usr/bin", "usr/lib/sysctl.d"),
    *("usr/lib/systemd/system", "var/ct/cfg", "var/ct/IW", "var/lib", "var/log"),
)


@dataclass(frozen=True)
class Root:
    """A root, and which layout it has."""

    path: Path
    layout: str

    def write(self, path: str, content: str | bytes) -> Path:
        """A file below the root; what leads to it is made."""
        place = self.path / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    def change(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        place = self.path / path.lstrip("/")
        content = place.read_text("utf-8")
        assert content.count(old) == 1, (path, old)
        place.write_text(content.replace(old, new), "utf-8")

    def link(self, path: str, target: str) -> None:
        place = self.path / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)

    def remove(self, path: str) -> None:
        """A file or link that is there, or a folder with all in it."""
        place = self.path / path.lstrip("/")
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink()

    def enable(self, unit: str, target: str = "multi-user.target") -> None:
        """As `systemctl enable` does."""
        self.link(f"/etc/systemd/system/{target}.wants/{unit}", f"/usr/lib/systemd/system/{unit}")

    def copy(self, to: Path) -> "Root":
        """Another root with the same in it."""
        shutil.copytree(self.path, to, symlinks=True)
        return Root(to, self.layout)


def _common(root: Root) -> None:
    for folder in _FOLDERS:
        (root.path / folder).mkdir(parents=True)
    root.write("/usr/lib/os-release", text.OS_RELEASE[root.layout])
    root.link("/etc/os-release", "../usr/lib/os-release")
    root.write("/usr/bin/env", text.ELF).chmod(0o755)
    root.write("/etc/ct_node_id", text.NODE_ID)
    root.write("/var/ct/cfg/ct_node_id", text.NODE_ID)
    for name in ("ctversion", "recfgct"):
        root.write(f"/opt/rsct/install/bin/{name}", text.ELF).chmod(0o755)
    root.write("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef", text.DRM)
    root.write("/etc/services", text.SERVICES)
    root.write("/etc/sysctl.conf", "# local settings\n")
    root.link("/etc/sysctl.d/99-sysctl.conf", "../sysctl.conf")
    root.write("/usr/lib/sysctl.d/50-default.conf", text.SYSCTL)


def _cloud(root: Root) -> None:
    root.write("/etc/cloud/cloud.cfg", text.CLOUD_CFG.format(distro=root.layout))
    root.write("/etc/cloud/cloud.cfg.d/05_logging.cfg", text.LOGGING)
    root.write("/etc/cloud/ds-identify.cfg", text.DS_IDENTIFY)
    (root.path / "var/lib/cloud").mkdir()


def _units(root: Root) -> None:
    for name in text.UNITS:
        root.write(f"/usr/lib/systemd/system/{name}", text.UNIT)
    for name in text.CLOUD_UNITS:
        root.enable(f"{name}.service", "cloud-init.target")
    root.link("/etc/systemd/system/default.target", "/usr/lib/systemd/system/multi-user.target")
    root.enable("ctrmc.service")
    root.enable("srcmstr.service")


def _firewalld(root: Root) -> None:
    root.write("/etc/firewalld/firewalld.conf", text.FIREWALLD)
    root.write("/usr/lib/firewalld/zones/public.xml", text.ZONE.format(services=""))
    root.write("/etc/firewalld/zones/public.xml", text.ZONE.format(services=text.OPEN))
    root.write("/usr/lib/firewalld/services/rsct-ctrmc.xml", text.SERVICE.format(port=657))
    root.write("/usr/lib/firewalld/services/rsct-ctrmc-tls.xml", text.SERVICE.format(port=12601))
    root.write("/usr/lib/systemd/system/firewalld.service", text.UNIT)
    root.enable("firewalld.service")
    root.link(
        "/etc/systemd/system/dbus-org.fedoraproject.FirewallD1.service", "/usr/lib/systemd/system/firewalld.service"
    )


def _rhel(root: Root) -> None:
    _firewalld(root)
    root.write("/etc/default/grub", text.GRUB_DEFAULT.format(bls="true"))
    root.write("/etc/kernel/cmdline", f"{text.KERNEL}\n")
    root.write("/boot/loader/entries/0d1e6d5b-5.14.0-427.13.1.el9_4.ppc64le.conf", text.ENTRY)
    root.write("/boot/grub2/grubenv", text.GRUBENV)
    root.write("/boot/grub2/grub.cfg", "insmod blscfg\nblscfg\n")
    (root.path / "etc/NetworkManager/system-connections").mkdir(parents=True)
    (root.path / "etc/sysconfig/network-scripts").mkdir(parents=True)


def _sles(root: Root) -> None:
    _firewalld(root)
    root.write("/etc/default/grub", text.GRUB_DEFAULT.format(bls="false"))
    root.write("/boot/grub2/grub.cfg", text.GRUB_CFG.format(kernel="vmlinux-6.4.0-150600.21-default", line=text.KERNEL))
    root.write("/etc/sysconfig/network/ifcfg-eth0", text.IFCFG)
    root.write("/etc/sysconfig/network/ifcfg-lo", "IPADDR='127.0.0.1/8'\nSTARTMODE='nfsroot'\nBOOTPROTO='static'\n")
    root.link("/var/lib/rpm", "../../usr/lib/sysimage/rpm")


def _ubuntu(root: Root) -> None:
    root.write("/etc/default/grub", text.GRUB_DEFAULT.format(bls="false"))
    root.write("/boot/grub/grub.cfg", text.GRUB_CFG.format(kernel="vmlinux-5.15.0-105-generic", line=text.KERNEL))
    root.write("/etc/netplan/50-cloud-init.yaml", text.NETPLAN)
    root.write("/etc/ufw/ufw.conf", "ENABLED=no\nLOGLEVEL=low\n")
    root.write("/etc/default/ufw", 'IPV6=yes\nDEFAULT_INPUT_POLICY="DROP"\n')


_OWN: Final = {"rhel": _rhel, "sles": _sles, "ubuntu": _ubuntu}
LAYOUTS: Final = tuple(_OWN)


def build(layout: str, folder: Path) -> Root:
    """A good root of this layout in a folder that is not there yet."""
    folder.mkdir(parents=True)
    root = Root(folder, layout)
    _common(root)
    _cloud(root)
    _units(root)
    _OWN[layout](root)
    made = folder.parent / f"{folder.name}.packages"
    if layout == "ubuntu":
        install_debs(root.path, list(debs(made, DEBS).values()))
    else:
        install_rpms(root.path, PLACES[layout], list(rpms(made, RPMS).values()))
    return root


def level_of(root: Root, level: str, folder: Path) -> None:
    """Put another level of RSCT into the database of packages."""
    names = [name for name in (DEBS if root.layout == "ubuntu" else RPMS) if name.startswith("rsct.") or name == "src"]
    if root.layout == "ubuntu":
        install_debs(root.path, list(debs(folder, dict.fromkeys(names, f"{level}-24088")).values()))
    else:
        found = list(rpms(folder, dict.fromkeys(names, f"{level}-24088")).values())
        install_rpms(root.path, PLACES[root.layout], found)
