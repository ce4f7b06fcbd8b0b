"""Text for people: what fails and what is unknown, worst first, each with the line that proves it.

No standard; the layout follows what rustc, ruff and zizmor have in common: a headline with mark, severity and rule,
the place as `file:line`, the line itself behind a gutter, then why it matters and what to do. Readings chosen:
targets with the worst findings come first and healthy ones last, a line each; no meaning is carried by colour
alone; evidence that is wider than the page has its blanks drawn together and is then cut with `…`, here and in no
other format; the exit status is explained in words.
"""

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from rmccomply.age import dated
from rmccomply.evidence.section import spoken
from rmccomply.finding import NO_RULE, NOT_JUDGED
from rmccomply.formats._closing import decided, reason_of_exit
from rmccomply.formats._states import NAMES, ORDER, count_of, is_healthy, says_of, sign_of, state_of
from rmccomply.terminal import Page, cut, fitted, padded, visible, width_of
from rmccomply.words import RANK, SEVERITIES, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmccomply.evidence.model import Notification, Reference
    from rmccomply.finding import Finding
    from rmccomply.report import Assessed, Closing, ParameterCard, RuleCard, Run, Style, TargetCard

_SHOWN: Final = frozenset({"fail", "unknown", "error"})
_EXPLAINED: Final = frozenset({"fail", "waived", "baseline"})
_MARKS: Final = {
    "fail": "✗",
    "unknown": "?",
    "error": "!",
    "waived": "~",
    "baseline": "=",
    "pass": "✓",
    "not_applicable": "–",
}
_COLORS: Final = {
    "critical": "bold red",
    "high": "bold red",
    "medium": "bold yellow",
    "low": "bold cyan",
    "info": "bold",
}
_OTHER_COLORS: Final = {"unknown": "bold magenta", "error": "bold red", "pass": "green"}
_PLATFORMNAMES: Final = {"aix": "AIX", "vios": "VIOS", "linux": "Linux", "hmc": "HMC"}
_LEVEL_COLORS: Final = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
_INDENT: Final = "  "
_INNER: Final = "    "
_MOST_LINES: Final = 12
_GUTTER: Final = 4
_STATE: Final = 17
_CELL: Final = 10


class _Line(NamedTuple):
    """A target of which nothing is shown but one line."""

    sign: str
    name: str
    says: str


class Text:
    """The writer. The worst target comes first, so all that is shown is kept, drawn, until the end."""

    def __init__(self, style: "Style") -> None:
        self._page = Page(style.width, color=style.color)
        self._all = style.show_all
        self._run: Run
        self._rules: dict[str, RuleCard] = {}
        self._blocks: list[tuple[tuple[int, ...], str]] = []
        self._lines: list[_Line] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._notes: dict[str, list[Notification]] = {}

    def begin(self, run: "Run") -> str:
        self._run = run
        self._rules = {card.id: card for card in run.rules}
        return ""

    def assessed(self, item: "Assessed") -> str:
        states = Counter(map(state_of, item.findings))
        self._counts.update((state_of(finding), finding.severity) for finding in item.findings)
        self._notify(item.notifications, item.target.id)
        shown = [finding for finding in item.findings if self._all or state_of(finding) in _SHOWN]
        if shown:
            self._blocks.append((_badness(item, len(self._blocks)), self._block(item.target, shown, states)))
        else:
            says = self._one_line(item, states)
            self._lines.append(_Line(sign_of(states), visible(item.target.id), f"{says} · {self._dated(item.target)}"))
        return ""

    def end(self, closing: "Closing") -> str:
        self._notify(closing.notifications, "")
        parts = [self._header(closing), *(block for _, block in sorted(self._blocks))]
        parts += [self._healthy()] if self._lines else []
        parts += [self._about()] if self._notes else []
        return "\n\n".join([*parts, self._summary(closing), self._verdict(closing)]) + "\n"

    def _notify(self, notifications: "tuple[Notification, ...]", target: str) -> None:
        for note in notifications:
            self._notes.setdefault(note.target or target, []).append(note)

    def _header(self, closing: "Closing") -> str:
        paint = self._page.paint
        lines = [f"{paint('bold', f'rmccomply {visible(self._run.version)}')}  {visible(self._run.now)}"]
        for at, card in enumerate(self._run.policies):
            label = "" if at else "policies" if len(self._run.policies) > 1 else "policy"
            name = visible(f"{card.id} {card.version}")
            lines.append(f"{paint('faint', label.ljust(10))}{name}  {paint('faint', visible(card.title))}")
        for at, text in enumerate(dict.fromkeys(map(_tuned, self._run.parameters))):
            lines.append(f"{paint('faint', ('' if at else 'changed').ljust(10))}{visible(text)}")
        if left_out := self._run.left_out:
            selected = f"{len(self._run.rules)} of {len(self._run.rules) + left_out}, selected for this run"
            lines.append(f"{paint('faint', 'rules'.ljust(10))}{selected}")
        return "\n".join([*lines, f"{paint('faint', 'targets'.ljust(10))}{closing.targets}"])

    def _block(self, target: "TargetCard", shown: "list[Finding]", states: Counter[str]) -> str:
        parts = [self._heading(target)]
        if len(shown) > 1 and _for_one_reason(shown) and not self._all:
            parts.append(self._unknown_alike(shown))
        else:
            parts += [self._finding(finding) for finding in sorted(shown, key=_place)]
        parts += self._to_settle(shown)
        rest = [] if self._all else [count_of(states, state) for state in ORDER[3:] if states[state]]
        if rest:
            parts.append(_INDENT + self._page.paint("faint", f"besides: {', '.join(rest)}"))
        if is_healthy(states):
            parts.append(f"{self._page.paint('green', '✓')} {says_of(states, self._run.left_out)}")
        return "\n\n".join(parts)

    def _heading(self, target: "TargetCard") -> str:
        name, about = visible(target.id), visible(" · ".join([*_about_target(target), self._dated(target)]))
        title = self._page.paint("bold", name)
        if width_of(f"{name}  {about}") <= self._page.width:
            rows = [f"{title}  {self._page.paint('faint', about)}".rstrip()]
        else:
            rows = [title, *(self._page.paint("faint", row) for row in self._page.prose(about, _INDENT))]
        return "\n".join([self._page.rule(), *rows])

    def _finding(self, finding: "Finding") -> str:
        state, card = state_of(finding), self._rules.get(finding.rule)
        lines = [*self._headline(finding, state), *self._page.prose(_statement(finding, state), _INDENT)]
        if finding.evidence:
            lines += ["", *self._evidence(finding.evidence)]
        if advice := self._advice(finding, card, state):
            lines += ["", *advice]
        return "\n".join(lines)

    def _unknown_alike(self, findings: "list[Finding]") -> str:
        """Findings that are all unknown for one reason, as those of a target that was not reached: the reason, once."""
        first, counts = findings[0], Counter(finding.severity for finding in findings)
        mark = self._page.paint(_OTHER_COLORS["unknown"], f"{_MARKS['unknown']} {len(findings)} unknown")
        shares = ", ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity])
        lines = [f"{mark}  {shares}", *self._page.prose(_statement(first, "unknown"), _INDENT)]
        if first.evidence:
            lines += ["", *self._evidence(first.evidence)]
        advice = self._advice(first, self._rules[first.rule], "unknown")
        return "\n".join([*lines, "", *advice] if advice else lines)

    def _headline(self, finding: "Finding", state: str) -> list[str]:
        severity = finding.severity
        color = _COLORS[severity] if state == "fail" else _OTHER_COLORS.get(state, "faint")
        mark = self._page.paint(color, f"{_MARKS[state]} {severity.ljust(8)}")
        rule = visible(finding.rule)
        indent = " " * (width_of(rule) + 14)
        title = NOT_JUDGED if finding.rule == NO_RULE else self._rules[finding.rule].title
        rows = self._page.prose(title, indent)
        first, *more = [self._page.paint("bold", row.removeprefix(indent)) for row in rows]
        return [f"{mark}  {self._page.paint('bold', rule)}  {first}", *(indent + row for row in more)]

    def _evidence(self, references: "tuple[Reference, ...]") -> list[str]:
        gutter = max(_GUTTER, *(len(str(each.end_line)) for each in references))
        lines: list[str] = []
        before = None
        for reference in references[:_MOST_LINES]:
            source = (reference.uri, reference.request, reference.exit_status)
            if source != before:
                lines += self._source(reference, gutter)
            before = source
            lines += self._quoted(reference, gutter)
        if left := len(references) - _MOST_LINES:
            lines += [f"{_INNER}{' ' * gutter} … {counted(left, 'more place')}, all in the JSON report"] * (left > 0)
        return lines

    def _source(self, reference: "Reference", gutter: int) -> list[str]:
        """Where and from what: on one line where it fits, since that is how places are copied and clicked."""
        place = visible(f"{reference.uri}:{reference.start_line}")
        status = "" if reference.exit_status is None else f" · exit {reference.exit_status}"
        asked = f"{visible(reference.request)}{status}{_decoding(reference)}"
        indent = _INNER + " " * (gutter + 1)
        shown = indent + self._page.paint("cyan", place)
        if width_of(f"{indent}{place}  {asked}") <= self._page.width:
            return [f"{shown}  {self._page.paint('faint', asked)}"]
        return [shown, indent + self._page.paint("faint", cut(asked, self._page.width - len(indent)))]

    def _quoted(self, reference: "Reference", gutter: int) -> list[str]:
        room = self._page.width - len(_INNER) - gutter - 3
        return [
            f"{_INNER}{self._page.paint('faint', f'{number:>{gutter}} │')} {fitted(visible(text), room)}".rstrip()
            for number, text in _rows(reference)
        ]

    def _advice(self, finding: "Finding", card: "RuleCard | None", state: str) -> list[str]:
        lines: list[str] = []
        if state in _EXPLAINED and card is not None:
            lines += self._labelled("why   ", card.rationale)
            lines += self._labelled("do    ", finding.remediation)
        if state == "unknown":
            lines += self._labelled("do    ", finding.advice)
        for note in finding.notes:
            lines += self._labelled("note  ", note)
        return lines

    def _to_settle(self, shown: "list[Finding]") -> list[str]:
        """What to do about the unknowns, what settles most first; said again only where one settles several."""
        if _for_one_reason(shown):
            return []
        advice = Counter(finding.advice for finding in shown if state_of(finding) == "unknown" and finding.advice)
        if advice.total() == len(advice):
            return []
        title = f"{_INDENT}To settle the {counted(advice.total(), 'unknown finding')}:"
        rows = [row for text, count in advice.most_common() for row in self._labelled(f"{count:>4}  ", text)]
        return ["\n".join([self._page.paint("bold", title), *rows])]

    def _labelled(self, label: str, text: str) -> list[str]:
        return self._page.labelled(label, text, _INNER) if text.strip() else []

    def _healthy(self) -> str:
        """The targets of which nothing is shown, one under the other."""
        widest = min(max(width_of(line.name) for line in self._lines), 40)
        rows = [self._healthy_row(line, widest) for line in self._lines]
        return "\n".join([self._page.rule(), *rows])

    def _healthy_row(self, line: _Line, widest: int) -> str:
        sign = self._page.paint("green", line.sign) if line.sign == "✓" else line.sign
        return f"{sign} {self._page.paint('bold', padded(line.name, widest))}  {line.says}"

    def _one_line(self, item: "Assessed", states: Counter[str]) -> str:
        """Of a target; where nothing applies to it for one reason, such as another kind of machine, that one."""
        whys = {finding.message for finding in item.findings}
        alone = states.keys() == {"not_applicable"} and len(whys) == 1
        return f"nothing applied: {_flat(whys.pop())}" if alone else says_of(states, self._run.left_out)

    def _dated(self, target: "TargetCard") -> str:
        return visible(dated(target.collected, self._run.now))

    def _about(self) -> str:
        lines = [self._page.rule(), self._page.paint("bold", "About the assessment")]
        for target, notes in self._notes.items():
            lines += ["", _INDENT + visible(target or "the run")]
            places: dict[tuple[str, str], list[str]] = {}
            for note in notes:
                places.setdefault((note.level, note.text), []).append(_place_of(note))
            for (level, text), where in places.items():
                lines += self._note(level, text, [place for place in where if place])
        return "\n".join(lines)

    def _note(self, level: str, text: str, places: list[str]) -> list[str]:
        """What was said of one place, or of several in the same words."""
        sign = self._page.paint(_LEVEL_COLORS[level], level.ljust(9))
        indent = _INNER + " " * 9
        first, *more = self._page.prose(text, indent)
        lines = [_INNER + sign + first.lstrip(" "), *more]
        lines += [indent + self._page.paint("cyan", visible(place)) for place in places[:_MOST_LINES]]
        if left := len(places[_MOST_LINES:]):
            lines.append(f"{indent}… {counted(left, 'more place')}, all in the JSON report")
        return lines

    def _summary(self, closing: "Closing") -> str:
        """Findings by state and severity. Fails and unknowns have their rows even where there are none."""
        columns = [severity for severity in SEVERITIES if any(key[1] == severity for key in self._counts)]
        widths = self._widths([*columns, "total"])
        head = f"{self._page.paint('bold', 'Summary'.ljust(_STATE))}{_cells([*columns, 'total'], widths)}"
        states = [state for state in ORDER if state in ("fail", "unknown") or self._total(state)]
        rows = [self._row(state, columns, widths) for state in states]
        return "\n".join([self._page.rule(), head, *rows, "", decided(closing.summary)])

    def _total(self, state: str) -> int:
        return sum(self._counts[state, severity] for severity in SEVERITIES)

    def _widths(self, titles: "Sequence[str]") -> list[int]:
        """Of the columns: alike where the page has room, else as narrow as titles and counts let them be."""
        if _STATE + _CELL * len(titles) <= self._page.width:
            return [_CELL] * len(titles)
        count = len(str(self._counts.total()))
        return [max(len(title), count) + 1 for title in titles]

    def _row(self, state: str, columns: "Sequence[str]", widths: list[int]) -> str:
        total = self._total(state)
        cells = _cells([*(self._counts[state, severity] or "·" for severity in columns), total], widths)
        name = f"{_MARKS[state]} {NAMES[state]}".ljust(_STATE)
        color = "bold red" if state == "fail" else _OTHER_COLORS.get(state, "faint")
        return f"{self._page.paint(color if total else 'faint', name)}{cells}"

    def _verdict(self, closing: "Closing") -> str:
        color = {0: "bold green", 3: "bold magenta"}.get(closing.exit_status, "bold red")
        fails = [severity for severity in SEVERITIES if self._counts["fail", severity]]
        counts = self._total("unknown"), self._run.left_out, len(self._run.rules)
        says = reason_of_exit(closing, self._total("fail"), fails, *counts)
        first, *more = self._page.prose(f"Exit status {closing.exit_status}: {says}", "")
        head, colon, tail = first.partition(":")
        return "\n".join([self._page.paint(color, head + colon) + tail, *more])


def writer(style: "Style") -> Text:
    """A writer for one report."""
    return Text(style)


def _tuned(card: "ParameterCard") -> str:
    looser = ", looser than the policy" if card.looser else ""
    return f"{card.name} {card.value} (policy: {card.of_policy}){looser}"


def _place(finding: "Finding") -> tuple[int, int]:
    return ORDER.index(state_of(finding)), RANK[finding.severity]


def _badness(item: "Assessed", at: int) -> tuple[int, ...]:
    """Sorts targets: by their fails from the worst severity on, then their unknowns, then their errors."""
    counts = Counter((state_of(finding), finding.severity) for finding in item.findings)
    states = ORDER[:3]
    return (*(-counts[state, severity] for state in states for severity in SEVERITIES), at)


def _for_one_reason(findings: "list[Finding]") -> bool:
    """Whether all are unknown, in the same words and with the same way out."""
    reasons = {(finding.message, finding.advice, finding.evidence) for finding in findings}
    return len(reasons) == 1 and all(state_of(finding) == "unknown" for finding in findings)


def _about_target(target: "TargetCard") -> list[str]:
    parts = [
        _PLATFORMNAMES.get(target.platform, target.platform),
        " ".join(part for part in (target.type_model, target.serial) if part),
        "" if target.lpar_id is None else f"LPAR {target.lpar_id}",
        *(f"{name} {value}" for name, value in target.labels.items()),
    ]
    return [part for part in parts if part]


def _statement(finding: "Finding", state: str) -> str:
    """The message with the word that the mark stands for, where the message alone could mislead."""
    if state == "unknown":
        lead = "" if "unknown" in finding.message else "Unknown: "
        return f"{lead}{_flat(finding.message)} ({(finding.reason or '').replace('_', ' ')})"
    lead = {"error": "Not judged: ", "waived": "Waived: ", "baseline": "In the baseline: "}.get(state, "")
    return lead + _flat(finding.message)


def _place_of(note: "Notification") -> str:
    return f"{note.uri}:{note.line}" if note.uri and note.line is not None else note.uri


def _flat(text: str) -> str:
    """A message is one paragraph: a line end inside it came from evidence and is shown, not obeyed."""
    return visible(text).strip()


def _rows(reference: "Reference") -> list[tuple[int | str, str]]:
    """The quoted lines with their numbers; a decoded hex line stands on several and is numbered by the first."""
    lines = spoken(reference.text).split("\n")
    if reference.end_line - reference.start_line + 1 != len(lines):
        return [(reference.start_line, lines[0]), *(("", line) for line in lines[1:])]
    return list(enumerate(lines, reference.start_line))


def _decoding(reference: "Reference") -> str:
    """What a reader who opens the file finds there instead of the line that is quoted."""
    if reference.snippet is None:
        return ""
    return f" · hexadecimal, lines {reference.start_line} to {reference.end_line}"


def _cells(values: "Sequence[object]", widths: list[int]) -> str:
    return "".join(str(value).rjust(width) for value, width in zip(values, widths, strict=True))
