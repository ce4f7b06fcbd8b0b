"""What a plain host answers on the files that tell of it while it does not run: few of them are there."""

from collections.abc import Callable, Mapping
from typing import Final

from rmccomply.collect.plan import Step, steps
from rmccomply.evidence.model import Evidence, request_text
from tests.hosts.building import answer, file
from tests.hosts.packet_filters import Given

PREFIXES: Final = ("boot.e", "boot.f", "cloud.", "kernel.", "ipv6.", "net.", "fw.", "rsct.", "odm.", "os.elf", "pkg.")
"""How identifiers of such requests begin; the tables of other answers go before this one."""
_ROWS: Final = "".join(
    f"-r-xr-xr-x    1 root     root        12345 Nov 02 08:15 {name}\n" for name in ("ctversion", "recfgct")
)
_SAYS: Final[Mapping[str, tuple[str, int, str]]] = {
    "ls -l /opt/rsct/install/bin": (f"total 24\n{_ROWS}", 0, ""),
    "od -An -tx1 -N20 /usr/bin/env": (" 7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00\n 03 00 15 00\n", 0, ""),
    "lslpp -Lcq devices.vdevice.IBM.vfc-client.rte": (
        "devices.vdevice.IBM.vfc-client:devices.vdevice.IBM.vfc-client.rte:7.2.5.200: : :C: :vfc: :0:0:/:2245\n",
        0,
        "",
    ),
    r"rpm -qa --qf %{NAME}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n": ("AIX-rpm\t7.2.5.203\t1\tppc\n", 0, ""),
    "odmget -q attribute=ghostdev CuAt": ("", 0, ""),
    "odmget -q attribute=clouddev CuAt": ("", 0, ""),
}


def of_files(platform: str) -> Mapping[str, Callable[[Given], Evidence]]:
    """The answers of a platform to these requests, by how evidence spells them."""
    asked = [step for step in steps(platform) if step.id.startswith(PREFIXES) and step.kind != "probe"]
    return {request_text(step.kind, step.argv): _answer(step) for step in asked if "*" not in step.argv[-1]}


def _answer(step: Step) -> Callable[[Given], Evidence]:
    if step.kind == "file":
        return lambda known: known.get(step.argv[0]) or file(step.argv[0], state="absent")
    missing = ("", 2, f"{step.argv[0]}: cannot access '{step.argv[-1]}': No such file or directory\n")
    nothing = ("", 1, "") if step.argv[:2] == ("grep", "-rns") else missing
    out, status, err = _SAYS.get(request_text("cmd", step.argv), nothing)
    return lambda known: (
        known.get(request_text("cmd", step.argv)) or answer("cmd", step.argv, out, err, exit_status=status)
    )
