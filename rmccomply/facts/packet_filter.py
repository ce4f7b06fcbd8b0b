"""The packet filter of the Linux kernel: `iptables-save`, `ip6tables-save`, `iptables -S`, `nft list ruleset`.

iptables(8), nft(8). One rule set in three spellings:

    *filter                                                  iptables-save
    :INPUT DROP [0:0]
    -A INPUT -p udp -m udp --dport 657 -j ACCEPT
    COMMIT

    -P INPUT DROP                                            iptables -S (the table `filter` where none is named)
    -A INPUT -p udp -m udp --dport 657 -j ACCEPT

    table inet filter {                                      nft list ruleset
        chain input {
                type filter hook input priority filter; policy drop;
                udp dport { 657, 12601 } accept
        }
    }

All chains are kept, and of the rules those that name a port of RMC (657, 12601, `rmc`, or a range or set that holds
one), and those that drop, reject, queue or look up a verdict (`vmap`) without naming a port. A set that is kept
elsewhere (`@ports`, `--match-set`) may hold a port of RMC, and so may all ports but one (`! --dport 22`) or from one
on (`dport < 1024`): such rules are kept too. `count` tells how many rules there are of any kind; what the others do is
not known. iptables does not see all rules of nft, and `# Warning: iptables-legacy tables present` says that there are
more rules than the listing has. nft shows rules that iptables made, and may have no words for parts of them:
`# match-set banned src counter drop` is a rule, and `xt target "REJECT"` (formerly `# xt_REJECT`) rejects.

No output with exit status 0 is an answer of `iptables-save` and `nft`: there are no rules. `iptables -S` always
prints its chains. Without an exit status a listing is whole where its last table ends with COMMIT or with a brace;
for `iptables -S` nothing tells.
"""

import shlex
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.facts.answer import Answer, Unreadable
from rmccomply.facts.texts import is_number, may_be_cut, refuse_complaints

OPTIONS: Final = frozenset({"S"})
LISTING: Final = True
_COMPLAINTS: Final = ("iptables", "ip6tables", "nft:", "netlink:", "Error:", "Fatal:", "Operation not permitted")
_PORTS: Final = (657, 12601)
_NAME: Final = "rmc"
_SOME: Final = "@"
_INCOMPLETE: Final = ("-legacy tables present", "is incompatible, use")
_PORT_OPTIONS: Final = frozenset({"--dport", "--dports", "--sport", "--sports", "--ports"})
_DESTINATIONS: Final = frozenset({"--dport", "--dports", "--ports"})
_REFUSALS: Final = frozenset({"drop", "reject"})
_VERDICTS: Final = _REFUSALS | {"accept", "queue", "return", "continue"}
_UNCERTAIN: Final = frozenset({"queue", "jump NFQUEUE"})
_MAP: Final = "vmap"
_COMPARISONS: Final = ("!=", "<", ">", "&")
_STATEMENTS: Final = frozenset({"counter", "packets", "bytes", "log", "prefix", "comment"})


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain. `policy` is lower-case, empty where it has none; `hook` is where packets enter it, empty if nowhere."""

    table: str
    name: str
    hook: str
    policy: str
    line: Line


@dataclass(frozen=True, slots=True)
class FilterRule:
    """A rule as printed. `verdict` is lower-case, `jump X` for a chain or another target X, or empty. `rmc`: it names a
    port of RMC, or others among which it may be. `everything`: it drops or rejects whatever reaches it."""

    table: str
    chain: str
    text: str
    protocol: str
    verdict: str
    rmc: bool
    everything: bool
    line: Line


@dataclass(frozen=True, slots=True)
class PacketFilter:
    """A rule set. `covers` is "all" or a table; `whole`: it has no other chain, and no other rule that is kept."""

    command: str
    covers: str
    chains: tuple[Chain, ...]
    rules: tuple[FilterRule, ...]
    count: int
    whole: bool = True


RECORD: Final = PacketFilter


@dataclass(slots=True)
class _RuleSet:
    """A rule set while it is read. `depth` counts the braces of nft, or the tables that wait for COMMIT."""

    table: str = ""
    chain: str = ""
    depth: int = 0
    chains: list[Chain] = field(default_factory=list)
    rules: list[FilterRule] = field(default_factory=list)
    count: int = 0

    def add(self, rule: FilterRule, ports: list[str]) -> None:
        self.count += 1
        refuses = rule.verdict in _REFUSALS | _UNCERTAIN or _MAP in rule.text.split()
        if rule.rmc or (refuses and not ports):
            self.rules.append(rule)


def asks(argv: tuple[str, ...]) -> bool:
    """All rules, or those of one table of iptables."""
    return _covers(argv) != ""


def parse(answer: Answer) -> PacketFilter:
    """Read a rule set. Raises Unreadable: `failed`, `denied`, `empty`, `unparsable` for a line of no known form."""
    command = answer.argv[0].rpartition("/")[2]
    refuse_complaints(answer, *_COMPLAINTS)
    answer.refuse_failure()
    found = _RuleSet(table=_covers(answer.argv) if command.endswith("tables") else "")
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if not text or (text.startswith("#") and not found.chain) or may_be_cut(answer, number):
            continue
        known = _nft(found, text, number) if command == "nft" else _iptables(found, text, number)
        if not known:
            raise Unreadable("unparsable", f"a line of {command} has no known form: {text}", number)
    if not found.chains and (command.endswith("tables") or answer.exit_status != 0):
        raise Unreadable("empty", f"{command} lists no chain")
    ended = found.depth == 0 and (answer.exit_status is not None or not command.endswith("tables"))
    whole = answer.complete and ended and not any(text in line for text in _INCOMPLETE for line in _all_lines(answer))
    return PacketFilter(command, _covers(answer.argv), tuple(found.chains), tuple(found.rules), found.count, whole)


def _covers(argv: tuple[str, ...]) -> str:
    command, words = argv[0].rpartition("/")[2], argv[1:]
    if command == "nft":
        return "all" if words == ("list", "ruleset") else ""
    tables = [word for before, word in pairwise(words) if before == "-t"]
    plain = tuple(word for word in words if word not in ("-t", *tables))
    if len(tables) > 1 or plain != (("-S",) if command.endswith("tables") else ()):
        return ""
    return tables[0] if tables else "filter" if plain else "all"


def _all_lines(answer: Answer) -> tuple[str, ...]:
    return (*answer.lines, *answer.errors)


def _iptables(found: _RuleSet, text: str, number: Line) -> bool:
    """Read a line of iptables; False for one of no known form. `[packets:bytes]` may stand before a rule."""
    if text.startswith("[") and "] -A " in text:
        text = text.partition("] ")[2]
    try:
        words = shlex.split(text)
    except ValueError:
        return False
    if words[0].startswith("*") and len(words) == 1:
        found.table, found.depth = words[0][1:], found.depth + 1
    elif words == ["COMMIT"]:
        found.depth -= 1
    elif words[0] in ("-P", "-N") or words[0].startswith(":"):
        return _chain(found, words if words[0].startswith("-") else ["-P", words[0][1:], *words[1:]], number)
    elif words[0] == "-A" and len(words) > 2:
        found.add(*_iptables_rule(found.table, text, words, number))
    else:
        return False
    return True


def _chain(found: _RuleSet, words: list[str], number: Line) -> bool:
    """A chain with its policy; `-` (or -N) is a chain of the administrator's, which has none."""
    policy = words[2].lower() if len(words) > 2 and words[2] != "-" else ""
    hook = words[1].lower() if policy and len(words) > 1 else ""
    if len(words) > 1:
        found.chains.append(Chain(found.table, words[1], hook, policy, number))
    return len(words) > 2 or (len(words) == 2 and words[0] == "-N")


def _iptables_rule(table: str, text: str, words: list[str], number: Line) -> tuple[FilterRule, list[str]]:
    pairs = list(pairwise([*words, ""]))
    jump = next((at for at, word in enumerate(words) if word in ("-j", "-g")), len(words))
    target = "".join(words[jump + 1 : jump + 2])
    known = target.isupper() and target.lower() in _VERDICTS
    verdict = target.lower() if known else f"jump {target}" if target else ""
    protocol = next((word for option, word in pairs if option == "-p"), "")
    values = [word.replace(":", "-") for option, word in pairs if option in _PORT_OPTIONS]
    ports = [part for value in values for part in value.split(",")]
    if _may_name_others(pairs):
        ports.append(_SOME)
    matches = words[2:jump]
    everything = verdict in _REFUSALS and (not matches or matches[:3] == ["-m", "comment", "--comment"] == matches[:-1])
    return FilterRule(table, words[1], text, protocol, verdict, any(map(_is_of_rmc, ports)), everything, number), ports


def _may_name_others(pairs: list[tuple[str, str]]) -> bool:
    """Whether it is for all ports but some, or for those of a set where it names none that packets go to itself.

    A set that is asked for sources (`--match-set banned src`) holds no port that packets go to.
    """
    negated = any(option == "!" and word in _PORT_OPTIONS for option, word in pairs)
    named = any(option in _DESTINATIONS for option, _ in pairs)
    sets = {name for option, name in pairs if option == "--match-set"}
    asked = any(before in sets and "dst" in sides.split(",") for before, sides in pairs)
    return negated or (asked and not named)


def _nft(found: _RuleSet, text: str, number: Line) -> bool:
    """Read a line of nft; False for one of no known form. Sets, maps and the like are passed over."""
    words = text.split()
    change = _braces(text)
    if found.depth == 0:
        found.table, found.chain = " ".join(words[1:-1]), ""
        found.depth = 1
        return words[0] == "table" and words[-1] == "{" and len(words) == 4
    if found.depth == 1 and words[0] == "chain" and words[-1] == "{":
        found.chain = " ".join(words[1:-1])
        found.chains.append(Chain(found.table, found.chain, "", "", number))
    elif found.depth > 1 and found.chain and text != "}":
        return change == 0 and _in_chain(found, text, number)
    found.depth += change
    if found.depth == 1 and change < 0:
        found.chain = ""
    return found.depth >= 0


def _braces(text: str) -> int:
    bare = "".join(text.split('"')[::2])
    return bare.count("{") - bare.count("}")


def _in_chain(found: _RuleSet, text: str, number: Line) -> bool:
    words = text.replace(";", " ").split()
    if not words:
        return False
    if words[0] == "type" and "hook" in words:
        hook, policy = (_after(words, word) for word in ("hook", "policy"))
        found.chains[-1] = replace(found.chains[-1], hook=hook, policy=policy, line=number)
    elif words[0] == "policy":
        found.chains[-1] = replace(found.chains[-1], policy=words[-1])
    elif words[0] != "comment":
        found.add(*_nft_rule(found, text, number))
    return True


def _after(words: list[str], word: str) -> str:
    return words[words.index(word) + 1] if word in words[:-1] else ""


def _nft_rule(found: _RuleSet, text: str, number: Line) -> tuple[FilterRule, list[str]]:
    bare = "".join(text.split('"')[::2])
    words = bare.split()
    jump = _after(words, "jump") or _after(words, "goto")
    known = next((word for word in words if word in _VERDICTS), "") or _xt_target(text)
    verdict = "" if _MAP in words else f"jump {jump}" if jump else known
    protocol = next((before for before, word in pairwise(words) if word in ("dport", "sport")), "")
    rest = [word for word in words if word not in _STATEMENTS and not is_number(word)]
    everything = rest[:1] == [verdict] and verdict in _REFUSALS
    ports = _nft_ports(bare)
    rmc = any(map(_is_of_rmc, ports))
    return FilterRule(found.table, found.chain, text, protocol, verdict, rmc, everything, number), ports


def _xt_target(text: str) -> str:
    """The verdict of a target of iptables that nft has no words for: `xt target "REJECT"`, formerly `# xt_REJECT`."""
    new, old = text.partition('xt target "')[2], text.partition("# xt_")[2]
    name = new.partition('"')[0] or old.partition(" ")[0]
    return name.lower() if name.lower() in _VERDICTS else f"jump {name}" if name else ""


def _nft_ports(bare: str) -> list[str]:
    """What stands behind `dport` and `sport`: one value, or the elements of a set or map, their parts too."""
    ports: list[str] = []
    for piece in bare.replace("sport ", "dport ").split("dport ")[1:]:
        ports += [_SOME] if piece.startswith(_COMPARISONS) else []
        value = piece.removeprefix("!= ").removeprefix(f"{_MAP} ")
        inner = value[1:].partition("}")[0] if value.startswith("{") else value.partition(" ")[0]
        elements = [element.partition(" : ")[0] for element in inner.split(",")]
        ports += [part.strip() for element in elements for part in element.split(" . ")]
    return ports


def _is_of_rmc(port: str) -> bool:
    first, dash, last = port.partition("-")
    if port.startswith(_SOME) or port == _NAME:
        return True
    if not is_number(first):
        return False
    if dash and not is_number(last):
        return True
    return any(int(first) <= known <= int(last if dash else first) for known in _PORTS)
