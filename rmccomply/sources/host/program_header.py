"""For which machine a program was built: `od -An -tx1 -N20 /usr/bin/env`.

System V ABI, "ELF Header": 7f 45 4c 46, the class, and how bytes are ordered (1 is little-endian, 2 big-endian); in
bytes 18 and 19 the machine: 0x15 PowerPC of 64 bits, 0x14 of 32, 0x3e x86-64, 0xb7 AArch64, 0x16 S/390. AIX has XCOFF:
01 f7 is its 64-bit form, 01 df that of 32 bits.

     7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00
     03 00 15 00

A script (`#!`) tells nothing. So does a file that is too short.
"""

import re
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable

OPTIONS: Final = frozenset({"An", "tx1", "N20"})
LISTING: Final = False
_ASKED: Final = ("-An", "-tx1", "-N20")
_BYTE: Final = re.compile(r"[0-9a-fA-F]{2}")
_ELF: Final = [0x7F, 0x45, 0x4C, 0x46]
_XCOFF: Final = ([0x01, 0xF7], [0x01, 0xDF])
_LITTLE: Final = 1
_LENGTH: Final = 20
_MACHINES: Final = {
    0x03: "i386",
    0x14: "ppc",
    0x15: "ppc64",
    0x16: "s390x",
    0x28: "armv7l",
    0x3E: "x86_64",
    0xB7: "aarch64",
    0xF3: "riscv64",
    0x102: "loongarch64",
}


@record(frozen=True, slots=True)
class ProgramHeader:
    """`system` is linux or aix; `machine` as uname names it, a number in hexadecimal where it has no name here."""

    system: str
    machine: str
    line: Line


RECORD: Final = ProgramHeader


def asks(argv: tuple[str, ...]) -> bool:
    """The header of one program."""
    return argv[1:-1] == _ASKED


def parse(answer: Answer) -> ProgramHeader:
    """Read the bytes. Raises Unreadable: `failed`, `empty`, `unparsable` for what is no program."""
    answer.refuse_failure()
    words = [word for line in answer.lines for word in line.split()]
    odd = next((word for word in words if not _BYTE.fullmatch(word)), None)
    if odd is not None:
        raise Unreadable("unparsable", f"this is not a byte: {odd}", 1)
    found = [int(word, 16) for word in words]
    if not found:
        raise Unreadable("empty", "od shows no byte")
    if found[:2] in _XCOFF:
        return ProgramHeader("aix", "powerpc", 1)
    if found[:4] != _ELF or len(found) < _LENGTH:
        raise Unreadable("unparsable", "the file is not a program of Linux or AIX", 1)
    pair = found[18:20]
    number = pair[0] | pair[1] << 8 if found[5] == _LITTLE else pair[0] << 8 | pair[1]
    machine = _MACHINES.get(number, f"{number:#x}")
    return ProgramHeader(
        "linux", f"{machine}le" if machine == "ppc64" and found[5] == _LITTLE else machine, len(answer.lines)
    )
