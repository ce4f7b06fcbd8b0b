"""What a finding says would settle it does: from nothing, what is asked for is brought until all is told."""

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.finding import Finding
from rmccomply.undecided import UndecidedKey, key_of, rows
from tests.fleets import BASES, PLANTS, evidence, written
from tests.hosts.building import command
from tests.hosts.generations import HOSTS
from tests.test_advice import CASES, probes, unknown_in
from tests.test_generations import judged

COLLECT = "rmccomply collect ssh HOST"
DECLARE = "rmccomply check --param"
FIREWALL = "RMC-NET-003"
"""Where nft is not installed, what shows that the kernel has no rules of it is no command that could be named."""


def answers(asked: str, host: tuple[Evidence, ...]) -> list[Evidence]:
    """What a host has of it: in these words, else the same command or file in another form, or the probe."""
    if asked.startswith(COLLECT):
        return [item for item in host if item.kind == "probe" or "--probe" not in asked]
    words = asked.replace("'", "").removeprefix("cat ").split()
    same = [item for item in host if item.request.replace("'", "").split() == words]
    other = [item for item in host if item.argv[0] in (words[0], words[-1])]
    return same or other or [command(asked, "", 127, state="notfound")]


def open_ones(brought: list[Evidence], name: str) -> list[Finding]:
    """What is unknown that the whole host decides."""
    host = HOSTS[name]
    return [one for one in judged(brought, host.platform) if one.result == "unknown" and one.rule not in host.unknown]


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", HOSTS)
def test_no_command_is_named_that_was_answered(name: str) -> None:
    whole = tuple(HOSTS[name].evidence)
    brought: list[Evidence] = []
    while True:
        left = open_ones(brought, name)
        asked = dict.fromkeys(one.settle for one in left)
        found = [item for line in asked if not line.startswith(DECLARE) for item in answers(line, whole)]
        new = [item for item in dict.fromkeys(found) if item not in brought]
        if not new:
            break
        brought += new
    again = [(one.rule, one.settle) for one in left if not one.settle.startswith(DECLARE) and one.rule != FIREWALL]
    assert again == []


Which = tuple[str, str]


def open_in(findings: Iterable[Finding]) -> dict[Which, Finding]:
    """What is unknown, by rule and subject."""
    return {(one.rule, one.subject): one for one in findings if one.result == "unknown"}


def grouped(findings: Iterable[Finding]) -> dict[UndecidedKey, set[Which]]:
    found: dict[UndecidedKey, set[Which]] = {}
    for which, one in open_in(findings).items():
        key = key_of(one)
        assert key is not None
        found.setdefault(key, set()).add(which)
    return found


@pytest.mark.parametrize("name", CASES)
def test_the_one_advice_of_a_group_settles_all_of_it(name: str) -> None:
    """What collects brings the answers of the healthy twin; what declares brings none."""
    case, left = unknown_in(name)
    for key, group in grouped(left).items():
        declares = key.step == "declare"
        brought = case.evidence if declares else (*case.twin, *(probes(case) if key.step == "probe" else ()))
        parameters = {"management": case.management} if declares else {}
        assert group.isdisjoint(open_in(judged(brought, case.platform, **parameters))), key


COLLECTS = ("collect", "as_root", "probe", "renew", "repeat")
"""What one collection as root is all of, so that it settles the others too."""
ASKED = ("never collected", "denied")
"""Gaps that it closes."""


def followed(base: str, plants: tuple[str, ...], key: UndecidedKey) -> tuple[Finding, ...]:
    """What is found after an advice was followed, and nothing else was done than it says."""
    platform = HOSTS[base].platform
    if key.step == "declare":
        return judged(evidence(base, plants), platform, management="hmc")
    done = set(ASKED)
    if key.step == "fix_first":
        done |= {name for name in plants if key.first in PLANTS[name].fails}
    if key.step == "look":
        done |= {name for name in plants if (key.step, key.reason, "") in PLANTS[name].unknown}
    return judged(evidence(base, tuple(name for name in plants if name not in done)), platform)


def asks(base: str, name: str) -> set[str]:
    plant = PLANTS[name]
    return {item.request for item in plant.answers(HOSTS[base].platform)} | set(plant.drops)


def apart(base: str) -> list[tuple[str, ...]]:
    """One plant or two that answer nothing in two ways."""
    sets = [plants for size in (1, 2) for plants in combinations(PLANTS, size)]
    return [
        plants
        for plants in sets
        if all(asks(base, one).isdisjoint(asks(base, other)) for one, other in combinations(plants, 2))
    ]


@pytest.mark.parametrize("base", dict.fromkeys(BASES))
def test_an_advice_settles_what_it_counts_and_leaves_what_others_count(base: str) -> None:
    """But that one collection settles all that any does, and a console that comes tells how it manages."""
    for plants in apart(base):
        before = judged(evidence(base, plants), HOSTS[base].platform)
        groups = grouped(before)
        for key, group in groups.items():
            after = open_in(followed(base, plants, key))
            assert group.isdisjoint(after), (plants, key)
            assert after.keys() <= open_in(before).keys(), (plants, key)
            settled = {other for other, those in groups.items() if other != key and not those <= after.keys()}
            also = {"declare"} if key.first == "RMC-MCP-001" else set()
            assert {one.step for one in settled} <= ({*COLLECTS, *also} if key.step != "declare" else set())


def test_each_row_of_a_fleet_settles_its_number(tmp_path: Path) -> None:
    fleet = written(tmp_path, 40, "mixed", seed=11)
    found = rows(fleet.undecided, len(fleet.targets))
    assert len(found) > 6
    for row in found:
        settled = 0
        for name, plants in fleet.planted.items():
            base = fleet.bases[name]
            group = grouped(judged(evidence(base, plants), HOSTS[base].platform)).get(row.key, set())
            settled += len(group - open_in(followed(base, plants, row.key)).keys())
        assert settled == row.checks, row


def test_the_rows_of_a_fleet_name_each_collection_once(tmp_path: Path) -> None:
    fleet = written(tmp_path, 40, "mixed", seed=11)
    found = rows(fleet.undecided, 40)
    commands = [row.advice for row in found if row.advice.startswith("rmccomply collect")]
    assert len(commands) == len(set(commands)) == len({row.key.way for row in found if row.key.step in COLLECTS})
