"""What the rules of nft and iptables let in, where their meaning is plain.

nft prints all rules of the kernel but those of the old iptables, of which it warns. Open by itself is only what no rule
refuses; closed is only a chain that refuses what it does not accept, all of whose rules are known.
"""

from typing import Final

from rmccomply.facts.derived.verdicts import BOTH, Verdict, console, missing
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Reading
from rmccomply.facts.packet_filter import FilterRule, PacketFilter

_REFUSALS: Final = frozenset({"drop", "reject"})
_INPUT: Final = "input"
_LIMITS: Final = frozenset(
    {
        "saddr",
        "daddr",
        "iif",
        "iifname",
        "oif",
        "oifname",
        "-s",
        "-d",
        "-i",
        "-o",
        "!",
        "!=",
        "sport",
        "--sport",
        "limit",
    }
)


def of_packet_rules(facts: Facts) -> list[Verdict]:
    """A verdict for each rule set that says something of IPv4, or of all."""
    four = any(getattr(one, "version", 0) == 4 for one in console(facts).addresses)
    return [
        _of_rules(reading, reading.record)
        for reading in facts.readings("packet_filter")
        if reading.record is not None
        and (reading.record.command == "nft" or (four and reading.record.command.startswith("iptables")))
    ]


def _of_rules(reading: Reading, record: PacketFilter) -> Verdict:
    place = reading.at(1) or reading.at(0)
    whole = record.whole and not reading.partial
    chains = [chain for chain in record.chains if chain.hook not in ("", "forward")]
    closing = [chain for chain in chains if chain.policy in _REFUSALS]
    refusing = [rule for rule in record.rules if rule.verdict in _REFUSALS or (rule.rmc and not rule.verdict)]
    if whole and record.command == "nft" and not closing and not refusing:
        return Verdict("open", "no rule of nft refuses what comes in", place)
    if whole and record.count == len(record.rules) and any(chain.hook == _INPUT for chain in closing):
        return _of_closed_chain(reading, record)
    if whole and record.command != "nft" and not closing and not refusing:
        return Verdict("", "iptables refuses nothing, but does not show the rules of nft", place, "nft list ruleset")
    says = f"what the rules of {record.command} make of TCP and UDP 657 is not plain"
    if not whole:
        says = f"the listing of {record.command} has not all rules"
    return Verdict("", says, place, f"{reading.name}")


def _of_closed_chain(reading: Reading, record: PacketFilter) -> Verdict:
    """Rules that are all known, and a policy that refuses what none of them accepts."""
    accepting = [rule for rule in record.rules if rule.rmc and rule.verdict == "accept"]
    opened = {protocol for rule in accepting for protocol in _protocols(rule)}
    chain = next(chain for chain in record.chains if chain.hook == _INPUT and chain.policy in _REFUSALS)
    places = (*reading.at(chain.line), *(place for rule in accepting for place in reading.at(rule.line)))
    others = [rule for rule in record.rules if rule not in accepting]
    if any(_limited(rule) for rule in accepting) or others:
        says = f"what the rules of {record.command} make of TCP and UDP 657 is not plain"
        return Verdict("", says, places, reading.name)
    if opened >= BOTH:
        return (
            Verdict("open", f"{record.command} lets TCP and UDP 657 in", places)
            if record.command == "nft"
            else Verdict(
                "", "iptables lets TCP and UDP 657 in, but does not show the rules of nft", places, "nft list ruleset"
            )
        )
    return Verdict("closed", f"{record.command} refuses {missing(opened)}", places)


def _protocols(rule: FilterRule) -> set[str]:
    return set(BOTH) if rule.protocol in ("th", "all") else {rule.protocol}


def _limited(rule: FilterRule) -> bool:
    return not _LIMITS.isdisjoint(rule.text.split())
