"""The folder of a run, and what its files are called.

RUN/lpar7.rmcc               what the target answered
RUN/lpar7.controller.rmcc    what was measured about it from here: how it went, probes
RUN/lpar7.part               what came so far
RUN/state.jsonl              the journal
"""

from pathlib import Path
from typing import Final

from rmccomply.errors import OutputError
from rmccomply.evidence.companion import BUNDLE_ENDINGS
from rmccomply.evidence.run_folder import NAME, file_stem
from rmccomply.files import put_in_place, replace_whole

_CONTROLLER: Final = ".controller"


def _no_link(path: Path) -> None:
    if path.is_symlink():
        raise OutputError(f"{path}: is a link, which no run creates: remove it")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise OutputError(f"{path}: cannot be read, and is not overwritten: {error.strerror}") from None


class Folder:
    """The files of a run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def bundle(self, label: str) -> Path:
        """What the target answered."""
        return self.path / f"{file_stem(label)}.rmcc"

    def controller(self, label: str) -> Path:
        """What was measured about it from here."""
        return self.path / f"{file_stem(label)}{_CONTROLLER}.rmcc"

    def part(self, label: str) -> Path:
        """What came so far."""
        return self.path / f"{file_stem(label)}.part"

    def of_others(self) -> list[str]:
        """The bundles in a folder that is no run's: what came is not put among them. Raises OutputError."""
        try:
            journal = self.path / NAME
            if not self.path.is_dir() or (journal.is_file() and journal.stat().st_size):
                return []
            return sorted(path.name for path in self.path.iterdir() if path.name.endswith(BUNDLE_ENDINGS))
        except OSError as error:
            raise OutputError(f"{self.path}: cannot hold a run: {error.strerror}") from None

    def kept(self, label: str) -> bytes:
        """The bundle that is there, empty where none is. Raises OutputError."""
        return _read(self.bundle(label))

    def came(self, label: str) -> bytes:
        """What came so far. Raises OutputError."""
        _no_link(self.part(label))
        return _read(self.part(label))

    def drop(self, label: str) -> None:
        """Nothing came that is kept. Raises OutputError."""
        try:
            self.part(label).unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{self.part(label)}: cannot be removed: {error.strerror}") from None

    def put(self, path: Path, data: bytes) -> None:
        """Let a file appear whole or not at all. Raises OutputError."""
        try:
            replace_whole(path, data)
        except OSError as error:
            raise OutputError(f"{path}: was not written: {error.strerror}") from None

    def keep(self, label: str) -> None:
        """What came becomes the target's bundle. Raises OutputError."""
        _no_link(self.part(label))
        try:
            with self.part(label).open("rb") as file:
                put_in_place(file, self.part(label), self.bundle(label))
        except OSError as error:
            raise OutputError(f"{self.bundle(label)}: was not written: {error.strerror}") from None
