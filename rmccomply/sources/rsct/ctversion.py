"""The level of RSCT: `ctversion`.

IBM Power Virtual Server documentation names `/opt/rsct/install/bin/ctversion`; no real answer is public, so what it
prints is not known, and the samples are made up.

    rsct_build_2611a 3.2.6.4

The level is the first word that consists of four integers (perhaps in brackets, behind `=`, or before a comma). The
lines are kept as text, and an answer without such a word is kept too, with no level: it confirms packages, and nothing
rests on it alone.

Empty output is never an answer.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import refuse_messages
from rmccomply.sources.shared.texts import refuse_complaints
from rmccomply.sources.shared.values import Version, parse_version

OPTIONS: Final = frozenset({"b", "d", "p", "v", "r", "q"})
LISTING: Final = False
_AROUND: Final = "()[]{}<>,;:\"'"
_PARTS: Final = 4


@record(frozen=True, slots=True)
class CtVersion:
    """What is printed. `level_text` is the word that is a level, empty where no word is; `line` is its line, else the
    first one."""

    text: str
    level_text: str
    level: Version | None
    line: Line


RECORD: Final = CtVersion


def asks(argv: tuple[str, ...]) -> bool:
    """Option letters alone: which there are is not known, and none of them takes a word."""
    return all(word.startswith("-") for word in argv[1:])


def parse(answer: Answer) -> CtVersion:
    """Read the level. Raises Unreadable: `failed`, `empty`."""
    refuse_messages(answer)
    refuse_complaints(answer, "ctversion:")
    answer.refuse_failure()
    told = [(line.strip(), number) for number, line in enumerate(answer.lines, 1) if line.strip()]
    if not told:
        raise Unreadable("empty", "ctversion printed nothing")
    text = "\n".join(line for line, _ in told)
    for line, number in told:
        for word in line.replace("=", " ").split():
            bare = word.strip(_AROUND)
            if bare.count(".") == _PARTS - 1 and parse_version(bare) is not None:
                return CtVersion(text, bare, parse_version(bare), number)
    return CtVersion(text, "", None, told[0][1])
