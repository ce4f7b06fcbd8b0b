"""Rows of what is undecided: one doing is one row, and no collection is named twice."""

from typing import get_args

import pytest

from rmccomply.undecided import CollectedBy, UndecidedKey, command, group_of, next_name, phrase, rows
from rmccomply.words import REASONS, STEPS, NextStep, Reason, Way

NEVER = UndecidedKey("collect", "not_collected")
DENIED = UndecidedKey("as_root", "denied")
HUNG = UndecidedKey("look", "timeout")
DOWN = UndecidedKey("fix_first", "failed", "RMC-SUB-001")
FLEET = CollectedBy("ssh", ("hosts.txt",), ("--sudo",), "fleet", later="fleet2")


def test_the_first_row_of_a_collection_has_its_command_and_the_others_say_so() -> None:
    counted = {HUNG: (75, 15), DENIED: (21, 7), NEVER: (2771, 200), DOWN: (120, 18)}
    assert [(row.checks, row.targets, row.says, row.advice) for row in rows(counted, 200, FLEET)] == [
        (2771, 200, "never collected", "rmccomply collect ssh --inventory hosts.txt --sudo --run fleet2"),
        (120, 18, "RMC-SUB-001 is in the way", "fix RMC-SUB-001, then collect again"),
        (75, 15, "a command hung", "--show open --reason timeout"),
        (21, 7, "permission denied", "--show open --reason denied"),
    ]


def test_who_collected_as_root_is_not_told_to_do_it_again() -> None:
    (denied,) = rows({DENIED: (2, 1)}, 3, FLEET)
    assert denied.advice == "--show open --reason denied"
    (denied,) = rows({DENIED: (2, 1)}, 3)
    assert denied.advice == "rmccomply collect ssh --inventory FILE --sudo"


def test_a_probe_is_asked_for_by_the_one_collection() -> None:
    (first, second) = rows({NEVER: (5, 2), UndecidedKey("probe", "inconclusive"): (2, 2)}, 2)
    assert (first.advice, second.advice) == (
        "rmccomply collect ssh --inventory FILE --sudo --probe",
        "the same collection",
    )


@pytest.mark.parametrize(
    ("way", "total", "collected", "expected"),
    [
        ("root", 1, None, "rmccomply collect ssh HOST --sudo"),
        ("vios", 1, None, "rmccomply collect ssh HOST --vios"),
        ("image", 1, None, "sh collector.sh image --root DIR"),
        ("root", 9, None, "rmccomply collect ssh --inventory FILE --sudo"),
        ("root", 1, CollectedBy("local", run="here", later="here2"), "rmccomply collect local --sudo --run here2"),
        (
            "root",
            9,
            CollectedBy("ssh", run="mon day", later="mon day2"),
            "rmccomply collect ssh HOST… --sudo --run 'mon day2'",
        ),
    ],
)
def test_a_command_is_as_the_target_is_collected(
    way: Way, total: int, collected: CollectedBy | None, expected: str
) -> None:
    assert command(way, total, collected) == expected


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("reason", REASONS)
def test_every_step_and_reason_has_words(step: NextStep, reason: Reason) -> None:
    (row,) = rows({UndecidedKey(step, reason, "RMC-SUB-001"): (1, 1)}, 1)
    assert row.says
    assert row.advice
    assert "{" not in row.says + row.advice


def test_a_problem_is_told_by_its_title() -> None:
    titles = {"RMC-SUB-001": "The RMC daemon (ctrmc) is not running", "RMC-FS-001": "/var is full"}
    assert phrase(DOWN, titles) == "the RMC daemon (ctrmc) is not running"
    assert phrase(DOWN._replace(first="RMC-FS-001"), titles) == "/var is full"


@pytest.mark.parametrize(
    ("run", "after"),
    [("fleet", "fleet2"), ("fleet2", "fleet3"), ("run-2026", "run-2026-2"), ("run-2026-2", "run-2026-3")],
)
def test_a_new_run_has_a_name_of_its_own(run: str, after: str) -> None:
    assert next_name(run) == after


def test_there_are_three_ways() -> None:
    assert get_args(Way) == ("root", "vios", "image")


def test_a_virtual_io_server_has_a_command_of_its_own_unless_the_run_is_known() -> None:
    counted = {NEVER: (9, 3), NEVER._replace(way="vios"): (4, 2), DENIED._replace(way="vios"): (2, 2)}
    assert [(row.checks, row.advice) for row in rows(counted, 5)] == [
        (9, "rmccomply collect ssh --inventory FILE --sudo"),
        (4, "rmccomply collect ssh --inventory FILE --vios"),
        (2, "the same collection with --vios"),
    ]
    assert [(row.checks, row.targets, row.advice) for row in rows(counted, 5, FLEET)] == [
        (13, 5, "rmccomply collect ssh --inventory hosts.txt --sudo --run fleet2"),
        (2, 2, "--show open --reason denied"),
    ]


def test_what_is_no_collection_is_one_group_whatever_the_way() -> None:
    assert group_of("look", "failed", "", "vios") == group_of("look", "failed")
    assert group_of("collect", "inconclusive") == NEVER
    assert group_of("declare", "conflicting") == group_of("declare", "inconclusive")
    assert group_of("look", "failed") != group_of("look", "timeout")


def test_who_collected_as_the_user_goes_on_so_until_something_is_denied() -> None:
    known = FLEET._replace(options=())
    (never,) = rows({NEVER: (9, 3)}, 3, known)
    assert never.advice == "rmccomply collect ssh --inventory hosts.txt --run fleet2"
    (never, denied) = rows({NEVER: (9, 3), DENIED: (2, 1)}, 3, known)
    assert never.advice == "rmccomply collect ssh --inventory hosts.txt --sudo --run fleet2"
    assert denied.advice == "the same collection"


def test_what_was_not_reached_is_asked_on_in_the_same_run() -> None:
    (row,) = rows({UndecidedKey("reach", "not_collected"): (39, 1)}, 1, FLEET)
    assert row.advice == (
        "see that ssh reaches it, then rmccomply collect ssh --inventory hosts.txt --sudo --run fleet"
    )


def test_a_collection_that_is_due_anyway_asks_what_was_not_reached_too() -> None:
    counted = {UndecidedKey("reach", "not_collected"): (78, 2), NEVER: (9, 3)}
    line = "rmccomply collect ssh --inventory hosts.txt --sudo --run fleet2"
    assert [row.advice for row in rows(counted, 9, FLEET)] == [
        f"see that ssh reaches them, then {line}",
        "the same collection",
    ]
    counted[NEVER] = (90, 3)
    assert [row.advice for row in rows(counted, 9, FLEET)] == [
        line,
        "see that ssh reaches them, then the same collection",
    ]


def test_what_was_reached_and_refused_is_not_told_to_be_reached() -> None:
    (row,) = rows({UndecidedKey("allow", "not_collected"): (78, 2)}, 9, FLEET)
    line = "rmccomply collect ssh --inventory hosts.txt --sudo --run fleet"
    assert row.says == "the collector may not run there"
    assert row.advice == f"allow sudo and sh there (rmccomply doctor prints how), then {line}"


def test_an_unknown_platform_is_said_or_collected() -> None:
    counted = {UndecidedKey("declare_platform", "not_collected"): (78, 2), NEVER: (9, 3)}
    says = "--platform … (aix, vios, linux) for what is there; for all of it "
    line = "rmccomply collect ssh --inventory FILE --sudo"
    assert [(row.says, row.advice) for row in rows(counted, 5)] == [
        ("the platform is unknown", f"{says}{line}"),
        ("never collected", "the same collection"),
    ]
    counted[NEVER] = (90, 3)
    assert [row.advice for row in rows(counted, 5)] == [line, f"{says}the same collection"]


def test_few_hosts_are_named() -> None:
    few = FLEET._replace(inventories=(), hosts=("a", "b"))
    assert command("root", 2, few) == "rmccomply collect ssh a b --sudo --run fleet2"
    many = few._replace(hosts=("a", "b", "c", "d"))
    assert command("root", 9, many) == "rmccomply collect ssh HOST… --sudo --run fleet2"
