"""`rmccomply collector`, and `rmccomply bundle replay`."""

import subprocess
from pathlib import Path

import pytest

from rmccomply.collect.listing import listing
from rmccomply.data import collector_text
from rmccomply.evidence.bundle import read_bundle
from tests.cli.running import Program
from tests.hosts.building import bundle, healthy_aix


def test_it_prints_the_script(program: Program, tmp_path: Path) -> None:
    done = program("collector")
    assert (done.status, done.err) == (0, "")
    assert done.out == collector_text()
    file = tmp_path / "collector.sh"
    file.write_text(done.out)
    assert subprocess.run(["sh", str(file), "--version"], capture_output=True, text=True).stdout == "1\n"


def test_it_lists_what_it_asks(program: Program) -> None:
    assert program("collector", "--list").out == listing()
    assert program("collector", "--list", "--platform", "vios").out == listing(("vios",))


def test_a_platform_that_it_does_not_know_is_a_fault(program: Program) -> None:
    done = program("collector", "--list", "--platform", "hmc")
    assert (done.status, done.out) == (2, "")
    assert "there are aix, vios, linux" in done.err


def test_a_platform_without_a_list_is_a_fault(program: Program) -> None:
    assert program("collector", "--platform", "aix").status == 2


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
