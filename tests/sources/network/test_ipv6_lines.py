"""Lines of files that may switch IPv6 off."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.ipv6_lines import WORDS, asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("ipv6_lines"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ipv6_lines", answer_of(sample)) == snapshot


def test_which_requests_it_reads() -> None:
    assert asks(("grep", *WORDS, "/etc/modprobe.d"))
    others = (WORDS, ("-rns", "-e", "disable_ipv6", "/etc"), ("-rns", "x", "/etc"), ("-n", *WORDS[1:], "/etc"))
    assert not any(asks(("grep", *words)) for words in others)
