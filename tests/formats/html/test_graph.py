"""The drawing of causes: columns, boxes that do not touch, titles that fit, and circles that end."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rmccomply.formats.html.graph import COLUMNS, Box, Drawing, Knot, drawing_of, wrapped
from rmccomply.terminal import width_of


def knot(key: str, *whys: str) -> Knot:
    return Knot(key, f"high · {key}", f"Title of {key}", whys, "high")


def drawn(*knots: Knot) -> Drawing:
    found = drawing_of(knots)
    assert found is not None
    return found


def box_of(drawing: Drawing, key: str) -> Box:
    (found,) = (box for box in drawing.boxes if box.head[1].endswith(key))
    return found


def test_nothing_is_drawn_of_what_stands_alone() -> None:
    assert drawing_of([]) is None
    assert drawing_of([knot("a"), knot("b")]) is None
    assert drawing_of([knot("a", "a"), knot("b", "gone")]) is None


def test_a_reason_stands_left_of_what_it_brings_about() -> None:
    drawing = drawn(knot("a"), knot("b", "a"), knot("c", "b", "a"), knot("alone"))
    a, b, c = (box_of(drawing, key) for key in "abc")
    assert a.x < b.x < c.x
    assert len(drawing.boxes) == 3


def test_an_arrow_that_a_longer_way_tells_is_not_drawn() -> None:
    assert len(drawn(knot("a"), knot("b", "a"), knot("c", "b", "a")).arrows) == 2
    assert len(drawn(knot("a"), knot("b", "a"), knot("c", "b"), knot("d", "c", "a", "b")).arrows) == 3
    assert len(drawn(knot("a"), knot("b"), knot("c", "b", "a", "a")).arrows) == 2
    assert len(drawn(knot("a", "b"), knot("b", "a"), knot("c", "b", "a")).arrows) == 4


def test_boxes_of_one_column_do_not_touch_and_all_is_within_the_drawing() -> None:
    drawing = drawn(knot("a"), *(knot(f"b{at}", "a") for at in range(9)))
    column = sorted(box for box in drawing.boxes if box.x > 1)
    assert all(one.y + one.height < other.y for one, other in pairwise(column))
    assert max(box.y + box.height for box in drawing.boxes) <= drawing.height
    assert max(box.x + drawing.box_width for box in drawing.boxes) <= drawing.width


def test_a_circle_ends() -> None:
    drawing = drawn(knot("a", "c"), knot("b", "a"), knot("c", "b"))
    assert len(drawing.boxes) == 3
    assert len(drawing.arrows) == 3


@given(st.text(max_size=300))
def test_a_title_fits_into_its_box(text: str) -> None:
    rows = wrapped(text)
    assert len(rows) <= 3
    assert all(width_of(row) <= COLUMNS for row in rows)


def test_words_are_cut_only_where_one_is_too_long() -> None:
    assert wrapped("The RMC daemon (ctrmc) is not running") == ["The RMC daemon (ctrmc) is", "not running"]
    assert wrapped("x" * 40) == ["x" * COLUMNS, "x" * (40 - COLUMNS)]
    assert wrapped("x" * 200)[-1].endswith("…")
