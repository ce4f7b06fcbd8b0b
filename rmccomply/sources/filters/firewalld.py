"""The firewall of Linux as firewalld has set it: `firewall-cmd --state`, `--list-all`, `--list-all-zones`.

firewall-cmd(1), of the runtime configuration (`--permanent` is another one and is not read).

    public (default, active)
      target: default
      interfaces: env2
      sources:
      services: dhcpv6-client rsct-ctrmc ssh
      ports: 12601/tcp 8000-8099/tcp
      protocols:
      rich rules:
        rule family="ipv4" source address="192.0.2.10" port port="657" protocol="udp" accept

A zone starts with its name, behind which stand `default` and `active`; an active zone has interfaces or sources.
Ports are a number or a range with a protocol; services stand for the ports of their files (see rsct_service). Newer
releases print more labels, which are passed over. Rich rules stand below their label, which is the last one of a
zone: copies lose the indent, so words decide.

`not running` of --state, and `FirewallD is not running`, with exit status 252 or in a copy, are an answer: this
firewall filters nothing (another may). `failed` of --state is a firewalld that could not load its configuration.
Empty output is never an answer. A zone without its last label was cut. Without an exit status nothing tells that a
listing has all zones, nor all rich rules of the last zone.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number, may_be_cut, strange_word

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = True
_STATES: Final = frozenset({"running", "failed", "not running"})
_REFUSALS: Final = ("authorization failed", "not_authorized")
_LAST: Final = "rich rules"
TARGETS: Final = frozenset({"", "default", "ACCEPT", "DROP", "REJECT", "%%REJECT%%"})
"""The targets of a zone; old releases print none."""
_HINTS: Final = ("You're performing an operation", "but your connections/interfaces", "You most likely need")


@record(frozen=True, slots=True)
class Port:
    """A port or a range of ports, both ends included, which are None where `text` is no port with a protocol."""

    text: str
    first: int | None
    last: int | None
    protocol: str
    line: Line


@record(frozen=True, slots=True)
class RichRule:
    """A rule of firewalld's rich language, as printed."""

    text: str
    line: Line


@record(frozen=True, slots=True)
class Zone:
    """A zone. `target` is empty in releases that do not print it. `whole`: it opens nothing else."""

    name: str
    default: bool
    active: bool
    line: Line
    target: str = ""
    interfaces: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    services_line: Line = 0
    ports: tuple[Port, ...] = ()
    protocols: tuple[str, ...] = ()
    rich_rules: tuple[RichRule, ...] = ()
    whole: bool = False


@record(frozen=True, slots=True)
class Firewalld:
    """What was asked (`covers`: "state", "all" zones, the "default" zone, or "zone:NAME"), the state as --state
    prints it, and the zones. `whole`: what it covers has no other zone."""

    covers: str
    state: str
    line: Line
    zones: tuple[Zone, ...] = ()
    whole: bool = True


RECORD: Final = Firewalld


def asks(argv: tuple[str, ...]) -> bool:
    """The state, all zones, the default zone or one other zone."""
    return _covers(argv) != ""


def parse(answer: Answer) -> Firewalld:
    """Read state or zones. Raises Unreadable: `failed`, `denied`, `empty`, `unparsable` for other text."""
    covers = _covers(answer.argv)
    stopped = _find(answer, lambda text: text.lower() in ("not running", "firewalld is not running"))
    if stopped is not None and answer.exit_status != 0:
        return Firewalld(covers, "not running", stopped, whole=answer.complete)
    refused = _find(answer, lambda text: text.lower().rstrip(".").endswith(_REFUSALS))
    if refused is not None:
        raise Unreadable("denied", "this user may not ask firewalld", refused)
    if covers == "state":
        return _state(answer)
    answer.refuse_failure()
    return _zones(answer, covers)


def _covers(argv: tuple[str, ...]) -> str:
    words = argv[1:]
    if len(words) == 1:
        return {"--state": "state", "--list-all-zones": "all", "--list-all": "default"}.get(words[0], "")
    zones = [word.removeprefix("--zone=") for word in words if word.startswith("--zone=")]
    return f"zone:{zones[0]}" if len(words) == 2 and len(zones) == 1 and "--list-all" in words else ""


def _find(answer: Answer, fits: Callable[[str], bool]) -> Line | None:
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            if fits(line.strip()):
                return sign * number
    return None


def _state(answer: Answer) -> Firewalld:
    """`failed` comes with exit status 251."""
    number = _find(answer, lambda text: text in _STATES)
    if number is None:
        answer.refuse_failure()
        number = _find(answer, bool)
        if number is None:
            raise Unreadable("empty", "firewall-cmd prints nothing")
        raise Unreadable("unparsable", "this is not a state of firewalld", number)
    text = (answer.errors[-number - 1] if number < 0 else answer.lines[number - 1]).strip()
    return Firewalld("state", text, number, whole=answer.complete)


def _zones(answer: Answer, covers: str) -> Firewalld:
    zones: list[Zone] = []
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if not text or text.startswith(("#", *_HINTS)) or may_be_cut(answer, number):
            continue
        zone = None if line[0].isspace() else _zone(text, number)
        if zone is not None:
            zones.append(zone)
        elif not zones:
            raise Unreadable("unparsable", f"a line of firewall-cmd belongs to no zone: {text}", number)
        else:
            zones[-1] = _labelled(zones[-1], text, number)
    if not zones:
        raise Unreadable("empty", "firewall-cmd lists no zone")
    ended = answer.complete and answer.exit_status is not None
    zones[-1] = replace(zones[-1], whole=zones[-1].whole and ended)
    return Firewalld(covers, "running", zones[0].line, tuple(zones), zones[-1].whole)


def _zone(text: str, number: Line) -> Zone | None:
    """The start of a zone; None for a line that is none."""
    name, _, rest = text.partition(" ")
    words = rest.strip("() ").replace(",", " ").split()
    if ":" in name or (rest and not (rest.startswith("(") and rest.endswith(")"))):
        return None
    odd = next((word for word in words if word not in ("default", "active")), None)
    if odd is not None:
        raise Unreadable("unparsable", strange_word("firewall-cmd", odd), number)
    return Zone(name, "default" in words, "active" in words, number)


def _labelled(zone: Zone, text: str, number: Line) -> Zone:
    """The zone with what this line says of it."""
    label, colon, value = text.partition(":")
    changes: dict[str, Any] = {}
    if text.startswith("rule"):
        changes["rich_rules"] = (*zone.rich_rules, RichRule(text, number))
    elif label == "target":
        if value.strip() not in TARGETS:
            raise Unreadable("unparsable", strange_word("firewall-cmd", value.strip()), number)
        changes["target"] = value.strip()
    elif label == "ports":
        changes["ports"] = tuple(port_of(word, number) for word in value.split())
    elif label in ("interfaces", "sources", "services", "protocols") and colon:
        changes[label] = tuple(value.split())
    elif label == _LAST:
        changes["whole"] = True
    if label == "services":
        changes["services_line"] = number
    return replace(zone, **changes)


def port_of(text: str, line: Line) -> Port:
    """`657/tcp`, or `600-700/udp`."""
    numbers, _, protocol = text.partition("/")
    first, dash, last = numbers.partition("-")
    ends = (first, last if dash else first)
    known = protocol and all(is_number(end) and int(end) < 1 << 16 for end in ends)
    if not known or int(ends[0]) > int(ends[1]):
        return Port(text, None, None, protocol, line)
    return Port(text, int(ends[0]), int(ends[1]), protocol, line)
