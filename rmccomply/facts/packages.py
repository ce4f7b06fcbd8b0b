"""What the package commands say, in one form: the record that `lslpp` and `rpm` share.

This module reads nothing; it is here so that a fact on packages need not know which command answered.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.facts.values import Version, parse_version

EVERYTHING: Final = ("*",)


@dataclass(frozen=True, slots=True)
class Package:
    """One row. `level` is None where `level_text` is no level.

    `state` is the letter of lslpp (C committed, A applied, B broken, E locked by an interim fix, O obsolete,
    ? inconsistent), another word as printed, or empty for rpm, which has no states.
    """

    name: str
    level_text: str
    level: Version | None
    state: str
    line: Line


@dataclass(frozen=True, slots=True)
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


def accounted(covers: tuple[str, ...], rows: tuple[Package, ...], absent: tuple[str, ...]) -> bool:
    """Whether every pattern asked for has a row or is said to be absent."""
    return all(pattern in absent or any(fnmatchcase(row.name, pattern) for row in rows) for pattern in covers)


def impossible(name: str, level: str) -> bool:
    """Whether columns of a row stand for one another: its name is a level, or its level is a name with dots."""
    return parse_version(name) is not None or ("." in level and not any(char.isdigit() for char in level))
