"""What known and accepted fails cost a check: `python -m benchmarks.terms`, from the top of a checkout.

`rmccomply check` of 300 partitions with 200 fails each, to report JSON, with a baseline of all 60,000 fails and a
thousand waivers (where the command has `--waivers`), beside the same check without either. Both are measured in one
process and in turn, in CPU seconds, after each ran once. Last, the peak memory of a process with and without.
"""

import gc
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.throughput import cpu, peak_of
from rmccomply.__main__ import OBJECTS
from rmccomply.cli import run
from rmccomply.cli.check import check
from rmccomply.dispose.baseline import BaselineEntry
from rmccomply.documents.baseline_1 import baseline_bytes
from rmccomply.finding import fingerprint
from tests.hosts.building import NOW, bundle
from tests.hosts.consoles import whole_aix

TARGETS: Final = 300
RULES: Final = 200
WAIVERS: Final = 1000
ROUNDS: Final = 7
MOST_TIMES: Final = 1.1
MOST_MIB: Final = 24
_RULE: Final = """
[[rules]]
id = "X-{number:03}"
title = "Rule {number}"
severity = "high"
platforms = ["aix"]
check = {{ kind = "word", fact = "subsystem.ctrmc", is_not = ["active"] }}
rationale = "None."
remediation = "None."
references = [{{ title = "None" }}]
"""
_WAIVER: Final = """
[[waivers]]
id = "W-{number:04}"
rule = "X-{rule:03}"
targets = ["other{number:04}-*"]
severity = "high"
owner = "a.meier@example.com"
approved_by = "j.kim@example.com"
approved = 2026-11-10
ticket = "CHG{number:04}"
reason = "The level is raised in the December build."
expires = 2026-12-31T23:59:59+01:00
"""


def write_files(folder: Path) -> None:
    """The partitions, the policy by which all of it fails, the baseline and the waivers."""
    head = 'schema = 1\nid = "all-fails"\ntitle = "All fails"\nversion = "1"\n'
    (folder / "p.toml").write_text(head + "".join(_RULE.format(number=number) for number in range(RULES)))
    (folder / "in").mkdir()
    names = [f"lpar{number:04}" for number in range(TARGETS)]
    evidence = whole_aix()
    for name in names:
        (folder / "in" / f"{name}.rmcc").write_bytes(bundle(evidence, name))
    rules = [f"X-{number:03}" for number in range(RULES)]
    entries = (
        BaselineEntry(fingerprint(rule, name, ""), rule, name, "", "high", "active") for name in names for rule in rules
    )
    (folder / "b.jsonl").write_bytes(baseline_bytes(entries))
    waivers = (_WAIVER.format(number=number, rule=number % RULES) for number in range(WAIVERS))
    (folder / "w.toml").write_text("schema = 1\n" + "".join(waivers))


def arguments(folder: Path, inputs: Sequence[Path], *, terms: bool) -> list[str]:
    """A check with or without known and accepted fails."""
    given = ["--baseline", str(folder / "b.jsonl")] if terms else []
    if terms and "waivers" in check.__annotations__:
        given += ["--waivers", str(folder / "w.toml")]
    asked = ["-p", str(folder / "p.toml"), "--now", NOW, "--fail-on", "high", "-q"]
    return ["check", *map(str, inputs), *asked, *given, "-o", f"json={folder / 'r.json'}"]


def measure(folder: Path, name: str, inputs: Sequence[Path]) -> None:
    """Measure a pair, and print."""

    def judged(*, terms: bool) -> None:
        status = run(arguments(folder, inputs, terms=terms))
        if status != (0 if terms else 1):
            raise SystemExit(f"the fleet was not judged: {status}")

    judged(terms=False)
    judged(terms=True)
    if json.loads((folder / "r.json").read_text())["run"]["gate"] != "open":
        raise SystemExit("the baseline does not cover all")
    pairs = [(cpu(lambda: judged(terms=True)), cpu(lambda: judged(terms=False))) for _ in range(ROUNDS)]
    ratios = sorted(ours / floor for ours, floor in pairs)
    ours, floor = (median(column) for column in zip(*pairs, strict=True))
    verdict = "holds" if median(ratios) <= MOST_TIMES else "EXCEEDED"
    print(f"{name}: {ours:.2f} s with, {floor:.2f} s without")
    print(f"  ratio {median(ratios):.3f} [{ratios[0]:.3f} {ratios[-1]:.3f}]   bound {MOST_TIMES}: {verdict}")


def main() -> None:
    """Measure time, then memory."""
    gc.set_threshold(OBJECTS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder)
        measure(folder, f"{TARGETS} partitions with {RULES} fails each", [folder / "in"])
        few, many = (peak_of(arguments(folder, [folder / "in"], terms=terms)) / 1024 for terms in (False, True))
        verdict = "holds" if many - few <= MOST_MIB else "EXCEEDED"
        print(f"peak memory: {many:.1f} MiB with, {few:.1f} MiB without; bound {MOST_MIB} MiB above: {verdict}")


if __name__ == "__main__":
    main()
