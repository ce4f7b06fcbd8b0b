"""Consoles that are gone: resources of IBM.MCP that are left of one that was replaced or removed.

Where a console is connected, a resource is stale whose node ID rmcdomainstatus does not show, or whose machine is
connected by another resource. Nothing is asked of such a console but that somebody knows of it.
"""

from collections.abc import Iterable

from rmccomply.facts.derived.console import domain
from rmccomply.facts.derived.points import Point
from rmccomply.facts.derived.resources import Resource, resources
from rmccomply.facts.gather import Facts


def successors(facts: Facts, rows: Iterable[Point]) -> dict[str | None, tuple[Resource, Resource]]:
    """Node ID to its resource, and to one of the same console whose row is up."""
    up = {one.node_id for one in rows if one.up}
    found = facts.once(resources).rows
    by_console: dict[tuple[str, ...], Resource] = {}
    for new in found:
        if new.of("HMCName") and new.node_id in up:
            by_console.setdefault(new.of("HMCName"), new)
    pairs = [(old, by_console[old.of("HMCName")]) for old in found if old.of("HMCName") in by_console]
    return {old.node_id: (old, new) for old, new in reversed(pairs) if old.node_id is not None and old is not new}


def stale(facts: Facts) -> tuple[Resource, ...]:
    """The resources of consoles that are gone; none where no control point is up."""
    found = facts.once(domain)
    shown = {row.node_id for row in found.rows}
    up = {row.node_id for row in found.rows if row.up}
    if not up:
        return ()
    replaced = successors(facts, found.rows)
    whole = found.whole and facts.fact("console.in_band").value == "no"
    return tuple(
        row
        for row in facts.once(resources).rows
        if row.node_id is not None
        and row.node_id not in up
        and (row.node_id in replaced or (whole and row.node_id not in shown))
    )
