"""Files of settings: what stands between quotation marks, and behind `+=`."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.settings import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("settings"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("settings", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("/etc/default/grub",))
    assert not asks(("cat", "/etc/default/grub"))
