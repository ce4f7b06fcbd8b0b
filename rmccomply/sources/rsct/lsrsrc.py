"""Attributes of RMC resources: `lsrsrc [-l] [-A p|b] CLASS [ATTRIBUTE...]`, text form.

RSCT documentation, "lsrsrc Command" and "rmccli General Information".

    Resource Persistent Attributes for IBM.MCP
    resource 1:
            MNName            = "192.0.2.77"
            NodeID            = 2061498837301126216
            IPAddresses       = {"192.0.2.10","198.51.100.10"}
            HMCAddIPs         = ""

The manual has the title as `Persistent Attributes for Resource: IBM.MCP`. Names are padded to the longest of the
answer, so that a single attribute has no padding. Values are strings in quotes (which may hold quotes and commas),
decimal numbers of up to 64 bits (a node ID here is decimal), lists in braces, and forms that are kept as they are:
structures in brackets, binary values. RMCKey, which late levels print, is a key: its value
is gone where evidence enters, and `(redacted)` stands there.

The title alone is an answer: the class has no resources. Without an exit status it may be a cut copy, as any may be
between two resources, and `whole` is False. There the last resource must come to the attributes asked for, or to
NodeNameList, which every class has last, to show no seam.
Empty output is never an answer. `2612-022` (no session with the RMC daemon) and every other message means
that there is none, `2610-418` that this user may not ask.
"""

from typing import Final, Literal

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import refuse_messages

Kind = Literal["text", "number", "list", "other"]

OPTIONS: Final = frozenset({"l", "A", "Ab", "Ap"})
_PREFIX: Final = "IBM."
_LAST: Final = "NodeNameList"
_BEFORE: Final = frozenset({(), ("-Ab",), ("-Ap",), ("-A", "b"), ("-A", "p")})
LISTING: Final = False
_OTHER_QUOTES: Final = ("\u201c", "\u201d", "\u201e", "\u00ab", "\u2018", "\u2019", "&quot;", "&#34;")
"""What pages and word processors make of a quote."""


@record(frozen=True, slots=True)
class Attribute:
    """One attribute. `values` are the items of a list, else one: a string without its quotes, the digits of a
    number, any other form as printed."""

    name: str
    kind: Kind
    values: tuple[str, ...]
    line: Line


@record(frozen=True, slots=True)
class Resource:
    """One resource; `line` is its `resource N:`."""

    line: Line
    attributes: tuple[Attribute, ...]


@record(frozen=True, slots=True)
class Resources:
    """All resources of a class. `whole`: there is no other. `seamless`: nothing in it tells that a line is missing."""

    resource_class: str
    resources: tuple[Resource, ...]
    whole: bool = True
    seamless: bool = True


RECORD: Final = Resources


def asks(argv: tuple[str, ...]) -> bool:
    """A class by name, without selection, in the text form, with its persistent attributes, whose names begin with
    a capital; tables (`-t`, `-d`, `-x`) are not read."""
    at = next((n for n, word in enumerate(argv) if word.startswith(_PREFIX)), 0)
    options = tuple(word for word in argv[1:at] if word != "-l")
    return at > 0 and options in _BEFORE and all(word[:1].isupper() for word in argv[at:])


def parse(answer: Answer) -> Resources:
    """Read all resources. Raises Unreadable: `failed`, `denied`, `empty`, `unparsable`."""
    refuse_messages(answer)
    answer.refuse_failure()
    resource_class = next(word for word in answer.operands if word.startswith(_PREFIX))
    title = False
    starts: list[Line] = []
    attributes: list[list[Attribute]] = []
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if not starts and not title and _is_title(words):
            _refuse_other_class(words[-1], resource_class, number)
            title = True
        elif _starts_resource(words):
            starts.append(number)
            attributes.append([])
        elif words and not words[0].startswith("#"):
            attribute = _attribute(line, number)
            if attribute is None or not starts:
                raise Unreadable("unparsable", "a line of lsrsrc is neither a title nor an attribute", number)
            attributes[-1].append(attribute)
    if not starts and not title:
        raise Unreadable("empty", "lsrsrc prints nothing")
    found = tuple(Resource(start, tuple(rows)) for start, rows in zip(starts, attributes, strict=True))
    ends = answer.exit_status == 0 or (bool(found) and _ends(answer, found[-1]))
    return Resources(resource_class, found, answer.exit_status == 0 and answer.complete, ends and answer.complete)


def _ends(answer: Answer, last: Resource) -> bool:
    """Whether the last resource of a copy has all its attributes."""
    asked = {word for word in answer.operands if not word.startswith(_PREFIX) and word not in ("b", "p")}
    names = [attribute.name for attribute in last.attributes]
    return asked <= set(names) if asked else names[-1:] == [_LAST]


def _is_title(words: list[str]) -> bool:
    return len(words) > 3 and "Attributes" in words and "for" in words and "=" not in words


def _refuse_other_class(printed: str, asked: str, line: Line) -> None:
    if printed.strip('"') != asked:
        raise Unreadable("unparsable", f"the answer is about {printed}, not {asked}", line)


def _starts_resource(words: list[str]) -> bool:
    return len(words) == 2 and words[0] == "resource" and words[1].endswith(":") and words[1][:-1].isdigit()


def _attribute(line: str, number: Line) -> Attribute | None:
    left, equals, right = line.partition("=")
    name, value = left.strip(), right.strip()
    if not equals or not name or len(name.split()) > 1:
        return None
    kind, values = _value(value)
    odd = not value.isascii() or "&" in value
    if odd and any(text.startswith(_OTHER_QUOTES) for text in (value, *values)):
        raise Unreadable("unparsable", f"the way it was copied changed its quotes: {line.strip()}", number)
    return Attribute(name, kind, values, number)


def _value(text: str) -> tuple[Kind, tuple[str, ...]]:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return "text", (text[1:-1],)
    if text.isascii() and text.removeprefix("-").isdigit():
        return "number", (text,)
    if len(text) > 1 and text[0] == "{" and text[-1] == "}":
        items = _items(text[1:-1].strip())
        if items is not None:
            return "list", items
    return "other", (text,)


def _items(text: str) -> tuple[str, ...] | None:
    """The items between the braces; None where they are structures or do not end as they begin.

    A quote ends an item only where a comma or nothing follows.
    """
    items: list[str] = []
    rest = text
    while rest:
        if rest.startswith("["):
            return None
        quoted = rest.startswith('"')
        end = _closing_quote(rest) if quoted else len(rest.partition(",")[0])
        if end < 0:
            return None
        items.append(rest[1:end] if quoted else rest[:end].strip())
        _, comma, rest = rest[end:].partition(",")
        rest = rest.strip()
        if comma and not rest:
            return None
    return tuple(items)


def _closing_quote(text: str) -> int:
    at = text.find('"', 1)
    while at > 0 and text[at + 1 :].lstrip()[:1] not in ("", ","):
        at = text.find('"', at + 1)
    return at
