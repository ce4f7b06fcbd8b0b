"""`lsrpdomain`: columns by the header, and no domain as an answer."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.lsrpdomain import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("lsrpdomain"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lsrpdomain", answer_of(sample)) == snapshot


ASKED = ("lsrpdomain",)
HEADER = "Name     OpState        RSCTActiveVersion MixedVersions TSPort GSPort "
ROW = "alphadom Pending online 3.2.6.4           No            12347  12348  "


def states(*lines: str) -> list[tuple[str, str, str, str]]:
    rows = parse(Answer(ASKED, lines, exit_status=None)).rows
    return [(row.name, row.state, row.active_version, row.mixed) for row in rows]


def test_it_reads_the_listing_of_all_domains_alone() -> None:
    assert asks(("/usr/sbin/rsct/bin/lsrpdomain",))
    assert not any(asks(("lsrpdomain", word)) for word in ("-o", "-O", "-x", "-l", "alphadom"))


@pytest.mark.parametrize(
    "lines",
    [
        (HEADER, ROW),
        ("", HEADER, "", ROW.rstrip()),
        (" ".join(HEADER.split()), " ".join(ROW.split())),
        (HEADER, "  ".join(ROW.split())),
        (ROW,),
    ],
)
def test_a_state_may_hold_a_blank(lines: tuple[str, ...]) -> None:
    assert states(*lines) == [("alphadom", "Pending online", "3.2.6.4", "No")]


def test_every_domain_has_its_line() -> None:
    record = parse(Answer(ASKED, (HEADER, ROW, ROW.replace("Pending online", "Offline       "))))
    assert [(row.state, row.line) for row in record.rows] == [("Pending online", 2), ("Offline", 3)]


@pytest.mark.parametrize("answer", [Answer(ASKED, ()), Answer(ASKED, (HEADER,)), Answer(ASKED, (HEADER,), (), None)])
def test_no_domain_is_an_answer(answer: Answer) -> None:
    assert parse(answer).rows == ()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(ASKED, (), ("Could not load program lsrpdomain.",)), "failed"),
        (Answer(ASKED, (), ("2612-022 A session could not be established.",)), "failed"),
        (Answer(ASKED, (), (), 1), "failed"),
        (Answer(ASKED, ("2610-418 Permission is denied.",), (), None), "denied"),
        (Answer(ASKED, ("ksh: lsrpdomain:  not found.",), (), None), "command_absent"),
        (Answer(ASKED, (HEADER, "alphadom Pending on")), "unparsable"),
        (Answer(ASKED, (HEADER, "alphadom")), "unparsable"),
        (Answer(ASKED, (HEADER, "there is no peer domain on this node")), "unparsable"),
    ],
)
def test_what_is_no_answer(answer: Answer, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(answer)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("lsrpdomain-online.txt", "Online"),
        ("lsrpdomain-offline.txt", "Offline"),
        ("lsrpdomain-pending.txt", "Pending online"),
    ],
)
def test_corpus_three_states(name: str, state: str) -> None:
    (row,) = parse(capture("linux-x86-rhel7-tsamp", name, *ASKED)).rows
    assert (row.name, row.state, row.active_version, row.mixed, row.line) == (
        "TSA_Domain",
        state,
        "3.2.3.2",
        "No",
        2,
    )


def test_corpus_mixed_versions() -> None:
    (row,) = parse(capture("aix-samp-3node-testdb", "lsrpdomain.txt", *ASKED)).rows
    assert (row.name, row.state, row.active_version, row.mixed) == ("testdb_clu", "Online", "3.1.4.0", "Yes")
