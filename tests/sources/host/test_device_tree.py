"""`/proc/device-tree`: a text that ends with NUL."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.device_tree import parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("device_tree"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("device_tree", answer_of(sample)) == snapshot


@pytest.mark.parametrize("end", ["", "\0", r"\x00"])
def test_its_end_is_no_part_of_it(end: str) -> None:
    assert parse(Answer(("/proc/device-tree/model",), (f"IBM,9105-42A{end}",))).model == "IBM,9105-42A"
    assert parse(Answer(("/proc/device-tree/system-id",), (f"IBM,0278A5C10{end}",))).serial == "78A5C10"


@pytest.mark.parametrize("text", ["IBM,9105\x01", r"IBM,9105\x01\x00", "IBM,9105\0\0", "é"])
def test_other_bytes_are_no_text(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("/proc/device-tree/model",), (text,)))
    assert refused.value.reason == "unparsable"
