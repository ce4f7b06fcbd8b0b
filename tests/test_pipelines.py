"""What pipelines plug in: the action, the templates of GitLab and Jenkins, the hooks of pre-commit."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest

from tests.hosts.building import bundle, without
from tests.hosts.consoles import whole_aix

ROOT: Final = Path(__file__).parents[1]
PIPELINES: Final = ROOT / "examples" / "pipelines"
REQUIRED: Final = "TESTS_REQUIRE_PIPELINES"
PAGE: Final = (ROOT / "docs" / "pipelines.md").read_text("utf-8")


def need(module: str) -> None:
    """Skip a test where a tool is not installed, unless it was promised."""
    if find_spec(module) is None:
        assert os.environ.get(REQUIRED) != "1", f"{module} was promised"
        pytest.skip(f"needs {module}")


def document(path: Path) -> Any:
    need("yaml")
    import yaml

    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A checkout with evidence, and a program that stands for the one that would be installed."""
    (tmp_path / "good.rmcc").write_bytes(bundle(whole_aix(), "good"))
    (tmp_path / "dark.rmcc").write_bytes(bundle(without(whole_aix(), "lssrc -a"), "dark"))
    for folder in ("rmccomply/bin", ".rmccomply/bin"):
        (tmp_path / folder).mkdir(parents=True)
        program = tmp_path / folder / "rmccomply"
        program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m rmccomply "$@"\n', "utf-8")
        program.chmod(0o755)
    return tmp_path


def run(script: str, place: Path, shell: str = "bash", **given: str) -> subprocess.CompletedProcess[str]:
    arguments = [shell, "--noprofile", "--norc", "-eo", "pipefail", "-c"] if shell == "bash" else [shell, "-ec"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(place), "LC_ALL": "C.UTF-8", **given}
    return subprocess.run([*arguments, script], env=environment, capture_output=True, text=True, cwd=place, timeout=300)


# ---- GitHub ----------------------------------------------------------------------------------------------------


def of_runner(place: Path, **given: str) -> dict[str, str]:
    """The variables that a runner sets for the step that checks: inputs as the action passes them on."""
    action = document(ROOT / "action.yml")
    step = action["runs"]["steps"][1]
    inputs = {name: given.get(name, one.get("default", "")) for name, one in action["inputs"].items()}
    found = {}
    for name, expression in step["env"].items():
        wanted = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", expression)
        assert wanted is not None, expression
        found[name] = inputs[wanted[1]]
    files = {name: str(place / name.lower()) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    return {**found, **files, "RUNNER_TEMP": str(place), "GITHUB_ACTIONS": "true"}


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"evidence": "good.rmcc"}, 0),
        ({"evidence": "good.rmcc\ndark.rmcc\n"}, 3),
        ({"evidence": "dark.rmcc", "on-unknown": "report"}, 0),
        ({"evidence": "missing.rmcc"}, 2),
        ({"evidence": "-dark.rmcc"}, 2),
        ({"evidence": "$(touch owned); `touch owned`"}, 2),
        ({"evidence": "good.rmcc", "fail-on": "hihg"}, 2),
    ],
)
def test_the_action_ends_as_the_check_does_and_leaves_its_outputs(
    place: Path, given: dict[str, str], status: int
) -> None:
    action = document(ROOT / "action.yml")
    ran = run(action["runs"]["steps"][1]["run"], place, **of_runner(place, **given))
    assert ran.returncode == status, ran.stderr
    outputs = dict(line.partition("=")[::2] for line in (place / "github_output").read_text().splitlines())
    assert outputs["status"] == str(status)
    assert outputs["report"].startswith(f"{place}/rmccomply-report.")
    assert not (place / "owned").exists()
    if "missing" not in given["evidence"] and "hihg" not in given.values() and status != 2:
        assert (place / "github_step_summary").stat().st_size
        assert {one.name for one in Path(outputs["report"]).iterdir()} >= {"report.json", "junit.xml", "summary.md"}


def test_inputs_of_the_action_reach_scripts_through_the_environment_alone() -> None:
    action = document(ROOT / "action.yml")
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_the_action_has_no_finding_of_zizmor() -> None:
    tool = shutil.which("zizmor") or shutil.which("zizmor", path=str(Path(sys.executable).parent))
    if tool is None:
        assert os.environ.get(REQUIRED) != "1"
        pytest.skip("needs zizmor")
    ran = subprocess.run(
        [tool, "--offline", "--no-progress", "--persona=auditor", str(ROOT / "action.yml")],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout


# ---- GitLab, Jenkins -------------------------------------------------------------------------------------------


def without_installation(script: str) -> str:
    return "\n".join(line for line in script.split("\n") if "venv" not in line and "pip install" not in line)


@pytest.mark.parametrize(("evidence", "status"), [("good.rmcc", 0), ("good.rmcc\ndark.rmcc", 3), ("-x.rmcc", 2)])
def test_the_jobs_of_gitlab_report_first_and_then_shut_the_gate(place: Path, evidence: str, status: int) -> None:
    jobs = document(PIPELINES / "gitlab-ci.yml")
    variables = {**jobs["variables"], "RMC_EVIDENCE": evidence, "RMCCOMPLY_POLICY": "rmc-core"}
    report = without_installation("\n".join(jobs["rmc-report"]["script"]))
    ran = run(report, place, "sh", **variables)
    assert ran.returncode == 0, ran.stderr
    assert jobs["rmc-gate"]["needs"] == ["rmc-report"]
    gate = run("\n".join(jobs["rmc-gate"]["script"]), place, "sh", **variables)
    assert gate.returncode == status
    artifacts = jobs["rmc-report"]["artifacts"]
    assert artifacts["when"] == "always"
    wanted = [*artifacts["paths"], *artifacts["reports"].values()]
    assert all((place / name).is_file() for name in wanted)


def test_the_script_of_jenkins_ends_as_the_check_does(place: Path) -> None:
    text = (PIPELINES / "Jenkinsfile").read_text("utf-8")
    script = re.search(r"'''(.*?)'''", text, re.DOTALL)
    assert script is not None
    (place / "good.rmcc").rename(place / "image.rmcc")
    ran = run(without_installation(script[1]), place, "sh", RMCCOMPLY_POLICY="rmc-core")
    assert ran.returncode == 0, ran.stderr
    assert (place / "rmc-junit.xml").is_file()
    assert text.count("{") == text.count("}")


# ---- pre-commit ------------------------------------------------------------------------------------------------


def test_the_hooks_name_commands_that_are_there() -> None:
    for hook in document(ROOT / ".pre-commit-hooks.yaml"):
        words = hook["entry"].split()
        ran = subprocess.run(
            [sys.executable, "-m", *words, "--help"], capture_output=True, text=True, cwd=ROOT, timeout=60
        )
        assert ran.returncode == 0, ran.stderr


@pytest.mark.wheel
def test_the_hooks_run_by_pre_commit(tmp_path: Path) -> None:
    need("pre_commit")
    for command in (["git", "init", "-q"], ["git", "config", "user.email", "a@example.com"]):
        subprocess.run(command, cwd=tmp_path, check=True)
    policies = tmp_path / "policies"
    policies.mkdir()
    sound = (ROOT / "tests" / "hooks" / "sound.toml").read_text("utf-8")
    (policies / "ours.toml").write_text(sound, "utf-8")
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    arguments = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "rmccomply-policy", "--all-files"]
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    ran = subprocess.run(arguments, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (policies / "ours.toml").write_text(sound.replace("severity", "severty"), "utf-8")
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    ran = subprocess.run(arguments, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 1
    assert "did you mean 'severity'" in ran.stdout


def test_the_page_shows_settings_that_hold(tmp_path: Path) -> None:
    from rmccomply.written.settings_file import settings_from

    shown = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert shown is not None
    (tmp_path / "rmccomply.toml").write_text(shown[1], "utf-8")
    assert settings_from(None, tmp_path, {}).values["fail_on"] == "medium"
