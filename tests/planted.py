"""Single faults that tests plant in a healthy host: what answers otherwise then, and nothing else. All constructed."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from rmccomply.evidence.model import Evidence
from tests.hosts.answers import (
    HMC,
    ON_DEMAND,
    SECOND,
    ifconfig,
    lssrc,
    mcp,
    netstat_an,
    netstat_in,
    node_id_files,
    ps_aix,
    rpms,
    thl,
    vhbac,
)
from tests.hosts.building import command, file, replaced, stream
from tests.hosts.cases import units
from tests.hosts.consoles import LATER, errors, log
from tests.hosts.generations import HOSTS
from tests.hosts.parts import CARDS, DF_AIX, LOCAL, RMC, packages
from tests.hosts.story_answers import (
    CLOSED,
    DOWN,
    FULL,
    NO_DAEMON,
    NO_MCP,
    NO_SESSION,
    OTHER_ID,
    STALE,
    points,
)

AIX: Final = "aix-7.2-tl4"
LINUX: Final = "rhel-8"


class Fault(NamedTuple):
    """A fault of one host, and what it answers then."""

    host: str
    others: tuple[Evidence, ...]

    @property
    def requests(self) -> set[str]:
        return {item.request for item in self.others}


def hosts(*faults: Fault) -> tuple[list[Evidence], str]:
    """The evidence of the host with these faults, and its platform."""
    host = HOSTS[faults[0].host]
    return replaced(host.evidence, *(item for fault in faults for item in fault.others)), host.platform


def _altered(host: str, request: str, old: str, new: str) -> Evidence:
    """The answer of the healthy host with another word in it."""
    item = next(one for one in HOSTS[host].evidence if one.request.startswith(request))
    text = "\n".join(item.out.lines)
    assert old in text, f"{request} of {host} has no {old}"
    return item._replace(out=stream(f"{text.replace(old, new)}\n", 20))


def _silent() -> list[Evidence]:
    """What asks ctrmc while it is down."""
    requests = ("rmcdomainstatus -s ctrmc", "rmcdomainstatus -s ctrmc -a ip", "lsrsrc IBM.MCP")
    return [command(line, "", 1, NO_DAEMON) for line in requests]


def _aix() -> Iterator[tuple[str, list[Evidence]]]:
    moved = {"en0": ("10.1.5.77/24",)}
    cards = {**CARDS, "en2": ("10.1.6.21/24",)}
    second = "\n".join(mcp(LOCAL, HMC).out.lines).replace(f'{{"{LOCAL}"}}', f'{{"{LOCAL}","10.1.6.21"}}')
    quiet = ps_aix("/usr/sbin/cron")
    yield "full", [FULL]
    yield "filling", [command("df -k /var /tmp /", DF_AIX.replace("2250112   47%", " 380000   91%"))]
    yield "down", [lssrc("aix", (), (*ON_DEMAND, *RMC)), *_silent(), quiet, netstat_an(LOCAL, listens=False)]
    yield "no manager", [lssrc("aix", (RMC[0], *RMC[2:]), (*ON_DEMAND, RMC[1]))]
    yield "no drm", [lssrc("aix", (*RMC[:2], *RMC[3:]), (*ON_DEMAND, RMC[2]))]
    yield "no host rm", [lssrc("aix", (*RMC[:3], *RMC[4:]), (*ON_DEMAND, RMC[3]))]
    yield "not at boot", [_altered(AIX, "/etc/inittab", "ctrmc:2:once", ":ctrmc:2:once")]
    yield "backup id", [file("/etc/ct_node_id", f"{OTHER_ID}\n")]
    yield "live id", [file("/var/ct/cfg/ct_node_id", f"{OTHER_ID}\n")]
    yield (
        "no id",
        [
            *(item._replace(state="absent", out=stream("", 20)) for item in node_id_files(OTHER_ID)),
            command("lsnodeid", "", 1, "2641-036 The node does not have an assigned node identifier.\n"),
        ],
    )
    yield "no remote clients", [ps_aix("/opt/rsct/bin/rmcd -a IBM.LPCommands"), netstat_an(LOCAL, listens=False)]
    yield "fileset broken", [_altered(AIX, "lslpp", "sec:3.2.5.2: : :C:", "sec:3.2.5.2: : :B:")]
    yield "not trusted", [thl(LOCAL, SECOND)]
    yield "console gone", [mcp(LOCAL, HMC, STALE, late=True), thl(LOCAL, HMC, STALE)]
    yield "two interfaces", [ifconfig(cards), netstat_in(cards), command("lsrsrc IBM.MCP", second)]
    yield "moved", [ifconfig(moved), netstat_in(moved)]
    yield "port name", [_altered(AIX, "/etc/services", "rmc             657", "other           657")]
    yield "restarts", [errors("1119101026", "1119111026", "1119121026", "1119131026")]
    yield "lost", [*DOWN, NO_SESSION]
    yield "filtered", [*DOWN, NO_SESSION, CLOSED]
    yield "errors", [log("2613-024", "2613-016", "2613-024")]
    yield "frames", [*points(("X", HMC)), NO_SESSION]
    yield "clone", [*points(("Z", HMC)), NO_SESSION]
    yield "pending", [points(("i", HMC))[0], points(("i", HMC), ended=LATER)[1], NO_SESSION]
    yield "attention", [vhbac(LOCAL, "Attention: not in the list")]
    yield "no console", NO_MCP


def _linux() -> Iterator[tuple[str, list[Evidence]]]:
    whole = packages("3.2.5.3", "20185", "2.0.7-2")
    without = {name: level for name, level in whole.items() if name != "DynamicRM"}
    yield "no DynamicRM", [rpms(without)]
    yield (
        "no ServiceRM",
        [rpms({name: level for name, level in whole.items() if name != "devices.chrp.base.ServiceRM"})],
    )
    yield "no src", [rpms({name: level for name, level in whole.items() if name != "src"})]
    yield "no drm on linux", [lssrc("linux", (*RMC[:2], *RMC[3:]))]
    yield "no definition", [file("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef", state="absent")]
    yield "disabled", [units("disabled", "disabled")]
    yield "linux down", [lssrc("linux", (), RMC), units(active="inactive", sub="dead"), *_silent()]
    yield "linux live id", [file("/var/ct/cfg/ct_node_id", f"{OTHER_ID}\n")]
    yield "linux lost", [*DOWN]


MADE: Final = ((AIX, _aix), (LINUX, _linux))
FAULTS: Final = {name: Fault(host, tuple(others)) for host, made in MADE for name, others in made()}
PAIRS: Final = [
    (one, other)
    for one, other in combinations(FAULTS, 2)
    if FAULTS[one].host == FAULTS[other].host and not FAULTS[one].requests & FAULTS[other].requests
]
"""Those that answer different requests of one host."""
