"""SARIF for GitHub in parts: within its limits, every finding once, and no host moves what is said of another."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema.validators import validator_for
from syrupy.assertion import SnapshotAssertion

from rmccomply.finding import fingerprint
from rmccomply.formats import Format, _limits, sarif_github
from rmccomply.formats.sarif_github import PartFragment, place_of
from rmccomply.report import Assessed, TargetCard
from tests.cli.running import Program
from tests.formats import awkward, hostile, large
from tests.formats.awkward import ASSESSED, SICK, WELL, at, judged
from tests.formats.parts import files
from tests.formats.test_sarif_all import OASIS, VENDORED
from tests.hosts.building import NOW

FITS: Format[PartFragment] = sarif_github
"""The type checker sees that the module is a format."""
ROOT = Path(__file__).parents[3]
EXAMPLE = str(ROOT / "examples" / "borealis-app2.rmcc")


def logs(found: dict[str, str]) -> list[Any]:
    """The one run of each log, in the order of the parts."""
    documents = [json.loads(text) for name, text in sorted(found.items()) if name != "index.json"]
    assert all(len(document["runs"]) == 1 for document in documents)
    return [document["runs"][0] for document in documents]


def results(found: dict[str, str]) -> list[Any]:
    return [result for run in logs(found) for result in run["results"]]


def test_the_index_and_a_log(snapshot: SnapshotAssertion) -> None:
    found = files(parts=2)
    whole = "".join(f"== {name}\n{text}" for name, text in sorted(found.items()))
    assert whole.encode() == snapshot(extension_class=awkward.snapshots_as("txt"))


@pytest.mark.parametrize("schema", [VENDORED, pytest.param(OASIS, id="oasis")])
@pytest.mark.parametrize("items", [ASSESSED, (), hostile.FLEET], ids=["awkward", "empty", "hostile"])
def test_each_part_is_valid(schema: Path, items: tuple[Assessed, ...]) -> None:
    if not schema.exists():
        pytest.skip("the OASIS schema is not at hand")
    document = json.loads(schema.read_text("utf-8"))
    validator = validator_for(document)(document)
    for name, text in files(items, awkward.closing(items, 4), parts=3).items():
        if name != "index.json":
            assert [error.message for error in validator.iter_errors(json.loads(text))] == []


def test_results_are_active_baseline_and_unknown() -> None:
    found = {(one["ruleId"], one["properties"].get("disposition")): one for one in results(files())}
    assert set(found) == {
        ("RMC-ID-001", "active"),
        ("RMC-VER-001", "active"),
        ("RMC-FS-001", "active"),
        ("RMC-VER-002", "active"),
        ("RMC-VER-002", "baseline"),
        ("RMC-UNDECIDED", None),
    }
    assert {one["kind"] for one in found.values()} == {"fail"}
    assert all("suppressions" not in one for one in found.values())
    undecided = found["RMC-UNDECIDED", None]
    assert undecided["level"] == "warning"
    assert undecided["message"]["text"].startswith(f"Unknown: 1 check is undecided on {SICK}: permission denied. What")
    (rule,) = {
        rule["messageStrings"]["undecided"]["text"]
        for run in logs(files())
        for rule in run["tool"]["driver"]["rules"]
        if rule["id"] == "RMC-UNDECIDED"
    }
    assert rule == "Unknown: {0} undecided on {1}: {2}. What to do: {3}."


def test_the_index_counts_every_finding() -> None:
    index = json.loads(files()["index.json"])
    assert index["schema"] == "rmccomply/sarif-parts/1"
    assert index["left_out"] == {
        "informing": 1,
        "waived": 1,
        "blocked": 1,
        "passed": 2,
        "not_applicable": 3,
        "errors": 1,
    }
    assert (index["fails"], index["undecided"], index["results"]) == (5, 1, 6)
    whole = sum(len(item.findings) for item in ASSESSED)
    assert index["fails"] + index["undecided"] + sum(index["left_out"].values()) == whole
    for name in ("fails", "undecided", "results", "targets"):
        assert sum(row[name] for row in index["files"]) == index[name]
    assert index["run"] == awkward.RUN_ID


def test_each_file_has_a_category_of_its_own_that_is_the_same_in_every_run() -> None:
    for parts in (1, 16, 120):
        found = files(parts=parts)
        index = json.loads(found["index.json"])
        assert [row["file"] for row in index["files"]] == [f"part-{number:02}.sarif" for number in range(parts)]
        assert set(found) == {"index.json", *(row["file"] for row in index["files"])}
        for number, row in enumerate(index["files"]):
            assert row["category"] == f"rmccomply/rmc-core+powervs-import/part-{number:02}"
            (run,) = json.loads(found[row["file"]])["runs"]
            assert run["automationDetails"] == {"id": f"{row['category']}/"}
            assert len(run["results"]) == row["results"]


def test_what_is_said_of_no_target_stands_once() -> None:
    said = [len(run["invocations"][0]["toolExecutionNotifications"]) for run in logs(files((), parts=3))]
    assert said == [len(awkward.CLOSING.notifications), 0, 0]


def test_a_host_moves_no_finding_of_another() -> None:
    """Where a target is follows from its label alone, also when others come, go or change."""
    before = files([large.host(number) for number in range(40)], large.closing(40), large.RUN)
    changed = [large.host(0, "active"), *(large.host(number) for number in range(2, 41))]
    after = files(changed, large.closing(40), large.RUN)

    def where(found: dict[str, str]) -> dict[str, tuple[str, Any]]:
        return {
            one["partialFingerprints"]["rmccomply/v1"]: (name, one)
            for name, text in found.items()
            if name != "index.json"
            for one in json.loads(text)["runs"][0]["results"]
        }

    first, second = where(before), where(after)
    others = {fingerprint(rule.id, large.host(n).target.id, "") for n in range(2, 40) for rule in large.RULES}
    assert len(others) == 38 * 200
    assert {one: first[one] for one in others} == {one: second[one] for one in others}
    of_changed = {fingerprint(rule.id, large.host(0).target.id, "") for rule in large.RULES}
    assert {one: first[one][0] for one in of_changed} == {one: second[one][0] for one in of_changed}


def test_the_place_of_a_label_never_changes() -> None:
    assert [place_of(label) % 16 for label in (SICK, WELL, "")] == [3, 12, 4]


def test_more_places_than_github_takes_are_counted() -> None:
    lines = [at("a.rmcc", number, "x") for number in range(1, 1_500)]
    item = Assessed(TargetCard("a", "aix", None, None, None, ()), (judged("RMC-ID-001", "a", "fail", "x", *lines),))
    (result,) = results(files([item], awkward.closing([item], 1)))
    assert len(result["locations"]) + len(result["relatedLocations"]) == _limits.SARIF_LOCATIONS
    assert result["properties"]["locationsLeftOut"] == 499


def test_hostile_names_are_read_back() -> None:
    found = results(files(hostile.FLEET, awkward.closing(hostile.FLEET, 1)))
    assert {one["locations"][0]["logicalLocations"][0]["name"] for one in found} >= set(hostile.TEXTS)


@pytest.mark.exhaustive
def test_sixty_thousand_fails_are_within_every_limit_and_each_is_there_once() -> None:
    found = files(large.hosts(), large.closing(), large.RUN)
    wanted = {fingerprint(rule.id, large.host(n).target.id, "") for n in range(large.HOSTS) for rule in large.RULES}
    seen = [one["partialFingerprints"]["rmccomply/v1"] for one in results(found)]
    assert len(seen) == len({*seen}) == 60_000
    assert {*seen} == wanted
    for run in logs(found):
        assert len(run["results"]) <= 5_000
        assert len(run["tool"]["driver"]["rules"]) <= 25_000
        assert len(run["tool"].get("extensions", ())) <= 100
        assert all(len(one["locations"]) + len(one.get("relatedLocations", ())) <= 1_000 for one in run["results"])
        assert all(len(rule["properties"]["tags"]) <= 20 for rule in run["tool"]["driver"]["rules"])
    assert max(len(gzip.compress(text.encode(), 6)) for text in found.values()) < 10_000_000
    schema = json.loads(VENDORED.read_text("utf-8"))
    validator = validator_for(schema)(schema)
    for name, text in sorted(found.items()):
        if name != "index.json":
            document = json.loads(text)
            document["runs"][0]["results"] = document["runs"][0]["results"][::50]
            assert [error.message for error in validator.iter_errors(document)] == []


def test_it_is_written_as_a_folder(program: Program, tmp_path: Path) -> None:
    place = tmp_path / "rmc"
    ran = program("check", EXAMPLE, "--now", NOW, "-o", f"sarif-github={place}", "--parts", "3", "-o", "text")
    assert (ran.status, ran.err) == (1, "")
    names = ["index.json", "part-00.sarif", "part-01.sarif", "part-02.sarif"]
    assert sorted(path.name for path in place.iterdir()) == names
    again = program("check", EXAMPLE, "--now", NOW, "-o", f"sarif-github={place}", "--parts", "2")
    assert again.status == 1
    assert sorted(path.name for path in place.iterdir()) == names[:3]


def test_an_overfull_part_is_told_with_the_number_that_fits_and_the_other_reports_appear(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rmccomply.formats.sarif_github.sizes.SARIF_RESULTS", 8)
    place, other = tmp_path / "rmc", tmp_path / "rmc.json"
    asked = ("check", str(ROOT / "examples"), "--now", NOW, "-o", f"sarif-github={place}", "-o", f"json={other}")
    ran = program(*asked, "--parts", "1")
    assert ran.status == 2
    assert "sarif-github: part 1 of 1 would have 17 results, and GitHub keeps 8 of a file; nothing of it was" in ran.err
    assert "NOT WRITTEN" in ran.err
    assert not place.exists()
    assert len(json.loads(other.read_text())["targets"]) == 5
    fitting = ran.err.partition("--parts ")[2].partition(" ")[0]
    assert program(*asked, "--parts", fitting).status == 1
    assert max(row["results"] for row in json.loads((place / "index.json").read_text())["files"]) <= 8
    assert program(*asked, "--parts", str(int(fitting) - 1)).status == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("-o", "sarif-github"), "-o sarif-github is a folder of files: give it a name: -o sarif-github=rmc"),
        (("-o", "sarif-github=-"), "-o sarif-github=- is a folder of files"),
        (("-o", "json", "--parts", "4"), "--parts: only for -o sarif-github"),
    ],
)
def test_what_cannot_be_a_folder_is_refused(arguments: tuple[str, ...], says: str, program: Program) -> None:
    ran = program("check", EXAMPLE, *arguments)
    assert ran.status == 2
    assert says in ran.err


def test_no_report_goes_into_the_folder_of_another_or_over_inputs(program: Program, tmp_path: Path) -> None:
    place = tmp_path / "rmc"
    ran = program("check", EXAMPLE, "-o", f"sarif-github={place}", "-o", f"json={place / 'rmc.json'}")
    assert (ran.status, "goes into the folder of another report" in ran.err) == (2, True)
    place.mkdir()
    (place / "lpar7.rmcc").write_bytes(Path(EXAMPLE).read_bytes())
    for named in (place, place / "lpar7.rmcc"):
        ran = program("check", str(named), "-o", f"sarif-github={place}")
        assert (ran.status, "is an input or other evidence" in ran.err) == (2, True)
    ran = program("check", EXAMPLE, "--now", NOW, "-o", f"sarif-github={place}")
    assert (ran.status, "has files in it that are of no such report" in ran.err) == (2, True)
    assert (place / "lpar7.rmcc").exists()
