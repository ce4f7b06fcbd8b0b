"""Packets of RMC through rule sets of a real kernel, in a network namespace of its own.

Run as `unshare -n -m python -m tests.facts.groups.kernel_packets SEED COUNT`: makes COUNT random rule sets of nft and
of iptables, loads each, lists it, and compares what arrives with what its evaluation says. Prints every difference.
"""

import ctypes
import os
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Final

from rmccomply.facts.judging.packet_path import Path
from rmccomply.facts.judging.packets import Packet
from rmccomply.sources.filters.packet_filter import parse
from rmccomply.sources.shared.answer import Answer

NEAR, FAR = "10.0.1.1", "10.0.1.2"
_NEW_NET: Final = 0x40000000
_WAIT: Final = 0.04
_EPHEMERAL: Final = (1024, 65535)
_MATCHES: Final = (
    *("tcp dport 657", "udp dport 657", "meta l4proto { tcp, udp } th dport 657", "tcp dport { 22, 657 }"),
    *("udp dport 600-700", "tcp dport != 22", "udp sport 657", "tcp dport 22", "tcp dport < 1024", "th sport 657"),
    *("ip saddr 10.0.1.2", "ip saddr 10.0.1.0/24", "ip saddr != 10.0.1.2", "ip daddr 10.0.1.1", "ip saddr @hosts"),
    *("ip saddr { 10.0.1.2-10.0.1.9, 192.0.2.1 }", 'iifname "env2"', 'iifname "lo"', 'oifname "env*"', "ip6 saddr ::1"),
    *("ct state established,related", "ct state new", "ct state invalid", "ct state != new", "meta l4proto udp"),
    *("ip saddr . udp dport { 10.0.1.2 . 657 }", "ip saddr . tcp dport @pairs", "ip protocol tcp", "icmp type 8"),
    *("meta nfproto ipv6", "meta mark 0x1", "limit rate 1000/second", "tcp flags syn", ""),
    *("fib daddr type local", "fib daddr type { broadcast, multicast }", "fib saddr type local"),
    *(
        "tcp flags syn / fin,syn,rst,ack",
        "tcp flags & (fin | syn | rst | ack) != syn",
        "tcp flags & (syn | ack) == 0x0",
    ),
    *(
        "tcp flags == 0x0",
        "tcp flags fin,psh,urg / fin,syn,rst,psh,ack,urg",
        "tcp flags syn,ack",
        "tcp flags { syn, ack }",
    ),
    *("meta mark & 0x8000 == 0x8000", "meta mark != 0x0", "meta mark set 0x8000", "meta mark set meta mark | 0x1"),
    *(
        "ip frag-off & 0x1fff != 0",
        "ip saddr @nobody",
        "ip saddr != @nobody",
        "th dport 1024-65535",
        "th sport >= 1024",
    ),
    *("udp dport 53 notrack", "udp sport < 1024", "tcp sport 657", "th dport != 657", "meta l4proto tcp"),
    *("meta pkttype host", "meta pkttype { broadcast, multicast }", "fib daddr type unicast", "meta pkttype != host"),
)
_MAPS: Final = (
    "ct state vmap { established : accept, invalid : drop }",
    "udp dport vmap { 22 : drop, 657 : jump two }",
    "tcp dport vmap @ways",
    "ip saddr vmap { 10.0.1.2 : continue, 192.0.2.1 : drop }",
)
_VERDICTS: Final = ("accept", "drop", "accept", "reject", "return", "jump one", "goto one", "jump two", "goto two", "")
_SETS: Final = (
    "set nobody { type ipv4_addr; flags timeout;\n}\n"
    "set hosts { type ipv4_addr; flags interval; elements = { 10.0.1.0/28, 192.0.2.0/24 }\n}\n"
    "set pairs { type ipv4_addr . inet_service; elements = { 10.0.1.2 . 657, 10.0.1.3 . 22 }\n}\n"
    "map ways { type inet_service : verdict; elements = { 22 : accept, 657 : goto two }\n}\n"
)
_OPTIONS: Final = (
    *("-p tcp --dport 657", "-p udp --dport 657", "-p udp -m multiport --dports 22,600:700", "-p tcp ! --dport 22"),
    *("-s 10.0.1.2", "! -s 10.0.1.0/24", "-m conntrack --ctstate ESTABLISHED", "-m state --state NEW", "-p udp"),
    *("-p tcp --syn", "-p tcp ! --syn", "-p tcp --tcp-flags ALL NONE", "-p tcp -m multiport --ports 22,657", "-f"),
    *("-m mark --mark 0x8000/0x8000", "-p udp --sport 0:1023", "-p tcp --dport 1024:65535", "-p udp --sport 657"),
    *("-i env2", "-d 10.0.1.1", "-p tcp --dport 22", "-p icmp", "-m comment --comment 'a b'", ""),
)
_TARGETS: Final = ("ACCEPT", "DROP", "REJECT", "RETURN", "ONE", "ACCEPT")


def run(*argv: str, text: str = "") -> str:
    """The output of a command; empty where it fails."""
    done = subprocess.run(argv, input=text, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def of_nft(dice: random.Random) -> str:
    """A rule set of nft, listed; empty where the kernel refuses it."""
    tables = [_table(dice, name) for name in ("a", "b")[: dice.choice((1, 1, 2))]]
    run("nft", "-f", "-", text="flush ruleset\n" + "".join(tables))
    return run("nft", "-a", "list", "ruleset")


def _table(dice: random.Random, name: str) -> str:
    hooks = dice.sample(("input", "input", "prerouting", "output", "postrouting"), dice.choice((1, 2, 3)))
    bases = [
        f"type filter hook {hook} priority {dice.choice((-150, 0, 10))}; policy {dice.choice(('accept', 'drop'))};\n"
        for hook in hooks
    ]
    chains = [("two", ""), ("one", ""), *((f"base{number}", base) for number, base in enumerate(bases))]
    texts = [f"chain {chain} {{\n{base}{_rules(dice, chain)}}}\n" for chain, base in chains]
    return f"table {dice.choice(('inet', 'ip'))} {name} {{\n{_SETS}chain two {{\n}}\n{''.join(texts)}}}\n"


def _rules(dice: random.Random, chain: str) -> str:
    rules = [f"{' '.join(dice.sample(_MATCHES, dice.choice((1, 1, 2))))} {_verdict(dice, chain)}" for _ in range(4)]
    if not chain.startswith(("one", "two")):
        rules.append(dice.choice(_MAPS))
    return "".join(f"{rule.strip()}\n" for rule in rules[: dice.choice((1, 3, 5))] if rule.strip())


def _verdict(dice: random.Random, chain: str) -> str:
    allowed = {"one": 8, "two": 5}.get(chain, len(_VERDICTS))
    return dice.choice([one for one in _VERDICTS[:allowed] if not (chain == "one" and one.endswith("one"))])


def of_iptables(dice: random.Random) -> str:
    """A rule set of the old iptables, saved; empty where the kernel refuses it."""
    lines = ["*filter", *(f":{name} {dice.choice(('ACCEPT', 'DROP'))} [0:0]" for name in ("INPUT", "OUTPUT"))]
    lines += [":FORWARD DROP [0:0]", ":ONE - [0:0]"]
    for chain in ("INPUT", "ONE", "INPUT", "OUTPUT", "INPUT", "OUTPUT", "ONE"):
        target = dice.choice([one for one in _TARGETS if one != chain])
        option = dice.choice([one for one in _OPTIONS if chain == "INPUT" or "-i " not in one])
        lines.append(f"-A {chain} {option} {'-g' if target == 'ONE' and dice.random() < 0.5 else '-j'} {target}")
    run("nft", "flush", "ruleset")
    return (
        run("iptables-legacy-save")
        if run("iptables-legacy-restore", text="\n".join([*lines, "COMMIT", ""])) == ""
        else ""
    )


@contextmanager
def _inside(network: int) -> Iterator[None]:
    """Sockets made here belong to that network."""
    library, here = ctypes.CDLL(None, use_errno=True), os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    library.setns(network, _NEW_NET)
    try:
        yield
    finally:
        library.setns(here, _NEW_NET)
        os.close(here)


class Wire:
    """The partition and a console on one wire, with UDP and TCP 657 open at both ends."""

    def __init__(self) -> None:
        for command in (
            "mount -t tmpfs none /run",
            "ip netns add console",
            "ip link add env2 type veth peer name peer netns console",
            f"ip addr add {NEAR}/24 dev env2",
            f"ip -n console addr add {FAR}/24 dev peer",
            "ip link set env2 up",
            "ip -n console link set peer up",
        ):
            subprocess.run(command.split(), check=True)
        self.console = os.open("/run/netns/console", os.O_RDONLY)
        self.here = os.open("/proc/self/ns/net", os.O_RDONLY)
        self.near, self.far = (_bound(network, end) for network, end in ((self.here, NEAR), (self.console, FAR)))
        self.listens = {
            address: _listening(network, address) for network, address in ((self.here, NEAR), (self.console, FAR))
        }

    def arrives(self) -> dict[tuple[str, bool, str, str], bool]:
        """What arrived of each kind of packet that could be sent."""
        found: dict[tuple[str, bool, str, str], bool] = {}
        with _bound(self.console, FAR, 0) as far:
            found["udp", True, "dport", "new"] = _passes(far, self.near, NEAR)
            if found["udp", True, "dport", "new"]:
                found["udp", False, "sport", "established"] = _passes(self.near, far, FAR, far.getsockname()[1])
                if found["udp", False, "sport", "established"]:
                    found["udp", True, "dport", "established"] = _passes(far, self.near, NEAR)
        with _bound(self.here, NEAR, 0) as near:
            found["udp", False, "dport", "new"] = _passes(near, self.far, FAR)
            if found["udp", False, "dport", "new"]:
                found["udp", True, "sport", "established"] = _passes(self.far, near, NEAR, near.getsockname()[1])
        return found

    def connects(self, *, inward: bool) -> bool:
        """Whether the console can open a session over TCP, or the partition."""
        with _inside(self.console if inward else self.here), socket.socket() as end:
            end.settimeout(_WAIT)
            try:
                end.connect((NEAR if inward else FAR, 657))
                self.listens[NEAR if inward else FAR].accept()[0].close()
            except OSError:
                return False
            return True


def _listening(network: int, address: str) -> socket.socket:
    with _inside(network):
        end = socket.create_server((address, 657), backlog=100)
    end.settimeout(_WAIT)
    return end


def _bound(network: int, address: str, port: int = 657) -> socket.socket:
    with _inside(network):
        end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    end.bind((address, port))
    end.settimeout(_WAIT)
    return end


def _passes(source: socket.socket, target: socket.socket, address: str, port: int = 657) -> bool:
    mark = os.urandom(8)
    for _ in range(2):
        try:
            source.sendto(mark, (address, port))
            break
        except OSError:
            continue
    try:
        while target.recv(99) != mark:
            pass
    except OSError:
        return False
    return True


def differences(listing: str, argv: tuple[str, ...], wire: Wire) -> tuple[list[str], int]:
    """Where the kernel does not do what the evaluation says for certain, and of how many packets it is certain."""
    path = Path(parse(Answer(argv, tuple(listing.splitlines()))))
    far, near = frozenset({ip_address(FAR)}), frozenset({ip_address(NEAR)})

    def word(protocol: str, inward: bool, port: str, state: str) -> str:
        packet = Packet(protocol, 4, inward, port, state, far, near, frozenset({"env2"}), other=_EPHEMERAL)
        return path.passage(packet).word

    made = {way: (word(*way), arrived) for way, arrived in wire.arrives().items()}
    for inward in (True, False):
        opens, answers = word("tcp", inward, "dport", "new"), word("tcp", not inward, "sport", "established")
        if "drop" in (opens, answers):
            made["tcp", inward, "dport", "new"] = ("drop", wire.connects(inward=inward))
        elif {opens, answers, word("tcp", inward, "dport", "established")} == {"accept"}:
            made["tcp", inward, "dport", "new"] = ("accept", wire.connects(inward=inward))
    certain = [one for one in made.values() if one[0]]
    return [
        f"{way}: {said}, arrived: {came}" for way, (said, came) in made.items() if said and (said == "accept") != came
    ], len(certain)


def main(seed: int, count: int) -> int:
    """Print the differences and what was compared; how many differ."""
    dice, wire = random.Random(seed), Wire()
    wrong = compared = certain = 0
    while compared < count:
        legacy = dice.random() < 0.3
        listing = of_iptables(dice) if legacy else of_nft(dice)
        if not listing:
            continue
        run("ip", "neigh", "show")
        argv = ("iptables-save",) if legacy else ("nft", "-a", "list", "ruleset")
        found, sure = differences(listing, argv, wire)
        compared, certain = compared + 1, certain + sure
        if found:
            wrong += 1
            sys.stdout.write("\n".join((listing, *found, "")))
        if legacy:
            run("iptables-legacy-restore", text="*filter\n:INPUT ACCEPT\n:OUTPUT ACCEPT\nCOMMIT\n")
    sys.stdout.write(f"{compared} rule sets, {certain} certain outcomes, {wrong} differ\n")
    return wrong


if __name__ == "__main__":
    sys.exit(min(1, main(*map(int, sys.argv[1:3]))))
