"""The rules of nft and iptables."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, facts
from tests.hosts.cases import LOCAL, broken, lines, says
from tests.hosts.consoles import consoles, nft, resource

TCP, UDP, BOTH = "tcp dport 657 accept", "udp dport 657 accept", "meta l4proto { tcp, udp } th dport 657 accept"
KEPT, OLD_KEPT = "ct state established,related accept", "-m state --state RELATED,ESTABLISHED -j ACCEPT"
SAVE = "*filter\n:INPUT {policy} [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n{rules}COMMIT\n"


def save(policy: str, *rules: str) -> Evidence:
    return command("iptables-save", SAVE.format(policy=policy, rules="".join(f"-A INPUT {rule}\n" for rule in rules)))


CHAIN = "\tchain {name} {{\n\t\ttype filter hook {hook} priority 0; policy {policy};\n{rules}\t}}\n"


def chain(policy: str, *rules: str, hook: str = "input") -> str:
    return CHAIN.format(name=hook, hook=hook, policy=policy, rules="".join(f"\t\t{rule}\n" for rule in rules))


def table(family: str, policy: str, hook: str = "input") -> Evidence:
    return command("nft list ruleset", f"table {family} site {{\n{chain(policy, hook=hook)}}}\n")


def both_ways(out: str, *rules: str) -> Evidence:
    """A table that drops what comes in but for these rules, with this policy for what goes out."""
    text = chain("drop", *rules) + chain(out, hook="output")
    return command("nft list ruleset", f"table inet site {{\n{text}}}\n")


def beside(*rules: str) -> Evidence:
    """A table that drops what comes in, with these rules in another chain."""
    text = chain("drop") + "\tchain site {\n" + "".join(f"\t\t{rule}\n" for rule in rules) + "\t}\n"
    return command("nft list ruleset", f"table inet site {{\n{text}}}\n")


RULES = [
    pytest.param([command("nft list ruleset", "")], "open", id="no rules"),
    pytest.param([nft()], "open", id="all is accepted"),
    pytest.param([nft("accept", TCP)], "open", id="all is accepted, and 657 too"),
    pytest.param([nft("accept", "tcp dport 22 drop")], "open", id="another port is dropped"),
    pytest.param([nft("accept", "udp dport 657 drop")], "closed", id="657 is dropped"),
    pytest.param([nft("accept", "ip saddr 192.0.2.0/24 drop")], "open", id="others are dropped"),
    pytest.param([nft("drop")], "closed", id="all is dropped"),
    pytest.param([nft("drop", TCP)], "closed", id="TCP alone"),
    pytest.param([nft("drop", UDP)], "closed", id="UDP alone"),
    pytest.param([nft("drop", KEPT, TCP, UDP)], "open", id="TCP and UDP"),
    pytest.param([nft("drop", KEPT, BOTH)], "open", id="both in one rule"),
    pytest.param([nft("drop", KEPT, TCP, "ip saddr 10.9.8.7 udp dport 657 accept")], "open", id="from the console"),
    pytest.param([nft("drop", TCP, "udp dport 657 drop")], "closed", id="a rule beside the policy"),
    pytest.param([nft("drop", TCP, "ct state established accept")], "closed", id="replies of UDP alone"),
    pytest.param([nft("drop", "tcp dport 12601 accept", UDP)], "closed", id="TLS is not 657"),
    pytest.param([nft("drop", KEPT, "tcp dport 600-700 accept", UDP)], "open", id="a range"),
    pytest.param(
        [nft("drop", KEPT, "tcp dport { 22, 657 } counter packets 1 bytes 2 accept", UDP)], "open", id="a set"
    ),
    pytest.param([nft("drop", KEPT, "tcp dport rmc accept", UDP)], "open", id="a name"),
    pytest.param([nft("drop", "tcp dport @site accept", UDP)], "?inconclusive", id="a set that is elsewhere"),
    pytest.param([nft("drop", "meta l4proto tcp th dport 657 accept")], "closed", id="one protocol by its number"),
    pytest.param([nft("drop", KEPT, TCP, "udp dport 657 limit rate 1/second accept")], "?inconclusive", id="so many"),
    pytest.param([nft("drop", KEPT, TCP, "meta skuid 0 udp dport 657 accept")], "?inconclusive", id="a condition"),
    pytest.param([nft("accept", "tcp dport < 1024 drop")], "closed", id="all ports below one are dropped"),
    pytest.param([nft("accept", "ip saddr vmap { 10.9.8.7 : drop }")], "closed", id="a map of verdicts"),
    pytest.param([nft("accept", "queue to 0")], "?inconclusive", id="a queue decides"),
    pytest.param([nft("accept", 'counter packets 1 bytes 2 xt target "REJECT"')], "?inconclusive", id="xt target"),
    pytest.param([nft("accept", "counter packets 1 bytes 2 # xt_REJECT")], "?inconclusive", id="xt target, formerly"),
    pytest.param([nft("accept", "# match-set banned src counter drop")], "?inconclusive", id="a rule, and no comment"),
    pytest.param(
        [nft("accept", 'counter packets 1 bytes 2 xt target "LOG"')], "open", id="xt target that writes a log"
    ),
    pytest.param([table("ip", "drop")], "closed", id="the family of the console"),
    pytest.param([table("ip6", "drop")], "open", id="the other family"),
    pytest.param([table("netdev", "drop", "ingress")], "?inconclusive", id="before all families"),
    pytest.param([both_ways("accept", KEPT, TCP, UDP)], "open", id="accepted, and answers too"),
    pytest.param([both_ways("drop", TCP, UDP)], "closed", id="accepted, and answers are dropped"),
    pytest.param([both_ways("drop")], "closed", id="dropped both ways"),
    pytest.param([beside(TCP, UDP)], "closed", id="accepted in a chain that nothing enters"),
    pytest.param([broken(nft(), "truncated", partial=True)], "?inconclusive", id="cut"),
    pytest.param(
        [command("nft list ruleset", "\n".join(nft().out.lines[:-1]), None)], "?inconclusive", id="a part of a copy"
    ),
    pytest.param([broken(nft(), "denied")], "?denied", id="not root"),
    pytest.param([save("ACCEPT")], "?inconclusive", id="iptables accepts, nft is not told"),
    pytest.param([save("DROP")], "closed", id="iptables drops"),
    pytest.param([save("DROP", "-p tcp -m tcp --dport 657 -j ACCEPT")], "closed", id="iptables: TCP alone"),
    pytest.param(
        [save("DROP", "-p tcp --dport 657 -j ACCEPT", "-p udp --dport 657 -j LOG")], "closed", id="UDP in a log alone"
    ),
    pytest.param(
        [save("DROP", OLD_KEPT, "-p tcp -m tcp --dport 657 -j ACCEPT", "-p udp -m udp --dport 657 -j ACCEPT")],
        "?inconclusive",
        id="iptables: both, nft is not told",
    ),
    pytest.param([save("DROP"), nft()], "?conflicting", id="iptables drops, nft accepts"),
    pytest.param([save("DROP", "-s 10.9.8.7 -j ACCEPT"), nft("drop")], "closed", id="iptables drops most, nft all"),
    pytest.param([save("ACCEPT"), nft()], "open", id="both accept"),
    pytest.param(
        [save("ACCEPT", "-p udp -m udp --dport 657 -j DROP"), nft()],
        "?conflicting",
        id="iptables may drop it, nft accepts",
    ),
    pytest.param([save("DROP", "-p udp -m udp --dport 657 -s 10.9.8.7 -j ACCEPT"), nft()], "?conflicting", id="some"),
    pytest.param(
        [save("ACCEPT", "-p udp -m udp --dport 657 -j LOG"), nft()], "open", id="iptables writes a log, nft accepts"
    ),
    pytest.param(
        [
            save(
                "DROP",
                OLD_KEPT,
                '-p tcp -m multiport --dports 22,657 -m comment --comment "for RMC" -j ACCEPT',
                "-p udp -m udp --dport 600:700 -m comment --comment RMC -j ACCEPT",
            ),
            nft(),
        ],
        "open",
        id="iptables accepts 657, nft all",
    ),
    pytest.param(
        [save("ACCEPT", "-p tcp -m multiport --dports 22 -m set --match-set banned src -j REJECT"), nft()],
        "open",
        id="iptables refuses some to ssh, nft accepts",
    ),
    pytest.param([broken(save("ACCEPT"), "truncated", partial=True), nft()], "open", id="iptables is cut"),
    pytest.param([], "?not_collected", id="not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), RULES)
def test_rules(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(consoles(), *evidence, platform="linux", management="hmc").fact("firewall.rmc")) == expected


def test_iptables_says_nothing_of_a_console_over_ipv6() -> None:
    evidence = [consoles(resource(address=LOCAL)), save("DROP")]
    assert says(facts(*evidence, platform="linux", management="hmc").fact("firewall.rmc")) == "?not_collected"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (save("DROP"), "closed"),
        (save("ACCEPT", "-p udp -m udp --dport 657 -j DROP"), "?conflicting"),
        (save("ACCEPT"), "open"),
    ],
)
def test_ip6tables_speaks_of_a_console_over_ipv6(rules: Evidence, expected: str) -> None:
    six = command("ip6tables-save", "\n".join(rules.out.lines))
    evidence = [consoles(resource(address=LOCAL)), six, *([] if expected == "closed" else [nft()])]
    assert says(facts(*evidence, platform="linux", management="hmc").fact("firewall.rmc")) == expected
    assert says(facts(consoles(), six, nft(), platform="linux", management="hmc").fact("firewall.rmc")) == "open"


def test_the_policy_and_what_it_lets_in_are_shown() -> None:
    fact = facts(consoles(), nft("drop", TCP), platform="linux", management="hmc").fact("firewall.rmc")
    assert fact.says == "Nft refuses UDP 657."
    assert "policy drop" in lines(fact.evidence)
    assert TCP in lines(fact.evidence)


def test_a_contradiction_shows_both_listings() -> None:
    evidence = [save("ACCEPT", "-p udp -m udp --dport 657 -j DROP"), nft()]
    fact = facts(consoles(), *evidence, platform="linux", management="hmc").fact("firewall.rmc")
    assert {place.request for place in fact.evidence} == {"iptables-save", "nft list ruleset"}


def test_iptables_without_nft_names_what_would_settle_it() -> None:
    fact = facts(consoles(), save("ACCEPT"), platform="linux", management="hmc").fact("firewall.rmc")
    assert fact.settle == "nft list ruleset"


UNTOLD = [
    pytest.param(nft("accept", "queue to 0"), "what the rules of nft make of TCP and UDP 657 is not clear", id="nft"),
    pytest.param(broken(nft(), "truncated", partial=True), "the listing of nft does not show all rules", id="cut"),
]


@pytest.mark.parametrize(("rules", "why"), UNTOLD)
def test_why_rules_do_not_decide(rules: Evidence, why: str) -> None:
    fact = facts(consoles(), rules, platform="linux", management="hmc").fact("firewall.rmc")
    assert fact.says == f"Whether the local firewall lets RMC in is unknown: {why}."
    assert fact.settle == "nft list ruleset"


def kernel(release: str, option: str = "a") -> Evidence:
    text = f"Linux lpar18 {release} #1 SMP ppc64 GNU/Linux\n" if option == "a" else f"{release}\n"
    return command(f"uname -{option}", text)


OLD = kernel("3.0.101-108-ppc64")
LETS_IN = save("DROP", OLD_KEPT, "-p tcp -m tcp --dport 657 -j ACCEPT", "-p udp -m udp --dport 657 -j ACCEPT")
FOR_SOME = '-p udp -m comment --comment "of the site" -m udp --dport 657 -m limit --limit 5/min -j ACCEPT'
KERNELS = [
    pytest.param([OLD, save("ACCEPT")], "open", id="before nft: iptables accepts all"),
    pytest.param([OLD, LETS_IN], "open", id="before nft: iptables lets it in"),
    pytest.param([kernel("2.6.32-754.el6.ppc64"), save("ACCEPT")], "open", id="still older"),
    pytest.param(
        [OLD, save("DROP", OLD_KEPT, "-p tcp --dport 657 -j ACCEPT", FOR_SOME)],
        "?inconclusive",
        id="a condition behind a comment",
    ),
    pytest.param([kernel("3.x.101"), save("ACCEPT")], "?inconclusive", id="a version that is none"),
    pytest.param([OLD, save("DROP")], "closed", id="before nft: iptables drops"),
    pytest.param([OLD, command("iptables -S", "-P INPUT ACCEPT\n-P OUTPUT ACCEPT\n")], "?inconclusive", id="a table"),
    pytest.param([OLD, broken(save("ACCEPT"), "truncated", partial=True)], "?inconclusive", id="before nft, cut"),
    pytest.param([kernel("3.13.0-170-generic"), save("ACCEPT")], "?inconclusive", id="the first with nft"),
    pytest.param([kernel("3.10.0-1160.el7.ppc64le"), save("ACCEPT")], "?inconclusive", id="RHEL 7 has it"),
    pytest.param([kernel("custom"), save("ACCEPT")], "?inconclusive", id="no number"),
    pytest.param([OLD, kernel("5.14.0-427", "r"), save("ACCEPT")], "?conflicting", id="two kernels"),
]


@pytest.mark.parametrize(("evidence", "expected"), KERNELS)
def test_iptables_alone_decides_on_a_kernel_from_before_nft(evidence: list[Evidence], expected: str) -> None:
    fact = facts(consoles(resource()), *evidence, platform="linux").fact("firewall.rmc")
    assert says(fact) == expected
    assert ("from before nft" in fact.says) == (expected == "open")
    assert (OLD.out.lines[0] in lines(fact.evidence)) == (evidence[0] is OLD and expected in ("open", "?conflicting"))


def test_two_kernels_are_both_shown() -> None:
    other = kernel("5.14.0-427", "r")
    fact = facts(consoles(resource()), OLD, other, save("ACCEPT"), platform="linux").fact("firewall.rmc")
    assert "and two answers of uname contradict each other" in fact.says
    assert {place.request for place in fact.evidence} == {"iptables-save", OLD.request, other.request}
    assert fact.settle == "uname -a"


LISTED = """\
Chain INPUT (policy {policy} 0 packets, 0 bytes)
 pkts bytes target     prot opt in     out     source               destination
{rows}
Chain OUTPUT (policy ACCEPT 0 packets, 0 bytes)
 pkts bytes target     prot opt in     out     source               destination
"""
LET_IN = [
    "    0     0 ACCEPT all -- * * 0.0.0.0/0 0.0.0.0/0 state RELATED,ESTABLISHED\n",
    *(f"    0     0 ACCEPT {name} -- * * 0.0.0.0/0 0.0.0.0/0 {name} dpt:657\n" for name in ("tcp", "udp")),
]


def listed(policy: str, *rows: str) -> Evidence:
    """`iptables -vnxL`, as sos asks it."""
    return command("iptables -vnxL", LISTED.format(policy=policy, rows="".join(rows)))


def one_table(policy: str, *rules: str) -> Evidence:
    """One table of nft, as supportconfig asks it."""
    return command("nft list table inet site", f"table inet site {{\n{chain(policy, *rules)}}}\n")


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([listed("DROP")], "closed"),
        ([listed("DROP", *LET_IN[:2])], "closed"),
        ([listed("DROP", *LET_IN)], "?inconclusive"),
        ([listed("ACCEPT")], "?inconclusive"),
        ([listed("ACCEPT"), nft()], "open"),
        ([listed("DROP", *LET_IN), nft()], "open"),
        ([listed("DROP"), nft()], "?conflicting"),
        ([one_table("drop")], "closed"),
        ([one_table("accept")], "?inconclusive"),
        ([one_table("drop", KEPT, TCP, UDP)], "?inconclusive"),
    ],
)
def test_what_support_archives_list_refuses_and_never_opens_alone(evidence: list[Evidence], expected: str) -> None:
    found = facts(consoles(), *evidence, platform="linux", management="hmc")
    assert says(found.fact("firewall.rmc")) == expected


HYGIENE = [
    "tcp flags & (fin | syn | rst | ack) != syn ct state new drop",
    "tcp flags & (fin|syn|rst|ack) != syn ct state new counter packets 0 bytes 0 drop",
    "tcp flags != syn / fin,syn,rst,ack ct state new drop",
    "tcp flags fin,psh,urg / fin,syn,rst,psh,ack,urg drop",
    "tcp flags & (fin | syn | rst | psh | ack | urg) == 0x0 drop",
    "tcp flags == 0x0 drop",
    "ip frag-off & 0x1fff != 0x0 drop",
    "ip frag-off & 8191 != 0 drop",
    "meta mark & 0x00008000 == 0x00008000 counter packets 0 bytes 0 drop",
    "ip saddr @nobody drop",
    "ip saddr vmap @none",
    "tcp dport 12601 drop",
    "tcp sport 0-1023 ct state new drop",
]
SITE = (
    "table inet site {{\n\tset nobody {{\n\t\ttype ipv4_addr\n\t\tflags timeout\n\t}}\n"
    "\tmap none {{\n\t\ttype ipv4_addr : verdict\n\t}}\n{}}}\n"
)


def site(policy: str, *rules: str, out: tuple[str, ...] = ()) -> Evidence:
    """A table with an empty set, an empty map, and these rules each way."""
    return command("nft list ruleset", SITE.format(chain(policy, *rules) + chain("accept", *out, hook="output")))


@pytest.mark.parametrize("hygiene", HYGIENE)
def test_what_cannot_be_a_packet_of_rmc_is_passed_over(hygiene: str) -> None:
    found = facts(consoles(), site("drop", KEPT, hygiene, TCP, UDP), platform="linux", management="hmc")
    assert says(found.fact("firewall.rmc")) == "open"


ONLY = [
    ("ip saddr @nobody accept", "closed"),
    ("ip saddr != @nobody accept", "open"),
    ("tcp flags & (fin | syn | rst | ack) == ack accept", "closed"),
    ("tcp flags syn accept", "closed"),
    ("meta mark & 0x8000 == 0x8000 accept", "closed"),
    ("meta mark & 0x8000 == 0 accept", "open"),
    ("ip saddr @elsewhere accept", "?inconclusive"),
]


@pytest.mark.parametrize(("rule", "expected"), ONLY)
def test_one_rule_that_accepts(rule: str, expected: str) -> None:
    found = facts(consoles(), site("drop", KEPT, rule), platform="linux", management="hmc")
    assert says(found.fact("firewall.rmc")) == expected


MARKED = [
    (("meta mark set 0x8000",), "closed"),
    (("meta mark set meta mark | 0x8000",), "closed"),
    (("meta mark set ct mark",), "closed"),
    (("tcp dport 80 meta mark set 0x8000",), "open"),
    (("meta mark set 0x4000",), "open"),
]


@pytest.mark.parametrize(("before", "expected"), MARKED)
def test_a_mark_counts_where_a_rule_may_set_it(before: tuple[str, ...], expected: str) -> None:
    """What is set for certain is not followed: then either may be."""
    marks = "meta mark & 0x8000 == 0x8000 drop"
    found = facts(consoles(), site("drop", *before, marks, KEPT, TCP, UDP), platform="linux", management="hmc")
    assert says(found.fact("firewall.rmc")) == ("open" if expected == "open" else "?inconclusive")


SENT = [
    ("tcp dport 25 reject", "open"),
    ("tcp dport { 23, 25, 135, 445 } drop", "open"),
    ("udp dport 53 drop", "open"),
    ("udp dport 53 notrack", "open"),
    ("tcp dport 657 drop", "closed"),
    ("udp sport 657 drop", "closed"),
    ("tcp dport 30000-50000 drop", "?inconclusive"),
    ("meta l4proto tcp notrack", "open"),
]


@pytest.mark.parametrize(("rule", "expected"), SENT)
def test_rules_for_what_goes_out(rule: str, expected: str) -> None:
    found = facts(consoles(), site("accept", out=(rule,)), platform="linux", management="hmc")
    assert says(found.fact("firewall.rmc")) == expected


ANSWERS = [
    pytest.param(site("accept", "tcp sport 657 tcp dport 1024-65535 drop"), id="dropped"),
    pytest.param(site("accept", "tcp sport < 1024 drop"), id="dropped by its range"),
    pytest.param(nft("drop", TCP, UDP), id="without connection tracking"),
    pytest.param(nft("drop", "ct state new tcp dport 657 accept", UDP, "tcp dport 657 accept"), id="new"),
    pytest.param(save("DROP", "-p tcp --dport 657 -j ACCEPT", "-p udp --dport 657 -j ACCEPT"), id="iptables"),
]


@pytest.mark.parametrize("rules", ANSWERS)
def test_what_the_console_answers_must_come_in(rules: Evidence) -> None:
    fact = facts(consoles(), rules, platform="linux", management="hmc").fact("firewall.rmc")
    assert says(fact) == "closed"
    assert "TCP 657" in fact.says
    kept = facts(consoles(), site("drop", TCP, UDP, "tcp sport 657 accept"), platform="linux").fact("firewall.rmc")
    assert says(kept) == "open"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), "?inconclusive"),
        (("icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept",), "open"),
        (("icmpv6 type nd-neighbor-advert accept",), "?inconclusive"),
        (("icmpv6 type { 135, 136 } ip6 hoplimit 255 accept",), "open"),
        (("icmpv6 type { 135, 136 } ip6 hoplimit 1 accept",), "?inconclusive"),
        (("meta l4proto { icmp, ipv6-icmp } accept",), "open"),
        (("ip6 nexthdr icmpv6 accept",), "open"),
        (("ip6 saddr fe80::/10 accept",), "open"),
        (("ct state untracked accept",), "open"),
        (("ct state established,related,new accept",), "?inconclusive"),
        (("meta pkttype multicast drop", "meta l4proto ipv6-icmp accept"), "?inconclusive"),
    ],
)
def test_a_console_over_ipv6_is_found_by_neighbour_discovery(rules: tuple[str, ...], expected: str) -> None:
    local = "fe80::b8ce:f6ff:fe01:2d03"
    evidence = [consoles(resource(address=LOCAL, local=local)), nft("drop", KEPT, *rules, TCP, UDP)]
    fact = facts(*evidence, platform="linux", management="novalink").fact("firewall.rmc")
    assert says(fact) == expected
    assert ("neighbour discovery" in fact.says) == (expected != "open")


OF_KUBERNETES = (
    "*filter\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:KUBE-FIREWALL - [0:0]\n-A INPUT -j KUBE-FIREWALL\n"
    "-A OUTPUT -j KUBE-FIREWALL\n-A KUBE-FIREWALL ! -s 127.0.0.0/8 -d 127.0.0.0/8 -m conntrack "
    "! --ctstate RELATED,ESTABLISHED,DNAT -j DROP\n-A KUBE-FIREWALL -m mark --mark 0x8000/0x8000 -j DROP\nCOMMIT\n"
    "*nat\n:PREROUTING ACCEPT [0:0]\n:KUBE-MARK-DROP - [0:0]\n:KUBE-SVC - [0:0]\n-A PREROUTING -j KUBE-SVC\n"
    "-A KUBE-SVC -d {} -p tcp -m tcp --dport 443 -j KUBE-MARK-DROP\n"
    "-A KUBE-MARK-DROP -j MARK --set-xmark 0x8000/0x8000\nCOMMIT\n"
)
OLD_HYGIENE = [
    "-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -m state --state NEW -j DROP",
    "-p tcp ! --syn -m state --state NEW -j DROP",
    "-p tcp -m tcp --tcp-flags FIN,SYN,RST,PSH,ACK,URG NONE -j DROP",
    "-p tcp -m tcp --tcp-flags ALL ALL -j DROP",
    "-f -j DROP",
    "-p tcp -m tcp --sport 0:1023 -m state --state NEW -j DROP",
    "-m mark --mark 0x8000/0x8000 -j DROP",
]


@pytest.mark.parametrize("hygiene", OLD_HYGIENE)
def test_the_same_of_iptables(hygiene: str) -> None:
    ports = [f"-p {name} -m multiport --ports 22,657 -j ACCEPT" for name in ("tcp", "udp")]
    assert (
        says(facts(consoles(), OLD, save("DROP", OLD_KEPT, hygiene, *ports), platform="linux").fact("firewall.rmc"))
        == "open"
    )


@pytest.mark.parametrize(
    ("service", "expected"), [("10.96.0.1/32", "open"), ("0.0.0.0/0", "open"), ("", "?inconclusive")]
)
def test_the_marks_of_kubernetes(service: str, expected: str) -> None:
    text = OF_KUBERNETES.format(service) if service else OF_KUBERNETES.replace("-d {} -p tcp -m tcp --dport 443 ", "")
    fact = facts(consoles(), OLD, command("iptables-save", text), platform="linux").fact("firewall.rmc")
    assert says(fact) == expected


def test_a_mark_of_another_rule_set_counts_too() -> None:
    marks = "*mangle\n:PREROUTING ACCEPT [0:0]\n{}COMMIT\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n"
    asks = site("accept", "meta mark 0x1 drop")
    for rule, expected in (("", "open"), ("-A PREROUTING -j MARK --set-xmark 0x1/0xffffffff\n", "?inconclusive")):
        other = command("iptables-save", marks.format(rule))
        assert says(facts(consoles(), asks, other, platform="linux").fact("firewall.rmc")) == expected
