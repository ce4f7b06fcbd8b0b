"""The verdict on a whole run in one sentence: what text ends with, and what is said where no text is shown.

It begins with a word that tells the exit status, and no two statuses share one: PASSED and LET PASS are 0, FAILED is 1,
NOT JUDGED and NOT WRITTEN are 2, UNDECIDED is 3, NOTHING JUDGED is 4. LET PASS is for what would have been 1 or 3 but
for an option, which is named: nobody should read of problems behind the word PASSED.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from rmccomply.ending.narrowed import NOTHING_HIDDEN, Hidden
from rmccomply.evidence.model import Notification
from rmccomply.report import Closing
from rmccomply.tuples import NamedTuple
from rmccomply.words import SEVERITIES, Standing

EndWord = Literal["PASSED", "LET PASS", "FAILED", "NOT JUDGED", "NOT WRITTEN", "UNDECIDED", "NOTHING JUDGED"]

ENDS: Final[Mapping[EndWord, int]] = {
    "PASSED": 0,
    "LET PASS": 0,
    "FAILED": 1,
    "NOT JUDGED": 2,
    "NOT WRITTEN": 2,
    "UNDECIDED": 3,
    "NOTHING JUDGED": 4,
}
"""The exit status that each word stands for."""
_STANDINGS: Final[Mapping[Standing, str]] = {
    "undecided": "{} undecided",
    "no_problems": "{} without problems",
    "healthy": "{} healthy",
    "not_applicable": "{} to which no check applies",
}
_PLURALS: Final = {
    "fails": "fail",
    "passes": "pass",
    "is": "are",
    "has": "have",
    "lets": "let",
    "does": "do",
    "informs": "inform",
}
_SEVERAL: Final = 2
_MOST_SEVERITIES: Final = 2
"""Severities that are counted, from the worst one on."""


class VerdictLine(NamedTuple):
    """The sentence in two parts: the word that tells the exit status, and what it rests on."""

    word: EndWord
    says: str

    def __str__(self) -> str:
        return f"{self.word}: {self.says}"


def verdict_line(closing: Closing, rules: int, left_out: int, hidden: Hidden = NOTHING_HIDDEN) -> VerdictLine:
    """How the run ended. It judged `rules`, and `left_out` of its policies it did not; `hidden` is not shown."""
    run = _Ended(closing, rules, left_out)
    word, says = _worded(run)
    return VerdictLine(word, says + _not_shown(hidden))


class _Ended:
    """The counts of a run as its sentence needs them."""

    def __init__(self, closing: Closing, rules: int, left_out: int) -> None:
        counts, summary = closing.counts, closing.summary
        self.closing, self.rules, self.left_out = closing, rules, left_out
        self.fails = sum(counts.active.values())
        self.informs = counts.active.get("info", 0)
        self.problems = self.fails - self.informs
        self.accepted = summary["fail"] - self.fails
        self.waived = counts.waived
        self.unknown = summary["unknown"]
        self.passes, self.besides, self.errors = summary["pass"], summary["not_applicable"], summary["error"]
        self.applicable = summary["fail"] + self.unknown + self.passes
        self.one = closing.targets == 1

    def of(self, standing: Standing) -> int:
        return self.closing.counts.standings.get(standing, 0)


def skipped_line(notifications: Iterable[Notification]) -> str:
    """The files of folders that are no evidence, counted; empty where there is none."""
    count = sum(note.skipped for note in notifications)
    return f"{_n(count, 'file')} skipped: not evidence; -v names {'it' if count == 1 else 'them'}" if count else ""


def _worded(run: _Ended) -> tuple[EndWord, str]:
    gate = run.closing.gate
    match run.closing.shut_by:
        case "not_judged":
            return "NOT JUDGED", _not_judged(run)
        case "input":
            return "NOT JUDGED", "; ".join([_inputs(run), *_found(run)])
        case "report":
            return "NOT WRITTEN", "; ".join(["A report could not be written", *_found(run)])
        case "nothing_judged":
            return "NOTHING JUDGED", _nothing(run)
        case "failing":
            return "FAILED", _failed(run)
        case "undecided" | "damaged" | "min_decided":
            return "UNDECIDED", _undecided(run, run.closing.shut_by)
        case "held_open":
            return "LET PASS", f"{_held(run)}; --exit-zero gives status 0"
        case "open":
            lets = [f"--fail-on {gate.fail_on}"] if run.problems else []
            lets += ["--on-unknown report"] if run.closing.counts.gating_unknown else []
            if lets:
                return "LET PASS", f"{_whole(run)}; {' and '.join(lets)} {_s('lets', len(lets))} that pass"
            return "PASSED", _passed(run)


def _failed(run: _Ended) -> str:
    fail_on = run.closing.gate.fail_on
    if not run.problems:
        return f"{_n(run.informs, 'check')} of severity info {_s('fails', run.informs)} (--fail-on {fail_on})"
    return _whole(run) + ("" if fail_on in ("low", "info") else f"; the gate is --fail-on {fail_on}")


def _undecided(run: _Ended, why: Literal["undecided", "damaged", "min_decided"]) -> str:
    """What was found, and then what is in the way of a pass."""
    found = _none_found(run)
    if run.problems:
        found = f"{_problems(run)}, which --fail-on {run.closing.gate.fail_on} lets pass"
    if why == "damaged":
        return f"{found}, but an input is damaged, and what was lost with it could have shown some{_rest(run, '; ')}"
    if why == "min_decided":
        share, demand = int(run.closing.decided * 1000 + 1e-6) / 10, run.closing.gate.min_decided or 0
        return f"{found}, but only {share:g} % of the checks are decided (--min-decided {demand:g}){_rest(run)}"
    return f"{found}, but {_open_checks(run)}{_rest(run)}"


def _open_checks(run: _Ended) -> str:
    """The unknowns, and the partitions that are undecided by them."""
    if (partitions := run.of("undecided")) and not (run.one or run.problems):
        return f"{_of_all(run, partitions)} {_s('is', partitions)} undecided ({_n(run.unknown, 'check')})"
    if run.left_out:
        of_all = f"{run.unknown:,} of {_n(run.applicable, 'selected check')}"
        return f"{of_all} {_s('is', run.unknown)} undecided"
    return f"{_n(run.unknown, 'check')} {_s('is', run.unknown)} undecided"


def _held(run: _Ended) -> str:
    """What the gate would have been shut by."""
    if run.problems or run.closing.counts.gating_unknown:
        return _whole(run)
    if run.informs and run.closing.gate.fail_on == "info":
        return _failed(run)
    return _undecided(run, "damaged" if run.closing.damaged else "min_decided")


def _passed(run: _Ended) -> str:
    healthy, targets = run.of("healthy"), run.closing.targets
    if run.one:
        if healthy:
            return f"The partition is healthy: {_checks(run)}"
        plain = run.left_out and not (run.accepted or run.informs or run.unknown)
        return _checks(run) if plain else f"{_none_found(run)}: {_checks(run)}"
    if healthy == targets:
        return f"All {targets:,} partitions are healthy"
    judged = targets - run.of("not_applicable")
    says = f"{_none_found(run)} on {_n(judged, 'partition')}"
    parts = [f"{healthy:,} of them healthy"] if healthy else []
    if healthy == judged:
        says, parts = f"{_n(judged, 'partition')} {_s('is', judged)} healthy", []
    parts += [f"{_n(run.passes, 'selected check')} {_s('passes', run.passes)}"] if run.left_out else []
    parts += _accepted(run)
    parts += [f"{_n(run.informs, 'check')} only {_s('informs', run.informs)}"] if run.informs else []
    parts += [f"{_n(run.unknown, 'check')} of severity info undecided"] if run.unknown else []
    parts += [f"no check applies to {_n(targets - judged, 'other')}"] if targets > judged else []
    return ", ".join([says, *parts])


def _not_judged(run: _Ended) -> str:
    if run.one:
        return "The partition could not be judged"
    if run.errors == run.closing.targets:
        return f"None of the {run.errors:,} partitions could be judged"
    return "; ".join([f"{_of_all(run, run.errors)} could not be judged", *_found(run)])


def _inputs(run: _Ended) -> str:
    faults = sum(note.level == "error" for note in run.closing.notifications)
    if not run.closing.targets:
        return "No input could be used"
    return "An input could not be used" if faults < _SEVERAL else f"{faults:,} inputs could not be used"


def _nothing(run: _Ended) -> str:
    if not run.rules:
        return "No check was selected"
    if not run.closing.targets:
        return "No partition was found"
    return "No check applies to " + ("this partition" if run.one else f"any of the {run.closing.targets:,} partitions")


def _found(run: _Ended) -> list[str]:
    """What was found on those that were judged."""
    return [_whole(run)] if run.closing.targets > run.errors else []


def _whole(run: _Ended) -> str:
    """The counts of the run: of the checks of one partition, else of the partitions."""
    if run.of("not_applicable") == run.closing.targets:
        return _nothing(run)
    if run.one:
        return _checks(run)
    if problems := _problems(run):
        return ", ".join([problems, *_others(run), *_accepted(run)])
    first, *rest = _others(run)
    return ", ".join([first.replace(" ", f" of {run.closing.targets:,} partitions ", 1), *rest, *_accepted(run)])


def _accepted(run: _Ended) -> list[str]:
    """`2 checks waived`, `5 in the baseline`."""
    parts = [f"{_n(run.waived, 'check')} waived"] if run.waived else []
    known = run.accepted - run.waived
    return parts + (
        [f"{known:,} in the baseline" if parts else f"{_n(known, 'check')} in the baseline"] if known else []
    )


def _checks(run: _Ended) -> str:
    """`9 of 39 checks fail, 18 undecided, 12 pass (6 do not apply)`."""
    counts = [
        (run.problems, _s("fails", run.problems)),
        (run.unknown, "undecided"),
        (run.waived, "waived"),
        (run.accepted - run.waived, "in the baseline"),
        (run.passes, _s("passes", run.passes)),
    ]
    there = [one for one in counts if one[0]]
    if not there:
        return f"{_n(run.informs, 'check')} only {_s('informs', run.informs)}"
    (first, says), *rest = there
    noun, judged = "selected check" if run.left_out else "check", run.applicable - run.informs
    all_pass = first == run.passes == judged and not run.left_out
    of_all = _n(first, noun) if all_pass else f"{first:,} of {_n(judged, noun)}"
    besides = [f"{run.informs:,} only {_s('informs', run.informs)}"] if run.informs else []
    besides += [f"{run.besides:,} {_s('does', run.besides)} not apply"] if run.besides else []
    told = ", ".join([f"{of_all} {says}", *(f"{count:,} {name}" for count, name in rest)])
    return f"{told} ({', '.join(besides)})" if besides else told


def _problems(run: _Ended) -> str:
    """The partitions that have problems, with the severities of their worst ones; empty where none has."""
    if run.one:
        return f"{_n(run.problems, 'check')} {_s('fails', run.problems)}" if run.problems else ""
    if not (failed := run.of("failed")):
        return ""
    worst = [f"{run.closing.counts.worst[one]:,} {one}" for one in SEVERITIES if run.closing.counts.worst.get(one)]
    return f"{_of_all(run, failed)} {_s('has', failed)} problems ({', '.join(worst[:_MOST_SEVERITIES])})"


def _others(run: _Ended) -> list[str]:
    """The partitions without problems."""
    return [text.format(f"{run.of(one):,}") for one, text in _STANDINGS.items() if run.of(one)]


def _rest(run: _Ended, mark: str = ", ") -> str:
    """What is good news beside what is not."""
    if run.one:
        return f"{mark}{run.passes:,} {_s('passes', run.passes)}" if run.passes else ""
    rest = [one for one in _others(run) if not one.endswith(" undecided")]
    return f"{mark}{', '.join(rest)}" if rest else ""


def _none_found(run: _Ended) -> str:
    return "No active problems" if run.accepted else "No problems found"


def _not_shown(hidden: Hidden) -> str:
    """What a narrowed page leaves out, and by which options."""
    parts = [_n(hidden.problems, "failing check")] if hidden.problems else []
    parts += [_n(hidden.undecided, "undecided check")] if hidden.undecided else []
    if not parts:
        return ""
    on = f" on {_n(hidden.partitions, 'partition')}" if hidden.partitions > 1 else ""
    return f"; not shown: {' and '.join(parts)}{on} ({' '.join(hidden.options)})"


def _of_all(run: _Ended, count: int) -> str:
    return f"{count:,} of {_n(run.closing.targets, 'partition')}"


def _n(count: int, noun: str) -> str:
    """A count with its noun, thousands apart."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _s(verb: str, count: int) -> str:
    """The verb for so many."""
    return verb if count == 1 else _PLURALS[verb]
