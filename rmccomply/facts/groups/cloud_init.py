"""Whether cloud-init gave this partition a node ID of its own (module reset_rmc).

Its log goes on from boot to boot, and the last run counts. The module logs the node ID before and after at level DEBUG,
and "New node ID did not get generated." as an error. What counts is the node ID that the partition has now: a failure
that somebody mended since is none, and neither is a renewal whose old node ID is in the file again, which a restore or
another boot volume brought back with the image. Where RSCT was installed later, or no cloud is behind the system, the
module passed itself over.
"""

from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.node_id import LIVE, side
from rmccomply.facts.judging.reasons import NOT_MANAGED, exempted, unread
from rmccomply.facts.model import Fact, known, not_applicable, unknown
from rmccomply.sources.host.cloud_init_log import CloudInitLog, Event
from rmccomply.sources.reading import Read
from rmccomply.sources.table import CLOUD_INIT, CLOUD_INIT_LOG
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

_LOG: Final = "/var/log/cloud-init.log"
_OUTPUT: Final = "/var/log/cloud-init-output.log"
_SETTLE: Final = f"cat {_LOG}"
_FAILURES: Final = frozenset({"not_generated", "failed"})
_NOT_DEPLOYED: Final = frozenset({"hmc", "none"})
"""Ways of management by which a partition may do without cloud-init, whose stock cloud.cfg has the module."""
_KINDS: Final = {
    **{kind: NOT_MANAGED[kind] for kind in ("wpar", "hmc")},
    "rhcos": "Red Hat CoreOS is set up by Ignition, not by cloud-init.",
}


class LastRun(NamedTuple):
    """What one log says of the last run: "renewed", "not_renewed", "skipped", or "" where it does not tell.

    `begun` is False where it only names the module. `goes_on` is set where the log may go on: why, in one word.
    """

    word: str
    says: str
    evidence: tuple[Reference, ...]
    old: str | None = None
    begun: bool = True
    log: str = ""
    goes_on: Reason | None = None


def reset_rmc(facts: Facts) -> Fact:
    """Renewed or not; not applicable where cloud-init left no log, or does not run the module."""
    name = "cloud_init.reset_rmc"
    return exempted(facts, _reset_rmc(facts, name), ("renewed",), _KINDS)


def _reset_rmc(facts: Facts, name: str) -> Fact:
    runs = [_of(reading) for reading in facts.read(CLOUD_INIT_LOG) if reading.record.events]
    told = [run for run in runs if run.word in ("renewed", "not_renewed")]
    if len({run.word for run in told}) > 1:
        says = "Whether cloud-init renewed the node ID is unknown: its two logs contradict each other."
        places = tuple(place for run in told for place in run.evidence)
        return unknown(name, "conflicting", says, places, settle=_SETTLE)
    if told and told[0].word == "not_renewed":
        return _mended(facts, name, told)
    log = facts.read_of(CLOUD_INIT_LOG, _LOG)
    if told and any(run.begun for run in runs if run not in told):
        says = (
            f"Whether cloud-init renewed the node ID is unknown: {told[0].says}, and another log does not show how "
            "it ended."
        )
        return unknown(name, "conflicting", says, tuple(p for run in runs for p in run.evidence), settle=_SETTLE)
    if told:
        return _cut(name, told) or _kept(facts, name, told)
    skipped = [run for run in runs if run.word == "skipped"]
    if skipped:
        return _cut(name, skipped) or not_applicable(name, f"{skipped[0].says}.", skipped[0].evidence)
    if runs:
        return unknown(name, "inconclusive", runs[0].says, runs[0].evidence, settle=_SETTLE)
    if log is None:
        return unread(name, "whether cloud-init renewed the node ID", facts.answers(CLOUD_INIT_LOG), _SETTLE)
    return _no_trace(facts, name, log)


def _of(reading: Read[CloudInitLog]) -> LastRun:
    goes_on: Reason | None = None if reading.record.whole else "inconclusive"
    return _run(reading)._replace(log=reading.name, goes_on=reading.partial or goes_on)


def _run(reading: Read[CloudInitLog]) -> LastRun:
    """The last run in a log. A new one begins with its attempt, or with the node ID at its beginning."""
    run: list[Event] = []
    for event in reading.record.events:
        if event.kind in ("attempt", "skipped") or (
            event.kind == "before" and any(one.kind == "before" for one in run)
        ):
            run = []
        run.append(event)
    places = tuple(place for event in run for place in reading.at(event.line))
    ids = {event.kind: event.node_id for event in run if event.kind in ("before", "after")}
    old, new = ids.get("before"), ids.get("after")
    failures = [event for event in run if event.kind in _FAILURES]
    if failures:
        return LastRun("not_renewed", f"cloud-init says: {failures[-1].text}", reading.at(failures[-1].line), old)
    if old is not None and old == new:
        return LastRun(
            "not_renewed", f"cloud-init found the node ID {old} before and after its module reset_rmc", places, old
        )
    if old is not None and new is not None:
        return LastRun("renewed", f"cloud-init replaced the node ID {old} with {new}", places, old)
    if any(event.kind == "skipped" for event in run):
        return LastRun("skipped", f"cloud-init says: {run[0].text.removesuffix('.')}", reading.at(run[0].line))
    says = "Whether cloud-init renewed the node ID is unknown: its log does not show how reset_rmc ended."
    return LastRun("", says, places, begun=any(event.kind != "mention" for event in run))


def _mended(facts: Facts, name: str, told: list[LastRun]) -> Fact:
    """A failure, unless the node ID is another one now than the log tells."""
    places = tuple(place for run in told for place in run.evidence)
    olds = {run.old for run in told if run.old is not None}
    if len(olds) > 1:
        says = "Whether cloud-init renewed the node ID is unknown: its two logs show different ones."
        return unknown(name, "conflicting", says, places, settle=_SETTLE)
    live = side(facts, LIVE)
    if live.state == "value" and olds and live.value not in olds:
        says = f"{told[0].says.removesuffix('.')}, but {LIVE} now holds another one."
        return known(name, "renewed", says, (*places, *live.evidence))
    return known(name, "not_renewed", f"{told[0].says.removesuffix('.')}.", places)


def _kept(facts: Facts, name: str, told: list[LastRun]) -> Fact:
    """A renewal, if the live file does not hold again what cloud-init found there at first."""
    run, live = told[0], side(facts, LIVE)
    places = tuple(place for one in told for place in one.evidence)
    if live.state != "value":
        says = f"Whether the node ID that cloud-init made is still in use is unknown: {live.text}."
        reason: Reason = live.reason or ("unparsable" if live.state == "malformed" else "inconclusive")
        return unknown(name, reason, says, (*live.evidence, *places), settle=f"cat {LIVE}")
    back = next((one for one in told if live.value == one.old), None)
    if back is not None:
        says = (
            f"{back.says}, but {live.text} again: the identity of the image came back, by a restore of /var or with "
            "another boot volume."
        )
        return known(name, "not_renewed", says, (*live.evidence, *back.evidence))
    return known(name, "renewed", f"{run.says}.", (*run.evidence, *live.evidence))


def _cut(name: str, told: list[LastRun]) -> Fact | None:
    """Unknown, where each log that tells it may go on with a later failure; None where one of them is whole."""
    if any(run.goes_on is None for run in told):
        return None
    run = told[0]
    says = f"{run.says}; whether it was the last time is unknown, because {run.log} may continue."
    return unknown(name, run.goes_on or "inconclusive", says, run.evidence, settle=_SETTLE)


def _no_trace(facts: Facts, name: str, log: Read[CloudInitLog]) -> Fact:
    """No line of reset_rmc: cloud-init is not there, or does not run the module, or its log began anew."""
    output = facts.read_of(CLOUD_INIT_LOG, _OUTPUT)
    if output is None:
        failed = [one for one in facts.unread(CLOUD_INIT_LOG) if one.name == _OUTPUT]
        return unread(name, "whether cloud-init renewed the node ID", failed, f"cat {_OUTPUT}")
    ran = log.record.present or output.record.present
    management = facts.fact("host.management")
    if not ran and management.value in _NOT_DEPLOYED:
        says = "cloud-init left no log, so it has not run: it does not give this partition its node ID."
        return not_applicable(name, says, (*log.at(WHOLE), *output.at(WHOLE)), (management,))
    configured = facts.read(CLOUD_INIT)
    for reading in configured:
        if reading.record.reset_rmc is not None:
            says = (
                "Whether cloud-init renewed the node ID is unknown: it is set to run reset_rmc, and its log shows "
                "nothing of it."
            )
            place = reading.at(reading.record.reset_rmc.line)
            return unknown(name, "inconclusive", says, place, settle=_SETTLE)
    if not log.record.present:
        return not_applicable(
            name, "cloud-init left no log: it does not give this partition its node ID.", log.at(WHOLE)
        )
    present = next((reading for reading in configured if reading.record.present), None)
    if present is None:
        return unread(name, "whether cloud-init runs reset_rmc", facts.answers(CLOUD_INIT), "cat /etc/cloud/cloud.cfg")
    says = "cloud-init does not run its module reset_rmc here."
    return not_applicable(name, says, present.at(WHOLE))
