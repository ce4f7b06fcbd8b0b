"""Check: evidence judged against policies, as values, or as reports at their places.

check        a run as one value, for as many targets as fit into memory
check_each   a run as it goes: `Run`, then each `Assessed`, at last a `Closing`
write        a run as reports, told through a Teller: what `rmccomply check` does
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rmccomply import formats
from rmccomply.assess import NONE_GIVEN, Given
from rmccomply.dispose import Leftover, Terms, UsedSum, left_of
from rmccomply.dispose.baseline import notes_of_baseline
from rmccomply.dispose.waiver_ends import notes_of_waivers
from rmccomply.ending.status import STATUS, shut_by
from rmccomply.ending.verdict_line import skipped_line, verdict_line
from rmccomply.errors import InputError
from rmccomply.evidence.model import Notification
from rmccomply.evidence.redact import redact_table
from rmccomply.evidence.told import redact_told
from rmccomply.formats import Frame
from rmccomply.guarded import LIMITS, Limits
from rmccomply.inputs.collected_by import collected_by
from rmccomply.inputs.locate import locate
from rmccomply.policy.load import LoadedPolicy, load
from rmccomply.policy.select import Choice
from rmccomply.report import PARTS, Assessed, Closing, Gate, Run, Style, Tally
from rmccomply.runs.arguments import clock_of, gate_of, limits_of, listed, parts_of, platform_of
from rmccomply.runs.judge import Judged, Judging, Opened, RunEvent
from rmccomply.runs.outputs import refuse_evidence, refuse_nested
from rmccomply.runs.plan import CheckAsked, planned, settled, under_baseline, under_waivers
from rmccomply.runs.reports import Output, ReportPlace
from rmccomply.runs.run_id import RunId
from rmccomply.runs.spread import spread
from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from rmccomply.runs.teller import Teller

_MOST_NAMES: Final = 10
"""Names that a sentence lists."""
_PLAIN: Final = Style()
_GATE: Final = Gate()
_CORE: Final = ("rmc-core",)


class Checked(NamedTuple):
    """A run as a value: its policies and rules, each target with its findings, and how it closed."""

    run: Run
    targets: tuple[Assessed, ...]
    closing: Closing

    @property
    def notifications(self) -> tuple[Notification, ...]:
        """What is to be said of no target: of other files, of inputs that could not be used."""
        return self.closing.notifications

    @property
    def exit_status(self) -> int:
        """What `rmccomply check` would exit with."""
        return self.closing.exit_status


def check(
    inputs: Iterable[str | PathLike[str]],
    policies: Iterable[str | PathLike[str]] = _CORE,
    *,
    now: str,
    profile: str | None = None,
    parameters: Mapping[str, str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    platform: str = "",
    labels: Given = NONE_GIVEN,
    waivers: str | PathLike[str] = "",
    baseline: str | PathLike[str] = "",
    root: str | PathLike[str] = "",
    limits: Limits = LIMITS,
    gate: Gate = _GATE,
    executor: "Executor | None" = None,
    against: Iterable[str | PathLike[str]] = (),
) -> Checked:
    """Judge evidence against policies, and keep all that is found. The arguments are those of `check_each`."""
    gate_of(gate)
    choice = Choice(profile, parameters, tuple(listed("select", select)), tuple(listed("ignore", ignore)))
    asked = _asked(inputs, policies, now, choice, platform, labels, root, limits)
    asked = under_waivers(asked._replace(against=_paths("against", against)), _text(waivers))
    asked = settled(under_baseline(asked, _text(baseline)), gate)
    course = _Course(asked)
    targets = tuple(_each(asked, course, executor))
    return Checked(asked.plan.run, targets, course.closing(gate, faulty=False))


def check_each(
    inputs: Iterable[str | PathLike[str]],
    policies: Iterable[str | PathLike[str]] = _CORE,
    *,
    now: str,
    profile: str | None = None,
    parameters: Mapping[str, str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    platform: str = "",
    labels: Given = NONE_GIVEN,
    waivers: str | PathLike[str] = "",
    baseline: str | PathLike[str] = "",
    root: str | PathLike[str] = "",
    limits: Limits = LIMITS,
    gate: Gate = _GATE,
    executor: "Executor | None" = None,
    against: Iterable[str | PathLike[str]] = (),
) -> Iterator[Run | Assessed | Closing]:
    """Judge evidence against policies: first what is judged, then each target as it comes, at last the sum of all.

    `inputs` are files and folders, `policies` ids of shipped ones or files, `now` the clock of the run in RFC 3339 and
    UTC, `select` and `ignore` ids of rules or their beginnings, `labels` more labels of targets by their names,
    `waivers` a file of them, `baseline` a file of known fails, `root` what uris of evidence are relative to (the
    working directory). `executor` is one of processes: the targets are judged by them, and come in the same order. An
    input that cannot be used is told by the sum, with level "error". `against` are files and folders of others, whose
    node ID no image may hold.

    Raises UsageError for what the arguments name and is not there, or with all faults of the waivers, PolicyError with
    all faults of a policy, InputError with those of a baseline.
    """
    gate_of(gate)
    choice = Choice(profile, parameters, tuple(listed("select", select)), tuple(listed("ignore", ignore)))
    asked = _asked(inputs, policies, now, choice, platform, labels, root, limits)
    asked = under_waivers(asked._replace(against=_paths("against", against)), _text(waivers))
    asked = settled(under_baseline(asked, _text(baseline)), gate)
    return _all(asked, gate, executor)


def write(
    asked: CheckAsked,
    places: Sequence[ReportPlace],
    teller: "Teller",
    *,
    style: Style = _PLAIN,
    gate: Gate = _GATE,
    others: Iterable[str] = (),
    parts: int = PARTS,
    executor: "Executor | None" = None,
) -> int:
    """Check, write each report at its place, and return the exit status.

    `others` are files that are read besides, over which no report goes; `parts` the files of one that is a folder.
    Raises UsageError before anything is judged where one would. A report that cannot be written whole is told, and the
    others still appear.
    """
    refuse_evidence((one.path for one in places), (*asked.inputs, *asked.against, *others))
    refuse_nested(one.path for one in places)
    asked = settled(asked, gate)
    frame = Frame(asked.plan.run._replace(collected=collected_by(asked.inputs)), style, parts_of(parts))
    outputs: list[Output] = []
    try:
        for one in places:
            outputs.append(Output(formats.load(one.format).assembly(frame), one, teller))
            outputs[-1].begin()
        judging = _judging(asked, frame, tuple(one.format for one in places))
        course = _Course(asked)
        for event in _events(asked, judging, executor):
            _tell(event, teller)
            course.take(event)
            if isinstance(event, Judged):
                for output, fragment in zip(outputs, event.fragments, strict=True):
                    output.add(fragment)
        _end(course, gate, outputs, places)
    except BaseException:
        for output in outputs:
            output.abandon()
        raise
    closing = course.closing(gate, faulty=any(output.failed for output in outputs))
    written = [one for one, output in zip(places, outputs, strict=True) if not output.failed]
    _tell_outcome(closing, asked.plan.run, written, teller)
    return closing.exit_status


def _end(course: "_Course", gate: Gate, outputs: Sequence[Output], places: Sequence[ReportPlace]) -> None:
    """End all reports, text last, since its last line is the verdict, which a report that cannot be written changes."""
    pairs = sorted(zip(places, outputs, strict=True), key=lambda pair: pair[0].format == "text")
    for _, output in pairs:
        output.end(course.closing(gate, faulty=any(one.failed for one in outputs)))


def _tell_outcome(closing: Closing, run: Run, written: Sequence[ReportPlace], teller: "Teller") -> None:
    """The verdict, where no text on standard output ends with it, and the files in which more stands."""
    if any(one.format == "text" and one.path in (None, "-") for one in written):
        return
    if skipped := skipped_line(closing.notifications):
        teller.outcome(skipped)
    files = [one.path for one in written if one.path is not None and one.path != "-"]
    see = f", see {', '.join(files)}" if files else ""
    teller.outcome(f"{verdict_line(closing, len(run.rules), run.left_out)}{see}", *files)


def _judging(asked: CheckAsked, frame: Frame, formats: tuple[str, ...]) -> Judging:
    given = {name: redact_table(table) for name, table in asked.given.items()}
    rules, limits = asked.plan.rules, asked.limits
    measured = frozenset(one.loaded.rule.id for one in rules if one.loaded.rule.measures)
    terms = asked.terms._replace(baseline=asked.terms.baseline._replace(measured=measured))
    judging = Judging(rules, frame, formats, given, asked.platform, asked.root, limits, not formats, terms)
    return judging._replace(others=asked.others)


def _events(asked: CheckAsked, judging: Judging, executor: "Executor | None") -> Iterator[RunEvent]:
    located = locate(asked.inputs, asked.root, asked.stdin, asked.limits)
    return spread(executor, judging.begin, located)


def _all(asked: CheckAsked, gate: Gate, executor: "Executor | None") -> Iterator[Run | Assessed | Closing]:
    course = _Course(asked)
    yield asked.plan.run
    yield from _each(asked, course, executor)
    yield course.closing(gate, faulty=False)


def _each(asked: CheckAsked, course: "_Course", executor: "Executor | None") -> Iterator[Assessed]:
    for event in _events(asked, _judging(asked, Frame(asked.plan.run, _PLAIN), ()), executor):
        course.take(event)
        if isinstance(event, Judged) and event.assessed is not None:
            yield event.assessed


def _asked(
    inputs: Iterable[str | PathLike[str]],
    policies: Iterable[str | PathLike[str]],
    now: str,
    choice: Choice,
    platform: str,
    labels: Given,
    root: str | PathLike[str],
    limits: Limits,
) -> CheckAsked:
    plan = planned(_loaded(policies), choice, clock_of(now))
    names = _paths("inputs", inputs)
    return CheckAsked(names, plan, platform_of(platform), labels, root=Path(root), limits=limits_of(limits))


def _loaded(names: Iterable[str | PathLike[str]]) -> list[LoadedPolicy]:
    return [load(name) for name in dict.fromkeys(map(_text, listed("policies", names)))]


def _paths(name: str, paths: Iterable[str | PathLike[str]]) -> tuple[str, ...]:
    return tuple(map(_text, listed(name, paths)))


def _text(path: str | PathLike[str]) -> str:
    return path if isinstance(path, str) else path.__fspath__()


def _tell(event: RunEvent, teller: "Teller") -> None:
    if isinstance(event, Opened):
        teller.note(f"read {event.files}")
    elif isinstance(event, InputError):
        teller.fault(str(event))
    elif isinstance(event, Notification) and event.skipped:
        teller.note(f"{event.uri}: {event.text}", event.uri)
    elif isinstance(event, Judged) and event.fault:
        teller.fault(event.fault, event.label)


class _Course:
    """What is summed up of a run while it goes; memory grows with what is to be said of no target alone."""

    def __init__(self, asked: CheckAsked) -> None:
        self._asked = asked
        self._tally = Tally()
        self._notes: list[Notification] = []
        self._faulty = False
        self._met: set[str] = set()
        self._used = UsedSum()
        self._id = RunId(asked.plan.run)

    def take(self, event: RunEvent) -> None:
        if isinstance(event, Judged):
            self._id.target(event.digest, event.fault)
            self._tally.merge(event.tally)
            if event.name in self._asked.given:
                self._met.add(event.name)
            self._used.add(event.used)
        elif isinstance(event, Notification):
            self._id.told(event)
            self._notes.append(event)
        elif isinstance(event, InputError):
            self._id.told(event)
            self._faulty = True
            self._notes.append(Notification(str(event), level="error"))

    def closing(self, gate: Gate, *, faulty: bool) -> Closing:
        """How the run closes; `faulty`: a report could not be written."""
        tally, left = self._tally, left_of(self._asked.terms, self._used)
        notes = (
            *(*self._notes, *_unused(self._asked, self._met)),
            *(*notes_of_waivers(left.waivers), *_of_baseline(self._asked.terms, left)),
        )
        tally.note(notes)
        decided = Closing(tally.counts, tally.targets, 0).decided
        word = shut_by(tally, gate, decided, "input" if self._faulty else "report" if faulty else None)
        return Closing(
            tally.counts,
            tally.targets,
            STATUS[word],
            notes,
            tally.damaged,
            left,
            run_id=self._id.hex(),
            counts=tally.sums(),
            gate=gate,
            shut_by=word,
        )


def _of_baseline(terms: Terms, left: Leftover) -> Iterator[Notification]:
    """What is to be said of the baseline: entries that are gone, and those that were not assessed."""
    for says in notes_of_baseline(terms.baseline, left.absent, left.not_assessed):
        yield Notification(redact_told(says), level="note")


def _unused(asked: CheckAsked, met: set[str]) -> list[Notification]:
    """One note of all targets that have labels and that the run has not."""
    names = [name for name in asked.given if name not in met]
    if not names:
        return []
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    are = "is not a target" if len(names) == 1 else "are not targets"
    who = f"the labels file {asked.labels_file} names" if asked.labels_file else "the labels name"
    says = f"{who} what {are} of this run: {', '.join(names[:_MOST_NAMES])}{more}"
    return [Notification(redact_told(says), level="note")]
