"""A report file appears whole or not at all."""

from pathlib import Path

import pytest

from rmccomply.errors import OutputError
from rmccomply.sinks.file import FileSink


def test_it_appears_when_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    sink = FileSink(str(path))
    sink.write("whole ☃\n")
    assert not path.exists()
    sink.close()
    assert path.read_bytes() == "whole ☃\n".encode()
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.json"]


def test_an_abandoned_report_leaves_the_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("earlier")
    sink = FileSink(str(path))
    sink.write("half")
    sink.abandon()
    assert path.read_text() == "earlier"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.json"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        FileSink(str(tmp_path / "no" / "report.json"))


def test_a_full_disk_leaves_nothing_behind() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    sink = FileSink("/dev/shm/rmccomply-full.json") if Path("/dev/shm").is_dir() else pytest.skip("no /dev/shm here")
    sink._file.close()
    sink._file = full.open("w")
    with pytest.raises(OutputError, match="nothing of it was left behind"):
        sink.write("x" * 100_000)
    assert not list(Path("/dev/shm").glob("*rmccomply-full*"))


def test_lone_surrogates_are_written_as_their_codes(tmp_path: Path) -> None:
    sink = FileSink(str(tmp_path / "r"))
    sink.write("\udcff")
    sink.close()
    assert (tmp_path / "r").read_bytes() == b"\\udcff"
