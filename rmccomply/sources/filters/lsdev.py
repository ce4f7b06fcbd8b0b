"""The devices of IP security on AIX and VIOS: `lsdev -Cc ipsec`.

AIX documentation, "IP Security Problem Determination": the filter of a version of IP runs where its device is
Available.

    ipsec_v4 Available  IP Version 4 Security Extension
    ipsec_v6 Defined    IP Version 6 Security Extension

No output with exit status 0 is an answer: there is no such device.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable

OPTIONS: Final = frozenset({"Cc"})
LISTING: Final = True
_STATES: Final = frozenset({"Available", "Defined", "Stopped"})


@record(frozen=True, slots=True)
class Device:
    """A device with its state."""

    name: str
    state: str
    line: Line


@record(frozen=True, slots=True)
class Devices:
    """The devices. `whole`: there is no other."""

    rows: tuple[Device, ...]
    whole: bool


RECORD: Final = Devices


def asks(argv: tuple[str, ...]) -> bool:
    """The devices of IP security."""
    return argv[1:] == ("-Cc", "ipsec")


def parse(answer: Answer) -> Devices:
    """Read the rows. Raises Unreadable: `failed`, `denied`, `unparsable` for a row of no known form."""
    answer.refuse_failure()
    rows: list[Device] = []
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if not words:
            continue
        if len(words) < 2 or not words[0].startswith("ipsec_v") or words[1] not in _STATES:
            raise Unreadable("unparsable", f"this is not a device of IP security: {line.strip()}", number)
        rows.append(Device(words[0], words[1], number))
    return Devices(tuple(rows), answer.complete and answer.exit_status is not None)
