"""What a secret looks like in a line, and what only looks like one."""

import time

import pytest

from rmccomply.evidence.secret_forms import REDACTED, TRIGGERS, opens_block, redacted_line
from tests.secrets import FORMS, KEPT, PROGRAMS

WHOLE_LINES = (FORMS["old shadow"][0],)


@pytest.mark.parametrize(("line", "secret"), [*FORMS.values(), *PROGRAMS.values()], ids=[*FORMS, *PROGRAMS])
def test_a_secret_is_gone_in_any_place_of_a_line(line: str, secret: str) -> None:
    before = ("", "a row of df has no known form: ", "├─2217 ", "\t") if line not in WHOLE_LINES else ("",)
    for text in (f"{one}{line}" for one in before):
        shown = redacted_line(text, None)
        assert secret not in shown
        assert redacted_line(shown, None) == shown, "what was redacted stays as it is"
        assert REDACTED in shown


@pytest.mark.parametrize("line", KEPT)
def test_what_only_looks_like_a_secret_stays(line: str) -> None:
    assert redacted_line(line, None) == line


@pytest.mark.parametrize("line", [line for line, _ in (*FORMS.values(), *PROGRAMS.values())])
def test_no_form_is_without_a_trigger(line: str) -> None:
    assert any(word in line.lower() for word in TRIGGERS)


def test_a_name_without_a_value_may_have_it_on_deeper_lines() -> None:
    assert opens_block("chpasswd:")
    assert opens_block("  password: |")
    assert not opens_block("password: x")
    assert not opens_block("KeyToken:")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "pass",
            "password ",
            "passw=",
            "token",
            "-",
            " -p",
            "://",
            "a:",
            "$6$",
            "echo ",
            "mysql ",
            "mysql -p",
            "eyJ.",
        ),
        *("com2sec ", "connect user ", "sqlplus ", "sudo <<<", "basic ", "_key", "SG.a.", "{ssha}", "key.", "x/"),
    ],
)
def test_no_line_takes_long(piece: str) -> None:
    line = piece * (200_000 // len(piece))
    begun = time.process_time()
    redacted_line(line, None)
    opens_block(line)
    assert time.process_time() - begun < 5
