"""`df`: the header decides, values in KiB, and rows beside errors."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.df import Filesystem, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("df"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("df", answer_of(sample)) == snapshot


def rows(*lines: str, exit_status: int | None = 0) -> tuple[Filesystem, ...]:
    return parse(Answer(("df", "-k"), lines, exit_status=exit_status)).rows


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("-k /var /tmp /", True),
        ("-kP", True),
        ("-Pk", True),
        ("", True),
        ("-g", True),
        ("-T -i", True),
        ("-h", False),
        ("-Ph", False),
        ("-I", False),
        ("--output=size /var", False),
    ],
)
def test_what_is_asked(words: str, asked: bool) -> None:
    assert asks(("/usr/bin/df", *words.split())) is asked


@pytest.mark.parametrize(
    ("unit", "value", "kib"),
    [
        ("512-blocks", "2621441", 1310720),
        ("1024-blocks", "2621440", 2621440),
        ("1K-blocks", "2621440", 2621440),
        ("1M-blocks", "2560", 2621440),
        ("MB blocks", "2560.25", 2621696),
        ("GB blocks", "0.50", 524288),
        ("GB blocks", "0.12", 125829),
        ("1024-blocks", "-", None),
        ("1024-blocks", "1.2.3", None),
        ("1024-blocks", ".", None),
    ],
)
def test_the_header_names_the_unit(unit: str, value: str, kib: int | None) -> None:
    found = rows(f"Filesystem    {unit}      Free %Used Mounted on", f"/dev/hd9var {value} {value} 50% /var")[0]
    assert (found.size_kib, found.free_kib) == (kib, kib)


def test_aix_has_no_used_column_without_posix() -> None:
    plain = rows("Filesystem 1024-blocks Free %Used Iused %Iused Mounted on", "/dev/hd4 100 40 60% 7 9% /")[0]
    posix = rows("Filesystem 1024-blocks Used Available Capacity Mounted on", "/dev/hd4 100 60 40 60% /")[0]
    assert (plain.size_kib, plain.used_kib, plain.free_kib, plain.inode_percent) == (100, None, 40, 9)
    assert (posix.size_kib, posix.used_kib, posix.free_kib, posix.inode_percent) == (100, 60, 40, None)


def test_a_wrapped_device_belongs_to_the_next_line() -> None:
    found = rows(
        "Filesystem 1K-blocks Used Available Use% Mounted on",
        "filer.example.net:/vol/a",
        "           100 60 40 60% /mnt/a b",
        "/dev/sda1 10 6 4 60% /",
    )
    assert [(row.device, row.mount, row.line) for row in found] == [
        ("filer.example.net:/vol/a", "/mnt/a b", 3),
        ("/dev/sda1", "/", 4),
    ]


def test_blanks_in_device_and_mount_point() -> None:
    found = rows("Filesystem Type 1K-blocks Used Available Use% Mounted on", "//nas/My Share cifs 9 6 3 67% /a 1 b")[0]
    assert (found.device, found.type, found.size_kib, found.mount) == ("//nas/My Share", "cifs", 9, "/a 1 b")


def test_rows_stand_beside_a_failing_exit_status() -> None:
    lines = ("Filesystem 1024-blocks Used Available Capacity Mounted on", "/dev/hd9var 100 60 40 60% /var")
    assert rows(*lines, exit_status=1)[0].free_kib == 40
    assert rows("df: /x: No such file or directory", *lines, exit_status=None)[0].line == 3


def test_a_path_that_is_not_there_is_no_missing_command() -> None:
    with pytest.raises(Unreadable) as refused:
        rows("df: /x: No such file or directory", exit_status=None)
    assert (refused.value.reason, refused.value.line) == ("failed", 1)


def test_corpus_posix_listing() -> None:
    found = parse(capture("aix71-ohai", "df-Pk.txt", "df", "-Pk")).rows
    by_mount = {row.mount: row for row in found}
    assert len(found) == 23
    var = by_mount["/var"]
    assert (var.device, var.size_kib, var.used_kib, var.free_kib, var.line) == (
        "/dev/hd9var",
        5242880,
        395540,
        4847340,
        4,
    )
    assert (by_mount["/proc"].size_kib, by_mount["/proc"].free_kib) == (None, None)


def test_corpus_workload_partition() -> None:
    found = parse(capture("aix71-ohai", "df-Pk-wpar.txt", "df", "-Pk")).rows
    assert {row.device for row in found} == {"Global"}
    assert [row.free_kib for row in found if row.mount == "/var"] == [10213384]


HEADER = "Filesystem 1024-blocks Used Available Capacity Mounted on"


def test_a_comment_is_no_row() -> None:
    found = rows("# of a blog", HEADER, "# and more", "/dev/hd4 100 60 40 60% /")
    assert [(row.device, row.line) for row in found] == [("/dev/hd4", 4)]


@pytest.mark.parametrize(
    "row", ["/dev/hd4 7 100 60 40 60% /", "100 60 40 60% /", "/dev/hd4 100 60 40 /", "/dev/hd4 100 60 40 60%"]
)
def test_a_row_of_more_or_fewer_numbers_than_the_header_is_refused(row: str) -> None:
    with pytest.raises(Unreadable) as refused:
        rows(HEADER, row)
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ("100 60 40 60%", (100, 60, 40)),
        ("0 0 0 -", (0, 0, 0)),
        ("100 101 0 100%", (None, None, None)),
        ("100 0 101 0%", (None, None, None)),
        ("100 - 100 -", (100, None, 100)),
    ],
)
def test_what_cannot_be_is_no_size(sizes: str, expected: tuple[int | None, ...]) -> None:
    (row,) = rows(HEADER, f"/dev/hd4 {sizes} /")
    assert (row.size_kib, row.used_kib, row.free_kib) == expected


def test_a_listing_of_inodes_has_no_sizes() -> None:
    (row,) = rows("Filesystem Inodes IUsed IFree IUse% Mounted on", "/dev/sda3 100 7 93 7% /")
    assert (row.size_kib, row.used_kib, row.free_kib, row.inode_percent) == (None, None, None, 7)
    (row,) = rows("Filesystem Inodes IUsed IFree IUse% Mounted on", "tmpfs 0 0 0 - /run")
    assert row.inode_percent is None
