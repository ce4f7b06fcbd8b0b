"""The package database of a host: which command speaks, and what it says of a package.

Below the root of an image only an answer counts that names the database which was found there: another may be of the
machine that looked.

The platform fixes it: lslpp on AIX and VIOS, dpkg on Debian and Ubuntu (by os-release), rpm on other Linux. What
another database lists of RSCT can only contradict. Debian writes all names in lower case.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.reasons import sentence, whole_of
from rmccomply.facts.model import Fact, unknown
from rmccomply.sources.reading import Read, Reading, Unread
from rmccomply.sources.shared.packages import Package, Packages
from rmccomply.sources.shared.texts import strange_word
from rmccomply.sources.source import Source
from rmccomply.sources.table import DPKG, LSLPP, LSLPP_LISTING, OS_RELEASE, RPM
from rmccomply.tuples import NamedTuple

_PLACED: Final = re.compile(r" (--dbpath|--admindir)[ =]/")
_DEBIAN: Final = frozenset({"debian", "ubuntu"})
_COMMANDS: Final = frozenset({"lslpp", "rpm", "dpkg-query"})
PackageRow = tuple[Package, tuple[Reference, ...]]
Index = dict[str, list[tuple[Package, Read[Packages]]]]
"""Name in lower case to rows, each with the reading that has it: few of the thousand are ever pointed at."""


class Database(NamedTuple):
    """The database that the platform fixes. `package` carries the level of RSCT; `settle` is the command that asks all.

    `foreign` is another database that lists packages of RSCT all the same.
    """

    package: str
    readings: tuple[Reading[Packages], ...]
    settle: str
    lower: bool = False
    foreign: tuple[Read[Packages], ...] = ()

    @property
    def read(self) -> tuple[Read[Packages], ...]:
        """Those of its readings that were read."""
        return _read(self.readings)

    def spelt(self, package: str) -> str:
        """The name as this database writes it."""
        return package.lower() if self.lower else package

    def asking(self, package: str) -> str:
        """The command that asks after one package."""
        command = {"lslpp": "lslpp -Lcq", "rpm": "rpm -q", "dpkg-query": "dpkg-query -W"}.get(self.settle.split()[0])
        return f"{command} {self.spelt(package)}" if command else self.settle


def database(facts: Facts) -> Database:
    """The package database of this host; without readings where the platform is unknown."""
    platform = facts.fact("host.platform").value
    if platform in ("aix", "vios"):
        readings = (*_own(facts, LSLPP), *_own(facts, LSLPP_LISTING))
        return Database("rsct.core.rmc", readings, "lslpp -Lcq 'rsct.*'")
    if platform != "linux":
        return Database("rsct.core.rmc", (), "uname -a")
    if _is_debian(facts):
        return Database("rsct.core", _own(facts, DPKG), "dpkg-query -W", lower=True, foreign=_read(_own(facts, RPM)))
    return Database("rsct.core", _own(facts, RPM), _asking_rpm(facts), foreign=_read(_own(facts, DPKG)))


def _own(facts: Facts, source: Source[Packages]) -> tuple[Reading[Packages], ...]:
    """The answers that are of this system."""
    found = facts.answers(source)
    if facts.image != "mounted_root":
        return found
    return tuple(one for one in found if isinstance(one, Unread) or _PLACED.search(one.name))


def _read(found: tuple[Reading[Packages], ...]) -> tuple[Read[Packages], ...]:
    return tuple(one for one in found if isinstance(one, Read))


def _asking_rpm(facts: Facts) -> str:
    """Where there is no rpm, what tells that this is a system of dpkg, unless that was read."""
    told = bool(facts.read(OS_RELEASE))
    failed = facts.unread(RPM)
    absent = bool(failed) and not facts.read(RPM) and all(one.reason == "command_absent" for one in failed)
    return "cat /etc/os-release" if absent and not told else "rpm -qa"


def _is_debian(facts: Facts) -> bool:
    return any(not _DEBIAN.isdisjoint((one.record.id, *one.record.id_like.split())) for one in facts.read(OS_RELEASE))


def listed(facts: Facts, package: str) -> tuple[PackageRow, ...]:
    """The rows of a package, whatever the case of its name."""
    return _shown(facts.cached(_index).get(package.lower(), ()))


def untold(name: str, title: str, rows: Sequence[PackageRow], settle: str) -> Fact | None:
    """Unknown, where a state of these rows is no word of the command that lists them; None where all are."""
    command = settle.split()[0]
    odd = next(((row, place) for row, place in rows if not row.told_by(command)), None)
    if odd is None or command not in _COMMANDS:
        return None
    says = f"{sentence(title)} is unknown: {strange_word(command, odd[0].state)}."
    return unknown(name, "unparsable", says, odd[1], settle=settle)


def _index(facts: Facts) -> Index:
    return _by_name(facts.cached(database).read)


def _by_name(readings: Sequence[Read[Packages]]) -> Index:
    found: Index = {}
    for reading in readings:
        for row in reading.record.rows:
            found.setdefault(row.name.lower(), []).append((row, reading))
    return found


def _shown(found: Iterable[tuple[Package, Read[Packages]]]) -> tuple[PackageRow, ...]:
    return tuple((row, reading.at(row.line)) for row, reading in found)


def proofs_of_absence(facts: Facts, package: str) -> tuple[Reference, ...]:
    """Where a reading proves that the package is not installed; empty where none does."""
    held = facts.cached(database)
    for reading, names in zip(held.read, facts.cached(_names), strict=True):
        place = absence_in(reading, names, held.spelt(package))
        if place:
            return place
    return ()


def _names(facts: Facts) -> tuple[frozenset[str], ...]:
    """The names that each reading of the database lists, in lower case."""
    return tuple(frozenset(row.name.lower() for row in one.record.rows) for one in facts.cached(database).read)


def absence_in(reading: Read[Packages], names: Collection[str], package: str) -> tuple[Reference, ...]:
    """Where one reading, which lists these names, proves that the package is not installed; empty where it does not."""
    record = reading.record
    if reading.partial:
        return ()
    if any(fnmatchcase(package, pattern) for pattern in record.absent):
        return reading.at(record.absent_line)
    covered = any(fnmatchcase(package, pattern) for pattern in record.covers)
    if covered and record.whole and package.lower() not in names:
        return reading.at(WHOLE)
    return ()


def not_installed(facts: Facts, package: str) -> str:
    """That a package is proved to be absent, in words: the command says so, or the whole list has none of that name."""
    spelt = facts.cached(database).spelt(package)
    named = any(
        fnmatchcase(spelt, pattern)
        for reading in facts.cached(database).read
        if not reading.partial
        for pattern in reading.record.absent
    )
    return f"{package} is not installed" if named else f"{package} is not in the list of installed packages"


def contradicted(facts: Facts, name: str, *packages: str) -> Fact | None:
    """Conflicting, where a database that is not this system's lists one of the packages all the same."""
    held = facts.cached(database)
    if not held.foreign:
        return None
    rows = _by_name(held.foreign)
    found = next((_shown(rows[package.lower()]) for package in packages if package.lower() in rows), None)
    if found is None:
        return None
    own, other = ("dpkg", "rpm") if held.lower else ("rpm", "dpkg")
    says = f"RSCT is unknown: this system keeps its packages in {own}, but {other} lists {found[0][0].name}."
    if own == "rpm" and not held.readings and not facts.read(OS_RELEASE):
        says = "RSCT is unknown: dpkg lists it, and without os-release nothing shows that this system uses dpkg."
        return unknown(name, "not_collected", says, found[0][1], settle="cat /etc/os-release")
    named = [place for one in facts.read(OS_RELEASE) for place in one.at(one.record.line)]
    places = (*found[0][1], *(named or whole_of(held.read)))
    return unknown(name, "conflicting", says, places, settle=held.settle)
