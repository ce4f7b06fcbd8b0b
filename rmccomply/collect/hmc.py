"""A management console, asked by commands that only list: one session of ssh for each, one after the other.

No script, no shell feature: a console's shell is restricted. What it answers is written here as a bundle with
`os=HMC`; the argv are the words that were sent, since no console says where its commands are. `lshmc`, `lssyscfg`,
`lssysconn` and `lspartition -dlpar` list and do nothing else; `diagrmc` probes the partitions, so it is asked only
where that was wanted, and never with an option that corrects anything.
"""

import asyncio
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from rmccomply.collect.causes import Ended
from rmccomply.collect.child import Done
from rmccomply.collect.controller import one_line
from rmccomply.collect.inventory.row import HostRow
from rmccomply.collect.jobs import output, way_to
from rmccomply.collect.run import Clock, WayThere, utc
from rmccomply.collect.ssh import ClientSettings, Resolved, command_line
from rmccomply.errors import OutputError
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Evidence
from rmccomply.evidence.redact import redact_octets
from rmccomply.files import open_private
from rmccomply.sources.shared.delimited import Torn, delimited
from rmccomply.version import VERSION

LIMIT: Final = 120
LONG_LIMIT: Final = 900
PAUSE: Final = 0.5
ALLOWED: Final = ("lshmc", "lssyscfg", "lssysconn", "lspartition", "diagrmc")
"""The only commands that are ever sent: any other is refused before a connection is made."""
FIRST: Final = (
    ("lshmc", "-V"),
    ("lshmc", "-v"),
    ("lshmc", "-n"),
    ("lssyscfg", "-r", "sys", "-F", "name:type_model:serial_num:state", "--header"),
    ("lssysconn", "-r", "all"),
    ("lspartition", "-dlpar"),
)
PARTITION: Final[tuple[str, ...]] = (
    *("name", "lpar_id", "lpar_env", "state", "rmc_state", "rmc_ipaddr", "os_version"),
    *("dlpar_mem_capable", "dlpar_proc_capable", "dlpar_io_capable"),
)
"""Attributes of partitions; one that a console's level does not know is left out."""
_EVERYWHERE: Final = ("name", "state")
DIAGNOSIS: Final = ("diagrmc",)


def listing(system: str, attributes: tuple[str, ...]) -> tuple[str, ...]:
    """The partitions of a system."""
    return ("lssyscfg", "-r", "lpar", "-m", system, "-F", ":".join(attributes), "--header")


def unknown_attributes(text: str, attributes: tuple[str, ...]) -> tuple[str, ...]:
    """Those that a refusal names; none where it names them all, as an echo of the command would.

    `name` and `state` are words of any sentence, and every level knows them.
    """
    named = tuple(one for one in attributes if re.search(rf"\b{re.escape(one)}\b", text))
    return tuple(one for one in named if one not in _EVERYWHERE) if len(named) < len(attributes) else ()


def systems(answer: Evidence) -> Iterator[str]:
    """The names of the managed systems."""
    rows = (row for row in delimited(answer.out.lines) if not isinstance(row, Torn))
    return (row["name"] for row in rows if row.get("name"))


class HmcJob:
    """A console behind ssh."""

    transport = "hmc"
    health: Mapping[str, Any] | None = None

    def __init__(
        self,
        row: HostRow,
        settings: ClientSettings,
        diagnose: bool = False,
        pause: float = PAUSE,
        clock: Clock = utc,
    ) -> None:
        self.row = row
        self.label = row.label
        self.labels: Mapping[str, str] = row.labels
        self._settings = settings
        self._diagnose = diagnose
        self._pause = pause
        self._clock = clock
        self._resolved = Resolved()
        self._sections: list[Section] = []

    async def way(self) -> WayThere:
        """As ssh itself reads its configuration."""
        found, self._resolved = await way_to(self.row, self._settings)
        return found

    async def attempt(self, part: Path, limit: float) -> Ended:
        """Every command within its own limit, all within that of the host; what answered is kept in any case."""
        self._sections = []
        try:
            async with asyncio.timeout(limit):
                ended = await self._all()
        except TimeoutError:
            ended = Ended(None, stopped="limit")
        finally:
            self._put(part)
        return ended

    def _put(self, part: Path) -> None:
        if not any(section.state == "exit" for section in self._sections):
            return
        head = {"collector": f"rmccomply-{VERSION}", "profile": "full", "mode": "live", "os": "HMC"}
        now = self._clock()
        data = write_bundle({**head, "host": one_line(self.label), "utc": now}, self._sections, now)
        try:
            with open_private(part) as file:
                file.write(data)
        except OSError as error:
            raise OutputError(f"{part}: was not written: {error.strerror}") from None

    async def _all(self) -> Ended:
        for words in FIRST:
            lost = await self._ask(words)
            if lost is not None:
                return lost
        for system in self._systems():
            lost = await self._partitions(system)
            if lost is not None:
                return lost
        if self._diagnose:
            lost = await self._ask(DIAGNOSIS, LONG_LIMIT)
            if lost is not None:
                return lost
        return self._ended()

    def _ended(self) -> Ended:
        """A console answers one of its own commands at least; what answers none is another system."""
        if any(section.state == "exit" and section.exit_status == 0 for section in self._sections):
            return Ended(0, begun=True, magic=True, whole=True)
        last = self._sections[-1]
        self._sections = []
        return Ended(last.exit_status, last.err.decode("utf-8", "backslashreplace"), begun=True)

    def _systems(self) -> list[str]:
        answers = [answer for answer in self._read() if answer.argv[:3] == ("lssyscfg", "-r", "sys")]
        return [name for answer in answers if answer.exit_status == 0 for name in systems(answer)]

    async def _partitions(self, system: str) -> Ended | None:
        attributes = PARTITION
        while True:
            lost = await self._ask(listing(system, attributes))
            last = self._sections[-1]
            if lost is not None or last.exit_status == 0:
                return lost
            text = (last.out + last.err).decode("utf-8", "backslashreplace")
            unknown = unknown_attributes(text, attributes)
            if not unknown:
                return None
            attributes = tuple(one for one in attributes if one not in unknown)

    async def _ask(self, words: tuple[str, ...], limit: int = LIMIT) -> Ended | None:
        """Send one command; how the connection was lost, None where the console answered.

        Raises ValueError for one that may do more than list.
        """
        if words[0] not in ALLOWED:
            raise ValueError(f"{words[0]} is not one of the commands for consoles")
        if self._sections:
            await asyncio.sleep(self._pause)
        argv = command_line(self.row, self._settings, shlex.join(words), self._resolved)
        begun = self._clock()
        done, text = await output(argv, limit)
        self._sections.append(_section(words, done, text, (begun, self._clock()), limit))
        if done.status != 255:
            return None
        answered = len(self._sections) > 1
        return Ended(255, done.errors, begun=answered, magic=answered)

    def _read(self) -> tuple[Evidence, ...]:
        return read_bundle(write_bundle({}, self._sections), "").evidence


def _section(words: tuple[str, ...], done: Done, text: str, times: tuple[str, str], limit: int) -> Section:
    """The answer to one command; 255 is ssh's own, so then nothing was asked."""
    out, err = text.encode("utf-8", "surrogateescape"), done.errors.encode("utf-8", "backslashreplace")
    out, err = redact_octets(out), redact_octets(err)
    section = Section("cmd", words, out, err, id=_id(words), begun=times[0], ended=times[1], limit=limit)
    if done.status == 255:
        return replace(section, out=b"", state="skipped", extra={"why": "connection"})
    if done.stopped == "size":
        return replace(section, state="signal", cut=True)
    return replace(section, state="timeout" if done.status is None else "exit", exit_status=done.status or 0)


def _id(words: tuple[str, ...]) -> str:
    """A label for people: `hmc.lssyscfg.lpar`."""
    return ".".join(["hmc", words[0], *(word.lstrip("-") for word in words[1:3] if word != "-r")]).lower()
