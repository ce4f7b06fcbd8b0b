"""The kernel command line as a file."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.kernel_command import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("kernel_command"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("kernel_command", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("/proc/cmdline",))
    assert not asks(("cat", "/proc/cmdline"))
