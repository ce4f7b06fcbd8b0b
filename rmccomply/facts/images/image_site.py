"""What ties an image to the site where it was built: consoles that RMC knows there, and hosts that it trusts.

RSCT documentation, "Management domain configuration": the consoles are resources of IBM.MCP, kept below the folder IW
of /var/ct, and their keys stand in the trusted host list, /var/ct/cfg/ct_has.thl. Of a running system RMC tells both.
Without it neither file can be read here, so that of a mounted image only one thing is certain: where there is no such
folder and no such list, RMC has kept nothing. A host stands in its own list, under the names that ctsvhbal prints.
"""

from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.folders import folder
from rmccomply.facts.judging.points import control_points
from rmccomply.facts.judging.reasons import unknown_from, unread
from rmccomply.facts.judging.resources import resources
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.table import CT_FOLDERS, CTSTHL, CTSVHBAL, UNAME

_NAME: Final = "image.site_identity"
_TITLE: Final = "what ties the image to its build site"
_FOLDERS: Final = "ls -l /var/ct"
_CFG: Final = "/var/ct/cfg"
_THL: Final = "ct_has.thl"
_STATE: Final = "IW"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1", "loopback", "loopback6"})
_SETTLE: Final = "rmcdomainstatus -s ctrmc -a ip"


def site_identity(facts: Facts) -> Fact:
    """By what RMC says where it runs; of a mounted image by the folders in which it keeps it."""
    platform = facts.fact("host.platform")
    if platform.value == "hmc":
        says = "A management console is not an image of a partition."
        return not_applicable(_NAME, says, platform.evidence, (platform,))
    return _of_root(facts) if facts.image == "mounted_root" else _of_running(facts)


def _of_root(facts: Facts) -> Fact:
    kept, cfg = facts.read(CT_FOLDERS), folder(facts, _CFG)
    found: list[tuple[str, tuple[Reference, ...]]] = []
    for reading in kept:
        rows = (row for row in reading.record.rows if row.folder and (row.name == _STATE or row.name.isdigit()))
        found += [(f"/var/ct/{row.name}", reading.at(row.line)) for row in rows]
    if _THL in cfg.names:
        found.append((f"{_CFG}/{_THL}", cfg.names[_THL]))
    if found:
        says = f"What ties the image to its build site is unknown: RMC has kept its state there ({found[0][0]}), which "
        says += "only RMC itself can read. Collect from the image while it runs, before it is captured."
        return unknown(_NAME, "inconclusive", says, tuple(p for _, places in found for p in places), settle=_SETTLE)
    whole = next((one for one in kept if one.record.whole and not one.partial), None)
    if whole is None:
        return unread(_NAME, _TITLE, facts.answers(CT_FOLDERS), _FOLDERS)
    if cfg.why is not None and any(row.name == "cfg" for row in whole.record.rows):
        says = f"What ties the image to its build site is unknown: {cfg.why.says}."
        return unknown(_NAME, cfg.why.reason, says, cfg.why.evidence, settle=cfg.why.settle)
    places = (*whole.where(), *cfg.evidence)
    return known(_NAME, (), "RMC has kept nothing in the image: it knows no console and trusts no host.", places)


def _of_running(facts: Facts) -> Fact:
    kept = facts.cached(resources)
    consoles = [
        Item(row.label, f"RMC knows the console {row.label} of the build site.", row.at("IPAddresses"))
        for row in kept.rows
    ]
    ids = {row.node_id for row in kept.rows}
    for point in facts.cached(control_points).rows:
        if point.node_id is None or point.node_id not in ids:
            says = f"RMC has the control point {point.text} of the build site."
            consoles.append(Item(point.text, says, point.evidence))
    listing = next(iter(facts.read(CTSTHL)), None)
    own, own_known = _own_names(facts)
    tokens = {token.lower() for row in kept.rows for token in row.of("KeyToken")}
    others = [row for row in listing.record.rows if row.name.lower() not in own] if listing is not None else []
    trusted = [row for row in others if own_known or row.name.lower() in tokens]
    hosts = [
        Item(row.name, f"The image trusts the host {row.name} of the build site.", listing.at(row.line))
        for row in trusted
        if listing is not None
    ]
    items = tuple({item.subject: item for item in (*hosts, *consoles)}.values())
    if items:
        return known(_NAME, items, items[0].says, items[0].evidence)
    if kept.unread is not None:
        return unknown_from(_NAME, _TITLE, kept.unread)
    if listing is None or not listing.record.whole:
        return unread(_NAME, _TITLE, facts.answers(CTSTHL), "ctsthl -l")
    if others:
        says = (
            f"What ties the image to its build site is unknown: it trusts {others[0].name}, and ctsvhbal, which tells "
        )
        says += "whether that is a name of its own, was not answered."
        return unknown(_NAME, "not_collected", says, listing.at(others[0].line), settle="ctsvhbal")
    says = "RMC knows no console, and trusts no host but this one."
    return known(_NAME, (), says, (*kept.evidence, *listing.at(WHOLE)))


def _own_names(facts: Facts) -> tuple[frozenset[str], bool]:
    """The names under which this host is in its own list; whether all of them are known."""
    told = facts.read(CTSVHBAL)
    names = {row.text.lower() for one in told for row in one.record.rows}
    for one in facts.read(UNAME):
        names |= {one.record.node.lower(), one.record.node.lower().partition(".")[0]} if one.record.node else set()
    return frozenset(names | _LOOPBACK), any(one.record.whole for one in told)
