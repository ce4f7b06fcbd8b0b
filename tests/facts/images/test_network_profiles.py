"""Profiles of network adapters, and whether one has IPv6 switched off."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.images.network_profiles import (
    KEYFILES,
    NETPLANS,
    RED_HAT,
    SUSE,
    NetworkProfiles,
    network_profiles,
)
from tests.hosts.building import file
from tests.hosts.cases import broken
from tests.hosts.image_files import gone, image, keyfile, listed, rhel, sles, ubuntu

FOLDERS = (KEYFILES, RED_HAT, SUSE, NETPLANS)


def profiles(*evidence: Evidence) -> NetworkProfiles:
    return network_profiles(image(*(gone(path) for path in FOLDERS), *evidence))


def one(folder: str, name: str, text: str) -> bool | None:
    """Whether IPv6 is off in the one profile that there is."""
    (row,) = profiles(listed(folder, name), file(f"{folder}/{name}", text)).rows
    return row.off


CASES = [
    (KEYFILES, "a.nmconnection", keyfile("auto"), False),
    (KEYFILES, "a.nmconnection", keyfile("link-local"), False),
    (KEYFILES, "a.nmconnection", keyfile("disabled"), True),
    (KEYFILES, "a.nmconnection", keyfile("ignore"), False),
    (KEYFILES, "a.nmconnection", keyfile("off"), None),
    (KEYFILES, "without a method", "[connection]\ntype=ethernet\n", False),
    (RED_HAT, "ifcfg-env2", "DEVICE=env2\nONBOOT=yes\n", False),
    (RED_HAT, "ifcfg-env2", "DEVICE=env2\nIPV6INIT=yes\n", False),
    (RED_HAT, "ifcfg-env2", "DEVICE=env2\nIPV6INIT=no\n", False),
    (RED_HAT, "ifcfg-env2", 'DEVICE=env2\nIPV6_DISABLED="yes"\n', True),
    (SUSE, "ifcfg-eth0", "BOOTPROTO='dhcp4'\n", False),
    (NETPLANS, "a.yaml", "network:\n  ethernets:\n    env2:\n      dhcp4: true\n", False),
    (NETPLANS, "a.yaml", "network:\n  ethernets:\n    env2:\n      link-local: []\n", True),
    (NETPLANS, "a.yaml", "network:\n  ethernets:\n    env2:\n      link-local: [ipv4]\n", True),
    (NETPLANS, "a.yaml", "network:\n  ethernets:\n    env2:\n      link-local: [ipv4, ipv6]\n", False),
]


@pytest.mark.parametrize(("folder", "name", "text", "off"), CASES)
def test_what_one_profile_says(folder: str, name: str, text: str, off: bool | None) -> None:
    assert one(folder, name, text) is off


@pytest.mark.parametrize(
    ("folder", "name", "text"),
    [
        (KEYFILES, "lo.nmconnection", "[connection]\ntype=loopback\ninterface-name=lo\n"),
        (KEYFILES, "port", "[connection]\ntype=ethernet\nmaster=bond0\n[ipv6]\nmethod=disabled\n"),
        (KEYFILES, "a.nmconnection~", keyfile("disabled")),
        (RED_HAT, "ifcfg-lo", "DEVICE=lo\nIPV6_DISABLED=yes\n"),
        (RED_HAT, "ifcfg-env3", "DEVICE=env3\nMASTER=bond0\nSLAVE=yes\nIPV6_DISABLED=yes\n"),
        (RED_HAT, "ifcfg-env3.bak", "DEVICE=env3\nIPV6_DISABLED=yes\n"),
        (RED_HAT, "ifup-post", "IPV6_DISABLED=yes\n"),
    ],
)
def test_what_is_no_profile_of_an_adapter(folder: str, name: str, text: str) -> None:
    assert profiles(listed(folder, name), file(f"{folder}/{name}", text)).rows == ()


def test_of_netplan_the_last_file_counts_and_ports_have_no_addresses() -> None:
    first = "network:\n  ethernets:\n    env2:\n      link-local: []\n    env3:\n      link-local: []\n"
    last = (
        "network:\n  ethernets:\n    env2:\n      link-local: [ipv6]\n  bonds:\n    bond0:\n      interfaces: [env3]\n"
    )
    found = profiles(
        listed(NETPLANS, "a.yaml", "b.yaml"), file(f"{NETPLANS}/a.yaml", first), file(f"{NETPLANS}/b.yaml", last)
    )
    assert {row.interface: row.off for row in found.rows} == {"env2": False, "bond0": False}


def test_a_setting_beside_a_profile_of_suse_is_not_read() -> None:
    (row,) = profiles(listed(SUSE, "ifcfg-eth0", "ifsysctl-eth0"), file(f"{SUSE}/ifcfg-eth0", "STARTMODE=auto\n")).rows
    assert row.why is not None
    assert (row.off, row.why.settle) == (None, f"cat {SUSE}/ifsysctl-eth0")


@pytest.mark.parametrize("folder", FOLDERS)
def test_without_a_listing_other_profiles_may_be_there(folder: str) -> None:
    found = network_profiles(image(*(gone(path) for path in FOLDERS if path != folder)))
    assert found.why is not None
    assert found.why.settle == f"ls -l {folder}"


def test_a_profile_that_was_not_read_is_told() -> None:
    path = f"{KEYFILES}/a.nmconnection"
    (row,) = profiles(listed(KEYFILES, "a.nmconnection"), broken(file(path), "denied")).rows
    assert (row.off, row.why and row.why.reason, row.why and row.why.settle) == (None, "denied", f"cat {path}")
    (row,) = profiles(listed(KEYFILES, "a.nmconnection")).rows
    assert (row.off, row.why and row.why.reason) == (None, "not_collected")


@pytest.mark.parametrize("root", [rhel, sles, ubuntu])
def test_good_roots_have_one_profile(root: object) -> None:
    found = network_profiles(image(*root()))  # type: ignore[operator]
    assert [row.off for row in found.rows] == [False]
    assert found.why is None


@pytest.mark.parametrize("name", ["90-last.yaml", "10-first.yaml"])
def test_a_file_of_netplan_that_was_not_read_may_say_it(name: str) -> None:
    plan = "network:\n  ethernets:\n    env2:\n      dhcp4: true\n"
    found = profiles(
        listed(NETPLANS, "50-cloud-init.yaml", name),
        file(f"{NETPLANS}/50-cloud-init.yaml", plan),
        file(f"{NETPLANS}/{name}", "network: {ethernets: {env2: {link-local: []}}}\n"),
    )
    assert {row.off for row in found.rows} == {None}
    assert all(row.why is not None for row in found.rows)
