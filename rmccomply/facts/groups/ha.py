"""Clusters beside RMC: the identity that CAA keeps, levels of a peer domain, and the subsystems that a cluster needs.

A cluster may be a peer domain (`lsrpdomain`), or CAA, which PowerHA and shared storage pools use (`lspv`, `lscluster`).
What is said here of cluster0 and of StorageRM is remembered or from one administrator's notes, so the rules about them
are information.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.groups.cluster import shows_peers
from rmccomply.facts.groups.subsystem import Status, if_told, status
from rmccomply.facts.judging.powerha import on_file, runs_on_caa
from rmccomply.facts.judging.reasons import NOT_MANAGED, exempted, lower_first, sentence, unknown_from, unread, whole_of
from rmccomply.facts.model import Fact, Item, known, not_applicable, unknown
from rmccomply.sources.reading import Read
from rmccomply.sources.shared.values import parse_version, version_text
from rmccomply.sources.table import CLUSTER0, LSCLUSTER, LSPV, LSRPDOMAIN, LSRPNODE
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from rmccomply.sources.rsct.lsrpdomain import PeerDomain, PeerDomains
    from rmccomply.sources.rsct.lsrpnode import PeerNodes

_KINDS: Final = {
    **{kind: NOT_MANAGED[kind] for kind in ("wpar", "hmc")},
    "rhcos": "Red Hat CoreOS has no RSCT of its own: it may run in a container.",
}
_FAULTY_STORAGE_RM: Final = (3, 2, 3, 0)


class Caa(NamedTuple):
    """Whether CAA (Cluster Aware AIX) has a cluster here: True, False, or None with a reason in `fact`."""

    present: bool | None
    evidence: tuple[Reference, ...]
    unread: Fact | None = None


def caa_of(facts: Facts) -> Caa:
    """By its repository disk and by lscluster, which must not contradict each other."""
    yes: list[Reference] = []
    no: list[Reference] = []
    for reading in facts.read(LSPV):
        disks = [row for row in reading.record.rows if row.group == "caavg_private"]
        yes += [place for row in disks for place in reading.at(row.line)]
        if not disks and reading.record.whole and not reading.partial:
            no += reading.at(WHOLE)
    for told in facts.read(LSCLUSTER):
        if not told.record.stopped:
            (yes if told.record.present else no).extend(told.at(told.record.line))
    if yes and no:
        says = (
            "Whether CAA (Cluster Aware AIX) has a cluster here is unknown: lspv and lscluster contradict each other."
        )
        return Caa(None, (*yes, *no), unknown("", "conflicting", says, (*yes, *no), settle="lscluster -c"))
    if yes or no:
        return Caa(bool(yes), tuple(yes or no))
    return Caa(None, (), unread("", "whether CAA (Cluster Aware AIX) has a cluster here", facts.answers(LSPV), "lspv"))


def node_uuid(facts: Facts) -> Fact:
    """Whether cluster0 carries an identity where CAA needs one; zeros and the default are right without a cluster."""
    name = "ha.node_uuid"
    return exempted(facts, _node_uuid(facts, name), ("set", "cleared"), _KINDS)


def _node_uuid(facts: Facts, name: str) -> Fact:
    read = facts.read(CLUSTER0)
    if not read:
        return unread(name, "the node_uuid of cluster0", facts.answers(CLUSTER0), "lsattr -El cluster0")
    found = [(reading, row) for reading in read for row in reading.record.attributes if row.name == "node_uuid"]
    values = {row.uuid for _, row in found}
    evidence = tuple(p for reading, row in found for p in reading.at(row.line)) or read[0].at(WHOLE)
    silent = [reading for reading in read if not any(reading is one for one, _ in found)]
    if len(values) > 1 or (silent and any(not row.zero for _, row in found)):
        says = "The node_uuid of cluster0 is unknown: two answers contradict each other."
        places = (*evidence, *whole_of(silent))
        return unknown(name, "conflicting", says, places, settle="lsattr -El cluster0")
    if None in values:
        says = f"The node_uuid of cluster0 is unknown: '{found[0][1].text}' is not a UUID."
        return unknown(name, "unparsable", says, evidence, settle="lsattr -El cluster0")
    if found and not found[0][1].zero:
        return known(name, "set", f"The node_uuid of cluster0 is {found[0][1].uuid}.", evidence)
    return _cleared(facts, name, evidence)


def _cleared(facts: Facts, name: str, evidence: tuple[Reference, ...]) -> Fact:
    caa = caa_of(facts)
    if caa.unread is not None:
        return unknown_from(name, "whether cluster0 needs a node_uuid", caa.unread)
    if caa.present:
        says = "CAA (Cluster Aware AIX) has a cluster here, and cluster0 has no node_uuid, its identity there."
        return known(name, "missing", says, (*evidence, *caa.evidence))
    return known(
        name,
        "cleared",
        "cluster0 has no node_uuid, and needs none without CAA (Cluster Aware AIX).",
        (*evidence, *caa.evidence),
    )


def unfinished_migrations(facts: Facts) -> Fact:
    """Peer domains that run at an older level than their nodes have, or at several."""
    name = "ha.unfinished_migrations"
    return exempted(facts, _unfinished(facts, name), ((),), _KINDS)


def _unfinished(facts: Facts, name: str) -> Fact:
    reading = next(iter(facts.read(LSRPDOMAIN)), None)
    if reading is None:
        return unread(name, "whether a peer domain is at one level", facts.answers(LSRPDOMAIN), "lsrpdomain")
    if not reading.record.rows and reading.record.whole:
        return not_applicable(name, "No peer domain is defined.", reading.at(WHOLE))
    nodes = next(iter(facts.read(LSRPNODE)), None)
    judged = [_migration(facts, name, row, reading, nodes) for row in reading.record.rows]
    items = tuple(one for one in judged if isinstance(one, Item))
    if items:
        return known(name, items, items[0].says, items[0].evidence)
    undecided = next((one for one in judged if isinstance(one, Fact)), None)
    if undecided is not None:
        return undecided
    if not reading.record.whole:
        return unread(name, "whether a peer domain is at one level", (reading,), "lsrpdomain")
    places = tuple(place for row in reading.record.rows for place in reading.at(row.line))
    return known(name, (), "Every peer domain is at one level.", places)


def _migration(
    facts: Facts, name: str, row: "PeerDomain", reading: Read["PeerDomains"], nodes: Read["PeerNodes"] | None
) -> Item | Fact | None:
    """An item where the domain is mixed, or older than a node of it; a fact where that cannot be told."""
    place, title = reading.at(row.line), f"whether the peer domain {row.name} is at one level"
    if row.mixed == "Yes":
        says = f"The peer domain {row.name} runs at {row.active_version}, and its nodes are at several levels."
        return Item(row.name, says, place)
    active = parse_version(row.active_version)
    if active is None:
        says = f"{sentence(title)} is unknown: '{row.active_version}' is not a level."
        return unknown(name, "unparsable", says, place, settle="lsrpdomain")
    if row.state != "Online":
        return None
    if nodes is None:
        return unread(name, title, facts.answers(LSRPNODE), "lsrpnode")
    newer = next((node for node in nodes.record.rows if node.level is None or node.level > active), None)
    if newer is None:
        return None if nodes.record.whole else unread(name, title, (nodes,), "lsrpnode")
    if newer.level is None:
        says = f"{sentence(title)} is unknown: '{newer.level_text}' of the node {newer.name} is not a level."
        return unknown(name, "unparsable", says, nodes.at(newer.line), settle="lsrpnode")
    says = (
        f"The peer domain {row.name} runs at {row.active_version}, and its node {newer.name} is at {newer.level_text}."
    )
    return Item(row.name, says, (*place, *nodes.at(newer.line)))


def storage_rm(facts: Facts) -> Fact:
    """Whether IBM.StorageRM 3.2.3.0, which dumps core there, runs on a node that has PowerHA and no peer domain."""
    name = "ha.storage_rm"
    return exempted(facts, _storage_rm(facts, name), ("harmless",), _KINDS)


def _storage_rm(facts: Facts, name: str) -> Fact:
    powerha, storage = if_told("clstrmgrES", status(facts, "clstrmgrES")), status(facts, "IBM.StorageRM")
    if powerha.word == "absent":
        return not_applicable(name, "PowerHA is not on this system.", powerha.evidence)
    if powerha.word is None:
        return _untold(name, [powerha])
    if storage.word in ("inactive", "absent"):
        return known(name, "harmless", f"{storage.text}.", storage.evidence)
    running = runs_on_caa(facts, name)
    if running.reason == "conflicting":
        return running
    if running.value == "no":
        return not_applicable(name, f"No part of PowerHA runs here: {running.says}", running.evidence)
    level = facts.fact("rsct.level")
    if level.version is not None and level.version != _FAULTY_STORAGE_RM:
        return known(
            name, "harmless", f"RSCT {version_text(level.version)} is not the level that dumps core.", level.evidence
        )
    if storage.word is None and level.reason != "conflicting":
        return _untold(name, [storage])
    if level.value is None:
        return unknown_from(name, "whether IBM.StorageRM does harm", level)
    return _beside_powerha(facts, name, powerha, storage)


def _beside_powerha(facts: Facts, name: str, powerha: Status, storage: Status) -> Fact:
    reading = next(iter(facts.read(LSRPDOMAIN)), None)
    if reading is None:
        return unread(name, "whether a peer domain needs IBM.StorageRM", facts.answers(LSRPDOMAIN), "lsrpdomain")
    if reading.record.rows:
        says = f"The peer domain {reading.record.rows[0].name} may need IBM.StorageRM."
        return not_applicable(name, says, reading.at(reading.record.rows[0].line))
    if not reading.record.whole:
        return unread(name, "whether a peer domain needs IBM.StorageRM", (reading,), "lsrpdomain")
    says = "IBM.StorageRM 3.2.3.0 is active beside PowerHA, which does not need it and where it is known to dump core."
    return known(name, "harmful", says, (*storage.evidence, *powerha.evidence))


def group_services(facts: Facts) -> Fact:
    """Whether cthags and IBM.ConfigRM run where a cluster is online."""
    name = "ha.group_services"
    return exempted(facts, _group_services(facts, name), ("active",), _KINDS)


def _group_services(facts: Facts, name: str) -> Fact:
    services = [status(facts, one) for one in ("cthags", "IBM.ConfigRM")]
    evidence = tuple(place for one in services for place in one.evidence)
    if all(one.word == "active" for one in services):
        return known(name, "active", "cthags and IBM.ConfigRM are active.", evidence)
    online, presence = _online(facts), facts.fact("cluster.presence")
    if any(one.reason == "conflicting" for one in services):
        return _untold(name, services)
    if not online:
        return _not_online(facts, name, presence)
    down = [one for one in services if one.word in ("inactive", "absent")]
    if not down:
        return _untold(name, services)
    says = f"A cluster is online here, but {' and '.join(one.text for one in down)}."
    return known(
        name, "inactive", says, (*(place for one in down for place in one.evidence), *online), basis=(presence,)
    )


def _online(facts: Facts) -> tuple[Reference, ...]:
    """What shows a cluster that needs group services: a peer domain that is online, or a product on CAA that runs.

    CAA alone needs none, and after PowerHA was stopped with its CAA they are rightly down.
    """
    for reading in facts.read(LSRPDOMAIN):
        for row in reading.record.rows:
            if row.state == "Online":
                return reading.at(row.line)
    caa = [
        place
        for reading in facts.read(LSCLUSTER)
        if reading.record.present and not reading.record.stopped
        for place in reading.at(reading.record.line)
    ]
    running = runs_on_caa(facts, "ha.group_services")
    return (*running.evidence, *caa) if caa and running.value == "yes" else ()


def _not_online(facts: Facts, name: str, presence: Fact) -> Fact:
    if presence.value == "ruled_out":
        return not_applicable(name, "No cluster is present.", presence.evidence, (presence,))
    offline = [
        (row.name, reading, row.line)
        for reading in facts.read(LSRPDOMAIN)
        if reading.record.whole
        for row in reading.record.rows
    ]
    if offline:
        domain, reading, line = offline[0]
        return not_applicable(name, f"The peer domain {domain} is not online.", reading.at(line))
    rest = _nothing_runs(facts, name, presence)
    if rest is not None:
        return rest
    title = "whether a cluster is online here"
    if presence.state == "unknown":
        return unknown_from(name, title, presence)
    asked = bool(facts.read(LSRPDOMAIN))
    settle = "lscluster -c" if asked and facts.fact("host.platform").value != "linux" else "lsrpdomain"
    says = f"{sentence(title)} is unknown: {settle.split()[0]} does not show it."
    return unknown(name, "inconclusive", says, presence.evidence, settle=settle, basis=(presence,))


def _nothing_runs(facts: Facts, name: str, presence: Fact) -> Fact | None:
    """Not applicable without a peer domain, where lscluster shows no cluster, or nothing runs on that of CAA.

    Where all that shows a cluster is PowerHA, and that does not run, it is the same whether CAA has one, so that
    lscluster need not tell. Unknown where there is one, and it is not told whether PowerHA runs on it.
    """
    domains = [one for one in facts.read(LSRPDOMAIN) if one.record.whole]
    if not domains or shows_peers(facts):
        return None
    told = facts.read(LSCLUSTER)
    places = (*whole_of(domains), *(place for one in told for place in one.at(one.record.line)))
    if told and not any(one.record.present for one in told):
        return not_applicable(name, "No cluster is online here: lsrpdomain and lscluster show none.", places)
    running = runs_on_caa(facts, name)
    if not told and (presence.state == "unknown" or not on_file(facts)):
        return None
    unused = () if running.value == "yes" or running.reason == "conflicting" else _unused_caa(facts)
    if unused:
        says = "No cluster is online here: lsrpdomain, lspv and cluster0 show none."
        return not_applicable(name, says, (*whole_of(domains), *unused))
    if running.value == "no":
        says = f"CAA alone needs no group services: no peer domain is defined, and {lower_first(running.says)}"
        return not_applicable(name, says, (*running.evidence, *places))
    return running if running.reason == "conflicting" or (told and running.state == "unknown") else None


def _unused_caa(facts: Facts) -> tuple[Reference, ...]:
    """What shows that CAA has no cluster, without lscluster: no repository disk, and none that cluster0 names."""
    device = [reading for reading in facts.read(CLUSTER0) if not reading.partial]
    caa = caa_of(facts)
    if caa.present is not False or not device:
        return ()
    named = any(row.name == "clvdisk" and not row.zero for one in device for row in one.record.attributes)
    return () if named else (*caa.evidence, *whole_of(device))


def _untold(name: str, services: Sequence[Status]) -> Fact:
    """Unknown, because lssrc does not tell of one of these; a contradiction speaks first."""
    missing = [one for one in services if one.word is None]
    one = next((one for one in missing if one.reason == "conflicting"), missing[0])
    says = one.text if one.text.endswith(".") else f"{one.text}."
    return unknown(name, one.reason or "not_collected", says, one.evidence, settle="lssrc -a")
