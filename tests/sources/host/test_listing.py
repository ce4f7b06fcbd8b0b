"""`ls -l` and `ls -lR`: what is there, and what is certainly not."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.listing import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples

DEEP = ("ls", "-lR", "/etc/systemd/system")
FLAT = ("ls", "-l", "/etc/cloud")
ROW = "-rw-r--r-- 1 root root 9 Nov  2 08:15 cloud.cfg"
FOLDER = "drwxr-xr-x 2 root root 9 Nov  2 08:15 a.wants"


@pytest.mark.parametrize("sample", samples("listing"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("listing", answer_of(sample)) == snapshot


def test_which_requests_it_reads() -> None:
    assert all(asks(argv) for argv in (DEEP, FLAT, ("ls", "-l", "/a", "/b"), ("ls", "-l", "/etc/cloud/")))
    others = (("-l", "/var/ct"), ("-l",), ("/etc",), ("-ld", "/etc"), ("-lR", "/a", "/b"), ("-l", "etc"))
    assert not any(asks(("ls", *words)) for words in others)


def test_a_copy_and_a_cut_listing_prove_no_absence() -> None:
    assert not parse(Answer(FLAT, ("total 1", ROW), exit_status=None)).whole
    assert not parse(Answer(FLAT, ("total 1", ROW, "-rw-r"), complete=False)).whole
    cut = parse(Answer(DEEP, ("/etc/systemd/system:", "total 1", FOLDER), complete=False))
    assert not cut.whole


def test_what_is_below() -> None:
    record = parse(Answer(DEEP, ("/etc/systemd/system:", FOLDER, "", "/etc/systemd/system/a.wants:", ROW)))
    assert [one.path for one in record.below("/etc/systemd/system")] == ["/etc/systemd/system/a.wants"]
    folder = record.folder("/etc/systemd/system/a.wants")
    assert folder is not None
    assert folder.entry("cloud.cfg") is not None
    assert folder.entry("cloud") is None


@pytest.mark.parametrize(
    ("argv", "lines", "errors", "status", "reason"),
    [
        (DEEP, ("/etc/systemd/system:", FOLDER), (), 0, "truncated"),
        (DEEP, ("/etc/systemd/system:", "total 0", "", "/etc/systemd/system/a.wants:"), (), 0, "unparsable"),
        (DEEP, ("/etc/systemd/system:", "total 0", "", "/etc/systemd/system:", ROW), (), 0, "unparsable"),
        (DEEP, ("/etc/systemd:", "total 0"), (), 0, "unparsable"),
        (FLAT, (), ("ls: cannot access '/etc/cloud/x': No such file or directory",), 2, "failed"),
        (FLAT, (), ("ls: cannot access '/etc/cloud': No such file or directory", "ls: odd"), 2, "failed"),
        (FLAT, (), ("ls: Zugriff auf '/etc/cloud' nicht möglich",), 2, "failed"),
        (FLAT, (ROW,), ("ls: cannot access '/etc/cloud': No such file or directory",), 2, "unparsable"),
        (("ls", "-l", "/a", "/b"), (ROW,), (), 0, "unparsable"),
        (FLAT, ("ls: /etc/cloud: Permission denied",), (), None, "failed"),
        (FLAT, ("", ""), (), 0, "empty"),
        (("ls", "-l", "/a"), ("total 1", ROW.replace("cloud.cfg", "/a"), ROW), (), 0, "unparsable"),
    ],
)
def test_what_is_no_answer(
    argv: tuple[str, ...], lines: tuple[str, ...], errors: tuple[str, ...], status: int | None, reason: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(argv, lines, errors, status))
    assert refused.value.reason == reason


def test_a_link_that_was_asked_for_is_no_folder() -> None:
    link = "lrwxrwxrwx 1 root root 9 Nov  2 08:15 /etc/systemd/system -> /x"
    record = parse(Answer(DEEP, (link,)))
    assert (record.folder("/etc/systemd/system"), [one.target for one in record.files]) == (None, ["/x"])
