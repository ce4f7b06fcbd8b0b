"""SARIF of everything: two schemas, what consumers need, and that a region holds what the snippet says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema.validators import validator_for
from syrupy.assertion import SnapshotAssertion

from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.model import Artifact, Reference
from rmccomply.formats import Format, Frame, sarif_all
from rmccomply.formats._sarif.log import SarifFragment
from rmccomply.report import Assessed, Run, TargetCard
from tests.formats import awkward
from tests.formats.awkward import ASSESSED, PLAIN, RUN, card, closing, judged, write
from tests.waivers import CARD

FITS: Format[SarifFragment] = sarif_all
"""The type checker sees that the module is a format."""

VENDORED = Path(__file__).parents[2] / "schemas" / "sarif-2.1.0.json"
OASIS = Path(__file__).parents[3] / "shared" / "schemas" / "sarif-schema-2.1.0-oasis-errata01.json"
LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
SCORES = {"critical": "9.5", "high": "8.0", "medium": "5.0", "low": "3.0", "info": "0.0"}
RANKS = {"critical": 95, "high": 80, "medium": 50, "low": 30}


def log() -> Any:
    return json.loads(write("sarif-all"))


def run() -> Any:
    return log()["runs"][0]


def results() -> list[Any]:
    found: list[Any] = run()["results"]
    return found


def result_of(rule: str, target: str) -> Any:
    found = (each for each in results() if each["ruleId"] == rule)
    return next(each for each in found if each["message"]["arguments"][0] == target)


def located(reference: Reference) -> Any:
    """The first location of a result that this reference proves."""
    finding = judged("RMC-OS-001", "a", "pass", "It is so.", reference)
    item = Assessed(TargetCard("a", "aix", None, None, None, (Artifact(reference.uri, "0" * 64),)), (finding,))
    return json.loads(write("sarif-all", PLAIN, (item,)))["runs"][0]["results"][0]["locations"][0]


def regions(node: Any) -> Iterator[Any]:
    """All physical locations, wherever they stand."""
    if isinstance(node, dict):
        if "artifactLocation" in node:
            yield node
        for value in node.values():
            yield from regions(value)
    elif isinstance(node, list):
        for value in node:
            yield from regions(value)


def test_the_whole_log(snapshot: SnapshotAssertion) -> None:
    text = write("sarif-all")
    assert text.encode() == snapshot(extension_class=awkward.snapshots_as("sarif"))


@pytest.mark.parametrize("path", [VENDORED, pytest.param(OASIS, id="oasis")])
@pytest.mark.parametrize("items", [ASSESSED, ()], ids=["awkward", "empty"])
def test_the_log_is_valid(path: Path, items: tuple[Assessed, ...]) -> None:
    if path is OASIS and not path.exists():
        pytest.skip("the OASIS schema is not at hand")
    schema = json.loads(path.read_text(encoding="utf-8"))
    document = json.loads(write("sarif-all", PLAIN, items, closing(items, 4)))
    assert [error.message for error in validator_for(schema)(schema).iter_errors(document)] == []


def test_a_run_without_controls_is_valid() -> None:
    bare = Run("0.1.0.dev3", RUN.now, RUN.policies, (card("RMC-OS-001", "A title", "info", 1),))
    schema = json.loads(VENDORED.read_text(encoding="utf-8"))
    document = json.loads(write("sarif-all", PLAIN, (), closing((), 4), bare))
    validator_for(schema)(schema).validate(document)
    assert "taxonomies" not in document["runs"][0]
    assert "semanticVersion" not in document["runs"][0]["tool"]["driver"]


def test_only_a_fail_has_a_level_and_a_rank() -> None:
    for result in results():
        severity = result["properties"]["severity"]
        expected = (LEVELS[severity], RANKS[severity]) if result["kind"] == "fail" else ("none", None)
        assert (result["level"], result.get("rank")) == expected


def test_kinds_follow_the_table_of_results() -> None:
    expected = {"pass": "pass", "unknown": "open", "not_applicable": "notApplicable"}
    findings = [each for item in ASSESSED for each in item.findings if each.result != "error"]
    for finding, result in zip(findings, results(), strict=True):
        of_fail = "informational" if finding.severity == "info" else "fail"
        assert result["kind"] == expected.get(finding.result, of_fail)


def test_every_result_is_located_in_a_region_of_a_relative_file() -> None:
    for place in regions(results()):
        uri = place["artifactLocation"]["uri"]
        assert not uri.startswith(("/", "file:"))
        assert place["region"]["startLine"] >= 1
    assert all(result["locations"][0]["physicalLocation"]["region"] for result in results())


def test_every_file_of_a_location_is_an_artifact_once_and_only_a_policy_has_an_index() -> None:
    artifacts = run()["artifacts"]
    uris = [artifact["location"]["uri"] for artifact in artifacts]
    assert len(set(uris)) == len(uris)
    for place in regions(run()["results"]):
        file = place["artifactLocation"]
        of_policy = "uriBaseId" in file
        assert file.get("index") == (uris.index(file["uri"]) if of_policy else None)


def test_a_verdict_without_any_line_is_located_at_its_rule() -> None:
    result = result_of("RMC-SUB-001", awkward.NONE_APPLIED)
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "policies/rmc-core.toml", "uriBaseId": "POLICIES", "index": 0}
    assert place["region"] == {"startLine": 88}
    assert "relatedLocations" not in result


def test_further_lines_and_the_rule_are_related_and_say_what_they_are() -> None:
    related = result_of("RMC-ID-001", awkward.SICK)["relatedLocations"]
    assert [each["message"]["text"] for each in related] == [
        "Evidence: /etc/ct_node_id.",
        "RMC-FS-001: A full /var can be the reason.",
        "Rule RMC-ID-001 of policy rmc-core.",
    ]
    assert [each["id"] for each in related] == [1, 2, 3]


def shown(lines: list[str], region: Any) -> str:
    """What a viewer cuts out of a file."""
    first, last = int(region["startLine"]) - 1, region["endLine"] - 1
    if first == last:
        return lines[first][int(region["startColumn"]) - 1 : int(region["endColumn"]) - 1]
    inner = lines[first + 1 : last]
    return "\n".join([lines[first][region["startColumn"] - 1 :], *inner, lines[last][: region["endColumn"] - 1]])


@pytest.mark.parametrize(
    ("line", "end", "column", "text", "snippet"),
    [
        (1, 1, 1, "plain", None),
        (2, 2, 2, "ñ 日本 😀 framed", None),
        (3, 3, 2, "", None),
        (1, 4, 1, "plain\n|ñ 日本 😀 framed\n|\nlast, \tindented ", None),
        (5, 6, 2, "a\\x00b", " 61 00\n| 62"),
        (5, 5, 2, "a", " 61 00"),
    ],
)
def test_a_region_of_a_file_holds_its_snippet(
    tmp_path: Path, line: int, end: int, column: int, text: str, snippet: str | None
) -> None:
    file = tmp_path / "evidence.txt"
    file.write_text("plain\n|ñ 日本 😀 framed\n|\nlast, \tindented \n| 61 00\n| 62\n", encoding="utf-8")
    reference = Reference("evidence.txt", line, end, text, "lssrc -a", 0, None, column, snippet)
    location = located(reference)
    region = location["physicalLocation"]["region"]
    lines = file.read_text(encoding="utf-8").split("\n")
    assert shown(lines, region) == region["snippet"]["text"] == (text if snippet is None else snippet)
    assert location["properties"].get("text") == (None if snippet is None else text)


BUNDLE = b"""%rmccomply-evidence 1
%h host lpar1
%done 0 head sum=-
%sect 1 id.var kind=file st=exit rc=0 lim=30 b=2026-11-20T03:00:00Z e=2026-11-20T03:00:00Z
%arg |/var/ct/cfg/ct_node_id
%out enc=hex bytes=20 nl=1 cut=0 red=0
| 66 64 38 33 36 65 37 37 61 66 36 37 64 34 36 31
| 00 0a c3 0a
%err enc=text bytes=0 nl=1 cut=0 red=0
%done 1 id.var sum=-
%end 1
"""


def test_regions_of_a_real_bundle_hold_their_snippets(tmp_path: Path) -> None:
    file = tmp_path / "lpar1.rmcc"
    file.write_bytes(BUNDLE)
    (evidence,) = read_bundle(file.read_bytes(), "lpar1.rmcc").evidence
    lines = file.read_text(encoding="utf-8").split("\n")
    for reference in (evidence.at(0), evidence.at(1), evidence.at(2)):
        assert reference is not None
        region = located(reference)["physicalLocation"]["region"]
        assert shown(lines, region) == region["snippet"]["text"]


def test_text_is_the_message_string_with_its_arguments() -> None:
    rules = run()["tool"]["driver"]["rules"]
    for result in results():
        message = result["message"]
        template = rules[result["ruleIndex"]]["messageStrings"][message["id"]]["text"]
        assert message["text"].format() == template.format(*message["arguments"])
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_ranks_are_ten_times_the_scores() -> None:
    assert {severity: 10 * float(SCORES[severity]) for severity in RANKS} == RANKS


def test_messages_are_sentences_with_the_words_of_the_rule() -> None:
    says = result_of("RMC-ID-001", awkward.SICK)["message"]["text"]
    numbers = "fd836e77af67d461 and 0123456789abcdef"
    assert says == f"The two node ID files differ on lpar-ñ07: the node ID files differ: {numbers}."
    assert result_of("RMC-SUB-001", "vios1")["message"]["text"] == (
        "Holds on vios1: The subsystem ctrmc is active. ctrmc is active."
    )
    assert result_of("RMC-SUB-001", "hmc1")["message"]["text"] == (
        "Does not apply to hmc1: The subsystem ctrmc is active. A console has no such subsystem."
    )
    assert result_of("RMC-SUB-001", awkward.SICK)["message"]["text"] == (
        "Undecided on lpar-ñ07 (not collected): The subsystem ctrmc is active. No answer of lssrc was collected."
    )
    assert result_of("RMC-VER-002", awkward.SICK)["message"]["text"] == (
        "Not so: RSCT is at the recommended level on lpar-ñ07: RSCT is 3.1.5.3, older than 3.2.6.2."
    )


def test_an_unknown_without_a_line_is_located_in_the_evidence_of_its_target() -> None:
    place = result_of("RMC-SUB-001", awkward.SICK)["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": awkward.SICK_URI}, "region": {"startLine": 1}}
    unseen = judged("RMC-SUB-001", "a", "unknown", "Nothing.", reason="not_collected")
    item = Assessed(TargetCard("a", "aix", None, None, None, ()), (unseen,))
    (result,) = json.loads(write("sarif-all", PLAIN, (item,)))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "policies/rmc-core.toml"


def test_a_fail_shows_what_can_be_the_reason_and_counts_what_it_blocks() -> None:
    found = result_of("RMC-ID-001", awkward.SICK)
    assert found["properties"]["causedBy"] == [awkward.FULL.fingerprint]
    cause = next(one for one in found["relatedLocations"] if one["message"]["text"].startswith("RMC-FS-001"))
    assert cause["message"]["text"] == "RMC-FS-001: A full /var can be the reason."
    assert cause["physicalLocation"]["region"]["startLine"] == 61
    assert result_of("RMC-FS-001", awkward.SICK)["properties"]["blocks"] == 1
    assert result_of("RMC-VER-002", awkward.SICK)["properties"]["coveredBy"] == awkward.OLD.fingerprint


def test_the_run_says_how_it_was_asked_and_what_is_in_the_log() -> None:
    properties = run()["properties"]
    assert (properties["id"], properties["gate"], properties["targets"]) == (awkward.RUN_ID, "not_judged", 4)
    assert properties["findings"] == {"pass": 2, "fail": 7, "unknown": 2, "not_applicable": 3, "error": 1}
    assert properties["inThisLog"] == {"results": 14}
    assert {"name": "fail_on", "value": "low", "origin": "default"} in properties["settings"]


def test_no_evidence_forges_a_link_or_a_placeholder() -> None:
    text = result_of("RMC-FS-001", awkward.SICK)["message"]["text"]
    assert "](" not in text.replace("\\](", "")
    assert "{{0}}" in text


def test_what_consumers_need_of_a_rule() -> None:
    rules = run()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in RUN.rules]
    for rule in rules:
        assert rule["name"].isalnum()
        assert rule["name"] != rule["id"]
        assert len(rule["name"]) <= 255
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 10
        assert rule["properties"]["security-severity"] == SCORES[rule["properties"]["severity"]]
        assert "security" in rule["properties"]["tags"]
        assert all(each["text"].endswith(".") for each in rule["messageStrings"].values())


def test_long_titles_and_texts_are_held_to_the_limits() -> None:
    long = card("RMC-OS-001", "word " * 400, "info", 1, rationale="why " * 400, controls=("c:1",) * 30)
    text = write("sarif-all", PLAIN, (), closing((), 4), Run("0.1.0", RUN.now, RUN.policies, (long,)))
    rule = json.loads(text)["runs"][0]["tool"]["driver"]["rules"][0]
    assert len(rule["name"]) <= 255
    assert len(rule["shortDescription"]["text"]) == len(rule["fullDescription"]["text"]) == 1024
    assert rule["help"]["text"].startswith(long.rationale)
    assert len(rule["properties"]["tags"]) <= 10


def test_controls_are_taxa_of_supported_taxonomies() -> None:
    taxonomies = run()["taxonomies"]
    driver = run()["tool"]["driver"]
    assert [each["name"] for each in taxonomies] == [each["name"] for each in driver["supportedTaxonomies"]]
    for rule in driver["rules"]:
        for relationship in rule.get("relationships", ()):
            target = relationship["target"]
            taxonomy = taxonomies[target["toolComponent"]["index"]]
            assert taxonomy["taxa"][target["index"]]["id"] == target["id"]
            assert f"{taxonomy['name']}:{target['id']}" in rule["properties"]["controls"]


def test_a_waived_fail_stays_a_fail_and_is_suppressed() -> None:
    waived = [each for each in results() if each.get("suppressions")]
    assert [(each["kind"], each["properties"]["disposition"]) for each in waived] == [
        ("fail", "waived"),
        ("fail", "baseline"),
    ]
    says = [one["suppressions"][0].pop("justification") for one in waived]
    assert says[0].startswith("W-2026-014 (CHG0042) until 2027-01-31 23:59:59 +01:00: The update is scheduled. Owner: ")
    assert says[1] == "Known from the baseline."
    assert all(one["suppressions"] == [{"kind": "external", "status": "accepted"}] for one in waived)
    assert waived[0]["properties"]["waiver"] == CARD._asdict()


def test_fingerprints_are_unique() -> None:
    hashes = [each["partialFingerprints"]["primaryLocationLineHash"] for each in results()]
    assert len(set(hashes)) == len(hashes)
    assert all(len(each) == 18 and each.endswith(":1") for each in hashes)


def test_an_error_is_a_notification_and_the_run_not_successful() -> None:
    invocation = run()["invocations"][0]
    assert not invocation["executionSuccessful"]
    fault = next(each for each in invocation["toolExecutionNotifications"] if "associatedRule" in each)
    assert fault["level"] == "error"
    assert fault["descriptor"] == {"id": "RMCCOMPLY-FAULT", "index": 1}
    assert not [each for each in results() if each["message"]["arguments"][0] == "vios1" and each["kind"] == "error"]


@pytest.mark.parametrize(("status", "successful"), [(0, True), (1, True), (2, False), (3, True), (4, True)])
def test_the_exit_status_is_told(status: int, successful: bool) -> None:
    items = ASSESSED[1:]
    text = write("sarif-all", PLAIN, items, closing(items, status))
    invocation = json.loads(text)["runs"][0]["invocations"][0]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (status, successful)
    assert invocation["startTimeUtc"] == invocation["endTimeUtc"] == RUN.now


def test_notifications_refer_to_descriptors_that_explain_them() -> None:
    descriptors = run()["tool"]["driver"]["notifications"]
    for each in run()["invocations"][0]["toolExecutionNotifications"]:
        descriptor = descriptors[each["descriptor"]["index"]]
        assert descriptor["id"] == each["descriptor"]["id"]
        assert descriptor["fullDescription"]["text"]
        assert descriptor["help"]["text"]


def test_a_file_of_many_targets_is_one_artifact() -> None:
    shared = (Artifact("fleet.ndjson", "f" * 64),)
    items = tuple(Assessed(TargetCard(name, "aix", None, None, None, shared), ()) for name in ("a", "b"))
    artifacts = json.loads(write("sarif-all", PLAIN, items))["runs"][0]["artifacts"]
    assert [each["location"]["uri"] for each in artifacts].count("fleet.ndjson") == 1


def test_artifacts_stand_in_the_order_of_their_targets() -> None:
    uris = [each["location"]["uri"] for each in run()["artifacts"]]
    evidence = [each.uri for item in ASSESSED for each in item.target.evidence]
    assert uris == [*(policy.uri for policy in RUN.policies), *evidence]


def test_nothing_in_the_log_can_drive_a_terminal() -> None:
    assert set(write("sarif-all")) <= {"\n", *map(chr, range(0x20, 0x7F))}


def test_results_are_written_as_they_come() -> None:
    frame = Frame(RUN, PLAIN)
    log = sarif_all.assembly(frame)
    counts = [log.add(sarif_all.fragment(item, frame)).count('"ruleId"') for item in ASSESSED]
    log.abandon()
    assert counts == [sum(each.result != "error" for each in item.findings) for item in ASSESSED]
