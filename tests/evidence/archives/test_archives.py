"""What a file or a folder is known by, before anything of it is read."""

import tarfile
from pathlib import Path

import pytest

from rmccomply.evidence.archives import MARKS, is_tar, kind_of_folder, marks_in, other_form
from tests.evidence.archives.building import tar

FORMS = [tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT, tarfile.PAX_FORMAT]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["a", "long/" * 30 + "x", "ä"])
def test_a_tar_is_known_by_the_sum_of_its_first_header(form: int, name: str) -> None:
    data = tar({name: b"x"}, form=form)
    assert is_tar(data)
    assert is_tar(data[:512])
    assert not is_tar(data[:511])


@pytest.mark.parametrize("at", [0, 100, 150, 300, 511])
def test_a_header_with_another_octet_is_none(at: int) -> None:
    data = bytearray(tar({"a": b"x"}))
    data[at] ^= 1
    assert not is_tar(bytes(data))


@pytest.mark.parametrize("start", [b"", b"\0" * 1024, b"%rmccomply-evidence 1\n" * 100, b"8" * 512, b"7" * 512])
def test_what_is_no_tar(start: bytes) -> None:
    assert not is_tar(start)


@pytest.mark.parametrize(
    ("start", "form"),
    [(b"PK\x03\x04...", "zip"), (b"070701...", "cpio"), (b"!<arch>\n", "ar"), (b"(\xb5/\xfd", "zstd"), (b"%rm", "")]
    + [(bytes.fromhex(start), "gpg") for start in ("8c0d0409", "845e0312", "85018c03", "85020c03")],
)
def test_forms_that_are_not_read_have_names(start: bytes, form: str) -> None:
    assert other_form(start) == form


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("sos_commands/powerpc/lssrc_-a", ["sosreport"]),
        ("sos_reports/sos.txt", ["sosreport"]),
        ("sos_reports/manifest.json", []),
        ("sos_commands", []),
        ("basic-environment.txt", ["supportconfig"]),
        ("basic-environment.txt/x", []),
        ("general/general.snap", ["snap"]),
        ("general/general.snap/x", []),
        ("ctsnap.lpar1.11200300.log", ["ctsnap"]),
        ("ctsnap.lpar1.11200300/var/ct/x", ["ctsnap"]),
        ("ctsnap/x", []),
        ("etc/ct_node_id", []),
    ],
)
def test_marks(path: str, kinds: list[str]) -> None:
    assert list(marks_in(path.split("/"))) == kinds


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("sos_commands/powerpc/lssrc_-a", "sosreport"),
        ("sos_commands", None),
        ("sos_reports/sos.txt", "sosreport"),
        ("sos_reports/manifest.json", None),
        ("basic-environment.txt", "supportconfig"),
        ("general/general.snap", "snap"),
        ("ctsnap.lpar1.1.log", "ctsnap"),
        ("ctsnap.lpar1.1/var/ct/x", "ctsnap"),
        ("deep/sos_reports/sos.txt", None),
        ("lssrc-a.txt", None),
    ],
)
def test_folders(tmp_path: Path, path: str, kind: str | None) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("x")
    assert kind_of_folder(tmp_path) == kind


def test_a_link_marks_nothing(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("x")
    (tmp_path / "basic-environment.txt").symlink_to(tmp_path / "elsewhere")
    assert kind_of_folder(tmp_path) is None


def test_every_mark_is_a_path_below_a_root() -> None:
    assert all(not mark.startswith("/") and mark.count("/") <= 1 for marks in MARKS.values() for mark in marks)
