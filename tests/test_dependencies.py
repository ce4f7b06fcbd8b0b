"""What is installed: bounds at both ends, and pins with hashes that keep to them and name no address."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN_TIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
OF_REPORTS = [Requirement(text) for text in PROJECT["project"]["optional-dependencies"]["report"]]
EXTRAS = [Requirement(text) for group in PROJECT["project"]["optional-dependencies"].values() for text in group]
BUILD = [Requirement(text) for text in PROJECT["build-system"]["requires"]]
OTHERS = [one for one in (*RUN_TIME, *EXTRAS, *BUILD) if one.name != "rmccomply"]
PINS = (ROOT / ".ci" / "requirements.txt").read_text("utf-8")
LOWEST = (ROOT / ".ci" / "lowest.txt").read_text("utf-8")


def operators(requirement: Requirement) -> set[str]:
    return {one.operator for one in requirement.specifier}


def pinned(text: str) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\\n]+)", text, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(Version(version))
    return found


@pytest.mark.parametrize("requirement", OTHERS, ids=str)
def test_every_requirement_has_a_lower_and_an_upper_bound(requirement: Requirement) -> None:
    assert operators(requirement) == {">=", "<"}


def test_the_lowest_versions_are_the_lower_bounds() -> None:
    asked = [*RUN_TIME, *OF_REPORTS]
    bounds = {one.name: Version(bound.version) for one in asked for bound in one.specifier if bound.operator == ">="}
    assert {name: versions[0] for name, versions in pinned(LOWEST).items()} == bounds


@pytest.mark.parametrize(
    "requirement", [one for one in OTHERS if one.name != "mutmut"], ids=lambda requirement: requirement.name
)
def test_pins_keep_to_the_bounds(requirement: Requirement) -> None:
    versions = pinned(PINS)[canonicalize_name(requirement.name)]
    assert all(requirement.specifier.contains(version) for version in versions)


def test_every_pin_has_hashes_and_no_address() -> None:
    entries = re.split(r"\n(?=\S)", PINS.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in PINS
    assert "--index" not in PINS
    assert " @ " not in PINS
