"""Healthy hosts by each way that brings a bundle as root: every one is judged healthy, with exit 0."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from rmccomply.collect.replay import write_replay
from rmccomply.data import collector_text
from rmccomply.evidence.bundle import read_bundle
from tests.cli.running import Program
from tests.collect.servers import server
from tests.hosts.building import NOW
from tests.hosts.healthy import HEALTHY
from tests.hosts.whole import bundle_of

BY_SUDO = ("aix-7.3-ip-filter", "rhel-8-nft", "ubuntu-24.04-ufw")
BY_SHELL_OF_VIOS = ("vios-2.2-two-hmcs", "vios-4.1-ssp")
_LAST = 'main "$@"; exit\n'


def replaying(place: Path, folder: str) -> Path:
    """The collector, which asks a replay folder."""
    text = collector_text()
    assert text.count(_LAST) == 1
    place.write_text(text.replace(_LAST, f'main "$@" --replay "{folder}"; exit\n'), "ascii")
    return place


def play(names: Sequence[str], folder: Path) -> None:
    for name in names:
        kind = HEALTHY[name]
        data = bundle_of(kind.host, kind.packet_filter, name=name)
        write_replay(read_bundle(data, f"{name}.rmcc"), data, folder / name)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("names", "option", "command", "shim"),
    [
        (BY_SUDO, "--sudo", "sudo", "shift; exec \"$@\""),
        (BY_SHELL_OF_VIOS, "--vios", "oem_setup_env", "exec sh"),
    ],
)  # fmt: skip
def test_by_ssh(
    names: Sequence[str],
    option: str,
    command: str,
    shim: str,
    tmp_path: Path,
    program: Program,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "server").mkdir()
    play(names, tmp_path)
    collector = replaying(tmp_path / "collector.sh", f"{tmp_path}/$RMC_HOST")
    with server(tmp_path / "server") as there:
        (there.folder / command).write_text(f"#!/bin/sh\n{shim}\n")
        (there.folder / command).chmod(0o755)
        plays = there.folder / "plays.sh"
        plays.write_text(f"PATH={there.folder}:$PATH\n" + plays.read_text())
        for name in names:
            there.host(name, b"")
        words = ("--ssh-config", str(there.config), "--collector", str(collector), "--run", "run", "-q")
        assert program("collect", "ssh", *names, option, *words).status == 0
    ran = program("check", "run", "--now", NOW)
    assert ran.status == 0, ran


@pytest.mark.exhaustive
def test_here(tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    play(["rhel-10-in-band"], tmp_path)
    collector = replaying(tmp_path / "collector.sh", f"{tmp_path}/rhel-10-in-band")
    words = ("--collector", str(collector), "--run", "run", "-q")
    assert program("collect", "local", *words).status == 0
    ran = program("check", "run", "--now", NOW)
    assert ran.status == 0, ran
