"""Reports in the making: what becomes of the parts that a run gives, each in its format, at its place."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from rmccomply import formats
from rmccomply.errors import OutputError
from rmccomply.report import Assessed, Closing, Run, Style, Writer
from rmccomply.runs.teller import Teller
from rmccomply.sinks import Sink, open_sink


class Frame(NamedTuple):
    """What every part of a report is written under."""

    run: Run
    style: Style


class Assembly(Protocol):
    """A report in the making."""

    def begin(self) -> str: ...

    def add(self, fragment: object) -> str: ...

    def end(self, closing: Closing) -> Iterator[str]: ...

    def abandon(self) -> None: ...


class _Assembly:
    def __init__(self, writer: Writer, run: Run) -> None:
        self._writer, self._run = writer, run

    def begin(self) -> str:
        return self._writer.begin(self._run)

    def add(self, fragment: object) -> str:
        return self._writer.assessed(fragment) if isinstance(fragment, Assessed) else ""

    def end(self, closing: Closing) -> Iterator[str]:
        yield self._writer.end(closing)

    def abandon(self) -> None: ...


class _Format(NamedTuple):
    name: str

    def fragment(self, item: Assessed, frame: Frame) -> object:
        return item

    def assembly(self, frame: Frame) -> Assembly:
        return _Assembly(formats.load(self.name).writer(frame.style), frame.run)


def load(name: str) -> _Format:
    """A format by its name."""
    return _Format(name)


class ReportPlace(NamedTuple):
    """A report that is wanted: its format, and where it goes; None or `-` is standard output."""

    format: str
    path: str | None = None


class Output:
    """One report in the making. After a failure it takes nothing more, so that the others still appear."""

    def __init__(self, assembly: Assembly, path: str | None, teller: Teller) -> None:
        self._assembly, self._teller = assembly, teller
        self.failed = False
        self._sink: Sink | None = None
        try:
            self._sink = open_sink(path)
        except OutputError as error:
            self._fail(error)

    def begin(self) -> None:
        """Write what stands before the first target."""
        self._take(lambda: iter((self._assembly.begin(),)))

    def add(self, fragment: object) -> None:
        """Write the next target."""
        self._take(lambda: iter((self._assembly.add(fragment),)))

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

    def _take(self, pieces: Callable[[], Iterator[str]]) -> None:
        if self._sink is None:
            return
        try:
            for piece in pieces():
                self._sink.write(piece)
        except OutputError as error:
            self._fail(error)

    def _fail(self, error: OutputError) -> None:
        self._teller.fault(str(error))
        self.failed, self._sink = True, None
