"""`rmcdomainstatus`: sections, suffixes, and silence as an answer."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.rmcdomainstatus import DomainStatus, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("rmcdomainstatus"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("rmcdomainstatus", answer_of(sample)) == snapshot


ASKED = ("rmcdomainstatus", "-s", "ctrmc")
POINTS = "Management Domain Status: Management Control Points"
ROW = "  I A  0x1c9e03b7d25f6a48  0001  192.0.2.10"


def read_lines(*lines: str, exit_status: int | None = 0, complete: bool = True) -> DomainStatus:
    return parse(Answer(ASKED, lines, exit_status=exit_status, complete=complete))


@pytest.mark.parametrize("words", [(), ("-a", "ip"), ("-a", "IP")])
def test_it_reads_names_and_addresses(words: tuple[str, ...]) -> None:
    assert asks((*ASKED, *words))
    assert parse(Answer((*ASKED, *words), (POINTS, ROW))).addresses is bool(words)


@pytest.mark.parametrize("words", [(), ("-s", "IBM.DRM"), ("-s", "ctrmc", "-a"), ("-s", "ctrmc", "-a", "name")])
def test_it_reads_no_other_status(words: tuple[str, ...]) -> None:
    assert not asks(("rmcdomainstatus", *words))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (ROW, ("I", "A", "1c9e03b7d25f6a48", "0001", "192.0.2.10", "")),
        ("I A 0x1C9E03B7D25F6A48 0001 hmc1", ("I", "A", "1c9e03b7d25f6a48", "0001", "hmc1", "")),
        ("  O a  0x1c9e03b7d25f6a48 000a  beta !/+", ("O", "a", "1c9e03b7d25f6a48", "000a", "beta", "!/+")),
        ("  I A  0x1c9e03b7d25f6a48  0003  b  dom/+ (1)", ("I", "A", "1c9e03b7d25f6a48", "0003", "b", "dom/+ (1)")),
        ("  I A  0x1c9e03b7d25f6a48  0003  b  dom/+(2)", ("I", "A", "1c9e03b7d25f6a48", "0003", "b", "dom/+(2)")),
        ("  ? !  0x1c9e03b7d25f6a48  0003  b", ("?", "!", "1c9e03b7d25f6a48", "0003", "b", "")),
        ("  I A  0x1c9e03b7d25f6g48  0003  b", ("I", "A", None, "0003", "b", "")),
        ("  I A  0x1c9e03b7d25f648  0003  b", ("I", "A", None, "0003", "b", "")),
    ],
)
def test_rows_are_kept_as_printed(row: str, expected: tuple[object, ...]) -> None:
    (found,) = read_lines("", POINTS, "", row).rows
    assert (found.state, found.queue, found.node_id, found.number, found.name, found.suffix) == expected
    assert (found.section, found.line) == ("control_points", 4)


def test_silence_is_an_answer_only_where_nothing_complains() -> None:
    record = read_lines()
    assert (record.sections, record.rows, record.whole) == ((), (), True)
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ASKED, (), ("Could not load program rmcdomainstatus.",)))
    assert (refused.value.reason, refused.value.line) == ("failed", -1)


@pytest.mark.parametrize("exit_status", [0, 1, None])
def test_a_message_is_no_answer_whatever_the_exit_status(exit_status: int | None) -> None:
    text = "2612-022 A session could not be established with the RMC daemon."
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ASKED, (text,), exit_status=exit_status))
    assert refused.value.reason == "failed"


def test_a_section_without_rows_proves_no_absence() -> None:
    record = read_lines("Peer Domain Status", ROW, POINTS)
    assert (record.sections, len(record.rows), record.whole) == (("peer", "control_points"), 1, False)


def test_a_cut_answer_keeps_its_whole_rows() -> None:
    record = read_lines(POINTS, ROW, "  O A  0x1c9e03", complete=False)
    assert ([row.state for row in record.rows], record.whole) == (["I"], False)


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ((ROW,), 1),
        ((POINTS, "  I A  1c9e03b7d25f6a48  0001  192.0.2.10"), 2),
        ((POINTS, "  I A  0x1c9e03b7d25f6a48  0001", ROW), 2),
        (("Management Domain Status: Something New", ROW), 1),
    ],
)
def test_a_line_of_no_known_form_is_refused(lines: tuple[str, ...], line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        read_lines(*lines)
    assert (refused.value.reason, refused.value.line) == ("unparsable", line)


def test_corpus_peer_domain_and_control_point() -> None:
    record = parse(capture("aix-samp-3node-testdb", "rmcdomainstatus-s-ctrmc.txt", *ASKED))
    assert [(row.section, row.state, row.node_id, row.number, row.name, row.line) for row in record.rows] == [
        ("peer", "I", "d34ca9a5ea1e37c6", "0001", "TESTDB1", 3),
        ("peer", "I", "849959f09d9ceec6", "0003", "TESTDB3", 4),
        ("peer", "S", "e8a76231700ca2eb", "0002", "TESTDB2", 5),
        ("control_points", "I", "12b6b4fd1cebb73f", "0001", "10.126.37.29", 8),
    ]
    assert (record.sections, record.whole, record.seamless) == (("peer", "control_points"), False, True)


def test_corpus_copies_that_lost_their_blanks() -> None:
    ivm = parse(capture("ibm-rsct32-hmc-status", "rmcdomainstatus-ivm.txt", *ASKED))
    assert [(row.section, row.state, row.queue, row.name) for row in ivm.rows] == [
        ("managed_nodes", "O", "a", "9.2.5.241"),
        ("managed_nodes", "I", "a", "9.2.5.33"),
        ("managed_nodes", "S", "S", "9.2.5.65"),
    ]
    point = parse(capture("seed003-aix4admins", "rmcdomainstatus-s-ctrmc-lpar.txt", *ASKED))
    assert [(row.node_id, row.name) for row in point.rows] == [("ef889c809d9617c7", "9.57.24.139")]


def test_corpus_copy_with_blank_lines() -> None:
    record = parse(capture("ubuntu2404-ppc64el-brazil", "rmcdomainstatus-s-ctrmc.txt", *ASKED))
    assert [(row.section, row.state, row.name, row.line) for row in record.rows] == [
        ("control_points", "I", "172.20.10.1", 3)
    ]


def test_corpus_managed_node() -> None:
    record = parse(capture("ibm-rsct32-hmc-status", "rmcdomainstatus-managed-node.txt", *ASKED))
    assert [(row.state, row.queue, row.name) for row in record.rows] == [("I", "A", "9.57.24.139")]


PEERS = "Peer Domain Status"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ([PEERS, ROW, ROW], True),
        ([PEERS, ROW, "", ROW], False),
        ([PEERS, ROW, "", ROW, ROW], False),
        ([PEERS, "", ROW, ROW], True),
        ([PEERS, ROW, ROW, "", ROW], False),
        ([PEERS, ROW, "", POINTS, ROW], True),
        ([POINTS, ROW, "", ROW], True),
    ],
)
def test_a_gap_between_peers_may_have_lost_the_header_of_the_control_points(text: list[str], whole: bool) -> None:
    assert read_lines(*text).whole is whole


@pytest.mark.parametrize("words", [("-a", "ip", "-s", "ctrmc"), ("-a", "IP", "-s", "ctrmc")])
def test_the_options_may_stand_in_the_other_order(words: tuple[str, ...]) -> None:
    assert asks(("rmcdomainstatus", *words))
    assert not asks(("rmcdomainstatus", *words[:3], "IBM.DRM"))


def test_comments_and_capital_prefixes_are_read() -> None:
    record = read_lines("# of a blog", POINTS, ROW.replace("0x", "0X"))
    assert [row.node_id for row in record.rows] == ["1c9e03b7d25f6a48"]
