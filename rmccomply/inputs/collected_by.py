"""Which collection the inputs of a check come from, so that advice can name the command that collects again.

The journal of a run says of each command that collected into its folder which inventories it had, and how the collector
was run; one that was written before it did says neither, and then no more is known than the folder. Whoever gave the
folder may have written it, so no option but these two is taken from there into a command that people may run.
"""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rmccomply.evidence.run_folder import NAME, begun_in
from rmccomply.evidence.told import redact_told
from rmccomply.undecided import CollectedBy, next_name
from rmccomply.words import is_seen

_LONGEST: Final = 200
_DATED: Final = re.compile(r"rmccomply-[0-9]{8}T[0-9]{6}Z")
"""What a run is called that was given no name."""
_OPTIONS: Final = ("--sudo", "--vios")
_TRANSPORTS: Final = ("ssh", "local", "hmc")


def collected_by(names: Sequence[str]) -> CollectedBy | None:
    """The collection of these inputs; None where they are not all of one run."""
    folders = {_folder(name) for name in names}
    if len(folders) != 1:
        return None
    (folder,) = folders
    begun = begun_in(folder / NAME) if folder is not None else ()
    if folder is None or not begun:
        return None
    transport = begun[-1].get("transport")
    return CollectedBy(
        transport if isinstance(transport, str) and transport in _TRANSPORTS else "ssh",
        tuple(dict.fromkeys(_fit(one, "FILE") for event in begun for one in _words(event, "inventories"))),
        tuple(one for one in _words(begun[-1], "options") if one in _OPTIONS)
        if "options" in begun[-1]
        else _OPTIONS[:1],
        _shown(folder),
        tuple(dict.fromkeys(_fit(one, "HOST") for event in begun for one in _words(event, "hosts"))),
        _later(folder),
    )


def _folder(name: str) -> Path | None:
    """The folder of the run that an input is, or stands in; None where there is no journal."""
    path = Path(name)
    places = (path, path.parent) if name not in ("", "-") else ()
    return next((place for place in places if os.path.isfile(place / NAME)), None)


def _shown(folder: Path) -> str:
    """The folder as a word of a command, which is never an option."""
    name = folder.name if folder.is_absolute() else str(folder)
    return f"./{name}" if name.startswith("-") else name


def _later(folder: Path) -> str:
    """A folder beside it that is not there yet; nothing where a run without a name has one of its own."""
    if _DATED.fullmatch(folder.name):
        return ""
    name = next_name(folder.name)
    while os.path.lexists(folder.with_name(name)):
        name = next_name(name)
    return _shown(folder.with_name(name))


def _words(event: dict[str, object], name: str) -> list[str]:
    found = event.get(name)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _fit(word: str, instead: str) -> str:
    """A word of a command that can be shown: the journal may have been written by anybody, with a password in it."""
    is_option = word.startswith("-") and word != "-"
    is_shown = word and len(word) <= _LONGEST and is_seen(word) and redact_told(word) == word
    return word if is_shown and not is_option else instead
