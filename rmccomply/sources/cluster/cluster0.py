"""The device that holds the cluster identity of AIX: `odmget -q name=cluster0 CuAt`, `lsattr -El cluster0`.

Site scripts that repair clones read it, and no real answer is public; the grammar is that of the ODM and of lsattr for
every device.

    CuAt:
            name = "cluster0"
            attribute = "node_uuid"
            value = "8d0f3c52-77aa-11f0-9c1e-b8cef6012d03"
            type = "R"
            generic = "DU"
            rep = "s"
            nls_index = 3

    node_uuid 8d0f3c52-77aa-11f0-9c1e-b8cef6012d03 OS image identifier          True
    clvdisk   0b7a1d40-77ab-11f0-9c1e-b8cef6012d03 Cluster repository disk identifier False

`CuAt` holds only what was changed: no stanza and exit status 0 is an answer, every attribute still has its default.
lsattr shows the values in force and is never silent. All zeros is how a cleared `node_uuid` is written. A value that
is no UUID is kept as text, without a `uuid`; an empty one cannot be told from the description behind it in a row of
lsattr.

`0514-519` (the device is not in the customized database) is an answer too: there is no cluster0.
"""

from collections.abc import Iterator
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import find_message, refuse_messages, refuse_silence
from rmccomply.sources.shared.texts import refuse_complaints
from rmccomply.sources.shared.values import HEX_DIGITS

OPTIONS: Final = frozenset({"q", "El", "lE", "E", "l"})
LISTING: Final = False
_QUERIES: Final = frozenset({"name=cluster0", "name='cluster0'", 'name="cluster0"', "name = cluster0"})
_GROUPS: Final = (8, 4, 4, 4, 12)
_USER_SETTABLE: Final = frozenset({"True", "False", "True+"})
_FEWEST_WORDS: Final = 3


@record(frozen=True, slots=True)
class Cluster0Attribute:
    """An attribute. `text` is its value as printed, `uuid` in lower case, None where the text is no UUID.

    `zero`: it is a UUID and all its digits are 0.
    """

    name: str
    text: str
    uuid: str | None
    zero: bool
    line: Line


@record(frozen=True, slots=True)
class Cluster0:
    """The device. `changed_only`: attributes that still have their default are not among these. `present` is False
    where the device is said not to be there."""

    present: bool
    changed_only: bool
    attributes: tuple[Cluster0Attribute, ...]
    line: Line = 0


RECORD: Final = Cluster0


def asks(argv: tuple[str, ...]) -> bool:
    """All attributes of cluster0. The name of a capture has no `=`."""
    words = argv[1:]
    if argv[0].rpartition("/")[2] == "lsattr":
        return words in (("-El", "cluster0"), ("-lE", "cluster0"), ("-E", "-l", "cluster0"), ("-l", "cluster0", "-E"))
    query = (words[:1], words[-1:]) == (("-q",), ("CuAt",))
    return query and (words[1:-1] == ("name", "cluster0") or (len(words) == 3 and words[1] in _QUERIES))


def parse(answer: Answer) -> Cluster0:
    """Read the attributes. Raises Unreadable: `failed`, `empty` for lsattr, `unparsable` for other text."""
    odm = answer.argv[0].rpartition("/")[2] == "odmget"
    missing = find_message(answer, "0514-519")
    if missing is not None and answer.exit_status != 0:
        return Cluster0(False, odm, (), missing[0])
    refuse_messages(answer)
    refuse_complaints(answer, "odmget:", "lsattr:")
    answer.refuse_failure()
    refuse_silence(answer)
    attributes = tuple(_stanzas(answer) if odm else _rows(answer))
    if not attributes and not odm:
        raise Unreadable("empty", "lsattr lists no attribute of cluster0")
    return Cluster0(True, odm, attributes)


def _stanzas(answer: Answer) -> Iterator[Cluster0Attribute]:
    stanza: dict[str, str] = {}
    lines: dict[str, Line] = {}
    start = 0
    for number, line in enumerate((*answer.lines, "CuAt:"), 1):
        text = line.strip()
        name, equals, value = text.partition("=")
        if text == "CuAt:":
            if start:
                yield _of_stanza(stanza, lines, start)
            stanza, lines, start = {}, {}, number
        elif text and not text.startswith("#"):
            if not equals or not start or name.strip() in stanza:
                raise Unreadable("unparsable", f"a line of odmget has an unknown form: {text}", number)
            stanza[name.strip()], lines[name.strip()] = value.strip(), number


def _of_stanza(stanza: dict[str, str], lines: dict[str, Line], start: Line) -> Cluster0Attribute:
    name, value = stanza.get("attribute", ""), stanza.get("value", "")
    quoted = all(len(text) > 1 and text[0] == text[-1] == '"' for text in (name, value))
    if stanza.get("name") != '"cluster0"' or not quoted:
        raise Unreadable("unparsable", "a stanza of odmget is incomplete, or is not for cluster0", start)
    return _attribute(name[1:-1], value[1:-1], lines["value"])


def _rows(answer: Answer) -> Iterator[Cluster0Attribute]:
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) < _FEWEST_WORDS or words[-1] not in _USER_SETTABLE:
            raise Unreadable(
                "unparsable", f"a row of lsattr is incomplete or has an unknown form: {line.strip()}", number
            )
        yield _attribute(words[0], words[1], number)


def _attribute(name: str, text: str, line: Line) -> Cluster0Attribute:
    groups = text.split("-")
    digits = HEX_DIGITS.issuperset("".join(groups)) and tuple(len(group) for group in groups) == _GROUPS
    return Cluster0Attribute(name, text, text.lower() if digits else None, digits and not text.strip("0-"), line)
