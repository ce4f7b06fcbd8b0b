"""The packet filter of the Linux kernel: `iptables-save`, `iptables -S`, `iptables -nvL`, `nft list ruleset`.

iptables(8), nft(8), and the like for IPv6. One rule set in four spellings:

    *filter                                                  iptables-save
    :INPUT DROP [0:0]
    -A INPUT -p udp -m udp --dport 657 -j ACCEPT
    COMMIT

    -P INPUT DROP                                            iptables -S (the table `filter` where none is named)
    -A INPUT -p udp -m udp --dport 657 -j ACCEPT

    Chain INPUT (policy DROP 12 packets, 720 bytes)          iptables -nvL, -vnxL (likewise)
     pkts bytes target  prot opt in  out  source      destination
        4   240 ACCEPT  udp  --  *   *    0.0.0.0/0   0.0.0.0/0    udp dpt:657

    table inet filter {                                      nft list ruleset, nft list table inet filter
        chain input {
                type filter hook input priority filter; policy drop;
                udp dport { 657, 12601 } accept
        }
    }

All chains and all rules are kept, in their order (see filter_rules, iptables_rules and nft_rules), and the handles of
`nft -a` are left out. iptables does not see all rules of nft, and `# Warning: iptables-legacy tables present` says that
there are more rules than the listing has.

No output with exit status 0 is an answer of `iptables-save` and `nft`: there are no rules. `iptables -S` and `-L`
always print their chains. Without an exit status nothing tells that a listing is whole: COMMIT and a brace end a table,
behind which another may have stood.
"""

from itertools import pairwise
from typing import Final

from rmccomply.record import record
from rmccomply.sources.filters.filter_rules import Chain, FilterRule
from rmccomply.sources.filters.iptables_rules import IptablesRules
from rmccomply.sources.filters.nft_rules import NftRules
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import may_be_cut, refuse_complaints

OPTIONS: Final = frozenset({"S", "a", "t", "n", "v", "x", "L"})
LISTING: Final = True
_COMPLAINTS: Final = ("iptables", "ip6tables", "nft:", "netlink:", "Error:", "Fatal:", "Operation not permitted")
_INCOMPLETE: Final = ("-legacy tables present", "is incompatible, use")
_LISTED: Final = frozenset("Ln")
_OF_LISTING: Final = frozenset("Lnvxw")
_TABLE_OF_NFT: Final = 4
_OF_NFT: Final = frozenset({"-a", "--handle", "-n", "-nn", "-y", "-p", "-an", "-na"})
"""Options of nft that leave rules as they are, or print numbers for names."""


@record(frozen=True, slots=True)
class PacketFilter:
    """A rule set. `covers` is "all", or a table as its command names it. `whole`: it has no other chain, and no other
    rule."""

    command: str
    covers: str
    chains: tuple[Chain, ...]
    rules: tuple[FilterRule, ...]
    whole: bool = True


RECORD: Final = PacketFilter


def asks(argv: tuple[str, ...]) -> bool:
    """All rules, or those of one table."""
    return _covers(argv) != ""


def parse(answer: Answer) -> PacketFilter:
    """Read a rule set. Raises Unreadable: `failed`, `denied`, `empty`, `unparsable` for a line of no known form."""
    command = answer.argv[0].rpartition("/")[2]
    refuse_complaints(answer, *_COMPLAINTS)
    answer.refuse_failure()
    nft, tables = NftRules(), IptablesRules(table=_covers(answer.argv))
    of_rows = command.endswith("tables") and "-S" not in answer.argv
    read = nft.read if command == "nft" else tables.read_row if of_rows else tables.read
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if not text or (text.startswith("#") and nft.depth < 2) or may_be_cut(answer, number):
            continue
        if not read(text, number):
            raise Unreadable("unparsable", f"a line of {command} has an unknown form: {text}", number)
    found = nft if command == "nft" else tables
    chains = tuple(found.chains)
    if not chains and (command.endswith("tables") or answer.exit_status != 0):
        raise Unreadable("empty", f"{command} lists no chain")
    ended = nft.ended and tables.open_tables == 0 and answer.exit_status is not None
    whole = answer.complete and ended and not any(text in line for text in _INCOMPLETE for line in _all_lines(answer))
    return PacketFilter(command, _covers(answer.argv), chains, tuple(found.rules), whole)


def _covers(argv: tuple[str, ...]) -> str:
    command, words = argv[0].rpartition("/")[2], argv[1:]
    if command == "nft":
        return _covers_of_nft(tuple(word for word in words if word not in _OF_NFT))
    tables = [word for before, word in pairwise(words) if before == "-t"]
    plain = tuple(word for word in words if word not in ("-t", *tables))
    asked = plain == ("-S",) or _lists(plain) if command.endswith("tables") else not plain
    if len(tables) > 1 or not asked:
        return ""
    return tables[0] if tables else "filter" if plain else "all"


def _covers_of_nft(words: tuple[str, ...]) -> str:
    """All, or the family and the name of one table."""
    if words == ("list", "ruleset"):
        return "all"
    return " ".join(words[2:]) if words[:2] == ("list", "table") and len(words) == _TABLE_OF_NFT else ""


def _lists(words: tuple[str, ...]) -> bool:
    """Whether it is `-L` with numbers for names, whatever else it prints."""
    letters = frozenset("".join(word.removeprefix("-") for word in words))
    return all(word.startswith("-") for word in words) and _LISTED <= letters <= _OF_LISTING


def _all_lines(answer: Answer) -> tuple[str, ...]:
    return (*answer.lines, *answer.errors)
