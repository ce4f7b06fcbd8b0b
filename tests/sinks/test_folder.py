"""A report that is a folder appears whole or not at all, and replaces nothing but what an earlier run wrote."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from rmccomply.errors import OutputError
from rmccomply.report import FileName
from rmccomply.sinks import folder

INDEX = '{"schema":"rmccomply/sarif-parts/1"}\n'


def written(place: Path, **files: str) -> folder.FolderSink:
    sink = folder.open(str(place))
    for name, text in files.items():
        sink.write(FileName({"index": "index.json"}.get(name, f"{name.replace('_', '-')}.sarif")))
        for piece in (text[:1], text[1:]):
            sink.write(piece)
    return sink


def held(place: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted(place.iterdir())}


def test_nothing_is_seen_before_it_is_whole(tmp_path: Path) -> None:
    place = tmp_path / "rmc"
    sink = written(place, part_00="ñ", index=INDEX)
    assert not place.exists()
    sink.close()
    assert held(place) == {"index.json": INDEX, "part-00.sarif": "ñ"}
    assert [path.name for path in tmp_path.iterdir()] == ["rmc"]
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o600}


def test_an_earlier_folder_is_replaced_whole_and_gives_its_permissions(tmp_path: Path) -> None:
    place = tmp_path / "rmc"
    written(place, part_00="old", part_01="old", index=INDEX).close()
    place.chmod(0o755)
    (place / "part-00.sarif").chmod(0o644)
    sink = written(place, part_00="new", index=INDEX)
    assert held(place)["part-00.sarif"] == "old"
    sink.close()
    assert held(place) == {"index.json": INDEX, "part-00.sarif": "new"}
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (place, *place.iterdir())}
    assert modes == {"rmc": 0o755, "part-00.sarif": 0o644, "index.json": 0o600}
    assert [path.name for path in tmp_path.iterdir()] == ["rmc"]


def test_an_abandoned_folder_leaves_the_earlier_one(tmp_path: Path) -> None:
    place = tmp_path / "rmc"
    written(place, part_00="old", index=INDEX).close()
    sink = written(place, part_00="new")
    sink.abandon()
    sink.abandon()
    assert held(place) == {"index.json": INDEX, "part-00.sarif": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["rmc"]


def test_an_empty_folder_is_filled_and_a_link_stays(tmp_path: Path) -> None:
    place, link = tmp_path / "rmc", tmp_path / "link"
    place.mkdir()
    link.symlink_to(place)
    written(link, part_00="x", index=INDEX).close()
    assert link.is_symlink()
    assert held(place) == {"index.json": INDEX, "part-00.sarif": "x"}


def others() -> Iterator[tuple[str, dict[str, str]]]:
    yield "a file beside", {"index.json": INDEX, "notes.txt": "mine"}
    yield "no index", {"part-00.sarif": "{}"}
    yield "another index", {"index.json": '{"name": "mine"}', "part-00.sarif": "{}"}
    yield "a bundle", {"index.json": INDEX, "lpar7.rmcc": "x"}


@pytest.mark.parametrize(("name", "files"), [*others()], ids=[name for name, _ in others()])
def test_a_folder_that_holds_anything_else_is_refused(name: str, files: dict[str, str], tmp_path: Path) -> None:
    place = tmp_path / "rmc"
    place.mkdir()
    for file, text in files.items():
        (place / file).write_text(text)
    with pytest.raises(OutputError, match="has files in it that are of no such report; name a new folder"):
        folder.open(str(place))
    assert held(place) == files


def test_what_was_put_there_meanwhile_is_not_lost(tmp_path: Path) -> None:
    place = tmp_path / "rmc"
    written(place, part_00="old", index=INDEX).close()
    sink = written(place, part_00="new", index=INDEX)
    (place / "mine.txt").write_text("x")
    with pytest.raises(OutputError, match="was not written"):
        sink.close()
    assert held(place) == {"index.json": INDEX, "mine.txt": "x", "part-00.sarif": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["rmc"]


def test_a_file_is_no_folder_and_a_missing_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="is not a folder; name a new folder"):
        folder.open(str(tmp_path / "file"))
    with pytest.raises(OutputError, match="cannot be written: Not a directory"):
        folder.open(str(tmp_path / "file" / "rmc"))


def test_a_folder_that_cannot_be_put_in_place_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "rmc"
    written(place, part_00="old", index=INDEX).close()
    sink = written(place, part_00="new", index=INDEX)
    rename, made = Path.rename, os.strerror(5)

    def failing(self: Path, target: Path) -> Path:
        if target == place and ".part" in self.name and self.stat().st_ino == new:
            raise OSError(5, made)
        return rename(self, target)

    (new,) = (path.stat().st_ino for path in tmp_path.iterdir() if path.name.endswith(".part"))
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OutputError, match="nothing of it was left behind"):
        sink.close()
    assert held(place) == {"index.json": INDEX, "part-00.sarif": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["rmc"]
