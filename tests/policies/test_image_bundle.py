"""AIX images as bundles: a good one passes without an unknown, and each fault is told by the rule that is for it.

An AIX image is made of a system that runs: below a mounted root nothing tells its filesets, and what RMC knows of
consoles only RMC can read.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from rmccomply.evidence.bundle_write import write_bundle
from rmccomply.evidence.model import Evidence
from rmccomply.finding import Finding
from rmccomply.runs.check import check
from tests.hosts.answers import NPIV, cloud_packages
from tests.hosts.building import INITTAB, NOW, THEN, command, file, sections, without
from tests.hosts.consoles import node_uuid
from tests.hosts.generations import HOSTS
from tests.hosts.image_files import listed, of, row
from tests.hosts.roots import Root
from tests.hosts.roots import aix as root_of_aix
from tests.hosts.whole import whole

CLOUD = "/opt/freeware/etc/cloud/cloud.cfg"
STATE = "/opt/freeware/var/lib/cloud"
RC = "l2:2:wait:/etc/rc.d/rc 2\n"
UUID = "8d0f3c52-77aa-11f0-9c1e-b8cef6012d03"
STANZA = f'\nCuAt:\n\tname = "cluster0"\n\tattribute = "node_uuid"\n\tvalue = "{UUID}"\n'
TRACE = [node_uuid(UUID), command("odmget -q name=cluster0 CuAt", STANZA)]
OLD_AIX = [command("oslevel -s", "6100-09-12-1846\n"), command("uname -a", "AIX node11 1 6 00F7E41054C00\n")]


def attribute(name: str, value: str) -> Evidence:
    out = f'\nCuAt:\n\tname = "sys0"\n\tattribute = "{name}"\n\tvalue = "{value}"\n'
    return command(f"odmget -q attribute={name} CuAt", out)


HOST = HOSTS["powervs-aix"]


@cache
def answers() -> tuple[Evidence, ...]:
    """What a healthy partition of Power Virtual Server answers, on which an image is made."""
    return tuple(whole(HOST).evidence)


def image(root: Root, *others: Evidence) -> list[Evidence]:
    """What a collector asks of an image that runs, with the files of this root and these answers instead."""
    identity = [] if "/etc/ct_node_id" in root.files else [file("/etc/ct_node_id", state="absent")]
    files = [item for item in root.evidence() if item.request not in ("/etc/ct_node_id", "/etc/inittab")]
    started = file("/etc/inittab", f"{INITTAB}{RC}")
    return of([*answers(), *files], started, attribute("clouddev", "1"), *identity, *others)


def levels(level: str) -> list[Evidence]:
    """RSCT at this level."""
    (item,) = (one for one in answers() if one.request.startswith("lslpp -Lcq rsct"))
    lines = tuple(re.sub(r":3\.3\.2\.\d+:", f":{level}:", line) for line in item.out.lines)
    return [item._replace(out=item.out._replace(lines=lines)), command("ctversion", f"rsct_build_2611a {level}\n")]


GOOD = root_of_aix()
UNSET = GOOD.having({CLOUD: "datasource_list: ['ConfigDrive']\ncloud_final_modules:\n - final-message\n"})
PEER = command("ls -l /var/ct", f"total 8\n{row('cfg', 'd')}{row('3406259031', 'd')}")
FAULTS: dict[str, tuple[list[Evidence], set[str]]] = {
    "nothing resets the node ID": (image(UNSET), {"RMC-IMG-001 critical", "RMC-IMG-002 high"}),
    "the node ID is missing": (image(GOOD.lacking("/etc/ct_node_id")), {"RMC-IMG-001 critical"}),
    "the tools of RSCT are missing": (image(GOOD.lacking("/opt/rsct/install/bin")), {"RMC-IMG-001 critical"}),
    "no cloud but None": (
        image(GOOD.having({CLOUD: GOOD.files[CLOUD].replace("ConfigDrive", "None")})),
        {"RMC-IMG-001 critical"},
    ),
    "a peer domain": (image(GOOD, PEER), {"RMC-IMG-003 critical"}),
    "a node_uuid alone": (image(GOOD, *TRACE), {"RMC-IMG-003 info"}),
    "an instance of the build system": (
        image(GOOD.having({f"{STATE}/instances/i-1/obj.pkl": "x"}).linking({f"{STATE}/instance": "instances/i-1"})),
        {"RMC-IMG-005 info"},
    ),
    "ghostdev": (image(GOOD, attribute("ghostdev", "1")), {"RMC-IMG-007 info"}),
    "no clouddev": (image(GOOD, attribute("clouddev", "0")), {"RMC-IMG-007 info"}),
    "no cloud-init": (image(GOOD, *cloud_packages("cloud-init")[:1]), {"RMC-PKG-005 high"}),
    "no fileset for NPIV": (image(GOOD, *cloud_packages(NPIV)[1:]), {"RMC-PKG-006 medium"}),
    "AIX 6.1": (image(GOOD, *OLD_AIX), {"RMC-VER-006 high"}),
    "old RSCT": (image(GOOD, *levels("3.2.0.12")), {"RMC-VER-001 high", "RMC-VER-002 low"}),
    "RMC does not start": (image(GOOD, file("/etc/inittab", f"init:2:initdefault:\n{RC}")), {"RMC-SUB-006 high"}),
    "a port of another name": (
        image(GOOD, file("/etc/services", "ssh 22/tcp\nrmc 658/tcp\n")),
        {"RMC-CFG-001 info"},
    ),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(name: str, evidence: list[Evidence], *, root: str = "/") -> str:
    head = {"collector": "1", "profile": "image", "mode": "image", "root": root, "name": name, "os": "AIX", "utc": THEN}
    Path(f"{name}.rmcc").write_bytes(write_bundle(head, sections(evidence), THEN))
    return f"{name}.rmcc"


def judged(path: str, **more: object) -> tuple[list[Finding], int]:
    found = check([path], ["image-gate"], now=NOW, **more)  # type: ignore[arg-type]
    return [one for each in found.targets for one in each.findings], found.exit_status


def told(findings: list[Finding], result: str) -> set[str]:
    return {f"{one.rule} {one.severity}" for one in findings if one.result == result}


def test_a_good_image_passes_without_an_unknown() -> None:
    findings, status = judged(written("good", image(GOOD)))
    assert (told(findings, "fail"), told(findings, "unknown"), status) == (set(), set(), 0)
    passed = {one.rule for one in findings if one.result == "pass"}
    assert {"RMC-IMG-001", "RMC-IMG-003", "RMC-IMG-005", "RMC-IMG-007", "RMC-PKG-005", "RMC-SUB-006"} <= passed


@pytest.mark.parametrize(("evidence", "due"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_told_by_its_rule_alone(evidence: list[Evidence], due: set[str]) -> None:
    findings, status = judged(written("bad", evidence))
    assert told(findings, "fail") == due
    assert told(findings, "unknown") == set()
    assert status == (0 if {one.split()[1] for one in due} == {"info"} else 1)


@pytest.mark.parametrize("name", FAULTS)
def test_its_root_is_told_the_same_but_for_the_state_of_cloud_init(name: str) -> None:
    evidence, due = FAULTS[name]
    findings, _ = judged(written("mounted", evidence, root="/alt_inst"))
    own = {one for one in told(findings, "fail") if one.startswith("RMC-IMG")}
    told_of_files = {one for one in due if one.startswith("RMC-IMG") and one != "RMC-IMG-002 high"}
    assert own == {one.replace("005 info", "005 low") for one in told_of_files}


def test_an_image_that_keeps_its_node_id_must_not_have_that_of_another() -> None:
    source = written("source", image(UNSET))
    findings, status = judged(written("copy", image(UNSET, listed("/var/ct/cfg", "ct_node_id"))), against=[source])
    assert told(findings, "fail") == {"RMC-IMG-001 critical", "RMC-IMG-002 high", "RMC-IMG-006 critical"}
    (one,) = [each for each in findings if each.rule == "RMC-IMG-006"]
    (cause,) = [each for each in findings if each.rule == "RMC-IMG-001"]
    assert (one.subject, one.covered_by, status) == ("source", cause.fingerprint, 1)
    findings, _ = judged(written("fresh", image(GOOD)), against=[source])
    (one,) = [each for each in findings if each.rule == "RMC-IMG-006"]
    assert one.result == "not_applicable"


@pytest.mark.exhaustive
def test_an_answer_that_is_lost_never_makes_a_bad_image_good() -> None:
    for name, (evidence, due) in FAULTS.items():
        for item in evidence:
            findings, _ = judged(written("less", without(evidence, item.request)))
            found = {one.rule: one.result for one in findings}
            for rule in (one.split()[0] for one in due):
                assert found[rule] != "pass", (name, item.request, rule)


def test_a_mksysb_for_the_cloud_needs_no_reset_and_asks_a_level() -> None:
    path = written("mksysb", image(UNSET, *levels("3.2.6.1")))
    findings, _ = judged(path, parameters={"route": "powervs-mksysb"})
    assert told(findings, "fail") == {"RMC-VER-007 high", "RMC-VER-002 low", "RMC-IMG-002 high"}
