"""Evidence of any size costs bounded memory, time and output. All of it is constructed."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from rmccomply.evaluate import MOST_LINES
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import LONGEST_TEXT
from tests.cost import cost
from tests.hosts.building import LSSRC, bundle, command, judge, replaced, status
from tests.hosts.consoles import interfaces, whole_aix

ROWS = 40_000
"""Rows that a cost which grows with their square would not survive in the time that is given."""


def long_line(name: str) -> Callable[[Path], None]:
    """A capture of one line of 60 MB."""

    def make(folder: Path) -> None:
        (folder / f"{name}.txt").write_bytes(b"a b" * 20_000_000)

    return make


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["lssrc-a", "rmcdomainstatus-s-ctrmc", "lslpp-Lc", "df-k", "uname-a", "lsnodeid"])
@pytest.mark.parametrize("arguments", [("check", "-o", "json"), ("facts",), ("explain", "RMC-SUB-005")], ids=" ".join)
def test_a_line_of_any_length_is_no_answer(tmp_path: Path, arguments: tuple[str, ...], name: str) -> None:
    long_line(name)(tmp_path)
    ran = cost(tmp_path, *arguments, ".", "--platform", "aix")
    assert ran.status in (0, 3)
    assert len(ran.out) < 500_000
    assert ran.mebibytes < 500
    assert arguments[0] != "facts" or b"60000000 characters" in b" ".join(ran.out.split())


def test_a_reference_shows_the_start_of_a_long_line() -> None:
    place = command("lssrc -a", "x y " * LONGEST_TEXT).at(1)
    assert place is not None
    assert place.text == ("x y " * LONGEST_TEXT)[:LONGEST_TEXT]


def test_a_finding_points_at_some_of_very_many_lines() -> None:
    answer = command("rmcdomainstatus -s ctrmc -a ip", status(*["I A 10.9.8.7"] * 1_000))
    found = judge(replaced(whole_aix(), answer))["RMC-DOM-002"]
    assert (found.result, len(found.evidence)) == ("pass", MOST_LINES)
    assert f"{1_000 - MOST_LINES} more lines are behind this." in found.notes


def points(folder: Path) -> None:
    (folder / "x.rmcc").write_bytes(
        bundle(replaced(whole_aix(), command("rmcdomainstatus -s ctrmc -a ip", status(*["I A 10.9.8.7"] * ROWS))))
    )


def cards(folder: Path) -> None:
    one = interfaces()
    many = one._replace(out=one.out._replace(lines=one.out.lines * (ROWS // 4)))
    (folder / "x.rmcc").write_bytes(bundle(replaced(whole_aix(), many)))


def sections(folder: Path) -> None:
    answers = [Section("cmd", ("/usr/bin/lssrc", "-s", f"x{number}"), LSSRC.encode()) for number in range(10_000)]
    (folder / "x.rmcc").write_bytes(write_bundle({"host": "x", "os": "AIX"}, answers))


def equal_sections(folder: Path) -> None:
    answers = [Section("cmd", ("/usr/bin/lssrc", "-a"), LSSRC.encode())] * 10_000
    (folder / "x.rmcc").write_bytes(write_bundle({"host": "x", "os": "AIX"}, answers))


def captures(folder: Path) -> None:
    for number in range(3_000):
        (folder / f"lssrc-s-x{number}.txt").write_text(LSSRC)


def large_capture(folder: Path) -> None:
    (folder / "lssrc-a.txt").write_bytes(b"a b " * 25_000_000)
    (folder / "lsnodeid.txt").write_text("9f684c509e74d650\n")


@pytest.mark.exhaustive
@pytest.mark.parametrize("make", [points, cards, sections, equal_sections, captures, large_capture])
def test_many_rows_sections_and_files_are_read_in_time(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path)
    ran = cost(tmp_path, "check", ".", "-o", "json", "--platform", "aix")
    assert ran.status in (0, 1, 3)
    assert ran.mebibytes < 500
    assert len(ran.out) < 20_000_000


@pytest.mark.exhaustive
def test_compression_hides_no_size(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "x.rmcc.gz", "wb", 1) as file:
        file.write(b"%rmccomply-evidence 1\n")
        for _ in range(300):
            file.write(bytes(1_000_000))
    for arguments in (("check", "x.rmcc.gz"), ("facts", "x.rmcc.gz"), ("bundle", "show", "x.rmcc.gz")):
        ran = cost(tmp_path, *arguments)
        assert (ran.status, ran.mebibytes < 500) == (2, True)
