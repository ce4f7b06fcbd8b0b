"""Failure stories 18 to 34: packages, the console's own side, levels, clusters. All of it is constructed."""

from typing import Final

from tests.hosts.answers import HMC, ON_DEMAND, ifconfig, lslpp, lssrc, mcp, netstat_in, ps_linux, rpms, ss
from tests.hosts.building import command, file
from tests.hosts.cases import units
from tests.hosts.consoles import log
from tests.hosts.generations import APARS, FIX_QUERY, OLD_FILESETS
from tests.hosts.parts import CARDS, LOCAL, RMC, packages
from tests.hosts.story_answers import (
    CLASS,
    DOWN,
    GERMAN,
    GERMAN_LSSRC,
    GONE,
    LISTED,
    MCP_RULES,
    NO_DAEMON,
    NO_MCP,
    NO_SESSION,
    OTHER_ID,
    PATHS,
    SILENT,
    SRC_DOWN,
    STATES,
    UNDECLARED,
    Story,
    hanging,
    points,
)


def _packages() -> list[Story]:
    """Stories 18 to 20: what carries out requests of the console, and the packages of Linux."""
    stopped = (*RMC[:2], *RMC[3:])
    whole = packages("3.2.5.3", "20185", "2.0.7-2")
    return [
        Story(
            18,
            "The console is connected and every dynamic operation fails: IBM.DRM does not run.",
            "aix-6.1",
            [lssrc("aix", ("ctrmc", "IBM.MgmtDomainRM", "IBM.ServiceRM"), (*ON_DEMAND, "IBM.HostRM", "IBM.DRM"))],
            {"RMC-SUB-003": "high"},
        ),
        Story(
            19,
            "DynamicRM is installed, its definition of IBM.DRM is missing.",
            "ubuntu-22.04",
            [lssrc("linux", stopped), file("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef", state="absent")],
            {"RMC-PKG-003": "info", "RMC-SUB-003": "high"},
        ),
        Story(
            20,
            "DynamicRM was never installed.",
            "rhel-8",
            [
                rpms({name: level for name, level in whole.items() if name != "DynamicRM"}),
                lssrc("linux", stopped),
                file("/opt/rsct/cfg/rmdefs/IBM.DRM.mdef", state="absent"),
            ],
            {"RMC-PKG-004": "low", "RMC-SUB-003": "high"},
            {"RMC-PKG-003": "not_applicable"},
        ),
        Story(
            20,
            "src and rsct.core.utils are missing.",
            "rhel-8",
            [rpms({name: level for name, level in whole.items() if name not in ("src", "rsct.core.utils")})],
            {"RMC-PKG-001": "high"},
        ),
    ]


def _console_side() -> list[Story]:
    """Stories 21 to 24: what the console believes."""
    refused = log("2613-008", "2613-034", "2613-008", "2613-034")
    moved = {"en0": ("10.1.5.77/24",)}
    return [
        Story(
            21,
            "The console gives the address to a partition that is switched off, and refuses this one.",
            "aix-7.2-tl4",
            NO_MCP,
            {"RMC-MCP-001": "high", "RMC-DOM-001": "critical"},
            SILENT,
            "Which other partition has the address is in the console's own list; here there is only no console.",
        ),
        Story(
            22,
            "Two views of the console disagree: one has the partition active, the other not.",
            "aix-7.2-tl5",
            [],
            unseen="Both views are the console's; the partition is whole, and no rule here speaks for the console.",
        ),
        Story(
            23,
            "The partition has another address; the console keeps the old one.",
            "aix-7.2-tl4",
            [ifconfig(moved), netstat_in(moved), *DOWN, NO_SESSION],
            {"RMC-MCP-004": "medium"},
            {
                "RMC-DOM-001": "fail",
                "RMC-DOM-002": "fail",
                "RMC-NET-002": "fail",
                "RMC-NET-005": "unknown inconclusive",
                **GONE,
            },
        ),
        Story(
            24,
            "The console refuses the exchange of keys: its own record of this name or number is in the way.",
            "aix-7.2-tl4",
            [*NO_MCP, refused],
            {"RMC-LOG-001": "low", "RMC-MCP-001": "high", "RMC-DOM-001": "critical"},
            SILENT,
            "The record that is in the way is the console's.",
        ),
    ]


def _levels() -> list[Story]:
    """Stories 25 to 28: levels, several interfaces, a restart."""
    none = "".join(f"    There was no data for {name} in the fix database.\n" for name in APARS)
    no_class = "2610-412 A Resource Class definition for {} is not found.\n"
    both = mcp(LOCAL, HMC).out.lines
    second = "\n".join(both).replace(f'{{"{LOCAL}"}}', f'{{"{LOCAL}","10.1.6.21"}}')
    cards = {**CARDS, "en2": ("10.1.6.21/24",)}
    without_frames = {rule: result for rule, result in SILENT.items() if rule != "RMC-NET-005"}
    minutes = command("uptime", "  03:00AM   up 8 mins,  1 user,  load average: 0.61, 0.58, 0.55\n")
    settling = ("RMC-DOM-001", "RMC-DOM-002", "RMC-NET-002")
    return [
        Story(
            25,
            "RSCT is at a level for which fixes are named, without them.",
            "aix-7.1-tl3",
            [command(FIX_QUERY, none, 1)],
            {"RMC-VER-003": "medium"},
        ),
        Story(
            26,
            "An old AIX lacks csm.client: nothing shakes hands with the console.",
            "aix-5.3",
            [
                lslpp(OLD_FILESETS, lacking=("csm.*",)),
                lssrc("aix", ("ctrmc", "IBM.ServiceRM", "IBM.DRM"), (*ON_DEMAND, "IBM.HostRM")),
                points()[1],
                command("lsrsrc IBM.ManagementServer", "", 1, no_class.format("IBM.ManagementServer")),
                NO_SESSION,
            ],
            {"RMC-SUB-002": "critical", "RMC-DOM-001": "critical"},
            {
                **without_frames,
                **dict.fromkeys(("RMC-MCP-001", *CLASS), "unknown failed"),
            },
        ),
        Story(
            27,
            "Several interfaces lead to the console, and answers leave by the wrong one.",
            "aix-7.2-tl4",
            [ifconfig(cards), netstat_in(cards), command("lsrsrc IBM.MCP", second)],
            {"RMC-NET-004": "info"},
        ),
        Story(
            28,
            "The console was restarted some minutes ago.",
            "aix-7.2-tl4",
            [*DOWN, NO_SESSION],
            {"RMC-DOM-001": "critical"},
            {"RMC-DOM-002": "fail", "RMC-NET-002": "fail", **GONE},
            "When the console started is not known here; the remedy says to wait 15 minutes first.",
        ),
        Story(
            28,
            "The partition was restarted some minutes ago.",
            "aix-7.2-tl4",
            [*DOWN, NO_SESSION, minutes],
            {},
            {**dict.fromkeys(settling, "unknown settling"), **GONE},
        ),
    ]


def _clusters() -> list[Story]:
    """Stories 29 to 34: clusters, and answers that are none."""
    return [
        Story(
            29,
            "The node ID files of a PowerHA node differ; recfgct would end its cluster.",
            "powerha-aix",
            [file("/etc/ct_node_id", f"{OTHER_ID}\n")],
            {"RMC-ID-001": "critical"},
        ),
        Story(
            31,
            "Traffic of the cluster is lost on the way, until group services end.",
            "powerha-aix",
            [
                lssrc(
                    "aix",
                    (*RMC, "IBM.ConfigRM", "IBM.StorageRM", "clconfd", "clstrmgrES"),
                    (*ON_DEMAND, "cthags"),
                )
            ],
            {"RMC-HA-003": "high"},
            {},
            "Settings of the shared adapter are the Virtual I/O Server's, and not collected; this is their end.",
        ),
        Story(
            32,
            "lsrsrc hangs.",
            "aix-7.1-tl5",
            [hanging("lsrsrc IBM.MCP")],
            {},
            dict.fromkeys(MCP_RULES, "unknown timeout"),
        ),
        Story(
            33,
            "The messages are in another language.",
            "aix-7.1-tl5",
            [
                command("lsrsrc IBM.MCP", "Persistente Ressourcenattribute f\u00fcr IBM.MCP\nRessource 1:\n"),
                command("rmcdomainstatus -s ctrmc -a ip", GERMAN),
                command("rmcdomainstatus -s ctrmc", GERMAN),
                command("lssrc -a", GERMAN_LSSRC),
            ],
            {},
            {
                **dict.fromkeys(
                    (*MCP_RULES, *STATES, *PATHS, *LISTED, "RMC-HA-002", "RMC-HA-003", "RMC-LOG-001"),
                    "unknown unparsable",
                ),
                **UNDECLARED,
            },
        ),
        Story(
            34,
            "srcmstr was disabled when cloud-init was removed, and is not there after a restart.",
            "powervs-linux",
            [
                command("lssrc -a", "", 1, SRC_DOWN),
                units("disabled", "disabled", active="inactive", sub="dead"),
                *(command(f"rmcdomainstatus -s ctrmc{option}", "", 1, NO_DAEMON) for option in ("", " -a ip")),
                command("lsrsrc IBM.MCP", "", 1, NO_DAEMON),
                ss(LOCAL, listens=False),
                ps_linux(runs=False),
            ],
            {"RMC-SUB-006": "high"},
            {
                **dict.fromkeys((*MCP_RULES, *STATES, *PATHS, *LISTED, "RMC-HA-003", "RMC-LOG-001"), "unknown failed"),
                "RMC-SUB-008": "unknown failed",
                **UNDECLARED,
            },
        ),
    ]


STORIES: Final = (*_packages(), *_console_side(), *_levels(), *_clusters())
