"""Text: the order of what is shown, the words for the exit status, and evidence that cannot drive a terminal."""

import re
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.evidence.model import Notification, Reference
from rmccomply.formats import Format, text
from rmccomply.report import Assessed, Style, TargetCard
from rmccomply.terminal import cut, fitted, visible, width_of
from tests.formats import awkward
from tests.formats.awkward import closing, judged, write

FITS: Format[text.TextFragment] = text
"""The type checker sees that the module is a format."""

SGR = re.compile(r"\x1b\[[0-9;]+m")
CARD = TargetCard("host", "aix", None, None, None, ())


def opened(**style: Any) -> Style:
    """Text with every open finding, or as it is said."""
    return Style(**{"show": "open", **style})


def page(*items: Assessed, status: int = 0, **style: object) -> str:
    return write("text", opened(**style), items, closing(items, status))


def lines_of(text: str) -> list[str]:
    return text.split("\n")


@pytest.mark.parametrize(
    "style",
    [opened(width=100), opened(width=80, show="all"), opened(color=True, width=100)],
    ids=["piped", "all", "color"],
)
def test_the_whole_report(style: Style, snapshot: SnapshotAssertion) -> None:
    text = write("text", style)
    assert text.encode() == snapshot(extension_class=awkward.snapshots_as("txt"))


def test_colour_adds_nothing_but_colour() -> None:
    colored = write("text", opened(color=True, width=80))
    assert SGR.search(colored)
    assert SGR.sub("", colored) == write("text", opened(width=80))


@pytest.mark.parametrize("style", [opened(), opened(color=True, show="all")], ids=["plain", "color"])
def test_nothing_in_evidence_drives_a_terminal(style: Style) -> None:
    text = SGR.sub("", write("text", style))
    assert {unicodedata.category(char) for char in text if char != "\n"}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain — ñ 日本", "plain — ñ 日本"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\x00b\x7fc\x9bd", "a\\x00b\\x7fc\\x9bd"),
        ("a\tb", "a       b"),
        ("\u202e\u2066\u2069\u200e\u200f\u061c", "\\u202e\\u2066\\u2069\\u200e\\u200f\\u061c"),
        ("\udc80\u2028\ufeff", "\\udc80\\u2028\\ufeff"),
        ("\U000e0041", "\\U000e0041"),
        ("a\u3164\u115f\u034f\u17b5b", "a\\u3164\\u115f\\u034f\\u17b5b"),
        ("\u2800\ufe0f\U000e0100", "\\u2800\\ufe0f\\U000e0100"),
        ("a\r\nb", "a\\x0d\\x0ab"),
        ("a\xa0b", "a\\xa0b"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
    ],
)
def test_cut_counts_columns(text: str, width: int, expected: str) -> None:
    assert cut(text, width) == expected
    assert width_of(cut(text, width)) <= width


@pytest.mark.parametrize("width", [60, 80, 120])
def test_evidence_keeps_to_the_width(width: int) -> None:
    text = write("text", opened(width=width, show="all"))
    assert max(width_of(line) for line in lines_of(text) if "│" in line or "─" in line) <= width


@pytest.mark.parametrize("width", [60, 77, 80, 120])
def test_the_summary_keeps_to_the_width(width: int) -> None:
    head, *rows = write("text", opened(width=width)).partition("Summary")[2].split("\n\n")[0].split("\n")
    assert {len(row) for row in rows} == {len(f"Summary{head}")}
    assert len(rows[0]) <= width
    assert head.split() == ["critical", "high", "medium", "low", "info", "total"]


LISTED = " ctrmc            rsct                          inoperative"


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (59, LISTED),
        (58, " ctrmc  rsct  inoperative"),
        (25, " ctrmc  rsct  inoperative"),
        (24, " ctrmc  rsct  inoperati…"),
    ],
)
def test_a_listing_that_is_too_wide_still_shows_what_stands_last(width: int, expected: str) -> None:
    assert fitted(LISTED, width) == expected


def test_targets_with_the_worst_findings_come_first_and_healthy_ones_last() -> None:
    text = write("text", opened())
    places = [text.index(f"\n{name}") for name in (awkward.SICK, awkward.FAIR)]
    assert [*places, text.index(f"✓ {awkward.WELL}"), text.index("Summary")] == sorted(
        [*places, text.index(f"✓ {awkward.WELL}"), text.index("Summary")]
    )


def test_fails_then_unknowns_each_by_severity() -> None:
    heads = [line.split()[:3] for line in lines_of(write("text", opened())) if line[:2] in ("✗ ", "? ", "! ")]
    assert [(mark, severity) for mark, severity, rule in heads if rule.startswith("RMC-")] == [
        ("✗", "critical"),
        ("✗", "high"),
        ("✗", "medium"),
        ("✗", "low"),
        ("✗", "info"),
        ("?", "critical"),
        ("?", "high"),
        ("!", "high"),
    ]


def test_the_rest_is_counted_unless_all_is_asked_for() -> None:
    assert "  1 check waived, 1 in the baseline, 1 passes, 1 does not apply\n" in write("text", opened())
    everything = write("text", opened(show="all"))
    assert "1 check waived, 1 in the baseline, 1 passes" not in everything
    assert "Waived: RSCT is 3.2.0.0, older than 3.2.1.0." in everything


def test_only_a_target_with_all_decided_and_nothing_failing_is_healthy() -> None:
    passed = judged("RMC-VER-001", "host", "pass", "Fine.")
    assert "✓ host  healthy: 1 check passes" in page(Assessed(CARD, (passed,)))
    for result, more in (
        ("unknown", {"reason": "empty"}),
        ("fail", {}),
        ("fail", {"disposition": "waived"}),
        ("error", {}),
    ):
        other = judged("RMC-OS-001", "host", result, "Not fine.", **more)  # type: ignore[arg-type]
        assert "✓ host" not in page(Assessed(CARD, (passed, other)))
    assert "healthy" not in page(Assessed(CARD, (judged("RMC-OS-001", "host", "not_applicable", "No."),)))


def test_an_unknown_says_how_to_settle_it() -> None:
    text = write("text", opened())
    assert "do    Ask as root: `nc -z -w 5 10.1.2.3 657`." in text
    assert "Unknown: The probe of 10.1.2.3 was not allowed" in text


def test_a_decoded_hex_line_says_that_the_file_shows_something_else() -> None:
    text = write("text", opened(width=120))
    assert "/var/ct/cfg/ct_node_id · exit 0 · hexadecimal, lines 97 to 98" in text


def test_lines_of_a_capture_are_numbered() -> None:
    reference = Reference("a.txt", 9, 10, "one\n\ttwo", "df -g", None, None)
    text = page(Assessed(CARD, (judged("RMC-OS-001", "host", "fail", "It fails.", reference),)), status=1)
    assert "       9 │ one\n      10 │         two\n" in text
    assert "a.txt:9  df -g\n" in text


def test_very_many_lines_are_counted() -> None:
    lines = tuple(Reference("a.txt", n, n, f"line {n}", "df -g", 0, None) for n in range(1, 21))
    text = page(Assessed(CARD, (judged("RMC-OS-001", "host", "fail", "It fails.", *lines),)), status=1)
    assert "line 12\n" in text
    assert "line 13" not in text
    assert "… 8 more places, all in the JSON report" in text


@pytest.mark.parametrize(
    ("status", "results", "expected"),
    [
        (0, ["pass"], "PASSED: The partition is healthy: 1 check passes"),
        (1, ["fail", "unknown"], "FAILED: 1 of 2 checks fails, 1 undecided"),
        (2, ["error"], "NOT JUDGED: The partition could not be judged"),
        (3, ["unknown", "pass"], "UNDECIDED: No problems found, but 1 check is undecided, 1 passes"),
        (4, ["not_applicable"], "NOTHING JUDGED: No check applies to this partition"),
    ],
)
def test_the_last_line_is_the_verdict_in_words(status: int, results: list[str], expected: str) -> None:
    findings = tuple(
        judged("RMC-VER-001", "host", result, "So.", reason="empty" if result == "unknown" else None)  # type: ignore[arg-type]
        for result in results
    )
    last = page(Assessed(CARD, findings), status=status, width=90).rstrip().split("\n")[-1]
    assert last == f"{expected}{f'exit {status}':>{90 - len(expected)}}"


def test_where_the_verdict_leaves_no_room_the_exit_status_is_not_squeezed_in() -> None:
    fine = Assessed(CARD, (judged("RMC-VER-001", "host", "pass", "So."),))
    assert page(fine, width=56).rstrip().endswith("1 check passes  exit 0")
    assert page(fine, width=55).rstrip().endswith("1 check passes")


def test_a_hundred_percent_means_all() -> None:
    passed = judged("RMC-VER-001", "host", "pass", "Fine.")
    unknown = judged("RMC-VER-001", "host", "unknown", "Hm.", reason="empty")
    text = page(Assessed(CARD, (passed,) * 30000 + (unknown,)), status=3)
    assert "30000 of 30001 checks decided (99.9 %)" in text


def test_notifications_are_grouped_by_target() -> None:
    about = write("text", opened(width=100)).partition("About the assessment\n")[2]
    assert about.index(awkward.SICK) < about.index("the run")
    assert "    warning  section 19 was cut by a signal\n             bundles/lpar-%C3%B107.rmcc:200\n" in about


def test_why_nothing_applies_is_said_where_it_is_one_reason() -> None:
    says = "This Linux runs on x86_64, not on Power."
    card = TargetCard("vm", "linux", None, None, None, ())
    findings = tuple(judged(rule, "vm", "not_applicable", says) for rule in ("RMC-OS-001", "RMC-FS-001"))
    items = (Assessed(card, findings),)
    assert f"– vm  no check applies: {says} · of unknown date\n" in write("text", opened(), items, closing(items, 4))
    other = (Assessed(card, (*findings, judged("RMC-ID-001", "vm", "not_applicable", "Another reason."))),)
    assert "– vm  no check applies: 3 checks do not apply · of unknown date\n" in write(
        "text", opened(), other, closing(other, 4)
    )


def test_what_settles_several_unknowns_is_said_once_and_counted() -> None:
    card = TargetCard("a", "aix", None, None, None, ())
    asked = [
        judged(rule, "a", "unknown", "It is unknown.", reason="timeout")
        for rule in ("RMC-OS-001", "RMC-FS-001", "RMC-ID-001")
    ]
    findings = tuple(
        replace(one, verdict=one.verdict._replace(advice=text))
        for one, text in zip(asked, ("Ask SRC.", "Ask df.", "Ask SRC."), strict=True)
    )
    items = (Assessed(card, findings),)
    text = write("text", opened(), items, closing(items, 3))
    assert "  To settle the 3 unknown findings:\n       2  Ask SRC.\n       1  Ask df.\n" in text
    apart = (Assessed(card, findings[:2]),)
    assert "To settle the" not in write("text", opened(), apart, closing(apart, 3))


def test_notes_in_the_same_words_are_one_with_all_their_places() -> None:
    notes = tuple(Notification("it was not read", f"folder/{n:02d}", level="note") for n in range(15))
    items = (Assessed(TargetCard("a", "aix", None, None, None, ()), (judged("RMC-OS-001", "a", "pass", "So."),)),)
    text = write("text", opened(), items, closing(items, 0, notes))
    assert text.count("it was not read") == 1
    assert "folder/11\n             … 3 more places, all in the JSON report\n" in text


def test_a_target_of_which_nothing_is_known_for_one_reason_says_it_once() -> None:
    card = TargetCard("a", "", None, None, None, ())
    place = awkward.at("a.controller.rmcc", 12, "unreachable")
    rules = ("RMC-ID-001", "RMC-FS-001", "RMC-SUB-001")
    findings = tuple(
        judged(
            rule,
            "a",
            "unknown",
            "The platform is unknown: it was not collected.",
            place,
            reason="timeout",
            advice="Collect it.",
        )
        for rule in rules
    )
    items = (Assessed(card, findings),)
    text = write("text", opened(), items, closing(items, 3))
    assert "? 3 unknown  2 critical, 1 medium\n  The platform is unknown: it was not collected." in text
    assert text.count("12 │ unreachable") == text.count("do    Collect it.") == 1
    assert not any(rule in text for rule in rules)
    every = write("text", opened(show="all"), items, closing(items, 3))
    assert all(rule in every for rule in rules)


@pytest.mark.parametrize("show", ["summary", "open"])
def test_a_line_end_in_a_note_makes_no_line(show: Any) -> None:
    note = Notification("the labels name what are not targets of this run: a\n\nPASSED: all\u2028b")
    lines = lines_of(write("text", Style(show=show), (), closing((), 4, (note,)))) + lines_of(
        write("text", Style(show=show), awkward.ASSESSED, closing(awkward.ASSESSED, 1, (note,)))
    )
    assert [line for line in lines if line.strip().startswith("PASSED")] == []
