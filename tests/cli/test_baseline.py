"""`baseline` as a pipeline has it: written once, checked against, and then smaller from build to build."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from rmccomply.documents.baseline_1 import HEAD
from rmccomply.errors import InputError
from rmccomply.evidence.model import Evidence
from rmccomply.runs.check import check
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle, command, file, replaced
from tests.hosts.consoles import whole_aix
from tests.hosts.parts import DF_AIX
from tests.hosts.story_answers import FULL, OTHER_ID, hanging

FAULTS = {"full": FULL, "ids": file("/etc/ct_node_id", f"{OTHER_ID}\n")}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    host("healthy")
    host("both", "full", "ids")
    return tmp_path


def host(name: str, *faults: str, more: tuple[Evidence, ...] = ()) -> None:
    evidence = replaced(whole_aix(), *(FAULTS[one] for one in faults), *more)
    Path(f"in/{name}.rmcc").write_bytes(bundle(evidence, name))


def checked(program: Program, *more: str) -> tuple[int, dict[tuple[str, str], str]]:
    """The exit status, and the disposition of each fail by rule and target."""
    ran = program("check", "in", "--now", NOW, "-o", "json=r.json", *more)
    found = json.loads(Path("r.json").read_text())["findings"]
    return ran.status, {(one["rule"], one["target"]): one["disposition"] for one in found if one["result"] == "fail"}


def written(program: Program) -> bytes:
    checked(program)
    Path("b.jsonl").unlink(missing_ok=True)
    assert program("baseline", "write", "r.json", "-o", "b.jsonl").status == 0
    return Path("b.jsonl").read_bytes()


def test_what_was_there_does_not_gate_and_what_is_new_does(program: Program) -> None:
    assert checked(program)[0] == 1
    rows = [json.loads(line) for line in written(program).splitlines()[1:]]
    assert {(one["rule"], one["target"]) for one in rows} == {
        (rule, "both") for rule in ("RMC-FS-001", "RMC-FS-003", "RMC-ID-001")
    }
    status, fails = checked(program, "--baseline", "b.jsonl")
    assert (status, {*fails.values()}) == (0, {"baseline"})
    host("new", "ids")
    status, fails = checked(program, "--baseline", "b.jsonl")
    assert (status, fails.pop(("RMC-ID-001", "new")), {*fails.values()}) == (1, "active", {"baseline"})


def test_the_report_names_the_file_and_its_digest_and_nothing_of_the_machine(program: Program, folder: Path) -> None:
    raw = written(program)
    checked(program, "--baseline", str(folder / "b.jsonl"))
    settings = {one["name"]: one for one in json.loads(Path("r.json").read_text())["run"]["settings"]}
    digest = hashlib.sha256(raw).hexdigest()
    assert settings["baseline"] == {"name": "baseline", "value": "b.jsonl", "origin": "command line"}
    assert settings["baseline_sha256"] == {"name": "baseline_sha256", "value": digest, "origin": "command line"}
    checked(program)
    settings = {one["name"]: one for one in json.loads(Path("r.json").read_text())["run"]["settings"]}
    assert settings["baseline"] == {"name": "baseline", "value": "", "origin": "default"}
    assert "baseline_sha256" not in settings


def test_a_program_gives_a_run_its_baseline(program: Program) -> None:
    written(program)
    found = check(["in"], now=NOW, baseline=Path("b.jsonl"))
    assert (found.exit_status, found.closing.summary["fail"]) == (0, 3)
    assert {one.disposition for each in found.targets for one in each.findings} == {None, "baseline"}
    with pytest.raises(InputError, match=r"r\.json:1: is not a baseline"):
        check(["in"], now=NOW, baseline="r.json")


def test_measures_may_move_but_no_other_number(program: Program) -> None:
    written(program)
    other = command("df -k /var /tmp /", DF_AIX.replace("2250112   47%", "   4096   99%"))
    host("both", "ids", more=(other,))
    before = Path("r.json").read_text()
    assert checked(program, "--baseline", "b.jsonl")[0] == 0
    assert "4 MiB; 99.9 %" in Path("r.json").read_text()
    assert "4 MiB; 99.9 %" not in before
    text = Path("b.jsonl").read_text().replace("different", "different 2")
    Path("b.jsonl").write_text(text)
    status, fails = checked(program, "--baseline", "b.jsonl")
    assert (status, fails["RMC-ID-001", "both"]) == (1, "active")


def test_a_fail_that_became_more_severe_gates(program: Program) -> None:
    written(program)
    Path("b.jsonl").write_text(Path("b.jsonl").read_text().replace('"critical"', '"high"'))
    status, fails = checked(program, "--baseline", "b.jsonl")
    assert (status, fails["RMC-ID-001", "both"]) == (1, "active")


def test_an_unknown_is_never_covered(program: Program) -> None:
    raw = written(program)
    host("both", more=(hanging("df -k /var /tmp /"),))
    assert checked(program, "--baseline", "b.jsonl")[0] == 3
    ran = program("check", "in", "--now", NOW, "--baseline", "b.jsonl", "-o", "json=r.json")
    notes = [one["text"] for one in json.loads(Path("r.json").read_text())["notifications"]]
    assert any("2 known fails of the baseline b.jsonl were not assessed" in one for one in notes), ran.err
    out = program("baseline", "update", "r.json", "b.jsonl").out
    assert "gone      " in out
    left = Path("b.jsonl").read_bytes().splitlines()
    assert left == [one for one in raw.splitlines() if b"RMC-ID-001" not in one]


def test_what_is_fixed_is_told_and_goes(program: Program) -> None:
    written(program)
    host("both", "full")
    checked(program, "--baseline", "b.jsonl")
    (note,) = [one["text"] for one in json.loads(Path("r.json").read_text())["notifications"] if "base" in one["text"]]
    told = "1 known fail of the baseline b.jsonl is gone (see 'rmccomply baseline update'): RMC-ID-001 on both"
    assert note == told
    ran = program("baseline", "update", "r.json", "b.jsonl")
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "b.jsonl: 1 gone; 2 known fails in it")
    assert b"RMC-ID-001" not in Path("b.jsonl").read_bytes()


def test_it_grows_only_by_a_fingerprint_which_is_printed(program: Program) -> None:
    raw = written(program)
    host("new", "ids")
    checked(program, "--baseline", "b.jsonl")
    ran = program("baseline", "update", "r.json", "b.jsonl")
    assert Path("b.jsonl").read_bytes() == raw
    (line, *_) = ran.out.splitlines()
    word, severity, *rest, name = line.split()
    assert (word, severity, rest) == ("new", "critical", ["RMC-ID-001", "on", "new:", "different"])
    assert "1 fail not in it: mend it, or take one in by --accept FINGERPRINT" in ran.out
    assert program("baseline", "update", "r.json", "b.jsonl", "--accept", name).status == 0
    assert Path("b.jsonl").read_bytes().splitlines() == sorted(
        {*raw.splitlines(), *Path("b.jsonl").read_bytes().splitlines()}, key=lambda one: (one != HEAD.encode(), one)
    )
    assert checked(program, "--baseline", "b.jsonl")[0] == 0


def test_what_cannot_be_accepted_changes_nothing(program: Program) -> None:
    raw = written(program)
    host("both")
    checked(program)
    ran = program("baseline", "update", "r.json", "b.jsonl", "--accept", "x", "--accept", "0" * 64)
    assert (ran.status, Path("b.jsonl").read_bytes()) == (2, raw)
    assert [line.partition(": error: ")[2] for line in ran.err.splitlines()] == [
        f"--accept {name}: the report has no failing check of this fingerprint" for name in ("x", "0" * 64)
    ]


def test_order_lines_and_more_partitions_change_no_byte(program: Program) -> None:
    raw = written(program)
    os.rename("in/both.rmcc", "in/zz.rmcc")
    text = Path("in/zz.rmcc").read_bytes()
    assert written(program) == raw
    host("another")
    assert written(program) == raw
    shifted = [file("/etc/motd", "a\nb\nc\n"), *replaced(whole_aix(), *FAULTS.values())]
    Path("in/zz.rmcc").write_bytes(bundle(shifted, "both"))
    assert Path("in/zz.rmcc").read_bytes() != text
    assert written(program) == raw
    host("more", "ids")
    checked(program, "--baseline", "b.jsonl")
    program("baseline", "update", "r.json", "b.jsonl")
    assert Path("b.jsonl").read_bytes() == raw


def test_a_file_that_is_there_is_not_written_over(program: Program) -> None:
    raw = written(program)
    ran = program("baseline", "write", "r.json", "-o", "b.jsonl")
    assert (ran.status, Path("b.jsonl").read_bytes()) == (2, raw)
    assert "b.jsonl: is there already" in ran.err
    report = Path("r.json").read_bytes()
    assert program("check", "in", "--baseline", "b.jsonl", "-o", "json=b.jsonl").status == 2
    assert (Path("b.jsonl").read_bytes(), Path("r.json").read_bytes()) == (raw, report)


def test_an_update_without_a_change_leaves_the_very_file(program: Program) -> None:
    written(program)
    before = os.stat("b.jsonl")
    ran = program("baseline", "update", "r.json", "b.jsonl")
    assert (ran.out, os.stat("b.jsonl").st_ino) == ("b.jsonl: nothing changes; 3 known fails in it\n", before.st_ino)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "in", "--baseline", "gone.jsonl"),
        ("check", "in", "--baseline", "bad.jsonl"),
        ("baseline", "update", "r.json", "bad.jsonl"),
        ("baseline", "update", "bad.jsonl", "b.jsonl"),
        ("baseline", "update", "gone.json", "b.jsonl"),
        ("baseline", "write", "in/both.rmcc", "-o", "new.jsonl"),
        ("baseline", "write", "r.json", "-o", "nowhere/new.jsonl"),
        ("baseline", "write", "r.json"),
        ("baseline", "write"),
    ],
)
def test_what_cannot_be_used_is_told_and_ends_with_2(program: Program, arguments: tuple[str, ...]) -> None:
    raw = written(program)
    Path("bad.jsonl").write_text("x\n")
    ran = program(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err
    assert Path("b.jsonl").read_bytes() == raw
    assert not Path("new.jsonl").exists()


def test_a_waived_fail_and_an_unknown_are_not_written(program: Program) -> None:
    checked(program)
    text = Path("r.json").read_text()
    Path("r.json").write_text(text.replace('"disposition":"active"', '"disposition":"waived"', 1))
    ran = program("baseline", "write", "r.json", "-o", "w.jsonl")
    assert "2 known fails; 1 waived fail left out: a waiver goes before a baseline" in ran.out
