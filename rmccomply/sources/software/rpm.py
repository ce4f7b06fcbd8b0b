r"""Installed packages of Linux: `rpm -qa`, `rpm -q NAME...`, with or without `--qf FORMAT` or `--last`.

rpm(8); the default line is name-version-release.arch, and a format gives columns in its own order:

    rsct.core-3.2.6.4-22081.ppc64le         rpm -qa
    rsct.core	3.2.6.4	22081	ppc64le     rpm -qa --qf '%{NAME}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n'
    rsct.core-3.2.6.4-22081.ppc64le   Tue 10 Mar 2026 07:15:33 AM CET     rpm -qa --last
    package rsct.basic is not installed     rpm -q rsct.basic (on standard output; the exit status counts them)

Names hold hyphens and dots (`rsct.core.utils`, `powerpc-utils`), so a default line is split from its right end;
old releases print no architecture, and keys (`gpg-pubkey`) have none. A request holds the format as it was typed,
with a backslash and a letter. Of a format that begins with the whole name (`%{NVRA}`, perhaps with a width) only that
is read. sos asks `sh -c 'rpm --nodigest -qa --qf="%-59{NVRA} %{INSTALLTIME:date}\n" | sort -V'`, whose exit status is
that of `sort` and so tells nothing. The level is the version alone; the release is the build. Names are compared whole:
`rsctools` is none of RSCT.

Below the root of an image, rpm looks for the database where its own settings say, which need not be where the image
has it (Debian's look in the home folder), and takes none for an empty one. So an answer to `--root` proves no absence
without `--dbpath`, which the collector names where it found a database. An rpm without the format of a database
(Debian's has no ndb, which SLES has) warns of a dummy database, lists nothing, and ends with 0.

Empty output of `-qa` with patterns and exit status 0 is an answer (nothing matches); any other empty output is
none. Complaints (`error: ...`) on the error output of a listing mean that rows may be missing. Packages stand in no
order, so that without an exit status absence proves nothing; unless somebody sorted the listing, and it has a package
that every system has and came past the names of RSCT. Where `sort` ended well, such a package is enough.
"""

import re
import shlex
from dataclasses import replace
from functools import cache
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.packages import EVERYTHING, Package, Packages, accounted, impossible, in_order_to_the_end
from rmccomply.sources.shared.texts import has_text
from rmccomply.sources.shared.values import parse_version

OPTIONS: Final = frozenset({"q", "a", "qa"})
LISTING: Final = True
RECORD: Final = Packages
_FORMATS: Final = frozenset({"--qf", "--queryformat"})
_PATHS: Final = frozenset({"--root", "--dbpath", "-r"})
_PLAIN: Final = frozenset({"--nolock", "--nosignature", "--nodigest", "--noplugins"})
_TAGS: Final = frozenset({"NAME", "VERSION", "RELEASE", "ARCH", "EPOCH", "EPOCHNUM"})
_DEFAULTS: Final = frozenset({"%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}", "%{NAME}-%{VERSION}-%{RELEASE}"})
_ARCHITECTURES: Final = frozenset(
    {"ppc64le", "ppc64", "ppc", "noarch", "x86_64", "i386", "i486", "i586", "i686", "s390", "s390x", "(none)"}
)
_EVERYWHERE: Final = frozenset({"bash", "glibc", "rpm"})
_WHOLE_NAME: Final = ("NVRA",)
_WIDTH: Final = re.compile(r"%-?[0-9]+\{")
_SHELL: Final = "sh"


@record(frozen=True, slots=True)
class _RpmQuery:
    """What was asked. `columns` are the tags of the format, empty for the default line.

    Of `_WHOLE_NAME` the first word is a default line. `piped`: the exit status is that of another command. `anywhere`:
    nothing shows which database was read.
    """

    everything: bool
    names: tuple[str, ...]
    columns: tuple[str, ...]
    piped: bool = False
    anywhere: bool = False


def asks(argv: tuple[str, ...]) -> bool:
    """Queries of the installed packages that print a line for each, with a name and a version."""
    return _query(argv) is not None


def parse(answer: Answer) -> Packages:
    """Read a listing. Raises Unreadable: `failed`, `empty`, `unparsable` for other lines."""
    query = _query(answer.argv)
    if query is None:
        raise Unreadable("unparsable", "this query of rpm is not known")
    sorted_well = query.piped and answer.exit_status == 0
    if sorted_well:
        answer = answer._replace(exit_status=None)
    _refuse_dummy(answer)
    missing = _not_installed(answer)
    if query.everything or answer.exit_status != len(missing):
        answer.refuse_failure()
    rows = _rows(answer, query, missing)
    absent = tuple(missing.values())
    if query.anywhere:
        if not rows:
            raise Unreadable("empty", "rpm lists nothing there, and without --dbpath nothing shows a database")
        return Packages(query.names or EVERYTHING, rows, (), 0, whole=False)
    covers = query.names or EVERYTHING
    if not rows and not absent and not (query.everything and query.names and answer.exit_status == 0):
        raise Unreadable("empty", "rpm lists no package")
    return Packages(covers, rows, absent, next(iter(missing), 0), _whole(answer, query, rows, absent, ends=sorted_well))


def _refuse_dummy(answer: Answer) -> None:
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            if line.startswith("warning: using dummy database"):
                says = (
                    "this rpm cannot read the format of the database: collect with the image's own rpm, as in a chroot"
                )
                raise Unreadable("failed", says, sign * number)


def _query(argv: tuple[str, ...]) -> _RpmQuery | None:
    if argv[0].rpartition("/")[2] != _SHELL:
        return _of_words(argv)
    inner = _of_words(_sorted_rpm(argv))
    return inner and replace(inner, piped=True)


def _sorted_rpm(argv: tuple[str, ...]) -> tuple[str, ...]:
    """The words of rpm that a shell runs into `sort` and nothing else; empty for any other command."""
    if len(argv) != 3 or argv[1] != "-c":
        return ()
    try:
        lexer = shlex.shlex(argv[2], posix=True, punctuation_chars="|&;<>()")
        lexer.whitespace_split = True
        words = tuple(lexer)
    except ValueError:
        return ()
    pipe = words.index("|") if "|" in words else len(words)
    alone = words[:1] == ("rpm",) and words[pipe + 1 :] in (("sort",), ("sort", "-V"))
    return words[:pipe] if alone else ()


def _of_words(argv: tuple[str, ...]) -> _RpmQuery | None:
    query = everything = False
    layout: str | None = None
    names: list[str] = []
    paths: set[str] = set()
    words = iter(argv[1:])
    for word in words:
        option, equals, value = word.partition("=")
        if option in _FORMATS:
            layout = value if equals else next(words, "")
        elif option in _PATHS:
            value = value if equals else next(words, "")
            paths.add(option)
        elif word in ("-q", "--query", "-qa", "-a", "--all"):
            query, everything = query or "q" in word, everything or word.endswith(("a", "all"))
        elif word == "--last":
            layout = "%{NVRA} %{INSTALLTIME:date}\n"
        elif not word.startswith("-"):
            names.append(word)
        elif word not in _PLAIN:
            return None
    columns = _columns(layout)
    if not query or columns is None or not (everything or names):
        return None
    return _RpmQuery(everything, tuple(names), columns, anywhere=bool(paths) and "--dbpath" not in paths)


def _columns(layout: str | None) -> tuple[str, ...] | None:
    """The tags of a format in their order; empty for the default line, None for a format that is not known."""
    if layout is None:
        return ()
    text = layout.replace("\\t", "\t").replace("\\n", "\n")
    if not text.endswith("\n"):
        return None
    if text[:-1].upper() in _DEFAULTS:
        return ()
    if _WIDTH.sub("%{", "".join(text.split()[:1])).upper() in (*_DEFAULTS, "%{NVRA}"):
        return _WHOLE_NAME
    tags = tuple(word[2:-1].upper() if word.startswith("%{") and word.endswith("}") else "" for word in text.split())
    return tags if _TAGS.issuperset(tags) and {"NAME", "VERSION"}.issubset(tags) else None


def _not_installed(answer: Answer) -> dict[Line, str]:
    """Line to name, for `package X is not installed`."""
    found: dict[Line, str] = {}
    if not has_text(answer, "package"):
        return found
    for sign, lines in ((-1, answer.errors), (1, answer.lines)):
        for number, line in enumerate(lines, 1):
            words = line.split()
            if len(words) == 5 and words[0] == "package" and words[2:] == ["is", "not", "installed"]:
                found[sign * number] = words[1]
    return found


def _rows(answer: Answer, query: _RpmQuery, missing: dict[Line, str]) -> tuple[Package, ...]:
    rows: list[Package] = []
    for number, line in enumerate(answer.lines, 1):
        if not line.strip() or number in missing:
            continue
        if line.startswith("error:"):
            raise Unreadable("failed", f"rpm could not answer: {line.strip()}", number)
        if not answer.complete and number == len(answer.lines) and not _ends_whole(line):
            continue
        row = _row(line, query.columns, number)
        if row is None:
            raise Unreadable("unparsable", f"a row of rpm has an unknown form: {line.strip()}", number)
        rows.append(row)
    return tuple(rows)


def _ends_whole(line: str) -> bool:
    """Whether the last row of a listing that was cut ends with an architecture, and so was not cut itself."""
    end = line.split()[-1]
    return end in _ARCHITECTURES or end.rpartition(".")[2] in _ARCHITECTURES


def _row(line: str, columns: tuple[str, ...], number: Line) -> Package | None:
    if columns in ((), _WHOLE_NAME):
        return _of_default(line.split()[0] if columns else line.strip(), number)
    return _of_columns(line, columns, number)


def _of_columns(line: str, columns: tuple[str, ...], number: Line) -> Package | None:
    cells = [cell.strip() for cell in line.split("\t")] if "\t" in line else line.split()
    if len(cells) != len(columns):
        return None
    name, version, release = _places(columns)
    return _package(cells[name], cells[version], "" if release is None else cells[release], number)


@cache
def _places(columns: tuple[str, ...]) -> tuple[int, int, int | None]:
    """Where name, version and release stand among the columns."""
    at = {column: place for place, column in enumerate(columns)}
    return at["NAME"], at["VERSION"], at.get("RELEASE")


def _of_default(line: str, number: Line) -> Package | None:
    name, version, release = ("", *line.rsplit("-", 2))[-3:] if line.count("-") > 1 else ("", "", "")
    bare, dot, architecture = release.rpartition(".")
    return _package(name, version, bare if dot and architecture in _ARCHITECTURES else release, number)


def _package(name: str, version: str, release: str, number: Line) -> Package | None:
    if not name or not version or " " in name or " " in version or " " in release or impossible(name, version):
        return None
    return Package(name, f"{version}-{release}" if release else version, parse_version(version), "", number)


def _whole(answer: Answer, query: _RpmQuery, rows: tuple[Package, ...], absent: tuple[str, ...], *, ends: bool) -> bool:
    if not answer.complete or any(line.startswith("error:") for line in answer.errors):
        return False
    if query.names:
        names = [row.name for row in rows]
        ended = answer.exit_status is not None
        return ended if query.everything else accounted(query.names, names, absent, ended=ended)
    names = [row.name for row in rows]
    return answer.exit_status is not None or (
        not _EVERYWHERE.isdisjoint(names) and (ends or in_order_to_the_end(names, lower=False))
    )
