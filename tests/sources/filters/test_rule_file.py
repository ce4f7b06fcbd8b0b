"""Rules of packet filters that are loaded at boot."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.filters.rule_file import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("rule_file"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("rule_file", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("/etc/nftables.conf",))
    assert not asks(("cat", "x"))
