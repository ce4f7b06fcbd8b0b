"""What starts at boot: the file `/etc/inittab`.

AIX 7.3 documentation, "inittab File"; RSCT itself adds the entry of ctrmc.

    init:2:initdefault:
    : the next entry is switched off
    :piobe:2:wait:/usr/lib/lpd/pioinit_cp >/dev/null 2>&1
    shdaemon:2:off:/usr/sbin/shdaemon >/dev/console 2>&1
    ctrmc:2:once:/usr/bin/startsrc -s ctrmc > /dev/console 2>&1

An entry is identifier, run levels, action and command; the command may hold colons, and goes on in the next line
after a backslash. A colon in front makes an entry a comment, a `#` in front of its command makes that one, and the
action `off` keeps it from being run: all are `disabled`. An action that init does not have is kept as printed. Lines
that start with `#` are no entries; whether AIX passes over one that is an entry but for that is documented nowhere, so
such entries are kept apart (`hashed`). A line of any other form is passed over, and then absence proves nothing
(`whole`).

A file that does not exist is the fact that there is none, as on Linux with systemd. An empty file is never an answer.
Nothing marks its end, and entries are added there: without an exit status absence proves nothing.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import may_be_cut, refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = True
_FIELDS: Final = 4
STARTING: Final = frozenset({"respawn", "wait", "once", "boot", "bootwait", "ondemand"})
"""Actions by which init runs a command when the run level is entered, or at the start of the system."""
ACTIONS: Final = frozenset({*STARTING, "initdefault", "off", "sysinit", "hold", "powerfail", "powerwait"})

_CONTROLLER: Final = "srcmstr"
_STARTER: Final = "startsrc"
_STOPPING: Final = frozenset({"stopsrc", "rmcctrl"})
_COMMENT: Final = re.compile(r"(?:^|\s)#")
_REDIRECTION: Final = re.compile(r"[0-9]*>>?(?:&[0-9-]|\s*[^\s&;|]+)")
_SIMPLE: Final = re.compile(r"[^&|(){}`$'\"\\]+&?")


@record(frozen=True, slots=True)
class InittabEntry:
    """One entry. `disabled`: a colon stands in front of it, its action is `off`, or its command is a comment."""

    id: str
    levels: str
    action: str
    command: str
    disabled: bool
    line: Line

    def concerns(self, name: str) -> bool:
        """Whether it is of this subsystem: by its identifier, or because its command has to do with it in any way."""
        words = self.command.lstrip("# ").split()
        programs = {word.rpartition("/")[2] for word in words}
        named = name in programs if name == _CONTROLLER else _STARTER in programs and _names(words, name)
        return self.id == name or named

    def starts(self, name: str) -> bool:
        """Whether a simple command of the line starts it, and no word of it stops what RMC is."""
        commands = _simple_commands(self.command)
        programs = [words[0].rpartition("/")[2] for words in commands]
        if not _STOPPING.isdisjoint(word.rpartition("/")[2] for word in self.command.split()):
            return False
        if name == _CONTROLLER:
            return name in programs
        pairs = zip(programs, commands, strict=True)
        return any(program == _STARTER and _names(words, name) for program, words in pairs)


@record(frozen=True, slots=True)
class Inittab:
    """The file. `hashed`: what would be entries without the `#` in front. `whole`: an identifier that is neither among
    `rows` nor among `hashed` has no entry."""

    present: bool
    rows: tuple[InittabEntry, ...]
    hashed: tuple[InittabEntry, ...] = ()
    whole: bool = True


RECORD: Final = Inittab


def _names(words: Sequence[str], name: str) -> bool:
    return f"-s{name}" in words or ("-s", name) in pairwise(words)


def _simple_commands(line: str) -> list[list[str]]:
    """The commands of a line that run one after the other whatever happens; a comment ends it."""
    bare = _REDIRECTION.sub(" ", _COMMENT.split(line, maxsplit=1)[0])
    return [text.removesuffix("&").split() for text in map(str.strip, bare.split(";")) if _SIMPLE.fullmatch(text)]


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> Inittab:
    """Read the entries. Raises Unreadable: `failed`, `empty`, `unparsable` where no line is an entry."""
    if answer.absent:
        return Inittab(False, ())
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:", "-ksh:", "-bash:")
    answer.refuse_failure()
    rows: list[InittabEntry] = []
    hashed: list[InittabEntry] = []
    odd: Line = 0
    continued = False
    for number, line in enumerate(answer.lines, 1):
        begins, continued = not continued, line.endswith("\\")
        text = line.strip()
        if not begins or not text.strip(":"):
            continue
        entry = None if may_be_cut(answer, number) else _entry(text, number)
        if entry is not None:
            (hashed if text.startswith("#") else rows).append(entry)
        elif not text.startswith((":", "#")):
            odd = odd or number
    if not rows:
        _refuse(odd)
    whole = answer.complete and answer.exit_status is not None and not odd
    return Inittab(True, tuple(rows), tuple(hashed), whole)


def _refuse(odd: Line) -> None:
    if odd:
        raise Unreadable("unparsable", "no line of /etc/inittab is an entry", odd)
    raise Unreadable("empty", "/etc/inittab has no entry")


def _entry(text: str, number: Line) -> InittabEntry | None:
    """The entry of a line, with what marks it as a comment left out; None for a line of another form."""
    bare = text.lstrip(":#").strip() if text.startswith((":", "#")) else text
    fields = [field.strip() for field in bare.split(":", _FIELDS - 1)]
    if len(fields) < _FIELDS or " " in fields[0] or not fields[0] or not fields[2].isalpha():
        return None
    identifier, levels, action, command = fields
    disabled = text.startswith(":") or action == "off" or command.startswith("#")
    return InittabEntry(identifier, levels, action, command.removesuffix("\\").rstrip(), disabled, number)
