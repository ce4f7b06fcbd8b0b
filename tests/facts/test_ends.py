"""A copy that was cut proves no absence: what counts as whole came to the end mark of its source.

Each answer of the samples is taken as a copy without an exit status and cut behind each of its lines.
"""

import re
from dataclasses import replace
from typing import Any

import pytest

from rmccomply.facts import SOURCES, load
from rmccomply.facts.answer import Answer, Unreadable
from tests.facts.samples import answer_of, samples

LISTINGS = [name for name in SOURCES if "whole" in getattr(load(name).RECORD, "__slots__", ())]

ANY = r"rsct\.|^\s*xlC\."
"""Of a request by pattern a row for each pattern; of everything what stands behind RSCT."""
MARKS = {
    "lssrc": r"ctcas|inoperative",
    "lslpp": ANY,
    "lslpp_listing": ANY,
    "lslpp_history": ANY,
    "dpkg": r"rsct\.|zlib1g",
    "rmcdomainstatus": r"0x",
    "lsrsrc": r"NodeNameList|NodeID",
    "ifconfig": r"^lo0",
    "netstat_in": r"^lo0",
    "firewalld": r"rich rules:",
    "packet_filter": r"^(COMMIT|}$)",
}
"""Source to the end mark behind which nothing stands that a verdict needs; the others are whole by their exit status
alone, or by a mark behind which nothing stands."""


def copies(source: str) -> list[Answer]:
    """The answers of a source's samples as people save them."""
    found = [answer_of(one) for one in map(_values, samples(source))]
    return [one._replace(exit_status=None, errors=(), complete=True) for one in found if one.lines and not one.absent]


def _values(sample: Any) -> dict[str, Any]:
    return dict(sample.values[0])


def read(source: str, answer: Answer) -> Any:
    """The record, None where the answer is refused."""
    try:
        return load(source).parse(answer)
    except Unreadable:
        return None


@pytest.mark.parametrize("source", LISTINGS)
def test_a_copy_that_counts_as_whole_lacks_nothing(source: str) -> None:
    odd = []
    for answer in copies(source):
        full = read(source, answer)
        for count in range(1, len(answer.lines)):
            record = read(source, answer._replace(lines=answer.lines[:count]))
            mark = source in MARKS and re.search(MARKS[source], "\n".join(answer.lines[:count]), re.MULTILINE)
            less = full is None or (record is not None and replace(record, whole=full.whole) != full)
            if any(map(str.strip, answer.lines[:count])) and record is not None and record.whole and less and not mark:
                odd.append((answer.argv, count, answer.lines[count - 1]))
    assert odd == []
