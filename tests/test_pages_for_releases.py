"""docs/baseline.md and docs/attestation.md: every command as it is written does what the page shows."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import bundle, file, replaced
from tests.hosts.consoles import whole_aix
from tests.hosts.story_answers import FULL, OTHER_ID

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


def commands(page: str) -> list[tuple[str, list[str]]]:
    """Each command of the page with the lines that it shows."""
    found: list[tuple[str, list[str]]] = []
    text = (ROOT / "docs" / page).read_text("utf-8")
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def shown(command: str, folder: Path) -> list[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    surroundings = {"PATH": path, "HOME": str(folder), "LC_ALL": "C.UTF-8", "COLUMNS": "200"}
    bash = shutil.which("bash")
    assert bash
    done = subprocess.run(
        [bash, "-c", command],
        cwd=folder,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode().splitlines()


def is_like(line: str, told: str) -> bool:
    """Whether a line is as the page tells it, where `…` stands for anything."""
    return re.fullmatch(".+".join(map(re.escape, told.split("…"))), line) is not None


def play(page: str, folder: Path, before: Mapping[int, Callable[[], None]]) -> None:
    """Run all commands of a page in order; `before` the n-th of them something happens."""
    for number, (command, told) in enumerate(commands(page)):
        if number in before:
            before[number]()
        lines = shown(command, folder)
        assert len(lines) == len(told), (command, lines)
        assert [line for line, one in zip(lines, told, strict=True) if not is_like(line, one)] == [], command


IDS = file("/etc/ct_node_id", f"{OTHER_ID}\n")


def test_the_page_of_the_baseline(tmp_path: Path) -> None:
    folder = tmp_path / "bundles"
    folder.mkdir()

    def host(name: str, *faults: Evidence) -> None:
        (folder / f"{name}.rmcc").write_bytes(bundle(replaced(whole_aix(), *faults), name))

    def later() -> None:
        host("lpar0007", FULL)
        host("lpar0009", IDS)

    host("lpar0007", FULL, IDS)
    host("lpar0008")
    play("baseline.md", tmp_path, {3: later})


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_the_page_of_attestation(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "aurora-db1.rmcc", tmp_path / "rhel9.rmcc")
    (tmp_path / "rhel9.raw").write_bytes(b"an image\n" * 1000)
    play("attestation.md", tmp_path, {})
