"""The package as others import it."""

import inspect
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import rmccomply
from tests.hosts.building import bundle, file, replaced
from tests.hosts.consoles import whole_aix
from tests.runs.stand_in import client

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "python" / "check_a_folder.py"
PAGE = (ROOT / "docs" / "python.md").read_text("utf-8")
Printed = pytest.CaptureFixture[str]


@pytest.mark.parametrize("name", dir(rmccomply))
def test_every_public_name_is_found(name: str) -> None:
    assert getattr(rmccomply, name) is not None


def test_no_submodule_hides_a_public_name() -> None:
    import rmccomply.checks
    import rmccomply.ending.status
    import rmccomply.report
    import rmccomply.runs.check

    assert callable(rmccomply.check)
    assert [name for name in dir(rmccomply) if type(getattr(rmccomply, name)).__name__ == "module"] == []


def test_another_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'rmccomply' has no attribute 'scan'"):
        rmccomply.scan  # noqa: B018


def test_importing_it_imports_nothing_heavy() -> None:
    program = "import rmccomply, sys; print([name for name in sys.modules if name.startswith('rmccomply.')])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[]\n"


def test_the_way_its_docstring_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bundles").mkdir()
    (tmp_path / "bundles" / "a.rmcc").write_bytes(
        bundle(replaced(whole_aix(), file("/etc/ct_node_id", "1" * 16 + "\n")))
    )
    shown = (rmccomply.__doc__ or "").partition("asked for:\n\n")[2]
    exec(textwrap.dedent(shown), {})
    assert capsys.readouterr().out == "lpar1 ['RMC-ID-001']\n"


def pieces(language: str) -> list[str]:
    """The fenced blocks of the page in one language."""
    return [piece.partition("\n```")[0] for piece in PAGE.split(f"```{language}\n")[1:]]


def test_the_page_shows_the_example_as_it_is() -> None:
    assert pieces("python")[0] == EXAMPLE.read_text("utf-8").rstrip("\n")


def test_the_example_lists_what_fails() -> None:
    ran = subprocess.run([sys.executable, EXAMPLE, "examples"], capture_output=True, text=True, cwd=ROOT)
    assert (ran.returncode, ran.stderr) == (1, "")
    rows = [line.split("\t") for line in ran.stdout.splitlines()]
    assert {row[0] for row in rows} == {"borealis-app2", "drift-vios1", "elbe-nim4"}
    assert not any(row[1].startswith("RMC-FS") for row in rows)
    assert all(re.fullmatch(r"examples/[^:]+:\d+", place) for row in rows for place in row[3:])


def test_the_proof_of_the_page_is_that_of_the_command(monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    monkeypatch.chdir(ROOT)
    exec(pieces("python")[2], {})
    told = capsys.readouterr().out
    assert "fails on borealis-app2" in told
    assert "It would pass if" in told


def test_hosts_of_the_page_are_asked_by_ssh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    tools = tmp_path / "tools"
    client(tools, {"lpar7.example.com": bundle(whole_aix())})
    monkeypatch.setenv("PATH", str(tools), prepend=":")
    monkeypatch.chdir(tmp_path)
    exec(pieces("python")[3], {})
    assert capsys.readouterr().out.startswith("lpar7.example.com collected")
    assert (tmp_path / "run1" / "lpar7.example.com.rmcc").is_file()


def test_the_fleet_of_the_page_is_judged_by_processes(tmp_path: Path) -> None:
    (tmp_path / "bundles").mkdir()
    (tmp_path / "bundles" / "a.rmcc").write_bytes(bundle(whole_aix()))
    (tmp_path / "fleet.py").write_text(pieces("python")[1])
    ran = subprocess.run([sys.executable, "fleet.py"], capture_output=True, text=True, cwd=tmp_path)
    assert (ran.stdout, ran.stderr) == ("lpar1 0\n", "")


def test_the_page_names_all_arguments_and_public_functions() -> None:
    for name in inspect.signature(rmccomply.check).parameters:
        assert f"`{name}`" in PAGE, name
    for name in rmccomply.__all__:
        assert name in PAGE, name
