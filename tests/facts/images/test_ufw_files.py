"""ufw in a root: what its rules and its policy refuse for certain."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.model import Fact
from tests.hosts.building import file, without
from tests.hosts.image_files import image, of, ubuntu

CONF, POLICY = "/etc/ufw/ufw.conf", "/etc/default/ufw"
FILES = ("/etc/ufw/user.rules", "/etc/ufw/user6.rules")
ALLOW = "-A {chain} -p {protocol} --dport {port} -j ACCEPT\n"


def rules(*allowed: str) -> list[Evidence]:
    """Both files with these ports allowed: `22/tcp`."""
    found = []
    for path, chain in zip(FILES, ("ufw-user-input", "ufw6-user-input"), strict=True):
        lines = "".join(
            ALLOW.format(chain=chain, protocol=one.split("/")[1], port=one.split("/")[0]) for one in allowed
        )
        found.append(file(path, f"*filter\n:{chain} - [0:0]\n### RULES ###\n{lines}### END RULES ###\nCOMMIT\n"))
    return found


def root(*others: Evidence, lost: tuple[str, ...] = ()) -> Fact:
    base = [file(CONF, "ENABLED=yes\n"), file(POLICY, 'DEFAULT_INPUT_POLICY="DROP"\n')]
    return image(*without(of(ubuntu(), *base, *others), *lost)).fact("firewall.rmc")


def test_its_own_switch_decides_whether_it_filters() -> None:
    assert root(*rules("22/tcp"), file(CONF, "ENABLED=no\n")).value == "open"
    assert root(*rules("22/tcp"), lost=(CONF,)).reason == "not_collected"


@pytest.mark.parametrize("allowed", [(), ("22/tcp",), ("657/tcp",), ("657/udp", "22/tcp")])
def test_what_no_rule_lets_in_is_refused(allowed: tuple[str, ...]) -> None:
    found = root(*rules(*allowed))
    assert found.value == "closed"
    assert 'DEFAULT_INPUT_POLICY="DROP"' in [place.text for place in found.evidence]


def test_what_rules_let_in_others_may_refuse_first() -> None:
    found = root(*rules("657/tcp", "657/udp"))
    assert (found.reason, found.settle) == ("inconclusive", "cat /etc/ufw/before.rules")


def test_without_its_policy_nothing_is_refused_for_certain() -> None:
    assert root(*rules(), lost=(POLICY,)).settle == f"cat {POLICY}"
    assert root(*rules(), file(POLICY, 'DEFAULT_INPUT_POLICY="ACCEPT"\n')).reason == "inconclusive"
    assert root(lost=FILES).reason == "not_collected"
