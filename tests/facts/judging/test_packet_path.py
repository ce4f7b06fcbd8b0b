"""What becomes of a packet: by tables, and against a real kernel where one lets itself be asked."""

import os
import shutil
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path as File

import pytest

from rmccomply.facts.judging.packet_path import Passage, Path
from rmccomply.facts.judging.packets import Packet
from rmccomply.sources.filters.packet_filter import parse
from rmccomply.sources.shared.answer import Answer

KNOWN = Packet(
    "udp",
    4,
    True,
    "dport",
    "new",
    frozenset({ip_address("10.9.8.7")}),
    frozenset({ip_address("10.0.1.1")}),
    frozenset({"env2"}),
)


def passage(*chains: str, packet: Packet = KNOWN, family: str = "inet") -> Passage:
    text = f"table {family} site {{\n{''.join(chains)}}}\n"
    return Path(parse(Answer(("nft", "list", "ruleset"), tuple(text.splitlines())))).passage(packet)


def chain(name: str, *rules: str, hook: str = "", policy: str = "accept") -> str:
    base = f"type filter hook {hook} priority 0; policy {policy};\n" if hook else ""
    lines = "".join(f"{rule}\n" for rule in rules)
    return f"chain {name} {{\n{base}{lines}}}\n"


ACCEPT, DROP, LOOP = chain("one", "udp dport 657 accept"), chain("one", "udp dport 657 drop"), chain("one", "jump one")
PASSAGES = [
    pytest.param((chain("a", hook="input", policy="drop"),), "drop", id="a policy"),
    pytest.param((chain("a", "accept", "drop", hook="input"),), "accept", id="the first rule that fits"),
    pytest.param((chain("a", "limit rate 1/second accept", hook="input"),), "accept", id="either way"),
    pytest.param((chain("a", "limit rate 1/second accept", hook="input", policy="drop"),), "", id="one way"),
    pytest.param((chain("a", hook="input"), chain("b", "drop", hook="input")), "drop", id="a drop is final"),
    pytest.param(
        (chain("a", hook="prerouting", policy="drop"), chain("b", "accept", hook="input")), "drop", id="before"
    ),
    pytest.param((chain("a", hook="forward", policy="drop"),), "accept", id="what is forwarded"),
    pytest.param((chain("a", hook="output", policy="drop"),), "accept", id="what goes out"),
    pytest.param((ACCEPT, chain("a", "jump one", "drop", hook="input")), "accept", id="jump"),
    pytest.param((DROP, chain("a", "goto one", "accept", hook="input")), "drop", id="goto"),
    pytest.param((chain("one"), chain("a", "jump one", "drop", hook="input")), "drop", id="back from a jump"),
    pytest.param(
        (chain("one"), chain("a", "goto one", "drop", hook="input")), "accept", id="a goto does not come back"
    ),
    pytest.param((LOOP, chain("a", "jump one", hook="input")), "", id="a chain that leads to itself"),
    pytest.param((chain("a", "jump elsewhere", hook="input"),), "", id="a chain that is not shown"),
    pytest.param((chain("a", "queue to 0", hook="input"),), "", id="a queue"),
    pytest.param(
        (chain("a", "udp dport 53 notrack", "ct state new accept", "drop", hook="input"),), "", id="untracked"
    ),
]


@pytest.mark.parametrize(("chains", "word"), PASSAGES)
def test_passages(chains: tuple[str, ...], word: str) -> None:
    assert passage(*chains).word == word


@pytest.mark.parametrize(
    ("family", "word"), [("ip", "drop"), ("ip6", "accept"), ("inet", "drop"), ("bridge", ""), ("arp", "")]
)
def test_families(family: str, word: str) -> None:
    assert passage(chain("a", hook="input", policy="drop"), family=family).word == word


@pytest.mark.parametrize(("device", "word"), [("env2", "drop"), ("lo", "accept"), ("eth0", "")])
def test_devices(device: str, word: str) -> None:
    base = f'chain a {{\ntype filter hook ingress device "{device}" priority 0; policy drop;\n}}\n'
    assert passage(base, family="netdev").word == word


def test_translations_see_new_packets_alone() -> None:
    base = "chain a {\ntype nat hook prerouting priority dstnat; policy accept;\nudp dport 657 redirect to :80\n}\n"
    assert passage(base).word == ""
    assert passage(base, packet=KNOWN._replace(state="established")).word == "accept"


def test_the_lines_that_decide() -> None:
    found = passage(chain("a", "udp dport 22 accept", "udp dport 657 accept", hook="input", policy="drop"))
    assert (found.refusing, found.accepting) == (frozenset(), frozenset({5}))


def _may_be_asked() -> bool:
    if not (shutil.which("nft") and shutil.which("iptables-legacy-save") and shutil.which("unshare")) or os.getuid():
        return False
    tried = subprocess.run(
        ["unshare", "-n", "-m", "sh", "-c", "mount -t tmpfs none /run && nft add table inet a && ip netns add b"],
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


@pytest.mark.exhaustive
def test_the_kernel_does_what_is_certain() -> None:
    """Random rule sets, loaded in a network namespace of their own, listed, and tried with packets on a wire."""
    if not _may_be_asked():
        pytest.skip("no kernel here lets a network namespace be made, or nft and iptables are not installed")
    argv = ["unshare", "-n", "-m", sys.executable, "-m", "tests.facts.groups.kernel_packets", "7", "60"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=File(__file__).parents[3])
    assert done.returncode == 0, done.stdout + done.stderr
