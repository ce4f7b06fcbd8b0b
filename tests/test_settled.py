"""What a finding says would settle it does: from nothing, what is asked for is brought until all is told."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.finding import Finding
from tests.hosts.building import command
from tests.hosts.generations import HOSTS
from tests.test_generations import judged

COLLECT = "rmccomply collect ssh HOST"
DECLARE = "rmccomply check --param"
FIREWALL = "RMC-NET-003"
"""Where nft is not installed, what shows that the kernel has no rules of it is no command that could be named."""


def answers(asked: str, host: tuple[Evidence, ...]) -> list[Evidence]:
    """What a host has of it: in these words, else the same command or file in another form, or the probe."""
    if asked.startswith(COLLECT):
        return [item for item in host if item.kind == "probe" or "--probe" not in asked]
    words = asked.replace("'", "").removeprefix("cat ").split()
    same = [item for item in host if item.request.replace("'", "").split() == words]
    other = [item for item in host if item.argv[0] in (words[0], words[-1])]
    return same or other or [command(asked, "", 127, state="notfound")]


def open_ones(brought: list[Evidence], name: str) -> list[Finding]:
    """What is unknown that the whole host decides."""
    host = HOSTS[name]
    return [one for one in judged(brought, host.platform) if one.result == "unknown" and one.rule not in host.unknown]


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", HOSTS)
def test_no_command_is_named_that_was_answered(name: str) -> None:
    whole = tuple(HOSTS[name].evidence)
    brought: list[Evidence] = []
    while True:
        left = open_ones(brought, name)
        asked = dict.fromkeys(one.settle for one in left)
        found = [item for line in asked if not line.startswith(DECLARE) for item in answers(line, whole)]
        new = [item for item in dict.fromkeys(found) if item not in brought]
        if not new:
            break
        brought += new
    again = [(one.rule, one.settle) for one in left if not one.settle.startswith(DECLARE) and one.rule != FIREWALL]
    assert again == []
