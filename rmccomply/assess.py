"""Assess: one loaded target judged by the rules of a run, with its label made unique in the run."""

from collections.abc import Sequence

from rmccomply.evaluate import CompiledRule, evaluate
from rmccomply.evidence.model import Notification
from rmccomply.facts.gather import Facts, Settings
from rmccomply.facts.identity import identity_of, node_name
from rmccomply.inputs import Loaded
from rmccomply.policy.load import LoadedPolicy
from rmccomply.policy.select import ChosenRule
from rmccomply.report import Assessed, PolicyCard, RuleCard, TargetCard


class Labels:
    """The labels of a run. A label that two targets carry stays with the first; the second is NAME#2."""

    def __init__(self, given: dict[str, dict[str, str]] | None = None) -> None:
        self._seen: dict[str, int] = {}
        self._given = given or {}

    def take(self, name: str) -> str:
        """A label that no other target of the run has."""
        count = self._seen[name] = self._seen.get(name, 0) + 1
        return name if count == 1 else self.take(f"{name}#{count}")

    def of(self, name: str) -> dict[str, str]:
        """The labels (wave, site, owner) that a labels file gives this target."""
        return self._given.get(name, {})


def label_of(loaded: Loaded) -> str:
    """The name that the carrier gives, else `uname -n`, else the file's or folder's name."""
    return loaded.name or node_name(loaded.readings) or loaded.fallback


def assess(loaded: Loaded, rules: Sequence[CompiledRule], labels: Labels, platform: str = "") -> Assessed:
    """The findings of one target."""
    name = label_of(loaded)
    label = labels.take(name)
    notes = tuple(_about(note, label) for note in loaded.notifications)
    if label != name:
        says = f"another target is called '{name}' too, so this one is called '{label}'"
        notes = (*notes, Notification(says, loaded.artifacts[0].uri if loaded.artifacts else "", target=label))
    findings = evaluate(rules, loaded.readings, loaded.platform, label)
    return Assessed(target_card(loaded, label, platform, labels.of(name)), findings, notes)


def target_card(loaded: Loaded, label: str, platform: str = "", labels: dict[str, str] | None = None) -> TargetCard:
    """A target as reports name it."""
    identity = identity_of(loaded.readings)
    facts = Facts(loaded.readings, loaded.platform, Settings(platform=platform))
    return TargetCard(
        label,
        facts.fact("host.platform").value or "",
        identity.type_model,
        identity.serial,
        identity.lpar_id,
        loaded.artifacts,
        {**loaded.labels, **(labels or {})},
        loaded.collected,
    )


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
            one.loaded.rule.id,
            one.loaded.rule.title,
            one.loaded.severity,
            one.policy.id,
            one.loaded.uri,
            one.loaded.line,
            one.loaded.rule.rationale,
            one.loaded.rule.remediation,
            tuple((link.title, link.url or "") for link in one.loaded.rule.references),
            tuple(one.loaded.rule.controls),
        )
        for one in chosen
    )
