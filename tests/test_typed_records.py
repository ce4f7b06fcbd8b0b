"""Records are typed to the end: a field that is renamed is an error wherever a fact reads it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "rmccomply"
SOURCE = "sources/rsct/lsrpdomain.py"
UNTYPED = ("--disable-error-code", "import-untyped")
"""PyYAML has no types of its own."""
FACT = "facts/groups/ha.py"


def checked(folder: Path) -> str:
    """What mypy says of a group of facts in a copy of the package."""
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-incremental",
        "--no-error-summary",
        *UNTYPED,
        f"rmccomply/{FACT}",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.exhaustive
def test_a_renamed_field_of_a_record_is_a_type_error(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    shutil.copytree(PACKAGE, tmp_path / "rmccomply", ignore=shutil.ignore_patterns("__pycache__"))
    assert checked(tmp_path) == ""
    source = tmp_path / "rmccomply" / SOURCE
    text = source.read_text("utf-8")
    assert text.count("    rows: tuple[PeerDomain, ...]") == 1
    source.write_text(text.replace("    rows: tuple[PeerDomain, ...]", "    domains: tuple[PeerDomain, ...]"), "utf-8")
    said = checked(tmp_path)
    assert f"rmccomply/{FACT}" in said
    assert '"PeerDomains" has no attribute "rows"' in said
