"""A run in its loop: it ends by itself, or is cancelled before it begins, in its middle, after its end."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rmccomply.collect.folder import Folder
from rmccomply.collect.jobs import LocalJob
from rmccomply.collect.journal import Journal
from rmccomply.collect.loop import Cancel, CancelledBy, by_nothing, ran
from rmccomply.collect.progress import Progress
from rmccomply.collect.run import Order, RunAtWork


def interrupted(folder: Path, script: str, cancelled_by: CancelledBy) -> tuple[bool, str, list[str]]:
    """Whether the run was interrupted, the word of its target, and what it drew."""
    drawn: list[str] = []
    progress = Progress(1, drawn.append, 80)
    journal = Journal(folder)
    run = RunAtWork(Folder(folder), journal, Order(), progress)
    jobs = [LocalJob("here", "direct", (), script.encode())]
    run.expect(jobs)
    found = ran(run, jobs, progress, cancelled_by)
    journal.close()
    return found, run.ends["here"].word, drawn


def test_it_ends_by_itself_and_takes_its_line_away(tmp_path: Path) -> None:
    found, word, drawn = interrupted(tmp_path, "exit 1", by_nothing)
    assert (found, word) == (False, "no-shell")
    assert drawn[-1] == "\r\x1b[K"


def test_what_cancels_it_may_come_before_it_began(tmp_path: Path) -> None:
    @contextmanager
    def before(cancel: Cancel) -> Iterator[None]:
        cancel()
        yield

    assert interrupted(tmp_path, "sleep 60", before)[:2] == (True, "not-tried")


@pytest.mark.exhaustive
def test_it_may_come_from_another_thread_and_the_line_is_drawn_meanwhile(tmp_path: Path) -> None:
    @contextmanager
    def later(cancel: Cancel) -> Iterator[None]:
        timer = threading.Timer(1.3, cancel)
        timer.start()
        yield
        timer.join()

    found, word, drawn = interrupted(tmp_path, "sleep 60", later)
    assert (found, word) == (True, "not-tried")
    assert len({text for text in drawn if "1 running" in text}) >= 2


def test_after_the_end_it_does_nothing(tmp_path: Path) -> None:
    @contextmanager
    def after(cancel: Cancel) -> Iterator[None]:
        yield
        cancel()

    assert interrupted(tmp_path, "exit 1", after)[:2] == (False, "no-shell")
