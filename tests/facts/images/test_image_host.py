"""What an image is, by its own files and not by the machine that looks at it."""

import pytest

from rmccomply.facts.images.image_host import machines
from tests.hosts.building import command, file, without
from tests.hosts.image_files import HEADER, PPC64LE, RPM_QUERY, X86_64, image, of, rhel, ubuntu

BUILDER = command("uname -a", "Linux runner 6.8.0-45-generic #45 SMP x86_64 x86_64 x86_64 GNU/Linux\n")
XCOFF = "          01  f7  00  05  4f  d2  7f  8a  00  00  00  00  00  00  7d  1c\n          00  78  10  02\n"


@pytest.mark.parametrize("management", ["powervs", "unknown"])
def test_the_builder_of_another_architecture_tells_nothing(management: str) -> None:
    kind = image(*rhel(), BUILDER, management=management).fact("host.kind")  # type: ignore[arg-type]
    assert kind.value == ("lpar" if management == "powervs" else None)
    assert "x86" not in kind.says


def test_an_image_has_no_kind_that_nobody_declared() -> None:
    kind = image(*rhel(), management="unknown").fact("host.kind")
    assert (kind.reason, kind.settle) == ("inconclusive", "rmccomply check --param management=KIND")


@pytest.mark.parametrize("lost", [(), (HEADER,), (RPM_QUERY,)])
def test_an_image_for_another_machine_is_none_of_power(lost: tuple[str, ...]) -> None:
    foreign = [
        command(HEADER, X86_64),
        command(RPM_QUERY, "glibc\t2.34\t100.el9\tx86_64\nbash\t5.1\t9.el9\tx86_64\n"),
    ]
    kind = image(*without(of(rhel(), *foreign), *lost)).fact("host.kind")
    assert (kind.value, kind.says) == ("other_machine", "The image is for x86_64, not for Power.")


def test_parts_for_two_machines_contradict_each_other() -> None:
    kind = image(*rhel(), command(HEADER, X86_64)).fact("host.kind")
    assert (kind.state, kind.reason) == ("unknown", "conflicting")


def test_debian_has_names_of_its_own_for_machines() -> None:
    assert set(machines(image(*ubuntu()))) == {"ppc64le", "ppc64el"}


@pytest.mark.parametrize(("header", "value", "reason"), [(PPC64LE, "linux", None), (XCOFF, None, "conflicting")])
def test_the_platform_is_that_of_the_files(header: str, value: str | None, reason: str | None) -> None:
    found = image(*rhel(), command(HEADER, header), platform="").fact("host.platform")
    assert (found.value, found.reason) == (value, reason)


def test_an_image_of_aix_is_one_whatever_runs_the_collector() -> None:
    found = image(command(HEADER, XCOFF), BUILDER, platform="").fact("host.platform")
    assert found.value == "aix"
    assert image(command(HEADER, XCOFF), platform="vios").fact("host.platform").value == "vios"
    assert image(command(HEADER, XCOFF), platform="linux").fact("host.platform").reason == "conflicting"
    assert image(file("/etc/os-release", "ID=rhel\n"), platform="aix").fact("host.platform").reason == "conflicting"
