"""Which service names belong to the ports of RMC: the files `/etc/services` and `/usr/etc/services`.

services(5); AIX 7.3 documentation, "services File Format for TCP/IP".

    ssh             22/tcp
    rmc             657/tcp     rmcd            # Resource Monitoring and Control
    rmc             657/udp

A row has a name, a port with its protocol, and perhaps aliases; what follows `#` is a comment. Kept are the rows
whose name or an alias is `rmc`, and those of the ports 657 (RMC) and 12601 (RMC over TLS) by whatever name. The
readers of this file pass over a row without a port, so it counts for nothing here, but a row of `rmc` is kept with
the port None, for it is surely a mistake.

SUSE keeps what the distribution has in `/usr/etc/services`, and what the administrator adds in `/etc/services`.

A file that is not there is an answer. A file without a single row is none: every system has services. Nothing marks
its end, and services are added there: without an exit status absence proves nothing.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.sockets import PORTS
from rmccomply.sources.shared.texts import is_number, may_be_cut, refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = True
_NAME: Final = "rmc"
_RMC: Final = str(min(PORTS))
_RMC_BY_TLS: Final = str(max(PORTS))
_LARGEST: Final = 65535


@record(frozen=True, slots=True)
class Service:
    """One row. `port` is None where `port_text` is no port number."""

    name: str
    port: int | None
    port_text: str
    protocol: str
    aliases: tuple[str, ...]
    line: Line


@record(frozen=True, slots=True)
class Services:
    """The rows of RMC. `whole`: no other row names `rmc`, or has one of its ports."""

    present: bool
    rows: tuple[Service, ...]
    whole: bool = True


RECORD: Final = Services


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> Services:
    """Read the rows. Raises Unreadable: `failed`, `empty`, `unparsable` for a file without a row."""
    if answer.absent:
        return Services(False, ())
    refuse_complaints(answer, "cat:", "grep:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    rows: list[Service] = []
    others = False
    for number, line in enumerate(answer.lines, 1):
        if others and _NAME not in line and _RMC not in line and _RMC_BY_TLS not in line:
            continue
        row = None if may_be_cut(answer, number) else _row(line, number)
        if row is not None and _is_of_rmc(row):
            rows.append(row)
        elif row is not None and row.port is not None:
            others = True
    if not rows and not others:
        _refuse_other_text(answer)
    whole = answer.complete and answer.exit_status is not None
    return Services(True, tuple(rows), whole)


def _row(line: str, number: Line) -> Service | None:
    words = line.partition("#")[0].split()
    if not words:
        return None
    port, _, protocol = (words[1:] or [""])[0].partition("/")
    known = is_number(port) and int(port) <= _LARGEST and protocol
    return Service(words[0], int(port) if known else None, port, protocol, tuple(words[2:]), number)


def _is_of_rmc(row: Service) -> bool:
    return row.port in PORTS or _NAME in (row.name, *row.aliases)


def _refuse_other_text(answer: Answer) -> None:
    for number, line in enumerate(answer.lines, 1):
        if line.partition("#")[0].strip():
            raise Unreadable("unparsable", f"no row of the file is a service: {line.strip()}", number)
    raise Unreadable("empty", "the file has no row")
