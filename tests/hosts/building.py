"""How tests build evidence: answers as a collector would bring them, from a healthy partition on."""

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from rmccomply.assess import assess
from rmccomply.evaluate import compile_rules
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Evidence, Kind, State, Stream
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.finding import Finding
from rmccomply.inputs.read import Loaded
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.sources.reading import Read, Reading, Readings, Unread

R = TypeVar("R")
NOW = "2026-11-20T04:00:00Z"
THEN = "2026-11-20T03:00:00Z"
SHARED = Path(__file__).parents[3] / "shared"
"""Where more evidence may stand; tests skip what needs it where it is not there."""


def answer(kind: Kind, argv: tuple[str, ...], out: str = "", err: str = "", **more: Any) -> Evidence:
    """An answer as a bundle gives it; `exit_status=None` makes it a capture."""
    given: dict[str, Any] = {"exit_status": 0, "line": 10, "text": f"%sect of {' '.join(argv)}", "ended": THEN, **more}
    return Evidence(kind, argv, "test.rmcc", out=stream(out, 20), err=stream(err, 90), **given)


def stream(text: str, first: int) -> Stream:
    lines = tuple(text.removesuffix("\n").split("\n")) if text else ()
    return Stream(lines, first, size=len(text))


def command(line: str, out: str = "", exit_status: int | None = 0, err: str = "", **more: Any) -> Evidence:
    """The answer to a command, written as people write it: `command("lssrc -a", ...)`."""
    return answer("cmd", tuple(shlex.split(line)), out, err, exit_status=exit_status, **more)


def file(path: str, out: str = "", state: State = "exit", **more: Any) -> Evidence:
    """The content of a file, or its state: absent, unreadable."""
    return answer("file", (path,), out, state=state, **more)


def firmware(
    machine: str = "IBM,9105-42A", serial: str = "78A0000", number: int = 7, *, shared: int = 1
) -> list[Evidence]:
    """What Linux shows of its machine and its partition; a bundle shows NUL so."""
    lparcfg = f"serial_number=IBM,02{serial}\nsystem_type={machine}\npartition_id={number}\n"
    return [
        file("/proc/ppc64/lparcfg", f"lparcfg 1.9\n{lparcfg}shared_processor_mode={shared}\n"),
        file("/proc/device-tree/model", rf"{machine}\x00"),
        file("/proc/device-tree/system-id", rf"IBM,02{serial}\x00"),
    ]


def probe(address: str, word: str, port: int = 657) -> Evidence:
    """What a probe of one address found."""
    return answer("probe", ("tcp", address, str(port)), word)


def facts(*evidence: Evidence, platform: str = "aix", management: Any = "unknown", **settings: Any) -> Facts:
    """The facts of this evidence."""
    return Facts(Readings(evidence), platform, FactSettings(management, **settings))


def was_read(reading: Reading[R]) -> Read[R]:
    """The same, which says something."""
    assert isinstance(reading, Read), reading
    return reading


def was_not_read(reading: Reading[object]) -> Unread:
    """The same, which says nothing."""
    assert isinstance(reading, Unread), reading
    return reading


LSSRC = """\
Subsystem         Group            PID          Status
 syslogd          ras              5867667      active
 ctrmc            rsct             5439966      active
 ctcas            rsct                          inoperative
 IBM.MgmtDomainRM rsct_rm          2693609      active
 IBM.DRM          rsct_rm          8592532      active
"""
LSLPP = "rsct.core:rsct.core.rmc:{level}: : :{state}: :RSCT Resource Monitoring and Control: : : : : : :1:0:/:2015\n"
STATUS = "\nManagement Domain Status: Management Control Points\n"
ROW = "  {state} {queue}  0x12b6b4fd1cebb73f  0001  {address}\n"
IFCONFIG = """\
en0: flags=1e084863,814c0<UP,BROADCAST,NOTRAILERS,RUNNING,SIMPLEX,MULTICAST,GROUPRT,64BIT,CHAIN>
\tinet 10.0.1.1 netmask 0xffffff00 broadcast 10.0.1.255
en1: flags=1e084863,814c0<UP,BROADCAST,NOTRAILERS,RUNNING,SIMPLEX,MULTICAST,GROUPRT,64BIT,CHAIN>
\tinet6 fe80::9400:30ff:fe5b:7a50/64
lo0: flags=e08084b,c0<UP,BROADCAST,LOOPBACK,RUNNING,SIMPLEX,MULTICAST,GROUPRT,64BIT,LARGESEND,CHAIN>
\tinet 127.0.0.1 netmask 0xff000000 broadcast 127.255.255.255
\tinet6 ::1%1/128
"""
DF = """\
Filesystem    1024-blocks      Free %Used    Iused %Iused Mounted on
/dev/hd9var       5242880   2778726   47%     7821     1% /var
/dev/hd4          2097152   1866465   11%     7821     9% /
"""

INITTAB = """\
init:2:initdefault:
srcmstr:23456789:respawn:/usr/sbin/srcmstr # System Resource Controller
ctrmc:2:once:/usr/bin/startsrc -s ctrmc > /dev/console 2>&1
"""
NETSTAT = """\
Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp        0      0  *.22                   *.*                    LISTEN
tcp        0      0  *.657                  *.*                    LISTEN
udp        0      0  *.657                  *.*
"""
SERVICES = "ssh             22/tcp\nrmc             657/tcp\nrmc             657/udp\n"


def status(*rows: str) -> str:
    """The output of rmcdomainstatus with these control points, each "STATE QUEUE ADDRESS"."""
    text = STATUS if rows else ""
    for number, row in enumerate(rows, 1):
        state, queue, address = row.split(" ")
        text += f"  {state} {queue}  0x12b6b4fd1cebb7{number:02x}  {number:04d}  {address}\n"
    return text


def healthy_aix() -> list[Evidence]:
    """What a healthy AIX partition answers about RMC itself, unclustered; `tests.hosts.consoles.whole_aix` has all."""
    return [
        command("uname -a", "AIX lpar1 2 7 00F9C2D54C00\n"),
        command("uname -M", "IBM,9105-42A\n"),
        command("uname -u", "IBM,0278A0000\n"),
        command("uname -L", "7 lpar1 prod\n"),
        command("oslevel -s", "7200-05-07-2346\n"),
        command("lssrc -a", LSSRC),
        command("lslpp -Lcq 'rsct.*'", LSLPP.format(level="3.2.6.2", state="C")),
        file("/etc/ct_node_id", "9f684c509e74d650\n"),
        file("/var/ct/cfg/ct_node_id", "9f684c509e74d650\n"),
        command("lsnodeid", "9f684c509e74d650\n"),
        command("rmcdomainstatus -s ctrmc -a ip", status("I A 10.9.8.7")),
        probe("10.9.8.7", "open\n"),
        command("ifconfig -a", IFCONFIG),
        command("df -k /var /tmp /", DF),
        command("lsrpdomain", ""),
        command("lspv", "hdisk0          00f9c2d54c0017a1                    rootvg          active\n"),
        file("/etc/inittab", INITTAB),
        command("netstat -an", NETSTAT),
        file("/etc/services", SERVICES),
    ]


def sections(evidence: Iterable[Evidence]) -> list[Section]:
    """The same answers, ready to be written into a bundle."""

    def octets(one: Stream) -> bytes:
        return "".join(f"{line}\n" for line in one.lines).encode()

    return [
        Section(
            item.kind,
            (f"/usr/bin/{item.argv[0]}", *item.argv[1:]) if item.kind == "cmd" else item.argv,
            octets(item.out),
            octets(item.err),
            item.state,
            item.exit_status or 0,
            begun=THEN,
            ended=THEN,
        )
        for item in evidence
    ]


def bundle(evidence: Iterable[Evidence], host: str = "lpar1", system: str = "AIX") -> bytes:
    """A bundle file with these answers."""
    head = {"collector": "1", "profile": "full", "mode": "live", "host": host, "os": system, "utc": THEN}
    return write_bundle(head, sections(evidence), THEN)


def judge(
    evidence: Iterable[Evidence] | Readings, policy: str = "rmc-core", platform: str = "aix", **parameters: str
) -> dict[str, Finding]:
    """The findings of this evidence by rule (the last subject of a rule that has several)."""
    readings = evidence if isinstance(evidence, Readings) else Readings(evidence)
    _, chosen = choose([load(policy)], Choice(parameters=parameters))
    found = assess(Loaded(readings, name="lpar1", platform=platform), compile_rules(chosen, NOW))
    return {finding.rule: finding for finding in found.findings}


def replaced(evidence: Iterable[Evidence], *others: Evidence) -> list[Evidence]:
    """The evidence with these answers instead of those to the same requests, and besides the rest."""
    new = {item.request: item for item in others}
    kept = [new.pop(item.request, item) for item in evidence]
    return kept + list(new.values())


def without(evidence: Iterable[Evidence], *requests: str) -> list[Evidence]:
    """The evidence without the answers to these requests."""
    return [item for item in evidence if item.request not in requests]
