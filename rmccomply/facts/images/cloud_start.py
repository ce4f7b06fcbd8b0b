"""Whether cloud-init runs a module at the first boot of an image.

It does where the module is in a list that counts, and nothing keeps that part of cloud-init from starting:

- canonical/cloud-init, systemd/: `cloud-init.target` is started by a generator and wants what is enabled. The module
  lists are run by the services of their stages: `cloud_init_modules` by cloud-init.service, which is called
  cloud-init-network.service since 24.3, `cloud_config_modules` by cloud-config.service, `cloud_final_modules` by
  cloud-final.service. None of them runs without the datasource, which the first of these finds; it wants
  cloud-init-local.service. Since 24.3 all of it is done by cloud-init-main.service.
- each of them has the conditions that there is no /etc/cloud/cloud-init.disabled and no `cloud-init=disabled` on the
  kernel command line; tools/ds-identify looks at the same, and at its policy (`ds_identify`), which `ci.di.policy=` on
  the kernel command line replaces.
- cloudinit/cmd/main.py: with `manual_cache_clean`, or with its mark `manual-clean` in the folder of the last instance,
  cloud-init takes what it remembers for the instance that it is on, and runs nothing again.
- cloudinit/settings.py: a module with frequency `once` is run once by a disk, not once by an instance.

On AIX (aixoss/cloud-init, packages/aix/cloud-init.spec) links in /etc/rc.d/rc2.d start the same four stages; there is
no generator, no policy and no kernel command line. What a file cloud-init.disabled does there is not documented.
"""

import re
from collections.abc import Iterator
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.images.cloud_merged import ListedModule, Merged, merged
from rmccomply.facts.images.conditions import BootCondition, every, not_read, some
from rmccomply.facts.images.unit_files import shipped_for, shipped_units
from rmccomply.facts.judging.folders import HeldFolder, Unlisted, below, folder
from rmccomply.facts.judging.kernel_line import KernelSwitch, kernel_arguments, switch
from rmccomply.sources.host.ds_identify import mode_of
from rmccomply.sources.table import DS_IDENTIFY

_UNITS: Final = "/etc/systemd/system"
_RC: Final = "/etc/rc.d/rc2.d"
_NETWORK: Final = ("cloud-init-network.service", "cloud-init.service")
_MAIN: Final = "cloud-init-main.service"
_TARGET: Final = "cloud-init.target"
_UNMASKED: Final = ("cloud-init-local.service", _TARGET)
_STAGES: Final = {"cloud_config_modules": "cloud-config", "cloud_final_modules": "cloud-final"}
_STARTED: Final = frozenset(
    {_TARGET, "multi-user.target", "default.target", "graphical.target", "basic.target", "sysinit.target"}
)
_POLICY: Final = "ci.di.policy="
_IDENTIFY: Final = "/etc/cloud/ds-identify.cfg"
_START: Final = re.compile(r"S\d\d(cloud-[a-z-]+)")
_ONCE: Final = "once"
_RESET: Final = "reset_rmc"


def runs(facts: Facts, name: str) -> BootCondition:
    """Whether cloud-init runs a module on each new instance; what it says begins with the list that has it."""
    config = facts.cached(merged)
    if config.why is not None:
        return every((config.why, *_let(facts, config)))
    having = [one for one in config.modules if one.module.name == name]
    repeated = [one for one in having if name != _RESET or one.module.frequency != _ONCE]
    if not repeated:
        return every((_not_listed(config, name, having), *_let(facts, config)))
    started = some((_started(facts, one) for one in repeated), BootCondition(None, ""))
    return every((started, *_let(facts, config)))


def _not_listed(config: Merged, name: str, having: list[ListedModule]) -> BootCondition:
    if having:
        says = f"the module {name} has the frequency once, so that it does not run again on a copy"
        return BootCondition(False, says, having[0].evidence)
    return BootCondition(False, f"no list of cloud-init has the module {name}", config.where)


def _let(facts: Facts, config: Merged) -> Iterator[BootCondition]:
    """What could keep cloud-init from starting, or from taking a copy for a new instance."""
    aix = facts.fact("host.platform").value == "aix"
    yield _marker(facts, config, aix)
    if not aix:
        yield from (_kernel(facts), _configured(facts), _policy(facts))
    if config.why is None:
        yield _manual(facts, config)


def _unlisted(why: Unlisted, what: str) -> BootCondition:
    return BootCondition(None, f"{what} is unknown: {why.says}", why.evidence, why.reason, why.settle)


def _marker(facts: Facts, config: Merged, aix: bool) -> BootCondition:
    name = "cloud-init.disabled"
    found = folder(facts, config.base)
    if name in found.names:
        says = f"{config.base}/{name} keeps cloud-init from starting"
        if aix:
            return BootCondition(
                None, f"whether {config.base}/{name} counts on AIX is not documented", found.names[name]
            )
        return BootCondition(False, says, found.names[name])
    if found.why is not None:
        return _unlisted(found.why, f"whether there is {config.base}/{name}")
    return BootCondition(True, "", found.evidence)


def _switched(found: KernelSwitch, what: str) -> BootCondition:
    """A condition that holds where the kernel command line has no such word; a copy of a file may lack its end."""
    if found.on is None:
        says = f"whether the kernel command line has {what} is unknown: {found.says}"
        return BootCondition(None, says, found.evidence, found.reason, found.settle)
    copies = [place for place in found.evidence if place.exit_status is None]
    if copies and not found.on:
        says = (
            f"whether the kernel command line has {what} is unknown: nothing shows that {copies[0].request} is complete"
        )
        return BootCondition(None, says, tuple(copies), "truncated", "rmccomply collect script")
    return BootCondition(not found.on, found.says if found.on else "", found.evidence if found.on else ())


def _kernel(facts: Facts) -> BootCondition:
    word = "cloud-init=disabled"
    return _switched(switch(facts.cached(kernel_arguments), lambda text: word in text, word), word)


def _configured(facts: Facts) -> BootCondition:
    """Configuration on the kernel command line counts more than that of files."""
    found = _switched(switch(facts.cached(kernel_arguments), lambda text: text.startswith("cc:"), "cc:"), "cc:")
    if found.holds is False:
        return BootCondition(None, "the kernel command line configures cloud-init by cc:", found.evidence)
    return found


def _policy(facts: Facts) -> BootCondition:
    """Whether ds-identify lets it start: the policy of the kernel command line, else that of its file."""
    line = facts.cached(kernel_arguments)
    found = switch(line, lambda text: text.startswith(_POLICY), _POLICY)
    if found.on is None:
        return _switched(found, _POLICY)
    if found.on:
        words = [word.text for one in line.lines for word in one.arguments if word.text.startswith(_POLICY)]
        modes = {mode_of(word.removeprefix(_POLICY)) for word in words}
        if "disabled" not in modes:
            return BootCondition(True, "", found.evidence)
        holds = False if modes == {"disabled"} else None
        return BootCondition(holds, "the kernel command line disables cloud-init by ci.di.policy", found.evidence)
    reading = facts.read_of(DS_IDENTIFY, _IDENTIFY)
    if reading is not None and not reading.record.whole:
        says = f"nothing shows that the copy of {_IDENTIFY} is complete"
        return BootCondition(None, says, reading.where(), "truncated", f"cat {_IDENTIFY}")
    if reading is None:
        return not_read(facts, DS_IDENTIFY, _IDENTIFY, f"cat {_IDENTIFY}", "whether ds-identify disables cloud-init")
    if reading.record.mode == "disabled":
        says = f"the policy in {_IDENTIFY} disables cloud-init"
        return BootCondition(False, says, reading.at(reading.record.mode_line))
    return BootCondition(True, "", reading.at(reading.record.mode_line))


def _manual(facts: Facts, config: Merged) -> BootCondition:
    if config.manual:
        says = "manual_cache_clean makes cloud-init take every copy for the same instance"
        return BootCondition(False, says, config.manual_at)
    top = folder(facts, config.state)
    if top.why is not None:
        return _unlisted(top.why, "whether cloud-init takes every copy for the same instance")
    last = top.links.get("instance", "").rpartition("/")[2]
    mark = folder(facts, f"{config.state}/instances/{last}").names.get("manual-clean") if last else None
    if mark is not None:
        return BootCondition(
            False, "the mark manual-clean makes cloud-init take every copy for the same instance", mark
        )
    return BootCondition(True, "", ())


def _started(facts: Facts, listed: ListedModule) -> BootCondition:
    """Whether the stage that runs a list starts."""
    module = listed.module
    says = f"the module {module.name} is in {module.list}"
    holds = BootCondition(True, says, listed.evidence)
    if facts.fact("host.platform").value == "aix":
        return every((holds, *_started_by_rc(facts, module.list)))
    vendor = facts.cached(shipped_units)
    if vendor.why is not None:
        return every((holds, _unlisted(vendor.why, "which units there are")))
    own = folder(facts, _UNITS)
    if own.why is not None:
        return every((holds, _unlisted(own.why, "which units are enabled")))
    needed = [next((one for one in _NETWORK if one in vendor.names), _NETWORK[-1])]
    needed += [_MAIN] if _MAIN in vendor.names else []
    needed += [f"{_STAGES[module.list]}.service"] if module.list in _STAGES else []
    masks = (BootCondition(False, f"{one} is masked", own.names[one]) for one in _UNMASKED if own.masked(one))
    parts = (one for unit in dict.fromkeys((*_UNMASKED, *needed)) for one in _changed(facts, unit))
    return every((holds, *(enabled(facts, one, vendor, own) for one in needed), *masks, *parts))


def _changed(facts: Facts, unit: str) -> Iterator[BootCondition]:
    """What of /etc changes a unit (systemd.unit(5), drop-ins): a condition in it keeps the unit from starting."""
    parts = folder(facts, f"{_UNITS}/{unit}.d")
    for name, places in parts.names.items():
        if name.endswith(".conf") and not parts.masked(name):
            says = f"whether {unit} starts is unknown: {parts.path}/{name} changes it, and is not read"
            yield BootCondition(None, says, places, "inconclusive", f"cat {parts.path}/{name}")


def enabled(facts: Facts, unit: str, vendor: HeldFolder, own: HeldFolder) -> BootCondition:
    """Whether a unit starts with the system: it is there, enabled by a link, and not masked."""
    if own.masked(unit):
        return BootCondition(False, f"{unit} is masked", own.names[unit])
    links = tuple(_links(facts, unit))
    if not links:
        return BootCondition(False, f"{unit} is not enabled", own.evidence)
    places = links[0][1]
    if unit in vendor.names or (unit in own.names and unit not in own.links):
        return BootCondition(True, "", places)
    open_ = shipped_for(facts, unit).why
    if open_ is not None:
        says = f"whether there is {unit} is unknown: {open_.says}"
        return BootCondition(None, says, places, open_.reason, open_.settle)
    return BootCondition(False, f"{unit} is enabled, but the unit does not exist", (*places, *vendor.evidence))


def _links(facts: Facts, unit: str) -> Iterator[tuple[str, tuple[Reference, ...]]]:
    """The links by which targets of a start want a unit, or an instance of it."""
    start, at, end = unit.partition("@.")
    for found in below(facts, _UNITS):
        target, _, kind = found.path.rpartition("/")[2].rpartition(".")
        if kind in ("wants", "requires") and target in _STARTED:
            for name, leads in found.links.items():
                if leads != "/dev/null" and (
                    name == unit or (at and name.startswith(f"{start}@") and name.endswith(f".{end}"))
                ):
                    yield leads, found.names[name]


def _started_by_rc(facts: Facts, module_list: str) -> Iterator[BootCondition]:
    """On AIX: the links that its package makes."""
    found = folder(facts, _RC)
    if found.why is not None:
        yield _unlisted(found.why, f"whether {_RC} starts cloud-init")
        return
    starting = {match[1]: places for name, places in found.names.items() if (match := _START.fullmatch(name))}
    needed = ["cloud-init-local", "cloud-init", *([_STAGES[module_list]] if module_list in _STAGES else [])]
    for name in needed:
        if name in starting:
            yield BootCondition(True, "", starting[name])
        else:
            yield BootCondition(False, f"no link in {_RC} starts {name}", found.evidence)
