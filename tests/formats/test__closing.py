"""The sentences at the end of a text report."""

import pytest

from rmccomply.formats._closing import decided, reason_of_exit
from rmccomply.report import Closing, Gate
from rmccomply.words import counted


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({"pass": 2, "unknown": 1}, "2 of 3 applicable findings decided (66.6 %)"),
        ({"pass": 1999, "unknown": 1}, "1999 of 2000 applicable findings decided (99.9 %)"),
        ({"fail": 1}, "1 of 1 applicable finding decided (100 %)"),
        ({"not_applicable": 4}, "no finding is applicable"),
    ],
)
def test_the_share_is_rounded_down(counts: dict[str, int], says: str) -> None:
    assert decided({"pass": 0, "fail": 0, "unknown": 0, "error": 0, **counts}) == says


@pytest.mark.parametrize(
    ("status", "fails", "unknown", "says"),
    [
        (0, 0, 0, "everything that applies is decided, and no active finding fails."),
        (0, 1, 2, "1 finding fails and 2 are unknown, but none counts for the exit status (--fail-on, --on-unknown)."),
        (1, 2, 0, "2 active failing findings, the worst of severity high."),
        (3, 0, 1, "no fail gates, but 1 finding is unknown, and unknown is never a pass."),
        (4, 0, 0, "nothing was examined: no rule applied to a target."),
        (2, 0, 0, "a fault of the run itself, such as an input that is not there; standard error names it."),
    ],
)
def test_every_exit_status_is_explained(status: int, fails: int, unknown: int, says: str) -> None:
    closing = Closing({"pass": 0, "fail": fails, "unknown": unknown, "error": 0}, 1, status)
    assert reason_of_exit(closing, fails, ["high"], unknown) == says


def test_too_little_that_is_decided_is_told_as_that() -> None:
    counts = {"pass": 2, "fail": 0, "unknown": 1, "error": 0}
    closing = Closing(counts, 1, 3, gate=Gate(min_decided=90), shut_by="min_decided")
    says = "no fail gates, but 66.66 % is decided, and this run demands 90 %."
    assert reason_of_exit(closing, 0, [], 1) == says


def test_a_fault_of_ours_is_told_apart() -> None:
    closing = Closing({"pass": 0, "fail": 0, "unknown": 0, "error": 1}, 1, 2)
    says = "1 target could not be judged; what is said of each tells why."
    assert reason_of_exit(closing, 0, [], 0) == says


@pytest.mark.parametrize(
    ("targets", "rules", "says"),
    [(0, 48, "there was no target"), (1, 0, "no rule was selected"), (0, 0, "no rule was selected")],
)
def test_why_nothing_was_examined(targets: int, rules: int, says: str) -> None:
    closing = Closing({"pass": 0, "fail": 0, "unknown": 0, "error": 0}, targets, 4)
    assert reason_of_exit(closing, 0, [], 0, 3, rules) == f"nothing was examined: {says}."


@pytest.mark.parametrize(("left", "says"), [(1, "1 rule was not judged."), (2, "2 rules were not judged.")])
def test_what_was_not_selected_is_told(left: int, says: str) -> None:
    closing = Closing({"pass": 1, "fail": 0, "unknown": 0, "error": 0}, 1, 0)
    assert reason_of_exit(closing, 0, [], 0, left).endswith(f"none fails; {says}")


def test_one_and_many() -> None:
    assert [counted(n, "place") for n in (0, 1, 2)] == ["0 places", "1 place", "2 places"]
