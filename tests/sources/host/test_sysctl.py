"""Kernel parameters that are set at boot."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.sysctl import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("sysctl"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("sysctl", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("/etc/sysctl.conf",))
    assert not asks(("cat", "/etc/sysctl.conf"))
