"""`rmccomply collect`, run as a user would; against hosts in `tests/collect/test_collecting.py`."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.collect.servers import server
from tests.hosts.building import bundle, healthy_aix

CONSOLE = """\
case $RMC_HOST:$SSH_ORIGINAL_COMMAND in
  hmc-*:'lssyscfg -r sys '*) printf '%s\\n' name:state f1:Operating ;;
  hmc-*:'lssyscfg -r lpar '*)
    echo name:lpar_env:state:rmc_ipaddr
    printf '%s\\n' lpar-1:aixlinux:Running: lpar-2:aixlinux:Running:lpar-2 old:aixlinux:'Not Activated': ;;
  hmc-*:ls*) echo ok ;;
  lpar-*) cat "$FOLDER/$RMC_HOST.rmcc" ;;
  *) exit 127 ;;
esac
"""


@pytest.mark.exhaustive
def test_local_by_the_collector_itself(program: Program, tmp_path: Path) -> None:
    ran = program("collect", "local", "--run", str(tmp_path / "run"), "--plan", "quick")
    assert ran.status == 0
    name = os.uname().nodename
    assert ran.out.split()[:2] == [name, "collected"]
    (bundle,) = [path for path in (tmp_path / "run").glob("*.rmcc") if ".controller" not in path.name]
    assert program("bundle", "verify", str(bundle)).status == 0
    assert f"rmccomply: {name}: collected" in ran.err
    (told,) = [line for line in ran.err.splitlines() if "the plan quick does not ask everything" in line]
    assert "RMC-AUTH-001" in told
    checked = program("check", str(bundle))
    assert checked.out.count("collected with the plan quick") == 1


@pytest.mark.exhaustive
def test_this_machine_is_told_to_be_no_power_partition_and_fails_nothing(program: Program, tmp_path: Path) -> None:
    machine = os.uname().machine
    if machine.startswith("ppc64"):
        pytest.skip("this is a Power system")
    assert program("collect", "local", "--run", str(tmp_path / "run")).status == 0
    ran = program("check", str(tmp_path / "run"))
    assert ran.status == 4
    assert ran.out.startswith(os.uname().nodename)
    assert f"\nNO CHECK APPLIES\n  This Linux runs on {machine}, not on Power.\n" in ran.out


@pytest.mark.exhaustive
def test_a_console_and_the_partitions_that_it_knows(program: Program, tmp_path: Path) -> None:
    with server(tmp_path, plays=CONSOLE) as there:
        there.host("hmc-1", b"")
        for name in ("lpar-1", "lpar-2"):
            there.host(name, bundle(healthy_aix(), name))
        run = str(tmp_path / "run")
        options = ("--ssh-config", str(there.config), "--run", run, "-q")
        ran = program("collect", "hmc", "hmc-1", *options)
        assert (ran.status, ran.out.split()[:2]) == (0, ["hmc-1", "collected"])
        asked_again = program("collect", "ssh", "--inventory", "hmc://hmc-1", *options)
        from_bundle = program("collect", "ssh", "--inventory", f"{run}/hmc-1.rmcc", *options)
    assert asked_again.status == from_bundle.status == 0
    assert [line.split()[:2] for line in asked_again.out.splitlines()] == [
        ["lpar-1", "collected"],
        ["lpar-2", "collected"],
    ]
    assert "hmc://hmc-1: its list was collected earlier into this run, at 20" in asked_again.err
    assert "old on f1: left out, since it is not running (Not Activated)" in asked_again.err
    found = json.loads(program("check", run, "-o", "json").out)["targets"]
    assert {one["id"]: one["platform"] for one in found} == {"hmc-1": "hmc", "lpar-1": "aix", "lpar-2": "aix"}
    assert [one["labels"] for one in found if one["id"] == "lpar-1"] == [{"system": "f1"}]


@pytest.mark.exhaustive
def test_a_partition_with_the_name_of_its_console_is_asked(program: Program, tmp_path: Path) -> None:
    """A console may be a partition itself; its bundle is neither taken for the partition's nor overwritten."""
    with server(tmp_path, plays=CONSOLE.replace("lpar-1", "hmc-1")) as there:
        for name in ("hmc-1", "lpar-2"):
            there.host(name, bundle(healthy_aix(), name))
        options = ("--ssh-config", str(there.config), "--run", str(tmp_path / "run"), "-q", "--retries", "0")
        ran = program("collect", "ssh", "--inventory", "hmc://hmc-1", *options)
        again = program("collect", "ssh", "hmc-1", *options)
    assert [line.split()[:2] for line in ran.out.splitlines()] == [["hmc-1#2", "no-shell"], ["lpar-2", "collected"]]
    assert again.status == 2
    assert "hmc-1: this run has a target of that name by hmc; name another folder" in again.err


def test_a_bundle_of_a_partition_is_no_inventory(program: Program, tmp_path: Path) -> None:
    (tmp_path / "lpar.rmcc").write_bytes(bundle(healthy_aix(), "lpar-1"))
    ran = program("collect", "ssh", "--inventory", str(tmp_path / "lpar.rmcc"), "--run", str(tmp_path / "run"))
    assert (ran.status, "not of a management console" in ran.err) == (2, True)


def test_a_jump_host_that_cannot_be_used_is_what_failed(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    jumps = ("a$b", "bastion:99999", "127.0.0.1:9")
    text = "".join(f"h{at} address=127.0.0.1 port=9 jump={jump}\n" for at, jump in enumerate(jumps))
    Path("hosts.txt").write_text(text)
    ran = program("collect", "ssh", "--inventory", "hosts.txt", "--run", "run", "--retries", "0")
    assert [line.split()[1] for line in ran.out.splitlines()] == ["jump-failed"] * len(jumps)
    assert "without --probe" not in ran.err


def test_an_inventory_without_a_target_is_told(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("hosts.txt").write_text("# none yet\n")
    ran = program("collect", "ssh", "--inventory", "hosts.txt", "--run", "run")
    assert ran.status == 4
    assert "no target: the inventory names none" in ran.err
    assert "0 of 0" not in ran.err
