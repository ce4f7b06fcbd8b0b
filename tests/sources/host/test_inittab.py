"""`/etc/inittab`: what switches an entry off, and when absence is knowledge."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.inittab import Inittab, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("inittab"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("inittab", answer_of(sample)) == snapshot


INIT = "init:2:initdefault:"
CTRMC = "ctrmc:2:once:/usr/bin/startsrc -s ctrmc > /dev/console 2>&1"


def inittab(*lines: str, exit_status: int | None = 0, complete: bool = True) -> Inittab:
    return parse(Answer(("/etc/inittab",), lines, exit_status=exit_status, complete=complete))


def test_the_file_is_asked() -> None:
    assert asks(("/etc/inittab",))
    assert not asks(("/etc/inittab", "x"))


@pytest.mark.parametrize(
    ("line", "disabled"),
    [
        (CTRMC, False),
        (f":{CTRMC}", True),
        (CTRMC.replace("once", "off"), True),
        (CTRMC.replace(":2:", "::"), False),
    ],
)
def test_a_colon_and_the_action_off_switch_an_entry_off(line: str, disabled: bool) -> None:
    entry = inittab(INIT, line).rows[1]
    assert (entry.id, entry.disabled, entry.line) == ("ctrmc", disabled, 2)


def test_an_entry_behind_a_hash_is_kept_apart() -> None:
    record = inittab(INIT, f"#{CTRMC}", "# a comment")
    assert ([row.id for row in record.rows], [row.id for row in record.hashed]) == (["init"], ["ctrmc"])
    assert record.whole


def test_a_command_may_hold_colons_and_go_on() -> None:
    record = inittab(INIT, "a:2:once:/bin/env A=b:c \\", "b:2:once:/bin/true")
    assert [(row.id, row.command) for row in record.rows] == [("init", ""), ("a", "/bin/env A=b:c")]


@pytest.mark.parametrize("line", ["ctrmc:2:once", "ctrmc", "two words:2:once:x", ":2:once", "ctrmc:2:on ce:x"])
def test_beside_a_line_of_another_form_absence_proves_nothing(line: str) -> None:
    record = inittab(INIT, line)
    assert [row.id for row in record.rows] == ["init"]
    assert record.whole is line.startswith(":")


def test_a_copy_may_have_lost_its_end() -> None:
    assert inittab(INIT, CTRMC).whole
    assert not inittab(INIT, CTRMC, exit_status=None).whole
    assert not inittab(INIT, CTRMC, complete=False).whole


def test_the_last_line_of_an_incomplete_file_is_left_out() -> None:
    assert [row.id for row in inittab(INIT, CTRMC[:30], complete=False).rows] == ["init"]


def test_no_file_is_an_answer_and_an_empty_one_is_none() -> None:
    assert parse(Answer(("/etc/inittab",), (), absent=True)) == Inittab(False, ())
    for lines, reason in (((), "empty"), (("# x",), "empty"), (("some words",), "unparsable")):
        with pytest.raises(Unreadable) as refused:
            inittab(*lines)
        assert refused.value.reason == reason


def test_corpus_entries_of_ctrmc_and_one_that_is_off() -> None:
    record = parse(capture("aix-inittab-xcat", "etc_inittab.txt", "/etc/inittab"))
    entries = {row.id: row for row in record.rows}
    assert len(entries) == 14
    assert (entries["ctrmc"].levels, entries["ctrmc"].action, entries["ctrmc"].disabled) == ("2", "once", False)
    assert entries["ctrmc"].command == "/usr/bin/startsrc -s ctrmc > /dev/console 2>&1"
    assert entries["shdaemon"].disabled
    assert entries["naudio2"].levels == ""
    assert not record.whole
