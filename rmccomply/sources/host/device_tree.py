"""The machine as its firmware names it: the files `model` and `system-id` of `/proc/device-tree`.

The Linux kernel shows each property of the device tree as a file; a text ends with NUL and has no line feed:

    IBM,9105-42A            /proc/device-tree/model
    IBM,0278A5C10           /proc/device-tree/system-id

A bundle shows such a file in hexadecimal and its NUL as `\\x00`. The serial number follows `IBM,` and two digits of the
plant. `model` is `IBM pSeries (emulated by qemu)` in a KVM guest, where `system-id` may be a UUID, which is no serial
number. OPAL bare metal has a model without `IBM,`. The number of the partition (`ibm,partition-no`) is binary, and 10
and 13 are ends of lines there, so it is read in `lparcfg`.

A file that is not there is an answer: the property is not. An empty file, and more than one line, is never an answer.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import only_line
from rmccomply.sources.shared.values import serial_number

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_ENDS: Final = ("\0", r"\x00")
_SYSTEM_ID: Final = "system-id"


@record(frozen=True, slots=True)
class DeviceTree:
    """One property. `model` is as printed, `serial` without `IBM,` and plant; both are empty where the property is
    another one, or its text is none."""

    present: bool
    model: str = ""
    serial: str = ""
    text: str = ""
    line: Line = 0


RECORD: Final = DeviceTree


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> DeviceTree:
    """Read the text. Raises Unreadable: `failed`, `empty`, `unparsable` for text with other bytes in it."""
    if answer.absent:
        return DeviceTree(False)
    text, line = only_line(answer, "cat")
    for end in _ENDS:
        text = text.removesuffix(end)
    if not text or not (text.isascii() and text.isprintable()) or "\\" in text:
        raise Unreadable("unparsable", f"this is not a text of the device tree: {text}", line)
    if answer.argv[0].endswith(_SYSTEM_ID):
        return DeviceTree(True, "", serial_number(text), text, line)
    return DeviceTree(True, text, "", text, line)
