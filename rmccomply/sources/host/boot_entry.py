"""Boot loader entries: the files `/boot/loader/entries/*.conf` that GRUB on Red Hat systems reads.

The Boot Loader Specification, type 1: a key and its value, apart by blanks; `#` begins a comment; `options` may stand
several times, and all of them count.

    title Red Hat Enterprise Linux (4.18.0-80.el8.ppc64le) 8.0 (Ootpa)
    version 4.18.0-80.el8.ppc64le
    linux /vmlinuz-4.18.0-80.el8.ppc64le
    initrd /initramfs-4.18.0-80.el8.ppc64le.img $tuned_initrd
    options $kernelopts $tuned_params
    id rhel-20190313123447-4.18.0-80.el8.ppc64le

Variables are those of GRUB. A file that is not there is an answer; one without the key `linux` is no entry.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.kernel_words import KernelWord, words_of
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False


@record(frozen=True, slots=True)
class BootEntry:
    """One entry. `title` and `version` are as written, `line` is that of its kernel."""

    present: bool
    title: str = ""
    version: str = ""
    options: tuple[KernelWord, ...] = ()
    line: Line = 0


RECORD: Final = BootEntry


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> BootEntry:
    """Read the entry. Raises Unreadable: `failed`, `empty`, `unparsable` for what is no entry."""
    if answer.absent:
        return BootEntry(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    told: dict[str, tuple[str, Line]] = {}
    options: list[KernelWord] = []
    for number, line in enumerate(answer.lines, 1):
        key, _, value = line.strip().replace("\t", " ").partition(" ")
        if not key or key.startswith("#"):
            continue
        told.setdefault(key, (value.strip(), number))
        if key == "options":
            options += words_of(value, number)
    if "linux" not in told:
        if not told:
            raise Unreadable("empty", "the file is empty")
        raise Unreadable("unparsable", "the entry names no kernel", next(iter(told.values()))[1])
    title, version = (told.get(key, ("", 0))[0] for key in ("title", "version"))
    return BootEntry(True, title, version, tuple(options), told["linux"][1])
