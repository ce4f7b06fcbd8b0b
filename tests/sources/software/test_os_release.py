"""`/etc/os-release`: values as a shell reads them, and a file that is not there."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.os_release import OsRelease, asks, parse
from tests.facts.samples import answer_of, read, samples

PATH = "/etc/os-release"


@pytest.mark.parametrize("sample", samples("os_release"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("os_release", answer_of(sample)) == snapshot


def test_the_file_is_asked() -> None:
    assert asks((PATH,))
    assert not asks((PATH, "/etc/issue"))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('NAME="Red Hat Enterprise Linux"', "Red Hat Enterprise Linux"),
        ("NAME='SLES'", "SLES"),
        ("NAME=Ubuntu", "Ubuntu"),
        ('NAME="A \\"quoted\\" name"', 'A "quoted" name'),
        ("NAME=", ""),
        ('NAME=""', ""),
    ],
)
def test_values_are_quoted_as_in_a_shell(line: str, name: str) -> None:
    assert parse(Answer((PATH,), (line,))).name == name


@pytest.mark.parametrize("line", ['NAME="SLES', "NAME=Red Hat", "NAME", "NAME SLES", "N AME=SLES", "=SLES"])
def test_what_assigns_nothing_is_refused(line: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer((PATH,), ("ID=sles", line)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


def test_the_line_is_that_of_the_id_and_the_last_one_counts() -> None:
    record = parse(Answer((PATH,), ("NAME=A", "ID=first", "# ID=none", "ID=second")))
    assert (record.id, record.line) == ("second", 4)


def test_a_file_that_is_not_there_is_a_fact() -> None:
    assert parse(Answer((PATH,), (), exit_status=None, absent=True)) == OsRelease(False, "", "", "", "", 0)
