"""Which firewall starts at boot in a root, and what it lets in."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.model import Fact
from tests.hosts.building import file, without
from tests.hosts.cases import broken
from tests.hosts.image_files import SHIPPED, UNITS, ZONES, image, of, rhel, ubuntu, unit_files, unit_links, zone

RMC = ("ctrmc.service", "srcmstr.service")
RED_HAT, DEBIAN = "/etc/sysconfig/nftables.conf", "/etc/nftables.conf"
V4, V6 = "/etc/sysconfig/iptables", "/etc/sysconfig/ip6tables"
NFT = """\
#!/usr/sbin/nft -f
flush ruleset
table inet filter {{
\tchain input {{
\t\ttype filter hook input priority filter; policy drop;
\t\tct state established,related accept
\t\ticmpv6 type {{ nd-neighbor-solicit, nd-neighbor-advert }} accept
{rules}\t}}
}}
"""
LETS_IN = "\t\ttcp dport {{ 22, 657 }} accept\n\t\tudp dport 657 accept\n".replace("{{", "{").replace("}}", "}")
IPTABLES = """\
*filter
:INPUT {policy} [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p ipv6-icmp -j ACCEPT
{rules}COMMIT
"""
ACCEPTS = "-A INPUT -p tcp -m tcp --dport 657 -j ACCEPT\n-A INPUT -p udp -m udp --dport 657 -j ACCEPT\n"


def root(*others: Evidence, enabled: tuple[str, ...] = (), base: object = rhel, lost: tuple[str, ...] = ()) -> Fact:
    units = [unit_links(*RMC, *enabled), unit_files(*enabled)]
    return image(*without(of(base(), *units, *others), *lost)).fact("firewall.rmc")  # type: ignore[operator]


def iptables(path: str, rules: str = ACCEPTS, policy: str = "DROP") -> Evidence:
    return file(path, IPTABLES.format(rules=rules, policy=policy))


@pytest.mark.parametrize("base", [rhel, ubuntu])
def test_nothing_enabled_is_no_filter(base: object) -> None:
    found = root(base=base)
    assert (found.value, found.says[:35]) == ("open", "No packet filter starts at boot: no")
    assert found.evidence[0].request == UNITS


def test_what_is_masked_or_has_no_unit_does_not_start() -> None:
    links = unit_links(*RMC, "firewalld.service", masked=("firewalld.service",))
    closed = file(f"{ZONES}/public.xml", zone(""))
    assert image(*of(rhel(), links, closed)).fact("firewall.rmc").value == "open"
    assert image(*of(rhel(), unit_files(), closed)).fact("firewall.rmc").value == "open"


RULES: list[tuple[tuple[str, ...], list[Evidence], str]] = [
    (("nftables.service",), [file(RED_HAT, NFT.format(rules=LETS_IN))], "open"),
    (("nftables.service",), [file(RED_HAT, NFT.format(rules=""))], "closed"),
    (("nftables.service",), [file(DEBIAN, NFT.format(rules=""))], "closed"),
    (("nftables.service",), [file(RED_HAT, "# nothing\n")], "open"),
    (("nftables.service",), [], "open"),
    (("nftables.service",), [file(RED_HAT, 'include "/etc/nftables/main.nft"\n')], "?inconclusive"),
    (("nftables.service",), [broken(file(RED_HAT), "denied")], "?denied"),
    (("iptables.service", "ip6tables.service"), [iptables(V4), iptables(V6)], "open"),
    (("iptables.service", "ip6tables.service"), [iptables(V4, ""), iptables(V6, "")], "closed"),
    (("iptables.service", "ip6tables.service"), [iptables(V4), iptables(V6, "")], "?inconclusive"),
    (("iptables.service",), [iptables(V4)], "open"),
    (("iptables.service",), [iptables(V4, "")], "?inconclusive"),
    (
        ("netfilter-persistent.service",),
        [iptables("/etc/iptables/rules.v4", ""), iptables("/etc/iptables/rules.v6", "")],
        "closed",
    ),
    (("shorewall.service",), [], "?inconclusive"),
    (
        ("nftables.service", "ufw.service"),
        [file(RED_HAT, NFT.format(rules=LETS_IN)), file("/etc/ufw/ufw.conf", "ENABLED=no\n")],
        "open",
    ),
]


@pytest.mark.parametrize(("enabled", "files", "value"), RULES)
def test_the_files_of_what_starts(enabled: tuple[str, ...], files: list[Evidence], value: str) -> None:
    found = root(*files, enabled=enabled)
    assert (found.word or f"?{found.reason}") == value
    assert found.evidence
    assert found.value is not None or found.settle


@pytest.mark.parametrize(("enabled", "files", "value"), [case for case in RULES if case[2] != "open"])
def test_losing_an_answer_opens_nothing(enabled: tuple[str, ...], files: list[Evidence], value: str) -> None:
    base = of(rhel(), unit_links(*RMC, *enabled), unit_files(*enabled), *files)
    for lost in base:
        for left in (without(base, lost.request), [broken(one, "denied") if one is lost else one for one in base]):
            assert image(*left).fact("firewall.rmc").value != "open", (value, lost.request)


def test_rules_that_are_not_loaded_at_boot_are_none() -> None:
    assert root(file(RED_HAT, NFT.format(rules="")), iptables(V4, ""), iptables(V6, "")).value == "open"


def test_two_that_start_must_agree() -> None:
    both = ("firewalld.service", "nftables.service")
    found = root(file(RED_HAT, NFT.format(rules="")), enabled=both)
    assert (found.state, found.reason) == ("unknown", "inconclusive")
    assert "two of them start at boot" in found.says
    assert root(file(RED_HAT, NFT.format(rules=LETS_IN)), enabled=both).value == "open"


@pytest.mark.parametrize("lost", [UNITS, SHIPPED])
def test_what_starts_has_to_be_known(lost: str) -> None:
    assert root(enabled=("firewalld.service",), lost=(lost,)).reason == "not_collected"
