"""A check in words, as the terminal writes it."""

from collections.abc import Mapping
from typing import Final

from rmccomply.checks.kind import CheckModel
from rmccomply.words import Needs

NEEDS: Final[Mapping[Needs, str]] = {"running": "a running system", "first_boot": "the first boot of a copy"}
"""What a rule needs, in words."""


def plain_lines(check: CheckModel, depth: int) -> list[str]:
    """A check in words, a line each, combined checks indented, without the marks of a page."""
    return [line.replace("`", "") for line in check.lines(depth, str)]
