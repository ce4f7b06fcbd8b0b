"""`rmccomply collect ssh` against a real server: a hundred hosts, with faults, each in its row. All is constructed."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Program
from tests.collect.servers import STUB, Server, free_port, server, silent
from tests.hosts.building import NOW, bundle
from tests.hosts.consoles import whole_aix


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server, and a stub in the place of the collector."""
    (tmp_path / "server").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stub.sh").write_bytes(STUB)
    with server(tmp_path / "server") as one:
        yield one


def bundle_of(name: str) -> bytes:
    return bundle(whole_aix(), name)


def options(there: Server, *more: str) -> list[str]:
    given = ["--ssh-config", str(there.config), "--collector", "stub.sh", "--run", "run", "-q", *more]
    return given if "--retries" in more else [*given, "--retries", "0"]


def rows(text: str) -> dict[str, str]:
    return {line.split()[0]: line.split()[1] for line in text.splitlines()}


FAULTS = {
    "ok": (60, "collected"),
    "refused": (10, "unreachable"),
    "silent": (6, "unreachable"),
    "changed": (6, "host-key-changed"),
    "new": (4, "host-key-unknown"),
    "nobody": (4, "auth-failed"),
    "cut": (5, "incomplete"),
    "closed": (2, "no-shell"),
    "deny": (1, "sudo-refused"),
    "slow": (2, "timeout"),
}
"""What a host does, how many do it, and the word that each must end with."""


@pytest.mark.exhaustive
def test_a_hundred_hosts_end_in_the_right_rows_and_a_second_run_asks_only_what_is_missing(
    there: Server, program: Program
) -> None:
    names = [f"{kind}-{n:02d}" for kind, (count, _) in FAULTS.items() for n in range(count)]
    with silent() as port:
        own = {
            "refused": (f"Port {free_port()}",),
            "silent": (f"Port {port}",),
            "changed": ("HostKeyAlias changed",),
            "new": ("HostKeyAlias unseen",),
            "nobody": ("PubkeyAuthentication no",),
        }
        for name in names:
            there.host(name, bundle_of(name), *own.get(name.partition("-")[0], ()))
        Path("hosts").write_text("\n".join(names))
        limits = ("--inventory", "hosts", "--retries", "1", "--connect-timeout", "4", "--host-timeout", "25")
        began = time.monotonic()
        ran = program("collect", "ssh", *options(there, *limits))
        assert time.monotonic() - began < 60
    assert ran.status == 5
    found = rows(ran.out)
    assert list(found) == names
    assert {name: word for name, word in found.items() if word != FAULTS[name.partition("-")[0]][1]} == {}
    check_judges_every_one(program, names)
    second_run(there, program, names)


def check_judges_every_one(program: Program, names: list[str]) -> None:
    """No target is missing in the report, and where nothing came all is unknown and names the cause."""
    ran = program("check", "run", "--now", NOW, "-o", "json")
    report = json.loads(ran.out)
    assert ran.status == 3
    assert sorted(one["id"] for one in report["targets"]) == sorted(names)
    results: dict[str, set[str]] = {}
    for finding in report["findings"]:
        results.setdefault(finding["target"], set()).add(finding["result"])
        kind = finding["target"].partition("-")[0]
        if kind not in ("ok", "cut", "slow"):
            assert (finding["result"], finding["reason"]) == ("unknown", "not_collected")
            assert FAULTS[kind][1] in finding["message"]
            assert finding["evidence"][0]["text"] == FAULTS[kind][1]
    assert all("unknown" not in results[name] for name in names if name.startswith("ok"))
    assert all("unknown" in results[name] for name in names if name.startswith(("cut", "slow")))
    told = Counter(
        note["text"].split(": ")[1] for note in report["notifications"] if "collected only in part" in note["text"]
    )
    assert told == Counter(FAULTS[name.partition("-")[0]][1] for name in names if not name.startswith("ok"))


def second_run(there: Server, program: Program, names: list[str]) -> None:
    """All is well now: only what was missing is asked."""
    before = len(there.asked())
    there.hosts.clear()
    (there.folder / "plays.sh").write_text(
        f"FOLDER='{there.folder}'\nexport FOLDER RMC_HOST\n" + 'eval "$SSH_ORIGINAL_COMMAND"\n'
    )
    for name in names:
        there.host(name, bundle_of(name))
    ran = program("collect", "ssh", *options(there, "--inventory", "hosts"))
    assert (ran.status, set(rows(ran.out).values())) == (0, {"collected"})
    assert sorted(line.split()[0] for line in there.asked()[before:]) == sorted(
        name for name in names if not name.startswith("ok")
    )
    assert program("collect", "ssh", *options(there, "--inventory", "hosts")).status == 0
    assert len(there.asked()) == len(names)
    assert program("check", "run", "--now", NOW, "-o", "json").status == 0


def test_the_bundle_is_what_the_target_sent_and_its_row_says_how_it_came(there: Server, program: Program) -> None:
    there.host("ok-1", bundle_of("ok-1"))
    Path("hosts").write_text("ok-1 wave=2\n")
    assert program("collect", "ssh", *options(there, "--inventory", "hosts")).status == 0
    assert Path("run/ok-1.rmcc").read_bytes() == bundle_of("ok-1")
    assert there.asked() == ["ok-1 full"]
    ran = program("bundle", "extract", "run/ok-1.controller.rmcc", "rmccomply-collect ssh ok-1")
    assert ran.out.splitlines()[:4] == ["collected", "", "tries 1", "address 127.0.0.1"]
    (target,) = json.loads(program("check", "run", "-o", "json").out)["targets"]
    assert target["labels"] == {"wave": "2"}
    assert [one["uri"] for one in target["evidence"]] == ["run/ok-1.rmcc", "run/ok-1.controller.rmcc"]


def test_a_key_that_runs_one_command_and_reads_nothing(there: Server, program: Program) -> None:
    there.host("forced-1", bundle_of("forced-1"))
    Path("stub.sh").write_bytes(b"# never read\n" * 200_000)
    ran = program("collect", "ssh", *options(there, "forced-1"))
    assert (ran.status, rows(ran.out)) == (0, {"forced-1": "collected"})


def test_a_configuration_that_checks_no_keys_is_overruled_and_told_of(there: Server, program: Program) -> None:
    for name in ("loose-1", "loose-2"):
        there.host(name, bundle_of(name), "HostKeyAlias changed", "StrictHostKeyChecking no")
    ran = program("collect", "ssh", *options(there, "loose-1", "loose-2"))
    assert set(rows(ran.out).values()) == {"host-key-changed"}
    assert "does not check the host keys of loose-1, loose-2; they were checked in this run" in ran.err
    assert there.asked() == []


def test_a_new_key_is_taken_only_where_that_is_asked_and_a_changed_one_never(there: Server, program: Program) -> None:
    there.host("new-1", bundle_of("new-1"), "HostKeyAlias unseen")
    there.host("changed-1", bundle_of("changed-1"), "HostKeyAlias changed")
    assert set(rows(program("collect", "ssh", *options(there, "new-1")).out).values()) == {"host-key-unknown"}
    ran = program("collect", "ssh", *options(there, "new-1", "changed-1", "--accept-new"))
    assert rows(ran.out) == {"new-1": "collected", "changed-1": "host-key-changed"}
    assert "unseen" in (there.folder / "known").read_text()


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("option", "name", "shim", "asked"),
    [
        ("--sudo", "sudo", 'shift; printf "sudo " >>"$FOLDER/asked"; exec "$@"', "sudo ok-1 full"),
        ("--vios", "oem_setup_env", 'printf "root " >>"$FOLDER/asked"; exec sh', "root ok-1 full"),
    ],
)
def test_root_by_sudo_and_by_oem_setup_env(
    there: Server, program: Program, option: str, name: str, shim: str, asked: str
) -> None:
    (there.folder / name).write_text(f"#!/bin/sh\n{shim}\n")
    (there.folder / name).chmod(0o755)
    plays = there.folder / "plays.sh"
    plays.write_text(f"PATH={there.folder}:$PATH\n" + plays.read_text())
    there.host("ok-1", bundle_of("ok-1"))
    assert program("collect", "ssh", *options(there, "ok-1", option)).status == 0
    assert there.asked() == [asked]


def test_check_collects_first_and_judges_what_came(there: Server, program: Program) -> None:
    there.host("closed-1", bundle_of("closed-1"))
    there.host("forced-1", bundle_of("forced-1"))
    arguments = ("--ssh-config", str(there.config), "--run", "run", "--now", NOW, "-o", "json")
    ran = program("check", "ssh://forced-1", "ssh://closed-1", *arguments)
    report = json.loads(ran.out)
    assert (ran.status, [one["id"] for one in report["targets"]]) == (3, ["closed-1", "forced-1"])
    assert "kept in run" in ran.err
    assert "RMC-NET-001" in ran.err
    assert program("check", "run", "--now", NOW, "-o", "json").out == ran.out, "it can be judged again from its bundles"
    again = program("check", "ssh://forced-1", *arguments)
    assert "collected earlier into this run, and not asked again: forced-1" in again.err


@pytest.mark.exhaustive
def test_the_collector_itself_by_ssh(there: Server, program: Program) -> None:
    there.host("ok-1", b"")
    ran = program("collect", "ssh", "ok-1", "--ssh-config", str(there.config), "--run", "run", "-q")
    assert (ran.status, rows(ran.out)) == (0, {"ok-1": "collected"})
    assert program("bundle", "verify", "run/ok-1.rmcc").status == 0
    assert "/etc/services" in program("bundle", "show", "run/ok-1.rmcc").out


def test_the_answer_of_another_host_is_told(there: Server, program: Program) -> None:
    """Two addresses of one host, and one that leads to a host that nobody asked for."""
    for name, sent in (("ok-1", "ok-1"), ("forced-1", "ok-1"), ("forced-2", "lpar9")):
        there.host(name, bundle_of(sent))
    loud = [word for word in options(there, "ok-1", "forced-1", "forced-2") if word != "-q"]
    ran = program("collect", "ssh", *loud)
    assert ran.status == 0
    assert "ok-1, forced-1 all report the hostname ok-1: check that each address belongs to its target" in ran.err
    assert "hostname differs from the inventory: forced-2 reports lpar9" in ran.err
    notes = json.loads(program("check", "run", "-o", "json").out)["notifications"]
    said = {note["text"] for note in notes}
    assert "it was asked for as 'forced-1', and calls itself 'ok-1'" in said
    assert "it was asked for as 'forced-2', and calls itself 'lpar9'" in said
    assert sum("or this is an older answer" in note["text"] for note in notes) == 3


def test_a_policy_that_is_not_there_is_told_before_anybody_is_asked(there: Server, program: Program) -> None:
    there.host("forced-1", bundle_of("forced-1"))
    ran = program("check", "ssh://forced-1", "-p", "nothing", "--ssh-config", str(there.config), "--run", "run")
    assert (ran.status, Path("run").exists()) == (2, False)


@pytest.mark.parametrize("url", ["ssh://lpar7?access=root", "ssh://lpar7?sudo", "ssh://lpar7:ssh"])
def test_what_check_cannot_collect(program: Program, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = program("check", url)
    assert (ran.status, ran.out) == (2, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.exhaustive
def test_jump_hosts_are_spared(there: Server, program: Program) -> None:
    """Through a jump host that drops what is more than three at once, all get through two at a time."""
    (there.folder / "gate").mkdir()
    with server(there.folder / "gate", startups="3:100:3", plays="exit 1\n") as gate:
        gate.host("gate", b"")
        names = [f"ok-{n:02d}" for n in range(12)]
        known = (there.folder / "known").read_text() + f"gate {(gate.folder / 'host.pub').read_text()}"
        (there.folder / "known").write_text(known)
        there.hosts.append(f"Host gate\n  Port {gate.port}\n  HostKeyAlias gate\n  IdentityFile {gate.folder}/key\n")
        for name in names:
            there.host(name, bundle_of(name))
        Path("hosts").write_text("".join(f"{name} jump=gate\n" for name in names))
        ran = program("collect", "ssh", *options(there, "--inventory", "hosts", "--per-jump", "2"))
    assert set(rows(ran.out).values()) == {"collected"}
    told = program("bundle", "extract", "run/ok-00.controller.rmcc", "rmccomply-collect ssh ok-00")
    assert "through gate" in told.out.splitlines()


@pytest.mark.exhaustive
@pytest.mark.parametrize(("checking", "told"), [("no", True), ("yes", False)])
def test_a_jump_host_whose_key_is_not_checked_is_told(
    there: Server, program: Program, checking: str, told: bool
) -> None:
    (there.folder / "gate").mkdir()
    with server(there.folder / "gate", plays="exit 1\n") as gate:
        gate.host("gate", b"")
        known = (there.folder / "known").read_text() + f"gate {(gate.folder / 'host.pub').read_text()}"
        (there.folder / "known").write_text(known)
        way = f"  Port {gate.port}\n  HostKeyAlias gate\n  IdentityFile {gate.folder}/key\n"
        there.hosts.append(f"Host gate\n{way}  StrictHostKeyChecking {checking}\n")
        there.host("ok-1", bundle_of("ok-1"))
        Path("hosts").write_text("ok-1 jump=gate\n")
        ran = program("collect", "ssh", *options(there, "--inventory", "hosts"))
    assert rows(ran.out) == {"ok-1": "collected"}
    assert ("the keys of these jump hosts were not checked: gate" in ran.err) is told


def test_usage(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("none").write_text("# nobody\n")
    Path("config").write_text("Nonsense yes\n")
    for arguments, status, says in (
        (["ssh"], 2, "name hosts, or an inventory"),
        (["ssh", "a", "--sudo", "--vios"], 2, "exclude each other"),
        (["ssh", "--inventory", "missing"], 2, "cannot be read"),
        (["ssh", "a", "--collector", "missing"], 2, "missing: cannot be read"),
        (["ssh", "a", "--ssh-config", "config"], 2, "ssh cannot be used: "),
        (["ssh", "a", "-p", "nothing"], 2, "nothing"),
        (["ssh", "--inventory", "none"], 4, "no target: the inventory names none"),
        (["hmc", "a", "--ssh-config", "config"], 2, "ssh cannot be used: "),
    ):
        ran = program("collect", *arguments)
        assert (ran.status, says in ran.err) == (status, True), (arguments, ran)


def test_an_address_that_no_inventory_can_mean_is_a_row(there: Server, program: Program) -> None:
    there.host("ok-1", bundle_of("ok-1"))
    Path("list").write_text(
        '{"pvmInstances": [{"serverName": "ok-1", "networks": [{"ipAddress": "ok-1"}]},'
        ' {"serverName": "dark-1", "health": {"status": "WARNING"}}]}'
    )
    ran = program("collect", "ssh", *options(there, "--inventory", "list"))
    assert (ran.status, rows(ran.out)) == (5, {"ok-1": "collected", "dark-1": "no-address"})
    told = program("bundle", "extract", "run/dark-1.controller.rmcc", "powervs-health dark-1")
    assert json.loads(told.out) == {"health": {"status": "WARNING"}}
