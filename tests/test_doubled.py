"""What was pasted twice, or stands twice in a bundle, turns no fail into a pass and no healthy host red."""

from collections.abc import Iterator

import pytest

from rmccomply.evidence.model import Evidence
from tests.hosts.building import replaced, stream
from tests.hosts.partitions import SYSTEMS
from tests.test_altered import WHOLE, Findings, captured, judged

MOST = 200
"""Lines of an answer that is doubled here."""


def hosts(platform: str) -> Iterator[tuple[str, list[Evidence]]]:
    """A healthy partition, once for each of its answers, and with each answer otherwise."""
    healthy = WHOLE[platform]()
    for item in healthy:
        yield item.request, healthy
    for variants in SYSTEMS[platform].values():
        for item in variants:
            if item.state == "exit" and 0 < len(item.out.lines) < MOST:
                yield item.request, replaced(healthy, item)


def pasted_twice(evidence: list[Evidence], request: str) -> list[Evidence]:
    """The captures, of which one holds its text twice."""
    return [
        item._replace(out=stream("\n".join((*item.out.lines, *item.out.lines)), 1)) if item.request == request else item
        for item in captured(evidence)
    ]


def twice(evidence: list[Evidence], request: str) -> list[Evidence]:
    """The answers of a bundle, of which one stands there a second time."""
    return [*evidence, *(item._replace(line=item.line + 10_000) for item in evidence if item.request == request)]


def turned(before: Findings, after: Findings) -> list[tuple[str, str]]:
    """The rules that fail no more and pass, or fail and did not, with what is said of it."""
    found = []
    for rule, findings in before.items():
        failed, fails = ({one.result for one in some} for some in (findings, after.get(rule, ())))
        if ("fail" in failed and fails == {"pass"}) or ("fail" not in failed and "fail" in fails):
            found.append((rule, " ".join(one.message for one in after[rule])))
    return found


@pytest.mark.exhaustive
@pytest.mark.parametrize("platform", sorted(SYSTEMS))
def test_a_capture_that_was_pasted_twice(platform: str) -> None:
    odd = [
        (request, rule)
        for request, evidence in hosts(platform)
        for rule in turned(judged(captured(evidence), platform), judged(pasted_twice(evidence, request), platform))
    ]
    assert odd == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("platform", sorted(SYSTEMS))
def test_a_section_that_stands_twice(platform: str) -> None:
    for request, evidence in hosts(platform):
        before, after = judged(evidence, platform), judged(twice(evidence, request), platform)
        assert turned(before, after) == []
        assert {rule: [one.result for one in some] for rule, some in after.items()} == {
            rule: [one.result for one in some] for rule, some in before.items()
        }
