"""Advice: what to do about something unknown, by the reason why it is.

A fact that is unknown names the request that would settle it. Whether asking that is worth anything depends on what the
evidence already has of it, and on RMC: a request that is answered completely settles nothing, and one that RMC has to
answer cannot be while ctrmc is down. So the advice is made here, from the reason, the request, its reading, and the
facts that may be the cause. None asks for what is answered, for what cannot answer, or for what loads a kernel module.
"""

from functools import lru_cache
from typing import Final, NamedTuple

from rmccomply.evidence.section import OFFLINE
from rmccomply.facts.gather import Facts
from rmccomply.outcome import Outcome, facts_behind
from rmccomply.sources.host.transport import ADVICE
from rmccomply.sources.reading import Reading
from rmccomply.sources.requests import source_of
from rmccomply.sources.table import SOURCES, TRANSPORT, UNAME
from rmccomply.words import NextStep, Reason


class Advice(NamedTuple):
    """What to do first, in a sentence, and as the command that comes of it."""

    settle: str = ""
    says: str = ""
    step: NextStep | None = None
    first: str = ""


NO_ADVICE: Final = Advice()


class Hindrance(NamedTuple):
    """A fact that, with one of these words, keeps requests from an answer or a verdict, and the rule of it."""

    asked: tuple[str, ...]
    fact: str
    words: tuple[object, ...]
    rule: str


_OURS: Final = "rmccomply "
_DECLARES: Final = "rmccomply check --param"
_MANAGEMENT: Final = "rmccomply check --param management=hmc INPUT"
_REPEATED: Final = "rmccomply collect … --run DIR"
"""The command that collected: who gave it knows how the target is reached, and what is there is not asked again."""
_OF_AN_IMAGE: Final = "sh collector.sh image --root DIR"
_NOT_STARTED_YET: Final = "An image that does not run cannot answer this: collect after its first start."
_OF_RMC: Final = ("lsrsrc", "lsrpdomain", "lsrpnode", "rmcdomainstatus", "lssrc -ls")
"""What ctrmc answers, or a daemon that runs below it."""
_LOADING: Final = ("nft", "iptables", "ip6tables")
"""What loads a module of the kernel where none is loaded; the collector looks before it asks."""
_DOWN: Final = Hindrance(_OF_RMC, "subsystem.ctrmc", ("inactive", "absent"), "RMC-SUB-001")
_NOT_STARTED: Final = Hindrance((*_OF_RMC, "lssrc"), "boot.ctrmc", ("disabled", "missing"), "RMC-SUB-006")
_UNMANAGED: Final = Hindrance(_OF_RMC, "subsystem.domain_manager", ("inactive", "absent"), "RMC-SUB-002")
"""What a level that uses CSM knows of consoles is there only with its manager."""
_IDS: Final = ("cat /etc/ct_node_id", "cat /var/ct/cfg/ct_node_id", "lsnodeid")
_CONSOLE: Final = ("lsrsrc", "rmcdomainstatus", "lssrc -ls", "netstat -in", "ip addr", "ifconfig")
_STATES: Final = ("no_console", "down", "pending", "suspended", "unstable")
_UNDECIDED: Final = (
    Hindrance(_IDS, "node_id.form", ("malformed", "missing"), "RMC-ID-003"),
    Hindrance(_CONSOLE, "mcp.resources", ("none",), "RMC-MCP-001"),
    Hindrance(_CONSOLE, "ipv6.link_local", ("absent",), "RMC-IP6-001"),
    Hindrance(_CONSOLE, "console.connection", _STATES, "RMC-DOM-001"),
)
"""What explains that a complete answer does not decide."""
_IN_CONTAINER: Final = "oc -n NAMESPACE exec POD -- rmcdomainstatus -s ctrmc -a ip"
_BY_REASON: Final[dict[Reason, str]] = {
    "command_absent": "`{command}` is not on the system: check its package, then collect again: `{again}`.",
    "empty": "Run `{settle}` again and keep its exit status, or collect again: `{again}` does so.",
    "failed": "Mend what `{settle}` complains of, then collect again: `{again}`.",
    "inconclusive": "Add the output of `{settle}`, or collect again: `{again}`.",
    "not_collected": "Add the output of `{settle}`, or collect again: `{again}`.",
    "timeout": "Find out what `{settle}` waits for: look at the daemon that it asks, then collect again: `{again}`.",
    "truncated": "Run `{settle}` again and keep all of its output, or collect again: `{again}`.",
    "unparsable": "Run `{settle}` again with LC_ALL=C and keep all of its output, or collect again: `{again}`.",
}
"""Where the request that would settle it has no complete answer yet."""
_ANSWERED: Final[dict[Reason, str]] = {
    "truncated": "Collect again, the whole output of every command: `{again}`.",
    "unparsable": "Look at the line that is shown and mend what wrote it, then collect again: `{again}`.",
}
_IN_TIME: Final = ("control_points.", "console.")
"""Facts of a connection, which a second collection may find in another state."""
_UNCLEAR: Final = (
    "The answers do not decide it: look at the lines that are shown. After a change collect again: `{again}`."
)
_MORE: Final = "Collect again, the whole of `{settle}`: `{again}`."
_NO_OPTION: Final = "This level has no `{settle}`: when a console is connected, collect again: `{again}`."
_SECOND: Final = "The answers do not decide it: collect again 15 minutes later, and judge both: `{again}`."
_WHOLE: Final[dict[Reason, str]] = {
    "denied": "Collect as root: `{again}`.",
    "stale": "Collect anew: `{again}`.",
    "settling": "Wait until 15 minutes after the start, then collect again: `{again}`.",
    "conflicting": "Find out which of the lines that are shown holds, and why; then collect all again: `{again}`.",
}
"""Reasons that one more answer does not mend."""


def advice(outcome: Outcome, facts: Facts) -> Advice:
    """What to do about an outcome that is unknown; nothing for any other."""
    if outcome.result != "unknown" or outcome.reason is None:
        return NO_ADVICE
    again = _collecting(facts)
    settle = outcome.settle or next((fact.settle for fact in facts_behind(outcome) if fact.settle), "")
    if settle.startswith(_OURS):
        return _of_ours(settle, facts)
    if _is_image(facts) and not settle.startswith("cat "):
        return Advice("", _NOT_STARTED_YET)
    if facts.fact("host.kind").value == "rhcos" and _is_of(settle, (*_OF_RMC, "lssrc")):
        says = "RSCT runs in a container there (DaemonSet powervm-rmc, or the RSCT Operator): ask in its pod"
        return Advice(_IN_CONTAINER, f"{says}, `{_IN_CONTAINER}`, and add the output.")
    reading, complete = _asked(settle, facts)
    reason = _nearest(outcome.reason, reading)
    if reason in _WHOLE:
        return Advice(again, _WHOLE[reason].format(again=again))
    if complete:
        return _beyond(outcome, outcome.reason, settle, facts)
    cause = _why_mute(settle, facts, reason)
    if cause:
        return Advice(again, f"{cause} Then collect again: `{again}`.")
    if _is_no_option(reading, settle):
        return Advice(again, _NO_OPTION.format(settle=settle, again=again))
    if settle and _source(settle) is None:
        return Advice(settle, f"Look at what `{settle}` prints: no answer of it is read here.")
    if not settle or _is_of(settle, _LOADING):
        return Advice(again, f"Collect again: `{again}`.")
    command = settle.partition(" ")[0]
    return Advice(settle, _BY_REASON[reason].format(settle=settle, again=again, command=command))


def _collecting(facts: Facts) -> str:
    if _is_image(facts):
        return _OF_AN_IMAGE
    root = "--vios" if facts.fact("host.platform").value == "vios" else "--sudo"
    return f"rmccomply collect ssh HOST {root}"


def _is_image(facts: Facts) -> bool:
    return any(reading.says.endswith(OFFLINE) for reading in facts.unread(UNAME))


def _is_no_option(reading: Reading[object] | None, settle: str) -> bool:
    """Whether the command says how it is used, for it does not know an option of this very request."""
    return reading is not None and reading.name == settle and any("Usage:" in place.text for place in reading.where())


def _of_ours(settle: str, facts: Facts) -> Advice:
    """A parameter to declare, a probe to let run, or a target that was not collected."""
    again = _collecting(facts)
    if settle.startswith(_DECLARES):
        says = f"Say how the partition is managed: `{_MANAGEMENT}` (hmc, novalink, powervs, none)."
        return Advice(_MANAGEMENT, says)
    if settle.endswith("--probe"):
        if _is_image(facts):
            return Advice("", _NOT_STARTED_YET)
        return Advice(f"{again} --probe", f"Collect again and let the partition try its consoles: `{again} --probe`.")
    notes = [reading.record for reading in facts.read(TRANSPORT)]
    first = next((ADVICE[note.word] for note in notes if note.word != "collected"), "")
    begins = "" if not first or first.startswith("collect") else f"{first[:1].upper()}{first[1:]}. "
    return Advice(_REPEATED, f"{begins}Repeat the same `{_REPEATED}`.")


def _is_of(settle: str, commands: tuple[str, ...]) -> bool:
    return any(settle == one or settle.startswith(f"{one} ") for one in commands)


def _asked(settle: str, facts: Facts) -> tuple[Reading[object] | None, bool]:
    """What the evidence has of a request, and whether that is a complete answer to it, or to more than it asks."""
    words = settle.replace("'", "").removeprefix("cat ")
    source = _source(settle)
    answers = () if source is None else facts.answers(SOURCES[source])
    found = [one for one in answers if f"{one.name} ".startswith(f"{words} ")]
    whole = next((one for one in found if not one.why), None)
    return whole or (found[0] if found else None), whole is not None


@lru_cache(maxsize=256)
def _source(settle: str) -> str | None:
    from shlex import split

    words = tuple(split(settle))
    if words[:1] == ("cat",):
        return source_of("file", words[1:])
    return source_of("cmd", words)


def _nearest(reason: Reason, reading: Reading[object] | None) -> Reason:
    """The reason of the request's own reading, where the outcome only says that nothing decides."""
    own = None if reading is None else reading.why
    return own if own is not None and reason in ("inconclusive", "not_collected") else reason


def _why_mute(settle: str, facts: Facts, reason: Reason) -> str:
    """The fault that keeps a request from being answered: RMC is down, or what lists subsystems is."""
    if reason != "failed":
        return _told(_DOWN, settle, facts)
    return next((says for cause in (_DOWN, _UNMANAGED, _NOT_STARTED) if (says := _told(cause, settle, facts))), "")


def _told(cause: Hindrance, settle: str, facts: Facts) -> str:
    if not _is_of(settle, cause.asked):
        return ""
    fact = facts.fact(cause.fact)
    return f"Mend {cause.rule} first: {fact.says}" if fact.state == "known" and fact.value in cause.words else ""


def _beyond(outcome: Outcome, reason: Reason, settle: str, facts: Facts) -> Advice:
    """What else than the answer that is there would decide: a fault that is seen, time, else the one who reads."""
    again = _collecting(facts)
    told = next((says for cause in _UNDECIDED if (says := _told(cause, settle, facts))), "")
    if told:
        return Advice(again, f"{told} Then collect again: `{again}`.")
    if reason == "inconclusive" and _is_of(settle, ("lsrsrc",)):
        return Advice(again, _MORE.format(settle=settle, again=again))
    if reason in _ANSWERED:
        return Advice(again, _ANSWERED[reason].format(again=again))
    if any(fact.name.startswith(_IN_TIME) for fact in facts_behind(outcome)):
        return Advice(again, _SECOND.format(again=again))
    return Advice(again, _UNCLEAR.format(again=again))
