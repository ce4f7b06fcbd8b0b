"""Baseline: fails that were there before. One that grew worse, or is another than it was, is active again.

A baseline may hold more entries than a run has findings, so each is two texts, found by its target and then by its rule
and subject: what its fingerprint is made of. `BaselineEntry` is an entry as files and people know it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from rmccomply.finding import Finding, fingerprint
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK, Severity, counted

DECIDED: Final = ("pass", "fail", "not_applicable")
"""Results that say whether a fail is there: of a rule that gave another one, nothing is known of its entries."""
_FEW: Final = 3
"""Entries that a sentence names."""
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?")
BETWEEN: Final = "\0"
_KEPT_APART: Final = 4096
"""Values that are looked up so that entries share them: most are words, the same on every target."""


class BaselineEntry(NamedTuple):
    """A fail as it was when the baseline was written."""

    fingerprint: str
    rule: str
    target: str
    subject: str
    severity: Severity
    actual: str


class KnownFail(NamedTuple):
    """What is kept of an entry beside what it is found by. `actual` is None where it is the subject, as of lists."""

    severity: Severity
    actual: str | None


class Baseline(NamedTuple):
    """Entries by target, and below it by rule and subject. `file` is what it was read from, without folders.

    `measured` are the rules of the run whose numbers are measures: of these a fail is the same whatever they are.
    """

    entries: Mapping[str, Mapping[str, KnownFail]] = {}
    total: int = 0
    measured: frozenset[str] = frozenset()
    file: str = ""
    sha256: str = ""

    def each(self) -> Iterator[BaselineEntry]:
        """All entries, target after target in the order of the file."""
        return (_entry(target, key, one) for target, known in self.entries.items() for key, one in known.items())


NO_BASELINE: Final = Baseline()


class BaselineUse(NamedTuple):
    """What one target made of its entries: how many still fail, which are gone, and which were not decided."""

    target: str = ""
    met: int = 0
    absent: tuple[BaselineEntry, ...] = ()
    not_decided: tuple[BaselineEntry, ...] = ()


NO_USE: Final = BaselineUse()


class LeftEntries(NamedTuple):
    """How many entries something is left of, and the first few of them."""

    total: int = 0
    some: tuple[BaselineEntry, ...] = ()


NO_ENTRIES: Final = LeftEntries()


class _Alike(dict[tuple[Severity, str | None], KnownFail]):
    """What is kept of entries by their values, so that those that are alike share it: most values are words."""

    def __missing__(self, key: tuple[Severity, str | None]) -> KnownFail:
        one = KnownFail(*key)
        if len(self) < _KEPT_APART:
            self[key] = one
        return one


class KnownFails:
    """The entries of a baseline while they are gathered. `alike` is what is kept of an entry by its values."""

    def __init__(self) -> None:
        self._entries: dict[str, dict[str, KnownFail]] = {}
        self.alike: Mapping[tuple[Severity, str | None], KnownFail] = _Alike()

    def of(self, target: str) -> dict[str, KnownFail]:
        """The entries of a target, to be added to by `key_of` their rule and subject."""
        return self._entries.setdefault(target, {})

    def baseline(self, file: str = "", sha256: str = "") -> Baseline:
        """All of them."""
        return Baseline(self._entries, sum(map(len, self._entries.values())), file=file, sha256=sha256)


def baseline_of(entries: Iterable[BaselineEntry]) -> Baseline:
    """A baseline of these entries; of two of one rule, target and subject the first."""
    found = KnownFails()
    for one in entries:
        actual = None if one.actual == one.subject else one.actual
        found.of(one.target).setdefault(key_of(one.rule, one.subject), found.alike[one.severity, actual])
    return found.baseline()


def key_of(rule: str, subject: str) -> str:
    """What an entry of a target is found by."""
    return f"{rule}{BETWEEN}{subject}"


def _entry(target: str, key: str, one: KnownFail) -> BaselineEntry:
    rule, _, subject = key.partition(BETWEEN)
    actual = subject if one.actual is None else one.actual
    return BaselineEntry(fingerprint(rule, target, subject), rule, target, subject, one.severity, actual)


def holds(baseline: Baseline, finding: Finding) -> bool:
    """Whether a fail is one that was there: not more severe, and of the same value apart from measures."""
    known, verdict = baseline.entries.get(finding.target), finding.verdict
    one = None if known is None else known.get(f"{verdict.rule}{BETWEEN}{verdict.subject}")
    if one is None or RANK[verdict.severity] < RANK[one.severity]:
        return False
    actual = verdict.subject if one.actual is None else one.actual
    return is_same(actual, verdict.actual, measured=verdict.rule in baseline.measured)


def is_same(before: str, now: str, *, measured: bool) -> bool:
    """Whether two values are of one fault: equal, or apart from their numbers where these are measures.

    >>> is_same("91 %; 40 MiB", "97.5 %; 12 MiB", measured=True), is_same("3.2.5.1", "3.2.5.2", measured=False)
    (True, False)
    """
    return before == now or (measured and without_numbers(before) == without_numbers(now))


def without_numbers(value: str) -> str:
    """A value with one mark for every number in it."""
    return _NUMBER.sub("#", value)


def use_of(baseline: Baseline, findings: Sequence[Finding]) -> BaselineUse:
    """What a target, by all its findings, made of its entries.

    An entry is gone where its rule was decided on the target and no longer fails on that subject: a list that became
    empty passes without a subject.
    """
    target = findings[0].target if findings else ""
    known = baseline.entries.get(target)
    if not known:
        return NO_USE
    verdicts = [one.verdict for one in findings]
    fails = {f"{one.rule}{BETWEEN}{one.subject}" for one in verdicts if one.result == "fail"}
    left = known.keys() - fails
    if not left:
        return BaselineUse(target, len(known))
    open_ones = {one.rule for one in verdicts if one.result not in DECIDED}
    decided = {one.rule for one in verdicts} - open_ones
    absent, not_decided = list[BaselineEntry](), list[BaselineEntry]()
    for key, one in known.items():
        if key in left:
            entry = _entry(target, key, one)
            (absent if entry.rule in decided else not_decided).append(entry)
    return BaselineUse(target, len(known) - len(left), tuple(absent), tuple(not_decided))


class BaselineSum:
    """What all targets made of a baseline; memory does not grow with its entries."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._absent = self._not_decided = NO_ENTRIES

    def add(self, use: BaselineUse) -> None:
        """Add one target."""
        if use.target:
            self._seen.add(use.target)
            self._absent = _more(self._absent, len(use.absent), use.absent)
            self._not_decided = _more(self._not_decided, len(use.not_decided), use.not_decided)

    def left(self, baseline: Baseline) -> tuple[LeftEntries, LeftEntries]:
        """Entries that are absent, and those that were not assessed: not decided, or of a target that did not come."""
        rest = self._not_decided
        for target, known in baseline.entries.items():
            if target not in self._seen:
                named = (_entry(target, key, one) for key, one in list(known.items())[: _FEW - len(rest.some)])
                rest = _more(rest, len(known), tuple(named))
        return self._absent, rest


def _more(left: LeftEntries, count: int, entries: tuple[BaselineEntry, ...]) -> LeftEntries:
    return LeftEntries(left.total + count, (*left.some, *entries)[:_FEW])


def notes_of_baseline(baseline: Baseline, absent: LeftEntries, not_assessed: LeftEntries) -> Iterator[str]:
    """What is to be said of a baseline at the end of a run: sentences without an end."""
    of = f"of the baseline {baseline.file}".rstrip()
    if absent.total:
        are = "is" if absent.total == 1 else "are"
        gone = f"{counted(absent.total, 'known fail')} {of} {are} gone"
        yield f"{gone} (see 'rmccomply baseline update'): {_names(absent)}"
    if not_assessed.total:
        were = "was" if not_assessed.total == 1 else "were"
        yield f"{counted(not_assessed.total, 'known fail')} {of} {were} not assessed: {_names(not_assessed)}"


def _names(left: LeftEntries) -> str:
    shown = ", ".join(" ".join(filter(None, (one.rule, one.subject, "on", one.target))) for one in left.some)
    more = left.total - len(left.some)
    return f"{shown} and {more} more" if more else shown
