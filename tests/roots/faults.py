"""One fault each to plant in a good root, with the rules that are to fail of it, and nothing else. Constructed."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from tests.roots import files as text
from tests.roots.layouts import OLD, PLACES, Root, level_of
from tests.roots.packages import remove_deb, remove_rpm

Plant = Callable[[Root], object]
ALL: Final = ("rhel", "sles", "ubuntu")
RPM: Final = ("rhel", "sles")
_FIREWALL: Final = "/etc/firewalld/zones/public.xml"
_FINAL: Final = " - power-state-change\n - reset_rmc\n"
_OWN: Final = "/etc/cloud/cloud.cfg.d/90_site.cfg"
_SITE_SYSCTL: Final = "/etc/sysctl.d/60-site.conf"


class Fault(NamedTuple):
    """What is planted, the rules that fail of it, and the layouts that can have it."""

    rules: frozenset[str]
    plant: Plant
    layouts: tuple[str, ...] = ALL


def _written(path: str, content: str) -> Plant:
    return lambda root: root.write(path, content)


def _removed(*paths: str) -> Plant:
    def plant(root: Root) -> None:
        for path in paths:
            root.remove(path)

    return plant


def _changed(path: str, old: str, new: str) -> Plant:
    return lambda root: root.change(path, old, new)


def _masked(unit: str) -> Plant:
    return lambda root: root.link(f"/etc/systemd/system/{unit}", "/dev/null")


def _without(name: str) -> Plant:
    """The package is not in the database any more."""

    def plant(root: Root) -> None:
        if root.layout == "ubuntu":
            remove_deb(root.path, name.lower())
        else:
            remove_rpm(root.path, PLACES[root.layout], name)

    return plant


def _not_enabled(*units: str) -> Plant:
    return _removed(*(f"/etc/systemd/system/{unit}" for unit in units))


def _old(root: Root) -> None:
    remove = remove_deb if root.layout == "ubuntu" else lambda path, name: remove_rpm(path, PLACES[root.layout], name)
    for name in ("rsct.core", "rsct.core.utils", "rsct.basic", "rsct.opt.storagerm", "src"):
        remove(root.path, name)
    level_of(root, OLD, Path(f"{root.path}.old"))


def _kernel(word: str) -> Plant:
    """On the line of every kernel that the layout can start."""

    def plant(root: Root) -> None:
        line = f"{text.KERNEL} {word}"
        if root.layout == "rhel":
            (entry,) = (root.path / "boot/loader/entries").iterdir()
            root.change(str(entry.relative_to(root.path)), text.KERNEL, line)
            root.change("/etc/kernel/cmdline", text.KERNEL, line)
        else:
            root.change(f"/boot/{'grub' if root.layout == 'ubuntu' else 'grub2'}/grub.cfg", text.KERNEL, line)
        root.change("/etc/default/grub", "console=hvc0", f"console=hvc0 {word}")

    return plant


def _by_kernelopts(root: Root) -> None:
    """As RHEL 8 does it, whose entries refer to the environment of grub."""
    (entry,) = (root.path / "boot/loader/entries").iterdir()
    root.change(str(entry.relative_to(root.path)), text.KERNEL, "$kernelopts")
    root.change("/boot/grub2/grubenv", "boot_success=0\n", f"boot_success=0\nkernelopts={text.KERNEL} ipv6.disable=1\n")


def _cloned(root: Root) -> None:
    root.write("/var/lib/cloud/instances/i-0a1b2c/user-data.txt", "")
    root.link("/var/lib/cloud/instance", "/var/lib/cloud/instances/i-0a1b2c")
    root.write("/var/lib/cloud/data/instance-id", "i-0a1b2c\n")


def _peer_domain(root: Root) -> None:
    root.write("/var/ct/2738105564/cfg/ct_cluster_name", "site\n")


IDENTITY: Final = frozenset({"RMC-IMG-001"})
IPV6: Final = frozenset({"RMC-IMG-004"})
FAULTS: Final[dict[str, Fault]] = {
    "reset_rmc is in no list": Fault(IDENTITY, _changed("/etc/cloud/cloud.cfg", _FINAL, " - power-state-change\n")),
    "reset_rmc runs once a disk": Fault(
        IDENTITY, _changed("/etc/cloud/cloud.cfg", " - reset_rmc\n", " - [reset_rmc, once]\n")
    ),
    "a later file has the list without it": Fault(
        IDENTITY, _written(_OWN, "cloud_final_modules:\n - scripts-user\n - final-message\n")
    ),
    "the only datasource is None": Fault(IDENTITY, _written(_OWN, "datasource_list: [None]\n")),
    "manual_cache_clean": Fault(IDENTITY, _written(_OWN, "manual_cache_clean: true\n")),
    "cloud-init.disabled": Fault(IDENTITY, _written("/etc/cloud/cloud-init.disabled", "")),
    "cloud-init is disabled on the kernel line": Fault(IDENTITY, _kernel("cloud-init=disabled")),
    "ds-identify disables cloud-init": Fault(IDENTITY, _written("/etc/cloud/ds-identify.cfg", "policy: disabled\n")),
    "a unit of cloud-init is not enabled": Fault(IDENTITY, _not_enabled("cloud-init.target.wants/cloud-final.service")),
    "the units of cloud-init are not enabled": Fault(IDENTITY, _not_enabled("cloud-init.target.wants")),
    "a unit of cloud-init is masked": Fault(IDENTITY, _masked("cloud-final.service")),
    "RSCT's tools are missing": Fault(IDENTITY, _removed("/opt/rsct/install/bin")),
    "a peer domain": Fault(frozenset({"RMC-IMG-003"}), _peer_domain),
    "IPv6 is off for all": Fault(IPV6, _written(_SITE_SYSCTL, "net.ipv6.conf.all.disable_ipv6 = 1\n")),
    "IPv6 is off by default": Fault(IPV6, _written(_SITE_SYSCTL, "net.ipv6.conf.default.disable_ipv6=1\n")),
    "IPv6 is off in sysctl.conf": Fault(IPV6, _written("/etc/sysctl.conf", "net/ipv6/conf/all/disable_ipv6 = 1\n")),
    "IPv6 is off on the kernel line": Fault(IPV6, _kernel("ipv6.disable=1")),
    "IPv6 is off by kernelopts": Fault(IPV6, _by_kernelopts, ("rhel",)),
    "IPv6 is off in the profile": Fault(
        IPV6,
        _written("/etc/NetworkManager/system-connections/eth0.nmconnection", text.KEYFILE.format(method="disabled")),
        ("rhel",),
    ),
    "an instance of cloud-init is left": Fault(frozenset({"RMC-IMG-005"}), _cloned),
    "DynamicRM is missing": Fault(frozenset({"RMC-PKG-004"}), _without("DynamicRM")),
    "ServiceRM is missing": Fault(frozenset({"RMC-PKG-004"}), _without("devices.chrp.base.ServiceRM")),
    "src is missing": Fault(frozenset({"RMC-PKG-001"}), _without("src")),
    "rsct.core.utils is missing": Fault(frozenset({"RMC-PKG-001"}), _without("rsct.core.utils")),
    "cloud-init's package is missing": Fault(frozenset({"RMC-PKG-005"}), _without("cloud-init")),
    "RSCT is too old": Fault(frozenset({"RMC-VER-001", "RMC-VER-002"}), _old),
    "ctrmc is not enabled": Fault(frozenset({"RMC-SUB-006"}), _not_enabled("multi-user.target.wants/ctrmc.service")),
    "ctrmc is masked": Fault(frozenset({"RMC-SUB-006"}), _masked("ctrmc.service")),
    "the firewall is closed": Fault(frozenset({"RMC-NET-003"}), _changed(_FIREWALL, text.OPEN, ""), RPM),
    "the firewall is closed for UDP": Fault(
        frozenset({"RMC-NET-003"}),
        _changed("/usr/lib/firewalld/services/rsct-ctrmc.xml", '  <port protocol="udp" port="657"/>\n', ""),
        RPM,
    ),
    "port 657 has another name": Fault(
        frozenset({"RMC-CFG-001"}), _changed("/etc/services", "rmc             657/tcp\n", "other           657/tcp\n")
    ),
}
"""By what a person would say is wrong."""
