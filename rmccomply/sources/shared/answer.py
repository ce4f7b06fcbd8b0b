"""What a source is given to read, and what it raises when it cannot.

A source's `parse(answer)` is pure. It returns its record, or raises `Unreadable` with a reason word; that never
leaves this package, where it becomes a reading without a record.
"""

from typing import Final

from rmccomply.evidence.model import WHOLE, Damage, Line
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

_LONGEST: Final = 300
"""Characters of a clause that are kept; a line that a clause shows may be of any length."""


class Unreadable(Exception):
    """The answer does not hold what was asked for. `says` is a clause that ends the sentence "it is unknown: ..."."""

    def __init__(self, reason: Reason, says: str, line: Line = WHOLE) -> None:
        super().__init__(says)
        self.reason: Reason = reason
        self.says = says if len(says) <= _LONGEST else f"{says[:_LONGEST]}…"
        self.line = line


class Answer(NamedTuple):
    """One answer as a source sees it.

    `lines` and `errors` are output and error output without line ends, no-break spaces as blanks. Line numbers
    in records count `lines` from 1 (`errors` from -1 down). `exit_status` is None where none was recorded; then
    error texts may stand among `lines`. `complete` is False where lines may be missing: what is there proves
    presence, what is not there proves nothing. `absent`: the file that was asked for does not exist.
    """

    argv: tuple[str, ...]
    lines: tuple[str, ...]
    errors: tuple[str, ...] = ()
    exit_status: int | None = 0
    complete: bool = True
    absent: bool = False

    @property
    def options(self) -> frozenset[str]:
        """The option words of the request without their dash: `lslpp -Lcq 'rsct.*'` has {"Lcq"}."""
        return frozenset(word[1:] for word in self.argv[1:] if word.startswith("-"))

    @property
    def operands(self) -> tuple[str, ...]:
        """The words of the request that are no options."""
        return tuple(word for word in self.argv[1:] if not word.startswith("-"))

    def refuse_failure(self) -> None:
        """Raise Unreadable where the command did not run or says that it failed.

        Sources for which a non-zero exit status is an answer look at it before they call this.
        """
        damage = self.failure()
        if damage is not None:
            raise Unreadable(damage.reason, damage.says, self._first_line())

    def failure(self) -> Damage | None:
        """Why the command gave no answer at all; None where it seems to have answered."""
        if self.exit_status == 0:
            return None
        said = self._said()
        low = said.lower()
        if self.exit_status is None and not _is_shell_error(low, self.argv):
            return None
        if any(text in low for text in _DENIED) or self.exit_status == 126:
            return Damage("denied", f"this user may not ask it: {said}" if said else "this user may not run it")
        if self.exit_status in (127, None):
            return Damage("command_absent", "the command is not on this system")
        return Damage("failed", f"it ended with exit status {self.exit_status}" + (f": {said}" if said else ""))

    def _said(self) -> str:
        return next((line.strip() for line in (*self.errors, *self.lines) if line.strip()), "")

    def _first_line(self) -> Line:
        for number, line in enumerate(self.errors, 1):
            if line.strip():
                return -number
        for number, line in enumerate(self.lines, 1):
            if line.strip():
                return number
        return WHOLE


_DENIED: Final = (
    "permission denied",
    "permission is denied",
    "not authorized",
    "must be root",
    "only the root user can",
    "only root",
    "0403-006",
    "operation not permitted",
)


def _is_shell_error(low: str, argv: tuple[str, ...]) -> bool:
    """Whether a lone line is a shell's or the command's own complaint: `ksh: lssrc:  not found.`"""
    command = argv[0].rpartition("/")[2].lower()
    if f"{command}:" not in low.replace(" :", ":"):
        return False
    return any(text in low for text in ("not found", "no such file", *_DENIED))
