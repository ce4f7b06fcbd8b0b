"""Names of system and machine: `uname -a`, and on AIX `-L`, `-M`, `-u`, `-W`.

AIX 7.3 documentation, "uname Command"; uname(1) of GNU coreutils. One line:

    AIX lpar17 2 7 00FA12C54C00                                                         (uname -a)
    Linux lpar18 5.14.0-427.el9.ppc64le #1 SMP Wed Apr 10 2024 ppc64le GNU/Linux        (uname -a)
    17 lpar17 - billing                                                                 (uname -L)
    IBM,9105-42A                                                                        (uname -M)
    IBM,0278A5C10                                                                       (uname -u)

AIX prints the release before the version: `2 7` is AIX 7.2. Its `-m` is a number of the machine, the processor is
`-p`. A partition name may hold blanks: `-L` is split at the first one; `-1 NULL` is a system without partitions.
The serial number of `-u` follows two digits of the plant. `-W` is 0 outside workload partitions. On Linux the
machine stands last but for `GNU/Linux`, perhaps three times, after a version of many words, and `-p` may print
`unknown`, which is no name.

Empty output is never an answer, and more than one line is none of uname's.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number, only_line

OPTIONS: Final = frozenset({"a", "L", "M", "u", "n", "m", "r", "s", "W", "p", "rvp"})
LISTING: Final = False
_MACHINES: Final = frozenset(
    {"ppc64le", "ppc64", "ppc", "x86_64", "i386", "i486", "i586", "i686", "s390x", "s390", "aarch64", "riscv64"}
)
_LIKE_AIX: Final = frozenset({"AIX", "OS400"})


@record(frozen=True, slots=True)
class Uname:
    """What one call told; what its option does not ask for is empty or None.

    `machine` is the hardware's name, with `-p` and `-rvp` the processor's. `lpar_id` is -1 on a system without
    partitions. `model` and `system_id` (the serial number) are without `IBM,` and plant. `text` is the line.
    """

    option: str
    system: str = ""
    node: str = ""
    release: str = ""
    version: str = ""
    machine: str = ""
    lpar_id: int | None = None
    lpar_name: str = ""
    model: str = ""
    system_id: str = ""
    wpar_id: int | None = None
    text: str = ""
    line: Line = 0


RECORD: Final = Uname


def asks(argv: tuple[str, ...]) -> bool:
    """One option word of those that are read."""
    return len(argv) == 2 and argv[1].startswith("-") and argv[1][1:] in OPTIONS


def parse(answer: Answer) -> Uname:
    """Read the line. Raises Unreadable: `failed`, `empty`, `unparsable` for what the option never prints."""
    option = answer.argv[1][1:]
    text, line = only_line(answer, "uname")
    told = _READERS[option](text)
    if told is None:
        raise Unreadable("unparsable", f"this is not an answer to uname -{option}: {text}", line)
    return Uname(
        option,
        told.system,
        told.node,
        told.release,
        told.version,
        told.machine,
        told.lpar_id,
        told.lpar_name,
        told.model,
        told.system_id,
        told.wpar_id,
        text,
        line,
    )


def _all(text: str) -> Uname | None:
    words = text.split()
    if words[0] in _LIKE_AIX:
        return _aix(words)
    return _linux(words) if words[0] == "Linux" and len(words) > 3 else None


def _aix(words: list[str]) -> Uname | None:
    if len(words) != 5 or not (is_number(words[2]) and is_number(words[3])):
        return None
    return Uname("", words[0], words[1], release=words[2], version=words[3], machine=words[4])


def _linux(words: list[str]) -> Uname:
    """The machine is the last word that names one; the version is what stands between it and the release."""
    ends = [at for at, word in enumerate(words) if at > 2 and word in _MACHINES]
    end = ends[-1] if ends else len(words)
    machine = words[end] if ends else ""
    while words[end - 1] == machine:
        end -= 1
    return Uname("", words[0], words[1], release=words[2], version=" ".join(words[3:end]), machine=machine)


def _partition(text: str) -> Uname | None:
    number, _, name = text.partition(" ")
    if not is_number(number.removeprefix("-")) or not name.strip():
        return None
    lpar_id = int(number)
    return Uname("", lpar_id=lpar_id, lpar_name="" if lpar_id < 0 and name == "NULL" else name.strip())


def _model(text: str) -> Uname | None:
    return Uname("", model=text.removeprefix("IBM,")) if len(text.split()) == 1 else None


def _serial(text: str) -> Uname | None:
    serial = text.removeprefix("IBM,")
    if len(text.split()) != 1 or not serial.isalnum():
        return None
    return Uname("", system_id=serial[2:] if len(serial) == 9 and serial != text else serial)


def _workload(text: str) -> Uname | None:
    return Uname("", wpar_id=int(text)) if is_number(text) else None


def _processor(text: str) -> Uname | None:
    words = text.split()
    return Uname("", release=words[0], version=words[1], machine=words[2]) if len(words) == 3 else None


def _name(field: str) -> Callable[[str], Uname | None]:
    """The reader of an option that prints one word."""

    def reader(text: str) -> Uname | None:
        changes: dict[str, Any] = {field: "" if (field, text) == ("machine", "unknown") else text}
        return replace(Uname(""), **changes) if len(text.split()) == 1 else None

    return reader


_READERS: Final[dict[str, Callable[[str], Uname | None]]] = {
    "a": _all,
    "L": _partition,
    "M": _model,
    "u": _serial,
    "W": _workload,
    "rvp": _processor,
    "n": _name("node"),
    "m": _name("machine"),
    "p": _name("machine"),
    "r": _name("release"),
    "s": _name("system"),
}
