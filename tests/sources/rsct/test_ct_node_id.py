"""The node ID files: line 1 alone, and every way in which it can be none."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.ct_node_id import fault_of, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("ct_node_id"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ct_node_id", answer_of(sample)) == snapshot


def read_file(*lines: str) -> tuple[str | None, str, int]:
    record = parse(Answer(("/etc/ct_node_id",), lines))
    assert record.present
    return record.value, record.fault, record.line


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("5f3c09a1be27d846",), "5f3c09a1be27d846"),
        (("5F3C09A1BE27D846\r",), "5f3c09a1be27d846"),
        ((" \t3c09a1be27d846  ",), "003c09a1be27d846"),
        (("123456789",), "0000000123456789"),
        (("00000000123456789"[1:], "", "# comment", "  # indented"), "0000000123456789"),
    ],
)
def test_line_1_is_the_value(lines: tuple[str, ...], value: str) -> None:
    assert read_file(*lines) == (value, "", 1)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("5f3c09a1bg27d846", "it holds 'g', which is not a hexadecimal digit"),
        ("5f3c09a1 be27d846", "it holds ' ', which is not a hexadecimal digit"),
        ("\ufeff5f3c09a1be27d846", "it holds '\\ufeff', which is not a hexadecimal digit"),
        ("0x5f3c09a1be27d846", "it is written with the prefix 0x"),
        ("5f3c09a1be27d8461", "it has 17 digits, more than 16"),
        ("12345678", "it has 8 digits, fewer than 9: RSCT did not make it"),
        ("000000000000", "it is zero"),
        ("0", "it is zero"),
        ("ffffffffffffffff", "all its digits are f"),
        ("fffffffff", ""),
    ],
)
def test_a_fault_names_what_is_wrong(text: str, fault: str) -> None:
    assert fault_of(text) == fault


@pytest.mark.parametrize(
    ("lines", "fault", "line"),
    [
        ((), "it is empty", 0),
        (("", " \r"), "it is empty", 0),
        (("", "5f3c09a1be27d846"), "its first line is blank", 1),
        (("# id", "5f3c09a1be27d846"), "its first line is a comment", 1),
        (("5f3c09a1be27d846", "# older", "77d0c4e89a1b2f03"), "it holds two values, on separate lines", 3),
        (("5f3c09a1be27d846", "5f3c09a1be27d846"), "it holds two values, on separate lines", 2),
        (("zero",), "it holds 'z', which is not a hexadecimal digit", 1),
    ],
)
def test_a_file_with_a_fault_has_no_value(lines: tuple[str, ...], fault: str, line: int) -> None:
    assert read_file(*lines) == (None, fault, line)


def test_no_file_is_an_answer_without_a_fault() -> None:
    record = parse(Answer(("/var/ct/cfg/ct_node_id",), (), exit_status=1, absent=True))
    assert (record.present, record.value, record.fault) == (False, None, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("cat: /etc/ct_node_id: Permission denied", "denied"),
        ("cat: /etc/ct_node_id: No such file or directory", "failed"),
        ("ksh: /etc/ct_node_id: cannot open", "failed"),
        ("Permission denied", "denied"),
        ("/etc/ct_node_id: Permission denied", "denied"),
        ("==> /etc/ct_node_id <==", "unparsable"),
        ("root@lpar7:/# cat /etc/ct_node_id", "unparsable"),
        ("# cat /etc/ct_node_id", "unparsable"),
    ],
)
def test_a_complaint_in_a_copy_is_no_node_id(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("/etc/ct_node_id",), (text, "5f3c09a1be27d846"), exit_status=None))
    assert (refused.value.reason, refused.value.line) == (reason, 1)


def test_a_comment_of_the_file_may_name_it() -> None:
    lines = ("5f3c09a1be27d846", "# /etc/ct_node_id: do not change this file; no permission is needed to read it")
    assert parse(Answer(("/etc/ct_node_id",), lines, exit_status=None)).value == "5f3c09a1be27d846"


@pytest.mark.parametrize(
    "text",
    [
        "sudo: a password is required",
        "Warning: Permanently added 'lpar1' (ED25519) to the list of known hosts.\n5f3c09a1be27d846",
        "5f3c09a1be27d846\nConnection to lpar1 closed.",
        "lpar1: 5f3c09a1be27d846",
        "lpar1 | CHANGED | rc=0 >>\n5f3c09a1be27d846",
        "*** authorized users only ***\n\n5f3c09a1be27d846",
        "5f3c09a1be27d846 root@lpar1",
        "5f3c09a1be27d846\nexit",
        "5f3c09a1be27d846\nrc=0",
        "5f3c09a1be27d846\n\0\0",
        "<pre>5f3c09a1be27d846\n</pre>",
        "```\n5f3c09a1be27d846\n```",
        "5f3c09a1be27d846\n5f3c09a1be27d846",
    ],
)
def test_what_a_terminal_shows_beside_the_file_is_no_fault_of_it(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("/etc/ct_node_id",), tuple(text.split("\n")), (), None))
    assert refused.value.reason == "unparsable"


def test_two_values_in_a_copy_are_a_fault_of_the_file() -> None:
    lines = ("5f3c09a1be27d846", "# older", "77d0c4e89a1b2f03")
    assert parse(Answer(("/etc/ct_node_id",), lines, (), None)).fault == "it holds two values, on separate lines"


def test_one_odd_word_is_a_fault_of_the_file() -> None:
    for exit_status in (0, None):
        record = parse(Answer(("/etc/ct_node_id",), ("deadbeef-cafe",), (), exit_status))
        assert record.fault == "it holds '-', which is not a hexadecimal digit"
    assert parse(Answer(("/etc/ct_node_id",), ("two words",), (), 0)).fault
