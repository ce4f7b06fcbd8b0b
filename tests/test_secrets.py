"""Secrets planted everywhere are in no byte of any output, and where there are none, redaction changes nothing."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tomli

from rmccomply.evidence import entry
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Evidence, Kind, Stream
from rmccomply.evidence.redact import redact_lines
from rmccomply.inputs.read import Loaded, load_inputs
from rmccomply.sources.reading import Readings
from rmccomply.sources.table import SOURCES
from rmccomply.words import FORMATS
from tests.cli.running import Program
from tests.documents.plain_facts import facts_json
from tests.facts.samples import SAMPLES
from tests.formats.parts import octets_at
from tests.hosts.building import SHARED, bundle
from tests.hosts.generations import HOSTS
from tests.secrets import FORMS, PEM, PROGRAMS

ROOT = Path(__file__).parents[1]
PLANTED = (*(line for line, _ in (*FORMS.values(), *PROGRAMS.values())), *PEM)
SECRETS = (*(secret for _, secret in (*FORMS.values(), *PROGRAMS.values())), "unterHunter", "c2hvcnQgbGFzdA")
KEY = re.compile(r"(RMCKey\s*= ).*")
IN_NAMES = {"host": "lpar password=hunter2Tig3r", "note": "token=hunter2Tig3r"}


def shows_none(data: bytes) -> bool:
    return not any(secret.encode() in data for secret in SECRETS)


def sections(text: Callable[[str], bytes]) -> Iterator[Section]:
    """Every sample of every source, with something done to what it printed."""
    for source in SOURCES:
        for sample in tomli.loads((SAMPLES / f"{source}.toml").read_text("utf-8"))["answer"]:
            argv = tuple(word.replace("\n", "\\n") for word in sample["argv"])
            kind: Kind = (
                "probe" if argv[0] == "tcp" else "file" if len(argv) == 1 and argv[0].startswith("/") else "cmd"
            )
            status = sample.get("exit_status") or 0
            yield Section(kind, argv, text(sample.get("out", "")), text(sample.get("err", "")), exit_status=status)


def with_every_form(out: str) -> bytes:
    lines = out.split("\n")
    middle = len(lines) // 2
    return "\n".join([*lines[:middle], *PLANTED, *lines[middle:], ""]).encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bundles in which every sample holds every form, one of which names hold, and captures of the same answers."""
    folder = tmp_path_factory.mktemp("planted")
    every = list(sections(with_every_form))
    for number in range(0, len(every), 40):
        head = {**IN_NAMES, "os": ("AIX", "Linux", "VIOS")[number // 40 % 3]}
        (folder / f"part{number}.rmcc").write_bytes(write_bundle(head, every[number : number + 40]))
    one = (*PLANTED, "")
    named = Section("cmd", ("/bin/ps", "-ef", "password=hunter2Tig3r"), "\n".join(one).encode())
    (folder / "pwd=hunter2Tig3r.rmcc").write_bytes(write_bundle(IN_NAMES, [named]))
    captures = folder / "captures token=hunter2Tig3r"
    captures.mkdir()
    for name in ("lssrc-a.txt", "df-k.txt", "etc_services.txt", "netstat-an.txt", "apikey=hunter2Tig3r.txt"):
        (captures / name).write_bytes("\n".join(one).encode())
    (captures / "target.toml").write_text('name = "a pass=hunter2Tig3r"\n[labels]\npassword = "hunter2Tig3r"\n')
    (folder / "labels.toml").write_text('[x]\nsecret = "hunter2Tig3r"\n')
    return folder


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", FORMATS)
def test_no_report_holds_a_planted_secret(folder: Path, name: str, program: Program, tmp_path: Path) -> None:
    report = tmp_path / "report"
    ran = program("check", str(folder), "-o", f"{name}={report}", "--show", "all", "-v")
    made, least = octets_at(report), {"csv-targets": 5_000, "github": 1_000}.get(name, 10_000)
    assert len(made) > least, "a row for each target at least"
    assert shows_none(made + ran.out.encode() + ran.err.encode())


@pytest.mark.exhaustive
def test_no_facts_hold_one_nor_what_is_judged_of_them(folder: Path, program: Program, tmp_path: Path) -> None:
    facts = tmp_path / "facts.ndjson"
    ran = program("facts", str(folder), "-o", f"json={facts}")
    text = program("facts", str(folder))
    assert facts.stat().st_size > 100_000
    assert shows_none(facts.read_bytes() + ran.err.encode() + text.out.encode() + text.err.encode())


@pytest.mark.exhaustive
def test_no_proof_and_no_bundle_command_shows_one(folder: Path, program: Program, tmp_path: Path) -> None:
    for path in (folder / "part0.rmcc", folder / "pwd=hunter2Tig3r.rmcc"):
        to = tmp_path / path.name.replace("=", "-").replace("pwd", "p").replace("hunter2Tig3r", "x")
        outputs = [
            program("bundle", "show", str(path)),
            program("bundle", "verify", str(path)),
            program("explain", "RMC-SUB-001", str(path)),
            program("bundle", "extract", str(path), "--to", str(to)),
            program("bundle", "replay", str(path), f"{to}.replay"),
            *(program("bundle", "extract", str(path), request) for request in ("lssrc -a", "ps -ef")),
        ]
        assert shows_none("".join(ran.out + ran.err for ran in outputs).encode())
    for file in tmp_path.rglob("*"):
        assert shows_none(str(file).encode() + (file.read_bytes() if file.is_file() else b"")), file


def test_a_facts_document_that_another_wrote_holds_none_either(program: Program, tmp_path: Path) -> None:
    place = {"uri": "x", "start_line": 1, "end_line": 1, "text": "pass=hunter2Tig3r", "request": "lssrc -a"}
    place |= {"exit_status": 0, "collected": None, "line": 0}
    fact = {"value": None, "reason": "unparsable", "says": "it said pwd=hunter2Tig3r", "evidence": [place]}
    target = {"id": "token=hunter2Tig3r", "platform": "aix", "labels": {"password": "hunter2Tig3r"}}
    document = {"schema": "rmccomply/facts/1", "target": target, "facts": {"lssrc -a": fact}}
    (tmp_path / "f.json").write_text(json.dumps(document))
    for arguments in (("check", "-o", "json"), ("facts",), ("facts", "-o", "json"), ("explain", "RMC-SUB-001")):
        ran = program(*arguments, str(tmp_path / "f.json"))
        assert ran.out
        assert shows_none(ran.out.encode() + ran.err.encode())


def without_the_key(text: str) -> bytes:
    """The one secret of healthy hosts is the key that lsrsrc prints."""
    return KEY.sub(r"\1(redacted)", text).encode()


def keyless(item: Evidence) -> Evidence:
    lines = tuple(KEY.sub(r"\1(redacted)", line) for line in item.out.lines)
    return item._replace(out=item.out._replace(lines=lines))


def raw_and_redacted(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The facts of a bundle with secrets left in it and dropped."""
    redacted = json.dumps(facts_json(Readings(read_bundle(data, "x.rmcc").evidence).all()))
    with monkeypatch.context() as patched:
        patched.setattr("rmccomply.evidence.bundle.entered", lambda one: one)
        return json.dumps(facts_json(Readings(read_bundle(data, "x.rmcc").evidence).all())), redacted


def test_redaction_changes_no_fact_of_any_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    for section in sections(without_the_key):
        raw, redacted = raw_and_redacted(write_bundle({}, [section]), monkeypatch)
        assert raw == redacted, section.argv


@pytest.mark.parametrize("name", HOSTS)
def test_redaction_changes_no_fact_of_a_healthy_host(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, redacted = raw_and_redacted(bundle(map(keyless, HOSTS[name].evidence), name), monkeypatch)
    assert raw == redacted


@pytest.mark.parametrize("path", sorted(ROOT.glob("examples/*.rmcc")), ids=lambda path: path.name)
def test_redaction_changes_no_fact_of_an_example(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, redacted = raw_and_redacted(path.read_bytes(), monkeypatch)
    assert raw == redacted


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the corpus of real captures is not here")
def test_redaction_changes_no_line_of_the_corpus_but_the_key_of_rmc(monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [path for path in sorted((SHARED / "corpus").iterdir()) if path.is_dir()]
    changed: set[str] = set()

    def seen(stream: Stream, names: tuple[str, ...] = ()) -> Stream:
        lines = redact_lines(stream.lines)
        changed.update(line.strip() for line, shown in zip(stream.lines, lines, strict=True) if line != shown)
        return stream

    monkeypatch.setattr(entry, "_stream", seen)
    count = sum(isinstance(item, Loaded) for item in load_inputs(map(str, folders), SHARED))
    assert count > 20
    assert {line for line in changed if "RMCKey" not in line} == set()
