"""The configuration of cloud-init as cloud-init puts it together.

canonical/cloud-init, cloudinit/util.py (`read_conf_with_confd`, `read_conf_d`, `mergemanydict`) and
cloudinit/mergers/m_dict.py: files of cloud.cfg.d whose names end in `.cfg` count by their names, the last one most, and
all of them more than cloud.cfg. A value that is there is not replaced by that of a file that counts less, also where it
is null; only maps are put together key by key. So a list that two files have is that of one of them. AIX has its own
port (aixoss/cloud-init 0.7.5), which does the same below /opt/freeware/etc/cloud.

`merge_how` and `merge_type` change these rules, `conf_d` names another folder: then nothing is known here. What a
deployment brings (the user data, `cc:` on a kernel command line) is not in an image.
"""

from collections.abc import Iterator
from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.images.conditions import BootCondition, not_read
from rmccomply.facts.judging.folders import HeldFolder, folder
from rmccomply.sources.host.cloud_init import MODULE_LISTS, CloudConfig, CloudSetting, Module
from rmccomply.sources.reading import Read
from rmccomply.sources.table import CLOUD_INIT
from rmccomply.tuples import NamedTuple

_BASES: Final = {"aix": "/opt/freeware/etc/cloud", "linux": "/etc/cloud"}
_STATES: Final = {"aix": "/opt/freeware/var/lib/cloud", "linux": "/var/lib/cloud"}
_TRUE: Final = frozenset({"true", "1", "on", "yes"})
_ENDING: Final = ".cfg"
_WHAT: Final = "how cloud-init is configured"


class ListedModule(NamedTuple):
    """A module of a list that counts, and its line."""

    module: Module
    evidence: tuple[Reference, ...]


class OrderedCommand(NamedTuple):
    """A command of a list that counts, and its line."""

    command: CloudSetting
    evidence: tuple[Reference, ...]


class Merged(NamedTuple):
    """What counts. `why` says why it is not known; then nothing else is to be used. `datasources` are None where no
    file names them, and so the built-in ones count. `state` is the folder of what cloud-init keeps."""

    base: str
    state: str
    why: BootCondition | None = None
    modules: tuple[ListedModule, ...] = ()
    commands: tuple[OrderedCommand, ...] = ()
    datasources: tuple[str, ...] | None = None
    datasources_at: tuple[Reference, ...] = ()
    manual: bool = False
    manual_at: tuple[Reference, ...] = ()
    where: tuple[Reference, ...] = ()


def merged(facts: Facts) -> Merged:
    """The configuration that counts on this platform; use `facts.cached(merged)`."""
    platform = facts.fact("host.platform").word
    base = _BASES.get(platform, _BASES["linux"])
    empty = Merged(base, _STATES.get(platform, _STATES["linux"]))
    main = facts.read_of(CLOUD_INIT, f"{base}/cloud.cfg")
    if main is None:
        path = f"{base}/cloud.cfg"
        return empty._replace(why=not_read(facts, CLOUD_INIT, path, f"cat {path}", _WHAT))
    parts = folder(facts, f"{base}/cloud.cfg.d")
    files: list[Read[CloudConfig]] = [main]
    for found in _parts(facts, parts):
        if isinstance(found, BootCondition):
            return empty._replace(why=found)
        files.append(found)
    odd = next((why for one in files if (why := _open_ended(one) or _odd(one, parts.path))), None)
    return empty._replace(why=odd) if odd else _counting(empty, tuple(reversed(files)))


def _parts(facts: Facts, parts: HeldFolder) -> Iterator[Read[CloudConfig] | BootCondition]:
    """The files of the folder in the order of their names, or what is not known of them."""
    if parts.why is not None:
        yield BootCondition(
            None, f"{_WHAT} is unknown: {parts.why.says}", parts.why.evidence, parts.why.reason, parts.why.settle
        )
        return
    names = sorted(name for name in parts.names if name.endswith(_ENDING))
    for reading in facts.read(CLOUD_INIT):
        inside, _, name = reading.name.rpartition("/")
        if inside == parts.path and reading.record.present and name not in parts.names:
            says = f"{_WHAT} is unknown: {reading.name} is there, and the listing of its folder does not show it"
            yield BootCondition(None, says, (*reading.at(WHOLE), *parts.evidence), "conflicting", f"ls -l {parts.path}")
    for name in names:
        path = f"{parts.path}/{name}"
        found = facts.read_of(CLOUD_INIT, path)
        if found is None:
            yield not_read(facts, CLOUD_INIT, path, f"cat {path}", _WHAT)
        elif found.record.present:
            yield found
        elif name not in parts.links:
            says = f"{_WHAT} is unknown: {path} is listed, and is not there"
            yield BootCondition(None, says, (*parts.names[name], *found.at(WHOLE)), "conflicting", f"cat {path}")


def _open_ended(reading: Read[CloudConfig]) -> BootCondition | None:
    """Unknown, where a copy of a file may lack its end."""
    if reading.record.whole:
        return None
    says = f"{_WHAT} is unknown: nothing shows that the copy of {reading.name} is complete"
    return BootCondition(None, says, reading.where(), "truncated", f"cat {reading.name}")


def _odd(reading: Read[CloudConfig], parts: str) -> BootCondition | None:
    """Why the rules are others where this file is read; None where they are not."""
    for name in ("merge_how", "merge_type", "conf_d"):
        setting = reading.record.setting(name)
        if setting is not None and not (name == "conf_d" and setting.text.rstrip("/") == parts):
            says = f"{_WHAT} is unknown: {reading.name} changes by {name} how files are put together"
            return BootCondition(None, says, reading.at(setting.line), "inconclusive", f"cat {reading.name}")
    return None


def _counting(empty: Merged, files: tuple[Read[CloudConfig], ...]) -> Merged:
    """The files put together, that which counts most first."""
    modules: list[ListedModule] = []
    for name in MODULE_LISTS:
        having = next((one for one in files if name in one.record.lists), None)
        if having is not None:
            modules += [ListedModule(one, having.at(one.line)) for one in having.record.modules if one.list == name]
    commands: list[OrderedCommand] = []
    for name in ("bootcmd", "runcmd"):
        having = next((one for one in files if name in one.record.command_lists), None)
        if having is not None:
            commands += [OrderedCommand(one, having.at(one.line)) for one in having.record.commands if one.name == name]
    sources = next((one for one in files if one.record.datasources is not None), None)
    manual, manual_at = _setting(files, "manual_cache_clean")
    state, _ = _setting(files, "cloud_dir")
    return empty._replace(
        state=state.rstrip("/") or empty.state,
        modules=tuple(modules),
        commands=tuple(commands),
        datasources=sources.record.datasources if sources else None,
        datasources_at=sources.at(sources.record.datasources_line) if sources else (),
        manual=manual.lower() in _TRUE,
        manual_at=manual_at,
        where=tuple(place for one in reversed(files) for place in one.at(WHOLE)),
    )


def _setting(files: tuple[Read[CloudConfig], ...], name: str) -> tuple[str, tuple[Reference, ...]]:
    for one in files:
        setting = one.record.setting(name)
        if setting is not None:
            return setting.text, one.at(setting.line)
    return "", ()
