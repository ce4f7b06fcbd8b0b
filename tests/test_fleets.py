"""Fleets hold what they say: what is planted fails, and nothing else; what is unknown is counted."""

from collections import Counter
from pathlib import Path

import pytest

from rmccomply.finding import Finding
from rmccomply.runs.check import check
from rmccomply.undecided import UndecidedKey, tally
from tests.fleets import BASES, KINDS, PLANTS, Kind, bundle, unknown_of, written
from tests.hosts.building import NOW
from tests.hosts.generations import HOSTS


def failing(findings: dict[str, tuple[Finding, ...]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, of_target in findings.items():
        for one in of_target:
            if one.result == "fail":
                found.setdefault(one.rule, set()).add(name)
    return found


def undecided(findings: dict[str, tuple[Finding, ...]]) -> dict[UndecidedKey, tuple[int, int]]:
    checks: Counter[UndecidedKey] = Counter()
    targets: Counter[UndecidedKey] = Counter()
    for of_target in findings.values():
        for key, count in tally(of_target):
            checks[key] += count
            targets[key] += 1
    return {key: (checks[key], targets[key]) for key in checks}


@pytest.mark.parametrize("kind", KINDS)
def test_a_fleet_has_what_was_planted_and_nothing_else(kind: Kind, tmp_path: Path) -> None:
    fleet = written(tmp_path, 60, kind, seed=3)
    done = check([tmp_path], now=NOW)
    findings = {one.target.id: one.findings for one in done.targets}
    assert tuple(findings) == fleet.targets
    assert done.notifications == ()
    assert failing(findings) == fleet.failing
    assert undecided(findings) == fleet.undecided
    assert len({(one.target.serial, one.target.lpar_id) for one in done.targets}) == 60


@pytest.mark.parametrize("name", PLANTS)
@pytest.mark.parametrize("base", dict.fromkeys(BASES))
def test_each_plant_on_each_host(base: str, name: str, tmp_path: Path) -> None:
    """No host of a fleet is clustered or managed by anything but an HMC."""
    (tmp_path / "one.rmcc").write_bytes(bundle(base, (name,), "lpar1", 17))
    (one,) = check([tmp_path], now=NOW).targets
    assert {found.rule for found in one.findings if found.result == "fail"} == set(PLANTS[name].fails)
    assert dict(tally(one.findings)) == unknown_of(base, (name,))
    assert (one.target.id, one.target.lpar_id, HOSTS[base].management) == ("lpar1", 3, "hmc")


def test_the_same_seed_is_the_same_fleet(tmp_path: Path) -> None:
    first, second, other = (
        written(tmp_path / name, 20, "mixed", seed) for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first.planted == second.planted != other.planted
    assert {one.read_bytes() for one in first.folder.iterdir()} == {one.read_bytes() for one in second.folder.iterdir()}
