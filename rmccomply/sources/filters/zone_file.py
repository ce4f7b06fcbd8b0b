"""Zones of firewalld as files: `/etc/firewalld/zones/*.xml`, `/usr/lib/firewalld/zones/*.xml`.

firewalld.zone(5). A file in /etc/firewalld replaces that of the same name in /usr/lib/firewalld.

    <?xml version="1.0" encoding="utf-8"?>
    <zone target="DROP">
      <short>Public</short>
      <interface name="env2"/>
      <service name="ssh"/>
      <port port="657" protocol="tcp"/>
      <rule family="ipv4">
        <source address="192.0.2.0/24"/>
        <port port="657" protocol="udp"/>
        <accept/>
      </rule>
      <forward/>
    </zone>

A rule is written here in the words of firewalld's rich language, as firewall-cmd prints it. A document type is refused,
since only there entities can be declared. A file that is not there is an answer.
"""

from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.filters.firewalld import TARGETS, Port, RichRule, Zone, port_of
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_IN_ZONE: Final = 2
_IN_RULE: Final = 3


@record(frozen=True, slots=True)
class ZoneFile:
    """A zone, or no file of one."""

    present: bool
    zone: Zone | None = None


RECORD: Final = ZoneFile


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> ZoneFile:
    """Read the file. Raises Unreadable: `failed`, `empty`, `unparsable` for what is no zone."""
    if answer.absent:
        return ZoneFile(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    if not any(line.strip() for line in answer.lines):
        raise Unreadable("empty", "the file is empty")
    found = _ZoneElements()
    try:
        found.reader.Parse("\n".join(answer.lines), True)
    except expat.ExpatError as error:
        raise Unreadable("unparsable", f"the file is not XML: {expat.ErrorString(error.code)}", error.lineno) from None
    return ZoneFile(True, found.zone(answer.argv[0].rpartition("/")[2].removesuffix(".xml")))


class _ZoneElements:
    """What the elements of a zone say, collected while they are read."""

    def __init__(self) -> None:
        self.line: Line = 0
        self.target = ""
        self.told: dict[str, list[str]] = {"interface": [], "source": [], "service": [], "protocol": []}
        self.services_line: Line = 0
        self.ports: list[Port] = []
        self.rules: list[RichRule] = []
        self.words: list[str] = []
        self.depth = 0
        self.reader = expat.ParserCreate()
        self.reader.StartDoctypeDeclHandler = self._refuse_type
        self.reader.StartElementHandler = self._start
        self.reader.EndElementHandler = self._end

    def zone(self, name: str) -> Zone:
        interfaces, sources, services, protocols = (tuple(found) for found in self.told.values())
        return Zone(
            *(name, False, False, self.line, self.target, interfaces, sources, services, self.services_line),
            ports=tuple(self.ports),
            protocols=protocols,
            rich_rules=tuple(self.rules),
            whole=True,
        )

    def _refuse_type(self, *_: object) -> None:
        line = self.reader.CurrentLineNumber
        raise Unreadable("unparsable", "it declares a document type, which no zone file has", line)

    def _start(self, element: str, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        line = self.reader.CurrentLineNumber
        if self.depth == 1:
            self._begin(element, attributes, line)
        elif self.depth == _IN_ZONE and element == "rule":
            self.words = ["rule", *_attributes(attributes)]
            self.rules.append(RichRule("", line))
        elif self.depth >= _IN_RULE and self.words:
            inverted = attributes.get("invert", "").lower() in ("true", "yes")
            shown = {key: value for key, value in attributes.items() if key != "invert"}
            self.words += [element, *(["NOT"] if inverted else []), *_attributes(shown)]
        elif self.depth == _IN_ZONE:
            self._part(element, attributes, line)

    def _begin(self, element: str, attributes: Mapping[str, str], line: Line) -> None:
        if element != "zone":
            raise Unreadable("unparsable", f"the file is not a zone but a {element}", line)
        self.line, self.target = line, attributes.get("target", "default")
        if self.target not in TARGETS:
            raise Unreadable("unparsable", f"a zone has no such target: {self.target}", line)

    def _part(self, element: str, attributes: Mapping[str, str], line: Line) -> None:
        if element == "port":
            self.ports.append(port_of(f"{attributes.get('port', '')}/{attributes.get('protocol', '')}", line))
        elif element in self.told:
            key = {"source": "address", "protocol": "value"}.get(element, "name")
            value = attributes.get(key) or " ".join(_attributes(attributes))
            self.told[element].append(value)
            self.services_line = line if element == "service" else self.services_line

    def _end(self, element: str) -> None:
        self.depth -= 1
        if self.depth == 1 and self.words:
            self.rules[-1] = RichRule(" ".join(self.words), self.rules[-1].line)
            self.words = []


def _attributes(attributes: Mapping[str, str]) -> list[str]:
    return [f'{key}="{value}"' for key, value in attributes.items()]
