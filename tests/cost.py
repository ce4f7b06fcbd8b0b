"""What a run of the program costs: time, memory and output, of a process of its own."""

import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

MEASURED: Final = """\
import sys, time
from rmccomply.cli import run
status = run(sys.argv[1:])
sys.stdout.flush()
# Not what getrusage tells: there Linux counts the memory of the parent, the test run, at the time of the fork.
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(f"\\n{time.process_time()} {peak}", file=sys.stderr)
sys.exit(status)
"""


class Cost(NamedTuple):
    """How a run ended, what it printed, its processor time in seconds, and the most memory that it had, in MiB."""

    status: int
    out: bytes
    err: bytes
    seconds: float
    mebibytes: int


def cost(folder: Path, *arguments: str) -> Cost:
    """Run the program in this folder. Raises: TimeoutExpired after two minutes."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments], cwd=folder, capture_output=True, check=False, timeout=120
    )
    assert b"Traceback" not in done.stderr, done.stderr
    *err, told = done.stderr.splitlines(keepends=True)
    seconds, kibibytes = told.split()
    return Cost(done.returncode, done.stdout, b"".join(err), float(seconds), int(kibibytes) // 1024)
