"""Replays: a bundle becomes a host, and what was no answer does not become one."""

import time
from pathlib import Path

import pytest

from rmccomply.collect.plan import SYSTEMS, steps
from rmccomply.collect.replay import _stands_for, write_replay
from rmccomply.errors import InputError, UsageError
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Bundle, Evidence, State
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.facts.model import Item
from rmccomply.sources.reading import Readings
from tests.collect.answers import whole
from tests.collect.running import Run, collect
from tests.examples import FOLDER as EXAMPLES
from tests.hosts.building import THEN, bundle, command, file, judge, replaced, without
from tests.hosts.cases import says

DOWN = "Subsystem         Group            PID          Status\n ctrmc            rsct              inoperative\n"
DEAD = "0513-001 The System Resource Controller daemon is not active.\n"


def replayed(folder: Path, data: bytes, *words: str, delays: bool = False) -> Run:
    write_replay(read_bundle(data, "host.rmcc"), data, folder / "host", delays=delays)
    return collect(folder / "run", *(words or ("full", "--probe")), "--replay", str(folder / "host"))


def facts_of(bundle: Bundle) -> list[tuple[str, object]]:
    facts = Facts(Readings(bundle.evidence), bundle.platform, FactSettings(now=THEN))
    return [(fact.name, _told(says(fact))) for fact in facts.every()]


def _told(value: object) -> object:
    """A value without the places of its entries: times and lines of two bundles differ."""
    entries = isinstance(value, tuple) and all(isinstance(one, Item) for one in value)
    return [(one.subject, one.says) for one in value] if entries else value  # type: ignore[attr-defined]


def answers_of(bundle: Bundle) -> dict[str, object]:
    return {item.request: (item.state, item.exit_status, item.out.lines, item.err.lines) for item in bundle.evidence}


@pytest.mark.exhaustive
@pytest.mark.parametrize("platform", SYSTEMS)
def test_a_healthy_host_that_is_replayed_gives_the_same_answers_and_facts(platform: str, tmp_path: Path) -> None:
    data = bundle(whole(platform), system=SYSTEMS[platform])
    original, run = read_bundle(data, "host.rmcc"), replayed(tmp_path, data)
    assert (run.status, run.errors) == (0, "")
    assert answers_of(original).items() <= answers_of(run.bundle).items()
    assert facts_of(run.bundle) == facts_of(original)
    unknown = [name for name, value in facts_of(original) if str(value).startswith("?")]
    of_aix = ["ha.node_uuid"] if platform == "linux" else []
    of_system = [name for name in unknown if platform in FACTS[name].platforms and not name.startswith("image.")]
    assert of_system == of_aix


@pytest.mark.exhaustive
@pytest.mark.parametrize("platform", SYSTEMS)
def test_a_replay_of_a_replay_is_the_same_again(platform: str, tmp_path: Path) -> None:
    once = replayed(tmp_path / "once", bundle(whole(platform), system=SYSTEMS[platform]))
    twice = replayed(tmp_path / "twice", once.data)
    assert answers_of(twice.bundle) == answers_of(once.bundle)


@pytest.mark.exhaustive
def test_the_head_says_that_it_is_a_replay(tmp_path: Path) -> None:
    run = replayed(tmp_path, bundle(whole("vios"), system="VIOS"), "quick")
    assert (run.bundle.head["mode"], run.bundle.head["os"], run.bundle.head["host"]) == ("replay", "VIOS", "lpar1")
    assert sum("replays another bundle" in note.text for note in run.bundle.notifications) == 1


BROKEN = {
    "ctrmc is down": [command("lssrc -a", DOWN)],
    "srcmstr is dead": [command("lssrc -a", "", 1, DEAD), command("lssrc -ls ctrmc", "", 1, DEAD)],
    "no RSCT": [command("lslpp -Lcq 'rsct.*'", "", 1, "lslpp: Fileset rsct.* not installed.\n")],
    "not root": [
        command("rmcdomainstatus -s ctrmc -a ip", "", 1, "2610-418 Permission is denied.\n"),
        file("/var/log/cloud-init.log", state="unreadable"),
    ],
    "no node ID": [file("/etc/ct_node_id", state="absent"), file("/var/ct/cfg/ct_node_id", state="absent")],
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("case", BROKEN)
def test_a_host_with_a_fault_gives_the_same_facts(case: str, tmp_path: Path) -> None:
    evidence = replaced(whole("aix"), *BROKEN[case])
    data = bundle(evidence)
    original, run = facts_of(read_bundle(data, "host.rmcc")), facts_of(replayed(tmp_path, data).bundle)
    changed = {name for (name, one), (_, two) in zip(original, run, strict=True) if one != two}
    skipped = {
        "console.connection",
        "console.connected",
        "console.udp",
        "console.tcp",
        "mcp.node_ids",
        "image.site_identity",
    }
    if case != "ctrmc is down":
        assert changed == set()
    for name in changed:
        assert str(dict(run)[name]).startswith("?") or name in skipped, (name, dict(original)[name], dict(run)[name])


@pytest.mark.exhaustive
def test_losing_answers_never_makes_a_replay_know_more(tmp_path: Path) -> None:
    """A request that is not in the bundle, a file that is not, a command that never was."""
    gone = ("/etc/ct_node_id", "lsnodeid", "uname -L", "/etc/services", "lsrpdomain", "lspv", "emgr -l")
    data = bundle(without(whole("aix"), *gone))
    original, run = dict(facts_of(read_bundle(data, "x"))), dict(facts_of(replayed(tmp_path, data).bundle))
    for name, value in original.items():
        if str(value).startswith("?"):
            assert str(run[name]).startswith("?"), name
        else:
            assert run[name] == value


def section(line: str, **more: object) -> Section:
    words = tuple(line.split())
    return Section("cmd", (f"/usr/bin/{words[0]}", *words[1:]), begun=THEN, ended=THEN, **more)  # type: ignore[arg-type]


def no_answers() -> bytes:
    """A bundle in which nothing is a whole answer."""
    sections = [
        section("lspv", state="timeout", limit=20, out=b"begun\n"),
        section("oslevel -s", state="signal", out=b"7200-05\n"),
        section("uname -M", state="noexec"),
        section("lslpp -h rsct.*", out=b"Fileset\n", cut=True, size=9000),
        section("lsrpdomain", state="nospace"),
        Section("file", ("/etc/services",), out=b"ssh 22/tcp\n", cut=True, size=9000, begun=THEN, ended=THEN),
        Section("file", ("/etc/ct_node_id",), state="unreadable", begun=THEN, ended=THEN),
        Section("file", ("/var/ct/cfg/ct_node_id",), state="absent", begun=THEN, ended=THEN),
    ]
    data = write_bundle({"host": "lpar1", "os": "AIX"}, sections, THEN)
    return data.replace(b"|7200-05\n", b"|7300-05\n", 1)


@pytest.mark.exhaustive
def test_what_was_no_whole_answer_is_none_again(tmp_path: Path) -> None:
    run = replayed(tmp_path, no_answers(), "full", "--each", "1")
    reasons = {item.request: item.damage.reason if item.damage else "" for item in run.bundle.evidence}
    assert reasons["lspv"] == "timeout"
    assert run.octets("lspv") == b"begun\n"
    assert reasons["oslevel -s"] == reasons["lslpp -h rsct.*"] == reasons["lsrpdomain"] == "truncated"
    assert reasons["uname -M"] == "truncated"
    assert reasons["/etc/services"] == reasons["/etc/ct_node_id"] == "denied"
    assert run.answer("/var/ct/cfg/ct_node_id").state == "absent"
    known = {request for request, reason in reasons.items() if not reason}
    assert known == {"/var/ct/cfg/ct_node_id"}


def odd(*sections: Section) -> bytes:
    return write_bundle({"host": "lpar1", "os": "AIX"}, sections, THEN)


TWICE = {
    "a command": ([section("lspv", out=b"hdisk0 a None\n"), section("lspv", out=b"hdisk1 b None\n")], "lspv"),
    "a status": ([section("lspv", out=b"hdisk0\n"), section("lspv", out=b"hdisk0\n", exit_status=1)], "lspv"),
    "another folder": (
        [section("lspv", out=b"hdisk0\n"), Section("cmd", ("/opt/lspv",), begun=THEN, ended=THEN)],
        "lspv",
    ),
    "a file": (
        [Section("file", ("/etc/services",), out=one, begun=THEN, ended=THEN) for one in (b"a 1/tcp\n", b"b 2/tcp\n")],
        "/etc/services",
    ),
    "a file or none": (
        [
            Section("file", ("/etc/services",), out=b"a 1/tcp\n", begun=THEN, ended=THEN),
            Section("file", ("/etc/services",), state="absent", begun=THEN, ended=THEN),
        ],
        "/etc/services",
    ),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("case", TWICE)
def test_of_two_answers_that_differ_none_is_given(case: str, tmp_path: Path) -> None:
    sections, request = TWICE[case]
    for number, both in enumerate((sections, sections[::-1])):
        run = replayed(tmp_path / str(number), odd(*both))
        assert run.answer(request).damage is not None
        assert run.octets(request) == b""
    (tmp_path / "same").mkdir()
    assert replayed(tmp_path / "same", odd(sections[0], sections[0])).answer(request).damage is None


def test_of_a_whole_answer_and_a_broken_one_the_whole_one_is_given(tmp_path: Path) -> None:
    for number, state in enumerate(("timeout", "notfound", "skipped")):
        both = (section("lspv", state=state), section("lspv", out=b"hdisk0 none None\n"))
        run = replayed(tmp_path / str(number), odd(*both), "full", "--only", "caa.disks")
        assert run.octets("lspv") == b"hdisk0 none None\n"


@pytest.mark.exhaustive
@pytest.mark.parametrize("state", ["exit", "timeout", "noexec", "nospace", "absent", "notfound"])
def test_of_a_damaged_section_nothing_is_given(state: State, tmp_path: Path) -> None:
    """The lines of an answer that was cut prove what is in them; those of a damaged section prove nothing."""
    sections = [
        section("lspv", state=state, out=b"hdisk0 none None\n"),
        Section("file", ("/etc/services",), state=state, out=b"rmc 657/tcp\n", begun=THEN, ended=THEN),
    ]
    data = odd(*sections).replace(b"none None", b"fine None").replace(b"rmc 657", b"rmc 658")
    data = data.replace(b"rc=0", b"rc=1")
    run = replayed(tmp_path, data, "full", "--only", "caa.disks,net.services", "--each", "1")
    for request in ("lspv", "/etc/services"):
        damage = run.answer(request).damage
        assert damage is not None
        assert damage.reason != "command_absent"
        assert run.octets(request) == b""


@pytest.mark.parametrize("status", [256, 512, 65536])
def test_a_status_that_no_process_has_is_not_taken_for_another(status: int, tmp_path: Path) -> None:
    """`exit 256` is `exit 0`."""
    run = replayed(tmp_path, odd(section("lsrpdomain", exit_status=status)), "full", "--only", "peer.domain")
    assert run.answer("lsrpdomain").state == "signal"


def test_the_last_lines_of_a_file_are_not_the_file(tmp_path: Path) -> None:
    log = next(step.argv for step in steps("aix") if step.id == "log.domain")
    last = [section("tail -n 1 /etc/inittab", out=b"ctrmc\n"), section(f"tail -n 1 {log[-1]}", out=b"2613-024\n")]
    run = replayed(tmp_path, odd(*last), "full", "--only", "boot.inittab,log.domain")
    assert [item.state for item in run.bundle.evidence] == ["unreadable", "unreadable"]


@pytest.mark.parametrize(
    ("path", "is_written"),
    [("/var/ct/2738/log", True), ("/var/ct/../log", False), ("/var/ct/2/../log", False), ("/var/ct/IW/log", False)],
)
def test_a_path_with_a_star_stands_for_one_folder(path: str, is_written: bool) -> None:
    assert _stands_for(path, "/var/ct/[0-9]*/log") is is_written
    assert _stands_for(path, path)
    assert not _stands_for(path, "/var/ct")


def test_a_command_that_was_not_asked_may_be_there(tmp_path: Path) -> None:
    sections = [section("lspv", state="notfound"), section("lscluster -c", state="skipped")]
    run = replayed(tmp_path, odd(*sections), "full", "--only", "caa.disks,caa.cluster,lpar.machine")
    states = {item.request: item.state for item in run.bundle.evidence}
    assert states == {"lspv": "notfound", "lscluster -c": "signal", "prtconf": "signal"}


@pytest.mark.exhaustive
@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.rmcc")), ids=lambda path: path.stem)
def test_an_example_that_is_replayed_has_the_same_verdicts(example: Path, tmp_path: Path) -> None:
    """So the examples ask what the collector asks."""
    data = example.read_bytes()
    original, run = read_bundle(data, example.name), replayed(tmp_path, data, "full", "--probe", "--each", "1")
    before, after = (
        {rule: found.result for rule, found in judge(one.evidence, platform=original.platform or "").items()}
        for one in (original, run.bundle)
    )
    assert after == before


def test_a_command_that_might_not_be_run_may_not_be_run(tmp_path: Path) -> None:
    data = write_bundle({"host": "lpar1", "os": "AIX"}, [section("lspv", state="noexec")], THEN)
    assert replayed(tmp_path, data, "full", "--only", "caa.disks").answer("lspv").state == "noexec"


@pytest.mark.exhaustive
def test_answers_take_their_time_where_that_is_asked_for(tmp_path: Path) -> None:
    ended = THEN.replace(":00Z", ":02Z")
    item = Section("cmd", ("/usr/sbin/lspv",), out=b"hdisk0 none None\n", begun=THEN, ended=ended)
    data = write_bundle({"host": "lpar1", "os": "AIX"}, [item], THEN)
    begun = time.monotonic()
    run = replayed(tmp_path, data, "full", "--only", "caa.disks", delays=True)
    assert time.monotonic() - begun > 1.9
    assert run.octets("lspv") == b"hdisk0 none None\n"


def test_words_are_told_apart_and_nothing_in_them_is_run(tmp_path: Path) -> None:
    evil = "'; touch here; '"
    items = [
        Section("cmd", ("/bin/lsattr", "-El cluster0"), out=b"one word\n", begun=THEN, ended=THEN),
        Section("cmd", ("/bin/lsattr", "-El", "cluster0"), out=b"two words\n", begun=THEN, ended=THEN),
        Section("cmd", ("/bin/lsattr", evil), out=b"$(touch here)\n", begun=THEN, ended=THEN),
    ]
    data = write_bundle({"host": evil, "os": "AIX"}, items, THEN)
    run = replayed(tmp_path, data, "full", "--only", "caa.device")
    assert run.octets("lsattr -El cluster0") == b"two words\n"
    assert run.bundle.head["host"] == evil
    assert list(tmp_path.rglob("here")) == []


@pytest.mark.parametrize("path", ["/../outside", "/etc/../../../outside", "/", "/etc", "/etc/services/outside"])
def test_no_file_is_written_outside_the_folder(path: str, tmp_path: Path) -> None:
    item = Section("file", (path,), out=b"x\n", begun=THEN, ended=THEN)
    data = write_bundle({"host": "lpar1", "os": "AIX"}, [item], THEN)
    write_replay(read_bundle(data, "x"), data, tmp_path / "deep" / "host")
    assert [place.name for place in tmp_path.rglob("outside")] == []


@pytest.mark.parametrize("name", ["..", ".", "a/..", ""])
def test_no_command_is_written_outside_the_folder(name: str, tmp_path: Path) -> None:
    item = Section("cmd", (f"/usr/bin/{name}",), out=b"x\n", begun=THEN, ended=THEN)
    data = write_bundle({"host": "lpar1", "os": "AIX"}, [item], THEN)
    write_replay(read_bundle(data, "x"), data, tmp_path / "host")
    there = {place for place in tmp_path.rglob("*") if place.is_file() and place.parent != tmp_path / "host"}
    assert {place.name for place in there} <= {step.argv[0] for step in steps("aix")}
    assert {place.parent for place in there} == {tmp_path / "host" / "bin"}


def test_the_folder_must_be_new_and_the_system_known(tmp_path: Path) -> None:
    data = bundle(whole("aix"))
    with pytest.raises(UsageError, match="already there"):
        write_replay(read_bundle(data, "x"), data, tmp_path)
    data = bundle(whole("aix"), system="HMC")
    with pytest.raises(InputError, match="does not say"):
        write_replay(read_bundle(data, "x"), data, tmp_path / "new")


@pytest.mark.exhaustive
def test_a_file_that_the_plan_asks_for_and_the_bundle_lacks_is_denied(tmp_path: Path) -> None:
    run = replayed(tmp_path, bundle([command("uname -a", "AIX lpar1 2 7 00F9C2D54C00\n")]))
    states = {item.request: item.state for item in run.bundle.evidence if item.kind == "file"}
    assert set(states.values()) == {"unreadable"}
    files = [step.argv[-1] for step in steps("aix") if step.kind == "file" or step.argv[0] == "tail"]
    assert sorted(states) == sorted(path for path in files if "*" not in path)


def test_evidence_of_the_controller_is_not_replayed(tmp_path: Path) -> None:
    item: Evidence = command("lspv", "hdisk0\n")
    data = bundle([item]).replace(b" e=2026", b" from=controller e=2026")
    write_replay(read_bundle(data, "x"), data, tmp_path / "host")
    assert (tmp_path / "host" / "bin" / "uname").exists()
