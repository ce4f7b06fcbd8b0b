"""The IP filter of AIX: `lsfilt -s -v4 -O`, `-v6`, and `-a` for the rules in force; with or without `-O`.

AIX 7.3 documentation, "lsfilt Command" and "genfilt Command". With -O a rule is a line:

    1|permit|0.0.0.0|0.0.0.0|0.0.0.0|0.0.0.0|no|udp|eq|4001|eq|4001|both|both|no|all packets|0|all|0|||Default Rule
    2|*** Dynamic filter placement rule for IKE tunnels ***|no
    3|deny|192.0.2.0|255.255.255.0|0.0.0.0|0.0.0.0|yes|tcp|any|0|eq|657|both|inbound|no|all packets|0|en0|0|||
    0|permit|0.0.0.0|0.0.0.0|0.0.0.0|0.0.0.0|yes|all|any|0|any|0|both|both|no|all packets|0|all|0|||Default Rule

number, action, source and mask, destination and mask, source routing, protocol, source port as operator and number,
destination port, routing, direction, logging, fragments, tunnel, interface, expiry, two patterns, description. Copies
have blanks for the bars; such a line is read up to the direction alone. Without -O a rule is a paragraph:

    Rule 3:
    Rule action         : deny
    Source Address      : 192.0.2.0
    Destination Port    : eq  657

Rules are tried in their order, the default rule (0) last. The placement rule of the tunnels has no action and is
left out. A listing of rules proves what is configured; whether the filter runs is told by the devices ipsec_v4 and
ipsec_v6, and by -a.

A message that IP security is not loaded, available, installed, started or active is an answer, `off`; no real one is
public, so it is known by these words. Empty output is never an answer: the default rule is always there. Without an
exit status a listing is whole where it goes from rule 1, or `Beginning of IPv4 filter rules.`, to that rule, or to
`End of IPv4 filter rules.`
"""

from dataclasses import replace
from typing import Any, Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number, may_be_cut

OPTIONS: Final = frozenset({"s", "a", "O", "v4", "v6", "v"})
LISTING: Final = True
_SUBJECTS: Final = ("ip security", "ipsec", "ip_sec")
_OFF: Final = tuple(f"not {word}" for word in ("loaded", "available", "installed", "started", "active", "configured"))
_PLACEMENT: Final = "***"
_DESCRIPTION: Final = "description"
_SHORT: Final = frozenset({"else", "endif"})
_LEAST: Final = 14
_FIELDS: Final = {
    "rule action": "action",
    "source address": "source",
    "source mask": "source_mask",
    "destination address": "destination",
    "destination mask": "destination_mask",
    "protocol": "protocol",
    "source port": "source_port",
    "destination port": "destination_port",
    "direction": "direction",
    "interface": "interface",
}
_UNLIMITED: Final = {
    "scope": ("both", "local"),
    "fragment control": ("all packets",),
    "tunnel id number": ("0",),
    "pattern": ("",),
}
_COLUMNS: Final = {12: "scope", 15: "fragment control", 16: "tunnel id number", 19: "pattern", 20: "pattern"}


@record(frozen=True, slots=True)
class IpFilterRule:
    """One rule, in the words of lsfilt. Ports are operator and number: `eq 657`, `any 0`. Masks are addresses or
    lengths of a prefix. `interface` is empty where a copy does not tell it. `number` is None where it is none. `limits`
    are what else a packet must be: forwarded (`route`), a fragment, of a tunnel, with a pattern in it."""

    number: int | None
    line: Line
    action: str = ""
    source: str = ""
    destination: str = ""
    protocol: str = ""
    source_port: str = ""
    destination_port: str = ""
    direction: str = ""
    interface: str = ""
    source_mask: str = ""
    destination_mask: str = ""
    limits: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class IpFilter:
    """The rules. `version` is "4", "6", or empty where both were requested; `active`: only the rules in force.

    `off`: lsfilt says that IP security is not there. `whole`: there is no other rule.
    """

    version: str
    active: bool
    off: bool
    line: Line
    rules: tuple[IpFilterRule, ...] = ()
    whole: bool = True


RECORD: Final = IpFilter


def asks(argv: tuple[str, ...]) -> bool:
    """All rules of one or both versions; `-n` picks some, `-d` lists those that expire."""
    return set(_words(argv)) <= {"-s", "-a", "-O", "-v4", "-v6"}


def parse(answer: Answer) -> IpFilter:
    """Read the rules. Raises Unreadable: `failed`, `denied`, `empty`, `unparsable` for other text."""
    words = _words(answer.argv)
    version, active = "".join(word[2:] for word in words if word.startswith("-v")), "-a" in words
    off = _off(answer)
    if off is not None:
        return IpFilter(version, active, True, off, whole=answer.complete)
    answer.refuse_failure()
    rules: list[IpFilterRule] = []
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if text and not text.startswith("#") and not may_be_cut(answer, number):
            _read(rules, text, number)
    rules = [rule for rule in rules if _is_told(rule, answer)]
    if not rules:
        raise Unreadable("empty", "lsfilt lists no rule")
    whole = answer.complete and (answer.exit_status is not None or _is_closed(answer, version, rules))
    return IpFilter(version, active, False, rules[0].line, tuple(rules), whole)


def _words(argv: tuple[str, ...]) -> list[str]:
    """The options, `-v 4` as `-v4`."""
    words: list[str] = []
    for word in argv[1:]:
        if words and words[-1] == "-v":
            words[-1] = f"-v{word}"
        else:
            words.append(word)
    return words


def _off(answer: Answer) -> Line | None:
    """The line that says so; None where there is a rule, or none says so."""
    if any("|" in line or line.lstrip().startswith("Rule ") for line in answer.lines):
        return None
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            text = line.lower()
            if text.partition(":")[0].strip() == _DESCRIPTION:
                return None
            if any(word in text for word in _SUBJECTS) and any(word in text for word in _OFF):
                return sign * number
    return None


def _read(rules: list[IpFilterRule], text: str, number: Line) -> None:
    label, colon, value = text.partition(":")
    changes: dict[str, Any] = {_FIELDS.get(" ".join(label.lower().split()), ""): " ".join(value.split())}
    if "|" in text or is_number(text.split()[0]):
        rules.append(_of_fields(text, number))
    elif text.startswith("Rule ") and colon and not value:
        rules.append(IpFilterRule(_number(label.removeprefix("Rule ")), number))
    elif text.startswith(("Beginning of ", "End of ")):
        return
    elif not rules or not (colon or text.startswith(_PLACEMENT)):
        raise Unreadable("unparsable", f"a line of lsfilt has an unknown form: {text}", number)
    elif text.startswith(_PLACEMENT):
        rules[-1] = replace(rules[-1], action=_PLACEMENT)
    elif "" not in changes:
        rules[-1] = replace(rules[-1], **changes)
    elif value.strip().lower() not in _UNLIMITED.get(" ".join(label.lower().split()), (value.strip().lower(),)):
        rules[-1] = replace(rules[-1], limits=(*rules[-1].limits, " ".join(value.split())))


def _of_fields(text: str, number: Line) -> IpFilterRule:
    fields = [field.strip() for field in text.split("|")] if "|" in text else text.split()
    action = fields[1] if len(fields) > 1 else ""
    if action.startswith(_PLACEMENT) or action in _SHORT:
        return IpFilterRule(_number(fields[0]), number, action=action[: len(_PLACEMENT)] if "*" in action else action)
    if len(fields) < _LEAST:
        raise Unreadable("unparsable", f"a rule of lsfilt is incomplete or has an unknown form: {text}", number)
    return IpFilterRule(
        number=_number(fields[0]),
        line=number,
        action=action,
        source=fields[2],
        source_mask=fields[3],
        destination=fields[4],
        destination_mask=fields[5],
        protocol=fields[7],
        source_port=" ".join(fields[8:10]),
        destination_port=" ".join(fields[10:12]),
        direction=fields[13],
        interface=fields[17] if "|" in text and len(fields) > 17 else "",
        limits=_limits(fields if "|" in text else fields[:_LEAST]),
    )


def _limits(fields: list[str]) -> tuple[str, ...]:
    told = [(fields[at], _UNLIMITED[label]) for at, label in _COLUMNS.items() if at < len(fields)]
    return tuple(text for text, unlimited in told if text.lower() not in unlimited)


def _number(text: str) -> int | None:
    return int(text) if is_number(text) else None


def _is_told(rule: IpFilterRule, answer: Answer) -> bool:
    """Whether a rule has an action; the last paragraph of a listing that was cut may not have come to it."""
    if not rule.action and answer.complete:
        raise Unreadable("unparsable", "a rule of lsfilt has no action", rule.line)
    return rule.action not in ("", _PLACEMENT)


def _is_closed(answer: Answer, version: str, rules: list[IpFilterRule]) -> bool:
    begin, end = f"Beginning of IPv{version or 4} filter rules", f"End of IPv{version or 6} filter rules"
    opened = rules[0].number == 1 or any(line.strip().startswith(begin) for line in answer.lines)
    closed = any(line.strip().startswith(end) for line in answer.lines)
    return opened and (closed or (version != "" and rules[-1].number == 0))
