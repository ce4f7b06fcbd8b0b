"""The cluster guard: whether a cluster is present, or ruled out.

In a cluster `recfgct` and its like destroy what they should mend, so their advice is given only where a cluster is
ruled out: by complete answers of everything that could show one. An active IBM.ConfigRM is no sign (IBM APAR IJ32439:
it runs without doing anything), and an offline peer domain is one.
"""

from typing import Final, NamedTuple

from rmccomply.evidence.model import WHOLE, Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, known, unknown

_ACTIVE_SIGNS: Final = frozenset({"cthags", "cthats", "clconfd", "IBM.RecoveryRM", "IBM.GblResRM"})
_FILE_SIGNS: Final = frozenset({"clstrmgrES"})


class Sign(NamedTuple):
    """What one kind of evidence says: True a cluster, False none, None nothing."""

    present: bool | None
    says: str
    evidence: tuple[Reference, ...]


def presence(facts: Facts) -> Fact:
    """Present by any one sign; ruled out only by all of them together."""
    name = "cluster.presence"
    platform = facts.fact("host.platform").value
    signs = [_peer_domain(facts), _subsystems(facts), _peer_section(facts)]
    caa = _caa(facts)
    found = next((sign for sign in (*signs, caa, _active_peer_domain(facts)) if sign.present), None)
    if found is not None:
        return known(name, "present", f"A cluster is present: {found.says}.", found.evidence)
    if platform != "linux":
        signs.append(caa)
    open_sign = next((sign for sign in signs if sign.present is None), None)
    if open_sign is not None:
        return unknown(name, "inconclusive", f"A cluster cannot be ruled out: {open_sign.says}.", open_sign.evidence)
    if platform not in ("aix", "vios", "linux"):
        return unknown(name, "inconclusive", "A cluster cannot be ruled out: the platform is unknown.")
    evidence = tuple(place for sign in signs for place in sign.evidence)
    return known(name, "ruled_out", "No cluster is present: everything that could show one shows none.", evidence)


def _peer_domain(facts: Facts) -> Sign:
    clear: tuple[Reference, ...] = ()
    for reading in facts.readings("lsrpdomain"):
        if reading.record is None:
            continue
        if reading.record.rows:
            row = reading.record.rows[0]
            return Sign(True, f"lsrpdomain lists the peer domain {row.name} ({row.state})", reading.at(row.line))
        place = reading.at(WHOLE)
        if any(one.exit_status == 0 for one in place):
            clear = place
    return Sign(False, "", clear) if clear else Sign(None, "lsrpdomain gave no complete answer", ())


def _subsystems(facts: Facts) -> Sign:
    clear: tuple[Reference, ...] = ()
    for reading in facts.readings("lssrc"):
        record = reading.record
        if record is None:
            continue
        for row in record.rows:
            if (row.name in _ACTIVE_SIGNS and row.status != "inoperative") or row.name in _FILE_SIGNS:
                return Sign(True, f"lssrc lists {row.name} ({row.status})", reading.at(row.line))
        if record.covers == "all" and record.whole and not reading.partial:
            clear = reading.at(1)
    return Sign(False, "", clear) if clear else Sign(None, "lssrc -a gave no complete answer", ())


def _peer_section(facts: Facts) -> Sign:
    clear: tuple[Reference, ...] = ()
    for reading in facts.readings("rmcdomainstatus"):
        record = reading.record
        if record is None:
            continue
        if "peer" in record.sections:
            row = next((row for row in record.rows if row.section == "peer"), None)
            place = reading.at(row.line if row else 1)
            return Sign(True, "rmcdomainstatus shows a peer domain", place)
        if record.whole and not reading.partial:
            clear = reading.at(WHOLE)
    return Sign(False, "", clear) if clear else Sign(None, "rmcdomainstatus gave no complete answer", ())


def _caa(facts: Facts) -> Sign:
    """CAA, which PowerHA and shared storage pools use: its repository disk, or what lscluster says."""
    clear: tuple[Reference, ...] = ()
    for reading in facts.readings("lspv"):
        record = reading.record
        if record is None:
            continue
        for row in record.rows:
            if row.group == "caavg_private":
                return Sign(True, f"{row.name} is a cluster repository disk", reading.at(row.line))
        if record.whole and not reading.partial:
            clear = reading.at(1)
    for reading in facts.readings("lscluster"):
        if reading.record is not None and reading.record.present:
            return Sign(True, f"lscluster shows the cluster {reading.record.name}", reading.at(reading.record.line))
        if reading.record is not None:
            clear = clear or reading.at(reading.record.line)
    return Sign(False, "", clear) if clear else Sign(None, "neither lspv nor lscluster gave a complete answer", ())


def _active_peer_domain(facts: Facts) -> Sign:
    for reading in facts.readings("lsrsrc"):
        if reading.record is None:
            continue
        for resource in reading.record.resources:
            for attribute in resource.attributes:
                if attribute.name == "ActivePeerDomain" and any(attribute.values):
                    says = f"the control point belongs to the peer domain {attribute.values[0]}"
                    return Sign(True, says, reading.at(attribute.line))
    return Sign(None, "", ())
