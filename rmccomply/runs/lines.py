"""Lines that a run prints: without secrets, and harmless whatever stands in them."""

from collections.abc import Iterable

from rmccomply.evidence.told import redact_told
from rmccomply.terminal import Page, visible


def printed(lines: Iterable[str], page: Page) -> str:
    """The lines as a text for standard output."""
    return page.laid(type(line)(redact_told(line)) for line in lines)


def harmless(text: str) -> str:
    """Lines of files that people write, which hold no evidence, as a text for standard output."""
    return "".join(f"{visible(line)}\n" for line in text.removesuffix("\n").split("\n"))
