"""What a narrowed page shows, and what it owns to hide."""

from rmccomply.ending.narrowed import NOTHING_HIDDEN, Hidden, hidden_of, shown_of, summed
from rmccomply.report import Assessed, Style, TargetCard
from tests.ending.test_status import made

ITEM = Assessed(
    TargetCard("lpar0012", "aix", None, None, None, ()),
    made("fail critical", "fail low", "fail high waived", "unknown high", "unknown low", "pass low"),
)


def test_nothing_is_hidden_where_nothing_narrows() -> None:
    assert shown_of(Style(), ITEM) == ITEM.findings
    assert hidden_of(Style(), ITEM) == NOTHING_HIDDEN


def test_a_severity_shows_what_is_as_bad_or_worse() -> None:
    style = Style(severity="high")
    assert [one.severity for one in shown_of(style, ITEM)] == ["critical", "high", "high"]
    assert hidden_of(style, ITEM) == Hidden(1, 1, 1, ("--severity high",))


def test_a_glob_is_of_the_whole_name() -> None:
    assert shown_of(Style(targets=("lpar00*", "x")), ITEM) == ITEM.findings
    assert shown_of(Style(targets=("lpar",)), ITEM) == ()
    assert hidden_of(Style(targets=("vios*",)), ITEM) == Hidden(2, 2, 1, ("--target 'vios*'",))


def test_a_glob_makes_no_line_of_its_own_in_the_verdict() -> None:
    options = hidden_of(Style(targets=("x\nPASSED: all\x1b[2J",)), ITEM).options
    assert options == ("--target 'x\\x0aPASSED: all\\x1b[2J'",)


def test_a_reason_shows_the_unknowns_of_it_alone() -> None:
    style = Style(reasons=("timeout", "denied"))
    assert {one.result for one in shown_of(style, ITEM)} == {"unknown"}
    assert hidden_of(style, ITEM) == Hidden(2, 0, 1, ("--reason timeout", "--reason denied"))
    assert shown_of(Style(reasons=("denied",)), ITEM) == ()


def test_a_target_of_which_nothing_open_is_hidden_hides_nothing() -> None:
    fine = ITEM._replace(findings=made("pass low", "not_applicable low"))
    assert hidden_of(Style(severity="high"), fine)[:3] == (0, 0, 0)
    assert summed([hidden_of(Style(severity="high"), one) for one in (fine, ITEM)]) == Hidden(
        1, 1, 1, ("--severity high",)
    )
