"""Runs that are interrupted or killed: what came is usable, the rest is asked again, nothing is left on the target."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rmccomply.data import collector_text
from rmccomply.evidence.bundle import read_bundle
from tests.cli.running import Program
from tests.collect.servers import STUB, Server, server
from tests.hosts.building import bundle
from tests.hosts.consoles import whole_aix

NAMES = ["ok-1", "ok-2", "slow-1", "slow-2"]


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with two hosts that answer, and two that stop in the middle."""
    (tmp_path / "server").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stub.sh").write_bytes(STUB)
    with server(tmp_path / "server") as one:
        for name in NAMES:
            one.host(name, bundle(whole_aix(), name))
        yield one


def started(there: Server, *more: str) -> subprocess.Popen[bytes]:
    """A run at work, until the two slow targets are in the middle, and the others are done."""
    arguments = ["--ssh-config", str(there.config), "--collector", "stub.sh", "--run", "run", *more]
    command = [sys.executable, "-m", "rmccomply", "collect", "ssh", *NAMES, *arguments]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    parts = [Path("run/slow-1.part"), Path("run/slow-2.part")]
    assert soon(lambda: all(part.is_file() and part.stat().st_size == 700 for part in parts)), run.poll()
    assert soon(lambda: list(words().values()).count("collected") == 2)
    return run


def soon(holds: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def words() -> dict[str, str]:
    """The word in each controller's bundle."""
    return {
        path.name.partition(".")[0]: read_bundle(path.read_bytes(), "x", controller=True).evidence[0].out.lines[0]
        for path in sorted(Path("run").glob("*.controller.rmcc"))
    }


def processes(text: str) -> list[int]:
    """The processes whose command line holds a text; words stand apart by NUL."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                if text.encode() in (folder / "cmdline").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                continue
    return found


@pytest.mark.exhaustive
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted_it_leaves_a_usable_run(there: Server, program: Program, number: signal.Signals) -> None:
    run = started(there)
    run.send_signal(number)
    out, err = run.communicate(timeout=30)
    assert run.returncode == 130, err.decode()
    assert [line.split()[:2] for line in out.decode().splitlines()] == [
        ["ok-1", "collected"],
        ["ok-2", "collected"],
        ["slow-1", "incomplete"],
        ["slow-2", "incomplete"],
    ]
    assert not list(Path("run").glob("*.part"))
    goes_on(there, program)


@pytest.mark.exhaustive
def test_killed_it_leaves_a_usable_run(there: Server, program: Program) -> None:
    run = started(there)
    run.kill()
    run.communicate()
    for client in processes(f"-F\0{there.config}"):
        os.kill(client, signal.SIGKILL)
    assert words() == {**dict.fromkeys(NAMES, "not-tried"), "ok-1": "collected", "ok-2": "collected"}
    goes_on(there, program)


def goes_on(there: Server, program: Program) -> None:
    """Every target is in the report, what is missing is asked again, and nothing else."""
    report = json.loads(program("check", "run", "-o", "json").out)
    assert [one["id"] for one in report["targets"]] == NAMES
    plays = there.folder / "plays.sh"
    plays.write_text(plays.read_text().replace("slow-*)", "never-*)"))
    arguments = ["--ssh-config", str(there.config), "--collector", "stub.sh", "--run", "run", "-q"]
    ran = program("collect", "ssh", *NAMES, *arguments)
    assert (ran.status, set(words().values())) == (0, {"collected"})
    assert sorted(there.asked()) == [f"{name} full" for name in sorted(NAMES)]
    assert [line.split()[2] for line in ran.out.splitlines()][:2] == ["earlier,", "earlier,"]


@pytest.mark.exhaustive
def test_a_second_run_in_the_same_folder_is_refused(there: Server, program: Program) -> None:
    run = started(there)
    ran = program("collect", "ssh", "ok-1", "--ssh-config", str(there.config), "--run", "run")
    assert (ran.status, "another run is using it" in ran.err) == (2, True)
    run.terminate()
    run.communicate()


@pytest.mark.exhaustive
def test_a_client_that_is_killed_leaves_no_process_on_the_target(there: Server, tmp_path: Path) -> None:
    """The collector itself, with a command that hangs and has begun another: its guard and its traps clear up."""
    mark = str(300_000 + os.getpid())
    shims = tmp_path / mark
    for folder in (shims / "bin", shims / "root"):
        folder.mkdir(parents=True)
    (shims / "REPLAY").write_text("AIX\n")
    for name, text in (("uname", "echo AIX"), ("lssrc", f"sleep {mark} & sleep {mark}")):
        (shims / "bin" / name).write_text(f"#!/bin/sh\n{text}\n")
        (shims / "bin" / name).chmod(0o755)
    (there.folder / "collector.sh").write_text(collector_text())
    plays = there.folder / "plays.sh"
    command = f"exec sh {there.folder}/collector.sh full --each 5 --replay {shims}"
    plays.write_text(plays.read_text().replace("  slow-*)", f"  slow-*) {command} ;;\n  never-*)"))
    arguments = ["--ssh-config", str(there.config), "--run", "run", "-q"]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command_line = [sys.executable, "-m", "rmccomply", "collect", "ssh", "slow-1", *arguments]
    with subprocess.Popen(command_line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env) as run:
        try:
            assert soon(lambda: len(processes(f"sleep\0{mark}")) == 2), "the command hangs"
            clients = processes(f"-F\0{there.config}")
            assert clients
            run.kill()
            for client in clients:
                os.kill(client, signal.SIGKILL)
            assert soon(lambda: processes(mark) == [], 40)
        finally:
            run.kill()
            for left in processes(mark):
                os.kill(left, signal.SIGKILL)
