"""Reports in the making: what becomes of the parts that a run gives, each in its format, at its place."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from rmccomply.errors import OutputError
from rmccomply.formats import Assembly
from rmccomply.report import Closing
from rmccomply.sinks import Sink, open_sink
from rmccomply.tuples import NamedTuple
from rmccomply.words import FOLDERS

if TYPE_CHECKING:
    from rmccomply.runs.teller import Teller


class ReportPlace(NamedTuple):
    """A report that is wanted: its format, and where it goes: a file, or of FOLDERS a folder; None or `-` is standard
    output."""

    format: str
    path: str | None = None


class Output:
    """One report in the making. After a failure it takes nothing more, so that the others still appear."""

    def __init__(self, assembly: Assembly[object], place: ReportPlace, teller: "Teller") -> None:
        self._assembly, self._teller = assembly, teller
        self.failed = False
        self._sink: Sink | None = None
        try:
            self._sink = open_sink(place.path, folder=place.format in FOLDERS)
        except OutputError as error:
            self._fail(error)

    def begin(self) -> None:
        """Write what stands before the first target."""
        self._take(lambda: (self._assembly.begin(),))

    def add(self, fragment: object) -> None:
        """Write the next target."""
        self._take(lambda: (self._assembly.add(fragment),))

    def end(self, closing: Closing) -> None:
        """Write the rest, and let the report appear."""
        self._take(lambda: self._assembly.end(closing))
        if self._sink is not None:
            try:
                self._sink.close()
            except OutputError as error:
                self._fail(error)
        self._assembly.abandon()

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._assembly.abandon()
        if self._sink is not None:
            self._sink.abandon()

    def _take(self, pieces: Callable[[], Iterable[str]]) -> None:
        if self._sink is None:
            return
        try:
            for piece in pieces():
                self._sink.write(piece)
        except OutputError as error:
            self._fail(error)

    def _fail(self, error: OutputError) -> None:
        self._teller.fault(str(error))
        self.failed = True
        self.abandon()
        self._sink = None
