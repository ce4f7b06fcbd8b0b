"""What is told of a run that collected: its rows, what to do about those that are not whole, and what is odd."""

from collections.abc import Sequence
from typing import Final

from rmccomply.collect.causes import CAUSES, advice
from rmccomply.collect.inventory.row import Access
from rmccomply.collect.journal import End
from rmccomply.evidence.companion import is_name_of
from rmccomply.runs.collect.run import Collected, some
from rmccomply.runs.teller import Teller
from rmccomply.terminal import visible
from rmccomply.words import counted

_WIDEST: Final = 60
"""Columns of a name, behind which all rows have their words in one column."""


def tell(collected: Collected, access: Access, teller: Teller) -> None:
    """Tell all of it; `access` is how the collector was run."""
    _tell_of_keys(collected, teller)
    tell_of_rules(collected, teller)
    width = min(max((len(visible(end.target)) for end in collected.rows), default=0), _WIDEST)
    lines = [_line(end, width, end.target in collected.earlier) for end in collected.rows]
    teller.result(teller.page().laid(lines))
    words = {end.word for end in collected.rows}
    for cause in CAUSES:
        if cause in words:
            targets = [end.target for end in collected.rows if end.word == cause]
            teller.warn(f"{cause}: {some(targets)}: {advice(cause, access)}")
    tell_of_names(collected.rows, teller)
    if not collected.rows and not collected.interrupted:
        teller.warn("no target: the inventory names none")
    else:
        count = sum(end.word == "collected" for end in collected.rows)
        teller.note(f"{count} of {len(collected.rows)} collected; now: rmccomply check {collected.folder}")


def _tell_of_keys(collected: Collected, teller: Teller) -> None:
    if collected.loose:
        teller.warn(
            f"your ssh configuration does not check the host keys of {some(collected.loose)}; "
            "they were checked in this run"
        )
    if collected.jumps:
        teller.warn(
            f"the keys of these jump hosts were not checked: {some(collected.jumps)}: your ssh configuration says "
            "so, and it alone counts for jump hosts: set StrictHostKeyChecking yes for them"
        )


def tell_of_rules(collected: Collected, teller: Teller) -> None:
    """Which rules may stay unknown for what was not asked."""
    names = collected.unprobed
    if names:
        listed = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
        teller.note(f"without --probe, {listed} may stay undecided where no console is connected")
    if collected.unasked:
        listed = ", ".join(collected.unasked)
        teller.note(f"the plan quick does not ask everything; without the plan full these may stay undecided: {listed}")


def tell_of_names(ends: Sequence[End], teller: Teller) -> None:
    """Which targets are one host by their answers, and which call themselves otherwise than they are asked for."""
    by_name: dict[str, list[str]] = {}
    for end in ends:
        by_name.setdefault(end.name, []).append(end.target)
    shared = {name: labels for name, labels in by_name.items() if name and len(labels) > 1}
    for name, labels in shared.items():
        teller.warn(f"{some(labels)} all report the hostname {name}: check that each address belongs to its target")
    others = [end for end in ends if end.name and end.name not in shared and not is_name_of(end.name, end.target)]
    if others:
        teller.note(
            f"hostname differs from the inventory: {some([f'{end.target} reports {end.name}' for end in others])}"
        )


def _line(end: End, width: int, earlier: bool) -> str:
    how = f"{counted(end.sections, 'answer')} in {end.seconds:g} s" if end.word == "collected" else end.says
    when = f"earlier, at {end.utc}: " if earlier else ""
    return f"{visible(end.target):<{width}}  {end.word:<16}  {when}{visible(how)}".rstrip()
