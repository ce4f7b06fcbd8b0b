"""Rows of `ls -l`."""

import pytest

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.folder_rows import entry_at, entry_of


@pytest.mark.parametrize(
    ("text", "name", "type_", "target"),
    [
        ("-rw-r--r--    1 root     system            0 Nov 02 08:15 IBM.DRM.stderr", "IBM.DRM.stderr", "-", ""),
        ("drwxr-xr-x. 2 root root 4096 Nov  2  2024 a b", "a b", "d", ""),
        ("lrwxrwxrwx 1 root root 9 Nov  2 08:15 x.service -> /dev/null", "x.service", "l", "/dev/null"),
        ("-rw-r--r--+ 1 root root 9 Nov  2 08:15 x -> y", "x -> y", "-", ""),
        ("crw-rw-rw- 1 root root 1, 3 Nov  2 08:15 null", "null", "c", ""),
        ("brw------- 1 root system 10,  0 Nov 02 08:15 hd4", "hd4", "b", ""),
    ],
)
def test_a_row(text: str, name: str, type_: str, target: str) -> None:
    entry = entry_of(text, 3)
    assert entry is not None
    assert (entry.name, entry.type, entry.target, entry.line) == (name, type_, target, 3)


@pytest.mark.parametrize(
    "text",
    [
        "insgesamt 8",
        "drwxr-xr-x 2 root root 4096 2. Nov 08:15 cfg",
        "drwxr-xr-x 2 root root 4096 Mai  2 08:15 cfg",
        "drwxr-xr-x 2 root root 4096 2024-11-02 08:15 cfg",
        "drwxr-xr-x 2 root domain users 4096 Nov  2 08:15 cfg",
        "drwxr-xr-y 2 root root 4096 Nov  2 08:15 cfg",
        "drwxr-xr-x 2 root root 4096 Nov  2 08:15",
        "cfg",
    ],
)
def test_what_is_no_row(text: str) -> None:
    assert entry_of(text, 1) is None
    with pytest.raises(Unreadable):
        entry_at(Answer(("ls", "-l", "/x"), (text,)), 1)


def test_the_total_and_a_cut_row_tell_of_nothing() -> None:
    answer = Answer(("ls", "-l", "/x"), ("total 8", "", "drwxr-xr-x 2 ro"), complete=False)
    assert [entry_at(answer, line) for line in (1, 2, 3)] == [None, None, None]


@pytest.mark.parametrize(("mode", "may"), [("-rwxr--r--", True), ("-rw-r-xr-x", False), ("-rwsr-xr-x", True)])
def test_whether_it_may_be_run(mode: str, may: bool) -> None:
    entry = entry_of(f"{mode} 1 root root 9 Nov  2 08:15 rc.local", 1)
    assert entry is not None
    assert entry.executable is may
