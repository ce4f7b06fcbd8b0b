"""Rows: addresses that ssh may be given, and a label for each."""

import pytest

from rmccomply.collect.inventory.row import Row, distinct, fault_of, new_row


@pytest.mark.parametrize("address", ["lpar7", "lpar7.example.com", "192.0.2.7", "fe80::1%en0", "2001:db8::7", "a_b-c"])
def test_addresses(address: str) -> None:
    assert fault_of(address) == ""


@pytest.mark.parametrize(
    "address", ["", "-oProxyCommand=x", "a b", "a\nb", "a;b", "$(a)", "`a`", "{{ address }}", "a|b", "\x1b[2J", "'a'"]
)
def test_what_ssh_is_never_given(address: str) -> None:
    assert fault_of(address)
    assert new_row("x", address).missing == fault_of(address)


def test_every_row_has_a_label_of_its_own_and_one_that_is_there_twice_is_one() -> None:
    rows = [Row("a", "1"), Row("b", "2"), Row("a", "3"), Row("a", "1"), Row("a", "4")]
    assert [(row.label, row.address) for row in distinct(rows)] == [("a", "1"), ("b", "2"), ("a#2", "3"), ("a#3", "4")]
