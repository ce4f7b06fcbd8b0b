"""Boot loader entries."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.boot_entry import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("boot_entry"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("boot_entry", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("/boot/loader/entries/x.conf",))
    assert not asks(("cat", "/boot/loader/entries/x.conf"))
