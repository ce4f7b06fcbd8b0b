"""The reader of facts documents forgives what nothing rests on; the schema says what is written."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from rmccomply.documents.facts_1_reader import facts_schema, read
from rmccomply.documents.facts_1_rows import (
    DamageRow,
    FactPlace,
    FactReference,
    FactRow,
    FactsArtifact,
    FactsIdentity,
    FactsTarget,
    UnfitFact,
)
from rmccomply.errors import InputError

SCHEMA: Any = facts_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
PLACE: dict[str, Any] = {
    "uri": "a.rmcc",
    "start_line": 3,
    "end_line": 4,
    "start_column": 2,
    "text": "x",
    "request": "lssrc -a",
    "exit_status": 0,
    "collected": None,
}
FACT: dict[str, Any] = {
    "value": {"rows": []},
    "reason": None,
    "says": "",
    "collected": None,
    "partial": "truncated",
    "evidence": [{"line": -1, **PLACE}],
    "also": [PLACE],
    "argv": ["lssrc", "-a"],
    "line": 2,
}
TARGET = {
    "id": "a",
    "platform": "aix",
    "platform_from": "evidence",
    "identity": {"type_model": "9105-42A", "serial": None, "lpar_id": 8},
    "labels": {"wave": "3"},
    "collected": None,
    "evidence": [{"uri": "a.rmcc", "sha256": "0" * 64}],
    "damage": [{"text": "it is cut", "uri": "a.rmcc", "line": None}],
}


def document(target: object = TARGET, fact: object = FACT) -> dict[str, Any]:
    return {"schema": "rmccomply/facts/1", "target": target, "facts": {"lssrc -a": fact}}


def fact_of(fact: object) -> FactRow | UnfitFact:
    return read(document(fact=fact)).facts["lssrc -a"]


def test_a_whole_document() -> None:
    VALIDATOR.validate(document())
    found = read(document())
    assert found.target == FactsTarget(
        id="a",
        platform="aix",
        platform_from="evidence",
        identity=FactsIdentity(type_model="9105-42A", lpar_id=8),
        labels={"wave": "3"},
        evidence=(FactsArtifact(uri="a.rmcc", sha256="0" * 64),),
        damage=(DamageRow(text="it is cut", uri="a.rmcc"),),
    )
    assert found.facts == {
        "lssrc -a": FactRow(
            value={"rows": []},
            partial="truncated",
            line=2,
            argv=("lssrc", "-a"),
            evidence=(FactPlace(line=-1, **PLACE),),
            also=(FactReference(**PLACE),),
        )
    }


@pytest.mark.parametrize(
    ("key", "value", "read_as"),
    [
        ("id", 7, ""),
        ("platform", None, ""),
        ("platform_from", "hearsay", "declaration"),
        ("identity", [], FactsIdentity()),
        ("identity", {"serial": 7, "lpar_id": "8"}, FactsIdentity()),
        ("labels", {"wave": 3}, {"wave": "3"}),
        ("labels", 7, {}),
        ("collected", 7, None),
        ("evidence", {}, ()),
        (
            "evidence",
            [7, {"uri": 7}, {"uri": "a", "sha256": "b"}],
            (FactsArtifact(), FactsArtifact(uri="a", sha256="b")),
        ),
        ("damage", None, (DamageRow(),)),
        ("damage", [7, {}], (DamageRow(),)),
        ("damage", [{"text": 7, "uri": "a", "line": 0}, {"line": True}], (DamageRow(uri="a"), DamageRow())),
        ("damage", [], ()),
    ],
)
def test_what_of_a_target_does_not_fit_is_as_if_it_were_not_there(key: str, value: object, read_as: object) -> None:
    assert getattr(read(document(target={**TARGET, key: value})).target, key) == read_as


def test_an_empty_target() -> None:
    assert read(document(target={})).target == FactsTarget()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"evidence": 7}, "$.evidence: must be a list"),
        ({"evidence": [{**PLACE, "start_line": 0}]}, "$.evidence[0].start_line: must be at least 1"),
        ({"also": [{}]}, "$.also[0].uri: is missing"),
        ({"line": True}, "$.line: must be a whole number"),
        ({"collected": 7}, "$.collected: must be a text"),
        ({"partial": "somewhat"}, None),
        ({"reason": "denied", "says": 7}, "$.says: must be a text"),
    ],
)
def test_a_fact_that_does_not_fit_costs_no_other(changes: dict[str, Any], fault: str | None) -> None:
    found = read({**document(), "facts": {"a": {**FACT, **changes}, "b": FACT}}).facts
    assert isinstance(found["b"], FactRow)
    assert isinstance(found["a"], UnfitFact)
    assert found["a"].argv == ("lssrc", "-a")
    assert found["a"].fault == fault or (fault is None and found["a"].fault.startswith("$.partial: must be 'not_"))


@pytest.mark.parametrize("fact", [None, 7, "x", [FACT], True])
def test_a_fact_that_is_no_table(fact: object) -> None:
    assert fact_of(fact) == UnfitFact()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"reason": "a word of a later release"}, {"reason": "unparsable", "partial": None}),
        ({"reason": "denied", "partial": 7}, {"reason": "denied", "partial": None}),
        ({"says": 7}, {"says": ""}),
        ({"reason": "denied", "says": None}, {"reason": "denied", "says": "", "partial": None}),
        ({"argv": "lssrc -a"}, {"argv": None}),
        ({"argv": ["lssrc", 7]}, {"argv": None}),
        ({"evidence": None, "also": None}, {"evidence": (), "also": ()}),
    ],
)
def test_what_nothing_rests_on_is_forgiven(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    found = fact_of({**FACT, **changes})
    assert isinstance(found, FactRow)
    assert {key: getattr(found, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (7, "x: $: must be a table"),
        ({**document(), "schema": "rmccomply/facts/2"}, "x: $.schema: must be 'rmccomply/facts/1'"),
        ({**document(), "facts": []}, "x: $.facts: must be a table"),
        ({**document(), "target": 7}, "x: $.target: must be a table"),
        ({"facts": {}}, "x: $.schema: is missing\nx: $.target: is missing"),
    ],
)
def test_what_is_no_facts_document(value: object, says: str) -> None:
    with pytest.raises(InputError) as refused:
        read(value, "x")
    assert str(refused.value) == says


@pytest.mark.parametrize("key", ["value", "reason", "evidence"])
def test_the_schema_says_what_every_fact_has(key: str) -> None:
    assert not VALIDATOR.is_valid(document(fact={name: one for name, one in FACT.items() if name != key}))


@pytest.mark.parametrize("key", ["uri", "start_line", "end_line", "text", "request", "exit_status", "collected"])
def test_the_schema_says_what_every_place_has(key: str) -> None:
    place = {name: one for name, one in PLACE.items() if name != key}
    for name in ("evidence", "also"):
        assert not VALIDATOR.is_valid(document(fact={**FACT, name: [place]}))


@pytest.mark.parametrize(
    ("target", "fact"),
    [
        ({"id": "a"}, FACT),
        ({**TARGET, "damage": [{}]}, FACT),
        ({**TARGET, "damage": [{"text": "x", "line": 0}]}, FACT),
        (TARGET, {**FACT, "value": 7}),
        (TARGET, {**FACT, "reason": "because"}),
        (TARGET, {**FACT, "partial": None}),
        (TARGET, {**FACT, "argv": None}),
        (TARGET, {**FACT, "evidence": [{**PLACE, "snippet": None}]}),
        (TARGET, {**FACT, "evidence": [{**PLACE, "line": "1"}]}),
        (TARGET, 7),
    ],
)
def test_the_schema_refuses_what_is_never_written(target: object, fact: object) -> None:
    assert not VALIDATOR.is_valid(document(target, fact))


def test_the_schema_says_that_readings_are_held() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["title"] == "Facts document, version 1"
    assert SCHEMA["description"].startswith("The readings of one target")
    assert SCHEMA["properties"]["facts"]["additionalProperties"] == {"$ref": "#/$defs/fact"}
