"""The firewall of Ubuntu as ufw tells it: `ufw status`, `ufw status verbose`, `ufw status numbered`.

ufw(8). It is never run by the collector, since it asks iptables, which may load modules; people and sos save it.

    Status: active
    Logging: on (low)
    Default: deny (incoming), allow (outgoing), disabled (routed)            (verbose)
    New profiles: skip

    To                         Action      From
    --                         ------      ----
    657/tcp                    ALLOW IN    Anywhere
    657/udp on eth0            ALLOW IN    10.1.9.0/24                # console
    [ 3] 657 (v6)              ALLOW IN    Anywhere (v6)             (numbered)

The first rule that matches counts, and else the default, which verbose alone prints. `Status: inactive` says that ufw
filters nothing, and nothing of others. Rules of before.rules and after.rules are not shown.

Empty output is never an answer. Nothing marks the end: `whole` is known by an exit status alone.
"""

import re
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import may_be_cut, refuse_complaints, strange_word

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = True
_FORMS: Final = frozenset({("status",), ("status", "verbose"), ("status", "numbered")})
_RULE: Final = re.compile(
    r"(?:\[ *\d+\] )?(?P<to>\S.*?)\s+(?P<action>ALLOW|DENY|REJECT|LIMIT)(?: (?P<way>IN|OUT|FWD))?\s+(?P<source>\S.*?)"
    r"(?:\s+\(out\))?(?:\s+#.*)?"
)
_DEFAULT: Final = re.compile(r"(\w+) \((incoming|outgoing)\)")
_STATES: Final = {"active": True, "inactive": False}
_V6: Final = "(v6)"
_TITLES: Final = ("Logging:", "Default:", "New profiles:", "To ", "-- ")
_NOT_ROOT: Final = "need to be root"


@record(frozen=True, slots=True)
class UfwRule:
    """A rule of what comes in, or goes out, as printed but for its mark of IPv6."""

    to: str
    action: str
    inward: bool
    source: str
    family: int
    line: Line


@record(frozen=True, slots=True)
class Ufw:
    """Whether it filters, its defaults (empty where they are not printed), and its rules. `whole`: it has no other."""

    active: bool
    incoming: str
    outgoing: str
    rules: tuple[UfwRule, ...]
    line: Line
    whole: bool


RECORD: Final = Ufw


def asks(argv: tuple[str, ...]) -> bool:
    """The status, in any form that shows the rules."""
    return argv[1:] in _FORMS


def parse(answer: Answer) -> Ufw:
    """Read it. Raises Unreadable: `denied`, `failed`, `empty`; `unparsable` without a status or for other text."""
    for number, line in enumerate(answer.lines, 1):
        if _NOT_ROOT in line:
            raise Unreadable("denied", f"this user may not ask it: {line.strip()}", number)
    refuse_complaints(answer, "ERROR:")
    answer.refuse_failure()
    lines = [(number, line.strip()) for number, line in enumerate(answer.lines, 1) if line.strip()]
    if not lines:
        raise Unreadable("empty", "ufw prints nothing")
    number, first = lines[0]
    label, _, state = first.partition(": ")
    if label != "Status":
        raise Unreadable("unparsable", f"ufw prints no status first: {first}", number)
    if state not in _STATES:
        raise Unreadable("unparsable", strange_word("ufw", state), number)
    defaults = {way: word for _, line in lines if line.startswith("Default:") for word, way in _DEFAULT.findall(line)}
    whole = answer.complete and answer.exit_status is not None
    incoming, outgoing = defaults.get("incoming", ""), defaults.get("outgoing", "")
    return Ufw(_STATES[state], incoming, outgoing, _rules(answer, lines[1:]), number, whole)


def _rules(answer: Answer, lines: list[tuple[Line, str]]) -> tuple[UfwRule, ...]:
    rules: list[UfwRule] = []
    for number, line in lines:
        if line.startswith(_TITLES) or may_be_cut(answer, number):
            continue
        found = _RULE.fullmatch(line)
        if found is None:
            raise Unreadable("unparsable", f"a row of ufw has an unknown form: {line}", number)
        if found["way"] != "FWD":
            family = 6 if _V6 in line else 4
            to, source = (" ".join(found[name].replace(_V6, "").split()) for name in ("to", "source"))
            rules.append(UfwRule(to, found["action"], found["way"] != "OUT", source, family, number))
    return tuple(rules)
