"""What a partition answers about its consoles, its firewall and its clusters. All of it is constructed.

`beside_aix` and `beside_linux` are what a healthy partition answers besides `healthy_aix` and `healthy_linux`; the
tables have several answers for each request, for the properties.
"""

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, file, status
from tests.hosts.building import healthy_aix as plain_aix
from tests.hosts.cases import IPV4, SS, healthy_linux, healthy_vios

NODE_ID = 0x12B6B4FD1CEBB701
RESOURCE = """\
resource {number}:
        MNName            = "{local}"
        NodeID            = {node_id}
        KeyToken          = "{token}"
        IPAddresses       = {{"{address}"}}
        ConnectivityNames = {{"{local}"}}
        HMCName           = "{machine}"
        HMCIPAddr         = "{address}"
        HMCAddIPs         = ""
        ActivePeerDomain  = ""
        NodeNameList      = {{"lpar1"}}
"""
TITLE = "Resource Persistent Attributes for IBM.MCP\n"
THL_ENTRY = "Host name: {name}\nIdentifier Generation Method: rsa512\nIdentifier Value:\n{key}\n--------------------\n"
VHBAC = """\
Private and Public Key Verifications
      Configuration file:  /var/ct/cfg/ctcasd.cfg
                  Status:  Available
              Key Parity:  Public and private keys are in pair
Trusted Host List File Verifications
                Identity:  10.0.1.1
                  Status:  {status}
Host Based Authentication Mechanism Verification Check completed
"""
LOG_PATH = "/var/ct/IW/log/mc/IBM.MgmtDomainRM/IBM.MgmtDomainRM.default"
TAIL = f"tail -n 200 {LOG_PATH}"
ENTRY = "Thu Nov 19 08:4{n}:45 EST 2026({n}76210) ../src/MCP_cfg.c/01913/1.22 {message} {text}\n"
NO_SESSION = "MDC could not start a session with 10.9.8.7. The mc_timed_start_session function returned 52."
CLOUD_LOG, CLOUD_OUTPUT = "/var/log/cloud-init.log", "/var/log/cloud-init-output.log"
CLOUD_LINE = "2026-03-02 09:14:07,331 - cc_reset_rmc.py[{level}]: {text}\n"
INTERFACES = """\
Name  Mtu   Network     Address            Ipkts Ierrs    Opkts Oerrs  Coll
en0   {mtu}  link#2      be.3.a7.10.4.f2    412007     0   198220     0     0
en0   {mtu}  10.0.1      10.0.1.1           412007     0   198220     0     0
lo0   16896 link#1                          36120     0    36120     0     0
"""
SOCKETS = """\
Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp        0      0  *.22                   *.*                    LISTEN
tcp        0      0  *.657                  *.*                    LISTEN
udp        0      0  *.657                  *.*
tcp4       0      0  10.0.1.1.657           {peer}.33861        ESTABLISHED
"""
NODE_UUID = "node_uuid {uuid} OS image identifier True\n"
PERMIT = (
    "0|permit|0.0.0.0|0.0.0.0|0.0.0.0|0.0.0.0|yes|all|any|0|any|0|both|both|no|all packets|0|all|0|||Default Rule\n"
)
DENY = "2|deny|0.0.0.0|0.0.0.0|0.0.0.0|0.0.0.0|yes|udp|any|0|eq|657|both|inbound|no|all packets|0|all|0|||\n"
ZONE = """\
public (default, active)
  target: default
  interfaces: env2
  sources:
  services: {services}
  ports: {ports}
  protocols:
  rich rules:
{rich}"""
SERVICE = """\
<?xml version="1.0" encoding="utf-8"?>
<service>
  <short>rsct-ctrmc</short>
  <port protocol="tcp" port="657"/>
{udp}</service>
"""
UDP = '  <port protocol="udp" port="657"/>\n'
OURS, THEIRS = "/etc/firewalld/services/rsct-ctrmc.xml", "/usr/lib/firewalld/services/rsct-ctrmc.xml"
NFT = """\
table inet filter {{
	chain input {{
		type filter hook input priority filter; policy {policy};
{rules}	}}
}}
"""
PEER_DOMAIN = """\
Name     OpState RSCTActiveVersion MixedVersions TSPort GSPort
alphadom {state} {level}           {mixed}            12347  12348
"""
PEER_NODES = "Name  OpState RSCTVersion\nalpha Online  {level}\n"


def resource(
    number: int = 1,
    address: str = IPV4,
    *,
    node_id: int = NODE_ID,
    local: str = "10.0.1.1",
    machine: str = "7063-CR2*78AB123",
    token: str = "hmc1",
) -> str:
    """One resource of IBM.MCP, as a healthy partition has it but for what is given."""
    return RESOURCE.format(number=number, address=address, node_id=node_id, local=local, machine=machine, token=token)


def consoles(*resources: str) -> Evidence:
    """`lsrsrc IBM.MCP` with these resources; without any, with the one of a healthy partition."""
    return command("lsrsrc IBM.MCP", TITLE + "".join(resources or (resource(),)))


NO_CONSOLE = command("lsrsrc IBM.MCP", TITLE)
NO_CLASS = command("lsrsrc IBM.MCP", "", 1, "2610-412 A Resource Class definition for IBM.MCP is not found.\n")


def thl(*names: str) -> Evidence:
    """`ctsthl -l` with these hosts."""
    head = "ctsthl: Contents of trusted host list file: /var/ct/cfg/ct_has.thl\n--------------------\n"
    return command("ctsthl -l", head + "".join(THL_ENTRY.format(name=name, key="12" * 70) for name in names))


def vhbac(word: str = "Trusted host") -> Evidence:
    """`ctsvhbac` with this status of the host's own address."""
    return command("ctsvhbac", VHBAC.format(status=word))


def log(*messages: str) -> Evidence:
    """The end of the log of IBM.MgmtDomainRM with these messages."""
    return command(TAIL, "".join(ENTRY.format(n=n, message=one, text=NO_SESSION) for n, one in enumerate(messages)))


def errors(*times: str, resource: str = "RMCdaemon", status: int | None = 0) -> Evidence:
    """`errpt` with a start of the daemon at each of these times, MMDDhhmmYY."""
    rows = "".join(f"A6DF45AA   {one} I O {resource:14} The daemon is started.\n" for one in times)
    return command("errpt", f"IDENTIFIER TIMESTAMP  T C RESOURCE_NAME  DESCRIPTION\n{rows}", status)


def cloud_log(*lines: str, path: str = CLOUD_LOG) -> Evidence:
    """A log of cloud-init with these lines, each "LEVEL TEXT"."""
    pairs = [line.partition(" ")[::2] for line in lines]
    return file(path, "".join(CLOUD_LINE.format(level=level, text=text) for level, text in pairs))


def renewal(old: str, new: str, *, path: str = CLOUD_LOG) -> Evidence:
    """A log of cloud-init whose module reset_rmc found and left these node IDs."""
    lines = ("Attempting to reset RMC.", f"Node ID at beginning of module: {old}", f"Node ID at end of module: {new}")
    return cloud_log(*(f"DEBUG {line}" for line in lines), path=path)


def node_uuid(uuid: str) -> Evidence:
    """`lsattr -El cluster0` with this node_uuid."""
    return command("lsattr -El cluster0", NODE_UUID.format(uuid=uuid))


def interfaces(mtu: int = 1500) -> Evidence:
    """`netstat -in` with this MTU on the interface towards the console."""
    return command("netstat -in", INTERFACES.format(mtu=mtu))


def sockets(peer: str) -> Evidence:
    """`netstat -an` with a session of RMC with this far end."""
    return command("netstat -an", SOCKETS.format(peer=peer))


def ip_filter(version: str, *rules: str, option: str = "a") -> Evidence:
    """`lsfilt` with these rules; without any, IP security is not loaded."""
    line = f"lsfilt -{option} -v{version} -O"
    if not rules:
        return command(line, "", 1, err="IP Security is not loaded, run the mkdev command.\n")
    return command(line, "".join(rules))


def zones(services: str = "ssh", ports: str = "657/tcp 657/udp", *rich: str) -> Evidence:
    """`firewall-cmd --list-all-zones` with one zone, of the interface towards the console."""
    rules = "".join(f"    {rule}\n" for rule in rich)
    return command("firewall-cmd --list-all-zones", ZONE.format(services=services, ports=ports, rich=rules))


def nft(policy: str = "accept", *rules: str) -> Evidence:
    """`nft list ruleset` with one chain for what comes in."""
    return command("nft list ruleset", NFT.format(policy=policy, rules="".join(f"\t\t{rule}\n" for rule in rules)))


def peer_domain(state: str = "Online ", level: str = "3.2.6.4", mixed: str = "No ") -> Evidence:
    """`lsrpdomain` with one domain."""
    return command("lsrpdomain", PEER_DOMAIN.format(state=state, level=level, mixed=mixed))


def peer_nodes(level: str = "3.2.6.4") -> Evidence:
    """`lsrpnode` with one node."""
    return command("lsrpnode", PEER_NODES.format(level=level))


def _shared() -> list[Evidence]:
    return [
        consoles(),
        thl("lpar1", "10.0.1.1", "hmc1", IPV4),
        vhbac(),
        log(),
        file(CLOUD_LOG, state="absent"),
        file(CLOUD_OUTPUT, state="absent"),
    ]


def beside_aix() -> list[Evidence]:
    """What a healthy AIX partition or Virtual I/O Server answers besides."""
    cluster0 = node_uuid("00000000-0000-0000-0000-000000000000")
    return [*_shared(), cluster0, interfaces(), ip_filter("4"), ip_filter("6"), errors()]


def beside_linux() -> list[Evidence]:
    """What a healthy Linux partition answers besides, with firewalld running."""
    return [*_shared(), zones(), command("ss -tan", SS)]


def whole_aix() -> list[Evidence]:
    """All that a healthy AIX partition answers."""
    return [*plain_aix(), *beside_aix()]


def whole_vios() -> list[Evidence]:
    """All that a healthy Virtual I/O Server answers."""
    return [*healthy_vios(), *beside_aix()]


def whole_linux() -> list[Evidence]:
    """All that a healthy Linux partition answers."""
    return [*healthy_linux(), *beside_linux()]


LATER = "2026-11-20T03:20:00Z"
OLD, NEW = "9f684c509e74d650", "1234567890abcdef"
_BOTH: dict[str, list[Evidence]] = {
    "consoles": [
        consoles(),
        consoles(resource(node_id=1346503812094508856)),
        consoles(resource(), resource(2, "10.9.8.8", node_id=NODE_ID + 1)),
        consoles(resource(local="10.0.9.9")),
        consoles(resource(token="hmc9")),
        consoles(resource(address="10.9.8.99")),
        NO_CONSOLE,
        NO_CONSOLE._replace(exit_status=None),
        NO_CLASS,
        NO_CLASS,
    ],
    "some attributes": [
        command("lsrsrc IBM.MCP NodeID", "", 1, NO_CLASS.err.lines[0]),
        command("lsrsrc IBM.MCP NodeID", TITLE),
        command("lsrsrc IBM.MCP NodeID", TITLE + f"resource 1:\n        NodeID = {NODE_ID}\n"),
        command("lsrsrc IBM.MCP NodeID", TITLE + "resource 1:\n        NodeID = 7\n"),
        command("lsrsrc IBM.MCP NodeID", TITLE + "resource 1:\n        NodeID = 99999999999999999999\n"),
    ],
    "server": [
        command(
            "lsrsrc IBM.ManagementServer",
            'Resource Persistent Attributes for IBM.ManagementServer\nresource 1:\n\tName = "hmc1"\n',
        )
    ],
    "thl": [thl("hmc1"), thl("hmc2"), thl("hmc1", "hmc9")],
    "vhbac": [vhbac(), vhbac("Attention: not in the trusted host list")],
    "log": [log(), log("2613-024", "2613-024"), log("2613-008", "2613-034"), log("2613-024", "2613-023")],
    "log2": [file(LOG_PATH, state="absent"), file(LOG_PATH, log("2613-016", "2613-016").out.lines[0] + "\n")],
    "cloud log": [
        file(CLOUD_LOG, state="absent"),
        renewal(NEW, OLD),
        renewal(OLD, OLD),
        renewal(NEW, NEW),
        cloud_log("ERROR New node ID did not get generated."),
        cloud_log("DEBUG Attempting to reset RMC."),
        file(CLOUD_LOG, "2026-03-02 09:14:07,331 - util.py[DEBUG]: nothing of it\n"),
    ],
    "cloud output": [
        file(CLOUD_OUTPUT, state="absent"),
        cloud_log("ERROR New node ID did not get generated.", path=CLOUD_OUTPUT),
        file(CLOUD_OUTPUT, "Cloud-init finished\n"),
    ],
    "cloud config": [
        file("/etc/cloud/cloud.cfg", "cloud_final_modules:\n - reset_rmc\n"),
        file("/etc/cloud/cloud.cfg", "cloud_final_modules:\n - scripts-user\n"),
    ],
    "status later": [
        command("rmcdomainstatus -s ctrmc", status("i A hmc1", "Z A hmc2"), ended=LATER),
        command("rmcdomainstatus -s ctrmc", status("i A hmc1"), ended=LATER),
        command("rmcdomainstatus -s ctrmc", status("I R hmc1"), ended=LATER),
        command("rmcdomainstatus -s ctrmc", status("X A hmc1"), ended=LATER),
    ],
    "lsrpnode": [peer_nodes(), peer_nodes("3.2.3.0"), command("lsrpnode", "")],
    "domain": [peer_domain(mixed="Yes"), peer_domain("Offline")],
    "ps": [
        command(
            "ps -A -o pid,etime,args",
            "  PID ELAPSED COMMAND\n    1 10-01:00:00 /etc/init\n"
            f"  900 {time} /opt/rsct/bin/rmcd -a IBM.LPCommands -r\n",
        )
        for time in ("05:00", "10-00:55:00")
    ],
}
"""Requests that every platform has, by what they are about."""

AIX: dict[str, list[Evidence]] = {
    **_BOTH,
    "uptime": [
        command("uptime", "  10:14AM   up 4 days,   3:00,  2 users,  load average: 1.20, 1.11, 1.04\n"),
        command("uptime", "  10:14AM   up 8 mins,  2 users,  load average: 1.20, 1.11, 1.04\n"),
    ],
    "cluster0": [
        node_uuid("00000000-0000-0000-0000-000000000000"),
        node_uuid("8d0f3c52-77aa-11f0-9c1e-b8cef6012d03"),
        node_uuid("8d0f3c52"),
    ],
    "odm": [command("odmget -q name=cluster0 CuAt", "")],
    "lscluster": [
        command("lscluster -c", "Cluster Name: alphaclu\n"),
        command("lscluster -c", "", 1, "Cluster services are not active.\n"),
    ],
    "interfaces -in": [interfaces(), interfaces(9000)],
    "sockets": [sockets(IPV4), sockets("192.0.2.1")],
    "filter 4": [ip_filter("4"), ip_filter("4", PERMIT), ip_filter("4", DENY, PERMIT), ip_filter("4", DENY)],
    "filter 6": [ip_filter("6"), ip_filter("6", DENY, PERMIT)],
    "filter configured": [ip_filter("4", PERMIT, option="s"), ip_filter("4", DENY, PERMIT, option="s")],
}
LINUX: dict[str, list[Evidence]] = {
    **_BOTH,
    "uptime": [file("/proc/uptime", "356412.73 2811064.10\n"), file("/proc/uptime", "412.73 2811.10\n")],
    "systemd": [
        command(
            "systemctl show ctrmc",
            f"Id=ctrmc.service\nLoadState=loaded\nActiveState=active\nActiveEnterTimestamp=Fri 2026-11-20 {time} UTC\n",
        )
        for time in ("02:50:00", "01:00:00")
    ],
    "zones": [
        zones(),
        zones(ports="657/tcp"),
        zones("ssh rsct-ctrmc", ""),
        zones("ssh", "", 'rule family="ipv4" source address="10.9.8.7" port port="657" protocol="udp" accept'),
        command("firewall-cmd --list-all-zones", "", 252, "FirewallD is not running\n"),
    ],
    "zone": [
        command("firewall-cmd --list-all", ZONE.format(services="ssh", ports=ports, rich=""))
        for ports in ("657/tcp 657/udp", "")
    ],
    "own service": [file(OURS, state="absent"), file(OURS, SERVICE.format(udp=""))],
    "their service": [file(THEIRS, SERVICE.format(udp=UDP)), file(THEIRS, state="absent")],
    "nft": [
        nft(),
        command("nft list ruleset", ""),
        nft("drop", "tcp dport 657 accept"),
        nft("drop", "ct state established accept", "tcp dport 657 accept", "udp dport 657 accept"),
        nft("drop", "tcp dport 657 accept", "udp dport 657 accept"),
        nft("drop", "ct state established accept", "tcp dport 657 accept"),
    ],
    "iptables": [
        command("iptables-save", f"*filter\n:INPUT {policy} [0:0]\n{rule}COMMIT\n")
        for policy, rule in (("ACCEPT", ""), ("DROP", ""), ("DROP", "-A INPUT -p udp -m udp --dport 657 -j ACCEPT\n"))
    ],
    "sessions": [
        command(
            "ss -tan",
            "State Recv-Q Send-Q Local Address:Port Peer Address:Port\n" + f"ESTAB 0 0 10.0.1.1:657 {peer}:33861\n",
        )
        for peer in (IPV4, "192.0.2.1")
    ],
    "brief addresses": [
        command(
            "ip -o addr",
            "1: lo    inet 127.0.0.1/8 scope host lo\n2: env2    inet 10.0.1.1/24 brd 10.0.1.255 scope global env2\n",
        )
    ],
}
