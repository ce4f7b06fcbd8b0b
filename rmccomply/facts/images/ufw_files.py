"""What ufw lets in once it has started, by its files.

ufw-framework(8): rules of the administrator are in user.rules and user6.rules, behind those of before.rules, and what
no rule names meets the policy in /etc/default/ufw. That an administrator's rule lets RMC in is not enough, since
before.rules may refuse it, and is not collected; that no rule names port 657 is, where the policy is to drop or reject.
"""

from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.packets import Packet, all_of, holds
from rmccomply.facts.judging.verdicts import BOTH, Ruling, missing
from rmccomply.sources.table import RULE_FILE, SETTINGS

_FILES: Final = {4: "/etc/ufw/user.rules", 6: "/etc/ufw/user6.rules"}
_POLICY: Final = "/etc/default/ufw"
_BEFORE: Final = "/etc/ufw/before.rules"
_DROPS: Final = frozenset({"drop", "reject"})
_INPUT: Final = ("ufw-user-input", "ufw6-user-input")


def of_ufw_files(facts: Facts, enabled: tuple[Reference, ...]) -> Ruling:
    """Closed where no rule of a protocol's may let it in and the policy refuses; else it is not clear."""
    may: dict[str, set[int]] = {protocol: set() for protocol in BOTH}
    places = enabled
    for version, path in _FILES.items():
        reading = facts.read_of(RULE_FILE, path)
        if reading is None or reading.record.rules is None:
            return Ruling("", f"ufw starts at boot, and `{path}` was not read", enabled, f"cat {path}", "not_collected")
        places += reading.at(WHOLE)
        for protocol in BOTH:
            packet = Packet(protocol, version, True, "dport", "new")
            rules = (rule for rule in reading.record.rules.rules if rule.chain in _INPUT and rule.verdict != "drop")
            if any(all_of(holds(one, packet) for one in rule.conditions) is not False for rule in rules):
                may[protocol].add(version)
    refused = {protocol for protocol in BOTH if not may[protocol]}
    if not refused:
        says = f"ufw has rules that may let TCP and UDP 657 in, and {_BEFORE}, which may refuse it first, is not read"
        return Ruling("", says, places, f"cat {_BEFORE}")
    policy = facts.read_of(SETTINGS, _POLICY)
    row = policy.record.of("DEFAULT_INPUT_POLICY") if policy is not None else None
    if policy is None or row is None:
        says = f"no rule of ufw names {missing(BOTH - refused)}, and its policy in {_POLICY} was not read"
        return Ruling("", says, places, f"cat {_POLICY}", "not_collected")
    if row.value.lower() in _DROPS:
        return Ruling("closed", f"ufw refuses {missing(BOTH - refused)}", (*policy.at(row.line), *places))
    says = f"ufw lets in what no rule names, and {_BEFORE}, which may refuse it first, is not read"
    return Ruling("", says, (*places, *policy.at(row.line)), f"cat {_BEFORE}")
