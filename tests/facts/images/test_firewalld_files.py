"""Zones of firewalld in a root: which of them is RMC's, and what it lets in."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.model import Fact
from tests.hosts.building import file, without
from tests.hosts.cases import broken
from tests.hosts.image_files import (
    PROFILE,
    PROFILES,
    PUBLIC,
    SHIPPED_ZONES,
    ZONES,
    absent,
    gone,
    image,
    keyfile,
    listed,
    of,
    rhel,
    zone,
)

CONF = "/etc/firewalld/firewalld.conf"
OWN = f"{ZONES}/public.xml"
SERVICE = "/usr/lib/firewalld/services/rsct-ctrmc.xml"
PORTS = '  <port port="657" protocol="tcp"/>\n  <port port="657" protocol="udp"/>\n'
RULE = '  <rule><port port="657" protocol="{}"/><accept/></rule>\n'
INTERNAL = listed(ZONES, "public.xml", "internal.xml")


def root(*others: Evidence, lost: tuple[str, ...] = (), management: str = "powervs") -> Fact:
    kept = without(of(rhel(), *others), *lost)
    return image(*kept, management=management).fact("firewall.rmc")  # type: ignore[arg-type]


def internal(more: str) -> Evidence:
    return file(f"{ZONES}/internal.xml", zone(more))


CASES: list[tuple[list[Evidence], str]] = [
    ([], "open"),
    ([file(OWN, zone(""))], "closed"),
    ([file(OWN, zone(PORTS))], "open"),
    ([file(OWN, zone('  <port port="657" protocol="tcp"/>\n'))], "closed"),
    ([file(OWN, zone(RULE.format("tcp") + RULE.format("udp")))], "open"),
    ([file(OWN, zone('  <rule><service name="rsct-ctrmc"/><accept/></rule>\n'))], "?inconclusive"),
    ([file(OWN, '<zone target="ACCEPT"/>\n')], "open"),
    ([file(OWN, '<zone target="DROP"/>\n')], "closed"),
    ([gone(ZONES)], "closed"),
    ([gone(ZONES), file(PUBLIC, zone())], "open"),
    ([file(CONF, "DefaultZone=drop\n")], "closed"),
    ([file(CONF, "CleanupOnExit=yes\n")], "open"),
    ([absent(CONF)], "open"),
    ([file(CONF, "DefaultZone=nowhere\n")], "?inconclusive"),
    ([absent(SERVICE)], "?inconclusive"),
    ([file(PROFILE, keyfile().replace("[ipv4]", "zone=drop\n[ipv4]"))], "closed"),
    ([INTERNAL, internal('  <interface name="env2"/>\n')], "closed"),
    ([INTERNAL, internal('  <interface name="env3"/>\n')], "open"),
    ([INTERNAL, internal('  <source address="192.0.2.0/24"/>\n')], "open"),
    ([INTERNAL, internal('  <source address="fe80::/10"/>\n')], "?inconclusive"),
    ([INTERNAL, internal('  <source ipset="consoles"/>\n')], "?inconclusive"),
    ([gone(PROFILES), INTERNAL, internal('  <interface name="docker0"/>\n')], "open"),
    ([file("/etc/firewalld/direct.xml", '<direct><rule ipv="ipv4">-j DROP</rule></direct>\n')], "?inconclusive"),
    ([file("/etc/firewalld/direct.xml", "<direct/>\n")], "open"),
]


@pytest.mark.parametrize(("others", "value"), CASES)
def test_what_the_zone_of_rmc_lets_in(others: list[Evidence], value: str) -> None:
    found = root(*others)
    assert (found.word or f"?{found.reason}") == value
    assert found.evidence


def test_a_source_of_ipv4_may_be_a_console_of_an_hmc() -> None:
    source = [INTERNAL, internal('  <source address="192.0.2.0/24"/>\n')]
    assert root(*source, management="hmc").reason == "inconclusive"


@pytest.mark.parametrize(
    "lost", [CONF, "/etc/firewalld/direct.xml", OWN, f"ls -l {ZONES}", f"ls -l {SHIPPED_ZONES}", PUBLIC]
)
def test_what_may_close_it_is_needed(lost: str) -> None:
    found = root(lost=(lost,))
    assert found.value is None or lost == PUBLIC
    assert root(file(OWN, zone("")), lost=(lost,)).value != "open"


@pytest.mark.parametrize(("others", "value"), [case for case in CASES if case[1] != "open"])
def test_losing_an_answer_opens_nothing(others: list[Evidence], value: str) -> None:
    base = of(rhel(), *others)
    for lost in base:
        for left in (without(base, lost.request), [broken(one, "denied") if one is lost else one for one in base]):
            assert image(*left).fact("firewall.rmc").value != "open", (value, lost.request)
