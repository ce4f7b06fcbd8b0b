"""What a killed run leaves behind: no child of it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rmccomply.collect.reaper import Reaper

ROOT = Path(__file__).parents[2]
KILLED = """
import asyncio, sys
from rmccomply.collect import child
take = lambda piece: print(int(piece), flush=True) or True
asyncio.run(child.run(("sh", "-c", "echo $$; exec sleep 300"), b"", take, 200))
"""


def is_there(number: int) -> bool:
    """Whether a process runs; one that ended and waits for its parent does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{number}/status").read_text()
    except OSError:
        return False


def gone(number: int, seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while is_there(number) and time.monotonic() < end:
        time.sleep(0.05)
    return not is_there(number)


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="processes are looked up in /proc")
def test_the_children_of_a_killed_run_are_gone() -> None:
    run = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, cwd=ROOT)
    assert run.stdout is not None
    number = int(run.stdout.readline())
    try:
        assert is_there(number)
        run.kill()
        run.wait()
        assert gone(number)
    finally:
        if is_there(number):
            os.kill(number, signal.SIGKILL)
        run.stdout.close()


@pytest.mark.exhaustive
@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="processes are looked up in /proc")
def test_what_ended_by_itself_is_not_looked_for_again() -> None:
    groups = [subprocess.Popen(("sleep", "300"), start_new_session=True) for _ in range(3)]
    reaper = Reaper()
    for group in groups:
        reaper.begun(group.pid)
    reaper.ended(groups[1].pid)
    shell = reaper._shell
    assert shell is not None
    assert shell.stdin is not None
    shell.stdin.close()
    shell.wait()
    try:
        assert groups[0].wait(5) < 0
        assert groups[2].wait(5) < 0
        assert groups[1].poll() is None
    finally:
        for group in groups:
            group.kill()
            group.wait()


def test_without_a_shell_nothing_else_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    reaper = Reaper()
    reaper.begun(1 << 22)
    reaper.ended(1 << 22)
    assert reaper._shell is None
