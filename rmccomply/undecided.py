"""What is undecided, counted by what settles it, for one target and for any number: rows, each with one advice.

One doing is one group, whatever words its unknowns have: who declares how partitions are managed does that once. What
one collection settles stays apart by its reason, since a reader asks why, and names the same command. Counts of
targets add up, so that memory does not grow with them; a target is counted once in a group.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from shlex import quote
from typing import Final

from rmccomply.finding import Finding
from rmccomply.tuples import NamedTuple
from rmccomply.words import NextStep, Reason, Way


class UndecidedKey(NamedTuple):
    """What the unknowns of a group have in common: what is to be done, and why they are unknown.

    `first` is the rule whose problem is to be fixed first (step `fix_first`), `way` how the target is collected, where
    that is what is to be done.
    """

    step: NextStep | None
    reason: Reason
    first: str = ""
    way: Way = "root"


class UndecidedRow(NamedTuple):
    """A group as people read it: so many checks on so many targets, why, and what settles them."""

    key: UndecidedKey
    checks: int
    targets: int
    says: str
    advice: str


class CollectedBy(NamedTuple):
    """What is known of the collection that the inputs come from; `run` is its folder, `later` one for the next run.

    `options` say how the collector was run: --sudo, --vios, or as the user who logs in.
    """

    transport: str = "ssh"
    inventories: tuple[str, ...] = ()
    options: tuple[str, ...] = ("--sudo",)
    run: str = ""
    hosts: tuple[str, ...] = ()
    later: str = ""


_ONE_REASON: Final[dict[NextStep, Reason]] = {
    "declare": "inconclusive",
    "declare_platform": "not_collected",
    "fix_first": "failed",
    "collect": "not_collected",
    "as_root": "denied",
    "probe": "inconclusive",
    "reach": "not_collected",
    "allow": "not_collected",
    "renew": "stale",
    "after_start": "not_collected",
    "in_pod": "not_collected",
    "name_other": "not_collected",
}
"""Steps that are one doing whatever the reason is, each with the reason that stands for all."""
_ALIKE: Final[dict[tuple[NextStep | None, Reason], Reason]] = {
    ("repeat", "inconclusive"): "truncated",
    ("repeat", "not_collected"): "truncated",
}
"""A part of an answer is told so, where the check only says that nothing decides it."""
_SAYS: Final[dict[tuple[NextStep | None, Reason], str]] = {
    ("declare", "inconclusive"): "how the partition is managed is not declared",
    ("fix_first", "failed"): "{first} is in the way",
    ("probe", "inconclusive"): "only a probe can tell",
    ("declare_platform", "not_collected"): "the platform is unknown",
    ("reach", "not_collected"): "not reached",
    ("allow", "not_collected"): "the collector may not run there",
    ("after_start", "not_collected"): "an image that does not run cannot answer",
    ("in_pod", "not_collected"): "RSCT runs in a container",
    ("name_other", "not_collected"): "the node ID of another image is not known",
    ("wait", "inconclusive"): "one collection does not decide it",
    ("wait", "failed"): "no console is connected that could be asked",
    ("look", "not_collected"): "no command that tells it worked",
    ("look", "unparsable"): "a line cannot be read",
}
"""The few words that say why the checks of a group are undecided, where the reason alone does not."""
_BY_REASON: Final[dict[Reason, str]] = {
    "not_collected": "never collected",
    "denied": "permission denied",
    "timeout": "a command hung",
    "command_absent": "a command is not installed",
    "empty": "an answer is empty",
    "truncated": "an answer was cut off",
    "unparsable": "an answer cannot be read",
    "failed": "a command failed",
    "inconclusive": "the answers do not decide it",
    "stale": "too old",
    "settling": "started less than 15 minutes ago",
    "conflicting": "answers contradict each other",
}
_COLLECTS: Final[frozenset[NextStep | None]] = frozenset(
    ("collect", "declare_platform", "as_root", "probe", "renew", "repeat")
)
"""Steps that a new collection of the same targets is all of."""
_BEFORE: Final[dict[NextStep | None, str]] = {
    "declare_platform": "--platform … (aix, vios, linux) for what is there; for all of it ",
    "reach": "see that ssh reaches {whom}, then ",
    "allow": "allow sudo and sh there (rmccomply doctor prints how), then ",
}
"""What is to be done before the same collection."""
_BY_COMMAND: Final = _COLLECTS | _BEFORE.keys()
_FEW: Final = 3
"""Hosts that a command names."""
_THE_SAME: Final[dict[Way, str]] = {
    "root": "the same collection",
    "vios": "the same collection with --vios",
    "image": "the same collection of images",
}
_OPTION: Final[dict[Way, str]] = {"root": "--sudo", "vios": "--vios", "image": ""}
_OF_AN_IMAGE: Final = "sh collector.sh image --root DIR"
_MANAGEMENT: Final = "--param management=… (hmc, novalink, powervs, none)"
_PARTS: Final[dict[tuple[NextStep | None, Reason], str]] = {
    ("wait", "settling"): "15 minutes after the start collect again",
    ("wait", "inconclusive"): "collect again 15 minutes later, and check both",
    ("wait", "failed"): "connect a console, then collect again",
    ("look", "command_absent"): "check its package, then collect again",
    ("after_start", "not_collected"): "collect where it runs",
    ("in_pod", "not_collected"): "ask in the pod, and add the output: --show open",
    ("name_other", "not_collected"): "name whole evidence of it with --against: --show open",
}
_LOOK: Final = "--show open --reason {reason}"


def key_of(finding: Finding) -> UndecidedKey | None:
    """The group of a finding; None where it is no unknown."""
    if finding.reason is None:
        return None
    return group_of(finding.step, finding.reason, finding.first, finding.way)


def group_of(step: NextStep | None, reason: Reason, first: str = "", way: Way = "root") -> UndecidedKey:
    """The group of unknowns with this advice."""
    stands = reason if step is None else _ONE_REASON.get(step, reason)
    return UndecidedKey(step, _ALIKE.get((step, stands), stands), first, way if step in _BY_COMMAND else "root")


def tally(findings: Iterable[Finding]) -> tuple[tuple[UndecidedKey, int], ...]:
    """The unknowns of one target, counted by what settles them."""
    keys = (key_of(finding) for finding in findings)
    return tuple(Counter(key for key in keys if key is not None).items())


def phrase(key: UndecidedKey, problems: Mapping[str, str] | None = None) -> str:
    """Why the checks of a group are undecided, in a few words; `problems` are the titles of problems by their rules."""
    title = (problems or {}).get(key.first, "")
    if title:
        return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
    return _SAYS.get((key.step, key.reason), _BY_REASON[key.reason]).format(first=key.first)


def rows(
    counted: Mapping[UndecidedKey, tuple[int, int]],
    total: int,
    collected: CollectedBy | None = None,
    problems: Mapping[str, str] | None = None,
) -> tuple[UndecidedRow, ...]:
    """The groups of a run over `total` targets, those with most checks first.

    `counted` are the checks and the targets of each group. The first row that a collection settles has its command,
    every other one that it settles too says so. The key of a row is that of `settled_in`.
    """
    merged = _in_one_run(counted, collected)
    order = sorted(merged.items(), key=lambda item: (-item[1][0], -item[1][1], order_of(item[0])))
    steps = {key.step for key in counted if not _was_root(key, collected)}
    told: set[str] = set()
    found: list[UndecidedRow] = []
    for key, (checks, targets) in order:
        advice = _advice(key)
        if key.step in _BY_COMMAND and not _was_root(key, collected):
            line = _command(key.way, total, collected, steps)
            whom = "it" if targets == 1 else "them"
            begins = _BEFORE.get(key.step, "").format(whom=whom)
            advice = f"{begins}{_THE_SAME[key.way] if line in told else line}"
            told.add(line)
        found.append(UndecidedRow(key, checks, targets, phrase(key, problems), advice))
    return tuple(found)


def settled_in(key: UndecidedKey, collected: CollectedBy | None) -> UndecidedKey:
    """The group of its row: a run that collected all targets knew the way to each, so the same command does again."""
    return key._replace(way="root") if collected is not None and key.way == "vios" else key


def _in_one_run(
    counted: Mapping[UndecidedKey, tuple[int, int]], collected: CollectedBy | None
) -> dict[UndecidedKey, tuple[int, int]]:
    found: dict[UndecidedKey, tuple[int, int]] = {}
    for key, (checks, targets) in counted.items():
        one = settled_in(key, collected)
        before = found.get(one, (0, 0))
        found[one] = (before[0] + checks, before[1] + targets)
    return found


def order_of(key: UndecidedKey) -> tuple[str, ...]:
    """Where a group stands among those of as many checks."""
    return (key.step or "", key.reason, key.first, key.way)


def _was_root(key: UndecidedKey, collected: CollectedBy | None) -> bool:
    """Whether what is to be done as root was: where sudo is refused nothing is collected, so root itself was denied."""
    return key.step == "as_root" and collected is not None and bool(collected.options)


def _advice(key: UndecidedKey) -> str:
    """What is to be done where that is no collection."""
    if key.step == "declare":
        return _MANAGEMENT
    if key.step == "fix_first":
        return f"fix {key.first}, then collect again"
    return _PARTS.get((key.step, key.reason), _LOOK.format(reason=key.reason))


def _command(way: Way, total: int, collected: CollectedBy | None, steps: Collection[NextStep | None]) -> str:
    """The one command for all of these steps. Where nothing but to reach targets is left, the same run goes on."""
    if collected is not None and not collected.options and "as_root" in steps:
        collected = collected._replace(options=("--sudo",))
    again = not _COLLECTS.isdisjoint(steps)
    return command(way, total, collected, probing="probe" in steps, again=again)


def command(
    way: Way, total: int, collected: CollectedBy | None = None, *, probing: bool = False, again: bool = True
) -> str:
    """The command that collects: from the same inventory by the same way, into a new run, or on in the same one."""
    if way == "image":
        return _OF_AN_IMAGE
    options = collected.options if collected else filter(None, [_OPTION[way]])
    known = collected or CollectedBy()
    whose = [f"--inventory {quote(one)}" for one in known.inventories]
    whose += [_hosts(known, total)] if known.hosts or not whose else []
    folder = known.later if again else known.run
    run = [f"--run {quote(folder)}"] if folder else []
    words = ["rmccomply collect", known.transport, *whose, *options, *(["--probe"] if probing else []), *run]
    return " ".join(filter(None, words))


def _hosts(known: CollectedBy, total: int) -> str:
    if known.transport == "local":
        return ""
    if 0 < len(known.hosts) <= _FEW:
        return " ".join(map(quote, known.hosts))
    return "HOST" if total == 1 else "HOST…" if known.run else "--inventory FILE"


def next_name(run: str) -> str:
    """The name of a run after this one: fleet, fleet2, fleet3."""
    stem = run.rstrip("0123456789")
    number = run[len(stem) :]
    return f"{stem}{int(number) + 1}" if 0 < len(number) < 4 else f"{run}2" if not number else f"{run}-2"
