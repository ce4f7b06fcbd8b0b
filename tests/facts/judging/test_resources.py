"""The resources of IBM.MCP, joined over all forms in which they were requested."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.judging.resources import resources
from tests.hosts.building import command, facts
from tests.hosts.cases import broken
from tests.hosts.consoles import NO_CLASS, NO_CONSOLE, NODE_ID, TITLE, consoles

SOME = "lsrsrc IBM.MCP NodeID KeyToken"


def some(node_id: int, token: str = "hmc1") -> Evidence:
    return command(SOME, f'{TITLE}resource 1:\n\tNodeID = {node_id}\n\tKeyToken = "{token}"\n')


def test_a_resource_is_known_by_its_machine_and_its_number_in_hexadecimal() -> None:
    (row,) = facts(consoles()).cached(resources).rows
    assert (row.label, row.node_id, row.addresses) == ("7063-CR2*78AB123", f"{NODE_ID:016x}", ("10.9.8.7", "10.9.8.7"))
    assert row.of("HMCAddIPs") == ()
    assert [place.text.split()[0] for place in row.at("KeyToken")] == ["KeyToken"]
    assert [place.text for place in row.at("RMCKey")] == ["resource 1:"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ('HMCIPAddr = "10.9.8.7"', "10.9.8.7"),
        ('IPAddresses = {"10.9.8.8","10.9.8.9"}', "10.9.8.8"),
        ("NodeID = 77", "77"),
        ('MNName = "lpar1"', "resource 1"),
    ],
)
def test_the_label_is_the_best_that_is_there(text: str, label: str) -> None:
    (row,) = facts(command("lsrsrc IBM.MCP", f"{TITLE}resource 1:\n\t{text}\n")).cached(resources).rows
    assert row.label == label


@pytest.mark.parametrize("number", ["18446744073709551616", "-1", '"77"x'])
def test_a_number_of_more_than_64_bits_is_no_node_id(number: str) -> None:
    (row,) = facts(command("lsrsrc IBM.MCP", f"{TITLE}resource 1:\n\tNodeID = {number}\n")).cached(resources).rows
    assert row.node_id is None


def test_forms_that_agree_are_joined() -> None:
    (row,) = (
        facts(some(NODE_ID), command("lsrsrc IBM.MCP HMCIPAddr", f'{TITLE}resource 1:\n\tHMCIPAddr = "10.9.8.7"\n'))
        .cached(resources)
        .rows
    )
    assert (row.of("KeyToken"), row.of("HMCIPAddr")) == (("hmc1",), ("10.9.8.7",))


@pytest.mark.parametrize("other", [some(7), some(NODE_ID, "hmc2"), NO_CONSOLE], ids=["number", "token", "none"])
def test_forms_that_differ_conflict(other: Evidence) -> None:
    evidence = [consoles(), other] if other.request == SOME else [some(NODE_ID), other]
    found = facts(*evidence).cached(resources)
    assert found.rows == ()
    assert found.unread is not None
    assert found.unread.reason == "conflicting"
    assert {place.request for place in found.unread.evidence} == {SOME, "lsrsrc IBM.MCP"}


def test_a_form_that_conflicts_with_itself_makes_all_conflict() -> None:
    found = facts(consoles(), some(NODE_ID), some(7)).cached(resources)
    assert found.unread is not None
    assert found.unread.reason == "conflicting"


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ([], "not_collected"),
        ([broken(consoles(), "timeout")], "timeout"),
        ([command("lsrsrc IBM.Host", "Resource Persistent Attributes for IBM.Host\n")], "not_collected"),
    ],
)
def test_nothing_read(evidence: list[Evidence], reason: str) -> None:
    found = facts(*evidence).cached(resources)
    assert found.unread is not None
    assert found.unread.reason == reason


def test_one_form_that_answers_is_enough() -> None:
    found = facts(broken(consoles(), "timeout"), some(NODE_ID)).cached(resources)
    assert (len(found.rows), found.unread) == (1, None)


SERVER = command(
    "lsrsrc IBM.ManagementServer",
    'Resource Persistent Attributes for IBM.ManagementServer\nresource 1:\n\tName = "10.9.8.7"\n',
)
OLD, MODERN = command("oslevel -s", "5300-12-09-1341\n"), command("oslevel -s", "7200-05-07-2346\n")
WITHOUT_CLASS = [
    pytest.param([NO_CLASS, SERVER, OLD], "not_applicable", id="CSM, as it says itself"),
    pytest.param([NO_CLASS, OLD], "unknown", id="CSM without a console"),
    pytest.param([NO_CLASS, SERVER], "unknown", id="a level that is not told"),
    pytest.param([NO_CLASS, SERVER, MODERN], "unknown", id="a level that has the class"),
    pytest.param([SERVER, OLD], "unknown", id="not asked for the class"),
    pytest.param([broken(NO_CONSOLE, "timeout"), SERVER, OLD], "unknown", id="no answer about the class"),
    pytest.param(
        [NO_CLASS, broken(command(SOME, ""), "timeout"), SERVER, OLD], "unknown", id="two answers, one of them"
    ),
]


@pytest.mark.parametrize(("evidence", "state"), WITHOUT_CLASS)
def test_a_level_that_uses_csm_has_no_class_to_judge(evidence: list[Evidence], state: str) -> None:
    found = facts(*evidence)
    cause = found.cached(resources).unread
    assert cause is not None
    assert cause.state == state
    names = ("mcp.unknown_to_domain", "mcp.foreign_names", "trust.unknown_tokens", "path.translated")
    assert {found.fact(name).state for name in names} == {state}
