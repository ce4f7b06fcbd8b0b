"""Spread: by two processes a run says the same, byte for byte, as in one."""

import json
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from rmccomply.evaluate import CompiledRule, Views, views
from rmccomply.evidence.redact import add_forms
from rmccomply.evidence.told import know
from rmccomply.facts.identity import node_name
from rmccomply.guarded import Limits
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice
from rmccomply.runs.check import check, write
from rmccomply.runs.plan import CheckAsked, planned
from rmccomply.runs.reports import ReportPlace
from rmccomply.runs.spread import spread
from rmccomply.sources.reading import Readings
from rmccomply.words import FORMATS
from tests.formats.parts import octets_at
from tests.hosts.building import NOW, bundle, command, replaced
from tests.hosts.consoles import whole_aix
from tests.runs.telling import Heard

SECONDS = 60
"""That a target may take; the one that is too slow has less, so that nobody waits."""
TARGETS = 14


def hostile(rules: Sequence[CompiledRule], readings: Readings, declared: str = "", *more: Any) -> Views:
    """Judging, which two targets hold up."""
    name = node_name(readings)
    if name == "crash":
        raise ValueError(f"nobody thought of {name}")
    if name == "slow":
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        time.sleep(2 * SECONDS)
    return views(rules, readings, declared, *more)


def make_hostile() -> None:
    """In a process of the pool."""
    setattr(sys.modules["rmccomply.assess"], "views", hostile)  # noqa: B010  it is no name of that module's own


def fleet(folder: Path) -> None:
    for number in range(TARGETS):
        node = {6: "crash", 7: "slow"}.get(number, "lpar")
        evidence = replaced(whole_aix(), command("uname -a", f"AIX {node} 2 7 00F6DB0A4C00\n"))
        name = {3: "twin", 9: "twin", 4: "acme_tiger"}.get(number, f"lpar{number:02}")
        (folder / f"f{number:02}.rmcc").write_bytes(bundle(evidence, name))
    (folder / "notes.txt").write_text("none of these")
    line = {"schema": "rmccomply/facts/1", "target": {"id": "twin"}, "facts": {}}
    (folder / "x.ndjson").write_text(json.dumps(line) + "\nno JSON\n" + json.dumps(line | {"target": {"id": "y"}}))


def told(executor: Executor | None) -> tuple[int, list[str], dict[str, bytes]]:
    """The status, what was heard, and each report."""
    plan = planned([load("rmc-core")], Choice(), NOW)
    given = {"lpar01": {"wave": "3"}, "gone": {"wave": "4"}}
    asked = CheckAsked(("fleet", "gone.rmcc"), plan, given=given, labels_file="l.toml", limits=Limits(seconds=SECONDS))
    heard = Heard()
    status = write(asked, [ReportPlace(name, f"r.{name}") for name in FORMATS], heard, executor=executor)
    return status, heard.lines, {name: octets_at(Path(f"r.{name}")) for name in FORMATS}


@pytest.fixture
def pool() -> Iterator[Executor]:
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawned, initializer=make_hostile) as executor:
        yield executor


@pytest.fixture
def _secrets() -> Iterator[None]:
    """Words that this process takes for secret, and no longer than its test."""
    add_forms([], ["acme_"])
    yield
    add_forms([], [])


@pytest.mark.usefixtures("_secrets")
def test_two_processes_write_the_same_reports_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pool: Executor
) -> None:
    """With a target that crashes and one that is too slow among them, names of two, and secrets of this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("rmccomply.assess.views", hostile)
    (tmp_path / "fleet").mkdir()
    fleet(tmp_path / "fleet")
    know(["password-list"])
    here, there = told(None), told(pool)
    assert there == here
    status, lines, reports = here
    made = json.loads(reports["json"])
    assert (status, made["summary"]["error"], len(made["targets"])) == (2, 2, TARGETS + 2)
    assert [line.split(": ")[0] for line in lines if line.startswith("error")] == ["error"] * 4
    assert [one["id"] for one in made["targets"] if one["id"].startswith("twin")] == [
        "twin (fleet/f03.rmcc)",
        "twin (fleet/f09.rmcc)",
        "twin (fleet/x.ndjson:1)",
    ]
    assert not any(b"tiger" in report for report in reports.values())


@pytest.mark.exhaustive
def test_what_is_given_is_the_same_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pool: Executor) -> None:
    monkeypatch.chdir(tmp_path)
    fleet(tmp_path)
    (tmp_path / "f07.rmcc").unlink()
    (tmp_path / "f06.rmcc").unlink()
    assert check(["."], now=NOW, executor=pool) == check(["."], now=NOW)


class Counting(Executor):
    """An executor that does at once what it is asked, and knows what was not taken yet."""

    def __init__(self) -> None:
        self.sent = 0

    def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future[object]:  # type: ignore[override]
        self.sent += 1
        done: Future[object] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def begin() -> Callable[[int], list[str]]:
    place = (os.getpid(), threading.get_ident())
    return lambda number: [f"{number}.{part}" for part in range(number % 3)] if place else []


def test_results_come_in_order_and_no_more_than_the_window_is_on_the_way() -> None:
    executor = Counting()
    results = spread(executor, begin, range(100), window=5)
    expected = list(spread(None, begin, range(100)))
    assert next(results) == expected[0] == "1.0"
    assert executor.sent == 6
    assert [expected[0], *results] == expected
    assert executor.sent == 100


def test_in_this_process_a_result_comes_before_the_next_is_made() -> None:
    made: list[int] = []

    def note() -> Callable[[int], Iterator[int]]:
        def work(number: int) -> Iterator[int]:
            made.append(number)
            yield number

        return work

    results = spread(None, note, range(3))
    assert (next(results), made) == (0, [0])


def test_what_waits_is_given_up_with_the_run() -> None:
    class Holding(Executor):
        waiting: list[Future[object]] = []

        def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future[object]:  # type: ignore[override]
            self.waiting.append(Future())
            if len(self.waiting) == 1:
                self.waiting[0].set_exception(KeyboardInterrupt())
            return self.waiting[-1]

    executor = Holding()
    with pytest.raises(KeyboardInterrupt):
        list(spread(executor, begin, range(9), window=4))
    assert [one.cancelled() for one in executor.waiting] == [False, True, True, True]
