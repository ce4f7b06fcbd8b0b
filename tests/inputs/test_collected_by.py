"""The collection that inputs come from, as far as its journal tells."""

import json
from pathlib import Path
from typing import Any

import pytest

from rmccomply.inputs.collected_by import collected_by
from rmccomply.undecided import CollectedBy


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("fleet").mkdir()
    return Path("fleet")


def begun(**words: Any) -> str:
    return json.dumps(
        {"schema": "rmccomply/run/1", "event": "run", "utc": "x", "transport": "ssh", "targets": 1} | words
    )


def journal(run: Path, *lines: str) -> None:
    (run / "state.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def test_a_run_tells_its_inventories_and_how_the_collector_was_run(run: Path) -> None:
    journal(run, begun(inventories=["hosts.txt"], options=["--vios"]), '{"event": "end", "target": "run"}')
    known = CollectedBy("ssh", ("hosts.txt",), ("--vios",), "fleet", later="fleet2")
    assert (
        collected_by(["fleet"]) == collected_by(["fleet/"]) == collected_by(["fleet/a.rmcc", "fleet/b.rmcc"]) == known
    )


def test_all_commands_that_collected_into_it_are_told(run: Path) -> None:
    journal(
        run,
        begun(inventories=["a.txt"], options=["--sudo"]),
        begun(inventories=["b.txt", "a.txt"], options=[], hosts=["lpar9"]),
    )
    assert collected_by(["fleet"]) == CollectedBy("ssh", ("a.txt", "b.txt"), (), "fleet", ("lpar9",), "fleet2")


@pytest.mark.parametrize("names", [[], ["-"], [""], ["elsewhere"], ["fleet", "elsewhere"], ["fleet", "-"]])
def test_nothing_is_known_of_inputs_that_are_not_of_one_run(run: Path, names: list[str]) -> None:
    journal(run, begun())
    Path("elsewhere").mkdir()
    assert collected_by(names) is None


def test_an_older_journal_tells_the_folder_alone(run: Path) -> None:
    journal(run, begun())
    assert collected_by(["fleet"]) == CollectedBy(run="fleet", later="fleet2")
    assert collected_by([str(run.resolve())]) == CollectedBy(run="fleet", later="fleet2")


def test_what_is_no_journal_tells_nothing(run: Path) -> None:
    journal(run, "{}", begun())
    assert collected_by(["fleet"]) is None


def test_a_journal_of_a_stranger_brings_nothing_into_a_command(run: Path) -> None:
    """It names neither another script nor what drives a terminal."""
    journal(
        run,
        begun(
            transport="; rm -rf /",
            inventories=["a b.txt", "\x1b[2J", "x" * 300, 7],
            hosts=["--collector=bad.sh", "-"],
            options=["--collector", "bad.sh", "--sudo"],
        ),
    )
    assert collected_by(["fleet"]) == CollectedBy(
        "ssh", ("a b.txt", "FILE"), ("--sudo",), "fleet", ("HOST", "-"), "fleet2"
    )


def test_no_secret_of_a_journal_stands_in_a_command(run: Path) -> None:
    journal(run, begun(inventories=["https://u:Xy7wq9@h/x", "hosts.txt"], hosts=["password=Xy7wq9"], options=[]))
    assert collected_by(["fleet"]) == CollectedBy("ssh", ("FILE", "hosts.txt"), (), "fleet", ("HOST",), "fleet2")


def test_a_folder_is_no_option(run: Path) -> None:
    run.rename("-rf")
    journal(Path("-rf"), begun())
    found = collected_by(["./-rf"])
    assert found is not None
    assert (found.run, found.later) == ("./-rf", "./-rf2")


def test_the_next_run_has_a_folder_that_is_not_there(run: Path) -> None:
    journal(run, begun())
    Path("fleet2").mkdir()
    found = collected_by(["./fleet"])
    assert found is not None
    assert found.later == "fleet3"


def test_a_run_that_was_given_no_name_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    dated = Path("rmccomply-20261120T030000Z")
    dated.mkdir()
    journal(dated, begun())
    assert collected_by([dated.name]) == CollectedBy(run=dated.name)
