"""Secrets are dropped from lines, texts, tables and JSON; everything else is shown as it stands."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmccomply.evidence.redact import add_forms, redact, redact_json, redact_lines, redact_octets, redact_table
from rmccomply.evidence.secret_forms import REDACTED
from tests.secrets import FORMS, KEPT, PEM, PROGRAMS

ALL = FORMS | PROGRAMS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('        RMCKey            = "64b686a1deadbeef"', f"        RMCKey            = {REDACTED}"),
        ("password=hunter2 user=x", f"password={REDACTED}"),
        ("db_passwd : abc", f"db_passwd : {REDACTED}"),
        ("TOKEN=abc", f"TOKEN={REDACTED}"),
        ("keypassword password=hunter2", f"keypassword password={REDACTED}"),
        ("dbPassword: hunter2", f"dbPassword: {REDACTED}"),
        ('{"accessToken":"abc"}', f'{{"accessToken":{REDACTED}'),
        ("<password>hunter2</password>", f"<password>{REDACTED}"),
        ("lssrc -password hunter2 -a", f"lssrc -password {REDACTED}"),
        ("proxy http://me:hunter2@proxy:3128/", f"proxy http://{REDACTED}@proxy:3128/"),
        ("KeyToken = x, token = abc", f"KeyToken = x, token = {REDACTED}"),
        ("-----BEGIN RSA PRIVATE KEY-----", REDACTED),
        ("A" * 64, REDACTED),
        ("p\0a\0s\0s\0w\0d\0=\0x\0", REDACTED),
    ],
)
def test_secrets_are_dropped(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize("text", KEPT)
def test_everything_else_stays(text: str) -> None:
    assert redact(text) is text


@pytest.mark.parametrize("before", ["", "    ", "ci-info: | "])
def test_of_a_pem_block_no_line_is_left_and_what_follows_is(before: str) -> None:
    shown = redact_lines((*(f"{before}{line}" for line in PEM), "an end"))
    assert {line.strip() for line in shown[:-1]} - {
        "",
        before.strip(),
        REDACTED,
        f"{before}{REDACTED}".strip(),
    } == set()
    assert shown[-1] == "an end"


def test_a_block_that_was_cut_ends_where_the_text_is_no_base64_any_more() -> None:
    shown = redact_lines((*PEM[:-1], "ctrmc rsct 5439966 active", "another line"))
    assert shown[-2:] == ("ctrmc rsct 5439966 active", "another line")
    assert {*shown[:-2]} == {REDACTED, ""}


def test_base64_without_its_head_goes_with_its_short_last_line() -> None:
    assert redact_lines((PEM[3], PEM[4], "a b")) == (REDACTED, REDACTED, "a b")


def test_what_stands_deeper_below_the_name_of_a_secret_is_one() -> None:
    lines = ("a: 1", "  password: |", "    line one", "    line two", "  b: 2")
    assert redact_lines(lines) == ("a: 1", f"  password: {REDACTED}", f"    {REDACTED}", f"    {REDACTED}", "  b: 2")


def test_lines_without_secrets_are_the_same_tuple() -> None:
    assert redact_lines(KEPT) is KEPT


@pytest.mark.exhaustive
@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from(KEPT), st.sampled_from([line for line, _ in ALL.values()]), st.text())))
def test_what_was_seen_before_changes_nothing(lines: list[str]) -> None:
    given_lines = tuple(lines)
    first = redact_lines(given_lines)
    assert redact_lines(given_lines) == first
    assert redact_lines(first) == first
    assert len(first) == len(lines)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_octets_that_are_no_text_stay(data: bytes) -> None:
    clean = data.replace(b"$", b"").replace(b"{", b"")
    assert redact_octets(b"\xff\xfe\x80" + clean + b"\npassword=x\r\n").startswith(b"\xff\xfe\x80")
    assert redact_octets(b"a\xff\r\nb") == b"a\xff\r\nb"


def test_a_table_tells_a_secret_by_its_name() -> None:
    assert redact_table({"password": "x", "wave": "3", "url": "token=x"}) == {
        "password": REDACTED,
        "wave": "3",
        "url": f"token={REDACTED}",
    }


def test_json_tells_a_secret_by_its_name_or_its_form() -> None:
    clean = {"a": ["x", {"KeyToken": "hmc1"}], "b": 1, "c": None, "d": ""}
    assert redact_json(clean) is clean
    value = {"token": "x", "rows": [{"name": "RMCKey", "values": ["x"]}, "pwd=x"], "n": 5, "passwd": ["x"]}
    assert redact_json(value) == {
        "token": REDACTED,
        "rows": [{"name": "RMCKey", "values": [REDACTED]}, f"pwd={REDACTED}"],
        "n": 5,
        "passwd": ["x"],
    }


@pytest.fixture
def more() -> Iterator[None]:
    add_forms(["kennwort", "geheim.nis"], ["ACME-"])
    yield
    add_forms([], [])


@pytest.mark.usefixtures("more")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kennwort: hunter2", f"Kennwort: {REDACTED}"),
        ("kennwort hunter2", f"kennwort {REDACTED}"),
        ("geheim.nis=x", f"geheim.nis={REDACTED}"),
        ("geheimenis=x", "geheimenis=x"),
        ("id acme-4711 and more", f"id {REDACTED} and more"),
    ],
)
def test_forms_that_a_user_added_are_secrets_too(text: str, shown: str) -> None:
    assert redact(text) == shown


def test_added_forms_can_be_taken_back() -> None:
    add_forms([], ["ACME-"])
    assert redact("id ACME-4711") == f"id {REDACTED}"
    add_forms([], [])
    assert redact("id ACME-4711") == "id ACME-4711"
