"""A configuration of ssh as an inventory."""

import pytest

from rmccomply.collect.inventory.ssh_names import read, recognises

CONFIG = """\
# mine
Include ~/.ssh/config.d/*
Host lpar7 lpar8
    HostName 192.0.2.7
host=lpar9
Host "lpar10" !old *.example.com lpar?
Match host lpar11
    User audit
Host lpar7
"""


def test_the_names_that_are_spelled_out() -> None:
    found = read(CONFIG.splitlines())
    assert [(row.label, row.address) for row in found.rows] == [
        (name, name) for name in ("lpar7", "lpar8", "lpar9", "lpar10")
    ]
    assert len(found.notes) == 1
    assert "config.d" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Host a", True),
        ("\tMATCH all", True),
        ("Host=a", True),
        ("Host = a", True),
        ("host a=b", False),
        ("lpar7", False),
        ("host", False),
        ("#Host a", False),
    ],
)
def test_what_is_one(text: str, is_one: bool) -> None:
    assert recognises(["", text]) is is_one
