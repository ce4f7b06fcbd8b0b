"""What text for people shows where it is narrowed (`--target`, `--severity`, `--reason`), and what it hides then.

All is judged and gates as before: whoever narrows a page says at its end what is not on it.
"""

import shlex
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Final

from rmccomply.finding import Finding
from rmccomply.report import Assessed, Style
from rmccomply.terminal import visible
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK


class Hidden(NamedTuple):
    """Active fails and unknowns that are not shown, on how many partitions, and the options that hide them."""

    problems: int = 0
    undecided: int = 0
    partitions: int = 0
    options: tuple[str, ...] = ()


NOTHING_HIDDEN: Final = Hidden()


def shows_target(style: Style, label: str) -> bool:
    """Whether a target is shown."""
    return not style.targets or any(fnmatchcase(label, glob) for glob in style.targets)


def shows(style: Style, finding: Finding) -> bool:
    """Whether a finding of a target that is shown is shown; with `--reason` unknowns of that reason alone are."""
    if style.severity is not None and RANK[finding.severity] > RANK[style.severity]:
        return False
    return not style.reasons or finding.reason in style.reasons


def shown_of(style: Style, item: Assessed) -> tuple[Finding, ...]:
    """The findings of a target that are shown."""
    if not shows_target(style, item.target.id):
        return ()
    return tuple(one for one in item.findings if shows(style, one))


def hidden_of(style: Style, item: Assessed) -> Hidden:
    """What is not shown of a target."""
    if not (style.targets or style.severity or style.reasons):
        return NOTHING_HIDDEN
    all_shown = shows_target(style, item.target.id)
    away = [one for one in item.findings if not (all_shown and shows(style, one))]
    problems = sum(one.disposition == "active" for one in away)
    undecided = sum(one.result == "unknown" for one in away)
    return Hidden(problems, undecided, int(bool(problems or undecided)), options_of(style))


def summed(parts: Iterable[Hidden]) -> Hidden:
    """What is hidden of all of them."""
    whole = NOTHING_HIDDEN
    for one in parts:
        counts = (whole.problems + one.problems, whole.undecided + one.undecided, whole.partitions + one.partitions)
        whole = Hidden(*counts, whole.options or one.options)
    return whole


def options_of(style: Style) -> tuple[str, ...]:
    """The options that narrow, as they are written."""
    options = [f"--target {shlex.quote(visible(glob))}" for glob in style.targets]
    options += [f"--severity {style.severity}"] if style.severity else []
    return (*options, *(f"--reason {reason}" for reason in style.reasons))
