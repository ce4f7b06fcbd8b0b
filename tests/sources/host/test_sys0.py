"""Two attributes of sys0."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.sys0 import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("sys0"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("sys0", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("odmget", "-q", "attribute=clouddev", "CuAt"))
    assert not asks(("odmget", "-q", "name=cluster0", "CuAt"))
