"""What a gate on one image costs: `python -m benchmarks.gate BUNDLE [ROUNDS]`, from the top of a checkout.

`rmccomply check -p image-gate` of a bundle beside `check -p rmc-core` of the same one, in turn, in CPU seconds of whole
processes: at most 1.2 times.
"""

import sys
from pathlib import Path
from typing import Final

from benchmarks.startup import EXAMPLE, ROUNDS, Pair, measured

BOUND: Final = 1.2


def main(bundle: Path, rounds: int) -> None:
    """Measure and print."""
    check = (sys.executable, "-m", "rmccomply", "check", "--config", "none", "--exit-zero", "-p")
    pair = Pair("gate", (*check, "image-gate", str(bundle)), (*check, "rmc-core", str(bundle)), BOUND)
    print(measured(pair, rounds), flush=True)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE,
        int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS,
    )
