"""What RSCT answers on every platform in the collector's forms, and what a user who is not root is told."""

from collections.abc import Callable, Mapping
from typing import Final

from rmccomply.collect.plan import Step
from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, file
from tests.hosts.bulk import cloud_lines, log_lines
from tests.hosts.consoles import CLOUD_LOG, CLOUD_OUTPUT, TAIL
from tests.hosts.packet_filters import Given

_OLD_LOG: Final = "/var/ct/IW/log/mc/IBM.MgmtDomainRM.default"
_LONG: Final = """\
Subsystem         Group            PID          Status
 ctrmc            rsct             {pid:12} active
Trace flags are set:
  _SEM Common Trace   = 1
  _SEU Common Trace   = 0
"""


def local_addresses(known: Given) -> list[str]:
    """The addresses by which the consoles know the host, as `lsrsrc IBM.MCP` has them; else that of `ctsvhbac`."""
    lines = [line for line in known["ctsvhbac"].out.lines if "Identity" in line]
    return [line.partition(":")[2].strip() for line in lines]


def _identities(known: Given) -> Evidence:
    rows = "".join(f"          Identity:  {one}\n\n" for one in local_addresses(known))
    return command(
        "ctsvhbal",
        "ctsvhbal: The Host Based Authentication (HBA) mechanism identities for\nthe local system are:\n\n"
        f"{rows}ctsvhbal: In order for remote authentication to be successful, at least one\nof the above identities "
        "for the local system must appear in the trusted host\nlist on the remote node where a service application "
        "resides.\n",
    )


def _long_status(known: Given) -> Evidence:
    row = next(line.split() for line in known["lssrc -a"].out.lines if line.startswith(" ctrmc "))
    return command("lssrc -ls ctrmc", _LONG.format(pid=row[2]))


def _in_band(known: Given) -> Evidence:
    line = "lssrc -ls mcproxy"
    return known.get(line) or command(line, "", 1, "0513-085 The mcproxy Subsystem is not on file.\n")


def _log(known: Given) -> Evidence:
    """Of a member of a cluster the log is in the folder of the cluster."""
    return command(TAIL, log_lines()) if TAIL in known else file(TAIL.split()[-1], state="absent")


def _cloud(path: str) -> Callable[[Given], Evidence]:
    """A log of cloud-init among the lines of its other modules, if there is one."""

    def found(known: Given) -> Evidence:
        item = known[path]
        if item.state == "absent":
            return item
        return file(path, "\n".join([*cloud_lines(), *item.out.lines, *cloud_lines(100)]) + "\n")

    return found


def _folders(known: Given) -> Evidence:
    """What stands below /var/ct: the folder of a cluster where there is one."""
    cluster = next((one.split("/")[3] for one in known if "/var/ct/" in one and one.split("/")[3].isdigit()), "")
    row = "drwxr-xr-x    6 root     system          256 Nov 02 08:15 {}\n"
    return command("ls -l /var/ct", "total 8\n" + "".join(map(row.format, filter(None, (cluster, "IW", "cfg")))))


ANSWERS: Final[Mapping[str, Callable[[Given], Evidence]]] = {
    "ctsvhbal": _identities,
    "lssrc -ls ctrmc": _long_status,
    "lssrc -ls mcproxy": _in_band,
    "lsrpnode": lambda known: known.get("lsrpnode") or command("lsrpnode", ""),
    CLOUD_LOG: _cloud(CLOUD_LOG),
    CLOUD_OUTPUT: _cloud(CLOUD_OUTPUT),
    TAIL: _log,
    "ls -l /var/ct": _folders,
    f"tail -n 200 {_OLD_LOG}": lambda _: file(_OLD_LOG, state="absent"),
}

_DENIED: Final = {
    "rmcdomainstatus": (1, "rmcdomainstatus: 2610-418 Permission is denied.\n"),
    "ctsthl": (1, "ctsthl: 2610-418 Permission denied.\n"),
    "ctsvhbac": (1, "ctsvhbac: 2610-418 Permission denied.\n"),
    "lsfilt": (1, "lsfilt: Permission denied.\n"),
    "emgr": (1, "0645-001 emgr: Only the root user can run this command.\n"),
    "firewall-cmd": (
        253,
        "Authorization failed.\n    Make sure polkit agent is running or run the application as superuser.\n",
    ),
    "nft": (
        1,
        "netlink: Error: cache initialization failed: Operation not permitted\n",
    ),
    "iptables-save": (4, "Fatal: can't open lock file /run/xtables.lock: Permission denied\n"),
    "ip6tables-save": (4, "Fatal: can't open lock file /run/xtables.lock: Permission denied\n"),
}
"""What commands say to a user who is not root."""
_UNREADABLE: Final = ("/var/log/cloud-init", "/var/ct/")


def refused(step: Step, item: Evidence) -> Evidence:
    """The answer of this request to a user who is not root."""
    name = step.argv[-1 if step.argv[0] == "tail" else 0]
    if name in _DENIED and item.state == "exit" and step.root != "no":
        status, says = _DENIED[name]
        return command(item.request, "", status, says)
    if step.root != "no" and name.startswith(_UNREADABLE) and item.state != "absent":
        return file(name, state="unreadable")
    return item
