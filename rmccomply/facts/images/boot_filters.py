"""What filters packets once an image has started, by its files: which firewall starts at boot, and what it lets in.

systemd starts what is enabled: firewalld with its zones, nftables with /etc/sysconfig/nftables.conf (Red Hat, SUSE) or
/etc/nftables.conf (Debian), the services of iptables with the files that iptables-save wrote, ufw where its own switch
is on too (ufw(8), ENABLED in /etc/ufw/ufw.conf). Nothing enabled is no filter. Where several start, all have to let RMC
in; what stands in none of the files that are read is unknown. Filters whose rules are not read here are named.
"""

from collections.abc import Iterator
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.images.firewalld_files import of_zone_files
from rmccomply.facts.images.ufw_files import of_ufw_files
from rmccomply.facts.images.unit_files import ETC, starts_at_boot
from rmccomply.facts.judging.folders import folder
from rmccomply.facts.judging.packet_rules import CONSOLES, NFT, of_rule_set
from rmccomply.facts.judging.verdicts import Ruling
from rmccomply.sources.filters.packet_filter import PacketFilter
from rmccomply.sources.reading import Read, Unread
from rmccomply.sources.table import RULE_FILE, SETTINGS
from rmccomply.words import Reason

_RULES: Final = {
    "nftables.service": (("/etc/sysconfig/nftables.conf", "/etc/nftables.conf"),),
    "iptables.service": (("/etc/sysconfig/iptables",),),
    "ip6tables.service": (("/etc/sysconfig/ip6tables",),),
    "netfilter-persistent.service": (("/etc/iptables/rules.v4",), ("/etc/iptables/rules.v6",)),
}
"""Units, and the files that each loads: of several places the one that is there."""
_FIREWALLD: Final = "firewalld.service"
_UFW: Final = "ufw.service"
_UFW_CONF: Final = "/etc/ufw/ufw.conf"
_UNREAD: Final = ("SuSEfirewall2.service", "shorewall.service", "shorewall6.service", "ferm.service")
_YES: Final = frozenset({"yes", "true", "1"})


def of_boot(facts: Facts) -> list[Ruling]:
    """One ruling: open where all that starts lets RMC in, closed where one refuses it for certain."""
    found = [*_started(facts)]
    if not found:
        says = "no packet filter starts at boot: none of firewalld, nftables, iptables and ufw is enabled"
        return [Ruling("open", says, folder(facts, ETC).evidence)]
    undecided = [one for one in found if not one.word]
    if undecided:
        return undecided[:1]
    closed = [one for one in found if one.word == "closed"]
    if closed and len(closed) < len(found):
        other = next(one.says for one in found if one.word == "open")
        says = f"{closed[0].says}, and {other}: two of them start at boot"
        return [Ruling("", says, tuple(place for one in found for place in one.evidence), f"ls -lR {ETC}")]
    return (closed or found)[:1]


def _started(facts: Facts) -> Iterator[Ruling]:
    """What each filter that starts, or may start, makes of RMC."""
    for unit in (_FIREWALLD, _UFW, *_RULES, *_UNREAD):
        held = starts_at_boot(facts, unit)
        if held.why is not None:
            says = f"whether {unit} starts at boot is not known: {held.why.says}"
            yield Ruling("", says, held.why.evidence or held.evidence, f"ls -lR {ETC}", held.why.reason)
            return
        if not held.starts:
            continue
        if unit == _FIREWALLD:
            yield of_zone_files(facts, held.evidence)
        elif unit == _UFW:
            yield from _of_ufw(facts, held.evidence)
        elif unit in _UNREAD:
            yield Ruling("", f"{unit} starts at boot, and its rules are not read", held.evidence, f"ls -lR {ETC}")
    yield from _of_rules(facts)


def _of_ufw(facts: Facts, enabled: tuple[Reference, ...]) -> Iterator[Ruling]:
    """Nothing where its own switch is off."""
    conf = facts.read_of(SETTINGS, _UFW_CONF)
    row = conf.record.of("ENABLED") if conf is not None else None
    if conf is None:
        yield _not_read(facts.answers(SETTINGS), _UFW_CONF, enabled)
    elif row is not None and row.value.lower() in _YES:
        yield of_ufw_files(facts, (*enabled, *conf.at(row.line)))


def _of_rules(facts: Facts) -> Iterator[Ruling]:
    """What the files of rules together make of it: iptables has one for each family, and what has none is let in."""
    halves: dict[str, Ruling] = {}
    for unit, places in _RULES.items():
        held = starts_at_boot(facts, unit)
        for paths in places if held.starts else ():
            one = _of_file(facts, unit, paths, held.evidence)
            if one.settle not in (NFT, CONSOLES):
                yield one
                continue
            halves[one.settle + paths[0]] = one
    closed = [one for one in halves.values() if one.settle == CONSOLES]
    evidence = tuple(place for one in closed or halves.values() for place in one.evidence)
    if len(closed) > 1:
        yield Ruling("closed", closed[0].says.partition(", and whether")[0], evidence)
    elif closed:
        yield closed[0]._replace(settle="ls -l /etc/sysconfig")
    elif halves:
        yield Ruling("open", next(iter(halves.values())).says.partition(", but")[0], evidence)


def _of_file(facts: Facts, unit: str, paths: tuple[str, ...], enabled: tuple[Reference, ...]) -> Ruling:
    """What the file that a unit loads makes of RMC; a unit whose files are not there loads nothing."""
    absent: tuple[Reference, ...] = ()
    for path in paths:
        reading = facts.read_of(RULE_FILE, path)
        if reading is None:
            return _not_read(facts.answers(RULE_FILE), path, enabled)
        if reading.record.rules is not None:
            rules: Read[PacketFilter] = Read(
                reading.name, reading.source, reading.argv, reading.record.rules, reading.provenance, reading.partial
            )
            found = of_rule_set(facts, rules)
            told = (*found.evidence, *enabled)
            if found.word or found.settle in (NFT, CONSOLES):
                return found._replace(evidence=told)
            return found._replace(evidence=told, settle=f"cat {path}", says=f"{path}: {found.says}")
        absent += reading.where()
    return Ruling("open", f"{unit} starts at boot without a file of rules", (*enabled, *absent))


def _not_read(answers: "tuple[Read[object] | Unread, ...]", path: str, enabled: tuple[Reference, ...]) -> Ruling:
    failed = next((one for one in answers if one.name == path and isinstance(one, Unread)), None)
    says, reason = f"`{path}` was not collected", "not_collected"
    places = enabled
    if isinstance(failed, Unread):
        says, reason, places = f"`{path}`: {failed.says or 'it was not read'}", failed.reason, failed.where()
    known: Reason = reason  # type: ignore[assignment]
    return Ruling("", says, places, f"cat {path}", known)
