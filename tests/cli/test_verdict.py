"""The verdict of `check` in words: on standard output last, else on standard error, and never against the status."""

import os
import re
from pathlib import Path

import pytest

from rmccomply.ending.verdict_line import ENDS
from tests.cli.running import Program, Ran
from tests.hosts.building import NOW, bundle, command, healthy_aix, replaced
from tests.hosts.consoles import whole_aix


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A healthy target and one that is not, with two files that are no evidence."""
    monkeypatch.chdir(tmp_path)
    stopped = command("lssrc -a", "Subsystem         Group            PID          Status\n ctrmc  rsct  inoperative\n")
    Path("x").mkdir()
    Path("x/good.rmcc").write_bytes(bundle(whole_aix(), "good"))
    Path("x/bad.rmcc").write_bytes(bundle(replaced(healthy_aix(), stopped), "bad"))
    Path("x/notes.txt").write_text("buy milk\n")
    Path("x/more.txt").write_text("and bread\n")
    return tmp_path


def words_of(ran: Ran) -> str:
    """The verdict, wherever it is, without the exit status at its right."""
    line = (ran.out.rstrip("\n").rpartition("\n")[2] if ran.out else ran.err.rstrip("\n").rpartition("\n")[2]).strip()
    return re.sub(r" +exit \d$", "", line.removeprefix("rmccomply: "))


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["-o", "json=f.json"],
        ["--exit-zero"],
        ["--fail-on", "never"],
        ["--fail-on", "never", "--on-unknown", "report"],
        ["--fail-on", "never", "--on-unknown", "report", "--min-decided", "100"],
        ["--select", "RMC-SUB-001"],
        ["-o", "json=/nowhere/f.json", "-o", "text"],
        ["--param", "management=hmc", "nosuch"],
    ],
)
@pytest.mark.parametrize("where", ["x", "x/good.rmcc", "x/bad.rmcc", "x/notes.txt"])
def test_the_first_word_and_the_exit_status_agree(
    folder: Path, program: Program, where: str, options: list[str]
) -> None:
    ran = program("check", where, *options, "--now", NOW)
    text = " ".join(ran.out.split("\n")[-4:]) if ran.out else ran.err
    word = next(word for word in ENDS if f"{word}: " in text)
    assert ENDS[word] == ran.status


def test_where_no_text_is_shown_standard_error_has_the_verdict_and_the_files(folder: Path, program: Program) -> None:
    ran = program("check", "x", "-o", "json=f.json", "-o", "sarif=f.sarif", "--now", NOW)
    assert (ran.status, ran.out) == (1, "")
    skipped, verdict = ran.err.splitlines()
    assert skipped == "rmccomply: 2 files skipped: not evidence; -v names them"
    assert re.fullmatch(
        r"rmccomply: FAILED: 1 of 2 partitions has problems \(1 critical\), 1 healthy, see f\.json, f\.sarif", verdict
    )


def test_text_in_a_file_is_not_shown(folder: Path, program: Program) -> None:
    ran = program("check", "x/good.rmcc", "-o", "text=f.txt", "--now", NOW)
    assert ran.err.startswith("rmccomply: PASSED: The partition is healthy: ")
    assert ran.err.endswith(", see f.txt\n")
    assert Path("f.txt").read_text().rstrip().endswith("exit 0")


def test_json_on_standard_output_has_its_verdict_on_standard_error(folder: Path, program: Program) -> None:
    ran = program("check", "x/good.rmcc", "-o", "json", "--now", NOW)
    assert ran.out.startswith("{")
    assert ran.err.startswith("rmccomply: PASSED: ")
    assert "see" not in ran.err


def test_text_on_standard_output_says_it_once(folder: Path, program: Program) -> None:
    ran = program("check", "x", "-o", "text", "-o", "json=f.json", "--now", NOW)
    assert ran.err == ""
    assert ran.out.count("FAILED: ") == 1


def test_quiet_keeps_errors_alone(folder: Path, program: Program) -> None:
    assert program("check", "x", "-q", "-o", "json=f.json", "--now", NOW).err == ""
    ran = program("check", "x", "nosuch", "-q", "-o", "json=f.json", "--now", NOW)
    assert ran.err == "rmccomply: error: nosuch: no such file or folder\n"


def test_a_mistyped_path_is_one_line_and_the_verdict(folder: Path, program: Program) -> None:
    ran = program("check", "nosuch", "--now", NOW)
    assert ran.status == 2
    assert ran.err == "rmccomply: error: nosuch: no such file or folder\n"
    assert ran.out.split() == ["NOT", "JUDGED:", "No", "input", "could", "be", "used", "exit", "2"]


def test_a_report_that_cannot_be_written_changes_the_verdict_of_the_text(folder: Path, program: Program) -> None:
    ran = program("check", "x/good.rmcc", "-o", "text", "-o", "json=/nowhere/f.json", "--now", NOW)
    assert ran.status == 2
    assert "\nNOT WRITTEN: A report could not be written; " in ran.out


def test_skipped_files_are_one_line_and_verbose_names_each(folder: Path, program: Program) -> None:
    ran = program("check", "x", "-v", "--now", NOW)
    assert "2 files skipped: not evidence; -v names them" in ran.out
    assert "notes.txt" not in ran.out
    assert "rmccomply: x/more.txt: skipped: not evidence\nrmccomply: x/notes.txt: skipped: not evidence\n" in ran.err
    assert "notes.txt" not in program("check", "x", "--now", NOW).err
    report = program("check", "x", "-o", "json", "--now", NOW).out
    assert (report.count("x/notes.txt"), report.count("x/more.txt")) == (1, 1)


def test_a_folder_without_evidence_is_no_page(folder: Path, program: Program) -> None:
    Path("y").mkdir()
    os.rename("x/notes.txt", "y/notes.txt")
    ran = program("check", "y", "--now", NOW)
    assert (ran.status, ran.err) == (4, "")
    assert "Summary" not in ran.out
    assert "1 file skipped: not evidence; -v names it" in ran.out
    assert words_of(ran) == "NOTHING JUDGED: No partition was found"


@pytest.mark.parametrize("name", ["\x1b[31mred", "long" * 50, "日本" * 60, "e\u0301\u0301" * 40, "\u202eback"])
def test_no_name_breaks_the_verdict(folder: Path, program: Program, name: str) -> None:
    path = f"{name[:60]}.json"
    ran = program("check", "x", "-o", f"json={path}", "--now", NOW)
    line = ran.err.splitlines()[-1]
    assert line.startswith("rmccomply: FAILED: ")
    assert line.isprintable()
    assert Path(path).exists()
