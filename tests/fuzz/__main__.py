"""Coverage-guided fuzzing of everything that is read from outside, an equal share of the time for each target.

    python -m tests.fuzz --seconds 3600              # all targets; needs pip install -e '.[fuzz]'
    python -m tests.fuzz --seconds 600 evidence
    python -m tests.fuzz --seconds 60 --seed 1       # the same inputs again, as CI tries them

An input fails that raises, takes longer than 30 seconds or more than 1 GiB. It is kept in tests/fuzz/found/TARGET, and
`tests/test_fuzz.py` reads it again on every run of the tests; commit it with the mend. `--keep` keeps there too what
reached code that nothing before it did, made as few as reach the same.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Final

from tests.fuzz.seeds import FOUND, found, seeds
from tests.fuzz.targets import TARGETS

LIMITS: Final = ("-timeout=30", "-rss_limit_mb=1024", "-max_len=65536", "-print_final_stats=1", "-verbosity=1")


def main() -> int:
    """Fuzz as asked; 0 where every promise held."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0, help="begin with this number instead of a random one")
    parser.add_argument("--keep", action="store_true", help="keep inputs that reach new code")
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help=", ".join(TARGETS))
    asked = parser.parse_args()
    names = asked.targets or list(TARGETS)
    return max(fuzz(name, max(1, asked.seconds // len(names)), asked.seed, asked.keep) for name in names)


def fuzz(name: str, seconds: int, seed: int, keep: bool) -> int:
    """Fuzz one target from its seeds; its exit status."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, fewest = Path(folder, "corpus"), Path(folder, "fewest")
        corpus.mkdir()
        for sound in (*seeds(name), *(path.read_bytes() for path in found(name))):
            (corpus / sha256(sound).hexdigest()[:16]).write_bytes(sound)
        kept = FOUND / name
        kept.mkdir(parents=True, exist_ok=True)
        status = _ran(name, f"-artifact_prefix={kept}/", f"-max_total_time={seconds}", f"-seed={seed}", *LIMITS, corpus)
        if keep and not status:
            fewest.mkdir()
            status = _ran(name, "-merge=1", *LIMITS, fewest, corpus)
            for path in fewest.iterdir():
                if path.stat().st_size <= 4096:
                    (kept / path.name).write_bytes(path.read_bytes())
    told = "every promise held" if not status else f"a promise was broken: see tests/fuzz/found/{name}"
    print(f"{name}: {told}", flush=True)
    return min(status, 1)


def _ran(name: str, *options: str | Path) -> int:
    """The exit status of libFuzzer; what it says is shown where it ends badly, and its figures always."""
    command = [sys.executable, "-m", "tests.fuzz.one", name, *map(str, options)]
    ran = subprocess.run(
        command,
        check=False,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="backslashreplace",
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    lines = ran.stderr.splitlines()
    print("\n".join(lines[-60:] if ran.returncode else [line for line in lines if line.startswith("stat::")]))
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main())
