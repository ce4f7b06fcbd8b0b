"""Waivers: fails that somebody accepted, until a moment.

A waiver names its rule, and targets by globs of their labels, by their labels of an inventory, or by both. It covers a
fail up to the severity that was accepted, and one that is pinned only as long as the fail says the same. A label that
two targets claim is the name of neither, so no glob matches either: only the whole label, with what tells it apart.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Final, Literal, Protocol

from rmccomply.finding import WaiverCard
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK, Severity, WaiverState

Meeting = Literal["covers", "expired", "void", "severity", "pin"]
"""What a waiver makes of a fail that it names: it covers it; it does not, since it ran out, is void for all, or since
the fail is graver than what was accepted, or is another than what it is pinned to."""
NO_LABELS: Final[Mapping[str, str]] = {}


class Waiver(NamedTuple):
    """An acceptance at the clock of a run. `subject` is None where every subject of the rule is accepted.

    `state` is what it is before any target is judged, and `why` says why it is void then; `left` are the seconds until
    it ends. `judged`: the run judges its rule. `uri` and `line` are where it is written.
    """

    id: str
    rule: str
    targets: tuple[str, ...]
    severity: Severity
    subject: str | None = None
    owner: str = ""
    approved_by: str = ""
    approved: str = ""
    ticket: str = ""
    reason: str = ""
    expires: str = ""
    state: WaiverState = "in_force"
    labels: tuple[tuple[str, str], ...] = ()
    pin: str = ""
    why: str = ""
    left: int = 0
    judged: bool = True
    uri: str = ""
    line: int | None = None

    @property
    def card(self) -> WaiverCard:
        """What reports tell of it."""
        return WaiverCard(
            self.id,
            self.owner,
            self.approved_by,
            self.approved,
            self.ticket,
            self.reason,
            self.expires,
            self.state,
        )


class Bearer(NamedTuple):
    """A target as waivers name it. `twin`: another target claims its name too."""

    label: str
    labels: Mapping[str, str] = NO_LABELS
    twin: bool = False


class ProvingLine(Protocol):
    """A line that proves a fail."""

    @property
    def text(self) -> str: ...


class Fail(Protocol):
    """A fail as waivers see it: a finding, or a row of a report."""

    @property
    def rule(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def actual(self) -> str: ...
    @property
    def evidence(self) -> Sequence[ProvingLine]: ...


class WaiverUse(NamedTuple):
    """What a waiver made of fails of one target: so many of them, `severity` the worst of theirs."""

    id: str
    how: Meeting
    findings: int
    target: str
    severity: Severity


def names(waiver: Waiver, bearer: Bearer) -> bool:
    """Whether a waiver names a target."""
    if bearer.twin:
        by_name = bearer.label in waiver.targets
    else:
        by_name = not waiver.targets or any(fnmatchcase(bearer.label, glob) for glob in waiver.targets)
    by_label = all(bearer.labels.get(name) == value for name, value in waiver.labels)
    return by_name and by_label and bool(waiver.targets or waiver.labels)


def is_about(waiver: Waiver, fail: Fail) -> bool:
    """Whether a waiver names the rule and the subject of a fail."""
    return waiver.rule == fail.rule and waiver.subject in (None, fail.subject)


def meeting(waiver: Waiver, fail: Fail) -> Meeting:
    """What a waiver makes of a fail that it names."""
    if waiver.state == "expired" or waiver.state == "void":
        return waiver.state
    if RANK[fail.severity] < RANK[waiver.severity]:
        return "severity"
    return "covers" if waiver.pin in ("", pin_of(fail)) else "pin"


def pin_of(fail: Fail) -> str:
    """What a fail says, as a waiver is pinned to it: the SHA-256 of `actual`, LF, the evidence texts joined by LF."""
    said = "\n".join((fail.actual, "\n".join(one.text for one in fail.evidence)))
    return f"sha256:{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}"


class Waiving:
    """Waivers while the fails of one target are disposed of. Globs are matched once, for rules that fail alone."""

    def __init__(self, waivers: Iterable[Waiver], bearer: Bearer) -> None:
        self._bearer = bearer
        self._of_rule: dict[str, list[Waiver]] = {}
        for waiver in waivers:
            self._of_rule.setdefault(waiver.rule, []).append(waiver)
        self._naming: dict[str, list[Waiver]] = {}
        self._uses: dict[tuple[str, Meeting], WaiverUse] = {}

    def waiver_of(self, fail: Fail) -> Waiver | None:
        """The first waiver that covers a fail. Where none does, what each that names it makes of it is noted."""
        refused: list[tuple[Waiver, Meeting]] = []
        for waiver in self._named(fail.rule):
            if is_about(waiver, fail):
                how = meeting(waiver, fail)
                if how == "covers":
                    self._note(waiver, how, fail)
                    return waiver
                refused.append((waiver, how))
        for waiver, how in refused:
            self._note(waiver, how, fail)
        return None

    def uses(self) -> tuple[WaiverUse, ...]:
        """What was made of the fails so far."""
        return tuple(self._uses.values())

    def _named(self, rule: str) -> list[Waiver]:
        if rule not in self._naming:
            self._naming[rule] = [one for one in self._of_rule.get(rule, ()) if names(one, self._bearer)]
        return self._naming[rule]

    def _note(self, waiver: Waiver, how: Meeting, fail: Fail) -> None:
        before = self._uses.get((waiver.id, how))
        if before is None:
            self._uses[waiver.id, how] = WaiverUse(waiver.id, how, 1, self._bearer.label, fail.severity)
        else:
            worst = min(before.severity, fail.severity, key=RANK.__getitem__)
            self._uses[waiver.id, how] = before._replace(findings=before.findings + 1, severity=worst)
