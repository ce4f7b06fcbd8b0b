"""What reports for pipelines cost: `python -m benchmarks.formats`, from the top of a checkout.

Each beside the format that it may cost no more than (PAIRS), in one process and in turn, in CPU seconds: fragments and
their assembly, of targets that were judged before. Two fleets: hosts that fail each of 200 rules, where nothing is left
out, and hosts as rmc-core finds them, of which every tenth has ctrmc down.
"""

import gc
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.throughput import alike, cpu, partition
from rmccomply.__main__ import OBJECTS
from rmccomply.formats import Frame, load
from rmccomply.report import Assessed, Closing, Style
from rmccomply.runs.check import check
from tests.formats import large

ROUNDS: Final = 9
HOSTS: Final = 60
PAIRS: Final = (("sarif-github", "sarif-all"), ("junit", "sarif-all"), ("markdown", "sarif"))
OTHERS: Final = (("gitlab", "sarif"), ("github", "sarif"))
"""Formats without a bound, for comparison."""
NOW: Final = "2026-11-20T04:00:00Z"


def write(name: str, frame: Frame, items: Sequence[Assessed], closing: Closing) -> int:
    """The report; returns its characters."""
    written = load(name)
    assembly = written.assembly(frame)
    try:
        count = len(assembly.begin()) + sum(len(assembly.add(written.fragment(item, frame))) for item in items)
        return count + sum(map(len, assembly.end(closing)))
    finally:
        assembly.abandon()


def measure(title: str, frame: Frame, items: Sequence[Assessed], closing: Closing, rounds: int) -> None:
    """Measure one fleet and print the ratio of each pair, with the least and the most."""
    print(f"{title}: {len(items)} hosts, {sum(len(item.findings) for item in items)} findings")
    for name, other in (*PAIRS, *OTHERS):
        sizes = [write(one, frame, items, closing) for one in (name, other)]
        times = [[cpu(partial(write, one, frame, items, closing)) for one in (name, other)] for _ in range(rounds)]
        ratios = sorted(ours / theirs for ours, theirs in times)
        told = f"{median(ratios):.2f} [{ratios[0]:.2f} {ratios[-1]:.2f}]"
        bound = "" if (name, other) in OTHERS else f"   bound 1: {'holds' if median(ratios) <= 1 else 'EXCEEDED'}"
        print(f"  {name:<13} of {other:<10} {told}   {sizes[0] / 1e6:.1f} and {sizes[1] / 1e6:.1f} MB{bound}")


def main(rounds: int = ROUNDS, hosts: int = HOSTS) -> None:
    """Measure both fleets. All look for cycles of objects as seldom as the command does."""
    gc.set_threshold(OBJECTS)
    frame = Frame(large.RUN, Style())
    measure("all fail", frame, [*large.hosts(hosts)], large.closing(hosts), rounds)
    with tempfile.TemporaryDirectory() as name:
        for number, data in zip(range(hosts), alike(partition()), strict=False):
            (Path(name) / f"lpar{number:04d}.rmcc").write_bytes(data)
        checked = check([name], now=NOW, root=name)
    measure("as found", Frame(checked.run, Style()), checked.targets, checked.closing, rounds)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
