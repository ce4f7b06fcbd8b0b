"""What probes of one address say together."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.judging.points import control_points
from rmccomply.facts.judging.probes import by_address, probed_of
from tests.hosts.building import command, facts, probe, status
from tests.hosts.cases import IPV4, domain, lslpp

UP = domain(f"I A {IPV4}")
SAID = [
    ([lslpp("3.2.6.2"), probe(IPV4, "open")], "open", False),
    ([lslpp("3.2.6.2"), probe(IPV4, "refused")], "closed", True),
    ([probe(IPV4, "refused")], "", True),
    ([lslpp("3.2.6.2"), probe(IPV4, "not-tried")], "", False),
    ([], "", False),
]


@pytest.mark.parametrize(("evidence", "word", "tried"), SAID)
def test_a_probe_that_was_not_made_is_none_that_was_refused(evidence: list[Evidence], word: str, tried: bool) -> None:
    found = facts(UP, *evidence)
    (one,) = (probed_of(found, point) for point in by_address(control_points(found)))
    assert (one.word, one.tried, str(one.ip)) == (word, tried, IPV4)


def test_whether_an_unknown_level_uses_tls_is_said() -> None:
    levels: list[list[Evidence]] = [[], [lslpp("3.3.1.0")]]
    told = [facts(UP, probe(IPV4, "refused"), *level).fact("console.tcp").says for level in levels]
    assert ["which this level may use" in one for one in told] == [True, False]
    assert "which this level uses" in told[1]


def test_an_address_is_probed_once_and_a_name_only_where_no_address_is_known() -> None:
    names = command("rmcdomainstatus -s ctrmc", status("I A hmc1"))
    assert [one.text for one in by_address(control_points(facts(UP, names)))] == [IPV4]
    assert [one.text for one in by_address(control_points(facts(names)))] == ["hmc1"]
