"""The first sentences of a remedy, and those that forbid: whoever reads a page alone must not do harm by it.

What is done as root stands behind what is safe for everybody, and what guards it stands around it. A page has no room
for all of that, so from there on it has nothing of it, unless the remedy begins so.
"""

import re
from functools import lru_cache
from typing import Final

_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z`/])")
_COMMAND: Final = re.compile(r"`[^`]*`")
_AS_ROOT: Final = re.compile(r"\b(as root|root shell)\b", re.IGNORECASE)
_GUARDS: Final = re.compile(r"\b(never|nothing|do not|not supported|clusters?|IBM support)\b", re.IGNORECASE)


@lru_cache(maxsize=512)
def first_of(remedy: str, first: int = 1) -> tuple[str, ...]:
    """So many sentences of a remedy from the first one on, and behind them every one that forbids or guards.

    >>> first_of("Enlarge it. Look at it twice. Delete nothing below /var/ct.")
    ('Enlarge it.', 'Delete nothing below /var/ct.')
    """
    sentences = sentences_of(remedy)
    ends = next((at for at, one in enumerate(sentences) if at and _AS_ROOT.search(one)), len(sentences))
    guards = [one for one in sentences[first:ends] if _GUARDS.search(one)]
    return (*sentences[:first], *guards) or tuple(sentences[:1])


def sentences_of(text: str) -> list[str]:
    """The sentences of prose, in which line ends are blanks; a command between backquotes is never cut in two.

    >>> sentences_of("Run `a. B`. Then wait.")
    ['Run `a. B`.', 'Then wait.']
    """
    prose = " ".join(text.split())
    held = [match.span() for match in _COMMAND.finditer(prose)]
    ends = [one for one in _END.finditer(prose) if not any(start < one.start() < end for start, end in held)]
    starts = [0, *(one.end() for one in ends)]
    stops = [*(one.start() for one in ends), len(prose)]
    return [prose[start:stop] for start, stop in zip(starts, stops, strict=True) if stop > start]
