"""What the failure stories share: what answers otherwise, and which findings follow. All of it is constructed."""

from typing import Final, NamedTuple

from rmccomply.evidence.model import Damage, Evidence
from tests.hosts.answers import HMC, Console, netstat_an
from tests.hosts.building import THEN, command, probe
from tests.hosts.generations import NO_CONSOLE
from tests.hosts.parts import DF_AIX, LOCAL


class Story(NamedTuple):
    """One end of a story: the host that it starts from, what answers otherwise then, and what must follow."""

    number: int
    words: str
    host: str
    others: list[Evidence]
    due: dict[str, str] = {}
    also: dict[str, str] = {}
    unseen: str = ""


OTHER_ID: Final = "77e0c4b9125da836"
STALE: Final = Console("10.1.9.7", "hmcalt", "7042-CR9*21D30AF", "e4a2905cc7f1b83d")


def points(*rows: tuple[str, Console], ended: str = THEN) -> list[Evidence]:
    """`rmcdomainstatus` in both forms with these states, each with its console."""
    found = []
    for option, names in ((" -a ip", [one.address for _, one in rows]), ("", [one.token for _, one in rows])):
        text = "\nManagement Domain Status: Management Control Points\n" if rows else ""
        for number, ((state, one), name) in enumerate(zip(rows, names, strict=True), 1):
            text += f"  {state} A  0x{one.node_id}  {number:04d}  {name}\n"
        found.append(command(f"rmcdomainstatus -s ctrmc{option}", text, ended=ended))
    return found


def hanging(line: str) -> Evidence:
    """A command that was ended at its time limit."""
    damage = Damage("timeout", "it did not end within 20 s")
    return command(line, exit_status=None, state="timeout", damage=damage)


MCP_RULES: Final = (
    *("RMC-MCP-001", "RMC-MCP-003", "RMC-MCP-004", "RMC-AUTH-001", "RMC-AUTH-004"),
    *("RMC-NET-004", "RMC-NET-005", "RMC-NET-006"),
)
SRC_DOWN: Final = "0513-001 The System Resource Controller daemon is not active.\n"
NO_DAEMON: Final = '2612-022 A session could not be established with the RMC daemon on "local_node".\n'
GERMAN: Final = (
    "\nStatus der Verwaltungsdom\u00e4ne: Verwaltungssteuerpunkte\n  I A  0x51c27de09a3b8f46  0001  hmcnord\n"
)
GERMAN_LSSRC: Final = (
    "Subsystem         Gruppe           PID          Status\n ctrmc            rsct             5439966      aktiv\n"
)
NO_POINT: Final = points()
DOWN: Final = points(("O", HMC))
NO_SESSION: Final = netstat_an(LOCAL)
CLOSED: Final = probe(HMC.address, "timeout\n")
GONE: Final = {"RMC-SUB-003": "not_applicable", "RMC-NET-006": "not_applicable"}
"""Without a connection IBM.DRM is not due, and there is no session whose far end could be compared."""
SILENT: Final = {
    "RMC-DOM-002": "not_applicable",
    "RMC-DOM-003": "not_applicable",
    "RMC-DOM-004": "not_applicable",
    "RMC-DOM-005": "not_applicable",
    "RMC-NET-004": "not_applicable",
    "RMC-NET-005": "not_applicable",
    "RMC-MCP-003": "not_applicable",
    "RMC-MCP-004": "not_applicable",
    "RMC-AUTH-001": "not_applicable",
    "RMC-AUTH-004": "not_applicable",
    "RMC-NET-001": "unknown inconclusive",
    "RMC-NET-002": "unknown inconclusive",
    "RMC-IP6-001": "unknown inconclusive",
    "RMC-IP6-002": "unknown inconclusive",
    **GONE,
}
"""Where RMC knows no console at all there is none to judge and none to probe; nor does one tell how it is reached."""
NO_MCP: Final = [*NO_POINT, NO_CONSOLE, NO_SESSION]
FULL: Final = command("df -k /var /tmp /", DF_AIX.replace("2250112   47%", "      0  100%"))
STATES: Final = ("RMC-DOM-001", "RMC-DOM-002", "RMC-DOM-003", "RMC-DOM-004", "RMC-DOM-005")
PATHS: Final = ("RMC-NET-001", "RMC-NET-002", "RMC-NET-005", "RMC-SUB-003")
LISTED: Final = ("RMC-SUB-001", "RMC-SUB-002", "RMC-SUB-004", "RMC-SUB-005")
"""Rules that rest on rmcdomainstatus, and on lssrc."""
CLASS: Final = ("RMC-MCP-003", "RMC-MCP-004", "RMC-AUTH-001", "RMC-AUTH-004", "RMC-NET-004", "RMC-NET-006")
UNDECLARED: Final = dict.fromkeys(("RMC-IP6-001", "RMC-IP6-002"), "unknown inconclusive")
"""Where no console shows how the partition is managed, and nobody declares it."""
