"""`prtconf`: model, serial number and partition."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.prtconf import asks, parse
from rmccomply.sources.shared.answer import Answer
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("prtconf"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("prtconf", answer_of(sample)) == snapshot


def test_options_pick_a_part() -> None:
    assert asks(("/usr/sbin/prtconf",))
    assert not asks(("prtconf", "-m"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 lpar17", (17, "lpar17")),
        ("17 lpar17 - billing", (17, "lpar17 - billing")),
        ("-1 NULL", (-1, "")),
        ("17", (17, "")),
        ("x lpar17", (None, "")),
        ("", (None, "")),
    ],
)
def test_the_partition_is_split_at_the_first_blank(text: str, expected: tuple[int | None, str]) -> None:
    record = parse(Answer(("prtconf",), (f"LPAR Info: {text}",)))
    assert (record.lpar_id, record.lpar_name) == expected


def test_labels_of_other_paragraphs_are_passed_over() -> None:
    record = parse(Answer(("prtconf",), ("System Model: IBM,9105-42A", "\tHost Name: x", "Name: Processor Type: y")))
    assert [(row.label, row.line) for row in record.rows] == [("System Model", 1)]


@pytest.mark.parametrize(
    ("exit_status", "complete", "whole"), [(0, True, True), (None, True, False), (0, False, False)]
)
def test_a_label_that_is_not_there(exit_status: int | None, complete: bool, whole: bool) -> None:
    record = parse(Answer(("prtconf",), ("System Model: x", "LPAR Info: 1"), (), exit_status, complete))
    assert (record.whole, record.serial, record.lpar_id) == (whole, "", 1 if complete else None)


def test_corpus_guest_of_a_cloud() -> None:
    record = parse(capture("aix72-minimal-mondoo", "prtconf.txt", "prtconf"))
    assert (record.model, record.serial) == ("9009-22A", "78C00A0")
    assert (record.lpar_id, record.lpar_name) == (37, "ans-4-51e59a83-000373d8")
    values = {row.label: (row.value, row.line) for row in record.rows}
    assert values["Platform Firmware level"] == ("VL950_168", 13)
    assert values["Firmware Version"] == ("IBM,FW950.C1 (VL950_168)", 14)
    assert len(values) == 7
