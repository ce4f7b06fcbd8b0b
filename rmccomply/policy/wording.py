"""A check in words, as the terminal writes it."""

from collections.abc import Mapping
from typing import Final

from rmccomply.checks.kind import CheckModel
from rmccomply.policy.model import Rule
from rmccomply.words import Needs

_NEEDS: Final[Mapping[Needs, str]] = {"running": "a running system", "first_boot": "the first boot of a copy"}
_PLATFORMS: Final[Mapping[str, str]] = {"aix": "AIX", "vios": "VIOS", "linux": "Linux"}


def needs_words(rule: Rule) -> str:
    """What a rule needs, in words; empty where that is nothing."""
    if rule.needs is None:
        return ""
    places = " and ".join(_PLATFORMS[name] for name in rule.needs_on)
    return f"{_NEEDS[rule.needs]} on {places}" if places else _NEEDS[rule.needs]


def plain_lines(check: CheckModel, depth: int) -> list[str]:
    """A check in words, a line each, combined checks indented, without the marks of a page."""
    return [line.replace("`", "") for line in check.lines(depth, str)]
