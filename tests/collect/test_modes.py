"""What a run leaves is its owner's alone, whatever the umask, and a report that is replaced keeps its permissions."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hosts.building import bundle
from tests.hosts.consoles import whole_aix

ROOT = Path(__file__).parents[2]
SSH = """\
#!/bin/sh
for word; do
  [ "$word" != -G ] || { printf 'hostname 192.0.2.1\\nuser u\\nport 22\\n'; exit 0; }
done
cat >/dev/null
case "$*" in *lost*) head -c 900 "$0.rmcc"; exit 255 ;; *) cat "$0.rmcc" ;; esac
"""
"""In the place of the client: one target answers, one is lost on the way."""
LOCAL = "main() { cat whole.rmcc; }\nmain\n"
MASKS = (0o022, 0o077)
WRITES: dict[str, tuple[str, ...]] = {
    "local": ("collect", "local", "--collector", "local.sh", "--run", "new/run"),
    "ssh": ("collect", "ssh", "whole", "lost", "--retries", "0", "--run", "new/run"),
    "check of ssh": ("check", "ssh://whole", "--run", "new/run", "-o", "json=new.json"),
    "check": ("check", "whole.rmcc", "-o", "json=new.json", "-o", "sarif=new.sarif"),
    "facts": ("facts", "whole.rmcc", "-o", "json=new.json"),
    "extract": ("bundle", "extract", "whole.rmcc", "--to", "new"),
}


def run(folder: Path, umask: int, *words: str) -> "subprocess.CompletedProcess[bytes]":
    env = {**os.environ, "PATH": f"{folder}/tools:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "rmccomply", *words]
    return subprocess.run(command, cwd=folder, env=env, umask=umask, capture_output=True, timeout=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "ssh").write_text(SSH)
    (tmp_path / "tools" / "ssh").chmod(0o755)
    for name in ("tools/ssh.rmcc", "whole.rmcc"):
        (tmp_path / name).write_bytes(bundle(whole_aix(), "whole"))
    (tmp_path / "local.sh").write_text(LOCAL)
    return tmp_path


def modes(folder: Path) -> dict[str, str]:
    """Of all that begins with `new`."""
    found = [path for start in folder.glob("new*") for path in (start, *start.rglob("*"))]
    return {str(path.relative_to(folder)): oct(stat.S_IMODE(path.stat().st_mode)) for path in found}


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("name", "umask"),
    [*((name, 0o000) for name in WRITES), *((name, mask) for name in ("local", "ssh") for mask in MASKS)],
)
def test_what_is_written_is_its_owner_s_alone(name: str, umask: int, folder: Path) -> None:
    ran = run(folder, umask, *WRITES[name])
    assert ran.returncode in (0, 1, 3, 5), ran.stderr
    found = modes(folder)
    assert found
    wrong = {path: mode for path, mode in found.items() if mode != ("0o700" if (folder / path).is_dir() else "0o600")}
    assert wrong == {}


@pytest.mark.parametrize(("mode", "umask"), [(0o640, 0o000), (0o664, 0o077)])
def test_a_report_that_is_replaced_keeps_its_permissions(mode: int, umask: int, folder: Path) -> None:
    (folder / "new.json").write_text("{}")
    (folder / "new.json").chmod(mode)
    ran = run(folder, umask, *WRITES["check"])
    assert ran.returncode in (0, 3)
    assert modes(folder) == {"new.json": oct(mode), "new.sarif": "0o600"}


def test_a_second_run_into_a_folder_leaves_it_private(folder: Path) -> None:
    for umask in (0o000, 0o022):
        run(folder, umask, *WRITES["ssh"])
    assert set(modes(folder).values()) == {"0o700", "0o600"}
