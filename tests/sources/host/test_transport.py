"""How a collection went: its words, and that a target from which nothing came is unknown in all its rules."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.transport import WORDS, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples
from tests.hosts.building import answer, judge, without
from tests.hosts.consoles import whole_aix

ARGV = ("rmccomply-collect", "ssh", "lpar1")


@pytest.mark.parametrize("sample", samples("transport"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("transport", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    ("argv", "asked"), [(ARGV, True), (ARGV[:2], False), ((*ARGV, "more"), False), ((*ARGV[:2], ""), False)]
)
def test_a_transport_and_a_target_are_asked(argv: tuple[str, ...], asked: bool) -> None:
    assert asks(argv) is asked


@pytest.mark.parametrize("word", ["Collected", "ok", "unreachable host", "0"])
def test_no_other_word_is_guessed_at(word: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ARGV, (word,)))
    assert refused.value.reason == "unparsable"


@pytest.mark.parametrize("word", sorted(set(WORDS) - {"collected"}))
def test_all_rules_of_a_target_that_did_not_come_are_unknown_and_name_the_cause(word: str) -> None:
    note = answer("meta", ARGV, f"{word}\nssh: it said so.\n", origin="controller")
    found = judge([note], platform="")
    assert {(one.result, one.reason) for one in found.values()} == {("unknown", "not_collected")}
    assert {one.message for one in found.values()} == {
        f"The platform is unknown: the target was not collected: {word}: ssh: it said so."
    }
    assert {one.evidence[0].text for one in found.values()} == {word}
    assert {one.settle for one in found.values()} == {"rmccomply collect … --run DIR"}


def test_the_way_to_settle_it_is_safe_to_paste_whatever_the_target_is_called() -> None:
    note = answer("meta", ("rmccomply-collect", "ssh", "x; reboot"), "timeout\nit did not end.\n", origin="controller")
    assert {one.settle for one in judge([note], platform="").values()} == {"rmccomply collect … --run DIR"}


@pytest.mark.parametrize("word", sorted(WORDS))
def test_it_says_nothing_of_what_the_target_answered_itself(word: str) -> None:
    note = answer("meta", ARGV, f"{word}\nssh: it said so.\n", origin="controller")
    for evidence in (whole_aix(), without(whole_aix(), "lssrc -a")):
        assert judge([*evidence, note]) == judge(evidence)
