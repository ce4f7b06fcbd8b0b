"""A run over hosts that are played here: bounds, retries, ends, and a row for each whatever happens."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from rmccomply.collect import run as running
from rmccomply.collect.causes import Ended
from rmccomply.collect.folder import Folder
from rmccomply.collect.journal import End, Journal
from rmccomply.collect.reach import ReachProbe
from rmccomply.collect.run import Order, RunAtWork, WayThere
from rmccomply.errors import OutputError
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.run_folder import NAME
from tests.hosts.building import NOW, bundle, healthy_aix

Play = Callable[["Host", Path], Awaitable[Ended]]
BUNDLE = bundle(healthy_aix(), "lpar1")
GONE = Ended(255, "kex_exchange_identification: Connection reset by peer\n")


class Host:
    """A host that is played."""

    transport = "ssh"

    def __init__(self, label: str, play: Play, way: WayThere | None = None) -> None:
        self.label = label
        self.labels: Mapping[str, str] = {"wave": "2"}
        self.health: Mapping[str, Any] | None = None
        self.tries = 0
        self.now = Counter[str]()
        self._play = play
        self._way = way or WayThere(address=label)

    async def way(self) -> WayThere:
        return self._way

    async def attempt(self, part: Path, limit: float) -> Ended:
        self.tries += 1
        return await self._play(self, part)


class Nobody:
    """Nobody looks on."""

    def began(self, label: str) -> None:
        """It begins."""

    def ended(self, end: End) -> None:
        """It ends."""


async def fine(host: Host, part: Path) -> Ended:
    part.write_bytes(bundle(healthy_aix(), host.label))
    return Ended(0, begun=True, magic=True, whole=True)


async def gone(host: Host, part: Path) -> Ended:
    part.write_bytes(b"")
    return GONE


async def half(host: Host, part: Path) -> Ended:
    part.write_bytes(BUNDLE[:900])
    return Ended(255, "Connection reset\n", begun=True, magic=True)


async def forever(host: Host, part: Path) -> Ended:
    part.write_bytes(BUNDLE[:900] if host.label.startswith("begun") else b"")
    await asyncio.sleep(600)
    return GONE


def collected(folder: Path, *hosts: Host, **order: Any) -> RunAtWork:
    journal = Journal(folder)
    journal.run("ssh", len(hosts), NOW)
    run = RunAtWork(Folder(folder), journal, Order(**{"pause": 0.01, **order}), Nobody())

    async def whole() -> None:
        run.expect(hosts)
        await run.collect(hosts)

    try:
        asyncio.run(whole())
    finally:
        journal.close()
    return run


def words(run: RunAtWork) -> dict[str, str]:
    return {label: end.word for label, end in run.ends.items()}


def transport(folder: Path, label: str) -> tuple[str, ...]:
    """What the controller's bundle about a target says."""
    found = read_bundle((folder / f"{label}.controller.rmcc").read_bytes(), "x", controller=True)
    assert found.notifications == ()
    return found.evidence[0].out.lines


def test_each_ends_in_its_row(tmp_path: Path) -> None:
    hosts = [Host("a", fine), Host("b", gone), Host("c", half), Host("d", gone, WayThere(missing="it has no address"))]
    run = collected(tmp_path, *hosts)
    assert words(run) == {"a": "collected", "b": "unreachable", "c": "incomplete", "d": "no-address"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("a.controller.rmcc", "a.rmcc", "b.controller.rmcc", "c.controller.rmcc", "c.rmcc", "d.controller.rmcc"),
        NAME,
    ]
    assert transport(tmp_path, "b")[:3] == ("unreachable", GONE.errors.strip(), "tries 3")
    assert transport(tmp_path, "a")[3:] == ("address a", f"sha256 {run.ends['a'].sha256}")[:2]
    assert run.ends["a"].sections == len(healthy_aix())


def test_only_what_was_not_begun_is_asked_again(tmp_path: Path) -> None:
    async def late(host: Host, part: Path) -> Ended:
        return await (fine if host.tries == 3 else gone)(host, part)

    hosts = [Host("a", fine), Host("b", gone), Host("c", half), Host("d", late)]
    run = collected(tmp_path, *hosts, retries=2)
    assert [host.tries for host in hosts] == [1, 3, 1, 3]
    assert words(run)["d"] == "collected"
    assert [run.ends[host.label].tries for host in hosts] == [1, 3, 1, 3]


def test_never_more_at_once_than_was_said(tmp_path: Path) -> None:
    now: Counter[str] = Counter()
    most: Counter[str] = Counter()

    async def counted(host: Host, part: Path) -> Ended:
        through = host.label[0]
        for key in (through, "all"):
            now[key] += 1
            most[key] = max(most[key], now[key])
        await asyncio.sleep(0.01)
        for key in (through, "all"):
            now[key] -= 1
        return await fine(host, part)

    hosts = [Host(f"{through}{n}", counted, WayThere(through)) for through in "ab" for n in range(12)]
    hosts += [Host(f"c{n}", counted) for n in range(12)]
    run = collected(tmp_path, *hosts, parallel=6, per_way=2)
    assert set(words(run).values()) == {"collected"}
    assert most["all"] == 6
    assert most["a"] == most["b"] == 2
    assert most["c"] > 2, "a busy way keeps nobody else out"


@pytest.mark.parametrize(("limit", "word"), [(0.3, "not-tried")])
def test_the_time_of_the_whole_run(tmp_path: Path, limit: float, word: str) -> None:
    hosts = [Host("a", fine), Host("begun1", forever), Host("b1", forever), *(Host(f"w{n}", forever) for n in range(9))]
    run = collected(tmp_path, *hosts, run_limit=limit, parallel=3)
    assert words(run) == {
        "a": "collected",
        "begun1": "incomplete",
        "b1": word,
        **{f"w{n}": "not-tried" for n in range(9)},
    }
    assert {end.says for end in run.ends.values()} == {"", "the time limit of the run was reached"}
    assert (tmp_path / "begun1.rmcc").read_bytes() == BUNDLE[:900]
    assert not list(tmp_path.glob("*.part"))
    assert transport(tmp_path, "w5")[0] == "not-tried"


def test_before_the_first_is_asked_every_target_has_its_row(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    async def looking(host: Host, part: Path) -> Ended:
        seen.append(sorted(path.name for path in part.parent.glob("*.controller.rmcc")))
        assert transport(part.parent, "b")[0] == "not-tried"
        return await fine(host, part)

    collected(tmp_path, Host("a", looking), Host("b", fine), parallel=1)
    assert seen == [["a.controller.rmcc", "b.controller.rmcc"]]


def test_what_an_earlier_attempt_brought_stays_until_better_comes(tmp_path: Path) -> None:
    collected(tmp_path, Host("a", half))
    run = collected(tmp_path, Host("a", gone))
    assert words(run) == {"a": "unreachable"}
    assert (tmp_path / "a.rmcc").read_bytes() == BUNDLE[:900]
    told = read_bundle((tmp_path / "a.controller.rmcc").read_bytes(), "x", controller=True)
    assert told.name == read_bundle(BUNDLE, "x").name, "so that both are one target"
    collected(tmp_path, Host("a", fine))
    assert read_bundle((tmp_path / "a.rmcc").read_bytes(), "x").notifications == ()


@pytest.mark.parametrize("damage", [(b" A  0x12b6", b" O  0x12b6"), (b"%end sections=19", b"%end sections=18")])
def test_a_bundle_that_ended_but_is_damaged_is_not_collected(tmp_path: Path, damage: tuple[bytes, bytes]) -> None:
    assert damage[0] in BUNDLE

    async def damaged(host: Host, part: Path) -> Ended:
        part.write_bytes(BUNDLE.replace(*damage))
        return Ended(0, begun=True, magic=True, whole=True)

    run = collected(tmp_path, Host("a", damaged))
    assert words(run) == {"a": "incomplete"}
    assert run.ends["a"].says


def test_probes_are_made_once_and_kept_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def probes(name: str) -> tuple[ReachProbe, ...]:
        asked.append(name)
        return (ReachProbe("192.0.2.7", "refused"), ReachProbe("2001:db8::7", "open"))

    monkeypatch.setattr(running, "probes", probes)
    collected(tmp_path, Host("a", gone), Host("b", fine), probe=True)
    assert sorted(asked) == ["a", "b"]
    told = read_bundle((tmp_path / "a.controller.rmcc").read_bytes(), "x", controller=True).evidence[1:]
    assert [(item.argv, item.out.lines, item.origin) for item in told] == [
        (("tcp", "192.0.2.7", "657"), ("refused",), "controller"),
        (("tcp", "2001:db8::7", "657"), ("open",), "controller"),
    ]


def test_no_room_ends_the_run_and_says_so(tmp_path: Path) -> None:
    async def full(host: Host, part: Path) -> Ended:
        raise OutputError("a.part: was not written: No space left on device")

    with pytest.raises(OutputError, match="No space"):
        collected(tmp_path, Host("a", full), Host("b", forever))
    assert transport(tmp_path, "b")[:2] == ("not-tried", "the run was interrupted"), "its time was not over"


def test_a_part_that_cannot_be_taken_away_is_told_before_anybody_is_asked(tmp_path: Path) -> None:
    host = Host("a", fine)
    (tmp_path / "a.part").mkdir()
    with pytest.raises(OutputError, match="cannot be removed"):
        collected(tmp_path, host)
    assert host.tries == 0


def test_the_name_that_a_target_gives_itself_is_in_its_row(tmp_path: Path) -> None:
    async def other(host: Host, part: Path) -> Ended:
        part.write_bytes(bundle(healthy_aix(), "lpar9"))
        return Ended(0, begun=True, magic=True, whole=True)

    run = collected(tmp_path, Host("a", other), Host("b", gone))
    assert [(end.name, end.transport) for end in run.ends.values()] == [("lpar9", "ssh"), ("", "ssh")]


def test_cancelled_it_has_a_row_for_each(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    run = RunAtWork(Folder(tmp_path), journal, Order(), Nobody())
    hosts = [Host("begun1", forever), Host("b", forever)]

    async def cancelled() -> None:
        task = asyncio.create_task(run.collect(hosts))
        await asyncio.sleep(0.2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    journal.close()
    assert words(run) == {"begun1": "incomplete", "b": "not-tried"}
    ended = [json.loads(line) for line in (tmp_path / NAME).read_bytes().splitlines()][-2:]
    assert sorted((one["target"], one["says"]) for one in ended) == [
        ("b", "the run was interrupted"),
        ("begun1", "the run was interrupted"),
    ]


def test_nobody_to_ask(tmp_path: Path) -> None:
    assert collected(tmp_path).ends == {}


def test_labels_and_health_of_the_inventory_are_kept_beside(tmp_path: Path) -> None:
    host = Host("a", gone)
    host.health = {"status": "WARNING"}
    collected(tmp_path, host)
    told = read_bundle((tmp_path / "a.controller.rmcc").read_bytes(), "x", controller=True)
    assert told.head["label.wave"] == "2"
    assert json.loads("".join(told.evidence[1].out.lines)) == {"status": "WARNING"}
