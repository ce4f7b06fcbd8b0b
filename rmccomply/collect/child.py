"""One child process: fed by standard input, listened to within its limit, and gone at the end with all it began.

It leads a process group of its own, so that Ctrl-C at the terminal reaches this program alone, which then ends its
children itself, jump hosts' clients among them; where it was killed, `reaper` does.
"""

import asyncio
import errno
import os
import signal
from collections.abc import Callable, Sequence
from typing import Final, Literal

from rmccomply.collect.reaper import Reaper
from rmccomply.errors import UsageError
from rmccomply.evidence.told import redact_told
from rmccomply.tuples import NamedTuple

_PIECE: Final = 65536
_ERRORS: Final = 65536
_SURROUNDINGS: Final = {"LC_ALL": "C", "SSH_ASKPASS_REQUIRE": "never"}
"""BatchMode does not reach the client of a jump host; this keeps it from a window that asks, as of OpenSSH 8.4."""
_KEPT: Final = (
    *("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TZ"),
    *("SSH_AUTH_SOCK", "SSH_SK_PROVIDER", "GNUPGHOME", "XDG_RUNTIME_DIR", "KRB5CCNAME", "KRB5_CONFIG"),
)
"""What leads to programs, keys and tickets. Nothing else of our surroundings is a child's business: `SendEnv` of a
configuration of ssh would carry it to every target."""
_GRACE: Final = 5.0
_ENOUGH: Final = 10.0
"""Seconds for a child that has said all that is wanted. It may never end: one that waits for a dead file server does
not, and a session of ssh lasts as long as anybody on the far end holds its output open."""
_LAST_WORDS: Final = 1.0
"""Seconds for the error output of a child that is gone; what it left behind may hold that open."""

_REAPER: Final = Reaper()

Wish = Literal["more", "enough", "no"]
Take = Callable[[bytes], Wish]
"""What takes a piece of output, and says what it wishes: "enough" leaves the child a while to end, "no" ends it."""


Stopped = Literal["", "limit", "size"]


class Done(NamedTuple):
    """How a child ended. `status` is None where it was stopped."""

    status: int | None
    errors: str
    stopped: Stopped = ""


class _Pipe:
    """One stream of a child. It is ours to close, whoever else holds the other end open."""

    def __init__(self) -> None:
        self.reader = asyncio.StreamReader()
        self._transport: asyncio.ReadTransport | None = None
        self._near, self.far = os.pipe()

    async def open(self) -> None:
        """Begin to listen, once the child has its end."""
        os.close(self.far)
        loop = asyncio.get_running_loop()
        near = os.fdopen(self._near, "rb", buffering=0)
        self._transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(self.reader), near)

    def close(self) -> None:
        """Listen no more."""
        if self._transport is not None:
            self._transport.close()


async def run(argv: Sequence[str], given: bytes, take: Take, limit: float) -> Done:
    """Run a child to its end or to its limit. Raises UsageError where the program cannot be run."""
    try:
        output, errors = _Pipe(), _Pipe()
        child = await _begun(argv, output, errors)
    except OSError as error:
        raise UsageError(_why_not(argv[0], error)) from None
    text = bytearray()
    tasks = (asyncio.create_task(_errors(errors, text)), asyncio.create_task(_feed(child, given)))
    try:
        stopped = await _listen(child, output, take, limit, tasks[0])
    finally:
        await _end(child, tasks)
        output.close()
        errors.close()
    return Done(
        child.returncode if not stopped else None, redact_told(text.decode("utf-8", "backslashreplace")), stopped
    )


async def _begun(argv: Sequence[str], output: _Pipe, errors: _Pipe) -> asyncio.subprocess.Process:
    try:
        child = await asyncio.create_subprocess_exec(
            *argv,
            stdin=asyncio.subprocess.PIPE,
            stdout=output.far,
            stderr=errors.far,
            env=surroundings(),
            start_new_session=True,
        )
        _REAPER.begun(child.pid)
        return child
    finally:
        await output.open()
        await errors.open()


def surroundings() -> dict[str, str]:
    """The environment of every child."""
    return {**{name: os.environ[name] for name in _KEPT if name in os.environ}, **_SURROUNDINGS}


def _why_not(program: str, error: OSError) -> str:
    if error.errno == errno.ENOENT:
        return f"{program} is not on this machine"
    if error.errno in (errno.EMFILE, errno.ENFILE, errno.EAGAIN):
        return f"{program} cannot be run: {error.strerror}: ask fewer at once, or raise ulimit -n and ulimit -u"
    return f"{program} cannot be run: {error.strerror}"


async def _listen(
    child: asyncio.subprocess.Process, output: _Pipe, take: Take, limit: float, reading: asyncio.Task[None]
) -> Stopped:
    try:
        async with asyncio.timeout(limit) as clock:
            while piece := await output.reader.read(_PIECE):
                wish = take(piece)
                if wish == "no":
                    return "size"
                if wish == "enough":
                    _hurry(clock)
            await child.wait()
            await asyncio.wait([reading], timeout=_LAST_WORDS)
    except TimeoutError:
        return "limit"
    return ""


def _hurry(clock: asyncio.Timeout) -> None:
    soon = asyncio.get_running_loop().time() + _ENOUGH
    clock.reschedule(min(clock.when() or soon, soon))


async def _feed(child: asyncio.subprocess.Process, given: bytes) -> None:
    """Send all; a far end that reads none of it (a forced command) is no fault."""
    stdin = child.stdin
    if stdin is None:
        return
    try:
        stdin.write(given)
        await stdin.drain()
        stdin.close()
        await stdin.wait_closed()
    except (BrokenPipeError, ConnectionResetError):
        return


async def _errors(pipe: _Pipe, text: bytearray) -> None:
    """Keep the first of it, and read on so that nobody waits for a full pipe."""
    while piece := await pipe.reader.read(_PIECE):
        text += piece[: max(_ERRORS - len(text), 0)]


async def _end(child: asyncio.subprocess.Process, tasks: Sequence[asyncio.Task[None]]) -> None:
    """End the child and its group, where it has not ended by itself; at once where nobody waits for that any more."""
    try:
        for number in (signal.SIGTERM, signal.SIGKILL):
            if child.returncode is None:
                _signal(child, number)
                await asyncio.wait([asyncio.ensure_future(child.wait())], timeout=_GRACE)
    finally:
        if child.returncode is None:
            _signal(child, signal.SIGKILL)
        _REAPER.ended(child.pid)
        for task in tasks:
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _signal(child: asyncio.subprocess.Process, number: signal.Signals) -> None:
    try:
        os.killpg(child.pid, number)
    except (ProcessLookupError, PermissionError):
        return
