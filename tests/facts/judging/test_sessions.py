"""Sessions of RMC as listings of sockets show them."""

import pytest

from rmccomply.facts.judging.sessions import sessions_in
from rmccomply.sources import table
from tests.hosts.building import command, facts
from tests.hosts.cases import IPV4

HEAD = "Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)\n"
ROWS = [
    (f"tcp4 0 0 10.0.1.1.657 {IPV4}.33861 ESTABLISHED", [(IPV4, 657)]),
    (f"tcp4 0 0 10.0.1.1.40000 {IPV4}.12601 ESTABLISHED", [(IPV4, 12601)]),
    (f"tcp4 0 0 10.0.1.1.657 {IPV4}.33861 TIME_WAIT", []),
    ("tcp4 0 0 127.0.0.1.657 127.0.0.1.33861 ESTABLISHED", []),
    ("tcp4 0 0 *.657 *.* LISTEN", []),
    (f"udp4 0 0 10.0.1.1.657 {IPV4}.657", []),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_what_is_established_with_another_host_is_a_session(row: str, expected: list[tuple[str, int]]) -> None:
    (reading,) = facts(command("netstat -an", f"{HEAD}{row}\n")).read(table.NETSTAT)
    found = sessions_in(reading)
    assert [(str(one.peer), one.port) for one in found] == expected
    assert [place.text for one in found for place in one.evidence] == [row][: len(expected)]
