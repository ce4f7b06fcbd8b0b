"""Fleets: bundles of any number of partitions with planted faults, and what was planted; the same for the same seed.

    fleet = written(tmp_path / "fleet", 500, "mixed", seed=7)
    check(fleet.folder, now=NOW)     of tests.hosts.building: all of it was collected an hour before
    fleet.targets                    labels, in the order of a report
    fleet.planted["lpar0007"]        names of FAULTS and GAPS; () is a healthy one
    fleet.failing["RMC-FS-001"]      the labels on which this rule fails; a rule that is not there fails nowhere
    fleet.undecided                  what is unknown: UndecidedKey to (checks, targets), as `undecided.rows` takes it
    fleet.labels                     wave and site of each target, as a labels file has them

`KINDS` are the mixtures: "healthy", "one" (one kind of fault, on some), "several" (up to three a target), "undecided"
(nothing fails) and "mixed" (all of these). Every partition is one of `BASES`, with a name, serial, partition id, node
ID and addresses of its own. A bundle has what a reader looks at, some 17 kB: 5,000 are written in 12 seconds, of 90 MB.

    python -m tests.fleets FOLDER TARGETS KIND [SEED]
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Final, Literal, NamedTuple, get_args

from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Evidence
from rmccomply.undecided import UndecidedKey, group_of
from rmccomply.words import NextStep, Reason
from tests.hosts import whole_rsct
from tests.hosts.answers import ON_DEMAND, lssrc, netstat_an, ps_aix, ps_linux, ss
from tests.hosts.building import THEN, command, file, replaced, sections, without
from tests.hosts.cases import units
from tests.hosts.generations import HOSTS, NO_CONSOLE
from tests.hosts.parts import DF_LINUX, LOCAL, RMC
from tests.hosts.story_answers import DOWN, FULL, NO_DAEMON, NO_POINT, OTHER_ID, hanging
from tests.hosts.whole import given

Kind = Literal["healthy", "one", "several", "undecided", "mixed"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
BASES: Final = (*["aix-7.3"] * 5, "vios-4.1", "rhel-9", "rhel-9", "sles-15", "ubuntu-22.04")
"""Healthy hosts of the current generation, as often as a fleet has them."""
SYSTEMS: Final = {"aix": "AIX", "vios": "VIOS", "linux": "Linux"}
Groups = Mapping[tuple[NextStep, Reason, str], int]


class Plant(NamedTuple):
    """What answers otherwise on a host, by its platform; the rules that fail then; and how many checks are unknown."""

    answers: Callable[[str], list[Evidence]]
    fails: tuple[str, ...] = ()
    unknown: Groups = {}
    on_vios: Groups | None = None
    drops: tuple[str, ...] = ()


def _df(aix: Evidence, linux: Evidence) -> Callable[[str], list[Evidence]]:
    return lambda platform: [linux if platform == "linux" else aix]


def _lssrc(platform: str, active: tuple[str, ...], stopped: tuple[str, ...]) -> Evidence:
    return lssrc("linux" if platform == "linux" else "aix", active, (*stopped, *ON_DEMAND))


def _no_session(platform: str, *, listens: bool = True) -> Evidence:
    return ss(LOCAL, listens=listens) if platform == "linux" else netstat_an(LOCAL, listens=listens)


def _rmc_down(platform: str) -> list[Evidence]:
    stopped = (
        [ps_linux(runs=False), units(active="inactive", sub="dead")]
        if platform == "linux"
        else [ps_aix("/usr/sbin/cron")]
    )
    asked = ("rmcdomainstatus -s ctrmc", "rmcdomainstatus -s ctrmc -a ip", "lsrsrc IBM.MCP", "lsrpdomain")
    return [
        _lssrc(platform, (), RMC),
        _no_session(platform, listens=False),
        *stopped,
        *(command(line, "", 1, NO_DAEMON) for line in asked),
    ]


_FULL: Final = _df(
    FULL, command("df -kPT /var /tmp /", DF_LINUX.replace("6822712  24618188      22%", "31440900 0 100%"))
)
_NO_DF: Final = _df(
    *(command(f"df {flags} /var /tmp /", "", 1, "df: /var: There is no such file.\n") for flags in ("-k", "-kPT"))
)
_FIRST: Final = "fix_first"
_NO_MCP: Final[Groups] = {(_FIRST, "failed", "RMC-MCP-001"): 2}
FAULTS: Final[dict[str, Plant]] = {
    "/var is full": Plant(_FULL, ("RMC-FS-001", "RMC-FS-003")),
    "node IDs differ": Plant(lambda _: [file("/etc/ct_node_id", f"{OTHER_ID}\n")], ("RMC-ID-001",)),
    "RMC is down": Plant(
        _rmc_down,
        ("RMC-SUB-001", "RMC-SUB-002", "RMC-SUB-004"),
        {(_FIRST, "failed", "RMC-SUB-001"): 20},
        {(_FIRST, "failed", "RMC-SUB-001"): 18},
    ),
    "console is down": Plant(
        lambda platform: [*DOWN, _no_session(platform)], ("RMC-DOM-001", "RMC-DOM-002", "RMC-NET-002")
    ),
    "no console": Plant(
        lambda platform: [*NO_POINT, NO_CONSOLE, _no_session(platform)],
        ("RMC-DOM-001", "RMC-MCP-001"),
        {**_NO_MCP, ("declare", "inconclusive", ""): 2},
        _NO_MCP,
    ),
    "IBM.DRM is down": Plant(lambda platform: [_lssrc(platform, (*RMC[:2], *RMC[3:]), RMC[2:3])], ("RMC-SUB-003",)),
}
"""Faults that fail."""
GAPS: Final[dict[str, Plant]] = {
    "never collected": Plant(
        lambda _: [], unknown={("collect", "not_collected", ""): 2}, drops=("ctsvhbac", "lsnodeid")
    ),
    "denied": Plant(
        lambda _: [command("ctsvhbac", "", 1, "ctsvhbac: 2602-210 Access was denied due to file permissions.\n")],
        unknown={("as_root", "denied", ""): 1},
    ),
    "hung": Plant(lambda _: [hanging("lsrsrc IBM.MCP")], unknown={("look", "timeout", ""): 8}),
    "failed": Plant(_NO_DF, unknown={("look", "failed", ""): 3}),
}
"""What leaves checks unknown, and fails none."""
PLANTS: Final = FAULTS | GAPS
_ALONE: Final = ("/var is full", "node IDs differ")
"""Faults that go with any other and change nothing of it."""
_OF_RMC: Final = tuple(name for name in FAULTS if name not in _ALONE)


class Fleet(NamedTuple):
    """What was written, and what was planted."""

    folder: Path
    targets: tuple[str, ...]
    planted: Mapping[str, tuple[str, ...]]
    failing: Mapping[str, frozenset[str]]
    undecided: Mapping[UndecidedKey, tuple[int, int]]
    labels: Mapping[str, Mapping[str, str]]
    bases: Mapping[str, str]


def written(folder: Path, targets: int, kind: Kind, seed: int = 0) -> Fleet:
    """A fleet of this mixture in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    of_all = random.choice(list(FAULTS))
    bases: dict[str, str] = {}
    planted: dict[str, tuple[str, ...]] = {}
    failing: dict[str, set[str]] = {}
    undecided: dict[UndecidedKey, tuple[int, int]] = {}
    for number in range(targets):
        name, base = f"lpar{number:04}", random.choice(BASES)
        bases[name] = base
        planted[name] = plants = _plants(kind, of_all, random)
        (folder / f"{name}.rmcc").write_bytes(bundle(base, plants, name, number))
        for rule in (rule for one in plants for rule in PLANTS[one].fails):
            failing.setdefault(rule, set()).add(name)
        for key, checks in unknown_of(base, plants).items():
            before = undecided.get(key, (0, 0))
            undecided[key] = (before[0] + checks, before[1] + 1)
    labels = {name: {"wave": str(at % 4 + 1), "site": ("north", "south")[at % 2]} for at, name in enumerate(planted)}
    return Fleet(
        folder,
        tuple(planted),
        planted,
        {rule: frozenset(names) for rule, names in sorted(failing.items())},
        undecided,
        labels,
        bases,
    )


def _plants(kind: Kind, of_all: str, random: Random) -> tuple[str, ...]:
    """What one target has; of each mixture but the healthy one a third has nothing."""
    if kind == "healthy" or random.random() < 1 / 3:
        return ()
    if kind == "one":
        return (of_all,)
    if kind == "undecided" or (kind == "mixed" and random.random() < 0.5):
        gap = random.choice(list(GAPS))
        return (gap, "/var is full") if kind == "mixed" and gap != "failed" and random.random() < 0.3 else (gap,)
    faults = tuple(name for name in _ALONE if random.random() < 0.4)
    return (*faults, random.choice(_OF_RMC)) if not faults or random.random() < 0.6 else faults


def unknown_of(base: str, plants: tuple[str, ...]) -> dict[UndecidedKey, int]:
    """What is unknown on a host of this base with these plants, by what settles it."""
    vios = HOSTS[base].platform == "vios"
    found: dict[UndecidedKey, int] = {}
    for one in (PLANTS[name] for name in plants):
        groups = one.on_vios if vios and one.on_vios is not None else one.unknown
        for (step, reason, first), checks in groups.items():
            key = group_of(step, reason, first, "vios" if vios else "root")
            found[key] = found.get(key, 0) + checks
    return found


def evidence(base: str, plants: tuple[str, ...]) -> list[Evidence]:
    """The answers of a host with these plants."""
    host = HOSTS[base]
    folders = whole_rsct.ANSWERS["ls -l /var/ct"](given(host))
    others = [item for name in plants for item in PLANTS[name].answers(host.platform)]
    return without(
        replaced([*host.evidence, folders], *others), *(line for name in plants for line in PLANTS[name].drops)
    )


@cache
def _sections(base: str, plants: tuple[str, ...]) -> tuple[Section, ...]:
    return tuple(sections(evidence(base, plants)))


def bundle(base: str, plants: tuple[str, ...], name: str, number: int) -> bytes:
    """The bundle of one partition, with names and numbers of its own."""
    own = _own(base, name, number)
    found = [replace(one, out=_replaced(one.out, own)) for one in _sections(base, plants)]
    head = {"collector": "1", "profile": "full", "mode": "live", "host": name, "utc": THEN}
    return write_bundle(head | {"os": SYSTEMS[HOSTS[base].platform]}, found, THEN)


def _replaced(text: bytes, own: tuple[tuple[bytes, bytes], ...]) -> bytes:
    for old, new in own:
        text = text.replace(old, new)
    return text


@cache
def _node_id(base: str) -> str:
    return next(item.out.lines[0] for item in HOSTS[base].evidence if item.request == "lsnodeid")


def _own(base: str, name: str, number: int) -> tuple[tuple[bytes, bytes], ...]:
    """What is replaced: sixteen partitions share a machine; a partition of number 1 may be all of its machine."""
    machine, partition = divmod(number, 16)
    pairs = (
        ("11 node11", f"{partition + 2} {name}"),
        ("partition_id=11", f"partition_id={partition + 2}"),
        ("node11", name),
        ("F7E410", f"A{machine:05X}"),
        ("8C4410", f"B{machine:05X}"),
        (_node_id(base), f"{number + 0x5A00000000000000:016x}"),
        (OTHER_ID, f"{number + 0x7B00000000000000:016x}"),
        ("10.1.4.", f"10.{16 + number // 250}.{number % 250}."),
    )
    return tuple((old.encode(), new.encode()) for old, new in pairs)


if __name__ == "__main__":
    where, count, mixture, *rest = sys.argv[1:]
    written(Path(where), int(count), next(kind for kind in KINDS if kind == mixture), int(*rest or "0"))
