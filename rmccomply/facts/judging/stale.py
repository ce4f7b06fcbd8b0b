"""Consoles that are gone: resources of IBM.MCP that are left of one that was replaced or removed.

Where a console is connected, a resource is stale whose node ID rmcdomainstatus does not show, whose machine is
connected by another resource, or whose address is that of another control point, which is up. Nothing is asked of such
a console but that somebody knows of it.
"""

from collections.abc import Iterable, Sequence

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.console import domain
from rmccomply.facts.judging.points import Point, taken_over
from rmccomply.facts.judging.resources import KeptConsole, resources
from rmccomply.tuples import NamedTuple


class Successor(NamedTuple):
    """What took the place of a control point that is down: by its address, or the same machine by another entry."""

    says: str
    evidence: tuple[Reference, ...]
    by_address: bool = False


def successors(facts: Facts, rows: Sequence[Point]) -> dict[str | None, Successor]:
    """Node ID to what took its place."""
    by_address = {row.node_id: _by_address(row, new) for row in rows if (new := taken_over(row, rows)) is not None}
    return {**by_address, **_by_machine(facts, rows)}


def _by_address(row: Point, new: Point) -> Successor:
    says = f"{row.text} is now the address of another console, which is up."
    return Successor(says, new.evidence, by_address=True)


def _by_machine(facts: Facts, rows: Iterable[Point]) -> dict[str | None, Successor]:
    up = {one.node_id for one in rows if one.up}
    found = facts.cached(resources).rows
    by_console: dict[tuple[str, ...], KeptConsole] = {}
    for new in found:
        if new.of("HMCName") and new.node_id in up:
            by_console.setdefault(new.of("HMCName"), new)
    pairs = [(old, by_console[old.of("HMCName")]) for old in found if old.of("HMCName") in by_console]
    return {old.node_id: _same(old, new) for old, new in reversed(pairs) if old.node_id is not None and old is not new}


def _same(old: KeptConsole, new: KeptConsole) -> Successor:
    says = f"It is a stale entry: its console {old.of('HMCName')[0]} is connected by another one."
    return Successor(says, (*old.at("HMCName"), *new.at("HMCName")))


def stale(facts: Facts) -> tuple[KeptConsole, ...]:
    """The resources of consoles that are gone; none where no control point is up."""
    found = facts.cached(domain)
    shown = {row.node_id for row in found.rows}
    up = {row.node_id for row in found.rows if row.up}
    if not up:
        return ()
    replaced = successors(facts, found.rows)
    whole = found.whole and facts.fact("console.in_band").value == "no"
    return tuple(
        row
        for row in facts.cached(resources).rows
        if row.node_id is not None
        and row.node_id not in up
        and (row.node_id in replaced or (whole and row.node_id not in shown))
    )
