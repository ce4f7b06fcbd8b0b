"""`rmccomply collect script` and `collect list`, and `rmccomply bundle replay`."""

import json
import subprocess
from pathlib import Path

import pytest

from rmccomply.collect.listing import listing
from rmccomply.data import collector_text
from rmccomply.evidence.bundle import read_bundle
from tests.cli.running import Program
from tests.hosts.building import bundle, healthy_aix


def test_it_prints_the_script(program: Program, tmp_path: Path) -> None:
    done = program("collect", "script")
    assert (done.status, done.err) == (0, "")
    assert done.out == collector_text()
    file = tmp_path / "collector.sh"
    file.write_text(done.out)
    assert subprocess.run(["sh", str(file), "--version"], capture_output=True, text=True).stdout == "1\n"


def test_it_lists_what_it_asks(program: Program) -> None:
    assert program("collect", "list").out == listing()
    assert program("collect", "list", "--platform", "vios").out == listing(("vios",))


def test_a_platform_that_it_does_not_know_is_a_fault(program: Program) -> None:
    done = program("collect", "list", "--platform", "hmc")
    assert (done.status, done.out) == (2, "")
    assert "aix, vios, linux" in done.err


def test_text_names_each_request_that_a_policy_needs_and_its_rules(program: Program) -> None:
    ran = program("collect", "list", "--policy", "rmc-core", "--platform", "aix")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("AIX\n  root no      5 s  uname -a\n                    every rule\n")
    assert "  root yes    15 s  rmcdomainstatus -s ctrmc -a ip\n" in ran.out
    assert "Linux" not in ran.out
    assert all(len(line) <= 130 for line in ran.out.splitlines())


def test_json_is_for_programs(program: Program) -> None:
    ran = program("collect", "list", "-p", "powervs-import", "-o", "json")
    found = json.loads(ran.out)
    assert found["policies"] == ["powervs-import"]
    assert set(found["platforms"]) == {"aix", "vios", "linux"}
    one = next(one for one in found["platforms"]["linux"] if one["argv"] == ["/etc/services"])
    assert one == {
        "kind": "file",
        "argv": ["/etc/services"],
        "root": "no",
        "limit": 5,
        "why": "the name of port 657",
        "rules": ["RMC-CFG-001"],
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("collector",), "collect script"),
        (("collector", "--list"), "collect list"),
        (("requests", "-p", "rmc-core"), "collect list --policy"),
        (("collect", "ssh", "--profile", "quick", "lpar1"), "--plan"),
        (("collect", "local", "--profile=quick"), "--plan"),
    ],
)
def test_what_was_called_otherwise_names_its_new_words(program: Program, arguments: tuple[str, ...], says: str) -> None:
    ran = program(*arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert says in ran.err


@pytest.mark.exhaustive
def test_a_bundle_becomes_a_host_to_collect_from(program: Program, tmp_path: Path) -> None:
    (tmp_path / "lpar1.rmcc").write_bytes(bundle(healthy_aix()))
    done = program("bundle", "replay", str(tmp_path / "lpar1.rmcc"), str(tmp_path / "lpar1"))
    assert (done.status, done.out) == (0, "")
    assert f"--replay {tmp_path / 'lpar1'}" in done.err
    words = ["sh", "-s", "--", "quick", "--replay", str(tmp_path / "lpar1")]
    again = subprocess.run(words, input=collector_text().encode(), capture_output=True)
    answers = {item.request: item.out.lines for item in read_bundle(again.stdout, "x").evidence}
    assert answers["lsnodeid"] == ("9f684c509e74d650",)
    assert program("bundle", "replay", str(tmp_path / "lpar1.rmcc"), str(tmp_path / "lpar1")).status == 2
