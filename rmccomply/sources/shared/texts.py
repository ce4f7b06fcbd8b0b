"""What several sources do with the lines of an answer before they read them."""

from rmccomply.evidence.model import Line
from rmccomply.sources.shared.answer import Answer, Unreadable


def is_number(text: str) -> bool:
    """Whether text is an integer in ASCII digits, and none so long that it cannot be a value."""
    return text.isascii() and text.isdigit() and len(text) < 20


def strange_word(command: str, word: str) -> str:
    """The clause on a word outside the closed list of its command, as a translated message catalogue prints one."""
    return f"{command} prints '{word}', which is not one of its words in English: collect with LC_ALL=C"


def number_of(text: str) -> int | None:
    """The whole number that text is; None for all else, as one of thousands of digits, which cannot even be printed."""
    return int(text) if is_number(text) else None


def refuse_complaints(answer: Answer, *starts: str) -> None:
    """Raise `failed` where a capture holds the command's own complaint; a recorded exit status decides itself."""
    if answer.exit_status is not None:
        return
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if text.startswith(starts):
            raise Unreadable("failed", f"the command could not answer: {text}", number)


def has_text(answer: Answer, text: str) -> bool:
    """Whether a text stands anywhere in an answer: one search, before every line is looked at for it."""
    return text in "\n".join(answer.lines) or text in "\n".join(answer.errors)


def may_be_cut(answer: Answer, number: Line) -> bool:
    """Whether a line is the last one of an answer that is not complete, so that its end may be missing."""
    return not answer.complete and number == len(answer.lines)


def only_line(answer: Answer, command: str) -> tuple[str, Line]:
    """The one line that is due, without blanks around it, and its number; an echoed prompt (`#`) is no line."""
    refuse_complaints(answer, f"{command}:")
    answer.refuse_failure()
    found: list[tuple[str, Line]] = []
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if text and not text.startswith("#"):
            found.append((text, number))
    if not found:
        raise Unreadable("empty", f"{command} printed nothing")
    if len(found) > 1:
        raise Unreadable("unparsable", f"{command} should print one line, and there are {len(found)}", found[1][1])
    return found[0]
