"""By which identities this host may authenticate itself: `ctsvhbal`.

RSCT documentation, "ctsvhbal Command". No real output is public: the layout below is remembered, so every line is
read whose label ends with the word Identity, and nothing else is asked of the text.

    ctsvhbal: The Host Based Authentication (HBA) mechanism identities for
    the local system are:

              Identity:  aurora-db1.example.com

              Identity:  192.0.2.41

    ctsvhbal: In order for remote authentication to be successful, at least one
    of the above identities must appear in the trusted host list on the remote node.

An identity is a host name or an address, IPv6 too, perhaps with a zone behind `%`. One that is neither (an octet of
259, a blank inside) is kept as printed, with no kind.

No identity at all is never an answer: a host has at least its own name. Without an exit status the list is whole
only where text stands before its first identity and behind its last.
"""

from ipaddress import ip_address
from typing import Final, Literal

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import refuse_messages
from rmccomply.sources.shared.texts import may_be_cut

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = True
Kind = Literal["name", "address"]
_NAME: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")


@record(frozen=True, slots=True)
class Identity:
    """One identity as printed. `kind` is None where it is neither a host name nor an address."""

    kind: Kind | None
    text: str
    line: Line


@record(frozen=True, slots=True)
class Identities:
    """All identities. `whole`: this host uses no other."""

    rows: tuple[Identity, ...]
    whole: bool = True


RECORD: Final = Identities


def asks(argv: tuple[str, ...]) -> bool:
    """The command without options, which change what it prints."""
    return len(argv) == 1


def parse(answer: Answer) -> Identities:
    """Read the identities. Raises Unreadable: `failed`, `denied`, `empty`, `unparsable` for text without one."""
    refuse_messages(answer)
    answer.refuse_failure()
    rows: list[Identity] = []
    opened = closed = False
    for number, line in enumerate(answer.lines, 1):
        label, colon, value = line.partition(":")
        if colon and label.lower().split()[-1:] == ["identity"]:
            closed = False
            if value.strip() and not may_be_cut(answer, number):
                rows.append(Identity(kind_of(value.strip()), value.strip(), number))
        elif line.strip():
            opened, closed = opened or not rows, True
    if not rows:
        _refuse_other_text(answer)
    return Identities(tuple(rows), answer.complete and (answer.exit_status is not None or (opened and closed)))


def kind_of(text: str) -> Kind | None:
    """Whether a text is an address or a host name; None where it cannot be either."""
    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        numeric = not text.strip("0123456789.")
        return "name" if _NAME.issuperset(text) and not numeric else None
    return "address"


def _refuse_other_text(answer: Answer) -> None:
    for number, line in enumerate(answer.lines, 1):
        if line.strip():
            raise Unreadable("unparsable", f"ctsvhbal names no identity: {line.strip()}", number)
    raise Unreadable("empty", "ctsvhbal prints nothing")
