"""A check in words, as the terminal writes it."""

from rmccomply.checks.kind import CheckModel


def plain_lines(check: CheckModel, depth: int) -> list[str]:
    """A check in words, a line each, combined checks indented, without the marks of a page."""
    return [line.replace("`", "") for line in check.lines(depth, str)]
