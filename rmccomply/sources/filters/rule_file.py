"""Rules of packet filters that are loaded at boot: `/etc/sysconfig/nftables.conf`, `/etc/nftables.conf`,
`/etc/sysconfig/iptables` and `ip6tables`, `/etc/iptables/rules.v4` and `rules.v6`, `/etc/ufw/user.rules` and
`user6.rules`.

nft(8), iptables-restore(8). They are what nft and iptables-save print, and may have more: a first line `#!`, comments,
`flush ruleset`, `include "..."` and `define`, of which the last two make the file part of something that is not here,
so that it is not whole. A line of another form makes it unparsable.

A file that is not there is an answer; one without a rule is one too.
"""

from typing import Final

from rmccomply.record import record
from rmccomply.sources.filters.iptables_rules import IptablesRules
from rmccomply.sources.filters.nft_rules import NftRules
from rmccomply.sources.filters.packet_filter import PacketFilter
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_OF_NFT: Final = "nftables.conf"
_SIX: Final = ("6tables", ".v6", "user6.rules")
_ELSEWHERE: Final = ("include ", "define ", "redefine ", "undefine ")
_BEFORE: Final = ("flush ruleset", "flush ruleset;")


@record(frozen=True, slots=True)
class RuleFile:
    """The rules, `rules` None where there is no file."""

    present: bool
    rules: PacketFilter | None = None


RECORD: Final = RuleFile


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> RuleFile:
    """Read the rules. Raises Unreadable: `failed`, `unparsable` for a line of no known form."""
    if answer.absent:
        return RuleFile(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    path = answer.argv[0]
    return RuleFile(True, _of_nft(answer) if path.endswith(_OF_NFT) else _of_iptables(answer, path.endswith(_SIX)))


def _of_nft(answer: Answer) -> PacketFilter:
    found, whole = NftRules(), True
    for number, line in enumerate(answer.lines, 1):
        text = _uncommented(line).strip()
        if not text or (found.depth == 0 and text in _BEFORE):
            continue
        if text.startswith(_ELSEWHERE):
            whole = False
        elif not found.read(text.replace(" ;", ";").removesuffix(";") if found.depth > 1 else text, number):
            raise Unreadable("unparsable", f"a line of the rules has an unknown form: {text}", number)
    return PacketFilter("nft", "all", tuple(found.chains), tuple(found.rules), whole and found.ended)


def _of_iptables(answer: Answer, six: bool) -> PacketFilter:
    found = IptablesRules()
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if text and not text.startswith("#") and not found.read(text, number):
            raise Unreadable("unparsable", f"a line of the rules has an unknown form: {text}", number)
    command = "ip6tables-save" if six else "iptables-save"
    return PacketFilter(command, "all", tuple(found.chains), tuple(found.rules), found.open_tables == 0)


def _uncommented(line: str) -> str:
    """A line without its comment: `#` outside of quotation marks."""
    pieces = line.split('"')
    for at in range(0, len(pieces), 2):
        start, mark, _ = pieces[at].partition("#")
        if mark:
            return '"'.join((*pieces[:at], start))
    return line
