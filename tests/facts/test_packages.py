"""Listings of packages: what is accounted for."""

import pytest

from rmccomply.facts.packages import Package, accounted

CORE = Package("rsct.core.rmc", "3.2.6.2", (3, 2, 6, 2), "C", 1)


@pytest.mark.parametrize(
    ("covers", "absent", "known"),
    [
        (("rsct.*",), (), True),
        (("rsct.core.rmc",), (), True),
        (("rsct.*", "DynamicRM"), (), False),
        (("rsct.*", "DynamicRM"), ("DynamicRM",), True),
        (("RSCT.*",), (), False),
        (("rsct",), (), False),
        ((), (), True),
    ],
)
def test_every_pattern_has_a_row_or_is_said_to_be_absent(
    covers: tuple[str, ...], absent: tuple[str, ...], known: bool
) -> None:
    assert accounted(covers, (CORE.name,), absent) is known


def test_without_rows_nothing_is_accounted_for() -> None:
    assert not accounted(("rsct.*",), (), ())
