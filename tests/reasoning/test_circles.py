"""Circles of causes: found by the cause that closes them, and none where subjects keep them apart."""

from random import Random
from time import process_time
from typing import Any

from rmccomply.policy.load import load
from rmccomply.policy.model import Cause
from rmccomply.reasoning.circles import circles


def cause(rule: str, *of: str, **more: Any) -> Cause:
    return Cause(rule=f"MY-{rule}-001", of=[f"MY-{one}-001" for one in of], says="It can be.", **more)


def told(*causes: Cause, through: int = -1) -> list[str]:
    return [" ".join(name[3:4] for name in way) for way in circles(causes, causes[through])]


def test_two_rules_that_explain_each_other() -> None:
    assert told(cause("A", "B"), cause("B", "A")) == ["B A"]
    assert told(cause("A", "B"), cause("B", "A"), through=0) == ["A B"]


def test_a_circle_by_way_of_others_is_told_at_its_shortest() -> None:
    chain = [cause("A", "B"), cause("B", "C", "D"), cause("C", "D"), cause("D", "A")]
    assert told(*chain) == ["D A B"]
    assert told(*chain, through=2) == ["C D A B"]


def test_a_chain_is_no_circle() -> None:
    assert told(cause("A", "B", "C"), cause("B", "C")) == []


def test_a_circle_elsewhere_is_not_that_of_a_cause() -> None:
    assert told(cause("A", "B"), cause("B", "A"), cause("C", "A")) == []


def test_subjects_that_do_not_meet_close_no_circle() -> None:
    first = cause("A", "B", of_subjects=["x"])
    assert told(first, cause("B", "A", subjects=["y"])) == []
    assert told(first, cause("B", "A", subjects=["x"])) == ["B A"]
    assert told(first, cause("B", "A")) == ["B A"]


def test_many_causes_take_a_time_that_grows_with_their_pairs() -> None:
    random, rules = Random(1), [f"{at:03}" for at in range(300)]
    many = tuple(
        Cause(rule=f"MY-A-{random.choice(rules)}", of=[f"MY-A-{random.choice(rules)}"], says="x") for _ in range(1_200)
    )
    before = process_time()
    assert sum(1 for one in many for _ in circles(many, one)) > 900
    assert process_time() - before < 5


def test_the_shipped_causes_go_in_no_circle() -> None:
    causes = load("rmc-core").causes
    assert [way for one in causes for way in circles(causes, one)] == []
