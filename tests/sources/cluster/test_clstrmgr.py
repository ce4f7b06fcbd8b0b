"""`lssrc -ls clstrmgrES`: states of the closed list alone, and PowerHA that is not there as an answer."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.cluster.clstrmgr import DOWN, RUNNING, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples

ASKED = ("lssrc", "-ls", "clstrmgrES")


@pytest.mark.parametrize("sample", samples("clstrmgr"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("clstrmgr", answer_of(sample)) == snapshot


def test_it_reads_the_long_status_of_the_cluster_manager_alone() -> None:
    assert asks(("/usr/bin/lssrc", "-ls", "clstrmgrES"))
    assert not any(asks(("lssrc", *words)) for words in (("-ls", "ctrmc"), ("-s", "clstrmgrES"), ("-ls",)))


@pytest.mark.parametrize("state", sorted(DOWN | RUNNING))
def test_a_known_state_is_read_and_the_same_in_small_letters_is_none(state: str) -> None:
    assert parse(Answer(ASKED, (f"Current state: {state}",))).state == state
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ASKED, (f"Current state: {state.lower()}",)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)
