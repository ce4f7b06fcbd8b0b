"""The closed vocabularies: results, reasons, severities, dispositions; and how a count is written.

Each word means one thing in every module and every report; `docs/glossary.md` says what.
"""

from typing import Final, Literal, get_args

Result = Literal["pass", "fail", "unknown", "not_applicable", "error"]
Reason = Literal[
    "not_collected",
    "denied",
    "timeout",
    "command_absent",
    "empty",
    "truncated",
    "unparsable",
    "failed",
    "inconclusive",
    "stale",
    "settling",
    "conflicting",
]
Severity = Literal["critical", "high", "medium", "low", "info"]
Disposition = Literal["active", "waived", "baseline"]
Platform = Literal["aix", "vios", "linux", "hmc"]
Management = Literal["hmc", "novalink", "powervs", "none", "unknown"]

Image = Literal["running", "mounted_root"]
"""Where evidence was gathered: from a system that runs, or from the files of one that does not."""
WaiverState = Literal["in_force", "soon", "expired", "void", "unused"]
"""What a waiver is at the clock of a run: it counts; it counts and runs out soon; it ran out; it does not count though
it has not run out (the severity rose, what it is pinned to changed, its policy forbids it); nothing met it."""

Needs = Literal["running", "first_boot"]
"""What a rule needs to be answered: a system that runs, or one that an image was deployed as."""

Confidence = Literal["documented", "observed", "reported once"]
"""How what a rule asks is known: from IBM's or another maker's text, from systems that were seen, from one report."""

Show = Literal["summary", "open", "problems", "partitions", "all"]
"""How much text shows: one page; what fails or is undecided; all problems; all partitions; every check."""
NextStep = Literal[
    "declare",
    "declare_platform",
    "fix_first",
    "collect",
    "as_root",
    "probe",
    "reach",
    "allow",
    "renew",
    "repeat",
    "wait",
    "look",
    "after_start",
    "in_pod",
    "name_other",
]
"""What settles an unknown: say how the partition is managed, or which platform it is; fix another problem first;
collect; collect as root, or with probes; mend how the target is reached, or let the collector run on it; collect anew,
for it is too old; collect the same again, whole; collect later; look at the lines that are shown; collect after the
first start of an image; ask in the pod; name whole evidence of another image, with which this one is compared."""
Way = Literal["root", "vios", "image"]
"""How a target is collected again: as root by sudo, as root on a VIOS, or from the files of an image."""
Standing = Literal["failed", "undecided", "no_problems", "healthy", "not_applicable", "error"]
"""What a target is by all its findings. `healthy`: the whole policy was judged, everything that applies is decided and
no active fail is above info; `no_problems`: no active fail is above info, yet not all of that holds."""
GateWord = Literal[
    "open",
    "held_open",
    "failing",
    "undecided",
    "damaged",
    "min_decided",
    "nothing_judged",
    "not_judged",
    "input",
    "report",
]
"""What decided the exit status. `open`: nothing; `held_open`: what would have, were it not for `--exit-zero`; a fail at
or above `--fail-on`; an unknown; a damaged input; less decided than `--min-decided`; no rule applied to any target; a
target could not be judged; an input could not be used; a report could not be written."""
Origin = Literal["default", "command line", "environment", "file", "argument", "policy", "profile"]
"""Where a setting of a run comes from; `file` is rmccomply.toml; an argument is one of a function that a program
called."""

FORMATS: Final = (
    *("text", "json", "jsonl", "csv", "csv-targets", "sarif", "sarif-all", "sarif-github"),
    *("junit", "gitlab", "github", "markdown", "html"),
)
"""Formats of reports, by their modules in `rmccomply.formats`, `_` for `-`; one is imported when it is asked for."""
FOLDERS: Final = ("sarif-github",)
"""Formats that are folders of files."""
RESULTS: Final[tuple[Result, ...]] = get_args(Result)
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
SHOWS: Final[tuple[Show, ...]] = get_args(Show)
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)
STEPS: Final[tuple[NextStep, ...]] = get_args(NextStep)
PLATFORMS: Final[tuple[Platform, ...]] = get_args(Platform)
WAIVER_STATES: Final[tuple[WaiverState, ...]] = get_args(WaiverState)
MANAGEMENTS: Final[tuple[Management, ...]] = get_args(Management)

RANK: Final[dict[str, int]] = {severity: rank for rank, severity in enumerate(SEVERITIES)}
"""Severity to rank, 0 the worst."""


def counted(count: int, noun: str) -> str:
    """A count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


_UNSEEN: Final = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, *range(0xFE00, 0xFE10)))
) | frozenset(map(chr, (0xFFA0, *range(0xE0100, 0xE01F0))))
"""Letters and marks that a terminal shows nothing of: Default_Ignorable_Code_Point of the Unicode Character Database
(https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt), and the blank pattern of Braille."""


def is_seen(text: str) -> bool:
    """Whether all of it can be printed as it is, and shows as something."""
    return text.isprintable() and (text.isascii() or _UNSEEN.isdisjoint(text))


def blanked(text: str) -> str:
    """The text with a blank for each character that cannot be printed, for what has to be one line of its own."""
    return "".join(char if char.isprintable() else " " for char in text)
