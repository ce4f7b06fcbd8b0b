"""What is no file of the kind that is asked for ends in one clear sentence, in bounded time and memory.

Pipes, devices, files without end, loops of links, and names of octets that are no text, in every place that names a
file; whatever else is named is judged.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.cost import cost
from tests.evidence.archives.building import sosreport, tar
from tests.hosts.building import LSSRC, NOW, bundle, command
from tests.hosts.consoles import whole_aix

ODD = ("fifo", "sparse", "loop", "zero", "folder")
SLOW = 30
"""Seconds that are far more than any of it takes, and far less than for ever."""
PLACES: dict[str, tuple[str, ...]] = {
    "policy": ("check", "good.rmcc", "-p", "ODD"),
    "labels": ("check", "good.rmcc", "--labels", "ODD"),
    "secrets": ("check", "good.rmcc", "--secrets", "ODD"),
    "explained": ("explain", "RMC-SUB-001", "ODD"),
    "verified": ("bundle", "verify", "ODD"),
    "shown": ("bundle", "show", "ODD"),
    "linted": ("policy", "lint", "ODD"),
    "imported": ("collect", "import", "ODD"),
    "inventory": ("collect", "ssh", "--inventory", "ODD", "--run", "run"),
    "collector": ("collect", "local", "--collector", "ODD", "--run", "run"),
    "ssh config": ("collect", "ssh", "lpar1", "--ssh-config", "ODD", "--run", "run"),
    "output": ("check", "good.rmcc", "-o", "json=ODD/x"),
}
NAMES = (b"a\nb", "a\u202eb".encode(), b"a\xff\xfe", b"\xed\xa0\x80", b"-o", b"x=y", b"\x1b[2J")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A healthy bundle among what is odd."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.rmcc").write_bytes(bundle(whole_aix(), "good"))
    os.mkfifo("fifo")
    with open("sparse", "wb") as file:
        file.truncate(64 * 1024**3)
    os.symlink("loop", "loop")
    os.symlink("/dev/zero", "zero")
    os.mkdir("folder")
    os.symlink(".", "folder/up")
    os.symlink("../folder", "folder/again")
    return tmp_path


@pytest.mark.exhaustive
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", PLACES)
def test_one_clear_sentence(folder: Path, place: str, odd: str) -> None:
    if (place, odd) in {("explained", "folder"), ("output", "folder")}:
        pytest.skip("a folder is what may stand there")
    ran = bounded_run(*(word.replace("ODD", odd) for word in PLACES[place]))
    lines = faults_in(ran.stderr)
    assert ran.returncode == 2, lines
    assert len(lines) == 1, lines
    assert "fault of rmccomply" not in lines[0]
    assert not (folder / "run" / "good.rmcc").exists()


def faults_in(told: bytes) -> list[str]:
    """The lines of it without that of a verdict."""
    return [line for line in told.decode().splitlines() if not line.startswith("rmccomply: NOT WRITTEN: ")]


_DROPPED = "-dac_override,-dac_read_search"
UNPRIVILEGED = ("setpriv", "--bounding-set", _DROPPED, "--inh-caps", _DROPPED)


def bounded_run(*words: str, unprivileged: bool = False) -> "subprocess.CompletedProcess[bytes]":
    """With little memory, as a machine may have, for this program and for all that it begins."""
    if unprivileged and os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("setpriv is not here, and nothing is closed to root")
    before = UNPRIVILEGED if unprivileged and os.geteuid() == 0 else ()
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    limit = 1536 * 1024**2
    return subprocess.run(
        [*before, sys.executable, "-m", "rmccomply", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=env,
        timeout=SLOW,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )


def test_what_is_odd_costs_no_other_input_its_verdicts(folder: Path) -> None:
    ran = cost(folder, "check", *ODD, "good.rmcc", "-o", "json", "--now", NOW, "--max-size", "1000000")
    report = json.loads(ran.out)
    assert ran.status == 2
    assert ran.mebibytes < 150
    assert ran.err.count(b"rmccomply: error: ") == 4, ran.err
    assert [one["id"] for one in report["targets"]] == ["good"]
    assert {one["result"] for one in report["findings"]} <= {"pass", "not_applicable"}


WALLED = ("closed/a.rmcc", "n" * 300)
"""What cannot be looked at: what stands in a folder that may not be entered, and a name that is too long."""
WALLED_PLACES = {
    **{name: words for name, words in PLACES.items() if name != "ssh config"},
    "checked": ("check", "ODD"),
    "facts": ("facts", "ODD"),
    "extended": ("policy", "lint", "extending.toml"),
    "exported": ("collect", "import", "sos.tar", "-o", "ODD/x"),
    "run": ("collect", "local", "--run", "ODD/run"),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("odd", WALLED)
@pytest.mark.parametrize("place", WALLED_PLACES)
def test_what_cannot_be_looked_at_is_one_clear_sentence(folder: Path, place: str, odd: str) -> None:
    os.mkdir("closed", 0)
    Path("sos.tar").write_bytes(tar(sosreport([command("lssrc -a", LSSRC)])))
    Path("extending.toml").write_text(f'schema = 1\nid = "mine"\ntitle = "Mine"\nversion = "1"\nextends = "{odd}"\n')
    ran = bounded_run(*(word.replace("ODD", odd) for word in WALLED_PLACES[place]), unprivileged=True)
    lines = faults_in(ran.stderr)
    assert ran.returncode == 2, lines
    assert len(lines) == 1, lines
    assert "fault of rmccomply" not in lines[0]
    assert "Permission denied" in lines[0] or "File name too long" in lines[0], lines


def test_what_cannot_be_looked_at_costs_no_other_input_its_verdicts(folder: Path) -> None:
    os.mkdir("closed", 0)
    ran = bounded_run("check", *WALLED, "good.rmcc", "-o", "json", "--now", NOW, unprivileged=True)
    assert ran.returncode == 2
    assert ran.stderr.count(b"rmccomply: error: ") == 2, ran.stderr
    assert [one["id"] for one in json.loads(ran.stdout)["targets"]] == ["good"]


def test_a_loop_of_links_is_no_place_for_a_report_and_stays(folder: Path) -> None:
    ran = bounded_run("check", "good.rmcc", "-o", "json=loop")
    assert ran.returncode == 2
    assert faults_in(ran.stderr) == ["rmccomply: error: loop: cannot be written: Too many levels of symbolic links"]
    assert os.readlink("loop") == "loop"


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_octets(folder: Path, name: bytes) -> None:
    place = os.fsencode(folder) + b"/names/"
    os.mkdir(place)
    with open(place + name + b".rmcc", "wb") as file:
        file.write(bundle(whole_aix(), "named"))
    output = os.fsdecode(place + name + b".json")
    for inputs in ("names", os.fsdecode(b"names/" + name + b".rmcc")):
        ran = cost(folder, "check", "--now", NOW, "-o", f"json={output}", "-o", "jsonl", "--", inputs)
        assert ran.status == 0, ran.err
        assert json.loads(Path(output).read_bytes())["summary"]["fail"] == 0
        assert all(char.isprintable() or char == "\n" for char in (ran.out + ran.err).decode())


@pytest.mark.exhaustive
def test_a_folder_of_many_files_is_told_in_time_that_grows_with_their_number(folder: Path) -> None:
    for number in range(6000):
        (folder / "folder" / f"f{number}").touch()
    ran = cost(folder, "check", "folder", "good.rmcc", "-o", "json", "--now", NOW)
    report = json.loads(ran.out)
    assert ran.status == 0
    assert len([one for one in report["notifications"] if "skipped: not evidence" in one["text"]]) == 6000
    assert ran.mebibytes < 120
    assert ran.seconds < 12


SLOW_PARTS = {
    ("check", "good.rmcc"): "rmccomply.assess.verdicts",
    ("facts", "good.rmcc"): "rmccomply.runs.facts.facts_text",
    ("facts", "good.rmcc", "-o", "json"): "rmccomply.runs.facts.document_line",
    ("explain", "RMC-SUB-001", "good.rmcc"): "rmccomply.runs.explain.explanation",
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("words", SLOW_PARTS)
def test_a_target_that_takes_for_ever_is_told_and_the_run_ends(
    words: tuple[str, ...], program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command that reads evidence has the limit, whatever part of it is held."""
    for part in (SLOW_PARTS[words], "rmccomply.inputs.read.read_bundle"):
        with monkeypatch.context() as held:
            held.setattr(part, lambda *_, **__: time.sleep(20))
            ran = program(*words, "--max-seconds", "1")
        assert ran.status == 2
        assert ran.err.count("it took longer than 1 s (--max-seconds)") == 1
        assert ran.err.count("\n") == 1


@pytest.mark.parametrize("words", SLOW_PARTS)
def test_a_file_beyond_the_limit_of_size_is_not_read(words: tuple[str, ...], program: Program) -> None:
    ran = program(*words, "--max-size", "1000")
    assert ran.status == 2
    assert ran.err.count("larger than 1000 bytes (--max-size)") == 1
