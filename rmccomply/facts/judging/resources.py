"""The management consoles that RMC has resources for: `lsrsrc IBM.MCP`, in all its forms joined.

A resource may be asked for as a whole or by some of its attributes; the answers are joined by their order, and any
disagreement makes all of it conflicting. NodeID is the console's own node ID, printed in decimal; an attribute that
was not asked for is None, which is not the same as an empty one. Levels that use CSM do not have the class: they keep
the console in IBM.ManagementServer.
"""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.subsystem import uses_mgmt_domain_rm
from rmccomply.facts.judging.points import NO_CLASS, SECTION, address, control_points
from rmccomply.facts.judging.reasons import unknown_from, unread
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.reading import Read, Reading
from rmccomply.sources.shared.messages import message_id
from rmccomply.sources.shared.values import node_id_of_decimal
from rmccomply.sources.table import LSRSRC, RMCDOMAINSTATUS
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

if TYPE_CHECKING:
    from rmccomply.sources.rsct import lsrsrc

SETTLE: Final = "lsrsrc IBM.MCP"
_OLD_CLASS: Final = "IBM.ManagementServer"
_ADDRESSES: Final = ("IPAddresses", "HMCIPAddr", "HMCAddIPs", "HMCAddIPv6s")


class Values(NamedTuple):
    """The values of an attribute, empty ones left out, and where it stands."""

    values: tuple[str, ...]
    evidence: tuple[Reference, ...]


class KeptConsole(NamedTuple):
    """One console as RMC keeps it."""

    number: int
    attributes: dict[str, Values]
    evidence: tuple[Reference, ...]

    @property
    def label(self) -> str:
        """What people know it by: its machine, else its address, else its node ID."""
        for name in ("HMCName", "HMCIPAddr", "IPAddresses", "NodeID"):
            found = self.attributes.get(name)
            if found is not None and found.values:
                return found.values[0]
        return f"resource {self.number}"

    @property
    def node_id(self) -> str | None:
        """16 hexadecimal digits; None where it was not asked for, or is more than 64 bits."""
        found = self.attributes.get("NodeID")
        text = found.values[0] if found is not None and found.values else ""
        return node_id_of_decimal(text)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address of the console, as printed."""
        return tuple(text for name in _ADDRESSES for text in self.of(name))

    def of(self, name: str) -> tuple[str, ...]:
        """The values of an attribute; none where it was not asked for."""
        found = self.attributes.get(name)
        return () if found is None else found.values

    def at(self, name: str) -> tuple[Reference, ...]:
        """Where an attribute stands, else where the resource does."""
        found = self.attributes.get(name)
        return self.evidence if found is None else found.evidence


class KeptConsoles(NamedTuple):
    """All of them. `unread` is set where no answer tells, or two contradict each other; it is not applicable where the
    level has no such class. `whole`: there is no other."""

    rows: tuple[KeptConsole, ...]
    evidence: tuple[Reference, ...]
    unread: Fact | None = None
    whole: bool = True


def cut(name: str, title: str, found: KeptConsoles) -> Fact:
    """Unknown, because the copy of lsrsrc may lack consoles."""
    says = f"{title[0].upper()}{title[1:]} is unknown: the end of the copy of lsrsrc is missing."
    return unknown(name, "truncated", says, found.evidence, settle=SETTLE)


def resources(facts: Facts) -> KeptConsoles:
    """The consoles of IBM.MCP; `unread` says why there is no answer."""
    asked = [reading for reading in facts.answers(LSRSRC) if "IBM.MCP" in reading.argv]
    read = [reading for reading in facts.read(LSRSRC) if "IBM.MCP" in reading.argv]
    broken = [one for one in facts.unread(LSRSRC) if "IBM.MCP" in one.argv and one.reason == "conflicting"]
    if broken or not read:
        missing = unread("", "what IBM.MCP holds", broken or asked, SETTLE)
        return KeptConsoles((), (), _without_class(facts, asked, missing))
    joined = _joined(read)
    evidence = tuple(place for reading in read for place in reading.at(WHOLE))
    if joined is None:
        says = "What IBM.MCP holds is unknown: two answers of lsrsrc contradict each other."
        return KeptConsoles((), (), unknown("", "conflicting", says, evidence, settle=SETTLE))
    if not joined and not any(reading.record.whole for reading in read) and not _has_none(facts):
        says = (
            "What IBM.MCP holds is unknown: lsrsrc printed only its title, and nothing shows that its answer is "
            "complete."
        )
        reason: Reason = next((reading.partial for reading in read if reading.partial), "empty")
        return KeptConsoles((), (), unknown("", reason, says, evidence, settle=SETTLE))
    up = next((row for row in facts.cached(control_points).rows if row.up), None)
    if not joined and up is not None:
        says = f"What IBM.MCP holds is unknown: lsrsrc shows no console, but the control point {up.text} is up."
        return KeptConsoles((), (), unknown("", "conflicting", says, (*evidence, *up.evidence), settle=SETTLE))
    whole = any(reading.record.whole for reading in read)
    return KeptConsoles(joined, evidence, whole=whole)


def _has_none(facts: Facts) -> bool:
    """Whether other answers show no console over IP: RMC runs in-band, or there is no control point."""
    status = [reading.record for reading in facts.read(RMCDOMAINSTATUS) if reading.record.whole and not reading.partial]
    none = bool(status) and all(SECTION not in record.sections for record in status)
    return none or facts.fact("console.in_band").value == "yes"


def _without_class(facts: Facts, asked: Sequence[Reading[object]], missing: Fact) -> Fact:
    """Not applicable, where lsrsrc says that there is no such class and this level keeps its console in another."""
    told = [place for reading in asked for place in reading.where() if message_id(place.text) == NO_CLASS]
    if not told or len(told) < len(asked):
        return missing
    server = management_server(facts, "mcp.resources")
    if server is None or server.state != "known":
        return missing._replace(settle=_settles_class(facts) if server is None else server.settle)
    says = "This level does not have the class IBM.MCP: it keeps its console in IBM.ManagementServer."
    return not_applicable("", says, (*told, *server.evidence), (server,))


def _settles_class(facts: Facts) -> str:
    """Who was told that there is no class IBM.MCP asks for what levels have that use CSM, unless this is none."""
    asked = any(_OLD_CLASS in reading.argv for reading in facts.read(LSRSRC))
    return SETTLE if asked or uses_mgmt_domain_rm(facts).value == "yes" else f"lsrsrc {_OLD_CLASS}"


def management_server(facts: Facts, name: str) -> Fact | None:
    """A console of IBM.ManagementServer, which counts on levels that use CSM; None where there is none that counts."""
    places = [
        reading.at(reading.record.resources[0].line)
        for reading in facts.read(LSRSRC)
        if reading.record.resource_class == _OLD_CLASS and reading.record.resources
    ]
    modern = uses_mgmt_domain_rm(facts)
    if not places or modern.value == "yes":
        return None
    if modern.state == "unknown":
        fact = unknown_from(name, "whether this level keeps its console in IBM.ManagementServer", modern)
        return fact._replace(settle=fact.settle or SETTLE)
    says = "RMC knows a console in the class IBM.ManagementServer, which this level uses."
    return known(name, "present", says, places[0], basis=(modern,))


def untold(name: str, title: str, cause: Fact) -> Fact:
    """What a fact about the consoles is where IBM.MCP does not tell: unknown, or not applicable without that class."""
    if cause.state == "not_applicable":
        return not_applicable(name, cause.says, cause.evidence, cause.basis)
    return unknown_from(name, title, cause)


def _joined(readings: "Sequence[Read[lsrsrc.Resources]]") -> tuple[KeptConsole, ...] | None:
    """The resources of all answers; None where they disagree."""
    if len({len(reading.record.resources) for reading in readings}) > 1:
        return None
    joined: list[KeptConsole] = []
    for number, same in enumerate(zip(*(reading.record.resources for reading in readings), strict=True), 1):
        attributes: dict[str, Values] = {}
        for reading, resource in zip(readings, same, strict=True):
            for attribute in resource.attributes:
                values = tuple(text for text in attribute.values if text)
                if attributes.setdefault(attribute.name, _values(reading, attribute)).values != values:
                    return None
        joined.append(KeptConsole(number, attributes, readings[0].at(same[0].line)))
    return tuple(joined)


def _values(reading: Read[object], attribute: "lsrsrc.Attribute") -> Values:
    return Values(tuple(text for text in attribute.values if text), reading.at(attribute.line))


def addresses_of(texts: Iterable[str]) -> list[IPv4Address | IPv6Address | None]:
    """The addresses, None for each text that is none."""
    return [address(text) for text in texts]
