"""Advice is worth following: it names nothing that is answered, and its answer changes what is unknown, or why.

Each host here has a healthy twin, from which the answers come that an administrator would bring.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import pytest

from rmccomply.evidence.model import Damage, Evidence
from rmccomply.evidence.section import OFFLINE
from rmccomply.finding import Finding
from rmccomply.policy.find import shipped
from rmccomply.sources.reading import Read, Readings
from rmccomply.words import Reason
from tests.hosts.building import DF, answer, command, file, healthy_aix, judge, probe, replaced, stream, without
from tests.hosts.cases import domain, healthy_linux, healthy_vios, linux_host, lssrc
from tests.hosts.consoles import SERVICE, UDP, consoles, nft, zones
from tests.hosts.generations import HOSTS
from tests.hosts.healthy import HEALTHY
from tests.hosts.stories import STORIES
from tests.hosts.whole import whole
from tests.test_generations import judged

PARAMETER = "rmccomply check --param management="
COLLECT, PROBE = "rmccomply collect ssh HOST --", "--probe"


class Case(NamedTuple):
    """A host with something unknown, and what its healthy twin answers."""

    evidence: tuple[Evidence, ...]
    twin: tuple[Evidence, ...]
    platform: str
    management: str


def healthy(name: str, *, root: bool = True) -> Case:
    host, packet_filter = HEALTHY[name]
    twin = whole(host, packet_filter).evidence
    return Case(whole(host, packet_filter, root=root).evidence, twin, host.platform, host.management)


def empty(name: str) -> Case:
    return healthy(name)._replace(evidence=())


def broken(number: int) -> Case:
    story = STORIES[number]
    host = HOSTS[story.host]
    return Case(tuple(replaced(host.evidence, *story.others)), tuple(host.evidence), host.platform, host.management)


SMALL = ("aix-7.3", "vios-4.1", "rhel-9", "ubuntu-24.04-ufw", "sles-15")
"""One for each system: without root, and without any answer, many findings of each are unknown."""
CASES: dict[str, Callable[[], Case]] = {
    **{f"healthy {name}": partial(healthy, name) for name in HEALTHY},
    **{f"not root {name}": partial(healthy, name, root=False) for name in SMALL},
    **{f"empty {name}": partial(empty, name) for name in SMALL},
    **{f"broken {one.number} {one.words}": partial(broken, number) for number, one in enumerate(STORIES)},
}


@cache
def unknown_in(name: str) -> tuple[Case, tuple[Finding, ...]]:
    case = CASES[name]()
    return case, tuple(one for one in judged(case.evidence, case.platform) if one.result == "unknown")


def words_of(text: str) -> str:
    return text.replace("'", "").removeprefix("cat ")


def names(advice: str, request: str) -> bool:
    """Whether an advice asks for this request, or for the same with less."""
    asked = words_of(advice)
    return asked == request or request.startswith(f"{asked} ")


def complete(evidence: tuple[Evidence, ...]) -> set[str]:
    """The requests that are answered, wholly and so that it can be read."""
    return {one.name for one in Readings(evidence).all() if isinstance(one, Read) and not one.partial}


def followed(case: Case, advice: str) -> tuple[list[Evidence], dict[str, str]]:
    """The evidence with what the advice brings, and the parameters that it declares."""
    if advice.startswith(PARAMETER):
        return list(case.evidence), {"management": case.management}
    if PROBE in advice:
        return [*case.evidence, *probes(case)], {}
    if advice.startswith(COLLECT):
        return list(case.twin), {}
    words = words_of(advice).split()
    brought = [item for item in case.twin if {words[0], words[-1]} & {item.argv[0].rpartition("/")[2], item.argv[-1]}]
    return replaced(case.evidence, *brought), {}


def probes(case: Case) -> list[Evidence]:
    rows = [line.split() for item in case.twin if item.request.endswith(" -a ip") for line in item.out.lines]
    return [probe(row[-1], "open\n") for row in rows if len(row) == 5]


def unmoved(name: str) -> Iterator[tuple[str, str]]:
    """Rules whose advice, once followed, leaves them as they were."""
    case, left = unknown_in(name)
    for advice in dict.fromkeys(one.settle for one in left):
        evidence, parameters = followed(case, advice)
        after = {_which(one): _says(one) for one in judged(evidence, case.platform, "rmc-core", **parameters)}
        yield from ((one.rule, advice) for one in left if one.settle == advice and after.get(_which(one)) == _says(one))


def _which(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.subject


def _says(finding: Finding) -> tuple[str, str | None, str]:
    return finding.result, finding.reason, finding.message


def answered(name: str) -> list[tuple[str, str]]:
    """Rules whose advice names what is answered already."""
    case, left = unknown_in(name)
    there = complete(case.evidence)
    return [(one.rule, one.settle) for one in left if any(names(one.settle, request) for request in there)]


@pytest.mark.parametrize("name", CASES)
def test_no_advice_names_what_is_answered(name: str) -> None:
    assert answered(name) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", CASES)
def test_following_an_advice_changes_the_outcome_or_its_reason(name: str) -> None:
    assert list(unmoved(name)) == []


@pytest.mark.parametrize("name", CASES)
def test_whatever_is_unknown_has_an_advice(name: str) -> None:
    _, left = unknown_in(name)
    assert all(one.settle and one.settle in one.advice for one in left)
    assert all(one.advice.endswith(".") and one.advice.count("`") % 2 == 0 for one in left)


@pytest.mark.parametrize("name", CASES)
def test_whatever_is_unknown_says_what_kind_of_doing_settles_it(name: str) -> None:
    """What comes first fails on this very target, and so blocks."""
    case, left = unknown_in(name)
    fails = {one.rule for one in judged(case.evidence, case.platform) if one.result == "fail"}
    assert [one.rule for one in left if one.step is None] == []
    assert [one.rule for one in left if (one.step == "fix_first") != bool(one.first)] == []
    assert {one.first for one in left if one.first} <= fails
    assert {one.way for one in left} <= {"vios" if case.platform == "vios" else "root"}


STEPS_OF: dict[Reason, set[str]] = {
    "not_collected": {"collect"},
    "denied": {"as_root"},
    "stale": {"renew"},
    "truncated": {"repeat", "collect"},
    "timeout": {"look", "collect"},
}
"""What is done about one answer that is so. Another way to the same may not have been asked yet."""


@pytest.mark.parametrize("reason", STEPS_OF)
@pytest.mark.parametrize("name", ["aix-7.3", "rhel-9"])
def test_one_answer_that_is_missing_is_told_by_why_it_is(name: str, reason: Reason) -> None:
    """Nothing fails on these hosts, so that no problem comes first."""
    host, seen = HOSTS[name], Counter[str]()
    for item in host.evidence:
        spoilt = item._replace(exit_status=None, out=stream("", 20), damage=Damage(reason, "it is so"))
        found = judged([spoilt if one is item else one for one in host.evidence], host.platform)
        seen += Counter(str(one.step) for one in found if one.result == "unknown")
    assert seen.keys() <= STEPS_OF[reason]
    assert seen.total() > 30


def test_there_are_unknowns_of_each_kind_of_host() -> None:
    """Else the properties say nothing."""
    for kind in ("not root", "empty", "broken"):
        assert sum(len(unknown_in(name)[1]) for name in CASES if name.startswith(kind)) > 50


ROOT = "`rmccomply collect ssh HOST --sudo`"
UP_5_MINUTES = "  03:00AM   up 5 mins,  1 user,  load average: 0.71, 0.66, 0.64\n"
NO_RMC = "2612-022 A session could not be established."
NO_SESSION = command("rmcdomainstatus -s ctrmc -a ip", "", 1, err=NO_RMC)
DOWN = lssrc("ctrmc rsct inoperative")
ASKED = "rmcdomainstatus -s ctrmc -a ip"


def lost(request: str, reason: Reason, partial: bool = False) -> Evidence:
    return command(request, exit_status=None, damage=Damage(reason, "it is so", partial))


BY_REASON = [
    # what is answered otherwise, the rule, the reason, how its advice begins
    ([], "RMC-AUTH-003", "not_collected", "Add the output of `ctsvhbac`, or collect again: "),
    ([lost("ctsvhbac", "denied")], "RMC-AUTH-003", "denied", f"Collect as root: {ROOT}."),
    ([lost(ASKED, "denied")], "RMC-DOM-001", "denied", f"Collect as root: {ROOT}."),
    ([DOWN, NO_SESSION], "RMC-DOM-001", "failed", "Fix RMC-SUB-001 first: ctrmc is inoperative. Then collect again: "),
    ([NO_SESSION], "RMC-DOM-001", "failed", f"Fix what `{ASKED}` complains of, then collect again: "),
    ([lost(ASKED, "timeout")], "RMC-DOM-001", "timeout", f"Find out what `{ASKED}` waits for: "),
    ([lost("lssrc -a", "empty")], "RMC-SUB-001", "empty", "Run `lssrc -a` again and keep its exit status, "),
    ([lost("lssrc -a", "truncated")], "RMC-SUB-001", "truncated", "Run `lssrc -a` again and keep all of its output, "),
    ([command("lssrc -a", "Unterprogramm\n")], "RMC-SUB-001", "unparsable", "Run `lssrc -a` again with LC_ALL=C "),
    ([lost("lssrc -a", "stale")], "RMC-SUB-001", "stale", f"Collect again: {ROOT}."),
    (
        [lost("lssrc -a", "command_absent")],
        "RMC-SUB-001",
        "command_absent",
        "`lssrc` is not installed: ",
    ),
    (
        [command("lssrc -s ctrmc", " ctrmc            rsct                          inoperative\n")],
        "RMC-SUB-001",
        "conflicting",
        "Find out which of the lines shown is right, and why; then collect again: ",
    ),
    (
        [command("uptime", UP_5_MINUTES), domain("O A 10.9.8.7")],
        "RMC-DOM-001",
        "settling",
        f"Wait until 15 minutes after the start, then collect again: {ROOT}.",
    ),
    ([file("/var/ct/cfg/ct_node_id", "# none\n")], "RMC-ID-001", "unparsable", "Fix RMC-ID-003 first: "),
]


def test_what_the_collector_got_and_nobody_can_read_is_looked_at_and_not_asked_again() -> None:
    """It asked with LC_ALL=C and kept all of it."""
    odd = command("lssrc -a", "Unterprogramm\n", limit=20)
    one = judge(replaced(healthy_aix(), odd))["RMC-SUB-001"]
    assert (one.reason, one.step) == ("unparsable", "look")
    assert one.advice.startswith("Look at the line shown")


@pytest.mark.parametrize(("others", "rule", "reason", "begins"), BY_REASON)
def test_advice_goes_by_the_reason(others: list[Evidence], rule: str, reason: str, begins: str) -> None:
    one = judge(replaced(healthy_aix(), *others))[rule]
    assert (one.result, one.reason) == ("unknown", reason)
    assert one.advice.startswith(begins)


def test_a_virtual_io_server_is_collected_as_root_in_its_own_way() -> None:
    one = judge(replaced(healthy_vios(), lost("ctsvhbac", "denied")), platform="vios")["RMC-AUTH-003"]
    assert one.settle == "rmccomply collect ssh HOST --vios"


def test_no_advice_loads_a_module_of_the_kernel() -> None:
    one = judge(healthy_linux(), platform="linux")["RMC-NET-003"]
    assert (one.result, one.settle) == ("unknown", "rmccomply collect ssh HOST --sudo")
    assert "nft" not in one.advice


def test_where_rsct_is_in_a_container_it_is_asked_there() -> None:
    answers = [*linux_host(distribution="rhcos"), command(ASKED, "")]
    one = judge(answers, platform="linux")["RMC-DOM-001"]
    assert one.settle.startswith("oc -n NAMESPACE exec POD -- ")


def test_what_is_decided_has_no_advice() -> None:
    assert {one.advice for one in judge(healthy_aix()).values() if one.result != "unknown"} == {""}


def test_the_rule_that_advice_names_first_judges_the_fact_that_bears_the_block_out() -> None:
    policy = tomllib.loads(shipped()["rmc-core"].read_text("utf-8"))
    texts = {rule["id"]: str(rule) for rule in policy["rules"]}
    blocks = [cause for cause in policy["causes"] if "blocks" in cause]
    assert len(blocks) > 5
    assert [one["rule"] for one in blocks if f"'{one['when']['fact']}'" not in texts[one["rule"]]] == []


OWN_POLICY = """
schema = 1
id = "mine"
title = "Of this house"
version = "1"
extends = "rmc-core"

[[rules]]
id = "MY-FS-001"
title = "There is room"
severity = "high"
platforms = ["aix"]
check = { kind = "number", fact = "var_ct.used_percent", below = 40 }
rationale = "Because."
remediation = "Make room."
references = [{ title = "A book" }]

[[causes]]
rule = "MY-FS-001"
blocks = ["ctsvhbac"]
reasons = ["failed"]
says = "Where there is no room, nothing is signed."
"""


@pytest.mark.parametrize(("room", "blocked"), [("2778726   47%", True), ("4613734   12%", False)])
def test_a_policy_of_ones_own_says_what_its_problems_block(tmp_path: Path, room: str, blocked: bool) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN_POLICY, "utf-8")
    listed = command("df -k /var /tmp /", DF.replace("2778726   47%", room))
    failed = command("ctsvhbac", "", 1, "ctsvhbac: it did not work\n")
    one = judge(replaced(healthy_aix(), listed, failed), str(path))["RMC-AUTH-003"]
    assert (one.step, one.first) == (("fix_first", "MY-FS-001") if blocked else ("look", ""))
    begins = "Fix MY-FS-001 first: Where there is no room, nothing is signed. Then collect again: "
    assert one.advice.startswith(begins) == blocked


def test_a_problem_that_does_not_fail_blocks_nothing() -> None:
    """A command that fails while the daemon runs has another cause."""
    found = judge(replaced(healthy_aix(), DOWN, NO_SESSION, command("lsrsrc IBM.MCP", "", 1, NO_RMC)))
    assert {one.first for one in found.values() if one.result == "unknown"} >= {"RMC-SUB-001"}
    only = judge(replaced(healthy_aix(), NO_SESSION))
    assert {one.first for one in only.values()} == {""}


OTHER_FILTER = command("lslpp -Lcq ipfl.rte", "ipfl:ipfl.rte:5.3.0.7: : :C: :IP Filter: : : : : : :1:0:/:1845\n")


def test_what_nothing_reads_is_for_people() -> None:
    one = judge(replaced(healthy_aix(), OTHER_FILTER))["RMC-NET-003"]
    assert (one.reason, one.settle) == ("inconclusive", "ipfstat -io")
    assert one.advice == "Look at what `ipfstat -io` prints: no answer of it is read here."


def test_only_what_changes_by_itself_is_collected_a_second_time() -> None:
    rules = nft("accept", "queue to 0")
    one = judge(replaced(healthy_linux(), consoles(), rules), platform="linux")["RMC-NET-003"]
    again = "rmccomply collect ssh HOST --sudo"
    assert (one.reason, one.settle) == ("inconclusive", again)
    says = "The answers do not decide it: look at the lines shown. After a change collect again: "
    assert one.advice == f"{says}`{again}`."


def test_the_file_of_a_service_that_is_brought_settles_its_zone() -> None:
    rules = zones("ssh powervm", "")
    before = replaced(healthy_linux(), consoles(), rules)
    one = judge(before, platform="linux")["RMC-NET-003"]
    assert one.settle == "cat /etc/firewalld/services/powervm.xml"
    text = SERVICE.format(udp=UDP)
    ports = judge([*before, file("/etc/firewalld/services/powervm.xml", text)], platform="linux")["RMC-NET-003"]
    assert ports.result == "pass"
    none = text.replace('port="657"', 'port="1657"')
    closed = judge([*before, file("/etc/firewalld/services/powervm.xml", none)], platform="linux")["RMC-NET-003"]
    assert closed.result == "fail"


NOTE = answer("meta", ("rmccomply-collect", "ssh", "lpar7"), "no-address\nno such host\n", origin="controller")
JUMP = answer("meta", ("rmccomply-collect", "ssh", "lpar7"), "jump-failed\nrefused\n", origin="controller")
CUT = answer("meta", ("rmccomply-collect", "ssh", "lpar7"), "not-tried\nover\n", origin="controller")
SAME = "Repeat the same `rmccomply collect … --run DIR`."


@pytest.mark.parametrize(
    ("note", "says"),
    [
        (NOTE, f"Give it an address in the inventory, or a name that resolves. {SAME}"),
        (JUMP, f"Check that ssh reaches the jump host from here, knows its key and may log in there. {SAME}"),
        (CUT, SAME),
    ],
)
def test_a_target_that_did_not_come_is_collected_by_the_command_that_knows_its_way(note: Evidence, says: str) -> None:
    assert {one.advice for one in judge([note], platform="").values()} == {says}


@pytest.mark.parametrize(
    ("word", "step"), [("sudo-refused", "allow"), ("no-shell", "allow"), ("auth-failed", "reach"), ("timeout", "reach")]
)
def test_a_target_that_was_reached_is_not_told_to_be(word: str, step: str) -> None:
    note = answer("meta", ("rmccomply-collect", "ssh", "lpar7"), f"{word}\nno\n", origin="controller")
    assert {one.step for one in judge([note], platform="").values()} == {step}


def test_captures_of_no_platform_are_told_the_option_that_says_it() -> None:
    found = judge([command("df -k", "")], platform="").values()
    assert {(one.step, one.settle) for one in found} == {("declare_platform", "uname -a")}
    assert all("`rmccomply check --platform aix INPUT`" in one.advice for one in found)


def test_an_image_is_not_collected_by_ssh() -> None:
    offline = Damage("not_collected", f"the collector skipped it: {OFFLINE}")
    image = [command("uname -a", "")._replace(damage=offline), file("/etc/ct_node_id", "2f60b8d14ce795a1\n")]
    left = [one for one in judge(image, platform="linux").values() if one.result == "unknown"]
    assert not [one for one in left if "ssh" in one.advice]
    said = {one.advice for one in left if not one.settle}
    where = "collect where it runs, before the capture or after its first start."
    assert said == {f"An image that does not run cannot answer this: {where}"}


def test_a_level_without_the_option_is_not_told_to_mend_it() -> None:
    case, left = unknown_in("broken 26 An old AIX lacks csm.client: nothing shakes hands with the console.")
    assert not [one for one in left if "complains of" in one.advice]
    manager = judge(list(case.evidence))["RMC-SUB-002"]
    assert manager.remediation.startswith("Install csm.client, which brings IBM.CSMAgentRM. ")
    assert "lists neither IBM.MgmtDomainRM nor IBM.CSMAgentRM." in manager.message


def test_a_resource_without_addresses_is_collected_whole() -> None:
    bare = command("lsrsrc IBM.MCP", re.sub(r"(ConnectivityNames *= )\{.*\}", r"\1{}", "\n".join(consoles().out.lines)))
    one = judge(replaced(healthy_aix(), bare))["RMC-NET-004"]
    assert one.advice == f"Collect again, and keep all of `lsrsrc IBM.MCP`: {ROOT}."


def test_how_it_is_managed_is_told_by_a_whole_command() -> None:
    one = judge(without(healthy_aix(), "lsrsrc IBM.MCP"))["RMC-IP6-001"]
    if one.settle.startswith(PARAMETER):
        assert "`rmccomply check --param management=hmc INPUT` (hmc, novalink, powervs, none)" in one.advice
