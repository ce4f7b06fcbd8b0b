"""`/etc/services`: the rows of RMC by name and by port, and when their absence is knowledge."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.services import asks, parse
from rmccomply.sources.shared.answer import Answer
from tests.facts.samples import answer_of, read, samples

ASKED = ("/etc/services",)


@pytest.mark.parametrize("sample", samples("services"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("services", answer_of(sample)) == snapshot


def test_it_reads_the_file_alone() -> None:
    assert asks(ASKED)
    assert not asks(("grep", "rmc", "/etc/services"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("rmc 657/tcp", ("rmc", 657, "tcp", ())),
        ("rmc\t\t657/udp\trmcd ctrmc # comment", ("rmc", 657, "udp", ("rmcd", "ctrmc"))),
        ("other 657/udp", ("other", 657, "udp", ())),
        ("tls 12601/tcp rmc-tls", ("tls", 12601, "tcp", ("rmc-tls",))),
        ("x 1/tcp rmc", ("x", 1, "tcp", ("rmc",))),
        ("rmc 657", ("rmc", None, "", ())),
        ("rmc 6S7/tcp", ("rmc", None, "tcp", ())),
    ],
)
def test_rows_of_rmc(line: str, expected: tuple[object, ...]) -> None:
    (row,) = parse(Answer(ASKED, ("ssh 22/tcp", line))).rows
    assert (row.name, row.port, row.protocol, row.aliases) == expected
    assert row.line == 2


@pytest.mark.parametrize("line", ["ssh 22/tcp", "rmcd 700/tcp", "# rmc 657/tcp", "x 6570/tcp", "x 65700/tcp", "x 657"])
def test_other_rows_are_not_kept(line: str) -> None:
    assert parse(Answer(ASKED, ("telnet 23/tcp", line))).rows == ()


@pytest.mark.parametrize(
    ("lines", "exit_status", "complete", "whole"),
    [
        (("rmc 657/tcp",), 0, True, True),
        (("rmc 657/tcp",), None, True, False),
        (("rmc 657/tcp", "ssh 22/tcp"), None, True, False),
        (("rmc 657/tcp", "ssh 22/tcp", "x 1/tcp"), 0, False, False),
    ],
)
def test_absence_is_proved_by_a_whole_file(
    lines: tuple[str, ...], exit_status: int | None, complete: bool, whole: bool
) -> None:
    record = parse(Answer(ASKED, lines, (), exit_status, complete))
    assert (len(record.rows), record.whole) == (1, whole)
