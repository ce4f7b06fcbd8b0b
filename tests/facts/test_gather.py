"""From readings to facts: each derived when it is asked for, and once, and how old evidence may be."""

import pytest

from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.model import Damage
from rmccomply.facts.gather import Facts, FactSettings, facts_of
from rmccomply.sources import table
from rmccomply.sources.reading import Read, Readings
from tests.hosts.building import LSSRC, NOW, THEN, bundle, command, facts, healthy_aix, was_not_read

CUT = command("lssrc -a", "\n".join(LSSRC.split("\n")[:2]), damage=Damage("truncated", "it was cut", partial=True))


def test_what_was_read_and_what_was_not_stand_apart() -> None:
    refused = command("lssrc -g rsct", "", 1, "0513-001 no\n")
    found = facts(command("lssrc -a", LSSRC), refused)
    assert [one.name for one in found.answers(table.LSSRC)] == ["lssrc -a", "lssrc -g rsct"]
    assert [one.name for one in found.read(table.LSSRC)] == ["lssrc -a"]
    assert [(one.name, one.reason) for one in found.unread(table.LSSRC)] == [("lssrc -g rsct", "failed")]
    assert found.read_of(table.LSSRC, "lssrc -g rsct") is None


@pytest.mark.parametrize(
    ("max_age", "collected", "reason"),
    [
        (None, None, None),
        (3600, THEN, None),
        (3599, THEN, "stale"),
        (3599, None, "stale"),
        (3600, "yesterday", "stale"),
        (3600, "2026-11-20T03:00:00", "stale"),
        (0, NOW, None),
        (3600, "2026-11-20T05:00:00Z", None),
        (3600, "2026-11-20T05:00:01Z", "stale"),
    ],
)
def test_evidence_older_than_allowed_says_nothing(
    max_age: int | None, collected: str | None, reason: str | None
) -> None:
    readings = Readings([command("lssrc -a", LSSRC, ended=collected)])
    found = Facts(readings, "aix", FactSettings(now=NOW, max_age=max_age)).answers(table.LSSRC)[0]
    assert (None if isinstance(found, Read) else found.reason) == reason
    assert isinstance(readings.of(table.LSSRC)[0], Read)


def test_facts_are_derived_once() -> None:
    found = facts_of(read_bundle(bundle(healthy_aix()), "x"))
    assert found.platform == "aix"
    assert found.fact("rsct.level") is found.fact("rsct.level")
    assert found.fact("rsct.level").value == (3, 2, 6, 2)
    assert found.read_of(table.LSSRC, "lssrc -a") is not None
    assert found.read_of(table.LSSRC, "lssrc -g rsct") is None
    calls: list[Facts] = []
    for _ in range(2):
        found.cached(calls.append)
    assert calls == [found]


@pytest.mark.parametrize(
    ("collected", "says"),
    [
        (None, "its age is unknown"),
        (THEN, "it is older than the policy"),
        (
            "2031-01-01T00:00:00Z",
            "its age is unknown: it is dated 2031-01-01T00:00:00Z, which is later than this run",
        ),
        ("yesterday", "its age is unknown"),
    ],
)
def test_why_evidence_is_stale(collected: str | None, says: str) -> None:
    answers = command("lssrc -a", LSSRC, ended=collected), CUT._replace(ended=collected)
    for item in answers:
        (answer,) = Facts(Readings([item]), "aix", FactSettings(now=NOW, max_age=60)).answers(table.LSSRC)
        found = was_not_read(answer)
        assert (found.reason, found.says.startswith(says)) == ("stale", True)


def test_the_facts_of_a_bundle_are_judged_as_the_run_decides() -> None:
    read = read_bundle(bundle(healthy_aix()), "x")
    assert facts_of(read, FactSettings(now=NOW, max_age=60)).fact("rsct.level").reason == "stale"
    assert Facts(Readings()).platform == ""
