"""Clusters of shared storage pools: `cluster -list` of padmin, `ioscli cluster -list` of root.

VIOS documentation, "cluster command". No real output is public; a cluster is a pair of lines:

    CLUSTER_NAME:    pool1
    CLUSTER_ID:      5e0c3a94b2d711efa0048e1a2b40d502

What it prints without a cluster is not known, so that only the two lines are read, and a record without any proves
nothing. That is all text but the refusal of a shell or of padmin, and empty output too.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable

OPTIONS: Final = frozenset({"list"})
LISTING: Final = True
_LABELS: Final = ("CLUSTER_NAME:", "CLUSTER_ID:")


@record(frozen=True, slots=True)
class ClusterList:
    """The first name or identifier of a cluster; empty, with line 0, where none is shown."""

    cluster: str
    line: Line


RECORD: Final = ClusterList


def asks(argv: tuple[str, ...]) -> bool:
    """The list, by either name."""
    command = argv[0].rpartition("/")[2]
    return argv[1:] == (("cluster", "-list") if command == "ioscli" else ("-list",))


def parse(answer: Answer) -> ClusterList:
    """Read the two lines. Raises Unreadable: `denied`, `command_absent`."""
    for number, line in enumerate(answer.lines, 1):
        words = line.split()
        if len(words) == 2 and words[0] in _LABELS:
            return ClusterList(words[1], number)
    failure = answer.failure()
    if failure is not None and failure.reason in ("denied", "command_absent"):
        raise Unreadable(failure.reason, failure.says)
    return ClusterList("", 0)
