"""A target as the page shows it: where it stands, its problems in the order of fixing, what is undecided, the rest."""

import hashlib
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rmccomply.formats._dates import collected_at
from rmccomply.formats._states import state_of, waiver_told
from rmccomply.formats._targets import STANDING_TITLES, about_of
from rmccomply.formats.html.graph import Drawing, Knot, drawing_of
from rmccomply.formats.html.quoted import place_of, quotes_of, said_of
from rmccomply.formats.html.settling import settled_by
from rmccomply.formats.html.shown import (
    AlikeChecks,
    LinkedProblem,
    Said,
    SameFault,
    ShownAccepted,
    ShownNote,
    ShownProblem,
    ShownSettled,
    ShownTarget,
    ShownUndecided,
)
from rmccomply.problems import Problem, failing_of, informing, problems_of, shown_problems, standing_of, undecided_of
from rmccomply.undecided import CollectedBy, UndecidedKey, UndecidedRow, rows, settled_in
from rmccomply.words import SEVERITIES, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rmccomply.evidence.model import Notification
    from rmccomply.finding import Finding
    from rmccomply.formats import Frame
    from rmccomply.report import Assessed, RuleCard, TargetCard
    from rmccomply.words import Severity, Standing

    _Group = tuple[UndecidedRow, list[Finding]]

STANDING_MARKS: "Final[dict[Standing, str]]" = {
    "failed": "✗",
    "error": "!",
    "undecided": "?",
    "no_problems": "–",
    "not_applicable": "–",
    "healthy": "✓",
}
_ACCEPTED: Final = {"waived": "waived", "baseline": "in the baseline"}


class Rules:
    """The rules of a run by name: their cards, and the anchors of what is said of them in general."""

    def __init__(self, cards: "Sequence[RuleCard]") -> None:
        self.cards = {card.id: card for card in cards}
        self.places = {card.id: at for at, card in enumerate(cards)}

    def title(self, rule: str) -> str:
        """What heads a fail of it."""
        return self.cards[rule].fault if rule in self.cards else rule

    def anchor(self, rule: str) -> str:
        """Made of its place, so that no name of a rule is in it."""
        return f"r{self.places.get(rule, '')}"


def anchor_of(label: str) -> str:
    """The anchor of a target, with nothing of its name in it."""
    return f"t{hashlib.sha256(label.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def shown_target(item: "Assessed", findings: "Sequence[Finding]", frame: "Frame", rules: Rules) -> ShownTarget:
    """A target with those of its findings that are shown; where it stands is told by all of them."""
    anchor = anchor_of(item.target.id)
    standing = standing_of(item.findings, frame.run.left_out)
    problems = shown_problems(item.findings, findings)
    undecided = _groups_of(findings, frame.run.collected)
    by_state = _by_state(findings)
    show_all = frame.style.show == "all"
    drawn = [_problem(one, anchor, rules, problems) for one in problems]
    informs = informing(tuple(failing_of(problems)))
    return ShownTarget(
        anchor=anchor,
        name=item.target.id,
        standing=standing,
        word=STANDING_TITLES[standing],
        mark=STANDING_MARKS[standing],
        about=_about(item.target, frame.run.now),
        counts=_counts(problems_of(item.findings), _by_state(item.findings)),
        errors=tuple(map(said_of, by_state.get("error", ()))),
        problems=tuple(one for one in drawn if one.rule not in informs),
        informing=tuple(one for one in drawn if one.rule in informs),
        drawing=_drawing(problems, undecided, rules),
        undecided=tuple(_undecided(row, group, anchor, rules, problems) for row, group in undecided),
        undecided_count=sum(row.checks for row, _ in undecided),
        accepted=tuple(_accepted(one, rules) for state in _ACCEPTED for one in by_state.get(state, ())),
        passes=tuple(_settled(one, show_all) for one in by_state.get("pass", ())),
        apart=tuple(_settled(one, show_all) for one in by_state.get("not_applicable", ())),
        notes=notes_of(item.notifications),
    )


def spelled(moment: str) -> str:
    """A time as people write it; as it stands where it is none."""
    try:
        return f"{datetime.fromisoformat(moment):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return moment


def notes_of(notifications: "Iterable[Notification]") -> tuple[ShownNote, ...]:
    """What is to be said of evidence, each once, with its places."""
    told: dict[tuple[str, str], list[str]] = {}
    for note in notifications:
        places = told.setdefault((note.level, note.text), [])
        if note.uri:
            places.append(note.uri if note.line is None else f"{note.uri}:{note.line}")
    return tuple(ShownNote(level, text, tuple(dict.fromkeys(places))) for (level, text), places in told.items())


def _by_state(findings: "Iterable[Finding]") -> "dict[str, list[Finding]]":
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(state_of(one), []).append(one)
    return found


def _groups_of(findings: "Iterable[Finding]", collected: CollectedBy | None) -> "list[_Group]":
    """The unknowns by what settles them, what settles most first."""
    groups: dict[UndecidedKey, list[Finding]] = {}
    for one in undecided_of(findings):
        groups.setdefault(settled_in(one.key, collected), []).extend(one.findings)
    return [(row, groups[row.key]) for row in rows({key: (len(ones), 1) for key, ones in groups.items()}, 1, collected)]


def _about(target: "TargetCard", now: str) -> tuple[str, ...]:
    return tuple(part for part in (*about_of(target), collected_at(target.collected, now)) if part)


def _counts(problems: "Sequence[Problem]", by_state: "dict[str, list[Finding]]") -> tuple[str, ...]:
    grave: Counter[Severity] = Counter(one.severity for one in problems if one.severity != "info")
    shares = ", ".join(f"{grave[severity]} {severity}" for severity in SEVERITIES if grave[severity])
    found = {state: len(ones) for state, ones in by_state.items()}
    passes, apart = found.get("pass", 0), found.get("not_applicable", 0)
    says = (
        f"{counted(grave.total(), 'problem')} ({shares})" if grave else "",
        f"{counted(found['unknown'], 'check')} undecided" if "unknown" in found else "",
        *(f"{found[state]} {word}" for state, word in _ACCEPTED.items() if state in found),
        f"{counted(passes, 'check')} {'passes' if passes == 1 else 'pass'}" if passes else "",
        f"{apart} {'does' if apart == 1 else 'do'} not apply" if apart else "",
    )
    return tuple(one for one in says if one)


def _problem(problem: Problem, anchor: str, rules: Rules, all_shown: "Sequence[Problem]") -> ShownProblem:
    standing = {one.rule for one in all_shown}
    return ShownProblem(
        anchor=f"{anchor}-{rules.anchor(problem.rule)}",
        about=rules.anchor(problem.rule),
        rule=problem.rule,
        severity=problem.severity,
        title=rules.title(problem.rule),
        said=tuple(map(said_of, problem.findings)),
        same=tuple(SameFault(one.rule, one.severity, said_of(one)) for one in problem.covered),
        reasons=tuple(
            LinkedProblem(f"{anchor}-{rules.anchor(head)}" if head in standing else "", rules.title(head), why.says)
            for why in problem.reasons
            for head in (_head_of(why.fingerprint, why.rule, all_shown),)
        ),
        remediations=tuple(dict.fromkeys(one.remediation for one in problem.findings if one.remediation)),
        notes=tuple(dict.fromkeys(note for one in (*problem.findings, *problem.covered) for note in one.notes)),
    )


def _head_of(fingerprint: str, rule: str, problems: "Sequence[Problem]") -> str:
    """The rule of the problem that a finding is part of."""
    for one in problems:
        if any(finding.fingerprint == fingerprint for finding in (*one.findings, *one.covered)):
            return one.rule
    return rule


def _first_of(rule: str, findings: "Iterable[Finding]", problems: "Sequence[Problem]") -> tuple[str, ...]:
    """The rules of the problems that have to be fixed before unknowns can be settled."""
    blocked = [_head_of(one, "", problems) for finding in findings for one in finding.blocked_by]
    return tuple(one for one in dict.fromkeys(blocked) if one) or ((rule,) if rule else ())


def _undecided(
    row: UndecidedRow, group: "Sequence[Finding]", anchor: str, rules: Rules, problems: "Sequence[Problem]"
) -> ShownUndecided:
    alike: dict[Said, list[Finding]] = {}
    for finding in group:
        alike.setdefault(said_of(finding, 3), []).append(finding)
    first = next(iter(_first_of(row.key.first, group, problems)), "")
    shown = first in {one.rule for one in problems}
    return ShownUndecided(
        total=row.checks,
        says=row.says,
        first=LinkedProblem(f"{anchor}-{rules.anchor(first)}" if shown else "", rules.title(first)) if first else None,
        settles=settled_by(row),
        advice=tuple(text for text, _ in Counter(one.advice for one in group if one.advice).most_common()),
        checks=tuple(
            AlikeChecks(tuple((one.rule, one.severity) for one in ones), said) for said, ones in alike.items()
        ),
    )


def _accepted(finding: "Finding", rules: Rules) -> ShownAccepted:
    word = _ACCEPTED[state_of(finding)]
    title = rules.title(finding.rule)
    terms = "" if finding.waiver is None else waiver_told(finding.waiver)
    return ShownAccepted(finding.rule, finding.severity, title, word, said_of(finding), finding.notes, terms)


def _settled(finding: "Finding", show_all: bool) -> ShownSettled:
    quotes = quotes_of(finding.evidence) if show_all else quotes_of(())
    return ShownSettled(finding.rule, Said(finding.message, quotes), place_of(finding.evidence))


def _drawing(
    problems: "Sequence[Problem]", groups: "Sequence[tuple[UndecidedRow, list[Finding]]]", rules: Rules
) -> Drawing | None:
    knots = [
        Knot(
            one.rule,
            f"{one.severity} · {one.rule}",
            rules.title(one.rule),
            tuple(dict.fromkeys(_head_of(why.fingerprint, why.rule, problems) for why in one.reasons)),
            one.severity,
        )
        for one in problems
    ]
    blocked: dict[tuple[str, ...], int] = {}
    for row, group in groups:
        if first := _first_of(row.key.first, group, problems):
            blocked[first] = blocked.get(first, 0) + row.checks
    knots += [
        Knot(f"?{'+'.join(first)}", "undecided", f"{counted(count, 'check')} cannot be decided until then", first, "?")
        for first, count in blocked.items()
    ]
    return drawing_of(knots)
