"""Which packet filters a kernel has (every answer here is constructed)."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.filters.kernel_filters import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("kernel_filters"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("kernel_filters", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    "argv",
    [("grep", "nf_tables", "/proc/modules"), ("grep", "657", "/etc/services"), ("grep",), ("grep", "x")],
)
def test_what_else_grep_finds_is_not_read_here(argv: tuple[str, ...]) -> None:
    assert not asks(argv)
