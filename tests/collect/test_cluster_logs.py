"""The logs in the folders of clusters: which are read, and that the others are told of."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rmccomply.collect.replay import write_replay
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.model import Evidence
from tests.collect.running import SHELLS, Host, collect, need, need_another_user, script

BELOW = "log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default"
PATTERN = f"/var/ct/[0-9]*/{BELOW}"
ENTRY = b"Thu Nov 19 08:40:45 EST 2026(76210) MCP_cfg.c/01913/1.22 2613-023 nothing\n"


def host_with(folder: Path, clusters: int) -> Host:
    host = Host(folder, "Linux")
    for number in range(clusters):
        host.file(f"/var/ct/273810556{number}/{BELOW}", ENTRY)
    return host


def told(*arguments: str, folder: Path, shell: str = "dash") -> dict[str, Evidence]:
    run = collect(folder, "full", "--only", "log.cluster", *arguments, shell=shell)
    return {item.argv[-1]: item for item in run.bundle.evidence}


@pytest.mark.exhaustive
@pytest.mark.parametrize("shell", SHELLS)
def test_of_many_folders_the_first_are_read_and_the_rest_is_told_of(shell: str, tmp_path: Path) -> None:
    host = host_with(tmp_path / "host", 6)
    found = told("--replay", str(host.folder), folder=tmp_path / "run", shell=shell)
    assert list(found) == [*(f"/var/ct/273810556{number}/{BELOW}" for number in range(4)), PATTERN]
    assert [item.state for item in found.values()] == [*["exit"] * 4, "skipped"]
    rest = found[PATTERN].damage
    assert rest is not None
    assert (rest.reason, "more such folders" in rest.says) == ("not_collected", True)


@pytest.mark.parametrize("clusters", [0, 1, 4])
def test_where_all_are_read_nothing_is_told_of_others(clusters: int, tmp_path: Path) -> None:
    host = host_with(tmp_path / "host", clusters)
    assert PATTERN not in told("--replay", str(host.folder), folder=tmp_path / "run")


def test_a_replay_does_not_read_all_either(tmp_path: Path) -> None:
    words = ("full", "--only", "log.cluster", "--replay")
    first = collect(tmp_path / "run", *words, str(host_with(tmp_path / "host", 6).folder))
    write_replay(first.bundle, first.data, tmp_path / "replay")
    second = collect(tmp_path / "again", *words, str(tmp_path / "replay"))
    assert [(item.request, item.state) for item in second.bundle.evidence] == [
        (item.request, item.state) for item in first.bundle.evidence
    ]


def test_folders_that_this_user_may_not_list_are_denied() -> None:
    user = need_another_user()
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        place = folder / "mnt/var/ct" / "2738105560" / BELOW
        place.parent.mkdir(parents=True)
        place.write_bytes(ENTRY)
        (folder / "mnt/usr/lib").mkdir(parents=True)
        (folder / "mnt/usr/lib/os-release").touch()
        (folder / "mnt/var/ct").chmod(0o711)
        words = [need("dash"), str(script(folder)), "image", "--only", "log.cluster", "--root", f"{folder}/mnt"]
        done = subprocess.run(words, capture_output=True, user=user, group=user, extra_groups=[], env={}, cwd="/")
    (found,) = read_bundle(done.stdout, "x").evidence
    assert (found.request, found.state) == (PATTERN, "unreadable")


@pytest.mark.exhaustive
def test_without_time_the_pattern_is_skipped_for_it(tmp_path: Path) -> None:
    host = host_with(tmp_path / "host", 1)
    host.command("uname", "sleep 9")
    run = collect(
        tmp_path / "run", "full", "--only", "os.uname,log.cluster", "--limit", "4", "--replay", str(host.folder)
    )
    assert "why=run-limit" in run.bundle.evidence[-1].text
    assert run.bundle.evidence[-1].request == PATTERN
