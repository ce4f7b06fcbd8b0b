"""The log of IBM.MgmtDomainRM: message identifiers and numbers, also where a line is cut."""

import re
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct import mgmtdomainrm_log
from rmccomply.sources.rsct.mgmtdomainrm_log import asks, parse
from rmccomply.sources.shared.answer import Answer
from tests.facts.samples import answer_of, capture, read, samples

FILE = "/var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default"
TAIL = ("/usr/bin/tail", "-n", "200", FILE)
START = "Mon Nov  2 08:15:20 UTC 2026(120034) ../MCP_cfg.c/01913/1.30"


@pytest.mark.parametrize("sample", samples("mgmtdomainrm_log"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("mgmtdomainrm_log", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    ("argv", "read_here"),
    [
        ((FILE,), True),
        (TAIL, True),
        (("tail", "-50", "/var/ct/3406259031/log/mc/IBM.MgmtDomainRM.default"), True),
        (("tail", "-n50", FILE), True),
        (("tail",), False),
        (("tail", "-n", "many", FILE), False),
        (("tail", "-f", FILE), False),
        (("tail", "-n", "200", "/var/log/drmgr"), False),
        (("tail", "-n", "200", "/var/ct/IW/log/mc/IBM.DRM/trace"), False),
    ],
)
def test_requests(argv: tuple[str, ...], read_here: bool) -> None:
    assert asks(argv) is read_here


@pytest.mark.parametrize(
    ("text", "message", "number", "causes"),
    [
        ("2613-024 The mc_timed_start_session function returned 52.", "2613-024", 52, ()),
        ("2613-023 The data is invalid. The error number is 2.", "2613-023", 2, ()),
        ("2613-008 response: 108 2613-034 Error number 108 was returned when", "2613-008", 108, ("2613-034",)),
        ("2613-027 detected in RTAS slot number 4 due to prior error 2613-021", "2613-027", None, ("2613-021",)),
        ("2613-016 PKE timed out with 192.0.2.10.", "2613-016", None, ()),
    ],
)
def test_numbers_and_causes(text: str, message: str, number: int | None, causes: tuple[str, ...]) -> None:
    (entry,) = parse(Answer((FILE,), (f"{START} {text}",))).entries
    assert (entry.message, entry.number, entry.causes, entry.partial) == (message, number, causes, False)
    assert (entry.time, entry.place) == ("Mon Nov  2 08:15:20 UTC 2026(120034)", "../MCP_cfg.c/01913/1.30")
    assert entry.text == text.partition(" ")[2]


def test_lines_without_a_time_belong_to_the_entry_before() -> None:
    lines = (
        f"{START} 2613-024 returned 52.",
        "2610-652 The time limit has been exceeded.",
        "more",
        f"{START} 2613-016 x",
    )
    found = parse(Answer((FILE,), lines)).entries
    assert [(entry.message, entry.causes, entry.line) for entry in found] == [
        ("2613-024", ("2610-652",), 1),
        ("2613-016", (), 4),
    ]


@pytest.mark.parametrize("cut", [1, 20, 40])
def test_the_rest_of_a_line_at_the_start_is_an_entry_in_part(cut: int) -> None:
    first, second = parse(Answer(TAIL, (f"{START} 2613-016 x"[cut:], f"{START} 2613-023 y"))).entries
    assert (first.message, first.partial, second.partial) == ("2613-016", True, False)


def test_the_last_number_of_a_cut_answer_is_not_told() -> None:
    lines = (f"{START} 2613-024 returned 52.", f"{START} 2613-024 returned 5")
    record = parse(Answer((FILE,), lines, complete=False))
    assert [(entry.number, entry.partial) for entry in record.entries] == [(52, False), (None, True)]
    assert not record.whole


def test_counts_by_identifier() -> None:
    lines = (f"{START} 2613-023 a", f"{START} 2613-016 b", f"{START} 2613-023 c")
    counts = parse(Answer((FILE,), lines)).counts
    assert [(one.message, one.count, one.last_line) for one in counts] == [("2613-016", 1, 2), ("2613-023", 2, 3)]


@pytest.mark.parametrize(
    ("argv", "exit_status", "whole"), [((FILE,), 0, True), ((FILE,), None, False), (TAIL, 0, False)]
)
def test_a_tail_is_never_whole(argv: tuple[str, ...], exit_status: int | None, whole: bool) -> None:
    assert parse(Answer(argv, (f"{START} 2613-023 a",), exit_status=exit_status)).whole is whole


def test_corpus_errors_of_the_key_exchange() -> None:
    record = parse(capture("seed003-aix4admins", "mgmtdomainrm-log-aix71tl2sp3.txt", FILE))
    assert [(one.message, one.count, one.last_line) for one in record.counts] == [
        ("2613-008", 2, 14),
        ("2613-016", 2, 7),
        ("2613-024", 6, 17),
        ("2613-027", 2, 8),
    ]
    first, refused = record.entries[0], record.entries[8]
    assert (first.time, first.number, first.causes) == ("Wed Apr 9 08:45:45 EDT 2014(676210)", 52, ("2610-652",))
    assert (refused.message, refused.number, refused.causes, refused.line) == ("2613-008", 108, ("2613-034",), 13)
    assert [entry.partial for entry in record.entries] == [False] * 12


def test_corpus_first_line_that_is_cut() -> None:
    record = parse(capture("seed003-aix4admins", "mgmtdomainrm-log-joachim.txt", FILE))
    assert [(one.message, one.count) for one in record.counts] == [("2613-021", 2), ("2613-023", 8), ("2613-027", 3)]
    assert [entry.partial for entry in record.entries] == [True] + [False] * 12
    assert (record.entries[0].message, record.entries[0].causes) == ("2613-027", ("2613-021",))
    assert (record.entries[1].number, record.entries[5].causes) == (2, ("2610-415",))


@pytest.mark.parametrize("exit_status", [0, None])
@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize(
    "rest",
    [
        "2613-024 MDC could not start a session with 192.0.2.10. The function returned 52.",
        "2613-016 Error number is 7.",
        "2613-023 MDC  could not.",
        "2613-023 MDC\u2003could not.",
        "2613-021 due to prior error 2610-415",
        "2613-021",
        "2613-024. it returned 1",
    ],
)
def test_an_entry_of_the_usual_form_is_read_as_any_other(
    rest: str, complete: bool, exit_status: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Answer(TAIL, (f"{START} {rest}", f"{START} 2613-008 It returned 3 or 4."), (), exit_status, complete)
    usual = parse(answer)
    monkeypatch.setattr(mgmtdomainrm_log, "_USUAL", re.compile("(?!)"))
    assert parse(answer) == usual
    assert usual.entries[0].message == rest[:8]
