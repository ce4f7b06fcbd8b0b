"""Whether cloud-init renewed the node ID, by its logs."""

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, facts, file, judge, replaced
from tests.hosts.cases import NOT_INSTALLED, broken, lines, says
from tests.hosts.consoles import CLOUD_LOG, CLOUD_OUTPUT, NEW, OLD, cloud_log, renewal, whole_aix

NOTHING, NOTHING_ELSE = file(CLOUD_LOG, state="absent"), file(CLOUD_OUTPUT, state="absent")
OTHER = file(CLOUD_LOG, "2026-03-02 09:14:07,331 - util.py[DEBUG]: nothing of it\n")
OTHER_OUTPUT = file(CLOUD_OUTPUT, "Cloud-init finished\n")
ERROR = "ERROR New node ID did not get generated."
FAILED = cloud_log(ERROR)
RUNS = file("/etc/cloud/cloud.cfg", "cloud_final_modules:\n - reset_rmc\n")
RUNS_NOT = file("/etc/cloud/cloud.cfg", "cloud_final_modules:\n - scripts-user\n")
NO_CONFIG = file("/etc/cloud/cloud.cfg", state="absent")
SKIPPED = "DEBUG module disabled, RSCT_PATH not present"
RAN = "DEBUG config-reset_rmc already ran (freq=once-per-instance)"
BEGIN, END = "DEBUG Node ID at beginning of module: {}", "DEBUG Node ID at end of module: {}"
LIVE = "/var/ct/cfg/ct_node_id"
THIRD = "77d0c4e89a1b2f03"


def runs(*ids: str) -> Evidence:
    """One run of the module for each "OLD NEW"."""
    steps = [step for one in ids for step in _steps(*one.split())]
    return cloud_log(*steps)


def _steps(old: str, new: str) -> tuple[str, ...]:
    return ("DEBUG Attempting to reset RMC.", BEGIN.format(old), END.format(new))


def live(node_id: str) -> Evidence:
    return file(LIVE, f"{node_id}\n")


CASES = [
    pytest.param([live(NEW), renewal(OLD, NEW)], "renewed", id="another number"),
    pytest.param([live(NEW), renewal(OLD, NEW), NOTHING_ELSE], "renewed", id="and no other log"),
    pytest.param([renewal(OLD, OLD)], "not_renewed", id="the same number"),
    pytest.param([renewal(OLD, OLD.upper())], "not_renewed", id="the same number in other letters"),
    pytest.param([FAILED], "not_renewed", id="the error alone"),
    pytest.param([cloud_log("WARNING Failed to reconfigure the RSCT subsystems.")], "not_renewed", id="recfgct failed"),
    pytest.param([live(NEW), runs(f"{OLD} {OLD}", f"{OLD} {NEW}")], "renewed", id="the last run counts: good"),
    pytest.param([runs(f"{OLD} {NEW}", f"{NEW} {NEW}")], "not_renewed", id="the last run counts: bad"),
    pytest.param(
        [live(NEW), cloud_log(BEGIN.format(OLD), END.format(OLD), BEGIN.format(OLD), END.format(NEW))],
        "renewed",
        id="no attempt",
    ),
    pytest.param([cloud_log("DEBUG Attempting to reset RMC.", BEGIN.format(OLD))], "?inconclusive", id="no end"),
    pytest.param(
        [cloud_log(*_steps(OLD, NEW), "DEBUG Attempting to reset RMC.")], "?inconclusive", id="no end of the last run"
    ),
    pytest.param(
        [cloud_log(BEGIN.format(OLD), END.format(NEW), BEGIN.format(NEW))], "?inconclusive", id="nor of one, no attempt"
    ),
    pytest.param([cloud_log(BEGIN.format("g"), END.format(NEW))], "?inconclusive", id="no node ID"),
    pytest.param([renewal(OLD, NEW), cloud_log(ERROR, path=CLOUD_OUTPUT)], "?conflicting", id="two logs differ"),
    pytest.param([renewal(OLD, OLD), cloud_log(ERROR, path=CLOUD_OUTPUT)], "not_renewed", id="two logs agree"),
    pytest.param([broken(renewal(OLD, NEW), "truncated", partial=True)], "?inconclusive", id="cut in the last line"),
    pytest.param(
        [broken(runs(f"{OLD} {NEW}", f"{NEW} {NEW}")._replace(), "truncated", partial=True)], "?inconclusive", id="cut"
    ),
    pytest.param([renewal(OLD, NEW)._replace(exit_status=None)], "?inconclusive", id="a copy that may go on"),
    pytest.param(
        [live(NEW), renewal(OLD, NEW), broken(OTHER_OUTPUT, "truncated", partial=True)],
        "renewed",
        id="the other is cut",
    ),
    pytest.param([live(NEW), renewal(OLD, NEW), broken(OTHER_OUTPUT, "denied")], "renewed", id="the other is denied"),
    pytest.param(
        [live(NEW), renewal(OLD, NEW)._replace(exit_status=None), renewal(OLD, NEW, path=CLOUD_OUTPUT)],
        "renewed",
        id="one of two is whole",
    ),
    pytest.param([renewal(OLD, OLD)._replace(exit_status=None)], "not_renewed", id="a copy that shows a failure"),
    pytest.param([renewal(OLD, OLD), live(THIRD)], "renewed", id="mended since"),
    pytest.param([renewal(OLD, OLD), live(OLD)], "not_renewed", id="not mended"),
    pytest.param([FAILED, live(THIRD)], "not_renewed", id="nobody knows the number that it had"),
    pytest.param([renewal(OLD, OLD), file("/var/ct/cfg/ct_node_id", state="absent")], "not_renewed", id="no live file"),
    pytest.param(
        [renewal(OLD, OLD), renewal(NEW, NEW, path=CLOUD_OUTPUT), live(THIRD)], "?conflicting", id="two failures differ"
    ),
    pytest.param([NOTHING, NOTHING_ELSE], "n/a", id="no cloud-init"),
    pytest.param([cloud_log(SKIPPED), OTHER_OUTPUT], "n/a", id="RSCT was not there yet"),
    pytest.param([cloud_log("DEBUG Skipping creation of new ct_node_id node", RAN)], "n/a", id="no cloud"),
    pytest.param([cloud_log(SKIPPED)._replace(exit_status=None)], "?inconclusive", id="a copy that shows it"),
    pytest.param([cloud_log(SKIPPED, *_steps(OLD, OLD))], "not_renewed", id="it was there the next time"),
    pytest.param([cloud_log(*_steps(OLD, OLD), SKIPPED)], "n/a", id="it was gone the next time"),
    pytest.param(
        [cloud_log(SKIPPED), cloud_log(ERROR, path=CLOUD_OUTPUT)], "not_renewed", id="one log tells a failure"
    ),
    pytest.param([NOTHING, NOTHING_ELSE, RUNS_NOT], "n/a", id="no log, and it does not run the module"),
    pytest.param([NOTHING, NOTHING_ELSE, RUNS], "?inconclusive", id="no log, and it is to run the module"),
    pytest.param(
        [cloud_log("DEBUG Attempting to reset RMC."), renewal(OLD, NEW, path=CLOUD_OUTPUT)],
        "?conflicting",
        id="renewed, and a run without an end",
    ),
    pytest.param(
        [live(NEW), cloud_log(RAN), renewal(OLD, NEW, path=CLOUD_OUTPUT)], "renewed", id="renewed at an earlier start"
    ),
    pytest.param([cloud_log(RAN)], "?inconclusive", id="at an earlier start, and its lines are gone"),
    pytest.param(
        [cloud_log("DEBUG Attempting to reset RMC."), cloud_log(ERROR, path=CLOUD_OUTPUT)],
        "not_renewed",
        id="failed, and a run without an end",
    ),
    pytest.param([cloud_log("ERROR Failed to stop the RMC subsystem.")], "not_renewed", id="rmcctrl failed"),
    pytest.param(
        [OTHER, OTHER_OUTPUT, file("/opt/freeware/etc/cloud/cloud.cfg", "cloud_final_modules:\n - reset_rmc\n")],
        "?inconclusive",
        id="AIX: it runs the module, and no trace",
    ),
    pytest.param([NOTHING], "?not_collected", id="the second log not collected"),
    pytest.param([NOTHING_ELSE], "?not_collected", id="the first log not collected"),
    pytest.param([broken(NOTHING, "denied"), NOTHING_ELSE], "?denied", id="not root"),
    pytest.param([OTHER, OTHER_OUTPUT, RUNS_NOT], "n/a", id="it does not run the module"),
    pytest.param([OTHER, OTHER_OUTPUT, RUNS], "?inconclusive", id="it runs the module, and no trace"),
    pytest.param([OTHER, OTHER_OUTPUT], "?not_collected", id="its configuration not collected"),
    pytest.param([OTHER, OTHER_OUTPUT, NO_CONFIG], "?not_collected", id="its configuration is elsewhere"),
    pytest.param([], "?not_collected", id="not collected"),
    pytest.param([NOT_INSTALLED], "n/a", id="no RSCT"),
    pytest.param([command("uname -W", "3\n")], "n/a", id="a workload partition"),
    pytest.param(
        [live(NEW), command("uname -W", "3\n"), renewal(OLD, NEW)], "renewed", id="a workload partition, renewed"
    ),
    pytest.param([command("uname -L", "-1 NULL\n"), renewal(OLD, OLD)], "not_renewed", id="a full-system partition"),
    pytest.param([renewal(OLD, NEW)], "?not_collected", id="nobody knows what it is now"),
    pytest.param([renewal(OLD, NEW), broken(live(NEW), "denied")], "?denied", id="what it is now is hidden"),
    pytest.param([renewal(OLD, NEW), live("g")], "?unparsable", id="what it is now is no node ID"),
    pytest.param([renewal(OLD, NEW), file(LIVE, state="absent")], "?inconclusive", id="renewed, and no live file"),
    pytest.param([renewal(OLD, NEW), live(THIRD)], "renewed", id="renewed, and by hand once more"),
    pytest.param([renewal(OLD, NEW), live(OLD)], "not_renewed", id="the old one came back"),
    pytest.param([renewal(OLD, NEW), live(OLD.upper())], "not_renewed", id="the old one came back in other letters"),
    pytest.param(
        [renewal(OLD, NEW), renewal(THIRD, NEW, path=CLOUD_OUTPUT), live(THIRD)],
        "not_renewed",
        id="what one of two logs calls the old one came back",
    ),
]


@pytest.mark.parametrize(("evidence", "expected"), CASES)
def test_reset_rmc(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence).fact("cloud_init.reset_rmc")) == expected


def test_a_failure_points_at_its_line() -> None:
    fact = facts(runs(f"{OLD} {NEW}"), cloud_log(ERROR)._replace(line=500)).fact("cloud_init.reset_rmc")
    assert says(fact) == "?conflicting"
    fact = facts(cloud_log("DEBUG Attempting to reset RMC.", ERROR)).fact("cloud_init.reset_rmc")
    assert fact.says == "cloud-init says: cc_reset_rmc.py[ERROR]: New node ID did not get generated."
    assert (
        lines(fact.evidence) == "2026-03-02 09:14:07,331 - cc_reset_rmc.py[ERROR]: New node ID did not get generated."
    )


def test_a_node_id_made_by_hand_is_named() -> None:
    fact = facts(renewal(OLD, OLD), live(THIRD)).fact("cloud_init.reset_rmc")
    assert fact.says.endswith("but /var/ct/cfg/ct_node_id now holds another one.")
    assert THIRD in lines(fact.evidence)


def test_a_node_id_that_came_back_is_shown_beside_the_log() -> None:
    fact = facts(renewal(OLD, NEW), live(OLD)).fact("cloud_init.reset_rmc")
    assert f"replaced the node ID {OLD} with {NEW}, but {LIVE} holds {OLD} again" in fact.says
    assert {place.request for place in fact.evidence} == {LIVE, CLOUD_LOG}


def test_a_partition_whose_old_node_id_came_back_fails_the_rule_on_its_renewal() -> None:
    renewals = {"made here": renewal(NEW, OLD), "gone again": renewal(OLD, NEW)}
    found = {word: judge(replaced(whole_aix(), log))["RMC-ID-005"].result for word, log in renewals.items()}
    assert found == {"made here": "pass", "gone again": "fail"}


def test_an_error_that_was_mended_is_told_in_one_sentence() -> None:
    fact = facts(cloud_log(BEGIN.format(OLD), ERROR), live(THIRD)).fact("cloud_init.reset_rmc")
    assert (says(fact), "generated, but /var/ct/cfg/ct_node_id now holds" in fact.says) == ("renewed", True)


NO_LOGS = [file(CLOUD_LOG, state="absent"), file(CLOUD_OUTPUT, state="absent"), RUNS]


@pytest.mark.parametrize(
    ("management", "expected"),
    [("hmc", "n/a"), ("none", "n/a"), ("powervs", "?inconclusive"), ("unknown", "?inconclusive")],
)
def test_a_stock_configuration_says_nothing_where_cloud_init_never_ran(management: str, expected: str) -> None:
    assert says(facts(*NO_LOGS, management=management).fact("cloud_init.reset_rmc")) == expected
    begun = [NO_LOGS[0], OTHER_OUTPUT, RUNS]
    assert says(facts(*begun, management=management).fact("cloud_init.reset_rmc")) == "?inconclusive"


SHOWN = [
    pytest.param([cloud_log(SKIPPED), OTHER_OUTPUT], "n/a", CLOUD_LOG, "RSCT_PATH not present.", id="skipped"),
    pytest.param(
        [cloud_log(SKIPPED)._replace(exit_status=None)], "?inconclusive", CLOUD_LOG, "may continue.", id="not last"
    ),
    pytest.param(
        [OTHER, OTHER_OUTPUT, RUNS_NOT], "n/a", "/etc/cloud/cloud.cfg", "module reset_rmc here.", id="not run"
    ),
]


@pytest.mark.parametrize(("evidence", "expected", "path", "end"), SHOWN)
def test_what_is_no_verdict_points_at_a_line_too(evidence: list[Evidence], expected: str, path: str, end: str) -> None:
    fact = facts(*evidence).fact("cloud_init.reset_rmc")
    assert (says(fact), {place.request for place in fact.evidence}) == (expected, {path})
    assert fact.says.endswith(end)
