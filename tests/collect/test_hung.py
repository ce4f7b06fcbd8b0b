"""Dead file servers: RMC's answers are in the bundle, it is ended, and the limit holds, whatever waits for ever."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rmccomply.collect.plan import steps
from tests.collect import hung
from tests.collect.running import SHELLS, Host, Run, lacking, need, script, shell_words, sound

RMC = ("lssrc -a", "rmcdomainstatus -s ctrmc -a ip", "lsrsrc IBM.MCP")
FILES = sorted({step.argv[-1] for step in steps("linux") if step.kind == "file" or step.argv[0] == "tail"})
FOLDERS = {
    "os.cpu": "/proc",
    "node.etc": "/etc",
    "node.var": "/var/ct/cfg",
    "log.domain": "/var/ct/IW",
    "net.tcp": "/proc/net",
}
"""Some request, and the folder that hangs above its file."""
SLACK = 7
"""Seconds beyond its limit that this takes here: 3 are how long a main shell that hangs itself is waited for."""


def need_hung() -> None:
    words = [need("unshare"), "-m", sys.executable, hung.__file__]
    with TemporaryDirectory() as folder:
        done = subprocess.run([*words, folder, "--", "true"], capture_output=True)
    if os.geteuid() != 0 or done.returncode != 0:
        lacking("a file system that never answers needs root, a mount namespace and /dev/fuse")


def host_with_all_files(folder: Path) -> Host:
    host = Host(folder, "Linux")
    for name in {step.argv[0] for step in steps("linux") if step.kind == "cmd" and step.argv[0] != "tail"}:
        host.command(name, f"printf '%s\\n' 'answer of {name}'")
    for path in FILES:
        host.file(path, b"text\n")
    return host


def collected(
    folder: Path, host: Host, places: Sequence[str], *words: str, limit: int = 30, shell: str = "dash", dirs: str = ""
) -> Run:
    """A run beside hung file systems at these places."""
    need_hung()
    room = folder / "room"
    room.mkdir(exist_ok=True)
    file = script(folder, shell, plan={"DIRS=$REPLAY/bin": f'DIRS="{dirs}"'} if dirs else {})
    command = [*shell_words(shell), str(file), "full", "--limit", str(limit), "--replay", str(host.folder), *words]
    begun = time.monotonic()
    done = subprocess.run(
        [need("unshare"), "-m", sys.executable, hung.__file__, *places, "--", *command],
        capture_output=True,
        env={"PATH": os.environ["PATH"], "TMPDIR": str(room), "HOME": str(folder)},
        timeout=120,
    )
    assert time.monotonic() - begun < limit + SLACK
    return Run(done.stdout, done.stderr.decode(), done.returncode)


def is_whole(run: Run) -> None:
    sound(run, [note.text for note in run.bundle.notifications if "replays" in note.text or "no Power" in note.text])
    assert run.data.count(b"\n%end ") == 1


def rmc_answered(run: Run) -> None:
    assert {request: run.answer(request).state for request in RMC} == dict.fromkeys(RMC, "exit")
    assert run.octets(RMC[0]) == b"answer of lssrc\n"


@pytest.mark.exhaustive
def test_with_every_file_hanging_what_rmc_says_is_there_and_the_rest_is_said_to_be_missing(tmp_path: Path) -> None:
    host = host_with_all_files(tmp_path / "host")
    places = [f"{host.folder}/root{path}" for path in FILES]
    run = collected(tmp_path, host, places, "--each", "1", limit=25)
    is_whole(run)
    rmc_answered(run)
    files = {item.request: item.state for item in run.bundle.evidence if item.kind == "file"}
    assert set(files.values()) == {"timeout", "skipped"}
    assert len(run.bundle.evidence) == len(
        [step for step in steps("linux") if step.id != "probe" and "full" in step.plans]
    )
    assert (run.status, list((tmp_path / "room").iterdir())) == (0, [])


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_that_hangs_costs_one_request_its_time(name: str, tmp_path: Path) -> None:
    host = host_with_all_files(tmp_path / "host")
    words = ("--each", "1", "--only", f"{name},src.all,rmc.domain,rmc.mcp,os.release.usr")
    run = collected(tmp_path, host, [f"{host.folder}/root{FOLDERS[name]}"], *words)
    is_whole(run)
    rmc_answered(run)
    states = {item.id: item.state for item in run.bundle.evidence}
    assert (states[name], states["os.release.usr"]) == ("timeout", "exit")


@pytest.mark.exhaustive
def test_folders_of_clusters_that_hang_are_said_to_be_missing(tmp_path: Path) -> None:
    host = host_with_all_files(tmp_path / "host")
    host.file("/var/ct/2738105564/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default", b"text\n")
    words = ("--each", "1", "--only", "log.cluster,src.all,rmc.domain,rmc.mcp,os.release.usr")
    run = collected(tmp_path, host, [str(host.folder / "root" / "var" / "ct" / "2738105564")], *words)
    is_whole(run)
    rmc_answered(run)
    states = {item.id: item.state for item in run.bundle.evidence}
    assert (states["log.cluster"], states["os.release.usr"]) == ("timeout", "exit")


@pytest.mark.exhaustive
@pytest.mark.parametrize("shell", SHELLS)
def test_a_folder_of_commands_that_hangs_is_left_out_and_nothing_is_called_absent(shell: str, tmp_path: Path) -> None:
    host = host_with_all_files(tmp_path / "host")
    lost = host.folder / "lost"
    lost.mkdir()
    words = ("--each", "1", "--only", "src.all,rmc.domain,rmc.mcp,rsct.version")
    (host.folder / "bin" / "ctversion").unlink()
    run = collected(tmp_path, host, [str(lost)], *words, shell=shell, dirs="$REPLAY/lost $REPLAY/bin")
    is_whole(run)
    rmc_answered(run)
    answer = run.answer("ctversion")
    assert answer.state == "skipped"
    assert answer.damage is not None
    assert answer.damage.reason == "not_collected"


@pytest.mark.exhaustive
def test_a_temporary_folder_that_hangs_is_passed_over(tmp_path: Path) -> None:
    host = host_with_all_files(tmp_path / "host")
    run = collected(tmp_path, host, [f"{tmp_path}/room"], "--only", "src.all,rmc.domain,rmc.mcp")
    is_whole(run)
    rmc_answered(run)


@pytest.mark.exhaustive
@pytest.mark.parametrize("shell", ["dash", "bash", "ksh93", "busybox"])
def test_where_the_temporary_folder_hangs_on_the_way_the_bundle_is_ended_all_the_same(
    shell: str, tmp_path: Path
) -> None:
    host = host_with_all_files(tmp_path / "host")
    host.command("lsnodeid", "sleep 4")
    words = ("--only", "src.all,rmc.domain,rmc.mcp,node.live,rsct.version")
    run = collected(tmp_path, host, [f"{tmp_path}/room@3"], *words, limit=10, shell=shell)
    is_whole(run)
    rmc_answered(run)
    assert {run.answer(request).state for request in ("lsnodeid", "ctversion")} == {"skipped"}
    assert run.status != 0


@pytest.mark.exhaustive
def test_an_image_that_hangs_is_refused(tmp_path: Path) -> None:
    need_hung()
    words = [need("dash"), str(script(tmp_path)), "image", "--root", str(tmp_path / "image")]
    (tmp_path / "image").mkdir()
    command = [need("unshare"), "-m", sys.executable, hung.__file__, words[-1], "--", *words]
    done = subprocess.run(command, capture_output=True, timeout=30)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"is not a folder" in done.stderr


def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    host = Host(tmp_path / "host", "Linux")
    for path in FILES:
        place = host.folder / "root" / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(place)
    file = script(tmp_path)
    words = [need("dash"), str(file), "full", "--replay", str(host.folder)]
    done = subprocess.run(words, capture_output=True, timeout=60, env={"TMPDIR": str(tmp_path)})
    run = Run(done.stdout, done.stderr.decode(), done.returncode)
    assert {item.state for item in run.bundle.evidence if item.kind == "file"} == {"unreadable"}
