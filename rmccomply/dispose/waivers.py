"""Waivers: fails that somebody accepted, until a moment.

A waiver names its rule, and targets by globs of their labels, by their labels of an inventory, or by both. It covers a
fail up to the severity that was accepted, and one that is pinned only as long as the fail says the same. A label that
two targets claim is the name of neither, so no glob matches either: only the whole label, with what tells it apart.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from operator import itemgetter
from typing import Final, Literal, Protocol

from rmccomply.finding import WaiverCard
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK, Severity, WaiverState

Meeting = Literal["covers", "expired", "void", "severity", "pin"]
"""What a waiver makes of a fail that it names: it covers it; it does not, since it ran out, is void for all, or since
the fail is graver than what was accepted, or is another than what it is pinned to."""
_MAGIC: Final = re.compile(r"[*?[]")
"""What makes a glob of a name."""
_WILD: Final = re.compile(r"[*?]|\[!?+\]?+[^]]*+\]")
"""What of a glob stands for other text: a bracket that is not closed stands for itself."""
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
    return _fits(Targets(waiver.targets, waiver.labels), bearer)


def _fits(targets: "Targets", bearer: Bearer) -> bool:
    globs, labels = targets
    if not _has(bearer, labels):
        return False
    label = bearer.label
    if bearer.twin:
        return label in globs
    if not globs:
        return bool(labels)
    return any(fnmatchcase(label, glob) for glob in globs)


def is_about(waiver: Waiver, fail: Fail) -> bool:
    """Whether a waiver names the rule and the subject of a fail."""
    return waiver.rule == fail.rule and waiver.subject in (None, fail.subject)


def meeting(waiver: Waiver, fail: Fail, pin: str) -> Meeting:
    """What a waiver makes of a fail that it names; `pin` is what the fail says, where the waiver is pinned."""
    if waiver.state == "expired" or waiver.state == "void":
        return waiver.state
    if RANK[fail.severity] < RANK[waiver.severity]:
        return "severity"
    return "covers" if waiver.pin in ("", pin) else "pin"


def pin_of(fail: Fail) -> str:
    """What a fail says, as a waiver is pinned to it: the SHA-256 of `actual`, LF, the evidence texts joined by LF."""
    said = "\n".join((fail.actual, "\n".join(one.text for one in fail.evidence)))
    return f"sha256:{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}"


class Targets(NamedTuple):
    """What waivers call targets by: globs and labels."""

    globs: tuple[str, ...]
    labels: tuple[tuple[str, str], ...]


class Calls(NamedTuple):
    """What waivers call targets by, each with its number. A glob with its number is looked up by a text that is in all
    its names, by the length of that; where there is no glob, the number by a label of the inventory."""

    targets: tuple[Targets, ...]
    parts: Mapping[int, Mapping[str, Sequence[tuple[str, int]]]]
    labels: Mapping[tuple[str, str], Sequence[int]]


class WaiverIndex(NamedTuple):
    """Waivers to be looked up, each with its place: those that name single targets, by label and rule; all others by
    the number of what they call targets by."""

    plain: Mapping[str, "Placed"]
    others: Sequence[Sequence[tuple[int, Waiver]]]
    calls: Calls


Placed = Mapping[str, tuple[tuple[int, Waiver], ...]]
"""Waivers with their places, by rule."""


class _Same:
    """A tuple by which it is, not by what it holds: to compare a thousand waivers for each target takes longer than to
    find those of one."""

    __slots__ = ("waivers",)

    def __init__(self, waivers: tuple[Waiver, ...]) -> None:
        self.waivers = waivers

    def __hash__(self) -> int:
        return id(self.waivers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.waivers is self.waivers


@lru_cache(maxsize=1)
def _index_of(same: _Same) -> WaiverIndex:
    """The waivers of a run: it has one tuple of them for all its targets."""
    plain: dict[str, dict[str, list[tuple[int, Waiver]]]] = {}
    others: dict[Targets, list[tuple[int, Waiver]]] = {}
    for at, waiver in enumerate(same.waivers):
        if waiver.labels or not waiver.targets or any(map(_MAGIC.search, waiver.targets)):
            others.setdefault(Targets(waiver.targets, waiver.labels), []).append((at, waiver))
            continue
        for label in dict.fromkeys(waiver.targets):
            plain.setdefault(label, {}).setdefault(waiver.rule, []).append((at, waiver))
    return WaiverIndex(
        {label: {rule: tuple(ones) for rule, ones in rules.items()} for label, rules in plain.items()},
        tuple(others.values()),
        _calls_of(tuple(others)),
    )


def _calls_of(targets: tuple[Targets, ...]) -> Calls:
    """Of the texts of a glob that are in all its names it goes by the one that is in the fewest globs."""
    labels: dict[tuple[str, str], list[int]] = {}
    parts: dict[int, dict[str, list[tuple[str, int]]]] = {}
    fixed = {glob: _WILD.split(glob) for globs, _ in targets for glob in globs}
    many = Counter(part for texts in fixed.values() for part in texts if part)
    for number, (globs, pairs) in enumerate(targets):
        for pair in pairs[:1] if not globs else ():
            labels.setdefault(pair, []).append(number)
        for glob in globs:
            part = min(filter(None, fixed[glob]), key=lambda text: (many[text], -len(text)), default="")
            parts.setdefault(len(part), {}).setdefault(part, []).append((glob, number))
    return Calls(targets, parts, labels)


def _numbers(calls: Calls, bearer: Bearer) -> frozenset[int]:
    """The numbers of what calls a target so."""
    label, targets = bearer.label, calls.targets
    if bearer.twin:
        return frozenset([number for number, one in enumerate(targets) if _fits(one, bearer)])
    found: set[int] = set()
    for length, parts in calls.parts.items():
        for part in {label[at : at + length] for at in range(len(label) - length + 1)}:
            found.update([number for glob, number in parts.get(part, ()) if fnmatchcase(label, glob)])
    for pair in bearer.labels.items():
        found.update(calls.labels.get(pair, ()))
    return frozenset([number for number in found if _has(bearer, targets[number].labels)])


def _has(bearer: Bearer, labels: tuple[tuple[str, str], ...]) -> bool:
    return all(bearer.labels.get(name) == value for name, value in labels)


@lru_cache(maxsize=64)
def _fitting(same: _Same, numbers: frozenset[int]) -> Placed:
    """Those of the others that call a target so: hosts alike are called by the same globs."""
    others = _index_of(same).others
    found: dict[str, list[tuple[int, Waiver]]] = {}
    for at, waiver in sorted((one for number in numbers for one in others[number]), key=itemgetter(0)):
        found.setdefault(waiver.rule, []).append((at, waiver))
    return {rule: tuple(ones) for rule, ones in found.items()}


def _naming(waivers: tuple[Waiver, ...], bearer: Bearer) -> Placed:
    """The waivers that name a target, in their order."""
    same = _Same(waivers)
    index = _index_of(same)
    numbers = _numbers(index.calls, bearer)
    found = _fitting(same, numbers) if numbers else _NONE
    plain = index.plain.get(bearer.label)
    if plain is None:
        return found
    merged = {rule: tuple(sorted((*found.get(rule, ()), *ones), key=itemgetter(0))) for rule, ones in plain.items()}
    return {**found, **merged}


_NONE: Final[Placed] = {}


class Waiving:
    """Waivers while the fails of one target are disposed of. Globs are matched once, for rules that fail alone."""

    def __init__(self, waivers: tuple[Waiver, ...], bearer: Bearer) -> None:
        self._waivers, self._bearer = waivers, bearer
        self._named: Placed | None = None
        self._uses: dict[tuple[str, Meeting], tuple[int, Severity]] = {}

    def waiver_of(self, fail: Fail) -> Waiver | None:
        """The first waiver that covers a fail. Where none does, what each that names it makes of it is noted."""
        if self._named is None:
            self._named = _naming(self._waivers, self._bearer)
        named = self._named.get(fail.rule)
        if named is None:
            return None
        refused: list[tuple[Waiver, Meeting]] = []
        pin = ""
        for _, waiver in named:
            if is_about(waiver, fail):
                pin = pin or (pin_of(fail) if waiver.pin else "")
                how = meeting(waiver, fail, pin)
                if how == "covers":
                    self._note(waiver, how, fail.severity)
                    return waiver
                refused.append((waiver, how))
        for waiver, how in refused:
            self._note(waiver, how, fail.severity)
        return None

    def uses(self) -> tuple[WaiverUse, ...]:
        """What was made of the fails so far."""
        label = self._bearer.label
        return tuple(WaiverUse(*key, count, label, worst) for key, (count, worst) in self._uses.items())

    def _note(self, waiver: Waiver, how: Meeting, severity: Severity) -> None:
        count, worst = self._uses.get((waiver.id, how), (0, severity))
        self._uses[waiver.id, how] = (count + 1, severity if RANK[severity] < RANK[worst] else worst)
