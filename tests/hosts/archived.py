"""Linux hosts as support archives hold them: what sos and supportutils ask, and what is printed in their spellings.

`SOS` is a table of releases and what their plugins ask, read in sos' own source; `SUPPORTUTILS` that of supportutils
3.2. Each spelling says which request of the collector has the same answer, and its text is made of that answer, so that
an archive and a bundle of one host tell the same.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from rmccomply.evidence.model import Evidence
from tests.evidence.archives.building import (
    COMMAND,
    SCC_ROOT,
    SOS_ROOT,
    Files,
    entry,
    mangled,
    manifest,
    section,
    section_of,
    topic,
)

Lines = tuple[str, ...]
_SINCE: Final = "Tue 2026-10-27 09:22:14 UTC"


class Spelling(NamedTuple):
    """How an archive asks: in which plugin, in which words, of which request of the collector, and what is printed."""

    plugin: str
    line: str
    of: str
    form: Callable[[Lines], Iterable[str]] = tuple


def _one_line(lines: Lines) -> Iterator[str]:
    """`ip -o addr`: a line an address."""
    card, number = "", ""
    for line in lines:
        words = line.split()
        if not line.startswith(" "):
            number, card = words[0], words[1].rstrip(":").partition("@")[0]
        elif words[0] in ("inet", "inet6"):
            yield f"{number} {card}    {line.strip()} \\       valid_lft forever preferred_lft forever"


def _detailed(lines: Lines) -> Iterator[str]:
    """`ip -d address`: details behind the link."""
    details = " promiscuity 0 minmtu 68 maxmtu 65535 numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535"
    return (f"{line}{details if line.strip().startswith('link/') else ''}" for line in lines)


def _rows(lines: Lines) -> Iterator[tuple[str, list[str]]]:
    """The mount points of `df -PT` with the words of their rows, each once."""
    for line in dict.fromkeys(lines[1:]):
        words = line.split()
        yield words[-1], words


def _df(typed: bool, inodes: bool) -> Callable[[Lines], Iterator[str]]:
    """`df -al` and `df -ali`, with or without types, and with the file systems that have no size."""

    def form(lines: Lines) -> Iterator[str]:
        kind = "Type " if typed else ""
        columns = "Inodes IUsed IFree IUse%" if inodes else "1K-blocks Used Available Use%"
        yield f"Filesystem {kind}{columns} Mounted on"
        yield f"sysfs {'sysfs ' if typed else ''}0 0 0 - /sys"
        for _, words in _rows(lines):
            yield " ".join(words if typed else [words[0], *words[2:]])

    return form


def _aux(threads: bool) -> Callable[[Lines], Iterator[str]]:
    """`ps auxwww`, and with `m` a row a thread."""

    def form(lines: Lines) -> Iterator[str]:
        yield "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND"
        for pid, _, words in (line.split(maxsplit=2) for line in lines[1:]):
            state = "-" if threads else "Ssl"
            yield f"root     {pid:>7}  0.0  0.2 172416 13952 ?        {state:4} Oct27   0:07 {words}"
            if threads:
                yield "root           -  0.0    -      -     - -        Ssl  Oct27   0:07 -"

    return form


def _axwwo(lines: Lines) -> Iterator[str]:
    yield "USER         PID    PPID %CPU %MEM    VSZ   RSS STAT     TIME CMD"
    for pid, _, words in (line.split(maxsplit=2) for line in lines[1:]):
        yield f"root     {pid:>7}       1  0.0  0.2 172416 13952 Ssl  00:00:07 {words}"


def _sockets(lines: Lines) -> Iterator[str]:
    """`ss -peaonmi`: all families, and a second line of details."""
    yield f"{lines[0]}Process"
    yield "nl    UNCONN 0      0                rtnl:systemd/1              *  sk:1b cb:1fd groups:0x00000551 <->"
    yield "\t skmem:(r0,rb212992,t0,tb212992,f0,w0,o0,bl0,d0)"
    yield "u_str ESTAB  0      0      /run/systemd/journal/stdout 20110    * 20109 ino:5 sk:6 <->"
    for number, line in enumerate(lines[1:], 1000):
        yield f"{line}  ino:{number} sk:{number:x} <->"
        yield "\t skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0) cubic cwnd:10"


def _sockets_nap(lines: Lines) -> Iterator[str]:
    """`ss -nap`: all families, on one line each."""
    return (line for number, line in enumerate(_sockets(lines)) if not line.startswith("\t") or number == 0)


def _netstat(lines: Lines) -> Iterator[str]:
    """`netstat -neopa`: a wildcard of both families is `:::`, and UDP has no state."""
    words = {"ESTAB": "ESTABLISHED", "UNCONN": ""}
    yield "Active Internet connections (servers and established)"
    yield (
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode"
        "      PID/Program name     Timer"
    )
    for name, state, _, _, *ends in (line.split() for line in lines[1:]):
        here, there = (
            end.replace("*:", ":::", 1) if end.startswith("*:") else end.replace("[", "") for end in ends[:2]
        )
        here, there = here.replace("]", ""), there.replace("]", "")
        wide = "6" if here.count(":") > 1 else ""
        there = ":::*" if wide and there in ("0.0.0.0:*", ":::*") else there
        said = words.get(state, state)
        yield (
            f"{name + wide:5}      0      0 {here:23} {there:23} {said:11} 0          21000      2217/rmcd"
            "            off (0.00/0/0)"
        )
    yield "Active UNIX domain sockets (servers and established)"
    yield "Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path"


def _handles(lines: Lines) -> Iterator[str]:
    """`nft -a list ruleset`: a handle behind each table, chain, set and rule."""
    for number, line in enumerate(lines, 1):
        plain = line.strip() in ("", "}") or line.strip().startswith(("type ", "elements", "flags", "policy"))
        yield line if plain else f"{line} # handle {number}"


def _status(lines: Lines) -> Iterator[str]:
    """`systemctl status ctrmc` of the block that `systemctl show` prints."""
    block = dict(line.split("=", 1) for line in lines[: lines.index("")])
    if block["LoadState"] == "not-found":
        yield "Unit ctrmc.service could not be found."
        return
    yield "\u25cf ctrmc.service - Resource Monitoring and Control"
    yield f"     Loaded: loaded (/usr/lib/systemd/system/ctrmc.service; {block['UnitFileState']}; preset: disabled)"
    yield f"     Active: {block['ActiveState']} ({block['SubState']}) since {_SINCE}; 3 weeks 3 days ago"


def _unit_files(lines: Lines) -> Iterator[str]:
    """`systemctl list-unit-files` with the units that `systemctl show` finds."""
    blocks = [
        dict(one.split("=", 1) for one in part) for empty, part in groupby(lines, lambda line: not line) if not empty
    ]
    rows = [(one["Id"], one["UnitFileState"]) for one in blocks if one["LoadState"] != "not-found"]
    yield "UNIT FILE                                  STATE           PRESET"
    yield from (f"{unit:42} {state:15} disabled" for unit, state in [*rows, ("sshd.service", "enabled")])
    yield ""
    yield f"{len(rows) + 1} unit files listed."


def _names(lines: Lines) -> list[str]:
    return ["{}-{}-{}.{}".format(*line.split("\t")) for line in lines]


def _sorted(lines: Lines) -> Iterator[str]:
    """What sos' own command of rpm and sort prints."""
    return (f"{name:59} Tue Mar  3 10:02:11 2026" for name in sorted(_names(lines)))


def _last(lines: Lines) -> Iterator[str]:
    return (f"{name:45} Tue 03 Mar 2026 10:02:11 AM UTC" for name in _names(lines))


def _dpkg(lines: Lines) -> Iterator[str]:
    yield "Desired=Unknown/Install/Remove/Purge/Hold"
    yield "| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend"
    yield "|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)"
    yield "||/ Name            Version         Architecture Description"
    yield "+++-===============-===============-============-=================================="
    for name, version, machine, state in (line.split("\t") for line in sorted(lines)):
        yield f"{state.strip()}  {name:15} {version:15} {machine:12} a package"


def _uptime(lines: Lines) -> Iterator[str]:
    minutes = int(float(lines[0].split()[0])) // 60
    days, rest = divmod(minutes, 1440)
    yield f" 03:00:00 up {days} days, {rest // 60:2}:{rest % 60:02},  1 user,  load average: 0.09, 0.05, 0.01"


RPM: Final = r"rpm -qa --qf %{NAME}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n"
DPKG: Final = r"dpkg-query -W --showformat=${Package}\t${Version}\t${Architecture}\t${db:Status-Abbrev}\n"
PS: Final = "ps -A -o pid,etime,args"
SPACE, INODES = "df -kPT /var/ct /var /tmp /", "df -iPT /var/ct /var /tmp /"
UNITS: Final = "systemctl show -p Id,LoadState,ActiveState,SubState,UnitFileState,ActiveEnterTimestamp ctrmc srcmstr"
_OWN_RPM: Final = "sh -c 'rpm --nodigest -qa --qf=\"%-59{NVRA} %{INSTALLTIME:date}\\n\" | sort -V'"
_FILES: Final = (
    *("/etc/os-release", "/proc/cpuinfo", "/proc/ppc64/lparcfg", "/proc/device-tree/model"),
    *("/proc/device-tree/system-id", "/etc/cloud/cloud.cfg", "/var/log/cloud-init.log"),
    *("/var/log/cloud-init-output.log", "/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"),
)
_ALWAYS: Final = (
    Spelling("kernel", "uname -a", "uname -a"),
    Spelling("host", "uptime", "/proc/uptime", _uptime),
    Spelling("systemd", "systemctl list-unit-files", UNITS, _unit_files),
    Spelling("rpm", _OWN_RPM, RPM, _sorted),
    Spelling("dpkg", "dpkg -l", DPKG, _dpkg),
    Spelling("powerpc", "lparstat -i", "lparstat -i"),
)
_RSCT: Final = (
    *(
        Spelling("powerpc", line, line)
        for line in ("lssrc -a", "lsrsrc IBM.MCP", "rmcdomainstatus -s ctrmc", "rmcdomainstatus -s ctrmc -a ip")
    ),
    Spelling("powerpc", "systemctl status ctrmc", UNITS, _status),
)
_NETWORK: Final = (
    Spelling("networking", "ip -o addr", "ip addr", _one_line),
    Spelling("networking", "ip -d address", "ip addr", _detailed),
    Spelling("networking", "ss -peaonmi", "ss -tuan", _sockets),
    Spelling("networking", "netstat -W -neopa", "ss -tuan", _netstat),
)
_ZONES: Final = Spelling("firewalld", "firewall-cmd --list-all-zones", "firewall-cmd --list-all-zones")
_PS: Final = (Spelling("process", "ps auxwww", PS, _aux(False)), Spelling("process", "ps auxwwwm", PS, _aux(True)))
_FROM_3: Final = (Spelling("filesys", "df -al -x autofs", SPACE, _df(False, False)),)
_OLD_INODES: Final = Spelling("filesys", "df -ali -x autofs", INODES, _df(False, True))
_NEW_INODES: Final = Spelling("filesys", "df -aliT -x autofs", INODES, _df(True, True))
_NFT: Final = Spelling("firewall_tables", "nft list ruleset", "nft list ruleset")
_NFT_A: Final = Spelling("firewall_tables", "nft -a list ruleset", "nft list ruleset", _handles)
_FROM_4_6: Final = (*_ALWAYS, *_RSCT, *_NETWORK, *_FROM_3, _ZONES, _PS[1])


class Release(NamedTuple):
    """What a release asks, and which files it copies."""

    asks: tuple[Spelling, ...]
    files: tuple[str, ...] = _FILES


_WITH_ID: Final = (*_FILES, "/etc/ct_node_id")
_WITH_SERVICES: Final = (*_WITH_ID, "/etc/services")
SOS: Final = {
    "3.2": Release(
        (
            *_ALWAYS,
            Spelling("networking", "ip address", "ip addr"),
            Spelling("networking", "netstat -neopa", "ss -tuan", _netstat),
            Spelling("filesys", "df -al", SPACE, _df(False, False)),
            Spelling("filesys", "df -ali", INODES, _df(False, True)),
            *_PS,
        )
    ),
    "4.0": Release((*_ALWAYS, *_NETWORK, *_FROM_3, _OLD_INODES, _NFT, _ZONES, *_PS)),
    "4.6": Release((*_FROM_4_6, _OLD_INODES, _NFT), _WITH_ID),
    "4.10 to 4.12": Release((*_FROM_4_6, _NEW_INODES, _NFT_A), _WITH_SERVICES),
}
SUPPORTUTILS: Final = Release(
    (
        *(Spelling("", line, line) for line in ("uname -a", "lparstat -i", "ip addr")),
        *_RSCT[:-1],
        Spelling("", "systemctl status ctrmc.service -l", UNITS, _status),
        Spelling("", "systemctl --no-pager list-unit-files", UNITS, _unit_files),
        Spelling("", "uptime", "/proc/uptime", _uptime),
        Spelling("", "df -i", INODES, _df(False, True)),
        Spelling("", "ps axwwo user,pid,ppid,%cpu,%mem,vsz,rss,stat,time,cmd", PS, _axwwo),
        Spelling("", "rpm -qa --last", RPM, _last),
        Spelling("", "ss -nap", "ss -tuan", _sockets_nap),
        _ZONES,
    ),
    (
        "/etc/os-release",
        "/proc/cpuinfo",
        "/etc/services",
        "/usr/etc/services",
        "/etc/cloud/cloud.cfg",
        "/etc/ct_node_id",
    ),
)


def held(evidence: Iterable[Evidence], release: Release) -> list[Evidence]:
    """The answers of a bundle that an archive of this release has too."""
    requests = {spelling.of for spelling in release.asks} | set(release.files)
    return [item for item in evidence if item.request in requests and item.state == "exit" and (item.damage is None)]


def printed(item: Evidence, spelling: Spelling) -> str:
    """The output in this spelling; of what printed nothing, nothing. Errors stand behind it."""
    lines = tuple(spelling.form(item.out.lines)) if item.out.lines else ()
    return "".join(f"{line}\n" for line in (*lines, *item.err.lines))


def asked(evidence: Iterable[Evidence], release: Release) -> Iterator[tuple[Spelling, Evidence]]:
    known = {item.request: item for item in evidence}
    return ((one, known[one.of]) for one in release.asks if one.of in known)


def sos_of(evidence: Iterable[Evidence], version: str) -> Files:
    """The report that this release of sos makes of a host with these answers."""
    release = SOS[version]
    known = held(evidence, release)
    files: Files = {f"{SOS_ROOT}/sos_reports/sos.txt": b""}
    commands = []
    for spelling, item in asked(known, release):
        path = f"sos_commands/{spelling.plugin}/{mangled(spelling.line)}"
        files[f"{SOS_ROOT}/{path}"] = printed(item, spelling).encode()
        status = 4 if "could not be found" in printed(item, spelling) else item.exit_status or 0
        commands.append(entry(spelling.line, path, status))
    for item in known:
        if item.argv[0] in release.files:
            files[f"{SOS_ROOT}{item.argv[0]}"] = raw(item)
    if version != "3.2":
        files[f"{SOS_ROOT}/sos_reports/manifest.json"] = manifest(commands)
    return files


def raw(item: Evidence) -> bytes:
    """A file as it was: a bundle shows NUL so."""
    return "".join(f"{line}\n" for line in item.out.lines).replace(r"\x00", "\0").encode()


def supportconfig_of(evidence: Iterable[Evidence]) -> Files:
    """The supportconfig of a host with these answers."""
    known = held(evidence, SUPPORTUTILS)
    answered = [
        section(COMMAND, f"/usr/bin/{one.line}", printed(item, one)) for one, item in asked(known, SUPPORTUTILS)
    ]
    ids = [item for item in known if item.argv == ("/etc/ct_node_id",)]
    copied = [section_of(item) for item in known if item.argv[0] in SUPPORTUTILS.files and item not in ids]
    return {
        f"{SCC_ROOT}/basic-environment.txt": topic(section(COMMAND, "/usr/bin/date", "Fri Nov 20 03:00:00 UTC 2026\n")),
        f"{SCC_ROOT}/hardware.txt": topic(*answered, *copied),
        **{f"{SCC_ROOT}/ppc64/ct_node_id": raw(item) for item in ids},
    }
