"""A list of Power Virtual Server instances. It is constructed, in the form of the service's interface."""

from typing import Any

import pytest

from rmccomply.collect.inventory.powervs import read, recognises

LIST = {
    "pvmInstances": [
        {
            "serverName": "web1",
            "pvmInstanceID": "1",
            "status": "ACTIVE",
            "osType": "aix",
            "networks": [{"ipAddress": "192.168.7.4", "externalIP": "203.0.113.9"}, {"ipAddress": "10.0.0.4"}],
            "health": {"status": "WARNING", "reason": "RMC is not connected"},
            "console": "secret",
        },
        {"serverName": "web2", "networks": [{"externalIP": "203.0.113.10"}], "osType": "rhel"},
        {"serverName": "web3", "networks": None},
        {"serverName": "web4", "osType": "ibmi", "networks": [{"ipAddress": "192.168.7.5"}]},
    ]
}


def test_rows_with_their_health() -> None:
    found = read(LIST)
    assert [(row.label, row.address) for row in found.rows] == [
        ("web1", "192.168.7.4"),
        ("web2", "203.0.113.10"),
        ("web3", ""),
    ]
    assert found.rows[2].missing == "it has no address"
    assert found.rows[0].health == {
        "health": {"status": "WARNING", "reason": "RMC is not connected"},
        "status": "ACTIVE",
        "pvmInstanceID": "1",
        "osType": "aix",
    }
    assert found.notes == ("web4: left out, since it runs IBM i",)


@pytest.mark.parametrize("document", [[], {}, None, 7, [{}], [{"name": 7}], {"pvmInstances": {}}, [{"x": 1}]])
def test_what_is_none(document: Any) -> None:
    assert not recognises(document)
    assert recognises(LIST)
