"""The cluster guard: whether a cluster is present, or ruled out.

In a cluster `recfgct` and its like destroy what they should mend, so their advice is given only where a cluster is
ruled out: by complete answers of everything that could show one. An active IBM.ConfigRM is no sign (IBM APAR IJ32439:
it runs without doing anything), and an offline peer domain is one. A system that manages other nodes (IVM, a management
server of xCAT or CSM) is guarded like a cluster: what ends its RMC ends theirs.

Most of that is asked of RMC itself, so that where ctrmc is down nothing is ruled out. To start it again (`rmcctrl -s`)
is mild, and for that it is enough that what needs no RMC shows no sign: subsystems on file, the repository disk, the
packages of PowerHA and SA MP, the folder of a domain below /var/ct.
"""

from typing import Final

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.database import database
from rmccomply.facts.judging.reasons import unread
from rmccomply.facts.model import Fact, known, unknown
from rmccomply.sources.rsct.rmcdomainstatus import MANAGED_NODES
from rmccomply.sources.shared.texts import strange_word
from rmccomply.sources.source import Source
from rmccomply.sources.table import (
    CLSTRMGR,
    CLUSTER0,
    CLUSTER_LIST,
    CT_FOLDERS,
    LSCLUSTER,
    LSPV,
    LSRPDOMAIN,
    LSRSRC,
    LSSRC,
    MGMTDOMAINRM_LOG,
    RMCDOMAINSTATUS,
)
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

_ACTIVE_SIGNS: Final = frozenset({"cthags", "cthats", "clconfd", "IBM.RecoveryRM", "IBM.GblResRM"})
_FILE_SIGNS: Final = frozenset({"clstrmgrES"})
_SA_MP: Final = frozenset({"IBM.RecoveryRM", "IBM.GblResRM"})
"""On file wherever SA MP is installed; while ctrmc is down they are inoperative there too."""
_PACKAGES: Final = ("cluster.es.", "sam.", "powerhasystemmirror")
"""How packages of PowerHA and SA MP begin."""
_PACKAGE: Final = "sam"
"""The base package of SA MP on Linux."""
_STATUS: Final = "rmcdomainstatus -s ctrmc"


class ClusterSign(NamedTuple):
    """What one kind of evidence says: True a cluster, False none, None nothing, and then why and what would tell."""

    present: bool | None
    says: str
    evidence: tuple[Reference, ...]
    reason: Reason = "inconclusive"
    settle: str = ""


def presence(facts: Facts) -> Fact:
    """Present by any one sign; ruled out only by all of them together."""
    name = "cluster.presence"
    platform = facts.fact("host.platform").value
    signs = [_peer_domain(facts), facts.cached(_subsystems), facts.cached(_peer_section)]
    caa = facts.cached(_caa)
    others = (caa, facts.cached(_active_peer_domain), _powerha(facts), _pool(facts))
    found = next((sign for sign in (*signs, *others) if sign.present), None)
    if found is not None:
        return known(name, "present", f"A cluster is present: {found.says}.", found.evidence)
    nodes = _managed_nodes(facts)
    if nodes is not None:
        return known(name, "present", f"This system manages other nodes: {nodes.says}.", nodes.evidence)
    if platform != "linux":
        signs.append(caa)
    open_sign = next((sign for sign in signs if sign.present is None), None)
    if open_sign is not None:
        says = f"A cluster cannot be ruled out: {open_sign.says}."
        return unknown(name, open_sign.reason, says, open_sign.evidence, settle=open_sign.settle)
    if platform not in ("aix", "vios", "linux"):
        return unknown(
            name, "inconclusive", "A cluster cannot be ruled out: the platform is unknown.", settle="uname -a"
        )
    evidence = tuple(place for sign in signs for place in sign.evidence)
    return known(name, "ruled_out", "No cluster is present: everything that could show one shows none.", evidence)


def shows_peers(facts: Facts) -> bool:
    """Whether rmcdomainstatus or a control point tells of a peer domain, whatever lsrpdomain says."""
    return bool(facts.cached(_peer_section).present or facts.cached(_active_peer_domain).present)


def signs(facts: Facts) -> Fact:
    """Whether anything that can be seen without RMC shows a cluster; unknown where a listing for it is not there."""
    name = "cluster.signs"
    whole = facts.fact("cluster.presence")
    if whole.value == "present":
        return known(name, "seen", whole.says, whole.evidence, basis=(whole,))
    rest = next((sign for sign in (_on_file(facts), _package(facts), _domain_folder(facts)) if sign is not None), None)
    if rest is not None:
        return known(name, "seen", f"There may be a cluster: {rest.says}.", rest.evidence)
    linux = facts.fact("host.platform").value == "linux"
    asked = [facts.cached(_subsystems), *([] if linux else [facts.cached(_caa)])]
    missing = next((sign for sign in asked if sign.present is None), None)
    if missing is not None:
        says = f"Whether there is a sign of a cluster is unknown: {missing.says}."
        return unknown(name, missing.reason, says, missing.evidence, settle=missing.settle)
    places = tuple(place for sign in asked for place in sign.evidence)
    return known(name, "none", "Nothing that can be seen without RMC shows a cluster.", places)


def _managed_nodes(facts: Facts) -> ClusterSign | None:
    """Nodes that this system manages by RMC."""
    for reading in facts.read(RMCDOMAINSTATUS):
        record = reading.record
        if MANAGED_NODES in record.sections:
            row = next((row for row in record.rows if row.section == MANAGED_NODES), None)
            return ClusterSign(True, "rmcdomainstatus shows managed nodes", reading.at(row.line if row else 1))
    return None


def _on_file(facts: Facts) -> ClusterSign | None:
    for reading in facts.read(LSSRC):
        for row in reading.record.rows:
            if row.name in _SA_MP:
                return ClusterSign(True, f"lssrc lists {row.name}, which comes with SA MP", reading.at(row.line))
    return None


def _package(facts: Facts) -> ClusterSign | None:
    for reading in facts.cached(database).read:
        for row in reading.record.rows:
            if row.name.lower().startswith(_PACKAGES) or row.name == _PACKAGE:
                return ClusterSign(True, f"the cluster package {row.name} is installed", reading.at(row.line))
    return None


def _domain_folder(facts: Facts) -> ClusterSign | None:
    """The folder of a domain, which has a number for its name, in a listing of /var/ct or by a log in it."""
    for reading in facts.read(CT_FOLDERS):
        for row in reading.record.rows:
            if row.folder and row.name.isdigit():
                return ClusterSign(True, f"/var/ct/{row.name} is the folder of a peer domain", reading.at(row.line))
    for log in facts.read(MGMTDOMAINRM_LOG):
        folder = log.argv[-1].removeprefix("/var/ct/").partition("/")[0]
        if folder.isdigit() and log.record.present:
            return ClusterSign(True, f"/var/ct/{folder} is the folder of a peer domain", log.at(1))
    return None


def _open(facts: Facts, sources: tuple[Source[object], ...], settle: str, says: str) -> ClusterSign:
    """Nothing is told: by the reason why what was asked gave no answer, or by answers that do not cover it."""
    read = [reading for source in sources for reading in facts.read(source)]
    if not read:
        fact = unread("", "", [one for source in sources for one in facts.unread(source)], settle)
        return ClusterSign(None, says, fact.evidence, fact.reason or "not_collected", settle)
    places = tuple(place for reading in read for place in reading.at(WHOLE))
    return ClusterSign(None, says, places, next((one.partial for one in read if one.partial), "inconclusive"), settle)


def _peer_domain(facts: Facts) -> ClusterSign:
    clear: tuple[Reference, ...] = ()
    for reading in facts.read(LSRPDOMAIN):
        if reading.record.rows:
            row = reading.record.rows[0]
            return ClusterSign(True, f"lsrpdomain lists the peer domain {row.name} ({row.state})", reading.at(row.line))
        place = reading.at(WHOLE)
        if any(one.exit_status == 0 for one in place):
            clear = place
    return (
        ClusterSign(False, "", clear)
        if clear
        else _open(facts, (LSRPDOMAIN,), "lsrpdomain", "lsrpdomain gave no complete answer")
    )


def _subsystems(facts: Facts) -> ClusterSign:
    clear: tuple[Reference, ...] = ()
    strange: ClusterSign | None = None
    for reading in facts.read(LSSRC):
        record = reading.record
        for row in record.rows:
            if (row.name in _ACTIVE_SIGNS and row.told and row.status != "inoperative") or row.name in _FILE_SIGNS:
                return ClusterSign(True, f"lssrc lists {row.name} ({row.status})", reading.at(row.line))
        odd = next((row for row in record.rows if row.name in _ACTIVE_SIGNS and not row.told), None)
        if odd is not None:
            says = strange_word("lssrc", odd.status)
            strange = ClusterSign(None, says, reading.at(odd.line), "unparsable", "lssrc -a")
        if record.covers == "all" and record.whole and not reading.partial:
            clear = reading.at(1)
    if strange is not None:
        return strange
    if clear:
        return ClusterSign(False, "", clear)
    return _open(facts, (LSSRC,), "lssrc -a", "lssrc -a gave no complete answer")


def _peer_section(facts: Facts) -> ClusterSign:
    clear: tuple[Reference, ...] = ()
    for reading in facts.read(RMCDOMAINSTATUS):
        record = reading.record
        if "peer" in record.sections:
            row = next((row for row in record.rows if row.section == "peer"), None)
            place = reading.at(row.line if row else 1)
            return ClusterSign(True, "rmcdomainstatus shows a peer domain", place)
        if record.whole and not reading.partial:
            clear = reading.at(WHOLE)
    return (
        ClusterSign(False, "", clear)
        if clear
        else _open(facts, (RMCDOMAINSTATUS,), _STATUS, "rmcdomainstatus gave no complete answer")
    )


def _caa(facts: Facts) -> ClusterSign:
    """CAA, which PowerHA and shared storage pools use: its repository disk, or what lscluster says."""
    clear: tuple[Reference, ...] = ()
    for reading in facts.read(LSPV):
        for row in reading.record.rows:
            if row.group == "caavg_private":
                return ClusterSign(True, f"{row.name} is a cluster repository disk", reading.at(row.line))
        if reading.record.whole and not reading.partial:
            clear = reading.at(WHOLE)
    for caa in facts.read(LSCLUSTER):
        if caa.record.present:
            shown = f"the cluster {caa.record.name}" if caa.record.name else "a cluster that is stopped here"
            return ClusterSign(True, f"lscluster shows {shown}", caa.at(caa.record.line))
        clear = clear or caa.at(caa.record.line)
    if not clear:
        return _open(facts, (LSPV, LSCLUSTER), "lspv", "neither lspv nor lscluster gave a complete answer")
    named = _named_disk(facts)
    if not named:
        return ClusterSign(False, "", clear)
    says = "cluster0 names a cluster repository disk, which neither lspv nor lscluster shows"
    return ClusterSign(None, says, (*named, *clear), "conflicting", "lspv")


def _named_disk(facts: Facts) -> tuple[Reference, ...]:
    """Where cluster0 names the repository disk: a node that is down, or has lost the disk, still does."""
    return tuple(
        place
        for reading in facts.read(CLUSTER0)
        for row in reading.record.attributes
        if row.name == "clvdisk" and row.uuid is not None and not row.zero
        for place in reading.at(row.line)
    )


def _active_peer_domain(facts: Facts) -> ClusterSign:
    for reading in facts.read(LSRSRC):
        for resource in reading.record.resources:
            for attribute in resource.attributes:
                if attribute.name == "ActivePeerDomain" and any(attribute.values):
                    says = f"the control point belongs to the peer domain {attribute.values[0]}"
                    return ClusterSign(True, says, reading.at(attribute.line))
    return ClusterSign(None, "", ())


def _powerha(facts: Facts) -> ClusterSign:
    """PowerHA's cluster manager, in whatever state: where it is not on file, others have to rule a cluster out."""
    for reading in facts.read(CLSTRMGR):
        if reading.record.on_file:
            says = f"PowerHA is present, and its cluster manager is in state {reading.record.state}"
            return ClusterSign(True, says, reading.at(reading.record.line))
    return ClusterSign(None, "", ())


def _pool(facts: Facts) -> ClusterSign:
    """A shared storage pool of a Virtual I/O Server; `cluster -list` without one proves nothing."""
    for reading in facts.read(CLUSTER_LIST):
        if reading.record.cluster:
            says = f"the shared storage pool {reading.record.cluster} is listed"
            return ClusterSign(True, says, reading.at(reading.record.line))
    return ClusterSign(None, "", ())
