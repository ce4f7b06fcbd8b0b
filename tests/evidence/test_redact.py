"""Secrets are dropped from references; everything else is shown as it stands."""

import pytest

from rmccomply.evidence.redact import REDACTED, redact
from tests.building import command


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
    ],
)
def test_secrets_are_dropped(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        " ctrmc            rsct             5439966      active",
        '        KeyToken          = "HMC666"',
        "  I A  0x12b6b4fd1cebb73f  0001  10.9.8.7",
        "password",
        "token =",
        "token = ",
        "passwd\t1:4.13+dfsg1-1\tppc64el\tii ",
        "the password file is in /etc, not here",
        "http://www.ibm.com/a@b",
        "rsct.core:rsct.core.rmc:3.2.6.2: : :C: :RSCT Resource Monitoring and Control: : : : : : :1:0:/:2015",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert redact(text) == text


def test_references_carry_no_secret() -> None:
    place = command("lsrsrc IBM.MCP", 'resource 1:\n        RMCKey = "64b686a1"\n').at(2)
    assert place is not None
    assert "64b686a1" not in place.text
