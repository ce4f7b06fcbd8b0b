"""Archives of any kind: told apart, bounded, honest about damage and about what they lack."""

import io
import random
import tarfile
from pathlib import Path

import pytest

from rmccomply.evidence.archives import MARKS, kinds
from rmccomply.evidence.archives.compressed import Refused
from rmccomply.evidence.archives.kinds import KINDS, Held, read_packed, read_unpacked
from rmccomply.sources import table
from rmccomply.sources.reading import Read, Readings
from rmccomply.sources.requests import archive_requests, due
from tests.evidence.archives.building import (
    COMPRESSIONS,
    SCC_ROOT,
    SOS_ROOT,
    SUMMED,
    Files,
    gzipped,
    held,
    member,
    notes_of,
    snap,
    sosreport,
    supportconfig,
    tar,
)
from tests.hosts.building import DF, LSSRC, command, file, was_not_read, was_read

EVIDENCE = [command("lssrc -a", LSSRC), file("/etc/ct_node_id", "9f684c509e74d650\n")]
NOISE = random.Random(20261120).randbytes(3_000_000)
SHAPES = {
    "sosreport": sosreport(EVIDENCE),
    "supportconfig": supportconfig(EVIDENCE),
    "snap": snap([command("df -k", DF)]),
    "ctsnap": {"ctsnap.lpar7.1/etc/ct_node_id": b"12ab\n"},
}


def packed(data: bytes, name: str = "x.tar") -> Held:
    return read_packed(lambda: io.BytesIO(data), "x.tar", name, archive_requests())


def unpacked(folder: Path, files: Files) -> Held:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return read_unpacked(folder, lambda path: path.relative_to(folder).as_posix(), archive_requests())


def test_every_kind_has_its_marks_and_its_reader() -> None:
    assert list(MARKS) == list(KINDS) == list(SHAPES)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_is_known_to_hold_is_asked_for(kind: str) -> None:
    platform = KINDS[kind].PLATFORM
    assert set(KINDS[kind].HOLDS) <= {one.request for one in due(platform)}


@pytest.mark.parametrize("form", COMPRESSIONS)
@pytest.mark.parametrize("kind", SHAPES)
def test_every_kind_in_every_compression(kind: str, form: str) -> None:
    found = packed(COMPRESSIONS[form](tar(SHAPES[kind])), f"report{form}")
    assert (found.kind, found.bundle.fallback) == (kind, "report")
    assert found.answers
    assert found.bundle.evidence == tuple(
        item._replace(uri=item.uri.replace("x.tar.gz!", "x.tar!")) for item in held(SHAPES[kind]).bundle.evidence
    )


@pytest.mark.parametrize("kind", SHAPES)
def test_unpacked_it_answers_the_same(kind: str, tmp_path: Path) -> None:
    found = unpacked(tmp_path, SHAPES[kind])
    inside = held(SHAPES[kind])
    assert (found.kind, found.answers, found.lacks) == (kind, inside.answers, inside.lacks)
    lines = {item.request: item.out.lines for item in found.bundle.evidence}
    assert lines == {item.request: item.out.lines for item in inside.bundle.evidence}
    assert all("!/" not in item.uri for item in found.bundle.evidence)


def test_artifacts_are_the_archive_and_what_answers_stand_in() -> None:
    found = held(SHAPES["sosreport"])
    assert [one.uri.partition("!/")[2] for one in found.bundle.artifacts] == [
        "",
        f"{SOS_ROOT}/etc/ct_node_id",
        f"{SOS_ROOT}/sos_commands/powerpc/lssrc_-a",
    ]


def test_an_archive_that_is_none_of_them() -> None:
    with pytest.raises(Refused, match=r"it is an archive, but not a sosreport, supportconfig, AIX snap, ctsnap$"):
        held({"readme": b"x"})
    with pytest.raises(Refused, match="archives inside it are not opened"):
        held({"sosreport-a.tar.xz": b"x"})


def test_several_reports_are_refused() -> None:
    with pytest.raises(Refused, match=r"more than one sosreport \(a, b\)"):
        held(sosreport(EVIDENCE, "a") | sosreport(EVIDENCE, "b"))


def test_the_mark_nearest_the_root_counts() -> None:
    inner = {f"{SOS_ROOT}/var/log/{name}": data for name, data in SHAPES["supportconfig"].items()}
    assert held(SHAPES["sosreport"] | inner).kind == "sosreport"
    outer = {f"{SCC_ROOT}/ppc64/{name}": data for name, data in SHAPES["sosreport"].items()}
    assert held(SHAPES["supportconfig"] | outer).kind == "supportconfig"


def test_a_folder_or_a_link_is_no_mark() -> None:
    others = (
        member("sos_commands/x/", kind=tarfile.DIRTYPE),
        member("basic-environment.txt", kind=tarfile.SYMTYPE, linkname="x"),
    )
    with pytest.raises(Refused):
        held({}, *others)


def test_a_name_that_leads_out_is_no_part_of_the_report() -> None:
    evil = member(f"{SOS_ROOT}/../{SOS_ROOT}/var/ct/cfg/ct_node_id", b"9f684c509e74d650\n")
    found = held(SHAPES["sosreport"], evil, member("/var/ct/cfg/ct_node_id", b"9f684c509e74d650\n"))
    assert "/var/ct/cfg/ct_node_id" in found.lacks
    assert "paths that lead out of the archive were not read" in "".join(notes_of(found))


def test_what_stands_beside_the_report_is_no_part_of_it() -> None:
    found = held(SHAPES["sosreport"] | {"var/ct/cfg/ct_node_id": b"9f684c509e74d650\n"})
    assert "/var/ct/cfg/ct_node_id" in found.lacks


def test_a_member_that_is_there_twice() -> None:
    path = f"{SOS_ROOT}/etc/ct_node_id"
    same = held(SHAPES["sosreport"], member(path, b"9f684c509e74d650\n"))
    other = held(SHAPES["sosreport"], member(path, b"1111111111111111\n"))
    (one,), (neither,) = (Readings(found.bundle.evidence).of(table.CT_NODE_ID) for found in (same, other))
    assert was_read(one)
    assert was_not_read(neither).reason == "conflicting"


@pytest.mark.exhaustive
@pytest.mark.parametrize("form", SUMMED)
@pytest.mark.parametrize("cut", [True, False])
def test_nothing_counts_in_a_stream_that_is_damaged(form: str, cut: bool) -> None:
    data = COMPRESSIONS[form](tar(SHAPES["sosreport"] | {f"{SOS_ROOT}/noise": NOISE}))
    found = packed(data[:-30] if cut else data[:-30] + bytes(octet ^ 255 for octet in data[-30:-20]) + data[-20:])
    assert found.bundle.evidence
    assert not found.answers
    assert {item.damage is not None and not item.damage.partial for item in found.bundle.evidence} == {True}
    assert not any(isinstance(one, Read) for one in Readings(found.bundle.evidence).all())
    assert any(note.level == "warning" for note in found.bundle.notifications)


COLLECTION = {
    "sos-collector-x/sos_reports/manifest.json": b'{"version": "4.8.1", "components": {"collect": {}}}',
    "sos-collector-x/sosreport-lpar1.tar.gz": gzipped(tar(SHAPES["sosreport"])),
}


def test_a_collection_of_sosreports_is_none_itself() -> None:
    with pytest.raises(Refused, match="archives inside it are not opened: unpack it and name its folder"):
        held(COLLECTION)


def test_damage_before_any_mark_is_refused_as_damage() -> None:
    data = gzipped(tar({"readme": bytes(range(256)) * 100}))
    with pytest.raises(Refused, match="the compressed file is cut"):
        packed(data[:-20])


def test_a_plain_tar_that_is_cut_keeps_what_is_whole() -> None:
    data = tar(dict(sorted(SHAPES["sosreport"].items(), key=lambda item: "manifest" not in item[0])))
    at = data.index(b"9f684c509e74d650") + 4
    found = packed(data[:at])
    states = {item.request: item.damage for item in found.bundle.evidence}
    assert states["lssrc -a"] is None
    damage = states["/etc/ct_node_id"]
    assert damage is not None
    assert (damage.reason, damage.partial) == ("truncated", True)
    assert "the archive is cut" in "".join(notes_of(found))


@pytest.mark.parametrize(("limit", "value"), [("_MOST_BYTES", 100), ("_MOST_LINES", 3)])
def test_more_answers_than_any_report_has_are_refused(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(kinds, limit, value)
    with pytest.raises(Refused, match="its answers have more than"):
        held(SHAPES["sosreport"])


def test_it_tells_what_it_answers_and_what_not() -> None:
    found = held(SHAPES["sosreport"])
    told = [note.text for note in found.bundle.notifications if note.level == "note"]
    assert told[:2] == ["it is a sosreport 4.8.1", "it answers 2 requests: /etc/ct_node_id, lssrc -a"]
    assert told[2].startswith("it does not answer lssrc -ls mcproxy, ")
    assert "/var/ct/cfg/ct_node_id" in told[2]
    assert held(SHAPES["snap"]).bundle.notifications[0].text == "it is an AIX snap"


def test_the_octets_of_answers_can_be_read_again() -> None:
    found = held(SHAPES["sosreport"])
    assert found.octets()[f"x.tar.gz!/{SOS_ROOT}/sos_commands/powerpc/lssrc_-a"] == LSSRC.encode()


def test_more_octets_than_any_report_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = held(SHAPES["sosreport"])
    monkeypatch.setattr(kinds, "_MOST_OCTETS", len(LSSRC))
    with pytest.raises(Refused, match="the files that its answers stand in have more than"):
        found.octets()
