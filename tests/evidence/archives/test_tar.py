"""Tar archives: what stands in them comes out, whatever the form, and no name leads anywhere else."""

import io
import tarfile

import pytest

from rmccomply.evidence.archives.compressed import Octets, Refused
from rmccomply.evidence.archives.tar import Member, Tar
from rmccomply.guarded import LIMITS
from tests.evidence.archives.building import gzipped, member, tar

LONG = "/".join(["a" * 60] * 5) + "/lssrc_-a"
FORMS = [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]


def walk(data: bytes, most: int = LIMITS.members) -> tuple[list[tuple[Member, bytes]], str]:
    """Every member with its content, and how the walk ended."""
    one = Tar(Octets(io.BytesIO(data)), most)
    found = [(each, one.content()) for each in one.members()]
    return found, one.end


def names(data: bytes) -> list[str | None]:
    return [each.path for each, _ in walk(data)[0]]


@pytest.mark.parametrize("form", [*FORMS, tarfile.USTAR_FORMAT])
def test_members_of_every_form(form: int) -> None:
    files = {"a": b"one", "b/c": b"", "d": b"x" * 1024, "./e//f": b"four", "p/" * 40 + "q": b"five"}
    found, end = walk(tar(files, form=form))
    assert [content for _, content in found] == list(files.values())
    assert [each.path for each, _ in found] == ["a", "b/c", "d", "e/f", "p/" * 40 + "q"]
    assert end == "marked"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", [LONG, "ä/ö", "x\udcff"])
def test_long_and_foreign_names(form: int, name: str) -> None:
    assert names(tar({name: b"1", "after": b"2"}, form=form)) == [name, "after"]


def test_an_old_archive_without_a_magic() -> None:
    data = bytearray(tar({"etc/ct_node_id": b"1"}, form=tarfile.USTAR_FORMAT))
    data[257:265] = b"\0" * 8
    data[148:156] = b"%06o\0 " % (sum(data[:148]) + sum(data[156:512]) + 256)
    assert names(bytes(data)) == ["etc/ct_node_id"]


@pytest.mark.parametrize(
    "name",
    ["../x", "a/../../x", "/etc/ct_node_id", "C:\\x", "c:/x", "a\\..\\x", "..", "", "./.", "a/" * 2100],
)
def test_a_name_that_leads_out_has_no_path(name: str) -> None:
    (found, inner), _ = walk(tar({}, member(name, b"x"), member("inner", b"y"), form=tarfile.PAX_FORMAT))
    assert found[0].path is None
    assert inner[0].path == "inner"


def test_a_name_with_a_nul_has_no_path() -> None:
    info, data = member("x", b"1")
    info.pax_headers = {"path": "etc/ct\0node"}
    assert names(tar({}, (info, data), form=tarfile.PAX_FORMAT)) == [None]


def test_odd_names_that_stay_inside_have_one() -> None:
    odd = ["dev-disk-by\\x2duuid.device", "...", "a..b", "-rf", "a b", "x:y"]
    assert names(tar(dict.fromkeys(odd, b"x"))) == [*odd[:5], None]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (tarfile.SYMTYPE, "link"),
        (tarfile.LNKTYPE, "link"),
        (tarfile.CHRTYPE, "other"),
        (tarfile.BLKTYPE, "other"),
        (tarfile.FIFOTYPE, "other"),
        (tarfile.DIRTYPE, "other"),
        (b"Z", "other"),
    ],
)
def test_links_and_devices_are_seen_for_what_they_are(kind: bytes, expected: str) -> None:
    found, _ = walk(tar({}, member("x", kind=kind, linkname="/etc/passwd"), member("after", b"y")))
    assert [(each.path, each.kind) for each, _ in found] == [("x", expected), ("after", "file")]


def test_a_file_with_holes_is_passed_over() -> None:
    info, data = member("x", b"1")
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.name": "y"}
    found, _ = walk(tar({}, (info, data), member("after", b"2"), form=tarfile.PAX_FORMAT))
    assert [(each.path, each.kind) for each, _ in found] == [("x", "other"), ("after", "file")]


def sparse(blocks: int) -> bytes:
    """A GNU header of a file with holes, with further blocks of its map."""
    header = bytearray(member("x", b"", tarfile.GNUTYPE_SPARSE)[0].tobuf(tarfile.GNU_FORMAT))
    header[482] = blocks > 0
    header[148:156] = b"%06o\0 " % (sum(header[:148]) + sum(header[156:512]) + 256)
    more = [bytearray(512) for _ in range(blocks)]
    for block in more[:-1]:
        block[504] = 1
    return bytes(header) + b"".join(map(bytes, more))


@pytest.mark.parametrize("blocks", [0, 1, 3])
def test_a_map_of_holes_over_several_blocks(blocks: int) -> None:
    found, end = walk(sparse(blocks) + tar({"after": b"x"}))
    assert [(each.path, content) for each, content in found][-1] == ("after", b"x")
    assert end == "marked"


def test_a_size_in_a_record_wins() -> None:
    info, data = member("x", b"12345")
    info.pax_headers = {"size": "5"}
    packed = bytearray(tar({}, (info, data), member("after"), form=tarfile.PAX_FORMAT))
    at = packed.rindex(b"00000000005", 0, packed.index(b"12345") - 0)
    packed[at : at + 11] = b"00000000000"
    start = at - 124
    packed[start + 148 : start + 156] = b" " * 8
    packed[start + 148 : start + 156] = b"%06o\0 " % sum(packed[start : start + 512])
    assert [(each.path, content) for each, content in walk(bytes(packed))[0]] == [("x", b"12345"), ("after", b"")]


def test_content_that_nobody_reads_is_passed_over() -> None:
    one = Tar(Octets(io.BytesIO(gzipped(tar({"a": b"x" * 700_000, "b": b"y"})))))
    assert [each.path for each in one.members()] == ["a", "b"]


def test_the_end_of_a_walk_is_known() -> None:
    data = tar({"a": b"1" * 600, "b": b"2" * 600})
    assert walk(data)[1] == "marked"
    assert walk(data[:1536])[1] == "cut"
    found, end = walk(data[:2100])
    assert ([len(content) for _, content in found], end) == ([600, 52], "cut")
    damaged = data[:1600] + b"\xff" + data[1601:]
    assert ([each.path for each, _ in walk(damaged)[0]], walk(damaged)[1]) == (["a"], "damaged")


def test_a_size_below_nothing_is_damage() -> None:
    header = bytearray(member("x")[0].tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 12
    header[148:156] = b"%06o\0 " % (sum(header[:148]) + sum(header[156:512]) + 256)
    assert walk(bytes(header)) == ([], "damaged")


def test_a_size_that_lies_is_a_cut() -> None:
    header = member("x")[0]
    header.size = 10**15
    found, end = walk(header.tobuf(tarfile.GNU_FORMAT) + b"abc")
    assert ([(each.size, content) for each, content in found], end) == ([(10**15, b"abc")], "cut")


@pytest.mark.parametrize("kind", [b"L", b"x", b"g"])
def test_a_header_that_claims_to_be_huge_is_refused(kind: bytes) -> None:
    header = member("x", kind=kind)[0]
    header.size = 10**12
    with pytest.raises(Refused, match="a header of 1000000000000 bytes"):
        walk(header.tobuf(tarfile.GNU_FORMAT))


def test_headers_without_a_member_are_refused() -> None:
    with pytest.raises(Refused, match="more than 60 headers"):
        walk(member("x", kind=b"g")[0].tobuf(tarfile.GNU_FORMAT) * 70, 20)


def test_more_members_than_any_archive_has_are_refused() -> None:
    with pytest.raises(Refused, match="more than 20 members"):
        walk(tar({f"f{number}": b"" for number in range(21)}), 20)


@pytest.mark.parametrize("text", [b"", b"x", b"99 path=", b"5 a=b\n", b"0 path=x\n", b"11 path=ab\nrubbish"])
def test_records_of_another_form_are_passed_over(text: bytes) -> None:
    header = member("x", text, tarfile.XHDTYPE)[0].tobuf(tarfile.GNU_FORMAT)
    found = names(header + text.ljust(512 if text else 0, b"\0") + tar({"real": b"1"}))
    assert found == (["ab"] if b"path=ab" in text else ["real"])
