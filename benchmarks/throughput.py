"""What a thousand partitions cost: `python -m benchmarks.throughput [--profile]`, from the top of a checkout.

`rmccomply check` of 1,000 constructed bundles to report JSON under all rules of rmc-core, beside `json.loads` of a list
of small objects of the same size in bytes: the least that any program in Python would pay to have that much data in
memory. Both are measured in one process and in turn, in CPU seconds; everything is imported and run once before. Three
fleets: healthy hosts of every kind, each of which answers all that the collector asks at the size of real systems;
since findings cost the same however long the answers are, one AIX partition with the rows that real systems print, and
with the few that tests have. A check may cost so many times `json.loads` as BOUNDS says. Last, the peak memory of a
process that checks 100 of them, and 1,000.
"""

import cProfile
import gc
import json
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Final

from rmccomply.__main__ import OBJECTS
from rmccomply.cli import run
from rmccomply.evidence.model import Evidence
from tests.hosts.building import LSLPP, LSSRC, NETSTAT, SERVICES, bundle, command, file, replaced
from tests.hosts.consoles import whole_aix
from tests.hosts.healthy import HEALTHY
from tests.hosts.whole import bundle_of

TARGETS: Final = 1000
ROUNDS: Final = 9
BOUNDS: Final = {"healthy hosts of every kind": 18, "as on real systems": 18, "as in the tests": 30}
"""How many times `json.loads` a check may cost: of bundles of the size of real systems, and of small ones."""
JUDGED: Final = frozenset({0, 1, 3})
"""Exit statuses of a fleet that was judged whole."""


def partition() -> list[Evidence]:
    """A healthy AIX partition with as many rows as such systems have: 64 subsystems, 37 filesets, 60 sockets."""
    subsystems = "".join(f" daemon{n:<10} group{n % 9:<11} {3000000 + n:<12} active\n" for n in range(58))
    filesets = LSLPP.format(level="3.2.6.2", state="C") + "".join(
        f"rsct.opt:rsct.opt.part{n}:3.2.6.2: : :C: :RSCT Optional Part {n}: : : : : : :1:0:/:2015\n" for n in range(36)
    )
    sockets = "".join(
        f"tcp4       0      0  10.0.1.1.{40000 + n}         10.0.2.{n}.1521          ESTABLISHED\n" for n in range(56)
    )
    services = "".join(f"service{n:<9}{1000 + n}/tcp\n" for n in range(200))
    return replaced(
        whole_aix(),
        command("lssrc -a", LSSRC + subsystems),
        command("lslpp -Lcq 'rsct.*'", filesets),
        command("netstat -an", NETSTAT + sockets),
        file("/etc/services", SERVICES + services),
    )


def kinds() -> Iterator[bytes]:
    """Bundles of healthy hosts of every kind, in turn."""
    numbered = enumerate(islice(cycle(HEALTHY.values()), TARGETS))
    return (bundle_of(host, filters, name=f"lpar{number:04d}") for number, (host, filters) in numbered)


def alike(healthy: list[Evidence]) -> Iterator[bytes]:
    """Bundles of one host, of which every tenth has ctrmc down."""
    down = LSSRC.replace("5439966      active", "             inoperative")
    failing = replaced(healthy, command("lssrc -a", down))
    return (bundle(healthy if number % 10 else failing, f"lpar{number:04d}") for number in range(TARGETS))


def write_bundles(folder: Path, bundles: Iterable[bytes]) -> int:
    """The fleet as files. Returns its size in bytes."""
    folder.mkdir()
    return sum((folder / f"lpar{number:04d}.rmcc").write_bytes(data) for number, data in enumerate(bundles))


def objects(size: int) -> str:
    """A JSON list of small objects, `size` bytes long or a little more."""
    row = {"name": "ctrmc", "group": "rsct", "pid": 5439966, "status": "active", "line": 53}
    count = size // (len(json.dumps(row)) + 2) + 1
    return json.dumps([row | {"pid": 1_000_000 + number} for number in range(count)])


def cpu(work: Callable[[], object]) -> float:
    """The CPU seconds of a call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(work: Path, name: str, bundles: Iterable[bytes], profile: bool) -> None:
    """Measure one fleet and print; with `profile` the thirty functions that cost most."""
    fleet = work / name
    text = objects(write_bundles(fleet, bundles))

    def check() -> None:
        if run(["check", str(fleet), "-o", f"json={work / 'report.json'}", "--root-uri", str(work)]) not in JUDGED:
            raise SystemExit("the fleet was not judged")

    check()
    times = [(cpu(check), cpu(lambda: json.loads(text))) for _ in range(ROUNDS)]
    ratios = sorted(ours / floor for ours, floor in times)
    ours, floor = (median(column) for column in zip(*times, strict=True))
    print(f"{name}: {len(text) / TARGETS / 1000:.1f} kB a bundle")
    print(f"  check       {TARGETS / ours:7.0f} targets/s, {1e6 * ours / TARGETS:.0f} us a target")
    print(f"  json.loads  {1e6 * floor / TARGETS:.0f} us a target")
    verdict = "holds" if median(ratios) <= BOUNDS[name] else "EXCEEDED"
    print(f"  ratio       {median(ratios):.1f} [{ratios[0]:.1f} {ratios[-1]:.1f}]   bound {BOUNDS[name]}: {verdict}")
    if profile:
        profiler = cProfile.Profile()
        profiler.runcall(check)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


def peak(inputs: list[Path], report: Path) -> int:
    """The peak memory of a process that checks these bundles, in KiB."""
    return peak_of(["check", *map(str, inputs), "-o", f"json={report}"])


def peak_of(arguments: list[str]) -> int:
    """The peak memory of a process that runs the program with these arguments, in KiB.

    As Linux tells it in `VmHWM`: what `getrusage` tells includes the parent's memory at the time of the fork.
    """
    code = (
        "import sys; from rmccomply.cli import run; run(sys.argv[1:]); "
        "print(*(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return int(ran.stdout)


def main(profile: bool) -> None:
    """Measure the fleets, then the memory. Both sides look for cycles of objects as seldom as the command does."""
    gc.set_threshold(OBJECTS)
    fleets = {
        "healthy hosts of every kind": kinds(),
        "as on real systems": alike(partition()),
        "as in the tests": alike(whole_aix()),
    }
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for fleet, bundles in fleets.items():
            measure(work, fleet, bundles, profile)
        paths = sorted((work / "healthy hosts of every kind").iterdir())
        few, many = (peak(paths[:count], work / "report.json") for count in (100, TARGETS))
        print(f"peak memory: {few / 1024:.0f} MiB for 100 targets, {many / 1024:.0f} MiB for {TARGETS}")


if __name__ == "__main__":
    main("--profile" in sys.argv[1:])
