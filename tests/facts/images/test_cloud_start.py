"""Whether cloud-init starts: units, marks and policies."""

from collections.abc import Mapping

import pytest

from rmccomply.facts.images.cloud_start import runs
from tests.hosts.building import facts
from tests.hosts.roots import UNITS, VENDOR, WANTS, Root, aix, linux

KERNEL = "/boot/loader/entries/a.conf"


def state(built: Root, name: str = "reset_rmc") -> bool | None:
    return runs(facts(*built.evidence(), platform="aix" if built.aix else "linux"), name).holds


def new(*enabled: str) -> Root:
    """An image with the units that cloud-init has since 24.3."""
    names = ("cloud-init-local", "cloud-init-main", "cloud-init-network", "cloud-config", "cloud-final")
    bare = linux().lacking(f"{VENDOR}/cloud-init.service", WANTS)
    files = {f"{VENDOR}/{name}.service": "" for name in names}
    return bare.having(files).linking({f"{WANTS}/{one}.service": f"{VENDOR}/{one}.service" for one in enabled})


def test_units_that_cloud_init_has_now() -> None:
    whole = ("cloud-init-main", "cloud-init-network", "cloud-final")
    assert state(new(*whole)) is True
    for name in whole:
        assert state(new(*(one for one in whole if one != name))) is False


@pytest.mark.parametrize("unit", ["cloud-init-local.service", "cloud-init.target", "cloud-final.service"])
def test_a_masked_unit(unit: str) -> None:
    assert state(linux().linking({f"{UNITS}/{unit}": "/dev/null"})) is False


@pytest.mark.parametrize("target", ["../../../dev/null", "/dev/../dev/null"])
def test_a_mask_by_another_way(target: str) -> None:
    assert state(linux().linking({f"{UNITS}/cloud-final.service": target})) is False


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("cloud-final.service.d/site.conf", None),
        ("cloud-init.target.d/site.conf", None),
        ("cloud-final.service.d/site.conf~", True),
        ("cloud-config.service.d/site.conf", True),
    ],
)
def test_what_changes_a_unit_may_keep_it_from_starting(path: str, holds: bool | None) -> None:
    changed = linux().having({f"{UNITS}/{path}": "[Unit]\nConditionPathExists=/never\n"})
    assert state(changed) is holds


def test_what_another_stage_needs_does_not_matter() -> None:
    assert state(linux().linking({f"{UNITS}/cloud-config.service": "/dev/null"})) is True


def test_units_may_be_enabled_elsewhere() -> None:
    bare = linux().lacking(WANTS)
    links = {f"{name}.service": f"{VENDOR}/{name}.service" for name in ("cloud-init", "cloud-final")}
    for folder, expected in (("/multi-user.target.wants", True), ("/rescue.target.wants", False), ("", False)):
        assert state(bare.linking({f"{UNITS}{folder}/{name}": to for name, to in links.items()})) is expected


def test_a_unit_that_is_enabled_and_not_there() -> None:
    gone = linux().lacking(f"{VENDOR}/cloud-final.service")
    assert state(gone) is False
    assert state(gone.having({f"{UNITS}/cloud-final.service": "[Service]\n"})) is True
    assert state(gone.linking({f"{WANTS}/cloud-final.service": "/lib/systemd/system/cloud-final.service"})) is None


def test_without_systemd_nothing_starts() -> None:
    assert state(linux().lacking(UNITS)) is False


@pytest.mark.parametrize(
    ("word", "holds"),
    [
        ("cloud-init=disabled", False),
        ("x.cloud-init=disabled.y", False),
        ("cloud-init=enabled", True),
        ("ci.di.policy=disabled", False),
        ("ci.di.policy=enabled", True),
        ("cc:{'manual_cache_clean':true}", None),
    ],
)
def test_kernel_command_lines(word: str, holds: bool | None) -> None:
    text = linux().files[KERNEL].replace(" ro\n", f" ro {word}\n")
    assert state(linux().having({KERNEL: text})) is holds


def test_two_ways_to_start_that_differ_leave_it_unknown() -> None:
    other = linux().files[KERNEL].replace(" ro\n", " ro cloud-init=disabled\n").replace("5.14.0", "5.13.0")
    assert state(linux().having({"/boot/loader/entries/b.conf": other})) is None


def test_the_policy_on_the_kernel_command_line_replaces_that_of_the_file() -> None:
    disabled = linux().having({"/etc/cloud/ds-identify.cfg": "policy: disabled\n"})
    assert state(disabled) is False
    text = linux().files[KERNEL].replace(" ro\n", " ro ci.di.policy=search\n")
    assert state(disabled.having({KERNEL: text})) is True


@pytest.mark.parametrize(
    ("links", "files", "holds"),
    [
        ({"instance": "/var/lib/cloud/instances/i-1"}, {"instances/i-1/obj.pkl": ""}, True),
        ({"instance": "/var/lib/cloud/instances/i-1"}, {"instances/i-1/manual-clean": ""}, False),
        ({}, {"instances/i-1/manual-clean": ""}, True),
        ({"instance": "/var/lib/cloud/instances/i-2"}, {"instances/i-1/manual-clean": ""}, True),
    ],
)
def test_the_mark_of_the_last_instance(links: Mapping[str, str], files: Mapping[str, str], holds: bool) -> None:
    built = linux().having({f"/var/lib/cloud/{path}": text for path, text in files.items()})
    assert state(built.linking({f"/var/lib/cloud/{path}": to for path, to in links.items()})) is holds


def test_a_module_with_frequency_once_counts_where_another_entry_has_none() -> None:
    text = linux().files["/etc/cloud/cloud.cfg"]
    once = text.replace("  - reset_rmc", "  - [reset_rmc, once]")
    assert state(linux().having({"/etc/cloud/cloud.cfg": once})) is False
    both = once.replace("  - bootcmd", "  - bootcmd\n  - reset-rmc")
    assert state(linux().having({"/etc/cloud/cloud.cfg": both})) is True
    assert state(linux(), "phone_home") is False
    assert state(linux(), "scripts_per_once") is True


@pytest.mark.parametrize("name", ["cloud-init-local", "cloud-init"])
def test_aix_starts_it_by_links(name: str) -> None:
    assert state(aix()) is True
    assert state(aix().lacking(*(path for path in aix().links if path.endswith(name)))) is False
    assert state(aix().lacking("/etc/rc.d/rc2.d/S04cloud-final")) is True
