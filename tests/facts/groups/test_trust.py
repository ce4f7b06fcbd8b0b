"""Host-based authentication: consoles in the trusted host list, and the tests of ctsvhbac."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.facts.groups.test_control_points import subjects
from tests.hosts.building import command, facts
from tests.hosts.cases import IPV4, KVM, broken, domain, lines, linux_host, lssrc, says
from tests.hosts.consoles import NO_CONSOLE, NODE_ID, TITLE, consoles, resource, thl, vhbac

NONE = lssrc("ctrmc rsct active")
TWO = consoles(resource(token="hmc1"), resource(2, token="HMC2"))
PART = command("ctsthl -l", "\n".join(thl("x", "y").out.lines[:-1]), None)
UP_ALL = domain(f"I A {IPV4}")
TOKENS = [
    pytest.param([consoles(), thl("lpar1", "hmc1")], "", id="there"),
    pytest.param([consoles(), thl("lpar1", "HMC1")], "", id="in other letters"),
    pytest.param([consoles(), thl("lpar1", "hmc1.example.com")], "hmc1", id="a longer name is another"),
    pytest.param([consoles(), thl("lpar1", "hmc1.example.com"), UP_ALL], "", id="a longer name, and it is up"),
    pytest.param(
        [consoles(resource(token="hmc1.example.com")), thl("HMC1"), UP_ALL], "", id="a shorter one, and it is up"
    ),
    pytest.param(
        [consoles(resource(token="hmc1.example.com")), thl("hmc1.other.com"), UP_ALL],
        "?conflicting",
        id="another domain",
    ),
    pytest.param(
        [consoles(resource(token="10.0.0.1")), thl("10"), UP_ALL], "?conflicting", id="an address has no forms"
    ),
    pytest.param([consoles(), thl("lpar1", "hmc9"), UP_ALL], "?conflicting", id="not there, and it is up"),
    pytest.param([consoles(), thl("lpar1", "hmc9"), domain(f"i A {IPV4}")], "hmc1", id="not there, and it is pending"),
    pytest.param(
        [consoles(), broken(thl("x"), "truncated", partial=True), UP_ALL], "?truncated", id="a cut list, and it is up"
    ),
    pytest.param([TWO, thl("hmc1", "hmc2")], "", id="both"),
    pytest.param([TWO, thl("hmc1")], "HMC2", id="one of two"),
    pytest.param([consoles(resource(token="")), thl("hmc1")], "?inconclusive", id="no token"),
    pytest.param(
        [consoles(resource(token=""), resource(2)), thl("x")], "hmc1", id="no token beside one that is missing"
    ),
    pytest.param(
        [command("lsrsrc IBM.MCP NodeID", f"{TITLE}resource 1:\n\tNodeID = 7\n"), thl("x")],
        "?inconclusive",
        id="not asked",
    ),
    pytest.param([consoles(), broken(thl("x"), "truncated", partial=True)], "?truncated", id="a cut list"),
    pytest.param([consoles(), PART], "?truncated", id="a part of a copy, and it is not there"),
    pytest.param([consoles(), thl("hmc1", "x")._replace(exit_status=None)], "", id="a copy, and it is there"),
    pytest.param([consoles(), command("ctsthl -l", "", 1, "ctsthl: Permission denied\n")], "?denied", id="not root"),
    pytest.param([consoles()], "?not_collected", id="the list was not collected"),
    pytest.param([thl("hmc1")], "?not_collected", id="IBM.MCP was not collected"),
    pytest.param([NO_CONSOLE, thl("x")], "n/a", id="no console"),
    pytest.param([], "?not_collected", id="nothing"),
]


@pytest.mark.parametrize(("evidence", "expected"), TOKENS)
def test_unknown_tokens(evidence: list[Evidence], expected: str) -> None:
    assert subjects(says(facts(NONE, *evidence, management="hmc").fact("trust.unknown_tokens"))) == expected


def test_a_trusted_console_is_shown_in_both_places() -> None:
    fact = facts(consoles(), thl("lpar1", "hmc1")).fact("trust.unknown_tokens")
    assert [place.request for place in fact.evidence] == ["lsrsrc IBM.MCP", "ctsthl -l"]
    assert "Host name: hmc1" in lines(fact.evidence)
    assert "1212" not in lines(fact.evidence)


NOT_IN_PAIR = command(
    "ctsvhbac",
    "Key Parity:  Public and private keys are NOT in pair\n"
    "Host Based Authentication Mechanism Verification Check completed\n",
)
WARNED, FINE = vhbac("Attention: not in the list"), vhbac()
NOT_TOLD = command(
    "ctsvhbac", "Identity:  10.0.1.1\nHost Based Authentication Mechanism Verification Check completed\n"
)
UP, DOWN = domain(f"I A {IPV4}"), domain(f"O A {IPV4}")
ATTENTION = [
    # ctsvhbac; connected, not connected, unknown
    pytest.param([FINE], "", "", "", id="no attention"),
    pytest.param([vhbac("Not available")], *["?unparsable"] * 3, id="a status that is not known"),
    pytest.param([vhbac("Achtung: nicht in der Liste")], *["?unparsable"] * 3, id="another language"),
    pytest.param([vhbac("Available")], *["?unparsable"] * 3, id="the good word of another test"),
    pytest.param([FINE._replace(exit_status=4)], *["?failed"] * 3, id="an exit status that no test explains"),
    pytest.param([NOT_IN_PAIR], *["?unparsable"] * 3, id="keys that are no pair"),
    pytest.param([WARNED], "", "identity 10.0.1.1", "?not_collected", id="attention"),
    pytest.param([NOT_TOLD], "?truncated", "?truncated", "?truncated", id="a test without a result"),
    pytest.param([broken(FINE, "truncated", partial=True)], *["?truncated"] * 3, id="cut"),
    pytest.param(
        [command("ctsvhbac", "\n".join(FINE.out.lines[:-1]), None)], *["?truncated"] * 3, id="a part of a copy"
    ),
    pytest.param([broken(WARNED, "truncated", partial=True)], *["?truncated"] * 3, id="cut behind it"),
    pytest.param([broken(FINE, "denied")], "?denied", "?denied", "?denied", id="not root"),
    pytest.param([], *["?not_collected"] * 3, id="not collected"),
]


@pytest.mark.parametrize(("evidence", "up", "down", "unknown"), ATTENTION)
def test_attention(evidence: list[Evidence], up: str, down: str, unknown: str) -> None:
    found = [facts(NONE, *more, *evidence, management="hmc").fact("trust.attention") for more in ([UP], [DOWN], [])]
    assert [subjects(says(fact)) for fact in found] == [up, down, unknown]


def test_attention_that_does_not_matter_is_told_beside() -> None:
    fact = facts(NONE, UP, WARNED).fact("trust.attention")
    assert fact.also == ("ctsvhbac says of the identity 10.0.1.1: Attention: not in the list.",)
    assert {place.request for place in fact.evidence} == {"ctsvhbac", "rmcdomainstatus -s ctrmc -a ip"}


OLD = resource(2, "10.9.8.8", node_id=7, machine="7042-CR9*0612345", token="hmc0")
REPLACED = resource(2, "10.9.8.8", node_id=NODE_ID + 1, token="hmc0")
WITH_OLD, KEPT = consoles(resource(), OLD), thl("lpar1", "hmc1", "HMC0", "10.9.8.8")
GONE = [
    pytest.param([WITH_OLD, UP, KEPT], "HMC0", id="its entry is there"),
    pytest.param([consoles(resource(), REPLACED), domain(f"I A {IPV4}", "O A 10.9.8.8"), KEPT], "HMC0", id="replaced"),
    pytest.param([WITH_OLD, UP, thl("lpar1", "hmc1")], "", id="no entry"),
    pytest.param([WITH_OLD, UP, thl("lpar1", "hmc1", "10.9.8.8")], "", id="an address may be of another host now"),
    pytest.param(
        [consoles(resource(), OLD.replace("hmc0", "hmc1")), UP, KEPT], "", id="its identity is that of its successor"
    ),
    pytest.param([consoles(), UP, KEPT], "", id="no console is gone"),
    pytest.param([consoles(), UP], "", id="no console is gone, whatever is trusted"),
    pytest.param([WITH_OLD, DOWN, KEPT], "n/a", id="no console is connected"),
    pytest.param([NO_CONSOLE, DOWN, KEPT], "n/a", id="no console"),
    pytest.param([NO_CONSOLE, UP, KEPT], "?conflicting", id="no console, and yet one is up"),
    pytest.param([WITH_OLD, UP], "?not_collected", id="the list was not collected"),
    pytest.param([WITH_OLD, UP, command("ctsthl -l", "", 1, "Permission denied\n")], "?denied", id="not root"),
    pytest.param([WITH_OLD, UP, thl("hmc1", "x")._replace(exit_status=None)], "?truncated", id="a copy of the list"),
    pytest.param([WITH_OLD, UP, KEPT._replace(exit_status=None)], "HMC0", id="a copy of a list that has it"),
    pytest.param([WITH_OLD, KEPT], "?not_collected", id="control points not collected"),
    pytest.param([WITH_OLD, broken(UP, "truncated", partial=True), KEPT], "?truncated", id="control points cut"),
    pytest.param([broken(WITH_OLD, "truncated", partial=True), UP, KEPT], "?truncated", id="consoles cut"),
    pytest.param([consoles(resource(), OLD.replace("hmc0", "")), UP, KEPT], "?inconclusive", id="no token"),
    pytest.param([UP, KEPT], "?not_collected", id="IBM.MCP was not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), GONE)
def test_gone_hosts(evidence: list[Evidence], expected: str) -> None:
    assert subjects(says(facts(NONE, *evidence, management="hmc").fact("trust.gone_hosts"))) == expected


def test_a_trusted_console_that_is_gone_is_shown_in_both_places() -> None:
    fact = facts(NONE, WITH_OLD, UP, KEPT).fact("trust.gone_hosts")
    assert [place.request for place in fact.evidence] == ["ctsthl -l", "lsrsrc IBM.MCP"]
    assert "Host name: HMC0" in lines(fact.evidence)
    assert 'KeyToken          = "hmc0"' in lines(fact.evidence)


@pytest.mark.parametrize("name", ["trust.unknown_tokens", "trust.attention"])
def test_a_guest_has_no_console_to_trust(name: str) -> None:
    evidence = [*linux_host(KVM), consoles(), thl("x"), WARNED, DOWN]
    assert says(facts(NONE, *evidence, platform="linux").fact(name)) == "n/a"


def test_a_guest_has_no_console_that_is_gone() -> None:
    evidence = [*linux_host(KVM), WITH_OLD, KEPT, UP]
    assert says(facts(NONE, *evidence, platform="linux").fact("trust.gone_hosts")) == "n/a"


SHOWN = [
    pytest.param(
        "unknown_tokens",
        [TWO, PART],
        {"lsrsrc IBM.MCP", "ctsthl -l"},
        'KeyToken          = "hmc1"',
        "ctsthl -l",
        id="a part of a list",
    ),
    pytest.param(
        "unknown_tokens",
        [consoles(resource(token="")), thl("x")],
        {"lsrsrc IBM.MCP"},
        'KeyToken          = ""',
        "lsrsrc IBM.MCP",
        id="no token",
    ),
    pytest.param(
        "attention", [NOT_TOLD], {"ctsvhbac"}, "Identity:  10.0.1.1", "ctsvhbac", id="a test without a result"
    ),
    pytest.param("attention", [WARNED], {"ctsvhbac"}, "Attention: not in the list", "lssrc -a", id="perhaps connected"),
]


@pytest.mark.parametrize(("name", "evidence", "requests", "line", "settle"), SHOWN)
def test_what_leaves_it_open_is_shown(
    name: str, evidence: list[Evidence], requests: set[str], line: str, settle: str
) -> None:
    fact = facts(*evidence, management="hmc").fact(f"trust.{name}")
    assert (fact.name, fact.state) == (f"trust.{name}", "unknown")
    assert ({place.request for place in fact.evidence}, line in lines(fact.evidence)) == (requests, True)
    assert fact.settle == settle or line.startswith("Attention")
    assert fact.says.endswith(".")
