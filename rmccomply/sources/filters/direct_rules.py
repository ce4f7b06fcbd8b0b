"""Rules that firewalld passes on as they are: `/etc/firewalld/direct.xml`.

firewalld.direct(5): chains, rules and pass-throughs, each an element whose text is arguments of iptables. What they do
is not read; a file without any does nothing.

    <?xml version="1.0" encoding="utf-8"?>
    <direct>
      <rule ipv="ipv4" table="filter" chain="INPUT" priority="0">-p tcp --dport 657 -j DROP</rule>
    </direct>

A file that is not there is an answer. A document type is refused.
"""

from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_RULES: Final = frozenset({"rule", "passthrough"})


@record(frozen=True, slots=True)
class DirectRules:
    """Where its rules stand."""

    present: bool
    rules: tuple[Line, ...] = ()


RECORD: Final = DirectRules


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> DirectRules:
    """Find the rules. Raises Unreadable: `failed`, `empty`, `unparsable` for what is no such file."""
    if answer.absent:
        return DirectRules(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    if not any(line.strip() for line in answer.lines):
        raise Unreadable("empty", "the file is empty")
    found: list[Line] = []
    reader = expat.ParserCreate()

    def refuse_type(*_: object) -> None:
        raise Unreadable("unparsable", "it declares a document type, which no such file has", reader.CurrentLineNumber)

    def start(element: str, _: Mapping[str, str]) -> None:
        if element in _RULES:
            found.append(reader.CurrentLineNumber)

    reader.StartDoctypeDeclHandler = refuse_type
    reader.StartElementHandler = start
    try:
        reader.Parse("\n".join(answer.lines), True)
    except expat.ExpatError as error:
        raise Unreadable("unparsable", f"the file is not XML: {expat.ErrorString(error.code)}", error.lineno) from None
    return DirectRules(True, tuple(found))
