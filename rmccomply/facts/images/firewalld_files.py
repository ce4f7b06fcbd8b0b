"""What firewalld lets in once it has started, by its files.

firewalld.conf(5), firewalld.zone(5): DefaultZone is public where nothing names another; a file in /etc/firewalld/zones
replaces that of the same name in /usr/lib/firewalld/zones. A packet belongs to the zone of its interface: that which
its profile names, else the one that has the interface in its file, else the default zone. Which interface is RMC's
shows in no file, so that the zones of all profiles must agree, and besides them those that are bound to sources, from
which a console may come: by link-local addresses, where Power Virtual Server or NovaLink manages the partition. Direct
rules (direct.xml) are not read.
"""

from ipaddress import ip_network
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.images.network_profiles import network_profiles
from rmccomply.facts.judging.firewalld_zones import judged_zone
from rmccomply.facts.judging.folders import Unlisted, folder
from rmccomply.facts.judging.verdicts import Ruling, console, missing
from rmccomply.sources.reading import Read, Unread
from rmccomply.sources.table import DIRECT_RULES, SETTINGS, ZONE_FILE
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from rmccomply.sources.filters.firewalld import Zone

_CONF: Final = "/etc/firewalld/firewalld.conf"
_DIRECT: Final = "/etc/firewalld/direct.xml"
_FOLDERS: Final = ("/etc/firewalld/zones", "/usr/lib/firewalld/zones")
_DEFAULT: Final = "public"
_BY_LINK: Final = ("powervs", "novalink")
_VIRTUAL: Final = ("docker", "virbr", "podman", "cni", "br-", "lo", "veth")
"""Interfaces of containers and guests, and the loopback: no console comes by them."""


class _KeptZone(NamedTuple):
    """A zone by its file, or why it was not read."""

    zone: "Zone | None"
    reading: Read[object] | None
    why: Unlisted | None = None


def of_zone_files(facts: Facts, enabled: tuple[Reference, ...]) -> Ruling:
    """What the zones by which a console may come let in."""
    conf = facts.read_of(SETTINGS, _CONF)
    if conf is None:
        return _undecided(_lost(facts.answers(SETTINGS), _CONF), enabled)
    direct = facts.read_of(DIRECT_RULES, _DIRECT)
    if direct is None:
        return _undecided(_lost(facts.answers(DIRECT_RULES), _DIRECT), enabled)
    if direct.record.rules:
        says = "firewalld has direct rules, which are not read"
        return Ruling("", says, direct.at(direct.record.rules[0]), f"cat {_DIRECT}")
    row = conf.record.of("DefaultZone")
    zones, why = _zones(facts)
    names, open_ = _names(facts, row.value if row is not None else _DEFAULT, zones)
    why = why or open_
    if why is not None:
        return _undecided(why, enabled)
    judged = []
    for name in sorted(names):
        kept = zones.get(name)
        if kept is None or kept.zone is None or kept.reading is None:
            says = f"firewalld has no file of the zone {name}, and it is not known what it then does"
            lost = kept.why if kept is not None else None
            return _undecided(lost or Unlisted(says, "inconclusive", enabled, f"ls -l {_FOLDERS[0]}"), enabled)
        judged.append(judged_zone(facts, kept.zone, kept.reading, console(facts)))
    words = {one.word for one in judged}
    places = (*(place for one in judged for place in one.evidence), *enabled)
    if words == {"open"}:
        return Ruling("open", f"the zone {judged[0].zone.name} of firewalld lets TCP and UDP 657 in", places)
    if words == {"closed"}:
        says = f"the zone {judged[0].zone.name} of firewalld does not let {missing(judged[0].opened)} in"
        return Ruling("closed", says, places)
    odd = next((one for one in judged if one.unclear or one.hidden), judged[0])
    says = odd.unclear or odd.hidden or "firewalld lets RMC in through one zone and not through another"
    return Ruling("", says, odd.evidence, odd.settle or f"cat {_FOLDERS[0]}/{odd.zone.name}.xml")


def _zones(facts: Facts) -> tuple[dict[str, _KeptZone], Unlisted | None]:
    """Zones by name, and why there may be others."""
    zones: dict[str, _KeptZone] = {}
    why: Unlisted | None = None
    for path in _FOLDERS:
        held = folder(facts, path)
        why = why or held.why
        for file in sorted(held.names):
            name = file.removesuffix(".xml")
            if file == name or name in zones:
                continue
            reading = facts.read_of(ZONE_FILE, f"{path}/{file}")
            if reading is None or reading.record.zone is None:
                zones[name] = _KeptZone(None, None, _lost(facts.answers(ZONE_FILE), f"{path}/{file}"))
            else:
                zones[name] = _KeptZone(reading.record.zone, reading)
    return zones, why


def _names(facts: Facts, default: str, zones: dict[str, _KeptZone]) -> tuple[set[str], Unlisted | None]:
    """The zones by which a console may come, and why that is not known."""
    held = facts.cached(network_profiles)
    lost = held.why or next((one.why for one in held.rows if one.why is not None and not one.interface), None)
    unread = next((kept.why for kept in zones.values() if kept.why is not None), None)
    bound = {
        interface: name
        for name, kept in zones.items()
        if kept.zone is not None
        for interface in kept.zone.interfaces
        if not interface.startswith(_VIRTUAL)
    }
    names = {one.zone or bound.get(one.interface, default) for one in held.rows} or {default, *bound.values()}
    by_link = facts.fact("host.management").value in _BY_LINK
    names |= {
        name
        for name, kept in zones.items()
        if kept.zone is not None and any(_may_hold(text, by_link=by_link) for text in kept.zone.sources)
    }
    return names, lost or unread


def _may_hold(source: str, *, by_link: bool) -> bool:
    """Whether a console may come from a source: one of IPv4 holds no link-local address of IPv6."""
    try:
        return not by_link or ip_network(source, strict=False).version != 4
    except ValueError:
        return True


def _lost(answers: "tuple[Read[object] | Unread, ...]", path: str) -> Unlisted:
    failed = next((one for one in answers if one.name == path and isinstance(one, Unread)), None)
    if isinstance(failed, Unread):
        return Unlisted(f"`{path}`: {failed.says or 'it was not read'}", failed.reason, failed.where(), f"cat {path}")
    return Unlisted(f"`{path}` was not collected", "not_collected", (), f"cat {path}")


def _undecided(why: Unlisted, enabled: tuple[Reference, ...]) -> Ruling:
    return Ruling("", f"firewalld starts at boot: {why.says}", why.evidence or enabled, why.settle, why.reason)
