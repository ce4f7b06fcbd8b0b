"""Layout: rows in sections within so many lines, and texts in so many columns, whatever characters they have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.formats.text.layout import (
    PagePart,
    broken,
    cut_inside,
    filled,
    fit,
    flattened,
    lines_of,
    strung,
)
from rmccomply.terminal import Page, visible, width_of

PAGE = Page(80)
ASCII = Page(80, ascii=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(visible)


def part(rows: int, least: int = 3, most: int = 12, beyond: int = 0) -> PagePart:
    """A section whose rows are one line each."""
    lines = [[f"row {at}"] for at in range(rows)]
    return PagePart(["HEAD"], lines, lambda shown: [f"{rows + beyond - shown} more"], least, most, beyond)


@pytest.mark.parametrize(("width", "lines"), [(40, 80), (60, 80), (70, 75), (80, 70), (99, 60), (100, 60), (300, 60)])
def test_a_narrow_page_has_more_lines(width: int, lines: int) -> None:
    assert lines_of(width) == lines


def test_what_fits_is_shown_whole() -> None:
    assert fit([part(2), PagePart(()), part(1)], 9) == ["HEAD", "row 0", "row 1", "", "HEAD", "row 0"]


def test_what_does_not_fit_is_counted() -> None:
    assert fit([part(9, most=2)], 99) == ["HEAD", "row 0", "row 1", "7 more"]
    assert fit([part(9)], 5) == ["HEAD", "row 0", "row 1", "row 2", "6 more"]
    assert fit([part(2, beyond=5)], 99) == ["HEAD", "row 0", "row 1", "5 more"]


def test_the_last_row_takes_the_line_of_its_count() -> None:
    assert fit([part(4)], 5) == ["HEAD", "row 0", "row 1", "row 2", "row 3"]


def test_sections_grow_in_turn() -> None:
    lines = fit([part(9, least=1), part(9, least=1)], 13)
    assert lines.count("HEAD") == 2
    assert [line for line in lines if "more" in line] == ["5 more", "5 more"]


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 9)), max_size=5), st.integers(25, 90))
def test_a_page_is_never_longer_than_it_may_be(parts: list[tuple[int, int]], room: int) -> None:
    lines = fit([part(rows, least) for rows, least in parts], room)
    assert len(lines) <= room
    told = sum(int(line.split()[0]) for line in lines if line.endswith("more"))
    assert told + sum(line.startswith("row") for line in lines) == sum(rows for rows, _ in parts)


@given(TEXTS, st.integers(8, 50), st.integers(1, 5), st.booleans())
def test_no_line_is_wider_than_its_room(text: str, room: int, most: int, ascii: bool) -> None:
    page = Page(80, ascii=ascii)
    text = page.visible(text)
    for lines in (filled(page, text, room, most), strung(page, text.split("a"), room, most)):
        assert len(lines) <= most
        assert all(width_of(line) <= room for line in lines)
    assert width_of(cut_inside(page, text, room)) <= room
    pieces = broken(text, room)
    assert "".join(pieces) == text
    assert all(width_of(piece) <= room for piece in pieces)


def test_words_are_kept_whole_where_they_fit() -> None:
    assert filled(PAGE, "one two three", 7) == ["one two", "three"]
    assert filled(PAGE, "sevenfold", 5) == ["seven", "fold"]
    assert filled(PAGE, "a b c d e f", 3, 2) == ["a b", "c …"]
    assert filled(ASCII, "a b c d e f", 4, 2) == ["a b", "c..."]


def test_parts_are_kept_whole_where_they_fit() -> None:
    assert strung(PAGE, ["AIX 7.1", "LPAR 17", "cluster: yes"], 20) == ["AIX 7.1 · LPAR 17", "cluster: yes"]
    assert strung(ASCII, ["a", "b"], 20) == ["a - b"]


def test_a_name_is_cut_inside_since_its_end_tells_it_apart() -> None:
    assert cut_inside(PAGE, "lpar0007.prod.example.com", 11) == "lpar0…e.com"
    assert cut_inside(ASCII, "lpar0007.prod.example.com", 11) == "lpar....com"
    assert cut_inside(PAGE, "short", 11) == "short"
    assert cut_inside(PAGE, "日本語日本語", 7) == "日…語"
    assert cut_inside(PAGE, "longer", 2) == "l…"


def test_pieces_do_not_begin_with_the_mark_of_another_letter() -> None:
    assert broken("abe\u0301cd", 3) == ["abe\u0301", "cd"]
    assert broken("日本語", 3) == ["日", "本", "語"]
    assert broken("", 3) == [""]


def test_a_listing_has_its_blanks_drawn_together() -> None:
    assert flattened(" ctrmc            rsct        inoperative ") == "ctrmc  rsct  inoperative"
