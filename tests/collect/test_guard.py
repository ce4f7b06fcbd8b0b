"""The guard: whatever commands do, the run ends in time, nothing is left running, and nothing is left behind."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from rmccomply.collect.plan import steps
from rmccomply.evidence.bundle import read_bundle
from tests.collect.hosts import DEAF, HANGING, POLITE
from tests.collect.running import SHELLS, Host, collect, need, need_another_user, script, shell_words
from tests.collect.test_plan import OF_AN_IMAGE


def processes_of(mark: str) -> list[str]:
    """Processes of the collector's run: those in whose command line or environment the mark stands."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            known = (
                (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes() if folder.name.isdigit() else b""
            )
        except OSError:
            continue
        if mark.encode() in known and int(folder.name) != os.getpid():
            found.append(known.decode("utf-8", "replace"))
    return found


def wait_for(true: Callable[[], bool], seconds: float = 8) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return true()


def hanging_host(folder: Path, body: str, platform: str = "aix") -> Host:
    """A host every command of which does this, with its own folder among its words."""
    host = Host(folder, "Linux" if platform == "linux" else "AIX")
    for name in {step.argv[0] for step in steps(platform) if step.kind == "cmd" and step.argv[0] != "tail"}:
        host.command(name, body)
    return host


@pytest.mark.exhaustive
@pytest.mark.parametrize("platform", ["aix", "linux"])
def test_with_every_command_hanging_the_run_ends_within_its_limit(platform: str, tmp_path: Path) -> None:
    host = hanging_host(tmp_path / "host", HANGING, platform)
    begun = time.monotonic()
    run = collect(tmp_path / "run", "full", "--limit", "9", "--each", "1", "--replay", str(host.folder))
    assert time.monotonic() - begun < 10
    assert run.status == 0
    states = [item.state for item in run.bundle.evidence if item.kind == "cmd"]
    assert states.count("timeout") >= 2
    assert states[-1] == "skipped"
    assert "why=run-limit" in run.bundle.evidence[-1].text
    assert {item.id for item in run.bundle.evidence} == {
        step.id for step in steps(platform) if step.kind != "probe" and step.id not in OF_AN_IMAGE
    }
    assert wait_for(lambda: processes_of(str(tmp_path)) == [], 3)


@pytest.mark.exhaustive
@pytest.mark.parametrize(("shell", "body"), [*((shell, DEAF) for shell in ("dash", "ksh93", "mksh")), ("bash", POLITE)])
def test_a_command_that_makes_its_own_of_signals_is_a_timeout(shell: str, body: str, tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lspv", body)
    words = ("full", "--each", "1", "--only", "caa.disks", "--replay", str(host.folder))
    run = collect(tmp_path / "run", *words, shell=shell)
    assert run.answer("lspv").state == "timeout"
    assert run.octets("lspv") == b"begun\n"
    assert wait_for(lambda: processes_of(str(tmp_path)) == [], 3)


@pytest.mark.exhaustive
@pytest.mark.parametrize("shell", SHELLS)
def test_a_command_that_cannot_be_ended_is_not_waited_for(shell: str) -> None:
    """Such as one of another user, or one that waits for a dead file server."""
    user = need_another_user()
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        host = Host(folder / "host")
        of_root = host.folder / "bin" / "of-root"
        shutil.copy(need("setpriv"), of_root)
        of_root.chmod(0o4755)
        host.command("lspv", f"exec {of_root} --reuid 0 sleep 10")
        host.command("lscluster", "printf 'after\\n'")
        words = ["full", "--each", "1", "--only", "caa.disks,caa.cluster", "--replay", str(host.folder)]
        begun = time.monotonic()
        run = [*shell_words(shell), str(script(folder, shell)), *words]
        # posh ends itself where it may not read the folder that it starts in.
        done = subprocess.run(run, capture_output=True, user=user, group=user, cwd="/")
        assert time.monotonic() - begun < 9
        states = {item.request: item.state for item in read_bundle(done.stdout, "x").evidence}
        assert (done.returncode, states) == (0, {"lspv": "timeout", "lscluster -c": "exit"}), done.stderr


def started(folder: Path, host: Host, shell: str) -> "subprocess.Popen[bytes]":
    room = folder / "room"
    room.mkdir()
    words = [
        *shell_words(shell),
        str(script(folder, shell)),
        "full",
        "--only",
        "os.uname,caa.disks",
        "--replay",
        str(host.folder),
    ]
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"TMPDIR": str(room)}, cwd=folder
    )


@pytest.mark.exhaustive
@pytest.mark.parametrize(("shell", "ending"), [*((shell, signal.SIGTERM) for shell in SHELLS), ("dash", signal.SIGHUP)])
def test_a_run_that_is_ended_leaves_nothing(shell: str, ending: int, tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lspv", HANGING)
    run = started(tmp_path, host, shell)
    assert wait_for(lambda: any("/bin/lspv" in text for text in processes_of(str(tmp_path))))
    run.send_signal(ending)
    data, _ = run.communicate(timeout=10)
    assert run.returncode == 128 + ending
    assert list((tmp_path / "room").iterdir()) == []
    assert wait_for(lambda: processes_of(str(tmp_path)) == [], 3)
    (closed,) = read_bundle(data, "x").evidence
    assert (closed.request, closed.damage) == ("uname -a", None)


@pytest.mark.exhaustive
@pytest.mark.parametrize("shell", SHELLS)
def test_a_run_whose_reader_is_gone_ends_and_leaves_nothing(shell: str, tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lspv", "sleep 1")
    run = started(tmp_path, host, shell)
    assert run.stdout is not None
    assert run.stdout.readline() == b"%rmccomply-evidence 1\n"
    run.stdout.close()
    assert run.wait(timeout=15) != 0
    assert list((tmp_path / "room").iterdir()) == []
    assert wait_for(lambda: processes_of(str(tmp_path)) == [], 3)


@pytest.mark.exhaustive
def test_where_the_collector_itself_is_killed_its_guard_ends_the_command(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lspv", HANGING)
    run = started(tmp_path, host, "dash")
    assert wait_for(lambda: any("/bin/lspv" in text for text in processes_of(str(tmp_path))))
    run.kill()
    run.wait()
    assert run.communicate(timeout=10)[0].startswith(b"%rmccomply-evidence 1")
    assert wait_for(lambda: processes_of(str(tmp_path)) == [], 6)


def test_a_command_that_prints_without_end_is_ended_before_the_disk_is_full(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lspv", "exec yes hdisk")
    run = collect(tmp_path / "run", "full", "--each", "5", "--only", "caa.disks", "--replay", str(host.folder))
    answer = run.answer("lspv")
    assert (answer.state, answer.out.cut) == ("signal", True)
    assert answer.out.size <= 32768 * 512
    assert answer.damage is not None


@pytest.mark.exhaustive
def test_what_a_command_left_running_does_not_write_into_the_next_answer(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lspv", "printf 'hdisk0\\n'; { sleep 1; printf 'cluster0 of another answer\\n'; } &")
    host.command("lscluster", "sleep 2; printf 'Cluster services are not active.\\n'")
    run = collect(tmp_path / "run", "full", "--only", "caa.disks,caa.cluster", "--replay", str(host.folder))
    assert run.octets("lscluster -c") == b"Cluster services are not active.\n"


def test_another_system_is_asked_nothing(tmp_path: Path) -> None:
    host = Host(tmp_path / "host", "SunOS")
    host.command("lssrc", "printf 'asked\\n'")
    run = collect(tmp_path / "run", "full", "--replay", str(host.folder))
    assert (run.status, run.errors, run.bundle.evidence) == (0, "", ())
    assert run.bundle.head["os"] == "SunOS"


@pytest.mark.exhaustive
def test_after_one_daemon_that_hangs_the_others_get_less_time(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lssrc", '[ "$1" = -a ] || printf \'x\\n\'\n[ "$1" != -a ] || sleep 100')
    host.command("lsrpdomain", "exit 0")
    words = ("full", "--only", "src.all,peer.domain,sec.self", "--replay", str(host.folder))
    run = collect(tmp_path / "run", *words, plan={"src.all QF n 15": "src.all QF n 2"})
    assert {item.request: item.limit for item in run.bundle.evidence} == {
        "lssrc -a": 2,
        "lsrpdomain": 5,
        "ctsvhbal": 20,
    }


def test_where_ctrmc_does_not_run_rmcd_is_not_asked(tmp_path: Path) -> None:
    host = Host(tmp_path / "host")
    host.command("lssrc", "printf 'Subsystem Group PID Status\\n ctrmc rsct inoperative\\n'")
    for name in ("rmcdomainstatus", "lsrsrc"):
        host.command(name, "printf 'asked\\n'")
    run = collect(tmp_path / "run", "quick", "--replay", str(host.folder))
    skipped = {item.request for item in run.bundle.evidence if "why=ctrmc-down" in item.text}
    assert skipped == {
        "rmcdomainstatus -s ctrmc -a ip",
        "rmcdomainstatus -s ctrmc",
        "lsrsrc IBM.MCP",
        "lsrsrc IBM.ManagementServer",
        "lssrc -ls ctrmc",
    }
