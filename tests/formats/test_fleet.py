"""A report of many targets takes as much memory as one of few."""

import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from rmccomply.formats import Frame, load
from rmccomply.formats._sarif.log import SarifFragment
from rmccomply.formats.sarif_github import PartFragment
from rmccomply.words import FORMATS
from tests.formats.fleet import RUN, closing, failing, style_of

ROOT = Path(__file__).parents[2]
MIB = 1 << 20
SHORT = ("csv-targets", "gitlab")
"""Formats that say little of a target."""
HEADED = ("sarif-github",)
"""Formats that say all of the rules several times."""
FITTED = ("junit", "github", "markdown")
"""Formats that are never larger than their readers take."""


def renamed(value: object, number: int) -> object:
    """What is said of target 0, said of another."""
    if isinstance(value, str):
        return value.replace("lpar00000", f"lpar{number:05}")
    if isinstance(value, PartFragment):
        rows = renamed(tuple(value.rows), number)
        assert isinstance(rows, tuple)
        return PartFragment(number, SarifFragment(*rows))
    if isinstance(value, tuple):
        make: Callable[[Iterable[object]], object] = getattr(type(value), "_make", tuple)
        return make(renamed(each, number) for each in value)
    return value


def peak_of(name: str, targets: int) -> tuple[int, int]:
    """Characters of the report, and the octets that the assembly took at most."""
    frame, written_as = Frame(RUN, style_of(name), 64), load(name.partition(":")[0])
    assembly, first = written_as.assembly(frame), written_as.fragment(failing(0), frame)
    tracemalloc.start()
    try:
        written = len(assembly.begin()) + sum(len(assembly.add(renamed(first, at))) for at in range(targets))
        written += sum(map(len, assembly.end(closing(targets))))
        return written, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        assembly.abandon()


GROWING = [*(name for name in FORMATS if name not in ("text", *FITTED)), "text:open", "text:all"]
"""What tells of each target at length."""


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", GROWING)
def test_memory_does_not_grow_with_the_targets(name: str) -> None:
    few, least = peak_of(name, 1_000)
    many, most = peak_of(name, 4_000)
    assert many > (3.7 if name in HEADED else 3.9) * few > (MIB if name in SHORT else 100 * MIB // 4)
    assert most - least < 3 * MIB
    assert most < 8 * MIB


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["text:open", "sarif", "html"])
def test_twenty_thousand_failing_targets_are_written_within_64_mib(name: str) -> None:
    command = [sys.executable, "-m", "tests.formats.fleet", name, "20000"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    octets, peak = map(int, done.stdout.split())
    assert octets > 500 * MIB
    assert peak < 64 * 1024


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["text:summary", "text:problems", "text:partitions", *FITTED])
def test_a_page_takes_as_much_memory_for_many_targets_as_for_few(name: str) -> None:
    _, least = peak_of(name, 1_000)
    _, most = peak_of(name, 8_000)
    assert most - least < 2 * MIB
    assert most < 6 * MIB
