"""What an input gives: a target with its readings, a note, or why there is no target."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

from rmccomply.errors import InputError
from rmccomply.evidence.companion import BUNDLE_ENDINGS, asked_as, labels_told
from rmccomply.evidence.model import Artifact, Bundle, Notification
from rmccomply.facts.identity import node_name
from rmccomply.sources.reading import Read, Readings
from rmccomply.sources.table import TRANSPORT
from rmccomply.tuples import NamedTuple
from rmccomply.words import Image

if TYPE_CHECKING:
    from rmccomply.facts.others import Others

PART: Final = ".part"
"""What the name of a file ends in that had not come whole: it is no target."""


class Loaded(NamedTuple):
    """One target as an input gives it. `name` is the one that it carries, `fallback` its file's or folder's name.

    `place` is the uri of its file or folder, with the line of NDJSON; `label` tells it from every other of a run;
    `others` are those with which the run compares it.
    """

    readings: Readings
    name: str = ""
    fallback: str = ""
    platform: str = ""
    artifacts: tuple[Artifact, ...] = ()
    labels: Mapping[str, str] = {}
    collected: str | None = None
    notifications: tuple[Notification, ...] = ()
    place: str = ""
    label: str = ""
    image: Image | None = None
    others: "Others" = None


class Failed(NamedTuple):
    """A target that cannot be judged, though there is one: its file's or folder's name, its uri, and why.

    `place` is set where the place itself is the name: that of a facts document.
    """

    name: str
    uri: str
    says: str
    place: str = ""
    label: str = ""


InputItem = Loaded | Failed | Notification | InputError


def name_of(loaded: Loaded) -> str:
    """The name that the carrier gives, else `uname -n`, else the file's or folder's name."""
    return loaded.name or node_name(loaded.readings) or loaded.fallback


def of_bundle(bundle: Bundle, place: str = "") -> Loaded:
    """A target of a bundle."""
    readings = Readings(bundle.evidence)
    of_controller = bundle.head.get("mode") == "controller"
    return Loaded(
        readings,
        (asked_as(bundle) if of_controller else "") or bundle.name,
        bundle.fallback,
        bundle.platform,
        bundle.artifacts,
        {**bundle.labels, **labels_told(bundle)} if of_controller else bundle.labels,
        bundle.collected,
        (*bundle.notifications, *failures(readings)),
        place=place or (bundle.artifacts[0].uri if bundle.artifacts else ""),
        image=bundle.image,
    )


def failures(readings: Readings) -> tuple[Notification, ...]:
    """What a controller says where a target was not collected, or not whole."""
    notes = []
    for reading in readings.of(TRANSPORT):
        if isinstance(reading, Read) and reading.record.word != "collected":
            place = reading.at(reading.record.line)
            uri, line = (place[0].uri, place[0].start_line) if place else ("", None)
            notes.append(Notification(f"collected only in part: {reading.record.text}", uri, line))
    return tuple(notes)


def refused(shown: str, uri: str, why: str, named: bool, *, alien: bool = False) -> InputItem:
    """A file that is no input: an error where it was named, a note where it was found in a folder; `alien`: nothing
    in it or in its name is like evidence."""
    if named:
        return InputError(f"{shown}: was not recognized: {why}")
    bundle = shown.endswith(BUNDLE_ENDINGS)
    level: Literal["note", "warning"] = "warning" if bundle else "note"
    if alien and not bundle:
        return Notification("skipped: not evidence", uri, level="note", skipped=True)
    return Notification(f"skipped: {why}", uri, level=level, damage=bundle)
