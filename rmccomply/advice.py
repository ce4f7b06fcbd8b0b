"""Advice: what to do about something unknown, by the reason why it is.

A fact that is unknown names the request that would settle it. Whether asking that is worth anything depends on what the
evidence already has of it, and on what is broken: a request that is answered completely settles nothing, and one that
RMC has to answer cannot be while ctrmc is down. So the advice is made here, from the reason, the request, its reading,
and what the policies say that problems keep unanswered. None asks for what is answered, for what cannot answer, or for
what loads a kernel module.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rmccomply.evidence.model import Evidence
from rmccomply.evidence.section import OFFLINE
from rmccomply.facts.gather import Facts
from rmccomply.outcome import Outcome, combined, facts_behind
from rmccomply.policy.blocks import CompiledBlock
from rmccomply.sources.host.transport import ADVICE, REFUSED, CauseWord
from rmccomply.sources.reading import Reading
from rmccomply.sources.requests import source_of
from rmccomply.sources.table import SOURCES, TRANSPORT, UNAME
from rmccomply.tuples import NamedTuple
from rmccomply.words import NextStep, Reason, Way


class Advice(NamedTuple):
    """What to do as a command and in a sentence, what kind of doing that is, and the rule that is to be fixed before.

    `way` is how the target is collected again.
    """

    settle: str = ""
    says: str = ""
    step: NextStep | None = None
    first: str = ""
    way: Way = "root"


class _Asked(NamedTuple):
    """The request that would settle an unknown, what the evidence has of it, and whether that is a complete answer."""

    request: str
    reading: Reading[object] | None
    complete: bool


NO_ADVICE: Final = Advice()
_OURS: Final = "rmccomply "
_DECLARES: Final = "rmccomply check --param"
_MANAGEMENT: Final = "rmccomply check --param management=hmc INPUT"
_AGAINST: Final = "rmccomply check --against"
_OF_OTHERS: Final = "Name whole evidence of that other one with `--against`: collect it again, with its node ID files."
_PLATFORM: Final = "uname -a"
"""What tells the platform, and is asked for by nothing else."""
_BY_OPTION: Final = (
    "Say which platform it is: `rmccomply check --platform aix INPUT` (aix, vios, linux), "
    "add the output of `uname -a`, or collect again: `{again}`."
)
_REPEATED: Final = "rmccomply collect … --run DIR"
"""The command that collected: who gave it knows how the target is reached, and what is there is not asked again."""
_COLLECTING: Final[dict[Way, str]] = {
    "root": "rmccomply collect ssh HOST --sudo",
    "vios": "rmccomply collect ssh HOST --vios",
    "image": "sh collector.sh image --root DIR",
}
_NOT_STARTED_YET: Final = (
    "An image that does not run cannot answer this: collect where it runs, before the capture or after its first start."
)
_OF_RMC: Final = ("lsrsrc", "lsrpdomain", "lsrpnode", "rmcdomainstatus", "lssrc")
_LOADING: Final = ("nft", "iptables", "ip6tables")
"""What loads a module of the kernel where none is loaded; the collector looks before it asks."""
_IN_CONTAINER: Final = "oc -n NAMESPACE exec POD -- rmcdomainstatus -s ctrmc -a ip"
_BY_REASON: Final[dict[Reason, tuple[NextStep, str]]] = {
    "command_absent": ("look", "`{command}` is not installed: check its package, then collect again: `{again}`."),
    "empty": ("repeat", "Run `{settle}` again and keep its exit status, or collect again: `{again}` does so."),
    "failed": ("look", "Fix what `{settle}` complains of, then collect again: `{again}`."),
    "inconclusive": ("collect", "Add the output of `{settle}`, or collect again: `{again}`."),
    "not_collected": ("collect", "Add the output of `{settle}`, or collect again: `{again}`."),
    "timeout": (
        "look",
        "Find out what `{settle}` waits for: a daemon, a file system, a lock. Then collect again: `{again}`.",
    ),
    "truncated": ("repeat", "Run `{settle}` again and keep all of its output, or collect again: `{again}`."),
    "unparsable": (
        "repeat",
        "Run `{settle}` again with LC_ALL=C and keep all of its output, or collect again: `{again}`.",
    ),
}
"""Where the request that would settle it has no complete answer yet."""
_ANSWERED: Final[dict[Reason, tuple[NextStep, str]]] = {
    "truncated": ("repeat", "Collect again, and keep the whole output of every command: `{again}`."),
    "unparsable": ("look", "Look at the line shown and fix what wrote it, then collect again: `{again}`."),
}
_IN_TIME: Final = ("control_points.", "console.")
"""Facts of a connection, which a second collection may find in another state."""
_UNCLEAR: Final = "The answers do not decide it: look at the lines shown. After a change collect again: `{again}`."
_MORE: Final = "Collect again, and keep all of `{settle}`: `{again}`."
_NO_OPTION: Final = "This level has no `{settle}`: when a console is connected, collect again: `{again}`."
_ANOTHER: Final = "Collect again: `{again}`."
"""What is named is answered, and something beside it was never asked."""
_FAILS: Final = "Look at the lines shown and fix what fails, then collect again: `{again}`."
_SECOND: Final = "The answers do not decide it: collect again 15 minutes later, and check both: `{again}`."
_WHOLE: Final[dict[Reason, tuple[NextStep, str]]] = {
    "denied": ("as_root", "Collect as root: `{again}`."),
    "stale": ("renew", "Collect again: `{again}`."),
    "settling": ("wait", "Wait until 15 minutes after the start, then collect again: `{again}`."),
    "conflicting": (
        "look",
        "Find out which of the lines shown is right, and why; then collect again: `{again}`.",
    ),
}
"""Reasons that one more answer does not change."""


def advice(outcome: Outcome, facts: Facts, blocks: Sequence[CompiledBlock] = ()) -> Advice:
    """What to do about an outcome that is unknown; nothing for any other. `blocks` are those of rules that fail."""
    if outcome.result != "unknown" or outcome.reason is None:
        return NO_ADVICE
    way = facts.cached(_way)
    return _advice(outcome, outcome.reason, facts, blocks, way)._replace(way=way)


def _advice(outcome: Outcome, reason: Reason, facts: Facts, blocks: Sequence[CompiledBlock], way: Way) -> Advice:
    settle = outcome.settle or next((fact.settle for fact in facts_behind(outcome) if fact.settle), "")
    if settle.startswith(_OURS):
        return _of_ours(settle, facts, way)
    if way == "image" and not settle.startswith("cat "):
        first = _blocked(_Asked(settle, None, False), reason, facts, blocks, way)
        return first or Advice("", _NOT_STARTED_YET, "after_start")
    if settle == _PLATFORM and facts.fact("host.platform").reason == "not_collected":
        return Advice(_PLATFORM, _BY_OPTION.format(again=_COLLECTING[way]), "declare_platform")
    if facts.fact("host.kind").value == "rhcos" and _is_of(settle, _OF_RMC):
        says = "RSCT runs in a container there (DaemonSet powervm-rmc, or the RSCT Operator): ask in its pod"
        return Advice(_IN_CONTAINER, f"{says}, `{_IN_CONTAINER}`, and add the output.", "in_pod")
    asked = _asked(settle, reason, facts)
    nearest = _nearest(reason, asked.reading)
    if nearest in _WHOLE:
        return _said(_WHOLE[nearest], asked, way)
    first = _blocked(asked, reason if asked.complete else nearest, facts, blocks, way)
    if first is not None:
        return first
    if asked.complete:
        return _beyond(outcome, reason, asked, way)
    return _unanswered(nearest, asked, way)


def _way(facts: Facts) -> Way:
    if facts.image == "mounted_root" or any(reading.says.endswith(OFFLINE) for reading in facts.unread(UNAME)):
        return "image"
    return "vios" if facts.fact("host.platform").value == "vios" else "root"


def _of_ours(settle: str, facts: Facts, way: Way) -> Advice:
    """A parameter to declare, a probe to let run, or a target that was not collected."""
    if settle.startswith(_DECLARES):
        says = f"Say how the partition is managed: `{_MANAGEMENT}` (hmc, novalink, powervs, none)."
        return Advice(_MANAGEMENT, says, "declare")
    if settle == _AGAINST:
        return Advice("", _OF_OTHERS, "name_other")
    if settle.endswith("--probe"):
        if way == "image":
            return Advice("", _NOT_STARTED_YET, "after_start")
        again = f"{_COLLECTING[way]} --probe"
        return Advice(again, f"Collect again, and test the ports of its consoles: `{again}`.", "probe")
    words = [reading.record.word for reading in facts.read(TRANSPORT)]
    word: CauseWord = next((word for word in words if word != "collected"), "not-tried")
    first = ADVICE[word]
    begins = "" if first.startswith("collect") else f"{first[:1].upper()}{first[1:]}. "
    step: NextStep = "allow" if word in REFUSED else "reach"
    return Advice(_REPEATED, f"{begins}Repeat the same `{_REPEATED}`.", step)


def _is_of(settle: str, commands: tuple[str, ...]) -> bool:
    return any(settle == one or settle.startswith(f"{one} ") for one in commands)


def _asked(settle: str, reason: Reason, facts: Facts) -> _Asked:
    """What the evidence has of a request, and whether that is a complete answer to it, or to more than it asks.

    What is unknown for this reason may be so for the answer to another request of the same command.
    """
    words = settle.replace("'", "").removeprefix("cat ")
    source = _source(settle)
    answers = () if source is None else facts.answers(SOURCES[source])
    found = [one for one in answers if f"{one.name} ".startswith(f"{words} ")]
    whole = next((one for one in found if not one.why), None)
    nearest = [*found, *(one for one in answers if one.why == reason)]
    return _Asked(settle, whole or next(iter(nearest), None), whole is not None)


@lru_cache(maxsize=256)
def _source(settle: str) -> str | None:
    from shlex import split

    words = tuple(split(settle))
    if words[:1] == ("cat",):
        return source_of("file", words[1:])
    return source_of("cmd", words)


def _nearest(reason: Reason, reading: Reading[object] | None) -> Reason:
    """The reason of the request's own reading, where the outcome only says that nothing decides."""
    if reason not in ("inconclusive", "not_collected"):
        return reason
    return "not_collected" if reading is None else reading.why or reason


def _blocked(asked: _Asked, reason: Reason, facts: Facts, blocks: Sequence[CompiledBlock], way: Way) -> Advice | None:
    """The problem that keeps a request from being answered, or its answer from deciding; None where none is seen."""
    again = _COLLECTING[way]
    for block in blocks:
        if block.asks(asked.request, reason) and block.holds(facts):
            says = combined("all", block.when(facts)).message if block.when else block.says
            return Advice(
                again, f"Fix {block.rule} first: {says} Then collect again: `{again}`.", "fix_first", block.rule
            )
    return None


def _unanswered(reason: Reason, asked: _Asked, way: Way) -> Advice:
    """The request has no complete answer, and nothing is seen that keeps it from one."""
    again, settle = _COLLECTING[way], asked.request
    if _has_no_option(asked):
        return Advice(again, _NO_OPTION.format(settle=settle, again=again), "wait")
    if settle and _source(settle) is None:
        return Advice(settle, f"Look at what `{settle}` prints: no answer of it is read here.", "look")
    if asked.reading is not None and reason in ("failed", "timeout") and _is_of(settle, _LOADING):
        return Advice(again, _FAILS.format(again=again), "look")
    if not settle or _is_of(settle, _LOADING):
        return Advice(again, _ANOTHER.format(again=again), "collect")
    if asked.reading is not None and reason == "unparsable" and _was_asked_in_c(asked.reading):
        return _said(_ANSWERED[reason], asked, way)
    step, text = _BY_REASON["not_collected" if asked.reading is None else reason]
    command = settle.partition(" ")[0]
    return Advice(settle, text.format(settle=settle, again=again, command=command), step)


def _was_asked_in_c(reading: Reading[object]) -> bool:
    """Whether the collector asked, which sets LC_ALL=C, keeps all, and notes its time limit: again says no more."""
    return isinstance(reading.provenance, Evidence) and reading.provenance.limit is not None


def _has_no_option(asked: _Asked) -> bool:
    """Whether the command says how it is used, for it does not know an option of this very request."""
    one = asked.reading
    return one is not None and one.name == asked.request and any("Usage:" in place.text for place in one.where())


def _beyond(outcome: Outcome, reason: Reason, asked: _Asked, way: Way) -> Advice:
    """What else than the answer that is there would decide: more of it, time, else the one who reads."""
    if reason == "inconclusive" and _is_of(asked.request, ("lsrsrc",)):
        return _said(("repeat", _MORE), asked, way)
    if reason == "not_collected":
        return _said(("collect", _ANOTHER), asked, way)
    if reason in _ANSWERED:
        return _said(_ANSWERED[reason], asked, way)
    if any(fact.name.startswith(_IN_TIME) for fact in facts_behind(outcome)):
        return _said(("wait", _SECOND), asked, way)
    return _said(("look", _UNCLEAR), asked, way)


def _said(what: tuple[NextStep, str], asked: _Asked, way: Way) -> Advice:
    """To collect again, as it is said."""
    step, text = what
    again = _COLLECTING[way]
    return Advice(again, text.format(settle=asked.request, again=again), step)
