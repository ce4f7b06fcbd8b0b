"""Spools: what is read is what was added, however little room there is, and nothing is left behind."""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.errors import OutputError
from rmccomply.spool import Grouped, Sorted, Spool

TEXTS = st.text(st.characters(), max_size=30)
ROOMS = st.sampled_from([0, 1, 20, 500, 1 << 20])
PAIRS = st.lists(st.tuples(st.sampled_from(["", "a", "b", "\udc80", "é\n"]), TEXTS), max_size=40)
Kept = Spool | Sorted | Grouped


def filled(kept: Kept) -> Kept:
    """The spool with more rows than it has room for, so that its file is there."""
    for number in range(100):
        row = f"row {number} " * 5
        if isinstance(kept, Spool):
            kept.add(row)
        else:
            kept.add(str(number % 7), row)
    return kept


@given(st.lists(TEXTS, max_size=40), ROOMS)
def test_rows_are_read_in_their_order_and_by_their_places(rows: list[str], room: int) -> None:
    spool = Spool(room)
    places = [spool.add(row) for row in rows]
    assert list(spool.rows()) == rows
    assert [spool.at(place) for place in reversed(places)] == rows[::-1]
    assert [next(spool.rows(place)) for place in places] == rows
    spool.close()


def test_rows_may_be_added_after_some_were_read() -> None:
    spool = Spool(10)
    first = spool.add("one" * 10)
    assert spool.at(first) == "one" * 10
    spool.add("two")
    assert list(spool.rows()) == ["one" * 10, "two"]
    spool.close()


@given(PAIRS, ROOMS)
def test_sorted_rows_come_by_key_and_then_as_they_were_added(pairs: list[tuple[str, str]], room: int) -> None:
    kept = Sorted(room)
    for pair in pairs:
        kept.add(*pair)
    assert list(kept) == sorted(pairs, key=lambda pair: pair[0]) == list(kept)
    kept.close()


@given(PAIRS, ROOMS)
def test_groups_come_in_the_order_of_their_first_rows(pairs: list[tuple[str, str]], room: int) -> None:
    kept, expected = Grouped(room), dict[str, list[str]]()
    for group, row in pairs:
        kept.add(group, row)
        expected.setdefault(group, []).append(row)
    assert [list(rows) for rows in kept] == list(expected.values()) == [list(rows) for rows in kept]
    assert [next(rows) for rows in kept] == [rows[0] for rows in expected.values()]
    kept.close()


@pytest.mark.parametrize("kind", [Spool, Sorted, Grouped])
def test_what_is_closed_is_empty_and_can_be_closed_again(kind: type[Kept]) -> None:
    kept = filled(kind(200))
    kept.close()
    kept.close()
    assert list(kept.rows() if isinstance(kept, Spool) else kept) == []


def test_memory_holds_no_more_than_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    real = os.write

    def spied(number: int, octets: memoryview) -> int:
        sizes.append(len(octets))
        return real(number, octets)

    monkeypatch.setattr(os, "write", spied)
    spool = Spool(1_000)
    for _ in range(1_000):
        spool.add("x" * 96)
    spool.close()
    assert len(sizes) == 1_000 // 11 + (1_000 % 11 > 10)
    assert set(sizes) == {1_100}


def test_a_write_that_takes_less_than_it_is_given_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda number, octets: real(number, bytes(octets)[:7]))
    spool = Spool(30)
    rows = [f"row {number}" for number in range(50)]
    for row in rows:
        spool.add(row)
    assert list(spool.rows()) == rows
    spool.close()


@pytest.mark.parametrize("kind", [Spool, Sorted, Grouped])
def test_the_file_has_no_name_and_is_its_owners_alone(
    kind: type[Kept], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[IO[Any]] = []
    real = tempfile.TemporaryFile

    def spied(**more: Any) -> IO[Any]:
        made.append(real(**more))
        return made[-1]

    monkeypatch.setattr(tempfile, "tempdir", os.fspath(tmp_path))
    monkeypatch.setattr(tempfile, "TemporaryFile", spied)
    kept = filled(kind(200))
    (status,) = [os.fstat(file.fileno()) for file in made]
    assert (status.st_nlink, status.st_mode & 0o777, status.st_size > 0) == (0, 0o600, True)
    assert status.st_dev == tmp_path.stat().st_dev
    assert list(tmp_path.iterdir()) == []
    kept.close()
    assert all(file.closed for file in made)


KILLED = """
import os, signal
from rmccomply.spool import Spool
spool = Spool(10)
spool.add("some text of a host")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_nothing_is_left_behind_by_a_run_that_is_killed(tmp_path: Path) -> None:
    environment = os.environ | {"TMPDIR": os.fspath(tmp_path)}
    assert subprocess.run([sys.executable, "-c", KILLED], env=environment, check=False).returncode == -9
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", [Spool, Sorted, Grouped])
def test_a_full_disk_is_told(kind: type[Kept], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: io.FileIO("/dev/full", "r+"))
    kept = kind(200)
    with pytest.raises(OutputError, match="No space left on device; TMPDIR names the folder"):
        filled(kept)
    kept.close()


def test_a_folder_that_takes_no_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", os.fspath(tmp_path / "not there"))
    with pytest.raises(OutputError, match="No such file or directory"):
        filled(Spool(10))


def test_a_file_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(number: int, length: int, place: int) -> bytes:
        raise OSError(5, "Input/output error")

    spool = filled(Spool(10))
    monkeypatch.setattr(os, "pread", broken)
    with pytest.raises(OutputError, match="Input/output error"):
        list(spool.rows())  # type: ignore[union-attr]
    spool.close()


def test_a_limit_of_file_sizes_is_told() -> None:
    program = (
        "import resource\nfrom rmccomply.errors import OutputError\nfrom rmccomply.spool import Spool\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\nspool = Spool(1000)\n"
        "try:\n    for _ in range(100):\n        spool.add('x' * 300)\n"
        "except OutputError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "File too large" in done.stdout
