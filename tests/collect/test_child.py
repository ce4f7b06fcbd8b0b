"""Children: fed, listened to, ended within their limit, with nothing left of them."""

import asyncio
import errno
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rmccomply.collect import child
from rmccomply.collect.child import Done, Wish
from rmccomply.errors import UsageError


def ran(script: str, given: bytes = b"", limit: float = 10, most: int = 1 << 20) -> tuple[Done, bytes]:
    pieces: list[bytes] = []

    def take(piece: bytes) -> Wish:
        pieces.append(piece)
        enough = b"".join(pieces).endswith(b"enough\n")
        return "no" if sum(map(len, pieces)) > most else "enough" if enough else "more"

    return asyncio.run(child.run(("sh", "-c", script), given, take, limit)), b"".join(pieces)


def alive(pid: int) -> bool:
    """Whether a process is there and not only a remainder that waits to be noticed."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pid: int) -> bool:
    return _soon(lambda: not alive(pid))


def _soon(holds: Callable[[], bool]) -> bool:
    for _ in range(50):
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_output_errors_and_status() -> None:
    done, out = ran("cat; echo no >&2; exit 3", b"x" * 300_000)
    assert (done, len(out)) == (Done(3, "no\n"), 300_000)


def test_a_child_that_reads_nothing_is_no_fault() -> None:
    done, out = ran("echo yes", b"x" * 3_000_000)
    assert (done, out) == (Done(0, ""), b"yes\n")


def test_much_error_output_blocks_nothing_and_is_kept_in_part() -> None:
    done, out = ran("head -c 1000000 /dev/zero | tr '\\0' e >&2; echo yes")
    assert (done.status, out) == (0, b"yes\n")
    assert set(done.errors) == {"e"}
    assert len(done.errors) < 100_000


@pytest.mark.exhaustive
@pytest.mark.parametrize("trap", ["", "trap '' TERM;"])
def test_at_its_limit_it_ends_with_all_it_began(tmp_path: Path, trap: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_GRACE", 0.5)
    began = time.monotonic()
    done, out = ran(f"{trap} echo begun; sleep 300 & echo $! >{tmp_path}/pid; wait; sleep 300", limit=0.5)
    assert (done.status, done.stopped, out) == (None, "limit", b"begun\n")
    assert time.monotonic() - began < 5
    assert gone(int((tmp_path / "pid").read_text()))


def test_more_than_is_wanted_ends_it() -> None:
    done, out = ran("yes", most=100_000)
    assert done.stopped == "size"
    assert len(out) > 100_000


def test_who_has_said_enough_is_not_waited_for_till_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_ENOUGH", 0.5)
    began = time.monotonic()
    done, out = ran("echo enough; sleep 300", limit=60)
    assert (done.status, out) == (None, b"enough\n")
    assert time.monotonic() - began < 8


@pytest.mark.exhaustive
def test_who_has_said_enough_may_end_by_itself() -> None:
    done, out = ran("echo enough; sleep 1; echo and more; exit 3")
    assert (done, out) == (Done(3, ""), b"enough\nand more\n")


@pytest.mark.exhaustive
def test_what_it_left_behind_does_not_hold_us_up() -> None:
    began = time.monotonic()
    done, out = ran("sleep 20 >&- & echo $!")
    assert (done.status, done.stopped) == (0, "")
    assert time.monotonic() - began < 5
    os.kill(int(out), 9)


def test_cancelled_it_is_gone(tmp_path: Path) -> None:
    async def cancelled() -> None:
        script = f"echo $$ >{tmp_path}/pid; sleep 300"
        task = asyncio.create_task(child.run(("sh", "-c", script), b"", lambda _: "more", 100))
        while not (tmp_path / "pid").is_file() or not (tmp_path / "pid").read_text():
            await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert gone(int((tmp_path / "pid").read_text()))


def test_cancelled_while_it_is_being_ended_it_is_gone(tmp_path: Path) -> None:
    """Ctrl-C twice, and a client that does not heed its signal."""

    async def cancelled() -> None:
        script = f"trap '' TERM; echo $$ >{tmp_path}/pid; sleep 300; sleep 300"
        task = asyncio.create_task(child.run(("sh", "-c", script), b"", lambda _: "more", 100))
        while not (tmp_path / "pid").is_file() or not (tmp_path / "pid").read_text():
            await asyncio.sleep(0.02)
        for _ in range(2):
            task.cancel()
            await asyncio.sleep(0.2)
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert gone(int((tmp_path / "pid").read_text()))


def test_it_opens_no_window_to_ask() -> None:
    assert ran("echo $SSH_ASKPASS_REQUIRE")[1] == b"never\n"


def test_a_program_that_may_not_be_run(tmp_path: Path) -> None:
    (tmp_path / "ssh").write_text("")
    with pytest.raises(UsageError, match="ssh cannot be run: Permission denied"):
        asyncio.run(child.run((str(tmp_path / "ssh"),), b"", lambda _: "more", 1))


def test_too_many_open_files_are_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> tuple[int, int]:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(os, "pipe", full)
    with pytest.raises(UsageError, match="Too many open files: ask fewer at once"):
        asyncio.run(child.run(("true",), b"", lambda _: "more", 1))


def test_no_such_program() -> None:
    with pytest.raises(UsageError, match="no-such-program is not on this machine"):
        asyncio.run(child.run(("no-such-program",), b"", lambda _: "more", 1))


def test_a_child_is_given_what_leads_to_programs_and_keys_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_TOKEN", "hunter2")
    monkeypatch.setenv("SSH_AUTH_SOCK", "/run/agent")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    lines = ran("env")[1].decode().splitlines()
    assert {"SSH_AUTH_SOCK=/run/agent", "LC_ALL=C"} <= set(lines)
    assert "hunter2" not in "".join(lines)
