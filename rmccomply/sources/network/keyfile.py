"""Profiles of NetworkManager: the files in `/etc/NetworkManager/system-connections`.

nm-settings-keyfile(5): groups in brackets, `key=value` in them, `#` before a comment; the last value counts.

    [connection]
    id=System env2
    type=ethernet
    interface-name=env2
    zone=internal

    [ipv6]
    addr-gen-mode=eui64
    method=disabled

Only what concerns IPv6 and the zone of firewalld is kept; a profile may hold secrets. A file that is not there is an
answer. Without the group `connection` it is no profile.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False


@record(frozen=True, slots=True)
class Keyfile:
    """A profile; what it does not name is empty. `group` is what it is a port of: a bond, a bridge, a team."""

    present: bool
    id: str = ""
    type: str = ""
    interface: str = ""
    group: str = ""
    zone: str = ""
    ipv6: str = ""
    ipv6_line: Line = 0
    line: Line = 0


RECORD: Final = Keyfile


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> Keyfile:
    """Read the profile. Raises Unreadable: `failed`, `empty`, `unparsable` for what is no profile."""
    if answer.absent:
        return Keyfile(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    group = ""
    told: dict[str, tuple[str, Line]] = {}
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if not text or text.startswith(("#", ";")):
            continue
        if text.startswith("[") and text.endswith("]"):
            group = text[1:-1]
            told.setdefault(group, ("", number))
            continue
        key, equals, value = text.partition("=")
        if not equals or not group:
            raise Unreadable("unparsable", f"a line of the profile has an unknown form: {text}", number)
        told[f"{group}.{key.strip()}"] = (value.strip(), number)
    if "connection" not in told:
        if not told:
            raise Unreadable("empty", "the file is empty")
        raise Unreadable("unparsable", "the file is not a profile of NetworkManager", next(iter(told.values()))[1])
    names = ("connection.id", "connection.type", "connection.interface-name")
    known = tuple(told.get(name, ("", 0))[0] for name in names)
    owner = told.get("connection.controller") or told.get("connection.master") or ("", 0)
    method = told.get("ipv6.method", ("", 0))
    zone = told.get("connection.zone", ("", 0))[0]
    start = told["connection"][1]
    return Keyfile(True, known[0], known[1], known[2], owner[0], zone, method[0], method[1], start)
