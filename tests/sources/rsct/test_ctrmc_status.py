"""`lssrc -ls ctrmc`: one sure row, and values kept as they are."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.ctrmc_status import CtrmcStatus, StatusValue, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("ctrmc_status"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ctrmc_status", answer_of(sample)) == snapshot


ARGV = ("lssrc", "-ls", "ctrmc")


def status(*lines: str) -> CtrmcStatus:
    return parse(Answer(ARGV, lines))


@pytest.mark.parametrize(
    ("words", "asked"),
    [("-ls ctrmc", True), ("-l -s ctrmc", True), ("-s ctrmc", False), ("-ls mcproxy", False), ("-a", False)],
)
def test_the_long_status_of_ctrmc_is_asked(words: str, asked: bool) -> None:
    assert asks(("/usr/bin/lssrc", *words.split())) is asked


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (" ctrmc            rsct             5439966      active", (True, 5439966, "active")),
        (" ctrmc            rsct                          inoperative", (False, None, "inoperative")),
        (" ctrmc            rsct             5439966      warned to stop", (False, 5439966, "warned to stop")),
    ],
)
def test_the_pid_may_be_empty(row: str, expected: tuple[object, ...]) -> None:
    record = status(row)
    assert (record.active, record.pid, record.status) == expected


def test_a_row_without_a_status_tells_nothing() -> None:
    assert status(" ctrmc            rsct             5439966", "a = b").active is None


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("  Trace level = 0", [("Trace level", "0")]),
        ("  Remote clients: enabled", [("Remote clients", "enabled")]),
        ("  Log: a = b", [("Log", "a = b")]),
        ("  a = b: c", [("a", "b: c")]),
        ("  Started at 10:15:02", []),
        ("  Clients:", []),
        ("# x = y", []),
    ],
)
def test_values_are_kept_and_other_lines_passed_over(line: str, values: list[tuple[str, str]]) -> None:
    record = status(" ctrmc rsct 1 active", line)
    assert record.values == tuple(StatusValue(name, value, 2) for name, value in values)


@pytest.mark.parametrize("said", ["0513-036 The request could not be passed.", "0513-001 The daemon is not active."])
def test_a_daemon_that_could_not_be_asked_is_no_answer(said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ARGV, (), (said,), 1))
    assert (refused.value.reason, refused.value.line) == ("failed", -1)


def test_not_on_file_is_an_answer() -> None:
    said = "0513-085 The ctrmc Subsystem is not on file."
    assert parse(Answer(ARGV, (), (said,), 1)) == CtrmcStatus(False, None, "", -1, ())
