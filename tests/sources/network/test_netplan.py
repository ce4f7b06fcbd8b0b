"""Interfaces of Ubuntu."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.netplan import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("netplan"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("netplan", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("/etc/netplan/x.yaml",))
    assert not asks(("cat", "x"))
