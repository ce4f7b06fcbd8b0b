"""The waivers file: what it may say, and every fault of it at once, each with its line."""

import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest

from rmccomply.errors import UsageError
from rmccomply.written.waivers import MOST, raw_of, raw_waivers, waiver_file
from tests.waivers import WRITTEN, file_with, written

RULES = {"RMC-SUB-001", "RMC-VER-002"}


def faults_of(text: str) -> list[str]:
    with pytest.raises(UsageError) as raised:
        waiver_file(raw_of("w.toml", text.encode()), RULES)
    return str(raised.value).split("\n")


def test_a_file_is_read_with_the_lines_of_its_waivers() -> None:
    text = file_with(written(), "# why\n" + written(id='"W-2"', targets=None, labels='{ wave = "3" }', subject='"x"'))
    file = waiver_file(raw_of("w.toml", text.encode()), RULES)
    first, second = file.waivers
    assert file.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (first.targets, first.labels, first.subject, first.pin, first.line) == (("lpar*",), (), "", "", 3)
    assert (second.targets, second.labels, second.subject, second.line) == ((), (("wave", "3"),), "x", 16)
    assert (first.approved, first.expires) == (
        date(2026, 11, 20),
        datetime.fromisoformat("2026-12-31T23:59:59+01:00"),
    )


@pytest.mark.parametrize("text", ["schema = 1\n", "schema = 1\nwaivers = []\n"])
def test_a_file_may_have_no_waivers(text: str) -> None:
    assert waiver_file(raw_of("w.toml", text.encode()), RULES).waivers == ()


def test_a_reason_may_have_several_lines() -> None:
    text = file_with(written(reason='"""\nOne.\n  Two.\n"""'))
    assert waiver_file(raw_of("w.toml", text.encode()), RULES).waivers[0].reason == "One. Two."


WRITE = "write expires = 2026-12-31T23:59:59+01:00, or with Z for UTC"
FAULTS = [
    ({"id": None}, 'waiver 1 id: is missing: write id = "W-2026-014"'),
    ({"id": '"a b"'}, "waiver 1 id: 'a b' must be at most 64 letters"),
    ({"id": '"x\\u202Ey"'}, "waiver 1 id: contains a control character"),
    ({"rule": '"RMC-SUB-01"'}, "W-1 rule: no policy has a rule 'RMC-SUB-01'; did you mean 'RMC-SUB-001'?"),
    ({"rule": "7"}, "W-1 rule: '7' must be text in quotes"),
    ({"targets": None}, 'W-1 targets: is missing: write targets = ["lpar0007"], or labels = { wave = "3" }'),
    ({"targets": "[]"}, "W-1 targets: must be a list with at least one entry"),
    ({"targets": '"lpar*"'}, "W-1 targets: must be a list with at least one entry"),
    ({"targets": '["a", 7]'}, "W-1 targets: '7' must be the name of a target"),
    ({"targets": '["a", ""]'}, "W-1 targets: '' must be the name of a target"),
    ({"targets": f"[{'1,' * 1001}]"}, "W-1 targets: has 1001 entries, but at most 1000 are allowed"),
    ({"labels": "{}"}, "W-1 labels: must be a table with at least one label"),
    ({"labels": "{ wave = 3 }"}, "W-1 labels: the value of 'wave' must be text in quotes"),
    (
        {"severity": '"hihg"'},
        "W-1 severity: 'hihg' is not one of: critical, high, medium, low, info; did you mean 'high'?",
    ),
    ({"severity": None}, 'W-1 severity: is missing: write severity = "low"'),
    ({"owner": '""'}, "W-1 owner: is empty"),
    ({"owner": '" a"'}, "W-1 owner: contains a control character, or a blank at an end"),
    ({"reason": f'"{"x" * 1001}"'}, "W-1 reason: has 1001 characters, but at most 1000 are allowed"),
    ({"approved": '"2026-11-20"'}, "W-1 approved: must be a day without quotes: write approved = 2026-11-30"),
    ({"approved": "2026-11-20T00:00:00Z"}, "W-1 approved: must be a day alone: write approved = 2026-11-30"),
    (
        {"expires": "2026-12-31T23:59:59"},
        f"W-1 expires: names no offset from UTC, so that it would end at another time elsewhere: {WRITE}",
    ),
    ({"expires": "2026-12-31"}, f"W-1 expires: must be a time with its offset, not a day: {WRITE}"),
    ({"expires": '"2026-12-31T23:59:59Z"'}, f"W-1 expires: must be a time without quotes: {WRITE}"),
    ({"expires": "2026-11-19T23:59:59Z"}, "W-1 expires: is before the day of approval, 2026-11-20"),
    ({"pin": '"sha256:12"'}, "W-1 pin: must be sha256: and 64 digits from 0 to f"),
    ({"pin": '""'}, "W-1 pin: must be sha256: and 64 digits from 0 to f"),
    ({"onwer": '"x"'}, "W-1 onwer: unknown key; did you mean 'owner'?"),
]


@pytest.mark.parametrize(("changes", "says"), FAULTS)
def test_a_fault_names_its_line_its_waiver_and_its_key(changes: dict[str, str | None], says: str) -> None:
    (fault,) = faults_of(file_with(written(**changes)))
    (key, value), *_ = changes.items()
    keys = [*WRITTEN, *(one for one in changes if one not in WRITTEN)]
    line = 3 if value is None else 4 + keys.index(key)
    assert fault.startswith(f"w.toml:{line}: {says}")


LINES = ["1", "2", "12", "16", "25", "27"]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    second = written(id='"W-2"', expires="2026-01-01", owner=None)
    text = "waiver = 2\n" + file_with(written(ticket="3"), second, "colour = 1").replace("schema = 1", "schema = 2")
    assert [fault.partition(": ")[0].partition(":")[2] for fault in faults_of(text)] == LINES


def test_an_id_is_given_once() -> None:
    (fault,) = faults_of(file_with(written(), written(rule='"RMC-VER-002"')))
    assert fault == "w.toml:16: W-1 id: is already the id of the waiver on line 4: give this one another"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "w.toml: schema: is missing: write schema = 1 on the first line"),
        ("schema = true\n", "w.toml:1: schema: true is not known: write schema = 1"),
        ("schema = 1\nwaivers = 3\n", "w.toml:2: waivers: must be tables: write [[waivers]] on a line above each"),
        ("schema = 1\n[waivers]\nid = 1\n", "w.toml:2: waivers: must be tables"),
        ("schema = 1\nwaivers = [3]\n", "w.toml:2: waivers: must be tables"),
    ],
)
def test_what_stands_around_the_waivers_is_held_too(text: str, says: str) -> None:
    (fault,) = faults_of(text)
    assert fault.startswith(says)


def test_a_file_has_so_many_waivers_at_most() -> None:
    text = file_with(*(written(id=f'"W-{at}"') for at in range(MOST + 1)))
    (fault,) = faults_of(text)
    assert "there are 10001, but at most 10000 are read" in fault


@pytest.mark.parametrize(
    ("octets", "says"),
    [
        (b"schema = ", "--waivers: {}:1: is not valid TOML"),
        (b"\xff\xfe", "--waivers: {}:1: is UTF-16 text"),
        (None, "--waivers: {}: cannot be read: No such file or directory"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(octets: bytes | None, says: str, tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    if octets is not None:
        path.write_bytes(octets)
    with pytest.raises(UsageError, match=says.format(path)):
        raw_waivers(str(path))


def test_the_rules_that_it_names_are_known_before_it_is_held_to_them() -> None:
    raw = raw_of("w.toml", (file_with(written(), written(rule="3")) + "[[waivers]]\n").encode())
    assert raw.rules == {"RMC-SUB-001"}
