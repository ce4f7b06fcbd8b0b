"""What a secret looks like in a line, and what only looks like one."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmccomply.evidence import secret_forms
from rmccomply.evidence.redact import redact
from rmccomply.evidence.secret_forms import REDACTED, TRIGGERS, opens_block, redacted_line
from tests.secrets import FORMS, KEPT, PROGRAMS

WHOLE_LINES = (FORMS["old shadow"][0],)


@pytest.mark.parametrize(("line", "secret"), [*FORMS.values(), *PROGRAMS.values()], ids=[*FORMS, *PROGRAMS])
def test_a_secret_is_gone_in_any_place_of_a_line(line: str, secret: str) -> None:
    before = ("", "a row of df has an unknown form: ", "├─2217 ", "\t") if line not in WHOLE_LINES else ("",)
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


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "piece",
    [
        *(
            "pass",
            "passw.a",
            "password-",
            "api_key",
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
    line = piece * (500_000 // len(piece))
    begun = time.process_time()
    redacted_line(line, None)
    opens_block(line)
    assert time.process_time() - begun < 3


WORDS_OF_FORMS = sorted(
    {
        word
        for pattern in (secret_forms._LINE, secret_forms._WORDS, secret_forms._GIVEN)
        for word in re.findall("[A-Za-z]{2,}", pattern)
    }
)
MARKS = [
    "=",
    ":",
    ": ",
    " ",
    "_",
    "-",
    ".",
    '"',
    "'",
    "/",
    "|",
    "<<<",
    "$",
    "{",
    "}",
    "?",
    "&",
    "://",
    "@",
    "\t",
    "Key",
    "KEY",
    "_key",
]
LINES = st.lists(
    st.one_of(st.sampled_from(WORDS_OF_FORMS), st.sampled_from(MARKS), st.text("aB3$-", min_size=1, max_size=30)),
    max_size=8,
).map("".join)


@pytest.mark.exhaustive
@given(LINES)
@settings(max_examples=2000, deadline=None)
def test_no_form_is_found_where_its_short_test_finds_nothing(line: str) -> None:
    named = any(re.search(form, line, re.IGNORECASE | re.ASCII) for form in (secret_forms._LINE, secret_forms._OPEN))
    given = re.search(secret_forms._GIVEN, line, re.IGNORECASE | re.ASCII)
    worded = re.search(secret_forms._WORDS, line, re.ASCII)
    low = line.lower()
    assert secret_forms.speaks(line) or not named
    assert any(mark in line for mark in secret_forms._MARKS) or not worded
    assert any(word in low for word in secret_forms._GIVEN_TO) or not given
    assert any(trigger in low for trigger in secret_forms.TRIGGERS) or not (named or worded or given)


@pytest.mark.parametrize(
    "line",
    [
        *("rman target sys/hunter2Tig3r@db", "expdp scott/hunter2Tig3r@db", "impdp scott/hunter2Tig3r@db"),
        *("informsink 192.0.2.1 hunter2Tig3r", "trap2sink 192.0.2.1 hunter2Tig3r", "usmuser hunter2Tig3r"),
        *(f"{word}HUNTER2TIG3RHUNTER2TIG3R" for word in ("AGPA", "AIDA", "AROA", "ANPA", "ANVA")),
        *(f"{word}-hunter2Tig3r" for word in ("glcbt", "glptt", "glft", "glsoat", "glagent")),
        "hvb.hunter2Tig3r",
    ],
)
def test_a_secret_whose_form_is_known_is_looked_for(line: str) -> None:
    shown = redact(line).lower()
    assert "(redacted)" in shown
    assert "hunter2" not in shown
