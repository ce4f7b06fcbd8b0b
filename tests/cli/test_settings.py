"""`check` with a settings file and variables of the environment: which of them holds, and what says so."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.hosts.building import NOW, bundle
from tests.hosts.consoles import whole_aix

FILE = 'schema = 1\n[check]\nfail-on = "never"\nmin-decided = 10\nselect = ["RMC-SUB"]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.rmcc").write_bytes(bundle(whole_aix(), "one"))
    (tmp_path / "rmccomply.toml").write_text(FILE, "utf-8")
    return tmp_path


def settings(program: Program, *arguments: str) -> dict[str, tuple[str, str]]:
    ran = program("check", "--now", NOW, "one.rmcc", "-o", "json", *arguments)
    found = json.loads(ran.out)["run"]["settings"]
    return {one["name"]: (one["value"], one["origin"]) for one in found}


@pytest.mark.usefixtures("folder")
def test_the_command_line_goes_before_the_environment_and_that_before_the_file(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RMCCOMPLY_MIN_DECIDED", "20")
    monkeypatch.setenv("RMCCOMPLY_SELECT", "RMC-ID,RMC-SUB")
    found = settings(program, "--select", "RMC-ID")
    assert found["select"] == ("RMC-ID", "command line")
    assert found["min_decided"] == ("20", "environment")
    assert found["fail_on"] == ("never", "file")
    assert found["config"] == ("rmccomply.toml", "default")
    assert settings(program, "--config", "none")["fail_on"] == ("low", "default")


@pytest.mark.usefixtures("folder")
def test_what_is_set_elsewhere_is_said_once(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RMCCOMPLY_MIN_DECIDED", "20")
    ran = program("check", "--now", NOW, "one.rmcc", "--select", "RMC-ID")
    assert ran.err == "rmccomply: set by rmccomply.toml: fail-on; set by the environment: min-decided\n"
    assert program("check", "--now", NOW, "one.rmcc", "-q").err == ""
    assert program("check", "--now", NOW, "one.rmcc", "--config", "none").err == ""


@pytest.mark.usefixtures("folder")
def test_a_value_that_is_refused_names_who_set_it(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RMCCOMPLY_MIN_DECIDED", "much")
    ran = program("check", "one.rmcc")
    assert ran.status == 2
    assert "Invalid value for '--min-decided': " in ran.err
    assert "It is set by RMCCOMPLY_MIN_DECIDED." in ran.err
    monkeypatch.delenv("RMCCOMPLY_MIN_DECIDED")
    Path("rmccomply.toml").write_text(FILE.replace("never", "hihg"), "utf-8")
    assert "did you mean 'high'? It is set by rmccomply.toml." in program("check", "one.rmcc").err


def test_no_report_goes_over_a_settings_file(folder: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "named.toml").write_text(FILE, "utf-8")
    (folder / "set.toml").write_text(FILE, "utf-8")
    monkeypatch.setenv("RMCCOMPLY_CONFIG", "set.toml")
    for more in ((), ("--config", "named.toml"), ("--config", "none")):
        for name in ("rmccomply.toml", "set.toml", *more[1:]):
            ran = program("check", "one.rmcc", *more, "-o", f"json={name}")
            assert (ran.status, "which a report never replaces" in ran.err) == (2, True) or name == "none"
    assert {path.read_text("utf-8") for path in folder.glob("*.toml")} == {FILE}
