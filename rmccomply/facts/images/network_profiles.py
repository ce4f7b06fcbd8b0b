"""The profiles by which a system sets up its network adapters, and whether one has IPv6 switched off.

NetworkManager: `method=disabled`, and in ifcfg files `IPV6_DISABLED=yes`, which it reads as that. Nothing else of it
sets disable_ipv6: with `ignore` it goes back to the address of the kernel (src/core/devices/nm-device.c), and
`IPV6INIT=no`, or none at all, is `ignore` to it (nms-ifcfg-rh-reader.c). The older scripts then end without doing
anything (fedora-sysv/initscripts, network-scripts/ifup-ipv6). netplan(5): `link-local` without ipv6, so that the
adapter has no address of the kind RMC uses. SUSE's ifcfg has no such switch: `ifsysctl-*` beside it may set one. The
ports of a bond, a bridge or a team have no addresses of their own, and the loopback is no adapter.
"""

import re
from collections.abc import Iterator
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.folders import HeldFolder, Unlisted, folder
from rmccomply.sources.reading import Read, Unread
from rmccomply.sources.source import Source
from rmccomply.sources.table import KEYFILE, NETPLAN, SETTINGS
from rmccomply.tuples import NamedTuple

KEYFILES: Final = "/etc/NetworkManager/system-connections"
RED_HAT: Final = "/etc/sysconfig/network-scripts"
SUSE: Final = "/etc/sysconfig/network"
NETPLANS: Final = "/etc/netplan"
_LEFT_OUT: Final = re.compile(r"(~|\.bak|\.old|\.orig|\.rpmnew|\.rpmorig|\.rpmsave|\.swp)$")
_LOOPBACK: Final = "lo"
_OFF: Final = frozenset({"disabled"})
_ON: Final = frozenset({"", "auto", "dhcp", "ignore", "manual", "link-local", "shared"})
_YES: Final = frozenset({"yes", "true", "t", "y", "1"})
_SWITCH: Final = "IPV6_DISABLED"
_OF_A_GROUP: Final = ("MASTER", "TEAM_MASTER", "BRIDGE", "CONTROLLER")


class NetworkProfile(NamedTuple):
    """A profile. `off`: it has IPv6 switched off, in the words of `says`; None where it was not read, for `why`."""

    name: str
    interface: str
    off: bool | None
    says: str
    evidence: tuple[Reference, ...]
    zone: str = ""
    why: Unlisted | None = None


class NetworkProfiles(NamedTuple):
    """All of them; `why` is set where others may be there."""

    rows: tuple[NetworkProfile, ...]
    why: Unlisted | None
    evidence: tuple[Reference, ...]


def network_profiles(facts: Facts) -> NetworkProfiles:
    """Those of all that may set up adapters, sorted by file."""
    folders = [folder(facts, path) for path in (KEYFILES, RED_HAT, SUSE, NETPLANS)]
    keyfiles, red_hat, suse, netplans = folders
    rows = [
        *(row for name in _names(facts, keyfiles, KEYFILE) for row in _of_keyfile(facts, keyfiles, name)),
        *(row for name in _names(facts, red_hat, SETTINGS) for row in _of_ifcfg(facts, red_hat, name)),
        *(row for name in _names(facts, suse, SETTINGS) for row in _of_ifcfg(facts, suse, name)),
        *_of_netplan(facts, netplans),
    ]
    why = next((one.why for one in folders if one.why is not None), None)
    return NetworkProfiles(tuple(rows), why, tuple(place for one in folders for place in one.evidence))


def _names(facts: Facts, held: HeldFolder, source: Source[object]) -> list[str]:
    """The files of a folder that are profiles; where the folder is not listed, those that were read."""
    start = f"{held.path}/"
    read = {one.name.removeprefix(start) for one in facts.answers(source) if one.name.startswith(start)}
    names = sorted(held.names.keys() | (read if held.why is not None else set()))
    wanted = "" if source is KEYFILE else "ifcfg-"
    own = [name for name in names if name.startswith(wanted) and not _LEFT_OUT.search(name)]
    return [name for name in own if name != f"ifcfg-{_LOOPBACK}" and not held.masked(name)]


def _unread(facts: Facts, held: HeldFolder, name: str, source: Source[object]) -> NetworkProfile:
    path = f"{held.path}/{name}"
    failed = next((one for one in facts.answers(source) if one.name == path and isinstance(one, Unread)), None)
    settle = f"cat '{path}'" if " " in path else f"cat {path}"
    if isinstance(failed, Unread):
        why = Unlisted(f"`{path}`: {failed.says or 'it was not read'}", failed.reason, failed.where(), settle)
    else:
        why = Unlisted(f"`{path}` was not collected", "not_collected", held.names.get(name, ()), settle)
    return NetworkProfile(path, "", None, why.says, why.evidence, why=why)


def _of_keyfile(facts: Facts, held: HeldFolder, name: str) -> Iterator[NetworkProfile]:
    reading = facts.read_of(KEYFILE, f"{held.path}/{name}")
    if reading is None or not reading.record.present:
        yield _unread(facts, held, name, KEYFILE)
        return
    profile = reading.record
    if profile.group or _LOOPBACK in (profile.interface, profile.type) or profile.type == "loopback":
        return
    places = reading.at(profile.ipv6_line or profile.line)
    if profile.ipv6 not in _OFF | _ON:
        says = f"'{profile.ipv6}' is not a method of IPv6"
        why = Unlisted(says, "unparsable", places, f"cat {reading.name}")
        yield NetworkProfile(reading.name, profile.interface, None, says, places, profile.zone, why)
        return
    says = f"the profile {profile.id or name} has IPv6 switched off (method={profile.ipv6})"
    yield NetworkProfile(reading.name, profile.interface, profile.ipv6 in _OFF, says, places, profile.zone)


def _of_ifcfg(facts: Facts, held: HeldFolder, name: str) -> Iterator[NetworkProfile]:
    reading = facts.read_of(SETTINGS, f"{held.path}/{name}")
    if reading is None or not reading.record.present:
        yield _unread(facts, held, name, SETTINGS)
        return
    settings = {row.name: row for row in reading.record.rows}
    told = {key: row.value.lower() for key, row in settings.items()}
    interface = told.get("DEVICE") or name.removeprefix("ifcfg-")
    if any(told.get(key) for key in _OF_A_GROUP) or told.get("SLAVE") in _YES or interface == _LOOPBACK:
        return
    zone = settings["ZONE"].value if "ZONE" in settings else ""
    if told.get(_SWITCH) in _YES:
        says = f"the profile {name} has IPv6 switched off ({_SWITCH}={settings[_SWITCH].value})"
        yield NetworkProfile(reading.name, interface, True, says, reading.at(settings[_SWITCH].line), zone)
        return
    beside = next((one for one in held.names if one in ("ifsysctl", f"ifsysctl-{interface}")), "")
    if beside:
        why = Unlisted(
            f"{held.path}/{beside} may switch IPv6 off, and is not read",
            "inconclusive",
            held.names[beside],
            f"cat {held.path}/{beside}",
        )
        yield NetworkProfile(reading.name, interface, None, why.says, why.evidence, zone, why)
        return
    yield NetworkProfile(reading.name, interface, False, "", reading.at(1), zone)


def _of_netplan(facts: Facts, held: HeldFolder) -> Iterator[NetworkProfile]:
    """Files in the order of their names; of an interface that several have, the last `link-local` counts, which may
    stand in a file that was not read."""
    start = f"{held.path}/"
    read = {one.name.removeprefix(start) for one in facts.answers(NETPLAN) if one.name.startswith(start)}
    names = sorted(held.names.keys() | (read if held.why is not None else set()))
    found: dict[str, NetworkProfile] = {}
    ports: set[str] = set()
    lost: Unlisted | None = None
    for name in (one for one in names if one.endswith(".yaml")):
        reading = facts.read_of(NETPLAN, f"{start}{name}")
        if reading is None or not reading.record.present:
            unread = _unread(facts, held, name, NETPLAN)
            lost = unread.why
            found = {key: one._replace(off=None, why=lost) for key, one in found.items()}
            found[start + name] = unread
            continue
        ports |= {port for row in reading.record.rows for port in row.ports}
        found.update(_netplan_rows(reading, found, lost))
    yield from (one for key, one in found.items() if key not in ports and key != _LOOPBACK)


def _netplan_rows(
    reading: "Read[object]", found: dict[str, NetworkProfile], lost: Unlisted | None
) -> Iterator[tuple[str, NetworkProfile]]:
    """What a file says of its interfaces; `lost` is set where a file before it was not read."""
    from rmccomply.sources.network.netplan import Netplan

    record = reading.record
    for row in record.rows if isinstance(record, Netplan) else ():
        if row.link_local is not None:
            says = f"netplan gives {row.name} no IPv6 link-local address"
            off = "ipv6" not in row.link_local
            yield row.name, NetworkProfile(reading.name, row.name, off, says, reading.at(row.link_local_line))
        elif row.name not in found:
            unsaid = False if lost is None else None
            yield row.name, NetworkProfile(reading.name, row.name, unsaid, "", reading.at(row.line), why=lost)
