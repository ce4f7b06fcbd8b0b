"""One partition in Markdown: what is wrong with it and which line proves it, what is undecided, what was accepted."""

from functools import partial
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.section import spoken
from rmccomply.formats._targets import about_of
from rmccomply.formats.markdown.inline import code, fenced, prose
from rmccomply.problems import undecided_of
from rmccomply.terminal import visible
from rmccomply.undecided import rows
from rmccomply.words import SEVERITIES, Standing, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rmccomply.finding import Finding
    from rmccomply.problems import Problem, Undecided
    from rmccomply.report import Assessed, Run, TargetCard

_MOST: Final = 30_000
"""Characters of a block; what is behind is counted."""
_MOST_LINES: Final = 5
_MOST_COLUMNS: Final = 400
_MOST_COUNT: Final = 0xFFFF
_LOOK: Final = "--show"
_DECLARES: Final = ("--param", "--platform")
_ORDER: Final[tuple[Standing, ...]] = ("error", "failed", "undecided", "no_problems", "not_applicable", "healthy")


def rank_of(standing: Standing, problems: "Sequence[Problem]", undecided: int) -> str:
    """Sorts partitions: what could not be judged, then by problems from the worst severity on, then by unknowns."""
    grave = [one.severity for one in problems]
    counts = [int(standing == "error"), *(grave.count(one) for one in SEVERITIES[:-1]), undecided]
    return "".join(f"{_MOST_COUNT - min(count, _MOST_COUNT):04x}" for count in counts) + str(_ORDER.index(standing))


def is_told(item: "Assessed") -> bool:
    """Whether anything is to be told of a target: that is not all that passes or does not apply."""
    return any(finding.result not in ("pass", "not_applicable") for finding in item.findings)


def line_of(item: "Assessed", problems: "Sequence[Problem]") -> str:
    """The heading of a target: its name, and how many problems it has."""
    grave = [one.severity for one in problems]
    parts = [f"{grave.count(one)} {one}" for one in SEVERITIES[:-1] if one in grave]
    undecided = sum(finding.result == "unknown" for finding in item.findings)
    parts += [f"{undecided} undecided"] if undecided else []
    parts += ["not judged"] if any(finding.result == "error" for finding in item.findings) else []
    return f"### {code(item.target.id)}: {', '.join(parts) or 'no open problem'}"


def block_of(item: "Assessed", problems: "Sequence[Problem]", run: "Run") -> str:
    """All that is told of a target, in paragraphs."""
    pieces: list[str] = []
    room, left = _MOST, 0
    for make in _makers(item, problems, run):
        piece = "" if left else make()
        room -= len(piece)
        if left or room < 0:
            left += 1
        else:
            pieces.append(piece)
    if left:
        pieces.append(f"**{counted(left, 'more paragraph')}** would not fit here: `-o json` has all.")
    return "\n\n".join(pieces) + "\n\n"


def _makers(item: "Assessed", problems: "Sequence[Problem]", run: "Run") -> "Iterator[Callable[[], str]]":
    """What makes each paragraph: those that have no room are counted and never made."""
    faults = {card.id: card.fault for card in run.rules}
    if any(about_of(item.target)):
        yield partial(_about, item.target)
    for finding in item.findings:
        if finding.result == "error":
            yield partial(_not_judged, finding)
    for problem in problems:
        yield partial(_problem, problem, faults.get(problem.rule, ""))
    for group in undecided_of(item.findings):
        yield partial(_undecided, group, run)
    for finding in item.findings:
        if finding.disposition in ("waived", "baseline"):
            yield partial(_accepted, finding, faults.get(finding.rule, ""))


def _about(target: "TargetCard") -> str:
    return f"About: {' · '.join(prose(part) for part in about_of(target) if part)}"


def _not_judged(finding: "Finding") -> str:
    return f"**not judged** {prose(finding.message)}"


def _problem(problem: "Problem", fault: str) -> str:
    """A problem: what is so, why, which lines prove it, and what to do."""
    also = ", ".join(dict.fromkeys(code(one.rule) for one in problem.covered))
    parts = [f"**{problem.severity}** {prose(fault)} ({code(problem.rule)}{f'; seen by {also} too' if also else ''})"]
    parts += [f"- Found: {prose(finding.message)}" for finding in problem.findings]
    notes = dict.fromkeys(note for finding in problem.findings for note in finding.notes)
    parts += [f"- Note: {prose(note)}" for note in notes]
    parts += [f"- Because: {prose(says)}" for says in dict.fromkeys(why.says for why in problem.reasons)]
    lines = [line for finding in problem.findings for line in _lines(finding)]
    parts += ["", fenced(lines[: 2 * _MOST_LINES])] if lines else []
    if left := len(lines[2 * _MOST_LINES :]):
        parts += ["", f"and {counted(left, 'more line')}"]
    return "\n".join([*parts, *_advice(problem.findings[0].remediation)])


def _lines(finding: "Finding") -> "Iterator[str]":
    for reference in finding.evidence[:_MOST_LINES]:
        text = spoken(reference.text).partition("\n")[0]
        shown = text if len(text) <= _MOST_COLUMNS else f"{text[: _MOST_COLUMNS - 1]}…"
        yield f"{reference.uri}:{reference.start_line}  {reference.request}"
        yield f"  | {visible(shown)}"


def _advice(remediation: str) -> "Iterator[str]":
    """What to do: sentences as prose, and commands, which begin with a blank, as they are."""
    commands: list[str] = []
    begins = "What to do: "
    for line in remediation.strip("\n").split("\n") if remediation.strip() else ():
        if line.startswith(" "):
            commands.append(line)
            continue
        if commands:
            yield from ("", fenced(commands))
            commands = []
        if line.strip():
            yield from ("", f"{begins}{prose(line)}")
            begins = ""
    if commands:
        yield from ("", fenced(commands))


def _undecided(group: "Undecided", run: "Run") -> str:
    """The unknowns that the same doing settles."""
    problems = {card.id: card.fault for card in run.rules}
    (row,) = rows({group.key: (len(group.findings), 1)}, 1, run.collected, problems)
    rules = ", ".join(dict.fromkeys(code(finding.rule) for finding in group.findings))
    says = f"**undecided** {counted(row.checks, 'check')}: {prose(row.says)}. {settles(row.advice)} ({rules})"
    lines = [line for finding in group.findings for line in _lines(finding)][: 2 * _MOST_LINES]
    looks = row.advice.startswith(_LOOK) and lines
    return f"{says}\n\n{fenced(dict.fromkeys(lines))}" if looks else says


def settles(advice: str) -> str:
    """What settles a group, as a sentence: commands as code, and options of text as what they stand for."""
    if advice.startswith(_LOOK):
        return "What to do: look at the lines that are quoted."
    if advice.startswith(_DECLARES):
        return f"What to do: check again with {code(advice)}."
    if advice.startswith(("rmccomply ", "sh ")):
        return f"What to do: {code(advice)}."
    return f"What to do: {prose(advice.removesuffix('.'))}."


def _accepted(finding: "Finding", fault: str) -> str:
    card = finding.waiver
    if finding.disposition == "baseline":
        how = "known from the baseline"
    elif card is None:
        how = "waived"
    else:
        how = f"waived by {code(card.approved_by or card.owner)} until {code(card.expires)} ({code(card.id)}): "
        how += prose(card.reason.removesuffix("."))
    notes = " ".join(prose(note) for note in finding.notes)
    told = f"**accepted** {prose(fault)} ({code(finding.rule)}, {finding.severity}), {how}. {prose(finding.message)}"
    return f"{told} {notes}".rstrip(" ")
