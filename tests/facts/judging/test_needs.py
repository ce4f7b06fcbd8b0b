"""The packets that RMC needs, and the ports that the other side may have."""

import pytest

from rmccomply.facts.judging.needs import WAYS, other_ports, within

EPHEMERAL, RMC = (1024, 65535), (657, 657)


@pytest.mark.parametrize(
    ("first", "last", "ports", "expected"),
    [
        (0, 65535, EPHEMERAL, True),
        (1024, 65535, EPHEMERAL, True),
        (1025, 65535, EPHEMERAL, None),
        (0, 1023, EPHEMERAL, False),
        (32768, 60999, EPHEMERAL, None),
        (12601, 12601, EPHEMERAL, False),
        (6000, 6063, EPHEMERAL, False),
        (5000, 6000, EPHEMERAL, None),
        (657, 657, RMC, True),
        (600, 700, RMC, True),
        (658, 700, RMC, False),
        (700, 600, RMC, False),
        (0, 22, (0, 65535), None),
    ],
)
def test_ports_in_a_range(first: int, last: int, ports: tuple[int, int], expected: object) -> None:
    assert within(first, last, ports) is expected


def test_both_sides_open_and_answer_in_both_states() -> None:
    assert {(way.inward, way.port) for way in WAYS} == {(a, b) for a in (True, False) for b in ("sport", "dport")}
    assert {way.state for way in WAYS if way.port == "sport"} == {"established"}


def test_only_the_daemon_of_the_partition_has_its_port_of_udp_for_certain() -> None:
    assert {other_ports("tcp", way) for way in WAYS} == {(EPHEMERAL,)}
    own = {(way.inward, way.port) for way in WAYS if other_ports("udp", way) == (RMC,)}
    assert own == {(True, "sport"), (False, "dport")}
