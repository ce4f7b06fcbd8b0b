"""Interfaces of Ubuntu: the files `/etc/netplan/*.yaml`.

netplan(5). The file is YAML; what is read, by line, is which interfaces it has and their `link-local`:

    network:
      version: 2
      ethernets:
        env2:
          dhcp4: true
          link-local: [ ipv6 ]
        env3:
          link-local: []
      bonds:
        bond0:
          interfaces: [env4, env5]

`link-local` lists what gets such an address; without the key it is IPv6. Between brackets, or as items with a dash
below the key. A mapping between braces is passed over where it holds none of these, and makes the file unparsable where
it may, as do an alias and a tab. A file that is not there is an answer, and so is an empty one.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_SECTIONS: Final = frozenset({"ethernets", "vlans", "bonds", "bridges", "modems", "wifis", "dummy-devices"})
_OF_INTERFACES: Final = 3
_READ: Final = frozenset({"link-local", "interfaces"})


@record(frozen=True, slots=True)
class NetplanInterface:
    """An interface. `link_local` is None where the key is not there; `ports` are the interfaces that it joins."""

    name: str
    section: str
    line: Line
    link_local: tuple[str, ...] | None = None
    link_local_line: Line = 0
    ports: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Netplan:
    """The interfaces of a file."""

    present: bool
    rows: tuple[NetplanInterface, ...] = ()


RECORD: Final = Netplan
_Path = tuple[str, ...]


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> Netplan:
    """Read the interfaces. Raises Unreadable: `failed`, `unparsable` for YAML of another form."""
    if answer.absent:
        return Netplan(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    lines: dict[_Path, Line] = {}
    values: dict[_Path, tuple[str, ...]] = {}
    stack: list[tuple[int, str]] = []
    for number, line in enumerate(answer.lines, 1):
        text = _uncommented(line)
        if not text.strip() or text.startswith(("---", "...", "%")):
            continue
        _read_line(text, number, stack, lines, values)
    rows = tuple(_interface(path, lines, values) for path in lines if _is_interface(path))
    return Netplan(True, rows)


def _read_line(
    text: str,
    number: Line,
    stack: list[tuple[int, str]],
    lines: dict[_Path, Line],
    values: dict[_Path, tuple[str, ...]],
) -> None:
    """One line: a key with or without its value, or an item of a list, which is kept where one of those read has it."""
    indent = len(text) - len(text.lstrip(" "))
    body = text.strip()
    if body.startswith("\t") or text[indent] == "\t":
        raise Unreadable("unparsable", "a line begins with a tab, which YAML does not allow", number)
    item = body.startswith("- ") or body == "-"
    while stack and (stack[-1][0] > indent or (stack[-1][0] == indent and not item)):
        stack.pop()
    path = tuple(key for _, key in stack)
    if item:
        if path and path[-1] in _READ:
            values[path] = (*values.get(path, ()), _bare(body[1:]))
        return
    key, colon, value = body.partition(":")
    value = value.strip()
    path = (*path, _bare(key))
    plain = len(path) == _OF_INTERFACES and not any(name in value for name in _READ)
    nested = value.startswith("{") and len(path) <= _OF_INTERFACES and not plain
    if not colon or nested or (value and value[0] in "*&"):
        raise Unreadable("unparsable", f"a line of the file has an unknown form: {body}", number)
    stack.append((indent, path[-1]))
    lines[path] = number
    if value and path[-1] in _READ:
        if not value.startswith("[") or not value.endswith("]"):
            raise Unreadable("unparsable", f"{path[-1]} is not a list: {body}", number)
        values[path] = tuple(_bare(one) for one in value[1:-1].split(",") if one.strip())


def _is_interface(path: _Path) -> bool:
    return len(path) == _OF_INTERFACES and path[0] == "network" and path[1] in _SECTIONS


def _interface(path: _Path, lines: dict[_Path, Line], values: dict[_Path, tuple[str, ...]]) -> NetplanInterface:
    own, ports = (*path, "link-local"), values.get((*path, "interfaces"), ())
    link_local = values.get(own, ()) if own in lines else None
    return NetplanInterface(path[2], path[1], lines[path], link_local, lines.get(own, 0), ports)


def _uncommented(line: str) -> str:
    return "" if line.lstrip().startswith("#") else line.partition(" #")[0].rstrip()


def _bare(text: str) -> str:
    return text.strip().strip("'\"")
