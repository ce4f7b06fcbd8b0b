"""The node ID: in its two files, and in use.

`/etc/ct_node_id` is the backup and `/var/ct/cfg/ct_node_id` the live file (`recfgct -s` makes the second from the
first). Line 1 counts, compared as an integer: short and upper-case spellings are legal.
"""

from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.reasons import NOT_MANAGED, exempted
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.table import CT_NODE_ID, LSNODEID
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

BACKUP: Final = "/etc/ct_node_id"
LIVE: Final = "/var/ct/cfg/ct_node_id"
_KINDS: Final = {
    "wpar": NOT_MANAGED["wpar"],
    "hmc": NOT_MANAGED["hmc"],
    "rhcos": "Red Hat CoreOS has no RSCT of its own: its node ID is in a container.",
}


class Side(NamedTuple):
    """One file: a value, a fault, absent, or unknown with a reason."""

    path: str
    state: str
    value: str
    text: str
    evidence: tuple[Reference, ...]
    reason: Reason | None = None


def side(facts: Facts, path: str) -> Side:
    """What one of the two files holds."""
    reading = facts.read_of(CT_NODE_ID, path)
    if reading is None:
        return _unread_side(facts, path)
    record = reading.record
    if not record.present:
        return Side(path, "absent", "", f"{path} does not exist", reading.at(WHOLE))
    if record.value is None:
        return Side(path, "malformed", "", f"{path}: {record.fault}", reading.at(record.line))
    return Side(path, "value", record.value, f"{path} holds {record.text}", reading.at(record.line))


def _unread_side(facts: Facts, path: str) -> Side:
    failed = next((one for one in facts.unread(CT_NODE_ID) if one.name == path), None)
    if failed is None:
        return Side(path, "unknown", "", f"{path} was not collected", (), "not_collected")
    says = failed.says.removesuffix(".")
    return Side(path, "unknown", "", f"{path}: {says}", failed.where(), failed.reason)


def _undecided(name: str, says: str, *sides: Side) -> Fact:
    """Unknown by the first side that is."""
    side = next(side for side in sides if side.state == "unknown")
    evidence = tuple(place for one in sides for place in one.evidence)
    return unknown(name, side.reason or "not_collected", says, evidence, settle=f"cat {side.path}")


def files(facts: Facts) -> Fact:
    """Whether both files hold one number; malformed files are the business of node_id.form."""
    name = "node_id.files"
    backup, live = side(facts, BACKUP), side(facts, LIVE)
    return exempted(facts, _files(name, backup, live), ("equal",), _KINDS)


def _files(name: str, backup: Side, live: Side) -> Fact:
    both = (*live.evidence, *backup.evidence)
    states = {backup.state, live.state}
    if states == {"value"}:
        if backup.value == live.value:
            return known(name, "equal", f"Both files hold {live.value}.", both)
        return known(name, "different", f"The files differ: {live.text}, {backup.text}.", both)
    if states == {"value", "absent"}:
        missing, there = (backup, live) if backup.state == "absent" else (live, backup)
        return known(name, "one_missing", f"{missing.text}, while {there.text}.", (*missing.evidence, *there.evidence))
    if states == {"absent"}:
        return not_applicable(name, "Neither node ID file exists, so there is nothing to compare.", both)
    odd = next((side for side in (live, backup) if side.state == "unknown"), None)
    odd = odd or next(side for side in (live, backup) if side.state == "malformed")
    says = f"Whether the node ID files agree is unknown: {odd.text}."
    if odd.state == "malformed":
        return unknown(name, "unparsable", says, (*odd.evidence, *both), settle=f"cat {odd.path}")
    return _undecided(name, says, live, backup)


def live(facts: Facts) -> Fact:
    """Whether lsnodeid prints what the live file holds."""
    name = "node_id.live"
    return exempted(facts, _live(facts, name), ("equal",), _KINDS)


def _live(facts: Facts, name: str) -> Fact:
    reading = next(iter(facts.answers(LSNODEID)), None)
    if not isinstance(reading, Read):
        why = f"`lsnodeid`: {reading.says}" if reading else "`lsnodeid` was not collected"
        reason: Reason = reading.reason if reading else "not_collected"
        places = reading.where() if reading else ()
        return unknown(name, reason, f"The node ID in use is unknown: {why}.", places, settle="lsnodeid")
    record, place = reading.record, reading.at(reading.record.line)
    if record.value is None and record.fault == "unassigned":
        return known(name, "unassigned", "lsnodeid says that no node ID is assigned.", place)
    if record.value is None:
        says = f"The node ID in use is unknown: lsnodeid prints '{record.text}': {record.fault}."
        return unknown(name, "unparsable", says, place, settle="lsnodeid")
    return _compared(name, record.text, record.value, place, side(facts, LIVE))


def _compared(name: str, text: str, value: str, place: tuple[Reference, ...], live: Side) -> Fact:
    """By the live file alone: that /etc may hold another number is the business of node_id.files."""
    if live.state == "value" and live.value != value:
        says = f"lsnodeid prints {text}, but {live.text}."
        return known(name, "different", says, (*place, *live.evidence))
    if live.state == "value":
        return known(name, "equal", f"lsnodeid prints {text}, as {LIVE} holds.", (*place, *live.evidence))
    says = f"lsnodeid prints {text}, but whether {LIVE} holds it is unknown: {live.text}."
    reason: Reason = live.reason or ("unparsable" if live.state == "malformed" else "inconclusive")
    return unknown(name, reason, says, (*live.evidence, *place), settle=f"cat {LIVE}")


def form(facts: Facts) -> Fact:
    """Whether the files hold a node ID at all, as RSCT writes it."""
    name = "node_id.form"
    return exempted(facts, _form(facts, name), ("well_formed",), _KINDS)


def _form(facts: Facts, name: str) -> Fact:
    live, backup = side(facts, LIVE), side(facts, BACKUP)
    bad = [side for side in (live, backup) if side.state == "malformed"]
    if bad:
        says = "; ".join(side.text for side in bad)
        return known(name, "malformed", f"{says}.", tuple(place for side in bad for place in side.evidence))
    if "unknown" in (live.state, backup.state):
        odd = live if live.state == "unknown" else backup
        return _undecided(name, f"The form of the node ID is unknown: {odd.text}.", live, backup)
    both = (*live.evidence, *backup.evidence)
    if live.state == backup.state == "absent":
        return _missing(facts, name, both)
    good = live if live.state == "value" else backup
    return known(name, "well_formed", f"{good.text}, which is well-formed.", both)


def _missing(facts: Facts, name: str, both: tuple[Reference, ...]) -> Fact:
    installed = facts.fact("rsct.installed")
    if installed.value == "installed":
        says = "RSCT is installed, but neither node ID file exists."
        return known(name, "missing", says, (*both, *installed.evidence), basis=(installed,))
    says = "Neither node ID file exists, and whether RSCT is installed is unknown."
    return unknown(name, installed.reason or "inconclusive", says, both, settle=installed.settle, basis=(installed,))
