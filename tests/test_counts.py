"""Counts that are printed: one of a thing is no plural, wherever a number stands before a noun."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from rmccomply.words import counted

PACKAGE = Path(__file__).parents[1] / "rmccomply"
NOUNS = (
    *(
        "answer",
        "argument",
        "byte",
        "character",
        "digit",
        "file",
        "finding",
        "folder",
        "host",
        "label",
        "line",
        "member",
    ),
    *("minute", "point", "request", "row", "rule", "section", "target", "time", "unit", "warning", "word"),
)
PLURAL = re.compile(rf" (?:more )?(?:{'|'.join(NOUNS)})s\b")
NEVER_ONE = {
    ("runs/collect/told.py", "hosts"),
    ("written/secret_list.py", "words"),
    ("collect/jobs.py", "bytes"),
    ("evidence/archives/compressed.py", "bytes"),
    ("evidence/archives/compressed.py", "times"),
    ("evidence/archives/kinds.py", "bytes"),
    ("evidence/archives/kinds.py", "lines"),
    ("evidence/archives/tree.py", "folders"),
    ("evidence/packed.py", "times"),
    ("evidence/stream.py", "lines"),
    ("sources/rsct/ct_node_id.py", "digits"),
    ("facts/groups/error_log.py", "times"),
    ("formats/text/fleet_page.py", "times"),
    ("formats/text/heading.py", "rules"),
    ("formats/markdown/front.py", "rules"),
    ("formats/sarif_github/sizes.py", "rules"),
    ("guarded.py", "digits"),
    ("inputs/locate.py", "folders"),
    ("sources/reading.py", "answers"),
    ("sources/reading.py", "characters"),
}
"""Where the number is a limit of this program's own, or above 1 by what was asked before."""


def plurals() -> Iterator[tuple[str, str]]:
    """Each plural that stands right behind a value in a sentence of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            parts = node.values if isinstance(node, ast.JoinedStr) else []
            for before, behind in pairwise(parts):
                text = behind.value if isinstance(behind, ast.Constant) else None
                if isinstance(before, ast.FormattedValue) and isinstance(text, str) and (found := PLURAL.match(text)):
                    yield path.relative_to(PACKAGE).as_posix(), found[0].split()[-1]


@pytest.mark.parametrize(("count", "says"), [(0, "0 words"), (1, "1 word"), (2, "2 words")])
def test_a_count_has_its_noun(count: int, says: str) -> None:
    assert counted(count, "word") == says


def test_no_sentence_counts_without_it() -> None:
    assert {(path, noun) for path, noun in plurals()} <= NEVER_ONE
