"""Text as HTML has it: paragraphs, commands between backticks, what to do first."""

import re
from typing import Final, NamedTuple

_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z`/])")
_COMMAND: Final = re.compile(r"`[^`]*`")
_AS_ROOT: Final = re.compile(r"\b(as root|root shell)\b", re.IGNORECASE)
_GUARDS: Final = re.compile(r"\b(never|nothing|do not|not supported|clusters?|IBM support)\b", re.IGNORECASE)


class Span(NamedTuple):
    """A run of text; `code` is what stands between backticks: a command, a path, a name."""

    text: str
    code: bool = False


class Paragraph(NamedTuple):
    """Sentences, or else a command on a line of its own."""

    spans: tuple[Span, ...]
    command: bool = False


def spans(text: str) -> tuple[Span, ...]:
    """The runs of one line; where a backtick has no partner, all of it is text."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return (Span(text),)
    return tuple(Span(part, at % 2 == 1) for at, part in enumerate(parts) if part)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Each line of the text; one that begins with a blank is a command."""
    return tuple(_paragraph(line.rstrip()) for line in text.split("\n") if line.strip())


def to_begin_with(text: str) -> str:
    """The first sentence of a remedy, and every one that forbids or guards: who reads no more must do no harm by it.

    What is done as root, and what stands behind that, is left to the whole of it.
    """
    sentences = sentences_of(text)
    ends = next((at for at, one in enumerate(sentences) if at and _AS_ROOT.search(one)), len(sentences))
    guards = [one for one in sentences[1:ends] if _GUARDS.search(one)]
    return " ".join([*sentences[:1], *guards])


def sentences_of(text: str) -> list[str]:
    """The sentences of prose; a command between backticks is never cut in two."""
    line = " ".join(text.split())
    held = [found.span() for found in _COMMAND.finditer(line)]
    ends = [one for one in _END.finditer(line) if not any(start < one.start() < end for start, end in held)]
    starts = [0, *(one.end() for one in ends)]
    stops = [*(one.start() for one in ends), len(line)]
    return [line[start:stop] for start, stop in zip(starts, stops, strict=True) if stop > start]


def _paragraph(line: str) -> Paragraph:
    return Paragraph((Span(line.strip(), True),), True) if line.startswith(" ") else Paragraph(spans(line))
