"""What the readers of the kinds of archive share: requests, answers, and how a request was written down."""

import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from rmccomply.evidence.archives.tree import File
from rmccomply.evidence.captures import lines_of
from rmccomply.evidence.model import Asked, Damage, Evidence, Stream
from rmccomply.tuples import NamedTuple

CUT: Final = Damage("truncated", "the file is cut off in the archive", partial=True)
_OPERATORS: Final = frozenset("|&;<>()$`")


class About(NamedTuple):
    """What an archive says of itself. `collected` is RFC 3339 in UTC."""

    name: str = ""
    platform: str = ""
    version: str = ""
    collected: str | None = None
    says: tuple[str, ...] = ()


def copied(file: File, path: str, uri: str, ended: str | None = None, *, read: bool = True) -> Evidence:
    """A file of the host that the archive holds as it was; `read`: its tool is known to copy files whole."""
    damage = CUT if file.cut else None
    return Evidence(
        "file", (path,), uri, exit_status=0 if read else None, out=whole_stream(file), ended=ended, damage=damage
    )


def captured(file: File, found: Asked, uri: str, *, whole: bool) -> Evidence:
    """An answer of which the archive tells no more than the name of its file."""
    damage, whole = CUT if file.cut else None, whole and not found.filtered
    return Evidence(found.kind, found.argv, uri, out=whole_stream(file), damage=damage, whole=whole)


def whole_stream(file: File) -> Stream:
    """All lines of a file; the last one of a file that is cut may be a fragment."""
    lines = lines_of(file.data)
    return Stream(lines[:-1] if file.cut else lines, 1, size=len(file.data))


class TextPart(NamedTuple):
    """A part of a text file: its title, which stands on line `title_line`, and what stands below it."""

    kind: str
    title: str
    title_line: int
    first_line: int
    lines: tuple[str, ...]
    cut: bool

    def stream(self) -> Stream:
        """The lines without the empty ones at the end, which the tool added; a fragment is left out."""
        lines = self.lines[:-1] if self.cut else self.lines
        end = len(lines)
        while end and not lines[end - 1].strip():
            end -= 1
        return Stream(lines[:end], self.first_line, size=sum(len(line) + 1 for line in lines[:end]))


class Head(NamedTuple):
    """Where a section begins: the indexes of the first line of its head, of its title, and of the line below."""

    start: int
    title_at: int
    below: int
    kind: str
    title: str


def sections_of(file: File, lines: tuple[str, ...], heads: Sequence[Head]) -> Iterator[TextPart]:
    """The sections of a text. The last one of a file that is cut is cut."""
    for number, head in enumerate(heads, 1):
        last = number == len(heads)
        end, cut = (len(lines), file.cut) if last else (heads[number].start, False)
        yield TextPart(head.kind, head.title, head.title_at + 1, head.below + 1, lines[head.below : end], cut)


def words_of(command: str) -> tuple[str, ...] | None:
    """The words of a command line; None where a shell did more with it than run one command."""
    try:
        lexer = shlex.shlex(command, posix=True, punctuation_chars="|&;<>()")
        lexer.whitespace_split = True
        lexer.commenters = ""
        words = tuple(lexer)
    except ValueError:
        return None
    unquoted = not words or any(_OPERATORS.issuperset(word) for word in words)
    return None if unquoted or "$(" in command or "`" in command else words
