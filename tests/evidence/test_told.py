"""Names of files and hosts that look like those of secrets stay, and what is said of them; secrets go."""

import pytest

from rmccomply.evidence.told import redact_told


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        ("token-srv: no route", ("token-srv",), "token-srv: no route"),
        ("token-srv: no route", (), "token-srv: (redacted)"),
        ("token-srv: password: x1y2", ("token-srv",), "token-srv: password: (redacted)"),
        ("db.passwd.rmcc:3: token=x1y2", (), "db.passwd.rmcc:3: token=(redacted)"),
        ("pwd=x1y2.rmcc: was not recognized", (), "pwd=(redacted)"),
        ("pwd=x1y2.rmcc: was not recognized", ("pwd=x1y2.rmcc",), "pwd=(redacted)"),
        ("password: x1y2", ("password",), "password: (redacted)"),
        ("token-srv2: x1y2", ("token-srv",), "token-srv2: (redacted)"),
        ("http://a:b@token-srv: x y", ("token-srv",), "http://(redacted)@token-srv: x y"),
        ("password:\n  x1y2 token-srv: no route", ("token-srv",), "password:\n  (redacted)"),
    ],
)
def test_what_is_a_name_and_what_a_secret(text: str, names: tuple[str, ...], shown: str) -> None:
    assert redact_told(text, *names) == shown
