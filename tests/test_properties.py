"""The promises, over partitions of every kind: missing evidence is never a pass; order and time change nothing."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.model import Evidence
from rmccomply.finding import Finding
from rmccomply.inputs.read import Loaded
from rmccomply.runs.facts import document_line
from rmccomply.sources.reading import Readings
from rmccomply.words import REASONS
from tests.changed import Changed, changed
from tests.documents.plain_facts import read_facts
from tests.hosts.building import bundle, judge
from tests.hosts.partitions import FAILED, Partition, partitions

POLICIES = ("rmc-core", "powervs-import")
QUICK = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


DRAWN = st.one_of(partitions(), changed())
Drawn = Partition | Changed


@dataclass(frozen=True)
class Worse:
    """A rule that passes after evidence was taken away, though it did not before."""

    rule: str
    before: str
    after: str


def worse(before: dict[str, Finding], after: dict[str, Finding]) -> list[Worse]:
    return [
        Worse(rule, f"{was.result} ({was.reason}): {was.message}", f"{now.result}: {now.message}")
        for rule, was in before.items()
        if (now := after[rule]).result == "pass"
        and (was.result == "fail" or (was.result == "unknown" and was.reason != "conflicting"))
    ]


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", POLICIES)
@QUICK
@given(partition=DRAWN, data=st.data())
def test_removing_answers_never_makes_a_pass(policy: str, partition: Drawn, data: st.DataObject) -> None:
    platform, evidence = partition.platform, partition.evidence
    kept = [item for item in evidence if data.draw(st.booleans(), label=item.request)]
    assert worse(judge(evidence, policy, platform), judge(kept, policy, platform)) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", POLICIES)
@QUICK
@given(partition=DRAWN, data=st.data())
def test_failing_answers_never_makes_a_pass(policy: str, partition: Drawn, data: st.DataObject) -> None:
    platform, evidence = partition.platform, partition.evidence
    hurt = [_hurt(item, data) for item in evidence]
    assert worse(judge(evidence, policy, platform), judge(hurt, policy, platform)) == []


def _hurt(item: Evidence, data: st.DataObject) -> Evidence:
    if data.draw(st.integers(0, 2), label=item.request):
        return item
    state, damage = data.draw(st.sampled_from(FAILED))
    return item._replace(state=state, damage=damage, exit_status=None)


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", POLICIES)
@QUICK
@given(partition=DRAWN, data=st.data())
def test_captures_follow_the_same_promise(policy: str, partition: Drawn, data: st.DataObject) -> None:
    platform, evidence = partition.platform, partition.evidence
    captures = [_captured(item) for item in evidence]
    kept = [item for item in captures if data.draw(st.booleans(), label=item.request)]
    assert worse(judge(captures, policy, platform), judge(kept, policy, platform)) == []


def _captured(item: Evidence) -> Evidence:
    return item._replace(exit_status=None, line=0, text="", ended=None, state="exit")


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", POLICIES)
@QUICK
@given(partition=DRAWN, data=st.data())
def test_damage_to_a_bundle_never_makes_a_pass(policy: str, partition: Drawn, data: st.DataObject) -> None:
    platform, evidence = partition.platform, partition.evidence
    whole = bundle(evidence, system={"aix": "AIX", "vios": "VIOS", "linux": "Linux"}[platform])
    assert worse(_of_bytes(whole, policy), _of_bytes(_damaged(whole, data), policy)) == []


def _of_bytes(data: bytes, policy: str) -> dict[str, Finding]:
    read = read_bundle(data, "x.rmcc", "x")
    return judge(Readings(read.evidence), policy, read.platform)


def _damaged(data: bytes, draw: st.DataObject) -> bytes:
    lines = data.split(b"\n")
    kind = draw.draw(st.sampled_from(["cut", "flip", "lose", "repeat", "move", "span", "crlf", "blanks"]))
    at = draw.draw(st.integers(0, len(data) - 1))
    n, m = (draw.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    if kind == "cut":
        return data[:at]
    if kind == "flip":
        return data[:at] + bytes([data[at] ^ (1 << draw.draw(st.integers(0, 7)))]) + data[at + 1 :]
    if kind == "lose":
        return b"\n".join(lines[:n] + lines[n + 1 :])
    if kind == "repeat":
        return b"\n".join([*lines[:n], lines[n], *lines[n:]])
    if kind == "move":
        rest = lines[:n] + lines[n + 1 :]
        return b"\n".join([*rest[:m], lines[n], *rest[m:]])
    if kind == "span":
        return b"\n".join(lines[: min(n, m)] + lines[max(n, m) :])
    if kind == "crlf":
        return b"\n".join(line + b"\r" if number >= n else line for number, line in enumerate(lines))
    return b"\n".join(line.rstrip() for line in lines)


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", POLICIES)
@QUICK
@given(partition=DRAWN, seed=st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(policy: str, partition: Drawn, seed: Any) -> None:
    platform, evidence = partition.platform, partition.evidence
    shuffled = list(evidence)
    seed.shuffle(shuffled)
    assert judge(evidence, policy, platform) == judge(shuffled, policy, platform)


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", POLICIES)
@QUICK
@given(partition=DRAWN, data=st.data())
def test_facts_written_and_read_judge_alike_and_keep_the_promise(
    policy: str, partition: Drawn, data: st.DataObject
) -> None:
    platform, evidence = partition.platform, partition.evidence
    readings = Readings(evidence)
    text = document_line(Loaded(readings, "lpar1", platform=platform), "")
    facts = json.loads(text)["facts"]
    before = judge(readings, policy, platform)
    assert _of_facts(facts, policy, platform) == before
    for name in sorted(facts):
        how = data.draw(st.sampled_from(["keep", "keep", "drop", "fail"]), label=name)
        if how == "drop":
            del facts[name]
        elif how == "fail":
            facts[name] = {"value": None, "reason": data.draw(st.sampled_from(REASONS)), "evidence": []}
    assert worse(before, _of_facts(facts, policy, platform)) == []


def _of_facts(facts: dict[str, Any], policy: str, platform: str) -> dict[str, Finding]:
    readings, _ = read_facts(facts, "facts.json")
    return judge(Readings(made=readings), policy, platform)


@pytest.mark.exhaustive
@pytest.mark.parametrize("policy", POLICIES)
@QUICK
@given(partition=DRAWN)
def test_an_unknown_says_what_would_settle_it_and_a_contradiction_shows_both_sides(
    policy: str, partition: Drawn
) -> None:
    for found in judge(partition.evidence, policy, partition.platform).values():
        if found.result == "unknown":
            assert found.settle, found.message
        if found.reason == "conflicting":
            assert len({(place.request, place.start_line) for place in found.evidence}) > 1, found.message
        if found.result in ("pass", "fail"):
            assert found.evidence, found.message
