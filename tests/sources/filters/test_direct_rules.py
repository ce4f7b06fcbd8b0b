"""Rules that firewalld passes on as they are."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.filters.direct_rules import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("direct_rules"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("direct_rules", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("/etc/firewalld/direct.xml",))
    assert not asks(("cat", "x"))
