"""Commands as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.evidence.model import Asked
from rmccomply.evidence.typed import command_of


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("lssrc -a", Asked("cmd", ("lssrc", "-a"))),
        ("  /usr/bin/lssrc   -a ", Asked("cmd", ("/usr/bin/lssrc", "-a"))),
        ("lslpp -Lcq 'rsct.*'", Asked("cmd", ("lslpp", "-Lcq", "rsct.*"))),
        ("cat /etc/ct_node_id", Asked("file", ("/etc/ct_node_id",))),
        ("sudo more /etc/inittab | grep ctrmc", Asked("file", ("/etc/inittab",), filtered=True)),
        ("cat ct_node_id", Asked("cmd", ("cat", "ct_node_id"))),
        ("netstat -an | egrep '657|12601' | sort", Asked("cmd", ("netstat", "-an"), filtered=True)),
        ("ssh -p 22 lpar1 sudo lsrpdomain 2>&1", Asked("cmd", ("lsrpdomain",))),
        ("nohup nice -n 10 env LANG=C lspv 2>> log", Asked("cmd", ("lspv",))),
        ("", None),
        ("   ", None),
        ("| grep x", None),
        ("lssrc -a |", None),
        ("lssrc -a | sh", None),
        ("lssrc -a &", None),
        ("lssrc -a < /dev/null", None),
        ("(lssrc -a)", None),
        ("lssrc 'a", None),
        ("ssh lpar1", None),
        ("sudo", None),
        ("LC_ALL=C", None),
    ],
)
def test_what_a_typed_line_asks(text: str, asked: Asked | None) -> None:
    assert command_of(text) == asked


@given(st.text(alphabet="ab -|;&<>()'\"\\#$`2=/\n\x00é", max_size=30))
def test_every_text_is_a_command_or_none(text: str) -> None:
    asked = command_of(text)
    assert asked is None or asked.argv


def test_nobody_typed_a_line_of_any_length() -> None:
    assert command_of(f"lssrc {'-a ' * 2_000}") is None
