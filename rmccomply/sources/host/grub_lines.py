"""The lines of grub.cfg that start a kernel: `grep -n -e vmlinu -e kernelopts /boot/grub2/grub.cfg`.

GNU GRUB manual, "linux": the file of the kernel, then its command line. grub2-mkconfig writes them as

    98:	linux	/boot/vmlinuz-5.15.0-91-generic root=UUID=8a7c ro  quiet $vt_handoff
    131:		linux	/boot/vmlinuz-5.15.0-91-generic root=UUID=8a7c ro recovery nomodeset
    77:  set kernelopts="root=/dev/mapper/rhel-root ro crashkernel=auto "

the last of them on Red Hat systems, whose kernels are in boot loader entries instead: it is what `$kernelopts` stands
for where the block of GRUB has none. Exit status 1 without output is an answer: there is no such line. So is the
complaint that there is no such file.
"""

import re
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.kernel_words import KernelWord, words_of

OPTIONS: Final = frozenset({"n", "e"})
LISTING: Final = False
_PATTERNS: Final = ("-n", "-e", "vmlinu", "-e", "kernelopts")
_LENGTH: Final = len(_PATTERNS) + 2
_STARTS: Final = frozenset({"linux", "linux16", "linuxefi"})
_SET: Final = re.compile(r'set\s+kernelopts=(?:"([^"]*)"|(\S*))')
_NUMBERED: Final = re.compile(r"(?:[^:]*:)?\d+:(.*)$")
_NO_MATCH: Final = 1
_ABSENT: Final = "no such file or directory"


@record(frozen=True, slots=True)
class GrubLine:
    """One command that starts a kernel: its file, and the words behind it."""

    kernel: str
    words: tuple[KernelWord, ...]
    line: Line


@record(frozen=True, slots=True)
class GrubLines:
    """The commands, and what kernelopts is set to, None where it is not."""

    present: bool
    rows: tuple[GrubLine, ...] = ()
    kernelopts: tuple[KernelWord, ...] | None = None


RECORD: Final = GrubLines


def asks(argv: tuple[str, ...]) -> bool:
    """These lines of a grub.cfg."""
    return argv[1:-1] == _PATTERNS and len(argv) == _LENGTH and argv[-1].endswith("/grub.cfg")


def parse(answer: Answer) -> GrubLines:
    """Read the lines. Raises Unreadable: `failed`, `denied`, `unparsable`."""
    if any(_ABSENT in line.lower() for line in answer.errors):
        return GrubLines(False)
    if answer.exit_status != _NO_MATCH or any(line.strip() for line in (*answer.lines, *answer.errors)):
        answer.refuse_failure()
    rows: list[GrubLine] = []
    kernelopts: tuple[KernelWord, ...] | None = None
    for number, line in enumerate(answer.lines, 1):
        found = _NUMBERED.match(line)
        if found is None:
            raise Unreadable("unparsable", f"a line of grep has an unknown form: {line.strip()}", number)
        text = found[1].strip()
        command, *words = words_of(text, number) or [KernelWord("", number)]
        told = _SET.match(text)
        if told is not None:
            kernelopts = tuple(words_of(told[1] or told[2] or "", number))
        elif command.text in _STARTS and words:
            rows.append(GrubLine(words[0].text, tuple(words[1:]), number))
    return GrubLines(True, tuple(rows), kernelopts)
