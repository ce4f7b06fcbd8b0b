"""A name that several targets claim is known before any of them is judged."""

import gzip
import json
from pathlib import Path

import pytest

from rmccomply.collect.controller import controller_bundle, meta
from rmccomply.evidence.model import Evidence
from rmccomply.guarded import LIMITS
from rmccomply.inputs.claims import claims_of
from rmccomply.inputs.loaded import Loaded, name_of
from rmccomply.inputs.locate import locate
from rmccomply.inputs.read import load_inputs
from tests.cli.running import Program
from tests.evidence.archives.building import gzipped, snap, sosreport, supportconfig, tar
from tests.hosts.building import NOW, bundle, command, healthy_aix, replaced


def shared_names(inputs: list[str]) -> set[str]:
    """The names that stay with none of the targets that claim them."""
    targets = [item for item in load_inputs(inputs, Path()) if isinstance(item, Loaded)]
    return {name_of(item) for item in targets if item.label != name_of(item)}


def facts_line(name: str, layout: int | None = None) -> str:
    return json.dumps({"schema": "rmccomply/facts/1", "target": {"id": name}, "facts": {}}, indent=layout) + "\n"


def write(folder: Path, **files: str | bytes) -> list[str]:
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [str(folder)]


def test_bundles_facts_documents_and_captures_claim_names(tmp_path: Path) -> None:
    inputs = write(
        tmp_path,
        a__rmcc=bundle(healthy_aix(), "zeta"),
        b__rmcc__gz=gzip.compress(bundle(healthy_aix(), "zeta")),
        c__rmcc=bundle(healthy_aix(), "eta"),
        fleet__ndjson=facts_line("eta") + facts_line("theta"),
        one__json=facts_line("theta"),
        other__txt="nothing",
    )
    (tmp_path / "capture").mkdir()
    (tmp_path / "capture" / "target.toml").write_text('name = "iota"')
    assert shared_names(inputs) == {"zeta", "eta", "theta"}
    (tmp_path / "iota.rmcc").write_bytes(bundle(healthy_aix(), "iota"))
    assert shared_names(inputs) == {"zeta", "eta", "theta", "iota"}


def test_one_document_a_line_of_one_name(tmp_path: Path) -> None:
    assert shared_names([*write(tmp_path, x=facts_line("a") * 2)]) == {"a"}
    assert shared_names([str(tmp_path / "x"), "-", "not-there"]) == {"a"}


def test_a_target_with_its_controllers_note_is_one(tmp_path: Path) -> None:
    note = meta("ssh", "asked", "collected", "", NOW, NOW, {})
    beside = controller_bundle("zeta", [note], {}, NOW)
    inputs = write(tmp_path, a__rmcc=bundle(healthy_aix(), "zeta"), a__controller__rmcc=beside)
    assert shared_names(inputs) == set()
    write(tmp_path, b__rmcc=bundle(healthy_aix(), "zeta"))
    assert shared_names(inputs) == set()
    write(tmp_path, c__rmcc=bundle(healthy_aix(), "asked"))
    assert shared_names(inputs) == {"asked"}


def test_a_part_of_a_bundle_claims_no_name(tmp_path: Path) -> None:
    """A run that was killed leaves one beside its controller's note."""
    note = controller_bundle("zeta", [meta("ssh", "zeta", "not-tried", "", NOW, NOW, {})], {}, NOW)
    inputs = write(tmp_path, zeta__part=bundle(healthy_aix(), "zeta")[:700], zeta__controller__rmcc=note)
    assert shared_names(inputs) == set()


def test_a_name_that_is_claimed_twice_goes_to_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, evil__rmcc=bundle(healthy_aix(), "zeta"), zeta__rmcc=bundle(healthy_aix(), "zeta"))
    report = json.loads(program("check", ".", "-o", "json", "--now", NOW).out)
    assert [one["id"] for one in report["targets"]] == ["zeta (evil.rmcc)", "zeta (zeta.rmcc)"]
    assert {one["level"] for one in report["notifications"]} == {"warning"}
    marks = {one["fingerprint"] for one in report["findings"]}
    assert len(marks) == len(report["findings"])


def test_a_name_is_claimed_wherever_the_reader_finds_it(tmp_path: Path) -> None:
    """Behind a long banner, without a head, in a document of many lines, of another order, or packed."""
    evidence = healthy_aix()
    lines = json.loads(facts_line("x"))
    named = {
        "banner.rmcc": b"Authorized use only\n" * 900 + bundle(evidence, "zeta"),
        "banner-tells.rmcc": b"%h host eta\n" + bundle(evidence, "zeta"),
        "no-host.rmcc": bundle([command("uname -n", "zeta\n")], ""),
        "lines.json": json.dumps({**lines, "target": {"id": "zeta"}}, indent=4).encode(),
        "order.json": json.dumps({**lines, "target": {"platform": "aix", "id": "zeta"}}).encode(),
        "order-lines.json": json.dumps({**lines, "target": {"platform": "aix", "id": "zeta"}}, indent=1).encode(),
        "packed.json": gzip.compress(facts_line("zeta").encode()),
    }
    plain = tmp_path / "zeta.rmcc"
    plain.write_bytes(bundle(evidence, "zeta"))
    for name, data in named.items():
        other = tmp_path / name
        other.write_bytes(data)
        assert shared_names([str(plain), str(other)]) == {"zeta"}, name
        other.unlink()


def test_a_packed_note_of_a_controller_tells_the_name_too(tmp_path: Path) -> None:
    note = controller_bundle("zeta", [meta("ssh", "asked", "collected", "", NOW, NOW, {})], {}, NOW)
    evil = {"a__rmcc": bundle(healthy_aix(), "zeta"), "a__controller__rmcc__gz": gzip.compress(note)}
    assert shared_names(write(tmp_path, **evil, b__rmcc=bundle(healthy_aix(), "zeta"))) == set()


NODE = command("uname -a", "AIX zeta 2 7 00F6DB0A4C00\n")


def test_of_bundles_folders_and_archives_that_claim_one_name_none_gets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program
) -> None:
    """In every pair: whichever is read first."""
    monkeypatch.chdir(tmp_path)
    evidence = replaced(healthy_aix(), NODE)
    unpacked = tmp_path / "unpacked"
    for name, data in snap(evidence).items():
        (unpacked / name).parent.mkdir(parents=True, exist_ok=True)
        (unpacked / name).write_bytes(data)
    (tmp_path / "capture").mkdir()
    (tmp_path / "capture" / "uname-a.txt").write_text("AIX zeta 2 7 00F6DB0A4C00\n")
    write(
        tmp_path,
        a__rmcc=bundle(evidence, "zeta"),
        sos__tar=tar(sosreport(evidence)),
        scc__tar__gz=gzipped(tar(supportconfig(evidence))),
        snap__tar__gz=gzipped(tar(snap(evidence))),
    )
    inputs = ["a.rmcc", "capture", "scc.tar.gz", "snap.tar.gz", "sos.tar", "unpacked"]
    for first in inputs:
        for second in [one for one in inputs if one > first]:
            assert shared_names([first, second]) == {"zeta"}, (first, second)
    report = json.loads(program("check", *inputs, "-o", "json", "--now", NOW).out)
    ids = [one["id"] for one in report["targets"]]
    assert len(ids) == len(inputs)
    assert all(one.startswith("zeta (") for one in ids), ids


def test_the_names_are_those_that_the_readers_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every kind of input: a name that is told otherwise than it is found would be told apart by its place."""
    monkeypatch.chdir(tmp_path)

    def of(name: str) -> list[Evidence]:
        return replaced(healthy_aix(), command("uname -a", f"AIX {name} 2 7 00F6DB0A4C00\n"))

    for name, data in snap(of("unpacked")).items():
        path = tmp_path / "d" / "snap" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "capture").mkdir()
    (tmp_path / "capture" / "uname-a.txt").write_text("AIX captured 2 7 00F6DB0A4C00\n")
    note = controller_bundle("noted", [meta("ssh", "asked", "collected", "", NOW, NOW, {})], {}, NOW)
    write(
        tmp_path,
        a__rmcc=b"Authorized use only\n" + bundle(of("x"), "bundle"),
        b__rmcc__gz=gzip.compress(bundle(of("packed"), "")),
        c__rmcc=bundle(of("noted"), "noted"),
        c__controller__rmcc=note,
        cut__rmcc=bundle(of("x"), "cut")[:700],
        e__ndjson=facts_line("line1") + facts_line("line2"),
        f__json=json.dumps({**json.loads(facts_line("x")), "target": {"id": "many"}}, indent=2),
        g__json=json.dumps({**json.loads(facts_line("x")), "target": {}}),
        putty__log="[root@session ~]# uname -L\n7 session\n[root@session ~]# ",
        sos__tar=tar(sosreport(of("sos"))),
        scc__tar__gz=gzipped(tar(supportconfig(of("scc")))),
        snap__tar__gz=gzipped(tar(snap(of("snapped")))),
    )
    targets = [item for item in load_inputs(["."], Path()) if isinstance(item, Loaded)]
    found = {name_of(item) for item in targets}
    assert found >= {"bundle", "packed", "asked", "cut", "captured", "line1", "line2", "many", "facts", "session"}
    assert len(found) == len(targets) == 14
    assert [(name_of(item), item.label) for item in targets if item.label != name_of(item)] == []


def test_a_damaged_archive_claims_no_name(tmp_path: Path) -> None:
    inputs = write(tmp_path, a__tar=tar(snap([NODE])), b__tar=tar({"notes": b"x"}), c__tar=b"\x1f\x8b\x08")
    assert shared_names(inputs) == set()


def test_a_head_is_enough_for_the_name_of_a_bundle_that_stands_alone(tmp_path: Path) -> None:
    """What follows the head is looked at where it is too large, where the head is too long, and beside others."""
    text = bundle(healthy_aix(), "zeta")
    head, mark, rest = text.partition(b"\n%sect ")
    long_head = head.replace(b"\n%h host", b"\n%h note " + b"x" * 5000 + b"\n%h host") + mark + rest
    write(tmp_path, a__rmcc=text, b__rmcc=long_head, c__part=text)
    found = {one.fallback: one for one in locate([str(tmp_path)], tmp_path)}

    def names(file: str, size: int = LIMITS.size) -> tuple[str, ...]:
        return tuple(claims_of(found[file], LIMITS._replace(size=size)).names)

    assert names("a.rmcc") == ("zeta",)
    assert names("a.rmcc", len(text) - 1) == ("a",)
    assert names("b.rmcc") == ("lpar1",), "the sum of its head is wrong now, so `uname -n` names it"
    assert names("c.part") == ()
    note = meta("ssh", "asked", "collected", "", NOW, NOW, {})
    write(tmp_path, a__controller__rmcc=controller_bundle("zeta", [note], {}, NOW))
    assert names("a.rmcc") == ("asked",)
