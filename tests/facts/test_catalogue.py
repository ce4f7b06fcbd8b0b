"""The catalogue: every fact has its function and its words."""

import inspect
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from rmccomply.facts import groups as derived
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.fact_line import FactLine
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.log import _WORDS
from rmccomply.sources.reading import Readings
from tests.hosts.building import facts, healthy_aix


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_is_derived_by_its_function(name: str) -> None:
    group, _, function = name.partition(".")
    derive = getattr(import_module(f"rmccomply.facts.groups.{group}"), function)
    assert inspect.signature(derive).parameters.keys() == {"facts"}
    assert derive(Facts(Readings())).name == name


def test_every_group_is_a_module() -> None:
    modules = {path.stem for path in Path(derived.__path__[0]).glob("*.py")}
    assert {name.partition(".")[0] for name in FACTS} <= modules


@pytest.mark.parametrize(("name", "line"), FACTS.items())
def test_every_line_is_whole(name: str, line: FactLine) -> None:
    assert bool(line.words) == (line.type == "word")
    assert len(set(line.words)) == len(line.words)
    assert line.type == "list" or not line.subjects
    assert not line.unit or line.type == "number"
    assert line.doc.endswith(".")
    assert line.title
    assert not line.title.endswith(".")


@pytest.mark.parametrize("platform", ["aix", "linux", "vios", "hmc", ""])
def test_values_are_of_their_type(platform: str) -> None:
    for evidence in (healthy_aix(), []):
        for fact in facts(*evidence, platform=platform).every():
            line = FACTS[fact.name]
            if fact.state != "known":
                assert fact.value is None
            elif line.type == "word":
                assert fact.value in line.words
            elif line.type == "version":
                assert len(fact.items) == 4
            else:
                types: dict[str, Any] = {"number": (int, float), "text": str, "list": tuple}
                assert isinstance(fact.value, types[line.type])


def test_the_subjects_of_a_list_that_is_closed_are_all_its_entries_can_be_about() -> None:
    assert set(FACTS["log.console_errors"].subjects) == set(_WORDS)
