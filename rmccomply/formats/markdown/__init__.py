"""Markdown: the front page, then each partition, for the summary of a step or a comment on a merge request.

GitHub Flavored Markdown, which GitLab reads too. GitHub drops a summary that is larger than 1,024 KiB, so the page is
no larger: what is wrong on all partitions stands first, then the partitions, the worst first, and those that have no
room any more are counted. Readings chosen: text of others is made harmless as `inline` says, so that no name and no
line of evidence becomes markup, a link or a mention; the one piece of HTML is what folds the partitions of a fleet.
"""

from typing import TYPE_CHECKING, Final

from rmccomply.formats._limits import SUMMARY_OCTETS
from rmccomply.formats.markdown.front import Front
from rmccomply.formats.markdown.partition import block_of, is_told, line_of, rank_of
from rmccomply.problems import Failing, failing_of, problems_of, standing_of
from rmccomply.spool import Sorted, Spool
from rmccomply.tuples import NamedTuple
from rmccomply.undecided import UndecidedKey, tally
from rmccomply.words import Standing, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, Closing

_FOLDED: Final = "<details><summary>Each partition, the worst first, with the lines that prove it</summary>\n\n"
_UNFOLDED: Final = "</details>\n"
_SPARE: Final = 2_000
"""Octets that are kept for what stands behind the partitions."""


class MarkdownFragment(NamedTuple):
    """A target in Markdown: its block, empty where nothing is to be told of it, and what is counted of it."""

    name: str
    rank: str
    standing: Standing
    platform: str
    problems: tuple[Failing, ...]
    undecided: tuple[tuple[UndecidedKey, int], ...]
    accepted: tuple[int, int]
    failure: str
    block: str


def fragment(item: "Assessed", frame: "Frame") -> MarkdownFragment:
    """The block of a target."""
    problems, undecided = problems_of(item.findings), tally(item.findings)
    standing = standing_of(item.findings, frame.run.left_out)
    accepted = [finding.disposition for finding in item.findings]
    told = is_told(item)
    return MarkdownFragment(
        item.target.id,
        rank_of(standing, problems, sum(count for _, count in undecided)),
        standing,
        item.target.platform,
        tuple(failing_of(problems)),
        undecided,
        (accepted.count("waived"), accepted.count("baseline")),
        next((finding.message for finding in item.findings if finding.result == "error"), ""),
        f"{line_of(item, problems)}\n\n{block_of(item, problems, frame.run)}" if told else "",
    )


def assembly(frame: "Frame") -> "MarkdownAssembly":
    """An empty page."""
    return MarkdownAssembly(frame)


class MarkdownAssembly:
    """The page in the making. The worst come first, so all blocks go through a spool."""

    def __init__(self, frame: "Frame") -> None:
        self._front = Front(frame.run)
        self._blocks, self._order = Spool(), Sorted()

    def begin(self) -> str:
        return ""

    def add(self, fragment: MarkdownFragment) -> str:
        self._front.add(fragment.name, fragment.standing, fragment.platform, fragment.accepted, fragment.failure)
        for problem in fragment.problems:
            self._front.add_problem(problem, fragment.name)
        for key, count in fragment.undecided:
            self._front.add_undecided(key, count)
        if fragment.block:
            self._order.add(fragment.rank, str(self._blocks.add(fragment.block)))
        return ""

    def end(self, closing: "Closing") -> "Iterator[str]":
        front = self._front.page(closing)
        yield front
        folds = closing.targets > 1
        room = SUMMARY_OCTETS - _SPARE - _octets(front) - len(_FOLDED) - len(_UNFOLDED)
        shown = left = 0
        for _, place in self._order:
            block = "" if left else self._blocks.at(int(place))
            room -= _octets(block)
            if left or room < 0:
                left += 1
                continue
            yield block if shown or not folds else _FOLDED + block
            shown += 1
        if shown and folds:
            yield _UNFOLDED
        if left:
            yield f"\n**{counted(left, 'more partition')}** with something to tell would not fit in 1,024 KiB: "
            yield "`-o html=rmc.html` and `-o csv-targets=fleet.csv` have all.\n"

    def abandon(self) -> None:
        self._blocks.close()
        self._order.close()


def _octets(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8"))
