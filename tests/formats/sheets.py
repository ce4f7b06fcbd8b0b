"""CSV as programs and spreadsheets read it: `csv` of Python, and LibreOffice Calc without a window.

Calc writes what it made of a file as flat XML (OpenDocument 1.3, part 3, section 9: a cell has `table:formula` where it
is one). TESTS_REQUIRE_CALC=1, as CI has it where it could be installed, makes a missing Calc a failure.
"""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from rmccomply.formats._cells import MARK

OFFICE = shutil.which("soffice")
needs_calc = pytest.mark.skipif(
    OFFICE is None and os.environ.get("TESTS_REQUIRE_CALC") != "1", reason="there is no soffice here"
)
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MOST = 100
"""Cells that a row may repeat: behind the last one Calc repeats an empty cell to the end of the sheet."""


def read_by_python(text: str) -> list[list[str]]:
    """The rows of a report."""
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline=""), strict=True))


def read_by_calc(text: str, folder: Path) -> tuple[list[list[str]], list[str]]:
    """The rows that Calc makes of a report, as it shows them, and its formulas."""
    assert OFFICE is not None, "TESTS_REQUIRE_CALC=1, and there is no soffice"
    (folder / "sheet.csv").write_text(text, encoding="utf-8", newline="")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [OFFICE, profile, "--headless", "--infilter=CSV:44,34,76", "--convert-to", "fods", "sheet.csv"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    sheet = ET.parse(folder / "sheet.fods")
    formulas = [cell.attrib[f"{TABLE}formula"] for cell in sheet.iter() if f"{TABLE}formula" in cell.attrib]
    rows = [list(_cells_of(row)) for row in sheet.iter(f"{TABLE}table-row")]
    return [row for row in rows if row], formulas


def _cells_of(row: ET.Element) -> Iterator[str]:
    for cell in row.iter(f"{TABLE}table-cell"):
        count = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        for _ in range(count if count < _MOST else 0):
            yield "\n".join("".join(_shown(part)) for part in cell.iter(f"{TEXT}p"))


def _shown(part: ET.Element) -> Iterator[str]:
    """The text of a paragraph; several blanks are one element."""
    yield part.text or ""
    for inner in part:
        if inner.tag == f"{TEXT}s":
            yield " " * int(inner.get(f"{TEXT}c", "1"))
        else:
            yield from _shown(inner)
        yield inner.tail or ""
