"""What an image holds of a cluster: each copy would come up as a second one of the node that it was taken from.

IBM PowerHA, RSCT and CAA documentation: CAA (Cluster Aware AIX), on which PowerHA and shared storage pools are built,
keeps its repository disk in caavg_private and names it in the attribute clvdisk of cluster0; a node of a peer domain
has a folder below /var/ct whose name is the number of the cluster. Packages of cluster products are no cluster. The
attribute node_uuid of cluster0 without a repository disk is a trace, since AIX may have made it without a cluster.
"""

from collections.abc import Iterator
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.reasons import unread
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.source import Source
from rmccomply.sources.table import (
    CLSTRMGR,
    CLUSTER0,
    CLUSTER_LIST,
    CT_FOLDERS,
    LSCLUSTER,
    LSPV,
    LSRPDOMAIN,
    LSSRC,
)

_DATA: Final = "image.cluster_data"
_TRACES: Final = "image.cluster_traces"
_TITLE: Final = "what the image holds of a cluster"
_POWERHA: Final = "clstrmgrES"
_NO_CLUSTER: Final = "NOT_CONFIGURED"
_CLUSTER0: Final = "odmget -q name=cluster0 CuAt"
_CONSOLE: Final = "A management console is not an image of a partition."
_FOLDERS: Final = "ls -l /var/ct"


def cluster_data(facts: Facts) -> Fact:
    """Any sign is data; that there is none needs complete answers of all that can show one on this platform."""
    platform = facts.fact("host.platform")
    if platform.value == "hmc":
        return not_applicable(_DATA, _CONSOLE, platform.evidence, (platform,))
    found = (_caa, _powerha, _pool, _domain)
    items = tuple(item for one in found if (item := next(iter(one(facts)), None)) is not None)
    if items:
        return known(_DATA, items, items[0].says, items[0].evidence)
    places: tuple[Reference, ...] = ()
    for source, settle in _needed(facts, platform.word):
        clear = _clear(facts, source)
        if not clear:
            return unread(_DATA, _TITLE, facts.answers(source), settle)
        places += clear
    return known(_DATA, (), "The image holds nothing of a cluster.", places)


def _needed(facts: Facts, platform: str) -> list[tuple[Source[object], str]]:
    """What has to have answered; what only a running system can say is not asked of a mounted root."""
    needed: list[tuple[Source[object], str]] = [(CT_FOLDERS, _FOLDERS)]
    if platform not in ("aix", "vios"):
        return needed
    needed.append((CLUSTER0, _CLUSTER0))
    if facts.image != "mounted_root":
        needed.append((LSPV, "lspv"))
        needed.append((CLUSTER_LIST, "ioscli cluster -list") if platform == "vios" else (LSSRC, "lssrc -a"))
    return needed


def _clear(facts: Facts, source: Source[object]) -> tuple[Reference, ...]:
    """Where a source answered completely."""
    whole = [one for one in facts.read(source) if not one.partial and getattr(one.record, "whole", True)]
    if source is LSSRC:
        whole = [
            one for one in facts.read(LSSRC) if not one.partial and one.record.whole and one.record.covers == "all"
        ]
    return tuple(place for one in whole[:1] for place in (one.where() or one.at(1)))


def _caa(facts: Facts) -> Iterator[Item]:
    for disks in facts.read(LSPV):
        for disk in disks.record.rows:
            if disk.group == "caavg_private":
                yield _item("caa", f"{disk.name} is the repository disk of a CAA cluster", disks, disk.line)
    for device in facts.read(CLUSTER0):
        for row in device.record.attributes:
            if row.name == "clvdisk" and row.uuid is not None and not row.zero:
                yield _item("caa", "cluster0 names the repository disk of a CAA cluster", device, row.line)
    for cluster in facts.read(LSCLUSTER):
        if cluster.record.present:
            yield _item("caa", "lscluster shows a CAA cluster", cluster, cluster.record.line)


def _powerha(facts: Facts) -> Iterator[Item]:
    """PowerHA with a configuration; where its own state is not shown, that it is on file counts."""
    told = facts.read(CLSTRMGR)
    for state in told:
        if state.record.on_file and state.record.state != _NO_CLUSTER:
            yield _item(
                "powerha", f"PowerHA is configured: its state is {state.record.state}", state, state.record.line
            )
    for listing in facts.read(LSSRC) if not told else ():
        for row in listing.record.rows:
            if row.name == _POWERHA:
                yield _item("powerha", f"lssrc lists {_POWERHA}, the cluster manager of PowerHA", listing, row.line)


def _pool(facts: Facts) -> Iterator[Item]:
    for pools in facts.read(CLUSTER_LIST):
        if pools.record.cluster:
            yield _item("ssp", f"the shared storage pool {pools.record.cluster} is here", pools, pools.record.line)


def _domain(facts: Facts) -> Iterator[Item]:
    for domains in facts.read(LSRPDOMAIN):
        for row in domains.record.rows:
            yield _item("peer_domain", f"lsrpdomain lists the peer domain {row.name}", domains, row.line)
    for folders in facts.read(CT_FOLDERS):
        for entry in folders.record.rows:
            if entry.folder and entry.name.isdigit():
                yield _item("peer_domain", f"/var/ct/{entry.name} is the folder of a peer domain", folders, entry.line)


def _item(subject: str, says: str, reading: Read[object], line: int) -> Item:
    return Item(subject, f"{says}.", reading.at(line))


def cluster_traces(facts: Facts) -> Fact:
    """The identity that cluster0 has without a cluster of CAA."""
    platform = facts.fact("host.platform")
    if platform.value == "linux":
        return not_applicable(_TRACES, "Linux has no cluster0.", platform.evidence, (platform,))
    if platform.value == "hmc":
        return not_applicable(_TRACES, _CONSOLE, platform.evidence, (platform,))
    data = facts.fact(_DATA)
    if any(item.subject == "caa" for item in data.items):
        return known(_TRACES, (), f"More than a trace is there: {data.says}", data.evidence, basis=(data,))
    for device in facts.read(CLUSTER0):
        for row in device.record.attributes:
            if row.name == "node_uuid" and row.uuid is not None and not row.zero:
                says = f"cluster0 has the node_uuid {row.uuid}, and no cluster of CAA is here."
                item = Item("node_uuid", says, device.at(row.line))
                return known(_TRACES, (item,), says, item.evidence)
    clear = _clear(facts, CLUSTER0)
    if clear:
        return known(_TRACES, (), "cluster0 has no node_uuid.", clear)
    fact = unread(_TRACES, "whether cluster0 has a node_uuid", facts.answers(CLUSTER0), _CLUSTER0)
    return unknown(_TRACES, fact.reason or "not_collected", fact.says, fact.evidence, settle=fact.settle)
