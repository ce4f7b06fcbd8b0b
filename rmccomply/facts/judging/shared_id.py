"""Whether an image and others hold one node ID.

All that is known of the node ID counts, the files and `lsnodeid`: a copy of any of them is a copy. What cannot be read
may be the same, so that it is never told to differ. Evidence that is that of the target itself, octet for octet, is no
other one. Where the first boot renews the node ID, it does not matter whose it is.
"""

from collections.abc import Sequence
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.node_id import BACKUP, LIVE, side
from rmccomply.facts.judging.reasons import lower_first, root_of
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.facts.others import HeldId, HeldIds, Other
from rmccomply.sources.table import LSNODEID
from rmccomply.words import counted

_NAME: Final = "image.shared_node_id"
_SETTLE: Final = "rmccomply check --against"
_MOST_NAMES: Final = 5
_NO_ID: Final = "it holds no node ID"


def held_by(facts: Facts) -> HeldIds:
    """The node IDs that a system holds."""
    sides = side(facts, LIVE), side(facts, BACKUP)
    found = [HeldId(one.value, one.text, one.evidence) for one in sides if one.state == "value"]
    for reading in facts.read(LSNODEID):
        record = reading.record
        if record.value is not None:
            found.append(HeldId(record.value, f"lsnodeid prints {record.text}", reading.at(record.line)))
    ids = tuple({one.value: one for one in reversed(found)}.values())[::-1]
    odd = next((one for one in sides if one.state in ("unknown", "malformed")), None)
    if odd is not None:
        return HeldIds(ids, odd.text, odd.reason or "unparsable", odd.evidence)
    if not ids:
        places = tuple(place for one in sides for place in one.evidence)
        return HeldIds((), _NO_ID, "inconclusive", places)
    return HeldIds(ids)


def shared(facts: Facts) -> Fact:
    """The fact image.shared_node_id."""
    if facts.others is None:
        says = "No other system or image is named by `--against`, so that nothing is compared with its node ID."
        return not_applicable(_NAME, says)
    others = [one for one in facts.others if not one.itself]
    itself = [one.uri for one in facts.others if one.itself]
    also = (f"Not compared, since it is the evidence of this target itself: {_listed(itself)}.",) if itself else ()
    if not others:
        says = f"Nothing is compared with its node ID: {_listed(itself)} is the evidence of this target itself."
        return not_applicable(_NAME, says)
    mine = held_by(facts)
    items = tuple(item for one in others if (item := _item(mine.ids, one)) is not None)
    if items:
        says = f"The node ID is that of {_listed([item.subject for item in items])} too."
        fact = known(_NAME, items, says, items[0].evidence)
    else:
        fact = _none(mine, others)
    return _where_kept(facts, fact)._replace(also=also)


def _where_kept(facts: Facts, fact: Fact) -> Fact:
    """The fact where the node ID stays with the copies of the image: one that is renewed may be any."""
    if fact.state == "not_applicable" or fact.value == ():
        return fact
    reset = facts.fact("image.reset")
    if reset.value in ("cloud_init", "first_boot"):
        says = f"Every copy gets a node ID of its own at its first boot: {lower_first(reset.says)}"
        return not_applicable(_NAME, says, reset.evidence, (fact, reset))
    if fact.state == "known" and reset.state == "unknown":
        why = lower_first(root_of(reset))
        says = f"{fact.items[0].says} Whether the first boot renews it is unknown: {why}"
        return unknown(
            _NAME, reset.reason or "inconclusive", says, fact.evidence, settle=reset.settle, basis=(fact, reset)
        )
    return fact


def _item(mine: Sequence[HeldId], other: Other) -> Item | None:
    """The other one as an entry, where it holds an ID of this one."""
    for one in mine:
        for its in other.held.ids:
            if one.value == its.value:
                says = f"{one.says}, which is the node ID of {other.label} too: {its.says} ({other.uri})."
                return Item(other.label, says, (*one.evidence, *its.evidence))
    return None


def _none(mine: HeldIds, others: Sequence[Other]) -> Fact:
    """None of the others holds it, as far as all is known."""
    if mine.unread == _NO_ID:
        return not_applicable(
            _NAME, "This image holds no node ID, so that no other one can have the same.", mine.evidence
        )
    if mine.unread:
        says = f"Whether another one has the same node ID is unknown: {mine.unread}."
        path = BACKUP if mine.unread.startswith(BACKUP) else LIVE
        return unknown(_NAME, mine.reason, says, mine.evidence, settle=f"cat {path}")
    dark = [one for one in others if one.held.unread]
    if dark:
        told = "; ".join(f"{one.label} ({one.uri}): {one.held.unread}" for one in dark[:_MOST_NAMES])
        more = f"; and {len(dark) - _MOST_NAMES} more" if len(dark) > _MOST_NAMES else ""
        says = f"Whether it has the same node ID is unknown of {counted(len(dark), 'other input')}: {told}{more}."
        places = (*mine.ids[0].evidence, *(place for one in dark for place in one.held.evidence))
        return unknown(_NAME, dark[0].held.reason, says, places, settle=_SETTLE)
    compared = "the other input" if len(others) == 1 else f"any of {len(others)} other inputs"
    return known(_NAME, (), f"{mine.ids[0].says}, which is not the node ID of {compared} (`--against`).", _all(mine))


def _all(mine: HeldIds) -> tuple[Reference, ...]:
    return tuple(place for one in mine.ids for place in one.evidence)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f"{', '.join(names[:_MOST_NAMES])}{more}"
