"""Check as values: a folder, a fleet as it goes, and reports that are told through a Teller."""

import inspect
import json
import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import pytest

from rmccomply.dispose import Terms
from rmccomply.dispose.waivers import Waiver
from rmccomply.errors import InputError, PolicyError, UsageError
from rmccomply.inputs.locate import locate
from rmccomply.inputs.read import read
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice
from rmccomply.report import Assessed, Closing, Gate, Run
from rmccomply.runs.check import check, check_each, write
from rmccomply.runs.plan import CheckAsked, planned
from rmccomply.runs.reports import ReportPlace
from rmccomply.sinks import open_sink
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle, file, replaced
from tests.hosts.consoles import whole_aix
from tests.runs.telling import Heard


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "healthy.rmcc").write_bytes(bundle(whole_aix(), "healthy"))
    broken = replaced(whole_aix(), file("/etc/ct_node_id", "1234567890abcdef\n"))
    (tmp_path / "broken.rmcc").write_bytes(bundle(broken, "broken"))
    return tmp_path


def test_a_run_is_what_its_report_says(program: Program) -> None:
    found = check([Path("healthy.rmcc"), "broken.rmcc", "gone.rmcc"], now=NOW)
    ran = program("check", "healthy.rmcc", "broken.rmcc", "gone.rmcc", "--now", NOW, "-o", "json")
    report = json.loads(ran.out)
    assert [one.target.id for one in found.targets] == [one["id"] for one in report["targets"]] == ["broken", "healthy"]
    findings = [(one.rule, one.result, one.fingerprint) for each in found.targets for one in each.findings]
    assert findings == [(one["rule"], one["result"], one["fingerprint"]) for one in report["findings"]]
    assert found.closing.summary.items() <= report["summary"].items()
    assert [one.text for one in found.notifications] == ["gone.rmcc: no such file or folder"]
    assert (found.exit_status, ran.status) == (2, 2)
    assert (found.run.now, [one.id for one in found.run.policies]) == (NOW, ["rmc-core"])


@pytest.mark.parametrize(
    ("more", "status", "results"),
    [
        ({}, 1, {"pass", "fail", "not_applicable"}),
        ({"ignore": ["RMC-ID-001"]}, 0, {"pass", "not_applicable"}),
        ({"select": ["RMC-ID-001"]}, 1, {"fail"}),
        ({"gate": Gate("never")}, 0, {"pass", "fail", "not_applicable"}),
        ({"parameters": {"minimum_rsct": "9.0"}, "select": ["RMC-VER-001"]}, 1, {"fail"}),
    ],
)
def test_what_is_asked_is_judged(more: dict[str, object], status: int, results: set[str]) -> None:
    found = check(["broken.rmcc"], now=NOW, **more)  # type: ignore[arg-type]
    assert found.exit_status == status
    assert {finding.result for one in found.targets for finding in one.findings} == results


def test_labels_and_the_root_come_as_values(folder: Path) -> None:
    found = check(["healthy.rmcc"], now=NOW, labels={"healthy": {"wave": "3"}, "gone": {}}, root=folder.parent)
    (one,) = found.targets
    assert (one.target.labels, one.target.evidence[0].uri) == ({"wave": "3"}, f"{folder.name}/healthy.rmcc")
    assert [note.text for note in found.notifications] == ["the labels name what is not a target of this run: gone"]


def test_a_label_holds_no_secret() -> None:
    (one,) = check(["healthy.rmcc"], now=NOW, labels={"healthy": {"password": "tiger", "site": "north"}}).targets
    assert one.target.labels["site"] == "north"
    assert "tiger" not in str(one)


def test_a_fleet_comes_as_it_is_judged() -> None:
    begun, first, second, closing = check_each(["."], now=NOW)
    assert isinstance(begun, Run)
    assert isinstance(closing, Closing)
    assert isinstance(first, Assessed)
    found = check(["."], now=NOW)
    assert (begun, (first, second), closing) == (found.run, found.targets, found.closing)
    going = check_each(["."], now=NOW)
    next(going)
    next(going)
    os.unlink("healthy.rmcc")
    *_, last = going
    assert isinstance(last, Closing)
    says = "healthy.rmcc: cannot be read: No such file or directory"
    assert [note.text for note in last.notifications] == [says]


def test_both_take_the_same_arguments() -> None:
    assert inspect.signature(check).parameters == inspect.signature(check_each).parameters


def test_what_is_not_there_is_told_before_anything_is_judged(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown policy 'rmc-cor'"):
        check(["gone"], ["rmc-cor"], now=NOW)
    with pytest.raises(UsageError, match="no policy has a parameter 'x'"):
        check_each(["gone"], now=NOW, parameters={"x": "1"})
    (tmp_path / "mine.toml").write_text('id = "mine"')
    with pytest.raises(PolicyError):
        check(["gone"], [tmp_path / "mine.toml"], now=NOW)


def asked(*inputs: str) -> CheckAsked:
    return CheckAsked(inputs, planned([load("rmc-core")], Choice(), NOW))


def test_a_run_tells_what_it_reads_and_what_went_wrong() -> None:
    heard = Heard()
    status = write(asked("broken.rmcc", "gone.rmcc", "healthy.rmcc"), [ReportPlace("jsonl", "r.jsonl")], heard)
    assert status == 2
    found = "1 of 2 partitions has problems (1 critical), 1 healthy"
    assert heard.lines == [
        "note: read broken.rmcc",
        "error: gone.rmcc: no such file or folder",
        "note: read healthy.rmcc",
        f"outcome: NOT JUDGED: An input could not be used; {found}, see r.jsonl",
    ]
    rows = [json.loads(line) for line in Path("r.jsonl").read_text().splitlines()]
    assert {row["target"] for row in rows} == {"broken", "healthy"}


def test_a_report_that_cannot_be_written_costs_no_other() -> None:
    heard = Heard()
    places = [ReportPlace("json", "gone/r.json"), ReportPlace("json", "r.json")]
    assert write(asked("healthy.rmcc"), places, heard) == 2
    assert heard.lines[0].startswith("error: gone/r.json: cannot be written: ")
    assert json.loads(Path("r.json").read_text())["summary"]["fail"] == 0


def test_a_run_that_is_broken_off_leaves_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rmccomply.runs.judge.judged", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(asked("healthy.rmcc"), [ReportPlace("text", "r.txt"), ReportPlace("sarif", "r.sarif")], Heard())
    assert sorted(path.name for path in Path().iterdir()) == ["broken.rmcc", "healthy.rmcc"]


def test_no_report_goes_over_what_is_read() -> None:
    places = [ReportPlace("text", "mine.toml")]
    assert write(asked("healthy.rmcc"), places, Heard(), others=["other.toml"]) == 0
    with pytest.raises(UsageError, match="never replaces"):
        write(asked("healthy.rmcc"), places, Heard(), others=["mine.toml"])


def test_a_report_goes_over_no_policy_that_another_extends(program: Program) -> None:
    core = Path(load("rmc-core").path).read_text().replace('id = "rmc-core"', 'id = "acme"')
    Path("acme.toml").write_text(core)
    own = ["schema = 1", 'id = "own"', 'title = "Own"', 'version = "1"', 'extends = "acme.toml"', 'doc = "Own."']
    Path("own.toml").write_text("\n".join(own))
    ran = program("check", "healthy.rmcc", "-p", "own.toml", "-o", "json=acme.toml")
    assert (ran.status, "never replaces" in ran.err) == (2, True)
    assert Path("acme.toml").read_text() == core


def test_two_reports_cannot_go_to_one_file_by_two_names(program: Program) -> None:
    Path("link.json").symlink_to("r.json")
    ran = program("check", "healthy.rmcc", "-o", "json=r.json", "-o", "sarif=link.json")
    assert (ran.status, "one file" in ran.err) == (2, True)


def test_reports_in_the_making_are_no_evidence(program: Program) -> None:
    """Those of this run have random names, and those of another go while this one reads."""
    Path(".r.json.17-0123abcd.part").write_text("{")
    ran = program("check", ".", "--now", NOW, "-o", "json=r.json", "-o", "sarif=r.sarif", "-o", "text")
    assert json.loads(Path("r.json").read_text())["notifications"] == []
    assert ran.status == 1
    places = list(locate(["."], Path()))
    Path(".r.json.17-0123abcd.part").unlink()
    assert not [item for one in places for item in read(one, Path()) if isinstance(item, InputError)]


def test_a_run_that_is_interrupted_before_it_judges_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned([load("rmc-core")], Choice(), NOW)
    made: list[object] = []

    def interrupted(path: str | None, *, folder: bool) -> object:
        if made:
            raise KeyboardInterrupt
        made.append(path)
        return open_sink(path, folder=folder)

    monkeypatch.setattr("rmccomply.runs.reports.open_sink", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(CheckAsked(("healthy.rmcc",), plan), [ReportPlace("json", "r.json"), ReportPlace("sarif", "s")], Heard())
    assert sorted(one.name for one in folder.iterdir()) == ["broken.rmcc", "healthy.rmcc"]


@pytest.mark.parametrize("processes", [False, True])
def test_what_is_waived_does_not_gate(processes: bool) -> None:
    waiver = Waiver("W-1", "RMC-ID-001", ("broken",), "critical")

    plan = planned([load("rmc-core")], Choice(), NOW)
    asked = CheckAsked(("broken.rmcc", "healthy.rmcc"), plan, terms=Terms((waiver,)))
    with ProcessPoolExecutor(1) if processes else nullcontext() as executor:
        status = write(asked, [ReportPlace("json", "r.json")], Heard(), executor=executor)
    fails = [one for one in json.loads(Path("r.json").read_text())["findings"] if one["result"] == "fail"]
    assert ([(one["rule"], one["disposition"]) for one in fails], status) == ([("RMC-ID-001", "waived")], 0)
