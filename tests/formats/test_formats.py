"""What all formats are: a half that is pure and may work in another process, and one that puts together."""

import io
import pickle
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from rmccomply.errors import OutputError
from rmccomply.formats import Format, Frame, load
from rmccomply.report import Assessed, Style
from rmccomply.spool import Grouped, Sorted, Spool
from rmccomply.words import FORMATS, SHOWS
from tests.cli.running import Program
from tests.formats.awkward import ASSESSED, CLOSING, PLAIN, RUN, write
from tests.hosts.building import NOW

FRAME = Frame(RUN, PLAIN)
STYLES = [*(Style(show=show, group_by="wave") for show in SHOWS), Style(color=True, show="all")]
KEPT = [
    *((name, PLAIN) for name in FORMATS if name != "text"),
    *(("text", Style(show=show, group_by="site")) for show in SHOWS),
]
"""Everything that puts something by, in each of its forms."""
KEEPING = (
    *("text.whole", "text.lists", "text.groups", "json", "jsonl", "_sarif.log", "html"),
    *("sarif_github", "junit", "markdown"),
)
"""Modules of formats that put something by."""


def with_room(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all of them have so little room in memory."""
    for name in KEEPING:
        module = import_module(f"rmccomply.formats.{name}")
        for kind in (Spool, Sorted, Grouped):
            monkeypatch.setattr(module, kind.__name__, lambda *_, kind=kind: kind(room), raising=False)


def parts_of(value: object) -> Iterator[object]:
    """A value and all that it is made of."""
    yield value
    if isinstance(value, tuple):
        for each in value:
            yield from parts_of(each)


def elsewhere(written: Format[object], item: Assessed, frame: Frame) -> object:
    """The fragment of a target as another process hands it over."""
    made = written.fragment(pickle.loads(pickle.dumps(item)), pickle.loads(pickle.dumps(frame)))
    return pickle.loads(pickle.dumps(made))


@pytest.mark.parametrize("name", FORMATS)
def test_it_is_named_where_formats_are_told(name: str) -> None:
    root = Path(__file__).parents[2]
    (row,) = (line for line in (root / "README.md").read_text("utf-8").splitlines() if line.startswith("| formats |"))
    assert f"`{name}`" in row
    assert callable(load(name).fragment)
    assert callable(load(name).assembly)


def test_the_exit_status_does_not_depend_on_the_format(program: Program, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    for name in FORMATS:
        place = f"{name}={tmp_path / name}"
        for options, status in (((), 1), (("--fail-on", "never"), 3), (("--exit-zero",), 0)):
            assert program("check", str(root / "examples"), "--now", NOW, "-o", place, *options).status == status


def test_another_name_is_no_format() -> None:
    with pytest.raises(KeyError, match="_closing"):
        load("_closing")


@pytest.mark.parametrize("style", STYLES, ids=[*SHOWS, "all in colour"])
@pytest.mark.parametrize("name", FORMATS)
def test_fragments_of_another_process_make_the_same_report(name: str, style: Style) -> None:
    written, frame = load(name), Frame(RUN, style)
    made = [elsewhere(written, item, frame) for item in reversed(ASSESSED)]
    assembly = written.assembly(frame)
    pieces = [assembly.begin(), *map(assembly.add, reversed(made)), *assembly.end(CLOSING)]
    assembly.abandon()
    assert "".join(pieces) == write(name, style)


@pytest.mark.parametrize("name", FORMATS)
def test_a_fragment_holds_text_and_numbers_and_nothing_else(name: str) -> None:
    made = [part for item in ASSESSED for part in parts_of(load(name).fragment(item, FRAME))]
    assert {type(part) for part in made if not isinstance(part, tuple)} <= {str, int, type(None)}


@pytest.mark.parametrize("name", FORMATS)
def test_a_fragment_is_about_as_large_as_what_is_said(name: str) -> None:
    for item in ASSESSED:
        said = write(name, PLAIN, (item,)).encode("utf-8", "surrogatepass")
        assert len(pickle.dumps(load(name).fragment(item, FRAME))) < len(said) + 1_000


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_said_of_a_target_is_the_same_whatever_was_said_before(name: str) -> None:
    written = load(name)
    first = [written.fragment(item, FRAME) for item in ASSESSED]
    assert [written.fragment(item, FRAME) for item in reversed(ASSESSED)] == first[::-1]


@pytest.mark.parametrize("name", FORMATS)
def test_an_abandoned_report_can_be_abandoned_again(name: str) -> None:
    written = load(name)
    assembly = written.assembly(FRAME)
    assembly.add(written.fragment(ASSESSED[0], FRAME))
    assembly.abandon()
    assembly.abandon()


@pytest.mark.parametrize("room", [0, 100, 3_000])
@pytest.mark.parametrize(("name", "style"), KEPT)
def test_a_report_is_the_same_however_little_room_there_is(
    name: str, style: Style, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = write(name, style)
    with_room(room, monkeypatch)
    assert write(name, style) == whole


@pytest.mark.parametrize(("name", "style"), KEPT)
def test_a_full_disk_is_told_or_nothing_is_kept(name: str, style: Style, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = write(name, style)
    with_room(10, monkeypatch)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: io.FileIO("/dev/full", "r+"))
    says = ""
    try:
        written = write(name, style)
    except OutputError as error:
        says = str(error)
    assert "No space left on device" in says or written == whole
