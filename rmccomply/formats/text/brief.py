"""A target of which nothing is shown but one line."""

from collections import Counter
from typing import TYPE_CHECKING

from rmccomply.formats._states import says_of, sign_of, state_of
from rmccomply.formats.text.canvas import flat
from rmccomply.formats.text.heading import dated_at
from rmccomply.terminal import Page, padded, visible
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from rmccomply.report import Assessed, Run


class Brief(NamedTuple):
    """A target on one line: mark, name and what is said of it, visible texts without a line end."""

    sign: str
    name: str
    says: str


def brief_of(item: "Assessed", run: "Run") -> Brief:
    """A target without open findings."""
    states = Counter(map(state_of, item.findings))
    says = f"{_says(item, states, run.left_out)} · {dated_at(item.target, run.now)}"
    return Brief(sign_of(states), visible(item.target.id), says)


def drawn_brief(page: Page, line: Brief, widest: int) -> str:
    """The line, with a name of that many columns at least."""
    sign = page.paint("green", line.sign) if line.sign == "✓" else line.sign
    return f"{sign} {page.paint('bold', padded(line.name, widest))}  {line.says}"


def _says(item: "Assessed", states: Counter[str], left_out: int) -> str:
    """Of a target; where nothing applies to it for one reason, such as another kind of machine, that one."""
    whys = {finding.message for finding in item.findings}
    alone = states.keys() == {"not_applicable"} and len(whys) == 1
    return f"no check applies: {flat(whys.pop())}" if alone else says_of(states, left_out)
