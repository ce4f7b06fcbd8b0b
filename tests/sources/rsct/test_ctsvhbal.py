"""`ctsvhbal`: names and addresses, kept as printed (the layout is remembered: every answer here is constructed)."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.ctsvhbal import asks, kind_of, parse
from rmccomply.sources.shared.answer import Answer
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("ctsvhbal"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ctsvhbal", answer_of(sample)) == snapshot


def test_options_print_something_else() -> None:
    assert asks(("/usr/sbin/rsct/bin/ctsvhbal",))
    assert not asks(("ctsvhbal", "-b"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("aurora-db1.example.com", "name"),
        ("aurora_db1", "name"),
        ("4aurora", "name"),
        ("192.0.2.41", "address"),
        ("2001:db8::10", "address"),
        ("fe80::84d1:3aff:fe00:9c02%en1", "address"),
        ("192.0.2.259", None),
        ("192.0.2.4 1", None),
        ("2001:db8::g", None),
    ],
)
def test_kinds_of_identities(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


def test_any_label_of_an_identity_is_read() -> None:
    record = parse(Answer(("ctsvhbal",), ("Identity: a", "  HOST IDENTITY :  b", "Identities: c", "identity d")))
    assert [(row.text, row.line) for row in record.rows] == [("a", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("lines", "exit_status", "whole"),
    [
        (("Identity: a",), 0, True),
        (("Identity: a",), None, False),
        (("Identity: a", "", "the end"), None, False),
        (("they are:", "Identity: a"), None, False),
        (("they are:", "Identity: a", "", "the end"), None, True),
    ],
)
def test_a_copy_is_whole_inside_text(lines: tuple[str, ...], exit_status: int | None, whole: bool) -> None:
    assert parse(Answer(("ctsvhbal",), lines, exit_status=exit_status)).whole is whole
