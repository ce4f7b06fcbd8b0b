"""`lsrpnode`: states of two words, and no domain."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.lsrpnode import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("lsrpnode"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lsrpnode", answer_of(sample)) == snapshot


HEADER = "Name    OpState        RSCTVersion"


def test_all_nodes_are_asked() -> None:
    assert asks(("/usr/bin/lsrpnode",))
    assert not asks(("lsrpnode", "-o"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("alpha   Online         3.2.6.4", ("alpha", "Online", (3, 2, 6, 4))),
        ("beta    Pending online 3.2.6.4", ("beta", "Pending online", (3, 2, 6, 4))),
        ("beta Pending offline 3.2.x", ("beta", "Pending offline", None)),
    ],
)
def test_a_state_may_have_a_blank(line: str, expected: tuple[object, ...]) -> None:
    (row,) = parse(Answer(("lsrpnode",), (HEADER, line))).rows
    assert (row.name, row.state, row.level) == expected


@pytest.mark.parametrize("lines", [(), (HEADER,), ("",)])
def test_no_row_is_no_domain(lines: tuple[str, ...]) -> None:
    assert parse(Answer(("lsrpnode",), lines)).rows == ()


@pytest.mark.parametrize("line", ["beta    Pending online", "beta Online", "beta 3.2.6.4", "beta 7 3.2.6.4"])
def test_a_row_of_another_form_is_refused(line: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("lsrpnode",), (HEADER, line)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


def test_corpus_two_views_of_a_parted_domain() -> None:
    local = parse(capture("aix-powerha-xd-3node", "lsrpnode-local.txt", "lsrpnode"))
    remote = parse(capture("aix-powerha-xd-3node", "lsrpnode-remote.txt", "lsrpnode"))
    assert [(row.name, row.state, row.level) for row in local.rows] == [
        ("node1", "Online", (3, 2, 1, 4)),
        ("node2", "Online", (3, 2, 1, 4)),
        ("node3", "Offline", (3, 2, 1, 4)),
    ]
    assert [row.state for row in remote.rows] == ["Offline", "Offline", "Online"]
