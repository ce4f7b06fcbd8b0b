"""Inventories told apart by content, and refused with the line that is wrong."""

import json

import pytest

from rmccomply.collect.inventory import read_inventory
from rmccomply.errors import InputError

ANSIBLE = {"_meta": {"hostvars": {"lpar7": {}}}, "all": {"children": ["ungrouped"]}}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("lpar7\nlpar8\n", ["lpar7", "lpar8"]),
        ("\ufefflpar7\r\nlpar8\r\n", ["lpar7", "lpar8"]),
        ("Host lpar7\n  User audit\n", ["lpar7"]),
        ("hostess\nmatchbox\n", ["hostess", "matchbox"]),
        ("host\nmatch\n", ["host", "match"]),
        ("host site=north\nlpar7\n", ["host", "lpar7"]),
        ('{"pvmInstances": []}', []),
        (json.dumps(ANSIBLE), ["lpar7"]),
        ("  \n" + json.dumps({"pvmInstances": [{"serverName": "web1"}]}), ["web1"]),
        (json.dumps([{"name": "web1", "addresses": [{"ip": "192.0.2.1"}]}]), ["web1"]),
        ("[fe80::1]:22\nlpar8\n", ["fe80::1", "lpar8"]),
        ("lpar7\rlpar8\r", ["lpar7", "lpar8"]),
        ("lpar7 site=a\u2028\nlpar8\n", ["lpar7", "lpar8"]),
        ("", []),
        ("# nobody\n", []),
    ],
)
def test_forms(text: str, labels: list[str]) -> None:
    assert [row.label for row in read_inventory(text.encode(), "x").rows] == labels


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xfe", "hosts: is not an inventory: it is not UTF-8"),
        (b"{", "hosts: is not valid JSON"),
        (b"[" * 100000, "hosts: cannot be used as JSON"),
        (b"{}", "hosts: is not an inventory: neither"),
        (b"[]", "hosts: is not an inventory: neither"),
        (b"[1]", "hosts: is not an inventory: neither"),
        (b'{"all": {"hosts": ["a"]}}', "hosts: is not an inventory: neither"),
        (b"lpar7\nlpar8 wave\n", "hosts: line 2: 'wave' is not NAME=VALUE"),
        (b"lpar7:ssh\n", "hosts: line 1: 'ssh' is not a port"),
        (b"lpar7 port=70000\n", "hosts: line 1: '70000' is not a port"),
        (b"lpar7 access=root\n", "hosts: line 1: access is one of direct, sudo, vios"),
    ],
)
def test_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as refused:
        read_inventory(data, "hosts")
    assert str(refused.value).startswith(says)


@pytest.mark.parametrize("blank", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_nothing_but_the_end_of_a_line_begins_a_host(blank: str) -> None:
    found = [row.label for row in read_inventory(f"# {blank}lpar7\nlpar8\n".encode(), "hosts").rows]
    assert found == ["lpar8"]
