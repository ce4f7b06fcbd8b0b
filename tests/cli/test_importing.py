"""`rmccomply collect import`: what an archive answers, and its answers kept without making up how they ended."""

import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli

from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.model import Evidence
from rmccomply.files import write_private
from tests.cli.running import Program
from tests.evidence.archives.building import (
    COMMAND,
    SOS_ROOT,
    Files,
    entry,
    gzipped,
    manifest,
    member,
    section,
    snap,
    sosreport,
    supportconfig,
    tar,
    unended,
)
from tests.hosts.building import LSSRC, NOW, THEN, command, file
from tests.hosts.consoles import whole_aix, whole_linux
from tests.secrets import FORMS, PEM, PROGRAMS

NODE = file("/etc/ct_node_id", "9f684c509e74d650\n")
SMALL = [command("lssrc -a", LSSRC), NODE]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def results(program: Program, name: str) -> dict[str, tuple[str, str | None]]:
    ran = program("check", name, "-o", "json", "--now", NOW, "--platform", "linux")
    return {row["rule"]: (row["result"], row["reason"]) for row in json.loads(ran.out)["findings"]}


@pytest.mark.parametrize("unpacked", [False, True])
def test_it_tells_what_is_there_and_what_is_not(folder: Path, program: Program, unpacked: bool) -> None:
    files = sosreport(SMALL)
    (folder / "sos.tar.xz").write_bytes(lzma.compress(tar(files)))
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    name = SOS_ROOT if unpacked else "sos.tar.xz"
    ran = program("collect", "import", name)
    lines = ran.out.split("\n")
    assert (ran.status, ran.err) == (0, "")
    assert lines[:4] == [f"{name}: sosreport 4.8.1", "answers 2 requests", "  /etc/ct_node_id", "  lssrc -a"]
    lacks = lines[lines.index(next(line for line in lines if line.startswith("does not answer"))) + 1 :]
    assert {"  /var/ct/cfg/ct_node_id", "  lsnodeid", "  rpm -qa or dpkg -l"} <= set(lacks)
    assert sorted(path.name for path in folder.iterdir()) == ["sos.tar.xz", SOS_ROOT]


def test_a_sosreport_becomes_a_bundle_with_the_same_verdicts(folder: Path, program: Program) -> None:
    (folder / "sos.tar.xz").write_bytes(lzma.compress(tar(sosreport(whole_linux()))))
    ran = program("collect", "import", "sos.tar.xz", "-o", "lpar.rmcc")
    assert (ran.status, ran.err) == (0, "")
    assert program("bundle", "verify", "lpar.rmcc").status == 0
    assert results(program, "lpar.rmcc") == results(program, "sos.tar.xz")
    bundle = read_bundle((folder / "lpar.rmcc").read_bytes(), "x")
    assert (bundle.name, bundle.platform, bundle.head["origin"]) == ("lpar18", "linux", "sosreport 4.8.1")
    assert bundle.head["archive"] == "sos.tar.xz"
    assert len(bundle.head["archive_sha256"]) == 64
    sections = [line for line in (folder / "lpar.rmcc").read_text().split("\n") if line.startswith("%sect")]
    assert all("origin=sosreport" in line and ("merged=1" in line or "kind=file" in line) for line in sections)
    assert f"e={THEN}" in sections[0]


def test_answers_that_are_none_keep_their_states(folder: Path, program: Program) -> None:
    path = "sos_commands/x/lssrc_-a"
    rows = [
        entry("lsnodeid", "", 127),
        entry("lsrpdomain", "sos_commands/x/lsrpdomain"),
        entry("lsrsrc IBM.MCP", "sos_commands/x/lsrsrc", 124),
        entry("lssrc -a", path, cut=True),
    ]
    files = {"sos_reports/manifest.json": manifest(rows), path: LSSRC.encode(), "sos_commands/x/lsrsrc": b"par"}
    (folder / "x.tgz").write_bytes(gzipped(tar(files | {"sos_commands/x/lsrpdomain": b""})))
    assert program("collect", "import", "x.tgz", "-o", "x.rmcc").status == 0
    found = {item.request: item for item in read_bundle((folder / "x.rmcc").read_bytes(), "x").evidence}
    assert {request: item.state for request, item in found.items()} == {
        "lsnodeid": "notfound",
        "lsrpdomain": "exit",
        "lsrsrc IBM.MCP": "timeout",
        "lssrc -a": "exit",
    }
    assert (found["lsrpdomain"].exit_status, found["lsrpdomain"].out.lines) == (0, ())
    assert found["lssrc -a"].out.lines == tuple(LSSRC.split("\n")[1:-1])
    assert found["lssrc -a"].damage is not None


@pytest.mark.parametrize(
    ("shape", "evidence"), [(supportconfig, whole_linux()), (snap, whole_aix()), (sosreport, whole_linux())]
)
def test_any_archive_becomes_a_folder_of_captures(
    folder: Path, program: Program, shape: Callable[[list[Evidence]], Files], evidence: list[Evidence]
) -> None:
    (folder / "archive.tgz").write_bytes(gzipped(tar(shape(evidence))))
    assert program("collect", "import", "archive.tgz", "-o", "lpar").status == 0
    target = tomli.loads((folder / "lpar" / "target.toml").read_text())
    assert ["/etc/inittab"] in target["requests"].values() or target["platform"] == "linux"
    assert len(list((folder / "lpar").iterdir())) == len(target["requests"]) + 1
    texts = [path.read_bytes() for path in (folder / "lpar").iterdir()]
    assert any(LSSRC.split("\n")[0].encode() in text for text in texts)
    if shape is supportconfig:
        before, after = results(program, "archive.tgz"), results(program, "lpar")
        gained = {rule for rule, (result, _) in after.items() if result not in (before[rule][0], "unknown")}
        assert gained == set()


@pytest.mark.parametrize("shape", [supportconfig, snap])
def test_no_exit_status_is_made_up(folder: Path, program: Program, shape: Callable[[list[Evidence]], Files]) -> None:
    (folder / "archive.tgz").write_bytes(gzipped(tar(shape(SMALL))))
    ran = program("collect", "import", "archive.tgz", "-o", "lpar.rmcc")
    assert ran.status == 2
    assert "a bundle records how every command ended" in ran.err
    assert not (folder / "lpar.rmcc").exists()


def test_a_command_that_is_not_there_makes_no_bundle_of_captures(folder: Path, program: Program) -> None:
    files = supportconfig([*SMALL, file("/etc/services", "")])
    hardware = next(name for name in files if name.endswith("hardware.txt"))
    absent = section(COMMAND, "rmcdomainstatus -s ctrmc", "ERROR: Command not found or not executable\n")
    (folder / "archive.tgz").write_bytes(gzipped(tar(files | {hardware: files[hardware] + absent.encode()})))
    ran = program("collect", "import", "archive.tgz", "-o", "lpar.rmcc")
    assert ran.status == 2
    assert "a bundle records how every command ended" in ran.err
    assert not (folder / "lpar.rmcc").exists()


def test_what_a_bundle_cannot_say_is_left_out_and_counted(folder: Path, program: Program) -> None:
    files = sosreport(SMALL) | {f"{SOS_ROOT}/sos_commands/x/lsrpdomain": b"Name\n"}
    (folder / "x.tgz").write_bytes(gzipped(tar(files)))
    ran = program("collect", "import", "x.tgz", "-o", "x.rmcc")
    assert ran.status == 0
    assert ran.err.endswith("do not say how they ended, which a bundle requires: 1\n")
    assert b"lsrpdomain" not in (folder / "x.rmcc").read_bytes()


def test_a_part_is_marked_as_filtered(folder: Path, program: Program) -> None:
    (folder / "x.tgz").write_bytes(gzipped(tar({"ctsnap.a.1/lssrc-a.out": LSSRC.encode()})))
    assert program("collect", "import", "x.tgz", "-o", "x").status == 0
    target = tomli.loads((folder / "x" / "target.toml").read_text())
    assert target["requests"] == {"lssrc-a.txt": {"request": ["lssrc", "-a"], "filtered": True}}


def test_octets_are_kept_as_they_were(folder: Path, program: Program) -> None:
    odd = b"\xff\xfe1234\r\n\tno end"
    (folder / "x.tgz").write_bytes(gzipped(tar(sosreport(SMALL) | {f"{SOS_ROOT}/etc/services": odd})))
    assert program("collect", "import", "x.tgz", "-o", "x").status == 0
    assert (folder / "x" / "etc-services.txt").read_bytes() == odd
    assert program("collect", "import", "x.tgz", "-o", "x.rmcc").status == 0
    (item,) = [one for one in read_bundle((folder / "x.rmcc").read_bytes(), "x").evidence if "services" in one.request]
    assert (item.out.lines, item.out.newline) == (("\\xff\\xfe1234", "\tno end"), False)


@pytest.mark.parametrize("output", ["kept.rmcc", "kept"])
def test_what_is_kept_of_an_archive_holds_no_secret_and_is_private(folder: Path, program: Program, output: str) -> None:
    lines = "\n".join([LSSRC.rstrip("\n"), *(line for line, _ in (*FORMS.values(), *PROGRAMS.values())), *PEM, ""])
    planted = [command("lssrc -a", lines), file("/etc/services", lines), NODE]
    (folder / "pwd=hunter2Tig3r.tar.gz").write_bytes(gzipped(tar(sosreport(planted))))
    ran = program("collect", "import", "pwd=hunter2Tig3r.tar.gz", "-o", output)
    assert ran.status == 0
    kept = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz"]
    assert kept
    written = ran.out + ran.err + "".join(path.read_text() for path in kept)
    secrets = (*(secret for _, secret in (*FORMS.values(), *PROGRAMS.values())), "unterHunter", PEM[-2])
    assert [secret for secret in secrets if secret in written] == []
    assert "(redacted)" in written
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    assert output == "kept.rmcc" or (folder / output).stat().st_mode & 0o777 == 0o700


def test_a_damaged_archive_is_told_and_not_kept(folder: Path, program: Program) -> None:
    data = gzipped(tar(sosreport(SMALL)))
    (folder / "x.tgz").write_bytes(data[:-3])
    ran = program("collect", "import", "x.tgz", "-o", "x.rmcc")
    assert ran.status == 3
    assert "is cut" in ran.err
    assert "nothing was written" in ran.err
    assert not (folder / "x.rmcc").exists()


def test_a_plain_tar_that_is_cut_keeps_what_is_whole(folder: Path, program: Program) -> None:
    (folder / "x.tar").write_bytes(unended(sosreport(SMALL)))
    ran = program("collect", "import", "x.tar", "-o", "x.rmcc")
    assert ran.status == 0
    assert "the archive is cut" in ran.err


@pytest.mark.parametrize("name", ["missing", "notes.txt", "folder", "bomb.tgz", "other.tgz", "x.zip"])
def test_what_is_no_archive(folder: Path, program: Program, name: str) -> None:
    (folder / "notes.txt").write_text("no archive")
    (folder / "x.zip").write_bytes(b"PK\x03\x04")
    (folder / "folder").mkdir()
    (folder / "other.tgz").write_bytes(gzipped(tar({"readme": b"x"})))
    huge, _ = member("x", kind=b"L")
    huge.size = 1 << 40
    (folder / "bomb.tgz").write_bytes(gzipped(huge.tobuf()))
    ran = program("collect", "import", name)
    assert ran.status == 2
    assert ran.err.startswith(f"rmccomply: error: {name}: ")
    assert ("it is packed with zip" in ran.err) is (name == "x.zip")


@pytest.mark.parametrize("output", ["nowhere/lpar.rmcc", "notes/lpar.rmcc", "notes/lpar"])
def test_what_cannot_be_written_is_said_and_leaves_nothing(folder: Path, program: Program, output: str) -> None:
    (folder / "x.tgz").write_bytes(gzipped(tar(sosreport(SMALL))))
    (folder / "notes").write_text("no folder")
    ran = program("collect", "import", "x.tgz", "-o", output)
    assert ran.status == 2
    assert ran.err.startswith(f"rmccomply: error: {output}: was not written: ")
    assert sorted(path.name for path in folder.iterdir()) == ["notes", "x.tgz"]


def test_a_part_of_a_folder_of_captures_does_not_stay(
    folder: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        if path.name == "target.toml":
            raise OSError(28, "No space left on device")
        write_private(path, data)

    (folder / "x.tgz").write_bytes(gzipped(tar(sosreport(SMALL))))
    monkeypatch.setattr("rmccomply.evidence.captures_write.write_private", full)
    ran = program("collect", "import", "x.tgz", "-o", "lpar")
    assert (ran.status, "No space left on device; nothing of it was left behind" in ran.err) == (2, True)
    assert [path.name for path in folder.iterdir()] == ["x.tgz"]


def test_nothing_is_overwritten(folder: Path, program: Program) -> None:
    (folder / "x.tgz").write_bytes(gzipped(tar(sosreport(SMALL))))
    (folder / "lpar").mkdir()
    (folder / "lpar.rmcc").write_text("mine")
    for output in ("lpar", "lpar.rmcc"):
        ran = program("collect", "import", "x.tgz", "-o", output)
        assert (ran.status, "is already there" in ran.err) == (2, True)
    assert (folder / "lpar.rmcc").read_text() == "mine"
