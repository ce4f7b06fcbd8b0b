"""Two listings that show the same consoles: what they show against a host is borne by both, and no more.

Nothing marks the end of rmcdomainstatus and of lsrsrc, so that a copy of either may lack consoles. That both show the
same ones, by their node IDs, proves no end: either may rightly show more than the other (the entry of a replaced
console stays in IBM.MCP), and cut there the two agree. So a rule may fail by it, for each row that is there is not up,
and none may pass.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.points import SECTION
from rmccomply.sources.shared.values import node_id_of_decimal
from rmccomply.sources.table import LSRSRC, RMCDOMAINSTATUS

_CLASS: Final = "IBM.MCP"
_NODE_ID: Final = "NodeID"


def same_consoles(facts: Facts) -> bool:
    """Whether rmcdomainstatus and lsrsrc, each without a seam, show the same consoles, one at least."""
    kept = list(_kept(facts))
    return any(one and None not in one and one in kept for one in _shown(facts))


def _shown(facts: Facts) -> Iterator[Counter[str | None]]:
    for reading in facts.read(RMCDOMAINSTATUS):
        if reading.record.seamless and not reading.partial:
            yield Counter(row.node_id for row in reading.record.rows if row.section == SECTION)


def _kept(facts: Facts) -> Iterator[Counter[str | None]]:
    for reading in facts.read(LSRSRC):
        if reading.record.seamless and reading.record.resource_class == _CLASS:
            yield Counter(
                node_id_of_decimal(attribute.values[0])
                for resource in reading.record.resources
                for attribute in resource.attributes
                if attribute.name == _NODE_ID and attribute.values
            )
