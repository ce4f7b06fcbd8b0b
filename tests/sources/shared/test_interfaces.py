"""Addresses of interfaces: canonical where they are possible, kept as text where they are not."""

import pytest
from pydantic import TypeAdapter, ValidationError

from rmccomply.sources.shared.interfaces import Interface, is_tunnel, read_address


@pytest.mark.parametrize(
    ("line", "ip", "prefix", "zone"),
    [
        ("inet 10.0.1.1 netmask 0xffffff00", "10.0.1.1", None, ""),
        ("inet 10.0.1.1/24 brd 10.0.1.255 scope global", "10.0.1.1", 24, ""),
        ("inet6 fe80::9400:30ff:fe5b:7a50/64 scope link", "fe80::9400:30ff:fe5b:7a50", 64, ""),
        ("inet6 FE80:0:0:0::1/64", "fe80::1", 64, ""),
        ("inet6 ::1%1/128", "::1", 128, "1"),
        ("inet 10.0.1.259/24", None, 24, ""),
        ("inet6 fe80::12345/64", None, 64, ""),
        ("inet6 fe80::1: 2/64 scope link", None, 64, ""),
        ("inet6 10.0.1.1/24", None, 24, ""),
        ("inet fe80::1", None, None, ""),
        ("inet6 fe80::1/129", "fe80::1", None, ""),
        ("inet 10.0.1.1 --> 10.0.1.2", "10.0.1.1", None, ""),
        ("inet 010.0.1.1", None, None, ""),
    ],
)
def test_addresses(line: str, ip: str | None, prefix: int | None, zone: str) -> None:
    address = read_address(line.split(" "), 4)
    assert (address.ip, address.prefix, address.zone, address.line) == (ip, prefix, zone, 4)
    assert address.family == (6 if line.startswith("inet6") else 4)


@pytest.mark.parametrize(
    ("mask", "prefix"),
    [
        ("0xffffff00", 24),
        ("0xffffffff", 32),
        ("0x0", None),
        ("0x00000000", 0),
        ("0xff00ff00", None),
        ("ffffff00", None),
    ],
)
def test_netmasks(mask: str, prefix: int | None) -> None:
    assert read_address(["inet", "10.0.1.1"], 1, mask).prefix == prefix


def test_what_makes_an_address_unusable() -> None:
    assert read_address(["inet6", "fe80::1/64", "scope", "link", "tentative"], 1).tentative
    assert read_address(["inet6", "fe80::1/64", "scope", "link", "tentative", "dadfailed"], 1).tentative
    assert not read_address(["inet6", "fe80::1/64", "scope", "link"], 1).tentative


@pytest.mark.parametrize(
    ("name", "known"), [("sit0", True), ("tun12", True), ("gretap0", True), ("en0", False), ("sitar", False)]
)
def test_tunnels(name: str, known: bool) -> None:
    assert is_tunnel(name) is known


@pytest.mark.parametrize("ip", ["garbage", "10.0.1.259", "FE80::1", "fe80::1%en0", "10.0.1.1", ""])
def test_an_impossible_address_of_a_document_is_refused(ip: str) -> None:
    address = {"text": "x", "family": 6, "ip": "fe80::1", "prefix": 64, "zone": "", "tentative": False, "line": 2}
    row = {"name": "en0", "up": True, "loopback": False, "tunnel": False, "ignored": False, "mac": "", "mtu": None}
    adapter = TypeAdapter(Interface)
    assert adapter.validate_python({**row, "addresses": [address], "line": 1}).addresses[0].ip == "fe80::1"
    with pytest.raises(ValidationError, match="address"):
        adapter.validate_python({**row, "addresses": [{**address, "ip": ip}], "line": 1})
