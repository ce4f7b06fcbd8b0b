"""How a derived fact says that it cannot be established, and that it does not apply."""

from collections.abc import Iterable, Sequence
from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, not_applicable, unknown
from rmccomply.sources.reading import Read, Reading, Unread
from rmccomply.words import REASONS

NOT_MANAGED: Final = {
    "wpar": "This is an AIX workload partition: RMC belongs to the system that it runs in.",
    "kvm": "This is a KVM guest: no management console reaches it by RMC.",
    "bare_metal": "This is OPAL bare metal: no management console reaches it by RMC.",
    "other_machine": "This machine is not Power.",
    "hmc": "This is a management console, not a partition.",
    "full_system": "This is a full-system partition: no management console reaches it by RMC.",
}
_INCOMPLETE: Final = "its answer is incomplete, so what is missing in it proves nothing"
_IN_CONTAINER: Final = "lssrc -a"
"""What tells whether RSCT runs, in that container."""


def unread(
    name: str, title: str, readings: Iterable[Reading[object]], settle: str, basis: tuple[Fact, ...] = ()
) -> Fact:
    """Unknown, because no reading answers: the reason of the reading that came closest."""
    readings = tuple(readings)
    worst = sorted(
        (reading for reading in readings if reading.why),
        key=lambda reading: (_order(reading), reading.name),
    )
    if not worst:
        return _never_ended(name, title, readings, settle, basis)
    reading = worst[0]
    reason = reading.why or "not_collected"
    why = (reading.says if isinstance(reading, Unread) else "") or _INCOMPLETE
    says = f"{sentence(title)} is unknown: `{reading.name}`: {why.removesuffix('.')}."
    return unknown(name, reason, says, reading.where(), settle=settle, basis=basis)


def _never_ended(
    name: str, title: str, readings: Sequence[Reading[object]], settle: str, basis: tuple[Fact, ...]
) -> Fact:
    """Unknown, because nothing was collected, or nothing tells that what was collected is whole."""
    asked = settle.replace("'", "")
    read = (one for one in readings if isinstance(one, Read) and one.name == asked)
    copy = next((one for one in read if not getattr(one.record, "whole", True)), None)
    if copy is None:
        says = f"{sentence(title)} is unknown: `{settle}` was not collected."
        return unknown(name, "not_collected", says, settle=settle, basis=basis)
    says = (
        f"{sentence(title)} is unknown: nothing shows that `{copy.name}` is complete, so what is "
        "missing in it proves nothing."
    )
    return unknown(name, "truncated", says, copy.where(), settle=settle, basis=basis)


def _order(reading: Reading[object]) -> int:
    reason = reading.why
    if reason == "not_collected":
        return len(REASONS)
    return -1 if reason == "conflicting" else REASONS.index(reason) if reason else len(REASONS)


def unknown_from(name: str, title: str, cause: Fact) -> Fact:
    """Unknown because another fact is: the root cause is told, not the chain that leads to it (the basis has that)."""
    says = f"{sentence(title)} is unknown: {root_of(cause)}"
    reason = cause.reason or "inconclusive"
    return unknown(name, reason, says, cause.evidence, settle=cause.settle, basis=(cause,))


def root_of(cause: Fact) -> str:
    """Why a fact is unknown, without what was unknown on the way."""
    return lower_first(cause.says.rpartition(" is unknown: ")[2])


def exempted(facts: Facts, fact: Fact, good: tuple[object, ...], kinds: dict[str, str] | None = None) -> Fact:
    """The fact, or not applicable where RSCT is proved absent or the kind of host has no such thing.

    A good value stays, so that losing the evidence of the kind cannot make a pass.
    """
    if fact.state == "known" and fact.value in good:
        return fact
    kind = facts.fact("host.kind")
    if kinds and kind.state == "known" and kind.value in kinds:
        return not_applicable(fact.name, kinds[kind.value], kind.evidence, (fact, kind))
    installed = facts.fact("rsct.installed")
    if proves_absence(installed):
        return without_rsct(fact.name, installed)
    return fact


def without_rsct(name: str, installed: Fact) -> Fact:
    """Not applicable, because RSCT is proved absent."""
    return not_applicable(name, f"RSCT is not installed here: {installed.says}", installed.evidence, (installed,))


def proves_absence(installed: Fact) -> bool:
    """Whether the fact rsct.installed rests on a proof that RSCT is not installed."""
    return installed.value == "absent" or (installed.state == "not_applicable")


def not_for(facts: Facts, fact: Fact, good: tuple[object, ...], kinds: dict[str, str], *, of_rsct: bool = True) -> Fact:
    """The fact, or not applicable on these kinds of host, where nobody manages the partition, and without RSCT if it
    is of RSCT."""
    if fact.state == "known" and fact.value in good:
        return fact
    kind, management = facts.fact("host.kind"), facts.fact("host.management")
    if kind.state == "known" and kind.value in kinds:
        return not_applicable(fact.name, kinds[kind.value], kind.evidence, (fact, kind))
    if of_rsct and facts.fact("rsct.installed").value == "absent":
        return without_rsct(fact.name, facts.fact("rsct.installed"))
    if management.value == "none":
        says = "The policy declares that nobody manages this partition."
        return not_applicable(fact.name, says, management.evidence, (fact, management))
    if kind.value == "rhcos" and fact.state == "known":
        says = (
            f"{fact.says} On Red Hat CoreOS, RSCT may run in a container of its own (DaemonSet powervm-rmc or the "
            "RSCT Operator), which this evidence does not show."
        )
        return unknown(fact.name, "inconclusive", says, fact.evidence, settle=_IN_CONTAINER, basis=(fact, kind))
    return fact


def whole_of(readings: Iterable[Reading[object]]) -> tuple[Reference, ...]:
    """The first line, or the section, of each of these readings."""
    return tuple(place for reading in readings for place in reading.at(WHOLE))


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text with a small first letter, unless it begins with a name such as RSCT or IBM.DRM."""
    first = text.split(" ", 1)[0]
    return text if first != "A" and not first[1:].islower() else text[:1].lower() + text[1:]
