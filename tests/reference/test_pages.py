"""The pages and schemas that are made from code and policies: those in the repository are what is made today."""

from pathlib import Path

import pytest

from rmccomply.cli import main_command
from rmccomply.facts.catalogue import FACTS
from rmccomply.policy.find import shipped
from rmccomply.policy.load import load
from rmccomply.reference.pages import SCHEMA_FILES, SCHEMAS, pages, rule_rows, schema_text
from tests.dangerous import dangers

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGES = pages(main_command())
RULES = {loaded.rule.id: (loaded, policy) for policy in map(load, shipped()) for loaded in policy.rules}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_in_the_repository_is_what_is_made(name: str) -> None:
    assert (REFERENCE / name).read_text("utf-8") == PAGES[name], "run: rmccomply policy docs docs/reference"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert {path.relative_to(REFERENCE).as_posix() for path in REFERENCE.rglob("*.md")} == set(PAGES)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_in_the_repository_is_what_is_made(name: str) -> None:
    written = (ROOT / "schemas" / SCHEMA_FILES[name]).read_text("utf-8")
    assert written == schema_text(name), f"run: rmccomply policy schema {name} > schemas/{SCHEMA_FILES[name]}"


SEARCHED = "grep -rns recfgct /"
"""What is looked for in files."""


def prose(name: str) -> str:
    """A page without the samples of evidence on it: evidence is no advice, and is shown as it is."""
    if not name.startswith(("rules/", "sources/")):
        return PAGES[name]
    outside = "".join(PAGES[name].split("```")[::2])
    return "\n".join(line for line in outside.split("\n") if not line.startswith(("    ", "> ")))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_advises_what_could_break_a_cluster(name: str) -> None:
    assert dangers(prose(name).replace(SEARCHED, "")) == []


def test_samples_of_evidence_are_what_is_left_out_and_nothing_else() -> None:
    page = PAGES["rules/RMC-ID-001.md"]
    assert "9f684c509e74d651\n```" in page
    assert "9f684c509e74d651\n" not in prose("rules/RMC-ID-001.md")
    assert RULES["RMC-ID-001"][0].rule.remediation.split(".")[0] in prose("rules/RMC-ID-001.md")


@pytest.mark.parametrize("rule", RULES)
def test_no_explanation_advises_what_could_break_a_cluster(rule: str) -> None:
    text = "\n".join(rule_rows(*RULES[rule]))
    assert rule in text
    assert dangers(text) == []


def test_some_rule_has_guarded_advice_that_its_page_leaves_out() -> None:
    guarded = [loaded for loaded, _ in RULES.values() if loaded.rule.remediation_unclustered]
    assert guarded
    for loaded in guarded:
        assert str(loaded.rule.remediation_unclustered).strip() not in PAGES[f"rules/{loaded.rule.id}.md"]
        assert "rules out a cluster" in PAGES[f"rules/{loaded.rule.id}.md"]


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_has_its_place_where_rule_pages_point(fact: str) -> None:
    assert f"\n## `{fact}`\n" in PAGES["facts.md"]


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for path in [
        *REFERENCE.rglob("*.md"),
        *ROOT.glob("*.md"),
        *(ROOT / "docs").glob("*.md"),
        *ROOT.glob("*/README.md"),
    ]:
        for piece in path.read_text("utf-8").split("](")[1:]:
            link = piece.partition(")")[0].partition("#")[0]
            if link and "://" not in link and not (path.parent / link).exists():
                broken.append(f"{path.relative_to(ROOT)}: {link}")
    assert broken == []
