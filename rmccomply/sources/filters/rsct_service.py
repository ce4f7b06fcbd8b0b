"""The ports that RSCT gives its services of firewalld: `rsct-ctrmc.xml` and `rsct-ctrmc-tls.xml`.

firewalld.service(5). RSCT 3.3.1.0 and later put the files into /usr/lib/firewalld/services; a file of the same name
in /etc/firewalld/services replaces them.

    <?xml version="1.0" encoding="utf-8"?>
    <service>
      <short>rsct-ctrmc</short>
      <port protocol="tcp" port="657"/>
      <port protocol="udp" port="657"/>
    </service>

A service may include others and may be limited to destinations; both are kept as written. An element that is not
read here opens no port. A port may be a range; one that is no number is kept without its ends.

A document type is refused, since only there entities can be declared; so is what is no well-formed XML: a part of a
service is not the service. A file that is not there is an answer. A service without a port is one too.
"""

from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.filters.firewalld import Port, port_of
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False


@record(frozen=True, slots=True)
class RsctService:
    """A service file; `name` is the name by which zones speak of it."""

    present: bool
    name: str
    ports: tuple[Port, ...] = ()
    includes: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    line: Line = 0


RECORD: Final = RsctService


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> RsctService:
    """Read the file. Raises Unreadable: `failed`, `empty`, `unparsable` for what is no service."""
    name = answer.argv[0].rpartition("/")[2].removesuffix(".xml")
    if answer.absent:
        return RsctService(False, name)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    if not any(line.strip() for line in answer.lines):
        raise Unreadable("empty", "the file is empty")
    found = _Elements()
    try:
        found.reader.Parse("\n".join(answer.lines), True)
    except expat.ExpatError as error:
        raise Unreadable("unparsable", f"the file is not XML: {expat.ErrorString(error.code)}", error.lineno) from None
    return RsctService(
        True, name, tuple(found.ports), tuple(found.includes), tuple(found.destinations), found.service_line
    )


class _Elements:
    """What the elements of a service say, collected while they are read."""

    def __init__(self) -> None:
        self.ports: list[Port] = []
        self.includes: list[str] = []
        self.destinations: list[str] = []
        self.service_line = 0
        self.reader = expat.ParserCreate()
        self.reader.StartDoctypeDeclHandler = self._refuse_type
        self.reader.StartElementHandler = self._start

    def _refuse_type(self, *_: object) -> None:
        line = self.reader.CurrentLineNumber
        raise Unreadable("unparsable", "it declares a document type, which no service file has", line)

    def _start(self, element: str, attributes: Mapping[str, str]) -> None:
        line = self.reader.CurrentLineNumber
        if not self.service_line and element != "service":
            raise Unreadable("unparsable", f"the file is not a service but a {element}", line)
        self.service_line = self.service_line or line
        if element == "port":
            self.ports.append(port_of(f"{attributes.get('port', '')}/{attributes.get('protocol', '')}", line))
        elif element == "include":
            self.includes.append(attributes.get("service", ""))
        elif element == "destination":
            self.destinations.extend(attributes.values())
