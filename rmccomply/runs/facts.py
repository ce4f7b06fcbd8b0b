"""The facts of a target as people and programs read them, as `facts` gives them."""

from typing import Final

from rmccomply.assess import target_card
from rmccomply.documents import FACTS_1
from rmccomply.documents.facts_1 import facts_line
from rmccomply.documents.facts_1_readings import damage_rows, fact_rows
from rmccomply.documents.facts_1_rows import FactsArtifact, FactsDocument, FactsIdentity, FactsTarget
from rmccomply.evidence.model import Reference
from rmccomply.evidence.section import spoken
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.facts.model import Fact
from rmccomply.inputs.loaded import Loaded, name_of
from rmccomply.sources.reading import Reading, Unread
from rmccomply.sources.shared.values import version_text
from rmccomply.terminal import PAGE, Page, Verbatim
from rmccomply.words import PLATFORMS, Management

_COLUMN: Final = 8


def document_line(loaded: Loaded, platform: str) -> str:
    """A facts document on one line."""
    label = loaded.label or name_of(loaded)
    target, facts = facts_target(loaded, label, platform), fact_rows(loaded.readings.all())
    return facts_line(FactsDocument(schema=FACTS_1, target=target, facts=facts))


def facts_target(loaded: Loaded, label: str, platform: str) -> FactsTarget:
    """The target of a facts document."""
    card = target_card(loaded, label, platform)
    return FactsTarget(
        id=label,
        platform=card.platform,
        platform_from="declaration" if (platform or loaded.platform) in PLATFORMS else "evidence",
        image=loaded.image,
        identity=FactsIdentity(type_model=card.type_model, serial=card.serial, lpar_id=card.lpar_id),
        labels={**card.labels},
        collected=card.collected,
        evidence=tuple(FactsArtifact(uri=one.uri, sha256=one.sha256) for one in card.evidence),
        damage=damage_rows(loaded.notifications),
    )


def facts_text(loaded: Loaded, platform: str, management: Management, page: Page = PAGE) -> str:
    """The derived facts, then what was read, each with its place."""
    label = loaded.label or name_of(loaded)
    facts = Facts(loaded.readings, loaded.platform, FactSettings(management, platform), loaded.image)
    lines = [label, "", "  Facts that policies speak of"]
    for fact in facts.every():
        lines += _fact_lines(fact)
    lines += ["", "  Answers that they were derived from"]
    for reading in loaded.readings.all():
        lines += _reading_lines(reading)
    return page.laid([*lines, ""])


def _fact_lines(fact: Fact) -> list[str]:
    value = {"unknown": f"unknown ({fact.reason})", "not_applicable": "not applicable"}.get(fact.state)
    lines = [f"    {fact.name:<24} {value or _value(fact)}", f"{'':{_COLUMN}}{fact.says}"]
    return lines + [Verbatim(f"{'':{_COLUMN}}{_place(place)}") for place in fact.evidence[:2]]


def _value(fact: Fact) -> str:
    if fact.version and all(isinstance(part, int) for part in fact.version):
        return version_text(fact.version)
    if isinstance(fact.value, tuple):
        return ", ".join(item.subject for item in fact.items) or "none"
    return f"{fact.value:g}" if isinstance(fact.value, float) else str(fact.value)


def _reading_lines(reading: Reading[object]) -> list[str]:
    if isinstance(reading, Unread):
        state, places = f"unknown ({reading.reason}): {reading.says}", reading.where()
    else:
        state, places = f"read, incomplete ({reading.partial})" if reading.partial else "read", reading.at(1)
    where = [Verbatim(f"      {_place(places[0])}")] if places else []
    return [f"    {reading.name:<40} {state}", *where]


def _place(place: Reference) -> str:
    return f"{place.uri}:{place.start_line}: {spoken(place.text).strip()[:100]}"
