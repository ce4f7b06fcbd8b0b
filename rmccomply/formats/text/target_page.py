"""The page of one target: what to fix, in this order, with the lines that prove it, and what is undecided."""

import shlex
from typing import TYPE_CHECKING, Final

from rmccomply.evidence.uris import decoded
from rmccomply.finding import NO_RULE
from rmccomply.formats._dates import collected_at
from rmccomply.formats.text.fleet_page import notes_section, undecided_section
from rmccomply.formats.text.heading import policies_of, settings_of
from rmccomply.formats.text.layout import NOTHING, WIDE, PagePart, broken, cut_inside, filled, strung
from rmccomply.formats.text.rows import SEVERITY, severity_of
from rmccomply.problems import informing
from rmccomply.terminal import padded, width_of
from rmccomply.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rmccomply.formats.text.fleet import Fleet
    from rmccomply.formats.text.gist import Gist, ProblemDetail, TargetDetail
    from rmccomply.problems import Failing
    from rmccomply.report import RuleCard, Run
    from rmccomply.terminal import Page

_ABOUT_LINES: Final = 4
_NAME_LINES: Final = 3
_PLACE_LINES: Final = 3
_TEXT_LINES: Final = 2
_DO_LINES: Final = 5
_DO_LINES_NARROW: Final = 9
"""Lines of what is to be done at most: what guards a remedy stands at its end."""
_COVERED: Final = 3
_RULE: Final = 40
"""Columns of a rule and those that see the same fault at most."""
_CORE: Final = "rmc-core"
_SHIPPED: Final = "policies/"


def target_sections(
    page: "Page", fleet: "Fleet", gist: "Gist", detail: "TargetDetail", run: "Run", brief: int, accepted: PagePart
) -> "Iterator[PagePart]":
    """The parts of the page in their order; the last `brief` problems have no more than a line."""
    cards = {card.id: card for card in run.rules}
    numbers = {rule: at for at, rule in enumerate(_numbers(gist), 1)}
    for fault, told in zip(gist.faults, detail.told, strict=True):
        numbers |= {rule: numbers[fault.rule] for rule in told.covered if fault.rule in numbers}
    yield PagePart(target_head(page, gist, detail, run))
    yield _not_judged(page, gist)
    yield _fixes(page, gist, detail, cards, brief)
    yield _informing(page, gist, cards)
    yield undecided_section(page, fleet, run, numbers)
    yield accepted
    yield notes_section(page, fleet.notes)
    yield PagePart(_proof(page, gist, detail, run))


def target_head(page: "Page", gist: "Gist", detail: "TargetDetail", run: "Run") -> list[str]:
    """Its name and what it is; on one line where that has room."""
    name = page.visible(gist.name)
    parts = (*detail.about, collected_at(gist.date, run.now), policies_of(run))
    about = [page.visible(part) for part in parts if part]
    lines = strung(page, (f"{name}  {about[0]}", *about[1:]), page.width, _ABOUT_LINES)
    if lines[0].startswith(name):
        head = [page.paint("bold", name) + lines[0].removeprefix(name), *lines[1:]]
    else:
        pieces = broken(cut_inside(page, name, _NAME_LINES * page.width), page.width)
        head = [*(page.paint("bold", piece) for piece in pieces), *strung(page, about, page.width, _ABOUT_LINES)]
    return [*head, *settings_of(page, run)]


def _not_judged(page: "Page", gist: "Gist") -> PagePart:
    """Why nothing could be judged, or why nothing applies to it."""
    if gist.standing not in ("error", "not_applicable") or not gist.says:
        return NOTHING
    title = "THE PARTITION COULD NOT BE JUDGED" if gist.standing == "error" else "NO CHECK APPLIES"
    lines = [f"  {line}" for line in filled(page, page.visible(gist.says), page.width - 2, 4)]
    return PagePart([page.paint("bold red" if gist.standing == "error" else "bold", title), *lines])


def _numbers(gist: "Gist") -> list[str]:
    """The rules of what is to be fixed, in this order."""
    told = informing(gist.faults)
    return [fault.rule for fault in gist.faults if fault.rule not in told]


def _fixes(page: "Page", gist: "Gist", detail: "TargetDetail", cards: "Mapping[str, RuleCard]", brief: int) -> PagePart:
    """What is to be fixed."""
    told = informing(gist.faults)
    found = [one for one in zip(gist.faults, detail.told, strict=True) if one[0].rule not in told]
    if not found:
        return NOTHING
    width = max(width_of(_rules(page, *one)) for one in found)
    places = _Places(page)
    lines = [
        _fix(page, at, *one, cards[one[0].rule], width, places if at <= len(found) - brief else None)
        for at, one in enumerate(found, 1)
    ]

    def more(shown: int) -> list[str]:
        return [f"{counted(len(found) - shown, 'more problem')}: --show problems"]

    head = "FIX IN THIS ORDER" if len(found) > 1 else "FIX"
    return PagePart([page.paint("bold", head)], lines, more, min(len(found), 5), len(found))


class _Places:
    """Places of evidence, whole where the file is another than before."""

    def __init__(self, page: "Page") -> None:
        self._page = page
        self._before = ""

    def lines(self, told: "ProblemDetail", indent: str) -> list[str]:
        """The lines that prove a problem, each with its place."""
        rows = [(self._place(uri, line), self._page.visible(text)) for uri, line, text in told.lines]
        room = self._page.width - len(indent)
        short = max((width_of(place) for place, _ in rows if place.startswith(":")), default=0)
        lines = [line for place, text in rows for line in self._row(place, text, room, short)]
        if told.left > 0:
            lines.append(f"{self._page.plain('…')} {counted(told.left, 'more line')}: --show open")
        return [indent + line for line in lines]

    def _place(self, uri: str, line: int) -> str:
        same, self._before = uri == self._before, uri
        return f":{line}" if same else self._page.visible(f"{decoded(uri)}:{line}")

    def _row(self, place: str, text: str, room: int, short: int) -> "Iterator[str]":
        """A place is never cut where it can be copied: it stands alone where the line has no room beside it."""
        column = padded(place, short) if place.startswith(":") else place
        left, paint = room - width_of(column) - 2, self._page.paint
        if left >= min(width_of(text), room // 2):
            first, *more = filled(self._page, text, left, _TEXT_LINES) or [""]
            yield f"{paint('cyan', column)}  {first}".rstrip()
            yield from (" " * (width_of(column) + 2) + line for line in more)
            return
        yield from (paint("cyan", piece) for piece in broken(cut_inside(self._page, place, _PLACE_LINES * room), room))
        yield from (f"  {line}" for line in filled(self._page, text, room - 2, _TEXT_LINES))


def _rules(page: "Page", fault: "Failing", told: "ProblemDetail") -> str:
    """`RMC-FS-001 (+FS-003)`: the rule, and those that see the same fault."""
    alike = fault.rule.partition("-")[0] + "-"
    names = [rule.removeprefix(alike) for rule in told.covered]
    if len(names) > _COVERED:
        names = [*names[: _COVERED - 1], f"{len(names) - _COVERED + 1} more"]
    also = f" (+{', '.join(names)})" if names else ""
    return cut_inside(page, page.visible(fault.rule + also), _RULE)


def _fix(
    page: "Page", at: int, fault: "Failing", told: "ProblemDetail", card: "RuleCard", width: int, places: _Places | None
) -> list[str]:
    """A problem: its title, the lines that prove it, and the first that is to be done."""
    number, rules = f"{at:<2}", _rules(page, fault, told)
    indent = " " * (len(number) + SEVERITY)
    title, beside = page.visible(card.fault), page.width - len(indent) - width - 2
    lead = number + severity_of(page, fault.severity)
    if page.width >= WIDE or width_of(title) <= beside:
        first, *more = filled(page, title, beside, 2)
        lines = [f"{lead}{page.paint('bold', padded(first, beside))}  {rules}", *(indent + each for each in more)]
    else:
        first, *more = filled(page, title, page.width - len(indent), 2)
        lines = [
            lead + page.paint("bold", first),
            *(indent + page.paint("bold", each) for each in more),
            indent + rules,
        ]
    return lines if places is None else [*lines, *_told(page, told, places, indent)]


def _told(page: "Page", told: "ProblemDetail", places: _Places, indent: str) -> "Iterator[str]":
    room = page.width - len(indent)
    yield from (indent + line for line in filled(page, page.visible(told.says), room, 2) if line)
    yield from places.lines(told, indent)
    does = page.visible(" ".join((*told.because, *told.remedy)))
    yield from (
        indent + line
        for line in filled(page, does, room, _DO_LINES if page.width >= WIDE else _DO_LINES_NARROW)
        if line
    )


def _informing(page: "Page", gist: "Gist", cards: "Mapping[str, RuleCard]") -> PagePart:
    """What only informs, a line each."""
    told = informing(gist.faults)
    rules = [fault.rule for fault in gist.faults if fault.rule in told]
    lines = []
    for rule in rules:
        text = f"{page.visible(cards[rule].fault)}  {page.visible(rule)}"
        lines.append([f"  {line}" for line in filled(page, text, page.width - 2, 2)])

    def more(shown: int) -> list[str]:
        return [f"{len(rules) - shown} more: --show problems"]

    return PagePart([page.paint("bold", "FOR INFORMATION")] if rules else (), lines, more, 1, 4)


def _proof(page: "Page", gist: "Gist", detail: "TargetDetail", run: "Run") -> list[str]:
    """How a verdict is proved, and where the rest is told."""
    rule, uri, name = detail.proof
    everything = "Everything: --show open"
    if not rule or rule == NO_RULE or not uri:
        return [everything] if gist.faults or gist.undecided else []
    words = ["rmccomply", "explain", rule, decoded(uri), *(("--target", name) if name else ())]
    command = "Proof: " + page.visible(shlex.join([*words, *_settings(rule, run)]))
    if width_of(command) + 5 + len(everything) <= page.width:
        return [f"{command}     {everything}"]
    return [*filled(page, command, page.width, 4), everything]


def _settings(rule: str, run: "Run") -> "Iterator[str]":
    """The options under which the rule was judged, where they are not the usual ones."""
    card = next(each for each in run.rules if each.id == rule)
    policy = next((each for each in run.policies if each.id == card.policy), None)
    if policy is not None and policy.id != _CORE:
        yield from ("-p", policy.id if policy.uri.startswith(_SHIPPED) else decoded(policy.uri))
    for each in run.parameters:
        if each.policy == card.policy:
            yield from ("--param", f"{each.name}={each.value}")
