"""What is run for a target, and what came of it. Children are small shell scripts."""

import asyncio
from pathlib import Path

import pytest

from rmccomply.collect.causes import cause_of
from rmccomply.collect.inventory.row import HostRow
from rmccomply.collect.jobs import LocalJob, SshJob, client_fault, output, received, unchecked_jumps
from rmccomply.collect.ssh import ClientSettings
from rmccomply.errors import OutputError, UsageError
from tests.hosts.building import bundle, healthy_aix

BUNDLE = bundle(healthy_aix(), "lpar1")
STANDIN = """\
#!/bin/sh
case " $* " in *' -G '*)
  printf '%s\\n' 'hostname 192.0.2.7' 'proxyjump bastion' 'stricthostkeychecking accept-new'
  exit 0 ;;
esac
printf '%s\\n' "$@" >"$0.argv"
cat >"$0.stdin"
"""


def standin(folder: Path, text: str = STANDIN) -> ClientSettings:
    program = folder / "ssh"
    program.write_text(text)
    program.chmod(0o755)
    return ClientSettings(program=str(program))


def test_by_ssh_as_its_configuration_says(tmp_path: Path) -> None:
    job = SshJob(HostRow("lpar7", "lpar7", access="vios"), standin(tmp_path), "direct", ("full",), b"main\n")

    async def whole() -> str:
        way = await job.way()
        assert (way.through, way.address, way.missing) == ("bastion", "192.0.2.7", "")
        return cause_of(await job.attempt(tmp_path / "part", 10))[0]

    assert asyncio.run(whole()) == "no-shell"
    argv = (tmp_path / "ssh.argv").read_text().splitlines()
    assert argv[-3:] == ["--", "lpar7", "oem_setup_env"]
    assert "StrictHostKeyChecking=accept-new" in argv
    assert (tmp_path / "ssh.stdin").read_bytes() == b"set -- full\nmain\n"


@pytest.mark.parametrize(
    ("row", "text", "missing"),
    [
        (HostRow("a", "", missing="it has no address"), STANDIN, "it has no address"),
        (
            HostRow("a", "a"),
            "#!/bin/sh\necho 'hostname contains invalid characters' >&2; exit 255\n",
            "hostname contains",
        ),
        (HostRow("a", "a"), "#!/bin/sh\nexit 1\n", "ssh cannot tell"),
    ],
)
def test_a_target_without_a_way(tmp_path: Path, row: HostRow, text: str, missing: str) -> None:
    way = asyncio.run(SshJob(row, standin(tmp_path, text), "direct", (), b"").way())
    assert way.missing.startswith(missing)


def test_jump_hosts_whose_keys_nobody_checks_are_each_told_once(tmp_path: Path) -> None:
    """The stand-in does not check the keys of hosts that are called loose."""
    told = "printf '%s\\n' 'hostname x' \"stricthostkeychecking $word\""
    program = f"case $* in *loose*) word=no ;; *) word=ask ;; esac\n{told}\n"
    settings = standin(tmp_path, f"#!/bin/sh\n{program}")
    ways = ["loose-1", "audit@loose-1:2222,gate", "gate", "loose-1", "", "nc -x loose-2:1080 %h %p"]
    assert unchecked_jumps(ways, settings) == ["audit@loose-1:2222", "loose-1"]


@pytest.mark.exhaustive
def test_here(tmp_path: Path) -> None:
    (tmp_path / "bundle").write_bytes(BUNDLE)
    script = f"[ \"$*\" = 'full --probe' ] && cat {tmp_path}/bundle\n".encode()
    job = LocalJob("here", "direct", ("full", "--probe"), script)
    ended = asyncio.run(job.attempt(tmp_path / "part", 10))
    assert (cause_of(ended)[0], (tmp_path / "part").read_bytes()) == ("collected", BUNDLE)


def test_what_comes_is_on_disk_as_it_comes(tmp_path: Path) -> None:
    async def whole() -> bytes:
        task = asyncio.create_task(received(("sh", "-c", "echo one; sleep 60"), b"", tmp_path / "part", 60))
        for _ in range(200):
            await asyncio.sleep(0.02)
            if (tmp_path / "part").is_file() and (tmp_path / "part").stat().st_size:
                break
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return (tmp_path / "part").read_bytes()

    assert asyncio.run(whole()) == b"one\n"


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no-such-program is not on this machine"):
        asyncio.run(received(("no-such-program",), b"", tmp_path / "part", 1))
    with pytest.raises(UsageError, match="is not on this machine"):
        client_fault(ClientSettings(program="no-such-program"))
    with pytest.raises(OutputError, match="was not written"):
        asyncio.run(received(("true",), b"", tmp_path / "no" / "part", 1))
    assert client_fault(standin(tmp_path, "#!/bin/sh\necho 'line 1: Bad configuration option' >&2; exit 255\n"))
    assert client_fault(standin(tmp_path)) == ""


def test_output_keeps_octets_that_are_no_text() -> None:
    done, text = asyncio.run(output(("printf", "a\\377b"), 10))
    assert (done.status, text.encode("utf-8", "surrogateescape")) == (0, b"a\xffb")
