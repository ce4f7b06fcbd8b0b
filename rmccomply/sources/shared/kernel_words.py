"""The words of a kernel command line: Linux, "The kernel's command-line parameters"; blanks may stand between quotation
marks."""

import re
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record

_WORD: Final = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')


@record(frozen=True, slots=True)
class KernelWord:
    """One word as written."""

    text: str
    line: Line


def words_of(text: str, line: Line) -> list[KernelWord]:
    """The words of one line."""
    return [KernelWord(word, line) for word in _WORD.findall(text)]
