"""Settings: all in force, each with where it comes from, and nothing of the machine."""

import json
from pathlib import Path
from typing import Any

import pytest

from rmccomply.guarded import Limits
from rmccomply.policy.load import load
from rmccomply.policy.model import WaiverTerms
from rmccomply.policy.select import Choice
from rmccomply.report import Gate
from rmccomply.runs.check import check
from rmccomply.runs.settings import SettingsAsked, settings_of
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle, healthy_aix

POLICY = load("powervs-import")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.rmcc").write_bytes(bundle(healthy_aix(), "a"))
    return tmp_path


def told(program: Program, *more: str) -> dict[str, tuple[str, str]]:
    """The settings of a run of the command line: value and origin by name."""
    run = json.loads(program("check", "a.rmcc", "--now", NOW, "-o", "json", *more).out)["run"]
    assert len({each["name"] for each in run["settings"]}) == len(run["settings"])
    return {each["name"]: (each["value"], each["origin"]) for each in run["settings"]}


@pytest.mark.usefixtures("folder")
def test_without_an_option_all_is_by_default_or_as_the_policy_says(program: Program) -> None:
    found = told(program)
    assert {origin for name, (_, origin) in found.items() if "." not in name} == {"default"}
    assert {origin for name, (_, origin) in found.items() if "." in name} == {"policy"}
    assert found["policy"] == ("rmc-core", "default")
    assert found["max_seconds"] == ("120", "default")
    assert found["rmc-core.management"] == ("unknown", "policy")


def test_what_is_asked_is_told_with_its_origin(folder: Path, program: Program) -> None:
    (folder / "l.toml").write_text('[a]\nwave = "3"\n')
    (folder / "s.toml").write_text('names = ["acme"]\n')
    gate = ("--fail-on", "high", "--min-decided", "12.5", "--exit-zero", "--on-unknown", "fail")
    asked = (*gate, "--ignore", "RMC-FS", "--max-size", "70000000", "--param", "management=hmc")
    files = ("--labels", str(folder / "l.toml"), "--secrets", str(folder / "s.toml"))
    found = told(program, *asked, *files)
    given = {name: value for name, (value, origin) in found.items() if origin == "command line"}
    assert given == {
        "fail_on": "high",
        "on_unknown": "fail",
        "min_decided": "12.5",
        "exit_zero": "yes",
        "ignore": "RMC-FS",
        "max_size": "70000000",
        "labels": "l.toml",
        "secrets": "s.toml",
        "rmc-core.management": "hmc",
    }


def test_no_folder_of_this_machine_is_in_it(folder: Path, program: Program) -> None:
    (folder / "mine.toml").write_text('schema = 1\nid = "mine"\ntitle = "x"\nversion = "1"\nextends = "rmc-core"\n')
    found = told(program, "-p", str(folder / "mine.toml"))
    assert found["policy"] == ("mine", "command line")
    assert str(folder) not in str(found)


def test_a_secret_in_a_parameter_is_left_out() -> None:
    policy = POLICY._replace(values={**POLICY.values, next(iter(POLICY.parameters)): "password=tiger"})
    assert "tiger" not in str(settings_of([policy], Choice(), SettingsAsked(Gate())))


def test_a_profile_is_an_origin(folder: Path, program: Program) -> None:
    head = 'schema = 1\nid = "mine"\ntitle = "x"\nversion = "1"\nextends = "rmc-core"\n'
    (folder / "mine.toml").write_text(
        f'{head}[profiles.quick]\ntitle = "x"\nset = {{ management = "hmc", full_percent = 90 }}\n'
    )
    found = told(program, "-p", "mine.toml", "--profile", "quick", "--param", "full_percent=80")
    assert found["profile"] == ("quick", "command line")
    assert found["mine.management"] == ("hmc", "profile")
    assert found["mine.full_percent"] == ("80", "command line")
    assert found["mine.minimum_free_mib"] == ("64", "policy")


def test_programs_give_arguments(folder: Path) -> None:
    found = check(
        ["a.rmcc"],
        now=NOW,
        gate=Gate("high"),
        labels={"a": {"wave": "3"}},
        parameters={"management": "hmc"},
        limits=Limits(size=70_000_000),
        platform="aix",
    ).run.settings
    assert {one.name: one.value for one in found if one.origin == "argument"} == {
        "fail_on": "high",
        "platform": "aix",
        "labels": "1 target",
        "max_size": "70000000",
        "rmc-core.management": "hmc",
    }
    assert {one.origin for one in check(["a.rmcc"], now=NOW).run.settings} == {"default", "policy"}


def test_every_argument_that_decides_what_is_said_is_a_setting() -> None:
    names: Any = {one.name for one in settings_of([POLICY], Choice(), SettingsAsked(Gate()))}
    assert {*Gate._fields, *(f"max_{name}" for name in Limits._fields)} <= names
    assert {f"powervs-import.{name}" for name in POLICY.parameters} <= names


@pytest.mark.parametrize(("file", "told"), [("w.toml", "a waiver ends at most 90 days after its approval"), ("", "")])
def test_what_a_policy_asks_of_waivers_is_told_where_there_are_some(file: str, told: str) -> None:
    policy = POLICY._replace(waivers=WaiverTerms(max_days=90))
    cards = settings_of((policy,), Choice(), SettingsAsked(Gate(), waivers_file=file))
    assert "".join(one.value for one in cards if one.name == "powervs-import.waivers") == told
