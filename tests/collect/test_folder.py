"""The files of a run: names that no label can break out of, and files that appear whole."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.collect.folder import Folder
from rmccomply.errors import OutputError
from rmccomply.evidence.run_folder import file_stem

LABELS = st.text(min_size=1, max_size=300)


@pytest.mark.parametrize(
    ("label", "stem"),
    [
        ("lpar7", "lpar7"),
        ("audit@lpar7.example.com", "audit@lpar7.example.com"),
        ("web 1/a", "web%201%2Fa"),
        ("../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd"),
        ("..", "%2E."),
        ("fe80::1%en0", "fe80%3A%3A1%25en0"),
        ("x.controller", "x%2Econtroller"),
        ("lpar7#2", "lpar7%232"),
        ("Größe", "Gr%C3%B6%C3%9Fe"),
        ("a\ud800", "a%ED%A0%80"),
    ],
)
def test_names_of_files(label: str, stem: str) -> None:
    assert file_stem(label) == stem


@given(LABELS, LABELS)
def test_each_label_has_files_of_its_own_in_the_folder(one: str, other: str) -> None:
    folder = Folder(Path("run"))
    files = [folder.bundle(one), folder.controller(one), folder.part(one)]
    assert all(path.parent == Path("run") and len(path.name) < 230 and "/" not in path.name for path in files)
    assert not folder.bundle(one).name.endswith(".controller.rmcc")
    if one != other:
        assert {*files}.isdisjoint({folder.bundle(other), folder.controller(other), folder.part(other)})


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put(tmp_path / "a", b"1")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    (tmp_path / "b").mkdir()
    with pytest.raises(OutputError, match="was not written"):
        folder.put(tmp_path / "b", b"1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_what_came_becomes_the_bundle(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.part("x").write_bytes(b"1")
    folder.keep("x")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x.rmcc", b"1")]
    with pytest.raises(OutputError):
        folder.keep("x")


def test_a_part_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (tmp_path / "secret").write_bytes(b"theirs")
    folder.part("x").symlink_to(tmp_path / "secret")
    for act in (folder.came, folder.keep):
        with pytest.raises(OutputError, match="is a link, which no run creates: remove it"):
            act("x")
    assert not folder.bundle("x").exists()
    folder.drop("x")
    assert (tmp_path / "secret").read_bytes() == b"theirs"
