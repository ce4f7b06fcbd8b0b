"""Where disks are full: no answer that was cut is taken for a whole one, and the guard works all the same."""

import os
import subprocess
from pathlib import Path

import pytest

from rmccomply.evidence.bundle import read_bundle
from tests.collect.running import Host, Run, lacking, need, script
from tests.collect.test_shells import TOOLS, userland

SMALL = "mount -t tmpfs -o size=132k none {room}"
FULL = "for room in {room} /tmp /var/tmp /dev/shm; do mount -t tmpfs -o size=8k none $room || exit 99; done"


@pytest.fixture
def namespace(tmp_path: Path) -> None:
    """Mounts of one process alone, which leave the machine as it is."""
    made = subprocess.run([need("unshare"), "-m", "mount", "-t", "tmpfs", "none", str(tmp_path)], capture_output=True)
    if os.geteuid() != 0 or made.returncode != 0:
        lacking("a file system of a given size needs root and a mount namespace")


def collected(folder: Path, host: Host, mounts: str, *words: str, path: str = "") -> Run:
    """A run whose temporary folders are these file systems. The script and the host must not be hidden by them."""
    room = folder / "room"
    room.mkdir()
    file = script(folder, path=path)
    inside = (
        f"{mounts.format(room=room)}; exec {need('dash')} -s -- {' '.join(words)} --replay {host.folder} </dev/fd/3"
    )
    with file.open("rb") as text:
        done = subprocess.run(
            [need("unshare"), "-m", need("dash"), "-c", f"exec 3<&0; {inside}"],
            stdin=text,
            capture_output=True,
            env={"PATH": os.environ["PATH"], "TMPDIR": str(room), "HOME": str(room)},
            timeout=60,
        )
    return Run(done.stdout, done.stderr.decode(), done.returncode)


@pytest.mark.usefixtures("namespace")
def test_an_answer_that_fills_the_disk_is_no_answer_and_the_next_one_is(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lspv", "awk 'BEGIN { for (i = 0; i < 30000; i++) print \"hdisk\" i }'; exit 0")
    host.command("lscluster", "printf 'after\\n'")
    run = collected(tmp_path, host, SMALL, "full", "--only", "os.uname,caa.disks,caa.cluster")
    assert {item.request: item.state for item in run.bundle.evidence} == {
        "uname -a": "exit",
        "lspv": "nospace",
        "lscluster -c": "exit",
    }
    assert run.answer("lspv").out.lines == ()
    assert (run.status, run.errors) == (0, "")


@pytest.mark.usefixtures("namespace")
def test_an_answer_that_is_cut_while_its_secrets_are_replaced_is_no_answer(tmp_path: Path) -> None:
    """The awk of busybox says nothing of a disk that is full; when the longer file is gone there is room again."""
    host = Host(tmp_path / "host")
    host.command("lspv", 'awk \'BEGIN { print "password=x"; for (i = 0; i < 8000; i++) print "hdisk" i }\'')
    tools = {tool: [need(tool)] for tool in TOOLS} | {"awk": [need("busybox"), "awk"]}
    path = userland(tmp_path / "tools", tools)
    run = collected(tmp_path, host, SMALL, "full", "--only", "caa.disks", path=path)
    assert (run.answer("lspv").state, run.answer("lspv").out.lines) == ("nospace", ())


@pytest.mark.exhaustive
@pytest.mark.usefixtures("namespace")
def test_a_command_that_hangs_on_a_full_disk_is_ended(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lspv", "yes 2>&- | head -c 300000; sleep 60")
    run = collected(tmp_path, host, SMALL, "full", "--each", "1", "--only", "caa.disks")
    (item,) = run.bundle.evidence
    assert item.state == "nospace"
    begun, ended = (int(str(time)[17:19]) for time in (item.begun, item.ended))
    assert (ended - begun) % 60 <= 4


@pytest.mark.usefixtures("namespace")
def test_where_every_disk_is_full_no_answer_is_made_up(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = Path("/opt") / f"rmccomply-test-{os.getpid()}"
    folder.mkdir()
    try:
        host = Host(folder / "host")
        host.command("lspv", "printf 'hdisk0\\n'")
        run = collected(folder, host, FULL, "full", "--only", "os.uname,caa.disks")
    finally:
        subprocess.run(["rm", "-r", str(folder)], check=True)
    assert {item.state for item in run.bundle.evidence} == {"nospace"}
    assert run.status == 3
    assert [note.level for note in read_bundle(run.data, "x").notifications] == ["note"]


def test_the_first_folder_that_takes_it_is_used(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    home = tmp_path / "home"
    home.mkdir()
    file = script(tmp_path)
    words = [need("dash"), str(file), "full", "--only", "caa.disks", "--replay", str(host.folder)]
    host.command("lspv", f"ls {home} /tmp | grep -e '^rmccomply[.]'")
    done = subprocess.run(words, capture_output=True, env={"TMPDIR": "/no/such/folder", "HOME": str(home)})
    (item,) = read_bundle(done.stdout, "x").evidence
    assert {line.partition(".")[0] for line in item.out.lines} == {"rmccomply"}
    assert done.returncode == 0
