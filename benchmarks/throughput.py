"""What a thousand partitions cost: `python -m benchmarks.throughput [--profile]`, from the top of a checkout.

`rmccomply check` of 1,000 constructed bundles to report JSON, beside `json.loads` of a list of small objects of the
same size in bytes: the least that any program in Python would pay to have that much data in memory. Both are measured
in one process and in turn, in CPU seconds; everything is imported and run once before.
"""

import cProfile
import json
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

from rmccomply.cli import run
from tests.building import LSSRC, bundle, command, healthy_aix, replaced

TARGETS: Final = 1000
ROUNDS: Final = 3


def write_bundles(folder: Path) -> int:
    """A fleet of which every tenth partition has ctrmc down. Returns its size in bytes."""
    healthy = healthy_aix()
    failing = replaced(healthy, command("lssrc -a", LSSRC.replace("5439966      active", "             inoperative")))
    size = 0
    for number in range(TARGETS):
        content = bundle(failing if number % 10 == 0 else healthy, f"lpar{number:04d}")
        (folder / f"lpar{number:04d}.rmcc").write_bytes(content)
        size += len(content)
    return size


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


def main(profile: bool) -> None:
    """Measure and print; with `profile` the thirty functions that cost most."""
    with tempfile.TemporaryDirectory() as name:
        fleet, report = Path(name) / "fleet", Path(name) / "report.json"
        fleet.mkdir()
        text = objects(write_bundles(fleet))

        def check() -> None:
            if run(["check", str(fleet), "-o", f"json={report}", "--root-uri", name]) != 1:
                raise SystemExit("the fleet was not judged as it was built")

        check()
        times = [(cpu(check), cpu(lambda: json.loads(text))) for _ in range(ROUNDS)]
        ratios = sorted(ours / floor for ours, floor in times)
        ours, floor = (median(column) for column in zip(*times, strict=True))
        print(f"check       {TARGETS / ours:7.0f} targets/s, {1e6 * ours / TARGETS:.0f} us a target")
        print(f"json.loads  {len(text) / 1e6:.1f} MB, {1e6 * floor / TARGETS:.0f} us a target")
        print(f"ratio       {median(ratios):.1f} [{ratios[0]:.1f} {ratios[-1]:.1f}]")
        if profile:
            profiler = cProfile.Profile()
            profiler.runcall(check)
            pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main("--profile" in sys.argv[1:])
