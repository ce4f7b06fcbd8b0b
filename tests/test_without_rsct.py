"""Whole healthy hosts from which RSCT was removed: the packages are the fault, and nothing else is asked or advised."""

from pathlib import Path

import pytest

from rmccomply.cli import run
from rmccomply.collect.plan import SYSTEMS
from rmccomply.evidence.bundle_write import write_bundle
from rmccomply.evidence.model import Damage, Evidence, Stream
from tests.hosts.building import NOW, THEN, command, file, sections
from tests.hosts.healthy import HEALTHY
from tests.hosts.whole import HEAD, whole
from tests.test_generations import judged, results

OF_RSCT = (
    "lsnodeid",
    "lsrsrc",
    "rmcdomainstatus",
    "lsrpdomain",
    "lsrpnode",
    "ctversion",
    "ctsvhbal",
    "ctsvhbac",
    "ctsthl",
)
WORDS = ("rsct", "ctrmc", "DynamicRM", "src\t", "ServiceRM", "657", ":0291", "IBM.")
HOSTS = ["aix-6.1", "aix-7.2-tl5", "vios-3.1", "rhel-8-nft", "sles-15-none", "ubuntu-22.04"]
EACH = pytest.mark.parametrize("name", HOSTS)
HAVE_PACKAGES = {"RMC-VER-001", "RMC-PKG-001", "RMC-PKG-004"}
ABOUT_CONSOLES = ("RMC-DOM", "RMC-MCP", "RMC-AUTH", "RMC-LOG", "RMC-NET-001", "RMC-NET-002", "RMC-IP6")


def removed(item: Evidence) -> Evidence:
    """The answer of the same host without RSCT."""
    head, request = item.argv[0].rpartition("/")[2], item.request
    if head in OF_RSCT:
        gone = Damage("command_absent", "the command is not on this system")
        return item._replace(state="notfound", exit_status=None, out=Stream(), err=Stream(), damage=gone)
    if request.startswith("lslpp") and "rsct" in request:
        return command(request, "", 1, "lslpp: Fileset rsct.* not installed.\n")
    if "ct_node_id" in request or "IBM." in request or "rsct" in request:
        return file(item.argv[-1], state="absent") if item.kind == "file" or head == "tail" else item
    kept = tuple(line for line in item.out.lines if not any(word in line for word in WORDS))
    return item._replace(out=item.out._replace(lines=kept, places=None, snippets=None))


def without_rsct(name: str) -> list[Evidence]:
    return [removed(item) for item in whole(HEALTHY[name].host, HEALTHY[name].packet_filter).evidence]


@EACH
def test_the_packages_fail_and_nothing_is_left_open(name: str) -> None:
    found = judged(without_rsct(name), HEALTHY[name].host.platform)
    assert results(found)["RMC-VER-001"] == "fail"
    assert {one.rule for one in found if one.result == "fail" and one.severity != "info"} <= HAVE_PACKAGES
    assert [f"{one.rule}: {one.message}" for one in found if one.result == "unknown"] == []


@EACH
def test_no_rule_about_consoles_applies(name: str) -> None:
    found = judged(without_rsct(name), HEALTHY[name].host.platform)
    about = {one.rule: one.result for one in found if one.rule.startswith(ABOUT_CONSOLES)}
    assert set(about.values()) == {"not_applicable"}
    assert "RSCT is not installed here" in next(one.message for one in found if one.rule == "RMC-DOM-001")


@pytest.mark.exhaustive
@EACH
def test_such_a_host_is_never_healthy(name: str, tmp_path: Path) -> None:
    path = tmp_path / "node11.rmcc"
    platform = HEALTHY[name].host.platform
    path.write_bytes(write_bundle(HEAD | {"os": SYSTEMS[platform]}, sections(without_rsct(name)), THEN))
    assert run(["check", str(path), "--now", NOW, "-o", f"json={tmp_path / 'report.json'}"]) == 1


@pytest.mark.parametrize("name", ["rhel-8-nft", "sles-15-none"])
def test_what_is_not_in_a_list_points_at_the_list_and_not_at_its_first_row(name: str) -> None:
    evidence = without_rsct(name)
    first = next(item.out.lines[0] for item in evidence if item.request.startswith("rpm -qa"))
    found = [one for one in judged(evidence, "linux") if one.rule in HAVE_PACKAGES]
    assert all("is not in the list of installed packages" in one.message for one in found)
    assert {place.text.split()[0] for one in found for place in one.evidence} == {"%sect"}
    assert not any(place.text == first for one in found for place in one.evidence)
