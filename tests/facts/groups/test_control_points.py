"""Control points one by one: dead, unstable, pending, with queued messages."""

from typing import Any

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, facts, status
from tests.hosts.cases import IPV4, SETTLE, broken, domain, lines, lssrc, says
from tests.hosts.consoles import consoles, resource

NAMES = "rmcdomainstatus -s ctrmc"
FIRST = 0x12B6B4FD1CEBB701
NONE = lssrc("ctrmc rsct active")
UP = domain(f"I A {IPV4}")
NODES = "Management Domain Status: Managed Nodes\n  I a  0x77d0c4e89a1b2f03  0001  lpar9\n"


def named(*rows: str, **more: Any) -> Evidence:
    return command(NAMES, status(*rows), **more)


def cut(row: str, number: int, **more: Any) -> Evidence:
    """A part of an answer: the row of one control point, in its address form or, later, in its name form."""
    lines_of_both = status("I A x", "I A x").splitlines()
    shown = "\n".join((*lines_of_both[:2], lines_of_both[1 + number].replace("I A", row[:3]).replace(" x", row[3:])))
    asked = NAMES if more else SETTLE
    return broken(command(asked, f"{shown}\n", **more), "truncated", partial=True)


def subjects(value: object) -> object:
    """Subjects of a list, as a table has them; else what `says` gives."""
    return " ".join(item.subject for item in value) if isinstance(value, tuple) else value


TWINS = "\nManagement Domain Status: Management Control Points\n" + "".join(
    f"  {{}}  0x12b6b4fd1cebb701  000{number}  {name}\n" for number, name in ((1, "{}"), (2, "{}"))
)


@pytest.mark.parametrize(("first", "second"), [("I A", "{} A"), ("{} A", "I A")])
@pytest.mark.parametrize("state", ["O", "Z", "i"])
def test_two_control_points_with_one_node_id_are_two(first: str, second: str, state: str) -> None:
    states = first.format(state), second.format(state)
    text = TWINS.format(states[0], IPV4, states[1], "10.9.8.8")
    names = TWINS.format(states[0], "hmc1", states[1], "hmc2")
    bad = IPV4 if states[0][0] == state else "10.9.8.8"
    for evidence in ([command(SETTLE, text)], [command(SETTLE, text), command(NAMES, names)]):
        found = facts(*evidence, consoles(resource(node_id=FIRST)), NONE)
        assert subjects(found.fact("control_points.down").value) == bad
        assert "stale" not in found.fact("control_points.down").says
        assert subjects(found.fact("control_points.unstable").value) == (bad if state == "Z" else "")
        assert says(found.fact("control_points.pending")) == ("?inconclusive" if state == "i" else "none")


LISTS = [
    # evidence, down, unstable, queued
    pytest.param([UP], "", "", "", id="up"),
    pytest.param([domain(f"O A {IPV4}", "I r 10.9.8.8")], IPV4, "", "10.9.8.8", id="one down, one with a queue"),
    pytest.param([domain(f"Z A {IPV4}")], IPV4, IPV4, "", id="Z"),
    pytest.param([domain(f"X R {IPV4}")], IPV4, "", IPV4, id="X and R"),
    pytest.param([domain(f"i A {IPV4}")], IPV4, "", "", id="i"),
    pytest.param([domain(f"O A {IPV4}"), named("O A hmc1")], IPV4, "", "", id="both forms: once, by its address"),
    pytest.param([named("O A hmc1")], "hmc1", "", "", id="the name form alone"),
    pytest.param([domain(f"Q A {IPV4}")], "?unparsable", "?unparsable", "", id="a state that is not known"),
    pytest.param([domain(f"Q A {IPV4}", "O A 10.9.8.8")], "10.9.8.8", "?unparsable", "", id="beside a dead one"),
    pytest.param([domain(f"Q R {IPV4}", "Z A 10.9.8.8")], "10.9.8.8", "10.9.8.8", IPV4, id="beside an unstable one"),
    pytest.param([domain(f"I Q {IPV4}")], "?unparsable", "", "?unparsable", id="a queue that is not known"),
    pytest.param([domain(f"I Q {IPV4}", "I R 10.9.8.8")], "?unparsable", "", "10.9.8.8", id="beside one with a queue"),
    pytest.param([domain()], "n/a", "n/a", "n/a", id="none"),
    pytest.param([command(SETTLE, f"{status('I A x').splitlines()[1]}\n")], *["?truncated"] * 3, id="a title alone"),
    pytest.param([command(SETTLE, NODES)], "n/a", "n/a", "n/a", id="managed nodes only"),
    pytest.param([broken(UP, "truncated", partial=True)], *["?truncated"] * 3, id="cut, and none is dead"),
    pytest.param(
        [broken(domain(f"O A {IPV4}"), "truncated", partial=True)], IPV4, "?truncated", "?truncated", id="cut, one dead"
    ),
    pytest.param([broken(UP, "denied")], *["?denied"] * 3, id="not root"),
    pytest.param([], *["?not_collected"] * 3, id="not collected"),
    pytest.param([UP, named("O A hmc1")], *["?conflicting"] * 3, id="two states"),
    pytest.param(
        [UP, broken(named("O A hmc1", "O A hmc2"), "truncated", partial=True)],
        *["?conflicting"] * 3,
        id="cut, but more",
    ),
]


@pytest.mark.parametrize(("evidence", "down", "unstable", "queued"), LISTS)
def test_lists(evidence: list[Evidence], down: str, unstable: str, queued: str) -> None:
    found = facts(NONE, *evidence, management="hmc")
    names = ("down", "unstable", "queued")
    assert [subjects(says(found.fact(f"control_points.{name}"))) for name in names] == [down, unstable, queued]


@pytest.mark.parametrize("name", ["down", "unstable", "queued"])
def test_no_management_no_control_points(name: str) -> None:
    assert says(facts(NONE, domain(f"Z R {IPV4}"), management="none").fact(f"control_points.{name}")) == "n/a"


def second(machine: str = "7063-CR2*78AB123") -> Evidence:
    return consoles(resource(), resource(2, "10.9.8.8", node_id=FIRST + 1, machine=machine))


STALE = [
    pytest.param([domain(f"O A {IPV4}", "I A 10.9.8.8"), second()], True, id="the same machine is up"),
    pytest.param([domain(f"O A {IPV4}", "O A 10.9.8.8"), second()], False, id="it is down too"),
    pytest.param([domain(f"O A {IPV4}", "I A 10.9.8.8"), second("7063-CR2*1234567")], False, id="another machine"),
    pytest.param([domain(f"O A {IPV4}", "I A 10.9.8.8"), second("")], False, id="no machine is told"),
    pytest.param([domain(f"O A {IPV4}", "I A 10.9.8.8")], False, id="IBM.MCP not collected"),
]


@pytest.mark.parametrize(("evidence", "stale"), STALE)
def test_a_dead_row_with_a_live_successor_is_stale(evidence: list[Evidence], stale: bool) -> None:
    item = facts(NONE, *evidence).fact("control_points.down").items[0]
    assert item.subject == IPV4
    assert ("It is a stale entry" in item.says) == stale


THEN, ALMOST, LATER = "2026-11-20T03:00:00Z", "2026-11-20T03:14:59Z", "2026-11-20T03:15:00Z"
WAITS = domain(f"i A {IPV4}")
PENDING = [
    pytest.param([UP], "none", id="up"),
    pytest.param([domain(f"O A {IPV4}")], "none", id="down is another matter"),
    pytest.param([WAITS], "?inconclusive", id="one sample"),
    pytest.param([WAITS, named("i A hmc1")], "?inconclusive", id="both forms at one time"),
    pytest.param([WAITS, named("i A hmc1", ended=ALMOST)], "?inconclusive", id="a second short of 15 minutes"),
    pytest.param([WAITS, named("i A hmc1", ended=LATER)], "persistent", id="15 minutes apart"),
    pytest.param([WAITS, WAITS._replace(ended=LATER, line=50)], "persistent", id="the same form twice"),
    pytest.param(
        [
            broken(domain(f"i A {IPV4}"), "truncated", partial=True),
            broken(named("I A hmc1", "i A hmc2", ended=LATER), "truncated", partial=True),
        ],
        "?conflicting",
        id="one completed, another one began",
    ),
    pytest.param(
        [cut(f"i A {IPV4}", number=1), cut("i A hmc2", number=2, ended=LATER)], "?inconclusive", id="two of two"
    ),
    pytest.param([WAITS, WAITS._replace(ended=ALMOST, line=50)], "?inconclusive", id="twice, too soon"),
    pytest.param(
        [
            cut(f"i A {IPV4}", number=1)._replace(ended=LATER),
            *(cut("O A hmc2", number=2, ended=at)._replace(line=n) for n, at in enumerate((THEN, LATER), 60)),
        ],
        "?inconclusive",
        id="one sample, and two of another that is down",
    ),
    pytest.param([WAITS._replace(ended=None)], "?inconclusive", id="at an unknown time"),
    pytest.param([WAITS, named("I A hmc1", ended=LATER)], "?conflicting", id="completed in the second"),
    pytest.param([domain(f"Q A {IPV4}")], "?unparsable", id="a state that is not known"),
    pytest.param([broken(UP, "truncated", partial=True)], "?truncated", id="cut"),
    pytest.param([domain()], "n/a", id="none"),
    pytest.param([], "?not_collected", id="not collected"),
]


@pytest.mark.parametrize(("evidence", "expected"), PENDING)
def test_pending(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(NONE, *evidence, management="hmc").fact("control_points.pending")) == expected


def test_a_lasting_handshake_shows_both_samples() -> None:
    fact = facts(NONE, WAITS, named("i A hmc1", ended=LATER)).fact("control_points.pending")
    assert fact.says == f"The handshake with {IPV4} is pending at {THEN} and still at {LATER}: authentication fails."
    assert {place.collected for place in fact.evidence} == {THEN, LATER}
    assert "i A  0x12b6b4fd1cebb701  0001  hmc1" in lines(fact.evidence)


def test_the_first_and_the_last_of_three_samples_are_shown() -> None:
    samples = [WAITS._replace(ended=at, line=50 + n) for n, at in enumerate((THEN, ALMOST, LATER))]
    fact = facts(NONE, *samples).fact("control_points.pending")
    assert f"pending at {THEN} and still at {LATER}: " in fact.says
    assert [place.collected for place in fact.evidence if place.text == samples[0].text] == [THEN]
    assert {place.collected for place in fact.evidence} == {THEN, LATER}


def test_each_that_waits_is_named() -> None:
    fact = facts(NONE, domain(f"i A {IPV4}", "i A 10.9.8.8")).fact("control_points.pending")
    assert f"the handshake with {IPV4} and 10.9.8.8 stays pending" in fact.says


def test_a_meaning_that_is_only_reported_is_said_to_be_so() -> None:
    found = facts(NONE, domain(f"Z R {IPV4}"))
    assert "is reported where" in found.fact("control_points.unstable").says
    assert "is reported" in found.fact("control_points.queued").says
