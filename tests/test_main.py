"""`python -m rmccomply`: the version without anything heavy."""

import subprocess
import sys

from rmccomply.version import VERSION


def test_version_imports_neither_typer_nor_pydantic() -> None:
    code = (
        "import sys; sys.argv = ['rmccomply', '--version']\n"
        "from rmccomply.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as stop:\n    assert stop.code == 0\n"
        "print([name for name in ('typer', 'pydantic', 'tomli', 'json') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"rmccomply {VERSION}\n[]\n"


def test_the_module_runs_the_command_line() -> None:
    done = subprocess.run([sys.executable, "-m", "rmccomply", "rules"], capture_output=True, text=True, check=True)
    assert "RMC-DOM-001" in done.stdout
