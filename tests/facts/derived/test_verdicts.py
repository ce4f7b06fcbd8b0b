"""Both ends of the path that a firewall may close."""

from ipaddress import ip_address

from rmccomply.facts.derived.verdicts import console, missing
from tests.building import facts
from tests.console_answers import consoles, resource
from tests.facts.derived.cases import domain


def test_both_ends_are_collected_from_all_that_names_them() -> None:
    known = facts(consoles(resource(address="10.9.8.9")), domain("I A 10.9.8.7")).once(console)
    assert known.addresses == {ip_address("10.9.8.7"), ip_address("10.9.8.9")}
    assert known.local == {ip_address("10.0.1.1")}


def test_what_is_no_address_is_left_out() -> None:
    known = facts(consoles(resource(address="10.9.8.259", local="lpar1"))).once(console)
    assert (known.addresses, known.local) == (frozenset(), frozenset())


def test_what_is_missing() -> None:
    assert [missing(one) for one in (set(), {"tcp"}, {"udp"})] == ["TCP and UDP 657", "UDP 657", "TCP 657"]
