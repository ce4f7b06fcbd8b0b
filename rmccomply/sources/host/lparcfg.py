"""The partition as the Linux kernel knows it from the hypervisor: the file `/proc/ppc64/lparcfg`.

The Linux kernel (arch/powerpc/platforms/pseries/lparcfg.c). The name and version of the driver, then a key and a
value in each line, without blanks:

    lparcfg 1.9
    serial_number=IBM,0278A5C10
    system_type=IBM,9105-42A
    partition_id=17
    ...
    shared_processor_mode=1

`system_type` is `IBM pSeries (emulated by qemu)` in a KVM guest, which is told that its processors are shared too, so
that the mode alone says nothing of PowerVM. The serial number follows `IBM,` and two digits of the plant; in a guest
it may be a UUID, which is none. `partition_id` is 0 where the hypervisor gives no number.

A file that is not there is an answer: only kernels for logical partitions have it. Empty output, and text without any
of these keys, is never an answer. A key that is not there has an empty value.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number, may_be_cut, refuse_complaints
from rmccomply.sources.shared.values import serial_number

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = True
_DRIVER: Final = "lparcfg"
_SERIAL: Final = "serial_number"
_MODEL: Final = "system_type"
_NUMBER: Final = "partition_id"
_SHARED: Final = "shared_processor_mode"
_KEYS: Final = frozenset({_SERIAL, _MODEL, _NUMBER, _SHARED})
_MODES: Final = {"0": False, "1": True}


@record(frozen=True, slots=True)
class PartitionKey:
    """A key and its value, as printed."""

    label: str
    value: str
    line: Line


@record(frozen=True, slots=True)
class PartitionConfiguration:
    """The values. `model` is as printed, `serial` without `IBM,` and plant and empty where it is none. `lpar_id` is
    None where there is no number. `shared` is None where the mode is neither 0 nor 1."""

    present: bool
    rows: tuple[PartitionKey, ...] = ()
    model: str = ""
    serial: str = ""
    lpar_id: int | None = None
    shared: bool | None = None


RECORD: Final = PartitionConfiguration


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> PartitionConfiguration:
    """Read the values. Raises Unreadable: `failed`, `empty`, `unparsable` for other text or a key that stands twice."""
    if answer.absent:
        return PartitionConfiguration(False)
    refuse_complaints(answer, "cat:")
    answer.refuse_failure()
    rows: dict[str, PartitionKey] = {}
    for number, line in enumerate(answer.lines, 1):
        key, equals, value = line.strip().partition("=")
        if not key or key.startswith((f"{_DRIVER} ", "#")) or may_be_cut(answer, number):
            continue
        if not equals or key in rows:
            raise Unreadable("unparsable", f"a line of lparcfg has an unknown form: {line.strip()}", number)
        if key in _KEYS:
            rows[key] = PartitionKey(key, value.strip(), number)
    if not rows:
        _refuse_other_text(answer)
    values = {key: row.value for key, row in rows.items()}
    text = values.get(_NUMBER, "")
    lpar_id = int(text) if is_number(text) and int(text) else None
    serial = serial_number(values.get(_SERIAL, ""))
    shared = _MODES.get(values.get(_SHARED, ""))
    return PartitionConfiguration(True, tuple(rows.values()), values.get(_MODEL, ""), serial, lpar_id, shared)


def _refuse_other_text(answer: Answer) -> None:
    for number, line in enumerate(answer.lines, 1):
        if line.strip():
            raise Unreadable("unparsable", f"lparcfg has no known key: {line.strip()}", number)
    raise Unreadable("empty", "lparcfg has no lines")
