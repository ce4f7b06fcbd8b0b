"""AIX snap: `snap -gc` and its like, which gather into `/tmp/ibmsupt` and pack it as `snap.pax.Z`.

IBM documents the options of snap and not its files. What is read here is what several public readers of snaps agree
on: most answers stand one below the other in `COMPONENT/COMPONENT.snap`, each below its request:

    .....
    .....    df -k
    .....

    Filesystem    1024-blocks      Free %Used    Iused %Iused Mounted on

A few stand in files of their own: `general/lparstat.out` is `lparstat -i`, `general/inittab` a copy of the file.
`svCollect/VIOS.level` is there on a Virtual I/O Server. Nothing tells an exit status or a time: these are captures. A
component is there only where its option was given, and none of the options gathers the state of RMC.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from rmccomply.evidence.archives.answers import (
    CUT,
    About,
    Head,
    captured,
    copied,
    sections_of,
    words_of,
)
from rmccomply.evidence.archives.tree import File, ReportTree
from rmccomply.evidence.captures import lines_of
from rmccomply.evidence.model import Asked, Evidence, Notification, Requests

INDEX: Final[tuple[str, ...]] = ("svCollect/VIOS.level", "general/lparstat.out")
TITLE: Final[str] = "AIX snap"
PLATFORM: Final[str] = "aix"
HOLDS: Final[tuple[str, ...]] = (
    "df -k /var",
    "lparstat -i",
    "/etc/inittab",
)
_VIOS, _LPARSTAT = INDEX
_LEVEL: Final = "VIOS Level is "
_NODE: Final = "Node Name"
_COPIES: Final = {"general/inittab": "/etc/inittab"}
_ANSWERS: Final[dict[str, tuple[str, ...]]] = {_LPARSTAT: ("lparstat", "-i")}


def about(index: Mapping[str, File]) -> About:
    """The node's name by lparstat, and whether it is a Virtual I/O Server; AIX alone is told by its answers."""
    name = ""
    for line in lines_of(index[_LPARSTAT].data) if _LPARSTAT in index else ():
        label, _, value = line.partition(":")
        if label.strip() == _NODE:
            name = value.strip()
    vios = _VIOS in index and any(line.startswith(_LEVEL) for line in lines_of(index[_VIOS].data))
    return About(name, "vios" if vios else "")


def read(report: ReportTree, index: Mapping[str, File], requests: Requests) -> Iterator[Evidence | Notification]:
    """The answers in the files of the components, and those that have files of their own."""
    for file in report.files(_wanted):
        uri = report.uri(file.path)
        if file.path in _COPIES:
            yield copied(file, _COPIES[file.path], uri, read=False)
        elif file.path in _ANSWERS:
            yield captured(file, Asked("cmd", _ANSWERS[file.path]), uri, whole=True)
        else:
            yield from _answers(file, uri, requests)
    yield from report.notes


def _wanted(path: str) -> bool:
    return path in _COPIES or path in _ANSWERS or (path.count("/") == 1 and path.endswith(".snap"))


def _answers(file: File, uri: str, requests: Requests) -> Iterator[Evidence]:
    lines = lines_of(file.data)
    for section in sections_of(file, lines, tuple(_heads(lines))):
        argv = words_of(section.title)
        if argv is not None and requests.source("cmd", argv) is not None:
            title = lines[section.title_line - 1]
            damage = CUT if section.cut else None
            yield Evidence("cmd", argv, uri, out=section.stream(), line=section.title_line, text=title, damage=damage)


def _heads(lines: tuple[str, ...]) -> Iterator[Head]:
    """Three lines that begin with dots, the title on the middle one, then an empty line or none."""
    for at in range(1, len(lines) - 1):
        dots, _, title = lines[at].partition(" ")
        if _dots(dots) and title.strip() and _dots(lines[at - 1].strip()) and _dots(lines[at + 1].strip()):
            below = at + 2
            while below < len(lines) and not lines[below].strip():
                below += 1
            yield Head(at - 1, at, below, "", title.strip())


def _dots(text: str) -> bool:
    return len(text) > 2 and not text.strip(".")
