"""The rules of powervs-import itself, each in all its results."""

from rmccomply.evidence.model import Evidence
from tests.hosts.answers import NPIV, cloud_packages
from tests.hosts.building import command, file, healthy_aix
from tests.hosts.cases import KVM, NOT_INSTALLED, RPM_QUERY, RPMS, healthy_linux, lslpp

WPAR = command("uname -W", "3\n")
NPIV_QUERY = f"lslpp -Lcq {NPIV}"
BROKEN = command(
    NPIV_QUERY, f"{NPIV[:-4]}:{NPIV}:7.3.2.0: : :B: :Virtual Fibre Channel Client: : : : : : :1:0:/:2320\n"
)
MKSYSB = {"route": "powervs-mksysb"}
PACKAGES = RPMS.format(level="3.2.6.2")
WITH_CLOUD_INIT = command(RPM_QUERY, f"{PACKAGES}cloud-init\t23.4\t7.el9\tnoarch\n")
RPM = WITH_CLOUD_INIT.request


def aix() -> list[Evidence]:
    """A healthy partition with what a cloud needs of it."""
    return [*healthy_aix(), *cloud_packages()]


def linux() -> list[Evidence]:
    return [item for item in healthy_linux() if item.request != RPM] + [WITH_CLOUD_INIT]


HOSTS = {"aix": aix, "linux": linux}
Case = tuple[str, str, tuple[str, ...], list[Evidence], dict[str, str], str]
CASES: list[Case] = [
    # platform, rule, requests that are lost, answers that are others, parameters, result
    ("aix", "RMC-VER-006", (), [], {}, "pass"),
    ("aix", "RMC-VER-006", ("uname -a",), [command("oslevel -s", "6100-09-12-1846\n")], {}, "fail"),
    ("aix", "RMC-VER-006", ("uname -a",), [command("oslevel -s", "7100-00-10-1334\n")], {}, "pass"),
    ("aix", "RMC-VER-006", ("oslevel -s", "uname -a"), [], {}, "unknown"),
    ("linux", "RMC-VER-006", (), [], {}, "not_applicable"),
    ("aix", "RMC-VER-007", (), [], MKSYSB, "pass"),
    ("aix", "RMC-VER-007", (), [lslpp("3.2.6.1")], MKSYSB, "fail"),
    ("aix", "RMC-VER-007", ("lslpp -Lcq rsct.*",), [], MKSYSB, "unknown"),
    ("aix", "RMC-VER-007", (), [lslpp("3.2.6.1")], {"route": "nim"}, "not_applicable"),
    ("aix", "RMC-VER-007", (), [lslpp("3.2.6.1")], {}, "not_applicable"),
    ("aix", "RMC-VER-007", (), [NOT_INSTALLED], MKSYSB, "not_applicable"),
    ("linux", "RMC-VER-007", (), [], MKSYSB, "not_applicable"),
    ("aix", "RMC-PKG-005", (), [], {}, "pass"),
    ("aix", "RMC-PKG-005", (), cloud_packages("cloud-init")[:1], {}, "fail"),
    ("aix", "RMC-PKG-005", (RPM,), [], {}, "unknown"),
    ("aix", "RMC-PKG-005", (), [*cloud_packages("cloud-init")[:1], WPAR], {}, "not_applicable"),
    ("linux", "RMC-PKG-005", (), [], {}, "pass"),
    ("linux", "RMC-PKG-005", (), [command(RPM_QUERY, PACKAGES)], {}, "fail"),
    ("linux", "RMC-PKG-005", (RPM,), [], {}, "unknown"),
    ("linux", "RMC-PKG-005", (), [command(RPM_QUERY, PACKAGES), file("/proc/cpuinfo", KVM)], {}, "not_applicable"),
    ("aix", "RMC-PKG-006", (), [], {}, "pass"),
    ("aix", "RMC-PKG-006", (), cloud_packages(NPIV)[1:], {}, "fail"),
    ("aix", "RMC-PKG-006", (), [BROKEN], {}, "fail"),
    ("aix", "RMC-PKG-006", (NPIV_QUERY,), [], {}, "unknown"),
    ("aix", "RMC-PKG-006", (), [*cloud_packages(NPIV)[1:], WPAR], {}, "not_applicable"),
    ("linux", "RMC-PKG-006", (), [], {}, "not_applicable"),
]
