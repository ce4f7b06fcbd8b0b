"""JSON Lines: the findings of the report, and nothing else."""

import json

from syrupy.assertion import SnapshotAssertion

from rmccomply.formats import Format, Frame, jsonl
from tests.formats import awkward
from tests.formats.awkward import ASSESSED, CLOSING, PLAIN, RUN, write

FITS: Format[str] = jsonl
"""The type checker sees that the module is a format."""


def test_the_whole_report(snapshot: SnapshotAssertion) -> None:
    text = write("jsonl")
    assert text.encode() == snapshot(extension_class=awkward.snapshots_as("jsonl"))


def test_lines_are_the_findings_of_report_json() -> None:
    lines = [json.loads(line) for line in write("jsonl").splitlines()]
    assert lines == json.loads(write("json"))["findings"]


def test_findings_are_written_as_they_come() -> None:
    frame = Frame(RUN, PLAIN)
    lines = jsonl.assembly(frame)
    pieces = [lines.add(jsonl.fragment(item, frame)) for item in ASSESSED]
    assert [piece.count("\n") for piece in pieces] == [len(item.findings) for item in ASSESSED]
    assert [lines.begin(), *lines.end(CLOSING)] == [""]


def test_nothing_in_a_line_can_end_it_or_drive_a_terminal() -> None:
    assert set(write("jsonl")) <= {"\n", *map(chr, range(0x20, 0x7F))}
