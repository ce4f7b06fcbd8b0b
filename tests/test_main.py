"""`python -m rmccomply`: the version without anything heavy."""

import subprocess
import sys
from pathlib import Path

import pytest

from rmccomply.version import VERSION
from tests.hosts.building import bundle
from tests.hosts.consoles import whole_aix

EXAMPLE = Path(__file__).parents[1] / "examples" / "aurora-db1.rmcc"
EXTRACT = f"bundle extract '{EXAMPLE}' 'lssrc -a'"


def test_version_imports_neither_typer_nor_pydantic() -> None:
    code = (
        "import sys; sys.argv = ['rmccomply', '--version']\n"
        "from rmccomply.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as stop:\n    assert stop.code == 0\n"
        "print([name for name in ('typer', 'pydantic', 'tomli', 'json') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"rmccomply {VERSION}\n[]\n"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "command", ["collect list", "doctor", "rules", "collect script", "policy schema policy", EXTRACT]
)
@pytest.mark.parametrize("out", [">&-", ">/dev/full"])
def test_standard_output_that_takes_nothing_is_told_in_one_line(command: str, out: str) -> None:
    line = f'"{sys.executable}" -m rmccomply {command} {out}'
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("rmccomply: error: standard output: was not written whole: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.exhaustive
def test_closed_standard_error_and_input_change_nothing() -> None:
    line = f'"{sys.executable}" -m rmccomply check {EXAMPLE} --now 2026-11-20T03:00:00Z -o json'
    said = [
        subprocess.run(["sh", "-c", f"{line} {closed}"], capture_output=True, check=False)
        for closed in ("", "2>&-", "<&-", "2>&- <&-")
    ]
    assert len({(done.returncode, done.stdout) for done in said}) == 1
    assert said[0].stdout
    lost = subprocess.run(["sh", "-c", f'"{sys.executable}" -m rmccomply check nothing 2>&-'], check=False)
    assert lost.returncode == 2


@pytest.mark.exhaustive
@pytest.mark.parametrize(("watch", "forgets"), [("", False), ("sys.setprofile(lambda *_: None)", True)])
@pytest.mark.parametrize(("name", "status"), [(str(EXAMPLE), 0), ("nothing", 2)])
def test_a_run_ends_without_forgetting_what_it_made_unless_it_is_watched(
    watch: str, forgets: bool, name: str, status: int
) -> None:
    code = (
        f"import atexit, sys; sys.argv = ['rmccomply', 'check', {name!r}, '--now', '2026-11-20T03:00:00Z']\n"
        "atexit.register(lambda: sys.stderr.write('forgotten\\n'))\n"
        f"from rmccomply.__main__ import program\n{watch}\nprogram()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert done.stderr.endswith("forgotten\n") == forgets
    assert done.stdout.endswith(f"exit {status}\n")


def test_the_module_runs_the_command_line() -> None:
    done = subprocess.run([sys.executable, "-m", "rmccomply", "rules"], capture_output=True, text=True, check=True)
    assert "RMC-DOM-001" in done.stdout


def test_an_answer_that_a_full_disk_does_not_take_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.rmcc").write_bytes(bundle(whole_aix(), "a"))
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "rmccomply", "bundle", "extract", str(tmp_path / "a.rmcc"), "uname -a"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "rmccomply: error: standard output: was not written whole: No space left on device"
    ]
