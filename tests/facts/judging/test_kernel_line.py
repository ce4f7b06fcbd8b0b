"""The kernel command line of a system that does not run: entries, grub.cfg and the block of GRUB."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.facts.judging.kernel_line import KernelSwitch, kernel_arguments, switch
from rmccomply.sources.reading import Readings
from tests.hosts.building import command, file, without
from tests.hosts.cases import broken
from tests.hosts.image_files import (
    ENTRIES,
    ENTRY,
    GRUB,
    GRUB2,
    GRUBENV,
    RESCUE,
    absent,
    gone,
    image,
    listed,
    of,
    rhel,
    sles,
    ubuntu,
)

OFF = "ipv6.disable=1"
SAVED = ENTRY.rpartition("/")[2].removesuffix(".conf")
OLDER = f"{ENTRIES}/0f1e2d3c4b5a-5.14.0-362.el9.ppc64le.conf"


def asked(facts: Facts) -> KernelSwitch:
    return switch(facts.cached(kernel_arguments), OFF.__eq__, OFF)


def root(*others: Evidence, base: list[Evidence] | None = None, lost: tuple[str, ...] = ()) -> KernelSwitch:
    return asked(image(*without(of(base or rhel(), *others), *lost)))


def entry(options: str, path: str = ENTRY) -> Evidence:
    return file(path, f"title Linux\nlinux /vmlinuz\noptions {options}\n")


def block(**values: str) -> Evidence:
    return file(GRUBENV, "".join(f"{name}={value}\n" for name, value in values.items()))


BOTH = listed(ENTRIES, *(path.rpartition("/")[2] for path in (ENTRY, OLDER, RESCUE)))


@pytest.mark.parametrize("base", [rhel, sles, ubuntu], ids=lambda one: one.__name__)
def test_a_good_root_has_a_line_for_each_way_to_start(base: object) -> None:
    found = root(base=base())  # type: ignore[operator]
    assert (found.on, found.says) == (False, f"the kernel command line has no {OFF}")
    assert found.evidence


def test_of_an_entry_its_options_count() -> None:
    found = root(entry(f"ro {OFF}"))
    assert found.on
    assert found.evidence[0].request == ENTRY
    assert found.evidence[0].text == f"options ro {OFF}"


def test_the_entry_for_repairs_starts_nothing_by_itself() -> None:
    assert root(entry(f"ro {OFF}", RESCUE)).on is False


def test_what_entries_do_not_agree_on_is_unknown_unless_one_is_saved() -> None:
    two = (BOTH, entry("ro"), entry(f"ro {OFF}", OLDER))
    assert (root(*two).on, root(*two).reason) == (None, "inconclusive")
    assert root(*two, block(saved_entry=SAVED)).on is False
    assert root(*two, block(saved_entry=OLDER.rpartition("/")[2].removesuffix(".conf"))).on is True
    assert root(*two, block(saved_entry="gnulinux-simple")).on is None


@pytest.mark.parametrize("word", ["$kernelopts", "${kernelopts}", "ro $kernelopts $tuned_params"])
def test_kernelopts_stands_in_the_block_of_grub_or_else_in_its_configuration(word: str) -> None:
    config = command(GRUB2, f'130:  set kernelopts="root=/dev/mapper/rhel-root ro {OFF} "\n')
    plain = command(GRUB2, '130:  set kernelopts="root=/dev/mapper/rhel-root ro "\n')
    base = of(rhel(), entry(word), entry(word, RESCUE))
    assert root(block(kernelopts=f"ro {OFF}"), plain, base=base).on is True
    assert root(block(kernelopts="ro"), config, base=base).on is False
    assert root(block(boot_success="0"), config, base=base).on is True
    assert root(absent(GRUBENV), plain, base=base).on is False
    assert root(block(boot_success="0"), base=base).on is None


def test_a_block_that_was_not_read_is_not_replaced_by_the_configuration() -> None:
    base = of(rhel(), entry("$kernelopts"), command(GRUB2, '130:  set kernelopts="ro"\n'))
    assert root(base=base, lost=(GRUBENV,)).on is None
    found = root(broken(file(GRUBENV), "denied"), base=base)
    assert (found.on, found.reason) == (None, "denied")


@pytest.mark.parametrize("lost", [f"ls -l {ENTRIES}", ENTRY, GRUB2, GRUB])
def test_a_place_that_was_not_read_may_have_it(lost: str) -> None:
    found = root(lost=(lost,))
    assert (found.on, found.reason) == (None, "not_collected")
    assert lost in found.settle or lost in found.says


def test_of_grub_the_lines_that_start_a_kernel_count() -> None:
    line = "149:\tlinux\t/boot/vmlinux-5.15.0 root=LABEL=x ro {}\n"
    repair = "183:\t\tlinux\t/boot/vmlinux-5.15.0 root=LABEL=x ro recovery nomodeset\n"
    assert root(command(GRUB, line.format(OFF) + repair), base=ubuntu()).on is True
    assert root(command(GRUB, line.format("") + repair.replace("ro", f"ro {OFF}")), base=ubuntu()).on is False
    assert root(command(GRUB, line.format("") + line.format(OFF)), base=ubuntu()).on is None


def test_without_anything_to_start_it_is_unknown() -> None:
    nothing = command(GRUB2, "", 2, "grep: /boot/grub2/grub.cfg: No such file or directory\n")
    found = root(gone(ENTRIES), nothing, lost=(ENTRY, RESCUE))
    assert (found.on, found.reason) == (None, "inconclusive")
    assert "mount the file system of /boot into the root" in found.says


def test_what_is_generated_next_decides_nothing() -> None:
    facts = image(*of(rhel(), file("/etc/default/grub", f'GRUB_CMDLINE_LINUX="ro {OFF}"\n')))
    assert asked(facts).on is False
    assert OFF in [word.text for word in facts.cached(kernel_arguments).generated]


def running(*evidence: Evidence) -> Facts:
    return Facts(Readings(of(list(evidence))), "linux", FactSettings("powervs"), "running")


def test_a_running_system_and_its_boot_loader_agree() -> None:
    assert asked(running(*rhel(), file("/proc/cmdline", "BOOT_IMAGE=/vmlinuz ro\n"))).on is False
    booted = file("/proc/cmdline", f"BOOT_IMAGE=/vmlinuz ro {OFF}\n")
    assert asked(running(*rhel(), booted, entry(f"ro {OFF}"))).on is True
    assert asked(running(booted)).on is None


def test_what_runs_and_what_starts_next_contradict_each_other() -> None:
    found = asked(running(*rhel(), file("/proc/cmdline", f"BOOT_IMAGE=/vmlinuz ro {OFF}\n")))
    assert (found.on, found.reason) == (None, "conflicting")
    found = asked(running(*rhel(), entry(f"ro {OFF}"), file("/proc/cmdline", "BOOT_IMAGE=/vmlinuz ro\n")))
    assert (found.on, found.reason) == (None, "conflicting")


def test_of_a_mounted_root_the_line_of_the_builder_is_not_asked() -> None:
    assert root(file("/proc/cmdline", f"ro {OFF}\n")).on is False
