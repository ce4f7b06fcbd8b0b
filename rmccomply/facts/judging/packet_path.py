"""What the rules of one packet filter make of a packet, as the kernel would: accept, drop, or either.

A packet passes every base chain of every table on its hooks; each must accept it, and a drop is final. What is not
known of a packet or not read of a rule may hold or not: both ways are followed, so that a single outcome is certain.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import Line
from rmccomply.facts.judging.packets import ANY_BIT, Packet, all_of, holds
from rmccomply.sources.filters.filter_rules import UNREAD, bits_of
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from rmccomply.sources.filters.filter_rules import Chain, FilterRule
    from rmccomply.sources.filters.packet_filter import PacketFilter

Outcomes = Mapping[str, frozenset[Line]]
"""accept, drop, return: each with the lines of the rules and policies that decide so."""

_INWARD: Final = frozenset({"ingress", "prerouting", "input"})
_OUTWARD: Final = frozenset({"output", "postrouting", "egress"})
_OF_DEVICES: Final = frozenset({"ingress", "egress"})
_OTHER_FAMILIES: Final = frozenset({"arp", "bridge"})
_OWN_FAMILY: Final = {"ip": 4, "ip6": 6}
_LOOPBACK: Final = "lo"
_EITHER: Final = ("accept", "drop")
_TRACKING: Final = frozenset({"state", "status"})


class Passage(NamedTuple):
    """`word` is accept, drop, or empty for either; `lines` are what decides, refusals first."""

    word: str
    refusing: frozenset[Line]
    accepting: frozenset[Line]


class Path:
    """The chains of a rule set, by table. `trusted` are chains that are taken to accept what reaches them, `others`
    other rule sets, which may set marks too."""

    def __init__(
        self,
        record: "PacketFilter",
        leave_out: Iterable[str] = (),
        trusted: frozenset[str] = frozenset(),
        others: "Iterable[PacketFilter]" = (),
    ) -> None:
        left_out = frozenset(leave_out)
        self._chains = {(one.table, one.name): one for one in record.chains if one.table not in left_out}
        self._rules: dict[tuple[str, str], list[FilterRule]] = {}
        for rule in record.rules:
            self._rules.setdefault((rule.table, rule.chain), []).append(rule)
        self._of_nft = record.command == "nft"
        self._trusted = trusted
        self._untracked = [rule for rule in record.rules if rule.verdict == "notrack"]
        self._tracks = [rule for rule in record.rules if any(one.about in _TRACKING for one in rule.conditions)]
        self._asks_marks = any(one.about == "mark" for rule in record.rules for one in rule.conditions)
        self._sets_marks = any(rule.marks for rule in record.rules)
        self._others = [Path(one) for one in others] if self._asks_marks else []

    def passage(self, packet: Packet) -> Passage:
        """What all base chains together make of it."""
        packet = self._seen(packet)
        refusing, accepting, words = set[Line](), set[Line](), set[str]()
        for chain in self._chains.values():
            found = self._of_base(chain, packet)
            words.add(next(iter(found)) if len(found) == 1 else "")
            refusing |= found.get("drop", frozenset())
            accepting |= found.get("accept", frozenset())
        word = "drop" if "drop" in words else "" if "" in words else "accept"
        return Passage(word, frozenset(refusing), frozenset(accepting))

    def _seen(self, packet: Packet) -> Packet:
        """The packet as this rule set sees it: tracked, without fragments, with the marks that rules may set.

        Connection tracking puts fragments together; without a rule that asks for it nothing need do so.
        """
        bare = packet._replace(tracked=packet.state == "untracked")
        untracked = any(_may_be(rule, one) for rule in self._untracked for one in (bare, bare.answer))
        seen = bare if untracked else packet
        whole = seen.tracked and any(self._is_of(rule.table, packet.family) for rule in self._tracks)
        marks = ANY_BIT
        if self._asks_marks:
            marks = 0
            for path in (self, *self._others):
                marks |= path.marks(seen._replace(marks=ANY_BIT))
        return seen._replace(whole=whole, marks=marks)

    def marks(self, packet: Packet) -> int:
        """The bits that rules which it reaches may set."""
        found = 0
        for chain in self._chains.values() if self._sets_marks else ():
            if self._enters(chain, packet) is not False:
                walk = self._walk(chain, packet)
                walk.of(chain)
                found |= walk.marks
        return found

    def _walk(self, chain: "Chain", packet: Packet) -> "_Walk":
        """Frames of a device come before tracking."""
        if chain.hook in _OF_DEVICES:
            packet = packet._replace(tracked=False, whole=False)
        return _Walk(self._chains, self._rules, self._trusted, packet)

    def _is_of(self, table: str, family: int) -> bool:
        own = table.partition(" ")[0] if self._of_nft else ""
        return own not in _OTHER_FAMILIES and _OWN_FAMILY.get(own, family) == family

    def _of_base(self, chain: "Chain", packet: Packet) -> Outcomes:
        """Of one base chain, and of a chain that the packet does not enter: it accepts."""
        enters = self._enters(chain, packet)
        if enters is False:
            return {"accept": frozenset()}
        found = dict(self._walk(chain, packet).of(chain))
        if "return" in found:
            policy = "drop" if chain.policy in ("drop", "reject") else "accept"
            found[policy] = found.get(policy, frozenset()) | {chain.line}
            del found["return"]
        if enters is None and "accept" not in found:
            found["accept"] = frozenset()
        return found

    def _enters(self, chain: "Chain", packet: Packet) -> bool | None:
        """Frames of a bridge, and ARP, which asks for the address of the far end, may decide; so may a device below."""
        if chain.hook not in (_INWARD if packet.inward else _OUTWARD):
            return None if chain.table.partition(" ")[0] == "arp" and chain.hook else False
        if chain.kind == "nat" and packet.tracking in ("established", "untracked"):
            return False
        family = chain.table.partition(" ")[0] if self._of_nft else ""
        if _OWN_FAMILY.get(family, packet.family) != packet.family:
            return False
        if chain.hook in _OF_DEVICES:
            return _passes(chain, packet)
        return None if family in _OTHER_FAMILIES else True


def _passes(chain: "Chain", packet: Packet) -> bool | None:
    """Whether it passes the devices of a chain: not the loopback alone, and perhaps one below a bond or a VLAN."""
    if set(chain.devices) == {_LOOPBACK}:
        return False
    return True if packet.interfaces and packet.interfaces <= set(chain.devices) else None


class _Walk:
    """The way of one packet through the chains that others lead to; each is walked once."""

    def __init__(
        self,
        chains: "Mapping[tuple[str, str], Chain]",
        rules: "Mapping[tuple[str, str], list[FilterRule]]",
        trusted: frozenset[str],
        packet: Packet,
    ) -> None:
        self._chains, self._rules, self._trusted, self._packet = chains, rules, trusted, packet
        self._known: dict[tuple[str, str], Outcomes] = {}
        self.marks = 0

    def of(self, chain: "Chain") -> Outcomes:
        """What a chain makes of it; `return` where it comes to its end."""
        key = (chain.table, chain.name)
        if key not in self._known:
            self._known[key] = dict.fromkeys(_EITHER, frozenset({chain.line}))
            self._known[key] = {"accept": frozenset()} if chain.name in self._trusted else self._walk(key)
        return self._known[key]

    def _walk(self, key: tuple[str, str]) -> Outcomes:
        found: dict[str, frozenset[Line]] = {}
        for rule in self._rules.get(key, ()):
            fits = all_of(holds(condition, self._packet) for condition in rule.conditions)
            if fits is False:
                continue
            self.marks |= _bits_set(rule)
            outcomes = dict(self._of_rule(rule))
            goes_on = outcomes.pop("continue", None) is not None
            for word, lines in outcomes.items():
                found[word] = found.get(word, frozenset()) | lines
            if fits and not goes_on:
                return found
        found.setdefault("return", frozenset())
        return found

    def _of_rule(self, rule: "FilterRule") -> Outcomes:
        here = frozenset({rule.line})
        word, _, target = rule.verdict.partition(" ")
        if word in ("jump", "goto"):
            chain = self._chains.get((rule.table, target))
            outcomes = dict(dict.fromkeys(_EITHER, here) if chain is None else self.of(chain))
            if word == "jump" and "return" in outcomes:
                outcomes["continue"] = outcomes.pop("return")
            return outcomes
        if word == "notrack":
            return {"continue": here}
        if word in ("accept", "return", "continue"):
            return {word: here}
        return {"drop": here} if word in ("drop", "reject") else dict.fromkeys(_EITHER, here)


def _may_be(rule: "FilterRule", packet: Packet) -> bool:
    return all_of(holds(condition, packet) for condition in rule.conditions) is not False


def _bits_set(rule: "FilterRule") -> int:
    """The bits of the mark that a rule may set."""
    if rule.marks == UNREAD:
        return ANY_BIT
    return bits_of(rule.marks) or 0
