"""`lssrc`: rows of two to four words, and when absence is knowledge."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.lssrc import Lssrc, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, lines_of, read, samples

HEADER = "Subsystem         Group            PID          Status"


@pytest.mark.parametrize("sample", samples("lssrc"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lssrc", answer_of(sample)) == snapshot


def listing(*rows: str, argv: tuple[str, ...] = ("lssrc", "-a"), exit_status: int | None = 0) -> Lssrc:
    return parse(Answer(argv, (HEADER, *rows), exit_status=exit_status))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (" ctrmc            rsct             5439966      active", ("ctrmc", "rsct", 5439966, "active")),
        (" aso                               4653462      active", ("aso", "", 4653462, "active")),
        (
            " IBM.DRM          rsct_rm                       inoperative",
            ("IBM.DRM", "rsct_rm", None, "inoperative"),
        ),
        (" nimhttp                                        inoperative", ("nimhttp", "", None, "inoperative")),
        (" ctrmc rsct 12 warned to stop", ("ctrmc", "rsct", 12, "warned to stop")),
        (" ctrmc rsct  not responding", ("ctrmc", "rsct", None, "not responding")),
    ],
)
def test_words_decide_which_columns_are_empty(row: str, expected: tuple[object, ...]) -> None:
    read_row = listing(row).rows[0]
    assert (read_row.name, read_row.group, read_row.pid, read_row.status) == expected


def test_only_the_whole_word_active_is_active() -> None:
    states = ["active", "inoperative", "stopping", "warned to stop"]
    rows = listing(*(f" s{n} rsct 1 {state}" for n, state in enumerate(states))).rows
    assert [row.active for row in rows] == [True, False, False, False]


def test_a_filtered_copy_proves_no_absence() -> None:
    grep = Answer(("lssrc", "-a"), (" ctrmc rsct 1 active", " ctcas rsct inoperative"), exit_status=None)
    assert not parse(grep).whole


def test_src_down_says_nothing_of_subsystems() -> None:
    text = ("0513-001 The System Resource Controller daemon is not active.",)
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("lssrc", "-a"), (), text, 1))
    assert (refused.value.reason, refused.value.line) == ("failed", -1)


def test_a_row_of_no_known_form_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable) as refused:
        listing(" ctrmc rsct 1 active", " one two three four five")
    assert (refused.value.reason, refused.value.line) == ("unparsable", 3)


def test_corpus_in_band_group_listing() -> None:
    record = parse(capture("aix73-tl4-inband-mcproxy", "lssrc-g-rsct-mcproxy.txt", "lssrc", "-g", "rsct"))
    assert [(row.name, row.pid, row.status) for row in record.rows] == [
        ("ctrmc", 10813776, "active"),
        ("mcproxy", 14483948, "active"),
        ("ctcas", None, "inoperative"),
    ]
    assert record.covers == "group:rsct"


def test_corpus_linux_columns() -> None:
    record = parse(capture("linux-x86-rhel7-tsamp", "lssrc-ctrmc-linux.txt", "lssrc", "-s", "ctrmc"))
    assert [(row.name, row.group, row.pid, row.status) for row in record.rows] == [("ctrmc", "rsct", 64383, "active")]


def test_corpus_aix_listing_with_empty_groups() -> None:
    record = parse(capture("aix72-caa-cluster-ansible", "lssrc-a.txt", "lssrc", "-a"))
    rows = {row.name: row for row in record.rows}
    assert (record.whole, record.all_running) == (False, True)
    assert (rows["aso"].group, rows["aso"].pid) == ("", 6029758)
    assert rows["ctrmc"].active
    assert lines_of("a\n") == ("a",)


CTRMC, CTCAS, SYSLOGD = " ctrmc rsct 1 active", " ctcas rsct inoperative", " syslogd ras 2 active"
LINUX = "Subsystem         Group            PID     Status "
RUNS = " IBM.ERRM rsct_rm 3 active"
STOPS = " IBM.DRM rsct_rm 4 stopping"
ENDS = [
    # request, lines of a copy, whether what is not among them does not run
    pytest.param("-a", (HEADER, SYSLOGD, CTRMC, CTCAS), True, id="all of AIX"),
    pytest.param("-a", (HEADER, SYSLOGD, CTRMC), False, id="shortened behind ctrmc"),
    pytest.param(
        "-a", (HEADER, SYSLOGD, CTRMC, " ctcas rsct 7 active"), False, id="shortened behind a ctcas that runs"
    ),
    pytest.param("-a", (HEADER, SYSLOGD, CTRMC, " ctcas rsct 7 active", RUNS), False, id="shortened among what runs"),
    pytest.param(
        "-a", (HEADER, SYSLOGD, CTRMC, " ctcas rsct 7 active", " lpd spooler inoperative"), True, id="ctcas runs"
    ),
    pytest.param("-a", (HEADER, SYSLOGD, CTRMC, STOPS, CTCAS), True, id="one is about to stop"),
    pytest.param("-a", (HEADER, SYSLOGD, CTCAS, CTRMC), False, id="in an order that lssrc does not have"),
    pytest.param("-a", (HEADER, SYSLOGD, CTCAS, CTRMC, " lpd spooler inoperative"), False, id="put together"),
    pytest.param("-a", (HEADER, SYSLOGD, CTRMC, " lpd spooler inoperative"), False, id="rows that somebody picked"),
    pytest.param("-g rsct", (HEADER, CTRMC, " mcproxy rsct inoperative"), False, id="the group rsct, without ctcas"),
    pytest.param("-a", (HEADER, CTRMC, CTCAS), False, id="RSCT alone"),
    pytest.param("-a", (HEADER, SYSLOGD, " lpd spooler inoperative"), True, id="no RSCT"),
    pytest.param("-a", (HEADER, SYSLOGD), False, id="shortened before ctrmc"),
    pytest.param("-a", (HEADER, " aso 7 active"), False, id="one odd subsystem"),
    pytest.param("-a", (SYSLOGD, CTRMC, CTCAS), False, id="no header"),
    pytest.param("-a", (LINUX, CTRMC, CTCAS), True, id="all of Linux"),
    pytest.param("-a", (LINUX, CTRMC, " ctcas rsct 7 active", RUNS), False, id="Linux, ctcas runs, shortened"),
    pytest.param("-a", (LINUX, CTRMC), False, id="Linux, shortened"),
    pytest.param("-g rsct", (HEADER, CTRMC, CTCAS), True, id="the group rsct"),
    pytest.param("-g rsct", (HEADER, CTRMC, " ctcas rsct 7 active"), False, id="the group rsct, ctcas runs"),
    pytest.param("-g rsct", (HEADER, CTRMC), False, id="the group rsct, shortened"),
    pytest.param("-g rsct_rm", (HEADER, " IBM.DRM rsct_rm 3 active"), False, id="another group, shortened"),
    pytest.param("-g rsct_rm", (HEADER, RUNS, " IBM.DRM rsct_rm inoperative"), True, id="another group"),
]


@pytest.mark.parametrize(("options", "lines", "all_running"), ENDS)
def test_a_copy_shows_all_that_runs_where_it_reaches_what_does_not(
    options: str, lines: tuple[str, ...], all_running: bool
) -> None:
    argv = ("lssrc", *options.split())
    copy = parse(Answer(argv, lines, exit_status=None))
    assert (copy.whole, copy.all_running) == (False, all_running)
    assert parse(Answer(argv, lines)).whole
    cut = parse(Answer(argv, lines, complete=False))
    assert (cut.whole, cut.all_running) == (False, False)


def test_of_one_subsystem_the_header_is_enough() -> None:
    assert parse(Answer(("lssrc", "-s", "ctrmc"), (HEADER, CTRMC), exit_status=None)).whole
    assert not parse(Answer(("lssrc", "-s", "ctrmc"), (CTRMC,), exit_status=None)).whole


def test_corpus_no_cut_of_a_listing_hides_what_runs() -> None:
    """Wherever the listing of a real host is cut, it says so, or holds all that runs."""
    whole = capture("aix72-caa-cluster-ansible", "lssrc-a.txt", "lssrc", "-a")
    running = {row.name for row in parse(whole).rows if row.active}
    told = {}
    for end in range(2, len(whole.lines) + 1):
        record = parse(whole._replace(lines=whole.lines[:end]))
        told[end] = record.all_running
        assert not record.all_running or {row.name for row in record.rows if row.active} == running
    assert sorted(set(told.values())) == [False, True]


def test_corpus_a_listing_of_picked_rows_does_not_show_all_that_runs() -> None:
    record = parse(capture("aix72-minimal-mondoo", "lssrc-a.txt", "lssrc", "-a"))
    assert (record.whole, record.all_running) == (False, False)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (" ctrmc rsct 12 resting", "resting"),
        (" ctrmc rsct 12 two words", "two words"),
        (" ctrmc rsct resting", "resting"),
        (" ctrmc rsct more active", None),
        (" ctrmc rsct more 12 active", None),
        (" ctrmc rsct 12", None),
        (" ctrmc", None),
    ],
)
def test_a_status_that_nobody_knows_is_kept_below_the_header(row: str, status: str | None) -> None:
    if status is not None:
        assert (listing(row).rows[0].status, listing(row).rows[0].told) == (status, False)
        return
    with pytest.raises(Unreadable, match=row.strip()) as refused:
        listing(row)
    assert refused.value.reason == "unparsable"


@pytest.mark.parametrize("argv", [("lssrc", "-a"), ("/usr/es/sbin/cluster/utilities/clshowsrv", "-v")])
@pytest.mark.parametrize("status", [0, None])
def test_the_headings_of_clshowsrv_are_no_rows_and_leave_a_part(status: int | None, argv: tuple[str, ...]) -> None:
    text = (
        "Status of the RSCT subsystems used by HACMP:\nSubsystem         Group            PID          Status\n"
        " topsvcs          topsvcs                       inoperative\n ctrmc            rsct   70016   active\n"
        "\nStatus of the optional HACMP subsystems:\nSubsystem         Group            PID          Status\n"
        " clinfoES         cluster                       inoperative\n"
    )
    record = parse(Answer(argv, lines_of(text), (), status))
    assert [(row.name, row.status) for row in record.rows] == [
        ("topsvcs", "inoperative"),
        ("ctrmc", "active"),
        ("clinfoES", "inoperative"),
    ]
    assert not record.whole


def test_corpus_what_clshowsrv_prints() -> None:
    record = parse(capture("aix5-hacmp5-clstop", "clshowsrv-v.txt", "clshowsrv", "-v"))
    assert not record.whole
    assert {row.name: row.status for row in record.rows}["clstrmgrES"] == "active"
