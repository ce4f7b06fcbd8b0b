"""What a policy asks of waivers, together with what the policy that it extends asks: of both, always the stricter.

A policy whose file asks for less is refused, since what it says would count for nothing.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from rmccomply.checks.operands import nearest
from rmccomply.errors import Fault
from rmccomply.policy.faults import Places
from rmccomply.policy.model import NO_WAIVER_TERMS, WaiverTerms
from rmccomply.words import counted

_TABLE: Final = "waivers"


def inherited_terms(own: WaiverTerms | None, parent: WaiverTerms) -> WaiverTerms:
    """The terms of a policy that extends one with those of `parent`. Only `notice_days` may be any number."""
    if own is None:
        return parent
    days = [one for one in (own.max_days, parent.max_days) if one is not None]
    return WaiverTerms(
        max_days=min(days, default=None),
        never=[*parent.never, *(rule for rule in own.never if rule not in parent.never)],
        notice_days=(own if "notice_days" in own.model_fields_set else parent).notice_days,
        four_eyes=own.four_eyes or parent.four_eyes,
    )


def terms_faults(
    content: Mapping[str, Any], rules: Collection[str], parent: WaiverTerms | None, places: Places
) -> Iterator[Fault]:
    """What is wrong with the terms of a file: rules that are not there, and what asks for less than `parent` does."""
    try:
        own = WaiverTerms.model_validate(content.get(_TABLE, {}))
    except ValidationError:
        return
    for at, rule in enumerate(own.never):
        if rule not in rules:
            yield places.fault([_TABLE, "never", at], f"unknown rule '{rule}'{nearest(rule, rules)}")
    before = parent or NO_WAIVER_TERMS
    if own.max_days is not None and before.max_days is not None and own.max_days > before.max_days:
        of = f"the {counted(before.max_days, 'day')} of the policy that this one extends"
        yield places.fault([_TABLE, "max_days"], f"is longer than {of}; it may only be shorter")
    if before.four_eyes and "four_eyes" in own.model_fields_set and not own.four_eyes:
        yield places.fault([_TABLE, "four_eyes"], "is true in the policy that this one extends; it may only stay so")


def terms_lines(terms: WaiverTerms) -> Iterator[str]:
    """For people: what is asked of waivers, a line each."""
    if terms.max_days is not None:
        yield f"a waiver ends at most {counted(terms.max_days, 'day')} after its approval"
    if terms.never:
        yield f"nobody may waive {', '.join(terms.never)}"
    if terms.four_eyes:
        yield "somebody else than its owner approves a waiver"
    if terms.notice_days != NO_WAIVER_TERMS.notice_days:
        yield f"a waiver is told to run out {counted(terms.notice_days, 'day')} before it does"
