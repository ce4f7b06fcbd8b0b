"""Circles of causes: rules that explain each other, so that none of them is the reason of the rest."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rmccomply.policy.model import Cause


def circles(causes: Iterable[Cause], through: Cause) -> Iterator[tuple[str, ...]]:
    """The circles that a cause closes, each by its rules from the cause on: the shortest for each rule it explains.

    A cause about some subjects alone goes on only from a fail that is about one of them.
    """
    by_rule: dict[str, list[Cause]] = {}
    for cause in causes:
        by_rule.setdefault(cause.rule, []).append(cause)
    for of in through.of:
        way = _way(by_rule, through, of)
        if way is not None:
            yield (through.rule, *way)


def _way(causes: Mapping[str, Sequence[Cause]], through: Cause, of: str) -> tuple[str, ...] | None:
    """The rules from an effect of a cause back to its reason, without the reason itself."""
    ahead: deque[tuple[Cause, tuple[str, ...]]] = deque([(through, (of,))])
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while ahead:
        cause, way = ahead.popleft()
        for other in causes.get(way[-1], ()):
            if not _meet(cause.of_subjects, other.subjects):
                continue
            if through.rule in other.of and _meet(other.of_subjects, through.subjects):
                return way
            for name in other.of:
                if (key := (name, tuple(other.of_subjects))) not in seen:
                    seen.add(key)
                    ahead.append((other, (*way, name)))
    return None


def _meet(some: list[str], others: list[str]) -> bool:
    """Whether a fail can be about one of both; no subjects mean any."""
    return not some or not others or not set(some).isdisjoint(others)
