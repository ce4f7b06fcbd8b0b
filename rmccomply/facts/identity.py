"""Identity: which partition of which machine this is, as far as the evidence shows.

`uname -M` and `prtconf` print the machine type and model, and on Linux `/proc/cpuinfo` and the device tree; `uname -u`,
`prtconf` and the device tree the serial number of the system; `uname -L`, `prtconf` and `lparstat -i` the partition's
number. `/proc/ppc64/lparcfg` has all three.
"""

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from rmccomply.evidence.model import Line, Reference
from rmccomply.facts.gather import Facts
from rmccomply.sources.reading import Reading, Readings
from rmccomply.sources.table import OS_RELEASE

T = TypeVar("T")
Told = dict[T, tuple[Reference, ...]]
"""The values that answers give, each with the lines that show it."""
_LPAR: Final = "LPAR Info"
_MODEL: Final = "System Model"
_SERIAL: Final = "Machine Serial Number"
_NUMBER: Final = "Partition Number"
_KEY_OF_MODEL: Final = "system_type"
_KEY_OF_SERIAL: Final = "serial_number"
_KEY_OF_NUMBER: Final = "partition_id"
_NO_VALUES: Final = frozenset({"", "-", "Not Available"})
_DISTRIBUTIONS: Final = {"rhcos": "rhcos", "rhel": "rhel", "sles": "sles", "suse": "sles", "ubuntu": "ubuntu"}
"""ID or ID_LIKE of os-release to the distribution whose packages and tools it has."""


def models(of: Callable[[str], tuple[Reading, ...]]) -> Told[str]:
    """Machine type and model; a guest of qemu has none."""
    told: Told[str] = {}
    for reading in _read(of, "uname", "prtconf", "cpuinfo", "lparcfg", "device_tree"):
        text = _model_of(reading).removeprefix("IBM,")
        if text not in _NO_VALUES and "qemu" not in text:
            _note(told, text, reading, _line(reading, _MODEL, _KEY_OF_MODEL))
    return told


def _model_of(reading: Reading) -> str:
    """As printed; old kernels name it behind `CHRP` alone."""
    model: str = reading.record.model
    if model or reading.source != "cpuinfo":
        return model
    chrp, _, name = reading.record.machine.partition(" ")
    return str(name) if chrp == "CHRP" else ""


def serials(of: Callable[[str], tuple[Reading, ...]]) -> Told[str]:
    """The serial number of the system."""
    told: Told[str] = {}
    for reading in _read(of, "uname", "prtconf", "lparcfg", "device_tree"):
        text = reading.record.system_id if reading.source == "uname" else reading.record.serial
        if text not in _NO_VALUES:
            _note(told, text, reading, _line(reading, _SERIAL, _KEY_OF_SERIAL))
    return told


def partition_numbers(of: Callable[[str], tuple[Reading, ...]]) -> Told[int]:
    """The number of the partition, -1 on a system without partitions."""
    told: Told[int] = {}
    for reading in _read(of, "uname", "prtconf", "lparstat", "lparcfg"):
        record = reading.record
        number = record.partition_number if reading.source == "lparstat" else record.lpar_id
        if number is not None:
            _note(told, number, reading, _line(reading, _LPAR, _NUMBER, _KEY_OF_NUMBER))
    return told


def _read(of: Callable[[str], tuple[Reading, ...]], *sources: str) -> Iterator[Reading]:
    return (reading for source in sources for reading in of(source) if reading.record is not None)


def _note(told: Told[T], value: T, reading: Reading, line: Line) -> None:
    told[value] = (*told.get(value, ()), *reading.at(line))


def _line(reading: Reading, *labels: str) -> Line:
    """Where one of the labels stands; the only line of answers that have no labels."""
    rows = getattr(reading.record, "rows", ())
    return next((row.line for row in rows if row.label in labels), getattr(reading.record, "line", 1))


def node_name(readings: Readings) -> str:
    """The name that `uname -n` or `uname -a` prints; empty where none does or two differ."""
    names = {reading.record.node for reading in _read(readings.of, "uname") if reading.record.node}
    return next(iter(names)) if len(names) == 1 else ""


def distribution(facts: Facts) -> str:
    """The Linux distribution, of those that remedies know; empty where os-release is not there or names another."""
    found = {
        next((_DISTRIBUTIONS[word] for word in (record.id, *record.id_like.split()) if word in _DISTRIBUTIONS), "")
        for record in (reading.record for reading in facts.answers(OS_RELEASE))
        if record is not None
    }
    return next(iter(found)) if len(found) == 1 else ""
