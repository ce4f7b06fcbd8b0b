"""A fleet in numbers: notes, and the worst partitions."""

from rmccomply.ending.narrowed import NOTHING_HIDDEN
from rmccomply.formats.text.about import Note
from rmccomply.formats.text.fleet import (
    WORST,
    Fleet,
    Notes,
    listed_of,
    rank_of,
)
from rmccomply.formats.text.gist import Gist
from rmccomply.problems import Failing
from rmccomply.undecided import UndecidedKey
from rmccomply.words import Severity, Standing

KEY = UndecidedKey("collect", "not_collected")


def gist(name: str, *faults: Failing, standing: Standing = "failed", undecided: int = 0, shown: int = 2) -> Gist:
    keys = ((KEY, undecided),) if undecided else ()
    return Gist(name, shown, "AIX", 0, "2026-11-20", standing, faults, keys, None, "", NOTHING_HIDDEN, (), None)


def failing(rule: str, severity: Severity = "high", *reasons: str) -> Failing:
    return Failing(rule, severity, reasons)


def test_the_worst_come_first_then_those_that_came_first() -> None:
    fleet = Fleet()
    mild, bad = failing("R", "low"), failing("R", "critical")
    for at in range(3 * WORST):
        fleet.add(gist(f"mild{at}", mild, undecided=at % 2))
    fleet.add(gist("bad", bad))
    fleet.add(gist("broken", standing="error"))
    fleet.add(gist("fine", standing="healthy"))
    names = [one.name for one in fleet.worst()]
    assert names[:4] == ["broken", "bad", "mild1", "mild3"]
    assert len(names) == WORST
    assert fleet.standings == {"failed": 3 * WORST + 1, "error": 1, "healthy": 1}


def test_a_partition_without_problems_is_ranked_by_what_it_is() -> None:
    kinds: list[Standing] = ["healthy", "not_applicable", "no_problems", "undecided"]
    ranked = sorted(kinds, key=lambda one: rank_of(listed_of(gist("a", standing=one))))
    assert ranked == ["undecided", "no_problems", "not_applicable", "healthy"]


def test_what_is_not_shown_is_counted_and_no_more() -> None:
    fleet = Fleet()
    fleet.add(gist("away", failing("R"), shown=0))
    fleet.add(gist("nothing", failing("R"), shown=1))
    fleet.add(gist("here", failing("R"), undecided=2))
    fleet.add(gist("too", undecided=3, standing="undecided"))
    assert (fleet.total, fleet.shown, fleet.listed) == (4, 3, 2)
    assert fleet.problems["R"].names == ["here"]
    assert fleet.undecided == {KEY: (5, 2)}
    assert fleet.first is not None
    assert fleet.first.name == "nothing"


def test_notes_are_counted_by_their_words_faults_first() -> None:
    notes = Notes()
    for at in range(40):
        notes.add(Note("", "note", f"text {at}", ""))
    notes.add(Note("a", "note", "text 0", "a:3"))
    assert (notes.count, notes.others) == (41, 16)
    few = Notes()
    for note in (Note("a", "note", "n", "a"), Note("", "error", "e", "x"), Note("b", "note", "n", "b")):
        few.add(note)
    assert few.rows() == [("error", "e", 1, "x"), ("note", "n", 2, "a")]
