"""What is undecided on a target as results that need attention: one for each thing that is to be done about it.

Consumers make an alert of every result and look at its level alone, so that a result for each unknown would bury what
fails, and one of kind `open` and level none would not be seen. So it is a rule of its own that does not hold: every
check of a policy is decided.
"""

from typing import TYPE_CHECKING, Final

from rmccomply.finding import fingerprint
from rmccomply.formats._sarif.places import KnownPlaces, Properties, file_of, line_of, logical, primary
from rmccomply.formats._sarif.results import fingerprints, numbered
from rmccomply.formats._sarif.rules import RANKS, UNDECIDED_ID
from rmccomply.formats._sarif.texts import message_of, sentence
from rmccomply.undecided import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmccomply.finding import Finding
    from rmccomply.problems import Undecided
    from rmccomply.report import Assessed

_SHOWS: Final = "--show"
_DECLARES: Final = ("--param", "--platform")


def undecided_results(
    groups: "Sequence[Undecided]", item: "Assessed", known: KnownPlaces, template: str
) -> "Iterator[Properties]":
    """The results of the unknowns of a target, one for each doing that settles them, each at a line of its own where
    there is one: GitLab takes two results of one rule at one place for the same."""
    shown = _at_lines_of_their_own([[one for one in group.findings if one.evidence] for group in groups])
    for group, findings in zip(groups, shown, strict=True):
        yield _result(group, findings, item, known, template)


def _at_lines_of_their_own(groups: "Sequence[list[Finding]]") -> "list[list[Finding]]":
    """Each group with a finding at its front whose line no other has, as far as there are any."""
    taken: set[tuple[str, int]] = set()
    turned = list(groups)
    for number in sorted(range(len(groups)), key=lambda number: len(groups[number])):
        places = [(one.evidence[0].uri, one.evidence[0].start_line) for one in groups[number]]
        at = next((at for at, place in enumerate(places) if place not in taken), 0)
        taken.update(places[at : at + 1])
        turned[number] = [*groups[number][at:], *groups[number][:at]]
    return turned


def _result(
    group: "Undecided", shown: "Sequence[Finding]", item: "Assessed", known: KnownPlaces, template: str
) -> Properties:
    count = len(group.findings)
    says, advice = words_of(group, known)
    are = "1 check is" if count == 1 else f"{count} checks are"
    return {
        "ruleId": UNDECIDED_ID,
        "ruleIndex": len(known.rules),
        "kind": "fail",
        "level": "warning",
        "rank": RANKS["medium"],
        "message": message_of("undecided", template, [are, item.target.id, says, advice.removesuffix(".")]),
        **_places(group, shown, item, known),
        "partialFingerprints": fingerprints(identity_of(group, item.target.id)),
        "properties": {
            "count": count,
            "step": group.step,
            "reason": group.reason,
            "first": group.first,
            "rules": list(dict.fromkeys(finding.rule for finding in group.findings)),
            "settle": list(dict.fromkeys(finding.settle for finding in group.findings if finding.settle)),
        },
    }


def identity_of(group: "Undecided", target: str) -> str:
    """What makes it the same next week, whichever checks are in it."""
    return fingerprint(UNDECIDED_ID, target, " ".join((group.step or "-", group.reason, group.first)))


def words_of(group: "Undecided", known: KnownPlaces) -> tuple[str, str]:
    """Why it is undecided, and what to do: what is asked of options of text says so in a sentence here."""
    problems = {rule: card.fault for rule, card in known.cards.items()}
    (row,) = rows({group.key: (len(group.findings), 1)}, 1, known.collected, problems)
    if row.advice.startswith(_SHOWS):
        begins = f"{row.says[:1].upper()}{row.says[1:]}: "
        return row.says, group.findings[0].advice.removeprefix(begins) or "look at the lines that are shown"
    if row.advice.startswith(_DECLARES):
        return row.says, f"check again with {row.advice}"
    return row.says, row.advice


def _places(group: "Undecided", shown: "Sequence[Finding]", item: "Assessed", known: KnownPlaces) -> Properties:
    """At the first line that is shown, else in evidence of the target; all lines are related."""
    if shown:
        where = line_of(shown[0].evidence[0])
    elif item.target.evidence:
        where = file_of(item.target)
    else:
        where = primary(group.findings[0], item.target, known)
    places: Properties = {"locations": [{**where, "logicalLocations": logical(item.target.id)}]}
    related: list[Properties] = [
        {**line_of(finding.evidence[0]), "message": {"text": sentence(f"{finding.rule}: {finding.message}")}}
        for finding in shown
    ]
    return {**places, "relatedLocations": numbered(related)} if related else places
