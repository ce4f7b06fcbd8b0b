"""Which modules cloud-init runs: `/etc/cloud/cloud.cfg` and the files `/etc/cloud/cloud.cfg.d/*.cfg`; on AIX both stand
below `/opt/freeware/etc/cloud`.

cloud-init documentation, "Module reference"; canonical/cloud-init, config/cloud.cfg.tmpl and
cloudinit/config/modules.py (`_read_modules`, `_fixup_modules`, `form_module_name`).

    datasource_list: [ ConfigDrive, None ]
    cloud_final_modules:
     - scripts-vendor
     - [scripts-user, always]
     - {name: phone_home, frequency: once}
     - reset_rmc
    # - power-state-change

An item of a list of modules is a name, a list (the module, how often it runs, what it is given) or a map. cloud-init
takes `reset-rmc`, `reset_rmc` and `cc_reset_rmc.py` for one module, and so the names here are without prefix and with
underscores; a frequency that it does not have counts as none, so that the module's own one holds. A list that is named
and empty is a list without items. A module that stands in none of the lists, or behind `#`, is not run.

This source reads one file. Which list counts where several files have one is told by `merge_how` alone if any file has
it, else by the names of the files; who puts them together must know of both, and of `conf_d`.

A file that is not there is an answer: there is no cloud-init in that place. So is a file without these lists. A file
that is no YAML, or has a list of another form (an alias, a name that stands twice, a number), is unparsable: what it
holds decides what is run. A file below cloud.cfg.d may hold nothing but comments; an empty cloud.cfg is never an
answer. Nothing marks the end: without an exit status absence proves nothing.
"""

from dataclasses import replace
from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.texts import refuse_complaints
from rmccomply.sources.shared.yaml_tree import YamlList, YamlMap, YamlNode, YamlScalar, yaml_tree

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
RESET_RMC: Final = "reset_rmc"
_DATASOURCES: Final = "datasource_list"
MODULE_LISTS: Final = ("cloud_init_modules", "cloud_config_modules", "cloud_final_modules")
_COMMANDS: Final = ("bootcmd", "runcmd")
_SETTINGS: Final = ("manual_cache_clean", "conf_d", "merge_how", "merge_type")
_READ: Final = (*MODULE_LISTS, _DATASOURCES, *_COMMANDS, *_SETTINGS, "system_info", "<<")
_ITS_OWN: Final = frozenset({"always", "once", "once-per-instance"})
_PART: Final = ".d/"


@record(frozen=True, slots=True)
class Module:
    """A module of a list; `frequency` is empty where the module's own one holds."""

    name: str
    list: str
    frequency: str
    line: Line


@record(frozen=True, slots=True)
class CloudSetting:
    """A setting, as it is written; empty where it is null."""

    name: str
    text: str
    line: Line


@record(frozen=True, slots=True)
class CloudConfig:
    """The lists that the file has, and what is in them. `datasources` are None where it does not name them.

    `commands` are the items of the `command_lists` that it has (runcmd, bootcmd); `settings` what else of it decides
    how cloud-init starts, of which `cloud_dir` is a path of system_info. `whole`: the file has nothing else."""

    present: bool
    lists: tuple[str, ...] = ()
    modules: tuple[Module, ...] = ()
    datasources: tuple[str, ...] | None = None
    datasources_line: Line = 0
    commands: tuple[CloudSetting, ...] = ()
    command_lists: tuple[str, ...] = ()
    settings: tuple[CloudSetting, ...] = ()
    whole: bool = True

    @property
    def reset_rmc(self) -> Module | None:
        return next((module for module in self.modules if module.name == RESET_RMC), None)

    def setting(self, name: str) -> CloudSetting | None:
        """A setting that the file has."""
        return next((one for one in self.settings if one.name == name), None)


RECORD: Final = CloudConfig


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> CloudConfig:
    """Read the lists. Raises Unreadable: `failed`, `empty`, `unparsable` for a list of another form."""
    if answer.absent:
        return CloudConfig(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    if answer.lines and answer.lines[0].replace(" ", "").startswith("##template:"):
        raise Unreadable("unparsable", "the file is a template, which is filled in when cloud-init starts", 1)
    tree = yaml_tree(answer.lines)
    if tree is None or (isinstance(tree, YamlScalar) and tree.empty):
        if _PART in answer.argv[0] and answer.exit_status is not None:
            return CloudConfig(True)
        raise Unreadable("empty", "the file configures nothing")
    if not isinstance(tree, YamlMap):
        raise Unreadable("unparsable", "this is not a configuration of cloud-init", tree.line)
    _refuse_doubles(tree)
    return replace(_config(tree), whole=answer.exit_status is not None)


def _refuse_doubles(tree: YamlMap) -> None:
    for name in _READ:
        lines = tree.lines_of(name)
        if len(lines) > 1:
            raise Unreadable("unparsable", f"the list {name} appears twice", lines[1])
    if tree.get("<<") is not None:
        raise Unreadable("unparsable", "the file takes in a part of itself by <<", tree.lines_of("<<")[0])


def _config(tree: YamlMap) -> CloudConfig:
    lists = tuple(key.text for key, _ in tree.pairs if key.text in MODULE_LISTS)
    sources = _items(tree, _DATASOURCES)
    commands = tuple(key.text for key, _ in tree.pairs if key.text in _COMMANDS)
    return CloudConfig(
        True,
        lists,
        tuple(module for name in lists for item in _items(tree, name) if (module := _module(name, item))),
        tuple(_word(item, _DATASOURCES) for item in sources) if tree.get(_DATASOURCES) is not None else None,
        next(iter(tree.lines_of(_DATASOURCES)), 0),
        tuple(_command(name, item) for name in commands for item in _items(tree, name)),
        commands,
        _settings(tree),
    )


def _items(tree: YamlMap, name: str) -> tuple[YamlNode, ...]:
    node = tree.get(name)
    if node is None or (isinstance(node, YamlScalar) and node.empty):
        return ()
    if not isinstance(node, YamlList):
        raise Unreadable("unparsable", f"the list {name} has an unknown form", node.line)
    return node.items


def _word(node: YamlNode, name: str) -> str:
    """A text that YAML takes for one."""
    if isinstance(node, YamlScalar) and not (node.plain and _no_text(node.text)):
        return node.text.strip()
    raise Unreadable("unparsable", f"an item of {name} has an unknown form", node.line)


def _no_text(text: str) -> bool:
    """Whether a plain word is a number, a truth value, a date or nothing to PyYAML."""
    import yaml

    tag: str = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))
    return tag != "tag:yaml.org,2002:str"


def _module(name: str, item: YamlNode) -> Module | None:
    """The module of an item; None where the item is empty, which cloud-init passes over."""
    words: tuple[YamlNode, ...] = (item,)
    if isinstance(item, YamlList):
        words = item.items
    elif isinstance(item, YamlMap):
        words = tuple(one for one in (item.get("name"), item.get("frequency")) if one is not None)
        if item.get("name") is None:
            return None
    elif isinstance(item, YamlScalar) and (item.empty or not item.text):
        return None
    if not words:
        return None
    module = _word(words[0], name).replace("-", "_")
    module = module.removesuffix(".py").removesuffix(".PY").strip().removeprefix("cc_")
    frequency = _word(words[1], name) if len(words) > 1 else ""
    return Module(module, name, frequency if frequency in _ITS_OWN else "", words[0].line)


def _command(name: str, item: YamlNode) -> CloudSetting:
    """A command of runcmd: a line for the shell, or a list of words."""
    if isinstance(item, YamlScalar):
        return CloudSetting(name, item.text, item.line)
    if isinstance(item, YamlList):
        return CloudSetting(name, " ".join(one.text for one in item.items if isinstance(one, YamlScalar)), item.line)
    raise Unreadable("unparsable", f"an item of {name} has an unknown form", item.line)


def _settings(tree: YamlMap) -> tuple[CloudSetting, ...]:
    found = [_setting(name, node) for name in _SETTINGS if (node := tree.get(name)) is not None]
    info = tree.get("system_info")
    paths = info.get("paths") if isinstance(info, YamlMap) else None
    folder = paths.get("cloud_dir") if isinstance(paths, YamlMap) else None
    if folder is not None:
        found.append(_setting("cloud_dir", folder))
    return tuple(found)


def _setting(name: str, node: YamlNode) -> CloudSetting:
    if name in ("merge_how", "merge_type"):
        return CloudSetting(name, "", node.line)
    if not isinstance(node, YamlScalar):
        raise Unreadable("unparsable", f"the setting {name} has an unknown form", node.line)
    return CloudSetting(name, "" if node.empty else node.text.strip(), node.line)
