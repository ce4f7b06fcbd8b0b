"""`ps`: whose command it is, columns and dates, and what a cut line proves."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.ps import Process, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("ps"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ps", answer_of(sample)) == snapshot


ARGS = ("ps", "-A", "-o", "pid,args")
HEADER = "     PID COMMAND"
INIT = "       1 /etc/init"
FULL = "     UID      PID     PPID   C    STIME    TTY  TIME CMD"


def process(command: str, argv: tuple[str, ...] = ARGS, exit_status: int | None = 0) -> Process:
    return parse(Answer(argv, (HEADER, INIT, f" 5439966 {command}"), exit_status=exit_status)).rows[0]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("-A -o pid,args", True),
        ("-eo pid,comm", True),
        ("-A -o", True),
        ("-ef", True),
        ("axo pid,command", True),
        ("aux", True),
        ("auxww", True),
        ("-e", True),
        ("-ef --forest", False),
        ("axf", False),
        ("-f", False),
        ("-u root", False),
        ("-p 1", False),
        ("-C rmcd", False),
        ("-o pid,args", False),
        ("", False),
    ],
)
def test_all_processes_are_asked(words: str, asked: bool) -> None:
    assert asks(("/usr/bin/ps", *words.split())) is asked


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("/opt/rsct/bin/rmcd -r", ["rmcd"]),
        ("/usr/sbin/rsct/bin/vac8/IBM.CSMAgentRMd", ["IBM.CSMAgentRMd"]),
        ("/usr/sbin/srcmstr", ["srcmstr"]),
        ("grep rmcd", []),
        ("vi /opt/rsct/bin/rmcd", []),
        ("/usr/bin/cta-rmcd", []),
        ("/opt/rsct/bin/ctcasd", []),
    ],
)
def test_the_command_decides_and_not_its_arguments(command: str, names: list[str]) -> None:
    record = parse(Answer(ARGS, (HEADER, INIT, f" 5439966 {command}")))
    assert [row.name for row in record.rows] == names
    assert record.others == 2 - len(names)


@pytest.mark.parametrize(
    ("command", "remote"),
    [
        ("/opt/rsct/bin/rmcd -a IBM.LPCommands -r", True),
        ("/opt/rsct/bin/rmcd  -a IBM.LPCommands -r -S 1500", True),
        ("/opt/rsct/bin/rmcd -a IBM.LPCommands", False),
        ("/opt/rsct/bin/rmcd -a IBM.LPCommands " + "x" * 43, None),
        ("/opt/rsct/bin/rmcd -a IBM.LPCommands " + "x" * 42, False),
        ("[rmcd] <defunct>", None),
        ("/opt/rsct/bin/IBM.DRMd -r", None),
    ],
)
def test_a_missing_flag_counts_only_in_a_line_that_is_not_cut(command: str, remote: bool | None) -> None:
    assert process(command).remote is remote


def test_a_process_that_has_ended_is_told_apart() -> None:
    assert [process(command).defunct for command in ("[rmcd] <defunct>", "/opt/rsct/bin/rmcd -r")] == [True, False]


def test_a_copy_as_wide_as_a_terminal_may_be_cut() -> None:
    command = "/opt/rsct/bin/rmcd -a IBM.LPCommands " + "x" * 33
    assert (process(command).remote, process(command, exit_status=None).remote) == (False, None)


@pytest.mark.parametrize("argv", [("ps", "-e"), ("ps", "-A", "-o", "pid,comm"), ("ps", "-A", "-o")])
def test_a_command_without_arguments_proves_no_absence(argv: tuple[str, ...]) -> None:
    record = parse(Answer(argv, (HEADER, INIT, " 5439966 rmcd")))
    assert (record.rows[0].remote, record.whole) == (None, False)


@pytest.mark.parametrize("date", ["Mar 10", "07:15:31", "Mar10", "2026"])
def test_a_start_date_may_be_two_words(date: str) -> None:
    row = f"    root  5439966  4194606   0   {date}      -  1:22 /opt/rsct/bin/rmcd -r"
    (found,) = parse(Answer(("ps", "-ef"), (FULL, row))).rows
    assert (found.pid, found.started, found.remote) == (5439966, date, True)


def test_rows_with_empty_columns_are_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("ps", "-ef"), (FULL, "    root  5439966   1:22 /opt/rsct/bin/rmcd -r")))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


def test_absence_is_known_from_a_whole_listing_only() -> None:
    assert parse(Answer(ARGS, (HEADER, INIT))).whole
    assert not parse(Answer(ARGS, (HEADER, INIT), exit_status=None)).whole
    assert not parse(Answer(ARGS, (HEADER, INIT), complete=False)).whole


def test_filtered_rows_without_a_header_are_read_where_the_columns_are_known() -> None:
    row = "    root  5439966  4194606   0   Mar 10      -  1:22 /opt/rsct/bin/rmcd -a IBM.LPCommands -r"
    record = parse(Answer(("ps", "-ef"), (row,), exit_status=None))
    assert ([found.remote for found in record.rows], record.whole) == ([True], False)
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("ps", "-e"), (row,), exit_status=None))
    assert refused.value.reason == "unparsable"


def test_corpus_aix_columns_with_a_defunct_row() -> None:
    argv = ("ps", "-A", "-o", "pid,pcpu,pmem,vsz,tty,time,uid,args")
    record = parse(capture("aix72-minimal-mondoo", "ps-A-o.txt", *argv))
    assert [(row.pid, row.name) for row in record.rows] == [
        (4194606, "srcmstr"),
        (5898504, "IBM.MgmtDomainRMd"),
        (6291938, "IBM.ServiceRMd"),
    ]


def test_corpus_linux_rmcd_with_remote_clients() -> None:
    argv = ("ps", "axo", "pid,pcpu,pmem,vsz,rss,tty,stat,stime,time,uid,command")
    record = parse(capture("sles15sp3-ppc64le-mondoo", "ps-axo.txt", *argv))
    (row,) = record.rows
    assert (row.pid, row.name, row.started, row.remote) == (3693, "rmcd", "Mar10", True)
    assert row.words == ("/opt/rsct/bin/rmcd", "-a", "IBM.LPCommands", "-r", "-S", "1500")
