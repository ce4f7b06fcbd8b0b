"""Two attributes of sys0 that decide what AIX does with its devices elsewhere: `odmget -q attribute=ghostdev CuAt`, the
same for clouddev, and `lsattr -El sys0`.

    CuAt:
            name = "sys0"
            attribute = "ghostdev"
            value = "1"
            type = "R"
            generic = "DU"
            rep = "nr"
            nls_index = 0

    ghostdev        0       Recreate devices in ODM on system change  True

`CuAt` holds only what was changed: no stanza and exit status 0 is an answer, the attribute still has its default, 0.
lsattr shows the values in force; an attribute that it has no row of does not exist at this level of AIX.
"""

from typing import Final

from rmccomply.evidence.model import WHOLE, Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import refuse_messages, refuse_silence
from rmccomply.sources.shared.texts import is_number, refuse_complaints

OPTIONS: Final = frozenset({"q", "El", "lE", "E", "l"})
LISTING: Final = False
NAMES: Final = ("ghostdev", "clouddev")
_QUERIES: Final = {
    f"{start}{name}{end}": name for name in NAMES for start, end in (("attribute=", ""), ('attribute="', '"'))
}
_DEVICE: Final = "sys0"


@record(frozen=True, slots=True)
class Sys0Attribute:
    """An attribute; `value` is None where its text is no number."""

    name: str
    text: str
    value: int | None
    line: Line


@record(frozen=True, slots=True)
class Sys0:
    """What was asked, and the attributes; of those of CuAt that are not there the default is in force."""

    asked: tuple[str, ...]
    attributes: tuple[Sys0Attribute, ...]


RECORD: Final = Sys0


def asks(argv: tuple[str, ...]) -> bool:
    """One of the two by odmget, or all attributes of sys0."""
    words = argv[1:]
    if argv[0].rpartition("/")[2] == "lsattr":
        return words in (("-El", _DEVICE), ("-lE", _DEVICE), ("-E", "-l", _DEVICE))
    return len(words) == 3 and words[0] == "-q" and words[1] in _QUERIES and words[2] == "CuAt"


def parse(answer: Answer) -> Sys0:
    """Read the attributes. Raises Unreadable: `failed`, `empty`, `unparsable` for other text."""
    refuse_messages(answer)
    refuse_complaints(answer, "odmget:", "lsattr:")
    answer.refuse_failure()
    refuse_silence(answer)
    if answer.argv[0].rpartition("/")[2] == "lsattr":
        rows = [(line.split(), number) for number, line in enumerate(answer.lines, 1) if line.strip()]
        found = tuple(
            _attribute(words[0], words[1], number) for words, number in rows if words[0] in NAMES and words[1:]
        )
        if not rows:
            raise Unreadable("empty", "lsattr lists no attribute of sys0")
        return Sys0(NAMES, found)
    return Sys0((_QUERIES[answer.argv[2]],), tuple(_stanzas(answer)))


def _stanzas(answer: Answer) -> list[Sys0Attribute]:
    """Those of sys0: other devices may have an attribute of that name."""
    found: list[Sys0Attribute] = []
    stanza: dict[str, tuple[str, Line]] = {}
    for number, line in enumerate((*answer.lines, "CuAt:"), 1):
        text = line.strip()
        name, equals, value = text.partition("=")
        if text == "CuAt:":
            if stanza.get("name", ("", 0))[0] == _DEVICE:
                (kind, _), (told, place) = (stanza.get(key, ("", WHOLE)) for key in ("attribute", "value"))
                found.append(_attribute(kind, told, place))
            stanza = {"": ("", number)}
        elif text and not text.startswith("#"):
            if not equals or not stanza:
                raise Unreadable("unparsable", f"a line of odmget has an unknown form: {text}", number)
            stanza[name.strip()] = (value.strip().strip('"'), number)
    return found


def _attribute(name: str, text: str, line: Line) -> Sys0Attribute:
    return Sys0Attribute(name, text, int(text) if is_number(text) else None, line)
