"""Profiles of NetworkManager."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.keyfile import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("keyfile"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("keyfile", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("/etc/NetworkManager/system-connections/x",))
    assert not asks(("cat", "x"))
