"""SARIF of what needs attention: which results there are, what they say, and that nothing is lost without a count."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema.validators import validator_for
from syrupy.assertion import SnapshotAssertion

from rmccomply.evidence.model import Artifact
from rmccomply.finding import Finding, fingerprint
from rmccomply.formats import Format, Frame, sarif
from rmccomply.formats._sarif.log import SarifFragment
from rmccomply.report import Assessed, Closing, TargetCard
from rmccomply.words import Reason
from tests.cli.running import Program
from tests.formats import awkward
from tests.formats.awkward import ASSESSED, CLOSING, PLAIN, RUN, at, closing, judged, write
from tests.formats.test_sarif_all import OASIS, VENDORED, regions
from tests.hosts.building import NOW

FITS: Format[SarifFragment] = sarif
"""The type checker sees that the module is a format."""
ROOT = Path(__file__).parents[2]
UNDECIDED = "RMC-UNDECIDED"
FILE = (Artifact("a.rmcc", "0" * 64),)


def run_of(*items: Assessed, end: Closing = CLOSING) -> Any:
    return json.loads(write("sarif", PLAIN, items or ASSESSED, end))["runs"][0]


def target(*findings: Finding, files: tuple[Artifact, ...] = FILE) -> Assessed:
    return Assessed(TargetCard("a", "aix", None, None, None, files), findings)


def unknown(rule: str, *lines: int, reason: Reason = "not_collected", **more: Any) -> Finding:
    shown = [at("a.rmcc", line, "x") for line in lines]
    return judged(rule, "a", "unknown", "It was not collected.", *shown, reason=reason, **more)


def test_the_whole_log(snapshot: SnapshotAssertion) -> None:
    assert write("sarif").encode() == snapshot(extension_class=awkward.snapshots_as("sarif"))


@pytest.mark.parametrize("path", [VENDORED, pytest.param(OASIS, id="oasis")])
@pytest.mark.parametrize("items", [ASSESSED, ()], ids=["awkward", "empty"])
def test_the_log_is_valid(path: Path, items: tuple[Assessed, ...]) -> None:
    if path is OASIS and not path.exists():
        pytest.skip("the OASIS schema is not at hand")
    schema = json.loads(path.read_text(encoding="utf-8"))
    document = json.loads(write("sarif", PLAIN, items, closing(items, 4)))
    assert [error.message for error in validator_for(schema)(schema).iter_errors(document)] == []


def test_results_are_the_active_fails_above_info_and_what_is_undecided() -> None:
    results = run_of()["results"]
    assert [(one["ruleId"], one["level"]) for one in results] == [
        ("RMC-ID-001", "error"),
        ("RMC-VER-001", "error"),
        ("RMC-FS-001", "warning"),
        ("RMC-VER-002", "note"),
        (UNDECIDED, "warning"),
    ]
    assert all(one["kind"] == "fail" and "suppressions" not in one for one in results)


def test_what_is_left_out_is_counted_and_all_counts_are_all_findings() -> None:
    counts = run_of()["properties"]["inThisLog"]
    assert counts == {
        "fails": 4,
        "undecidedResults": 1,
        "undecided": 1,
        "blocked": 1,
        "informing": 1,
        "accepted": 2,
        "passed": 2,
        "notApplicable": 3,
        "errors": 1,
    }
    assert sum(counts.values()) - counts["undecidedResults"] == sum(len(item.findings) for item in ASSESSED)
    assert run_of(target(), end=closing((), 4))["properties"]["inThisLog"] == dict.fromkeys(counts, 0)


def test_what_a_fail_blocks_is_counted_by_it_and_is_no_result_of_its_own() -> None:
    blocks = {one["ruleId"]: one["properties"].get("blocks") for one in run_of()["results"]}
    assert blocks == {"RMC-ID-001": 0, "RMC-VER-001": 0, "RMC-FS-001": 1, "RMC-VER-002": 0, UNDECIDED: None}


@pytest.mark.parametrize("disposition", ["waived", "baseline"])
def test_what_is_blocked_by_a_fail_that_is_not_shown_stays_undecided(disposition: Any) -> None:
    accepted = judged("RMC-FS-001", "a", "fail", "Full.", disposition=disposition)
    behind = unknown("RMC-SUB-001", step="fix_first", first="RMC-FS-001", blocked_by=(accepted.fingerprint,))
    (result,) = run_of(target(accepted, behind))["results"]
    assert (result["ruleId"], result["properties"]["count"]) == (UNDECIDED, 1)
    assert result["message"]["text"] == (
        "1 check is undecided on a: the file system of /var/ct is full. What to do: fix RMC-FS-001, then collect again."
    )


def test_unknowns_of_one_doing_are_one_result_with_their_rules_and_lines() -> None:
    first = unknown("RMC-SUB-001", step="collect", settle="lssrc -s ctrmc")
    second = unknown("RMC-NET-001", 7, step="collect")
    (result,) = run_of(target(first, second))["results"]
    assert result["message"] == {
        "id": "undecided",
        "arguments": ["2 checks are", "a", "never collected", "rmccomply collect ssh HOST --sudo"],
        "text": "2 checks are undecided on a: never collected. What to do: rmccomply collect ssh HOST --sudo.",
    }
    assert result["properties"] == {
        "count": 2,
        "step": "collect",
        "reason": "not_collected",
        "first": "",
        "rules": ["RMC-SUB-001", "RMC-NET-001"],
        "settle": ["lssrc -s ctrmc"],
    }
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 7
    assert [one["message"]["text"] for one in result["relatedLocations"]] == ["RMC-NET-001: It was not collected."]


def test_what_is_to_be_shown_or_declared_is_said_in_a_sentence() -> None:
    hung = unknown("RMC-SUB-001", 3, reason="timeout", step="look", advice="Find out what lssrc waits for.")
    declared = unknown("RMC-NET-001", 4, reason="inconclusive", step="declare", advice="Say how it is managed.")
    asked = "check again with --param management=… (hmc, novalink, powervs, none)"
    says = [one["message"]["text"] for one in run_of(target(hung, declared))["results"]]
    assert says == [
        f"1 check is undecided on a: how the partition is managed is not declared. What to do: {asked}.",
        "1 check is undecided on a: a command hung. What to do: Find out what lssrc waits for.",
    ]


def test_two_doings_on_one_target_are_two_results_at_two_lines() -> None:
    """A consumer that knows a result by its rule and its line would take them for the same."""
    denied = unknown("RMC-NET-001", 3, reason="denied", step="as_root")
    others = [unknown("RMC-SUB-001", 3, step="collect"), unknown("RMC-ID-001", 9, step="collect")]
    for found in ([denied, *others], [*others, denied, unknown("RMC-FS-001", 4, reason="denied", step="as_root")]):
        results = run_of(target(*found))["results"]
        lines = [one["locations"][0]["physicalLocation"]["region"]["startLine"] for one in results]
        assert len({*lines}) == len(results) == 2


def test_an_undecided_result_keeps_its_fingerprint_while_its_checks_change() -> None:
    one, other = unknown("RMC-SUB-001", step="collect"), unknown("RMC-NET-001", 7, step="collect")
    prints = {
        run_of(target(*found))["results"][0]["partialFingerprints"]["rmccomply/v1"] for found in ([one], [other, one])
    }
    assert prints == {fingerprint(UNDECIDED, "a", "collect not_collected ")}


@pytest.mark.parametrize(("files", "uri"), [(FILE, "a.rmcc"), ((), "policies/rmc-core.toml")])
def test_an_undecided_result_without_a_line_is_in_the_evidence_of_its_target(files: Any, uri: str) -> None:
    (result,) = run_of(target(unknown("RMC-SUB-001", step="collect"), files=files))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
    assert "relatedLocations" not in result


def test_an_unknown_that_only_informs_needs_no_attention() -> None:
    run = run_of(target(unknown("RMC-OS-001", step="collect")))
    assert (run["results"], run["properties"]["inThisLog"]["informing"]) == ([], 1)


def test_the_rule_of_what_is_undecided_stands_behind_all_others_and_explains_itself() -> None:
    *others, rule = run_of()["tool"]["driver"]["rules"]
    assert [one["id"] for one in others] == [card.id for card in RUN.rules]
    assert (rule["id"], rule["defaultConfiguration"]["level"]) == (UNDECIDED, "warning")
    assert rule["properties"]["security-severity"] == "5.0"
    assert rule["help"]["text"]
    for result in run_of()["results"]:
        described = [*others, rule][result["ruleIndex"]]
        message = result["message"]
        assert described["id"] == result["ruleId"]
        template = described["messageStrings"][message["id"]]["text"]
        assert message["text"].format() == template.format(*message["arguments"])


def test_fingerprints_are_unique_and_places_are_regions_of_relative_files(program: Program, monkeypatch: Any) -> None:
    monkeypatch.chdir(ROOT)
    (run,) = json.loads(program("check", "examples", "--now", NOW, "-o", "sarif").out)["runs"]
    results = run["results"]
    prints = Counter(one["partialFingerprints"]["primaryLocationLineHash"] for one in results)
    assert len(prints) == len(results) > 10
    assert {one["ruleId"] for one in results} > {UNDECIDED, "RMC-SUB-001"}
    for place in regions(results):
        assert not place["artifactLocation"]["uri"].startswith(("/", "file:"))
        assert place["region"]["startLine"] >= 1
    whole = json.loads(program("check", "examples", "--now", NOW, "-o", "sarif-all").out)["runs"][0]
    assert len(whole["results"]) > 10 * len(results)
    assert whole["properties"]["id"] == run["properties"]["id"]


def test_results_are_written_as_they_come() -> None:
    frame = Frame(RUN, PLAIN)
    log = sarif.assembly(frame)
    counts = [log.add(sarif.fragment(item, frame)).count('"ruleId"') for item in ASSESSED]
    log.abandon()
    assert counts == [0, 5, 0, 0]


def test_nothing_in_the_log_can_drive_a_terminal() -> None:
    assert set(write("sarif")) <= {"\n", *map(chr, range(0x20, 0x7F))}


def test_why_and_what_to_do_do_not_say_the_same() -> None:
    says = "The answers do not decide it: look at the lines shown."
    open_one = unknown("RMC-NET-001", 4, reason="inconclusive", step="look", advice=says)
    (result,) = run_of(target(open_one))["results"]
    assert result["message"]["text"].count("answers do not decide it") == 1
