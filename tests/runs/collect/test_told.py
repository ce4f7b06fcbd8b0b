"""What is told of a run, sentence by sentence."""

from pathlib import Path

from rmccomply.collect.journal import End
from rmccomply.runs.collect.run import Collected
from rmccomply.runs.collect.told import tell, tell_of_names, tell_of_rules
from tests.runs.hearing import Heard


def collected(*rows: End, interrupted: bool = False) -> Collected:
    return Collected(Path("run"), rows, frozenset({"old"}), interrupted)


def test_rows_stand_in_columns_and_a_name_drives_no_terminal() -> None:
    heard = Heard()
    rows = (
        End("lpar7", "collected", seconds=1.5, sections=1),
        End("old", "collected", seconds=2, sections=3, utc="2026-11-20T03:00:00Z"),
        End("a\x1b[2J", "unreachable", "no\x07"),
    )
    tell(collected(*rows), "direct", heard)
    (shown,) = heard.of("result")
    assert shown.splitlines() == [
        "lpar7     collected         1 answer in 1.5 s",
        "old       collected         earlier, at 2026-11-20T03:00:00Z: 3 answers in 2 s",
        "a\\x1b[2J  unreachable       no\\x07",
    ]
    assert heard.of("note") == ["2 of 3 collected; now: rmccomply check run"]


def test_no_target_is_told_unless_the_run_was_interrupted() -> None:
    for interrupted, kind in ((False, "warn"), (True, "note")):
        heard = Heard()
        tell(collected(interrupted=interrupted), "direct", heard)
        assert [one for one, _ in heard.said] == ["result", kind]


def test_what_to_do_about_a_cause_knows_how_the_collector_was_run() -> None:
    heard = Heard()
    tell(collected(End("v", "no-shell")), "vios", heard)
    assert heard.of("warn") == ["no-shell: v: check that the user is padmin, and may run oem_setup_env"]


def test_one_host_under_two_labels_is_a_warning_and_another_name_a_note() -> None:
    heard = Heard()
    ends = [End("a", "collected", name="x"), End("b", "collected", name="x"), End("c", "collected", name="y")]
    tell_of_names(ends, heard)
    assert heard.said == [
        ("warn", "a, b all report the hostname x: check that each address belongs to its target"),
        ("note", "hostname differs from the inventory: c reports y"),
    ]


def test_rules_that_may_stay_unknown() -> None:
    heard = Heard()
    tell_of_rules(collected()._replace(unprobed=("A", "B", "C"), unasked=("D", "E")), heard)
    assert heard.of("note") == [
        "without --probe, A, B and C may stay undecided where no console is connected",
        "the plan quick does not ask everything; without the plan full these may stay undecided: D, E",
    ]
