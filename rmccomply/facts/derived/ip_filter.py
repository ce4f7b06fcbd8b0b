"""What the IP filter of AIX and VIOS lets in: `lsfilt`.

Rules are tried in their order. Those in force (-a) decide; the table of what is configured (-s) shows that all is let
in where it permits all, but not that something is refused, since nothing tells there whether the filter runs. There is
one filter for IPv4 and one for IPv6: where they differ, that of a console's address counts. A copy with blanks for the
bars does not tell the interface of a rule, so that its rules decide nothing. Where the device of a filter is not
Available there is none, unless the fileset ipfl.rte brings another one, whose rules lsfilt does not list.
"""

from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import WHOLE
from rmccomply.facts.derived.database import listed, proofs_of_absence
from rmccomply.facts.derived.verdicts import PORT, Verdict, console
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Reading
from rmccomply.facts.texts import number_of

if TYPE_CHECKING:
    from rmccomply.facts.lsfilt import IpFilter, IpFilterRule

_OTHER: Final = "ipfl.rte"
_INBOUND: Final = frozenset({"inbound", "both", ""})
_PROTOCOLS: Final = {
    "tcp": frozenset({"tcp", "tcp/ack", "6", "all", ""}),
    "udp": frozenset({"udp", "17", "all", ""}),
}
_ACTIONS: Final = frozenset({"permit", "deny"})


def of_ip_filter(facts: Facts) -> list[Verdict]:
    """One verdict of all listings, or those that do not decide."""
    other = listed(facts, _OTHER)
    if other:
        says = f"the fileset {_OTHER} is installed, which has rules that lsfilt does not list"
        return [Verdict("", says, other[0][1], "ipfstat -io")]
    by_version = {version: _of_devices(facts, version) for version in ("4", "6")}
    for reading in facts.readings("lsfilt"):
        if reading.record is not None:
            for version in (reading.record.version,) if reading.record.version in by_version else ("4", "6"):
                by_version[version].append(_of_listing(reading, reading.record))
    told = {version: [one for one in found if one.word] for version, found in by_version.items()}
    if any(len({one.word for one in found}) > 1 for found in told.values()):
        return [one for found in told.values() for one in found]
    decided = {version: found[0] for version, found in told.items() if found}
    if len(decided) == len(by_version):
        return _of_both(facts, decided["4"], decided["6"])
    undecided = [one for found in by_version.values() for one in found if not one.word]
    missing = [version for version, found in by_version.items() if not found]
    refused = any(reading.record is None for reading in facts.readings("lsfilt"))
    if not undecided and missing and decided and not refused:
        says = f"the filter of IPv{missing[0]} was not asked"
        places = next(iter(decided.values())).evidence
        return [Verdict("", says, places, f"lsfilt -a -v{missing[0]} -O", "not_collected")]
    return undecided


def _of_devices(facts: Facts, version: str) -> list[Verdict]:
    """What the devices tell: nothing where the one of this version is Available."""
    found: list[Verdict] = []
    for reading in facts.readings("lsdev"):
        if reading.record is None or reading.partial or not reading.record.whole:
            continue
        rows = [row for row in reading.record.rows if row.name == f"ipsec_v{version}"]
        if any(row.state == "Available" for row in rows):
            continue
        places = reading.at(rows[0].line) if rows else reading.at(WHOLE)
        absent = proofs_of_absence(facts, _OTHER)
        if absent:
            found.append(Verdict("open", f"the IPv{version} filter is not there", (*places, *absent)))
        else:
            says = f"IP security of IPv{version} is not available, and whether {_OTHER} is installed is not told"
            found.append(Verdict("", says, places, f"lslpp -Lcq {_OTHER}", "not_collected"))
    return found


def _of_both(facts: Facts, four: Verdict, six: Verdict) -> list[Verdict]:
    if four.word == six.word:
        return [four, six]
    usable = "4" if four.word == "open" else "6"
    known = console(facts)
    versions = {str(getattr(one, "version", "")) for one in known.addresses}
    if usable in versions:
        return [four if usable == "4" else six]
    if versions:
        return [six if usable == "4" else four]
    says = f"{four.says}, {six.says}, and which of them the console uses is not told"
    return [Verdict("", says, (*four.evidence, *six.evidence), "lsrsrc IBM.MCP")]


def _of_listing(reading: Reading, record: "IpFilter") -> Verdict:
    family = f"IPv{record.version}" if record.version else "IP"
    if record.off:
        return Verdict("open", f"the {family} filter is not there", reading.at(record.line))
    settle = f"lsfilt -a -v{record.version or 4} -O"
    if reading.partial or not record.whole:
        return Verdict("", f"the listing of the {family} filter has not all rules", reading.at(record.line), settle)
    found = {protocol: _first(record, protocol) for protocol in _PROTOCOLS}
    plain = {protocol: rule for protocol, rule in found.items() if rule is not None}
    places = tuple(place for rule in plain.values() for place in reading.at(rule.line))
    if len(plain) == len(found) and all(rule.action == "permit" for rule in plain.values()):
        return Verdict("open", f"the {family} filter permits TCP and UDP 657", places)
    if record.active and any(rule.action == "deny" for rule in plain.values()):
        denied = " and ".join(name.upper() for name, rule in plain.items() if rule.action == "deny")
        return Verdict("closed", f"the {family} filter denies {denied} 657", places)
    says = f"what the {family} filter makes of TCP and UDP 657 is not plain"
    if any(rule.action == "deny" for rule in plain.values()):
        says = f"the {family} filter is configured to deny it, and whether it runs is not told"
    return Verdict("", says, places or reading.at(record.line), settle)


def _first(record: "IpFilter", protocol: str) -> "IpFilterRule | None":
    """The first rule that decides about port 657; None where one before it may decide, and is not plain."""
    for rule in record.rules:
        if rule.action not in _ACTIONS:
            return None
        if rule.protocol not in _PROTOCOLS[protocol] or rule.direction not in _INBOUND:
            continue
        match = _matches(rule.destination_port)
        if match is False:
            continue
        wide = _anywhere(rule.source) and _anywhere(rule.destination) and rule.interface == "all"
        plain = match and wide and rule.source_port.split()[:1] in ([], ["any"]) and rule.protocol != "tcp/ack"
        return rule if plain and not rule.limits else None
    return None


def _anywhere(address: str) -> bool:
    """Whether it is the address of zeros, which stands for all, in either family and with any prefix."""
    return not address.partition("/")[0].strip("0.:")


def _matches(text: str) -> bool | None:
    """Whether an operator and a number hold for port 657; None for another form."""
    words = text.split()
    if not words or words[0] == "any":
        return True
    number = number_of(words[1]) if len(words) == 2 else None
    if number is None:
        return None
    tests = {
        "eq": number == PORT,
        "neq": number != PORT,
        "lt": number > PORT,
        "gt": number < PORT,
        "le": number >= PORT,
        "ge": number <= PORT,
    }
    return tests.get(words[0])
