"""`instfix`: what is installed as a whole, in part and not, and what the fix database does not know."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.instfix import asks, parse
from tests.facts.samples import answer_of, capture, read, samples

ALL = ("/usr/sbin/instfix", "-i")


@pytest.mark.parametrize("sample", samples("instfix"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("instfix", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    ("words", "covers"),
    [
        (("-i",), ("*",)),
        (("-ik", "IV74438"), ("IV74438",)),
        (("-i", "-k", "IV74438 IV77384"), ("IV74438", "IV77384")),
    ],
)
def test_requests(words: tuple[str, ...], covers: tuple[str, ...]) -> None:
    argv = ("instfix", *words)
    assert asks(argv)
    assert parse(Answer(argv, ("All filesets for IV74438 were found.",))).covers == covers


@pytest.mark.parametrize(
    "words", [(), ("-T",), ("-k", "IV74438"), ("-ik",), ("-icqk", "IV74438"), ("-i", "grep", "ML")]
)
def test_other_requests(words: tuple[str, ...]) -> None:
    assert not asks(("instfix", *words))


@pytest.mark.parametrize(
    ("line", "installed"),
    [
        ("    All filesets for IJ32439 were found.", "all"),
        ("Not all filesets for IJ32439 were found.", "part"),
        ("No filesets which have fixes for IJ32439 are currently installed.", "none"),
        ("No filesets which have fix IJ32439 are currently installed.", "none"),
        ("There was no data for IJ32439 in the fix database.", "no_data"),
    ],
)
def test_forms(line: str, installed: str) -> None:
    (row,) = parse(Answer(ALL, ("", line), exit_status=1)).rows
    assert (row.name, row.installed, row.line) == ("IJ32439", installed, 2)


@pytest.mark.parametrize(
    "line", ["All filesets for IJ32439 were", "All filesets for a b were found.", "all filesets for a were found."]
)
def test_other_lines_are_refused(line: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ALL, ("All filesets for a were found.", line)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


@pytest.mark.parametrize(
    ("name", "exit_status", "complete", "whole"),
    [
        ("IJ32439", 0, True, True),
        ("IJ32439", 1, True, False),
        ("IJ32439", None, True, False),
        ("7300-02_AIX_ML", None, True, False),
        ("IJ32439", 0, False, False),
    ],
)
def test_absence_is_proved_by_a_whole_listing(name: str, exit_status: int | None, complete: bool, whole: bool) -> None:
    lines = (f"All filesets for {name} were found.", "")
    assert parse(Answer(ALL, lines, (), exit_status, complete)).whole is whole


def test_corpus_technology_levels() -> None:
    record = parse(capture("aix72-tl3-ha-nodea", "instfix-i-grep-ML.txt", *ALL))
    assert [(row.name, row.installed, row.line) for row in record.rows] == [
        ("7.2.0.0_AIX_ML", "all", 1),
        ("7200-00_AIX_ML", "all", 3),
        ("7200-01_AIX_ML", "all", 5),
        ("7200-02_AIX_ML", "all", 7),
        ("7200-03_AIX_ML", "all", 9),
        ("7200-04_AIX_ML", "part", 11),
    ]
    assert not record.whole
