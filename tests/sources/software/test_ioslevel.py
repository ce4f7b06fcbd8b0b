"""`ioslevel`: four numbers and nothing else (no real output is public: every answer here is constructed)."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.ioslevel import asks, parse
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("ioslevel"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ioslevel", answer_of(sample)) == snapshot


def test_both_names_of_the_command() -> None:
    assert asks(("/usr/ios/cli/ioscli", "ioslevel"))
    assert asks(("ioslevel",))
    assert not asks(("ioscli", "lsmap", "-all"))
    assert not asks(("ioscli",))
    assert not asks(("ioslevel", "ioslevel"))


def test_a_level_is_compared_by_its_numbers() -> None:
    levels = [parse(Answer(("ioslevel",), (text,))).version for text in ("3.1.4.31", "3.1.4.4", "4.1.0.0")]
    assert levels == [(3, 1, 4, 31), (3, 1, 4, 4), (4, 1, 0, 0)]


@pytest.mark.parametrize("text", ["3.1.4", "3.1.4.31.1", "3.1.4.x", "3.1.4.31-1", "1:3.1.4.31", "VIOS 3.1.4.31"])
def test_other_text_is_not_guessed_at(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("ioslevel",), (text,)))
    assert refused.value.reason == "unparsable"
