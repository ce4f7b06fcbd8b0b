"""Text as HTML has it: paragraphs, and commands between backticks."""

from rmccomply.tuples import NamedTuple


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


def _paragraph(line: str) -> Paragraph:
    return Paragraph((Span(line.strip(), True),), True) if line.startswith(" ") else Paragraph(spans(line))
