"""Devices of IP security (every answer here is constructed)."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.filters.lsdev import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("lsdev"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lsdev", answer_of(sample)) == snapshot


def test_other_devices_are_not_read() -> None:
    assert not asks(("lsdev", "-Cc", "disk"))
    assert not asks(("lsdev",))
