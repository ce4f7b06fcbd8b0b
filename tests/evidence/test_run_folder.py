"""A bundle in the folder of a run counts as an answer only where the run's journal tells that it came."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from rmccomply.collect.controller import controller_bundle, meta
from rmccomply.evidence.run_folder import NAME, is_of_another, taken_by
from rmccomply.sources.host.transport import Word
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle
from tests.hosts.consoles import whole_aix

HEALTHY = bundle(whole_aix(), "lpar7")
BEGIN = {"schema": "rmccomply/run/1", "event": "run", "utc": NOW, "transport": "ssh", "targets": 1}
MOST = 2**20


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def end(target: str, word: str = "collected", data: bytes = b"") -> dict[str, object]:
    return {"event": "end", "target": target, "word": word, "sha256": sha256(data) if data else ""}


def journal(*events: dict[str, object]) -> bytes:
    return b"".join(json.dumps(event).encode() + b"\n" for event in (BEGIN, *events))


def run(folder: Path, word: Word, *events: dict[str, object], name: str = "lpar7.rmcc", data: bytes = HEALTHY) -> Path:
    """The folder of a run that asked lpar7, with a bundle in it."""
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_bytes(journal(*events))
    note = meta("ssh", "lpar7", word, "why", NOW, NOW, {})
    (folder / "lpar7.controller.rmcc").write_bytes(controller_bundle("lpar7", [note], {}, NOW))
    (folder / name).write_bytes(data)
    return folder


FAILED = end("lpar7", "no-address")
TAKEN = end("lpar7", data=HEALTHY)


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ((TAKEN,), 0),
        ((end("lpar7", "incomplete", HEALTHY), FAILED), 0),
        ((), 3),
        ((FAILED,), 3),
        ((end("lpar7", data=b"edited since"),), 3),
        ((end("lpar8", data=HEALTHY),), 3),
    ],
)
@pytest.mark.parametrize("given", ["run", "run/lpar7.rmcc", "run/lpar7.controller.rmcc"])
def test_only_what_the_run_took_is_its_answer(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    program: Program,
    events: tuple[dict[str, object], ...],
    status: int,
    given: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    run(tmp_path / "run", "collected" if TAKEN in events else "no-address", *events)
    if given.endswith("controller.rmcc"):
        (tmp_path / "run" / "lpar7.rmcc").rename(tmp_path / "run" / "lpar7.rmcc.gz")
        (tmp_path / "run" / "lpar7.rmcc.gz").write_bytes(gzip.compress(HEALTHY))
        given = "run"
    ran = program("check", given, "-o", "json")
    report = json.loads(ran.out)
    assert ran.status == status
    assert [target["id"] for target in report["targets"]] == ["lpar7"]
    if status:
        assert {one["result"] for one in report["findings"]} == {"unknown"}
        assert "its folder does not list it" in ran.out


def test_a_bundle_of_a_host_that_the_run_never_asked_is_judged_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program
) -> None:
    monkeypatch.chdir(tmp_path)
    run(tmp_path / "run", "collected", TAKEN)
    (tmp_path / "run" / "other.rmcc").write_bytes(bundle(whole_aix(), "other"))
    ran = program("check", "run", "--on-unknown", "report")
    assert ran.status == 3
    assert "its folder does not list it" in ran.out
    assert "an input is damaged" in ran.out


@pytest.mark.parametrize("content", [b"", b"{}\n", b'{"schema": "another/1"}\n', None])
def test_a_folder_without_a_journal_is_no_run(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "lpar7.rmcc"
    path.write_bytes(HEALTHY)
    if content is not None:
        (tmp_path / NAME).write_bytes(content)
    assert not is_of_another(path, MOST)


@pytest.mark.parametrize(
    "line", [b"", b"[]", b"{", b'{"event": "end"}', b'{"event": "end", "target": 1, "sha256": "ab"}', b"\xff"]
)
def test_what_is_no_line_of_a_journal_is_passed_over(line: bytes) -> None:
    assert taken_by(journal(TAKEN, end("web 1", data=b"x")) + line) == {
        ("lpar7", sha256(HEALTHY)),
        ("web%201", sha256(b"x")),
    }


def test_a_folder_of_bundles_becomes_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "lpar7.rmcc").write_bytes(HEALTHY)
    ran = program("collect", "local", "--run", "mine", "--plan", "quick")
    assert (ran.status, ran.out) == (2, "")
    assert "mine: holds files that no run collected (lpar7.rmcc): name another folder" in ran.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["lpar7.rmcc"]
