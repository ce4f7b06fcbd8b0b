"""The facts of a target as people and programs read them."""

import json
from typing import Any

from rmccomply.assess import target_card
from rmccomply.documents.facts_1 import SCHEMA, damage_json, facts_json
from rmccomply.evidence.model import Reference
from rmccomply.evidence.section import spoken
from rmccomply.facts.gather import Facts, Settings
from rmccomply.facts.model import Fact
from rmccomply.inputs.loaded import Loaded, name_of
from rmccomply.sources.reading import Reading, Unread
from rmccomply.sources.shared.values import version_text
from rmccomply.terminal import visible
from rmccomply.words import PLATFORMS, Management


def document_line(loaded: Loaded, platform: str) -> str:
    """A facts document on one line."""
    label = loaded.label or name_of(loaded)
    card = target_card(loaded, label, platform)
    declared = (platform or loaded.platform) in PLATFORMS
    document = {
        "schema": SCHEMA,
        "target": {
            "id": label,
            "platform": card.platform,
            "platform_from": "declaration" if declared else "evidence",
            "identity": {"type_model": card.type_model, "serial": card.serial, "lpar_id": card.lpar_id},
            "labels": card.labels,
            "collected": card.collected,
            "evidence": [{"uri": one.uri, "sha256": one.sha256} for one in card.evidence],
            **damage_json(loaded.notifications),
        },
        "facts": facts_json(loaded.readings.all()),
    }
    return json.dumps(document, ensure_ascii=True, separators=(",", ":")) + "\n"


def facts_text(loaded: Loaded, platform: str, management: Management) -> str:
    """The derived facts, then what was read, each with its place."""
    label = loaded.label or name_of(loaded)
    facts = Facts(loaded.readings, loaded.platform, Settings(management, platform))
    lines = [visible(label), "", "  Facts that policies speak of"]
    for fact in facts.every():
        lines += _fact_lines(fact)
    lines += ["", "  Answers that they were derived from"]
    for reading in loaded.readings.all():
        lines += _reading_lines(reading)
    return "\n".join(lines) + "\n\n"


def _fact_lines(fact: Fact) -> list[str]:
    value = {"unknown": f"unknown ({fact.reason})", "not_applicable": "not applicable"}.get(fact.state)
    lines = [f"    {fact.name:<24} {value or _value(fact.value)}", f"{'':29}{visible(fact.says)}"]
    return lines + [f"{'':29}{_place(place)}" for place in fact.evidence[:2]]


def _value(value: Any) -> str:
    if isinstance(value, tuple) and len(value) == 4 and all(isinstance(part, int) for part in value):
        return version_text(value)
    if isinstance(value, tuple):
        return visible(", ".join(item.subject for item in value)) or "none"
    return visible(f"{value:g}" if isinstance(value, float) else str(value))


def _reading_lines(reading: Reading[object]) -> list[str]:
    if isinstance(reading, Unread):
        state, places = f"unknown ({reading.reason}): {reading.says}", reading.where()
    else:
        state, places = f"read, incomplete ({reading.partial})" if reading.partial else "read", reading.at(1)
    where = f"  {_place(places[0])}" if places else ""
    return [f"    {visible(reading.name):<40} {visible(state)}{where}"]


def _place(place: Reference) -> str:
    return visible(f"{place.uri}:{place.start_line}: {spoken(place.text).strip()[:100]}")
