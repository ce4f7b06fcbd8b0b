"""Support archives as inputs: the same outputs give the same verdicts whatever carries them, and no file harms a run.

Every archive is built here, shaped as its tool shapes it.
"""

import gzip
import io
import json
import lzma
import random
import tarfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from rmccomply.errors import InputError
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.captures import LARGEST
from rmccomply.evidence.model import Evidence, Notification
from rmccomply.finding import Finding
from rmccomply.inputs.read import InputItem, Loaded, load_inputs
from rmccomply.sources import table
from rmccomply.sources.reading import Readings
from tests.cli.running import Program
from tests.cost import cost
from tests.evidence.archives.building import (
    COMPRESSIONS,
    SOS_ROOT,
    Files,
    gzipped,
    member,
    snap,
    sosreport,
    supportconfig,
    tar,
    unended,
)
from tests.formats.parts import STREAMED
from tests.hosts.building import LSSRC, NOW, bundle, command, file, judge
from tests.hosts.consoles import whole_aix, whole_linux, whole_vios
from tests.hosts.partitions import Partition, partitions

QUICK = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
NODE = file("/etc/ct_node_id", "9f684c509e74d650\n")
Verdicts = dict[str, tuple[str, str | None]]


def load(path: Path, root: Path) -> list[InputItem]:
    return list(load_inputs([str(path)], root))


def one(path: Path, root: Path) -> Loaded:
    (item,) = load(path, root)
    assert isinstance(item, Loaded), item
    return item


def carried(files: Files) -> Loaded:
    """What an archive of these files is, on standard input."""
    (item,) = load_inputs(["-"], Path(), io.BytesIO(gzipped(tar(files))))
    assert isinstance(item, Loaded), item
    return item


def verdicts(findings: dict[str, Finding]) -> Verdicts:
    return {rule: (found.result, found.reason) for rule, found in findings.items()}


def holdable(evidence: Iterable[Evidence], *, absence: bool = False) -> list[Evidence]:
    """What an archive can hold: whole answers of commands, and files that are there; supportconfig says absence too."""
    states = ("exit", "absent") if absence else ("exit",)
    return [item for item in evidence if item.damage is None and item.kind in ("cmd", "file") and item.state in states]


def by_bundle(evidence: Iterable[Evidence], platform: str, policy: str) -> dict[str, Finding]:
    system = {"aix": "AIX", "vios": "VIOS", "linux": "Linux"}[platform]
    found = read_bundle(bundle(evidence, system=system), "x.rmcc")
    return judge(Readings(found.evidence), policy, platform)


def silent(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The answers with nothing on their error output, which archives merge."""
    return [item for item in evidence if not item.err.lines]


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
@QUICK
@given(partition=partitions().filter(lambda one: one.platform == "linux"))
def test_a_sosreport_and_a_bundle_of_the_same_outputs_give_the_same_verdicts(policy: str, partition: Partition) -> None:
    evidence = silent(holdable(partition.evidence))
    if evidence:
        found = carried(sosreport([*evidence, command("hostname", "lpar1\n")]))
        assert verdicts(judge(found.readings, policy, "linux")) == verdicts(by_bundle(evidence, "linux", policy))


def captures(evidence: Iterable[Evidence], *, copied: frozenset[str] = frozenset()) -> list[Evidence]:
    """The same answers without what nobody recorded: how a command ended, and when."""
    return [item if item.argv[0] in copied else item._replace(exit_status=None, ended=None) for item in evidence]


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
@QUICK
@given(partition=partitions().filter(lambda one: one.platform == "linux"))
def test_a_supportconfig_lacks_how_commands_ended_and_nothing_else(policy: str, partition: Partition) -> None:
    evidence = silent(holdable(partition.evidence, absence=True))
    if evidence:
        found = judge(carried(supportconfig(evidence)).readings, policy, "linux")
        held = [item for item in evidence if item.argv != NODE.argv or item.state == "exit"]
        known = captures(held, copied=frozenset(NODE.argv))
        assert verdicts(found) == verdicts(judge(known, policy, "linux"))


@pytest.mark.exhaustive
@QUICK
@given(partition=partitions().filter(lambda one: one.platform != "linux"))
def test_a_snap_lacks_how_commands_ended_and_nothing_else(partition: Partition) -> None:
    evidence = silent(holdable(partition.evidence))
    evidence = [item for item in evidence if item.kind == "cmd" or item.argv == ("/etc/inittab",)]
    vios = "4.1.0.10" if partition.platform == "vios" else ""
    found = judge(carried(snap(evidence, vios=vios)).readings, platform=partition.platform)
    assert verdicts(found) == verdicts(judge(captures(evidence), platform=partition.platform))


@pytest.mark.parametrize(
    ("shape", "whole", "platform", "least"),
    [
        (sosreport, whole_linux, "linux", 21),
        (supportconfig, whole_linux, "linux", 21),
        (snap, whole_aix, "aix", 18),
        (snap, whole_vios, "vios", 17),
    ],
)
def test_of_a_healthy_partition_an_archive_says_what_a_bundle_says_or_that_it_does_not_know(
    shape: Callable[[list[Evidence]], Files], whole: Callable[[], list[Evidence]], platform: str, least: int
) -> None:
    """A snap does not tell how a command ended, so that no listing in it proves an absence."""
    known = verdicts(by_bundle(whole(), platform, "rmc-core"))
    found = verdicts(judge(carried(shape(whole())).readings, platform=platform))
    assert {rule: result for rule, (result, _) in found.items() if result not in ("unknown", known[rule][0])} == {}
    assert len([result for result, _ in found.values() if result == "pass"]) >= least


def test_node_id_consistency_is_unknown_from_a_sosreport() -> None:
    real = [item for item in whole_linux() if item.argv[0] not in ("/var/ct/cfg/ct_node_id", "lsnodeid")]
    found = judge(carried(sosreport(real)).readings, platform="linux")["RMC-ID-001"]
    assert (found.result, found.reason) == ("unknown", "not_collected")


@pytest.mark.parametrize("form", COMPRESSIONS)
def test_archives_are_told_by_their_content(tmp_path: Path, form: str) -> None:
    (tmp_path / "noname").write_bytes(COMPRESSIONS[form](tar(sosreport([command("lssrc -a", LSSRC), NODE]))))
    item = one(tmp_path / "noname", tmp_path)
    assert (item.platform, item.fallback, item.artifacts[0].uri) == ("linux", "noname", "noname")
    (reading,) = item.readings.of(table.LSSRC)
    (place,) = reading.at(1)
    assert place.uri == f"noname!/{SOS_ROOT}/sos_commands/powerpc/lssrc_-a"


def test_an_unpacked_archive_and_a_folder_of_archives(tmp_path: Path) -> None:
    for name, data in sosreport([command("lssrc -a", LSSRC), NODE], "sos-a").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "b.txz").write_bytes(lzma.compress(tar(supportconfig([command("lssrc -a", LSSRC)]))))
    (tmp_path / "c.rmcc.gz").write_bytes(gzip.compress(bundle([command("lssrc -a", LSSRC)])))
    (tmp_path / "other.tgz").write_bytes(gzipped(tar({"readme": b"x"})))
    items = load(tmp_path, tmp_path)
    assert [item.fallback for item in items if isinstance(item, Loaded)] == ["b", "c", "sos-a"]
    (refused,) = [item for item in items if isinstance(item, Notification)]
    assert (refused.uri, refused.level) == ("other.tgz", "note")
    assert "not a sosreport" in refused.text


def test_the_sosreports_of_an_unpacked_collection_are_targets(tmp_path: Path) -> None:
    (tmp_path / "sos_reports").mkdir()
    (tmp_path / "sos_reports" / "manifest.json").write_text('{"version": "4.8.1", "components": {"collect": {}}}')
    for name in ("lpar1", "lpar2"):
        report = sosreport([command("lssrc -a", LSSRC)])
        (tmp_path / f"sosreport-{name}.tar.xz").write_bytes(lzma.compress(tar(report)))
    items = [item for item in load(tmp_path, tmp_path) if isinstance(item, Loaded)]
    assert [item.fallback for item in items] == ["sosreport-lpar1", "sosreport-lpar2"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (gzipped(tar({"readme": b"x"})), "it is an archive, but not a sosreport"),
        (lzma.compress(b"no tar at all"), "it is an archive, but not a sosreport"),
        (b"\xfd7zXZ\0rubbish", "the compressed file is damaged"),
        (b"BZh9rubbish", "the compressed file is damaged"),
        (b"\x1f\x9d\xf0", "the compressed file is damaged"),
        (b"\x1f\x9d", "the compressed file is damaged"),
        (lzma.compress(tar({"x": b"1"}))[:40], "the compressed file is cut"),
        (b"PK\x03\x04" + b"x" * 100, "it is packed with zip, which is not supported: unpack it"),
        (b"\x8c\x0d\x04\x09" + b"x" * 100, "it is encrypted with gpg: decrypt it (gpg -o x.plain -d x), then"),
        (b"-----BEGIN PGP MESSAGE-----\n\nx", "it is encrypted with gpg: decrypt it (gpg -o x.plain -d x), then"),
        (b"PK\x03\x04" + b"x" * LARGEST, "it is packed with zip, which is not supported: unpack it"),
        (b"070701" + b"x" * 100, "it is packed with cpio, which is not supported: unpack it"),
        (b"(\xb5/\xfd" + b"x" * 100, "it is packed with zstd, which is not supported: unpack it"),
    ],
)
def test_what_cannot_be_read_has_one_clear_word(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    (named,) = load(path, tmp_path)
    assert isinstance(named, InputError)
    assert str(named).startswith(f"{path}: was not recognized: {says}")
    (walked,) = load(tmp_path, tmp_path)
    assert isinstance(walked, Notification)
    assert says in walked.text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_report_points_into_the_archive(folder: Path, program: Program) -> None:
    (folder / "a b!.tar.xz").write_bytes(lzma.compress(tar(sosreport(whole_linux()))))
    ran = program("check", "a b!.tar.xz", "-o", "sarif", "--now", NOW)
    assert ran.status == 3
    (run,) = json.loads(ran.out)["runs"]
    uris = {one["location"]["uri"] for one in run["artifacts"]}
    assert "a%20b%21.tar.xz" in uris
    assert f"a%20b%21.tar.xz!/{SOS_ROOT}/etc/ct_node_id" in uris
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in run["results"]]
    assert {one["uri"] for one in places if "uriBaseId" not in one} <= uris


EVIL = "\x1b]0;owned\x07 \u202e<script>"
CONTROLS = {chr(code) for code in range(32) if chr(code) != "\n"} | {"\x7f", "\u202e"}


@pytest.mark.parametrize("form", STREAMED)
def test_no_name_or_content_drives_a_terminal(folder: Path, program: Program, form: str) -> None:
    files = sosreport([command("lssrc -a", f"{EVIL} rsct 1 active\n"), NODE], f"sos{EVIL}")
    links = member(f"sos{EVIL}/etc/os-release", kind=tarfile.SYMTYPE, linkname=EVIL)
    (folder / "x.tar").write_bytes(tar(files, links, member(f"../{EVIL}", b"x")))
    ran = program("check", "x.tar", "-o", form, "--now", NOW, "--show", "all")
    assert ran.status in (1, 3)
    assert not CONTROLS & set(ran.out + ran.err)


def zeros(size: int) -> bytes:
    """gzip of a sosreport with one member of so many zeros in it."""
    info, _ = member(f"{SOS_ROOT}/var/log/lastlog")
    info.size = size
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    out = [packer.compress(unended(sosreport([NODE])) + info.tobuf(tarfile.GNU_FORMAT))]
    out += [packer.compress(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join(out) + packer.flush()


def many(count: int) -> bytes:
    """gzip of very many tiny members."""
    block = b"".join(member(f"{SOS_ROOT}/etc/{n}")[0].tobuf(tarfile.USTAR_FORMAT) for n in range(100))
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return b"".join(packer.compress(block) for _ in range(count // 100)) + packer.flush()


MANIFEST = f"{SOS_ROOT}/sos_reports/manifest.json"


def indexes() -> bytes:
    """Very many large manifests, in an archive that shrinks no more than text does."""
    large = {f"{SOS_ROOT}/{n}/sos_reports/manifest.json": bytes(15 << 20) for n in range(60)}
    noise = random.Random(1).randbytes(6 << 20)
    return gzipped(tar({"noise": noise} | sosreport([NODE]) | large))


def lying() -> bytes:
    """A header that claims a petabyte."""
    info, _ = member(f"{SOS_ROOT}/etc/ct_node_id")
    info.size = 1 << 50
    return gzipped(unended(sosreport([NODE])) + info.tobuf(tarfile.GNU_FORMAT) + b"x" * 512)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("zeros.tgz", lambda: zeros(1 << 30), 2),
        ("members.tgz", lambda: many(1_000_000), 2),
        ("lying.tgz", lying, 3),
        ("nested.tgz", lambda: gzipped(tar({"sosreport.tar.gz": zeros(300 << 20)})), 2),
        ("lines.tgz", lambda: gzipped(tar({f"{SOS_ROOT}/sos_commands/x/lssrc_-a": b"\n" * 9_000_000})), 2),
        ("indexes.tgz", indexes, 3),
        ("json.tgz", lambda: gzipped(tar(sosreport([]) | {MANIFEST: b"[" * 9_000_000})), 3),
    ],
)
def test_hostile_archives_end_in_bounded_time_and_memory(folder: Path, name: str, data: object, status: int) -> None:
    assert callable(data)
    (folder / name).write_bytes(data())
    ran = cost(folder, "check", name, "-o", "json")
    assert ran.status == status, ran.err
    assert ran.seconds < 40
    assert ran.mebibytes < 500
