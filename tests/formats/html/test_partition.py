"""A target as the page shows it."""

from dataclasses import replace

from rmccomply.evidence.model import Notification
from rmccomply.finding import Because, Finding
from rmccomply.formats import Frame
from rmccomply.formats.html.partition import Rules, anchor_of, notes_of, shown_target, spelled
from rmccomply.formats.html.shown import ShownTarget
from rmccomply.report import Assessed, Style, TargetCard
from rmccomply.undecided import CollectedBy
from tests.formats.awkward import RULES, RUN, at, judged

NAME = "lpar7"
FULL = judged("RMC-FS-001", NAME, "fail", "/var is full.", at("a.rmcc", 3, "/var 100%", "df"))
DOWN = replace(
    judged("RMC-SUB-001", NAME, "fail", "ctrmc is inoperative.", at("a.rmcc", 9, "ctrmc inoperative")),
    caused_by=(Because(FULL.fingerprint, "RMC-FS-001", "A full /var can be the reason."),),
)
SAME = replace(judged("RMC-VER-001", NAME, "fail", "The manager is down."), covered_by=DOWN.fingerprint)
BLIND = replace(
    judged("RMC-NET-001", NAME, "unknown", "No answer.", reason="failed", step="fix_first", first="RMC-SUB-001"),
    blocked_by=(DOWN.fingerprint,),
)


CARD = TargetCard(NAME, "aix", "8286-42A", None, 17, (), {"wave": "3"}, "2026-11-20T03:00:00Z", "AIX 7.1", "unknown")


def shown(*findings: Finding, style: Style = Style()) -> ShownTarget:  # noqa: B008
    item = Assessed(CARD, findings)
    return shown_target(item, findings, Frame(RUN, style), Rules(RULES))


def test_problems_stand_in_the_order_of_fixing_with_what_can_be_the_reason() -> None:
    full, down = shown(DOWN, SAME, FULL, BLIND).problems
    assert (full.rule, down.rule) == ("RMC-FS-001", "RMC-SUB-001")
    (why,) = down.reasons
    assert (why.anchor, why.says) == (full.anchor, "A full /var can be the reason.")
    assert [one.rule for one in down.same] == ["RMC-VER-001"]


def test_what_is_undecided_leads_to_the_problem_before_it_in_words_and_in_the_drawing() -> None:
    view = shown(DOWN, SAME, FULL, BLIND)
    (group,) = view.undecided
    assert group.first is not None
    assert group.first.anchor == view.problems[1].anchor
    assert view.drawing is not None
    assert [box.word for box in view.drawing.boxes] == ["medium", "critical", "?"]
    assert len(view.drawing.arrows) == 2


def test_a_problem_that_is_not_shown_is_named_without_a_link() -> None:
    item = Assessed(CARD, (DOWN, FULL))
    (down,) = shown_target(item, (DOWN,), Frame(RUN, Style(severity="critical")), Rules(RULES)).problems
    assert [(why.anchor, why.says) for why in down.reasons] == [("", "A full /var can be the reason.")]
    (group,) = shown(BLIND).undecided
    assert group.first is not None
    assert group.first.anchor == ""


def test_a_reason_that_only_informs_is_fixed_before_what_follows() -> None:
    level = judged("RMC-OS-001", NAME, "fail", "No level.")
    down = replace(DOWN, caused_by=(Because(level.fingerprint, "RMC-OS-001", "The level can be the reason."),))
    view = shown(down, level)
    assert ([one.rule for one in view.problems], view.informing) == (["RMC-OS-001", "RMC-SUB-001"], ())


def test_what_a_known_collection_settles_is_one_group_however_it_was_collected() -> None:
    vios = judged("RMC-ID-001", NAME, "unknown", "No answer.", reason="not_collected", step="collect", way="vios")
    run = RUN._replace(collected=CollectedBy(inventories=("hosts.txt",), options=("--vios",), run="fleet"))
    view = shown_target(Assessed(CARD, (vios,)), (vios,), Frame(run, Style()), Rules(RULES))
    (group,) = view.undecided
    assert (group.total, "--inventory hosts.txt" in group.settles) == (1, True)


def test_checks_that_say_the_same_are_told_once() -> None:
    others = [
        judged(rule, NAME, "unknown", "Not reached.", reason="not_collected") for rule in ("RMC-ID-001", "RMC-OS-001")
    ]
    (group,) = shown(*others).undecided
    (alike,) = group.checks
    assert alike.rules == (("RMC-ID-001", "critical"), ("RMC-OS-001", "info"))


def test_the_head_says_what_it_is_and_how_old() -> None:
    assert shown().about == (
        "AIX 7.1",
        "8286-42A",
        "LPAR 17",
        "cluster: not ruled out",
        "wave 3",
        "collected 2026-11-20 03:00 UTC (1 day ago)",
    )


def test_counts_are_those_of_all_that_was_judged() -> None:
    view = shown(DOWN, FULL, BLIND, judged("RMC-VER-002", NAME, "pass", "Yes."), SAME)
    assert view.counts == ("2 problems (1 critical, 1 medium)", "1 check undecided", "1 check passes")


def test_what_only_informs_is_no_problem() -> None:
    view = shown(judged("RMC-OS-001", NAME, "fail", "No level."))
    assert (view.problems, [one.rule for one in view.informing]) == ((), ["RMC-OS-001"])


def test_notes_of_the_same_words_are_one() -> None:
    (note,) = notes_of([Notification("cut", "a", 1), Notification("cut", "b"), Notification("cut", "a", 1)])
    assert note.places == ("a:1", "b")


def test_anchors_hold_nothing_of_a_name() -> None:
    assert anchor_of("a") != anchor_of("b")
    assert set(anchor_of("lpar-<&\udcff")) <= set("t0123456789abcdef")


def test_times_are_spelled_and_what_is_none_stays() -> None:
    assert spelled("2026-11-20T03:00:00Z") == "2026-11-20 03:00 UTC"
    assert spelled("never") == "never"
