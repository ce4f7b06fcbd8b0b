"""Locate: all inputs by name and place, and the labels that their targets get when they are read."""

import gzip
import io
import json
import pickle
import random
from pathlib import Path

import pytest

from rmccomply.errors import InputError
from rmccomply.evidence.model import Notification
from rmccomply.guarded import LIMITS, Limits
from rmccomply.inputs.loaded import Failed, Loaded
from rmccomply.inputs.locate import locate
from rmccomply.inputs.read import load_inputs, read
from tests.hosts.building import bundle, command, healthy_aix

LINE = {"schema": "rmccomply/facts/1", "facts": {}}


def write(folder: Path, **files: bytes) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content)


def host(name: str) -> bytes:
    return bundle(healthy_aix(), name)


def lines(*names: str | None) -> bytes:
    documents = [LINE | {"target": {} if name is None else {"id": name}} for name in names]
    return b"".join(json.dumps(one).encode() + b"\n" for one in documents)


def labels(*names: str, stdin: bytes | None = None, limits: Limits = LIMITS) -> list[str]:
    items = load_inputs(names, Path(), None if stdin is None else io.BytesIO(stdin), limits)
    return [item.label for item in items if isinstance(item, (Loaded, Failed))]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_inputs_are_given_by_kind_and_place_in_order(folder: Path) -> None:
    write(folder, b__rmcc=host("b"), link=b"")
    (folder / "link").unlink()
    (folder / "link").symlink_to("b.rmcc")
    (folder / "capture").mkdir()
    (folder / "capture" / "uname-a.txt").write_text("AIX c 2 7 00F6DB0A4C00\n")
    found = list(locate(["-", ".", "gone"], Path(), io.BytesIO(host("a"))))
    assert [(one.kind, one.uri, one.named) for one in found] == [
        ("stdin", "stdin", True),
        ("file", "b.rmcc", False),
        ("captures", "capture", False),
        ("told", "", False),
        ("told", "", False),
    ]
    assert [type(one.told) for one in found[3:]] == [Notification, InputError]
    assert pickle.loads(pickle.dumps(found[:4])) == found[:4]


def test_a_single_input_is_not_opened_for_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, a__rmcc=host("a"))
    monkeypatch.setattr("rmccomply.inputs.locate.claims_of", lambda *_: 1 / 0)
    (one,) = locate(["a.rmcc"], Path())
    assert one.own is None


def test_each_input_is_read_alone_wherever_that_is_done(folder: Path) -> None:
    write(folder, a__rmcc=host("a"), b__rmcc=host("a"), c__ndjson=lines("c", "d"))
    found = pickle.loads(pickle.dumps(list(locate(["."], Path()))))
    random.Random(1).shuffle(found)
    by_place = {item.place: item.label for one in found for item in read(one, Path()) if isinstance(item, Loaded)}
    assert by_place == {"a.rmcc": "a (a.rmcc)", "b.rmcc": "a (b.rmcc)", "c.ndjson:1": "c", "c.ndjson:2": "d"}


def test_standard_input_claims_its_name(folder: Path) -> None:
    write(folder, a__rmcc=host("a"))
    assert labels("-", "a.rmcc", stdin=host("a")) == ["a (stdin)", "a (a.rmcc)"]
    assert labels("-", "a.rmcc", stdin=host("b")) == ["b", "a"]
    assert labels("-", stdin=host("a")) == ["a"]
    assert labels("-", stdin=lines("a", "b", "a")) == ["a (stdin:1)", "b", "a (stdin:3)"]
    assert labels("-", stdin=gzip.compress(lines("a", "a"))) == ["a (stdin:1)", "a (stdin:2)"]


def test_a_file_that_is_called_stdin_is_another_place(folder: Path) -> None:
    write(folder, stdin=host("a"))
    assert labels("-", "stdin", stdin=host("a")) == ["a (stdin)", "a (stdin)#2"]


def test_a_file_that_is_named_twice_is_two_targets(folder: Path) -> None:
    write(folder, a__rmcc=host("a"))
    assert labels("a.rmcc", "./a.rmcc") == ["a (a.rmcc)", "a (a.rmcc)#2"]


def test_documents_of_no_name_are_told_apart(folder: Path) -> None:
    write(folder, x__ndjson=lines(None, "a", None), y__json=lines(None))
    assert labels("x.ndjson") == ["facts (x.ndjson:1)", "a", "facts (x.ndjson:3)"]
    assert labels("y.json") == ["facts"]


def test_a_document_that_cannot_be_read_is_called_by_its_place(folder: Path) -> None:
    deep = json.dumps(LINE | {"target": {"id": "b"}}).encode().replace(b"{}", b"[" * 100_000 + b"]" * 100_000) + b"\n"
    write(folder, x__ndjson=lines("a") + deep, y__rmcc=host("x.ndjson:2"))
    assert labels("x.ndjson", "y.rmcc") == ["a", "x.ndjson:2", "x.ndjson:2 (y.rmcc)"]


def test_a_name_that_is_written_twice_in_a_document_steals_none(folder: Path) -> None:
    """The reader takes the last `target`; what looks the names up finds the first."""
    evil = b'{"schema":"rmccomply/facts/1","target":{"id":"x"},"facts":{},"target":{"id":"zeta"}}\n'
    write(folder, a__json=evil, b__rmcc=host("zeta"))
    for order in (("a.json", "b.rmcc"), ("b.rmcc", "a.json")):
        assert labels(*order) == ["zeta (a.json:1)", "zeta"]


def test_a_name_made_like_a_label_steals_none(folder: Path) -> None:
    write(folder, a__rmcc=host("zeta"), b__rmcc=host("zeta"), c__rmcc=host("zeta (a.rmcc)"), d__rmcc=host("eta (q)"))
    assert labels(".") == ["zeta (a.rmcc)", "zeta (b.rmcc)", "zeta (a.rmcc) (c.rmcc)", "eta (q)"]


def test_a_bundle_that_is_too_large_claims_the_name_of_its_file(folder: Path) -> None:
    write(folder, zeta__rmcc=host("other") + b"|x\n" * 9000, small__rmcc=bundle([command("uname -n", "x\n")], "zeta"))
    assert labels(".", limits=Limits(size=20_000)) == ["zeta (small.rmcc)", "zeta (zeta.rmcc)"]


def test_a_target_whose_reading_crashes_takes_no_name_of_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, a__rmcc=host("b.rmcc"), b__rmcc=host("b"))
    (folder / "d").mkdir()
    write(folder / "d", c__rmcc=host("c"))
    monkeypatch.setattr("rmccomply.inputs.read.read_bundle", lambda *_, **__: 1 / 0)
    assert labels(".") == ["a.rmcc", "b.rmcc (b.rmcc)", "c.rmcc"]


def test_a_host_that_is_read_and_one_that_crashes_stay_two(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, a__rmcc=host("same"), b__rmcc=host("same"), c__json=lines("alone"))
    monkeypatch.setattr("rmccomply.inputs.claims.read_bundle", lambda *_, **__: 1 / 0)
    assert labels(".") == ["same (a.rmcc)", "same (b.rmcc)", "alone"]


def test_names_with_secrets_that_become_one_stay_two(folder: Path) -> None:
    for number in (1, 2):
        (folder / f"password=secret{number}.rmcc").write_bytes(host("a"))
    found = labels(".")
    assert len(set(found)) == 2
    assert not any("secret1" in one or "secret2" in one for one in found)
