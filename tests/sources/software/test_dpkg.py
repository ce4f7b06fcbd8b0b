"""`dpkg-query` and `dpkg -l`: what is known and not installed, and tables that are cut."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.dpkg import asks, parse
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("dpkg"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("dpkg", answer_of(sample)) == snapshot


STATUS = "-f=${Package}\\t${Version}\\t${db:Status-Abbrev}\\n"
RULER = "+++-==============-=============-============-================================="


def query(*lines: str, words: tuple[str, ...] = ("-W",), exit_status: int | None = 0, complete: bool = True) -> Answer:
    return Answer(("dpkg-query", *words), lines, exit_status=exit_status, complete=complete)


@pytest.mark.parametrize(
    ("argv", "asked"),
    [
        (("dpkg-query", "-W"), True),
        (("/usr/bin/dpkg-query", "--show", "rsct*"), True),
        (("dpkg-query", "-W", "-f", "${Package}\\t${Version}\\n"), True),
        (("dpkg-query", "-W", "-f${Package} ${Version}\\n"), True),
        (("dpkg-query", "-W", "--showformat=${binary:Package}\\t${Version}\\t${Status}\\n"), True),
        (("dpkg", "-l"), True),
        (("dpkg", "--list", "rsct*"), True),
        (("dpkg", "query", "-W"), True),
        (("dpkg-query", "-W", "-f", "${Package}\\n"), False),
        (("dpkg-query", "-W", "-f", "${Package} ${Version} ${Status}\\n"), False),
        (("dpkg-query", "-W", "-f", "${Package}\\t${Version}"), False),
        (("dpkg-query", "-W", "-f", "${Package}-${Version}\\n"), False),
        (("dpkg-query", "-L", "rsct.core"), False),
        (("dpkg-query", "--admindir=/mnt", "-W"), True),
        (("dpkg",), False),
        (("dpkg", "-s", "rsct.core"), False),
    ],
)
def test_lists_of_packages_with_versions_are_asked(argv: tuple[str, ...], asked: bool) -> None:
    assert asks(argv) is asked


@pytest.mark.parametrize(
    ("version", "level"),
    [
        ("3.2.6.4-22081", (3, 2, 6, 4)),
        ("1:3.2.6.4-22081", (3, 2, 6, 4)),
        ("3.2.6.4", (3, 2, 6, 4)),
        ("2.0.7.3-21-1ubuntu1", None),
        ("3.2.6.4~rc1-1", None),
    ],
)
def test_the_level_stands_before_the_last_hyphen(version: str, level: tuple[int, ...] | None) -> None:
    assert [(row.level_text, row.level) for row in parse(query(f"rsct.core\t{version}")).rows] == [(version, level)]


@pytest.mark.parametrize(
    ("letters", "states", "absent"),
    [
        ("ii ", [""], ()),
        ("hi ", [""], ()),
        ("rc ", [], ("rsct.core",)),
        ("un ", [], ("rsct.core",)),
        ("iF ", ["iF"], ()),
        ("iU ", ["iU"], ()),
        ("iiR", ["iiR"], ()),
    ],
)
def test_a_package_that_is_known_is_not_yet_installed(letters: str, states: list[str], absent: tuple[str, ...]) -> None:
    record = parse(query(f"rsct.core\t3.2.6.4-22081\t{letters}", words=("-W", STATUS)))
    assert ([row.state for row in record.rows], record.absent) == (states, absent)


def test_a_table_proves_only_the_absence_that_it_lists() -> None:
    row = "ii  rsct.core      3.2.6.4-22081 ppc64el      RSCT Core Software"
    gone = "rc  rsct.basic     3.2.6.4-22081 ppc64el      RSCT Basic Function"
    assert not parse(query(RULER, row, gone, words=("-l",))).whole
    assert not parse(query(RULER, row, words=("-l", "rsct*"))).whole
    record = parse(query(RULER, row, gone, words=("-l", "rsct.core", "rsct.basic")))
    assert (record.absent, record.absent_line, record.whole) == (("rsct.basic",), 3, True)


def test_a_version_that_fills_its_column_may_be_cut() -> None:
    narrow = "+++-==============-======-============-=================="
    row = "ii  rsct.core      {} ppc64el      RSCT Core"
    assert parse(query(narrow, row.format("3.2.6."), words=("-l",))).rows[0].level is None
    assert parse(query(narrow, row.format("3.2.6"), words=("-l",))).rows[0].level == (3, 2, 6, 0)
    assert parse(query(row.format("3.2.6"), words=("-l",))).rows[0].level is None
    assert parse(query(narrow, row.format("3.2.6.4-22"), words=("-l",))).rows[0].level == (3, 2, 6, 4)


def test_a_copy_of_everything_is_whole_where_it_came_past_rsct() -> None:
    rows = ("base-files\t12", "rsct.core\t3.2.6.4-22081", "zlib1g\t1.3")
    assert parse(query(*rows, exit_status=None)).whole
    assert not parse(query(*rows[:2], exit_status=None)).whole
    assert not parse(query("rsct.core\t3.2.6.4-22081", exit_status=None)).whole
    assert not parse(query("base-files\t12", "src\t3.2.6.4-1", exit_status=0, complete=False)).whole


def test_not_known_is_an_answer_and_another_error_is_none() -> None:
    said = "dpkg-query: no packages found matching rsct.basic"
    record = parse(Answer(("dpkg-query", "-W", "rsct.basic"), (), (said,), 1))
    assert (record.absent, record.absent_line, record.whole) == (("rsct.basic",), -1, True)
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("dpkg-query", "-W", "rsct.basic"), (), ("dpkg-query: error: no database",), 2))
    assert refused.value.reason == "failed"


def test_names_of_the_real_packages() -> None:
    answer = capture("ubuntu-ppc64el-rsct-debs", "deb-names.txt", "dpkg-query", "-W")
    lines = tuple("\t".join(line.removesuffix("_ppc64el.deb").split("_")) for line in answer.lines)
    levels = {row.name: row.level for row in parse(Answer(answer.argv, lines)).rows if row.level}
    assert levels == {
        "src": (3, 2, 0, 6),
        "rsct.core.utils": (3, 2, 0, 6),
        "rsct.core": (3, 2, 0, 6),
        "rsct.basic": (3, 2, 0, 6),
        "devices.chrp.base.servicerm": (2, 5, 0, 1),
        "dynamicrm": (2, 0, 1, 0),
    }


def test_a_pager_changes_nothing() -> None:
    assert asks(("dpkg", "--no-pager", "-l"))
    assert not asks(("dpkg", "--pager", "-l"))


@pytest.mark.parametrize("exit_status", [2, 3])
def test_only_status_1_means_that_nothing_was_found(exit_status: int) -> None:
    said = "dpkg-query: no packages found matching rsct.basic"
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("dpkg-query", "-W", "rsct.basic"), (), (said,), exit_status))
    assert refused.value.reason == "failed"


@pytest.mark.parametrize("line", ["dpkg-query: error: no database", "dpkg: error: no database"])
def test_an_error_among_the_rows_is_no_row(line: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(query("rsct.core\t3.2.6.4-22081", line))
    assert (refused.value.reason, refused.value.line) == ("failed", 2)


@pytest.mark.parametrize(
    ("row", "absent"),
    [
        ("un  rsct.core <none> <none> (no description available)", ("rsct.core",)),
        ("un  rsct.core <none>", ("rsct.core",)),
    ],
)
def test_a_package_without_a_version_is_not_installed(row: str, absent: tuple[str, ...]) -> None:
    record = parse(query(RULER, row, words=("-l", "rsct.core")))
    assert (record.rows, record.absent) == ((), absent)


@pytest.mark.parametrize(
    "row", ["ii  rsct.core", "ix  rsct.core 1-1 ppc64el", "xi  rsct.core 1-1 ppc64el", "iiRR a 1-1"]
)
def test_a_row_of_a_table_has_letters_a_name_and_a_version(row: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(query(RULER, row, words=("-l",)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


@pytest.mark.parametrize(("word", "present"), [("installed", True), ("config-files", False), ("not-installed", False)])
def test_a_status_in_words_of_its_own_column(word: str, present: bool) -> None:
    asked = ("-W", "-f", "${Package}\\t${Version}\\t${db:Status-Status}\\n")
    record = parse(query(f"rsct.core\t3.2.6.4-22081\t{word}", words=asked))
    assert (len(record.rows), record.absent) == ((1, ()) if present else (0, ("rsct.core",)))


def test_a_query_that_is_not_known_is_not_read() -> None:
    with pytest.raises(Unreadable, match="this query of dpkg is not known") as refused:
        parse(query("rsct.core", words=("-L", "rsct.core")))
    assert refused.value.reason == "unparsable"
