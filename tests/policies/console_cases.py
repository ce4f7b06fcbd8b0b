"""The rules about consoles, their network, trust, logs and clusters, each in all its results."""

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, file, probe, status
from tests.hosts.cases import IPV4, KVM, SETTLE, domain, lslpp, lssrc
from tests.hosts.consoles import (
    CLOUD_LOG,
    CLOUD_OUTPUT,
    DENY,
    LATER,
    NEW,
    NO_CONSOLE,
    NODE_ID,
    OLD,
    PERMIT,
    TAIL,
    cloud_log,
    consoles,
    errors,
    interfaces,
    ip_filter,
    log,
    nft,
    node_uuid,
    peer_domain,
    peer_nodes,
    renewal,
    resource,
    sockets,
    thl,
    vhbac,
    whole_aix,
    whole_linux,
    whole_vios,
    zones,
)

HOSTS = {"aix": whole_aix, "vios": whole_vios, "linux": whole_linux}
WPAR = command("uname -W", "3\n")
GUEST = file("/proc/cpuinfo", KVM)
NAMES = "rmcdomainstatus -s ctrmc"
MCP = "lsrsrc IBM.MCP"
MINUTES = command("uptime", "  10:14AM   up 8 mins,  2 users,  load average: 1.20, 1.11, 1.04\n")
POWERHA = ("ctrmc rsct active", "IBM.StorageRM rsct_rm active", "clstrmgrES cluster active")
ONLINE = [peer_domain(), peer_nodes()]
SERVICES = ("ctrmc rsct active", "cthags cthags active", "IBM.ConfigRM rsct_rm active")
CAA = command("lspv", "hdisk1          00f9c2d54c0017a1                    caavg_private   active\n")
ACTIVE = ip_filter("4", DENY, PERMIT), ip_filter("6", DENY, PERMIT)
IN_BAND = [
    lssrc("ctrmc rsct active", "mcproxy rsct active"),
    command("lssrc -ls mcproxy", " mcproxy          rsct             7340412      active\n    Hostname: hmc1\n"),
    domain(),
]
DOWN = domain(f"O A {IPV4}")
STALE = [
    domain(f"O A {IPV4}", "I A 10.9.8.8"),
    consoles(resource(), resource(2, "10.9.8.8", node_id=NODE_ID + 1)),
]
WITH_GONE = consoles(resource(), resource(2, "10.9.8.8", node_id=7, machine="7042-CR9*0612345", token="hmc0"))
TWO_WAYS = [
    consoles(resource(local='10.0.1.1","10.0.7.1')),
    command(
        "ifconfig -a",
        "en0: flags=1e084863,480<UP,BROADCAST,RUNNING>\n\tinet 10.0.1.1 netmask 0xffffff00 broadcast 10.0.1.255\n"
        "en1: flags=1e084863,480<UP,BROADCAST,RUNNING>\n\tinet 10.0.7.1 netmask 0xffffff00 broadcast 10.0.7.255\n",
    ),
]
TWICE = [domain(f"i A {IPV4}"), command(NAMES, status("i A hmc1"), ended=LATER)]
EARLIER = [domain(f"i A {IPV4}"), command(NAMES, status("i A hmc1"), ended="2026-11-20T03:14:59Z")]

Case = tuple[str, str, tuple[str, ...], list[Evidence], str]
CASES: list[Case] = [
    # platform, rule, requests that are lost, answers that are others, result
    ("aix", "RMC-ID-005", (CLOUD_LOG, CLOUD_OUTPUT), [renewal(NEW, OLD)], "pass"),
    ("aix", "RMC-ID-005", (), [renewal(OLD, OLD)], "fail"),
    ("linux", "RMC-ID-005", (), [cloud_log("ERROR New node ID did not get generated.")], "fail"),
    ("aix", "RMC-ID-005", (CLOUD_LOG,), [], "unknown"),
    ("aix", "RMC-ID-005", (), [], "not_applicable"),
    ("aix", "RMC-ID-006", (), [], "pass"),
    ("vios", "RMC-ID-006", (), [node_uuid("8d0f3c52-77aa-11f0-9c1e-b8cef6012d03"), CAA], "pass"),
    ("aix", "RMC-ID-006", (), [CAA], "fail"),
    ("aix", "RMC-ID-006", ("lsattr -El cluster0",), [], "unknown"),
    ("aix", "RMC-ID-006", ("lsattr -El cluster0",), [WPAR], "not_applicable"),
    ("linux", "RMC-ID-006", (), [], "not_applicable"),
    ("aix", "RMC-NET-003", (), [], "pass"),
    ("linux", "RMC-NET-003", (), [], "pass"),
    ("aix", "RMC-NET-003", (), [*ACTIVE], "fail"),
    ("linux", "RMC-NET-003", (), [zones(ports="657/tcp")], "fail"),
    ("linux", "RMC-NET-003", ("firewall-cmd --list-all-zones",), [nft("drop", "tcp dport 657 accept")], "fail"),
    ("aix", "RMC-NET-003", ("lsfilt -a -v4 -O",), [], "unknown"),
    ("linux", "RMC-NET-003", ("firewall-cmd --list-all-zones",), [], "unknown"),
    ("aix", "RMC-NET-003", (), [*ACTIVE, *IN_BAND], "not_applicable"),
    ("linux", "RMC-NET-003", (), [zones(ports=""), GUEST], "not_applicable"),
    ("aix", "RMC-NET-004", (), [], "pass"),
    ("linux", "RMC-NET-004", (), [], "pass"),
    ("aix", "RMC-NET-004", (), TWO_WAYS, "fail"),
    ("aix", "RMC-NET-004", ("ifconfig -a",), TWO_WAYS[:1], "unknown"),
    ("aix", "RMC-NET-004", (MCP,), [], "unknown"),
    ("aix", "RMC-NET-004", (), [NO_CONSOLE, DOWN], "not_applicable"),
    ("aix", "RMC-NET-004", (), [NO_CONSOLE], "unknown"),
    ("aix", "RMC-NET-005", (), [], "pass"),
    ("linux", "RMC-NET-005", (), [], "pass"),
    ("aix", "RMC-NET-005", (), [interfaces(9000)], "fail"),
    ("aix", "RMC-NET-005", (), [domain(f"X A {IPV4}")], "fail"),
    ("aix", "RMC-NET-005", ("netstat -in",), [], "unknown"),
    ("aix", "RMC-NET-005", (), [*IN_BAND], "not_applicable"),
    ("aix", "RMC-NET-006", (), [sockets(IPV4)], "pass"),
    ("aix", "RMC-NET-006", (), [sockets("192.0.2.1")], "fail"),
    ("aix", "RMC-NET-006", ("netstat -an",), [], "unknown"),
    ("aix", "RMC-NET-006", (), [], "not_applicable"),
    ("aix", "RMC-DOM-002", (), [], "pass"),
    ("aix", "RMC-DOM-002", (), [DOWN], "fail"),
    ("aix", "RMC-DOM-002", (), STALE, "fail"),
    ("aix", "RMC-DOM-002", (SETTLE,), [], "unknown"),
    ("aix", "RMC-DOM-002", (), [DOWN, MINUTES], "unknown"),
    ("aix", "RMC-DOM-002", (), [*IN_BAND], "not_applicable"),
    ("aix", "RMC-DOM-003", (), [], "pass"),
    ("aix", "RMC-DOM-003", (), [domain(f"Z A {IPV4}")], "fail"),
    ("aix", "RMC-DOM-003", (SETTLE,), [], "unknown"),
    ("aix", "RMC-DOM-003", (), [*IN_BAND], "not_applicable"),
    ("aix", "RMC-DOM-004", (), [], "pass"),
    ("aix", "RMC-DOM-004", (), TWICE, "fail"),
    ("aix", "RMC-DOM-004", (), EARLIER, "unknown"),
    ("aix", "RMC-DOM-004", (), [domain(f"i A {IPV4}")], "unknown"),
    ("aix", "RMC-DOM-004", (), [*IN_BAND], "not_applicable"),
    ("aix", "RMC-DOM-005", (), [], "pass"),
    ("aix", "RMC-DOM-005", (), [domain(f"I r {IPV4}")], "fail"),
    ("aix", "RMC-DOM-005", (SETTLE,), [], "unknown"),
    ("aix", "RMC-DOM-005", (), [*IN_BAND], "not_applicable"),
    ("aix", "RMC-MCP-001", (), [], "pass"),
    ("aix", "RMC-MCP-001", (), [NO_CONSOLE, DOWN], "fail"),
    ("aix", "RMC-MCP-001", (), [NO_CONSOLE], "unknown"),
    ("aix", "RMC-MCP-001", (MCP,), [], "unknown"),
    ("aix", "RMC-MCP-001", (), [NO_CONSOLE, *IN_BAND], "not_applicable"),
    ("aix", "RMC-MCP-001", (), [NO_CONSOLE, WPAR], "not_applicable"),
    ("aix", "RMC-MCP-003", (), [], "pass"),
    ("aix", "RMC-MCP-003", (), [consoles(resource(), resource(2, "10.9.8.8", node_id=7))], "fail"),
    ("aix", "RMC-MCP-003", (SETTLE,), [], "unknown"),
    ("aix", "RMC-MCP-003", (), [NO_CONSOLE, DOWN], "not_applicable"),
    ("aix", "RMC-MCP-003", (), [NO_CONSOLE], "unknown"),
    ("aix", "RMC-MCP-003", (), [consoles(resource(node_id=7)), *IN_BAND], "not_applicable"),
    ("aix", "RMC-MCP-004", (), [], "pass"),
    ("linux", "RMC-MCP-004", (), [], "pass"),
    ("aix", "RMC-MCP-004", (), [consoles(resource(local="10.0.1.2"))], "fail"),
    ("aix", "RMC-MCP-004", ("ifconfig -a",), [], "unknown"),
    ("aix", "RMC-MCP-004", (), [NO_CONSOLE, DOWN], "not_applicable"),
    ("aix", "RMC-MCP-004", (), [NO_CONSOLE], "unknown"),
    ("aix", "RMC-AUTH-001", (), [], "pass"),
    ("aix", "RMC-AUTH-001", (), [thl("lpar1", "hmc2"), DOWN], "fail"),
    ("aix", "RMC-AUTH-001", (), [thl("lpar1", "hmc2")], "unknown"),
    ("aix", "RMC-AUTH-001", (), [thl("lpar1", "hmc1.example.com")], "pass"),
    ("aix", "RMC-AUTH-001", (), [command("ctsthl -l", "", 1, "ctsthl: Permission denied\n")], "unknown"),
    ("aix", "RMC-AUTH-001", (), [NO_CONSOLE, DOWN], "not_applicable"),
    ("aix", "RMC-AUTH-001", (), [NO_CONSOLE], "unknown"),
    ("aix", "RMC-AUTH-003", (), [], "pass"),
    ("aix", "RMC-AUTH-003", (), [vhbac("Attention: not in the list")], "pass"),
    ("aix", "RMC-AUTH-003", (), [vhbac("Attention: not in the list"), DOWN], "fail"),
    ("aix", "RMC-AUTH-003", (SETTLE,), [vhbac("Attention: not in the list")], "unknown"),
    ("aix", "RMC-AUTH-003", ("ctsvhbac",), [], "unknown"),
    ("aix", "RMC-AUTH-003", ("ctsvhbac",), [WPAR], "not_applicable"),
    ("aix", "RMC-AUTH-004", (), [], "pass"),
    ("aix", "RMC-AUTH-004", (), [WITH_GONE], "pass"),
    ("aix", "RMC-AUTH-004", (), [WITH_GONE, thl("lpar1", "hmc1", "hmc0")], "fail"),
    ("linux", "RMC-AUTH-004", (), [WITH_GONE, thl("lpar1", "hmc1", "hmc0")], "fail"),
    ("aix", "RMC-AUTH-004", ("ctsthl -l",), [WITH_GONE], "unknown"),
    ("aix", "RMC-AUTH-004", (SETTLE,), [], "unknown"),
    ("aix", "RMC-AUTH-004", (), [WITH_GONE, DOWN], "not_applicable"),
    ("aix", "RMC-LOG-002", (), [], "pass"),
    ("vios", "RMC-LOG-002", (), [errors("1119110026", "1119230026", "1120010026")], "fail"),
    ("aix", "RMC-LOG-002", ("errpt",), [], "unknown"),
    ("aix", "RMC-LOG-002", (), [errors("1119110026", "1119230026", "1120010026"), WPAR], "not_applicable"),
    ("aix", "RMC-LOG-001", (), [], "pass"),
    ("aix", "RMC-LOG-001", (), [log("2613-024", "2613-016")], "pass"),
    ("aix", "RMC-LOG-001", (), [log("2613-024", "2613-016"), DOWN], "fail"),
    ("aix", "RMC-LOG-001", (), [log("2613-024", "2613-023", "2613-023"), DOWN], "pass"),
    ("aix", "RMC-LOG-001", (TAIL,), [], "unknown"),
    (
        "aix",
        "RMC-LOG-001",
        (TAIL,),
        [file("/var/ct/IW/log/mc/IBM.MgmtDomainRM.default", state="absent")],
        "unknown",
    ),
    ("aix", "RMC-LOG-001", (TAIL,), [file(TAIL.split()[-1], state="absent")], "not_applicable"),
    ("aix", "RMC-HA-001", (), ONLINE, "pass"),
    ("aix", "RMC-HA-001", (), [peer_domain(mixed="Yes")], "fail"),
    ("linux", "RMC-HA-001", (), [peer_domain(), peer_nodes("3.2.6.5")], "fail"),
    ("aix", "RMC-HA-001", (), [peer_domain()], "unknown"),
    ("aix", "RMC-HA-001", ("lsrpdomain",), [], "unknown"),
    ("aix", "RMC-HA-001", (), [], "not_applicable"),
    ("aix", "RMC-HA-002", (), [lssrc(*POWERHA)], "pass"),
    ("aix", "RMC-HA-002", (), [lssrc(*POWERHA), lslpp("3.2.3.0")], "fail"),
    ("aix", "RMC-HA-002", ("lssrc -a",), [lslpp("3.2.3.0")], "unknown"),
    ("aix", "RMC-HA-002", (), [lssrc(*POWERHA), lslpp("3.2.3.0"), peer_domain()], "not_applicable"),
    ("aix", "RMC-HA-002", (), [], "not_applicable"),
    ("aix", "RMC-HA-003", (), [lssrc(*SERVICES), *ONLINE], "pass"),
    ("aix", "RMC-HA-003", (), [lssrc(*SERVICES[:2], "IBM.ConfigRM rsct_rm inoperative"), *ONLINE], "fail"),
    ("linux", "RMC-HA-003", (), [lssrc("ctrmc rsct active"), *ONLINE], "fail"),
    ("aix", "RMC-HA-003", (), [CAA], "unknown"),
    ("aix", "RMC-HA-003", ("lssrc -a",), ONLINE, "unknown"),
    ("aix", "RMC-HA-003", (), [peer_domain("Offline")], "not_applicable"),
    ("aix", "RMC-HA-003", (), [], "not_applicable"),
]
"""Each is judged under every shipped policy."""

POWERVS = [
    domain("I A fe80::9ac:1"),
    probe("fe80::9ac:1%en1", "open"),
    consoles(resource(address="fe80::9ac:1")),
]
"""What is other on a healthy partition of Power Virtual Server."""
