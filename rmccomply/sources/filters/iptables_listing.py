"""The rows of `iptables -nvL` and `iptables -vnxL` as the words of `iptables -S`: iptables(8), iptables-extensions(8).

    Chain INPUT (policy DROP 12 packets, 720 bytes)
     pkts bytes target     prot opt in     out     source               destination
      100 12.5K ACCEPT     udp  --  *      *       0.0.0.0/0            0.0.0.0/0            udp dpt:657

    Chain hmc (1 references)

Interfaces are printed with `-v` alone: without it a rule may ask for some. A rule without a target has an empty column,
and so has the options column of old ip6tables. Extras are printed by the extensions, each in its own words; what is not
known here is a condition that may hold. A comment or a quoted word is anybody's text and may look like them: it is left
out, and where its end is not plain nothing of the row's extras is read.
"""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Final

UNSEEN: Final = "--not-shown"
"""An option that no extension has: it stands for what a row may ask besides."""
_HEAD: Final = re.compile(
    r"Chain (\S+) \((?:policy ([A-Z]+)(?: \d+[KMGTP]? packets, \d+[KMGTP]? bytes)?|\d+ references)\)"
)
_COLUMNS: Final = ("target", "prot", "opt", "source", "destination")
_FREE_TEXT: Final = re.compile(r"/\* .*? \*/|\"[^\"]*\"")
_LEFT_OF_TEXT: Final = ("/*", "*/", '"')
_COUNTER: Final = re.compile(r"\d+[KMGTP]?")
_OPTIONS: Final = frozenset({"--", "-f", "!f"})
_ANY_INTERFACE: Final = "*"
_EVERYWHERE: Final = ("0.0.0.0/0", "::/0")
_PORTS: Final = {"dpt": "--dport", "dpts": "--dport", "spt": "--sport", "spts": "--sport"}
_STATES: Final = {"state": "--state", "ctstate": "--ctstate"}
_MULTIPORT: Final = {"dports": "--dports", "sports": "--sports", "ports": "--ports"}
_FRAGMENT: Final = {"-f": ("-f",), "!f": ("!", "-f")}
_KINDS: Final = {"src-type": "--src-type", "dst-type": "--dst-type"}
_FRAME: Final = {("PKTTYPE", "="): (), ("PKTTYPE", "!="): ("!",)}
_RANGES: Final = {"source": "--src-range", "destination": "--dst-range"}
_PROTOCOLS: Final = frozenset({"tcp", "udp", "sctp", "dccp", "udplite"})
_GOTO: Final = "[goto]"
_NO_TRACKING: Final = ("CT", "notrack")
_BY_KIND: Final = ("ADDRTYPE", "match")
_BY_TYPE: Final = "ipv6-icmptype"
_BY_HOPS: Final = ["HL", "match", "HL", "=="]
_BY_MARK: Final = ("mark", "match")
_TCP_FLAGS: Final = "flags"


def chain_of(line: str) -> tuple[str, ...] | None:
    """The head of a chain as `-P CHAIN POLICY` or `-N CHAIN`; None for other lines."""
    found = _HEAD.fullmatch(line)
    if found is None:
        return None
    return ("-P", found[1], found[2]) if found[2] else ("-N", found[1])


def is_header(words: list[str]) -> bool:
    """Whether it names the columns."""
    return tuple(word for word in words if word in _COLUMNS) == _COLUMNS and words[0] in ("target", "pkts", "num")


def rule_of(chain: str, header: list[str], line: str) -> tuple[str, ...] | None:
    """A row as `-A CHAIN ...`; None where it does not fit the columns."""
    words = _FREE_TEXT.sub("", line).split()
    before, interfaces = header.index("target"), "in" in header
    if not all(map(_COUNTER.fullmatch, words[:before])):
        return None
    for target, options in ((1, 1), (0, 1), (1, 0), (0, 0)):
        at = before + target + 1 + options + 2 * interfaces
        found = words[at : at + 2]
        fits = not options or (len(words) > before + target + 1 and words[before + target + 1] in _OPTIONS)
        if fits and len(found) == 2 and all(map(_is_address, found)):
            told = words[before : before + target]
            head = tuple(_asked(words[before + target :], options, interfaces))
            return ("-A", chain, *head, *_extras(words[at + 2 :]), *_jump(told, words[at + 2 :]))
    return None


def _is_address(word: str) -> bool:
    try:
        ip_address(word.removeprefix("!").partition("/")[0])
    except ValueError:
        return False
    return True


def _asked(words: list[str], options: int, interfaces: bool) -> Iterator[str]:
    """Protocol, fragments, interfaces and addresses."""
    yield from _option("-p", words[0])
    if options:
        yield from _FRAGMENT.get(words[1], ())
    at = 1 + options
    if interfaces:
        for name, word in zip(("-i", "-o"), words[at : at + 2], strict=True):
            yield from () if word == _ANY_INTERFACE else _option(name, word)
        at += 2
    else:
        yield UNSEEN
    for name, word in zip(("-s", "-d"), words[at : at + 2], strict=True):
        yield from () if word in _EVERYWHERE else _option(name, word)


def _option(name: str, word: str) -> tuple[str, ...]:
    return ("!", name, word[1:]) if word.startswith("!") else (name, word)


def _jump(target: list[str], extras: list[str]) -> tuple[str, ...]:
    """The target; `CT notrack` is a target of its own in all but its name."""
    if not target:
        return ()
    if (target[0], *extras[-1:]) == _NO_TRACKING:
        return ("-j", "NOTRACK")
    return ("-g" if _GOTO in extras else "-j", target[0])


def _extras(words: list[str]) -> Iterator[str]:
    """What the extensions print, as their options."""
    at, seen = 0, True
    if any(left in word for word in words for left in _LEFT_OF_TEXT):
        words, seen = [], False
    while at < len(words):
        read, options = _extra(words[at:])
        seen = seen and options != (UNSEEN,)
        yield from options if options != (UNSEEN,) else ()
        at += read
    if not seen:
        yield UNSEEN


def _flags(text: str) -> tuple[str, ...]:
    """`0x17/0x02` and `!0x17/0x02`, mask and value."""
    return (*(("!",) if text.startswith("!") else ()), "--tcp-flags", *text.removeprefix("!").split("/"))


def _extra(words: list[str]) -> tuple[int, tuple[str, ...]]:
    """How many words an extra has, and its options."""
    word, after = words[0], words[1:]
    name, colon, ports = word.partition(":")
    if word == "!" and after and after[0] in _STATES and len(after) > 1:
        return 3, ("!", _STATES[after[0]], after[1])
    if word in _STATES and after:
        return 2, (_STATES[word], after[0])
    if word in _PROTOCOLS and after and after[0].partition(":")[0] in (*_PORTS, _TCP_FLAGS):
        return 1, ()
    if colon and name == _TCP_FLAGS:
        return 1, _flags(ports)
    if words[: len(_BY_HOPS)] == _BY_HOPS and len(words) > len(_BY_HOPS):
        return len(_BY_HOPS) + 1, ("--hl-eq", words[len(_BY_HOPS)])
    if word == _BY_TYPE and after:
        return 2, _option("--icmpv6-type", after[0])
    if (word, *after[:1]) == _BY_MARK and len(after) > 1:
        negated = after[1] == "!" and len(after) > len(_BY_MARK)
        return 3 + negated, (*(("!",) if negated else ()), "--mark", after[1 + negated])
    if colon and name in _PORTS:
        return 1, _option(_PORTS[name], ports)
    if word == "multiport" and len(after) > 1 and after[0] in _MULTIPORT:
        negated = after[1] == "!" and len(after) > 2
        ports = after[1 + negated]
        return 3 + negated, _option(_MULTIPORT[after[0]], f"!{ports}" if negated else ports)
    if word in _RANGES and after[:2] == ["IP", "range"] and len(after) > 2 and after[2] != "!":
        return 4, (_RANGES[word], after[2])
    if (word, *after[:1]) in _FRAME and len(after) > 1:
        return 3, (*_FRAME[word, after[0]], "--pkt-type", after[1])
    if word in _KINDS and after:
        return 2, _option(_KINDS[word], after[0])
    if word == "reject-with" or (word, *after[:1]) in (_NO_TRACKING, _BY_KIND):
        return 2, ()
    return 1, () if word == _GOTO else (UNSEEN,)
