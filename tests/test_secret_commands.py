"""Secrets planted in evidence, in names and in what ssh says are in no byte that any command prints or writes.

Every command of the program has its cases here: one that is added without fails the first test.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rmccomply.cli import COMMANDS
from rmccomply.cli import command as command_of
from rmccomply.evidence.bundle_write import Section, write_bundle
from tests.cli.running import Program
from tests.evidence.archives.building import sosreport, tar
from tests.formats.parts import STREAMED
from tests.hosts.building import LSSRC, bundle, command
from tests.hosts.consoles import whole_aix
from tests.secrets import FORMS, PEM, PROGRAMS

SECRET = "hunter2Tig3r"
NAME = f"pwd={SECRET}"
LINES = (*(line for line, _ in (*FORMS.values(), *PROGRAMS.values())), *PEM)
FORBIDDEN = (*(secret for _, secret in (*FORMS.values(), *PROGRAMS.values())), "unterHunter", "c2hvcnQgbGFzdA")
SSH = """\
#!/bin/sh
for word; do
  [ "$word" != -G ] || {{ printf 'hostname 192.0.2.1\\nuser u\\nport 22\\n'; exit 0; }}
done
cat >/dev/null
cat {folder}/said >&2
case "$*" in
  *whole*) cat {folder}/whole.bin ;;
  *cut*) head -c 900 {folder}/whole.bin; exit 255 ;;
  *) cat {folder}/said; exit 255 ;;
esac
"""
"""In the place of the client: it answers with a bundle, and has secrets in all that it says beside."""
HOSTS = ("whole", "cut", f"token={SECRET}", f"u@bad-pass={SECRET}")
_ACCEPTED = (
    *("--severity", "low", "--owner", f"token={SECRET}", "--approved-by", "a", "--ticket", f"password={SECRET}"),
    *("--reason", f"apikey={SECRET}", "--expires", "2099-01-01T00:00:00Z"),
)
_IMAGE = ("--image", f"IN/{NAME}.rmcc")
_SIGNED = ("--report", "IN/report.json", "--allowed-signers", NAME)
CASES: dict[str, list[tuple[str, ...]]] = {
    "check": [
        *(("IN", "-o", form, "--show", "all", "-v") for form in STREAMED),
        ("IN", "-o", "json=OUT/r.json", "--labels", "IN/labels.toml"),
        ("ssh://whole", f"ssh://token={SECRET}", "--run", "OUT/run", "-o", "json"),
        (NAME, "--labels", NAME, "-p", NAME, "-o", NAME),
        ("IN", "--param", NAME),
        ("IN", "-p", f"IN/{NAME}.toml"),
    ],
    "explain": [("RMC-SUB-001", f"IN/{NAME}.rmcc"), (NAME, "IN"), ("RMC-SUB-001", "IN", "--target", NAME)],
    "facts": [("IN",), ("IN", "-o", "json"), ("IN", "-o", "json=OUT/f.json"), (NAME,)],
    "collect ssh": [
        (*HOSTS, "--run", "OUT/run", "--retries", "0", "--probe"),
        ("--inventory", "IN/hosts.txt", "--run", "OUT/run", "--retries", "0"),
        ("--inventory", "IN/hosts.ini", "--run", "OUT/run", "--retries", "0"),
        ("--inventory", f"hmc://{NAME}", "--run", "OUT/run"),
        ("whole", "--ssh-config", NAME, "--collector", NAME, "--run", "OUT/run"),
    ],
    "collect local": [
        ("--collector", "IN/says.sh", "--run", "OUT/run"),
        ("--collector", NAME, "--run", "OUT/run"),
    ],
    "collect hmc": [(*HOSTS, "--run", "OUT/run", "--diagrmc")],
    "collect import": [("IN/sos.tar",), ("IN/sos.tar", "-o", "OUT/captures"), (NAME,)],
    "collect script": [()],
    "collect list": [(), ("--platform", NAME), ("-p", NAME), ("-p", f"IN/{NAME}.toml", "-o", "json")],
    "bundle show": [(f"IN/{NAME}.rmcc",), (NAME,)],
    "bundle verify": [(f"IN/{NAME}.rmcc", "IN/cut.rmcc", NAME)],
    "bundle extract": [
        (f"IN/{NAME}.rmcc", "ps -ef"),
        (f"IN/{NAME}.rmcc", "ps -ef", "--error"),
        (f"IN/{NAME}.rmcc", NAME),
        (f"IN/{NAME}.rmcc", "--to", "OUT/all"),
    ],
    "bundle replay": [(f"IN/{NAME}.rmcc", "OUT/host"), (NAME, "OUT/host")],
    "example": [("OUT/examples",), (f"IN/{NAME}.toml",)],
    "doctor": [HOSTS, ("whole", "--sudo"), ("whole", "--ssh-config", NAME), ("--inventory", NAME)],
    "rules": [(NAME,), ("-p", NAME), ("-p", f"IN/{NAME}.toml")],
    "policy lint": [(NAME,), (f"IN/{NAME}.toml",)],
    "policy show": [(NAME,), (f"IN/{NAME}.toml",)],
    "policy schema": [(NAME,)],
    "policy docs": [("OUT/docs",)],
    "policy test": [(NAME,), (f"IN/{NAME}.toml",), ("rmc-core", f"IN/{NAME}.toml"), ("rmc-core", NAME)],
    "policy lock": [(NAME, "-o", "OUT/lock.json"), (f"IN/{NAME}.toml", "-o", f"OUT/{NAME}")],
    "waiver add": [
        (f"IN/{NAME}.toml", *("--rule", NAME, "--target", NAME), *_ACCEPTED),
    ],
    "waiver list": [(NAME,), (f"IN/{NAME}.toml",)],
    "waiver lint": [(NAME,), (f"IN/{NAME}.toml",), (f"IN/{NAME}.toml", "IN/report.json")],
    "baseline write": [("IN/report.json", "-o", f"OUT/{NAME}"), (NAME, "-o", "OUT/b")],
    "baseline update": [("IN/report.json", f"IN/{NAME}.toml"), (NAME, NAME), ("IN/report.json", NAME)],
    "attest create": [("IN/report.json", "--image", f"IN/{NAME}.rmcc", "-o", "OUT/s"), (NAME, *_IMAGE, "-o", "OUT/s")],
    "attest verify": [(f"IN/{NAME}.toml", *_IMAGE, *_SIGNED), (NAME, *_IMAGE, *_SIGNED)],
    "report validate": [(NAME,), ("IN/report.json",)],
    "report verify": [("IN/report.json", f"IN/{NAME}.rmcc"), (NAME, NAME)],
}
"""`IN` is the folder with what is planted, `OUT` a new one."""


def leaves() -> Iterator[str]:
    for name in COMMANDS:
        below = getattr(command_of(name), "commands", {})
        yield from (f"{name} {one}" for one in below) if below else (name,)


def test_every_command_has_its_cases() -> None:
    assert sorted(leaves()) == sorted(CASES)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bundles, captures, an archive, inventories, a policy and a report, each with secrets in it and in its name."""
    folder = tmp_path_factory.mktemp("in")
    every = "\n".join((*LINES, "")).encode()
    sections = [
        Section("cmd", ("/usr/bin/ps", "-ef"), every, every),
        Section("cmd", ("/usr/bin/lssrc", "-a", NAME), every),
        Section("cmd", ("/usr/bin/lssrc", "-a"), LSSRC.encode() + every, exit_status=1),
    ]
    whole = write_bundle({"host": NAME, "os": "AIX", "note": f"token={SECRET}"}, sections)
    (folder / f"{NAME}.rmcc").write_bytes(whole)
    (folder / "cut.rmcc").write_bytes(whole[:1500])
    captures = folder / f"captures token={SECRET}"
    captures.mkdir()
    for name in ("lssrc-a.txt", "df-k.txt", f"apikey={SECRET}.txt"):
        (captures / name).write_bytes(every)
    (folder / "sos.tar").write_bytes(tar(sosreport([command("lssrc -a", LSSRC + every.decode())])))
    (folder / "hosts.txt").write_text(f"whole\ntoken={SECRET}\nu@pass={SECRET}\n")
    (folder / "hosts.ini").write_text(f"[all]\nwhole ansible_password={SECRET} x_token={SECRET}\n")
    (folder / "labels.toml").write_text(f'["{NAME}"]\npassword = "{SECRET}"\n')
    (folder / f"{NAME}.toml").write_text(f'title = "x"\n"{NAME}" = "token={SECRET}"\n[[rules]]\nid = "{NAME}"\n')
    (folder / "report.json").write_text(f'{{"schema": "rmccomply/report/1", "{NAME}": "token={SECRET}"}}')
    says = "".join(f"echo '{line}' >&2\n" for line in LINES if "'" not in line)
    (folder / "says.sh").write_text(f"main() {{\n{says}exit 1\n}}\nmain\n")
    return folder


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for what is written, beside a client of ssh that is none."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "said").write_text("\n".join((*LINES, "")))
    (tools / "whole.bin").write_bytes(bundle(whole_aix(), "whole"))
    (tools / "ssh").write_text(SSH.format(folder=tools))
    (tools / "ssh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    (tmp_path / "out").mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "out"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("name", "case"), [(name, case) for name, cases in CASES.items() for case in range(len(cases))]
)
def test_no_byte_of_it_is_a_secret(name: str, case: int, planted: Path, out: Path, program: Program) -> None:
    words = [word.replace("IN", str(planted), 1).replace("OUT", str(out), 1) for word in CASES[name][case]]
    ran = program(*name.split(), *words)
    assert ran.out + ran.err or any(out.iterdir())
    assert "fault of rmccomply" not in ran.err
    said = (ran.out + ran.err).encode()
    assert [one for one in FORBIDDEN if one.encode() in said] == []
    for path in (*out.rglob("*"), *Path.cwd().rglob("*")):
        held = str(path.relative_to(path.parents[1])).encode()
        held += path.read_bytes() if path.is_file() else b""
        assert [one for one in FORBIDDEN if one.encode() in held] == [], path
