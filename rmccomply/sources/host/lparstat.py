"""The partition as the hypervisor sees it: `lparstat -i`, on AIX and on Linux (powerpc-utils).

AIX 7.3 documentation, "lparstat Command"; lparstat(8). A label and a value in each line:

    Node Name                                  : lpar17
    Partition Name                             : lpar17 - billing
    Partition Number                           : 17
    Type                                       : Shared-SMT-8
    Mode                                       : Uncapped
    Partition Group-ID                         : 32785
    Shared Pool ID                             : -

All values are kept as printed; `-` is no value, and the number -1 is a system without partitions, as `uname -L` has
it. A value may hold blanks and colons, so a line is split at its first colon. The Linux command prints fewer labels.

Output without a label of the partition, and empty output, is never an answer. A label that is not there says
nothing where `whole` is False; without an exit status nothing tells that a copy is whole.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import is_number, may_be_cut, refuse_complaints

OPTIONS: Final = frozenset({"i", "is"})
LISTING: Final = True
_NODE: Final = "Node Name"
_NAME: Final = "Partition Name"
_NUMBER: Final = "Partition Number"
_NO_VALUE: Final = "-"
_NO_PARTITIONS: Final = "-1"
_SHARED: Final = frozenset({"Shared", "Shared-SMT", "Shared-SMT-2", "Shared-SMT-4", "Shared-SMT-8"})
"""The types of a partition that shares processors; every other word, a cut one too, tells nothing of it."""


@record(frozen=True, slots=True)
class PartitionValue:
    """A label and its value, as printed."""

    label: str
    value: str
    line: Line


@record(frozen=True, slots=True)
class PartitionValues:
    """The values. The named ones are empty where they are not told or `-`, and the number None where it is none."""

    rows: tuple[PartitionValue, ...]
    node_name: str
    partition_name: str
    partition_number: int | None
    type: str
    mode: str
    whole: bool = True

    @property
    def shared(self) -> bool:
        return self.type in _SHARED


RECORD: Final = PartitionValues


def asks(argv: tuple[str, ...]) -> bool:
    """The configuration (`-i`, with `-s` too); without options it is statistics."""
    return argv[1:] in (("-i",), ("-is",))


def parse(answer: Answer) -> PartitionValues:
    """Read the values. Raises Unreadable: `failed`, `empty`, `unparsable` for a line without a label."""
    refuse_complaints(answer, "lparstat:")
    answer.refuse_failure()
    rows: list[PartitionValue] = []
    for number, line in enumerate(answer.lines, 1):
        label, colon, value = line.partition(":")
        if not line.strip() or line.startswith("#") or may_be_cut(answer, number):
            continue
        if not colon:
            raise Unreadable("unparsable", f"a line of lparstat has no label: {line.strip()}", number)
        rows.append(PartitionValue(label.strip(), value.strip(), number))
    if not rows:
        raise Unreadable("empty", "lparstat prints nothing")
    values = {row.label: row.value for row in reversed(rows) if row.value != _NO_VALUE}
    if values.keys().isdisjoint((_NODE, _NAME, _NUMBER)):
        raise Unreadable("unparsable", "no line of lparstat is about the partition", rows[0].line)
    number_text = values.get(_NUMBER, "")
    names = [values.get(label, "") for label in (_NODE, _NAME, "Type", "Mode")]
    whole = answer.complete and answer.exit_status is not None
    lpar_id = int(number_text) if is_number(number_text) or number_text == _NO_PARTITIONS else None
    return PartitionValues(tuple(rows), names[0], names[1], lpar_id, names[2], names[3], whole)
