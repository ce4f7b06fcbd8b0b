"""The management control points one by one: dead, unstable or pending ones, and those with queued messages.

What IBM says of X, Z and R is remembered, not read, so the rules about them are information. A pending handshake (`i`)
is a fault only if it lasts: one sample shows a moment, two that are 15 minutes apart show that it does (IBM: "present
upon successive executions").
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.console import STATES, domain
from rmccomply.facts.groups.start import GRACE, settled
from rmccomply.facts.judging.points import Point, control_points, keyed
from rmccomply.facts.judging.reasons import NOT_MANAGED, not_for, unknown_from
from rmccomply.facts.judging.stale import Successor, successors
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.table import RMCDOMAINSTATUS

_SETTLE: Final = "rmcdomainstatus -s ctrmc -a ip"
_NONE: Final = ((),)
_WAITING: Final = frozenset({"R", "r"})
_QUEUES: Final = _WAITING | {"A", "a"}
Rows = tuple[Point, ...]


def down(facts: Facts) -> Fact:
    """Control points that are not up; one whose console is connected by another entry is only a stale entry."""
    name = "control_points.down"
    rows = _rows(facts, name, "whether every control point is up")
    if isinstance(rows, Fact):
        return _managed(facts, rows)
    strange = [row for row in rows if not row.up and row.state not in STATES]
    newer = successors(facts, rows)
    items = tuple(_dead(row, newer.get(row.node_id)) for row in rows if not row.up and row.state in STATES)
    if strange and not items:
        return _managed(facts, _strange(name, strange[0]))
    return _managed(facts, _listed(facts, name, items, rows, "Every control point is up."))


def _dead(row: Point, successor: Successor | None) -> Item:
    if successor is not None and successor.by_address:
        says = f"The entry of the console with the node ID 0x{row.node_id} is stale: {successor.says}"
        return Item(f"0x{row.node_id}", says, (*row.evidence, *successor.evidence))
    says = f"The control point {row.text} {STATES[row.state][1]}."
    if successor is None:
        return Item(row.text, says, row.evidence)
    return Item(row.text, f"{says} {successor.says}", (*row.evidence, *successor.evidence))


def unstable(facts: Facts) -> Fact:
    """Control points in state Z: their state changed too often, as two systems with one node ID may cause."""
    says = "is suspended (Z), which is reported where its connection goes up and down, as with a node ID used twice"
    good = "No control point is in state Z."
    return _in_state(
        facts, "control_points.unstable", lambda row: _among(row.state, ("Z",), ("I", *STATES)), says, good
    )


def queued(facts: Facts) -> Fact:
    """Control points with messages that wait to be sent (R or r)."""
    says = "has messages waiting to be sent, as its second letter is reported to mean"
    name = "control_points.queued"
    differing = _differing_queues(facts.cached(control_points).rows)
    if differing:
        text = (
            "Whether messages are waiting is unknown: two answers of rmcdomainstatus show the queue of a control point "
        )
        return _managed(facts, unknown(name, "conflicting", f"{text}differently.", differing, settle=_SETTLE))
    good = "No messages are waiting for a control point."
    return _in_state(facts, name, lambda row: _among(row.queue, _WAITING, _QUEUES), says, good)


def _among(letter: str, bad: Collection[str], known_letters: Collection[str]) -> bool | None:
    """Whether a letter is one of the bad ones; None where its meaning is not known."""
    return letter in bad if letter in known_letters else None


def _differing_queues(rows: Rows) -> tuple[Reference, ...]:
    """The rows of one control point that has messages waiting in one answer and none in another."""
    by_point: dict[tuple[str, int], list[Point]] = {}
    for key, row in keyed(rows):
        by_point.setdefault(key, []).append(row)
    for same in by_point.values():
        if len({row.queue in _WAITING for row in same}) > 1:
            return _lines(tuple(same))
    return ()


def _in_state(facts: Facts, name: str, bad: Callable[[Point], bool | None], says: str, good: str) -> Fact:
    rows = _rows(facts, name, "the state of each control point")
    if isinstance(rows, Fact):
        return _managed(facts, rows)
    items = tuple(
        Item(row.text, f"The control point {row.text} ({row.state} {row.queue}) {says}.", row.evidence)
        for row in rows
        if bad(row)
    )
    strange = [row for row in rows if bad(row) is None]
    if strange and not items:
        return _managed(facts, _strange(name, strange[0]))
    return _managed(facts, _listed(facts, name, items, rows, good))


def pending(facts: Facts) -> Fact:
    """A handshake that is not completed in two samples that are at least 15 minutes apart."""
    name = "control_points.pending"
    rows = _rows(facts, name, "whether a handshake stays pending")
    fact = rows if isinstance(rows, Fact) else _pending(facts, name, rows)
    return settled(facts, not_for(facts, fact, ("none",), NOT_MANAGED), ("none",))


def _pending(facts: Facts, name: str, rows: Rows) -> Fact:
    waiting = [row for row in rows if row.state == "i"]
    if waiting:
        return _how_long(facts, name, waiting)
    strange = [row for row in rows if not row.up and row.state not in STATES]
    if strange:
        return _strange(name, strange[0])
    if not facts.cached(domain).whole:
        return _cut(facts, name)
    return known(name, "none", "No control point is pending.", _lines(rows))


def _how_long(facts: Facts, name: str, waiting: list[Point]) -> Fact:
    """Two samples are two answers, in one form or in both, taken at different times."""
    for row in waiting:
        samples = {place.collected: place for place in _samples(facts, row) if place.collected is not None}
        times = sorted(samples)
        if times and _seconds(times[0], times[-1]) >= GRACE:
            says = f"The handshake with {row.text} is pending at {times[0]} and still at {times[-1]}: "
            places = tuple(dict.fromkeys((*row.evidence, samples[times[0]], samples[times[-1]])))
            return known(name, "persistent", f"{says}authentication fails.", places)
    names = " and ".join(row.text for row in waiting)
    says = f"Whether the handshake with {names} stays pending is unknown: this takes two samples 15 minutes apart."
    return unknown(name, "inconclusive", says, _lines(tuple(waiting)), settle=_SETTLE)


def _samples(facts: Facts, row: Point) -> list[Reference]:
    """Where this control point is shown: its rows, and the equal answers to the same requests."""
    every = facts.cached(control_points).rows
    sources = {one.source for one in every if (one.node_id or one.text) == (row.node_id or row.text)}
    repeated = [
        other.at(WHOLE) for reading in facts.read(RMCDOMAINSTATUS) if reading.name in sources for other in reading.also
    ]
    return [*(place for place in repeated if place is not None), *row.evidence]


def _seconds(first: str, last: str) -> float:
    try:
        return (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds()
    except (ValueError, TypeError):
        return 0.0


def _rows(facts: Facts, name: str, title: str) -> Rows | Fact:
    """The control points, each once; a fact where there is none to speak of."""
    found = facts.cached(domain)
    if found.unread is not None:
        return unknown_from(name, title, found.unread)
    if not found.rows and found.whole:
        return not_applicable(
            name, "rmcdomainstatus shows no control point, so there is none to judge.", found.evidence
        )
    if not found.rows:
        return _cut(facts, name)
    return found.rows


def _listed(facts: Facts, name: str, items: tuple[Item, ...], rows: Rows, good: str) -> Fact:
    """The items; without any, no items, if the answer is whole."""
    if items:
        return known(name, items, items[0].says, items[0].evidence)
    return known(name, (), good, _lines(rows)) if facts.cached(domain).whole else _cut(facts, name)


def _strange(name: str, row: Point) -> Fact:
    says = f"The state of {row.text} is unknown: '{row.state} {row.queue}' is not known."
    return unknown(name, "unparsable", says, row.evidence, settle=_SETTLE)


def _cut(facts: Facts, name: str) -> Fact:
    says = "The state of each control point is unknown: the answer of rmcdomainstatus is incomplete."
    return unknown(name, "truncated", says, facts.cached(domain).evidence, settle=_SETTLE)


def _managed(facts: Facts, fact: Fact) -> Fact:
    return settled(facts, not_for(facts, fact, _NONE, NOT_MANAGED), _NONE)


def _lines(rows: Rows) -> tuple[Reference, ...]:
    return tuple(place for row in rows for place in row.evidence)
