"""`rmccomply check`, run as a user would."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.words import FORMATS
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle, command, file, replaced, without
from tests.hosts.consoles import whole_aix
from tests.test_schemas import complaints


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a healthy, a failing and an undecided partition."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "healthy.rmcc").write_bytes(bundle(whole_aix(), "healthy"))
    broken = replaced(whole_aix(), file("/etc/ct_node_id", "1234567890abcdef\n"))
    (tmp_path / "broken.rmcc").write_bytes(bundle(broken, "broken"))
    dark = without(whole_aix(), "lssrc -a")
    (tmp_path / "dark.rmcc").write_bytes(bundle(dark, "dark"))
    return tmp_path


def findings(text: str) -> dict[tuple[str, str], Any]:
    return {(one["target"], one["rule"]): one for one in json.loads(text)["findings"]}


def test_text_report(folder: Path, program: Program, snapshot: SnapshotAssertion) -> None:
    ran = program("check", "--now", NOW, ".", "--show", "open")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == snapshot


def test_the_page_is_what_is_printed_unless_more_is_asked_for(folder: Path, program: Program) -> None:
    ran = program("check", "--now", NOW, ".")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == program("check", "--now", NOW, ".", "--show", "summary").out
    assert ran.out.startswith("3 partitions (3 AIX) · rmc-core ")
    assert program("check", "--now", NOW, "broken.rmcc").out.startswith("broken  AIX 7.2 · ")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["healthy.rmcc"], 0),
        (["broken.rmcc"], 1),
        (["broken.rmcc", "--fail-on", "never"], 0),
        (["broken.rmcc", "--exit-zero"], 0),
        (["broken.rmcc", "--ignore", "RMC-ID-001"], 0),
        (["broken.rmcc", "--select", "RMC-ID-001,RMC-VER"], 1),
        (["broken.rmcc", "--select", "RMC-VER", "--select", "RMC-SUB"], 0),
        (["dark.rmcc"], 3),
        (["dark.rmcc", "--on-unknown", "report"], 0),
        (["dark.rmcc", "--on-unknown", "report", "--min-decided", "95"], 3),
        (["dark.rmcc", "--exit-zero"], 0),
        (["broken.rmcc", "dark.rmcc"], 1),
        (["missing.rmcc"], 2),
        (["healthy.rmcc", "missing.rmcc"], 2),
        (["broken.rmcc", "missing.rmcc", "--exit-zero"], 2),
        (["healthy.rmcc", "--platform", "hmc"], 4),
        (["empty"], 4),
        (["healthy.rmcc", "-p", "nothing"], 2),
        (["healthy.rmcc", "--now", "2026-11-20"], 2),
        (["healthy.rmcc", "--now", "yesterday"], 2),
        (["healthy.rmcc", "--param", "minimum_rsct"], 2),
        (["healthy.rmcc", "--param", "minimum_rsct=3.9.0.0"], 1),
        (["healthy.rmcc", "--param", "minimum_rsct=new"], 2),
        (["healthy.rmcc", "--select", "RMC-V"], 2),
        (["healthy.rmcc", "-o", "json", "-o", "sarif"], 2),
        (["healthy.rmcc", "--fail-on", "lowest"], 2),
        ([], 2),
    ],
)
def test_exit_status(folder: Path, program: Program, arguments: list[str], status: int) -> None:
    (folder / "empty").mkdir()
    assert program("check", *arguments).status == status


def test_a_named_input_that_is_nothing_is_told_after_the_others_are_judged(folder: Path, program: Program) -> None:
    (folder / "notes.txt").write_text("nothing of the kind")
    ran = program("check", "-o", "json", "broken.rmcc", "notes.txt", "missing.rmcc")
    assert ran.status == 2
    assert findings(ran.out)["broken", "RMC-ID-001"]["result"] == "fail"
    *faults, verdict = ran.err.splitlines()
    assert [line.split(": ")[2] for line in faults] == ["missing.rmcc", "notes.txt"]
    assert verdict.startswith("rmccomply: NOT JUDGED: 2 inputs could not be used; ")


def test_several_reports_in_one_run(folder: Path, program: Program) -> None:
    ran = program("check", ".", "-o", "sarif=rmc.sarif", "-o", "json=rmc.json", "-o", "jsonl=rmc.jsonl", "-o", "text")
    assert ran.status == 1
    report = json.loads((folder / "rmc.json").read_text())
    lines = [json.loads(line) for line in (folder / "rmc.jsonl").read_text().splitlines()]
    assert all(line.items() >= one.items() for line, one in zip(lines, report["findings"], strict=True))
    assert {line["run"] for line in lines} == {report["run"]["id"]}
    assert json.loads((folder / "rmc.sarif").read_text())["version"] == "2.1.0"
    assert ran.out.endswith("  exit 1\n")
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


def test_a_report_that_cannot_be_written_is_status_2_and_the_others_appear(folder: Path, program: Program) -> None:
    ran = program("check", "healthy.rmcc", "-o", "json=no/such/folder/rmc.json", "-o", "jsonl=rmc.jsonl")
    assert ran.status == 2
    assert "no/such/folder/rmc.json" in ran.err
    assert (folder / "rmc.jsonl").is_file()


def test_standard_input(folder: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (folder / "broken.rmcc").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    ran = program("check", "-o", "json", "-")
    found = findings(ran.out)["broken", "RMC-ID-001"]
    assert (ran.status, found["evidence"][0]["uri"]) == (1, "stdin")


def test_same_evidence_same_bytes_whatever_the_order_of_inputs(folder: Path, program: Program) -> None:
    first = program("check", "--now", NOW, "-o", "sarif", "broken.rmcc", "dark.rmcc", "healthy.rmcc")
    second = program("check", "--now", NOW, "-o", "sarif", "healthy.rmcc", "broken.rmcc", "dark.rmcc")
    assert first == second


def test_facts_documents_give_the_same_findings(folder: Path, program: Program) -> None:
    assert program("facts", ".", "-o", "json=fleet.ndjson").status == 0
    direct = program("check", "--now", NOW, "-o", "json", "broken.rmcc", "dark.rmcc", "healthy.rmcc")
    again = program("check", "--now", NOW, "-o", "json", "fleet.ndjson")
    assert json.loads(again.out) == json.loads(direct.out)


def test_a_damaged_bundle_is_a_target_with_unknowns(folder: Path, program: Program) -> None:
    data = (folder / "healthy.rmcc").read_bytes()
    (folder / "cut.rmcc").write_bytes(data[: len(data) // 2])
    ran = program("check", "cut.rmcc", "-o", "json")
    report = json.loads(ran.out)
    assert ran.status == 3
    assert report["summary"]["fail"] == 0
    assert report["notifications"]


def test_a_newer_bundle_is_a_target_with_unknowns(folder: Path, program: Program) -> None:
    (folder / "new.rmcc").write_bytes((folder / "healthy.rmcc").read_bytes().replace(b"evidence 1", b"evidence 2", 1))
    ran = program("check", "new.rmcc", "-o", "json")
    assert ran.status == 3
    assert {one["result"] for one in json.loads(ran.out)["findings"]} == {"unknown"}


def test_two_targets_of_one_name_stay_two(folder: Path, program: Program) -> None:
    (folder / "twin.rmcc").write_bytes((folder / "healthy.rmcc").read_bytes())
    report = json.loads(program("check", "-o", "json", "healthy.rmcc", "twin.rmcc").out)
    assert [one["id"] for one in report["targets"]] == ["healthy (healthy.rmcc)", "healthy (twin.rmcc)"]
    assert [one["target"] for one in report["notifications"]] == ["healthy (healthy.rmcc)", "healthy (twin.rmcc)"]


def test_labels_are_kept_in_the_report(folder: Path, program: Program) -> None:
    (folder / "labels.toml").write_text('[healthy]\nwave = "3"\nowner = "db"\n')
    report = json.loads(program("check", "-o", "json", "healthy.rmcc", "--labels", "labels.toml").out)
    assert report["targets"][0]["labels"] == {"wave": "3", "owner": "db"}


@pytest.mark.parametrize("text", ["wave = 3", "[healthy", None])
def test_labels_that_cannot_be_used(folder: Path, program: Program, text: str | None) -> None:
    if text is not None:
        (folder / "labels.toml").write_text(text)
    ran = program("check", "healthy.rmcc", "--labels", "labels.toml")
    assert ran.status == 2
    assert "labels.toml" in ran.err


def test_uris_are_relative_to_the_root_that_is_asked_for(folder: Path, program: Program) -> None:
    (folder / "sub").mkdir()
    (folder / "healthy.rmcc").rename(folder / "sub" / "a b.rmcc")
    report = json.loads(program("check", "-o", "json", "sub", "--root-uri", "sub").out)
    assert report["targets"][0]["evidence"][0]["uri"] == "a%20b.rmcc"


def test_identity_stands_in_the_report(folder: Path, program: Program) -> None:
    report = json.loads(program("check", "-o", "json", "healthy.rmcc").out)
    assert report["targets"][0]["identity"] == {"type_model": "9105-42A", "serial": "78A0000", "lpar_id": 7}


def test_verbose_says_what_is_read_and_quiet_does_not(folder: Path, program: Program) -> None:
    assert program("check", "healthy.rmcc", "-v").err == "rmccomply: read healthy.rmcc\n"
    assert program("check", "healthy.rmcc", "-v", "-q").err == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "x", "-p", "rmc-cor"], "did you mean 'rmc-core'?"),
        (["check", "x", "-o", "sarf"], "did you mean 'sarif'?"),
        (["check", "x", "--select", "RMC-VR-001"], "did you mean 'RMC-VER-001'?"),
        (["check", "x", "--param", "minimum=3.1"], "did you mean 'minimum_rsct'?"),
        (["check", "x", "--polcy", "y"], "--policy"),
        (["chek", "x"], "Did you mean 'check'?"),
        (["rules", "RMC-ID-01"], "did you mean 'RMC-ID-001'?"),
        (["policy", "schema", "polcy"], "did you mean 'policy'?"),
    ],
)
def test_what_does_not_exist_is_answered_with_the_nearest_that_does(
    program: Program, arguments: list[str], says: str
) -> None:
    ran = program(*arguments)
    assert ran.status == 2
    assert says in ran.err


def test_hostile_evidence_is_harmless_in_text(folder: Path, program: Program) -> None:
    evil = replaced(whole_aix(), command("lssrc -a", "Subsystem Group PID Status\n \x1b]0;x\x07 rsct 1 active\n"))
    (folder / "evil.rmcc").write_bytes(bundle(evil, "e\x1b[31mvil\u202e"))
    ran = program("check", "evil.rmcc", "-v")
    assert "\x1b" not in ran.out + ran.err
    assert "\u202e" not in ran.out + ran.err


def test_color_only_when_asked_for_or_on_a_terminal(folder: Path, program: Program) -> None:
    assert "\x1b[" not in program("check", "healthy.rmcc").out
    assert "\x1b[" in program("check", "healthy.rmcc", "--color", "always").out


@pytest.mark.exhaustive
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_it_leaves_no_part_and_the_earlier_report(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "b.rmcc").write_bytes(bundle(whole_aix()))
    (tmp_path / "r.json").write_text("earlier")
    arguments = ["-m", "rmccomply", "check", "b.rmcc", "-", "-o", "json=r.json"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.Popen([sys.executable, *arguments], cwd=tmp_path, env=env, stdin=subprocess.PIPE)
    end = time.monotonic() + 20
    while not list(tmp_path.glob(".r.json.*.part")) and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.1)
    run.send_signal(number)
    assert run.wait(20) == 128 + number
    if run.stdin is not None:
        run.stdin.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.rmcc", "r.json"]
    assert (tmp_path / "r.json").read_text() == "earlier"


def test_targets_of_a_labels_file_that_are_not_in_the_run_are_one_note(folder: Path, program: Program) -> None:
    (folder / "labels.toml").write_text('[healthy]\nwave = "3"\n[helthy]\nwave = "3"\n[gone]\nwave = "4"\n')
    report = json.loads(program("check", "-o", "json", "healthy.rmcc", "--labels", "labels.toml").out)
    told = [(note["level"], note["text"]) for note in report["notifications"] if "labels" in note["text"]]
    says = "the labels file labels.toml names what are not targets of this run: helthy, gone"
    assert told == [("note", says)]
    (folder / "labels.toml").write_text('[healthy]\nwave = "3"\n')
    report = json.loads(program("check", "-o", "json", "healthy.rmcc", "--labels", "labels.toml").out)
    assert not any("labels" in note["text"] for note in report["notifications"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[lpar7.example.com]\nwave = 3\n", 'write a name with a dot in quotes, ["lpar7.example"'),
        ('wave = "3"\n', "'wave' is not a table of labels for a target: write [TARGET] on a line above it"),
        ("[healthy]\nwave = [3, 4]\n", "'wave' of 'healthy' is a list, but a label is a single text"),
    ],
)
def test_slips_in_a_labels_file(folder: Path, program: Program, text: str, says: str) -> None:
    (folder / "labels.toml").write_text(text)
    ran = program("check", "healthy.rmcc", "--labels", "labels.toml")
    assert ran.status == 2
    assert says in ran.err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--param", "minimum_rsct=1.0"], "minimum_rsct 1.0.0.0 (policy: 3.1.0.0), looser than the policy"),
        (["--param", "minimum_rsct=9.0"], "minimum_rsct 9.0.0.0 (policy: 3.1.0.0)\n"),
        (["--param", "full_percent=99"], "full_percent 99 (policy: 95), looser than the policy"),
        (["--param", "management=novalink"], "management novalink (policy: unknown)\n"),
        (["--param", "full_percent=95"], ""),
        ([], ""),
    ],
)
def test_parameters_that_are_not_as_the_policy_has_them_are_told(
    folder: Path, program: Program, given: list[str], told: str
) -> None:
    text = program("check", "healthy.rmcc", *given, "--show", "open").out.partition("\ntargets")[0]
    assert ("\nchanged   " in text) == bool(told)
    assert told in f"{text}\n"
    page = program("check", "healthy.rmcc", *given).out
    assert (f"\nchanged: {told}" in page) == bool(told)
    assert ("\nchanged" in page) == bool(told)
    report = json.loads(program("check", "healthy.rmcc", *given, "-o", "json").out)
    assert complaints("report-1.schema.json", report) == []
    log = json.loads(program("check", "healthy.rmcc", *given, "-o", "sarif").out)["runs"][0]
    if not told:
        assert "parameters" not in report
        assert "parameters" not in log["properties"]
        return
    name, value, *_ = told.split()
    (card,) = report["parameters"]
    assert (card["name"], card["value"], card["looser"]) == (name, value, "looser" in told)
    assert log["properties"]["parameters"] == [card]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([""], "an input has an empty name (an empty variable?); for the current folder write ."),
        (["healthy.rmcc", "-o", "json="], "-o json= names no file; for standard output write -o json"),
        (["healthy.rmcc", "-o", "jsn"], f"did you mean 'json'? The formats are: {', '.join(FORMATS)}."),
        (["healthy.rmcc", "--probe"], "--probe: only for ssh:// inputs"),
        (["healthy.rmcc", "--run", "x", "--ssh-config", "y"], "--run, --ssh-config: only for ssh:// inputs"),
        (["healthy.rmcc", "--fail-on", "hihg"], "medium, low, info, never; did you mean 'high'?"),
        (["healthy.rmcc", "--platform", "solaris"], "'solaris' is not one of: aix, vios, linux, hmc."),
        (["healthy.rmcc", "--max-size", "x"], "'--max-size': "),
        (["healthy.rmcc", "--min-decided", "x"], "'--min-decided': "),
    ],
)
def test_slips_of_the_command_line_are_told_in_plain_words(
    folder: Path, program: Program, arguments: list[str], says: str
) -> None:
    ran = program("check", *arguments)
    assert ran.status == 2
    assert says in ran.err
    assert "Value error" not in ran.err
    assert "Input should" not in ran.err


def test_an_empty_input_is_not_the_working_directory(folder: Path, program: Program) -> None:
    assert json.loads(program("check", "", "-o", "json").out)["targets"] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[targets.healthy]\nwave = "3"', "write [healthy], and its labels below"),
        ('[healthy.labels]\nwave = "3"', "write [healthy], and its labels below"),
        ('[labels."a.b"]\nwave = "3"', 'write ["a.b"], and its labels below'),
        ('[a.b]\nwave = "3"', 'write a name with a dot in quotes, ["a.b"]'),
    ],
)
def test_tables_around_labels_are_told(folder: Path, program: Program, text: str, says: str) -> None:
    Path("labels.toml").write_text(text)
    ran = program("check", "healthy.rmcc", "--labels", "labels.toml")
    assert ran.status == 2
    assert says in ran.err


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        ('["lssrc", "-x"]', "answers 'lssrc -x', which is not supported; "),
        ('["frobnicate"]', "answers 'frobnicate', which is not supported"),
    ],
)
def test_a_request_of_target_toml_that_nothing_reads_is_told(
    folder: Path, program: Program, request_: str, says: str
) -> None:
    Path("one").mkdir()
    Path("one/x.txt").write_text("x\n")
    Path("one/target.toml").write_text(f'platform = "aix"\n[requests]\n"x.txt" = {request_}\n')
    notes = json.loads(program("check", "one", "-o", "json").out)["notifications"]
    assert [note["level"] for note in notes if says in note["text"]] == ["warning"]
