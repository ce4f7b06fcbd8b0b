"""Files that appear whole or not at all, private, each run with a part of its own."""

import errno
import fcntl
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from rmccomply.files import (
    Draft,
    locked,
    open_private,
    part_path,
    private_folder,
    put_in_place,
    replace_whole,
    whole_folder,
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_two_that_write_one_file_do_not_meet_and_the_last_wins(tmp_path: Path) -> None:
    place = tmp_path / "report.json"
    one, two = Draft(place), Draft(place)
    one.file.write(b"first " * 1000)
    two.file.write(b"second")
    two.appear()
    assert place.read_bytes() == b"second"
    one.appear()
    assert place.read_bytes() == b"first " * 1000
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


def test_what_was_written_elsewhere_appears_whole(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "part").write_bytes(b"new")
    with (tmp_path / "part").open("rb") as file:
        put_in_place(file, tmp_path / "part", tmp_path / "old")
    assert file.closed
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("old", b"new")]


def test_one_that_is_abandoned_harms_no_other(tmp_path: Path) -> None:
    one, two = Draft(tmp_path / "r"), Draft(tmp_path / "r")
    one.abandon()
    two.file.write(b"whole")
    two.appear()
    assert (tmp_path / "r").read_bytes() == b"whole"


def test_a_new_file_is_private_and_a_replaced_one_keeps_its_permissions(tmp_path: Path) -> None:
    place = tmp_path / "r"
    replace_whole(place, b"1")
    assert mode(place) == 0o600
    place.chmod(0o664)
    replace_whole(place, b"2")
    assert mode(place) == 0o664
    assert place.read_bytes() == b"2"


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "r"
    place.write_bytes(b"earlier")

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_whole(place, b"new")
    assert place.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_the_longest_name_has_a_part(tmp_path: Path) -> None:
    replace_whole(tmp_path / ("ü" * 127), b"x")
    assert part_path(tmp_path / "r") != part_path(tmp_path / "r")


def test_a_private_file_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"other")
    (tmp_path / "part").symlink_to(tmp_path / "other")
    with pytest.raises(OSError, match=r"(?i)symbolic link"):
        open_private(tmp_path / "part")
    assert (tmp_path / "other").read_bytes() == b"other"


def test_a_private_file_is_emptied_or_added_to(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"before")
    path.chmod(0o644)
    with open_private(path, add=True) as file:
        file.write(b" after")
    assert path.read_bytes() == b"before after"
    with open_private(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert mode(path) == 0o600


def test_a_private_folder(tmp_path: Path) -> None:
    private_folder(tmp_path / "a" / "b", new=True)
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o700)
    private_folder(tmp_path / "a" / "b")
    with pytest.raises(FileExistsError):
        private_folder(tmp_path / "a" / "b", new=True)


@pytest.mark.parametrize("what", ["an empty folder", "a folder", "a file", "a link to nothing"])
def test_a_whole_folder_takes_the_place_of_nothing(tmp_path: Path, what: str) -> None:
    place = tmp_path / "there"
    if what == "a file":
        place.write_text("mine")
    elif what == "a link to nothing":
        place.symlink_to("nowhere")
    else:
        place.mkdir()
        if what == "a folder":
            (place / "mine").touch()
    with pytest.raises(FileExistsError), whole_folder(place):
        pytest.fail("nothing is made")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_whole_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "new"
    with whole_folder(place) as part:
        (part / "one").write_text("1")
        assert not place.exists()
    assert [path.name for path in place.iterdir()] == ["one"]
    with pytest.raises(FileNotFoundError), whole_folder(tmp_path / "other") as part:
        (part / "no folder" / "one").write_text("1")
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_lock_keeps_others_waiting_and_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "w.toml"
    held, free = Event(), Event()

    def hold() -> None:
        with locked(place):
            held.set()
            free.wait(30)

    with ThreadPoolExecutor(2) as both:
        first = both.submit(hold)
        assert held.wait(30)
        second = both.submit(hold)
        with pytest.raises(TimeoutError):
            second.result(0.2)
        free.set()
        first.result(30)
        second.result(30)
    assert list(tmp_path.iterdir()) == []


def test_where_a_folder_cannot_be_locked_a_file_beside_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = fcntl.flock

    def of_files_alone(number: int, how: int) -> None:
        if stat.S_ISDIR(os.fstat(number).st_mode):
            raise OSError(errno.EBADF, "Bad file descriptor")
        real(number, how)

    monkeypatch.setattr(fcntl, "flock", of_files_alone)
    with locked(tmp_path / "w.toml"):
        assert mode(tmp_path / ".w.toml.lock") == 0o600
    with locked(tmp_path / "w.toml"):
        pass


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), locked(tmp_path / "gone" / "w.toml"):
        pass
