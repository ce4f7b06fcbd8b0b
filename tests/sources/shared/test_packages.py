"""Listings of packages: what is accounted for."""

import pytest

from rmccomply.sources.shared.packages import Package, accounted, filesets_end, in_order_to_the_end

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
    assert accounted(covers, (CORE.name,), absent, ended=True) is known


@pytest.mark.parametrize(
    ("covers", "absent", "known"),
    [
        (("rsct.*",), (), False),
        (("rsct.core.rmc",), (), True),
        (("rsct.core.rmc", "rsct.?asic*"), (), False),
        (("rsct.core.rmc", "rsct.[b]*"), ("rsct.[b]*",), True),
    ],
)
def test_of_a_pattern_rows_may_be_lost_where_nothing_tells_the_end(
    covers: tuple[str, ...], absent: tuple[str, ...], known: bool
) -> None:
    assert accounted(covers, (CORE.name,), absent, ended=False) is known


USR, ROOT = (
    ("X11.base", "bos.rte", "rsct.core.rmc", "xlC.rte"),
    ("X11.base", "bos.rte", "rsct.core.rmc", "sysmgt.websm"),
)


@pytest.mark.parametrize(
    ("names", "by_repository", "ends"),
    [
        (USR, False, True),
        (USR[1:], False, True),
        (USR[2:], False, False),
        (USR[:-1], False, False),
        (USR, True, False),
        ((*USR, *ROOT), True, True),
        ((*USR, *ROOT[:-1]), True, False),
        ((*USR[:-1], *ROOT), True, False),
        ((*USR[2:], *ROOT), True, False),
        ((), False, False),
    ],
)
def test_a_listing_of_filesets_ends_behind_those_of_rsct(
    names: tuple[str, ...], by_repository: bool, ends: bool
) -> None:
    assert filesets_end(names, by_repository=by_repository) is ends


@pytest.mark.parametrize(
    ("names", "lower", "ends"),
    [
        (("adduser", "dpkg", "rsct.core", "zlib1g"), True, True),
        (("dpkg", "rsct.core", "zlib1g"), True, False),
        (("adduser", "dpkg", "rsct.core"), True, False),
        (("acl", "bash", "rsct.core", "zlib"), False, False),
        (("ConsoleKit", "acl", "rsct.core", "zlib"), False, True),
        (("ModemManager", "acl", "rsct.core", "zlib"), False, False),
        (("acl", "bash", "ModemManager", "rsct.core", "zlib"), False, True),
        (("glibc", "ModemManager", "rsct.core", "zlib"), False, False),
        (("zlib", "acl"), False, False),
        ((), True, False),
    ],
)
def test_a_listing_in_order_goes_from_before_the_names_of_rmc_to_behind_them(
    names: tuple[str, ...], lower: bool, ends: bool
) -> None:
    assert in_order_to_the_end(names, lower=lower) is ends


def test_without_rows_nothing_is_accounted_for() -> None:
    assert not accounted(("rsct.*",), (), (), ended=True)
