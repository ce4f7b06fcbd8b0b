"""Waivers of a file at the clock of a run, under what the policies ask of waivers: in force, soon, expired or void.

Where several policies of a run have the rule, each may void it. `expires` is the last second that counts. A policy's
`max_days` count from the day of approval to the day on which the waiver ends by its own offset.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from math import ceil
from pathlib import PurePath
from typing import Final

from rmccomply.dispose.waivers import Waiver
from rmccomply.evidence.redact import redact_table
from rmccomply.evidence.told import redact_told
from rmccomply.evidence.uris import encoded
from rmccomply.policy.load import LoadedPolicy
from rmccomply.policy.model import NO_WAIVER_TERMS, WaiverTerms
from rmccomply.tuples import NamedTuple
from rmccomply.words import WaiverState, counted
from rmccomply.written.waivers import WaiverFile, WrittenWaiver, moment_text

_EARLIEST: Final = timedelta(hours=14)
"""How far the day is ahead of that of UTC where it begins first."""


class PolicyTerms(NamedTuple):
    """What a policy of the run asks of waivers."""

    policy: str
    terms: WaiverTerms


def bound(file: WaiverFile, policies: Sequence[LoadedPolicy], judged: Collection[str], now: str) -> tuple[Waiver, ...]:
    """The waivers of a file; `judged` are the rules of the run, `now` is its clock, RFC 3339 with an offset.

    All texts of it are without secrets from here on.
    """
    moment, uri = datetime.fromisoformat(now), encoded(PurePath(file.path).name)
    of_rule: dict[str, list[PolicyTerms]] = {}
    for policy in policies:
        terms = PolicyTerms(policy.id, policy.waivers)
        for loaded in policy.rules:
            of_rule.setdefault(loaded.rule.id, []).append(terms)
    return tuple(
        _bound(one, of_rule.get(one.rule, ()), moment)._replace(judged=one.rule in judged, uri=uri)
        for one in file.waivers
    )


def _bound(one: WrittenWaiver, asked: Sequence[PolicyTerms], now: datetime) -> Waiver:
    left = one.expires - now
    days = (each.terms.notice_days for each in asked)
    notice = timedelta(days=max(days, default=NO_WAIVER_TERMS.notice_days))
    why = next(_void(one, asked, now), "")
    state: WaiverState = (
        "expired" if left < timedelta() else "void" if why else "soon" if left <= notice else "in_force"
    )
    return Waiver(
        redact_told(one.id),
        one.rule,
        one.targets,
        one.severity,
        redact_told(one.subject) or None,
        redact_told(one.owner),
        redact_told(one.approved_by),
        one.approved.isoformat(),
        redact_told(one.ticket),
        redact_told(one.reason),
        moment_text(one.expires),
        state,
        tuple(redact_table(dict(one.labels)).items()),
        one.pin,
        why if state == "void" else "",
        ceil(left.total_seconds()),
        line=one.line,
    )


def _void(one: WrittenWaiver, asked: Sequence[PolicyTerms], now: datetime) -> Iterator[str]:
    """Why it counts for nothing, though it has not run out."""
    if one.approved > _last_day(now):
        yield f"it is approved on {one.approved}, which is later than this run"
    for policy, terms in asked:
        if one.rule in terms.never:
            yield f"policy {policy} lets nobody waive {one.rule}"
        if terms.four_eyes and _who(one.owner) == _who(one.approved_by):
            yield f"its owner approved it, and policy {policy} asks that somebody else does"
        days = (one.expires.date() - one.approved).days
        if terms.max_days is not None and days > terms.max_days:
            yield (
                f"it ends {counted(days, 'day')} after its approval, and policy {policy} allows {terms.max_days}: "
                "approve it anew"
            )


def _last_day(now: datetime) -> date:
    """The day, where it begins first."""
    try:
        return (now.astimezone(UTC) + _EARLIEST).date()
    except OverflowError:
        return date.max


def _who(text: str) -> str:
    return " ".join(text.casefold().split())
