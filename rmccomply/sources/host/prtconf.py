"""The machine and the partition: `prtconf`, also called `lsconf`.

AIX 7.3 documentation, "prtconf Command" and "lsconf Command". Labels and values, then paragraphs on network, volume
groups and devices:

    System Model: IBM,9105-42A
    Machine Serial Number: 78A5C10
    Processor Type: PowerPC_POWER10
    LPAR Info: 17 lpar17 - billing
    Platform Firmware level: FW1060.10
    Firmware Version: IBM,FW1060.10 (NH1060_092)

Only the labels above are kept, with `Processor Implementation Mode`. The partition's name may hold blanks: LPAR Info
is split at the first one; `-1 NULL` is a system without partitions. `Not Available` is a value as any other. A value
of a label that appears twice is that of its first line.

A label that is not there has an empty value, and says nothing where `whole` is False. Output without one of these
labels, and empty output, is never an answer. Without an exit status nothing tells that a copy is whole.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number, may_be_cut, refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = True
_MODEL: Final = "System Model"
_SERIAL: Final = "Machine Serial Number"
_LPAR: Final = "LPAR Info"
_LABELS: Final = frozenset(
    {
        _MODEL,
        _SERIAL,
        _LPAR,
        "Processor Type",
        "Processor Implementation Mode",
        "Platform Firmware level",
        "Firmware Version",
    }
)


@record(frozen=True, slots=True)
class ConfigurationValue:
    """A label and its value, as printed."""

    label: str
    value: str
    line: Line


@record(frozen=True, slots=True)
class Configuration:
    """The values. `model` is without `IBM,`; `lpar_id` is -1 on a system without partitions, None where it is not
    told or is no number."""

    rows: tuple[ConfigurationValue, ...]
    model: str
    serial: str
    lpar_id: int | None
    lpar_name: str
    whole: bool = True


RECORD: Final = Configuration


def asks(argv: tuple[str, ...]) -> bool:
    """The whole configuration; options pick a part of it."""
    return len(argv) == 1


def parse(answer: Answer) -> Configuration:
    """Read the values. Raises Unreadable: `failed`, `empty`, `unparsable` for text without one."""
    refuse_complaints(answer, "prtconf:")
    answer.refuse_failure()
    rows: list[ConfigurationValue] = []
    for number, line in enumerate(answer.lines, 1):
        label, colon, value = line.partition(":")
        if colon and label.strip() in _LABELS and not may_be_cut(answer, number):
            rows.append(ConfigurationValue(label.strip(), value.strip(), number))
    if not rows:
        _refuse_other_text(answer)
    lpar_id, lpar_name = _partition(_value(rows, _LPAR))
    model = _value(rows, _MODEL).removeprefix("IBM,")
    whole = answer.complete and answer.exit_status is not None
    return Configuration(tuple(rows), model, _value(rows, _SERIAL), lpar_id, lpar_name, whole)


def _value(rows: list[ConfigurationValue], label: str) -> str:
    return next((row.value for row in rows if row.label == label), "")


def _partition(text: str) -> tuple[int | None, str]:
    number, _, name = text.partition(" ")
    if not is_number(number.removeprefix("-")):
        return None, ""
    lpar_id = int(number)
    return lpar_id, "" if lpar_id < 0 and name.strip() == "NULL" else name.strip()


def _refuse_other_text(answer: Answer) -> None:
    for number, line in enumerate(answer.lines, 1):
        if line.strip():
            raise Unreadable("unparsable", f"prtconf has no known label: {line.strip()}", number)
    raise Unreadable("empty", "prtconf prints nothing")
