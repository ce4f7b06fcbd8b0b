"""Evidence and Bundle: what one target answered, verbatim, with the place of every line.

A line of an answer is named by one integer, so that a record can point at it without knowing the file it
came from: `n > 0` is line n of the output, `n < 0` is line -n of the error output, `0` is the answer as a
whole (in a bundle its `%sect` line).
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, Literal, Protocol

from rmccomply.tuples import NamedTuple
from rmccomply.words import Image, Reason

Kind = Literal["cmd", "file", "probe", "meta"]
State = Literal["exit", "signal", "timeout", "notfound", "noexec", "absent", "unreadable", "skipped", "nospace"]
Line = int
WHOLE: Final[Line] = 0
LONGEST_TEXT: Final = 4096
"""Characters of a line that a reference shows; the region that it points at ends there."""


class Asked(NamedTuple):
    """A request as evidence names it. `filtered`: lines of its answer were left out or changed."""

    kind: Kind
    argv: tuple[str, ...]
    filtered: bool = False


class Reference(NamedTuple):
    """A place in a file that proves something.

    `text` is what the command wrote there, of a very long line its start (bytes that are not UTF-8 as `\\xNN`);
    `snippet` is what the file shows there when that differs, as in the `od` lines of a hex stream. Lines and columns
    count from 1, columns in Unicode code points.
    """

    uri: str
    start_line: int
    end_line: int
    text: str
    request: str
    exit_status: int | None
    collected: str | None
    start_column: int = 1
    snippet: str | None = None


class Stream(NamedTuple):
    """One stream of an answer as lines without LF or CR.

    `places[i]` is (first, last) file line of line i; `snippets` stands only for hex streams.
    """

    lines: tuple[str, ...] = ()
    first_line: int = 0
    places: tuple[tuple[int, int], ...] | None = None
    snippets: tuple[str, ...] | None = None
    size: int = 0
    cut: bool = False
    redacted: int = 0
    newline: bool = True
    hexed: bool = False


NOTHING: Final = Stream()


class Damage(NamedTuple):
    """Why an answer cannot be trusted as it stands. `partial`: the lines that are there still prove presence."""

    reason: Reason
    says: str
    partial: bool = False


class Provenance(Protocol):
    """Where the lines of one answer stand: in a bundle, in a capture, or in a facts document."""

    @property
    def request(self) -> str:
        """The request as people write it."""

    @property
    def collected(self) -> str | None:
        """When the answer was complete, RFC 3339 in UTC; None where nobody recorded it."""

    def at(self, line: Line) -> Reference | None:
        """The reference for a line; None where the file has no line to point at."""


class Evidence(NamedTuple):
    """The verbatim answer to one request.

    `exit_status` is None where no carrier recorded one (captures). `line` and `text` are the `%sect` line of a
    bundle; a capture has line 0. `whole` is False where the answer was filtered before it was kept.
    """

    kind: Kind
    argv: tuple[str, ...]
    uri: str
    state: State = "exit"
    exit_status: int | None = None
    out: Stream = NOTHING
    err: Stream = NOTHING
    id: str = ""
    begun: str | None = None
    ended: str | None = None
    line: int = 0
    text: str = ""
    damage: Damage | None = None
    whole: bool = True
    origin: Literal["host", "controller"] = "host"
    limit: int | None = None
    framed: bool = False

    @property
    def request(self) -> str:
        """The request as people write it: base name and arguments, or the path of a file."""
        return request_text(self.kind, self.argv)

    @property
    def collected(self) -> str | None:
        """When the answer was complete, by the clock of the host."""
        return self.ended

    def at(self, line: Line) -> Reference | None:
        """The reference for a line of the answer (see the module's numbering)."""
        stream, index = (self.out, line - 1) if line > 0 else (self.err, -line - 1)
        if line == WHOLE or index >= len(stream.lines):
            return self._whole()
        first = last = stream.first_line + index
        if stream.places is not None:
            first, last = stream.places[index]
        snippet = None if stream.snippets is None else stream.snippets[index]
        text, column = stream.lines[index][:LONGEST_TEXT], 2 if self.framed else 1
        request = request_text(self.kind, self.argv)
        return Reference(self.uri, first, last, text, request, self.exit_status, self.ended, column, snippet)

    def _whole(self) -> Reference | None:
        if self.line:
            text, request = self.text[:LONGEST_TEXT], request_text(self.kind, self.argv)
            return Reference(self.uri, self.line, self.line, text, request, self.exit_status, self.ended)
        return self.at(1) if self.out.lines else None


class Artifact(NamedTuple):
    """A file that evidence came from."""

    uri: str
    sha256: str


class Notification(NamedTuple):
    """Something wrong with the assessment, not with the target.

    `damage`: what was given is not whole or not of this release, so that a run over it never ends in status 0.
    `skipped`: a file in a folder is no evidence; text counts those instead of naming each.
    """

    text: str
    uri: str = ""
    line: int | None = None
    level: Literal["error", "warning", "note"] = "warning"
    target: str = ""
    damage: bool = False
    skipped: bool = False


class Bundle(NamedTuple):
    """All evidence of one target.

    `name` is the label that the carrier gives (`target.toml`, the head's `host`); `fallback` is the file or
    folder name, used where nothing in the evidence names the target.
    """

    artifacts: tuple[Artifact, ...]
    evidence: tuple[Evidence, ...]
    name: str = ""
    fallback: str = ""
    platform: str = ""
    collected: str | None = None
    head: Mapping[str, str] = {}
    labels: Mapping[str, str] = {}
    notifications: tuple[Notification, ...] = ()

    @property
    def image(self) -> Image | None:
        """Where the collector gathered it, as its head says; None where no head says it."""
        mode, root = self.head.get("mode", ""), self.head.get("root", "")
        if mode == "image":
            return None if not root else "running" if root == "/" else "mounted_root"
        return "running" if mode in ("live", "replay") else None


class Due(NamedTuple):
    """A request that facts of a platform follow from; `any_of` are the paths and the sources that answer it."""

    request: str
    any_of: tuple[str, ...]


class Requests(NamedTuple):
    """What can be read: files whose path `is_file` knows, commands by `source`, captures by the `named` of their file.

    `due` gives the requests that facts of a platform follow from; `reads` tells what lines are as an answer
    to a request: `read`, `unknown` where there is no source of it, else the reason why it is refused. `meant`
    is how a file had better be called whose name holds a request and more, `instead` what is read of the command
    whose name asks for what is not read.
    """

    is_file: Callable[[str], bool]
    source: Callable[[Kind, tuple[str, ...]], str | None]
    named: Callable[[str], Asked | None]
    due: Callable[[str], tuple[Due, ...]]
    reads: Callable[[Asked, tuple[str, ...]], str]
    meant: Callable[[str], str]
    instead: Callable[[str], str]


@lru_cache(maxsize=4096)
def request_text(kind: Kind, argv: tuple[str, ...]) -> str:
    """What was asked, as people write it: `/usr/bin/lssrc -a` is `lssrc -a`, a file is its path."""
    if kind == "file" or not argv:
        return " ".join(argv)
    return " ".join((argv[0].rpartition("/")[2], *argv[1:]))
