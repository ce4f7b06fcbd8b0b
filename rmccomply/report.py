"""The report: all that any format may need, in the order in which it is written.

A run begins (`Run`), targets are assessed one after another (`Assessed`), and it closes (`Closing`). A format takes
each as it comes, so that a report of any size is written while its targets are judged.
"""

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from rmccomply.dispose import NOTHING_LEFT, NOTHING_USED, Leftover, Used
from rmccomply.evidence.model import Artifact, Notification
from rmccomply.finding import NO_RULE, NOT_JUDGED, Finding
from rmccomply.problems import standing_of
from rmccomply.tuples import NamedTuple
from rmccomply.undecided import CollectedBy
from rmccomply.words import (
    RANK,
    RESULTS,
    SEVERITIES,
    STANDINGS,
    Confidence,
    GateWord,
    Image,
    Origin,
    Reason,
    Severity,
    Show,
    Standing,
)

W = TypeVar("W", bound=str)
NEVER: Final = "never"
PARTS: Final = 16
"""Files of a report that is a folder, where nobody says."""
MOST_PARTS: Final = 1_000
"""Files that such a report may have."""


class FileName(str):
    """Among the pieces of a report that is a folder: the file in which those are that follow."""

    __slots__ = ()


class Gate(NamedTuple):
    """What shuts the gate. `fail_on` is a severity or "never"; `min_decided` is a percentage."""

    fail_on: str = "low"
    on_unknown: str = "fail"
    min_decided: float | None = None
    exit_zero: bool = False


NO_GATE_GIVEN: Final = Gate()


class PolicyCard(NamedTuple):
    """A policy as reports name it. `uri` is relative: `policies/rmc-core.toml` for a shipped one."""

    id: str
    title: str
    version: str
    sha256: str
    uri: str


class RuleCard(NamedTuple):
    """A rule as reports describe it; `line` is where its policy file states it, `policy` that file's id.

    `remediation` is the text that is safe on every host. What is safe only without a cluster is no part of a card.
    """

    id: str
    title: str
    severity: Severity
    policy: str
    uri: str
    line: int
    rationale: str
    remediation: str
    references: tuple[tuple[str, str], ...] = ()
    controls: tuple[str, ...] = ()
    confidence: Confidence = "documented"
    problem: str = ""

    @property
    def fault(self) -> str:
        """What heads a fail: its problem, else that what it demands does not hold."""
        return self.problem or f"Not so: {self.title}"


_OF_NO_RULE: Final = RuleCard(NO_RULE, NOT_JUDGED, "critical", "", "", 1, "", "", problem=NOT_JUDGED)
"""What stands for the rule in the finding about a target that could not be judged."""


class ParameterCard(NamedTuple):
    """A parameter that the run gives another value than its policy, `of_policy`; `looser`: it asks for less then."""

    name: str
    value: str
    of_policy: str
    looser: bool
    policy: str


class SettingCard(NamedTuple):
    """A setting of a run that decides what it says, its value as text, and where that comes from."""

    name: str
    value: str
    origin: Origin


class Run(NamedTuple):
    """What is known before the first target. `now` is the clock of the run, RFC 3339.

    `parameters` are those that are not as the policies have them.
    `left_out` is how many rules of the policies are not judged, because others were selected. `collected` is what is
    known of the collection that the inputs come from.
    """

    version: str
    now: str
    policies: tuple[PolicyCard, ...]
    rules: tuple[RuleCard, ...]
    left_out: int = 0
    parameters: tuple[ParameterCard, ...] = ()
    settings: tuple[SettingCard, ...] = ()
    collected: CollectedBy | None = None


def cards_of(run: Run) -> dict[str, RuleCard]:
    """The rules of a run by id, with what stands for one where a target could not be judged."""
    return {card.id: card for card in (*run.rules, _OF_NO_RULE)}


class TargetCard(NamedTuple):
    """A target as reports name it. `type_model`, `serial` and `lpar_id`, its identity, are None where not known.

    `os` is its operating system with the release, `cluster` whether one is there: present, ruled_out or unknown; empty
    where nothing was judged. `image` is where its evidence was gathered, `image_sha256` the SHA-256 of the file that
    its root was mounted from, where that is proven.
    """

    id: str
    platform: str
    type_model: str | None
    serial: str | None
    lpar_id: int | None
    evidence: tuple[Artifact, ...]
    labels: Mapping[str, str] = {}
    collected: str | None = None
    os: str = ""
    cluster: str = ""
    image: Image | None = None
    image_sha256: str | None = None


class Assessed(NamedTuple):
    """One target with its findings in the order of the rules, and what was wrong with its evidence."""

    target: TargetCard
    findings: tuple[Finding, ...]
    notifications: tuple[Notification, ...] = ()
    used: Used = NOTHING_USED
    """What of the waivers and of the baseline of the run it used."""


class Counts(NamedTuple):
    """What verdicts on a whole run are made of: targets by their standing, those that failed by the severity of their
    worst problem; active fails by severity, and the unknowns above info; how many fails are waived and known from the
    baseline, and on how many targets."""

    standings: Mapping[Standing, int] = {}
    worst: Mapping[Severity, int] = {}
    active: Mapping[Severity, int] = {}
    gating_unknown: int = 0
    waived: int = 0
    known: int = 0
    accepted_on: int = 0


NOTHING_COUNTED: Final = Counts()


class Closing(NamedTuple):
    """What is known after the last target. `notifications` are those of no target; `damaged`: an input is; `shut_by`:
    what decided the exit status, and `gate` what could have."""

    summary: dict[str, int]
    targets: int
    exit_status: int
    notifications: tuple[Notification, ...] = ()
    damaged: bool = False
    leftover: Leftover = NOTHING_LEFT
    run_id: str = ""
    counts: Counts = NOTHING_COUNTED
    gate: Gate = NO_GATE_GIVEN
    shut_by: GateWord = "open"

    @property
    def decided(self) -> float:
        """The share of applicable findings that are pass or fail: 0 to 1, rounded down; 1 where none is applicable."""
        settled = self.summary["pass"] + self.summary["fail"]
        applicable = settled + self.summary["unknown"] + self.summary["error"]
        return settled * 10_000 // applicable / 10_000 if applicable else 1.0


class Style(NamedTuple):
    """How text for people is drawn, and how much of it; formats for machines ignore it.

    `targets` are globs of labels, `severity` the least severe that is shown, `reasons` those of unknowns; each narrows
    what is shown where it is given. `group_by` is the name of a label. `ascii`: no other characters than these.
    """

    color: bool = False
    width: int = 100
    show: Show = "summary"
    targets: tuple[str, ...] = ()
    severity: Severity | None = None
    reasons: tuple[Reason, ...] = ()
    group_by: str = ""
    ascii: bool = False


class Tally:
    """Counts findings as they pass by; memory does not grow with them."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = dict.fromkeys(RESULTS, 0)
        self.targets = 0
        self.gating_unknown = 0
        self.waived = self.known = self.accepted_on = 0
        self.damaged = False
        self.standings: dict[Standing, int] = dict.fromkeys(STANDINGS, 0)
        self.worst: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
        self.active: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)

    @property
    def worst_active(self) -> int | None:
        """The rank of the worst active fail."""
        return _rank_of_worst(self.active)

    def note(self, notifications: Iterable[Notification]) -> None:
        """See whether any of these tells of damaged input."""
        self.damaged = self.damaged or any(note.damage for note in notifications)

    def add(self, item: Assessed, left_out: int = 0) -> None:
        """Count one assessed target; `left_out` rules of the policies were not judged."""
        self.targets += 1
        standing = standing_of(item.findings, left_out)
        self.standings[standing] += 1
        self.note(item.notifications)
        for finding in item.findings:
            self.counts[finding.result] += 1
            if finding.disposition == "active":
                self.active[finding.severity] += 1
            if finding.result == "unknown" and finding.severity != "info":
                self.gating_unknown += 1
        waived = sum(finding.disposition == "waived" for finding in item.findings)
        known = sum(finding.disposition == "baseline" for finding in item.findings)
        self.waived, self.known = self.waived + waived, self.known + known
        self.accepted_on += bool(waived or known)
        if standing == "failed":
            ranks = (RANK[finding.severity] for finding in item.findings if finding.disposition == "active")
            self.worst[SEVERITIES[min(ranks)]] += 1

    def merge(self, other: "Tally") -> None:
        """Count what another has counted."""
        self.targets += other.targets
        self.damaged = self.damaged or other.damaged
        self.gating_unknown += other.gating_unknown
        self.waived, self.known = self.waived + other.waived, self.known + other.known
        self.accepted_on += other.accepted_on
        _add(self.counts, other.counts)
        _add(self.standings, other.standings)
        _add(self.worst, other.worst)
        _add(self.active, other.active)

    def sums(self) -> Counts:
        """What verdicts are made of."""
        return Counts(
            *(self.standings, self.worst, self.active, self.gating_unknown),
            *(self.waived, self.known, self.accepted_on),
        )


def _rank_of_worst(counts: Mapping[Severity, int]) -> int | None:
    return min((RANK[severity] for severity, count in counts.items() if count), default=None)


def _add(mine: dict[W, int], others: Mapping[W, int]) -> None:
    for word, count in others.items():
        mine[word] += count


EXAMINED: Final = ("pass", "fail", "unknown", "error")
"""Results that mean that a rule applied to a target."""
