"""`ls /var/ct`: what is a folder, and when there is no other."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.ct_folders import Entries, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("ct_folders"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ct_folders", answer_of(sample)) == snapshot


LONG, SHORT = ("ls", "-l", "/var/ct"), ("ls", "/var/ct")
IW = "drwxr-xr-x    6 root     system          256 Nov 02 08:15 IW"
FILE = "-rw-r--r--    1 root     system            0 Nov 02 08:15 IBM.DRM.stderr"


def test_it_reads_that_folder_alone() -> None:
    assert all(asks(("/usr/bin/ls", *words)) for words in (("-l", "/var/ct"), ("/var/ct/",), ("-la", "/var/ct")))
    others = (("-l",), ("-l", "/var"), ("-lR", "/var/ct"), ("-l", "/var/ct/IW"), ("-ld", "/var/ct"))
    assert not any(asks(("ls", *words)) for words in others)


@pytest.mark.parametrize(
    ("argv", "lines", "expected"),
    [
        (LONG, ("total 0", IW, FILE), [("IW", True), ("IBM.DRM.stderr", False)]),
        (LONG, (IW.replace("IW", "nord -> /var/ct/7").replace("d", "l", 1),), [("nord", True)]),
        (LONG, (IW.replace("IW", "."), IW.replace("IW", ".."), IW), [("IW", True)]),
        (LONG, (IW.replace("IW", "a b"),), [("a b", True)]),
        (LONG, (), []),
        (SHORT, ("IW", "cfg"), [("IW", True), ("cfg", True)]),
        (SHORT, ("7  IW/  cfg",), [("7", True), ("IW", True), ("cfg", True)]),
    ],
)
def test_rows(argv: tuple[str, ...], lines: tuple[str, ...], expected: list[tuple[str, bool]]) -> None:
    record = parse(Answer(argv, lines))
    assert ([(row.name, row.folder) for row in record.rows], record.whole) == (expected, True)


def test_a_copy_and_a_cut_listing_prove_no_absence() -> None:
    assert not parse(Answer(LONG, (IW,), exit_status=None)).whole
    record = parse(Answer(LONG, (IW, "drwxr-xr-x    3 root"), complete=False))
    assert ([row.name for row in record.rows], record.whole) == (["IW"], False)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(LONG, ("total 0", "IW")), "unparsable"),
        (Answer(LONG, (IW.replace("drwxr-xr-x", "drwxr-xr-y"),)), "unparsable"),
        (Answer(LONG, (), ("ls: 0653-341 The file /var/ct does not exist.", "ls: x"), 2), "failed"),
        (Answer(LONG, ("ls: 0653-341 The file /var/ct does not exist.",), exit_status=None), "failed"),
        (Answer(LONG, (), ("ls: cannot open directory '/var/ct': Permission denied",), 2), "denied"),
        (Answer(LONG, (), exit_status=None), "empty"),
    ],
)
def test_what_is_no_answer(answer: Answer, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(answer)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "said", ["ls: 0653-341 The file /var/ct does not exist.", "ls: cannot access '/var/ct': No such file or directory"]
)
def test_that_the_folder_is_not_there_is_an_answer(said: str) -> None:
    assert parse(Answer(LONG, (), (said,), 2)) == Entries((), whole=True)
