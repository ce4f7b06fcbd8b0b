"""`/proc/ppc64/lparcfg`: a key and a value a line, and who the machine is."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.lparcfg import PartitionConfiguration, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("lparcfg"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lparcfg", answer_of(sample)) == snapshot


def read_lines(*lines: str) -> PartitionConfiguration:
    return parse(Answer(("/proc/ppc64/lparcfg",), lines))


@pytest.mark.parametrize(
    ("text", "serial"),
    [("IBM,0278A5C10", "78A5C10"), ("78A5C10", "78A5C10"), ("IBM,78A5C10", "78A5C10"), ("0278A5C10", ""), ("x-y", "")],
)
def test_the_serial_number_is_without_its_plant(text: str, serial: str) -> None:
    assert read_lines(f"serial_number={text}").serial == serial


@pytest.mark.parametrize(("text", "number"), [("17", 17), ("0", None), ("-1", None), ("9" * 5000, None)])
def test_0_and_what_is_no_number_is_none(text: str, number: int | None) -> None:
    assert read_lines(f"partition_id={text}").lpar_id == number


@pytest.mark.parametrize(("text", "shared"), [("1", True), ("0", False), ("2", None), ("yes", None), ("", None)])
def test_a_mode_that_the_kernel_does_not_print_tells_nothing(text: str, shared: bool | None) -> None:
    assert read_lines(f"shared_processor_mode={text}").shared is shared


def test_a_line_of_another_form_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_lines("lparcfg 1.9", "partition_id=7", "the quick brown fox")
    assert (refused.value.reason, refused.value.line) == ("unparsable", 3)
