"""A fleet of failing targets written in one format, and how much memory that took: `python -m tests.formats.fleet`.

A process of its own, since the peak of a process never falls. It imports all that `check` imports, so that its floor
is that of a run of an operator. The peak is VmHWM of proc(5): the `ru_maxrss` of a process begins with that of the one
that started it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from rmccomply.cli import check
from rmccomply.evidence.model import Artifact, Notification, Reference
from rmccomply.finding import Finding, fingerprint
from rmccomply.formats import Frame, load
from rmccomply.report import Assessed, Closing, PolicyCard, RuleCard, Run, Style, TargetCard
from rmccomply.runs import check as runs_check
from rmccomply.verdict import Verdict
from rmccomply.words import RESULTS, SHOWS

FLOOR = (check, runs_check)
FILES = 8
POLICY = PolicyCard("core", "A policy", "1", "a" * 64, "policies/core.toml")
PROSE = "Two partitions with one node ID take each other's connection: the console shows now the one, now the other. "
RULES = tuple(
    RuleCard(f"RMC-ID-{at:03}", f"Rule {at} holds on this partition", "high", "core", POLICY.uri, at, PROSE * 3, PROSE)
    for at in range(1, 41)
)
RUN = Run("1.0.0", "2026-11-20T04:00:00Z", (POLICY,), RULES)


def failing(number: int) -> Assessed:
    """A target that fails every rule, with files and notifications of its own; some 32 kB of text."""
    name = f"lpar{number:05}"
    uris = [f"captures/{name}/answer-{at:02}.txt" for at in range(FILES)]
    findings = tuple(_fail(rule, name, uris[at % FILES]) for at, rule in enumerate(RULES))
    notes = (Notification(f"an answer of {name} was cut by a signal", uris[0], 12),)
    artifacts = tuple(Artifact(uri, "d" * 64) for uri in uris)
    return Assessed(TargetCard(name, "aix", "9105-42A", "78A1B20", number, artifacts), findings, notes)


def _fail(rule: RuleCard, name: str, uri: str) -> Finding:
    shown = (Reference(uri, at, at, f"line {at} of {name}", "lssrc -a", 0, None) for at in range(1, 4))
    says = f"On {name} it does not hold."
    verdict = Verdict(rule.id, "core", "high", "fail", says, evidence=tuple(shown), remediation=PROSE * 2)
    return Finding(verdict=verdict, target=name, fingerprint=fingerprint(rule.id, name, ""), disposition="active")


def closing(targets: int) -> Closing:
    """The end of a run over so many of these."""
    return Closing({**dict.fromkeys(RESULTS, 0), "fail": targets * len(RULES)}, targets, 1)


def style_of(name: str) -> Style:
    """How a format is drawn; text is one of its forms: `text:open`."""
    return Style(show=next((one for one in SHOWS if one == name.partition(":")[2]), "summary"))


def pieces(name: str, targets: int) -> Iterator[str]:
    """The report."""
    written, frame = load(name.partition(":")[0]), Frame(RUN, style_of(name))
    assembly = written.assembly(frame)
    yield assembly.begin()
    for number in range(targets):
        yield assembly.add(written.fragment(failing(number), frame))
    yield from assembly.end(closing(targets))
    assembly.abandon()


def main(name: str, targets: int) -> None:
    """Tell the octets of the report and the most memory that the process had, in KiB."""
    with Path("/dev/null").open("wb") as sink:
        count = sum(sink.write(piece.encode()) for piece in pieces(name, targets))
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    sys.stdout.write(f"{count} {peak.split()[1]}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
