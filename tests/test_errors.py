"""Errors say what happened, where, and are whole lines."""

import pickle

import pytest

from rmccomply.errors import Fault, PolicyError


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault("p.toml", 7, "RMC-ID-001", "check.fact", "is missing"), "p.toml:7: RMC-ID-001 check.fact: is missing"),
        (Fault("p.toml", None, "", "id", "is missing"), "p.toml: id: is missing"),
        (Fault("p.toml", 3, "", "", "is not valid TOML"), "p.toml:3: is not valid TOML"),
    ],
)
def test_a_fault_names_its_place(fault: Fault, text: str) -> None:
    assert str(fault) == text


def test_a_policy_error_carries_every_fault() -> None:
    faults = (Fault("p", 1, "", "", "one"), Fault("p", 2, "", "", "two"))
    error = PolicyError(faults)
    assert error.faults == faults
    assert str(error).splitlines() == ["p:1: one", "p:2: two"]


def test_another_process_gets_all_faults_of_a_policy() -> None:
    error = PolicyError((Fault("a.toml", 1, "R-1", "check", "is none"), Fault("b.toml", None, "", "", "is empty")))
    got = pickle.loads(pickle.dumps(error))
    assert (got.faults, str(got)) == (error.faults, str(error))
