"""Units of systemd by their files: what starts at boot without asking systemctl."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.facts.images.unit_files import starts_at_boot, unit_file
from rmccomply.sources.reading import Readings
from tests.hosts.building import command, without
from tests.hosts.cases import units
from tests.hosts.image_files import SHIPPED, UNITS, image, of, rhel, row, unit_files, unit_links

CTRMC = "ctrmc.service"
SRC = "srcmstr.service"
DENIED = command(UNITS, "/etc/systemd/system:\ntotal 0\n", 2, "ls: cannot open directory: Permission denied\n")


def word(*evidence: Evidence, unit: str = CTRMC) -> str:
    found = unit_file(image(*evidence), unit)
    return found.why.reason if found.why is not None else found.word


def test_a_link_enables_a_unit_that_exists() -> None:
    assert word(unit_links(CTRMC), unit_files()) == "enabled"
    assert word(unit_links(SRC), unit_files()) == "disabled"
    assert word(unit_links(CTRMC), unit_files(), unit="other.service") == "not-found"
    assert word(unit_links("other.service"), unit_files(), unit="other.service") == "not-found"


def test_a_link_to_nothing_masks_it_whatever_enables_it() -> None:
    assert word(unit_links(CTRMC, masked=(CTRMC,)), unit_files()) == "masked"


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ((unit_links(CTRMC),), "not_collected"),
        ((unit_files(),), "not_collected"),
        ((DENIED, unit_files()), "denied"),
        ((), "not_collected"),
    ],
)
def test_what_was_not_listed_tells_nothing(evidence: tuple[Evidence, ...], reason: str) -> None:
    assert word(*evidence) == reason


ROOTS = [
    (unit_links(CTRMC, SRC), "enabled"),
    (unit_links(CTRMC), "disabled"),
    (unit_links(SRC), "disabled"),
    (unit_links(CTRMC, SRC, masked=(SRC,)), "disabled"),
]


@pytest.mark.parametrize(("links", "value"), ROOTS)
def test_whether_rmc_starts_at_boot_in_a_root(links: Evidence, value: str) -> None:
    found = image(*rhel(), links).fact("boot.ctrmc")
    assert found.value == value
    assert found.evidence


def test_a_unit_without_a_file_is_missing() -> None:
    found = image(*rhel(), command(SHIPPED, "total 0\n")).fact("boot.ctrmc")
    assert (found.value, found.says) == ("missing", "ctrmc.service does not exist.")


@pytest.mark.parametrize("lost", [UNITS, SHIPPED])
def test_without_a_listing_the_start_is_unknown(lost: str) -> None:
    found = image(*without(of(rhel()), lost)).fact("boot.ctrmc")
    assert (found.state, found.reason) == ("unknown", "not_collected")


def running(*evidence: Evidence) -> Facts:
    return Facts(Readings(of(list(evidence))), "linux", FactSettings("powervs"), "running")


def test_of_a_running_system_files_answer_where_systemctl_does_not() -> None:
    assert running(*rhel()).fact("boot.ctrmc").value == "enabled"


def test_what_systemctl_and_the_files_contradict_each_other_about_is_unknown() -> None:
    shown = units("disabled", "disabled")
    assert running(*rhel(), shown).fact("boot.ctrmc").reason == "conflicting"
    assert running(*rhel(), shown, unit_links()).fact("boot.ctrmc").value == "disabled"


SPLIT = "/lib/systemd/system"
"""Where units are shipped on systems whose /lib is a folder of its own."""


def split_links(unit: str) -> Evidence:
    top, wants = "/etc/systemd/system", "multi-user.target.wants"
    return command(UNITS, f"{top}:\n{row(wants, 'd')}\n{top}/{wants}:\n{row(unit, 'l', f'{SPLIT}/{unit}')}")


def split_files(*units: str) -> Evidence:
    rows = "".join(f"-rw-r--r-- 1 root root 30 Nov  2 08:15 {one}\n" for one in units)
    return command(f"ls -l {SPLIT}", f"total 0\n{rows}")


NO_MERGED = command(
    SHIPPED, "", 2, f"ls: cannot access '{SHIPPED.removeprefix('ls -l ')}': No such file or directory\n"
)


@pytest.mark.parametrize(
    ("shipped", "says"),
    [
        ((NO_MERGED, split_files(CTRMC)), "enabled"),
        ((NO_MERGED, split_files("other.service")), "not-found"),
        ((NO_MERGED,), "not_collected"),
        ((unit_files(),), "enabled"),
    ],
)
def test_units_may_be_shipped_below_lib(shipped: tuple[Evidence, ...], says: str) -> None:
    """A filter that starts from there is one: no system is open because its units are not where others have them."""
    links = split_links(CTRMC)
    assert word(links, *shipped) == says
    started = {"enabled": True, "not-found": False, "not_collected": None}[says]
    assert starts_at_boot(image(links, *shipped), CTRMC).starts is started
