"""The probe: seven words and no others."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.tcp_probe import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("tcp_probe"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("tcp_probe", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    ("argv", "asked"),
    [
        (("tcp", "10.20.9.4", "657"), True),
        (("tcp", "fe80::4%en1", "12601"), True),
        (("tcp", "10.20.9.4"), False),
        (("tcp", "10.20.9.4", "rmc"), False),
        (("tcp", "10.20.9.4", "²"), False),
        (("tcp", "", "657"), False),
        (("tcp", "10.20.9.4", "657", "5"), False),
    ],
)
def test_an_address_and_a_port_are_asked(argv: tuple[str, ...], asked: bool) -> None:
    assert asks(argv) is asked


@pytest.mark.parametrize("word", ["Open", "open.", "open refused", "connected", "0"])
def test_no_other_word_is_guessed_at(word: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("tcp", "10.20.9.4", "657"), (word,)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)


def test_the_zone_is_no_part_of_the_address() -> None:
    probe = parse(Answer(("tcp", "fe80::9:4%en1", "12601"), ("", "open")))
    assert (probe.address, probe.zone, probe.port, probe.result, probe.line) == (
        "fe80::9:4",
        "en1",
        12601,
        "open",
        2,
    )
