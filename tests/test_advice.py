"""Advice is worth following: it names nothing that is answered, and its answer changes what is unknown, or why.

Each host here has a healthy twin, from which the answers come that an administrator would bring.
"""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import NamedTuple

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.gather import Readings
from rmccomply.finding import Finding
from tests.building import probe, replaced
from tests.hosts.generations import HOSTS
from tests.hosts.healthy import HEALTHY
from tests.hosts.stories import STORIES
from tests.hosts.whole import whole
from tests.test_generations import judged

PARAMETER = "rmccomply check --param management="
AS_ROOT, PROBE = "--sudo", "--probe"


class Case(NamedTuple):
    """A host with something unknown, and what its healthy twin answers."""

    evidence: tuple[Evidence, ...]
    twin: tuple[Evidence, ...]
    platform: str
    management: str


def healthy(name: str, *, root: bool = True) -> Case:
    host, packet_filter = HEALTHY[name]
    twin = whole(host, packet_filter).evidence
    return Case(whole(host, packet_filter, root=root).evidence, twin, host.platform, host.management)


def empty(name: str) -> Case:
    return healthy(name)._replace(evidence=())


def broken(number: int) -> Case:
    story = STORIES[number]
    host = HOSTS[story.host]
    return Case(tuple(replaced(host.evidence, *story.others)), tuple(host.evidence), host.platform, host.management)


SMALL = ("aix-7.3", "vios-4.1", "rhel-9", "ubuntu-24.04-ufw", "sles-15")
"""One for each system: without root, and without any answer, many findings of each are unknown."""
CASES: dict[str, Callable[[], Case]] = {
    **{f"healthy {name}": partial(healthy, name) for name in HEALTHY},
    **{f"not root {name}": partial(healthy, name, root=False) for name in SMALL},
    **{f"empty {name}": partial(empty, name) for name in SMALL},
    **{f"broken {one.number} {one.words}": partial(broken, number) for number, one in enumerate(STORIES)},
}


@cache
def unknown_in(name: str) -> tuple[Case, tuple[Finding, ...]]:
    case = CASES[name]()
    return case, tuple(one for one in judged(case.evidence, case.platform) if one.result == "unknown")


def words_of(text: str) -> str:
    return text.replace("'", "").removeprefix("cat ")


def names(advice: str, request: str) -> bool:
    """Whether an advice asks for this request, or for the same with less."""
    asked = words_of(advice)
    return asked == request or request.startswith(f"{asked} ")


def complete(evidence: tuple[Evidence, ...]) -> set[str]:
    """The requests that are answered, wholly and so that it can be read."""
    return {one.name for one in Readings(evidence).all() if one.record is not None and not one.partial}


def followed(case: Case, advice: str) -> tuple[list[Evidence], dict[str, str]]:
    """The evidence with what the advice brings, and the parameters that it declares."""
    if advice.startswith(PARAMETER):
        return list(case.evidence), {"management": case.management}
    if AS_ROOT in advice:
        return list(case.twin), {}
    if PROBE in advice or advice.startswith("telnet"):
        return [*case.evidence, *_probes(case)], {}
    words = words_of(advice).split()
    brought = [item for item in case.twin if {words[0], words[-1]} & {item.argv[0].rpartition("/")[2], item.argv[-1]}]
    return replaced(case.evidence, *brought), {}


def _probes(case: Case) -> list[Evidence]:
    rows = [line.split() for item in case.twin if item.request.endswith(" -a ip") for line in item.out.lines]
    return [probe(row[-1], "open\n") for row in rows if len(row) == 5]


def unmoved(name: str) -> Iterator[tuple[str, str]]:
    """Rules whose advice, once followed, leaves them as they were."""
    case, left = unknown_in(name)
    for advice in dict.fromkeys(one.settle for one in left):
        evidence, parameters = followed(case, advice)
        after = {_which(one): _says(one) for one in judged(evidence, case.platform, "rmc-core", **parameters)}
        yield from ((one.rule, advice) for one in left if one.settle == advice and after.get(_which(one)) == _says(one))


def _which(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.subject


def _says(finding: Finding) -> tuple[str, str | None, str]:
    return finding.result, finding.reason, finding.message


def answered(name: str) -> list[tuple[str, str]]:
    """Rules whose advice names what is answered already."""
    case, left = unknown_in(name)
    there = complete(case.evidence)
    return [(one.rule, one.settle) for one in left if any(names(one.settle, request) for request in there)]


OF_ITS_RULE = "advice goes by the rule, and not by the reason, yet"
ANSWERED = (
    *(
        "broken 1 ",
        "broken 2 ",
        "broken 3 ",
        "broken 9 The live file is there",
        "broken 14 A firewall on the way drops e",
    ),
    *("broken 21 ", "broken 23 ", "broken 24 ", "broken 28 The partition was"),
)
UNMOVED = (
    *("broken 1 ", "broken 2 ", "broken 3 ", "broken 4 ", "broken 14 A firewall on the way drops w", "broken 16 "),
    *("broken 17 ", "broken 26 "),
)
"""How the names of those hosts start of which some advice is not worth following yet."""


def cases(awaited: tuple[str, ...]) -> pytest.MarkDecorator:
    """Each host, with a strict expectation of failure where a mend is awaited."""
    mark = pytest.mark.xfail(strict=True, reason=OF_ITS_RULE)
    marks = {name: mark if name.startswith(awaited) else () for name in CASES}
    return pytest.mark.parametrize("name", [pytest.param(name, marks=one) for name, one in marks.items()])


@cases(ANSWERED)
def test_no_advice_names_what_is_answered(name: str) -> None:
    assert answered(name) == []


@cases(UNMOVED)
def test_following_an_advice_changes_the_outcome_or_its_reason(name: str) -> None:
    assert list(unmoved(name)) == []


@pytest.mark.parametrize("name", CASES)
def test_whatever_is_unknown_has_an_advice(name: str) -> None:
    _, left = unknown_in(name)
    assert all(one.settle for one in left)


def test_there_are_unknowns_of_each_kind_of_host() -> None:
    """Else the properties say nothing."""
    for kind in ("not root", "empty", "broken"):
        assert sum(len(unknown_in(name)[1]) for name in CASES if name.startswith(kind)) > 50
