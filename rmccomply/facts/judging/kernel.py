"""What packet filters the kernel proves not to have: one that is neither loaded nor built in filters nothing."""

from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.reasons import whole_of
from rmccomply.sources.table import KERNEL_FILTERS
from rmccomply.tuples import NamedTuple

MODULES: Final = {"nft": "nf_tables", "iptables": "ip_tables", "ip6tables": "ip6_tables"}
"""Command to the module without which it has no rules."""
BUILT_IN: Final = "grep -e /nf_tables.ko -e /ip_tables.ko -e /ip6_tables.ko /lib/modules/$(uname -r)/modules.builtin"
"""What tells of filters that no list of modules shows."""
_PLACES: Final = frozenset({"loaded", "built-in"})


class NoFilter(NamedTuple):
    """The commands whose filter is not there, and what proves it."""

    commands: frozenset[str]
    evidence: tuple[Reference, ...]


def absent_filters(facts: Facts) -> NoFilter:
    """Those that both answers, each whole, do not have."""
    readings = [one for one in facts.read(KERNEL_FILTERS) if not one.partial]
    whole = [one for one in readings if one.record.whole]
    if {one.record.place for one in whole} != _PLACES:
        return NoFilter(frozenset(), ())
    there = {item.name for one in readings for item in one.record.filters}
    return NoFilter(frozenset(name for name, module in MODULES.items() if module not in there), whole_of(whole))
