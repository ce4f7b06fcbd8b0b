"""Whatever shell options and descriptors somebody calls the script with, and whatever its own tools do."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.collect.running import SHELLS, Host, Run, collect, need, normalised, script, shell_words
from tests.collect.test_shells import TOOLS, userland

ONLY = "os.uname,node.etc,proc.all,caa.disks"
OPTIONS = ("-e", "-u", "-C", "-a", "-f", "-eu", "-euC", "-m")


def host_of(folder: Path) -> Host:
    host = Host(folder)
    host.command("uname", "printf 'AIX lpar1\\n'")
    host.command("ps", "printf ' PID ELAPSED COMMAND\\n 1 01:00 /etc/init\\n 9 01:00 /usr/bin/java -Dp=hunter2\\n'")
    host.command("lspv", "exit 1")
    return host


def ran(folder: Path, host: Host, *options: str, shell: str = "dash", closed: str = "") -> Run:
    room = folder / "room"
    room.mkdir(parents=True)
    words = [*shell_words(shell), *options, str(script(folder)), "full", "--only", ONLY, "--replay", str(host.folder)]
    line = f'exec "$@" {closed}'
    done = subprocess.run(
        [need("dash"), "-c", line, "-", *words],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "TMPDIR": str(room)},
        timeout=60,
    )
    assert list(room.iterdir()) == []
    return Run(done.stdout, done.stderr.decode(), done.returncode)


@pytest.mark.exhaustive
@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("shell", ["dash", "bash", "ksh93", "mksh", "posh", "yash", "busybox", "zsh"])
def test_options_of_the_shell_change_nothing(shell: str, options: str, tmp_path: Path) -> None:
    if (shell, options) == ("posh", "-m"):
        pytest.skip("posh knows no jobs")
    host = host_of(tmp_path / "host")
    plain = ran(tmp_path / "plain", host)
    run = ran(tmp_path / "run", host, options, shell=shell)
    assert normalised(run.data) == normalised(plain.data)
    assert run.status == 0
    # Shells say themselves, before they read a script, that there are no jobs without a terminal.
    assert run.errors == "" or options == "-m"


@pytest.mark.exhaustive
@pytest.mark.parametrize("closed", ["2>&-", "<&-", "<&- 2>&-"])
@pytest.mark.parametrize("shell", sorted(set(SHELLS) - {"ksh93-function"}))
def test_closed_descriptors_change_nothing(shell: str, closed: str, tmp_path: Path) -> None:
    host = host_of(tmp_path / "host")
    run = ran(tmp_path / "run", host, shell=shell, closed=closed)
    assert {item.id: item.state for item in run.bundle.evidence} == {
        "os.uname": "exit",
        "node.etc": "absent",
        "proc.all": "exit",
        "caa.disks": "exit",
    }
    assert run.status == 0


def test_without_an_output_nothing_is_asked(tmp_path: Path) -> None:
    host = host_of(tmp_path / "host")
    host.command("lspv", f"printf x >{tmp_path}/asked")
    assert ran(tmp_path / "run", host, closed=">&-").status != 0
    assert not (tmp_path / "asked").exists()


def test_an_awk_that_fails_is_no_full_disk_and_shows_nothing(tmp_path: Path) -> None:
    host = host_of(tmp_path / "host")
    tools = {tool: [need(tool)] for tool in TOOLS} | {"awk": [need("false")]}
    path = userland(tmp_path / "tools", tools)
    run = collect(tmp_path / "run", "full", "--only", ONLY, "--replay", str(host.folder), path=path)
    states = {item.id: item.state for item in run.bundle.evidence}
    assert states == {"os.uname": "exit", "node.etc": "absent", "proc.all": "skipped", "caa.disks": "exit"}
    damage = run.answer("ps -A -o pid,etime,args").damage
    assert damage is not None
    assert "awk" in damage.says
    assert b"hunter2" not in run.data


def test_lines_are_cut_before_an_awk_that_takes_no_long_ones(tmp_path: Path) -> None:
    host = host_of(tmp_path / "host")
    long = "awk 'BEGIN { for (i = 0; i < 9000; i++) printf \"x\" }'"
    host.command(
        "ps", f"printf ' PID ELAPSED COMMAND\\n 1 01:00 /etc/init\\n 9 01:00 /usr/bin/java '; {long}; printf '\\n'"
    )
    host.file("/var/log/cloud-init.log", b"y" * 9000 + b"\nreset_rmc ran\n")
    tools = {tool: [need(tool)] for tool in TOOLS}
    path = Path(userland(tmp_path / "tools", tools))
    (path / "awk").unlink()
    real = need("awk")
    guard = f"{real} 'length($0) > 3000 {{ exit 2 }} {{ print }}' \"$last\" >/dev/null || exit 2"
    body = f'for last in "$@"; do :; done\n[ ! -f "$last" ] || {guard}\nexec {real} "$@"\n'
    (path / "awk").write_text(f"#!{need('dash')}\n{body}")
    (path / "awk").chmod(0o755)
    words = ("full", "--only", "proc.all,cloud.log", "--replay", str(host.folder))
    run = collect(tmp_path / "run", *words, path=str(path))
    assert run.octets("ps -A -o pid,etime,args").splitlines()[-1] == b"9 01:00 /usr/bin/java (redacted)"
    assert run.octets("/var/log/cloud-init.log") == b"(left out)\nreset_rmc ran\n"
