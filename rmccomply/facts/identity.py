"""Identity: which partition of which machine this is, as far as the evidence shows.

`uname -M` and `prtconf` print the machine type and model, and on Linux `/proc/cpuinfo` and the device tree; `uname -u`,
`prtconf` and the device tree the serial number of the system; `uname -L`, `prtconf` and `lparstat -i` the partition's
number. `/proc/ppc64/lparcfg` has all three.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from rmccomply.evidence.model import Line, Reference
from rmccomply.facts.gather import Facts
from rmccomply.sources.reading import Read, Readings
from rmccomply.sources.table import (
    CPUINFO,
    DEVICE_TREE,
    IOSLEVEL,
    LPARCFG,
    LPARSTAT,
    OS_RELEASE,
    OSLEVEL,
    PRTCONF,
    UNAME,
)

if TYPE_CHECKING:
    from rmccomply.sources.host.cpuinfo import CpuInfo

T = TypeVar("T")
References = tuple[Reference, ...]
Told = dict[T, References]
"""The values that answers give, each with the lines that show it."""
_LPAR: Final = "LPAR Info"
_MODEL: Final = "System Model"
_SERIAL: Final = "Machine Serial Number"
_NUMBER: Final = "Partition Number"
_KEY_OF_MODEL: Final = "system_type"
_KEY_OF_SERIAL: Final = "serial_number"
_KEY_OF_NUMBER: Final = "partition_id"
_NO_VALUES: Final = frozenset({"", "-", "Not Available"})
POWER: Final = frozenset({"ppc64le", "ppc64", "ppc", "ppc64el", "powerpc"})
FOREIGN: Final = frozenset(
    {"x86_64", "i386", "i486", "i586", "i686", "s390x", "s390", "aarch64", "armv7l", "riscv64", "loongarch64"}
)
"""Machines as uname names them."""
_DISTRIBUTIONS: Final = {"rhcos": "rhcos", "rhel": "rhel", "sles": "sles", "suse": "sles", "ubuntu": "ubuntu"}
"""ID or ID_LIKE of os-release to the distribution whose packages and tools it has."""


class Labelled(Protocol):
    """A row that has a label."""

    @property
    def label(self) -> str:
        """As printed."""

    @property
    def line(self) -> Line:
        """Where it stands."""


def models(facts: Facts) -> Told[str]:
    """Machine type and model; a guest of qemu has none."""
    shown = (
        *((one.record.model, one.at(one.record.line)) for one in facts.read(UNAME)),
        *((one.record.model, one.at(line_of(one.record.rows, _MODEL))) for one in facts.read(PRTCONF)),
        *((_model_of(one.record), one.at(one.record.line)) for one in facts.read(CPUINFO)),
        *((one.record.model, one.at(line_of(one.record.rows, _KEY_OF_MODEL))) for one in facts.read(LPARCFG)),
        *((one.record.model, one.at(one.record.line)) for one in facts.read(DEVICE_TREE)),
    )
    bare = ((text.removeprefix("IBM,"), places) for text, places in shown)
    return _noted((text, places) for text, places in bare if text not in _NO_VALUES and "qemu" not in text)


def _model_of(record: "CpuInfo") -> str:
    """As printed; old kernels name it behind `CHRP` alone."""
    chrp, _, name = record.machine.partition(" ")
    return record.model or (name if chrp == "CHRP" else "")


def serials(facts: Facts) -> Told[str]:
    """The serial number of the system."""
    shown = (
        *((one.record.system_id, one.at(one.record.line)) for one in facts.read(UNAME)),
        *((one.record.serial, one.at(line_of(one.record.rows, _SERIAL))) for one in facts.read(PRTCONF)),
        *((one.record.serial, one.at(line_of(one.record.rows, _KEY_OF_SERIAL))) for one in facts.read(LPARCFG)),
        *((one.record.serial, one.at(one.record.line)) for one in facts.read(DEVICE_TREE)),
    )
    return _noted((text, places) for text, places in shown if text not in _NO_VALUES)


def partition_numbers(facts: Facts) -> Told[int]:
    """The number of the partition, -1 on a system without partitions."""
    shown = (
        *((one.record.lpar_id, one.at(one.record.line)) for one in facts.read(UNAME)),
        *((one.record.lpar_id, one.at(line_of(one.record.rows, _LPAR))) for one in facts.read(PRTCONF)),
        *((one.record.partition_number, one.at(line_of(one.record.rows, _NUMBER))) for one in facts.read(LPARSTAT)),
        *((one.record.lpar_id, one.at(line_of(one.record.rows, _KEY_OF_NUMBER))) for one in facts.read(LPARCFG)),
    )
    return _noted((number, places) for number, places in shown if number is not None)


def _noted(shown: Iterable[tuple[T, References]]) -> Told[T]:
    told: Told[T] = {}
    for value, places in shown:
        told[value] = (*told.get(value, ()), *places)
    return told


def line_of(rows: Iterable[Labelled], label: str) -> Line:
    """Where the label first stands; the first line where it stands nowhere."""
    return next((row.line for row in rows if row.label == label), 1)


def node_name(readings: Readings) -> str:
    """The name that `uname -n` or `uname -a` prints; empty where none does or two differ."""
    names = {one.record.node for one in readings.of(UNAME) if isinstance(one, Read) and one.record.node}
    return next(iter(names)) if len(names) == 1 else ""


def distribution(facts: Facts) -> str:
    """The Linux distribution, of those that remedies know; empty where os-release is not there or names another."""
    found = {
        next((_DISTRIBUTIONS[word] for word in (record.id, *record.id_like.split()) if word in _DISTRIBUTIONS), "")
        for record in (reading.record for reading in facts.read(OS_RELEASE))
    }
    return next(iter(found)) if len(found) == 1 else ""


def system(facts: Facts) -> str:
    """The operating system with its release, as `AIX 7.1`, for a heading; empty where answers tell none, or two."""
    told = {
        *("AIX {}.{}".format(*one.record.version) for one in facts.read(OSLEVEL)),
        *(f"VIOS {one.record.text}" for one in facts.read(IOSLEVEL)),
        *(f"{one.record.name} {one.record.version_id}".strip() for one in facts.read(OS_RELEASE)),
    } - {""}
    if facts.fact("host.platform").value == "vios":
        told = {text for text in told if not text.startswith("AIX ")}
    return next(iter(told)) if len(told) == 1 else ""
