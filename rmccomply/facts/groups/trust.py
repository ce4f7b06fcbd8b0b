"""Host-based authentication: whether the consoles' keys are in the trusted host list, and what `ctsvhbac` says.

RSCT documentation, "Management domain configuration": KeyToken of IBM.MCP is the identity under which the console's
public key stands in the trusted host list. Names are compared without case. A handshake cannot complete without it, so
that a control point that is up beside a list without it contradicts the list, unless that has the short form of the
name for the long one, or the long one for the short one.
"""

from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.console import domain
from rmccomply.facts.judging.points import address
from rmccomply.facts.judging.reasons import NOT_MANAGED, not_for, root_of, unknown_from, unread
from rmccomply.facts.judging.resources import SETTLE, KeptConsole, KeptConsoles, cut, resources, untold
from rmccomply.facts.judging.stale import stale
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.shared.texts import strange_word
from rmccomply.sources.table import CTSTHL, CTSVHBAC

if TYPE_CHECKING:
    from rmccomply.sources.rsct.ctsthl import TrustedHosts
    from rmccomply.sources.rsct.ctsvhbac import Verification

_NONE: Final = ((),)
_KINDS: Final = {
    **NOT_MANAGED,
    "rhcos": "Red Hat CoreOS has no RSCT of its own: it may run in a container.",
}


def unknown_tokens(facts: Facts) -> Fact:
    """Consoles whose identity is not in the trusted host list: no message of theirs is believed."""
    name = "trust.unknown_tokens"
    return not_for(facts, _unknown_tokens(facts, name), _NONE, _KINDS)


def _unknown_tokens(facts: Facts, name: str) -> Fact:
    found, title = facts.cached(resources), "whether the consoles are trusted"
    if found.unread is not None:
        return untold(name, title, found.unread)
    if not found.rows:
        return not_applicable(name, "IBM.MCP is empty, so no console has to be trusted.", found.evidence)
    rows, gone = _live(facts, found)
    if not rows:
        return not_applicable(name, "Every console of IBM.MCP is gone, so none has to be trusted.", found.evidence)
    listing = next(iter(facts.read(CTSTHL)), None)
    if listing is None:
        return unread(name, title, facts.answers(CTSTHL), "ctsthl -l")
    nameless = next((row for row in rows if not row.of("KeyToken")), None)
    up = {one.node_id: one.evidence for one in facts.cached(domain).rows if one.up}
    fine = [row for row in rows if row.node_id in up and _alike(row, listing.record)]
    missing = [row for row in rows if row.of("KeyToken") and not _trusted(row, listing.record) and row not in fine]
    if nameless is not None and not missing:
        says = f"Whether {nameless.label} is trusted is unknown: lsrsrc does not show its KeyToken."
        return unknown(name, "inconclusive", says, nameless.at("KeyToken"), settle=SETTLE)
    refuted = next((row for row in missing if row.node_id in up), None)
    if refuted is not None and listing.record.whole:
        return _refuted(name, refuted, listing, up[refuted.node_id])
    forms = tuple(f"The trusted host list has another form of the name of {row.label}, which is up." for row in fine)
    also = (*gone, *forms)
    judged = _judged(name, found._replace(rows=rows), missing, listing)._replace(also=also)
    return judged._replace(evidence=(*judged.evidence, *(place for row in fine for place in up[row.node_id])))


def _refuted(name: str, row: KeptConsole, listing: Read[object], up: tuple[Reference, ...]) -> Fact:
    """Unknown, because the console is up all the same."""
    says = f"Whether {row.label} is trusted is unknown: the trusted host list has no entry '{row.of('KeyToken')[0]}', "
    places = (*row.at("KeyToken"), *listing.at(WHOLE), *up)
    return unknown(name, "conflicting", f"{says}but its control point is up.", places, settle="ctsthl -l")


def _live(facts: Facts, found: KeptConsoles) -> tuple[tuple[KeptConsole, ...], tuple[str, ...]]:
    """The resources of consoles that are not gone, and what is said of those that are."""
    gone = facts.cached(stale)
    says = tuple(f"{row.label} is not judged: it is a console that is gone." for row in gone)
    return tuple(row for row in found.rows if row not in gone), says


def _judged(name: str, found: KeptConsoles, missing: list[KeptConsole], listing: "Read[TrustedHosts]") -> Fact:
    if not missing:
        places = [place for row in found.rows for place in row.at("KeyToken")]
        tokens = {token.lower() for row in found.rows for token in row.of("KeyToken")}
        lines = [
            place for host in listing.record.rows if host.name.lower() in tokens for place in listing.at(host.line)
        ]
        return known(name, (), "The key of every console is in the trusted host list.", (*places, *lines))
    if not listing.record.whole:
        says = f"Whether {missing[0].label} is trusted is unknown: the trusted host list is incomplete."
        places = [*missing[0].at("KeyToken"), *listing.at(WHOLE)]
        return unknown(name, "truncated", says, tuple(places), settle="ctsthl -l")
    items = tuple(_untrusted(row, listing) for row in missing)
    return known(name, items, items[0].says, items[0].evidence)


def _trusted(row: KeptConsole, record: "TrustedHosts") -> bool:
    names = {host.name.lower() for host in record.rows}
    return all(token.lower() in names for token in row.of("KeyToken"))


def _alike(row: KeptConsole, record: "TrustedHosts") -> bool:
    """Whether the list has the short form for the long form of its name, or the long one for the short one."""
    names = {host.name.lower() for host in record.rows if address(host.name) is None}
    tokens = {token.lower() for token in row.of("KeyToken") if address(token) is None}
    short = {name.partition(".")[0] for name in names}
    return bool(tokens) and all(_one_host(token, names, short) for token in tokens)


def _one_host(token: str, names: set[str], short: set[str]) -> bool:
    host = token.partition(".")[0]
    return token not in names and (host in names if host != token else token in short)


def _untrusted(row: KeptConsole, listing: Read[object]) -> Item:
    token = row.of("KeyToken")[0]
    says = f"The trusted host list has no entry '{token}', the identity of the console {row.label}."
    return Item(token, says, (*row.at("KeyToken"), *listing.at(WHOLE)))


def gone_hosts(facts: Facts) -> Fact:
    """Identities of consoles that are gone and that this host trusts all the same.

    An entry by address is not judged: another host may have that address now.
    """
    name = "trust.gone_hosts"
    return not_for(facts, _gone_hosts(facts, name), _NONE, _KINDS)


def _gone_hosts(facts: Facts, name: str) -> Fact:
    compared, title = facts.fact("mcp.unknown_to_domain"), "whether a console that is gone is trusted"
    if compared.state == "not_applicable":
        return not_applicable(name, compared.says, compared.evidence, (compared,))
    if compared.state == "unknown":
        return unknown_from(name, title, compared)
    status = facts.cached(domain)
    if compared.value and not any(row.up for row in status.rows):
        says = "No console is connected, so none is known to be gone."
        return not_applicable(name, says, status.evidence, (compared,))
    rows = facts.cached(stale)
    if not rows:
        return known(name, (), "No console of IBM.MCP is gone.", compared.evidence, basis=(compared,))
    listing = next(iter(facts.read(CTSTHL)), None)
    if listing is None:
        return unread(name, title, facts.answers(CTSTHL), "ctsthl -l", (compared,))
    return _gone_of(facts, name, rows, listing)


def _gone_of(facts: Facts, name: str, rows: tuple[KeptConsole, ...], listing: "Read[TrustedHosts]") -> Fact:
    found = facts.cached(resources)
    if not found.whole:
        return cut(name, "whether a console that is gone is trusted", found)
    live = {token.lower() for row in found.rows if row not in rows for token in row.of("KeyToken")}
    items = tuple(item for row in rows for item in _entries(row, live, listing))
    if items:
        return known(name, items, items[0].says, items[0].evidence)
    nameless = next((row for row in rows if not row.of("KeyToken")), None)
    if nameless is not None:
        says = f"Whether {nameless.label}, which is gone, is trusted is unknown: lsrsrc does not show its KeyToken."
        return unknown(name, "inconclusive", says, nameless.at("KeyToken"), settle=SETTLE)
    places = (*(place for row in rows for place in row.at("KeyToken")), *listing.at(WHOLE))
    if not listing.record.whole or listing.partial:
        says = f"Whether {rows[0].label}, which is gone, is trusted is unknown: the trusted host list is incomplete."
        return unknown(name, listing.partial or "truncated", says, places, settle="ctsthl -l")
    return known(name, (), "No console that is gone is in the trusted host list.", places)


def _entries(row: KeptConsole, live: set[str], listing: "Read[TrustedHosts]") -> list[Item]:
    """The entries of its identities, without those that another console has now: one that is replaced hands its on."""
    tokens = {token.lower() for token in row.of("KeyToken")} - live
    return [
        Item(
            host.name,
            f"The trusted host list still has '{host.name}', the identity of {row.label}: a console that is gone.",
            (*listing.at(host.line), *row.at("KeyToken")),
        )
        for host in listing.record.rows
        if host.name.lower() in tokens
    ]


def attention(facts: Facts) -> Fact:
    """Tests of ctsvhbac that need attention; while a console is connected they are a remark (aliases, service NICs)."""
    name = "trust.attention"
    return not_for(facts, _attention(facts, name), _NONE, _KINDS)


def _attention(facts: Facts, name: str) -> Fact:
    title = "whether host-based authentication is intact"
    reading = next(iter(facts.read(CTSVHBAC)), None)
    if reading is None:
        return unread(name, title, facts.answers(CTSVHBAC), "ctsvhbac")
    rows = reading.record.rows
    warned = [row for row in rows if row.attention]
    if warned:
        return _warned(facts, name, tuple(_item(row, reading) for row in warned))
    silent = next((row for row in rows if not row.status), None)
    if silent is not None or reading.partial or not reading.record.whole:
        says = (
            "Whether host-based authentication is intact is unknown: ctsvhbac does not show the result of every test."
        )
        place = reading.at(silent.line if silent else 1)
        return unknown(name, reading.partial or "truncated", says, place, settle="ctsvhbac")
    odd = next((row for row in rows if not row.good), None)
    if odd is not None:
        says = f"Whether host-based authentication is intact is unknown: {strange_word('ctsvhbac', odd.status)}."
        return unknown(name, "unparsable", says, reading.at(odd.line), settle="ctsvhbac")
    if reading.record.ended:
        says = f"Whether host-based authentication is intact is unknown: ctsvhbac ended with {reading.record.ended}, "
        says += "and none of its tests says why."
        return unknown(name, "failed", says, reading.at(rows[0].line), settle="ctsvhbac")
    return known(
        name, (), "No test of ctsvhbac needs attention.", tuple(p for row in rows for p in reading.at(row.line))
    )


def _item(row: "Verification", reading: Read[object]) -> Item:
    about = f"{row.test} {row.subject}".strip()
    return Item(about, f"ctsvhbac says of the {about}: {row.status}.", reading.at(row.line))


def _warned(facts: Facts, name: str, items: tuple[Item, ...]) -> Fact:
    connected = facts.fact("console.connected")
    if connected.state == "unknown":
        says = f"{items[0].says} Whether that matters is unknown: {root_of(connected)}"
        places = (*items[0].evidence, *connected.evidence)
        reason = connected.reason or "inconclusive"
        return unknown(name, reason, says, places, settle=connected.settle, basis=(connected,))
    if connected.value == "no":
        return known(name, items, items[0].says, items[0].evidence, basis=(connected,))
    says = f"ctsvhbac asks for attention, but a console is connected: {connected.says}"
    places = (*connected.evidence, *(place for item in items for place in item.evidence))
    return known(name, (), says, places, basis=(connected,), also=tuple(item.says for item in items))
