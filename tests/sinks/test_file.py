"""A report file appears whole or not at all."""

import os
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
    sink._file = full.open("wb")
    with pytest.raises(OutputError, match="nothing of it was left behind"):
        sink.write("x" * 100_000)
    assert not list(Path("/dev/shm").glob("*rmccomply-full*"))


def test_lone_surrogates_are_written_as_their_codes(tmp_path: Path) -> None:
    sink = FileSink(str(tmp_path / "r"))
    sink.write("\udcff")
    sink.close()
    assert (tmp_path / "r").read_bytes() == b"\\udcff"


def test_what_is_no_plain_file_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    sink = FileSink(str(pipe))
    sink.write("a report\n")
    sink.close()
    assert os.read(reader, 100) == b"a report\n"
    os.close(reader)
    assert pipe.is_fifo()
    assert [entry.name for entry in tmp_path.iterdir()] == ["pipe"]


def test_a_full_device_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    sink = FileSink("/dev/full")
    sink.write("x")
    with pytest.raises(OutputError, match="what was there before is unchanged"):
        sink.close()
    assert Path("/dev/full").is_char_device()


def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("earlier")
    (tmp_path / "latest.json").symlink_to("report.json")
    sink = FileSink(str(tmp_path / "latest.json"))
    sink.write("new")
    sink.close()
    assert (tmp_path / "latest.json").is_symlink()
    assert (tmp_path / "report.json").read_text() == "new"


def test_what_another_left_in_the_way_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / ".report.json.part").symlink_to("precious")
    sink = FileSink(str(tmp_path / "report.json"))
    sink.write("new")
    sink.close()
    assert (tmp_path / "precious").read_text() == "precious"
    assert (tmp_path / "report.json").read_text() == "new"
