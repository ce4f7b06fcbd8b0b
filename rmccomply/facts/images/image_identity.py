"""Which node ID an instance of an image has after its first boot.

canonical/cloud-init, cloudinit/config/cc_reset_rmc.py: the module does nothing where the datasource is None or where
/opt/rsct/install/bin is no folder; it reads line 1 of /etc/ct_node_id first and raises where there is no such file,
before anything is renewed. Then it runs recfgct of that folder. aixoss/cloud-init does the same. So an image without a
node ID is not prepared well: with cloud-init it keeps the partition without one of its own.

Datasources are those of `datasource_list` in the configuration that counts; where none is named, the built-in ones,
which are many. tools/ds-identify takes the one that its file or the kernel command line names instead.

Where nothing resets and there is no node ID, whether RSCT makes one when it first starts is documented nowhere.
"""

from typing import Final

from rmccomply.evidence.model import WHOLE
from rmccomply.facts.gather import Facts
from rmccomply.facts.images.cloud_merged import merged
from rmccomply.facts.images.cloud_reset import of_platform, resets
from rmccomply.facts.images.conditions import BootCondition, every, not_read, why_unknown
from rmccomply.facts.judging.folders import folder
from rmccomply.facts.judging.kernel_line import kernel_arguments, switch
from rmccomply.facts.model import Fact, known, unknown
from rmccomply.sources.rsct.reset_lines import PROGRAM
from rmccomply.sources.table import CT_NODE_ID, DS_IDENTIFY

NAME: Final = "image.identity"
_FILE: Final = "/etc/ct_node_id"
_TOOLS: Final = "/opt/rsct/install/bin"
_IDENTIFY: Final = "/etc/cloud/ds-identify.cfg"
_NONE: Final = "None"
_MEND: Final = "Mend what keeps the first boot from renewing the node ID: {}."
_NAMING: Final = ("ds=", "ci.ds=", "ci.datasource=")


def identity_of_image(facts: Facts) -> Fact:
    """The fact image.identity."""
    title = "Which node ID an instance of this image has"
    basis = of_platform(facts, NAME, title)
    if basis is not None:
        return basis
    found = facts.cached(resets)
    tools = _tools(facts)
    cloud = every((found.cloud, _node_id(facts), tools, _datasource(facts)))
    other = every((found.other, tools))
    for way in (cloud, other):
        if way.holds:
            return known(
                NAME, "fresh", f"An instance of this image gets a node ID of its own: {way.says}.", way.evidence
            )
    return _without(facts, title, (found.cloud, cloud), (found.other, other))


_Way = tuple[BootCondition, BootCondition]
"""Whether it is set up, and whether it works."""


def _without(facts: Facts, title: str, *ways: _Way) -> Fact:
    """Where no way is known to work: it fails, nothing resets, or it is unknown."""
    unclear = next((works for _, works in ways if works.holds is None), None)
    if unclear is not None:
        says = f"{title} is unknown: {why_unknown(unclear)}."
        return unknown(NAME, unclear.reason, says, unclear.evidence, settle=unclear.settle)
    doubtful = next((set_up for set_up, _ in ways if set_up.holds is None), None)
    failing = next(((set_up, works) for set_up, works in ways if set_up.holds), None)
    if failing is not None:
        says = f"The node ID is to be renewed at the first boot, which will fail: {failing[1].says}."
        places = (*failing[1].evidence, *failing[0].evidence)
        return known(NAME, "reset_fails", says, places, step=_MEND.format(failing[1].says))
    if doubtful is not None:
        says = f"{title} is unknown: {why_unknown(doubtful)}."
        return unknown(NAME, doubtful.reason, says, doubtful.evidence, settle=doubtful.settle)
    return _copied(facts, title, ways[0][0], ways[1][0])


def _copied(facts: Facts, title: str, cloud: BootCondition, other: BootCondition) -> Fact:
    why = f"nothing renews it at the first boot, since {cloud.says}, and {other.says}"
    reading = facts.read_of(CT_NODE_ID, _FILE)
    if reading is None:
        lost = not_read(facts, CT_NODE_ID, _FILE, f"cat {_FILE}", "whether the image has one")
        return unknown(
            NAME, lost.reason, f"{title} is unknown: {why_unknown(lost)}.", lost.evidence, settle=lost.settle
        )
    places = (*reading.at(1 if reading.record.present else WHOLE), *cloud.evidence, *other.evidence)
    if reading.record.present and reading.record.text:
        says = f"Every instance of this image has its node ID: {why}."
        return known(NAME, "copied", says, places, step=_MEND.format(cloud.says))
    says = f"{title} is unknown: the image has none, and {why}; whether RSCT then makes one is not documented."
    return unknown(NAME, "inconclusive", says, places, settle=f"cat {_FILE}")


def _node_id(facts: Facts) -> BootCondition:
    reading = facts.read_of(CT_NODE_ID, _FILE)
    if reading is None:
        return not_read(facts, CT_NODE_ID, _FILE, f"cat {_FILE}", f"whether {_FILE} is there")
    if reading.record.present:
        return BootCondition(True, f"{_FILE} is there", reading.at(1) or reading.at(WHOLE))
    says = f"{_FILE} is missing, and reset_rmc ends with an error without it"
    return BootCondition(False, says, reading.at(WHOLE), settle=f"cat {_FILE}")


def _tools(facts: Facts) -> BootCondition:
    """The folder, and the program in it."""
    found = folder(facts, _TOOLS)
    if PROGRAM in found.names:
        return BootCondition(True, f"{_TOOLS} is there", found.names[PROGRAM])
    if found.why is not None:
        says = f"whether {_TOOLS} is there is unknown: {found.why.says}"
        return BootCondition(None, says, found.why.evidence, found.why.reason, found.why.settle)
    says = f"{_TOOLS} is missing" if not found.present else f"{_TOOLS} does not hold the program that renews it"
    return BootCondition(False, says, found.evidence)


def _datasource(facts: Facts) -> BootCondition:
    """Whether cloud-init can find any datasource but None."""
    config = facts.cached(merged)
    if facts.fact("host.platform").value != "aix":
        named = _named(facts)
        if named is not None:
            return named
    if config.datasources is None:
        return BootCondition(True, "")
    if not config.datasources:
        says = "datasource_list is empty, and where cloud-init looks then is unknown"
        return BootCondition(None, says, config.datasources_at)
    if all(one == _NONE for one in config.datasources):
        return BootCondition(
            False, "the only datasource is None, so that reset_rmc does nothing", config.datasources_at
        )
    return BootCondition(True, "", config.datasources_at)


def _named(facts: Facts) -> BootCondition | None:
    """The datasource that is taken without looking; None where none is named."""
    found = switch(facts.cached(kernel_arguments), lambda text: text.startswith(_NAMING), "ds=")
    if found.on is None:
        return BootCondition(None, f"which datasource there is is unknown: {found.says}", found.evidence, found.reason)
    if found.on:
        words = [word.text for one in facts.cached(kernel_arguments).lines for word in one.arguments]
        names = {one.partition("=")[2].partition(";")[0] for one in words if one.startswith(_NAMING)}
        holds = True if _NONE not in names else False if names == {_NONE} else None
        return BootCondition(
            holds, "" if holds else "the kernel command line names the datasource None", found.evidence
        )
    reading = facts.read_of(DS_IDENTIFY, _IDENTIFY)
    if reading is None:
        return not_read(facts, DS_IDENTIFY, _IDENTIFY, f"cat {_IDENTIFY}", "which datasource cloud-init takes")
    if not reading.record.datasource or reading.record.mode != "search":
        return None
    places = reading.at(reading.record.datasource_line)
    if reading.record.datasource == _NONE:
        return BootCondition(False, f"{_IDENTIFY} names the datasource None, so that reset_rmc does nothing", places)
    return BootCondition(True, "", places)
