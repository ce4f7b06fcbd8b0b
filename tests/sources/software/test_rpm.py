"""`rpm`: formats, names that are split from the right, and when absence is knowledge."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.rpm import asks, parse
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("rpm"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("rpm", answer_of(sample)) == snapshot


FORMAT = r"%{NAME}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n"
LINE = "rsct.core-3.2.6.4-22081.ppc64le"


@pytest.mark.parametrize(
    "words",
    [
        ("-qa",),
        ("-q", "rsct.core"),
        ("-qa", "--nosignature", "--nolock", "--qf", FORMAT),
        ("--root", "/mnt", "-qa", "--queryformat", r"%{name} %{version}\n"),
        ("-qa", r"--qf=%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}\n"),
        ("-qa", "--last"),
        ("-qa", r"--qf=%-59{NVRA} %{INSTALLTIME:date}\n"),
        ("-qa", r"--qf=%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}\t%{INSTALLTIME:date}\t%{VENDOR}\n"),
    ],
)
def test_it_reads_queries_of_names_and_versions(words: tuple[str, ...]) -> None:
    assert asks(("/usr/bin/rpm", *words))


@pytest.mark.parametrize(
    "words",
    [
        ("-qi", "rsct.core"),
        ("-qf", "/usr/bin/lssrc"),
        ("-V", "rsct.core"),
        ("-q",),
        ("rsct.core",),
        ("-qa", "--qf", r"%{NAME}\n"),
        ("-qa", "--qf", r"\n"),
        ("-qa", "--qf", r"%{INSTALLTIME:date} %{NVRA}\n"),
        ("-qa", "--qf", "%{NAME} %{VERSION}"),
        ("-qa", "--qf", r"%{NAME} %{VERSION} %{SUMMARY}\n"),
    ],
)
def test_it_reads_no_other_query(words: tuple[str, ...]) -> None:
    assert not asks(("rpm", *words))


@pytest.mark.parametrize(
    ("line", "name", "level_text", "level"),
    [
        (LINE, "rsct.core", "3.2.6.4-22081", (3, 2, 6, 4)),
        ("rsct.core.utils-3.2.6.4-22081.ppc64le", "rsct.core.utils", "3.2.6.4-22081", (3, 2, 6, 4)),
        ("powerpc-utils-1.3.10-2.el8.ppc64le", "powerpc-utils", "1.3.10-2.el8", (1, 3, 10, 0)),
        ("gpg-pubkey-7fac5991-4615767f", "gpg-pubkey", "7fac5991-4615767f", None),
        ("old-2.0-7.1", "old", "2.0-7.1", (2, 0, 0, 0)),
        ("rsctools-9.1-1.noarch", "rsctools", "9.1-1", (9, 1, 0, 0)),
    ],
)
def test_a_line_is_split_from_its_right_end(line: str, name: str, level_text: str, level: object) -> None:
    (row,) = parse(Answer(("rpm", "-qa"), (line,))).rows
    assert (row.name, row.level_text, row.level, row.state) == (name, level_text, level, "")


def test_the_format_says_which_column_is_which() -> None:
    asked = ("rpm", "-qa", "--qf", r"%{VERSION}\t%{NAME}\n")
    (row,) = parse(Answer(asked, ("3.2.6.4\trsct.core",))).rows
    assert (row.name, row.level_text, row.level) == ("rsct.core", "3.2.6.4", (3, 2, 6, 4))


def test_columns_whose_tabs_became_blanks_are_read() -> None:
    (row,) = parse(Answer(("rpm", "-qa", "--qf", FORMAT), ("rsct.core   3.2.6.4 22081  ppc64le",))).rows
    assert (row.name, row.level_text) == ("rsct.core", "3.2.6.4-22081")


def test_the_exit_status_counts_the_packages_that_are_missing() -> None:
    missing = ("package rsct.basic is not installed", "package DynamicRM is not installed")
    asked = ("rpm", "-q", "rsct.core", "rsct.basic", "DynamicRM")
    record = parse(Answer(asked, (LINE, *missing), exit_status=2))
    assert (record.absent, record.absent_line, record.whole) == (("rsct.basic", "DynamicRM"), 2, True)
    with pytest.raises(Unreadable) as refused:
        parse(Answer(asked, (LINE, *missing), exit_status=1))
    assert refused.value.reason == "failed"


def test_no_match_of_a_pattern_is_an_answer_only_with_an_exit_status() -> None:
    record = parse(Answer(("rpm", "-qa", "rsct*"), ()))
    assert (record.covers, record.rows, record.whole) == (("rsct*",), (), True)
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("rpm", "-qa", "rsct*"), (), exit_status=None))
    assert refused.value.reason == "empty"


def test_a_name_without_row_or_text_leaves_the_answer_open() -> None:
    assert not parse(Answer(("rpm", "-q", "rsct.core", "src"), (LINE,), exit_status=None)).whole


MODEM, CONSOLE = "ModemManager-1.18.2-3.el9.ppc64le", "ConsoleKit-0.4.1-6.el6.ppc64"
BASH, ZLIB = "bash-5.1.8-6.el9.ppc64le", "zlib-1.2.11-40.el9.ppc64le"


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        ((BASH, MODEM, LINE, ZLIB), True),
        ((CONSOLE, BASH, LINE, ZLIB), True),
        ((BASH, LINE, ZLIB), False),
        ((LINE.replace("rsct.core", "DynamicRM"), BASH, LINE, ZLIB), False),
        ((BASH, LINE), False),
        ((BASH, ZLIB, LINE), False),
        ((ZLIB, BASH), False),
        ((LINE, ZLIB), False),
    ],
)
def test_a_copy_of_everything_is_whole_only_where_it_is_sorted_past_rsct(rows: tuple[str, ...], whole: bool) -> None:
    assert parse(Answer(("rpm", "-qa"), rows, exit_status=None)).whole is whole


def test_complaints_mean_that_rows_may_be_missing() -> None:
    assert parse(Answer(("rpm", "-qa"), (LINE,), ("warning: old key",))).whole
    assert not parse(Answer(("rpm", "-qa"), (LINE,), ("error: rpmdbNextIterator: skipping h# 107",))).whole


def test_the_last_row_of_a_cut_listing_counts_only_with_its_architecture() -> None:
    cut = parse(Answer(("rpm", "-qa"), (LINE, "python3-libs-3.6"), complete=False))
    assert ([row.name for row in cut.rows], cut.whole) == (["rsct.core"], False)
    whole_row = parse(Answer(("rpm", "-qa"), (LINE, "src-3.2.6.4-22081.ppc64le"), complete=False))
    assert [row.name for row in whole_row.rows] == ["rsct.core", "src"]


@pytest.mark.parametrize("line", ["rsct.core", "a sentence - with - hyphens", "-1-2"])
def test_a_line_of_no_known_form_is_refused(line: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("rpm", "-qa"), (LINE, line)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


SOS = """rpm --nodigest -qa --qf="%-59{NVRA} %{INSTALLTIME:date}\\n" | sort -V"""
DATED = f"{LINE}                             Tue 10 Mar 2026 07:15:33 AM CET"


def test_of_a_row_that_begins_with_the_whole_name_only_that_is_read() -> None:
    for words in (("-qa", "--last"), ("-qa", r"--qf=%-59{NVRA} %{INSTALLTIME:date}\n")):
        (row,) = parse(Answer(("rpm", *words), (DATED,))).rows
        assert (row.name, row.level_text) == ("rsct.core", "3.2.6.4-22081")


def test_a_list_that_went_through_sort_is_whole_by_what_is_in_it() -> None:
    argv = ("sh", "-c", SOS)
    assert asks(argv)
    assert not parse(Answer(argv, (DATED,))).whole
    assert parse(Answer(argv, (DATED, "bash-5.1.8-9.el9.ppc64le     Tue 10 Mar 2026"))).whole
    with pytest.raises(Unreadable) as raised:
        parse(Answer(argv, ()))
    assert raised.value.reason == "empty"


@pytest.mark.parametrize(
    "argv",
    [
        ("sh",),
        ("sh", "-c"),
        ("sh", "-c", "rpm -qa | grep rsct"),
        ("sh", "-c", "rpm -qa | sort | head"),
        ("sh", "-c", "rpm -qa; sort"),
        ("sh", "-c", "cat x | sort"),
        ("sh", "-c", "rpm -qa 'x | sort"),
        ("sh", "-x", "rpm -qa | sort"),
        ("sh", "-c", "rpm -qa"),
    ],
)
def test_what_else_a_shell_does_with_it_is_not_read(argv: tuple[str, ...]) -> None:
    assert not asks(argv)


@pytest.mark.parametrize(("text", "reason"), [("sh: rpm: not found", "command_absent"), ("error: db", "failed")])
def test_a_complaint_in_the_place_of_a_list(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as raised:
        parse(Answer(("sh", "-c", SOS), (text,)))
    assert raised.value.reason == reason


@pytest.mark.parametrize("words", [("--query", "--all"), ("-q", "-a"), ("--query", "rsct.core")])
def test_long_options_ask_the_same(words: tuple[str, ...]) -> None:
    assert asks(("rpm", *words))


def test_a_cell_that_is_empty_between_tabs_keeps_its_column() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("rpm", "-qa", "--qf", FORMAT), ("rsct.core\t\t22081\tppc64le",)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)


def test_what_is_missing_stands_between_what_is_there() -> None:
    asked = ("rpm", "-q", "rsct.basic", "rsct.core")
    record = parse(Answer(asked, ("", "package rsct.basic is not installed", "", LINE), exit_status=1))
    assert ([row.name for row in record.rows], record.absent, record.absent_line) == (
        ["rsct.core"],
        ("rsct.basic",),
        2,
    )
    errors = parse(Answer(asked, (LINE,), ("package rsct.basic is not installed",), 1))
    assert (errors.absent, errors.absent_line) == (("rsct.basic",), -1)


@pytest.mark.parametrize("line", ["package rsct.basic is not there", "see what rpm has installed"])
def test_five_other_words_are_no_missing_package(line: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("rpm", "-q", "rsct.core"), (LINE, line)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


def test_a_query_that_is_not_known_is_not_read() -> None:
    with pytest.raises(Unreadable, match="this query of rpm is not known") as refused:
        parse(Answer(("rpm", "-V", "rsct.core"), (LINE,)))
    assert refused.value.reason == "unparsable"
