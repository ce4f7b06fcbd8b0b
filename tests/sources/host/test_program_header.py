"""For which machine a program was built."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.program_header import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("program_header"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("program_header", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("od", "-An", "-tx1", "-N20", "/usr/bin/env"))
    assert not asks(("od", "-An", "-tx1", "/usr/bin/env"))
