"""Inputs: told apart by content, walked in order, and no fault of one hides another. All evidence is constructed."""

import gzip
import hashlib
import io
import json
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from rmccomply.assess import assess
from rmccomply.errors import InputError
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Notification
from rmccomply.guarded import Limits
from rmccomply.inputs.locate import locate
from rmccomply.inputs.read import Failed, InputItem, Loaded, load_inputs, read
from rmccomply.runs.facts import document_line
from rmccomply.sources import table
from tests.hosts.building import bundle, healthy_aix

BUNDLE = bundle(healthy_aix())
CONTROLLER = write_bundle(
    {"mode": "controller", "host": "lpar1"}, [Section("probe", ("tcp", "10.9.8.7", "657"), b"open\n")]
)


def load(*names: Path | str, root: Path, stdin: bytes = b"") -> list[InputItem]:
    return list(load_inputs([str(name) for name in names], root, io.BytesIO(stdin)))


def one(items: list[InputItem]) -> Loaded:
    assert len(items) == 1
    (item,) = items
    assert isinstance(item, Loaded), item
    return item


def refused(items: list[InputItem]) -> list[str]:
    return [str(item) for item in items if isinstance(item, InputError)]


def noticed(items: list[InputItem]) -> list[tuple[str, str]]:
    return [(item.uri, item.level) for item in items if isinstance(item, Notification)]


def loaded(items: list[InputItem]) -> list[Loaded]:
    return [item for item in items if isinstance(item, Loaded)]


def document(name: str = "lpar1", **changes: Any) -> dict[str, Any]:
    (item,) = load_inputs(["-"], Path(), io.BytesIO(bundle(healthy_aix(), host=name)))
    assert isinstance(item, Loaded)
    made: dict[str, Any] = json.loads(document_line(item, ""))
    return {**made, **changes}


def octets(*documents: Any) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in documents)


@pytest.mark.parametrize("name", ["lpar1.rmcc", "facts.json", "x.txt", "lssrc-a.txt.bak", "noname"])
def test_a_bundle_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"Last login: today\n" + BUNDLE)
    item = one(load(tmp_path / name, root=tmp_path))
    assert (item.name, item.platform, item.artifacts[0].uri) == ("lpar1", "aix", name)
    assert len(item.readings.of(table.LSSRC)) == 1


def test_a_compressed_bundle(tmp_path: Path) -> None:
    (tmp_path / "lpar1.rmcc.gz").write_bytes(gzip.compress(BUNDLE))
    item = one(load(tmp_path, root=tmp_path))
    assert (item.name, item.fallback, item.artifacts[0].uri) == ("lpar1", "lpar1", "lpar1.rmcc.gz")


def test_a_damaged_compressed_bundle_is_a_target_with_what_is_left(tmp_path: Path) -> None:
    data = gzip.compress(os.urandom(3000).hex().encode() + b"\n" + BUNDLE)
    for number, damaged in enumerate((data[:-20], data[:-8] + b"\0" * 8)):
        (tmp_path / f"{number}.rmcc.gz").write_bytes(damaged)
    items = loaded(load(tmp_path, root=tmp_path))
    assert len(items) == 2
    assert all("its compression is damaged" in item.notifications[-1].text for item in items)
    assert len(items[1].readings.all()) > 5


@pytest.mark.parametrize("compressed", [True, False])
def test_what_would_not_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compressed: bool) -> None:
    bomb = BUNDLE + random.Random(1).randbytes(2 << 20) if compressed else BUNDLE + b"x" * (64 << 20)
    (tmp_path / "bomb").write_bytes(gzip.compress(bomb) if compressed else bomb)
    reads: list[int] = []
    real = gzip.GzipFile.read

    def counted(self: gzip.GzipFile, size: int | None = -1) -> bytes:
        piece = real(self, size)
        reads.append(len(piece))
        return piece

    monkeypatch.setattr(gzip.GzipFile, "read", counted)
    (found,) = load_inputs([str(tmp_path / "bomb")], tmp_path, limits=Limits(size=1 << 20))
    assert found == Failed("bomb", "bomb", f"it is larger than {1 << 20} bytes (--max-size)", label="bomb")
    assert sum(reads) < 2 << 20


def test_facts_documents_in_every_layout(tmp_path: Path) -> None:
    made = document()
    layouts = {
        "line.json": json.dumps(made).encode(),
        "pretty.json": json.dumps(made, indent=1).encode(),
        "late.json": json.dumps(made, sort_keys=True, indent=1).encode(),
        "mark.json": b"\xef\xbb\xbf" + json.dumps(made).encode(),
        "blank.json": b"\n\n" + json.dumps(made).encode() + b"\n\n",
        "line.json.gz": gzip.compress(json.dumps(made).encode()),
        "fleet.ndjson": octets(made),
    }
    for name, data in layouts.items():
        (tmp_path / name).write_bytes(data)
        item = one(load(tmp_path / name, root=tmp_path))
        assert (item.name, item.platform) == ("lpar1", "aix"), name
        assert item.artifacts[0].uri == "stdin"
        assert len(item.readings.all()) == len(made["facts"])


def test_documents_line_by_line_keep_their_order(tmp_path: Path) -> None:
    fleet = tmp_path / "fleet.ndjson"
    fleet.write_bytes(octets(document("b"), document("a")) + b"\n" + octets(document("c")))
    assert [item.name for item in loaded(load(fleet, root=tmp_path))] == ["b", "a", "c"]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_damaged_line_hides_no_other(tmp_path: Path, at: int) -> None:
    lines = [octets(document(name)) for name in ("a", "b", "c")]
    lines[at] = lines[at][:200] + b"\n"
    fleet = tmp_path / "fleet.ndjson"
    fleet.write_bytes(b"".join(lines))
    items = load(fleet, root=tmp_path)
    assert len(loaded(items)) == 2
    assert refused(items) == [f"{fleet}:{at + 1}: is not a JSON document"]


def test_platforms_that_evidence_showed_are_not_declared() -> None:
    made = document()
    made["target"] |= {"platform": "aix", "platform_from": "evidence"}
    assert one(load("-", root=Path(), stdin=octets(made))).platform == ""


@pytest.mark.parametrize(
    "target",
    [
        {"id": 7, "platform": [], "evidence": 5, "labels": "x", "collected": 9},
        {"id": None, "evidence": [1, {"uri": 3}], "labels": {"a": 1}},
        {},
    ],
)
def test_a_nonsensical_target_is_still_one(target: dict[str, Any]) -> None:
    item = one(load("-", root=Path(), stdin=octets(document(target=target))))
    assert (item.name, item.platform, item.collected) == ("", "", None)
    assert assess(item, ()).target.id == "lpar1"


@pytest.mark.parametrize(
    "data",
    [
        octets({"schema": "rmccomply/facts/1"}),
        octets({"schema": "rmccomply/facts/1", "facts": [], "target": {}}),
        octets({"schema": "rmccomply/facts/2", "note": "rmccomply/facts/1"}),
        b'{"schema": "rmccomply/facts/1", ',
        b'{"schema": "rmccomply/facts/1", "target": {"id": "\\ud800"}, "facts": {}}',
        b"",
        b"hello\n",
        b"{}",
        b"\x1f\x8b" + b"\0" * 40,
        b"\x00" * 100,
    ],
)
def test_what_is_no_input(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    (tmp_path / "good.rmcc").write_bytes(BUNDLE)
    items = load(tmp_path / "x", tmp_path / "good.rmcc", root=tmp_path)
    assert len(refused(items)) == len(loaded(items)) == 1
    assert str(tmp_path / "x") in refused(items)[0]


def test_a_named_input_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "good.rmcc").write_bytes(BUNDLE)
    items = load(tmp_path / "a" / "b", tmp_path / "good.rmcc", root=tmp_path)
    assert refused(items) == [f"{tmp_path}/a/b: no such file or folder"]
    assert len(loaded(items)) == 1


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("z/1.rmcc", "a/2.rmcc", "b.rmcc", "a/.hidden/3.rmcc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(BUNDLE)
    uris = [item.artifacts[0].uri for item in loaded(load(tmp_path, root=tmp_path))]
    assert uris == ["a/.hidden/3.rmcc", "a/2.rmcc", "b.rmcc", "z/1.rmcc"]


def test_odd_files_of_a_folder_are_one_notification_each(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("text")
    (tmp_path / "empty.rmcc").write_bytes(b"")
    (tmp_path / "other.json").write_bytes(octets({"$schema": "x", "const": "rmccomply/facts/1"}))
    (tmp_path / "again.rmcc").symlink_to(tmp_path / "lpar1.rmcc")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "lpar1.rmcc").write_bytes(BUNDLE)
    items = load(tmp_path, root=tmp_path)
    assert len(loaded(items)) == 1
    assert refused(items) == []
    assert noticed(items) == [
        ("README.md", "note"),
        ("again.rmcc", "note"),
        ("empty.rmcc", "warning"),
        ("loop", "note"),
        ("other.json", "note"),
        ("pipe", "note"),
    ]


def test_a_cut_facts_document_in_a_folder_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_bytes(octets(document())[:900])
    assert refused(load(tmp_path, root=tmp_path)) == [f"{tmp_path}/facts.json: is not a JSON document"]


def test_what_cannot_be_read_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.rmcc", "b.rmcc", "c.rmcc"):
        (tmp_path / name).write_bytes(BUNDLE)
    real = Path.open

    def denied(path: Path, *args: Any, **more: Any) -> Any:
        if path.name == "b.rmcc":
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **more)

    monkeypatch.setattr(Path, "open", denied)
    items = load(tmp_path, root=tmp_path)
    assert len(loaded(items)) == 2
    assert refused(items) == [f"{tmp_path}/b.rmcc: cannot be read: Permission denied"]


def test_a_capture_folder_in_a_walked_one_is_one_target(tmp_path: Path) -> None:
    (tmp_path / "host1").mkdir()
    (tmp_path / "host1" / "lssrc-a.txt").write_text(" ctrmc rsct 5 active\n syslogd ras 6 active\n")
    (tmp_path / "host2").mkdir()
    (tmp_path / "host2" / "target.toml").write_text("name = [")
    (tmp_path / "z.rmcc").write_bytes(BUNDLE)
    items = load(tmp_path, root=tmp_path)
    assert [item.fallback for item in loaded(items)] == ["host1", "z"]
    (failed,) = (item for item in items if isinstance(item, Failed))
    assert failed[:2] == ("host2", "host2")
    assert "host2/target.toml:1: is not valid TOML" in failed.says


@pytest.mark.parametrize("stdin", [BUNDLE, b"banner\n" + BUNDLE, gzip.compress(BUNDLE)])
def test_standard_input(stdin: bytes) -> None:
    item = one(load("-", root=Path(), stdin=stdin))
    assert (item.name, item.fallback, item.artifacts[0].uri) == ("lpar1", "stdin", "stdin")
    place = item.readings.of(table.LSSRC)[0].at(1)[0]
    assert place.uri == "stdin"


def test_standard_input_that_is_nothing() -> None:
    assert refused(load("-", root=Path(), stdin=b"nothing")) == [
        "-: was not recognized: not a bundle, capture folder, support archive or facts document"
    ]
    assert refused(list(load_inputs(["-"], Path()))) == ["-: standard input is closed"]
    items = list(load_inputs(["-"], Path(), io.BytesIO(BUNDLE), Limits(size=10)))
    assert refused(items) == ["-: standard input is larger than 10 bytes (--max-size)"]


@pytest.mark.exhaustive
def test_standard_input_that_does_not_end_takes_the_time_of_a_target_and_costs_no_other(tmp_path: Path) -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            time.sleep(5)
            return b""

    (tmp_path / "a.rmcc").write_bytes(BUNDLE)
    items = list(load_inputs(["-", str(tmp_path / "a.rmcc")], tmp_path, Slow(), Limits(seconds=1)))
    assert items[0] == Failed("stdin", "stdin", "it took longer than 1 s (--max-seconds)", label="stdin")
    assert [item.label for item in loaded(items)] == ["lpar1"]


def test_standard_input_that_cannot_be_read_is_told_and_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.rmcc").write_bytes(BUNDLE)
    number = os.open(os.devnull, os.O_WRONLY)
    with io.BufferedReader(io.FileIO(os.dup(number), "rb")) as stdin:
        os.close(number)
        items = list(load_inputs(["-", str(tmp_path / "a.rmcc")], tmp_path, stdin))
    assert refused(items) == ["-: cannot be read: Bad file descriptor"]
    assert [item.label for item in loaded(items)] == ["lpar1"]


def test_a_controllers_bundle_is_joined_by_label(tmp_path: Path) -> None:
    (tmp_path / "lpar1.rmcc").write_bytes(BUNDLE)
    (tmp_path / "lpar1.controller.rmcc").write_bytes(CONTROLLER)
    for names in ([tmp_path], sorted(tmp_path.iterdir())):
        item = one(load(*names, root=tmp_path))
        assert [artifact.uri for artifact in item.artifacts] == ["lpar1.rmcc", "lpar1.controller.rmcc"]
        assert len(item.readings.of(table.TCP_PROBE)) == 1, "what a controller measures is no fact of the host"


@pytest.mark.parametrize("head", [{"mode": "controller", "host": "lpar9"}, {"mode": "live", "host": "lpar1"}])
def test_a_bundle_about_another_is_not_joined(tmp_path: Path, head: dict[str, str]) -> None:
    (tmp_path / "lpar1.rmcc").write_bytes(BUNDLE)
    (tmp_path / "lpar1.controller.rmcc").write_bytes(write_bundle(head, []))
    item = one(load(tmp_path, root=tmp_path))
    assert len(item.artifacts) == 1
    assert "is not about it" in item.notifications[-1].text


ASKED = "2026-11-20T03:00:00Z"
"""When the bundles of these tests say that they were collected."""


def noted(word: str, host: str = "lpar1", **head: str) -> bytes:
    """A controller's bundle that says how the collection went."""
    out = f"{word}\nssh: it said so.\n".encode()
    section = Section("meta", ("rmccomply-collect", "ssh", host), out, begun=ASKED, ended=ASKED)
    return write_bundle({"mode": "controller", "host": host, **head}, [section])


def test_a_target_that_did_not_come_is_a_target_and_its_cause_is_noted(tmp_path: Path) -> None:
    (tmp_path / "lpar1.rmcc").write_bytes(BUNDLE)
    (tmp_path / "lpar1.controller.rmcc").write_bytes(noted("collected"))
    (tmp_path / "lpar2.controller.rmcc").write_bytes(noted("unreachable", "lpar2", **{"label.wave": "2"}))
    whole, dark = loaded(load(tmp_path, root=tmp_path))
    assert (whole.name, whole.notifications) == ("lpar1", ())
    assert (dark.name, dark.platform, dark.labels) == ("lpar2", "", {"wave": "2"})
    (note,) = dark.notifications
    assert note.text == "collected only in part: unreachable: ssh: it said so"
    assert (note.uri, note.level) == ("lpar2.controller.rmcc", "warning")
    line = (tmp_path / "lpar2.controller.rmcc").read_text().splitlines()[(note.line or 0) - 1]
    assert line == "|unreachable"


def test_what_came_of_a_target_is_judged_with_the_cause_why_it_is_not_all(tmp_path: Path) -> None:
    (tmp_path / "lpar1.rmcc").write_bytes(BUNDLE[:900])
    (tmp_path / "lpar1.controller.rmcc").write_bytes(noted("incomplete", **{"label.wave": "2"}))
    item = one(load(tmp_path, root=tmp_path))
    assert item.labels == {"wave": "2"}
    assert [note.text.partition(":")[0] for note in item.notifications][-1] == "collected only in part"


def test_only_a_controller_gives_labels(tmp_path: Path) -> None:
    (tmp_path / "lpar1.rmcc").write_bytes(write_bundle({"host": "lpar1", "label.owner": "me"}, []))
    assert one(load(tmp_path, root=tmp_path)).labels == {}


def test_the_journal_of_a_run_is_passed_over_and_a_part_is_no_target(tmp_path: Path) -> None:
    (tmp_path / "lpar1.rmcc").write_bytes(BUNDLE)
    (tmp_path / "lpar2.part").write_bytes(BUNDLE[:900])
    taken = json.dumps({"event": "end", "target": "lpar1", "sha256": hashlib.sha256(BUNDLE).hexdigest()})
    (tmp_path / "state.jsonl").write_text(f'{{"schema": "rmccomply/run/1", "event": "run"}}\n{taken}\n')
    items = load(tmp_path, root=tmp_path)
    assert [item.name for item in loaded(items)] == ["lpar1"]
    assert noticed(items) == [("lpar2.part", "warning")]
    assert [item.name for item in loaded(load(tmp_path / "lpar2.part", root=tmp_path))] == ["lpar1"], "if it is named"
    assert refused(load(tmp_path / "state.jsonl", root=tmp_path))


def test_two_targets_of_one_label(tmp_path: Path) -> None:
    for name in ("c.rmcc", "a.rmcc", "b.rmcc"):
        (tmp_path / name).write_bytes(BUNDLE)
    found = [assess(item, ()) for item in loaded(load(tmp_path, root=tmp_path))]
    assert [(one.target.id, one.target.evidence[0].uri) for one in found] == [
        ("lpar1 (a.rmcc)", "a.rmcc"),
        ("lpar1 (b.rmcc)", "b.rmcc"),
        ("lpar1 (c.rmcc)", "c.rmcc"),
    ]
    assert [[note.text for note in one.notifications] for one in found[:2]] == [
        [f"another target claims the name 'lpar1' too, so its file tells this one apart: 'lpar1 ({name}.rmcc)'"]
        for name in "ab"
    ]


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a b.rmcc", "a%20b.rmcc"),
        ("100%.rmcc", "100%25.rmcc"),
        ("c:d.rmcc", "c%3Ad.rmcc"),
        ("ümlaut.rmcc", "%C3%BCmlaut.rmcc"),
        ("q?x#y.rmcc", "q%3Fx%23y.rmcc"),
        ("bad\udcff.rmcc", "bad%FF.rmcc"),
        ("~x_y-z.1.rmcc", "~x_y-z.1.rmcc"),
    ],
)
def test_uris_are_relative_and_percent_encoded(tmp_path: Path, name: str, uri: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / name).write_bytes(BUNDLE)
    assert one(load(tmp_path / "deep", root=tmp_path)).artifacts[0].uri == f"deep/{uri}"
    assert one(load(tmp_path / "deep", root=tmp_path / "other")).artifacts[0].uri == f"../deep/{uri}"


def test_a_capture_that_stands_alone_is_told_what_to_do_with_it(tmp_path: Path) -> None:
    for name, says in (
        ("lssrc-a.txt", ": a capture is read with its folder, so name that"),
        ("lpar1_lssrc -a.txt", ": if it is a capture, name it 'lssrc -a.txt', in a folder for its host"),
        ("notes.txt", ""),
    ):
        (tmp_path / name).write_text("x")
        (item,) = load_inputs([str(tmp_path / name)], tmp_path)
        assert str(item).endswith(f"support archive or facts document{says}")


def test_a_session_is_an_input_alone_and_in_any_folder(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    text = "[root@lpar7 ~]# uname -L\n7 lpar7\n[root@lpar7 ~]# "
    for name in ("putty.log", "lssrc-a.txt"):
        path = tmp_path / "logs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        alone = one(load(path, root=tmp_path))
        assert [item.name for item in alone.readings.of(table.UNAME)] == ["uname -L"]
        assert (alone.name, alone.fallback) == ("", "lpar7")
        path.unlink()
    (tmp_path / "console.txt").write_text(text)
    assert [item.name for item in one(load(tmp_path, root=tmp_path)).readings.of(table.UNAME)] == ["uname -L"]


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    for name in ("a.rmcc", "b.rmcc"):
        (tmp_path / name).write_bytes(BUNDLE)
    inputs = list(locate([str(tmp_path)], tmp_path))
    (tmp_path / "a.rmcc").unlink()
    os.mkfifo(tmp_path / "a.rmcc")
    signal.alarm(10)
    try:
        items = [item for one in inputs for item in read(one, tmp_path)]
    finally:
        signal.alarm(0)
    assert [type(item) for item in items] == [InputError, Loaded]
