"""`waiver add`: what is there stays, what is added is valid, nothing is lost whoever else adds and whatever ends it."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from rmccomply.errors import OutputError, UsageError
from rmccomply.policy.load import load
from rmccomply.runs.waivers import file_of
from rmccomply.runs.waivers.add import WaiverAsked, add
from rmccomply.written.waivers import WaiverFile, raw_waivers
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle, file, replaced
from tests.hosts.consoles import whole_aix
from tests.runs.hearing import Heard
from tests.waivers import file_with, written

CORE = [load("rmc-core")]
ASKED = WaiverAsked(
    *(
        "RMC-ID-001",
        ("lpar*",),
        (),
        "",
        "critical",
        "a@example.com",
        "b@example.com",
        "",
        "CHG1",
        "So.",
        "2027-01-01T00:00:00+01:00",
    ),
)
WORDS = (
    *("--rule", "RMC-ID-001", "--target", "lpar*", "--severity", "low", "--owner", "a", "--approved-by", "b"),
    *("--ticket", "C", "--reason", "So.", "--expires", "2027-01-01T00:00:00Z"),
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def added(asked: WaiverAsked = ASKED, **changes: Any) -> Heard:
    heard = Heard()
    add("w.toml", asked._replace(**changes), ["rmc-core"], NOW, heard)
    return heard


def read(path: str = "w.toml") -> WaiverFile:
    return file_of(raw_waivers(path), CORE)


def test_a_file_is_made_and_then_added_to() -> None:
    assert added().of("result") == ["w.toml: added W-2026-001\n"]
    before = Path("w.toml").read_text()
    added(subject="x", labels=(("wave", "3"),), id="OURS")
    assert Path("w.toml").read_text().startswith(f"{before}\n[[waivers]]\n")
    first, second = read().waivers
    assert (first.id, str(first.approved), second.id, second.subject, second.labels) == (
        "W-2026-001",
        NOW[:10],
        "OURS",
        "x",
        (("wave", "3"),),
    )


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n\n\n", "  # at the end"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_is_there_stays_octet_for_octet(end: str, line_end: str) -> None:
    text = ("# Ours\nschema = 1 # always\n\n" + written().rstrip("\n") + end).replace("\n", line_end)
    Path("w.toml").write_bytes(text.encode())
    Path("w.toml").chmod(0o664)
    added()
    after = Path("w.toml").read_bytes().decode()
    assert after.startswith(text)
    assert after.count("\n") == after.count(line_end)
    assert len(read().waivers) == 2
    assert stat.S_IMODE(Path("w.toml").stat().st_mode) == 0o664


def test_a_link_stays_a_link() -> None:
    Path("real.toml").write_text(file_with(written()))
    Path("w.toml").symlink_to("real.toml")
    added()
    assert Path("w.toml").is_symlink()
    assert len(read("real.toml").waivers) == 2


REFUSED = [
    ({"rule": "RMC-ID-01"}, "no policy has a rule 'RMC-ID-01'; did you mean 'RMC-ID-001'?"),
    ({"targets": ()}, "targets: is missing"),
    ({"ticket": ""}, "ticket: is empty"),
    ({"owner": "a\nb"}, "owner: contains a control character"),
    ({"owner": "a\udcff"}, "a text of the waiver is not UTF-8"),
    ({"id": "W-1"}, "W-1 id: is already the id of the waiver on line 4"),
    ({"severity": ""}, "--severity: is missing"),
    ({"severity": "hihg"}, "--severity: 'hihg' is not one of: critical"),
    ({"approved": "yesterday"}, "--approved: 'yesterday' is not a day such as"),
    ({"expires": "2027-01-01"}, "--expires: '2027-01-01' names no offset from UTC"),
    ({"expires": "soon"}, "--expires: 'soon' is not a time such as"),
    ({"expires": "2026-01-01T00:00:00Z"}, "expires: is before the day of approval"),
]


@pytest.mark.parametrize(("changes", "says"), REFUSED)
def test_what_would_be_a_fault_is_refused_and_leaves_the_file_as_it_was(changes: dict[str, Any], says: str) -> None:
    Path("w.toml").write_text(file_with(written()))
    before = Path("w.toml").read_bytes()
    with pytest.raises(UsageError) as raised:
        added(**changes)
    assert says in str(raised.value)
    assert (Path("w.toml").read_bytes(), os.listdir()) == (before, ["w.toml"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("schema = 1\nwaivers = []\n", "a waiver cannot be added at its end, line "),
        ("schema = 2\n", "w.toml:1: schema: '2' is not known"),
        ("schema = ", "w.toml:1: is not valid TOML"),
        (file_with(written(owner=None)), "W-1 owner: is missing"),
    ],
)
def test_a_file_that_cannot_be_added_to_says_why(text: str, says: str) -> None:
    Path("w.toml").write_text(text)
    with pytest.raises(UsageError) as raised:
        added()
    assert says in str(raised.value)
    assert Path("w.toml").read_text() == text


def test_a_place_that_cannot_be_written_is_told() -> None:
    with pytest.raises(OutputError, match=r"gone/w\.toml: cannot be written"):
        add("gone/w.toml", ASKED, ["rmc-core"], NOW, Heard())


def test_one_that_is_void_from_the_start_is_told() -> None:
    Path("gate.toml").write_text(
        'schema = 1\nid = "gate"\ntitle = "x"\nversion = "1"\nextends = "rmc-core"\n[waivers]\nfour_eyes = true\n'
    )
    heard = Heard()
    add("w.toml", ASKED._replace(approved_by="A@example.com"), ["gate.toml"], NOW, heard)
    assert "is void: its owner approved it, and policy gate asks that somebody else does" in heard.of("warn")[0]


def test_a_pin_and_a_severity_come_of_a_report(program: Program) -> None:
    for name, other in (("lpar1", "1234567890abcdef"), ("lpar2", "1234567890abcdef"), ("db1", "fedcba0987654321")):
        Path(f"{name}.rmcc").write_bytes(bundle(replaced(whole_aix(), file("/etc/ct_node_id", f"{other}\n")), name))
    check = ("check", "lpar1.rmcc", "lpar2.rmcc", "db1.rmcc", "--now", NOW)
    Path("r.json").write_text(program(*check, "-o", "json").out)
    added(pin_from="r.json", severity="")
    (waiver,) = read().waivers
    assert (waiver.severity, len(waiver.pin)) == ("critical", 71)
    fails = json.loads(program(*check, "--waivers", "w.toml", "-o", "json").out)["findings"]
    assert {one["target"]: one["disposition"] for one in fails if one["result"] == "fail"} == {
        "lpar1": "waived",
        "lpar2": "waived",
        "db1": "active",
    }
    for changes, says in (
        ({"targets": ("*",)}, "the fails are not alike (db1, lpar2)"),
        ({"targets": ("none",)}, "RMC-ID-001 does not fail there on such a target"),
        ({"subject": "x"}, "RMC-ID-001 does not fail there on such a target"),
    ):
        with pytest.raises(UsageError) as raised:
            added(pin_from="r.json", **changes)
        assert says in str(raised.value)


def test_fifty_at_once_lose_none() -> None:
    program = (
        "import sys\nfrom rmccomply.cli import run\n"
        f"sys.exit(max(run(['waiver', 'add', 'w.toml', *{WORDS!r}, '--now', {NOW!r}]) for _ in range(10)))"
    )
    several = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.DEVNULL) for _ in range(5)]
    assert [one.wait(120) for one in several] == [0] * 5
    assert [one.id for one in read().waivers] == [f"W-2026-{at:03}" for at in range(1, 51)]
    assert os.listdir() == ["w.toml"]


def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new() -> None:
    program = f"from rmccomply.cli import run\nfor _ in range(1000): run(['waiver', 'add', 'w.toml', *{WORDS!r}])"
    before = 0
    for moment in range(4):
        running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.DEVNULL)
        started = time.monotonic()
        while _size() <= before and time.monotonic() - started < 120:
            time.sleep(0.002)
        time.sleep(moment * 0.013)
        running.send_signal(signal.SIGKILL)
        running.wait()
        ids = [one.id for one in read().waivers]
        assert ids == [f"W-2026-{at:03}" for at in range(1, len(ids) + 1)]
        before, grown = _size(), _size() > before
        assert grown


def _size() -> int:
    return Path("w.toml").stat().st_size if Path("w.toml").exists() else 0
