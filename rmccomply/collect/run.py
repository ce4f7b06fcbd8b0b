"""A run: many targets at once, within bounds, each ending in a row whatever happens.

At once are at most so many in all, and so many by one way (a jump host, a console), which refuses more than a few new
connections at a time. A target is asked again only where not one octet came. When the run ends early, by its own
deadline or by Ctrl-C, what came is kept, and what did not come is written down as such.
"""

import asyncio
import hashlib
import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from rmccomply.collect.causes import Ended, cause_of, worth_another_try
from rmccomply.collect.controller import controller_bundle, health, meta, probe
from rmccomply.collect.folder import Folder
from rmccomply.collect.journal import End, Journal
from rmccomply.collect.reach import LIMIT, PORT, ReachProbe, probes
from rmccomply.errors import OutputError
from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.evidence.bundle_write import Section
from rmccomply.evidence.model import Bundle
from rmccomply.sources.host.transport import Word
from rmccomply.tuples import NamedTuple

_RANDOM: Final = random.SystemRandom()


class Order(NamedTuple):
    """The bounds of a run. Times are in seconds; `pause` is what a second try waits, about, and a third twice that."""

    parallel: int = 32
    per_way: int = 8
    retries: int = 2
    host_limit: float = 420
    run_limit: float | None = None
    probe: bool = False
    pause: float = 1.0


class WayThere(NamedTuple):
    """How a target is reached. `through` is who is between, `address` is what a probe tries; `missing`: why there is
    no way, `of_jump` where that is for what is between."""

    through: str = ""
    address: str = ""
    missing: str = ""
    of_jump: bool = False


class Job(Protocol):
    """A target to collect from."""

    @property
    def label(self) -> str: ...

    @property
    def transport(self) -> str: ...

    @property
    def labels(self) -> Mapping[str, str]: ...

    @property
    def health(self) -> Mapping[str, Any] | None: ...

    async def way(self) -> WayThere:
        """How it is reached; nothing is connected."""

    async def attempt(self, part: Path, limit: float) -> Ended:
        """Collect into this file."""


class Watch(Protocol):
    """Who looks on."""

    def began(self, label: str) -> None: ...

    def ended(self, end: End) -> None: ...


class _Story:
    """What has happened with a target so far."""

    def __init__(self, begun: str) -> None:
        self.begun = begun
        self.started = time.monotonic()
        self.tries = 0
        self.way = WayThere()
        self.errors = ""
        self.probes: tuple[ReachProbe, ...] = ()


Clock = Callable[[], str]
"""Tells the time in UTC, as `2026-11-20T03:00:00Z`."""


def utc() -> str:
    """Now, by the clock of this machine."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class RunAtWork:
    """A run at work."""

    def __init__(self, folder: Folder, journal: Journal, order: Order, watch: Watch, clock: Clock = utc) -> None:
        self._folder = folder
        self._journal = journal
        self._order = order
        self._watch = watch
        self._clock = clock
        self._slots = asyncio.Semaphore(order.parallel)
        self._ways: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(order.per_way))
        self._why: Literal["deadline", "interrupted"] = "interrupted"
        self.ends: dict[str, End] = {}

    def expect(self, jobs: Sequence[Job]) -> None:
        """Give every target its row before the first is asked."""
        for job in jobs:
            self._folder.drop(job.label)
            self._write(job, _Story(self._clock()), "not-tried", "the run ended before it was asked", self._kept(job))

    async def collect(self, jobs: Sequence[Job]) -> None:
        """Collect from all; `ends` has every one of them afterwards, also where this is cancelled."""
        tasks = [asyncio.create_task(self._one(job)) for job in jobs]
        if not tasks:
            return
        try:
            done, _ = await asyncio.wait(tasks, timeout=self._order.run_limit, return_when=asyncio.FIRST_EXCEPTION)
            if not any(task.exception() for task in done):
                self._why = "deadline"
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._close_the_rest(jobs)
        for task in done:
            task.result()

    def _close_the_rest(self, jobs: Sequence[Job]) -> None:
        """The rows of those that were not even begun. One that cannot be written costs no other its row."""
        faults = []
        for job in jobs:
            if job.label not in self.ends:
                word, says = cause_of(Ended(None, stopped=self._why))
                try:
                    self._close(job, _Story(self._clock()), word, says)
                except OutputError as fault:
                    faults.append(fault)
        if faults:
            raise faults[0]

    async def _one(self, job: Job) -> None:
        story = _Story(self._clock())
        try:
            word, says = await self._asked(job, story)
        except asyncio.CancelledError:
            came = is_bundle(self._folder.came(job.label))
            word, says = cause_of(Ended(None, magic=came, stopped=self._why))
            self._close(job, story, word, says)
            raise
        self._close(job, story, word, says)

    async def _asked(self, job: Job, story: _Story) -> tuple[Word, str]:
        async with self._slots:
            story.way = await job.way()
        if story.way.missing:
            return "jump-failed" if story.way.of_jump else "no-address", story.way.missing
        while True:
            ended = await self._attempt(job, story)
            word, says = cause_of(ended)
            if story.tries > self._order.retries or not worth_another_try(ended, word):
                return word, says
            await asyncio.sleep(_RANDOM.uniform(0.5, 1.5) * self._order.pause * 2 ** (story.tries - 1))

    async def _attempt(self, job: Job, story: _Story) -> Ended:
        """One attempt. The way comes before the slot, so that who waits for a busy way keeps nobody else out."""
        async with self._way(story.way.through), self._slots:
            story.tries += 1
            self._journal.begin(job.label, story.tries, self._clock())
            if story.tries == 1:
                story.begun, story.started = self._clock(), time.monotonic()
                self._watch.began(job.label)
            ended = await job.attempt(self._folder.part(job.label), self._order.host_limit)
            story.errors = ended.errors
            if self._order.probe and not story.probes:
                story.probes = await probes(story.way.address)
        return ended

    def _way(self, through: str) -> asyncio.Semaphore:
        return self._ways[through] if through else asyncio.Semaphore()

    def _close(self, job: Job, story: _Story, word: Word, says: str) -> None:
        """Let the row appear: the bundle if one came, the controller's bundle, the line of the journal."""
        data, bundle = self._folder.came(job.label), self._kept(job)
        sections = 0
        if is_bundle(data):
            self._folder.keep(job.label)
            came = read_bundle(data, "")
            word, says = _sound(came, word, says)
            bundle, sections = came, len(came.evidence)
        else:
            self._folder.drop(job.label)
            data = b""
        sha256 = hashlib.sha256(data).hexdigest() if data else ""
        seconds = round(time.monotonic() - story.started, 1) if story.tries else 0.0
        name = bundle.name if bundle and data else ""
        size, now = len(data), self._clock()
        end = End(
            target=job.label,
            word=word,
            says=says,
            seconds=seconds,
            tries=story.tries,
            sections=sections,
            size=size,
            sha256=sha256,
            utc=now,
            transport=job.transport,
            name=name,
        )
        self._write(job, story, word, says, bundle, sha256)
        self._journal.end(end)
        self.ends[job.label] = end
        self._watch.ended(end)

    def _kept(self, job: Job) -> Bundle | None:
        """What an earlier attempt brought, with which the row of a later one is joined."""
        data = self._folder.kept(job.label)
        return read_bundle(data, "") if data and self._journal.took(job.label, data) else None

    def _write(self, job: Job, story: _Story, word: Word, says: str, bundle: Bundle | None, sha256: str = "") -> None:
        now = self._clock()
        details = {
            "tries": str(story.tries or ""),
            "address": story.way.address,
            "through": story.way.through,
            "sha256": sha256,
        }
        sections = [meta(job.transport, job.label, word, says, story.begun, now, details, story.errors)]
        sections += [_section(one, story.begun, now) for one in story.probes]
        sections += [health(job.label, job.health, now)] if job.health else []
        host = job.label if bundle is None else bundle.name
        self._folder.put(self._folder.controller(job.label), controller_bundle(host, sections, job.labels, now))


def _section(one: ReachProbe, begun: str, ended: str) -> Section:
    return probe(one.address, PORT, one.word, begun, ended, LIMIT)


def _sound(bundle: Bundle, word: Word, says: str) -> tuple[Word, str]:
    """A bundle that ended but is damaged is not whole."""
    damages = [note.text for note in bundle.notifications if note.level != "note"]
    damages += [item.damage.says for item in bundle.evidence if item.damage and item.damage.reason == "unparsable"]
    return ("incomplete", damages[0]) if word == "collected" and damages else (word, says)
