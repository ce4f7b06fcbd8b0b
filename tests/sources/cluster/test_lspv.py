"""`lspv`: three or four words, and when the absence of a group is knowledge."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.cluster.lspv import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("lspv"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lspv", answer_of(sample)) == snapshot


ASKED = ("lspv",)
ROOT = "hdisk0          00f9c2d5a1b2c3d4                    rootvg          active      "
REPOSITORY = "hdisk1          00f9c2d5a1b2c3e5                    caavg_private   active"


def test_it_reads_the_listing_of_all_disks_alone() -> None:
    assert asks(("/usr/sbin/lspv",))
    assert not any(asks(("lspv", *words)) for words in (("hdisk0",), ("-l", "hdisk0"), ("-u",)))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (ROOT, ("hdisk0", "00f9c2d5a1b2c3d4", "rootvg", "active")),
        ("hdisk1 00f9c2d5a1b2c3e5 datavg ", ("hdisk1", "00f9c2d5a1b2c3e5", "datavg", "")),
        ("hdisk2 none None", ("hdisk2", "none", "None", "")),
        ("hdisk3 00f9c2d5a1b2c3f6 sharedvg concurrent", ("hdisk3", "00f9c2d5a1b2c3f6", "sharedvg", "concurrent")),
        ("hdisk4 00f9r2d5a1b2c3f6 x y", ("hdisk4", "00f9r2d5a1b2c3f6", "x", "y")),
    ],
)
def test_rows_are_kept_as_printed(row: str, expected: tuple[str, ...]) -> None:
    (found,) = parse(Answer(ASKED, (row,))).rows
    assert (found.name, found.pvid, found.group, found.state) == expected


@pytest.mark.parametrize(
    ("lines", "exit_status", "whole"),
    [((REPOSITORY,), None, False), ((REPOSITORY, ROOT), None, False), ((REPOSITORY,), 0, True)],
)
def test_a_copy_may_have_lost_its_end(lines: tuple[str, ...], exit_status: int | None, whole: bool) -> None:
    assert parse(Answer(ASKED, lines, exit_status=exit_status)).whole is whole


def test_a_cut_listing_keeps_its_whole_rows() -> None:
    record = parse(Answer(ASKED, (REPOSITORY, ROOT, "hdisk2 00f9"), complete=False))
    assert ([row.group for row in record.rows], record.whole) == (["caavg_private", "rootvg"], False)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(ASKED, ()), "empty"),
        (Answer(ASKED, ("NAME             PVID    VG    STATUS",)), "empty"),
        (Answer(ASKED, (ROOT, "Unable to open ODM")), "unparsable"),
        (Answer(ASKED, ("hdisk2 00f9", ROOT), complete=False), "unparsable"),
        (Answer(ASKED, (ROOT,), ("0516-024 lspv: ODM error.",), 1), "failed"),
    ],
)
def test_what_is_no_answer(answer: Answer, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(answer)
    assert refused.value.reason == reason


def test_corpus_filtered_copy_proves_presence_alone() -> None:
    record = parse(capture("aix-hacmp71-caavg", "lspv-grep-caavg.txt", *ASKED))
    assert [(row.name, row.pvid, row.group, row.state) for row in record.rows] == [
        ("hdiskpower426", "000000000r508909", "caavg_private", "active")
    ]
    assert not record.whole
