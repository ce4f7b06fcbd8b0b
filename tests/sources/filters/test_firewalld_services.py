"""The services that firewalld brings."""

import pytest

from rmccomply.sources.filters.firewalld_services import SHIPPED


@pytest.mark.parametrize("name", ["ssh", "dhcpv6-client", "cockpit", "ftp", "http", "snmp", "RH-Satellite-6"])
def test_what_it_brings(name: str) -> None:
    assert name in SHIPPED


@pytest.mark.parametrize("name", ["rsct-ctrmc", "rsct-ctrmc-tls", "my-rmc", "powervm", "SSH", ""])
def test_what_others_bring(name: str) -> None:
    assert name not in SHIPPED
