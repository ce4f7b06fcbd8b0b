"""One run: what it refuses, how it ends early, what it draws."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rmccomply.collect.jobs import LocalJob
from rmccomply.collect.loop import Cancel
from rmccomply.collect.run import Order
from rmccomply.errors import UsageError
from rmccomply.inputs.collected_by import collected_by
from rmccomply.runs.collect.run import CollectOptions, Surroundings, gather, some
from rmccomply.undecided import CollectedBy
from tests.runs.hearing import Heard


def job(script: str, label: str = "here") -> LocalJob:
    return LocalJob(label, "direct", (), script.encode())


def test_it_ends_when_it_is_cancelled_and_has_a_row_for_each(tmp_path: Path) -> None:
    @contextmanager
    def at_once(cancel: Cancel) -> Iterator[None]:
        cancel()
        yield
        cancel()

    collected = gather([job("sleep 60")], "local", tmp_path / "run", Order(), Surroundings(cancelled_by=at_once))
    assert (collected.interrupted, collected.status) == (True, 130)
    assert [(row.target, row.word) for row in collected.rows] == [("here", "not-tried")]


@pytest.mark.parametrize(("columns", "shown"), [(None, "rmccomply: here: no-shell: "), (60, "\r\x1b[K"), (0, "")])
def test_progress_goes_to_who_hears_the_run(tmp_path: Path, columns: int | None, shown: str) -> None:
    heard = Heard(columns)
    gather([job("exit 1")], "local", tmp_path / "run", Order(), Surroundings(heard))
    assert all(text.startswith(shown) for text in heard.of("progress"))
    assert bool(heard.of("progress")) == bool(shown)


def test_what_others_wrote_and_another_transport_are_refused(tmp_path: Path) -> None:
    (tmp_path / "lpar1.rmcc").write_bytes(b"")
    with pytest.raises(UsageError, match=r"holds files that no run collected \(lpar1.rmcc\)"):
        gather([job("exit 1")], "local", tmp_path, Order(), Surroundings())
    gather([job("exit 1")], "local", tmp_path / "run", Order(), Surroundings())
    with pytest.raises(UsageError, match="here: this run has a target of that name by local"):
        gather([job("exit 1")], "ssh", tmp_path / "run", Order(), Surroundings())


def test_the_words_for_the_collector() -> None:
    assert CollectOptions(plan="quick").arguments == ("quick",)
    assert CollectOptions(Order(probe=True)).arguments == ("full", "--probe")


def test_of_many_names_a_few_are_told() -> None:
    assert some(["a", "b"]) == "a, b"
    assert some([*"abcdef"]) == "a, b, c, d, e and 1 other"
    assert some([*"abcdefg"]) == "a, b, c, d, e and 2 others"


def test_the_journal_keeps_what_collecting_again_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No absolute path goes into it: whoever is given the folder is told nothing of this machine."""
    monkeypatch.chdir(tmp_path)
    inventories = [str(tmp_path / "lists" / "hosts.txt"), "/elsewhere/b.ini", "hmc://audit@hmc1", "-"]
    words = CollectOptions(access="sudo").words(inventories, ["lpar9"])
    assert words["inventories"] == ("lists/hosts.txt", "b.ini", "hmc://audit@hmc1", "-")
    gather([job("exit 1")], "local", Path("run"), Order(), Surroundings(), words)
    assert collected_by(["run"]) == CollectedBy("local", words["inventories"], ("--sudo",), "run", ("lpar9",), "run2")
    assert str(tmp_path) not in Path("run/state.jsonl").read_text("utf-8")
