"""`ctsvhbac`: a status for each test (the layout is remembered: every answer here is constructed)."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.ctsvhbac import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples

COMPLETED = "Host Based Authentication Mechanism Verification Check completed"


@pytest.mark.parametrize("sample", samples("ctsvhbac"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ctsvhbac", answer_of(sample)) == snapshot


def test_options_choose_other_files() -> None:
    assert asks(("/opt/rsct/bin/ctsvhbac",))
    assert not asks(("ctsvhbac", "-t", "/tmp/thl"))


def test_a_status_belongs_to_what_stands_before_it_and_is_never_lost() -> None:
    lines = ("Status: lost", "Identity: a", "Status: Trusted host", "Status: twice", "Identity: b", "Key Parity: no")
    record = parse(Answer(("ctsvhbac",), lines))
    assert [(row.test, row.subject, row.status, row.line) for row in record.rows] == [
        ("status", "", "lost", 1),
        ("identity", "a", "Trusted host", 3),
        ("status", "", "twice", 4),
        ("identity", "b", "", 5),
        ("key parity", "", "no", 6),
    ]


@pytest.mark.parametrize(
    ("status", "attention"), [("Attention: x", True), ("attention", True), ("Trusted host", False), ("", False)]
)
def test_attention(status: str, attention: bool) -> None:
    (row,) = parse(Answer(("ctsvhbac",), ("Identity: a", f"Status: {status}"))).rows
    assert row.attention is attention


def test_rows_are_an_answer_whatever_the_exit_status() -> None:
    record = parse(Answer(("ctsvhbac",), ("Identity: a", "Status: Attention"), ("ctsvhbac: a note",), 3))
    assert [row.status for row in record.rows] == ["Attention"]
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("ctsvhbac",), (), ("ctsvhbac: a note",), 3))
    assert refused.value.reason == "failed"


TITLE = "Private and Public Key Verifications"


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ((TITLE, "Identity: a"), False),
        (("Identity: a", COMPLETED), False),
        (("Identity: a", TITLE, COMPLETED), False),
        ((TITLE, "Identity: a", COMPLETED), True),
    ],
)
def test_a_copy_is_whole_from_its_title_to_its_end(lines: tuple[str, ...], whole: bool) -> None:
    assert parse(Answer(("ctsvhbac",), lines, exit_status=None)).whole is whole
