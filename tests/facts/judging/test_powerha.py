"""Whether something runs on the cluster of CAA."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.judging.powerha import runs_on_caa
from tests.hosts.building import command, facts
from tests.hosts.cases import broken, lssrc

ACTIVE, INOPERATIVE = lssrc("clstrmgrES cluster active"), lssrc("clstrmgrES cluster inoperative")
NONE = lssrc("ctrmc rsct active")
STABLE, STOPPED = (command("lssrc -ls clstrmgrES", f"Current state: {one}\n") for one in ("ST_STABLE", "ST_INIT"))
NOT_ON_FILE = command("lssrc -ls clstrmgrES", "", 1, "0513-085 The clstrmgrES Subsystem is not on file.\n")
CASES = [
    pytest.param([ACTIVE, STABLE], "yes", id="stable"),
    pytest.param([STABLE], "yes", id="stable, without a listing"),
    pytest.param([ACTIVE, STOPPED], "no", id="stopped, while its subsystem is active"),
    pytest.param([INOPERATIVE, STOPPED], "no", id="stopped with its subsystem"),
    pytest.param([INOPERATIVE], "no", id="inoperative"),
    pytest.param([NONE], "no", id="not listed"),
    pytest.param([NONE, NOT_ON_FILE], "no", id="not on file"),
    pytest.param([NOT_ON_FILE], "no", id="not on file, without a listing"),
    pytest.param([ACTIVE], "?not_collected", id="active, and no state"),
    pytest.param([ACTIVE, broken(STABLE, "denied")], "?denied", id="active, and its state is denied"),
    pytest.param([ACTIVE, NOT_ON_FILE], "?conflicting", id="active, and not on file"),
    pytest.param([INOPERATIVE, STABLE], "?conflicting", id="inoperative, and stable"),
    pytest.param([NONE, STABLE], "?conflicting", id="not listed, and stable"),
    pytest.param([], "?not_collected", id="nothing"),
]


@pytest.mark.parametrize(("evidence", "expected"), CASES)
def test_powerha_runs_by_the_state_of_its_own(evidence: list[Evidence], expected: str) -> None:
    fact = runs_on_caa(facts(*evidence), "one")
    assert (fact.value or f"?{fact.reason}") == expected


@pytest.mark.parametrize(("state", "expected"), [("active", "yes"), ("inoperative", "no")])
def test_on_a_virtual_io_server_it_is_the_storage_pool(state: str, expected: str) -> None:
    evidence = lssrc(f"clconfd caa {state}")
    assert runs_on_caa(facts(evidence, STABLE, platform="vios"), "one").value == expected
