"""The folders under /var/ct: `ls -l /var/ct`, `ls /var/ct`.

POSIX, "ls"; RSCT documentation, "ctfile.cfg File", names /var/ct as the root of its logs. A host that is in no domain
keeps them below IW, and its configuration in cfg; on a member of a peer domain there is a folder of the cluster too.

    total 8
    drwxr-xr-x    6 root     system          256 Nov 02 08:15 IW
    drwxr-xr-x    3 root     system         4096 Nov 02 08:15 cfg
    -rw-r--r--    1 root     system            0 Nov 02 08:15 IBM.DRM.stderr

In the long form the first letter tells folders (`d`) and links (`l`, which may lead to one) from files; in the short
form, of which a terminal shows several columns, any name may be that of a folder.

That the folder itself is not there is an answer too, as ls says it: RSCT has never run. Empty output is an answer where
the exit status is 0: nothing is there. Nothing marks the end: without an exit status
absence proves nothing.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.folder_rows import entry_at
from rmccomply.sources.shared.texts import may_be_cut, refuse_complaints

OPTIONS: Final = frozenset({"l", "la", "al", "a"})
LISTING: Final = True
_FOLDER: Final = "/var/ct"
_OPTIONS: Final = frozenset({(), ("-l",), ("-la",), ("-al",), ("-l", "-a"), ("-a", "-l"), ("-a",)})
_GONE: Final = ("No such file or directory", "does not exist")
_SELF: Final = frozenset({".", ".."})


@record(frozen=True, slots=True)
class CtFolder:
    """What stands there under a name. `folder` is False for what is certainly none."""

    name: str
    folder: bool
    line: Line


@record(frozen=True, slots=True)
class Entries:
    """A listing. `whole`: what has no row is not there."""

    rows: tuple[CtFolder, ...]
    whole: bool


RECORD: Final = Entries


def asks(argv: tuple[str, ...]) -> bool:
    """The folder itself, in one of the two forms."""
    return argv[1:-1] in _OPTIONS and argv[-1].rstrip("/") == _FOLDER


def parse(answer: Answer) -> Entries:
    """Read the rows. Raises Unreadable: `failed`, `denied`, `unparsable`; `empty` for a copy that holds nothing."""
    if answer.exit_status not in (0, None) and _is_absent(answer):
        return Entries((), answer.complete)
    refuse_complaints(answer, "ls:")
    answer.refuse_failure()
    read = _long if any("l" in word for word in answer.options) else _short
    rows = tuple(one for one in read(answer) if one.name not in _SELF)
    if not rows and answer.exit_status is None:
        raise Unreadable("empty", "ls lists nothing, and nothing shows that it is complete")
    return Entries(rows, answer.complete and answer.exit_status is not None)


def _is_absent(answer: Answer) -> bool:
    """Whether ls says that the folder is not there, and nothing else."""
    said = [line.strip() for line in (*answer.errors, *answer.lines) if line.strip()]
    return bool(said) and all(any(text in line for text in _GONE) and _FOLDER in line for line in said)


def _long(answer: Answer) -> list[CtFolder]:
    lines = (number for number, line in enumerate(answer.lines, 1) if not line.startswith("#"))
    entries = (entry for number in lines if (entry := entry_at(answer, number)))
    return [CtFolder(entry.name, entry.type in "dl", entry.line) for entry in entries]


def _short(answer: Answer) -> list[CtFolder]:
    lines = [(number, line) for number, line in enumerate(answer.lines, 1) if not may_be_cut(answer, number)]
    return [CtFolder(word.rstrip("/"), True, number) for number, line in lines for word in line.split()]
