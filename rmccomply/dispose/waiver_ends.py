"""What became of each waiver in a run: what it covers, and what is to be told of it: it runs out soon, it ran out, it
is void, or nothing met it.

Of targets only sums are kept. What is told has the waiver's owner and ticket, for it is they who have to act.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from rmccomply.dispose.waivers import Meeting, Waiver, WaiverUse
from rmccomply.evidence.model import Notification
from rmccomply.finding import WaiverCard
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK, Severity, WaiverState, counted

_DAY: Final = 86_400
_HOUR: Final = 3_600
_MOST_NAMES: Final = 10
"""Names that a sentence lists."""
_ORDER: Final[tuple[WaiverState, ...]] = ("expired", "void", "soon", "in_force", "unused")
"""What has to be told first: what counts again, then what soon will."""


class UseSum(NamedTuple):
    """What a waiver made of fails of all targets; `first` is the first of these by name, `severity` the worst."""

    findings: int
    targets: int
    first: str
    severity: Severity


class WaiverEnd(NamedTuple):
    """A waiver at the end of a run: what it is, how many findings it covers, on how many targets, and what is told of
    it, which is nothing where it simply counts."""

    waiver: Waiver
    state: WaiverState
    findings: int = 0
    targets: int = 0
    says: str = ""

    @property
    def note(self) -> Notification:
        """What is told of it."""
        text, place = f"waiver {self.waiver.id} {self.says}", (self.waiver.uri, self.waiver.line)
        return Notification(text, *place, level="note" if self.state == "unused" else "warning")


UseSums = Mapping[tuple[str, Meeting], UseSum]


def add_uses(sums: dict[tuple[str, Meeting], UseSum], uses: Iterable[WaiverUse]) -> None:
    """Add what waivers made of the fails of one more target."""
    for one in uses:
        before = sums.get((one.id, one.how))
        if before is None:
            sums[one.id, one.how] = UseSum(one.findings, 1, one.target, one.severity)
        else:
            worst = min(before.severity, one.severity, key=RANK.__getitem__)
            first = min(before.first, one.target)
            sums[one.id, one.how] = UseSum(before.findings + one.findings, before.targets + 1, first, worst)


def ends_of(waivers: Sequence[Waiver], sums: UseSums) -> tuple[WaiverEnd, ...]:
    """Each waiver at the end of a run, what has to be told first standing first, else in the order of the file."""
    ends = [_end(waiver, sums) for waiver in waivers]
    return tuple(sorted(ends, key=lambda one: _ORDER.index(one.state)))


def of_cards(cards: Iterable[tuple[WaiverCard, str, Severity]]) -> tuple[WaiverEnd, ...]:
    """The waivers that findings of one target carry, each with its rule, as ends of their own."""
    found: dict[str, WaiverEnd] = {}
    for card, rule, severity in cards:
        before = found.get(card.id) or WaiverEnd(_waiver_of(card, rule, severity), card.state, 0, 1)
        found[card.id] = before._replace(findings=before.findings + 1)
    return tuple(sorted(found.values(), key=lambda one: _ORDER.index(one.state)))


def _waiver_of(card: WaiverCard, rule: str, severity: Severity) -> Waiver:
    about = (card.owner, card.approved_by, card.approved, card.ticket, card.reason, card.expires, card.state)
    return Waiver(card.id, rule, (), severity, None, *about)


def notes_of_waivers(ends: Iterable[WaiverEnd]) -> list[Notification]:
    """One notification for each that is soon, expired, void or unused; one for all whose rules were not judged."""
    ends = tuple(ends)
    notes = [one.note for one in ends if one.says]
    apart = [one.waiver for one in ends if not one.says and not one.waiver.judged]
    if apart:
        ids = ", ".join(one.id for one in apart[:_MOST_NAMES])
        more = f" and {len(apart) - _MOST_NAMES} more" if len(apart) > _MOST_NAMES else ""
        of = "a rule that this run does not judge" if len(apart) == 1 else "rules that this run does not judge"
        notes.append(Notification(f"{counted(len(apart), 'waiver')} of {of}: {ids}{more}", apart[0].uri, level="note"))
    return notes


def _end(waiver: Waiver, sums: UseSums) -> WaiverEnd:
    covers = sums.get((waiver.id, "covers"))
    findings, targets = (covers.findings, covers.targets) if covers else (0, 0)
    if waiver.state == "expired" or waiver.state == "void":
        how = f"ran out on {moment_told(waiver.expires)}" if waiver.state == "expired" else f"is void: {waiver.why}"
        says = f"{how}{_again(sums.get((waiver.id, waiver.state)))} {who_told(waiver)}"
        return WaiverEnd(waiver, waiver.state, says=says)
    soon = f"runs out in {span_told(waiver.left)}, on {moment_told(waiver.expires)}" if waiver.state == "soon" else ""
    also = f"; it {soon}" if soon else ""
    if whys := list(_changed(waiver, sums)):
        still = f"; it still covers {on_told(findings, targets)}" if findings else ""
        says = f"is void for {'; '.join(whys)}{still}{also} {who_told(waiver)}"
        return WaiverEnd(waiver, "void", findings, targets, says)
    if not findings and waiver.judged:
        says = f"covers nothing in this run: remove it, or look at its targets and its subject{also} {who_told(waiver)}"
        return WaiverEnd(waiver, "unused", says=says)
    if soon:
        what = f"; it covers {on_told(findings, targets)}" if findings else ""
        return WaiverEnd(waiver, "soon", findings, targets, f"{soon}{what} {who_told(waiver)}")
    return WaiverEnd(waiver, waiver.state, findings, targets)


def _changed(waiver: Waiver, sums: UseSums) -> Iterator[str]:
    """What is said of fails that are no longer what was accepted."""
    for how, says in _CHANGES.items():
        if (one := sums.get((waiver.id, how))) is not None:
            yield says.format(_on(one), one.first, one.severity, waiver.severity)


_CHANGES: Final[dict[Meeting, str]] = {
    "severity": "{0}: accepted as {3}, it is {2} now ({1})",
    "pin": "{0}: what it is pinned to has changed ({1})",
}
"""What voids a waiver for single findings: how many, the first target, the severity now and the accepted one."""


def moment_told(expires: str) -> str:
    """The end of a waiver as people read it: `2026-12-31 23:59:59 +01:00`.

    >>> moment_told("2026-12-31T23:59:59+01:00"), moment_told("2026-12-31T23:59:59Z")
    ('2026-12-31 23:59:59 +01:00', '2026-12-31 23:59:59 UTC')
    """
    day, _, rest = expires.partition("T")
    clock, offset = (rest[:-1], "UTC") if rest.endswith("Z") else (rest[:-6], rest[-6:])
    return f"{day} {clock} {offset}"


def on_told(findings: int, targets: int) -> str:
    """`3 checks on 2 partitions`."""
    return f"{_n(findings, 'check')} on {_n(targets, 'partition')}"


def who_told(waiver: Waiver) -> str:
    """What it is about, and whose it is: `(RMC-VER-002, a.meier@example.com, CHG0042)`."""
    return f"({', '.join(part for part in (waiver.rule, waiver.owner, waiver.ticket) if part)})"


def _again(one: UseSum | None) -> str:
    return "" if one is None else f"; {_on(one)} {'counts' if one.findings == 1 else 'count'} again"


def _on(one: UseSum) -> str:
    return on_told(one.findings, one.targets)


def span_told(seconds: int) -> str:
    """`12 days`."""
    if seconds >= _DAY:
        return counted(seconds // _DAY, "day")
    return counted(seconds // _HOUR, "hour") if seconds >= _HOUR else "less than an hour"


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
