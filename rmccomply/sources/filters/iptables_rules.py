"""The lines of `iptables-save`, `iptables -S` and `iptables -nvL`, and of their like for IPv6: iptables(8).

A condition that is not read may hold. A target that changes the way of a packet is not read; one that writes a log,
counts or marks lets the next rule decide.
"""

import shlex
from dataclasses import dataclass, field, replace
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.sources.filters.filter_rules import FRAGMENT, UNREAD, Chain, Condition, FilterRule, bits_of, masked
from rmccomply.sources.filters.iptables_listing import chain_of, is_header, rule_of

_VERDICTS: Final = frozenset({"ACCEPT", "DROP", "REJECT", "RETURN"})
_GOES_ON: Final = frozenset(
    {"LOG", "NFLOG", "ULOG", "AUDIT", "TRACE", "MARK", "CONNMARK", "SECMARK", "CONNSECMARK", "CLASSIFY", "CHECKSUM"}
    | {"TCPMSS", "TOS", "DSCP", "TTL", "HL", "SET", "RATEEST", "IDLETIMER", "LED", "TEE", "ECN"}
)
_TRANSLATES: Final = frozenset({"MASQUERADE", "SNAT"})
_CHANGES: Final = frozenset({"DNAT", "REDIRECT", "NETMAP", "TPROXY", "QUEUE", "NFQUEUE", "SYNPROXY", "CLUSTERIP"})
_READ: Final = {
    "-p": "protocol",
    "-s": "source",
    "-d": "destination",
    "-i": "in",
    "-o": "out",
    "--dport": "dport",
    "--dports": "dport",
    "--sport": "sport",
    "--sports": "sport",
    "--ports": "port",
    "--hl-eq": "hops",
    "--ctstate": "state",
    "--state": "state",
    "--src-range": "source",
    "--dst-range": "destination",
    "--pkt-type": "frame",
    "--src-type": "source kind",
    "--dst-type": "destination kind",
}
_BITS: Final = {"--tcp-flags": "flags", "--mark": "mark"}
_OF_SYN: Final = Condition("flags", (masked(0x02, 0x17),))
_ALL_FLAGS: Final = 0x3F
_WORDS: Final = {"ALL": _ALL_FLAGS, "NONE": 0}
_ANY_BIT: Final = 0xFFFFFFFF
_NEIGHBOURS: Final = {
    "router-solicitation": "133",
    "router-advertisement": "134",
    "neighbour-solicitation": "135",
    "neighbor-solicitation": "135",
    "neighbour-advertisement": "136",
    "neighbor-advertisement": "136",
    "redirect": "137",
}
_SETS_MARKS: Final = ("--set-xmark", "--set-mark", "--or-mark", "--xor-mark")
_EVERYTHING: Final = ("all", "0", "0.0.0.0/0", "::/0", "+")
_HIGHEST: Final = 65535


@dataclass(slots=True)
class IptablesRules:
    """A rule set while it is read. `open_tables` counts those that wait for COMMIT."""

    table: str = ""
    open_tables: int = 0
    chains: list[Chain] = field(default_factory=list)
    rules: list[FilterRule] = field(default_factory=list)
    header: list[str] = field(default_factory=list)

    def read_row(self, text: str, number: Line) -> bool:
        """Read a line of `iptables -nvL`; False for one of no known form."""
        head, words = chain_of(text), text.split()
        if head is not None:
            self.header = []
            return self._chain(list(head), number)
        if self.chains and not self.header and is_header(words):
            self.header = words
            return True
        rule = rule_of(self.chains[-1].name, self.header, text) if self.header else None
        return rule is not None and self._rule(list(rule), text, number)

    def read(self, text: str, number: Line) -> bool:
        """Read a line; False for one of no known form. `[packets:bytes]` may stand before a rule."""
        if text.startswith("[") and "] -A " in text:
            text = text.partition("] ")[2]
        try:
            words = shlex.split(text)
        except ValueError:
            return False
        if words[0].startswith("*") and len(words) == 1:
            self.table, self.open_tables = words[0][1:], self.open_tables + 1
        elif words == ["COMMIT"]:
            self.open_tables -= 1
        elif words[0] in ("-P", "-N") or words[0].startswith(":"):
            return self._chain(words if words[0].startswith("-") else ["-P", words[0][1:], *words[1:]], number)
        elif words[0] == "-A" and len(words) > 2:
            return self._rule(words, text, number)
        else:
            return False
        return True

    def _rule(self, words: list[str], text: str, number: Line) -> bool:
        conditions = tuple(_conditions(words[2:]))
        found = FilterRule(self.table, words[1], text, _verdict(words), conditions, number, _marks(words))
        self.rules.append(found)
        return True

    def _chain(self, words: list[str], number: Line) -> bool:
        """A chain with its policy; `-` (or -N) is a chain of the administrator's, which has none."""
        policy = words[2].lower() if len(words) > 2 and words[2] != "-" else ""
        hook = words[1].lower() if policy and len(words) > 1 else ""
        kind = "" if not hook else "nat" if self.table == "nat" else "filter"
        if len(words) > 1:
            self.chains.append(Chain(self.table, words[1], hook, policy, number, kind))
        return len(words) > 2 or (len(words) == 2 and words[0] == "-N")


def _verdict(words: list[str]) -> str:
    jump = next((at for at, word in enumerate(words) if word in ("-j", "-g")), len(words))
    target = "".join(words[jump + 1 : jump + 2])
    if not target or target in _GOES_ON or (target == "CT" and "--notrack" not in words):
        return "continue"
    if target in ("NOTRACK", "CT"):
        return "notrack"
    if target in _VERDICTS:
        return target.lower()
    if target in _TRANSLATES:
        return "accept"
    return UNREAD if target in _CHANGES else f"{'goto' if words[jump] == '-g' else 'jump'} {target}"


def _marks(words: list[str]) -> str:
    """The bits that the rule may set in the mark: those of `MARK --set-xmark 0x8000/0x8000`."""
    target = next((words[at + 1 :] for at, word in enumerate(words[:-1]) if word == "-j"), [""])
    if target[0] == "CONNMARK":
        return UNREAD if "--restore-mark" in target or len(target) == 1 else ""
    if target[0] != "MARK":
        return ""
    if target[1:2] == ["--and-mark"]:
        return ""
    bits = bits_of(target[2].partition("/")[0]) if len(target) > 2 and target[1] in _SETS_MARKS else None
    return UNREAD if bits is None else f"{bits:#x}"


def _conditions(words: list[str]) -> list[Condition]:
    found: list[Condition] = []
    at, negated = 0, False
    while at < len(words) and words[at] not in ("-j", "-g"):
        option, at = words[at], at + 1
        if option == "!":
            negated = True
            continue
        values = []
        while at < len(words) and words[at] != "!" and not words[at].startswith("-"):
            values.append(words[at])
            at += 1
        if option not in ("-m", "--comment"):
            found += _condition(option, values, negated)
        negated = False
    return found


def _condition(option: str, values: list[str], negated: bool) -> list[Condition]:
    if option in _BITS:
        return [_of_bits(_BITS[option], values, negated)]
    if option == "--syn":
        return [replace(_OF_SYN, negated=negated)]
    if option in ("-f", "--fragment"):
        return [Condition("fragment", (FRAGMENT,), negated)]
    if option == "--icmpv6-type" and len(values) == 1:
        kind = _NEIGHBOURS.get(values[0], values[0])
        return [Condition("icmpv6", (kind,), negated)] if kind.isdigit() else [Condition(UNREAD)]
    about = _READ.get(option, UNREAD)
    if about == UNREAD or len(values) != 1:
        return [Condition(UNREAD)]
    if values[0] in _EVERYTHING and not negated and not about.endswith("port"):
        return []
    parts = values[0].split(",")
    if about.endswith("port"):
        parts = [_range(part) for part in parts]
    elif about in ("in", "out"):
        parts = [f"{values[0][:-1]}*" if values[0].endswith("+") else values[0]]
    elif about in ("state", "protocol", "frame") or about.endswith("kind"):
        parts = [part.lower() for part in parts]
    return [Condition(about, tuple(parts), negated)]


def _of_bits(about: str, values: list[str], negated: bool) -> Condition:
    """A mask and what is set of it, `FIN,SYN SYN`, or `0x8000/0x8000` the other way round."""
    if about == "mark" and len(values) == 1:
        value, _, mask = values[0].partition("/")
        values = [mask or f"{_ANY_BIT}", value]
    read = [_WORDS[one] if one in _WORDS else bits_of(one) for one in values]
    known = [one for one in read if one is not None]
    if len(known) != len(values) or len(known) != len(("mask", "value")):
        return Condition(UNREAD)
    return Condition(about, (masked(known[1], known[0]),), negated)


def _range(text: str) -> str:
    """`600:700`, `:700` and `600:` as nft writes ranges."""
    first, colon, last = text.partition(":")
    return f"{first or 0}-{last or _HIGHEST}" if colon else text
