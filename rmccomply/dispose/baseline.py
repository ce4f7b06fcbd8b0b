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
_BETWEEN: Final = "\0"
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
    """What is kept of an entry beside what it is found by."""

    severity: Severity
    actual: str


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


class KnownFails:
    """The entries of a baseline while they are gathered; `add` says whether one is new."""

    def __init__(self) -> None:
        self._entries: dict[str, dict[str, KnownFail]] = {}
        self._alike: dict[tuple[str, str], KnownFail] = {}
        self._count = 0

    def add(self, rule: str, target: str, subject: str, severity: Severity, actual: str) -> bool:
        """Take an entry, unless there is one of that rule, target and subject."""
        known, key = self._entries.setdefault(target, {}), _key(rule, subject)
        if key in known:
            return False
        one = self._alike.get((severity, actual))
        if one is None:
            one = KnownFail(severity, actual)
            if len(self._alike) < _KEPT_APART:
                self._alike[severity, actual] = one
        known[key] = one
        self._count += 1
        return True

    def baseline(self, file: str = "", sha256: str = "") -> Baseline:
        """All of them."""
        return Baseline(self._entries, self._count, file=file, sha256=sha256)


def baseline_of(entries: Iterable[BaselineEntry]) -> Baseline:
    """A baseline of these entries; of two of one rule, target and subject the first."""
    found = KnownFails()
    for one in entries:
        found.add(one.rule, one.target, one.subject, one.severity, one.actual)
    return found.baseline()


def _key(rule: str, subject: str) -> str:
    return f"{rule}{_BETWEEN}{subject}"


def _entry(target: str, key: str, one: KnownFail) -> BaselineEntry:
    rule, _, subject = key.partition(_BETWEEN)
    return BaselineEntry(fingerprint(rule, target, subject), rule, target, subject, one.severity, one.actual)


def holds(baseline: Baseline, finding: Finding) -> bool:
    """Whether a fail is one that was there: not more severe, and of the same value apart from measures."""
    known = baseline.entries.get(finding.target)
    one = None if known is None else known.get(_key(finding.rule, finding.subject))
    return (
        one is not None
        and RANK[finding.severity] >= RANK[one.severity]
        and is_same(one.actual, finding.actual, measured=finding.rule in baseline.measured)
    )


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
    fails = {_key(one.rule, one.subject) for one in findings if one.result == "fail"}
    rules = {one.rule for one in findings}
    open_ones = {one.rule for one in findings if one.result not in DECIDED}
    absent, not_decided = list[BaselineEntry](), list[BaselineEntry]()
    for key, one in known.items():
        if key not in fails:
            entry = _entry(target, key, one)
            is_decided = entry.rule in rules and entry.rule not in open_ones
            (absent if is_decided else not_decided).append(entry)
    return BaselineUse(target, len(known) - len(absent) - len(not_decided), tuple(absent), tuple(not_decided))


class BaselineSum:
    """What all targets made of a baseline; memory does not grow with its entries."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._absent = self._not_decided = NO_ENTRIES

    def take(self, use: BaselineUse) -> None:
        """What a target made of its entries."""
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


def told(baseline: Baseline, absent: LeftEntries, not_assessed: LeftEntries) -> Iterator[str]:
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
