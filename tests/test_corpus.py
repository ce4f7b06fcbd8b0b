"""Real captures: every folder of the corpus is read, and what is known of some of them comes out right.

The corpus is no part of this repository; these tests are skipped where it is not beside it.
"""

import shutil
from pathlib import Path

import pytest

from rmccomply.facts.gather import Facts
from rmccomply.inputs.read import Loaded, load_inputs
from rmccomply.sources import table
from tests.hosts.building import SHARED, judge

CORPUS = SHARED / "corpus"
CASES = sorted(path.name for path in CORPUS.iterdir()) if CORPUS.is_dir() else []
NAMES = {
    "lssrc-a-grep-rsct.txt": '{ request = ["lssrc", "-a"], filtered = true }',
    "lssrc-a-grep-subsystems.txt": '{ request = ["lssrc", "-a"], filtered = true }',
    "lspv-grep-caavg.txt": '{ request = ["lspv"], filtered = true }',
    "rmcdomainstatus-managed-node.txt": '["rmcdomainstatus", "-s", "ctrmc"]',
    "rmcdomainstatus-s-ctrmc-lpar.txt": '["rmcdomainstatus", "-s", "ctrmc"]',
    "lslpp_-c_-l.txt": '["lslpp", "-c", "-l"]',
    "lslpp-Lcq.txt": '["lslpp", "-Lcq"]',
    "df-Pk.txt": '["df", "-Pk"]',
    "lsrsrc-IBM.MCP-after.txt": '["lsrsrc", "IBM.MCP"]',
    "lssrc-g-rsct-mcproxy.txt": '["lssrc", "-g", "rsct"]',
    "etc-os-release.txt": '["/etc/os-release"]',
}

pytestmark = pytest.mark.skipif(not CASES, reason="the corpus of real captures is not here")


def read(case: str, tmp_path: Path, platform: str = "") -> Loaded:
    """A folder of the corpus as a capture folder, with the requests of files that are named otherwise."""
    folder = tmp_path / case
    shutil.copytree(CORPUS / case, folder)
    folder.chmod(0o755)
    entries = [f'"{name}" = {entry}\n' for name, entry in NAMES.items() if (folder / name).is_file()]
    head = f'platform = "{platform}"\n' if platform else ""
    (folder / "target.toml").write_text(f"{head}[requests]\n{''.join(entries)}")
    (item,) = load_inputs([str(folder)], tmp_path)
    assert isinstance(item, Loaded)
    return item


@pytest.mark.parametrize("platform", ["", "aix", "linux"])
@pytest.mark.parametrize("case", CASES)
def test_every_case_is_read_and_judged(case: str, platform: str, tmp_path: Path) -> None:
    item = read(case, tmp_path, platform)
    assert item.fallback == case
    for policy in ("rmc-core", "powervs-import"):
        findings = judge(item.readings, policy, platform)
        assert findings
        assert {finding.result for finding in findings.values()} <= {"pass", "fail", "unknown", "not_applicable"}
        for finding in findings.values():
            assert finding.evidence or finding.result not in ("pass", "fail"), finding.rule


def facts(case: str, tmp_path: Path, platform: str) -> Facts:
    item = read(case, tmp_path, platform)
    return Facts(item.readings, item.platform)


@pytest.mark.parametrize(
    ("case", "platform", "name", "value"),
    [
        ("aix72-caa-cluster-ansible", "aix", "subsystem.ctrmc", "active"),
        ("aix72-caa-cluster-ansible", "aix", "cluster.presence", "present"),
        ("aix-hacmp71-caavg", "aix", "cluster.presence", "present"),
        ("linux-x86-rhel7-tsamp", "linux", "host.platform", "linux"),
        ("aix72-tl3-ha-nodea", "aix", "host.aix_release", (7, 2, 3, 5)),
    ],
)
def test_what_is_known_of_a_case(case: str, platform: str, name: str, value: object, tmp_path: Path) -> None:
    fact = facts(case, tmp_path, platform).fact(name)
    assert fact.value == value, fact.says


@pytest.mark.parametrize("rule", ["RMC-SUB-002", "RMC-SUB-004", "RMC-SUB-005", "RMC-ID-007"])
def test_a_listing_that_its_author_shortened_proves_no_absence(rule: str, tmp_path: Path) -> None:
    found = judge(read("aix72-minimal-mondoo", tmp_path, "aix").readings, "rmc-core")
    assert rule not in found or found[rule].result in ("unknown", "not_applicable"), found[rule].message


def test_a_whole_listing_of_filesets_is_sound(tmp_path: Path) -> None:
    fact = facts("aix6.1a-glpi-lslpp-cl", tmp_path, "aix").fact("filesets.unsound")
    assert fact.value == (), fact.says


def test_a_listing_without_the_loopback_proves_no_absence(tmp_path: Path) -> None:
    finding = judge(read("powervs-aix-missing-ipv6", tmp_path, "aix").readings, "powervs-import")["RMC-IP6-001"]
    assert (finding.result, finding.reason) == ("unknown", "truncated")
    assert finding.evidence[0].uri == "powervs-aix-missing-ipv6/ifconfig-a.txt"


def test_a_filtered_listing_proves_no_absence(tmp_path: Path) -> None:
    found = facts("aix-samp-3node-testdb", tmp_path, "aix")
    assert found.fact("subsystem.ctrmc").value == "active"
    (lssrc,) = found.read(table.LSSRC)
    assert (lssrc.partial, lssrc.record.whole) == ("truncated", False)
