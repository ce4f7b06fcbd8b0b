"""What a thousand waivers cost: `python -m benchmarks.waivers`, from the top of a checkout.

`rmccomply check` of 300 hosts on which 200 rules fail, 60,000 findings to report JSON, under waivers and without, in
one process and in turn, in CPU seconds; all is imported and run once before. The waivers name single hosts, or hosts
by globs. A check under them may cost BOUND times one without.
"""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.throughput import JUDGED, cpu
from rmccomply.__main__ import OBJECTS
from rmccomply.cli import run
from tests.hosts.building import bundle
from tests.hosts.consoles import whole_aix
from tests.waivers import file_with, written

HOSTS: Final = 300
RULES: Final = 200
WAIVERS: Final = 1000
ROUNDS: Final = 7
BOUND: Final = 1.1
NOW: Final = "2026-11-20T04:00:00Z"
_RULE: Final = """\
[[rules]]
id = "OUR-T-{:03}"
title = "It is inactive"
severity = "high"
platforms = ["aix"]
check = {{ kind = "word", fact = "subsystem.ctrmc", is = ["inactive"] }}
rationale = "It is measured."
remediation = "Measure it."
references = [{{ title = "None" }}]
"""


def forms() -> Iterator[tuple[str, str]]:
    """What is measured, and the waivers of it."""
    yield "single hosts", waivers(lambda at: f'["lpar{at % HOSTS:05}"]')
    yield "a glob each", waivers(lambda at: f'["lpar{at % HOSTS:05}*", "w{at:04}-*"]')
    yield "a glob each, open at both ends", waivers(lambda at: f'["*r{at % HOSTS:05}*", "*-w{at:04}-*"]')
    yield "a set each", waivers(lambda at: f'["[kl]par?{at % HOSTS:04}", "[vw]{at:04}-*"]')
    yield "globs", waivers(lambda at: f'["db{at % 50}*", "lpar00?{at % 50:02}*"]')


def waivers(targets: Callable[[int], str]) -> str:
    """The text of a waivers file."""
    rows = (
        written(id=f'"W-{at}"', rule=f'"OUR-T-{at % RULES:03}"', targets=targets(at), approved="2026-11-01")
        for at in range(WAIVERS)
    )
    return file_with(*rows)


def main() -> None:
    """Measure each form and print."""
    gc.set_threshold(OBJECTS)
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        try:
            _measure()
        finally:
            os.chdir(here)


def _measure() -> None:
    Path("fleet").mkdir()
    for number in range(HOSTS):
        Path(f"fleet/{number:05}.rmcc").write_bytes(bundle(whole_aix(), f"lpar{number:05}"))
    rules = "".join(map(_RULE.format, range(RULES)))
    Path("our.toml").write_text(f'schema = 1\nid = "our"\ntitle = "Ours"\nversion = "1"\n{rules}')
    _check()
    for name, text in forms():
        Path("waivers.toml").write_text(text)
        pairs = [(cpu(lambda: _check("--waivers", "waivers.toml")), cpu(_check)) for _ in range(ROUNDS)]
        ratios = sorted(under / without for under, without in pairs)
        verdict = "holds" if median(ratios) <= BOUND else "EXCEEDED"
        print(f"{name}: ratio {median(ratios):.2f} [{ratios[0]:.2f} {ratios[-1]:.2f}]   bound {BOUND}: {verdict}")


def _check(*options: str) -> None:
    if run(["check", "fleet", "-p", "our.toml", "--now", NOW, "-q", "-o", "json=r.json", *options]) not in JUDGED:
        raise SystemExit("the fleet was not judged")


if __name__ == "__main__":
    main()
