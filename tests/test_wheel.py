"""The wheel: built, installed into a new environment, and run from another folder."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from rmccomply.data import collector_text
from rmccomply.policy.find import shipped
from rmccomply.version import VERSION

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.wheel
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_"))}


def ran(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, cwd=folder, env=PLAIN, timeout=600)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = ran(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT, folder=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path) -> Path:
    """The program as it is in a new environment that has the wheel alone."""
    environment = wheel.parent / "environment"
    for words in (
        (sys.executable, "-m", "venv", environment),
        (environment / "bin" / "python", "-m", "pip", "install", "--quiet", wheel),
    ):
        made = ran(*words, folder=wheel.parent)
        assert made.returncode == 0, made.stdout + made.stderr
    return environment / "bin" / "rmccomply"


@pytest.mark.exhaustive
def test_policies_schemas_and_types_are_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"rmccomply/_data/policies/{name}.toml" for name in shipped()} <= names
    assert {f"rmccomply/_data/schemas/{path.name}" for path in (ROOT / "schemas").glob("*.json")} <= names
    assert {"rmccomply/py.typed", "rmccomply/collect/collector.sh"} <= names
    templates = Path("rmccomply/formats/html/templates")
    assert {(templates / path.name).as_posix() for path in (ROOT / templates).iterdir()} <= names
    assert not [name for name in names if name.startswith(("tests", "benchmarks", "docs", "examples"))]
    assert f"rmccomply-{VERSION}.dist-info/licenses/LICENSE" in names


@pytest.mark.exhaustive
def test_html_asks_for_its_extra(program: Path, tmp_path: Path) -> None:
    asked = ran(program, "check", ROOT / "examples" / "borealis-app2.rmcc", "-o", "html=rmc.html", folder=tmp_path)
    assert (asked.returncode, asked.stdout) == (2, "")
    assert (
        "-o html needs jinja2: pip install 'rmccomply[report]' (after pipx: pipx inject rmccomply jinja2)"
        in asked.stderr
    )
    assert not (tmp_path / "rmc.html").exists()


@pytest.mark.exhaustive
def test_it_checks_an_example_from_another_folder(program: Path, tmp_path: Path) -> None:
    checked = ran(program, "check", ROOT / "examples" / "borealis-app2.rmcc", "-o", "json", folder=tmp_path)
    assert checked.returncode == 1
    assert checked.stderr.startswith("rmccomply: FAILED: ")
    report = json.loads(checked.stdout)
    assert report["policies"][0]["id"] == "rmc-core"
    assert "fail" in {finding["result"] for finding in report["findings"]}


def test_it_has_the_collector(program: Path, tmp_path: Path) -> None:
    assert ran(program, "collect", "script", folder=tmp_path).stdout == collector_text()


def test_it_has_examples_and_its_first_command_works(program: Path, tmp_path: Path) -> None:
    told = ran(program, "example", folder=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert "Try: rmccomply check rmccomply-examples" in told.stdout
    checked = ran(program, "check", "rmccomply-examples", folder=tmp_path)
    assert checked.returncode == 1
    assert "aurora-db1" in checked.stdout


def test_it_finds_its_policies_and_its_schemas(program: Path, tmp_path: Path) -> None:
    assert ran(program, "policy", "lint", *shipped(), folder=tmp_path).returncode == 0
    example = ROOT / "examples" / "aurora-db1.rmcc"
    assert ran(program, "check", example, "-o", "sarif=a.sarif", "-o", "json=a.json", folder=tmp_path).returncode == 0
    validated = ran(program, "report", "validate", "a.json", "a.sarif", folder=tmp_path)
    assert (validated.returncode, validated.stdout.count(": valid")) == (0, 2)


def test_a_fault_has_its_line(program: Path, tmp_path: Path) -> None:
    text = (ROOT / "policies" / "rmc-core.toml").read_text("utf-8")
    start, mark, rest = text.partition('id = "RMC-ID-001"')
    (tmp_path / "bad.toml").write_text(start + mark + rest.replace('severity = "critical"', 'severity = "grave"', 1))
    changed = (tmp_path / "bad.toml").read_text("utf-8").split("\n")
    line = next(number for number, one in enumerate(changed, 1) if one == 'severity = "grave"')
    linted = ran(program, "policy", "lint", "bad.toml", folder=tmp_path)
    assert linted.returncode == 2
    assert f"bad.toml:{line}: RMC-ID-001 severity" in linted.stderr
