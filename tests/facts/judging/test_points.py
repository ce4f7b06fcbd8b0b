"""Control points: one thing that three answers name in three ways."""

from ipaddress import ip_address

import pytest

from rmccomply.facts.judging.points import address, control_points
from tests.hosts.building import command, facts, status
from tests.hosts.cases import IPV4, domain, mcp


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.9.8.7", "10.9.8.7"),
        ("fe80::1%en1", "fe80::1"),
        ("2001:0db8::0001", "2001:db8::1"),
        ("10.9.8.259", None),
        ("10.9.8.7 ", None),
        ("hmc1.example.com", None),
        ("", None),
    ],
)
def test_address(text: str, expected: str | None) -> None:
    assert address(text) == (None if expected is None else ip_address(expected))


@pytest.mark.parametrize(
    ("row", "up"),
    [
        ("I A", True),
        ("I a", True),
        ("I R", True),
        ("I r", True),
        ("I X", False),
        ("i A", False),
        ("O A", False),
        ("X A", False),
        ("Z A", False),
        ("S S", False),
    ],
)
def test_up_is_capital_i_with_a_known_queue(row: str, up: bool) -> None:
    points = facts(domain(f"{row} {IPV4}")).cached(control_points)
    assert [point.up for point in points.rows] == [up]


def test_only_the_section_of_control_points_counts() -> None:
    peers = "Peer Domain Status\n  I A  0x77d0c4e89a1b2f03  0001  beta\n"
    points = facts(command("rmcdomainstatus -s ctrmc", peers + status(f"O A {IPV4}"))).cached(control_points)
    assert [(point.text, point.up) for point in points.rows] == [(IPV4, False)]


def test_all_addresses_of_a_resource() -> None:
    points = facts(mcp(IPV4, "fe80::1")).cached(control_points)
    assert [(point.text, point.link_local) for point in points.addressed] == [(IPV4, False), ("fe80::1", True)]


def test_another_class_names_no_control_point() -> None:
    other = command(
        "lsrsrc IBM.Host", 'Resource Persistent Attributes for IBM.Host\nresource 1:\n\tIPAddresses = "1"\n'
    )
    assert facts(other).cached(control_points).seen == ()


def test_each_point_knows_its_line() -> None:
    points = facts(domain(f"I A {IPV4}", "O A 10.9.8.8")).cached(control_points)
    assert [IPV4 in point.evidence[0].text for point in points.rows] == [True, False]
    assert "10.9.8.8" in points.rows[1].evidence[0].text


def test_the_address_of_the_console_names_it_too() -> None:
    own = command(
        "lsrsrc IBM.MCP", f'Resource Persistent Attributes for IBM.MCP\nresource 1:\n\tHMCIPAddr = "{IPV4}"\n'
    )
    (point,) = facts(own).cached(control_points).resources
    assert (point.text, point.source, point.up, point.node_id) == (IPV4, "lsrsrc IBM.MCP", False, None)
    assert [place.text.strip() for place in point.evidence] == [f'HMCIPAddr = "{IPV4}"']
