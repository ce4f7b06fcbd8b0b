"""By which interface an address is reached."""

from ipaddress import ip_address

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.judging.ways import way_to
from tests.hosts.building import command, facts
from tests.hosts.cases import broken

DEFAULT = "default via 10.1.4.1 dev eth0 metric {}\n"
NEAR = "10.9.8.0/24 via 10.1.6.1 dev eth1 metric 900\n"
SIX = command("ip -6 route", "default via fe80::1 dev eth0\nfd00:9::/64 dev eth1\n")


def four(*rows: str) -> Evidence:
    return command("ip route", "".join(rows))


@pytest.mark.parametrize(
    ("evidence", "ip", "expected"),
    [
        ([four(DEFAULT.format(0))], "10.9.8.7", ("eth0",)),
        ([four(DEFAULT.format(0), NEAR)], "10.9.8.7", ("eth1",)),
        ([four(DEFAULT.format(0), NEAR)], "10.9.9.7", ("eth0",)),
        ([four(DEFAULT.format(9), DEFAULT.format(8).replace("eth0", "eth2"))], "10.9.8.7", ("eth2",)),
        ([four(DEFAULT.format(9), DEFAULT.format(9).replace("eth0", "eth2"))], "10.9.8.7", ("eth0", "eth2")),
        ([SIX], "fd00:9::7", ("eth1",)),
        ([SIX, four(DEFAULT.format(0))], "fd00:8::7", ("eth0",)),
        ([SIX], "fe80::7", None),
        ([SIX], "10.9.8.7", None),
        ([four(NEAR)], "10.9.9.7", None),
        ([broken(four(DEFAULT.format(0), NEAR), "truncated", partial=True)], "10.9.8.7", None),
        ([broken(four(NEAR), "timeout")], "10.9.8.7", None),
        ([], "10.9.8.7", None),
    ],
)
def test_the_way_is_that_of_the_best_route(evidence: list[Evidence], ip: str, expected: tuple[str, ...] | None) -> None:
    way = way_to(facts(*evidence, platform="linux"), ip_address(ip))
    assert (way and way.interfaces) == expected


def test_the_rows_of_the_way_are_shown() -> None:
    way = way_to(facts(four(DEFAULT.format(0), NEAR), platform="linux"), ip_address("10.9.8.7"))
    assert way is not None
    assert [place.text for place in way.evidence] == [NEAR.strip()]
