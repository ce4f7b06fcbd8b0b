"""Assess: one loaded target judged by the rules of a run."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rmccomply.age import doubt
from rmccomply.causes import CompiledCause, linked
from rmccomply.dispose import NO_TERMS, Terms, dispose
from rmccomply.evaluate import CompiledRule, Views, verdicts, views
from rmccomply.evidence.model import Artifact, Notification
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.facts.identity import system
from rmccomply.facts.model import Fact
from rmccomply.finding import NOT_JUDGED, findings_of, not_judged
from rmccomply.inputs.loaded import Failed, Loaded, name_of
from rmccomply.isolation import Crash, isolated
from rmccomply.policy.load import LoadedPolicy
from rmccomply.policy.select import ChosenRule
from rmccomply.report import Assessed, PolicyCard, RuleCard, TargetCard

Given = Mapping[str, Mapping[str, str]]
"""The labels (wave, site, owner) that a labels file gives targets, by name."""
NONE_GIVEN: Final[Given] = {}
_NOT_SEEN: Final[Views] = {}
TWIN: Final = "another target claims the name"
"""How the note on a target begins whose label is not its name."""


def judged(
    item: Loaded | Failed,
    rules: Sequence[CompiledRule],
    given: Given = NONE_GIVEN,
    platform: str = "",
    seconds: int = 0,
    now: str = "",
    terms: Terms = NO_TERMS,
    causes: Sequence[CompiledCause] = (),
) -> Assessed:
    """The findings of one target; of one that cannot be judged the one that says so."""
    if isinstance(item, Failed):
        return _not_judged(item.label or item.name, item.uri, item.says)
    found = isolated(lambda: assess(item, rules, given, platform, now, terms, causes), seconds)
    if isinstance(found, Crash):
        return _not_judged(item.label or item.name or item.fallback, item.place, found.says, item.artifacts)
    return found


def _not_judged(label: str, uri: str, says: str, artifacts: tuple[Artifact, ...] = ()) -> Assessed:
    card = TargetCard(label, "", None, None, None, artifacts)
    note = Notification(f"{NOT_JUDGED}: {says}", uri, level="error", target=label)
    return Assessed(card, (not_judged(label, says),), (note,))


def assess(
    loaded: Loaded,
    rules: Sequence[CompiledRule],
    given: Given = NONE_GIVEN,
    platform: str = "",
    now: str = "",
    terms: Terms = NO_TERMS,
    causes: Sequence[CompiledCause] = (),
) -> Assessed:
    """The findings of one target, under its label; of one that was given none, under its name."""
    name = name_of(loaded)
    seen = views(rules, loaded.readings, loaded.platform, loaded.image, loaded.others)
    found = verdicts(rules, seen)
    label = loaded.label or name
    notes = tuple(_about(note, label) for note in (*loaded.notifications, *_dated(loaded, now)))
    if label != name:
        says = f"{TWIN} '{name}' too, so its file tells this one apart: '{label}'"
        notes = (*notes, Notification(says, loaded.artifacts[0].uri if loaded.artifacts else "", target=label))
    card = target_card(loaded, label, platform, given.get(name, {}), seen)
    linked_ones = linked(tuple(findings_of(found, label)), causes, seen)
    disposed = dispose(linked_ones, terms, card.labels, twin=label != name)
    return Assessed(card, disposed.findings, notes, disposed.used)


def target_card(
    loaded: Loaded, label: str, platform: str = "", labels: Mapping[str, str] | None = None, seen: Views = _NOT_SEEN
) -> TargetCard:
    """A target as reports name it, by evidence of any age. `seen` are its facts that are at hand."""
    fit = (facts for settings, facts in seen.items() if settings.platform == platform and settings.max_age is None)
    facts = next(fit, None) or Facts(loaded.readings, loaded.platform, FactSettings(platform=platform), loaded.image)
    return TargetCard(
        id=label,
        platform=facts.fact("host.platform").word,
        type_model=facts.fact("host.type_model").word or None,
        serial=facts.fact("host.serial").word or None,
        lpar_id=_whole(facts.fact("host.lpar_id")),
        evidence=loaded.artifacts,
        labels={**loaded.labels, **(labels or {})},
        collected=loaded.collected,
        os=system(facts),
        cluster=facts.fact("cluster.presence").word or "unknown",
        image=loaded.image,
        image_sha256=(facts.fact("image.file").word or None) if loaded.image == "mounted_root" else None,
    )


def _whole(fact: Fact) -> int | None:
    return None if fact.number is None else int(fact.number)


def _dated(loaded: Loaded, now: str) -> Iterator[Notification]:
    if now and (says := doubt(loaded.collected, now)):
        yield Notification(says, loaded.artifacts[0].uri if loaded.artifacts else "", level="note")


def _about(note: Notification, target: str) -> Notification:
    return note._replace(target=target)


def policy_cards(policies: Sequence[LoadedPolicy]) -> tuple[PolicyCard, ...]:
    """The policies of a run, then those that they extend, each once."""
    cards: dict[str, PolicyCard] = {}
    parents: list[LoadedPolicy] = []
    for policy in policies:
        cards[policy.id] = _card(policy)
        if policy.parent is not None:
            parents.append(policy.parent)
    while parents:
        policy = parents.pop(0)
        cards.setdefault(policy.id, _card(policy))
        if policy.parent is not None:
            parents.append(policy.parent)
    return tuple(cards.values())


def _card(policy: LoadedPolicy) -> PolicyCard:
    return PolicyCard(policy.id, policy.title, policy.version, policy.sha256, policy.uri)


def rule_cards(chosen: Sequence[ChosenRule]) -> tuple[RuleCard, ...]:
    """The rules of a run as reports describe them."""
    return tuple(
        RuleCard(
            id=one.loaded.rule.id,
            title=one.loaded.rule.title,
            severity=one.loaded.severity,
            policy=one.policy.id,
            uri=one.loaded.uri,
            line=one.loaded.line,
            rationale=one.loaded.rule.rationale,
            remediation=one.loaded.rule.remediation,
            references=tuple((link.title, link.url or "") for link in one.loaded.rule.references),
            controls=tuple(one.loaded.rule.controls),
            confidence=one.loaded.rule.confidence,
            problem=one.loaded.rule.problem or "",
        )
        for one in chosen
    )
