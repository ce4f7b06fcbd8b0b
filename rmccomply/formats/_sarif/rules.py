"""The parts of a SARIF log that are about rules: what the tool can say, before it says anything of a target.

SARIF 2.1.0 section 3.49 (reportingDescriptor) and 3.19 (toolComponent, taxonomies). Lengths are the limits of
GitHub and GitLab, whichever is narrower: a name 255, a short or full description 1,024 characters, ten tags a rule.
"""

from typing import TYPE_CHECKING, Any, Final

from rmccomply.formats._sarif.texts import templates_of

if TYPE_CHECKING:
    from rmccomply.report import RuleCard, Run
    from rmccomply.words import Severity

LEVELS: Final[dict["Severity", str]] = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
    "info": "none",
}
SCORES: Final[dict["Severity", str]] = {"critical": "9.5", "high": "8.0", "medium": "5.0", "low": "3.0", "info": "0.0"}
"""`security-severity` of rules, by which GitHub and DefectDojo tell grave from mild."""
RANKS: Final[dict["Severity", float]] = {"critical": 95.0, "high": 80.0, "medium": 50.0, "low": 30.0}
"""`rank` of results, by which GitLab does: ten times the same, so that all consumers agree."""
PROBLEMS: Final[dict["Severity", str]] = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "recommendation",
    "info": "recommendation",
}
"""`problem.severity` of rules, GitHub's word for those that are not about security."""
UNDECIDED_ID: Final = "RMC-UNDECIDED"
EVIDENCE: Final = 0
FAULT: Final = 1
NOTIFICATION_IDS: Final = ("RMCCOMPLY-EVIDENCE", "RMCCOMPLY-FAULT")
"""The descriptors of notifications by their index: `EVIDENCE` and `FAULT`."""
_NOTIFICATIONS: Final = (
    (
        "AssessmentLimited",
        "Evidence could not be used as it stands",
        "Something is wrong with the assessment, not with the target, and what it needed is unknown, never passed.",
        "Read the message, fix or collect the evidence again, and repeat the check.",
    ),
    (
        "RuleNotJudged",
        "A rule could not be judged because of a fault of rmccomply",
        "A rule ended in the result 'error', which says nothing of the target. The run was not successful.",
        "Report the fault with its message and, where that is allowed, the evidence it names.",
    ),
)
_NAME: Final = 255
_DESCRIPTION: Final = 1024


def driver(run: "Run", taxonomies: list[dict[str, Any]], *, undecided: str) -> dict[str, Any]:
    """The tool with all its rules, also those that find nothing: an alert closes only where its rule is listed.

    Behind them the one that stands for what is undecided, where there is a message string of it.
    """
    rules = [_rule(card, taxonomies) for card in run.rules]
    component = {
        "name": "rmccomply",
        "fullName": f"rmccomply {run.version}, compliance checks for IBM RSCT and RMC",
        "version": run.version,
        **({"semanticVersion": run.version} if _is_semantic(run.version) else {}),
        "rules": [*rules, _of_undecided(run, undecided)] if undecided else rules,
        "notifications": [_notification(at) for at in range(len(NOTIFICATION_IDS))],
    }
    if taxonomies:
        component["supportedTaxonomies"] = [_component(taxonomies, at) for at in range(len(taxonomies))]
    return component


def taxonomies_of(rules: "tuple[RuleCard, ...]") -> list[dict[str, Any]]:
    """A taxonomy for each prefix of the rules' controls, with the controls that are served, both sorted."""
    families: dict[str, set[str]] = {}
    for card in rules:
        for control in card.controls:
            family, taxon = _split(control)
            families.setdefault(family, set()).add(taxon)
    return [_taxonomy(family, sorted(families[family])) for family in sorted(families)]


def is_web(url: str) -> bool:
    """Whether a reference can be followed; others name a document."""
    return url.startswith(("https://", "http://"))


def _is_semantic(version: str) -> bool:
    parts = version.split(".")
    return len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts)


def _rule(card: "RuleCard", taxonomies: list[dict[str, Any]]) -> dict[str, Any]:
    link = next((url for _, url in card.references if is_web(url)), None)
    return {
        "id": card.id,
        "name": _pascal(card.title, card.id),
        "shortDescription": {"text": _cut(card.title)},
        "fullDescription": {"text": _cut(card.rationale or card.title)},
        "help": {"text": _help_text(card), "markdown": _help_markdown(card)},
        **({"helpUri": link} if link else {}),
        "defaultConfiguration": {"level": LEVELS[card.severity]},
        "messageStrings": {key: {"text": text} for key, text in templates_of(card).items()},
        **({"relationships": [_relationship(each, taxonomies) for each in card.controls]} if card.controls else {}),
        "properties": _rule_properties(card),
    }


def _rule_properties(card: "RuleCard") -> dict[str, Any]:
    return {
        "severity": card.severity,
        "confidence": card.confidence,
        "policy": card.policy,
        "controls": list(card.controls),
        **_weight(card.severity),
        "tags": _tags(card.policy),
    }


def _weight(severity: "Severity") -> dict[str, str]:
    """How grave it is in the words of consumers. GitHub looks at the score only where a tag says `security`."""
    return {"security-severity": SCORES[severity], "problem.severity": PROBLEMS[severity]}


def _tags(policy: str) -> list[str]:
    return list(dict.fromkeys(("security", "compliance", "rsct", policy)))


def _of_undecided(run: "Run", template: str) -> dict[str, Any]:
    """The rule behind all others: that they are decided."""
    full = (
        "What evidence does not decide is neither a pass nor a fail. Each result counts the checks on one target that "
        "the same doing decides."
    )
    todo = "Do what the message says, collect again where it asks for that, and repeat the check."
    return {
        "id": UNDECIDED_ID,
        "name": "EveryCheckIsDecided",
        "shortDescription": {"text": "Every check of the policy is decided"},
        "fullDescription": {"text": full},
        "help": {"text": f"{full}\n\nWhat to do: {todo}", "markdown": f"{full}\n\n**What to do**\n\n{todo}"},
        "defaultConfiguration": {"level": "warning"},
        "messageStrings": {"undecided": {"text": template}},
        "properties": {**_weight("medium"), "tags": _tags(run.policies[0].id if run.policies else "rsct")},
    }


def _pascal(title: str, rule: str) -> str:
    """The title's words as one name, which is never the id again (multitool, SARIF2012)."""
    words = "".join(char if char.isascii() and char.isalnum() else " " for char in title).split()
    name = "".join(word.capitalize() for word in words)[:_NAME]
    return name if name and name != rule else "UnnamedRule"


def _cut(text: str) -> str:
    return text if len(text) <= _DESCRIPTION else text[: _DESCRIPTION - 1] + "…"


def _help_text(card: "RuleCard") -> str:
    parts = [card.rationale, card.remediation and f"What to do: {card.remediation}"]
    parts += [f"{title}: {url}" for title, url in card.references]
    return "\n\n".join(part for part in parts if part) or card.title


def _help_markdown(card: "RuleCard") -> str:
    parts = [card.rationale, card.remediation and f"**What to do**\n\n{card.remediation}"]
    if card.references:
        parts.append("**References**\n\n" + "\n".join(_reference(*each) for each in card.references))
    return "\n\n".join(part for part in parts if part) or card.title


def _reference(title: str, url: str) -> str:
    return f"- [{title}]({url})" if is_web(url) else f"- {title}: {url}"


def _split(control: str) -> tuple[str, str]:
    family, _, taxon = control.rpartition(":")
    return family or "controls", taxon


def _taxonomy(family: str, taxa: list[str]) -> dict[str, Any]:
    return {
        "name": family,
        "shortDescription": {"text": f"The controls of {family} that these rules serve."},
        "taxa": [{"id": taxon} for taxon in taxa],
    }


def _component(taxonomies: list[dict[str, Any]], at: int) -> dict[str, Any]:
    return {"name": taxonomies[at]["name"], "index": at}


def _relationship(control: str, taxonomies: list[dict[str, Any]]) -> dict[str, Any]:
    family, taxon = _split(control)
    at = next(at for at, each in enumerate(taxonomies) if each["name"] == family)
    index = taxonomies[at]["taxa"].index({"id": taxon})
    target = {"id": taxon, "index": index, "toolComponent": _component(taxonomies, at)}
    return {"target": target, "kinds": ["relevant"]}


def _notification(at: int) -> dict[str, Any]:
    name, short, full, what_to_do = _NOTIFICATIONS[at]
    return {
        "id": NOTIFICATION_IDS[at],
        "name": name,
        "shortDescription": {"text": short},
        "fullDescription": {"text": full},
        "help": {"text": what_to_do, "markdown": what_to_do},
        "defaultConfiguration": {"level": "error" if at == FAULT else "warning"},
    }
