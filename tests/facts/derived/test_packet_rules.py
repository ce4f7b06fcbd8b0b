"""The rules of nft and iptables."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.building import command, facts
from tests.console_answers import consoles, nft, resource
from tests.facts.derived.cases import LOCAL, broken, lines, says

TCP, UDP, BOTH = "tcp dport 657 accept", "udp dport 657 accept", "meta l4proto { tcp, udp } th dport 657 accept"
SAVE = "*filter\n:INPUT {policy} [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n{rules}COMMIT\n"


def save(policy: str, *rules: str) -> Evidence:
    return command("iptables-save", SAVE.format(policy=policy, rules="".join(f"-A INPUT {rule}\n" for rule in rules)))


RULES = [
    pytest.param([command("nft list ruleset", "")], "open", id="no rules"),
    pytest.param([nft()], "open", id="all is accepted"),
    pytest.param([nft("accept", TCP)], "open", id="all is accepted, and 657 too"),
    pytest.param([nft("accept", "tcp dport 22 drop")], "open", id="another port is dropped"),
    pytest.param([nft("accept", "udp dport 657 drop")], "?inconclusive", id="657 is dropped, at some place"),
    pytest.param([nft("accept", "ip saddr 192.0.2.0/24 drop")], "?inconclusive", id="some are dropped"),
    pytest.param([nft("drop")], "closed", id="all is dropped"),
    pytest.param([nft("drop", TCP)], "closed", id="TCP alone"),
    pytest.param([nft("drop", UDP)], "closed", id="UDP alone"),
    pytest.param([nft("drop", TCP, UDP)], "open", id="TCP and UDP"),
    pytest.param([nft("drop", BOTH)], "open", id="both in one rule"),
    pytest.param([nft("drop", TCP, "ip saddr 10.9.8.7 udp dport 657 accept")], "?inconclusive", id="from one address"),
    pytest.param([nft("drop", TCP, "udp dport 657 drop")], "?inconclusive", id="a rule beside the policy"),
    pytest.param([nft("drop", TCP, "ct state established accept")], "?inconclusive", id="a rule that is not kept"),
    pytest.param([broken(nft(), "truncated", partial=True)], "?inconclusive", id="cut"),
    pytest.param([broken(nft(), "denied")], "?denied", id="not root"),
    pytest.param([save("ACCEPT")], "?inconclusive", id="iptables accepts, nft is not told"),
    pytest.param([save("DROP")], "closed", id="iptables drops"),
    pytest.param([save("DROP", "-p tcp -m tcp --dport 657 -j ACCEPT")], "closed", id="iptables: TCP alone"),
    pytest.param(
        [save("DROP", "-p tcp -m tcp --dport 657 -j ACCEPT", "-p udp -m udp --dport 657 -j ACCEPT")],
        "?inconclusive",
        id="iptables: both, nft is not told",
    ),
    pytest.param([save("DROP"), nft()], "?conflicting", id="iptables drops, nft accepts"),
    pytest.param([save("ACCEPT"), nft()], "open", id="both accept"),
    pytest.param([], "?not_collected", id="not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), RULES)
def test_rules(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(consoles(), *evidence, platform="linux", management="hmc").fact("firewall.rmc")) == expected


def test_iptables_says_nothing_of_a_console_over_ipv6() -> None:
    evidence = [consoles(resource(address=LOCAL)), save("DROP")]
    assert says(facts(*evidence, platform="linux", management="hmc").fact("firewall.rmc")) == "?not_collected"


def test_the_policy_and_what_it_lets_in_are_shown() -> None:
    fact = facts(consoles(), nft("drop", TCP), platform="linux", management="hmc").fact("firewall.rmc")
    assert fact.says == "Nft refuses UDP 657."
    assert "policy drop" in lines(fact.evidence)
    assert TCP in lines(fact.evidence)


def test_iptables_without_nft_names_what_would_settle_it() -> None:
    fact = facts(consoles(), save("ACCEPT"), platform="linux", management="hmc").fact("firewall.rmc")
    assert fact.settle == "nft list ruleset"
