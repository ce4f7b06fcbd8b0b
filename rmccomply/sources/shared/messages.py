"""Message texts of IBM commands: an identifier such as `2612-022`, perhaps behind the name of the command.

    2612-022 A session could not be established with the RMC daemon on "local_node".
    lsrsrc: 2612-022 A session could not be established ...

The identifier is the same in every language, the text is not. A source that reads such a line as something else
than a failure looks for it before it calls `refuse_messages`.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.sources.shared.answer import Answer, Unreadable

_DENIED: Final = frozenset({"2610-418"})
OPERATIONAL_STATES: Final = frozenset(
    {"Unknown", "Online", "Offline", "Failed offline", "Stuck online", "Pending online", "Pending offline"}
)
"""The words of the column OpState, as commands of the peer domain print them."""


def message_id(text: str) -> str:
    """The identifier that a line starts with, `2612-022`; empty where the line is no message."""
    if "-" not in text:
        return ""
    for word in text.split(None, 2)[:2]:
        component, dash, number = word.rstrip(":").partition("-")
        if dash and len(component) == 4 and len(number) == 3 and (component + number).isdigit():
            return f"{component}-{number}"
        if not word.endswith(":"):
            return ""
    return ""


def find_message(answer: Answer, *identifiers: str) -> tuple[Line, str] | None:
    """The first message of the error output, then of the output; with identifiers, the first of these."""
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            found = message_id(line)
            if found and (not identifiers or found in identifiers):
                return sign * number, line.strip()
    return None


def refuse_messages(answer: Answer) -> None:
    """Raise Unreadable where the command says that it could not answer, whatever its exit status."""
    found = find_message(answer)
    if found is None:
        return
    line, text = found
    if message_id(text) in _DENIED or "permission" in text.lower():
        raise Unreadable("denied", f"this user may not ask it: {text}", line)
    raise Unreadable("failed", f"the command could not answer: {text}", line)


def refuse_silence(answer: Answer) -> None:
    """Raise Unreadable where there is error output alone, for commands whose silence is an answer."""
    if any(line.strip() for line in answer.lines):
        return
    for number, line in enumerate(answer.errors, 1):
        if line.strip():
            raise Unreadable("failed", f"it printed nothing but an error: {line.strip()}", -number)
