"""What an image holds of a cluster, and traces that are none."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.sources.reading import Readings
from rmccomply.words import Image, Platform
from tests.hosts.building import LSSRC, command, without
from tests.hosts.cases import broken
from tests.hosts.image_files import image, of, rhel, row

UUID = "8d0f3c52-77aa-11f0-9c1e-b8cef6012d03"
CLUSTER0 = "odmget -q name=cluster0 CuAt"
FOLDERS = "ls -l /var/ct"
STATE = "lssrc -ls clstrmgrES"


def stanza(attribute: str, value: str = UUID) -> str:
    return f'\nCuAt:\n\tname = "cluster0"\n\tattribute = "{attribute}"\n\tvalue = "{value}"\n\ttype = "R"\n'


def folders(*names: str) -> Evidence:
    return command(FOLDERS, "total 4\n" + "".join(row(name, "d") for name in names))


ROOT = [command(CLUSTER0, ""), folders("cfg")]
RUNNING = [
    *ROOT,
    command("lspv", "hdisk0          00f9c2d54c0017a1                    rootvg          active\n"),
    command("lssrc -a", LSSRC),
]


def of_aix(*evidence: Evidence, mode: Image = "mounted_root", platform: Platform = "aix") -> Facts:
    return Facts(Readings(of(list(evidence))), platform, FactSettings("powervs"), mode)


def subjects(facts: Facts, name: str = "image.cluster_data") -> list[str] | None:
    fact = facts.fact(name)
    return [item.subject for item in fact.items] if fact.state == "known" else None


def test_nothing_of_a_cluster() -> None:
    assert subjects(image(*rhel())) == []
    assert subjects(of_aix(*ROOT)) == []
    assert subjects(of_aix(*RUNNING, mode="running")) == []


DOMAIN = (
    "Name OpState RSCTActiveVersion MixedVersions TSPort GSPort\n"
    "d1   Offline 3.2.6.2          No            12347  12348\n"
)
DATA: list[tuple[str, Evidence]] = [
    ("caa", command("lspv", "hdisk1          00f9c2d5a1b2c3e5                    caavg_private   active\n")),
    ("caa", command(CLUSTER0, stanza("clvdisk"))),
    ("powerha", command(STATE, "Current state: ST_INIT\n")),
    ("powerha", command("lssrc -a", f"{LSSRC} clstrmgrES       cluster          7143896      active\n")),
    ("peer_domain", folders("cfg", "3406259031")),
    ("peer_domain", command("lsrpdomain", DOMAIN)),
]


@pytest.mark.parametrize(("subject", "sign"), DATA)
def test_any_sign_is_data(subject: str, sign: Evidence) -> None:
    found = of_aix(*RUNNING, sign, mode="running").fact("image.cluster_data")
    assert [item.subject for item in found.items] == [subject]
    assert found.evidence


def test_a_shared_storage_pool_is_data() -> None:
    pool = command("ioscli cluster -list", "CLUSTER_NAME:    ssp1\nCLUSTER_ID:      22cfc5f2\n")
    assert subjects(of_aix(*RUNNING, pool, mode="running", platform="vios")) == ["ssp"]


def test_powerha_without_a_configuration_is_none() -> None:
    idle = command(STATE, "Current state: NOT_CONFIGURED\n")
    listed = command("lssrc -a", f"{LSSRC} clstrmgrES       cluster          7143896      active\n")
    assert subjects(of_aix(*RUNNING, idle, listed, mode="running")) == []


@pytest.mark.parametrize("lost", [CLUSTER0, FOLDERS, "lspv", "lssrc -a"])
def test_what_may_show_one_is_needed(lost: str) -> None:
    assert subjects(of_aix(*without(RUNNING, lost), mode="running")) is None
    assert subjects(of_aix(*without(ROOT, lost))) == (None if lost in (CLUSTER0, FOLDERS) else [])


@pytest.mark.parametrize(("_", "sign"), DATA)
def test_losing_an_answer_never_rules_it_out(_: str, sign: Evidence) -> None:
    whole = of(RUNNING, sign)
    for lost in whole:
        if lost.request in ("lsrpdomain", STATE):
            continue  # what contradicts the others
        for left in (without(whole, lost.request), [broken(one, "failed") if one is lost else one for one in whole]):
            assert subjects(of_aix(*left, mode="running")) != []


def test_a_node_uuid_alone_is_a_trace() -> None:
    facts = of_aix(*ROOT, command(CLUSTER0, stanza("node_uuid")))
    assert subjects(facts) == []
    assert subjects(facts, "image.cluster_traces") == ["node_uuid"]
    assert subjects(of_aix(*ROOT), "image.cluster_traces") == []
    zero = command(CLUSTER0, stanza("node_uuid", "00000000-0000-0000-0000-000000000000"))
    assert subjects(of_aix(*ROOT, zero), "image.cluster_traces") == []
    both = command(CLUSTER0, stanza("node_uuid") + stanza("clvdisk"))
    assert subjects(of_aix(*ROOT, both), "image.cluster_traces") == []
    assert of_aix(folders("cfg")).fact("image.cluster_traces").reason == "not_collected"
    assert image(*rhel()).fact("image.cluster_traces").state == "not_applicable"
