"""What `check` does once its options are read: load, judge each target, write each report, tell the exit status."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from rmccomply import formats
from rmccomply.assess import Labels, judged, policy_cards, rule_cards
from rmccomply.checks.operands import nearest
from rmccomply.cli import complain
from rmccomply.cli.options import clock, parameters_of, root_of, words_of
from rmccomply.errors import OutputError, UsageError
from rmccomply.evaluate import compile_rules
from rmccomply.evidence.model import Notification
from rmccomply.evidence.redact import redact_table
from rmccomply.evidence.told import redact_told
from rmccomply.finding import NOT_JUDGED
from rmccomply.guarded import LARGEST_TOML, LIMITS, Limits, Unfit, bounded, toml_of
from rmccomply.inputs.claims import shared_names
from rmccomply.inputs.loaded import Failed, Item, Loaded
from rmccomply.inputs.read import load_inputs
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, ChosenRule, changed, choose
from rmccomply.report import Assessed, Closing, ParameterCard, Run, Style, Tally
from rmccomply.runs.outputs import refuse_evidence
from rmccomply.sinks import Sink, open_sink
from rmccomply.status import Gate, exit_status, short_of
from rmccomply.version import VERSION

_AROUND: Final = ("target", "targets", "host", "hosts", "label", "labels")
"""Tables that people put around what a labels file holds; no target is called so."""
_MOST_NAMES: Final = 10
"""Names that a sentence lists."""


class Request(NamedTuple):
    """What the command line asks of `check`."""

    inputs: tuple[str, ...]
    policies: tuple[str, ...]
    profile: str | None
    parameters: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    outputs: tuple[str, ...]
    show_all: bool
    gate: Gate
    now: str | None
    platform: str
    labels: str | None
    secrets: str | None
    root: str | None
    color: bool
    width: int
    verbose: bool
    limits: Limits = LIMITS


class Output:
    """One report in the making. After a failure it takes nothing more, so that the others still appear."""

    def __init__(self, written: formats.Format[object], frame: formats.Frame, path: str | None) -> None:
        self._format = written
        self._frame = frame
        self._assembly = written.assembly(frame)
        self.failed = False
        self._sink: Sink | None = None
        try:
            self._sink = open_sink(path)
        except OutputError as error:
            self._fail(error)

    def begin(self) -> None:
        self._take(lambda: (self._assembly.begin(),))

    def assessed(self, item: Assessed) -> None:
        self._take(lambda: (self._assembly.add(self._format.fragment(item, self._frame)),))

    def end(self, closing: Closing) -> None:
        self._take(lambda: self._assembly.end(closing))
        if self._sink is not None:
            try:
                self._sink.close()
            except OutputError as error:
                self._fail(error)
        self._assembly.abandon()

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._assembly.abandon()
        if self._sink is not None:
            self._sink.abandon()

    def _take(self, pieces: Callable[[], Iterable[str]]) -> None:
        if self._sink is not None:
            try:
                for piece in pieces():
                    self._sink.write(piece)
            except OutputError as error:
                self._fail(error)

    def _fail(self, error: OutputError) -> None:
        complain(f"error: {error}")
        self.failed = True
        self.abandon()
        self._sink = None


def run(request: Request) -> int:
    """Check as asked and return the exit status. Raises UsageError and PolicyError before anything is judged."""
    now = clock(request.now)
    written = [load(name) for name in dict.fromkeys(request.policies)]
    policies, chosen = choose(written, _choice(request))
    labels = Labels(_labels(request.labels), shared_names(request.inputs, request.limits))
    specs = _outputs(request.outputs)
    read = (*request.inputs, *request.policies, *filter(None, (request.labels, request.secrets)))
    refuse_evidence((path for _, path in specs), read)
    left_out = len({one.rule.id for policy in policies for one in policy.rules}) - len(chosen)
    tuned = tuple(ParameterCard(*one) for one in changed(written, policies))
    header = Run(VERSION, now, policy_cards(policies), rule_cards(chosen), left_out, tuned)
    frame = formats.Frame(header, Style(request.color, request.width, request.show_all))
    outputs = [Output(formats.load(name), frame, path) for name, path in specs]
    try:
        return _run(request, header, chosen, labels, outputs)
    except BaseException:
        for output in outputs:
            output.abandon()
        raise


def _run(request: Request, header: Run, chosen: tuple[ChosenRule, ...], labels: Labels, outputs: list[Output]) -> int:
    tally, notes, faults = Tally(), [], 0
    for output in outputs:
        output.begin()
    rules = compile_rules(chosen, header.now, request.platform)
    for item in _items(request):
        if isinstance(item, (Loaded, Failed)):
            assessed = judged(item, rules, labels, request.platform, request.limits.seconds, header.now)
            _complain_of(assessed)
            tally.add(assessed)
            for output in outputs:
                output.assessed(assessed)
        elif isinstance(item, Notification):
            notes.append(item)
        else:
            faults += 1
            for line in str(item).split("\n"):
                complain(f"error: {line}")
            notes.append(Notification(str(item), level="error"))
    notes += _unused(request.labels or "", labels.unused())
    return _close(request, tally, tuple(notes), faults, outputs)


def _unused(path: str, names: Sequence[str]) -> list[Notification]:
    """One note of all targets that a labels file names and the run has not."""
    if not names:
        return []
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    are = "is no target" if len(names) == 1 else "are no targets"
    says = f"the labels file {path} names what {are} of this run: {', '.join(names[:_MOST_NAMES])}{more}"
    return [Notification(redact_told(says), level="note")]


def _close(request: Request, tally: Tally, notes: tuple[Notification, ...], faults: int, outputs: list[Output]) -> int:
    tally.note(notes)
    decided = Closing(tally.counts, tally.targets, 0).decided
    failed = any(output.failed for output in outputs)
    status = exit_status(tally, request.gate, decided, bool(faults) or failed)
    short = short_of(tally, request.gate, decided)
    for output in outputs:
        output.end(Closing(tally.counts, tally.targets, status, notes, tally.damaged, short))
    return 2 if any(output.failed for output in outputs) else status


def _complain_of(assessed: Assessed) -> None:
    for finding in assessed.findings[:1]:
        if finding.result == "error":
            complain(
                f"error: {assessed.target.id}: {NOT_JUDGED[0].lower()}{NOT_JUDGED[1:]}: {finding.message}",
                assessed.target.id,
            )


def _items(request: Request) -> Iterator[Item]:
    import sys

    for item in load_inputs(request.inputs, root_of(request.root), sys.stdin.buffer, request.limits):
        if request.verbose and isinstance(item, Loaded):
            complain(f"read {', '.join(one.uri for one in item.artifacts) or item.name}")
        yield item


def _choice(request: Request) -> Choice:
    return Choice(
        request.profile, parameters_of(request.parameters), words_of(request.select), words_of(request.ignore)
    )


def _outputs(specs: tuple[str, ...]) -> list[tuple[str, str | None]]:
    outputs: list[tuple[str, str | None]] = []
    for spec in specs:
        name, mark, path = spec.partition("=")
        if name not in formats.FORMATS:
            known = ", ".join(formats.FORMATS)
            near = nearest(name, formats.FORMATS) or "."
            raise UsageError(f"there is no format '{name}'{near} The formats are: {known}.")
        if mark and not path:
            raise UsageError(f"-o {spec} names no file; for standard output write -o {name}")
        outputs.append((name, path or None))
    if sum(path in (None, "-") for _, path in outputs) > 1:
        raise UsageError("two reports cannot both go to standard output; give one of them a path: -o sarif=rmc.sarif")
    paths = [str(Path(path).absolute()) for _, path in outputs if path not in (None, "-")]
    if len(set(paths)) < len(paths):
        raise UsageError("two reports cannot go to one file")
    return outputs


def _labels(path: str | None) -> dict[str, dict[str, str]]:
    """`[lpar0007] wave = "3"`: a table for each target."""
    if path is None:
        return {}
    try:
        content = toml_of(bounded(Path(path), LARGEST_TOML))
    except OSError as error:
        raise UsageError(f"--labels: {path}: cannot be read: {error.strerror}") from None
    except Unfit as error:
        raise UsageError(f"--labels: {path}{f':{error.line}' if error.line else ''}: {error.says}") from None
    if fault := next((fault for name, table in content.items() if (fault := _no_labels(name, table))), ""):
        raise UsageError(f"--labels: {path}: {fault}")
    return {name: redact_table({key: str(value) for key, value in table.items()}) for name, table in content.items()}


def _quoted(name: str) -> str:
    """A name as a key of TOML."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{name}"'


def _no_labels(name: str, table: object) -> str:
    """Why an entry of a labels file is no table of labels; empty where it is one."""
    if not isinstance(table, dict):
        return f"'{name}' is no table of labels for a target: write [TARGET] in a line above it"
    for key, value in table.items():
        if isinstance(value, dict) and name in _AROUND:
            return f"'{name}' is taken for a target: write [{_quoted(key)}], and its labels below"
        if isinstance(value, dict) and key in _AROUND:
            return f"'{key}' of '{name}' is a table: write [{_quoted(name)}], and its labels below"
        if isinstance(value, dict):
            return f"'{key}' of '{name}' is a table: write a name with a dot in quotes, [\"{name}.{key}\"]"
        if isinstance(value, list):
            return f"'{key}' of '{name}' is a list, and a label is one text"
    return ""
