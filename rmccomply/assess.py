"""Assess: one loaded target judged by the rules of a run, with its label made unique in the run."""

from collections.abc import Collection, Iterator, Sequence

from rmccomply.age import doubt
from rmccomply.evaluate import CompiledRule, evaluate
from rmccomply.evidence.model import Artifact, Notification
from rmccomply.facts.gather import Facts, Settings
from rmccomply.facts.model import Fact
from rmccomply.finding import NOT_JUDGED, findings_of, not_judged
from rmccomply.inputs.claims import label_of
from rmccomply.inputs.loaded import Failed, Loaded
from rmccomply.isolation import Crash, isolated
from rmccomply.policy.load import LoadedPolicy
from rmccomply.policy.select import ChosenRule
from rmccomply.report import Assessed, PolicyCard, RuleCard, TargetCard


class Labels:
    """The labels of a run. A name that two targets claim stays with neither: each is told apart by its file.

    `shared` are the names that are known beforehand to be claimed more than once.
    """

    def __init__(self, given: dict[str, dict[str, str]] | None = None, shared: Collection[str] = ()) -> None:
        self._seen: set[str] = set()
        self._given = given or {}
        self._shared = shared
        self._asked: set[str] = set()

    def take(self, name: str, place: str = "") -> str:
        """A label that no other target of the run has: the name, else the name and its place."""
        self._asked.add(name)
        twice = name in self._shared or name in self._seen
        first = label = f"{name} ({place})" if place and twice else name
        count = 1
        while label in self._seen:
            count += 1
            label = f"{first}#{count}"
        self._seen.add(label)
        return label

    def of(self, name: str) -> dict[str, str]:
        """The labels (wave, site, owner) that a labels file gives this target."""
        return self._given.get(name, {})

    def unused(self) -> tuple[str, ...]:
        """The targets of the labels file that the run had none of."""
        return tuple(name for name in self._given if name not in self._asked)


def judged(
    item: Loaded | Failed,
    rules: Sequence[CompiledRule],
    labels: Labels,
    platform: str = "",
    seconds: int = 0,
    now: str = "",
) -> Assessed:
    """The findings of one target; of one that cannot be judged the one that says so."""
    if isinstance(item, Failed):
        return _not_judged(labels.take(item.name, item.uri), item.uri, item.says)
    found = isolated(lambda: assess(item, rules, labels, platform, now), seconds)
    if isinstance(found, Crash):
        name = item.name or item.fallback
        return _not_judged(labels.take(name, item.place), item.place, found.says, item.artifacts)
    return found


def _not_judged(label: str, uri: str, says: str, artifacts: tuple[Artifact, ...] = ()) -> Assessed:
    card = TargetCard(label, "", None, None, None, artifacts)
    note = Notification(f"{NOT_JUDGED}: {says}", uri, level="error", target=label)
    return Assessed(card, (not_judged(label, says),), (note,))


def assess(
    loaded: Loaded, rules: Sequence[CompiledRule], labels: Labels, platform: str = "", now: str = ""
) -> Assessed:
    """The findings of one target."""
    name = label_of(loaded)
    verdicts = evaluate(rules, loaded.readings, loaded.platform)
    label = labels.take(name, loaded.place)
    notes = tuple(_about(note, label) for note in (*loaded.notifications, *_dated(loaded, now)))
    if label != name:
        says = f"another target claims the name '{name}' too, so its file tells this one apart: '{label}'"
        notes = (*notes, Notification(says, loaded.artifacts[0].uri if loaded.artifacts else "", target=label))
    return Assessed(target_card(loaded, label, platform, labels.of(name)), tuple(findings_of(verdicts, label)), notes)


def target_card(loaded: Loaded, label: str, platform: str = "", labels: dict[str, str] | None = None) -> TargetCard:
    """A target as reports name it."""
    facts = Facts(loaded.readings, loaded.platform, Settings(platform=platform))
    return TargetCard(
        label,
        facts.fact("host.platform").word,
        facts.fact("host.type_model").word or None,
        facts.fact("host.serial").word or None,
        _whole(facts.fact("host.lpar_id")),
        loaded.artifacts,
        {**loaded.labels, **(labels or {})},
        loaded.collected,
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
            one.loaded.rule.confidence,
        )
        for one in chosen
    )
