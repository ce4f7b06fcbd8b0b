"""What it costs to test the shipped policies: `python -m benchmarks.policy_tests`, from the top of a checkout.

`rmccomply policy test POLICY CASES --mutate --inherited` of each policy that has cases in `tests/policies/cases`, each
as a process of its own, one after the other. All of them together may take five minutes.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

CASES: Final = Path(__file__).parents[1] / "tests" / "policies" / "cases"
ENDING: Final = ".cases.toml"
BOUND: Final = 300
"""Seconds."""


class Tested(NamedTuple):
    """A policy that was tested: the seconds that it took, and the last line of what was said."""

    policy: str
    seconds: float
    says: str


def tested() -> Iterator[Tested]:
    """Every policy with cases, tested."""
    for path in sorted(CASES.glob(f"*{ENDING}")):
        policy = path.name.removesuffix(ENDING)
        command = [sys.executable, "-m", "rmccomply", "policy", "test", policy, str(path), "--mutate", "--inherited"]
        begun = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        yield Tested(policy, time.perf_counter() - begun, done.stdout.rstrip("\n").rpartition("\n\n")[2])


def main() -> int:
    """Print what each takes, and all of them beside the bound."""
    found = list(tested())
    for one in found:
        sys.stdout.write(f"{one.policy:<16} {one.seconds:6.1f} s  {' '.join(one.says.split())}\n")
    whole = sum(one.seconds for one in found)
    sys.stdout.write(f"{'all':<16} {whole:6.1f} s  of {BOUND} s\n")
    return 0 if whole <= BOUND else 1


if __name__ == "__main__":
    sys.exit(main())
