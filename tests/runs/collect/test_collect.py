"""Collecting as a Python user would call it, and as the commands do: hosts, a folder, options; rows come back."""

import json
import os
from pathlib import Path

import pytest

from rmccomply.collect.run import Order
from rmccomply.errors import InputError, UsageError
from rmccomply.evidence.bundle import read_bundle
from rmccomply.runs.collect import collect_from, local, reached, ssh
from rmccomply.runs.collect.run import CollectOptions, Surroundings
from tests.hosts.building import NOW, bundle, healthy_aix
from tests.runs.hearing import Heard, kinds
from tests.runs.stand_in import asked, client

QUICK = Order(retries=0, host_limit=30)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    return tmp_path / "tools"


def options_of(tools: Path, *names: str, checking: str = "yes") -> CollectOptions:
    return CollectOptions(QUICK, client(tools, {name: bundle(healthy_aix(), name) for name in names}, checking))


def test_rows_come_back_with_their_words_and_nothing_is_printed(
    tools: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    collected = collect_from(["lpar1", "lpar2"], tmp_path / "run", options_of(tools, "lpar1"))
    assert [(row.target, row.word) for row in collected.rows] == [("lpar1", "collected"), ("lpar2", "unreachable")]
    assert collected.rows[1].says == "ssh: connect to host lpar2 port 22: Connection refused"
    assert (collected.status, collected.interrupted, collected.earlier) == (5, False, frozenset())
    assert (collected.folder / "lpar1.rmcc").read_bytes() == bundle(healthy_aix(), "lpar1")
    assert capfd.readouterr() == ("", "")


def test_all_times_are_those_of_the_clock_that_was_given(tools: Path, tmp_path: Path) -> None:
    options = options_of(tools, "lpar1")
    collected = collect_from(["lpar1"], tmp_path / "run", options, around=Surroundings(clock=lambda: NOW))
    assert collected.rows[0].utc == NOW
    controller = read_bundle((tmp_path / "run" / "lpar1.controller.rmcc").read_bytes(), "x", controller=True)
    assert {controller.collected, *((item.begun, item.ended)[n] for item in controller.evidence for n in (0, 1))} == {
        NOW
    }
    events = [json.loads(line) for line in (tmp_path / "run" / "state.jsonl").read_text().splitlines()]
    assert {event["utc"] for event in events} == {NOW}


def test_what_is_there_is_not_asked_again(tools: Path, tmp_path: Path) -> None:
    options = options_of(tools, "lpar1")
    for _ in range(2):
        collected = collect_from(["lpar1"], tmp_path / "run", options)
    assert (set(collected.earlier), collected.status, asked(tools)) == ({"lpar1"}, 0, ["lpar1"])


def test_the_command_tells_keys_rules_rows_causes_and_the_count_in_this_order(tools: Path, tmp_path: Path) -> None:
    heard = Heard()
    options = options_of(tools, "lpar1", checking="no")
    status = ssh(["lpar1", "lpar2"], (), tmp_path / "run", options, Surroundings(heard))
    told = [pair for pair in heard.said if pair[0] != "progress"]
    assert status == 5
    assert [kind for kind, _ in told] == ["warn", "note", "result", "warn", "note"]
    assert told[0][1] == (
        "your ssh configuration does not check the host keys of lpar1, lpar2; they were checked in this run"
    )
    assert told[1][1].startswith("without --probe, ")
    assert told[2][1].splitlines()[1] == (
        "lpar2  unreachable       ssh: connect to host lpar2 port 22: Connection refused"
    )
    assert told[4][1] == f"1 of 2 collected; now: rmccomply check {tmp_path / 'run'}"


def test_nobody_to_ask_and_no_client_are_faults_of_the_call(tools: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="name hosts"):
        collect_from([], tmp_path / "run")
    broken = client(tools, {})._replace(program=str(tools / "none"))
    with pytest.raises(UsageError, match=r"tools/none is not on this machine"):
        collect_from(["lpar1"], tmp_path / "run", CollectOptions(settings=broken))
    assert not (tmp_path / "run").exists()


def test_a_collector_that_cannot_be_read_is_told_before_anybody_is_asked(tools: Path, tmp_path: Path) -> None:
    options = options_of(tools, "lpar1")._replace(collector=tmp_path / "none.sh")
    with pytest.raises(InputError, match=r"none.sh: cannot be read: No such file"):
        collect_from(["lpar1"], tmp_path / "run", options)
    assert asked(tools) == []


def test_this_machine_is_one_target(tmp_path: Path) -> None:
    (tmp_path / "stub.sh").write_text("echo no bundle; exit 3\n")
    heard = Heard()
    status = local(tmp_path / "run", CollectOptions(collector=tmp_path / "stub.sh"), False, Surroundings(heard))
    assert status == 5
    (rows,) = heard.of("result")
    assert rows.split() == [os.uname().nodename, "no-shell", "no", "bundle"]


def test_inputs_of_ssh_become_the_folder_of_a_run(tools: Path, tmp_path: Path) -> None:
    heard = Heard()
    options = options_of(tools, "lpar1")
    inputs = reached(["a.rmcc", "ssh://lpar1/"], tmp_path / "run", options, Surroundings(heard))
    assert inputs == ["a.rmcc", str(tmp_path / "run")]
    assert [*kinds(heard)] == ["note", "note"]
    assert heard.said[0][1] == f"what was collected is kept in {tmp_path / 'run'}"
    reached(["ssh://lpar1"], tmp_path / "run", options, Surroundings(heard))
    assert heard.of("warn") == ["collected earlier into this run, and not asked again: lpar1"]
