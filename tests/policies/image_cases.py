"""Cases of image-gate: roots and running systems, with one thing changed, and what a rule says of it."""

from rmccomply.evidence.model import Evidence
from tests.hosts import image_files, roots
from tests.hosts.building import command, file
from tests.hosts.cases import broken
from tests.hosts.image_files import SYSCTLS, listed, of, row
from tests.hosts.roots import CFG, NODE_ID, Root

ROOT = "a root of Linux"
ROOT_AIX = "a root of AIX"
OTHER, TWIN = "another system", "a system with the node ID of the root"
FOLDERS = "ls -l /var/ct"
AIX_BASE = "/opt/freeware/etc/cloud/cloud.cfg"
GOOD, GOOD_AIX = roots.linux(), roots.aix()
MKSYSB = {"route": "powervs-mksysb"}


def linux() -> list[Evidence]:
    return of(image_files.rhel(), *GOOD.evidence())


def aix() -> list[Evidence]:
    return of(image_files.aix(), *GOOD_AIX.evidence())


def node(text: str) -> list[Evidence]:
    return [file("/etc/ct_node_id", text), file("/var/ct/cfg/ct_node_id", text)]


BASES = {
    ROOT: ("linux", linux),
    ROOT_AIX: ("aix", aix),
    OTHER: ("linux", lambda: node("9f684c509e74d650\n")),
    TWIN: ("linux", lambda: node(NODE_ID)),
    "nothing is known": ("", list[Evidence]),
}
ROOTS = (ROOT, ROOT_AIX)


def changed(good: Root, other: Root) -> list[Evidence]:
    """The answers of another root that the good one does not give."""
    return [item for item in other.evidence() if item not in good.evidence()]


NO_RESET = GOOD.having({"/etc/cloud/cloud.cfg": CFG.replace("  - reset_rmc\n", "")})
NO_RESET_AIX = GOOD_AIX.having({AIX_BASE: GOOD_AIX.files[AIX_BASE].replace(" - reset-rmc\n", "")})
COPIED, COPIED_AIX = changed(GOOD, NO_RESET), changed(GOOD_AIX, NO_RESET_AIX)
SITE = f"{SYSCTLS[0]}/60-site.conf"
NO_IPV6 = [
    listed(SYSCTLS[0], "60-site.conf", **{"99-sysctl.conf": "../sysctl.conf"}),
    file(SITE, "net.ipv6.conf.all.disable_ipv6 = 1\n"),
]


def folders(*names: str) -> Evidence:
    return command(FOLDERS, "total 4\n" + "".join(row(name, "d") for name in names))


def cluster0(attribute: str) -> Evidence:
    value = "8d0f3c52-77aa-11f0-9c1e-b8cef6012d03"
    text = f'\nCuAt:\n\tname = "cluster0"\n\tattribute = "{attribute}"\n\tvalue = "{value}"\n\ttype = "R"\n'
    return command("odmget -q name=cluster0 CuAt", text)


def sys0(**values: str) -> list[Evidence]:
    return [
        command(
            f"odmget -q attribute={name} CuAt",
            f'\nCuAt:\n\tname = "sys0"\n\tattribute = "{name}"\n\tvalue = "{value}"\n',
        )
        for name, value in values.items()
    ]


Case = tuple[str, str, list[Evidence], str, dict[str, str], str]
CASES: list[Case] = [
    # base, rule, answers that are others, result, parameters, what it is compared with
    (ROOT, "RMC-IMG-001", [], "pass", {}, ""),
    (ROOT_AIX, "RMC-IMG-001", [], "pass", {}, ""),
    (ROOT, "RMC-IMG-001", changed(GOOD, GOOD.lacking("/etc/ct_node_id")), "fail", {}, ""),
    (ROOT, "RMC-IMG-001", COPIED, "fail", {}, ""),
    (ROOT_AIX, "RMC-IMG-001", COPIED_AIX, "fail", {}, ""),
    (ROOT, "RMC-IMG-001", changed(GOOD, NO_RESET.lacking("/etc/ct_node_id")), "unknown", {}, ""),
    (ROOT, "RMC-IMG-001", COPIED, "not_applicable", MKSYSB, ""),
    (ROOT, "RMC-IMG-002", COPIED, "pass", {}, ""),
    (ROOT_AIX, "RMC-IMG-002", COPIED_AIX, "pass", {}, ""),
    ("Linux", "RMC-IMG-002", NO_RESET.evidence(), "fail", {}, ""),
    (ROOT, "RMC-IMG-002", [*COPIED, folders("cfg", "IW")], "unknown", {}, ""),
    ("Linux", "RMC-IMG-002", GOOD.evidence(), "not_applicable", {}, ""),
    (ROOT, "RMC-IMG-003", [], "pass", {}, ""),
    (ROOT_AIX, "RMC-IMG-003", [], "pass", {}, ""),
    ("VIOS", "RMC-IMG-003", [cluster0("clvdisk")], "fail", {}, ""),
    (ROOT, "RMC-IMG-003", [folders("cfg", "3406259031")], "fail", {}, ""),
    (ROOT_AIX, "RMC-IMG-003", [cluster0("node_uuid")], "fail", {}, ""),
    (ROOT, "RMC-IMG-003", [broken(folders("cfg"), "denied")], "unknown", {}, ""),
    (ROOT, "RMC-IMG-004", [], "pass", {}, ""),
    (ROOT, "RMC-IMG-004", NO_IPV6, "fail", {}, ""),
    (ROOT, "RMC-IMG-004", [broken(NO_IPV6[0], "denied")], "unknown", {}, ""),
    (ROOT, "RMC-IMG-005", [], "pass", {}, ""),
    (ROOT_AIX, "RMC-IMG-005", [], "pass", {}, ""),
    (ROOT, "RMC-IMG-005", changed(GOOD, GOOD.having({"/var/lib/cloud/instances/i-1/obj.pkl": ""})), "fail", {}, ""),
    (ROOT, "RMC-IMG-005", [broken(command("ls -lR /var/lib/cloud", ""), "denied")], "unknown", {}, ""),
    (ROOT, "RMC-IMG-006", [*COPIED, *node(NODE_ID)], "pass", {}, OTHER),
    (ROOT_AIX, "RMC-IMG-006", [*COPIED_AIX, *node(NODE_ID)], "pass", {}, OTHER),
    ("VIOS", "RMC-IMG-006", [], "pass", {}, TWIN),
    (ROOT, "RMC-IMG-006", [*COPIED, *node(NODE_ID)], "fail", {}, TWIN),
    (ROOT, "RMC-IMG-006", [*COPIED, *node(NODE_ID)], "unknown", {}, "nothing is known"),
    (ROOT, "RMC-IMG-006", COPIED, "not_applicable", {}, ""),
    (ROOT_AIX, "RMC-IMG-007", sys0(ghostdev="0", clouddev="1"), "pass", {}, ""),
    (ROOT_AIX, "RMC-IMG-007", sys0(ghostdev="1", clouddev="1"), "fail", {}, ""),
    (ROOT_AIX, "RMC-IMG-007", sys0(ghostdev="0", clouddev="0"), "fail", {}, ""),
    (ROOT_AIX, "RMC-IMG-007", sys0(ghostdev="yes", clouddev="1"), "unknown", {}, ""),
]
