"""What `collect import` tells, and to whom; the rest of it is tested as that command."""

from pathlib import Path

import pytest

from rmccomply.errors import InputError, UsageError
from rmccomply.runs.imports import import_archive
from tests.evidence.archives.building import gzipped, sosreport, tar
from tests.hosts.building import LSSRC, command
from tests.runs.hearing import Heard, kinds


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "sos.tgz"
    path.write_bytes(gzipped(tar(sosreport([command("lssrc -a", LSSRC)]))))
    return path


def test_an_archive_is_told_and_kept(archive: Path, tmp_path: Path) -> None:
    heard = Heard()
    assert import_archive(archive, tmp_path / "lpar", tmp_path, heard) == 0
    assert [*kinds(heard)] == ["result"]
    assert heard.said[0][1].startswith(f"{archive}: sosreport 4.8.1\nanswers 1 request\n  lssrc -a\n")
    assert sorted(path.name for path in (tmp_path / "lpar").iterdir()) == ["lssrc-a.txt", "target.toml"]


def test_nothing_is_written_over(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is already there"):
        import_archive(archive, archive, tmp_path, Heard())
    with pytest.raises(InputError):
        import_archive(tmp_path / "none", None, tmp_path, Heard())


def test_of_a_damaged_archive_nothing_is_written_and_that_is_told(archive: Path, tmp_path: Path) -> None:
    archive.write_bytes(archive.read_bytes()[:-30])
    heard = Heard()
    assert import_archive(archive, tmp_path / "lpar", tmp_path, heard) == 3
    assert heard.of("warn")[-1] == "nothing was written: a damaged archive proves nothing"
    assert not (tmp_path / "lpar").exists()
