"""Zones of firewalld as files."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.filters.zone_file import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("zone_file"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("zone_file", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("/etc/firewalld/zones/x.xml",))
    assert not asks(("cat", "x"))
