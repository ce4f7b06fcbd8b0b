"""Which words mean a rule."""

import pytest

from rmccomply.policy.families import among, families_and


@pytest.mark.parametrize(
    ("pattern", "rule", "expected"),
    [
        ("RMC-NET-001", "RMC-NET-001", True),
        ("RMC-NET", "RMC-NET-001", True),
        ("RMC", "RMC-NET-001", True),
        ("RMC-N", "RMC-NET-001", False),
        ("RMC-NET-", "RMC-NET-001", False),
        ("RMC-NET-00", "RMC-NET-001", False),
        ("rmc-net", "RMC-NET-001", False),
        ("", "RMC-NET-001", False),
    ],
)
def test_a_prefix_ends_before_a_hyphen(pattern: str, rule: str, expected: bool) -> None:
    assert among((pattern,), rule) is expected


def test_families_stand_before_the_rules_each_once() -> None:
    assert families_and(["A-X-001", "A-X-002", "A-Y-001"]) == ["A-X", "A-Y", "A-X-001", "A-X-002", "A-Y-001"]
