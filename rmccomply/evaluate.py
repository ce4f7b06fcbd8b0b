"""Evaluate: from the rules of a run and the facts of a target to verdicts. Pure."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rmccomply.advice import NO_ADVICE, Advice, advice
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.facts.identity import distribution
from rmccomply.facts.judging.reasons import lower_first
from rmccomply.outcome import Judge, Outcome, combined, facts_behind
from rmccomply.policy.blocks import CompiledBlock, compile_blocks
from rmccomply.policy.model import SystemWord
from rmccomply.policy.select import ChosenRule
from rmccomply.policy.settings import settings_of
from rmccomply.sources.reading import Readings
from rmccomply.tuples import NamedTuple
from rmccomply.verdict import Verdict
from rmccomply.words import Image, Needs, Severity, counted

if TYPE_CHECKING:
    from rmccomply.facts.others import Others

Texts = tuple[str, ...]
Views = Mapping[FactSettings, Facts]
"""The facts of one target, under the settings of each policy."""
MOST_LINES: Final = 200
"""Lines that a finding points at; an answer may have any number of them."""


class Fitting(NamedTuple):
    """A text, if any, and those that stand for it on a distribution or a platform."""

    text: Texts
    on: Mapping[str, Texts]


class CompiledRule(NamedTuple):
    """A rule ready to judge many targets; `blocks` are those of the run, the same for every rule.
    `needs` is None under a policy that is not for images; it holds on the platforms `needs_on`. Where `informs` passes,
    a fail is of severity info. `waits`: what a fail says before the rule is in
    effect."""

    id: str
    policy: str
    severity: Severity
    platforms: frozenset[str]
    when: Judge | None
    check: Judge
    remediation: Fitting
    remediation_for: Mapping[str, str]
    unseen: Fitting
    unclustered: Fitting
    settings: FactSettings
    needs: Needs | None = None
    needs_on: frozenset[str] = frozenset()
    informs: Judge | None = None
    waits: str = ""
    blocks: tuple[CompiledBlock, ...] = ()


def compile_rules(chosen: Sequence[ChosenRule], now: str, platform: str = "") -> tuple[CompiledRule, ...]:
    """The rules of a run, each under the parameters of its policy."""
    shared: dict[FactSettings, FactSettings] = {}
    blocks = compile_blocks(chosen, now, platform)
    found = [(one, settings_of(one.policy, now, platform)) for one in chosen]
    return tuple(_compiled(one, shared.setdefault(settings, settings), blocks) for one, settings in found)


def _compiled(one: ChosenRule, settings: FactSettings, blocks: tuple[CompiledBlock, ...]) -> CompiledRule:
    rule, policy = one.loaded.rule, one.policy
    return CompiledRule(
        id=rule.id,
        policy=policy.id,
        severity=one.loaded.severity,
        platforms=frozenset(rule.platforms),
        when=None if rule.when is None else rule.when.compile(policy.values),
        check=rule.check.compile(policy.values),
        remediation=_fitting(rule.remediation, rule.remediation_on),
        remediation_for=rule.remediation_for,
        unseen=_fitting(rule.remediation_unseen, rule.remediation_unseen_on),
        unclustered=_fitting(rule.remediation_unclustered, rule.remediation_unclustered_on),
        settings=settings,
        needs=rule.needs if policy.images else None,
        needs_on=frozenset(rule.needs_on or rule.platforms),
        informs=None if rule.informs is None else rule.informs.compile(policy.values),
        waits=_waits(one, settings.now),
        blocks=blocks,
    )


def _waits(one: ChosenRule, now: str) -> str:
    """What a fail says before the day from which the rule is in effect, which begins at midnight in UTC; else empty."""
    day = one.loaded.rule.effective
    if day is None or not now or now[:10] >= day.isoformat():
        return ""
    return f"This rule takes effect on {day.isoformat()} (UTC): from then on a fail of it is {one.loaded.severity}."


def _fitting(text: str | None, on: Mapping[SystemWord, str]) -> Fitting:
    return Fitting(() if text is None else (text,), {str(place): (other,) for place, other in on.items()})


def evaluate(rules: Sequence[CompiledRule], readings: Readings, platform: str) -> tuple[Verdict, ...]:
    """The verdicts on one target, in the order of the rules."""
    return verdicts(rules, views(rules, readings, platform))


def views(
    rules: Sequence[CompiledRule],
    readings: Readings,
    platform: str,
    image: Image | None = None,
    others: "Others" = None,
) -> Views:
    """What these rules are judged by; no fact is derived yet."""
    return {
        settings: Facts(readings, platform, settings, image, others)
        for settings in dict.fromkeys(rule.settings for rule in rules)
    }


def verdicts(rules: Sequence[CompiledRule], seen: Views) -> tuple[Verdict, ...]:
    """The verdicts on the target of these views, in the order of the rules."""
    found = [(rule, outcomes(rule, seen[rule.settings])) for rule in rules]
    blocks = _open_blocks(found)
    return tuple([one for rule, told in found for one in _verdicts(rule, told, seen[rule.settings], blocks)])


def _open_blocks(found: Sequence[tuple[CompiledRule, tuple[Outcome, ...]]]) -> tuple[CompiledBlock, ...]:
    """The blocks of rules that fail on this target; of a rule that is not judged, those that facts can bear out."""
    judged = {rule.id for rule, _ in found}
    fails = {rule.id for rule, told in found if any(one.result == "fail" for one in told)}
    blocks = found[0][0].blocks if found else ()
    return tuple([one for one in blocks if one.rule in fails or (one.rule not in judged and one.when is not None)])


def _verdicts(
    rule: CompiledRule, told: Sequence[Outcome], facts: Facts, blocks: Sequence[CompiledBlock]
) -> list[Verdict]:
    general, added = _fit(rule.remediation, facts), _added(rule, facts)
    usual, informing = " ".join(general + added), _informing(rule, facts)
    return [
        _verdict(
            rule,
            outcome,
            _remediation(rule, outcome, general, added) if outcome.result == "fail" else usual,
            advice(outcome, facts, blocks) if outcome.result == "unknown" else NO_ADVICE,
            informing if outcome.result in ("fail", "unknown") else "",
        )
        for outcome in told
    ]


def _informing(rule: CompiledRule, facts: Facts) -> str:
    """Why this rule only informs here; empty where it does not."""
    if rule.informs is None or rule.severity == "info":
        return ""
    found = combined("all", rule.informs(facts))
    return f"It only informs here: {lower_first(found.message)}" if found.result == "pass" else ""


def _remediation(rule: CompiledRule, outcome: Outcome, general: Texts, added: Texts) -> str:
    """The remedy: what comes first here as the facts that fail say, what fits what was found, and what is safe here."""
    first = dict.fromkeys(fact.step for fact in facts_behind(outcome) if fact.step)
    found = (outcome.subject, *outcome.actual.split("; "))
    told = [rule.remediation_for[word] for word in found if word in rule.remediation_for][:1]
    return " ".join([*first, *(told or general), *added])


def _added(rule: CompiledRule, facts: Facts) -> Texts:
    """What may be added where no cluster is seen, or one is ruled out."""
    texts: Texts = ()
    if rule.unseen.text and facts.fact("cluster.signs").value == "none":
        texts = _fit(rule.unseen, facts)
    if rule.unclustered.text and facts.fact("cluster.presence").value == "ruled_out":
        texts = (*texts, *_fit(rule.unclustered, facts))
    return texts


def _fit(one: Fitting, facts: Facts) -> Texts:
    """The text for this system; none where there is none for any."""
    if not one.on:
        return one.text
    places = (facts.cached(distribution), facts.fact("host.platform").word)
    return next((one.on[place] for place in places if place in one.on), one.text)


def outcomes(rule: CompiledRule, facts: Facts) -> tuple[Outcome, ...]:
    """What a rule says of a target: one outcome, or one for each subject."""
    instead = _not_judged(rule, facts)
    return rule.check(facts) if instead is None else (instead,)


def _not_judged(rule: CompiledRule, facts: Facts) -> Outcome | None:
    """The outcome of a rule that is not to be judged here, or cannot be told to be; None where it is."""
    instead = facts.cached(_nothing_judged)
    if instead is not None:
        return instead
    platform = facts.fact("host.platform")
    if platform.value not in rule.platforms:
        says = f"The rule is not for this platform: {platform.says}"
        return Outcome("not_applicable", says, evidence=platform.evidence, fact=platform)
    if rule.needs is not None and platform.value in rule.needs_on:
        needed = _needed(rule.needs, facts)
        if needed is not None:
            return needed
    if rule.when is None:
        return None
    when = combined("all", rule.when(facts))
    if when.result == "pass":
        return None
    if when.result == "unknown":
        says = f"Whether the rule applies is unknown: {when.message}"
        return Outcome("unknown", says, when.reason, evidence=when.evidence, settle=when.settle, parts=(when,))
    return Outcome("not_applicable", f"The rule does not apply: {when.message}", evidence=when.evidence, parts=(when,))


def _needed(needs: Needs, facts: Facts) -> Outcome | None:
    """The outcome of a rule that an image cannot answer; None where this one can."""
    if needs == "first_boot":
        return Outcome("not_applicable", "The first boot of this image is still to come.")
    if facts.image != "mounted_root":
        return None
    image = facts.fact("image.mode")
    says = f"Only a running system can answer this. {image.says}"
    return Outcome("not_applicable", says, evidence=image.evidence, fact=image)


def _nothing_judged(facts: Facts) -> Outcome | None:
    """What keeps every rule from being judged: nobody knows the platform, or the machine is none of RMC's."""
    platform = facts.fact("host.platform")
    if platform.state != "known":
        return Outcome(
            "unknown",
            platform.says,
            platform.reason,
            evidence=platform.evidence,
            settle=platform.settle,
            fact=platform,
        )
    kind = facts.fact("host.kind")
    if kind.value == "other_machine":
        return Outcome("not_applicable", kind.says, evidence=kind.evidence, fact=kind)
    return None


def _verdict(rule: CompiledRule, outcome: Outcome, remediation: str, todo: Advice, informing: str) -> Verdict:
    """`informing` is why it only informs here, if it does."""
    notes, more = outcome.notes, len(outcome.evidence) - MOST_LINES
    if informing:
        notes = (*notes, informing)
    if more > 0:
        notes = (*notes, f"{counted(more, 'more line')} {'is' if more == 1 else 'are'} behind this.")
    waits = outcome.result == "fail" and rule.waits != ""
    return Verdict(
        rule=rule.id,
        policy=rule.policy,
        severity="info" if waits or informing else rule.severity,
        result=outcome.result,
        message=f"{outcome.message} {rule.waits}" if waits else outcome.message,
        reason=outcome.reason,
        subject=outcome.subject,
        expected=outcome.expected,
        actual=outcome.actual,
        evidence=outcome.evidence[:MOST_LINES],
        remediation=remediation,
        settle=todo.settle,
        notes=notes,
        advice=todo.says,
        step=todo.step,
        first=todo.first,
        way=todo.way,
        tree=outcome,
    )
