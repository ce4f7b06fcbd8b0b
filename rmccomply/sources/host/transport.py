"""How the collection of a target went, as the controller recorded it: `rmccomply-collect TRANSPORT TARGET`.

The first line is one word, the second what the transport said, the others are details:

    unreachable
    ssh: connect to host lpar7 port 22: Connection refused
    tries 3

`collected` says that a whole bundle came; every other word says why none, or only a part of one, did. It tells nothing
of the target itself, so it proves no rule and refutes none; it says why what rules need is missing.

Empty is never an answer, and a word that is not one of these is not guessed at.
"""

from typing import Final, Literal, get_args

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable

CauseWord = Literal[
    "unreachable",
    "no-address",
    "jump-failed",
    "auth-failed",
    "host-key-changed",
    "host-key-unknown",
    "no-shell",
    "sudo-refused",
    "incomplete",
    "timeout",
    "not-tried",
]
Word = Literal["collected", CauseWord]
ADVICE: Final[dict[CauseWord, str]] = {
    "unreachable": "check that it is running and that ssh reaches it from here, through its jump host if it has one",
    "no-address": "give it an address in the inventory, or a name that resolves",
    "auth-failed": "check which keys are offered (ssh -v), and that the user and the key are known there",
    "host-key-changed": "find out whether it was reinstalled; correct known_hosts only when that is confirmed",
    "jump-failed": "check that ssh reaches the jump host from here, knows its key and may log in there",
    "host-key-unknown": "put its key into known_hosts, or accept new ones with --accept-new",
    "no-shell": "check that the user may run sh there; a VIOS needs --vios",
    "sudo-refused": "allow the user to run the collector by sudo without a password (rmccomply doctor prints how)",
    "incomplete": "collect it again; what was received is kept and judged",
    "timeout": "collect it again, with a larger --host-timeout if it is slow",
    "not-tried": "collect again into the same run: only what is missing is asked again",
}
"""What an operator would do about each."""
REFUSED: Final[frozenset[Word]] = frozenset(("no-shell", "sudo-refused"))
"""The target was reached and let the user in, and then did not run the collector."""
OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
WORDS: Final[dict[str, Word]] = {word: word for word in get_args(Word)}


@record(frozen=True, slots=True)
class Transport:
    """How it went. `says` is what the transport said, empty where it said nothing."""

    transport: str
    target: str
    word: Word
    says: str
    line: Line

    @property
    def text(self) -> str:
        """The word, and what was said."""
        said = self.says.removesuffix(".")
        return f"{self.word}: {said}" if said else self.word


RECORD: Final = Transport


def asks(argv: tuple[str, ...]) -> bool:
    """A transport and a target."""
    return len(argv) == 3 and all(argv)


def parse(answer: Answer) -> Transport:
    """Read the note. Raises Unreadable: `empty`, `unparsable` for any other word."""
    lines = [line.strip() for line in answer.lines]
    if not lines or not lines[0]:
        raise Unreadable("empty", "the controller recorded nothing")
    word = WORDS.get(lines[0])
    if word is None:
        raise Unreadable("unparsable", f"no collection ends with `{lines[0]}`", 1)
    return Transport(answer.argv[1], answer.argv[2], word, lines[1] if len(lines) > 1 else "", 1)
