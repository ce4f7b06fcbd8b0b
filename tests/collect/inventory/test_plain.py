"""A plain list."""

import pytest

from rmccomply.collect.inventory.plain import parts_of, port_of, read, recognises
from rmccomply.collect.inventory.row import Row

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
        "lpar7": Row("lpar7", "lpar7"),
        "lpar8.example.com": Row("lpar8.example.com", "lpar8.example.com", "audit", 2222, labels={"wave": "2"}),
        "prod-db": Row("prod-db", "192.0.2.17", "audit", 23, "bastion.example.com"),
        "vios1": Row("vios1", "vios1", access="vios"),
        "fe80::1%en0": Row("fe80::1%en0", "fe80::1%en0", port=2022),
        "lpar9#2": Row("lpar9#2", "lpar9#2"),
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
    with pytest.raises(ValueError, match="is no port"):
        port_of(text)


def test_it_takes_any_text() -> None:
    assert recognises([])
    assert recognises(["x"])
    assert port_of("") is None
