"""Both ends of the path that a firewall may close."""

import pytest

from rmccomply.facts.judging.verdicts import console, missing
from tests.hosts.building import facts
from tests.hosts.cases import domain, lssrc
from tests.hosts.consoles import consoles, resource

UP, DOWN = "I A 10.9.8.7", "O A 10.9.8.7"
SECOND = '"10.9.8.7","192.168.128.1"'
TWO_CARDS = resource().replace('IPAddresses       = {"10.9.8.7"}', f"IPAddresses       = {{{SECOND}}}")
GONE = resource(2, "10.9.8.77", node_id=0x77, local="10.0.1.77", machine="7042-CR8*1234567")
USED = [
    pytest.param((resource(address="10.9.8.9"),), DOWN, {"10.9.8.7", "10.9.8.9"}, {"10.0.1.1"}, id="down: any"),
    pytest.param((resource(address="10.9.8.9"),), UP, {"10.9.8.7"}, {"10.0.1.1"}, id="up: the one in use"),
    pytest.param((TWO_CARDS,), UP, {"10.9.8.7"}, {"10.0.1.1"}, id="a second card of the console"),
    pytest.param((TWO_CARDS,), DOWN, {"10.9.8.7", "192.168.128.1"}, {"10.0.1.1"}, id="a second card, and down"),
    pytest.param((resource(), GONE), UP, {"10.9.8.7"}, {"10.0.1.1"}, id="a console that is gone"),
    pytest.param((resource(), GONE), DOWN, {"10.9.8.7", "10.9.8.77"}, {"10.0.1.1", "10.0.1.77"}, id="perhaps gone"),
    pytest.param((resource(address="2001:db8::8"),), UP, {"10.9.8.7"}, {"10.0.1.1"}, id="an address of IPv6 besides"),
]


@pytest.mark.parametrize(("resources", "row", "addresses", "local"), USED)
def test_the_addresses_in_use_count(resources: tuple[str, ...], row: str, addresses: set[str], local: set[str]) -> None:
    known = facts(consoles(*resources), domain(row), lssrc("ctrmc rsct active")).cached(console)
    assert {str(one) for one in known.addresses} == addresses
    assert {str(one) for one in known.local} == local


def test_what_is_no_address_is_left_out() -> None:
    known = facts(consoles(resource(address="10.9.8.259", local="lpar1"))).cached(console)
    assert (known.addresses, known.local) == (frozenset(), frozenset())


def test_what_is_missing() -> None:
    assert [missing(one) for one in (set(), {"tcp"}, {"udp"})] == ["TCP and UDP 657", "UDP 657", "TCP 657"]
