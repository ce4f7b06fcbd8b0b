"""Text of others in Markdown: read back by GitHub's own library, nothing of it is markup."""

import re

import pytest

from rmccomply.formats.markdown.inline import code, fenced, prose
from rmccomply.terminal import visible
from tests.formats import hostile
from tests.formats.markdown.reading import read

REFERENCES = re.compile(r"[@#!~$&][0-9A-Za-z]|%[0-9]|://|www\.|\bGH-[0-9]|:[a-z]+:|[0-9a-f]{7}")
"""What GitHub and GitLab make links of in text that is no code."""


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_code_is_read_back(text: str) -> None:
    page = read(f"x {code(text)} y")
    assert page.tags == ["p", "code"]
    assert page.codes == [visible(text)]


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_code_in_a_cell_is_read_back_with_its_bars_written_out(text: str) -> None:
    page = read(f"| a | b |\n|---|---|\n| {code(text, cell=True)} | y |\n")
    assert page.cells == [2, 2]
    assert page.codes == [visible(text).replace("|", "\\x7c")]


@pytest.mark.parametrize("text", [*hostile.TEXTS, " ".join(map(visible, hostile.TEXTS))])
def test_prose_is_read_back_and_is_no_markup(text: str) -> None:
    page = read(f"Found: {prose(text)}")
    assert set(page.tags) <= {"p", "code"}
    outside = "".join(page.plain)
    assert not REFERENCES.search(outside)
    everything = "".join(re.sub("<[^>]*>", "", "".join(page.plain)) + "".join(page.codes)).split()
    wanted = visible(text).replace("`", "").split()
    assert sorted("".join(everything).replace("`", "")) == sorted("Found:" + "".join(wanted))


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_prose_in_a_cell_makes_no_cell(text: str) -> None:
    page = read(f"| a | b |\n|---|---|\n| {prose(text, cell=True)} | y |\n")
    assert page.cells == [2, 2]
    assert set(page.tags) <= {"table", "thead", "tbody", "tr", "th", "td", "code"}


def test_lines_between_fences_are_read_back() -> None:
    page = read(f"before\n\n{fenced(hostile.TEXTS)}\n\nafter")
    assert page.tags == ["p", "pre", "code", "p"]
    assert page.codes[0].split("\n")[:-1] == [visible(one).rstrip() for one in hostile.TEXTS]


def test_a_sentence_stays_a_sentence() -> None:
    assert prose("The RMC daemon (ctrmc) is 3.2.6.2, not “3.1”: 97 % of it.") == (
        "The RMC daemon (ctrmc) is 3.2.6.2, not “3.1”: 97 % of it."
    )
    assert prose("Run `lssrc -a`, then look at /var/ct.") == "Run `lssrc -a`, then look at `/var/ct`."
    assert prose("a_b c|d e", cell=True) == r"`a_b c\x7cd` e"
    assert prose("") == code("") == ""
