"""A check in words, as pages and the terminal write it."""

from collections.abc import Iterator

from rmccomply.checks.kind import CheckModel, Names


def check_lines(check: CheckModel, depth: int, names: Names = str) -> Iterator[str]:
    """A check in words, a line each, combined checks indented."""
    return check.lines(depth, names)


def plain_lines(check: CheckModel, depth: int) -> list[str]:
    """The same without the marks of a page."""
    return [line.replace("`", "") for line in check.lines(depth, str)]
