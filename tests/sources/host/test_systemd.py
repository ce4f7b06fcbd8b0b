"""`systemctl`: blocks without names, states told by exit status, and units that do not exist."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.systemd import UnitState, WordPlace, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("systemd"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("systemd", answer_of(sample)) == snapshot


SHOW = ("systemctl", "show", "-p", "LoadState,ActiveState", "ctrmc", "srcmstr")
STATUS = ("systemctl", "status", "ctrmc")
ENABLED = ("systemctl", "is-enabled", "ctrmc", "srcmstr")
ACTIVE = ("systemctl", "is-active", "ctrmc", "srcmstr")


def rows(argv: tuple[str, ...], *lines: str, err: str = "", exit_status: int | None = 0) -> tuple[UnitState, ...]:
    return parse(Answer(argv, lines, (err,) if err else (), exit_status)).rows


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("show -p Id,ActiveState ctrmc srcmstr", True),
        ("show --property=ActiveState ctrmc.service", True),
        ("show -pActiveState ctrmc --no-pager", True),
        ("status ctrmc.service -l", True),
        ("status -n 0 ctrmc", True),
        ("is-enabled ctrmc", True),
        ("is active ctrmc", True),
        ("is-active", False),
        ("show -p ActiveState", False),
        ("show rsct*", False),
        ("--user show ctrmc", False),
        ("list-units ctrmc", False),
        ("restart ctrmc", False),
        ("", False),
    ],
)
def test_states_of_named_units_are_asked(words: str, asked: bool) -> None:
    assert asks(("/usr/bin/systemctl", *words.split())) is asked


def test_blocks_without_names_are_those_of_the_units_in_order() -> None:
    told = rows(SHOW, "ActiveState=active", "LoadState=loaded", "", "ActiveState=inactive", "LoadState=not-found")
    assert [(row.unit, row.load, row.active, row.line) for row in told] == [
        ("ctrmc.service", "loaded", "active", 1),
        ("srcmstr.service", "not-found", "inactive", 4),
    ]
    assert [(row.sub, row.enabled, row.since) for row in told] == [("", "", "")] * 2


def test_blocks_with_names_are_told_by_them() -> None:
    told = rows(SHOW, "Id=srcmstr.service", "ActiveState=active", "", "Id=ctrmc.service", "ActiveState=failed")
    assert [(row.unit, row.active) for row in told] == [("srcmstr.service", "active"), ("ctrmc.service", "failed")]


@pytest.mark.parametrize(
    "lines",
    [
        ("ActiveState=active",),
        ("ActiveState=active", "ActiveState=inactive"),
        ("ActiveState=active", "", "ActiveState=active", "", "ActiveState=active"),
        ("some words", "", "ActiveState=active"),
    ],
)
def test_blocks_that_cannot_be_matched_are_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as refused:
        rows(SHOW, *lines)
    assert refused.value.reason == "unparsable"


@pytest.mark.parametrize("mark", ["\u25cf ", "* ", "\\xe2\\x97\\x8f ", ""])
def test_a_status_starts_with_any_mark(mark: str) -> None:
    (row,) = rows(
        STATUS,
        f"{mark}ctrmc.service - Resource Monitoring and Control",
        "   Loaded: loaded (/usr/lib/systemd/system/ctrmc.service; enabled; preset: disabled)",
        "   Active: active (running) since Tue 2026-03-10 07:15:33 CET; 4 days ago",
        "   CGroup: /system.slice/ctrmc.service",
        "Mar 10 07:15:33 lpar18 systemd[1]: Active: failed",
    )
    found = (("load", 2), ("enabled", 2), ("active", 3), ("sub", 3), ("since", 3))
    places = tuple(WordPlace(*one) for one in found)
    words = ("loaded", "active", "running", "enabled", "Tue 2026-03-10 07:15:33 CET")
    assert row == UnitState("ctrmc.service", *words, 1, places)
    assert (row.lines_of("enabled"), row.lines_of("active", "sub"), row.lines_of()) == ((1, 2), (1, 3), (1,))


def test_the_exit_status_of_a_state_is_no_failure() -> None:
    assert [row.active for row in rows(ACTIVE, "active", "inactive", exit_status=3)] == ["active", "inactive"]
    assert [row.enabled for row in rows(ENABLED, "enabled", "disabled", exit_status=1)] == ["enabled", "disabled"]
    with pytest.raises(Unreadable) as refused:
        rows(ACTIVE, exit_status=1)
    assert refused.value.reason == "failed"


def test_a_unit_that_does_not_exist_is_an_answer() -> None:
    (row,) = rows(STATUS, err="Unit ctrmc.service could not be found.", exit_status=4)
    assert (row.unit, row.load, row.active, row.line) == ("ctrmc.service", "not-found", "", -1)
    said = "Failed to get unit file state for ctrmc.service: No such file or directory"
    told = rows(ENABLED, "enabled", err=said, exit_status=1)
    assert [(row.unit, row.load, row.enabled) for row in told] == [
        ("ctrmc.service", "not-found", ""),
        ("srcmstr.service", "", "enabled"),
    ]


@pytest.mark.parametrize(
    ("argv", "lines"),
    [(ENABLED, ("enabled",)), (ACTIVE, ("active", "active", "active")), (ACTIVE, ("enabled", "enabled"))],
)
def test_words_that_cannot_be_matched_are_refused(argv: tuple[str, ...], lines: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as refused:
        rows(argv, *lines)
    assert refused.value.reason == "unparsable"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("System has not been booted with systemd as init system (PID 1). Can't operate.", "failed"),
        ("Failed to connect to bus: No such file or directory", "failed"),
        ("Failed to get unit file state for ctrmc.service: Access denied", "denied"),
    ],
)
def test_a_systemd_that_is_not_reached_is_no_answer(said: str, reason: str) -> None:
    for answer in (Answer(ENABLED, (), (said,), 1), Answer(ENABLED, (said,), exit_status=None)):
        with pytest.raises(Unreadable) as refused:
            parse(answer)
        assert refused.value.reason == reason


@pytest.mark.parametrize(
    "line", ["LoadState=geladen", "ActiveState=aktiv", "SubState=Running", "UnitFileState=Enabled"]
)
def test_a_word_that_systemd_does_not_have_is_refused(line: str) -> None:
    argv = ("systemctl", "show", "-p", "Id,LoadState,ActiveState,SubState,UnitFileState", "ctrmc")
    with pytest.raises(Unreadable, match="LC_ALL=C") as refused:
        parse(Answer(argv, ("Id=ctrmc.service", line)))
    assert refused.value.reason == "unparsable"


FILES = ("systemctl", "list-unit-files")
FILES_HEAD = "UNIT FILE            STATE    PRESET"


def test_the_count_at_the_end_of_all_files_proves_what_is_not_among_them() -> None:
    told = rows(FILES, FILES_HEAD, "ctrmc.service enabled disabled", "sshd.service enabled", "", "2 unit files listed.")
    assert [(row.unit, row.load, row.enabled, row.line) for row in told] == [
        ("ctrmc.service", "", "enabled", 2),
        ("srcmstr.service", "not-found", "", 5),
    ]
    cut = rows(FILES, FILES_HEAD, "ctrmc.service enabled disabled", exit_status=None)
    assert [row.unit for row in cut] == ["ctrmc.service"]
    other = rows(FILES, FILES_HEAD, "ctrmc.service enabled disabled", "3 unit files listed.")
    assert [row.unit for row in other] == ["ctrmc.service"]


@pytest.mark.parametrize("row", ["ctrmc.service activated enabled", "ctrmc.service", "a b c d"])
def test_a_row_of_files_with_another_word_is_refused(row: str) -> None:
    with pytest.raises(Unreadable) as refused:
        rows(FILES, FILES_HEAD, row)
    assert refused.value.reason == "unparsable"


@pytest.mark.parametrize("words", ["list-unit-files", "--no-pager list-unit-files"])
def test_all_files_of_units_are_asked(words: str) -> None:
    assert asks(("systemctl", *words.split()))
    assert not asks(("systemctl", *words.split(), "ctrmc*"))
