"""The kernel command line: `/proc/cmdline` of a running system, and `/etc/kernel/cmdline`.

proc(5): one line, the words that the boot loader passed. kernel-install(8): what new boot loader entries get; lines
that begin with `#` are comments there.

A file that is not there is an answer. An empty /proc/cmdline is none: the boot loader names the root at least.
"""

from typing import Final

from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.kernel_words import KernelWord, words_of
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False


@record(frozen=True, slots=True)
class KernelCommand:
    """The words of the file."""

    present: bool
    words: tuple[KernelWord, ...] = ()


RECORD: Final = KernelCommand


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> KernelCommand:
    """Read the words. Raises Unreadable: `failed`, `empty`."""
    if answer.absent:
        return KernelCommand(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    lines = enumerate(answer.lines, 1)
    words = [word for number, line in lines if not line.startswith("#") for word in words_of(line, number)]
    if not words:
        raise Unreadable("empty", "the file is empty")
    return KernelCommand(True, tuple(words))
