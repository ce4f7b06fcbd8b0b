"""Partitions on which a rule is known to pass, fail or be unknown, with a few of their answers changed.

What `tests.hosts.partitions` draws contradicts itself so often that rules which take several answers are seldom decided
there. These begin at the cases that prove the shipped rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from rmccomply.evidence.model import Evidence
from tests.hosts.building import replaced, without
from tests.hosts.partitions import SYSTEMS
from tests.policies import console_cases, test_shipped
from tests.policies.console_cases import HOSTS

Start = tuple[str, list[Evidence]]


def _starts() -> Iterator[Start]:
    for platform, _, less, others, _ in console_cases.CASES:
        yield platform, replaced(without(HOSTS[platform](), *less), *others)
    for platform, cases in (("aix", test_shipped.CASES), ("linux", test_shipped.LINUX)):
        for _, less, others, _ in cases:
            yield platform, replaced(without(HOSTS[platform](), *less), *others)


STARTS: list[Start] = list(_starts())
"""Platform and answers."""


@dataclass(frozen=True)
class Changed:
    """A partition as drawn: a start, and which variant of which requests it is changed by."""

    start: int
    choices: tuple[tuple[str, int], ...]

    @property
    def platform(self) -> str:
        return STARTS[self.start][0]

    @property
    def evidence(self) -> list[Evidence]:
        answers = [SYSTEMS[self.platform][key][number] for key, number in self.choices]
        return replaced(STARTS[self.start][1], *answers)


@st.composite
def changed(draw: st.DrawFn) -> Changed:
    """A start, with up to three answers changed."""
    start = draw(st.integers(0, len(STARTS) - 1))
    system = SYSTEMS[STARTS[start][0]]
    keys = draw(
        st.lists(st.sampled_from([key for key, variants in system.items() if variants]), max_size=3, unique=True)
    )
    return Changed(start, tuple((key, draw(st.integers(0, len(system[key]) - 1))) for key in keys))
