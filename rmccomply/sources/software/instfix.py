"""Which fixes of AIX are installed: `instfix -i`, `instfix -ik FIX`.

AIX 7.3 documentation, "instfix Command"; its messages are public. A fix is an APAR or a technology level:

    All filesets for IJ32439 were found.
    Not all filesets for 7300-02_AIX_ML were found.
    No filesets which have fixes for IV74438 are currently installed.
    There was no data for IV77384 in the fix database.

Lines may be indented, and copies have blank lines between them. `Not all` is a fix that is installed in part. The
fix database holds what was installed with fixes, not what base filesets bring with them: `no data` says that the
fix is not known here, not that its correction is missing.

Empty output is never an answer. An exit status other than 0 comes with `Not all` and `no data`, so lines are an
answer whatever it is. What is not listed is not known to the fix database only where the listing is whole: all of
`-i` with exit status 0, for nothing marks its end; with -k, a row for each fix asked for.
"""

from typing import Final, Literal

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import may_be_cut, refuse_complaints

OPTIONS: Final = frozenset({"i", "k", "ik", "ki"})
LISTING: Final = True
EVERYTHING: Final = ("*",)
Installed = Literal["all", "part", "none", "no_data"]
_FORMS: Final[tuple[tuple[str, str, Installed], ...]] = (
    ("All filesets for ", " were found.", "all"),
    ("Not all filesets for ", " were found.", "part"),
    ("No filesets which have fixes for ", " are currently installed.", "none"),
    ("No filesets which have fix ", " are currently installed.", "none"),
    ("There was no data for ", " in the fix database.", "no_data"),
)


@record(frozen=True, slots=True)
class Fix:
    """One fix, and how much of it is installed."""

    name: str
    installed: Installed
    line: Line


@record(frozen=True, slots=True)
class Fixes:
    """A listing. `covers`: the fixes asked for, `("*",)` for all. `whole`: the fix database has no other of them."""

    covers: tuple[str, ...]
    rows: tuple[Fix, ...]
    whole: bool = True


RECORD: Final = Fixes


def asks(argv: tuple[str, ...]) -> bool:
    """All fixes, or some by name (one word of the request may hold several)."""
    return _covers(argv) != ()


def parse(answer: Answer) -> Fixes:
    """Read the lines. Raises Unreadable: `failed`, `empty`, `unparsable` for a line of no known form."""
    refuse_complaints(answer, "instfix:")
    if answer.exit_status is None:
        answer.refuse_failure()
    rows: list[Fix] = []
    for number, line in enumerate((*answer.lines, *answer.errors), 1):
        place = number if number <= len(answer.lines) else len(answer.lines) - number
        row = None if may_be_cut(answer, number) else _row(line.strip(), place)
        if row is not None:
            rows.append(row)
    if not rows:
        answer.refuse_failure()
        raise Unreadable("empty", "instfix lists no fix")
    covers = _covers(answer.argv)
    return Fixes(covers, tuple(rows), answer.complete and _is_whole(answer, covers, rows))


def _covers(argv: tuple[str, ...]) -> tuple[str, ...]:
    words = argv[1:]
    if words == ("-i",):
        return EVERYTHING
    named = (words[:1] in (("-ik",), ("-ki",)) and len(words) == 2) or (words[:2] == ("-i", "-k") and len(words) == 3)
    return tuple(words[-1].split()) if named else ()


def _row(text: str, number: Line) -> Fix | None:
    """The fix of a line; None for a blank one, and for one of the error output that is no row."""
    for start, end, installed in _FORMS:
        name = text.removeprefix(start).removesuffix(end)
        if text.startswith(start) and text.endswith(end) and len(name.split()) == 1:
            return Fix(name, installed, number)
    if text and number > 0 and not text.startswith("#"):
        raise Unreadable("unparsable", f"a line of instfix has an unknown form: {text}", number)
    return None


def _is_whole(answer: Answer, covers: tuple[str, ...], rows: list[Fix]) -> bool:
    if covers != EVERYTHING:
        return {*covers} <= {row.name for row in rows}
    return answer.exit_status == 0
