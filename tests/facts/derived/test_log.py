"""What IBM.MgmtDomainRM logs of its consoles."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.building import facts, file
from tests.console_answers import LOG_PATH, TAIL, log
from tests.facts.derived.cases import IPV4, broken, domain, lines, lssrc, says
from tests.facts.derived.test_control_points import subjects

NONE = lssrc("ctrmc rsct active")
UP, DOWN = domain(f"I A {IPV4}"), domain(f"O A {IPV4}")
OTHER = "/var/ct/IW/log/mc/IBM.MgmtDomainRM.default"


def whole(*messages: str, path: str = LOG_PATH, exit_status: int | None = 0) -> Evidence:
    """The whole file."""
    text = "\n".join(log(*messages).out.lines)
    return file(path, f"{text}\n" if text else "", exit_status=exit_status)


TWICE, REFUSED = ("2613-024", "2613-016"), ("2613-008", "2613-034")
CASES = [
    # the log; connected, not connected, unknown
    pytest.param([log()], "", "", "", id="nothing"),
    pytest.param([log("2613-023")._replace(argv=("/usr/bin/tail", *log().argv[1:]))], "", "", "", id="by its path"),
    pytest.param([log("2613-024")], "", "", "", id="once"),
    pytest.param([log(*TWICE)], "", "network", "?not_collected", id="no answer in time, twice"),
    pytest.param([log(*REFUSED)], "", "refused", "?not_collected", id="refused, twice"),
    pytest.param([log(*TWICE, *REFUSED)], "", "network refused", "?not_collected", id="both"),
    pytest.param([log("2613-023", "2613-023", "2613-023")], "", "", "", id="slots that are not used"),
    pytest.param([log("2613-027", "2613-021")], "", "", "", id="other messages"),
    pytest.param([whole(*TWICE)], "", "network", "?not_collected", id="the whole file"),
    pytest.param([whole()], "", "", "", id="an empty file"),
    pytest.param([whole("2613-023", exit_status=None)], *["?inconclusive"] * 3, id="a copy, and who knows of what"),
    pytest.param([whole(*TWICE, exit_status=None)], "", "network", "?not_collected", id="a copy that shows errors"),
    pytest.param([broken(log("2613-024"), "truncated", partial=True)], *["?truncated"] * 3, id="cut"),
    pytest.param(
        [broken(log(*TWICE, "2613-023"), "truncated", partial=True)],
        "",
        "network",
        "?not_collected",
        id="cut, with errors",
    ),
    pytest.param([broken(log(), "denied")], *["?denied"] * 3, id="not root"),
    pytest.param([file(LOG_PATH, state="absent")], "n/a", "n/a", "n/a", id="no file"),
    pytest.param(
        [broken(log(), "denied"), file(OTHER, state="absent")], *["?denied"] * 3, id="hidden, and none in another place"
    ),
    pytest.param([file(LOG_PATH, state="absent"), log(*TWICE)], "", "network", "?not_collected", id="in another place"),
    pytest.param([log(*TWICE), whole(path=OTHER)], *["?conflicting"] * 3, id="two logs, two stories"),
    pytest.param([log(*TWICE), whole(*TWICE, path=OTHER)], "", "network", "?not_collected", id="two logs, one story"),
    pytest.param([], *["?not_collected"] * 3, id="not collected"),
]


@pytest.mark.parametrize(("evidence", "up", "down", "unknown"), CASES)
def test_console_errors(evidence: list[Evidence], up: str, down: str, unknown: str) -> None:
    found = [facts(NONE, *more, *evidence, management="hmc").fact("log.console_errors") for more in ([UP], [DOWN], [])]
    assert [subjects(says(fact)) for fact in found] == [up, down, unknown]


def test_an_error_is_counted_and_its_last_entry_shown() -> None:
    (item,) = facts(NONE, DOWN, log("2613-016", "2613-024", "2613-023")).fact("log.console_errors").value
    assert "logs 2 times that the console did not answer in time (2613-024)" in item.says
    assert "last at Wed Apr  9 08:41:45 EDT 2025(176210)" in item.says
    assert " 2613-024 " in lines(item.evidence)
    assert {place.request for place in item.evidence} == {TAIL}


def test_what_is_past_is_told_beside() -> None:
    fact = facts(NONE, UP, log(*TWICE)).fact("log.console_errors")
    assert fact.says.startswith("What IBM.MgmtDomainRM logged is past: ")
    assert len(fact.also) == 1


def test_that_there_is_no_log_is_shown() -> None:
    fact = facts(file(LOG_PATH, state="absent")).fact("log.console_errors")
    assert {place.request for place in fact.evidence} == {LOG_PATH}


def test_an_error_that_may_be_past_shows_its_entry() -> None:
    fact = facts(NONE, log(*TWICE, "2613-024")).fact("log.console_errors")
    assert says(fact) == "?not_collected"
    assert "logs 3 times" in fact.says
    assert "(2613-024), last at Wed Apr  9 08:42:45" in fact.says
    assert " 2613-024 " in lines(fact.evidence)
