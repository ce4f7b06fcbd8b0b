"""What a page needs of one target: small tuples of text and numbers, since they travel between processes."""

from collections import Counter
from typing import TYPE_CHECKING, Final

from rmccomply.age import seconds_between
from rmccomply.ending.narrowed import Hidden, hidden_of, shown_of, shows_target
from rmccomply.evidence.section import spoken
from rmccomply.formats._targets import about_of, platform_of
from rmccomply.formats.text.about import Note, notes_of
from rmccomply.formats.text.layout import flattened
from rmccomply.problems import Failing, failing_of, shown_problems, standing_of
from rmccomply.tuples import NamedTuple
from rmccomply.undecided import UndecidedKey, tally
from rmccomply.words import Severity, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmccomply.evidence.model import Reference
    from rmccomply.finding import Finding, WaiverCard
    from rmccomply.formats import Frame
    from rmccomply.problems import Problem
    from rmccomply.report import Assessed, TargetCard

MOST_LINES: Final = 3
"""Lines of evidence that a page shows of one problem."""
_BARE: Final = 2
"""Words of a line that says little without the request that it answers; `=` is none."""
_HEAD: Final = "%sect "


class ProblemDetail(NamedTuple):
    """What is told of a problem on the page of one target: the rules that see the same fault, why, and what to do.

    `lines` are uri, number and text of evidence, `left` how many there are besides; `says` is what is so, where lines
    alone do not show it.
    """

    covered: tuple[str, ...]
    because: tuple[str, ...]
    remedy: tuple[str, ...]
    lines: tuple[tuple[str, int, str], ...]
    left: int
    says: str


class TargetDetail(NamedTuple):
    """What the page of one target holds besides.

    `proof` are a rule, the file or folder of the target, and its name where that may hold others; `accepted` how many
    fails are waived and in the baseline, and `waivers` what covers them, each with rule and severity of the fail.
    """

    about: tuple[str, ...]
    told: tuple[ProblemDetail, ...]
    proof: tuple[str, str, str]
    accepted: tuple[int, int]
    waivers: "tuple[tuple[WaiverCard, str, Severity], ...]" = ()


class Gist(NamedTuple):
    """A target as pages count it. `faults` and `undecided` are those that are shown.

    `shown` is 0 for a target that is not asked for, 1 for one of which nothing is, and 2 for one that lists have.
    """

    name: str
    shown: int
    platform: str
    age: int | None
    date: str
    standing: Standing
    faults: tuple[Failing, ...]
    undecided: tuple[tuple[UndecidedKey, int], ...]
    group: str | None
    says: str
    hidden: Hidden
    notes: tuple[Note, ...]
    detail: TargetDetail | None


def gist_of(item: "Assessed", frame: "Frame") -> Gist:
    """What the page needs of a target."""
    style, run, target = frame.style, frame.run, item.target
    shown = shown_of(style, item)
    problems, undecided = shown_problems(item.findings, shown), tally(shown)
    is_shown, age = shows_target(style, target.id), seconds_between(target.collected, run.now)
    is_listed = problems or undecided or not (style.severity or style.reasons)
    return Gist(
        target.id,
        (2 if is_listed else 1) if is_shown else 0,
        platform_of(target.platform),
        None if age is None else int(age),
        target.collected or "",
        standing_of(item.findings, run.left_out),
        tuple(failing_of(problems)),
        undecided,
        target.labels.get(style.group_by) if style.group_by else None,
        _says(item.findings),
        hidden_of(style, item),
        notes_of(item.notifications, target.id),
        _detail(item, shown, problems) if is_shown and style.show in ("summary", "problems") else None,
    )


def _says(findings: "Sequence[Finding]") -> str:
    """Why a target could not be judged, or why nothing applies to it, where that is one reason."""
    whys = {one.message for one in findings if one.result == "error"}
    if not whys and all(one.result == "not_applicable" for one in findings):
        whys = {one.message for one in findings}
    return next(iter(whys)) if len(whys) == 1 else ""


def _detail(item: "Assessed", shown: "Sequence[Finding]", problems: "Sequence[Problem]") -> TargetDetail:
    unknown = next((one.rule for one in shown if one.result == "unknown"), "")
    states = Counter(one.disposition for one in item.findings)
    return TargetDetail(
        tuple(about_of(item.target)),
        tuple(_told(problem) for problem in problems),
        (problems[0].rule if problems else unknown, *_input_of(item.target)),
        (states["waived"], states["baseline"]),
        tuple((one.waiver, one.rule, one.severity) for one in item.findings if one.waiver is not None),
    )


def _input_of(target: "TargetCard") -> tuple[str, str]:
    """The file of a target; of several files their folder, and its name, since it may not be alone there."""
    uris = [artifact.uri.partition("!/")[0] for artifact in target.evidence]
    if len(set(uris)) < 2:
        return next(iter(uris), ""), ""
    parts = [uri.split("/")[:-1] for uri in uris]
    alike = [row[0] for row in zip(*parts, strict=False) if len(set(row)) == 1]
    return "/".join(alike) or ".", target.id


def _told(problem: "Problem") -> ProblemDetail:
    from rmccomply.formats._sentences import first_of

    head = problem.findings[0]
    lines = [*dict.fromkeys(_lines_of(problem.findings))]
    because = tuple(dict.fromkeys(why.says for why in problem.reasons))
    bare = all(is_spoken(one.text) for finding in problem.findings for one in finding.evidence)
    return ProblemDetail(
        tuple(dict.fromkeys(one.rule for one in problem.covered)),
        because,
        first_of(head.remediation, 0 if because else 1),
        tuple(lines[:MOST_LINES]),
        len(lines) - MOST_LINES,
        head.message if bare else "",
    )


def _lines_of(findings: "Sequence[Finding]") -> "Iterator[tuple[str, int, str]]":
    """The lines that prove a problem: of each finding the most telling first, then the others."""
    for finding in findings:
        yield from (_line(one) for one in finding.evidence[:1])
    for finding in findings:
        yield from (_line(one) for one in finding.evidence[1:])


def _line(reference: "Reference") -> tuple[str, int, str]:
    """A line as the page shows it: the first of several, and with its request where alone it says little."""
    raw = reference.text.partition("\n")[0]
    text = flattened(spoken(raw))
    if is_spoken(raw) or (len(text.replace(" = ", "=").split()) <= _BARE and reference.request not in text):
        text = f"{reference.request}  {text}".rstrip()
    return reference.uri, reference.start_line, text


def is_spoken(text: str) -> bool:
    """Whether a line is the head of an answer, of which the page says what it tells."""
    return text.startswith(_HEAD)
