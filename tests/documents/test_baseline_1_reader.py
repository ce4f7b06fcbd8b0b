"""A baseline that does not fit is refused whole, with every fault and its line."""

import hashlib
from pathlib import Path

import pytest

from rmccomply.documents import baseline_1_reader
from rmccomply.documents.baseline_1 import HEAD, entry_line
from rmccomply.documents.baseline_1_reader import read_baseline
from rmccomply.errors import InputError
from tests.documents.test_baseline_1 import entry

ONE, TWO = entry("RMC-ID-001", "lpar7"), entry("RMC-SUB-001", "lpar7", "ctrmc")
LINE = entry_line(ONE)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def faults(*lines: str | bytes, head: str = HEAD) -> list[str]:
    raw = b"".join((one if isinstance(one, bytes) else one.encode()) + b"\n" for one in (head, *lines))
    Path("b.jsonl").write_bytes(raw)
    with pytest.raises(InputError) as error:
        read_baseline(Path("b.jsonl"))
    return str(error.value).split("\n")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (LINE.replace("lpar7", "lpar8"), "its fingerprint is not that of its rule, target and subject, which is "),
        (LINE.replace(ONE.fingerprint, TWO.fingerprint), f"which is {ONE.fingerprint}"),
        (LINE.replace(ONE.fingerprint, ONE.fingerprint.upper()), "'fingerprint' must be 64 hexadecimal digits"),
        (LINE.replace('"rule":"RMC-ID-001",', ""), "is not an entry: 'rule' is missing"),
        (LINE.replace('"subject"', '"note":"x","subject"'), "is not an entry: 'note' is not known"),
        (LINE.replace('"subject":""', '"subject":"","subject":""'), "is not an entry: a name stands twice"),
        (LINE.replace('"actual":"x"', '"actual":7'), "is not an entry: 'actual' must be a text"),
        (LINE.replace('"high"', '"bad"'), "'severity' must be one of critical, high, medium, low, info"),
        (LINE.replace('"high"', "[1]").replace('"x"', "null"), "'severity' must be a text; 'actual' must be a text"),
        (LINE.replace("RMC-ID-001", "rmc id"), "'rule' is not the id of a rule"),
        (LINE.replace("lpar7", ""), "'target' must not be empty"),
        (LINE[:-1], "is not an entry: not valid JSON on one line"),
        (f"{LINE}{LINE}", "is not an entry: not valid JSON on one line"),
        (LINE + ",", "is not an entry: not valid JSON on one line"),
        ("[]", "is not an entry: 'fingerprint' is missing"),
        ("7", "is not an entry: it must be an object of JSON"),
        ("[7]", "is not an entry: it must be an object of JSON"),
        ("[" * 100_000, "is not an entry: not valid JSON on one line"),
        ("", "is empty: delete it"),
        (b'{"fingerprint":"\xff"}', "is not UTF-8 text"),
        ("<<<<<<< HEAD", "is a mark of git, which could not merge: keep the entries of both sides"),
        ("=======", "is a mark of git"),
        (">>>>>>> branch", "is a mark of git"),
        ("||||||| base", "is a mark of git"),
        (LINE, f"has the fingerprint of a line above: {ONE.fingerprint}"),
        (LINE.replace('"high"', '"low"'), "has the fingerprint of a line above"),
    ],
)
def test_a_line_that_is_no_entry_is_told_with_its_number(line: str | bytes, says: str) -> None:
    (fault,) = faults(LINE, line, entry_line(TWO))
    assert fault.startswith("b.jsonl:3: ")
    assert says in fault


def test_all_faults_are_told_at_once_in_the_order_of_the_lines() -> None:
    found = faults(LINE, "<<<<<<< ours", LINE, "=======", entry_line(TWO), ">>>>>>> theirs", "")
    assert [one.split(":")[1] for one in found] == ["3", "4", "5", "7", "8"]


def test_of_very_many_faults_the_rest_is_counted() -> None:
    found = faults(*["x"] * 70)
    assert len(found) == 51
    assert found[-1] == "b.jsonl: 20 more faults"


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ('{"schema":"rmccomply/baseline/2"}', "is of another version than this release reads: rmccomply/baseline/2"),
        ('{"schema":"rmccomply/report/1"}', f"is not a baseline: its first line must be {HEAD}"),
        ('{"schema":"rmccomply/baseline/1","x":1}', "is of another version"),
        (LINE, "is not a baseline"),
        ("﻿" + HEAD, "is not a baseline"),
        ("", "is not a baseline"),
        ("[" * 100_000, "is not a baseline"),
    ],
)
def test_a_file_that_is_no_baseline_is_told_by_its_first_line_alone(head: str, says: str) -> None:
    (fault,) = faults("x", "y", head=head)
    assert fault.startswith("b.jsonl:1: ")
    assert says in fault


def test_a_file_without_a_line_is_no_baseline() -> None:
    Path("b.jsonl").write_bytes(b"")
    with pytest.raises(InputError, match=r"b\.jsonl:1: is empty"):
        read_baseline(Path("b.jsonl"))


def test_other_spaces_and_line_ends_are_the_same_entries_and_the_file_is_known_by_its_octets() -> None:
    loose = entry_line(TWO).replace(",", ", ").replace('":', '": ')
    raw = f"{HEAD}\r\n{LINE}\r\n{loose}".encode()
    Path("b.jsonl").write_bytes(raw)
    known = read_baseline(Path("b.jsonl"))
    assert [*known.each()] == [ONE, TWO]
    assert (known.total, known.file, known.sha256) == (2, "b.jsonl", hashlib.sha256(raw).hexdigest())


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baseline_1_reader, "LONGEST_LINE", 400)
    assert faults("{" + " " * 500, "z")[0] == "b.jsonl:2: is longer than 400 bytes"
    monkeypatch.setattr(baseline_1_reader, "MOST_ENTRIES", 1)
    assert faults(LINE, entry_line(TWO)) == ["b.jsonl:3: holds more than 1 entries, and no more are read"]
    monkeypatch.setattr(baseline_1_reader, "LARGEST", 10)
    assert faults(LINE) == ["b.jsonl: is larger than 10 bytes"]


@pytest.mark.parametrize("name", ["gone.jsonl", "."])
def test_what_cannot_be_read_is_told(name: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_baseline(Path(name))
