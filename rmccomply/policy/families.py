"""Families of rules: which words of a selection mean a rule."""

from collections.abc import Collection, Iterator


def patterns_of(rule: str) -> Iterator[str]:
    """The patterns that mean a rule, among others: its id, and each prefix of it that ends before a hyphen."""
    yield rule
    yield from (rule[:at] for at, char in enumerate(rule) if char == "-" and at)


def families_and(rules: Collection[str]) -> list[str]:
    """The families of rules (`RMC-ID`) and the rules themselves: what a misspelt one may mean."""
    return [*dict.fromkeys(rule.rpartition("-")[0] for rule in rules), *rules]


def among(patterns: Collection[str], rule: str) -> bool:
    """Whether one of these patterns means the rule."""
    return any(pattern in patterns for pattern in patterns_of(rule))
