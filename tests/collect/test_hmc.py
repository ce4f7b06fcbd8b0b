"""A management console, played by a stand-in for ssh. What it answers is constructed."""

import asyncio
from pathlib import Path

import pytest

from rmccomply.collect.causes import cause_of
from rmccomply.collect.hmc import ALLOWED, DIAGNOSIS, FIRST, PARTITION, HmcJob, listing, unknown_attributes
from rmccomply.collect.inventory.partitions import partitions_of
from rmccomply.collect.inventory.row import HostRow
from rmccomply.collect.ssh import ClientSettings
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.model import Bundle

CONSOLE = """\
#!/bin/sh
for word; do last=$word; done
case " $* " in *' -G '*) echo 'hostname 192.0.2.1'; exit 0 ;; esac
printf '%s\\n' "$last" >>"$0.log"
case $last in
  'lshmc -V') printf '"version= Version: 10\\n Release: 2\\n"' ;;
  'lshmc -v' | 'lshmc -n' | 'lssysconn -r all') echo ok ;;
  'lssyscfg -r sys '*) printf '%s\\n' name:state 'frame 1:Operating' f2:Operating ;;
  'lspartition -dlpar') {lspartition} ;;
  *"-m 'frame 1'"*dlpar_io_capable*) echo 'HSCL1234 The attribute dlpar_io_capable is not valid.' >&2; exit 1 ;;
  *"-m 'frame 1'"*) printf 'name:state\\nlpar7:Running\\n' ;;
  'lssyscfg -r lpar -m f2 '*) echo 'HSCL0000 You are not allowed to do that.' >&2; exit 1 ;;
  diagrmc) echo 'no fault found' ;;
  *) echo "$last: not known" >&2; exit 127 ;;
esac
"""


def console(folder: Path, lspartition: str = "echo '<#0> Partition:<3>'") -> ClientSettings:
    program = folder / "ssh"
    program.write_text(CONSOLE.replace("{lspartition}", lspartition))
    program.chmod(0o755)
    return ClientSettings(program=str(program))


def asked(folder: Path) -> list[str]:
    return (folder / "ssh.log").read_text().splitlines()


def collected(folder: Path, settings: ClientSettings, diagnose: bool = False) -> tuple[str, Bundle | None]:
    job = HmcJob(HostRow("hmc1", "hmc1"), settings, diagnose, pause=0)
    part = folder / "part"

    async def whole() -> str:
        assert (await job.way()).address == "192.0.2.1"
        return cause_of(await job.attempt(part, 60))[0]

    word = asyncio.run(whole())
    return word, read_bundle(part.read_bytes(), "hmc1.rmcc") if part.is_file() else None


def test_a_console_is_asked_by_commands_that_list(tmp_path: Path) -> None:
    word, bundle = collected(tmp_path, console(tmp_path))
    assert word == "collected"
    assert bundle is not None
    assert (bundle.platform, bundle.name, bundle.notifications) == ("hmc", "hmc1", ())
    assert {line.split()[0] for line in asked(tmp_path)} <= set(ALLOWED)
    assert [item.request for item in bundle.evidence if item.state == "exit"] == [
        *(" ".join(words) for words in FIRST),
        " ".join(listing("frame 1", PARTITION)),
        " ".join(listing("frame 1", PARTITION[:-1])),
        " ".join(listing("f2", PARTITION)),
    ]
    assert [item.exit_status for item in bundle.evidence][-3:] == [1, 0, 1]
    assert "diagrmc" not in asked(tmp_path)


def test_diagrmc_only_where_it_was_asked_for_and_nothing_is_corrected(tmp_path: Path) -> None:
    _, bundle = collected(tmp_path, console(tmp_path), diagnose=True)
    assert asked(tmp_path)[-1] == "diagrmc"
    assert bundle is not None
    assert bundle.evidence[-1].out.lines == ("no fault found",)
    assert DIAGNOSIS == ("diagrmc",)


def test_no_other_command_is_ever_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rmccomply.collect.hmc.FIRST", (("lshmc", "-V"), ("chhmc", "-c", "ssh", "-s", "disable")))
    with pytest.raises(ValueError, match="chhmc is not one of the commands for consoles"):
        collected(tmp_path, console(tmp_path))
    assert asked(tmp_path) == ["lshmc -V"]


def test_a_connection_that_is_lost_keeps_what_was_answered(tmp_path: Path) -> None:
    lost = "echo 'Connection closed by 192.0.2.1 port 22' >&2; exit 255"
    word, bundle = collected(tmp_path, console(tmp_path, lost))
    assert word == "incomplete"
    assert bundle is not None
    assert [item.state for item in bundle.evidence] == ["exit"] * 5 + ["skipped"]
    assert bundle.evidence[-1].damage is not None
    assert bundle.evidence[-1].damage.reason == "not_collected"


def test_a_console_that_refuses_the_first_command_was_not_begun(tmp_path: Path) -> None:
    program = tmp_path / "ssh"
    program.write_text("#!/bin/sh\necho 'hscroot@hmc1: Permission denied (publickey).' >&2\nexit 255\n")
    program.chmod(0o755)
    job = HmcJob(HostRow("hmc1", "hmc1"), ClientSettings(program=str(program)), pause=0)
    ended = asyncio.run(job.attempt(tmp_path / "part", 10))
    assert cause_of(ended)[0] == "auth-failed"
    assert not (tmp_path / "part").exists()


@pytest.mark.exhaustive
def test_a_console_that_hangs_ends_at_the_limit_with_what_it_answered(tmp_path: Path) -> None:
    settings = console(tmp_path, "sleep 300")
    job = HmcJob(HostRow("hmc1", "hmc1"), settings, pause=0)
    ended = asyncio.run(job.attempt(tmp_path / "part", 1.5))
    assert cause_of(ended)[0] == "timeout"
    assert len(read_bundle((tmp_path / "part").read_bytes(), "x").evidence) == 5


def test_a_system_that_knows_none_of_the_commands_is_no_console(tmp_path: Path) -> None:
    program = tmp_path / "ssh"
    program.write_text("#!/bin/sh\necho 'sh: lshmc: not found' >&2\nexit 127\n")
    program.chmod(0o755)
    job = HmcJob(HostRow("lpar7", "lpar7"), ClientSettings(program=str(program)), pause=0)
    ended = asyncio.run(job.attempt(tmp_path / "part", 10))
    assert cause_of(ended) == ("no-shell", "sh: lshmc: not found")
    assert not (tmp_path / "part").exists()


def test_an_answer_that_is_too_long_is_cut_and_took_no_time(tmp_path: Path) -> None:
    _, bundle = collected(tmp_path, console(tmp_path, "head -c 5000000 /dev/zero | tr '\\0' x"))
    assert bundle is not None
    long = bundle.evidence[5]
    assert (long.state, long.out.cut) == ("signal", True)
    assert long.damage is not None
    assert long.damage.reason == "truncated"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("The attribute name os_version is not valid in this state.", ("os_version",)),
        ("The name is not valid.", ()),
        ("HSCL1234 The attribute dlpar_io_capable is not valid.", ("dlpar_io_capable",)),
        ("invalid: rmc_ipaddr, os_version", ("rmc_ipaddr", "os_version")),
        ("names: myname, state_of_mind", ()),
        ("You are not allowed to do that.", ()),
        (f"Invalid command: lssyscfg -F {':'.join(PARTITION)}", ()),
    ],
)
def test_attributes_that_a_level_does_not_know(text: str, unknown: tuple[str, ...]) -> None:
    assert unknown_attributes(text, PARTITION) == unknown


def test_its_bundle_lists_the_partitions_and_says_what_it_does_not_list(tmp_path: Path) -> None:
    _, bundle = collected(tmp_path, console(tmp_path))
    assert bundle is not None
    found = partitions_of(bundle)
    assert found.rows[-1].label == "partitions of f2"
    assert found.rows[-1].missing.endswith(": HSCL0000 You are not allowed to do that.")
