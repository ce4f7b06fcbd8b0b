"""The lines of `nft list ruleset`, also with `-a` (`# handle 7` behind what has one): nft(8).

Sets and maps of verdicts that a rule names are put in its place. A part of a rule that is not read makes a condition
that may hold of it and of what follows, up to the verdict. nft shows rules that iptables made, and may have no words
for parts of them: `# match-set banned src counter drop` is a rule, and `xt target "REJECT"` (formerly `# xt_REJECT`)
rejects. A table with `flags dormant` is not in force. A table that a program owns names it: `# progname firewalld`.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.sources.filters.filter_rules import (
    ANY,
    FRAGMENT,
    NOTHING,
    UNREAD,
    Chain,
    Condition,
    FilterRule,
    bits_of,
    masked,
)
from rmccomply.sources.filters.nft_words import FAMILIES, KINDS, OF_BITS, OFFSETS, SELECTORS, marks_of, xt_name
from rmccomply.sources.shared.texts import is_number
from rmccomply.tuples import NamedTuple

_HANDLE: Final = re.compile(r"\s*# handle \d+$")
_TABLE: Final = re.compile(r"table (\S+ \S+) \{(?: # (?:handle \d+ )?progname .+)?$")
_TOKEN: Final = re.compile(r'"[^"]*"|\{(?:"[^"]*"|[^{}"])*\}|[^\s{}"]+')
_ELEMENT: Final = re.compile(r'(?:"[^"]*"|[^,"])+')
_EXTRA: Final = re.compile(r" (?:timeout|expires|counter|comment|limit|quota|last) .*$")
_DEVICES: Final = re.compile(r'"([^"]+)"')
_OBJECTS: Final = re.compile(r"[a-z][a-z ]* \S+ \{$")
_VERDICTS: Final = frozenset({"accept", "drop", "return", "continue"})
_JUMPS: Final = frozenset({"jump", "goto"})
_TRANSLATES: Final = frozenset({"masquerade", "snat"})
_CHANGES: Final = frozenset({"dnat", "redirect", "tproxy", "queue", "fwd", "synproxy"})
_GOES_ON: Final = frozenset({"set", "dup", "flow"})
_XT_GOES_ON: Final = frozenset({"LOG", "NFLOG", "MARK", "CONNMARK", "TCPMSS", "CHECKSUM", "TRACE", "AUDIT"})
_COMPARISONS: Final = frozenset({"<", ">", "<=", ">="})
_HIGHEST: Final = 65535
_STATEMENT: Final = {"counter": ("packets", "bytes", "name"), "comment": (), "limit": ("rate", "over", "burst")}
_LOG: Final = frozenset({"prefix", "level", "group", "snaplen", "queue-threshold", "flags"})


_OF_ANSWER: Final = {
    "icmp": (Condition("family", ("4",)),),
    "icmpv6": (Condition("family", ("6",)),),
    "tcp": (Condition("protocol", ("tcp",)),),
}
"""What a rule asks for by the answer with which it rejects."""


class _Block(NamedTuple):
    """An object of a table with its lines: a chain, a set, a map, or another."""

    table: str
    kind: str
    name: str
    line: Line
    lines: list[tuple[str, Line]]


@dataclass(slots=True)
class NftRules:
    """A rule set while it is read. `depth` counts the blocks that are open.

    `waits` are the parts of a line that goes on in the next, `opened` the braces that are open in them, and `quoted`
    tells that a quotation is.
    """

    table: str = ""
    depth: int = 0
    waits: list[str] = field(default_factory=list)
    opened: int = 0
    quoted: bool = False
    since: Line = 0
    blocks: list[_Block] = field(default_factory=list)
    dormant: set[str] = field(default_factory=set)

    @property
    def ended(self) -> bool:
        return self.depth == 0 and not self.waits

    def read(self, line: str, number: Line) -> bool:
        """Read a line; False for one of no known form."""
        text = _HANDLE.sub("", line)
        words = text.split()
        if self.depth == 0:
            found = _TABLE.match(text)
            self.table, self.depth = (found[1] if found else ""), 1
            return found is not None
        if self.depth == 1 and text != "}":
            if _OBJECTS.match(text):
                self.blocks.append(_Block(self.table, words[0], words[-2].strip('"'), number, []))
                self.depth = 2
            elif words[0] == "flags" and "dormant" in text:
                self.dormant.add(self.table)
            return _braces(text)[0] == 0 or self.depth == 2
        return self._read_part(text, number)

    def _read_part(self, text: str, number: Line) -> bool:
        """Read a line of a block, or one more part of a line, each part once however many there are."""
        opened, self.quoted = _braces(text, self.quoted)
        self.since = self.since if self.waits else number
        self.waits.append(text)
        self.opened += opened
        if self.opened > 0:
            return True
        text, opened = " ".join(self.waits), self.opened
        self.waits, self.opened, self.quoted = [], 0, False
        if text == "}":
            self.depth -= 1
        elif self.depth == 2:
            self.blocks[-1].lines.append((text, self.since))
        return opened >= 0 or text == "}"

    @property
    def chains(self) -> list[Chain]:
        """The chains of all tables in force."""
        return [_chain(block) for block in self._in_force("chain")]

    @property
    def rules(self) -> list[FilterRule]:
        """The rules of all chains, those of one chain in their order."""
        named = {
            (block.table, block.name): _elements(block) for kind in ("set", "map") for block in self._in_force(kind)
        }
        return [
            rule
            for block in self._in_force("chain")
            for text, number in block.lines
            if not _is_of_chain(text)
            for rule in _Rule(block, text, number, named).rules()
        ]

    def _in_force(self, kind: str) -> list[_Block]:
        return [block for block in self.blocks if block.kind == kind and block.table not in self.dormant]


def _braces(text: str, quoted: bool = False) -> tuple[int, bool]:
    """How many braces a text opens, and whether its end is in a quotation, as its start is where `quoted`."""
    pieces = text.split('"')
    bare = "".join(pieces[int(quoted) :: 2])
    return bare.count("{") - bare.count("}"), quoted ^ (len(pieces) % 2 == 0)


def _is_of_chain(text: str) -> bool:
    return (text.startswith("type ") and " hook " in text) or text.startswith(("policy ", "comment "))


def _chain(block: _Block) -> Chain:
    hook = kind = policy = ""
    devices: tuple[str, ...] = ()
    line = block.line
    for text, number in block.lines:
        if _is_of_chain(text) and not text.startswith("comment "):
            words = text.replace(";", " ").split()
            after = dict(pairwise(words))
            hook, kind = after.get("hook", hook), after.get("type", kind)
            policy, devices, line = after.get("policy", policy), tuple(_DEVICES.findall(text)) or devices, number
    return Chain(block.table, block.name, hook, policy, line, kind, devices)


def _elements(block: _Block) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    for text, _ in block.lines:
        label, _, value = text.partition("=")
        if label.strip() == "elements":
            found += _members(value.strip())
    return found


def _members(text: str) -> tuple[str, ...]:
    """The elements of `{ 22, 600-700 }`, without counters and comments of their own."""
    parts = (part.strip() for part in _ELEMENT.findall(text.strip("{} ")))
    return tuple(_EXTRA.sub("", part).replace('"', "") for part in parts if part)


class _Rule:
    """One rule while its words are read from the left."""

    def __init__(self, block: _Block, text: str, number: Line, named: dict[tuple[str, str], tuple[str, ...]]) -> None:
        self.block, self.text, self.number, self.named = block, text, number, named
        self.words = _TOKEN.findall(text)
        self.at = 0
        self.conditions: list[Condition] = []
        self.verdict = ""
        self.before: list[FilterRule] = []
        self.mapped: tuple[str, tuple[str, ...]] | None = None

    def rules(self) -> list[FilterRule]:
        """The rule, or one for each element of its map of verdicts; what is in no map goes on."""
        if any(char in "{}" for char in _TOKEN.sub("", self.text)):
            return [self._rule(UNREAD, Condition(UNREAD))]
        while self.at < len(self.words) and not self.verdict:
            if not (self._statement() or self._match()):
                self._give_up()
        if self.mapped is None:
            ends = self.verdict or not self.before
            return [*self.before, *([self._rule(self.verdict or "continue")] if ends else [])]
        about, elements = self.mapped
        pairs = [element.partition(" : ")[::2] for element in elements]
        pairs.sort(key=lambda pair: pair[0] == ANY)
        return [*self.before, *(self._rule(verdict or UNREAD, Condition(about, (value,))) for value, verdict in pairs)]

    def _rule(self, verdict: str, *more: Condition) -> FilterRule:
        conditions = (*self.conditions, *more)
        marks = marks_of(self.text)
        return FilterRule(self.block.table, self.block.name, self.text, verdict, conditions, self.number, marks)

    def _next(self, count: int = 1) -> str:
        return " ".join(self.words[self.at : self.at + count])

    def _statement(self) -> bool:
        """Read a statement or a verdict; False where there is none."""
        word = self._next()
        if word == "notrack":
            self.before.append(self._rule(word))
            self.at += 1
        elif word in _VERDICTS or word in _TRANSLATES:
            self.verdict = "accept" if word in _TRANSLATES else word
        elif word == "reject":
            self.verdict = word
            self.conditions += _OF_ANSWER.get(self._next(3).removeprefix("reject with "), ())
        elif word in _JUMPS and len(self.words) > self.at + 1:
            self.verdict = self._next(2)
        elif word == "log":
            self.at += 1
            while self._next() in _LOG:
                self.at += 2
        elif word in _STATEMENT:
            self._pass_over(word)
        else:
            return False
        return True

    def _pass_over(self, word: str) -> None:
        """A counter, a comment, or a limit, which may hold: `limit rate over 5/second burst 5 packets`."""
        if word == "limit":
            self.conditions.append(Condition(UNREAD))
        self.at += 2 if word == "comment" else 1
        while self._next() in _STATEMENT[word]:
            self.at += 1 if self._next() in ("rate", "over") else 2
            if word == "limit" and (self._next() in ("bytes", "packets") or "/" in self._next()):
                self.at += 1

    def _match(self) -> bool:
        """Read what is asked of a packet; False where that is not known."""
        start, about, implied = self.at, [], list[Condition]()
        while True:
            words = next((count for count in (3, 2, 1) if self._next(count) in SELECTORS), 0)
            if not words:
                self.at = start
                return False
            name, besides = SELECTORS[self._next(words)]
            about.append(name)
            implied += [] if besides is None else [besides]
            self.at += words
            if self._next() != ".":
                break
            self.at += 1
        if self._value(" . ".join(about)):
            self.conditions = [*implied, *self.conditions]
            return True
        self.at = start
        return False

    def _bits(self, about: str) -> bool:
        """Read what is asked of bits: `& (fin | syn) == syn`, `syn / fin,syn`, `!= 0x1`, or one of some flags."""
        mask = self._sum() if self._passed("&", "and") else ""
        sign = self._passed("==", "!=", "!")
        value = self._next()
        if value.startswith("{"):
            self.at += 1
            values = [bits_of(one.replace(" ", "").replace("|", ",")) for one in _members(value)]
        else:
            values = [bits_of(self._sum())]
        mask = self._sum() if self._passed("/") else mask
        every, asked = bits_of(mask) if mask else OF_BITS[about], [one for one in values if one is not None]
        if every is None or len(asked) != len(values) or not asked:
            return False
        told = tuple(masked(one, every) for one in asked)
        if not mask and (sign == "!" or (about == "flags" and not sign and not value.startswith("{"))):
            told = (masked(0, asked[0]),)
            sign = "" if sign else "!="
        self.conditions.append(Condition(about, told, sign in ("!=", "!")))
        return True

    def _passed(self, *words: str) -> str:
        """The next word, read where it is one of these; empty where not."""
        word = self._next() if self._next() in words else ""
        self.at += 1 if word else 0
        return word

    def _sum(self) -> str:
        """Flags or numbers, joined by commas: those of `(fin | syn)`, `fin,syn` and `0x1`."""
        found = [self._next().strip("()").replace("|", ",")]
        self.at += 1
        while self._passed("|", "or"):
            found.append(self._next().strip("()"))
            self.at += 1
        return ",".join(found)

    def _fragment(self) -> bool:
        """Read `& 0x1fff != 0`, which all fragments but the first have."""
        if not self._passed("&", "and"):
            return False
        offset = bits_of(self._sum())
        sign = self._passed("!=", "==", ">")
        if offset not in OFFSETS or not sign or bits_of(self._sum()) != 0:
            return False
        self.conditions.append(Condition("fragment", (FRAGMENT,), sign == "=="))
        return True

    def _value(self, about: str) -> bool:
        if about in OF_BITS:
            return self._bits(about)
        if about == "fragment":
            return self._fragment()
        word = self._next()
        negated, compared = word == "!=", word if word in _COMPARISONS else ""
        self.at += 1 if negated or compared or word in ("==", "vmap") else 0
        value = self._next()
        if not value or value in ("&", "|", "^", "and", "set") or value.startswith("("):
            return False
        self.at += 1
        if word == "vmap":
            self.mapped = (about, self._listed(value))
        elif UNREAD in about.split(" . "):
            self.at += 2 if self._next() == "/" else 0
            self.conditions.append(Condition(UNREAD))
        elif compared:
            self.conditions.append(_comparison(about, compared, value))
        elif self._next() in ("/", "&", "."):
            return False
        else:
            names = {"family": FAMILIES, "icmpv6": KINDS}.get(about, {})
            values = tuple(names.get(one, one) for one in self._listed(value))
            self.conditions.append(Condition(about, values, negated))
        return True

    def _listed(self, value: str) -> tuple[str, ...]:
        """One value, those of a set, or those of a named one."""
        if value.startswith("{"):
            return _members(value)
        if value.startswith("@"):
            named = self.named.get((self.block.table, value[1:]))
            if named is None:
                return (f"{value} : {UNREAD}" if self._is_map() else value,)
            return named or (() if self._is_map() else (NOTHING,))
        return tuple(value.replace('"', "").split(","))

    def _is_map(self) -> bool:
        return bool(self.words[self.at - 2] == "vmap")

    def _give_up(self) -> None:
        """What is not known may hold, with all that follows; the verdict stands at the end."""
        rest, self.at = self.words[self.at :], len(self.words)
        self.conditions.append(Condition(UNREAD))
        last = next((n for n in reversed(range(len(rest))) if rest[n] in _VERDICTS | _JUMPS), None)
        if "vmap" in rest or "map" in rest or _CHANGES.intersection(rest):
            self.verdict = UNREAD
        elif last is not None:
            self.verdict = " ".join(rest[last : last + 2]) if rest[last] in _JUMPS else rest[last]
        elif "reject" in rest:
            self.verdict = "reject"
        elif _TRANSLATES.intersection(rest):
            self.verdict = "accept"
        elif "notrack" in rest:
            self.verdict = "notrack"
        else:
            self.verdict = _xt_target(self.text) or ("continue" if _GOES_ON.intersection(rest) else UNREAD)


def _comparison(about: str, sign: str, value: str) -> Condition:
    """Ports below or above one."""
    if not about.endswith("port") or not is_number(value):
        return Condition(UNREAD)
    number = int(value) + {"<": -1, ">": 1}.get(sign, 0)
    return Condition(about, (f"0-{number}" if sign.startswith("<") else f"{number}-{_HIGHEST}",))


def _xt_target(text: str) -> str:
    """The verdict of a target of iptables that nft has no words for: `xt target "REJECT"`, formerly `# xt_REJECT`."""
    name = xt_name(text)
    if name in _XT_GOES_ON:
        return "continue"
    return name.lower() if name in ("ACCEPT", "DROP", "REJECT", "RETURN") else ""
