"""Waivers in whole runs: what they hide, what is told, by one process and by several; and `waiver list` and `lint`."""

import json
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from rmccomply.dispose import Terms
from rmccomply.errors import UsageError
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice
from rmccomply.runs.check import check, write
from rmccomply.runs.plan import CheckAsked, planned
from rmccomply.runs.reports import ReportPlace
from rmccomply.runs.waivers import waivers_of
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle, file, replaced
from tests.hosts.consoles import whole_aix
from tests.runs.hearing import Heard
from tests.waivers import file_with, written

BROKEN = replaced(whole_aix(), file("/etc/ct_node_id", "1234567890abcdef\n"))
"""A host on which RMC-ID-001 fails, and nothing else."""


def waiver(**changes: str | None) -> str:
    """One that covers that fail on hosts whose names begin with lpar."""
    own = {"rule": '"RMC-ID-001"', "approved": "2026-11-01", **changes}
    return written(**own)


@pytest.fixture(autouse=True)
def _fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("lpar1", "lpar2", "db1"):
        Path(f"{name}.rmcc").write_bytes(bundle(BROKEN, name))


def judged(text: str, *inputs: str, processes: bool = False, now: str = NOW) -> tuple[dict[str, Any], int]:
    """The report of a run under such waivers, and its status."""
    Path("w.toml").write_text(text)
    plan = planned([load("rmc-core")], Choice(), now)
    read = waivers_of("w.toml", plan.policies, [one.loaded.rule.id for one in plan.rules], now)
    asked = CheckAsked(inputs or ("lpar1.rmcc", "lpar2.rmcc"), plan, terms=Terms(read.waivers))
    asked = asked._replace(waivers_file="w.toml", waivers_sha256=read.sha256)
    with ProcessPoolExecutor(2) if processes else nullcontext() as executor:
        status = write(asked, [ReportPlace("json", "r.json")], Heard(), executor=executor)
    return json.loads(Path("r.json").read_text()), status


def told(report: dict[str, Any]) -> list[tuple[str, str, int | None]]:
    """What is said of waivers: level, the first words, and the line."""
    return [
        (note["level"], " ".join(note["text"].split()[:4]), note["line"])
        for note in report["notifications"]
        if note["uri"] == "w.toml"
    ]


@pytest.mark.parametrize("processes", [False, True])
def test_what_is_waived_does_not_gate_and_each_waiver_is_told_once(processes: bool) -> None:
    text = file_with(
        waiver(id='"W-0"', expires="2026-11-10T00:00:00Z"),
        waiver(expires="2026-11-30T00:00:00Z"),
        waiver(id='"W-2"', rule='"RMC-NET-001"'),
    )
    report, status = judged(text, processes=processes)
    fails = [one for one in report["findings"] if one["result"] == "fail"]
    assert ([(one["disposition"], one["waiver"]["id"], one["waiver"]["state"]) for one in fails], status) == (
        [("waived", "W-1", "soon")] * 2,
        0,
    )
    assert told(report) == [
        ("warning", "waiver W-0 ran out", 3),
        ("warning", "waiver W-1 runs out", 15),
        ("note", "waiver W-2 covers nothing", 27),
    ]
    assert "it covers 2 checks on 2 partitions" in report["notifications"][1]["text"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"severity": '"high"'}, "is void for 2 checks on 2 partitions: accepted as high, it is critical now (lpar1)"),
        ({"pin": f'"sha256:{"0" * 64}"'}, "is void for 2 checks on 2 partitions: what it is pinned to has changed"),
        (
            {"expires": "2026-11-10T00:00:00Z"},
            "ran out on 2026-11-10 00:00:00 UTC; 2 checks on 2 partitions count again",
        ),
        ({"targets": '["db*"]'}, "covers nothing in this run"),
        ({"subject": '"x"'}, "covers nothing in this run"),
    ],
)
def test_what_does_not_count_hides_nothing_and_says_why(changes: dict[str, str], says: str) -> None:
    report, status = judged(file_with(waiver(**changes)))
    assert (status, [one["disposition"] for one in report["findings"] if one["result"] == "fail"]) == (
        1,
        ["active"] * 2,
    )
    assert says in report["notifications"][0]["text"]


def test_it_counts_to_its_last_second() -> None:
    text = file_with(waiver(expires="2026-11-20T05:00:00+01:00"))
    statuses = [judged(text, now=f"2026-11-20T0{moment}Z")[1] for moment in ("4:00:00", "4:00:01")]
    assert statuses == [0, 1]


def test_a_glob_names_no_label_that_two_inputs_claim() -> None:
    Path("again.rmcc").write_bytes(bundle(BROKEN, "lpar1"))
    inputs = ("lpar1.rmcc", "again.rmcc")
    assert judged(file_with(waiver()), *inputs)[1] == 1
    assert judged(file_with(waiver(targets='["lpar1 (lpar1.rmcc)", "lpar1 (again.rmcc)"]')), *inputs)[1] == 0


def test_labels_of_the_command_line_count(program: Program) -> None:
    Path("labels.toml").write_text('[lpar1]\nwave = "3"\n[db1]\nwave = "4"\n')
    Path("w.toml").write_text(file_with(waiver(targets=None, labels='{ wave = "3" }')))
    ran = program("check", "lpar1.rmcc", "db1.rmcc", *WITH, "--labels", "labels.toml", "-o", "json")
    fails = [one for one in json.loads(ran.out)["findings"] if one["result"] == "fail"]
    assert {one["target"]: one["disposition"] for one in fails} == {"lpar1": "waived", "db1": "active"}


WITH = ("--waivers", "w.toml", "--now", NOW)


@pytest.mark.parametrize("processes", [False, True])
def test_a_program_gets_what_covers_a_finding(processes: bool) -> None:
    Path("w.toml").write_text(file_with(waiver()))
    with ProcessPoolExecutor(2) if processes else nullcontext() as executor:
        found = check(["lpar1.rmcc", "db1.rmcc"], now=NOW, waivers=Path("w.toml"), executor=executor)
    fails = {one.target: one for each in found.targets for one in each.findings if one.result == "fail"}
    assert (fails["lpar1"].waiver and fails["lpar1"].waiver.ticket, fails["db1"].waiver) == ("CHG0042", None)
    assert (found.exit_status, found.closing.counts.waived, found.closing.counts.accepted_on) == (1, 1, 1)
    with pytest.raises(UsageError, match=r"gone\.toml: cannot be read"):
        check(["lpar1.rmcc"], now=NOW, waivers="gone.toml")


def test_a_faulty_file_ends_before_anything_is_judged(program: Program) -> None:
    Path("w.toml").write_text(file_with(waiver(rule='"RMC-ID-01"', owner=None)))
    ran = program("check", "lpar1.rmcc", *WITH, "-o", "json=r.json")
    assert (ran.status, ran.out, Path("r.json").exists()) == (2, "", False)
    assert ran.err == (
        'rmccomply: error: w.toml:3: W-1 owner: is missing: write owner = "a.meier@example.com"\n'
        "rmccomply: error: w.toml:5: W-1 rule: no policy has a rule 'RMC-ID-01'; did you mean 'RMC-ID-001'?\n"
    )


def test_the_report_names_the_file_and_is_never_written_over_it(program: Program) -> None:
    Path("w.toml").write_text(file_with(waiver()))
    ran = program("check", "lpar1.rmcc", *WITH, "-o", "json")
    settings = {one["name"]: one for one in json.loads(ran.out)["run"]["settings"]}
    assert settings["waivers"] == {"name": "waivers", "value": "w.toml", "origin": "command line"}
    assert len(settings["waivers_sha256"]["value"]) == 64
    over = program("check", "lpar1.rmcc", *WITH, "-o", "json=w.toml")
    assert (over.status, "never replaces" in over.err) == (2, True)


def test_a_waiver_of_a_rule_that_is_not_judged_is_no_fault_and_not_unused(program: Program) -> None:
    Path("w.toml").write_text(file_with(waiver(), waiver(id='"W-2"', rule='"RMC-SUB-001"')))
    ran = program("check", "lpar1.rmcc", *WITH, "--select", "RMC-NET", "-o", "json")
    assert [note["text"] for note in json.loads(ran.out)["notifications"]] == [
        "2 waivers of rules that this run does not judge: W-1, W-2"
    ]


def test_the_page_has_its_place_for_what_was_accepted(program: Program) -> None:
    Path("w.toml").write_text(file_with(waiver(), waiver(id='"W-0"', expires="2026-11-10T00:00:00Z")))
    ran = program("check", "lpar1.rmcc", "db1.rmcc", *WITH)
    assert "\nACCEPTED: 1 check waived on 1 partition\n  W-0  ran out on 2026-11-10 00:00:00 UTC (RMC-" in ran.out
    assert "\n  W-1  covers 1 check on 1 partition until 2026-12-31 23:59:59 +01:00 (RMC-ID-001" in ran.out
    assert "NOTES" not in ran.out
    assert "1 without problems, 1 check waived " in ran.out.split("\n")[-2]
    one = program("check", "lpar1.rmcc", "db1.rmcc", *WITH, "--target", "lpar1").out
    assert "\nACCEPTED: 1 check waived\n  W-1  covers 1 check" in one
    assert "waiver W-0 ran out" in one
    every = program("check", "lpar1.rmcc", *WITH, "--show", "all").out
    assert "    terms W-1 (CHG0042) until 2026-12-31 23:59:59 +01:00: It is mended in December. Owner" in every
