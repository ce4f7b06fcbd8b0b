"""Management consoles that are reached in-band, through the hypervisor: `lssrc -ls mcproxy`.

AIX 7.3 TL4 and recent RSCT on Linux; in no manual at hand. Only the `Hostname:` lines are known, from the tests of
IBM that read them; the rest follows the other long answers of lssrc.

    Subsystem         Group            PID          Status
     mcproxy          rsct             7340412      active
        Hostname: hmc1.example.com

Every other line is passed over. `active` is None where no row of mcproxy is among the lines. No hostname while it
is active is an answer: no console is known in-band at this moment.

`0513-085 The mcproxy Subsystem is not on file.` is an answer: there is no in-band RMC here. Every other message of
the System Resource Controller is none. Empty output, and text without a line that is known, is never an answer.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import find_message, refuse_messages

OPTIONS: Final = frozenset({"ls", "l", "s"})
LISTING: Final = False


@record(frozen=True, slots=True)
class Hostname:
    """A console, as mcproxy names it."""

    name: str
    line: Line


@record(frozen=True, slots=True)
class InBand:
    """Whether mcproxy runs (None: not said; False also where it is not on file), and the consoles it names."""

    active: bool | None
    hostnames: tuple[Hostname, ...]


RECORD: Final = InBand


def asks(argv: tuple[str, ...]) -> bool:
    """The long status of mcproxy."""
    return argv[1:] in (("-ls", "mcproxy"), ("-l", "-s", "mcproxy"))


def parse(answer: Answer) -> InBand:
    """Read status and hostnames. Raises Unreadable: `failed` for SRC errors, `empty`, `unparsable`."""
    if find_message(answer, "0513-085") is not None:
        return InBand(False, ())
    refuse_messages(answer)
    answer.refuse_failure()
    active: bool | None = None
    hostnames: list[Hostname] = []
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if words[:2] == ["mcproxy", "rsct"]:
            active = _is_active(words[2:])
        elif len(words) == 2 and words[0] == "Hostname:":
            hostnames.append(Hostname(words[1], number))
    if active is None and not hostnames:
        _refuse_unknown(answer)
    return InBand(active, tuple(hostnames))


def _is_active(words: list[str]) -> bool:
    """Whether PID and status, of which the PID may be empty, say that it runs."""
    return (words[1:] if words[:1] and words[0].isdigit() else words) == ["active"]


def _refuse_unknown(answer: Answer) -> None:
    for number, line in enumerate(answer.lines, 1):
        if line.strip():
            raise Unreadable("unparsable", "lssrc -ls mcproxy prints neither its status nor a hostname", number)
    raise Unreadable("empty", "lssrc -ls mcproxy prints nothing")
