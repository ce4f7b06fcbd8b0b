"""`rmccomply waiver`."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Program

NOW = "2026-12-01T12:00:00Z"
ADD = (
    *(
        "waiver",
        "add",
        "w.toml",
        "--rule",
        "RMC-VER-002",
        "--target",
        "aix73-*",
        "--label",
        "wave=3",
        "--severity",
        "low",
    ),
    *("--owner", "a.meier@example.com", "--approved-by", "j.kim@example.com", "--ticket", "CHG0042", "--now", NOW),
    *("--reason", "Level is raised in the December build.", "--expires", "2026-12-31T23:59:59+01:00"),
)
FILE = """\
schema = 1

[[waivers]]
id = "W-2026-001"
rule = "RMC-VER-002"
targets = ["aix73-*"]
labels = { wave = "3" }
severity = "low"
owner = "a.meier@example.com"
approved_by = "j.kim@example.com"
approved = 2026-12-01
ticket = "CHG0042"
reason = "Level is raised in the December build."
expires = 2026-12-31T23:59:59+01:00
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_is_added_is_listed_and_sound(program: Program) -> None:
    assert program(*ADD).out == "w.toml: added W-2026-001\n"
    assert Path("w.toml").read_text() == FILE
    assert program("waiver", "list", "w.toml", "--now", NOW).out == (
        "W-2026-001  in force, until 2026-12-31 23:59:59 +01:00 (30 days left)\n"
        "  RMC-VER-002 up to low, on aix73-*, where wave is 3\n"
        "  a.meier@example.com, approved by j.kim@example.com on 2026-12-01, CHG0042\n"
        "  Level is raised in the December build.\n"
    )
    assert (
        json.loads(program("waiver", "list", "w.toml", "--now", NOW, "-o", "json").out)["waivers"][0]["rule"]
        == "RMC-VER-002"
    )
    ran = program("waiver", "lint", "w.toml", "--now", NOW)
    assert (ran.status, ran.out, ran.err) == (0, "w.toml: 1 waiver, sound\n", "")


@pytest.mark.parametrize(
    ("now", "status", "says"),
    [("2026-12-25T00:00:00Z", 1, "runs out in 6 days"), ("2027-01-01T00:00:00Z", 1, "ran out on 2026-12-31")],
)
def test_lint_warns(program: Program, now: str, status: int, says: str) -> None:
    program(*ADD)
    ran = program("waiver", "lint", "w.toml", "--now", now)
    assert (ran.status, ran.out) == (status, "w.toml: 1 waiver, 1 warning\n")
    assert ran.err.startswith(f"rmccomply: warning: w.toml:3: waiver W-2026-001 {says}")


def test_faults_are_status_2(program: Program) -> None:
    Path("w.toml").write_text(FILE.replace("low", "lo").replace("owner", "onwer"))
    for command in (("lint",), ("list",)):
        ran = program("waiver", *command, "w.toml")
        assert (ran.status, ran.out, len(ran.err.splitlines())) == (2, "", 3)


@pytest.mark.parametrize(("label", "says"), [("wave", "--label: 'wave' is not NAME=VALUE"), ("=3", "--label: '=3' is")])
def test_a_label_is_a_pair(program: Program, label: str, says: str) -> None:
    ran = program(*ADD, "--label", label)
    assert (ran.status, says in ran.err) == (2, True)
