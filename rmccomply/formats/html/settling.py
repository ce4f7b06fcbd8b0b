"""What settles the unknowns of a group, as the page says it: commands are marked, and options of text are not named."""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rmccomply.undecided import UndecidedRow

_COMMAND: Final = re.compile(r"rmccomply .*|sh collector\.sh .*|--param \S+")
_OF_TEXT: Final = "--show open"
_LOOK: Final = "look at the lines that are quoted"


def settled_by(row: "UndecidedRow") -> str:
    """The advice of a group, with its command between backticks."""
    if row.advice.startswith(_OF_TEXT):
        return _LOOK
    told = row.advice.removesuffix(f": {_OF_TEXT}")
    return told if "`" in told else _COMMAND.sub(lambda found: f"`{found[0]}`", told, count=1)
