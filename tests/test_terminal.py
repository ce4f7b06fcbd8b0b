"""Text for people: nothing in it drives a terminal, and nothing in it is wider than asked."""

import unicodedata

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from rmccomply import terminal
from rmccomply.terminal import Page, Verbatim, cut, fitted, padded, visible, width_of

HOSTILE = st.text(
    st.one_of(
        st.characters(max_codepoint=0x7F),
        st.sampled_from("日本語한글ＷＩＤＥ"),
        st.sampled_from("\u0301\u0308\u200d\ufe0f\u20e3\u0e33\u094d"),
        st.sampled_from("\u202e\u2066\u200f\x1b\x9b\x07\t\n\r\x00"),
        st.sampled_from("👩‍💻🏳️‍🌈é✗✓…│·–"),
        st.characters(),
    ),
    max_size=200,
)
WIDTHS = st.integers(60, 120)


def test_what_is_not_printable_is_shown_as_its_code() -> None:
    assert visible("a\x1b[1m\tb\u202e\x00") == "a\\x1b[1m   b\\u202e\\x00"
    assert visible("härte ☃") == "härte ☃"


def is_harmless(text: str) -> bool:
    """Whether nothing of it drives a terminal or cannot be encoded."""
    bad = {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn"}
    return all(unicodedata.category(char) not in bad for char in text.replace("\n", ""))


@given(HOSTILE, WIDTHS)
def test_a_name_is_never_wider_than_asked(text: str, width: int) -> None:
    shown = visible(text)
    assert is_harmless(shown)
    for mark in ("…", "..."):
        assert width_of(cut(shown, width, mark)) <= width
        assert width_of(fitted(shown, width, mark)) <= width
    assert width_of(padded(cut(shown, width), width)) == width


@given(HOSTILE, st.integers(0, 5))
def test_no_room_is_no_crash(text: str, width: int) -> None:
    assert width_of(cut(visible(text), width)) <= width
    assert width_of(Page(60, ascii=True).cut(visible(text), width)) <= width


@given(HOSTILE, WIDTHS)
def test_a_page_of_ascii_is_ascii(text: str, width: int) -> None:
    page = Page(width, ascii=True)
    drawn = [page.visible(text), page.plain(visible(text)), page.rule(), page.laid([text, Verbatim(text)])]
    assert all(one.isascii() for one in drawn)
    assert len(page.fitted(page.visible(text), width)) <= width


@given(st.lists(HOSTILE, max_size=4), WIDTHS)
def test_rows_that_are_laid_out_leave_the_page_by_whole_words_alone(rows: list[str], width: int) -> None:
    for line in Page(width).laid(rows).removesuffix("\n").split("\n") if rows else []:
        assert is_harmless(line)
        assert width_of(line) <= width or len(line.split()) <= 1


def test_what_is_cut_says_so() -> None:
    assert cut("abcdef", 4) == "abc…"
    assert cut("日本語", 4) == "日…"
    assert cut("e\u0301" * 5, 4) == "e\u0301" * 3 + "…"
    assert Page(60, ascii=True).cut("abcdef", 5) == "ab..."


def test_symbols_of_this_program_have_ascii_forms_and_evidence_is_written_out() -> None:
    page = Page(60, ascii=True)
    assert page.plain("✗ ✓ – … │ ─ · A ü") == "x + - ... | - - A \\xfc"
    assert page.visible("✗ 日 ü") == "\\u2717 \\u65e5 \\xfc"
    assert Page(60).plain("✗ ü") == "✗ ü"
    assert page.rule() == "-" * 60


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        ("  word" + " word" * 12, ["  word word word word word word word", "  word word word word word word"]),
        ("  - " + "word " * 12, ["  - word word word word word word word", "    word word word word word"]),
        ("name  " + "word " * 12, ["name  word word word word word word", "  word word word word word word"]),
        ("here: " + "word " * 12, ["here: word word word word word word", "  word word word word word word"]),
        (Verbatim("  " + "word " * 12), ["  " + "word " * 11 + "word"]),
    ],
)
def test_a_row_is_wrapped_under_itself(row: str, lines: list[str]) -> None:
    assert Page(40).laid([row]) == "".join(f"{line}\n" for line in lines)


def test_a_command_stays_on_one_row_where_it_has_room() -> None:
    says = "Collect the answer again: `rmccomply collect ssh HOST`, then check."
    assert Page(40).prose(says, "") == ["Collect the answer again:", "`rmccomply collect ssh HOST`, then", "check."]
    wide = Page(40).prose("Now `rmccomply collect ssh --inventory hosts.txt --sudo --run fleet2`.", "")
    assert max(map(len, wide)) <= 40


def test_a_long_word_stays_whole_and_can_be_copied() -> None:
    path = "/" + "x" * 90
    assert path in Page(40).laid([f"look at {path} and then do it"]).split()


def test_what_is_taken_for_one_column_is_that_by_wcwidth() -> None:
    assert {char: wcwidth.wcwidth(char) for char in terminal._ONE_COLUMN if wcwidth.wcwidth(char) != 1} == {}
