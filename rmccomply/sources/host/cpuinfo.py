"""What kind of machine Linux runs on: the file `/proc/cpuinfo`.

The Linux kernel (arch/powerpc/kernel/setup-common.c and the platforms). A block a processor, and on Power, after
the last one, lines on the machine:

    processor       : 0
    cpu             : POWER10 (architected), altivec supported
    revision        : 2.0 (pvr 0080 0200)

    timebase        : 512000000
    platform        : pSeries                                       (not in kernels before 2.6.27)
    model           : IBM,9105-42A
    machine         : CHRP IBM,9105-42A
    MMU             : Radix

A KVM guest is `pSeries` too; only model and machine say `IBM pSeries (emulated by qemu)`. OPAL bare metal is
`platform : PowerNV` with `firmware : OPAL`. On x86 `vendor_id` and `model name` stand for the processor and `model`
is a number, which is not kept; IBM Z has `vendor_id : IBM/S390`. The first processor speaks for all.

Without its last lines a file of Power tells nothing of the machine: it is refused as truncated. A file that does
not exist is the fact that there is none, as on AIX. An empty file is not an answer.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_TELLING: Final = ("machine", "platform", "vendor_id", "model name", "cpu")


@record(frozen=True, slots=True)
class CpuInfo:
    """What the file says; empty where it has no such line. `line` is that of the machine, else of the processor."""

    present: bool
    platform: str
    machine: str
    model: str
    cpu: str
    firmware: str
    line: Line


RECORD: Final = CpuInfo


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> CpuInfo:
    """Read the file. Raises Unreadable: `empty`, `truncated`, `unparsable` for other text."""
    if answer.absent:
        return CpuInfo(False, "", "", "", "", "", 0)
    if answer.exit_status is not None:
        answer.refuse_failure()
    values, lines = _values(answer.lines)
    if not values:
        raise Unreadable("empty", "/proc/cpuinfo has no lines")
    if "cpu" in values and "machine" not in values:
        raise Unreadable("truncated", "the last lines of /proc/cpuinfo, which name the machine, are missing")
    told = next((lines[key] for key in _TELLING if key in lines), None)
    if told is None:
        raise Unreadable("unparsable", "/proc/cpuinfo names neither machine nor processor")
    return _record(values, told)


def _values(file: tuple[str, ...]) -> tuple[dict[str, str], dict[str, Line]]:
    """The first value of each key, and its line."""
    values: dict[str, str] = {}
    lines: dict[str, Line] = {}
    for number, line in enumerate(file, 1):
        key, colon, value = line.partition(":")
        if line.strip() and not colon:
            raise Unreadable("unparsable", f"a line of /proc/cpuinfo has an unknown form: {line.strip()}", number)
        if line.strip() and key.strip() not in values:
            values[key.strip()], lines[key.strip()] = value.strip(), number
    return values, lines


def _record(values: dict[str, str], told: Line) -> CpuInfo:
    cpu = next((values[key] for key in ("cpu", "model name", "vendor_id") if key in values), "")
    model = "" if "model name" in values else values.get("model", "")
    platform, machine, firmware = (values.get(key, "") for key in ("platform", "machine", "firmware"))
    return CpuInfo(True, platform, machine, model, cpu, firmware, told)
