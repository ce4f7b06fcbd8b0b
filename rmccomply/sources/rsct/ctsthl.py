"""Which hosts this host trusts: `ctsthl -l`.

RSCT documentation, "ctsthl Command": an entry has the network identity of a host, the method by which its
identifier (its public key) was generated, and the identifier. No real output is public; the layout is remembered.

    ctsthl: Contents of trusted host list file: /var/ct/cfg/ct_has.thl
    --------------------
    Host name: hmc1.example.com
    Identifier Generation Method: rsa1024
    Identifier Value:
    120400c73d...
    9f1103
    --------------------

The identifier is some hundred hexadecimal digits on several lines. It is never kept: the record has the SHA-256 of
its digits in lower case, so that entries can be compared. It has none where the digits are not all there: fewer
than the method makes (a key of 1024 bits has at least 256 of them), with other text among them, at the end of an
incomplete answer, or at the end of a copy that does not close the entry with a line of dashes. A host is trusted
under each of its names and addresses, so one key has many entries.

A list without an entry is never an answer: every host is in its own list. The line of dashes that ends the list ends
each entry too, so that only an exit status proves that there is no other entry.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import refuse_messages
from rmccomply.sources.shared.texts import is_number, may_be_cut
from rmccomply.sources.shared.values import HEX_DIGITS

OPTIONS: Final = frozenset({"l"})
LISTING: Final = False


@record(frozen=True, slots=True)
class TrustedHost:
    """One entry. `identifier_sha256` is None where the identifier is not there as a whole."""

    name: str
    method: str
    identifier_sha256: str | None
    line: Line


@record(frozen=True, slots=True)
class TrustedHosts:
    """The list. `whole`: no other host is trusted."""

    rows: tuple[TrustedHost, ...]
    whole: bool = True


RECORD: Final = TrustedHosts


@dataclass(slots=True)
class _Entry:
    """An entry while it is read; `reads` is set between its label `Identifier Value` and its end."""

    name: str
    line: Line
    method: str = ""
    digits: list[str] = field(default_factory=list)
    reads: bool = False
    closed: bool = False


def asks(argv: tuple[str, ...]) -> bool:
    """The configured list; `-f FILE` names another."""
    return argv[1:] == ("-l",)


def parse(answer: Answer) -> TrustedHosts:
    """Read the entries. Raises Unreadable: `failed`, `denied`, `empty`, `unparsable` for text without one."""
    refuse_messages(answer)
    answer.refuse_failure()
    entries: list[_Entry] = []
    for number, line in enumerate(answer.lines, 1):
        if not may_be_cut(answer, number):
            _read(entries, line.strip(), number)
    if not entries:
        _refuse_other_text(answer)
    if answer.complete and answer.exit_status is not None:
        entries[-1].closed = True
    rows = tuple(TrustedHost(entry.name, entry.method, _hash(entry), entry.line) for entry in entries)
    return TrustedHosts(rows, answer.complete and answer.exit_status is not None)


def _read(entries: list[_Entry], text: str, number: Line) -> None:
    label, colon, value = text.partition(":")
    low = " ".join(label.lower().split()) if colon else ""
    if low == "host name":
        _close(entries)
        entries.append(_Entry(value.strip(), number))
    elif not entries:
        return
    elif text and not text.strip("-"):
        _close(entries)
    elif low == "identifier generation method":
        entries[-1].method = value.strip()
    elif low == "identifier value":
        entries[-1].reads = True
        entries[-1].digits.append(value.strip())
    elif entries[-1].reads:
        entries[-1].digits.append(text)


def _close(entries: list[_Entry]) -> None:
    if entries:
        entries[-1].reads, entries[-1].closed = False, True


def _hash(entry: _Entry) -> str | None:
    digits = "".join("".join(entry.digits).lower().split())
    if not entry.closed or not HEX_DIGITS.issuperset(digits) or 4 * len(digits) < _bits(entry.method):
        return None
    return sha256(digits.encode("ascii")).hexdigest() if digits else None


def _bits(method: str) -> int:
    """The length of the keys of a method: 2048 of `rsa2048_sha256`; 0 where its name does not tell."""
    number = method.lower().removeprefix("rsa").partition("_")[0]
    return int(number) if is_number(number) else 0


def _refuse_other_text(answer: Answer) -> None:
    for number, line in enumerate(answer.lines, 1):
        if line.strip():
            raise Unreadable("unparsable", f"ctsthl lists no host: {line.strip()}", number)
    raise Unreadable("empty", "ctsthl prints nothing")
