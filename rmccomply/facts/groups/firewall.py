"""Whether the partition's own firewall lets RMC in: TCP and UDP 657.

On Linux firewalld decides where it runs, in the zone of the interface that the console uses; else the rules of nft,
which alone shows all of them (iptables does not see those of nft), and where no rules are shown what ufw tells. On AIX
and VIOS it is the IP filter. What cannot be told for certain from rules is unknown: a pass and a fail both need rules
whose meaning is plain. Each kind of answer is judged by itself; where two come to opposite ends they contradict each
other, and so does a rule that may refuse a port of RMC where firewalld lets it in. Of a mounted image it is what starts
at boot, by its files.
"""

from typing import Final

from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.reasons import NOT_MANAGED, not_for, sentence, unknown_from, unread
from rmccomply.facts.judging.resources import resources
from rmccomply.facts.judging.verdicts import Ruling
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.reading import Unread
from rmccomply.sources.table import FIREWALLD, LSFILT, PACKET_FILTER

_TITLE: Final = "whether the local firewall lets RMC in"


def rmc(facts: Facts) -> Fact:
    """Open or closed for TCP and UDP 657; not applicable where RMC runs in-band."""
    name = "firewall.rmc"
    fact = not_for(facts, _rmc(facts, name), ("open",), NOT_MANAGED)
    if fact.value == "open" or fact.state == "not_applicable":
        return fact
    proxy = facts.fact("console.in_band")
    if proxy.value == "yes":
        return not_applicable(
            name, "RMC runs in-band (through the hypervisor): port 657 is not used.", proxy.evidence, (proxy,)
        )
    cause = facts.cached(resources).unread
    if cause is not None and cause.reason == "conflicting":
        return unknown_from(name, "which interface the console comes through", cause)
    return fact


def _rmc(facts: Facts, name: str) -> Fact:
    platform = facts.fact("host.platform")
    if platform.value == "linux" and facts.image == "mounted_root":
        from rmccomply.facts.images.boot_filters import of_boot

        return _together(name, of_boot(facts), (), "ls -lR /etc/systemd/system")
    if platform.value == "linux":
        from rmccomply.facts.judging.firewalld_zones import of_firewalld
        from rmccomply.facts.judging.packet_rules import of_packet_rules, refusals, settles
        from rmccomply.facts.judging.ufw_rules import of_ufw

        zones = of_firewalld(facts)
        refused = refusals(facts) if any(zone.word == "open" for zone in zones) else []
        verdicts = [*zones, *of_packet_rules(facts), *of_ufw(facts), *refused]
        firewalld = [one for one in facts.unread(FIREWALLD) if one.reason != "command_absent"]
        return _together(name, verdicts, (*firewalld, *facts.unread(PACKET_FILTER)), settles(facts))
    if platform.value in ("aix", "vios"):
        from rmccomply.facts.judging.ip_filter import of_ip_filter

        return _together(name, of_ip_filter(facts), facts.unread(LSFILT), "lsfilt -a -v4 -O")
    return unknown_from(name, _TITLE, platform)


def _together(name: str, verdicts: list[Ruling], failed: tuple[Unread, ...], settle: str) -> Fact:
    """What the verdicts say together: those that decide, if they agree and nothing beside them is disputed.

    What a dispute hides may be the contrary of what is decided, and would be left alone if a side of it were lost.
    """
    decided = [verdict for verdict in verdicts if verdict.word in ("open", "closed")]
    disputed = [verdict for verdict in verdicts if verdict.reason == "conflicting"]
    places = tuple(place for verdict in (*decided, *disputed) or verdicts for place in verdict.evidence)
    if len({verdict.word for verdict in decided}) > 1 or (decided and disputed):
        texts = "; ".join(verdict.says for verdict in (*decided, *disputed))
        return unknown(
            name, "conflicting", f"Whether the firewall lets RMC in is unknown: {texts}.", places, settle=settle
        )
    if decided:
        return known(name, decided[0].word, f"{sentence(decided[0].says)}.", places)
    if not verdicts:
        return unread(name, _TITLE, failed, settle)
    told = min(verdicts, key=lambda verdict: verdict.reason != "conflicting")
    says = f"Whether the local firewall lets RMC in is unknown: {told.says}."
    return unknown(name, told.reason, says, places, settle=told.settle)
