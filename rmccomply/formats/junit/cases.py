"""A finding as a case: what readers show of it in a list, and what behind it, in characters that XML 1.0 has."""

from typing import TYPE_CHECKING, Final

from rmccomply.evidence.section import spoken
from rmccomply.terminal import visible
from rmccomply.tuples import NamedTuple
from rmccomply.words import RANK, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmccomply.evidence.model import Reference
    from rmccomply.finding import Finding
    from rmccomply.report import RuleCard

_SENTENCE: Final = 240
"""Characters of what a list shows of a case; all of it stands behind."""
_MOST_PLACES: Final = 10
_REST: Final = "8"
"""The rank of what is skipped though something is to be known of it."""
SETTLED: Final = "9"
"""The rank of what passes or does not apply."""


class JunitCase(NamedTuple):
    """A check as a test. `kind` is the element that it has, empty for a pass; `rank` says how grave it is, 0 the worst.

    `name`, `type`, `says` and `text` are escaped.
    """

    kind: str
    rank: str
    name: str
    type: str
    says: str
    text: str

    def full(self, classname: str) -> str:
        """The case with all that it says."""
        head = f'<testcase classname="{classname}" name="{self.name}"'
        if not self.kind:
            return f"{head}/>\n"
        told = f'<{self.kind} type="{self.type}" message="{self.says}"'
        told += f">{self.text}</{self.kind}>" if self.text else "/>"
        return f"{head}>{told}</testcase>\n"

    def brief(self, classname: str) -> str:
        """The case in one sentence."""
        head = f'<testcase classname="{classname}" name="{self.name}"'
        if not self.kind:
            return f"{head}/>\n"
        return f"{head}><{self.kind}>{self.type}: {self.says}</{self.kind}></testcase>\n"

    def objects(self, *, brief: bool) -> int:
        """What a reader that makes objects of it counts: elements, attributes, and the text beside attributes."""
        if not self.kind:
            return 3
        return 4 if brief else 6 + bool(self.text)


def attribute(text: str) -> str:
    """Visible text as a value of an attribute or as character data; `]]>` is none of either."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\n", "&#10;")


def cases_of(findings: "Sequence[Finding]", rules: "Sequence[RuleCard]") -> tuple[JunitCase, ...]:
    """The cases of a target, each with a name that no other has."""
    faults = {card.id: card.fault for card in rules}
    taken: set[str] = set()
    found: list[JunitCase] = []
    for finding in findings:
        name = given = f"{visible(finding.rule)} {visible(finding.subject)}".rstrip(" ")
        number = 2
        while name in taken:
            name, number = f"{given} ({number})", number + 1
        taken.add(name)
        found.append(_case(finding, attribute(name), faults.get(finding.rule, "")))
    return tuple(found)


def _case(finding: "Finding", name: str, fault: str) -> JunitCase:
    if finding.result == "pass":
        return JunitCase("", SETTLED, name, "", "", "")
    if finding.result == "not_applicable":
        return JunitCase("skipped", SETTLED, name, "not_applicable", _listed(finding, "Does not apply"), "")
    if skips := _skips(finding):
        return JunitCase("skipped", _REST, name, skips[0], _listed(finding, skips[1]), _text(finding))
    rank = str(RANK[finding.severity])
    if finding.result == "fail":
        return JunitCase("failure", rank, name, finding.severity, _listed(finding, fault), _text(finding))
    if finding.result == "unknown":
        says = f"Undecided ({(finding.reason or '').replace('_', ' ')})"
        return JunitCase("error", rank, name, "unknown", _listed(finding, says), _text(finding))
    return JunitCase("error", rank, name, "not_judged", _listed(finding, "Not judged"), _text(finding))


def _skips(finding: "Finding") -> tuple[str, str] | None:
    """Why a fail or an unknown is no failure of the partition: a word, and the words for it."""
    if finding.disposition == "waived":
        card = finding.waiver
        by = f" by {card.approved_by or card.owner} until {card.expires}: {card.reason} ({card.id})" if card else ""
        return "waived", f"Waived{by}"
    if finding.disposition == "baseline":
        return "baseline", "Known from the baseline"
    if finding.severity == "info" and finding.result in ("fail", "unknown"):
        return "info", "Only informs" if finding.result == "fail" else "Undecided, and would only inform"
    return None


def _listed(finding: "Finding", says: str) -> str:
    """What a list shows: a sentence, and the first line that proves it."""
    shown = visible(f"{says}: {finding.message}")
    if len(shown) > _SENTENCE:
        shown = f"{shown[: _SENTENCE - 1]}…"
    if finding.evidence:
        shown = f"{shown} ({visible(finding.evidence[0].uri)}:{finding.evidence[0].start_line})"
    return attribute(shown)


def _text(finding: "Finding") -> str:
    """What stands behind: all of the sentence, the lines that prove it, and what to do."""
    lines = [*_told("", finding.message)]
    for reference in finding.evidence[:_MOST_PLACES]:
        lines += _quoted(reference)
    if left := len(finding.evidence[_MOST_PLACES:]):
        lines.append(f"… {counted(left, 'more place')}, all in the JSON report")
    for head, says in (
        ("What to do: ", finding.remediation if finding.result == "fail" else finding.advice or finding.remediation),
        *(("Note: ", note) for note in finding.notes),
    ):
        lines += _told(head, says) if says else ()
    return "\n".join(lines).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _told(head: str, text: str) -> "Iterator[str]":
    """The lines of a text, the first behind its head."""
    for line in text.strip("\n").split("\n"):
        yield head + visible(line.rstrip())
        head = ""


def _quoted(reference: "Reference") -> "Iterator[str]":
    """A line of evidence behind its place, so that nobody takes it for a sentence of ours."""
    yield visible(f"{reference.uri}:{reference.start_line}  {reference.request}")
    for line in spoken(reference.text).split("\n"):
        yield f"  | {visible(line)}".rstrip()
