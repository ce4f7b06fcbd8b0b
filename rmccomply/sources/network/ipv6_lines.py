"""What else may switch IPv6 off: `grep -rns` for such settings in files that are not read one by one.

modprobe.d(5) ("options ipv6 disable=1", "install", "blacklist"), systemd.network(5) ("LinkLocalAddressing="), profiles
of netplan and NetworkManager that packages bring, interfaces(5) with what it runs.

    /etc/modprobe.d/ipv6.conf:1:options ipv6 disable=1
    /etc/systemd/network/10-eth0.network:5:LinkLocalAddressing=no

A line that begins with `#` or `;` is a comment, and one that sets `disable...=0`, `LinkLocalAddressing=ipv6` or `yes`
leaves IPv6 on. What any other does depends on more than the line, so that it is only told to be there.

Exit status 1 is an answer: there is no such line. With 2 a path could not be read, and the answer is none. Nothing
marks the end: without an exit status absence proves nothing.
"""

import re
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import may_be_cut, refuse_complaints

OPTIONS: Final = frozenset({"rns"})
LISTING: Final = True
PATTERNS: Final = (
    *("disable_ipv6", "LinkLocalAddressing", "link-local", "method=disabled", "ipv6.*disable"),
    "[il].*t.ipv6",
)
"""What is asked for; the last finds `blacklist ipv6` and `install ipv6`."""
WORDS: Final = ("-rns", *(word for one in PATTERNS for word in ("-e", one)))
_NONE: Final = 1
_ROW: Final = re.compile(r"(/[^:]*):(\d{1,9}):(.*)")
_COMMENT: Final = re.compile(r"\s*[#;]")
_ON: Final = re.compile(r"disable(?:_ipv6)?\s*=\s*0\b|LinkLocalAddressing\s*=\s*(?:ipv6|yes|true|1)\b", re.IGNORECASE)


@record(frozen=True, slots=True)
class Ipv6Line:
    """A line of a file that may switch IPv6 off."""

    path: str
    text: str
    line: Line


@record(frozen=True, slots=True)
class Ipv6Lines:
    """Such lines below the paths that were asked for. `whole`: there is no other."""

    rows: tuple[Ipv6Line, ...]
    whole: bool


RECORD: Final = Ipv6Lines


def asks(argv: tuple[str, ...]) -> bool:
    """These patterns, in files below folders, with the numbers of lines."""
    return argv[1 : len(WORDS) + 1] == WORDS and len(argv) > len(WORDS) + 1


def parse(answer: Answer) -> Ipv6Lines:
    """Read the rows. Raises Unreadable: `failed` with exit status 2, `denied`, `unparsable`."""
    refuse_complaints(answer, "grep:")
    if answer.exit_status != _NONE or answer.errors or answer.lines:
        answer.refuse_failure()
    rows = [row for number in range(1, len(answer.lines) + 1) if (row := _row(answer, number))]
    if not answer.lines and answer.exit_status is None:
        raise Unreadable("empty", "grep prints nothing, and nothing shows that it ended")
    return Ipv6Lines(tuple(rows), answer.complete and answer.exit_status is not None)


def _row(answer: Answer, number: Line) -> Ipv6Line | None:
    text = answer.lines[number - 1]
    if not text.strip() or may_be_cut(answer, number):
        return None
    found = _ROW.fullmatch(text)
    if found is None:
        raise Unreadable("unparsable", f"a row of grep has an unknown form: {text.strip()}", number)
    if _COMMENT.match(found[3]) or _ON.search(found[3]):
        return None
    return Ipv6Line(found[1], found[3].strip(), number)
