"""The lines of grub.cfg that start a kernel."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.grub_lines import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("grub_lines"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("grub_lines", answer_of(sample)) == snapshot


def test_what_it_reads() -> None:
    assert asks(("grep", "-n", "-e", "vmlinu", "-e", "kernelopts", "/boot/grub2/grub.cfg"))
    assert not asks(("grep", "-n", "-e", "vmlinu", "/boot/grub2/grub.cfg"))
