"""The IP filter of AIX and VIOS."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, facts
from tests.hosts.cases import IPV4, LOCAL, broken, lines, says
from tests.hosts.consoles import DENY, PERMIT, consoles, ip_filter, resource

RULE = (
    "2|{action}|{source}|{mask}|{target}|{prefix}|yes|{protocol}|{sport}|{port}|{scope}|{direction}|no|{fragments}"
    "|{tunnel}|{card}|0|{pattern}||\n"
)
EVERYTHING = {
    "source": "0.0.0.0",
    "mask": "0.0.0.0",
    "target": "0.0.0.0",
    "prefix": "0.0.0.0",
    "sport": "any|0",
    "direction": "inbound",
    "card": "all",
    "scope": "both",
    "fragments": "all packets",
    "tunnel": "0",
    "pattern": "",
}
FOUR, SIX = consoles(), consoles(resource(address=LOCAL))
OFF6, OFF4 = ip_filter("6"), ip_filter("4")


def rule(action: str, port: str = "any|0", protocol: str = "all", **other: str) -> str:
    return RULE.format(action=action, port=port, protocol=protocol, **{**EVERYTHING, **other})


FROM = rule("permit", sport="eq|657")
CONSOLE = {"source": IPV4, "mask": "255.255.255.255"}
TO = {"target": IPV4, "prefix": "255.255.255.255"}
EACH_WAY = [
    rule("permit", direction=direction, **{side: "eq|657"})
    for direction in ("inbound", "outbound")
    for side in ("port", "sport")
]
FOR_ONE = [
    rule("permit", direction=direction, protocol=protocol, **{side: "eq|657"}, **ends)
    for direction, ends in (("inbound", CONSOLE), ("outbound", TO))
    for side in ("port", "sport")
    for protocol in ("tcp", "udp")
]
RULES = [
    pytest.param((), "open", id="not there"),
    pytest.param((PERMIT,), "open", id="the default rule permits"),
    pytest.param((DENY, PERMIT), "closed", id="UDP 657 denied"),
    pytest.param((rule("deny", "eq|657", "tcp"), PERMIT), "closed", id="TCP 657 denied"),
    pytest.param((rule("permit", "eq|657"), rule("deny"), PERMIT), "closed", id="657 permitted, answers denied"),
    pytest.param((rule("permit", "eq|657"), FROM, rule("deny"), PERMIT), "open", id="657 permitted, the rest denied"),
    pytest.param((*EACH_WAY, rule("deny", direction="both"), PERMIT), "open", id="both ways, the rest denied"),
    *(
        pytest.param(
            (*EACH_WAY[:n], *EACH_WAY[n + 1 :], rule("deny", direction="both"), PERMIT), "closed", id=f"no {n}"
        )
        for n in range(4)
    ),
    pytest.param(
        (rule("permit", "eq|657", direction="both"), rule("deny", direction="both"), PERMIT),
        "closed",
        id="permitted by the far port alone",
    ),
    pytest.param((rule("deny", direction="outbound"), PERMIT), "closed", id="nothing goes out"),
    pytest.param((rule("deny", sport="eq|657"), PERMIT), "closed", id="answers alone"),
    pytest.param(
        (rule("permit", protocol="tcp/ack"), rule("permit", "eq|657"), rule("deny"), PERMIT), "open", id="ack"
    ),
    pytest.param(
        (
            *(rule(action, direction="both", **ends) for action in ("permit",) for ends in (CONSOLE, TO)),
            rule("deny", direction="both"),
            PERMIT,
        ),
        "open",
        id="all with the console, the rest denied",
    ),
    pytest.param((*FOR_ONE, rule("deny", direction="both"), PERMIT), "open", id="657 with the console alone"),
    pytest.param((rule("deny", **CONSOLE), PERMIT), "closed", id="nothing from the console"),
    pytest.param((rule("deny", direction="outbound", **TO), PERMIT), "closed", id="nothing to the console"),
    pytest.param((rule("deny", **{**CONSOLE, "mask": "32"}), PERMIT), "closed", id="by the length of a prefix"),
    pytest.param((rule("deny", **{**CONSOLE, "mask": "x"}), PERMIT), "?inconclusive", id="a mask that is none"),
    pytest.param((rule("permit", "eq|657", "tcp"), rule("deny"), PERMIT), "closed", id="TCP alone permitted"),
    pytest.param((rule("deny"), rule("permit", "eq|657"), PERMIT), "closed", id="the first rule counts"),
    pytest.param((rule("deny", "eq|22", "tcp"), PERMIT), "open", id="another port denied"),
    pytest.param((rule("deny", "eq|657", "icmp"), PERMIT), "open", id="another protocol denied"),
    pytest.param((rule("deny", "eq|657", direction="outbound"), PERMIT), "closed", id="what goes out"),
    pytest.param((rule("deny", "lt|1024", "udp"), PERMIT), "closed", id="all ports below 1024 denied"),
    pytest.param((rule("deny", "gt|1023", "udp"), PERMIT), "open", id="all ports above 1023 denied"),
    pytest.param((rule("deny", "neq|657", "udp"), PERMIT), "open", id="all ports but 657 denied"),
    pytest.param((rule("deny", "ge|657", "udp"), PERMIT), "closed", id="from 657 on denied"),
    pytest.param((rule("deny", "le|656", "udp"), PERMIT), "open", id="up to 656 denied"),
    pytest.param((rule("deny", "le|657", "udp"), PERMIT), "closed", id="up to 657 denied"),
    pytest.param((rule("deny", "ge|658", "udp"), PERMIT), "open", id="from 658 on denied"),
    pytest.param((rule("deny", "lt|657", "udp"), PERMIT), "open", id="below 657 denied"),
    pytest.param((rule("deny", "lt|658", "udp"), PERMIT), "closed", id="below 658 denied"),
    pytest.param((rule("deny", "gt|657", "udp"), PERMIT), "open", id="above 657 denied"),
    pytest.param((rule("deny", "gt|656", "udp"), PERMIT), "closed", id="above 656 denied"),
    pytest.param((rule("deny", "eq|rmc"), PERMIT), "?inconclusive", id="a port by a name"),
    pytest.param((rule("deny", "eq|657", "tcp/ack"), PERMIT), "closed", id="of sessions that stand"),
    pytest.param((rule("deny", "eq|657", source="192.0.2.0", mask="255.255.255.0"), PERMIT), "open", id="of others"),
    pytest.param((rule("deny", "eq|657", source="0.0.0.0/0"), PERMIT), "closed", id="of all, with a prefix"),
    pytest.param((rule("deny", "eq|657", card="en5"), PERMIT), "?inconclusive", id="on one interface"),
    pytest.param((rule("deny", "eq|657", sport="eq|1024"), PERMIT), "open", id="from one port"),
    pytest.param((rule("deny", "eq|657", sport="gt|32767"), PERMIT), "?inconclusive", id="from many ports"),
    pytest.param((rule("deny", "eq|657", "tcp", sport="lt|1024"), PERMIT), "open", id="from ports that TCP never has"),
    pytest.param((rule("deny", "eq|657", "pup"), PERMIT), "?inconclusive", id="a protocol that is not known"),
    pytest.param((rule("deny", "eq|657", "50"), PERMIT), "open", id="another protocol by its number"),
    pytest.param((rule("deny", "xx|657"), PERMIT), "?inconclusive", id="an operator that is not known"),
    pytest.param((rule("deny", "eq|657", "17"), PERMIT), "closed", id="a protocol by its number"),
    pytest.param((rule("deny", "eq|657", scope="local"), PERMIT), "closed", id="what comes to this system"),
    pytest.param((rule("deny", "eq|657", scope="route"), PERMIT), "open", id="what is forwarded"),
    pytest.param((rule("permit", "eq|657", scope="route"), rule("deny"), PERMIT), "closed", id="permits that"),
    pytest.param((rule("deny", "eq|657", fragments="fragments only"), PERMIT), "?inconclusive", id="fragments"),
    pytest.param((rule("deny", "eq|657", tunnel="3"), PERMIT), "?inconclusive", id="of a tunnel"),
    pytest.param((rule("deny", "eq|657", pattern="0x4d5a"), PERMIT), "?inconclusive", id="with a pattern"),
    pytest.param((rule("if", "eq|657"), PERMIT), "?inconclusive", id="another action"),
    pytest.param((rule("if", "eq|22"), rule("deny", "eq|657"), PERMIT), "?inconclusive", id="on a condition"),
    pytest.param((rule("permit", "eq|22"),), "?inconclusive", id="no rule decides"),
]


@pytest.mark.parametrize(("rules", "expected"), RULES)
def test_rules_in_force(rules: tuple[str, ...], expected: str) -> None:
    found = facts(FOUR, OFF6, ip_filter("4", *rules)).fact("firewall.rmc")
    assert says(found) == expected


@pytest.mark.parametrize(("rules", "expected"), [((PERMIT,), "open"), ((DENY, PERMIT), "?inconclusive")])
def test_what_is_only_configured_need_not_run(rules: tuple[str, ...], expected: str) -> None:
    fact = facts(FOUR, OFF6, ip_filter("4", *rules, option="s")).fact("firewall.rmc")
    assert says(fact) == expected
    assert expected == "open" or "configured to deny it, and whether it runs is not shown" in fact.says


CLOSED4, CLOSED6 = ip_filter("4", DENY, PERMIT), ip_filter("6", DENY, PERMIT)
FAMILIES = [
    # the console; IPv4 closed, IPv6 closed, both
    pytest.param([FOUR], "closed", "open", "closed", id="IPv4"),
    pytest.param([SIX], "open", "closed", "closed", id="IPv6"),
    pytest.param([consoles(resource(), resource(2, LOCAL))], "open", "open", "closed", id="both"),
    pytest.param([], "?inconclusive", "?inconclusive", "closed", id="unknown"),
]


@pytest.mark.parametrize(("console", "four", "six", "both"), FAMILIES)
def test_the_family_of_the_console_counts(console: list[Evidence], four: str, six: str, both: str) -> None:
    filters = ([CLOSED4, OFF6], [OFF4, CLOSED6], [CLOSED4, CLOSED6])
    assert [says(facts(*console, *one, management="hmc").fact("firewall.rmc")) for one in filters] == [four, six, both]


BLANKS = rule("{}", "eq|657", card="en5")
OTHER = [
    pytest.param([OFF4], "?not_collected", id="IPv6 not asked"),
    pytest.param([CLOSED4], "?not_collected", id="closed, and IPv6 not asked"),
    pytest.param([OFF4, broken(OFF6, "denied")], "?denied", id="IPv6 not for this user"),
    pytest.param([broken(OFF4, "denied"), broken(OFF6, "denied")], "?denied", id="not root"),
    pytest.param([OFF6, broken(ip_filter("4", PERMIT), "truncated", partial=True)], "?truncated", id="cut to nothing"),
    pytest.param([OFF6, broken(ip_filter("4", PERMIT, PERMIT), "truncated", partial=True)], "?inconclusive", id="cut"),
    pytest.param([OFF4, OFF6, ip_filter("4", DENY, option="a")], "?conflicting", id="two answers to one request"),
    pytest.param(
        [OFF4, OFF6, ip_filter("4", PERMIT, option="s"), CLOSED4._replace(argv=("lsfilt", "-a", "-v4"))],
        "?conflicting",
        id="two",
    ),
    pytest.param([command("lsfilt -a", "", 1, err="IP Security is not loaded\n")], "open", id="both families at once"),
    pytest.param(
        [OFF6, ip_filter("4", rule("permit", "eq|657"))._replace(exit_status=None)],
        "?inconclusive",
        id="a part of a copy",
    ),
    *(
        pytest.param(
            [OFF6, command("lsfilt -a -v4 -O", f"{BLANKS.format(first)}{rule(second)}{PERMIT}".replace("|", " "))],
            "?inconclusive",
            id=f"a copy that does not tell for which interface it {first}s",
        )
        for first, second in (("permit", "deny"), ("deny", "permit"))
    ),
    pytest.param([], "?not_collected", id="not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), OTHER)
def test_other_answers(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence, FOUR).fact("firewall.rmc")) == expected


def test_the_rule_that_decides_is_shown() -> None:
    fact = facts(FOUR, OFF6, CLOSED4).fact("firewall.rmc")
    assert fact.says == "The IPv4 filter denies UDP 657."
    assert DENY.strip() in lines(fact.evidence)


def test_a_vios_has_it_too() -> None:
    assert says(facts(FOUR, OFF6, CLOSED4, platform="vios").fact("firewall.rmc")) == "closed"


UNTOLD = [
    pytest.param(
        [OFF4, CLOSED6],
        "the IPv4 filter is not there, the IPv6 filter denies UDP 657, and which of them the console uses is not shown",
        "lsrsrc IBM.MCP",
        id="which family",
    ),
    pytest.param(
        [OFF4, ip_filter("6", rule("deny", "eq|rmc"))],
        "what the IPv6 filter makes of TCP and UDP 657 is not clear",
        "lsfilt -a -v6 -O",
        id="not plain",
    ),
    pytest.param(
        [OFF4, ip_filter("6", rule("permit", "eq|22", "tcp"), rule("permit", "eq|657", "udp"), option="s")],
        "what the IPv6 filter makes of TCP and UDP 657 is not clear",
        "lsfilt -a -v6 -O",
        id="no rule for TCP",
    ),
    pytest.param(
        [OFF6, broken(ip_filter("4", PERMIT, PERMIT), "truncated", partial=True)],
        "the listing of the IPv4 filter does not show all rules",
        "lsfilt -a -v4 -O",
        id="cut",
    ),
    pytest.param(
        [command("lsfilt -s", rule("deny", "eq|657", "udp") + PERMIT)],
        "the IP filter is configured to deny it, and whether it runs is not shown",
        "lsfilt -a -v4 -O",
        id="both families in one listing",
    ),
]


@pytest.mark.parametrize(("evidence", "why", "settle"), UNTOLD)
def test_why_it_is_not_told_and_what_would_tell(evidence: list[Evidence], why: str, settle: str) -> None:
    fact = facts(*evidence, management="hmc").fact("firewall.rmc")
    assert fact.says == f"Whether the local firewall lets RMC in is unknown: {why}."
    assert (fact.settle, bool(fact.evidence)) == (settle, True)


def test_both_protocols_are_named() -> None:
    fact = facts(FOUR, OFF6, ip_filter("4", rule("deny", "eq|657"), PERMIT)).fact("firewall.rmc")
    assert fact.says == "The IPv4 filter denies TCP and UDP 657."


NO_OTHER = command("lslpp -Lcq ipfl.rte", "", 1, "lslpp: Fileset ipfl.rte not installed.\n")
SECOND = command("lslpp -Lcq ipfl.rte", "ipfl:ipfl.rte:5.3.0.6: : :C: :IP Filter: : : : : : :0:0:/:\n")
NOT_LISTED = [broken(ip_filter(version), "failed") for version in ("4", "6")]


def devices(four: str = "", six: str = "") -> Evidence:
    """`lsdev -Cc ipsec` with devices in these states; "" is none."""
    rows = [f"ipsec_v{n} {state}  IP Version {n} Security Extension\n" for n, state in ((4, four), (6, six)) if state]
    return command("lsdev -Cc ipsec", "".join(rows))


DEVICES = [
    pytest.param([devices(), NO_OTHER], "open", id="no device"),
    pytest.param([devices("Defined", "Defined"), NO_OTHER], "open", id="none is available"),
    pytest.param([devices(), NO_OTHER, *NOT_LISTED], "open", id="no device, no list"),
    pytest.param([devices()], "?not_collected", id="whether there is another filter is not shown"),
    pytest.param([devices(), SECOND], "?inconclusive", id="another filter"),
    pytest.param([devices(), SECOND, OFF4, OFF6], "?inconclusive", id="another filter, no rule of this one"),
    pytest.param([devices("Available"), NO_OTHER, ip_filter("4", DENY, PERMIT)], "closed", id="it denies"),
    pytest.param([devices("Available"), NO_OTHER, ip_filter("4", PERMIT)], "open", id="it permits"),
    pytest.param([devices("Available"), NO_OTHER, *NOT_LISTED], "?failed", id="its rules are not known"),
    pytest.param([broken(devices(), "truncated", partial=True), NO_OTHER, *NOT_LISTED], "?failed", id="cut"),
]


@pytest.mark.parametrize(("evidence", "expected"), DEVICES)
def test_devices(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(FOUR, *evidence, platform="aix", management="hmc").fact("firewall.rmc")) == expected


CARDS = command(
    "ifconfig -a",
    "en0: flags=1e084863,814c0<UP,BROADCAST,RUNNING>\n\tinet 10.0.1.1 netmask 0xffffff00\n"
    "en5: flags=1e084863,814c0<UP,BROADCAST,RUNNING>\n\tinet 10.0.7.1 netmask 0xffffff00\n"
    "lo0: flags=e08084b,c0<UP,BROADCAST,LOOPBACK,RUNNING>\n\tinet 127.0.0.1 netmask 0xff000000\n",
)


@pytest.mark.parametrize(("card", "expected"), [("en0", "closed"), ("en5", "open"), ("lo0", "open")])
def test_a_rule_of_one_interface_counts_on_that_of_the_console(card: str, expected: str) -> None:
    found = facts(FOUR, CARDS, OFF6, ip_filter("4", rule("deny", "eq|657", card=card), PERMIT), platform="aix")
    assert says(found.fact("firewall.rmc")) == expected


SENT = [
    ((rule("deny", direction="outbound"),), "The IPv4 filter denies TCP and UDP 657 that this partition sends."),
    ((rule("deny", protocol="tcp", sport="eq|657"),), "The IPv4 filter denies what consoles answer from TCP 657."),
]


@pytest.mark.parametrize(("rules", "expected"), SENT)
def test_what_is_denied_is_told_by_its_direction(rules: tuple[str, ...], expected: str) -> None:
    fact = facts(FOUR, OFF6, ip_filter("4", *rules, PERMIT)).fact("firewall.rmc")
    assert fact.says == expected
    assert rules[0].strip() in lines(fact.evidence)


@pytest.mark.parametrize(("more", "expected"), [((), "?inconclusive"), (("permit",), "open")])
def test_neighbour_discovery_belongs_to_a_console_over_ipv6(more: tuple[str, ...], expected: str) -> None:
    icmp = [rule(one, protocol="icmpv6", direction="both") for one in more]
    ways = [rule("permit", direction=one, protocol=name) for one in ("inbound", "outbound") for name in ("tcp", "udp")]
    evidence = ip_filter("6", *icmp, *ways, rule("deny", direction="both"), PERMIT)
    assert says(facts(SIX, OFF4, evidence).fact("firewall.rmc")) == expected
