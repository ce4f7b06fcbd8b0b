"""What the package commands say, in one form: the record that `lslpp` and `rpm` share.

This module reads nothing; it is here so that a fact on packages need not know which command answered.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from itertools import dropwhile
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.values import Version, parse_version

EVERYTHING: Final = ("*",)
LSLPP_STATES: Final = {
    "COMMITTED": "C",
    "APPLIED": "A",
    "BROKEN": "B",
    "EFIXLOCKED": "E",
    "EFIX LOCKED": "E",
    "OBSOLETE": "O",
    "VALIDE": "C",
}
"""The words of lslpp and their letters. VALIDE is COMMITTED in French, as AIX 6.1 prints it."""
LSLPP_LETTERS: Final = frozenset("ABCEO?")
LSLPP_UNFINISHED: Final = frozenset({"APPLYING", "COMMITTING", "REJECTING"})
"""States that have no letter here: what was begun and neither ended nor cleaned up."""
_DESIRED: Final = frozenset("uihrp")
_STATUSES: Final = frozenset("ncHUFWti")
DPKG_STATES: Final = frozenset(
    {
        *("not-installed", "config-files", "half-installed", "unpacked", "half-configured", "triggers-awaited"),
        *("triggers-pending", "installed"),
    }
)
_OF_LSLPP: Final = LSLPP_LETTERS | LSLPP_UNFINISHED


@record(frozen=True, slots=True)
class Package:
    """One row. `level` is None where `level_text` is no level.

    `state` is the letter of lslpp (C committed, A applied, B broken, E locked by an interim fix, O obsolete,
    ? inconsistent), a status of dpkg, or empty for what is installed by rpm and dpkg; else as printed, and it tells
    nothing (`told_by`).
    """

    name: str
    level_text: str
    level: Version | None
    state: str
    line: Line

    def told_by(self, command: str) -> bool:
        """Whether the state is one that this command has: lslpp, rpm or dpkg-query."""
        if command == "lslpp":
            return self.state in _OF_LSLPP
        return not self.state or (command != "rpm" and (self.state in DPKG_STATES or is_letters(self.state)))


def is_letters(text: str) -> bool:
    """Whether these are the letters of `dpkg -l`: desired action, status, and perhaps an error."""
    return 2 <= len(text) <= 3 and text[0] in _DESIRED and text[1] in _STATUSES and text[2:] in ("", "R")


_LAST_INITIAL: Final = "s"
_FIRST: Final = "bos.rte"
_BEHIND_RSCT: Final = "rsct~"
"""What stands behind every name of RSCT in alphabetical order."""
_PATTERN: Final = frozenset("*?[")


@record(frozen=True, slots=True)
class Packages:
    """A listing. `covers`: the patterns asked for, `("*",)` for everything: what absence from `rows` speaks of.

    `absent`: patterns of which the command says that nothing is installed. `whole`: what it covers and is not
    among `rows` is not installed.
    """

    covers: tuple[str, ...]
    rows: tuple[Package, ...]
    absent: tuple[str, ...] = ()
    absent_line: Line = 0
    whole: bool = True


def in_order_to_the_end(names: Sequence[str], *, lower: bool) -> bool:
    """Whether a listing in alphabetical order goes from before every name that RMC needs to behind them all.

    They begin with d and end with `src`. Capitals come first, or stand among small letters, as the order is: without
    a name that tells which, DynamicRM may have stood above the first line. `lower`: there are none.
    """
    initials = [name[:1] for name in names]
    for shown, first in ((initials, "d" if lower else "D"), ([initial.lower() for initial in initials], "d")):
        if shown == sorted(shown):
            return bool(shown) and shown[0] < first and shown[-1] > _LAST_INITIAL
    return False


def filesets_end(names: Sequence[str], *, by_repository: bool) -> bool:
    """Whether a listing of lslpp, whose filesets stand in alphabetical order, came past those of RSCT.

    Every AIX has bos.rte before them and xlC.rte behind; rpms stand behind the filesets. By repository those that have
    files in `/etc/objrepos`, as RSCT has, stand there a second time, and in order too.
    """
    rest = names[names.index(_FIRST) :] if _FIRST in names else ()
    behind = list(dropwhile(lambda name: name[:1] <= _LAST_INITIAL, rest))
    if not by_repository:
        return bool(behind)
    again = dropwhile(lambda name: name[:1] > _LAST_INITIAL, behind)
    return any(name > _BEHIND_RSCT for name in again)


def accounted(covers: Sequence[str], names: Sequence[str], absent: Sequence[str], *, ended: bool) -> bool:
    """Whether every pattern asked for has a row or is said to be absent.

    Where nothing tells that the listing ended, rows account for names alone: of a pattern others may be lost.
    """
    return all(
        pattern in absent
        or ((ended or _PATTERN.isdisjoint(pattern)) and any(fnmatchcase(name, pattern) for name in names))
        for pattern in covers
    )


def impossible(name: str, level: str) -> bool:
    """Whether columns of a row stand for one another: its name is a level, or its level is a name with dots."""
    return parse_version(name) is not None or (
        "." in level and not level[0].isdigit() and not any(char.isdigit() for char in level)
    )
