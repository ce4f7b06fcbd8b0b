"""The files of an archive, packed or unpacked: what is wanted is read, what is wrong is said."""

import hashlib
import io
import os
import tarfile
from pathlib import Path

import pytest

from rmccomply.evidence.archives import tree as module
from rmccomply.evidence.archives.compressed import Refused
from rmccomply.evidence.archives.tree import ArchiveMember, File, Packed, ReportTree, Tree, Unpacked
from rmccomply.guarded import LIMITS
from tests.evidence.archives.building import COMPRESSIONS, SUMMED, gzipped, member, tar

FILES = {"r/a": b"one", "r/b/c": b"two", "x": b"three"}


def packed(data: bytes) -> Packed:
    return Packed(lambda: io.BytesIO(data), "some%20where/r.tar")


def unpacked(folder: Path, most: int = LIMITS.members) -> Unpacked:
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return Unpacked(folder, lambda path: f"uri/{path.relative_to(folder).as_posix()}", most)


def everything(tree: Tree) -> list[ArchiveMember]:
    return list(tree.walk(lambda path: True))


def texts(tree: Tree) -> list[str]:
    return [note.text for note in tree.notes]


@pytest.mark.parametrize("form", COMPRESSIONS)
def test_a_packed_tree(form: str) -> None:
    data = COMPRESSIONS[form](tar(FILES))
    tree = packed(data)
    assert {entry.path: entry.data for entry in everything(tree)} == FILES
    assert tree.uri("r/a b!") == "some%20where/r.tar!/r/a%20b%21"
    assert tree.artifacts()[0].sha256 == hashlib.sha256(data).hexdigest()
    assert [note.level for note in tree.notes] == ([] if form in SUMMED else ["note"])
    assert tree.damage is None


def test_an_unpacked_tree(tmp_path: Path) -> None:
    tree = unpacked(tmp_path)
    assert {entry.path: entry.data for entry in everything(tree)} == FILES
    assert (tree.uri("r/a"), tree.artifacts(), tree.notes) == ("uri/r/a", (), ())


def test_only_what_is_wanted_is_read(tmp_path: Path) -> None:
    for tree in (packed(tar(FILES)), unpacked(tmp_path)):
        read = {entry.path: entry.data for entry in tree.walk(lambda path: path == "r/b/c")}
        assert read == {"r/a": None, "r/b/c": b"two", "x": None}


def test_what_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "LARGEST", 4)
    for tree in (packed(tar(FILES)), unpacked(tmp_path)):
        report = ReportTree(tree, "")
        assert [file.path for file in report.files(lambda path: True)] == ["r/a", "r/b/c"]
        assert [note.text for note in report.notes] == ["it has 5 bytes, too many for an answer, and was not read"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    tree = unpacked(tmp_path / "in")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "in" / "r" / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / "r" / "folder").symlink_to(tmp_path)
    for one in (tree, packed(tar(FILES, member("r/link", kind=tarfile.SYMTYPE, linkname="../secret")))):
        report = ReportTree(one, "r")
        assert [file.path for file in report.files(lambda path: True)] == ["a", "b/c"]
        assert [note.text for note in report.notes] == ["links are not followed: link"]
        assert report.notes[0].uri.endswith("r/link")


def test_names_that_lead_out_are_told(tmp_path: Path) -> None:
    outward = [member(f"../{number}", b"x") for number in range(7)]
    tree = packed(gzipped(tar(FILES, *outward)))
    assert len(everything(tree)) == 3
    assert texts(tree) == ["paths that lead out of the archive were not read: ../0, ../1, ../2, ../3, ../4 and 2 more"]


@pytest.mark.parametrize("form", SUMMED)
def test_compression_that_is_cut_is_damage_of_everything(form: str) -> None:
    data = COMPRESSIONS[form](tar({**FILES, "noise": bytes(range(256)) * 40}))
    tree = packed(data[:-10])
    everything(tree)
    assert tree.damage is not None
    assert tree.damage.reason in ("truncated", "unparsable")
    assert texts(tree) == [tree.damage.says]
    assert not tree.damage.partial


def test_a_tar_that_was_cut_before_it_was_compressed() -> None:
    tree = packed(gzipped(tar(FILES)[:1024]))
    assert [entry.path for entry in everything(tree)] == ["r/a"]
    assert tree.damage is None
    assert "end mark is missing" in texts(tree)[0]


def test_a_damaged_header_hides_what_stands_behind_it() -> None:
    data = bytearray(tar(FILES))
    data[1024 + 10] ^= 1
    tree = packed(gzipped(bytes(data)))
    assert [entry.path for entry in everything(tree)] == ["r/a"]
    assert "a header in the archive is damaged" in texts(tree)[0]


def test_a_file_that_is_cut_is_marked() -> None:
    tree = packed(tar({"a": b"1234567890" * 100})[:700])
    assert [(entry.cut, entry.data) for entry in everything(tree)] == [(True, (b"1234567890" * 19)[:188])]


def test_a_walk_can_be_repeated() -> None:
    tree = packed(gzipped(tar(FILES)))
    assert everything(tree) == everything(tree)


def test_a_folder_with_too_many_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="more than 2 files"):
        everything(unpacked(tmp_path, 2))


def test_a_folder_that_cannot_be_read_is_damage_and_nothing_in_it_is_absent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tree = unpacked(tmp_path)
    real = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert sorted(entry.path for entry in everything(tree)) == ["r/a", "x"]
    says = "the folder cannot be read, so nothing in it was: Permission denied"
    assert [(note.text, note.uri, note.damage) for note in tree.notes] == [(says, "uri/r/b", True)]
    assert not tree.ended
    monkeypatch.undo()
    assert sorted(entry.path for entry in everything(tree)) == ["r/a", "r/b/c", "x"]
    assert tree.ended


def test_a_file_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tree = unpacked(tmp_path)
    real = Path.open

    def refusing(self: Path, mode: str = "r") -> object:
        if self.name == "a":
            raise PermissionError(13, "Permission denied")
        return real(self, mode)

    monkeypatch.setattr(Path, "open", refusing)
    assert sorted(entry.path for entry in everything(tree)) == ["r/b/c", "x"]
    assert [(note.text, note.uri) for note in tree.notes] == [("it cannot be read: Permission denied", "uri/r/a")]


def test_a_report_sees_what_is_below_its_root() -> None:
    report = ReportTree(packed(tar(FILES)), "r")
    assert list(report.files(lambda path: path != "b/c")) == [File("a", b"one")]
    assert report.sums == {"some%20where/r.tar!/r/a": hashlib.sha256(b"one").hexdigest()}
    assert report.uri("b/c") == "some%20where/r.tar!/r/b/c"
