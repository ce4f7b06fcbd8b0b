"""A copy that was cut proves no absence: what counts as whole shows both its begin and its end.

Each answer of the samples is taken as a copy without an exit status and cut behind each of its lines, before each of
them, and at both ends.
"""

import re
from dataclasses import fields
from typing import Any

import pytest

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.table import SOURCES
from tests.facts.samples import answer_of, samples

LISTINGS = [name for name in SOURCES if "whole" in getattr(SOURCES[name].load().RECORD, "__slots__", ())]

MARKS = {
    "ifconfig": r"^lo0",
    "netstat_in": r"^lo0",
}
"""Source to what stands last in its listing, behind which lines may be lost that no verdict needs: of the loopback."""
HEADS = {"ifconfig": r"^(?!lo)\w+: ?flags"}
"""Source to what stands for the head of its listing: nothing marks how many adapters there were above the first."""
BY_NAME = {"lslpp_listing": "rsct.core.rmc"}
"""Source to a name that is asked for: one row is enough, of several that it has."""
OWN = frozenset({"whole", "seamless"})
NUMBERS = re.compile(r"\b(line|absent_line|none_line|services_line)=-?\d+")


def copies(source: str) -> list[Answer]:
    """The answers of a source's samples as people save them."""
    found = [answer_of(dict(one.values[0])) for one in samples(source)]
    return [one._replace(exit_status=None, errors=(), complete=True) for one in found if one.lines and not one.absent]


def read(source: str, answer: Answer) -> Any:
    """The record, None where the answer is refused."""
    try:
        return SOURCES[source].load().parse(answer)
    except Unreadable:
        return None


def told(record: Any) -> str:
    """What a record says, without where it stands."""
    says = {one.name: getattr(record, one.name) for one in fields(record) if one.name not in OWN}
    return NUMBERS.sub("", repr({name: value for name, value in says.items() if "line" not in name}))


def pieces(lines: tuple[str, ...]) -> list[tuple[int, int]]:
    """What `head`, `tail` and both leave, as the first line and the one behind the last."""
    count = len(lines)
    ends = [(0, end) for end in range(1, count)]
    begins = [(first, count) for first in range(1, count)]
    return [*ends, *begins, *((first, end) for first in range(1, count) for end in range(first + 1, count))]


def excused(source: str, answer: Answer, first: int, end: int) -> bool:
    """Whether what is lost of this copy is nothing that a verdict needs."""
    kept = "\n".join(answer.lines[first:end])
    marked = source in MARKS and re.search(MARKS[source], kept, re.MULTILINE) is not None
    headed = first == 0 or (source in HEADS and re.search(HEADS[source], kept, re.MULTILINE) is not None)
    return (marked and headed) or answer.argv[-1] == BY_NAME.get(source)


@pytest.mark.parametrize("source", LISTINGS)
def test_a_copy_that_counts_as_whole_lacks_nothing(source: str) -> None:
    odd = []
    for answer in copies(source):
        full = read(source, answer)
        for first, end in pieces(answer.lines):
            kept = answer.lines[first:end]
            record = read(source, answer._replace(lines=kept)) if any(map(str.strip, kept)) else None
            if record is None or not record.whole or says_not_installed(record):
                continue
            less = full is None or told(record) != told(full)
            if less and not excused(source, answer, first, end):
                odd.append((answer.argv, kept))
    assert odd == []


def says_not_installed(record: Any) -> bool:
    """Whether a record is the line that says that nothing of what was asked is there, which proves itself."""
    return bool(getattr(record, "absent", ()) or getattr(record, "none_line", 0)) and not record.rows


@pytest.mark.parametrize("source", LISTINGS)
def test_with_its_exit_status_an_answer_stays_whole(source: str) -> None:
    """What the mark is for: the same lines, framed, prove an absence as they did."""
    framed = [answer_of(dict(one.values[0])) for one in samples(source)]
    records = [read(source, one) for one in framed if one.exit_status == 0 and one.complete]
    assert not any(records) or any(record.whole for record in records if record is not None)
