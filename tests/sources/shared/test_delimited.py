"""Listings of consoles: names, values, and rows that cannot be told apart. All of it is constructed."""

from rmccomply.sources.shared.delimited import Torn, delimited


def test_values_have_the_names_of_the_header() -> None:
    lines = ["name:state", "", "lpar7:Running", '"a:b":Not Activated', "c:"]
    assert [*delimited(lines)] == [
        {"name": "lpar7", "state": "Running"},
        {"name": "a:b", "state": "Not Activated"},
        {"name": "c", "state": ""},
    ]


def test_a_row_of_another_width_keeps_its_text_alone() -> None:
    assert [*delimited(["name:state", "lpar7", "a:b:c"])] == [Torn("lpar7"), Torn("a:b:c")]


def test_nothing_and_a_header_alone_list_nothing() -> None:
    assert [*delimited([])] == []
    assert [*delimited(["name:state"])] == []
