"""`rmccomply bundle show`, `verify`, `extract` and `replay`."""

import gzip
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.evidence.bundle_write import Section, write_bundle
from tests.cli.running import Program
from tests.hosts.building import bundle, healthy_aix

ODD = b"\x00\x1b[2J\r\n\xff no newline at the end"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lpar1.rmcc").write_bytes(bundle(healthy_aix()))
    sections = [
        Section("cmd", ("/usr/bin/odd",), ODD, b"said on\nthe other stream\n"),
        Section("cmd", ("/usr/bin/plain", "../../x"), b"a\n\n%done 1\n|x\nno newline"),
        Section("cmd", ("/usr/bin/slow",), state="timeout", exit_status=137),
    ]
    (tmp_path / "odd.rmcc").write_bytes(write_bundle({"host": 'o"d\\d', "os": "AIX"}, sections))
    return tmp_path


def test_show(program: Program, snapshot: SnapshotAssertion) -> None:
    assert program("bundle", "show", "odd.rmcc") == snapshot


def test_verify_sound_and_damaged(folder: Path, program: Program, snapshot: SnapshotAssertion) -> None:
    data = (folder / "lpar1.rmcc").read_bytes()
    (folder / "flipped.rmcc").write_bytes(data.replace(b"hd9var", b"hd9vas"))
    (folder / "cut.rmcc").write_bytes(data[:2000])
    (folder / "packed.rmcc.gz").write_bytes(gzip.compress(data))
    assert program("bundle", "verify", "lpar1.rmcc", "packed.rmcc.gz").status == 0
    ran = program("bundle", "verify", "lpar1.rmcc", "flipped.rmcc", "cut.rmcc")
    assert ran.status == 3
    assert ran.out == snapshot


@pytest.mark.parametrize("command", ["show", "verify", "extract"])
def test_what_is_no_bundle(folder: Path, program: Program, command: str) -> None:
    (folder / "notes.txt").write_text("no bundle")
    arguments = ["x"] if command == "extract" else []
    for name in ("notes.txt", "missing.rmcc"):
        ran = program("bundle", command, name, *arguments)
        assert ran.status == 2
        assert name in ran.err


def test_extract_one_answer_byte_for_byte(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    from rmccomply.cli import run

    assert run(["bundle", "extract", "odd.rmcc", "odd"]) == 0
    assert capfdbinary.readouterr().out == ODD
    assert run(["bundle", "extract", "odd.rmcc", "plain ../../x"]) == 0
    assert capfdbinary.readouterr().out == b"a\n\n%done 1\n|x\nno newline"
    assert run(["bundle", "extract", "odd.rmcc", "odd", "--error"]) == 0
    assert capfdbinary.readouterr().out == b"said on\nthe other stream\n"


def test_extract_what_is_not_there_names_the_nearest(program: Program) -> None:
    ran = program("bundle", "extract", "lpar1.rmcc", "lssrc -b")
    assert ran.status == 2
    assert "did you mean 'lssrc -a'?" in ran.err


def test_extract_of_an_answer_that_is_not_whole_says_so(program: Program) -> None:
    ran = program("bundle", "extract", "odd.rmcc", "slow")
    assert (ran.status, ran.out) == (3, "")
    assert "did not end within" in ran.err


def test_extract_all_makes_a_capture_folder_with_the_same_verdicts(folder: Path, program: Program) -> None:
    assert program("bundle", "extract", "lpar1.rmcc", "--to", "captures").status == 0
    assert (folder / "captures" / "lssrc-a.txt").read_text().startswith("Subsystem")
    assert program("check", "captures", "--fail-on", "info", "--on-unknown", "report").status == 0
    assert program("bundle", "extract", "lpar1.rmcc", "--to", "captures").status == 2


def test_extract_all_never_leaves_the_folder(folder: Path, program: Program) -> None:
    assert program("bundle", "extract", "odd.rmcc", "--to", "odd").status == 0
    assert sorted(path.name for path in (folder / "odd").iterdir()) == ["odd.txt", "plain-..-..-x.txt", "target.toml"]
    assert program("check", "odd", "-o", "json").status == 3


def test_extract_wants_a_request_or_a_folder(program: Program) -> None:
    assert program("bundle", "extract", "lpar1.rmcc").status == 2


@pytest.mark.parametrize("words", [["extract", "lpar1.rmcc", "--to"], ["replay", "lpar1.rmcc"]])
@pytest.mark.parametrize("place", ["lpar1.rmcc/below", "/proc/nowhere"])
def test_a_folder_that_cannot_be_made_is_told(place: str, words: list[str], program: Program) -> None:
    ran = program("bundle", *words, place)
    assert ran.status == 2
    assert f"{place}: cannot be written: No" in ran.err
    assert "fault of rmccomply" not in ran.err


def test_replay_tells_the_command_that_asks_the_folder(folder: Path, program: Program) -> None:
    ran = program("bundle", "replay", "lpar1.rmcc", "host")
    assert ran.status == 0
    assert ran.err.endswith(f"| sh -s -- full --probe --replay {folder}/host\n")
    assert (folder / "host" / "REPLAY").exists()


@pytest.mark.parametrize("place", ["two words", "hôte", "line\nfeed"])
def test_replay_makes_no_folder_that_the_collector_refuses(place: str, folder: Path, program: Program) -> None:
    ran = program("bundle", "replay", "lpar1.rmcc", place)
    assert ran.status == 2
    assert "a path in ASCII without spaces" in ran.err
    assert not (folder / place).exists()


@pytest.mark.parametrize(
    ("words", "answers"), [("extract lpar1.rmcc --to host", "."), ("replay lpar1.rmcc host", "answers")]
)
def test_what_is_taken_out_of_a_bundle_is_for_its_owner_alone(
    words: str, answers: str, folder: Path, program: Program
) -> None:
    assert program("bundle", *words.split()).status == 0
    assert (folder / "host").stat().st_mode & 0o777 == 0o700
    kept = [path for path in (folder / "host" / answers).iterdir() if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
