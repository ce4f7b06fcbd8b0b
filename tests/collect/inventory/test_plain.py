"""A plain list."""

import pytest

from rmccomply.collect.inventory import read_inventory
from rmccomply.collect.inventory.plain import parts_of, port_of, read
from rmccomply.collect.inventory.row import HostRow, Inventory

LIST = """\
# production
lpar7
audit@lpar8.example.com:2222      wave=2  # the second
prod-db        address=192.0.2.17  jump=bastion.example.com  user=audit port=23
  vios1          access=vios
[fe80::1%en0]:2022
lpar9#2
-oProxyCommand=x
"""


def test_rows() -> None:
    rows = {row.label: row for row in read(LIST.splitlines()).rows}
    bad = rows.pop("-oProxyCommand=x")
    assert bad.missing
    assert rows == {
        "lpar7": HostRow("lpar7", "lpar7"),
        "lpar8.example.com": HostRow("lpar8.example.com", "lpar8.example.com", "audit", 2222, labels={"wave": "2"}),
        "prod-db": HostRow("prod-db", "192.0.2.17", "audit", 23, "bastion.example.com"),
        "vios1": HostRow("vios1", "vios1", access="vios"),
        "fe80::1%en0": HostRow("fe80::1%en0", "fe80::1%en0", port=2022),
        "lpar9#2": HostRow("lpar9#2", "lpar9#2"),
    }


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("lpar7", ("", "lpar7", "")),
        ("a@b", ("a", "b", "")),
        ("a@b:1", ("a", "b", "1")),
        ("dom\\a@b", ("dom\\a", "b", "")),
        ("a@x@b", ("a@x", "b", "")),
        ("2001:db8::7", ("", "2001:db8::7", "")),
        ("a@[2001:db8::7]:1", ("a", "2001:db8::7", "1")),
        ("[2001:db8::7]", ("", "2001:db8::7", "")),
    ],
)
def test_user_host_and_port(text: str, parts: tuple[str, str, str]) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize("text", ["0", "65536", "x", "-1", "²", "1 "])
def test_what_is_no_port(text: str) -> None:
    with pytest.raises(ValueError, match="is not a port"):
        port_of(text)


def test_no_port_is_none() -> None:
    assert port_of("") is None


@pytest.mark.parametrize("text", ["", "\n", "# nobody\n"])
def test_a_text_that_names_nobody_is_an_inventory_of_nobody(text: str) -> None:
    assert read_inventory(text.encode(), "x") == Inventory()


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        *(("addres", "address"), ("adress", "address"), ("Address", "address"), ("ip", "address"), ("host", "address")),
        *(("usr", "user"), ("User", "user"), ("prot", "port"), ("ports", "port"), ("jmp", "jump"), ("proxy", "jump")),
        *(("acces", "access"), ("acess", "access"), ("sudo", "access")),
    ],
)
def test_a_label_that_is_nearly_a_way_there_has_a_note(word: str, meant: str) -> None:
    found = read(["lpar7", f"lpar8 {word}=x"])
    assert found.rows[1].labels == {word: "x"}
    assert found.notes == (f"line 2: '{word}' was taken as a label; did you mean '{meant}'?",)


@pytest.mark.parametrize("word", ["wave", "site", "owner", "env", "customer", "rack", "role", "os", "team", "system"])
def test_a_label_of_its_own_has_none(word: str) -> None:
    assert read([f"lpar7 {word}=x"]).notes == ()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("audit@", "'audit@' has no host name"),
        (":22", "':22' has no host name"),
        ("@lpar7", "'@lpar7' has no user before @"),
        ("lpar7:", "'lpar7:' has no port after the colon"),
        ("lpar7,192.0.2.17,audit", "holds ',': write one target on each line"),
        ("lpar7;lpar8", "holds ';': write one target on each line"),
        ("lpar7 192.0.2.17", "'192.0.2.17' is not NAME=VALUE, such as address=192.0.2.17"),
        ("lpar7 address = 192.0.2.17", "'address' is not NAME=VALUE"),
        ("lpar7 wave=1 wave=2", "'wave' occurs twice"),
        ("lpar7 port=ssh", "'ssh' is not a port"),
        ("lpar7 access=root", "access is one of direct, sudo, vios, not 'root'"),
    ],
)
def test_a_slip_is_told_with_its_line(line: str, says: str) -> None:
    with pytest.raises(ValueError, match="line 2: ") as told:
        read(["lpar1", line])
    assert says in str(told.value)
