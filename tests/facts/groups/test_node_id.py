"""The node ID (tables 3.5, 3.6 and 3.7): compared as integers, line 1 of each file."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.words import REASONS
from tests.hosts.building import command, facts, file
from tests.hosts.cases import KVM, LPAR, NOT_INSTALLED, OPAL, aix, broken, linux_host, lslpp, says

ETC, VAR = "/etc/ct_node_id", "/var/ct/cfg/ct_node_id"
ID, OTHER = "9f684c509e74d650", "9f684c509e74d651"
SIDES: dict[str, str] = {
    "value": f"{ID}\n",
    "other": f"{OTHER}\n",
    "malformed": "9f684c509e74d65g\n",
    "empty": "",
}


def side(path: str, state: str) -> list[Evidence]:
    """A file in one of the states of the table; a reason is that of a section that holds no answer."""
    if state == "missing":
        return []
    if state == "absent":
        return [file(path, state="absent")]
    if state in SIDES:
        return [file(path, SIDES[state])]
    assert state in REASONS
    return [broken(file(path), state)]


FILES = [
    # /etc, /var/ct/cfg, node_id.files, node_id.form
    ("value", "value", "equal", "well_formed"),
    ("value", "other", "different", "well_formed"),
    ("value", "malformed", "?unparsable", "malformed"),
    ("value", "empty", "?unparsable", "malformed"),
    ("value", "absent", "one_missing", "well_formed"),
    ("value", "denied", "?denied", "?denied"),
    ("value", "missing", "?not_collected", "?not_collected"),
    ("value", "timeout", "?timeout", "?timeout"),
    ("malformed", "value", "?unparsable", "malformed"),
    ("malformed", "malformed", "?unparsable", "malformed"),
    ("malformed", "absent", "?unparsable", "malformed"),
    ("malformed", "denied", "?denied", "malformed"),
    ("empty", "value", "?unparsable", "malformed"),
    ("absent", "value", "one_missing", "well_formed"),
    ("absent", "malformed", "?unparsable", "malformed"),
    ("absent", "empty", "?unparsable", "malformed"),
    ("absent", "absent", "n/a", "missing"),
    ("absent", "denied", "?denied", "?denied"),
    ("denied", "value", "?denied", "?denied"),
    ("missing", "value", "?not_collected", "?not_collected"),
    ("missing", "malformed", "?not_collected", "malformed"),
    ("missing", "absent", "?not_collected", "?not_collected"),
    ("missing", "missing", "?not_collected", "?not_collected"),
    ("not_collected", "not_collected", "?not_collected", "?not_collected"),
]


@pytest.mark.parametrize(("etc", "var", "files", "form"), FILES)
def test_files(etc: str, var: str, files: str, form: str) -> None:
    found = facts(*side(ETC, etc), *side(VAR, var), lslpp())
    assert (says(found.fact("node_id.files")), says(found.fact("node_id.form"))) == (files, form)


@pytest.mark.parametrize(
    ("etc", "var"),
    [
        ("00a84c509e74d650", "a84c509e74d650"),
        ("9F684C509E74D650", "9f684c509e74d650"),
        ("9f684c509e74d650\r", "9f684c509e74d650"),
        (" 9f684c509e74d650 ", "9f684c509e74d650"),
        ("9f684c509e74d650\n# a comment\n#", "9f684c509e74d650"),
        ("9f684c509", "0000000" + "9f684c509"),
    ],
)
def test_spellings_of_one_number(etc: str, var: str) -> None:
    found = facts(file(ETC, etc + "\n"), file(VAR, var + "\n"), lslpp())
    assert (says(found.fact("node_id.files")), says(found.fact("node_id.form"))) == ("equal", "well_formed")


MALFORMED = [
    "0",
    "0000000000000000",
    "ffffffffffffffff",
    "FFFFFFFFFFFFFFFF",
    "9f684c509e74d650a",
    "0x9f684c509e74d650",
    "9f684c50",
    "9f684c509e74d65g",
    "# a comment\n9f684c509e74d650",
    "9f684c509e74d650\n9f684c509e74d650",
    "9f684c50 9e74d650",
    "\n9f684c509e74d650",
    "９f684c509e74d650",
]


@pytest.mark.parametrize("text", MALFORMED)
def test_what_rsct_did_not_write(text: str) -> None:
    found = facts(file(ETC, f"{text}\n"), file(VAR, f"{text}\n"), lslpp())
    assert (says(found.fact("node_id.files")), says(found.fact("node_id.form"))) == ("?unparsable", "malformed")


UNASSIGNED = command("lsnodeid", "", 1, err="2641-036 The node does not have an assigned node identifier.\n")
LIVE = [
    # lsnodeid, /etc, /var/ct/cfg, node_id.live
    pytest.param(command("lsnodeid", f"{ID}\n"), "value", "value", "equal", id="equals both"),
    pytest.param(command("lsnodeid", f"{ID.upper()}\n"), "value", "value", "equal", id="upper case"),
    pytest.param(command("lsnodeid", f"{ID}\n"), "other", "value", "equal", id="ID-001 speaks of /etc"),
    pytest.param(command("lsnodeid", f"{OTHER}\n"), "value", "value", "different", id="differs from both"),
    pytest.param(command("lsnodeid", f"{OTHER}\n"), "other", "value", "different", id="differs from the live file"),
    pytest.param(command("lsnodeid", f"{OTHER}\n"), "missing", "value", "different", id="differs, /etc not collected"),
    pytest.param(command("lsnodeid", f"{ID}\n"), "value", "absent", "?inconclusive", id="no live file"),
    pytest.param(command("lsnodeid", f"{OTHER}\n"), "value", "absent", "?inconclusive", id="/etc alone is a backup"),
    pytest.param(command("lsnodeid", f"{ID}\n"), "value", "malformed", "?unparsable", id="live file malformed"),
    pytest.param(command("lsnodeid", f"{ID}\n"), "malformed", "value", "equal", id="backup malformed"),
    pytest.param(command("lsnodeid", f"{ID}\n"), "absent", "value", "equal", id="backup absent"),
    pytest.param(command("lsnodeid", f"{ID}\n"), "denied", "value", "equal", id="backup not readable"),
    pytest.param(command("lsnodeid", f"{ID}\n"), "missing", "value", "equal", id="backup not collected"),
    pytest.param(command("lsnodeid", f"{ID}\n"), "value", "denied", "?denied", id="live file not readable"),
    pytest.param(command("lsnodeid", f"{ID}\n"), "value", "missing", "?not_collected", id="live file not collected"),
    pytest.param(UNASSIGNED, "value", "value", "unassigned", id="2641-036"),
    pytest.param(command("lsnodeid", "0\n"), "value", "value", "?unparsable", id="zero"),
    pytest.param(command("lsnodeid", ""), "value", "value", "?empty", id="empty"),
    pytest.param(command("lsnodeid", "", 127), "value", "value", "?command_absent", id="no such command"),
    pytest.param(
        command("lsnodeid", "", 1, err="2612-022 A session could not be established.\n"),
        "value",
        "value",
        "?failed",
        id="another error",
    ),
]


@pytest.mark.parametrize(("lsnodeid", "etc", "var", "expected"), LIVE)
def test_live(lsnodeid: Evidence, etc: str, var: str, expected: str) -> None:
    assert says(facts(lsnodeid, *side(ETC, etc), *side(VAR, var), lslpp()).fact("node_id.live")) == expected


def test_lsnodeid_not_collected() -> None:
    assert says(aix(less=("lsnodeid",)).fact("node_id.live")) == "?not_collected"


NAMES = ("node_id.files", "node_id.live", "node_id.form")
BAD = [file(ETC, f"{ID}\n"), file(VAR, "zero\n"), UNASSIGNED]
KINDS = [
    pytest.param("linux", linux_host(LPAR), ["?unparsable", "unassigned", "malformed"], id="PowerVM"),
    pytest.param("linux", linux_host(KVM), ["?unparsable", "unassigned", "malformed"], id="KVM with RSCT"),
    pytest.param("linux", linux_host(KVM, ""), ["n/a"] * 3, id="KVM without RSCT"),
    pytest.param("linux", linux_host(OPAL, ""), ["n/a"] * 3, id="OPAL without RSCT"),
    pytest.param("linux", linux_host(LPAR, "", "rhcos"), ["n/a"] * 3, id="RHCOS"),
    pytest.param("aix", [command("uname -W", "3\n"), lslpp()], ["n/a"] * 3, id="workload partition"),
    pytest.param(
        "aix", [command("uname -L", "-1 NULL\n"), lslpp()], ["?unparsable", "unassigned", "malformed"], id="full system"
    ),
    pytest.param("aix", [NOT_INSTALLED], ["n/a"] * 3, id="RSCT not installed"),
]


@pytest.mark.parametrize(("platform", "evidence", "expected"), KINDS)
def test_node_id_by_kind_of_host(platform: str, evidence: list[Evidence], expected: list[str]) -> None:
    found = facts(*evidence, *BAD, platform=platform)
    assert [says(found.fact(name)) for name in NAMES] == expected


def test_a_proved_absence_replaces_no_pass() -> None:
    found = aix(NOT_INSTALLED)
    assert [says(found.fact(name)) for name in NAMES] == ["equal", "equal", "well_formed"]


def test_both_files_absent_where_nobody_knows_whether_rsct_is_installed() -> None:
    found = facts(file(ETC, "", "absent"), file(VAR, "", "absent"))
    assert says(found.fact("node_id.form")) == "?not_collected"


def test_a_difference_shows_both_lines() -> None:
    fact = aix(file(VAR, f"{OTHER}\n")).fact("node_id.files")
    assert {(place.request, place.text) for place in fact.evidence} == {(ETC, ID), (VAR, OTHER)}


def test_no_file_at_all() -> None:
    absent = [file(path, state="absent") for path in (ETC, VAR)]
    fact = aix(*absent).fact("node_id.files")
    assert says(fact) == "n/a"
    assert fact.says == "Neither node ID file exists, so there is nothing to compare."
    assert {place.request for place in fact.evidence} == {ETC, VAR}

    fact = aix(*absent).fact("node_id.form")
    assert fact.says == "RSCT is installed, but neither node ID file exists."
    assert {place.request for place in fact.evidence} == {ETC, VAR, "lslpp -Lcq rsct.*"}
    assert [one.name for one in fact.basis] == ["rsct.installed"]

    fact = aix(*absent, less=("lslpp -Lcq rsct.*",)).fact("node_id.form")
    assert fact.says == "Neither node ID file exists, and whether RSCT is installed is unknown."
    assert {place.request for place in fact.evidence} == {ETC, VAR}
    assert ([one.name for one in fact.basis], fact.settle) == (["rsct.installed"], "lslpp -Lcq 'rsct.*'")


def test_what_lsnodeid_prints_is_no_node_id() -> None:
    fact = aix(command("lsnodeid", "0\n")).fact("node_id.live")
    assert says(fact) == "?unparsable"
    assert fact.says == "The node ID in use is unknown: lsnodeid prints '0': it is zero."
    assert ([place.request for place in fact.evidence], fact.settle) == (["lsnodeid"], "lsnodeid")


def test_both_files_are_malformed() -> None:
    fact = aix(file(ETC, "0\n"), file(VAR, "")).fact("node_id.form")
    assert fact.says == f"{VAR}: it is empty; {ETC}: it is zero."
