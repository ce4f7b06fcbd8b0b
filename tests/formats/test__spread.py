"""Problems over a fleet: which stands first, which only inform, and what is kept of each."""

from collections.abc import Sequence

from rmccomply.formats._spread import FIRST_NAMES, Spread, in_order, informs
from rmccomply.problems import Failing
from rmccomply.words import Severity


def failing(rule: str, severity: Severity = "high", *reasons: str) -> Failing:
    return Failing(rule, severity, reasons)


def over(*targets: Sequence[Failing]) -> dict[str, Spread]:
    found: dict[str, Spread] = {}
    for at, faults in enumerate(targets):
        for one in faults:
            found.setdefault(one.rule, Spread(one.severity)).add(one, f"t{at}")
    return found


def order(*targets: Sequence[Failing]) -> list[str]:
    return in_order(over(*targets))


def test_severity_then_number_then_rule() -> None:
    one, two = [failing("R-B"), failing("R-A"), failing("R-C", "critical")], [failing("R-B"), failing("R-D", "low")]
    assert order(one, two) == ["R-C", "R-B", "R-A", "R-D"]


def test_a_reason_stands_before_what_follows_from_it_however_rare_and_mild_it_is() -> None:
    full, down = failing("FULL", "low"), failing("DOWN", "critical")
    assert order([down], [down], [full, failing("DOWN", "critical", "FULL")]) == ["FULL", "DOWN"]
    lone = failing("ALONE", "critical")
    assert order([lone], [failing("C", "critical", "B"), failing("B", "high", "A"), failing("A", "low")]) == [
        "ALONE",
        "A",
        "B",
        "C",
    ]


def test_two_that_are_each_others_reason_still_have_an_order() -> None:
    assert order(
        [failing("A", "low", "B"), failing("B", "high")], [failing("B", "high", "A"), failing("A", "low")]
    ) == [
        "B",
        "A",
    ]


def test_what_informs_is_no_problem_unless_it_is_the_reason_of_one() -> None:
    found = over([failing("HIGH", "high", "WHY"), failing("WHY", "info"), failing("NEWS", "info")])
    assert informs(found, in_order(found)) == ["NEWS"]


def test_a_problem_keeps_its_worst_severity_and_its_first_names() -> None:
    spread = Spread("low")
    for at in range(FIRST_NAMES + 5):
        spread.add(failing("R", "high" if at == 3 else "low"), f"t{at}")
    assert (spread.severity, spread.targets) == ("high", FIRST_NAMES + 5)
    assert spread.names == [f"t{at}" for at in range(FIRST_NAMES)]
