"""Runs that are ended at any moment, that share an output, or that have no room: what is there is whole.

The moments are random; their seed is printed and can be given as TESTS_SEED, their number as TESTS_MOMENTS.
"""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rmccomply.evidence.bundle import is_bundle, read_bundle
from tests.collect.running import lacking, need
from tests.evidence.archives.building import sosreport, tar
from tests.hosts.building import LSSRC, NOW, bundle, command, file
from tests.hosts.consoles import whole_aix

ROOT = Path(__file__).parents[1]
SEED = int(os.environ.get("TESTS_SEED", random.SystemRandom().randrange(10**6)))
MOMENTS = int(os.environ.get("TESTS_MOMENTS", "1"))
MARK = f"{os.getpid() % 100_000 + 300_000}"
"""Seconds that stand-ins sleep, by which they are known among all processes."""
SSH = f"""\
#!/bin/sh
for word; do
  [ "$word" != -G ] || {{ printf 'hostname 192.0.2.1\\nuser u\\nport 22\\n'; exit 0; }}
done
cat >/dev/null
case "$*" in *slow*) head -c 900 "$0.rmcc"; sleep {MARK} & wait ;; *) cat "$0.rmcc" ;; esac
"""
LOCAL = f"main() {{ head -c 900 whole.rmcc; sleep {MARK} & wait; }}\nmain\n"
RUNS: dict[str, tuple[str, ...]] = {
    "check": ("check", "fleet", "-o", "json=report.json", "-o", "sarif=new.sarif", "--now", NOW),
    "local": ("collect", "local", "--collector", "local.sh", "--run", "run"),
    "ssh": ("collect", "ssh", "whole-1", "slow-1", "whole-2", "slow-2", "--retries", "0", "--run", "run"),
}
LASTS = {"check": 2.5, "local": 2.0, "ssh": 2.5}
"""Seconds within which a run is ended."""
BEFORE = '{"an": "earlier report"}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "ssh").write_text(SSH)
    (tmp_path / "tools" / "ssh").chmod(0o755)
    for name in ("tools/ssh.rmcc", "whole.rmcc"):
        (tmp_path / name).write_bytes(bundle(whole_aix(), "whole"))
    (tmp_path / "local.sh").write_text(LOCAL)
    (tmp_path / "report.json").write_text(BEFORE)
    (tmp_path / "fleet").mkdir()
    for number in range(60):
        (tmp_path / "fleet" / f"lpar{number}.rmcc").write_bytes(bundle(whole_aix(), f"lpar{number}"))
    yield tmp_path
    for left in sleepers():
        os.kill(left, signal.SIGKILL)


def sleepers() -> list[int]:
    """The processes of stand-ins."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"sleep\0{MARK}".encode() in place.read_bytes():
                found.append(int(place.parent.name))
        except OSError:
            continue
    return found


def begun(folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    env = {**os.environ, "PATH": f"{folder}/tools:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "rmccomply", *words]
    return subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finished(folder: Path, *words: str) -> "tuple[int, str]":
    run = begun(folder, *words)
    _, err = run.communicate(timeout=60)
    return run.returncode, err.decode()


ENDS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL)


@pytest.mark.exhaustive
@pytest.mark.parametrize("moment", range(MOMENTS))
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("name", RUNS)
def test_ended_at_any_moment(name: str, end: signal.Signals, moment: int, folder: Path) -> None:
    after = random.Random(f"{SEED} {name} {end} {moment}").uniform(0.1, LASTS[name])
    sys.stdout.write(f"TESTS_SEED={SEED}: {end.name} after {after:.3f} s\n")
    run = begun(folder, *RUNS[name])
    time.sleep(after)
    run.send_signal(end)
    _, err = run.communicate(timeout=60)
    assert gone(), "what it began is gone"
    assert_right_status(name, end, run.returncode, err.decode())
    assert_whole(folder)
    left = [str(path) for path in folder.rglob("*.part")]
    assert end == signal.SIGKILL or left == []
    goes_on(folder, name)


def gone() -> bool:
    until = time.monotonic() + 12
    while sleepers() and time.monotonic() < until:
        time.sleep(0.05)
    return not sleepers()


def assert_right_status(name: str, end: signal.Signals, status: int, err: str) -> None:
    """That of the signal, or of a run that was done before; while Python itself starts, its own way to end.

    A run at work is interrupted, and says so.
    """
    assert status in {-end, 128 + end, *({0} if name == "check" else {130})}, err
    assert "fault of rmccomply" not in err


def assert_whole(folder: Path) -> None:
    """The earlier report, or a whole one; of bundles none that is cut and has no note of it."""
    text = (folder / "report.json").read_text()
    assert text == BEFORE or json.loads(text)["schema"] == "rmccomply/report/1"
    if (folder / "new.sarif").exists():
        assert json.loads((folder / "new.sarif").read_text())["version"] == "2.1.0"
    for path in folder.glob("run/*.controller.rmcc"):
        assert read_bundle(path.read_bytes(), "x", controller=True).notifications == ()


def goes_on(folder: Path, name: str) -> None:
    """The next run works, and says of what the killed one left that it is a part."""
    if name == "check":
        assert finished(folder, *RUNS[name])[0] in (0, 3)
        return
    if not (folder / "run").exists():
        return
    status, err = finished(folder, "check", "run", "-o", "json=after.json")
    assert status in (0, 3, 4), err
    notes = {one["uri"]: one["text"] for one in json.loads((folder / "after.json").read_text())["notifications"]}
    for path in folder.glob("run/*.part"):
        if is_bundle(path.read_bytes()):
            assert "whose collection did not finish" in notes[f"run/{path.name}"]
    (folder / "tools" / "ssh").write_text(SSH.replace(f"sleep {MARK} & wait", "exit 0"))
    (folder / "local.sh").write_text("main() { cat whole.rmcc; }\nmain\n")
    assert finished(folder, *RUNS[name])[0] in (0, 5)
    assert not [path for path in folder.glob("run/*.part") if not path.name.startswith(".")]


ENDING = """
import os, signal, sys, time, weakref
from rmccomply import cli

class Thing:
    pass

class Command:
    def main(self, **_):
        end = signal.{end}
        def sent(_=None):
            os.kill(os.getpid(), end)
            time.sleep(0.1)
        if {forgotten}:
            thing = Thing()
            held = weakref.ref(thing, sent)
            del thing
        else:
            exec("sent()", {{"sent": sent}})
        time.sleep(20)

cli.main_command = Command
sys.exit(cli.run([]))
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize("forgotten", [False, True])
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_where_python_drops_it_or_notes_another_ends_the_run(
    end: signal.Signals, forgotten: bool, tmp_path: Path
) -> None:
    """In code that is made of a string, and in what is called when an object is forgotten, as imports do."""
    (tmp_path / "ending.py").write_text(ENDING.format(end=end.name, forgotten=forgotten))
    begun_at = time.monotonic()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-m", "ending"], cwd=tmp_path, env=env, capture_output=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (128 + end, b"")
    assert time.monotonic() - begun_at < 10


@pytest.mark.exhaustive
def test_two_runs_with_one_output_leave_a_whole_report(folder: Path) -> None:
    runs = [begun(folder, *RUNS["check"]) for _ in range(3)]
    assert {run.wait(60) for run in runs} <= {0, 3}
    for run in runs:
        run.communicate()
    assert json.loads((folder / "report.json").read_text())["summary"]["fail"] == 0
    assert_whole(folder)
    assert list(folder.glob(".*.part")) == []


def test_of_two_runs_in_one_folder_one_is_refused(folder: Path) -> None:
    first = begun(folder, *RUNS["ssh"])
    until = time.monotonic() + 20
    while not (folder / "run/slow-1.part").exists() and time.monotonic() < until:
        time.sleep(0.02)
    status, err = finished(folder, *RUNS["ssh"])
    assert (status, err) == (2, "rmccomply: error: run: another run is using it\n")
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=60)
    assert first.returncode == 130


FULL: dict[str, tuple[str, ...]] = {
    "check": ("check", "../fleet", "-o", "json=report.json", "-o", "sarif=r.sarif"),
    "facts": ("facts", "../fleet", "-o", "json=report.json"),
    "import": ("collect", "import", "../sos.tar", "-o", "captures"),
    "bundle": ("collect", "import", "../sos.tar", "-o", "x.rmcc"),
    "extract": ("bundle", "extract", "../big.rmcc", "--to", "all"),
    "replay": ("bundle", "replay", "../big.rmcc", "host"),
    "local": ("collect", "local", "--collector", "../big.sh", "--run", "run"),
    "ssh": ("collect", "ssh", "big-1", "big-2", "--retries", "0", "--run", "run"),
}


@pytest.fixture
def small(folder: Path) -> Path:
    """A folder for outputs beside what is larger than the room in it."""
    rows = "".join(f"{number:07} a row of a listing\n" for number in range(6000))
    evidence = [*whole_aix(), command("lscluster -d", rows), file("/etc/services", rows)]
    (folder / "big.rmcc").write_bytes(bundle(evidence, "big"))
    (folder / "sos.tar").write_bytes(tar(sosreport([command("lssrc -a", LSSRC), file("/etc/services", rows)])))
    (folder / "big.sh").write_text(f"main() {{ cat {folder}/big.rmcc; }}\nmain\n")
    (folder / "tools" / "ssh.rmcc").write_bytes((folder / "big.rmcc").read_bytes())
    (folder / "small").mkdir()
    return folder


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", ["limit", "disk"])
@pytest.mark.parametrize("name", FULL)
def test_without_room_it_says_so_and_leaves_no_half(name: str, how: str, small: Path) -> None:
    room = small / "small"
    (room / "report.json").write_text(BEFORE)
    env = {**os.environ, "PATH": f"{small}/tools:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "rmccomply", *FULL[name]]
    if how == "disk":
        script = (
            f"mount -t tmpfs -o size=64k none {room} && cd {room} && printf '%s' '{BEFORE}' >report.json || exit 99\n"
            '"$@"; status=$?; cp -R . ../after; exit $status'
        )
        words = [need("unshare"), "-m", "sh", "-c", script, "sh", *words]
        if os.geteuid() != 0 or subprocess.run([*words[:2], "true"], capture_output=True).returncode != 0:
            lacking("a file system of a given size needs root and a mount namespace")
    most = 64 * 1024
    limit = None if how == "disk" else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    ran = subprocess.run(words, cwd=room, env=env, preexec_fn=limit, capture_output=True, timeout=60)
    err = ran.stderr.decode()
    after = small / "after" if how == "disk" else room
    assert ran.returncode == 2, err
    assert "fault of rmccomply" not in err
    assert any(f"{reason}" in err for reason in ("No space left on device", "File too large")), err
    assert (after / "report.json").read_text().strip() == BEFORE.strip()
    left = sorted(path.name for path in after.rglob("*") if path.is_file())
    assert [name for name in left if name.endswith(".part")] == []
    if name not in ("local", "ssh"):
        assert left == ["report.json"], err
        assert [path.name for path in after.iterdir() if path.is_dir()] == []
        return
    status, err = finished(small, "check", str(after / "run"), "-o", "json=after.json")
    assert status == 3, err
    assert json.loads((small / "after.json").read_text())["summary"]["fail"] == 0
