"""Whether something runs on the cluster of CAA: PowerHA on AIX, a shared storage pool on a Virtual I/O Server.

PowerHA's cluster manager stays active after PowerHA was stopped, so that its own state tells, and not `lssrc -a`.
"""

from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.subsystem import Status, if_told, status
from rmccomply.facts.judging.reasons import unread
from rmccomply.facts.model import Fact, known, unknown
from rmccomply.sources.cluster.clstrmgr import RUNNING
from rmccomply.sources.table import CLSTRMGR

_NAME: Final = "clstrmgrES"
_SETTLE: Final = f"lssrc -ls {_NAME}"
_TITLE: Final = "whether PowerHA runs"


def runs_on_caa(facts: Facts, name: str) -> Fact:
    """A fact of this name: `yes`, `no`, or why it is unknown.

    On a Virtual I/O Server CAA is there for a shared storage pool alone.
    """
    if facts.fact("host.platform").value == "vios":
        return _by_listing(name, status(facts, "clconfd"))
    return _powerha(facts, name)


def on_file(facts: Facts) -> bool:
    """Whether PowerHA is here, whatever it does."""
    told = [reading.record.on_file for reading in facts.read(CLSTRMGR)]
    return any(told) or if_told(_NAME, status(facts, _NAME)).word in ("active", "inactive")


def _by_listing(name: str, found: Status) -> Fact:
    says = f"{found.text.removesuffix('.')}."
    if found.word is None:
        return unknown(name, found.reason or "not_collected", says, found.evidence, settle="lssrc -a")
    return known(name, "yes" if found.word == "active" else "no", says, found.evidence)


def _powerha(facts: Facts, name: str) -> Fact:
    listed = status(facts, _NAME)
    told = facts.read(CLSTRMGR)
    places = tuple(place for reading in told for place in reading.at(reading.record.line))
    states = {reading.record.state for reading in told}
    running = [state in RUNNING for state in states]
    if len(set(running)) > 1 or (any(running) and listed.word in ("inactive", "absent")):
        says = "Whether PowerHA runs is unknown: two answers contradict each other."
        return unknown(name, "conflicting", says, (*places, *listed.evidence), settle=_SETTLE)
    if told and listed.reason != "conflicting":
        return _by_state(name, told[0].record.state, listed, places)
    if listed.word != "active":
        return _by_listing(name, listed)
    fact = unread(name, _TITLE, facts.answers(CLSTRMGR), _SETTLE)
    return unknown(name, fact.reason or "not_collected", fact.says, (*fact.evidence, *listed.evidence), settle=_SETTLE)


def _by_state(name: str, state: str, listed: Status, places: tuple[Reference, ...]) -> Fact:
    if not state and listed.word == "active":
        says = "Whether PowerHA runs is unknown: clstrmgrES is active, and is not on file."
        return unknown(name, "conflicting", says, (*places, *listed.evidence), settle=_SETTLE)
    if not state:
        return known(name, "no", f"{_NAME} is not on file.", places)
    runs = state in RUNNING
    says = f"PowerHA {'runs' if runs else 'is stopped'}: {_NAME} is in state {state}."
    return known(name, "yes" if runs else "no", says, places)
