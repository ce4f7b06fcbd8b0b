"""Hosts that answer all that the collector's full profile asks, in its forms and at the size of real systems.

`bundle_of` is the bundle that the collector writes on such a host as root: from a host of `tests.hosts.generations`,
which holds what a reader would look at, and from `ANSWERS`, which has the other requests and the longer forms. A
request of the collector without an answer in either is an error: a new request needs a line in `ANSWERS`.
"""

import shlex
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Final

from rmccomply.collect.plan import SYSTEMS, Step, steps
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Bundle, Evidence, request_text
from tests.hosts import whole_aix, whole_linux, whole_rsct
from tests.hosts.building import THEN, sections
from tests.hosts.generations import Host
from tests.hosts.packet_filters import FILTERS, Given
from tests.hosts.whole_files import of_files

Table = Mapping[str, Callable[[Given], Evidence]]


def _table(platform: str, answers: Table) -> Table:
    """The same by requests as evidence spells them, without quotes."""
    found = {" ".join(shlex.split(line)): found for line, found in {**whole_rsct.ANSWERS, **answers}.items()}
    return {**of_files(platform), **found}


_AIX: Final = _table("aix", whole_aix.ANSWERS)
ANSWERS: Final[dict[str, Table]] = {"aix": _AIX, "vios": _AIX, "linux": _table("linux", whole_linux.ANSWERS)}
HEAD: Final = {"collector": "1", "profile": "full", "mode": "live", "host": "node11", "uid": "0", "utc": THEN}


def given(host: Host, packet_filter: str = "") -> Given:
    """The answers of a host by their requests, with those of a packet filter."""
    return {item.request: item for item in (*host.evidence, *FILTERS.get(packet_filter, ()))}


def answers(host: Host, packet_filter: str = "", *, root: bool = True) -> list[tuple[Step, Evidence]]:
    """Each request of the plan with its answer; probes are asked for by an option alone."""
    known, table = given(host, packet_filter), ANSWERS[host.platform]
    plan = [step for step in steps(host.platform) if "full" in step.plans and step.kind != "probe"]
    asked = [one for step in plan for one in _expanded(step, known)]
    found = [(step, _answer(step, known, table)) for step in asked]
    return found if root else [(step, whole_rsct.refused(step, item)) for step, item in found]


def _expanded(step: Step, known: Given) -> list[Step]:
    """The step, or one for each folder or file of the host that the `*` in its path stands for."""
    if (step.argv[0] != "tail" and step.kind != "file") or "*" not in step.argv[-1]:
        return [step]
    pattern = request_text(step.kind, step.argv)
    paths = [item.argv[-1] for request, item in known.items() if fnmatchcase(request, pattern)]
    return [step._replace(argv=(*step.argv[:-1], path)) for path in paths]


def _answer(step: Step, known: Given, table: Table) -> Evidence:
    request = request_text(step.kind, step.argv)
    found = table[request](known) if request in table else known.get(request) or known[step.argv[-1]]
    assert found.request in (request, step.argv[-1])
    return found


def bundle_of(host: Host, packet_filter: str = "", *, root: bool = True, name: str = "node11") -> bytes:
    """The bundle of a host."""
    head = HEAD | {"os": SYSTEMS[host.platform], "host": name} | ({} if root else {"uid": "2000"})
    return write_bundle(head, list(_sections(answers(host, packet_filter, root=root))), THEN)


def _sections(found: Iterable[tuple[Step, Evidence]]) -> Iterable[Section]:
    for step, item in found:
        (one,) = sections([item])
        why = {"why": item.damage.says} if item.state == "skipped" and item.damage else {}
        yield Section(
            one.kind,
            one.argv,
            one.out,
            one.err,
            one.state,
            one.exit_status,
            id=step.id,
            begun=THEN,
            ended=THEN,
            limit=step.limit,
            extra=why,
        )


def whole(host: Host, packet_filter: str = "", *, root: bool = True) -> Bundle:
    """The same, as it is read."""
    return read_bundle(bundle_of(host, packet_filter, root=root), "node11.rmcc")
