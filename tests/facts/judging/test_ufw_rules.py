"""What ufw tells of RMC, where no rules of the kernel are shown."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.judging.ufw_rules import of_ufw
from tests.hosts.building import command, facts
from tests.hosts.cases import IPV4, broken, domain, lines, lssrc, says

HEAD = "Status: active\nDefault: {} (incoming), allow (outgoing), disabled (routed)\n"
NONE, DOWN, UP = lssrc("ctrmc rsct active"), domain(f"O A {IPV4}"), domain(f"I A {IPV4}")
ALLOWED = ("657/tcp ALLOW IN Anywhere", "657/udp ALLOW IN Anywhere")
PLAIN, LETS_IN, PERHAPS = "is not clear", "does not show the other rules of the kernel", "in, but a console is up"


def ufw(*rules: str, default: str = "deny", exit_status: int | None = 0) -> Evidence:
    return command("ufw status verbose", HEAD.format(default) + "".join(f"{one}\n" for one in rules), exit_status)


CASES = [
    pytest.param([ufw(), DOWN], "closed", "ufw refuses TCP and UDP 657", id="the default"),
    pytest.param([ufw(default="reject"), DOWN], "closed", "ufw refuses TCP and UDP 657", id="it rejects"),
    pytest.param([ufw(exit_status=None), DOWN], "closed", "ufw refuses TCP and UDP 657", id="a copy of verbose"),
    pytest.param([ufw(ALLOWED[0]), DOWN], "closed", "ufw refuses UDP 657", id="TCP alone"),
    pytest.param([ufw("657 DENY IN Anywhere", *ALLOWED), DOWN], "closed", "ufw refuses", id="denied first"),
    pytest.param([ufw("Anywhere DENY IN 10.9.0.0/16", *ALLOWED), DOWN], "closed", "ufw refuses", id="its network"),
    pytest.param([ufw(*ALLOWED, "657 DENY IN Anywhere"), DOWN], "", LETS_IN, id="allowed first"),
    pytest.param([ufw(*ALLOWED), DOWN], "", LETS_IN, id="both allowed"),
    pytest.param([ufw("600:700/tcp ALLOW IN 10.9.8.7", "1,657/udp ALLOW IN Anywhere"), DOWN], "", LETS_IN, id="ranges"),
    pytest.param([ufw(default="allow"), DOWN], "", LETS_IN, id="all is allowed"),
    pytest.param([ufw(*(f"{one} (v6)" for one in ALLOWED)), DOWN], "closed", "ufw refuses", id="for IPv6 alone"),
    pytest.param([ufw("657/tcp ALLOW IN 10.1.0.0/16", ALLOWED[1]), DOWN], "closed", "ufw refuses TCP", id="for others"),
    pytest.param([ufw(*ALLOWED)], "", PLAIN, id="and who knows of the family"),
    pytest.param([ufw("RSCT ALLOW IN Anywhere"), DOWN], "", PLAIN, id="a name"),
    pytest.param([ufw("657 on eth7 ALLOW IN Anywhere"), DOWN], "", PLAIN, id="an interface"),
    pytest.param([ufw("657 LIMIT IN Anywhere"), DOWN], "", PLAIN, id="limited"),
    pytest.param([ufw("657 ALLOW OUT Anywhere"), DOWN], "closed", "ufw refuses", id="what goes out"),
    pytest.param([ufw(), UP], "", PERHAPS, id="a console is up"),
    pytest.param([command("ufw status", "Status: active\n"), DOWN], "", PLAIN, id="no default is told"),
    pytest.param([command("ufw status", "Status: active\n", None), DOWN], "", "may not show all rules", id="a copy"),
    pytest.param([broken(ufw(), "truncated", partial=True), DOWN], "", "may not show all rules", id="cut"),
]


@pytest.mark.parametrize(("evidence", "word", "text"), CASES)
def test_the_verdict_of_ufw(evidence: list[Evidence], word: str, text: str) -> None:
    found = facts(NONE, *evidence, platform="linux", management="hmc")
    (verdict,) = of_ufw(found)
    assert (verdict.word, text in verdict.says, verdict.settle) == (word, True, "nft list ruleset")
    assert says(found.fact("firewall.rmc")) == (word or "?inconclusive")


NFT = command("nft list ruleset", "")


@pytest.mark.parametrize(
    "evidence",
    [[], [command("ufw status", "Status: inactive\n")], [broken(ufw(), "denied")], [ufw(), NFT]],
    ids=["nothing", "inactive", "denied", "rules are shown"],
)
def test_it_says_nothing(evidence: list[Evidence]) -> None:
    assert of_ufw(facts(NONE, DOWN, *evidence, platform="linux", management="hmc")) == []


def test_rules_of_the_kernel_decide_where_they_are_shown() -> None:
    found = facts(NONE, DOWN, ufw(), NFT, platform="linux", management="hmc").fact("firewall.rmc")
    assert (says(found), {place.request for place in found.evidence}) == ("open", {"nft list ruleset"})


def test_an_inactive_ufw_proves_nothing() -> None:
    inactive = command("ufw status", "Status: inactive\n")
    fact = facts(NONE, DOWN, inactive, platform="linux", management="hmc").fact("firewall.rmc")
    assert (says(fact), fact.settle) == ("?not_collected", "nft list ruleset")


def test_the_rules_that_decide_are_shown() -> None:
    deny = "657/udp DENY IN Anywhere"
    fact = facts(NONE, DOWN, ufw(ALLOWED[0], deny), platform="linux", management="hmc").fact("firewall.rmc")
    assert deny in lines(fact.evidence)
