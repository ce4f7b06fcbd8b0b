"""Which modules cloud-init runs: the files `/etc/cloud/cloud.cfg` and `/opt/freeware/etc/cloud/cloud.cfg` (AIX).

cloud-init documentation, "Module reference". The file is YAML; only four lists of its top level are read, by line:

    datasource_list: [ ConfigDrive, None ]
    cloud_final_modules:
     - rightscale_userdata
     - [scripts-user, always]
     - reset_rmc
    # - power-state-change

A list is written as items with a dash, at any indent, or between brackets, perhaps on several lines. An item may be
a list too: the module and how often it runs. cloud-init takes `reset-rmc`, `reset_rmc` and `cc_reset_rmc` for one
module, and so the names here are without prefix and with underscores. A module that stands in none of these lists,
or behind `#`, is not run. A file in cloud.cfg.d can replace a list; this source does not know of it.

A file that is not there is an answer: there is no cloud-init in that place. So is a file without these lists. A
list of another form (an alias, a brace, a name that appears twice) makes the file unparsable: what it holds decides
what is run. An empty file is never an answer.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
RESET_RMC: Final = "reset_rmc"
_DATASOURCES: Final = "datasource_list"
_LISTS: Final = frozenset({"cloud_init_modules", "cloud_config_modules", "cloud_final_modules", _DATASOURCES})


@record(frozen=True, slots=True)
class Module:
    """A module of a list; `frequency` is empty where the module's own one holds."""

    name: str
    list: str
    frequency: str
    line: Line


@record(frozen=True, slots=True)
class CloudConfig:
    """The lists that the file has, and what is in them. `datasources` are None where it does not name them."""

    present: bool
    lists: tuple[str, ...] = ()
    modules: tuple[Module, ...] = ()
    datasources: tuple[str, ...] | None = None
    datasources_line: Line = 0

    @property
    def reset_rmc(self) -> Module | None:
        return next((module for module in self.modules if module.name == RESET_RMC), None)


RECORD: Final = CloudConfig
_Item = tuple[str, Line]


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> CloudConfig:
    """Read the lists. Raises Unreadable: `failed`, `empty`, `unparsable` for a list of another form."""
    if answer.absent:
        return CloudConfig(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    lists, starts = _lists(answer.lines)
    modules = [
        _module(name, item, line) for name, items in lists.items() if name != _DATASOURCES for item, line in items
    ]
    found = lists.get(_DATASOURCES)
    return CloudConfig(
        True,
        tuple(name for name in lists if name != _DATASOURCES),
        tuple(modules),
        None if found is None else tuple(_bare(item) for item, _ in found),
        starts.get(_DATASOURCES, 0),
    )


def _lists(lines: tuple[str, ...]) -> tuple[dict[str, list[_Item]], dict[str, Line]]:
    """The items of each list, and where it starts. The lines of a list end where another name is at their left."""
    texts: dict[str, list[_Item]] = {}
    starts: dict[str, Line] = {}
    name, keys = "", 0
    for number, line in enumerate(lines, 1):
        text = _uncommented(line)
        if not text.strip() or text.startswith("---"):
            continue
        if text[0].isspace() or text[0] in "-]":
            texts.get(name, []).append((text.strip(), number))
            continue
        key, colon, value = text.partition(":")
        name, keys = _bare(key), keys + bool(colon)
        if name in _LISTS and name in texts:
            raise Unreadable("unparsable", f"the list {name} appears twice", number)
        if name in _LISTS:
            texts[name], starts[name] = [(value.strip(), number)] if value.strip() else [], number
    if not keys:
        _refuse_other_text(lines)
    return {name: _items(name, found, starts[name]) for name, found in texts.items()}, starts


def _uncommented(line: str) -> str:
    """A line without its comment: `#` counts at its start and behind a blank."""
    if line.lstrip().startswith("#"):
        return ""
    return line.partition(" #")[0].rstrip()


def _items(name: str, texts: list[_Item], start: Line) -> list[_Item]:
    if texts and texts[0][0].startswith("["):
        return _between_brackets(name, texts)
    items: list[_Item] = []
    for text, number in texts:
        dash, item = text[:1], text[1:].strip()
        if dash != "-" or not item or (item.startswith("[") and not item.endswith("]")) or item[0] in "*&{|>":
            raise Unreadable("unparsable", f"an item of {name} has an unknown form: {text}", number)
        items.append((item, number))
    if not items:
        raise Unreadable("unparsable", f"the list {name} has no item", start)
    return items


def _between_brackets(name: str, texts: list[_Item]) -> list[_Item]:
    """The items of `[a, [b, always], c]`, each with the line that it ends on."""
    items: list[_Item] = []
    depth, item = 0, ""
    for text, number in texts:
        for character in text:
            depth += {"[": 1, "]": -1}.get(character, 0)
            if depth < 0 or (depth == 0 and character != "]") or character in "{}*&":
                raise Unreadable("unparsable", f"the list {name} has an unknown form: {text}", number)
            if (depth == 1 and character == ",") or depth == 0:
                items += [(item, number)] if (item := item.strip()) else []
                item = ""
            elif depth > 1 or character != "[":
                item += character
    if depth:
        raise Unreadable("unparsable", f"the list {name} does not end", texts[-1][1])
    return items


def _module(name: str, item: str, line: Line) -> Module:
    words = [_bare(word) for word in item.strip("[]").split(",")]
    module = words[0].replace("-", "_").removesuffix(".py").removeprefix("cc_")
    return Module(module, name, words[1] if len(words) > 1 else "", line)


def _bare(text: str) -> str:
    return text.strip().strip("'\"")


def _refuse_other_text(lines: tuple[str, ...]) -> None:
    for number, line in enumerate(lines, 1):
        if _uncommented(line).strip():
            raise Unreadable("unparsable", f"this is not a configuration of cloud-init: {line.strip()}", number)
    raise Unreadable("empty", "the file configures nothing")
