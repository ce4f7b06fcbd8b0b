"""Facts: what sets their state, and where they point."""

from rmccomply.facts.model import known, not_applicable, unknown
from tests.hosts.building import command

ANSWER = command("lssrc -a", "one\ntwo\n", err="oops\n")


def test_states_of_facts() -> None:
    cause = unknown("a.b", "timeout", "It is unknown.", settle="lssrc -a")
    assert (cause.state, cause.value, cause.reason, cause.settle) == ("unknown", None, "timeout", "lssrc -a")
    fact = known("a.c", 0, "It is 0.", basis=(cause,), also=("See also.",))
    assert (fact.state, fact.value, fact.reason, fact.basis, fact.also) == ("known", 0, None, (cause,), ("See also.",))
    without = not_applicable("a.d", "It has none.", basis=(fact,))
    assert (without.state, without.value, without.basis) == ("not_applicable", None, (fact,))


def test_a_line_that_proves_a_fact_twice_is_shown_once() -> None:
    one, two = ANSWER.at(1), ANSWER.at(2)
    assert one is not None
    assert two is not None
    for fact in (
        known("a.b", 0, "It is 0.", (two, one, two)),
        unknown("a.b", "timeout", "It is unknown.", (two, one, two)),
        not_applicable("a.b", "It has none.", (two, one, two)),
    ):
        assert fact.evidence == (two, one)
