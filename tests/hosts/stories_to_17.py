"""Failure stories 1 to 17: addresses, identities, consoles, the network. All of it is constructed."""

from typing import Final

from tests.hosts.answers import (
    HMC,
    SECOND,
    ifconfig,
    mcp,
    netstat_an,
    netstat_in,
    node_id_files,
    ps_aix,
    ss,
    thl,
    vhbac,
)
from tests.hosts.building import command, file, probe
from tests.hosts.consoles import CLOUD_LOG, CLOUD_OUTPUT, LATER, cloud_log, log, renewal
from tests.hosts.generations import INJECTED, NOVALINK, OLD_ID
from tests.hosts.parts import CARDS, LOCAL, cloned_uuid, zones
from tests.hosts.story_answers import (
    CLOSED,
    DOWN,
    FULL,
    GONE,
    NO_MCP,
    NO_SESSION,
    OTHER_ID,
    SILENT,
    STALE,
    Story,
    points,
)

CLOUD_CONFIG: Final = "/opt/freeware/etc/cloud/cloud.cfg"


def _addresses() -> list[Story]:
    """Stories 1 to 3: the injected interface."""
    lost = [*points(("O", NOVALINK)), *(probe(f"{NOVALINK.address}%en1", "noroute\n", port) for port in (657, 12601))]
    down = {"RMC-DOM-002": "fail", "RMC-NET-002": "unknown inconclusive", **GONE}
    no_global = {"RMC-IP6-002": "pass"}
    cards = {**CARDS, "en1": ("2001:db8:5723:abcd:5678:d14e:dbca:764/64",)}
    due = {"RMC-IP6-001": "critical", "RMC-DOM-001": "critical", "RMC-NET-001": "high"}
    foreign = {"RMC-MCP-004": "fail", "RMC-NET-005": "unknown inconclusive"}
    return [
        Story(
            1,
            "The injected interface is gone after another boot volume, a mksysb or a change by hand.",
            "powervs-aix",
            [ifconfig(CARDS), netstat_in(CARDS), NO_SESSION, *lost],
            due,
            {**down, **foreign, **no_global},
        ),
        Story(
            2,
            "The link-local address is there, on an interface that is not UP.",
            "powervs-aix",
            [ifconfig(INJECTED, down=("en1",)), netstat_in(INJECTED, down=("en1",)), NO_SESSION, *lost],
            due,
            {**down, **foreign, **no_global},
        ),
        Story(
            3,
            "Somebody followed the example of the page and gave the interface a global address.",
            "powervs-aix",
            [ifconfig(cards), netstat_in(cards), NO_SESSION, *lost],
            {**due, "RMC-IP6-002": "info"},
            {**down, **foreign},
        ),
    ]


def _identities() -> list[Story]:
    """Stories 4 to 9: node IDs."""
    same = node_id_files(OLD_ID)
    return [
        Story(
            4,
            "A clone carries the same node ID: the console takes the one, then the other.",
            "aix-7.3",
            [*points(("Z", HMC)), NO_SESSION],
            {"RMC-DOM-003": "info", "RMC-DOM-001": "critical"},
            {"RMC-DOM-002": "fail", "RMC-NET-002": "unknown inconclusive", **GONE},
            "Which other system has the number is seen only where both are looked at; a state Z is the trace of it.",
        ),
        Story(
            5,
            "node_uuid of cluster0 was cloned too, so that the new node ID is the old one again.",
            "powervs-aix",
            [renewal(OLD_ID, OLD_ID), *cloned_uuid(), *same],
            {"RMC-ID-005": "high"},
            {},
            "That the uuid is a clone's is seen only where both systems are looked at.",
        ),
        Story(
            6,
            "Installed from NIM without cloud-init: the node ID of the image stays.",
            "powervs-aix",
            [*(file(path, state="absent") for path in (CLOUD_LOG, CLOUD_OUTPUT, CLOUD_CONFIG)), *same],
            {},
            {"RMC-ID-005": "not_applicable"},
            "The files of one system look right; the second with this number shows it.",
        ),
        Story(
            7,
            "reset_rmc of cloud-init failed.",
            "powervs-linux",
            [cloud_log("ERROR New node ID did not get generated."), *same],
            {"RMC-ID-005": "high"},
        ),
        Story(
            8,
            "/etc/ct_node_id was copied from another system, or /var came back from a backup.",
            "aix-7.2-tl5",
            [file("/etc/ct_node_id", f"{OTHER_ID}\n")],
            {"RMC-ID-001": "critical"},
        ),
        Story(
            8,
            "The live file was changed under the running daemon.",
            "sles-15",
            [file("/var/ct/cfg/ct_node_id", f"{OTHER_ID}\n")],
            {"RMC-ID-001": "critical", "RMC-ID-002": "critical"},
        ),
        Story(
            9,
            "Both files are missing, and no node ID is assigned.",
            "aix-7.3",
            [
                file("/etc/ct_node_id", state="absent"),
                file("/var/ct/cfg/ct_node_id", state="absent"),
                command("lsnodeid", "", 1, "2641-036 The node does not have an assigned node identifier.\n"),
            ],
            {"RMC-ID-002": "critical", "RMC-ID-003": "high"},
            {"RMC-ID-001": "not_applicable"},
        ),
        Story(
            9,
            "The live file is there and holds nothing but its comment.",
            "rhel-8",
            [
                file("/var/ct/cfg/ct_node_id", "\n# The RSCT node ID of this system. Do not change this file.\n"),
                command("lsnodeid", "", 1, "2641-036 The node does not have an assigned node identifier.\n"),
            ],
            {"RMC-ID-002": "critical", "RMC-ID-003": "high"},
            {"RMC-ID-001": "unknown unparsable"},
        ),
    ]


def _consoles() -> list[Story]:
    """Stories 10 to 13: a full file system, consoles that were replaced, a daemon that accepts nobody."""
    accepted = {"RMC-NET-002": "medium", "RMC-DOM-001": "critical"}
    return [
        Story(
            10,
            "/var is full; the log repeats 2613-023 every five seconds.",
            "aix-7.2-tl4",
            [FULL, log(*["2613-023"] * 9)],
            {"RMC-FS-001": "high", "RMC-FS-003": "low"},
        ),
        Story(
            11,
            "The console was replaced by another one with its address: RMC still names the old one.",
            "aix-7.2-tl4",
            [*DOWN, NO_SESSION],
            accepted,
            {"RMC-DOM-002": "fail", **GONE},
        ),
        Story(
            11,
            "The same after RMC was restarted: the new console has a resource of its own, the old one stays.",
            "vios-3.1",
            [
                *points(("O", STALE), ("I", HMC)),
                mcp(LOCAL, STALE, HMC),
                thl(LOCAL, STALE, HMC),
                probe(STALE.address, "timeout\n"),
            ],
            {"RMC-DOM-002": "low"},
        ),
        Story(
            12,
            "A resource of a console that is gone stays in IBM.MCP.",
            "aix-7.3",
            [mcp(LOCAL, HMC, STALE, late=True), thl(LOCAL, HMC, STALE)],
            {"RMC-MCP-003": "low", "RMC-AUTH-004": "low"},
        ),
        Story(
            13,
            "rmcd runs without -r: it accepts no remote clients, and no console comes in.",
            "aix-7.2-tl4",
            [*DOWN, ps_aix("/opt/rsct/bin/rmcd -a IBM.LPCommands"), netstat_an(LOCAL, listens=False)],
            {"RMC-SUB-008": "high"},
            {
                **dict.fromkeys(accepted, "fail"),
                "RMC-NET-002": "unknown inconclusive",
                "RMC-DOM-002": "fail",
                **GONE,
            },
        ),
    ]


def _network() -> list[Story]:
    """Stories 14 to 17: what the network and the keys do to the line."""
    errors = log("2613-024", "2613-016", "2613-024")
    lost = {"RMC-DOM-002": "fail", "RMC-NET-002": "unknown inconclusive", **GONE}
    late = points(("i", HMC), ended=LATER)
    return [
        Story(
            14,
            "A firewall on the way drops everything: no console has ever introduced itself.",
            "aix-7.2-tl4",
            [*NO_MCP, errors],
            {"RMC-MCP-001": "high", "RMC-DOM-001": "critical", "RMC-LOG-001": "low"},
            SILENT,
        ),
        Story(
            14,
            "A firewall on the way drops what was let through before.",
            "sles-15",
            [*DOWN, CLOSED, errors, ss(LOCAL)],
            {"RMC-NET-001": "high", "RMC-DOM-001": "critical", "RMC-LOG-001": "low"},
            lost,
        ),
        Story(
            14,
            "The partition's own firewall lets nothing in.",
            "rhel-7",
            [*DOWN, zones("ssh", ""), ss(LOCAL)],
            {"RMC-NET-003": "high", "RMC-DOM-001": "critical"},
            {"RMC-NET-002": "fail", "RMC-DOM-002": "fail", **GONE},
        ),
        Story(
            15,
            "TCP 657 is open on the partition's own firewall, UDP 657 is not.",
            "rhel-7",
            [*DOWN, zones("ssh", "657/tcp"), ss(LOCAL)],
            {"RMC-NET-003": "high", "RMC-NET-002": "medium"},
            {"RMC-DOM-001": "fail", "RMC-DOM-002": "fail", **GONE},
        ),
        Story(
            15,
            "UDP 657 is blocked on the way.",
            "ubuntu-22.04",
            [*DOWN, ss(LOCAL)],
            {"RMC-NET-002": "medium"},
            {"RMC-DOM-001": "fail", "RMC-DOM-002": "fail", **GONE},
        ),
        Story(
            16,
            "Large frames do not pass: heartbeats do, the rest is suspended (X).",
            "aix-7.2-tl4",
            [*points(("X", HMC)), NO_SESSION, netstat_in(CARDS, mtu=9000)],
            {"RMC-NET-005": "info", "RMC-DOM-001": "critical"},
            lost,
        ),
        Story(
            17,
            "The host name changed: messages are not authenticated, and the handshake stays pending.",
            "aix-7.2-tl4",
            [
                points(("i", HMC))[0],
                late[1],
                NO_SESSION,
                thl(LOCAL, SECOND),
                vhbac(LOCAL, "Attention: not in the list"),
            ],
            {"RMC-DOM-004": "high", "RMC-AUTH-001": "high", "RMC-AUTH-003": "medium", "RMC-DOM-001": "critical"},
            lost,
        ),
    ]


STORIES: Final = (*_addresses(), *_identities(), *_consoles(), *_network())
