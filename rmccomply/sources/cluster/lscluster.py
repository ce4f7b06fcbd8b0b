"""Whether Cluster Aware AIX has a cluster here: `lscluster -c`, `lscluster -m`.

AIX 7.3 documentation, "lscluster Command".

    Cluster Name: alphaclu                          lscluster -c
    Cluster UUID: 2f6b1c58-9d0e-11ee-8001-0a1b2c3d4e5f

    Calling node query for all nodes...             lscluster -m
    Node query number of nodes examined: 2
            Node name: alpha.example.com
            ...
            CLUSTER NAME       SHID         UUID
            alphaclu           0            2f6b1c58-9d0e-11ee-8001-0a1b2c3d4e5f

The name is what follows the label, or the headings, on their line or on the next: copies lose line ends.

`Cluster services are not active.` with an exit status other than 0, or without one, is an answer: there is no
cluster. `Cluster services are not active on this node because it has been stopped.` in the same way says that there is
one, whose name is not told: that text is remembered and in no capture, so it keeps up the guard of clusters and decides
nothing else. The same words with anything else behind them are no answer. Empty output is never an answer.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.messages import refuse_messages

OPTIONS: Final = frozenset({"c", "m"})
LISTING: Final = False
_LABEL: Final = "Cluster Name:"
_HEADINGS: Final = ["CLUSTER", "NAME", "SHID", "UUID"]
_INACTIVE: Final = "Cluster services are not active."
_STOPPED: Final = "Cluster services are not active on this node because it has been stopped."


@record(frozen=True, slots=True)
class CaaCluster:
    """Whether there is a cluster, its name, and the line that says so. Stopped on this node it is there unnamed."""

    present: bool
    name: str
    line: Line

    @property
    def stopped(self) -> bool:
        return self.present and not self.name


RECORD: Final = CaaCluster


def asks(argv: tuple[str, ...]) -> bool:
    """The cluster, or its nodes; interfaces and disks need not name it."""
    return argv[1:] in (("-c",), ("-m",))


def parse(answer: Answer) -> CaaCluster:
    """Look for a name, or for the text that there is none. Raises Unreadable: `failed`, `empty`, `unparsable`."""
    for text in (_INACTIVE, _STOPPED):
        said = _says(answer, text)
        if said is not None and answer.exit_status != 0:
            return CaaCluster(text == _STOPPED, "", said)
    refuse_messages(answer)
    answer.refuse_failure()
    for number, line in enumerate(answer.lines, 1):
        found = _labelled(line) if answer.argv[1] == "-c" else _below_headings(line, answer.lines[number:])
        if found:
            return CaaCluster(True, found, number)
    if not any(line.strip() for line in answer.lines):
        raise Unreadable("empty", "lscluster prints nothing")
    raise Unreadable("unparsable", "lscluster names no cluster and does not say that there is none", 1)


def _says(answer: Answer, text: str) -> Line | None:
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            if line.strip().removeprefix("lscluster:").strip() == text:
                return sign * number
    return None


def _labelled(line: str) -> str:
    label, found, rest = line.partition(_LABEL)
    return rest.split()[0] if found and rest.split() and not label.strip() else ""


def _below_headings(line: str, following: tuple[str, ...]) -> str:
    """The word behind the headings: on their line in a copy that lost its line ends, else on the next."""
    words = line.split()
    at = next((n for n in range(len(words)) if words[n : n + len(_HEADINGS)] == _HEADINGS), None)
    if at is None:
        return ""
    rest = words[at + len(_HEADINGS) :] or " ".join(following[:1]).split()
    return rest[0] if rest else ""
