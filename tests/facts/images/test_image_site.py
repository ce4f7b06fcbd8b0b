"""What ties an image to the site where it was built."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.facts.model import Fact
from rmccomply.sources.reading import Readings
from tests.hosts.building import command, status, without
from tests.hosts.cases import broken
from tests.hosts.image_files import gone, image, listed, of, rhel, row

FOLDERS = "ls -l /var/ct"
CFG = "ls -l /var/ct/cfg"
POINTS = "rmcdomainstatus -s ctrmc -a ip"
MCP = "lsrsrc IBM.MCP"


def root(*others: Evidence, lost: tuple[str, ...] = ()) -> Fact:
    return image(*without(of(rhel(), *others), *lost)).fact("image.site_identity")


def folders(*names: str) -> Evidence:
    return command(FOLDERS, "total 4\n" + "".join(row(name, "d") for name in names))


def test_where_rmc_kept_nothing_there_is_none() -> None:
    assert root().value == ()
    assert root(gone("/var/ct"), gone("/var/ct/cfg")).value == ()


@pytest.mark.parametrize(
    "state", [folders("cfg", "IW"), folders("cfg", "3406259031"), listed("/var/ct/cfg", "ct_node_id", "ct_has.thl")]
)
def test_state_that_only_rmc_can_read_is_unknown(state: Evidence) -> None:
    found = root(state)
    assert (found.state, found.reason) == ("unknown", "inconclusive")
    assert "Collect from the image while it runs" in found.says
    assert found.evidence
    for lost in (FOLDERS, CFG):
        assert root(state, lost=(lost,)).state == "unknown"


@pytest.mark.parametrize("lost", [FOLDERS, CFG])
def test_a_folder_that_was_not_listed_may_hold_it(lost: str) -> None:
    assert root(lost=(lost,)).reason == "not_collected"
    assert root(broken(command(lost, ""), "denied")).reason == "denied"


THL = "ctsthl: Contents of trusted host list file: /var/ct/cfg/ct_has.thl\n--------------------\n"
_DIGITS = "12" * 140
ENTRY = "Host name: {}\nIdentifier Generation Method: rsa1024\nIdentifier Value:\n"
ENTRY += f"{_DIGITS}\n--------------------\n"
OWN = "ctsvhbal: The Host Based Authentication (HBA) mechanism identities for the local system are:\n\n\tIdentity: {}\n"


def running(*others: Evidence, lost: tuple[str, ...] = ()) -> Fact:
    evidence = [
        command("uname -a", "Linux lpar18 5.14.0 #1 SMP ppc64le GNU/Linux\n"),
        command(MCP, "Resource Persistent Attributes for IBM.MCP\n"),
        command(POINTS, status()),
        command("ctsthl -l", THL + ENTRY.format("lpar18.example.com") + ENTRY.format("10.9.8.1")),
        command("ctsvhbal", "".join(OWN.format(name) for name in ("lpar18.example.com", "10.9.8.1"))),
    ]
    kept = without(of(evidence, *others), *lost)
    return Facts(Readings(kept), "linux", FactSettings("powervs"), "running").fact("image.site_identity")


def test_a_running_image_knows_its_own_names() -> None:
    assert running().value == ()


_RESOURCE = 'resource 1:\n\tNodeID = 77\n\tKeyToken = "hmc1"\n\tIPAddresses = {"10.9.8.7"}\n'
KNOWN = command(MCP, f"Resource Persistent Attributes for IBM.MCP\n{_RESOURCE}")


def test_consoles_and_trusted_hosts_of_the_build_site() -> None:
    assert [item.subject for item in running(KNOWN).items] == ["10.9.8.7"]
    assert len(running(command(POINTS, status("I A 10.9.8.7"))).items) == 1
    trusts = command("ctsthl -l", THL + ENTRY.format("lpar18.example.com") + ENTRY.format("hmc1.example.com"))
    assert [item.subject for item in running(trusts).items] == ["hmc1.example.com"]


@pytest.mark.parametrize("lost", [MCP, "ctsthl -l", "ctsvhbal"])
def test_what_rmc_did_not_say_is_needed(lost: str) -> None:
    assert (running(lost=(lost,)).state, running(lost=(lost,)).reason) == ("unknown", "not_collected")
