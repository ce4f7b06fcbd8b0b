"""The lines of jq in docs/reports.md, run on the report of the shipped examples: `python -m tests.reports_page` writes
what they print into the page.

A block of `console` has commands behind `$ ` and what they print below each. Those of rmccomply make the files.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from shlex import split
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "reports.md"
_BLOCK: Final = re.compile(r"(?<=^```console\n)(?:.*\n)*?(?=^```$)", re.MULTILINE)


def commands(page: str) -> list[str]:
    """All commands of the page, in their order."""
    return [line[2:] for block in _BLOCK.findall(page) for line in block.splitlines() if line.startswith("$ ")]


def printed(command: str, folder: Path) -> str:
    """What a command prints; reports are written to a folder, and evidence is read from the checkout."""
    words = split(command)
    if words[0] == "rmccomply":
        places = [re.sub(r"^([a-z-]+)=", rf"\1={folder}/", word) for word in words[1:]]
        subprocess.run([sys.executable, "-m", "rmccomply", *places], cwd=ROOT, capture_output=True, check=False)
        return ""
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False).stdout


def with_output(page: str, folder: Path) -> str:
    """The page with what its commands print."""

    def block(found: re.Match[str]) -> str:
        asked = [line for line in found[0].splitlines() if line.startswith("$ ")]
        return "".join(f"{line}\n{printed(line[2:], folder)}" for line in asked)

    return _BLOCK.sub(block, page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PAGE.write_text(with_output(PAGE.read_text("utf-8"), Path(made)), "utf-8")
