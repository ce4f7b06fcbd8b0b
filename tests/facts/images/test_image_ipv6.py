"""Whether a copy of an image starts with IPv6."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.model import Fact
from tests.hosts.building import command, file, without
from tests.hosts.cases import broken
from tests.hosts.image_files import (
    ENTRY,
    GRUB,
    GRUB2,
    NETPLAN,
    PROFILE,
    PROFILES,
    SUSE,
    SYSCTLS,
    image,
    keyfile,
    listed,
    of,
    rhel,
    sles,
    ubuntu,
)

ETC = SYSCTLS[0]
SITE = f"{ETC}/60-site.conf"
LINKED = {"99-sysctl.conf": "../sysctl.conf"}
STARTED = "linux\t/boot/vmlinux root=/dev/sda2 ro"


def fact(*others: Evidence, root: object = rhel, lost: tuple[str, ...] = ()) -> Fact:
    return image(*without(of(root(), *others), *lost)).fact("image.ipv6")  # type: ignore[operator]


def site(text: str) -> list[Evidence]:
    """One more file of kernel parameters."""
    return [listed(ETC, "60-site.conf", **LINKED), file(SITE, text)]


def second(method: str = "auto") -> list[Evidence]:
    """A second profile."""
    text = keyfile(method).replace("env2", "env3")
    return [listed(PROFILES, PROFILE.rpartition("/")[2], "b.nmconnection"), file(f"{PROFILES}/b.nmconnection", text)]


@pytest.mark.parametrize("root", [rhel, sles, ubuntu])
def test_a_good_root_has_it(root: object) -> None:
    found = fact(root=root)
    assert (found.value, found.also) == ("enabled", ())
    assert found.evidence


DISABLED: list[tuple[object, list[Evidence], str]] = [
    (rhel, [file(ENTRY, "linux /v\noptions ro ipv6.disable=1\n")], "options ro ipv6.disable=1"),
    (sles, [command(GRUB2, f"9:\t{STARTED} ipv6.disable_ipv6=1\n")], "ipv6.disable_ipv6=1"),
    (ubuntu, [command(GRUB, f"9:\t{STARTED} ipv6.disable=1\n")], "ipv6.disable=1"),
    (rhel, site("net.ipv6.conf.all.disable_ipv6 = 1\n"), "net.ipv6.conf.all.disable_ipv6 = 1"),
    (rhel, site("net.ipv6.conf.default.disable_ipv6 = 1\n"), "net.ipv6.conf.default.disable_ipv6 = 1"),
    (rhel, site("net.ipv6.conf.*.disable_ipv6 = 1\n"), "net.ipv6.conf.*.disable_ipv6 = 1"),
    (sles, site("net.ipv6.conf.eth0.disable_ipv6 = 1\n"), "net.ipv6.conf.eth0.disable_ipv6 = 1"),
    (rhel, [file(PROFILE, keyfile("disabled"))], "method=disabled"),
    (rhel, [*second("disabled"), file(PROFILE, keyfile("disabled"))], "method=disabled"),
    (sles, [file(f"{SUSE}/ifcfg-eth0", "IPV6_DISABLED=yes\n")], "IPV6_DISABLED=yes"),
    (ubuntu, [file(NETPLAN, "network:\n  ethernets:\n    env2:\n      link-local: []\n")], "      link-local: []"),
]


@pytest.mark.parametrize(("root", "others", "text"), DISABLED)
def test_what_switches_it_off_is_shown(root: object, others: list[Evidence], text: str) -> None:
    found = fact(*others, root=root)
    assert found.value == "disabled"
    assert any(text in place.text for place in found.evidence)


ENABLED: list[list[Evidence]] = [
    site("net.ipv6.conf.eth1.disable_ipv6 = 1\n"),
    site("net.ipv6.conf.lo.disable_ipv6 = 1\n"),
    second("disabled"),
    [file("/etc/default/grub", 'GRUB_CMDLINE_LINUX="ro ipv6.disable=1"\n')],
]


@pytest.mark.parametrize("others", ENABLED)
def test_what_is_no_fault(others: list[Evidence]) -> None:
    assert fact(*others).value == "enabled"


def test_another_adapter_without_it_is_told() -> None:
    (also,) = fact(*second("disabled")).also
    assert also.startswith(
        "The profile cloud-init env3 has IPv6 switched off (method=disabled); another adapter has it"
    )


def test_what_the_next_kernel_starts_with_is_told() -> None:
    (also,) = fact(*ENABLED[-1]).also
    assert also == "/etc/default/grub has ipv6.disable=1: the next kernel that is installed starts without IPv6."


@pytest.mark.parametrize("root", [rhel, sles, ubuntu])
@pytest.mark.parametrize("bad", [False, True])
def test_losing_an_answer_never_makes_it_good(root: object, bad: bool) -> None:
    """What was lost may have held a switch; what is left of a bad root is bad or unknown."""
    faults = [others for base, others, _ in DISABLED if base is root] if bad else [[]]
    for others in faults:
        whole = of(root(), *others)  # type: ignore[operator]
        for lost in {item.request: item for item in whole}.values():
            for left in (
                without(whole, lost.request),
                [broken(one, "denied") if one is lost else one for one in whole],
            ):
                found = image(*left).fact("image.ipv6")
                assert found.value != "enabled" if bad else found.value != "disabled", (lost.request, found.says)


@pytest.mark.parametrize("asked", [PROFILE, ENTRY, GRUB2, SITE, *(f"ls -l {path}" for path in SYSCTLS)])
def test_what_may_hold_a_switch_is_needed(asked: str) -> None:
    found = fact(*site("# nothing\n"), lost=(asked,))
    assert (found.state, found.reason) == ("unknown", "not_collected")
    assert found.settle


def test_where_one_profile_leaves_it_on_others_need_not_be_known() -> None:
    assert fact(lost=(f"ls -l {PROFILES}",)).value == "enabled"


def test_aix_has_no_such_switch() -> None:
    assert image(platform="aix").fact("image.ipv6").state == "not_applicable"


BARE = [listed(PROFILES), listed("/etc/sysconfig/network-scripts")]
UNDECIDED: list[tuple[object, list[Evidence], str]] = [
    (rhel, [*site("net.ipv6.conf.eth1.disable_ipv6 = 1\n"), *BARE], "whether RMC uses eth1 is not known"),
    (
        rhel,
        site("net.ipv6.conf.all.disable_ipv6 = 1\nnet.ipv6.conf.env2.disable_ipv6 = 0\n"),
        "env2.disable_ipv6 is set to 0",
    ),
    (
        rhel,
        [
            listed(PROFILES, PROFILE.rpartition("/")[2], "b.nmconnection"),
            file(f"{PROFILES}/b.nmconnection", keyfile("disabled")),
        ],
        "sets up the same adapter with it",
    ),
]


@pytest.mark.parametrize(("root", "others", "text"), UNDECIDED)
def test_what_may_be_of_the_adapter_of_rmc_leaves_it_unknown(root: object, others: list[Evidence], text: str) -> None:
    found = fact(*others, root=root)
    assert (found.state, text in found.says) == ("unknown", True), found.says
