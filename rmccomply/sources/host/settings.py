"""Files of settings, `NAME=value`, that a shell or a program like it reads.

`/etc/default/grub`, `/boot/grub2/grubenv`, ifcfg files of NetworkManager and of SUSE, `/etc/firewalld/firewalld.conf`,
`/etc/ufw/ufw.conf`, `/etc/default/ufw`.

    GRUB_CMDLINE_LINUX="crashkernel=auto rd.lvm.lv=rhel/root"
    IPV6INIT=no   # a comment
    saved_entry=rhel-20190313123447-4.18.0-80.el8.ppc64le

Values are quoted as in a shell; those of the block of GRUB (grubenv: "GRUB Environment Block", then `#` up to its size)
are not, and a backslash there is before what it keeps. The last value of a name counts; `NAME+=` adds to it. Any other
line may change what stands here (a script may be such a file), so that its place is kept. A value that a shell would
have to make (`$(...)`, a variable) is kept as written.

A file that is not there is an answer. An empty one is an answer too: nothing is set.
"""

import re
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_ASSIGNMENT: Final = re.compile(r"\s*(?:export\s+)?([A-Za-z_]\w*)(\+?=)(.*)$")
_WORD: Final = re.compile(r"""(?:[^\s"'\\#]|\\.|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=\S)#)*""")
_QUOTED: Final = re.compile(r"""\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'""")
_OF_GRUB: Final = "/grubenv"


@record(frozen=True, slots=True)
class Assigned:
    """One value with its line."""

    name: str
    value: str
    line: Line


@record(frozen=True, slots=True)
class Settings:
    """The settings of a file. `odd` is the first line of another form, 0 where there is none."""

    present: bool
    rows: tuple[Assigned, ...] = ()
    odd: Line = 0

    def of(self, name: str) -> Assigned | None:
        """The one that counts; None where the name is not set."""
        return next((row for row in reversed(self.rows) if row.name == name), None)


RECORD: Final = Settings


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> Settings:
    """Read the settings. Raises Unreadable: `failed`, `unparsable` for a quotation that does not end."""
    if answer.absent:
        return Settings(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    raw = answer.argv[0].endswith(_OF_GRUB)
    values: dict[str, str] = {}
    rows: list[Assigned] = []
    odd = 0
    for number, line in enumerate(answer.lines, 1):
        found = _ASSIGNMENT.match(line)
        if found is None:
            odd = odd or (number if line.strip() and not line.lstrip().startswith("#") else 0)
            continue
        name, sign, text = found.groups()
        value = re.sub(r"\\(.)", r"\1", text) if raw else _unquoted(text, number)
        values[name] = values.get(name, "") + value if sign == "+=" else value
        rows.append(Assigned(name, values[name], number))
    return Settings(True, tuple(rows), odd)


def _unquoted(text: str, number: Line) -> str:
    """The first word behind the sign, without its quotation marks."""
    word = _WORD.match(text.strip())
    found = word[0] if word is not None else ""
    rest = text.strip()[len(found) :].strip()
    if rest.startswith(("'", '"')):
        raise Unreadable("unparsable", f"a quotation does not end: {text.strip()}", number)
    return _QUOTED.sub(lambda part: part[1] or re.sub(r"\\(.)", r"\1", part[2] or "") or part[3] or "", found)
