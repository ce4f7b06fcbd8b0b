"""`lslpp`: three layouts, not-installed as an answer, and rows that are cut."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.lslpp import asks, parse
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("lslpp"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lslpp", answer_of(sample)) == snapshot


HEADER = "#Package Name:Fileset:Level:State:PTF Id:Fix State:Type:Description:Destination Dir.:Uninstaller"
RMC = "rsct.core:rsct.core.rmc:3.2.6.4: : :C:F:RSCT Resource Monitoring and Control: : : : : : :0:0:/:2211"
NOT_INSTALLED = "lslpp: Fileset rsct.* not installed."


@pytest.mark.parametrize("options", ["-Lc", "-Lcq", "-cl", "-lc", "-qLc", "-cL"])
def test_it_reads_colon_separated_listings(options: str) -> None:
    assert asks(("/usr/bin/lslpp", options, "rsct.*"))


@pytest.mark.parametrize("words", [("-L",), ("-l", "rsct.*"), ("-hc",), ("-Lcp",), ("-fc", "a"), (), ("c",)])
def test_it_reads_no_other_listing(words: tuple[str, ...]) -> None:
    assert not asks(("lslpp", *words))


def test_a_row_with_its_repository_and_one_without_say_the_same() -> None:
    repository = "/usr/lib/objrepos:rsct.core.rmc:3.2.6.4::COMMITTED:F:RSCT Resource Monitoring and Control:EFIXLOCKED"
    rows = parse(Answer(("lslpp", "-Lc", "rsct.*"), (RMC, repository))).rows
    assert [(row.name, row.level, row.state) for row in rows] == [("rsct.core.rmc", (3, 2, 6, 4), "C")] * 2
    assert [row.line for row in rows] == [1, 2]


def test_an_rpm_row_has_the_name_of_its_package() -> None:
    line = "jq:jq-1.6-3:1.6-3: : :C:R:A JSON processor.: :/bin/rpm -e jq: : : : :0: :(none):Mon Jan  9 08:15:02 2023"
    (row,) = parse(Answer(("lslpp", "-Lcq", "jq*"), (line,))).rows
    assert (row.name, row.level_text, row.level) == ("jq", "1.6-3", (1, 6, 0, 0))


@pytest.mark.parametrize("text", [NOT_INSTALLED, "lslpp: 0504-132  Fileset rsct.* not installed."])
def test_not_installed_is_an_answer_on_either_stream(text: str) -> None:
    errors = parse(Answer(("lslpp", "-Lcq", "rsct.*"), (), (text,), 1))
    merged = parse(Answer(("lslpp", "-Lcq", "rsct.*"), (text,), exit_status=None))
    assert (errors.absent, errors.absent_line, errors.whole) == (("rsct.*",), -1, True)
    assert (merged.absent, merged.absent_line, merged.whole) == (("rsct.*",), 1, True)


def test_exit_status_1_without_that_text_is_no_answer() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("lslpp", "-Lcq", "rsct.*"), (RMC,), (), 1))
    assert refused.value.reason == "failed"


def test_another_message_beside_it_makes_it_a_failure() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("lslpp", "-Lcq", "rsct.*"), (), (NOT_INSTALLED, "lslpp: 0504-099 No repository."), 1))
    assert refused.value.reason == "failed"


def test_a_pattern_without_row_or_text_leaves_the_listing_open() -> None:
    asked = ("lslpp", "-Lcq", "rsct.*", "csm.*")
    assert not parse(Answer(asked, (RMC,))).whole
    assert parse(Answer(asked, (RMC,), ("lslpp: Fileset csm.* not installed.",), 1)).whole


def test_a_level_that_is_cut_is_no_level() -> None:
    cut = "rsct.core:rsct.core.rmc:3.2"
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("lslpp", "-Lcq", "rsct.*"), (cut, RMC), complete=False))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)
    record = parse(Answer(("lslpp", "-Lcq", "rsct.*"), (RMC, cut), complete=False))
    assert ([row.level_text for row in record.rows], record.whole) == (["3.2.6.4"], False)


def test_a_level_that_is_none_is_kept_raw_and_the_other_rows_stand() -> None:
    rows = parse(Answer(("lslpp", "-Lcq", "rsct.*"), (RMC.replace("3.2.6.4", "3.2.6.x"), RMC))).rows
    assert [(row.level_text, row.level) for row in rows] == [("3.2.6.x", None), ("3.2.6.4", (3, 2, 6, 4))]


def test_a_row_without_a_state_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("lslpp", "-Lcq", "rsct.*"), (RMC.replace(":C:F:", ": :F:"),)))
    assert refused.value.reason == "unparsable"


@pytest.mark.parametrize("lines", [(), ("",), (HEADER,)])
def test_a_listing_of_nothing_is_no_answer(lines: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("lslpp", "-Lc", "rsct.*"), lines))
    assert refused.value.reason == "empty"


@pytest.mark.parametrize(
    ("exit_status", "names", "whole"),
    [
        (None, ("X11.base", "bos.rte"), False),
        (None, ("bos.rte", "rsct.core.rmc", "xlC.rte"), True),
        (None, ("rsct.core.rmc", "xlC.rte"), False),
        (None, ("xlC.rte", "bos.rte"), False),
        (0, ("a",), True),
    ],
)
def test_a_copy_of_everything_is_whole_where_it_came_past_rsct(
    exit_status: int | None, names: tuple[str, ...], whole: bool
) -> None:
    rows = tuple(RMC.replace("rsct.core.rmc", name) for name in names)
    record = parse(Answer(("lslpp", "-Lc"), rows, exit_status=exit_status))
    assert (record.covers, record.whole) == (("*",), whole)


def test_corpus_mixed_levels() -> None:
    record = parse(capture("aix72-salt-lslpp", "lslpp-Lc.txt", "lslpp", "-Lc"))
    rows = {row.name: row for row in record.rows}
    assert (rows["rsct.core.rmc"].level, rows["rsct.core.rmc"].line) == ((3, 2, 5, 2), 10)
    assert rows["rsct.core.sec"].level == (3, 2, 5, 0)
    assert (rows["cloud-init"].level, rows["cloud-init"].state) == ((0, 7, 5, 0), "C")
    assert (len(record.rows), record.whole) == (16, False)


def test_corpus_subset_without_header() -> None:
    record = parse(capture("aix71-ohai", "lslpp-Lcq.txt", "lslpp", "-Lcq"))
    rows = {row.name: row for row in record.rows}
    assert rows["devices.chrp.base.ServiceRM"].level == (1, 5, 1, 0)
    assert (rows["wget"].level_text, len(record.rows), record.whole) == ("1.9.1-3", 50, False)


def test_corpus_rows_with_their_repository() -> None:
    record = parse(capture("aix72-minimal-mondoo", "lslpp-cl.txt", "lslpp", "-cl"))
    last = record.rows[-1]
    assert (last.name, last.level, last.state, last.line) == ("bos.sysmgt.nim.client", (7, 3, 3, 0), "C", 18)
    assert ({row.state for row in record.rows}, record.whole) == ({"C"}, False)
