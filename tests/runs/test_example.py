"""The shipped examples, put where a first command can read them."""

from pathlib import Path

import pytest

from rmccomply.data import folder
from rmccomply.errors import OutputError, UsageError
from rmccomply.runs.example import example
from tests.runs.hearing import Heard


def names(top: Path) -> set[str]:
    return {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file() and path.suffix != ".pyc"}


def test_all_of_them_octet_for_octet(tmp_path: Path) -> None:
    heard = Heard()
    example(tmp_path / "new", heard)
    shipped = folder("examples")
    assert names(tmp_path / "new") == names(shipped)
    for name in names(shipped):
        assert (tmp_path / "new" / name).read_bytes() == (shipped / name).read_bytes()
    (told,) = heard.of("result")
    assert told.endswith(f"Try: rmccomply check {tmp_path / 'new'}\n")


def test_it_says_the_five_that_there_are(tmp_path: Path) -> None:
    heard = Heard()
    example(tmp_path / "new", heard)
    partitions = [*(tmp_path / "new").glob("*.rmcc"), *(tmp_path / "new").glob("*/target.toml")]
    assert len(partitions) == 5
    assert "five constructed partitions" in heard.of("result")[0]


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_nothing_is_ever_written_over(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "there"
    if kind == "file":
        place.write_text("mine")
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="already exists; name a new folder"):
        example(place, Heard())
    assert list(tmp_path.iterdir()) == [place]
    assert kind != "file" or place.read_text() == "mine"


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written: Not a directory"):
        example(tmp_path / "file" / "below", Heard())
