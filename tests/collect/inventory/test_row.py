"""Rows: addresses that ssh may be given, and a label for each."""

import time
from typing import Any

import pytest

from rmccomply.collect.inventory.row import HostRow, distinct, fault_of, new_row


@pytest.mark.parametrize("address", ["lpar7", "lpar7.example.com", "192.0.2.7", "fe80::1%en0", "2001:db8::7", "a_b-c"])
def test_addresses(address: str) -> None:
    assert fault_of(address) == ""


@pytest.mark.parametrize(
    "address", ["", "-oProxyCommand=x", "a b", "a\nb", "a;b", "$(a)", "`a`", "{{ address }}", "a|b", "\x1b[2J", "'a'"]
)
def test_what_ssh_is_never_given(address: str) -> None:
    assert fault_of(address)
    assert new_row("x", address).missing == fault_of(address)


@pytest.mark.parametrize(
    "given",
    [
        {"user": "-oProxyCommand=x"},
        {"user": "a;b"},
        {"user": "a\0b"},
        {"user": "{{ user }}"},
        {"jump": "bastion;touch x"},
        {"jump": "$(x)"},
        {"jump": "-oProxyCommand=x"},
        {"jump": "bastion,-oProxyCommand=x"},
        {"jump": "audit@-oProxyCommand=x"},
        {"jump": "{{ bastion }}"},
        {"options": (("IdentityFile", "a\0b"),)},
        {"options": (("IdentityFile", "\ud800"),)},
    ],
)
def test_users_and_jump_hosts_that_ssh_is_never_given(given: dict[str, Any]) -> None:
    assert new_row("x", "lpar7", **given).missing


@pytest.mark.parametrize(
    "given",
    [
        {"user": "DOMAIN\\audit"},
        {"user": "audit-1"},
        {"jump": "audit@bastion-1:2222,[2001:db8::1]:22"},
        {"jump": "ssh://audit@bastion:22"},
    ],
)
def test_users_and_jump_hosts(given: dict[str, Any]) -> None:
    assert new_row("x", "lpar7", **given).missing == ""


def test_what_others_are_called_is_taken() -> None:
    assert [row.label for row in distinct([HostRow("hmc1", "a"), HostRow("x", "b")], {"hmc1"})] == ["hmc1#2", "x"]


def test_ten_thousand_rows_of_one_name_take_no_time() -> None:
    began = time.monotonic()
    rows = distinct([HostRow("a", str(n)) for n in range(10_000)] * 2)
    assert (len(rows), rows[-1].label) == (10_000, "a#10000")
    assert time.monotonic() - began < 5


def test_every_row_has_a_label_of_its_own_and_one_that_is_there_twice_is_one() -> None:
    rows = [HostRow("a", "1"), HostRow("b", "2"), HostRow("a", "3"), HostRow("a", "1"), HostRow("a", "4")]
    assert [(row.label, row.address) for row in distinct(rows)] == [("a", "1"), ("b", "2"), ("a#2", "3"), ("a#3", "4")]
