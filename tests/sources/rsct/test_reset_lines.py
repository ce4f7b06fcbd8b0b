"""Lines that name the program that resets RSCT: which of them run it."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.reset_lines import asks, use_of
from tests.facts.samples import answer_of, read, samples

UNIT, SCRIPT = "/etc/systemd/system/x.service", "/etc/rc.d/rc.local"
PATH = "/opt/rsct/install/bin/recfgct"


@pytest.mark.parametrize("sample", samples("reset_lines"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("reset_lines", answer_of(sample)) == snapshot


def test_which_requests_it_reads() -> None:
    assert asks(("grep", "-rns", "recfgct", "/etc"))
    others = (("-rns", "recfgct"), ("-rns", "x", "/etc"), ("-n", "recfgct", "/etc"), ("-e", "^nf_tables", "/etc"))
    assert not any(asks(("grep", *words)) for words in others)


@pytest.mark.parametrize(
    "text",
    [
        PATH,
        f"  {PATH} >/dev/null 2>&1",
        f"exec {PATH}",
        f"LC_ALL=C nohup {PATH} &",
        f"[ -x {PATH} ] && {PATH}",
        f"if [ ! -f /etc/done ]; then {PATH}; touch /etc/done; fi",
        f"/usr/bin/timeout 300 {PATH}",
        "sudo recfgct  # a fresh one",
    ],
)
def test_what_runs_it_in_a_script(text: str) -> None:
    assert use_of(text, SCRIPT) == "runs"


@pytest.mark.parametrize("text", [f"ExecStart={PATH}", f"ExecStartPre=-{PATH}", f"ExecStart = !!{PATH}"])
def test_what_runs_it_in_a_unit(text: str) -> None:
    assert use_of(text, UNIT) == "runs"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"# {PATH}", SCRIPT),
        (f"   #{PATH}", UNIT),
        (f"; {PATH}", UNIT),
        (f"true # {PATH}", SCRIPT),
    ],
)
def test_comments(text: str, path: str) -> None:
    assert use_of(text, path) == "comment"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"{PATH} -n", SCRIPT),
        (f"{PATH} -i 5f3c09a1be27d846", SCRIPT),
        (f'echo "{PATH}"', SCRIPT),
        (f"test -x {PATH}", SCRIPT),
        (f"/bin/sh -c '{PATH}'", SCRIPT),
        (f"R={PATH}", SCRIPT),
        (f"{PATH}.old", SCRIPT),
        (f"ExecStart=/bin/sh -c '{PATH}'", UNIT),
        (f"ExecStop={PATH}", UNIT),
        (f"Description={PATH}", UNIT),
        (f"ConditionPathExists={PATH}", UNIT),
        (PATH, UNIT),
    ],
)
def test_nothing_is_concluded_from_what_else_names_it(text: str, path: str) -> None:
    assert use_of(text, path) == "unclear"
