"""Each failure story ends in the finding that its remedy belongs to, and changes no other finding but those it must."""

import pytest

from rmccomply.evidence.model import Damage, Evidence
from rmccomply.finding import Finding
from rmccomply.sources.table import SOURCES
from tests.dangerous import dangers
from tests.hosts.answers import ip_addr, rpms
from tests.hosts.building import SERVICES, command, file, replaced
from tests.hosts.consoles import CLOUD_LOG, CLOUD_OUTPUT
from tests.hosts.generations import HOSTS
from tests.hosts.parts import DF_LINUX, LOCAL
from tests.hosts.stories import ELSEWHERE, NUMBERS, STORIES
from tests.hosts.story_answers import Story
from tests.test_generations import expected, judged, results

EACH = pytest.mark.parametrize("story", STORIES, ids=[f"{story.number}: {story.words}" for story in STORIES])


def told(story: Story, **parameters: str) -> tuple[Finding, ...]:
    host = HOSTS[story.host]
    return judged(replaced(host.evidence, *story.others), host.platform, **parameters)


@EACH
def test_a_story_fails_where_its_remedy_is_and_changes_what_it_must(story: Story) -> None:
    found, before = results(told(story)), expected(story.host)
    changed = {rule: result for rule, result in found.items() if result != before[rule]}
    assert changed == dict.fromkeys(story.due, "fail") | story.also


@EACH
def test_a_failure_has_its_severity_its_lines_and_a_remedy(story: Story) -> None:
    due = [one for one in told(story) if one.rule in story.due and one.result == "fail"]
    assert {one.rule: one.severity for one in due} == story.due
    assert all(one.evidence and one.remediation and one.message for one in due)
    shown = {item.request for item in story.others}
    assert all(shown & {place.request for place in one.evidence} for one in due)


@pytest.mark.exhaustive
@EACH
def test_declaring_the_management_makes_no_verdict_milder(story: Story) -> None:
    """What fails without the parameter fails with it."""
    declared = results(told(story, management=HOSTS[story.host].management))
    assert {rule for rule, result in results(told(story)).items() if result == "fail"} <= {
        rule for rule, result in declared.items() if result == "fail"
    }


def test_every_story_is_told() -> None:
    assert {story.number for story in STORIES} | ELSEWHERE.keys() == set(NUMBERS)
    assert len({(story.number, story.words) for story in STORIES}) == len(STORIES)


def test_a_story_without_a_failure_is_one_that_cannot_be_seen_or_not_yet() -> None:
    quiet = [story for story in STORIES if not story.due]
    assert {story.number for story in quiet} == {6, 22, 28, 32, 33}
    for story in quiet:
        seen = set(results(told(story)).items()) - set(expected(story.host).items())
        assert "pass" not in {result for _, result in seen}
        assert story.unseen or {result.split()[0] for _, result in seen} == {"unknown"} or story.number == 28


def test_no_source_reads_the_view_of_a_console() -> None:
    """Stories 21, 22 and 24 end in what consoles print; no rule speaks for them."""
    assert not {"lspartition", "lssyscfg", "diagrmc"}.intersection(
        head for source in SOURCES.values() for head in source.heads
    )


@pytest.mark.parametrize("story", [story for story in STORIES if story.number == 29])
def test_in_a_cluster_nothing_is_advised_that_ends_it(story: Story) -> None:
    assert [one.rule for one in told(story) if dangers(one.remediation) or "rmcctrl -s" in one.remediation] == []
    alone = next(one for one in STORIES if one.number == 8)
    assert any("recfgct" in one.remediation for one in told(alone) if one.rule in alone.due)


def test_a_console_that_restarts_is_waited_for() -> None:
    """When it restarted is not known here, so the remedy says it."""
    (story,) = (story for story in STORIES if story.number == 28 and story.due)
    assert all("15 minutes" in one.remediation for one in told(story) if one.rule in story.due)


def gone(line: str) -> Evidence:
    return command(
        line, exit_status=None, state="notfound", damage=Damage("command_absent", "the command is not there")
    )


RHCOS = [
    command("uname -a", "Linux node11 5.14.0-427.50.1.el9_4.ppc64le #1 SMP ppc64le ppc64le ppc64le GNU/Linux\n"),
    file("/etc/os-release", 'NAME="Red Hat Enterprise Linux CoreOS"\nID="rhcos"\nID_LIKE="rhel fedora"\n'),
    rpms({}),
    *(file(path, state="absent") for path in ("/etc/ct_node_id", "/var/ct/cfg/ct_node_id", CLOUD_LOG, CLOUD_OUTPUT)),
    *map(gone, ("lssrc -a", "lsnodeid", "lsrsrc IBM.MCP", "lsrpdomain", "ctsthl -l", "ctsvhbac")),
    *map(gone, ("rmcdomainstatus -s ctrmc", "rmcdomainstatus -s ctrmc -a ip")),
    command("df -kPT /var /tmp /", DF_LINUX),
    ip_addr({"env3": (f"{LOCAL}/24", "fe80::8c1a:2bff:fe40:d501/64")}),
    command("nft list ruleset", ""),
    file("/etc/services", SERVICES),
    file("/proc/uptime", "2140211.73 8411064.10\n"),
]


OF_THE_SYSTEM = {"RMC-FS-001", "RMC-FS-003", "RMC-CFG-001", "RMC-NET-003"}
"""What is the system's own: its file systems, and its firewall, behind which the container's network is too."""


@pytest.mark.parametrize("parameters", [{}, {"management": "powervs"}], ids=str)
def test_red_hat_coreos_is_red_for_nothing(parameters: dict[str, str]) -> None:
    """Story 30: RSCT may run in a container there, so that its connection is unknown, and the host is not judged."""
    found = results(judged(RHCOS, "linux", **parameters))
    assert [rule for rule, result in found.items() if result == "fail"] == []
    assert {rule for rule, result in found.items() if result == "pass"} == OF_THE_SYSTEM
    assert found["RMC-DOM-001"] == "unknown command_absent"
