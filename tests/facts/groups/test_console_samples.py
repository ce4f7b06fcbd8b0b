"""Several answers about one console: samples that contradict each other, forms that name one console in two ways."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, facts, probe, status
from tests.hosts.cases import IPV4, SETTLE, broken, domain, lines, lslpp, lssrc, mcp, says

NONE = lssrc("ctrmc rsct active")
NAMES = "rmcdomainstatus -s ctrmc"
SECOND = "10.9.8.8"


def names(*rows: str) -> Evidence:
    return command(NAMES, status(*rows))


def cut(item: Evidence) -> Evidence:
    return broken(item, "truncated", partial=True)


SAMPLES = [
    # the answers, and what follows; both forms number their control points alike
    pytest.param([names("O A hmc1"), domain(f"O A {IPV4}")], "down", id="they agree"),
    pytest.param([names(), domain(f"O A {IPV4}")], "?conflicting", id="no name, and an address"),
    pytest.param([names("O A hmc1"), domain()], "?conflicting", id="a name, and no address"),
    pytest.param([names("O A hmc1", "O A hmc2"), domain(f"O A {IPV4}")], "?conflicting", id="two names, one address"),
    pytest.param([names("O A hmc1"), domain(f"O A {IPV4}", f"O A {SECOND}")], "?conflicting", id="the other way round"),
    pytest.param([names("O A hmc1"), cut(domain(f"i A {IPV4}"))], "?conflicting", id="a cut answer in another state"),
    pytest.param(
        [cut(names("O A hmc1", "O A hmc2")), domain(f"O A {IPV4}")], "?conflicting", id="a cut answer has more"
    ),
    pytest.param([cut(names("O A hmc1")), domain(f"O A {IPV4}", f"O A {SECOND}")], "down", id="a cut answer has less"),
]


@pytest.mark.parametrize(("evidence", "expected"), SAMPLES)
def test_samples_of_one_domain(evidence: list[Evidence], expected: str) -> None:
    fact = facts(*evidence, NONE, lslpp(), management="hmc").fact("console.connection")
    assert says(fact) == expected
    if expected == "?conflicting":
        assert {place.request for place in fact.evidence} == {NAMES, SETTLE}


PROBED = [
    pytest.param([names("I A hmc1"), domain(f"I A {IPV4}"), probe(IPV4, "refused")], "closed", id="a name is joined"),
    pytest.param([names("I A hmc1"), probe(IPV4, "refused")], "?inconclusive", id="a name alone has no address"),
    pytest.param([domain(f"I A {IPV4}"), mcp(IPV4), probe(IPV4, "refused")], "closed", id="one address by two sources"),
    pytest.param(
        [domain("I A fe80::9ac:1"), mcp("FE80:0::9AC:1"), probe("fe80::9ac:1%en0", "refused")],
        "closed",
        id="one address in two spellings",
    ),
    pytest.param(
        [domain("I A hmc1"), mcp(IPV4), probe(IPV4, "refused")], "?inconclusive", id="a name besides an address"
    ),
]


@pytest.mark.parametrize(("evidence", "expected"), PROBED)
def test_each_console_is_probed_once(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence, NONE, lslpp()).fact("console.tcp")) == expected


def test_two_probes_of_an_address_are_both_its_proof() -> None:
    tls = probe(IPV4, "timeout", 12601)
    fact = facts(domain(f"I A {IPV4}"), probe(IPV4, "refused"), tls, NONE, lslpp("3.3.1.0")).fact("console.tcp")
    assert says(fact) == "closed"
    assert {place.request for place in fact.evidence} == {f"tcp {IPV4} 657", tls.request}
    assert fact.says[0].isupper() or fact.says[0].isdigit()


def test_a_closed_port_beside_an_open_one_is_told() -> None:
    points = domain(f"I A {IPV4}", f"O A {SECOND}")
    fact = facts(points, probe(IPV4, "open"), probe(SECOND, "refused"), NONE, lslpp()).fact("console.tcp")
    assert (says(fact), [SECOND in text for text in fact.also]) == ("open", [True])
    fact = facts(points, probe(IPV4, "open"), NONE, lslpp()).fact("console.tcp")
    assert (says(fact), fact.also) == ("open", ())


def test_without_heartbeats_nothing_is_beside_a_closed_port() -> None:
    fact = facts(domain(f"O A {IPV4}"), probe(IPV4, "refused"), NONE, lslpp()).fact("console.tcp")
    assert (says(fact), fact.also) == ("closed", ())


def test_a_probe_of_one_port_says_which_was_not_tried() -> None:
    fact = facts(domain(f"I A {IPV4}"), probe(IPV4, "refused"), NONE, lslpp("3.3.1.0")).fact("console.tcp")
    assert "TLS 12601, which this level uses, was not tried" in fact.says


def test_why_no_console_is_open_to_doubt() -> None:
    """Without a partition number nobody knows whether a console is due; with one, the consoles' number decides."""
    fact = facts(domain(), NONE, lslpp()).fact("console.connection")
    assert (says(fact), lines(fact.evidence) != "") == ("?inconclusive", True)
    assert [one.name for one in fact.basis] == ["host.kind", "host.management"]
    assert fact.says.startswith("rmcdomainstatus shows no control point, and whether there should be one is unknown: ")
    kind = facts(domain(), NONE, lslpp()).fact("host.kind")
    assert (fact.says.endswith(kind.says), fact.settle) == (True, kind.settle)


def test_where_managed_nodes_are_listed_they_prove_it() -> None:
    nodes = "Management Domain Status: Managed Nodes\n  I a  0x77d0c4e89a1b2f03  0001  lpar9\n"
    fact = facts(command(SETTLE, nodes), NONE, lslpp()).fact("console.connection")
    assert (says(fact), {place.request for place in fact.evidence}) == ("n/a", {SETTLE})


def test_an_in_band_console_and_one_over_ip_that_is_down() -> None:
    listing = lssrc("mcproxy rsct active")
    host = command("lssrc -ls mcproxy", " mcproxy rsct 7340412 active\n    Hostname: hmc1\n")
    fact = facts(domain(f"O A {IPV4}"), listing, host, lslpp()).fact("console.connection")
    assert (says(fact), fact.also) == ("in_band", ("A control point over IP is also listed, and is not up.",))
    assert facts(domain(), listing, host, lslpp()).fact("console.connection").also == ()
