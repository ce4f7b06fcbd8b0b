"""Targets that run the collector: by ssh, or here."""

import asyncio
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from rmccomply.collect import child
from rmccomply.collect.arrival import Arrival
from rmccomply.collect.causes import Ended
from rmccomply.collect.inventory.plain import parts_of, port_of
from rmccomply.collect.inventory.row import Access, HostRow, new_row
from rmccomply.collect.run import WayThere
from rmccomply.collect.ssh import (
    ClientSettings,
    Resolved,
    asking,
    command_line,
    remote_command,
    resolved,
    script_for,
    unchecked,
)
from rmccomply.errors import OutputError
from rmccomply.files import open_private

ASKING: Final = 30
_OF_JUMP: Final = ("Invalid -J argument", "jumphost loop", "Invalid ProxyJump")
"""What ssh says of a jump host that it cannot use (`ssh.c`, `readconf.c` of OpenSSH)."""
_LARGEST_CONFIG: Final = 4 * 1024**2


async def way_to(row: HostRow, settings: ClientSettings) -> tuple[WayThere, Resolved]:
    """How ssh would reach a target, as it reads its configuration itself."""
    if row.missing:
        return WayThere(missing=row.missing, of_jump=_is_of_jump(row.missing)), Resolved()
    done, text = await output(asking(row, settings), ASKING)
    if done.status != 0:
        says = done.errors.strip() or "ssh cannot tell how to reach it"
        return WayThere(missing=says, of_jump=_is_of_jump(says)), Resolved()
    found = resolved(text)
    return WayThere(found.jump, found.hostname or row.address), found


def _is_of_jump(says: str) -> bool:
    """Whether what is wrong with the way is the jump host: in our words, or in those of ssh."""
    return says.startswith("its jump host ") or any(mark in says for mark in _OF_JUMP)


class SshJob:
    """A target behind ssh."""

    transport = "ssh"

    def __init__(
        self, row: HostRow, settings: ClientSettings, access: Access, arguments: Sequence[str], script: bytes
    ) -> None:
        self.row = row
        self.label = row.label
        self.labels: Mapping[str, str] = row.labels
        self.health: Mapping[str, Any] | None = row.health
        self._settings = settings
        self._access = row.access or access
        self._arguments = arguments
        self._script = script_for(self._access, arguments, script)
        self.resolved = Resolved()

    async def way(self) -> WayThere:
        """As ssh itself reads its configuration."""
        found, self.resolved = await way_to(self.row, self._settings)
        return found

    async def attempt(self, part: Path, limit: float) -> Ended:
        """The script by standard input, the bundle from standard output."""
        remote = remote_command(self._access, self._arguments)
        argv = command_line(self.row, self._settings, remote, self.resolved)
        ended = await received(argv, self._script, part, limit)
        return ended._replace(jump=self.resolved.jump)


class LocalJob:
    """This machine."""

    transport = "local"
    health = None

    def __init__(self, label: str, access: Access, arguments: Sequence[str], script: bytes) -> None:
        self.label = label
        self.labels: Mapping[str, str] = {}
        self._argv = tuple(remote_command(access, ()).split(" ")) + (("--", *arguments) if arguments else ())
        self._script = script

    async def way(self) -> WayThere:
        """There is nothing between."""
        return WayThere(address="localhost")

    async def attempt(self, part: Path, limit: float) -> Ended:
        """The script by standard input of a shell."""
        return await received(self._argv, self._script, part, limit)


async def received(argv: Sequence[str], given: bytes, part: Path, limit: float) -> Ended:
    """Run a child whose output is a bundle, and write it down as it comes."""
    try:
        with open_private(part) as file:
            arrival = Arrival(file)

            def take(piece: bytes) -> child.Wish:
                arrival.take(piece)
                file.flush()
                return "no" if arrival.full else "enough" if arrival.whole else "more"

            done = await child.run(argv, given, take, limit)
    except OSError as error:
        raise OutputError(f"{part}: was not written: {error.strerror}") from None
    return Ended(
        done.status, done.errors, arrival.begun, arrival.magic, arrival.whole, done.stopped, heard=arrival.heard
    )


def client_fault(settings: ClientSettings) -> str:
    """Why the client of ssh cannot be used at all, as with a fault in its configuration; empty where it can."""
    if unfit := _unfit(settings.config):
        return unfit
    done, _ = asyncio.run(output(asking(HostRow("", "localhost"), settings), ASKING))
    return "" if done.status == 0 else done.errors.strip() or f"it ends with status {done.status}"


def _unfit(config: str) -> str:
    """What is no configuration that ssh can be given: it reads the whole, of any length, once for each call."""
    if config in ("", "none", os.devnull):
        return ""
    try:
        found = Path(config).stat()
    except OSError:
        return ""
    if not stat.S_ISREG(found.st_mode):
        return f"{config}: is not a regular file"
    return f"{config}: is larger than {_LARGEST_CONFIG} bytes" if found.st_size > _LARGEST_CONFIG else ""


def unchecked_jumps(ways: Iterable[str], settings: ClientSettings) -> list[str]:
    """The jump hosts whose keys the configuration of ssh leaves unchecked, each once.

    What reaches a jump host is a client that ssh begins itself: it reads the configuration, and takes no word of ours.
    """
    hops = sorted({hop for way in ways if " " not in way for hop in way.split(",") if hop})
    return [hop for hop in hops if asyncio.run(_is_unchecked(hop, settings))]


async def _is_unchecked(hop: str, settings: ClientSettings) -> bool:
    user, host, port = parts_of(hop.removeprefix("ssh://"))
    row = new_row(hop, host, user=user, port=port_of(port))
    done, text = await output(asking(row, settings), ASKING)
    return done.status == 0 and unchecked(resolved(text))


async def output(argv: Sequence[str], limit: float, given: bytes = b"") -> tuple[child.Done, str]:
    """How a child ended, and its output."""
    pieces: list[bytes] = []

    def take(piece: bytes) -> child.Wish:
        pieces.append(piece)
        return "more" if sum(map(len, pieces)) <= 4 * 1024 * 1024 else "no"

    done = await child.run(argv, given, take, limit)
    return done, b"".join(pieces).decode("utf-8", "surrogateescape")
