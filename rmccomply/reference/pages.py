"""The pages and schemas that are made from code and policies, so that neither can tell another story.

`rmccomply policy docs DIR` writes them; a test compares those in the repository with what is made here.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from rmccomply.checks.kind import facts_of
from rmccomply.checks.operands import value_text
from rmccomply.collect.listing import page as collector_page
from rmccomply.facts.catalogue import FACTS
from rmccomply.policy.find import shipped
from rmccomply.policy.load import LoadedPolicy, LoadedRule, load
from rmccomply.policy.model import Rule
from rmccomply.policy.wording import needs_words, plain_lines
from rmccomply.reasoning.possible import parameters_of
from rmccomply.reference.cause_pages import causes_of, policy_lines, rule_lines
from rmccomply.reference.image_page import images_page
from rmccomply.reference.rule_examples import example_lines
from rmccomply.reference.source_pages import MADE, about, archives_page, read_by, source_pages
from rmccomply.terminal import Verbatim

_PLACES: Final = {
    "aix": "AIX",
    "vios": "VIOS",
    "linux": "Linux",
    "rhel": "Red Hat Enterprise Linux",
    "sles": "SLES",
    "ubuntu": "Ubuntu",
    "rhcos": "Red Hat CoreOS",
}


def pages(main_command: Any) -> dict[str, str]:
    """Every page by its path below the reference folder."""
    policies = [load(name) for name in shipped()]
    made = {
        "facts.md": facts_page(),
        "images.md": images_page(policies),
        "command-line.md": command_line_page(main_command),
        "archives.md": archives_page(),
        "collector.md": f"{MADE}\n{collector_page()}",
    }
    made |= {f"policies/{policy.id}.md": policy_page(policy) for policy in policies}
    rules = {loaded.rule.id: loaded for policy in policies for loaded in policy.rules}
    made |= source_pages()
    return made | {f"rules/{name}.md": rule_page(loaded, policies) for name, loaded in rules.items()}


def policy_page(policy: LoadedPolicy) -> str:
    """A policy: its parameters and its rules."""
    lines = [MADE, f"# {policy.id}: {policy.title}", "", f"Version {policy.version}."]
    if policy.parent is not None:
        lines[-1] += f" Extends [{policy.parent.id}]({policy.parent.id}.md)."
    if policy.images:
        lines[-1] += " It is for [images](../images.md)."
    lines += ["", "| parameter | value | what it is |", "|---|---|---|"]
    for name, parameter in policy.parameters.items():
        words = f" One of: {', '.join(f'`{word}`' for word in parameter.values)}." if parameter.values else ""
        lines.append(f"| `{name}` | {value_text(policy.values[name])} | {_cell(parameter.doc)}{words} |")
    lines += ["", "| rule | severity | confidence | title |", "|---|---|---|---|"]
    for loaded in policy.rules:
        rule = loaded.rule
        link = f"[{rule.id}](../rules/{rule.id}.md)"
        lines.append(f"| {link} | {loaded.severity} | {rule.confidence} | {_cell(rule.title)} |")
    lines += policy_lines(policy)
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def rule_page(loaded: LoadedRule, policies: Sequence[LoadedPolicy]) -> str:
    """A rule: what it asks, why, what to do. Advice that is safe only without a cluster is no part of a page."""
    rule = loaded.rule
    about_it = f"For {_platforms(rule)}. What it asks is [{rule.confidence}](../../glossary.md#confidence)."
    lines = [MADE, f"# {rule.id}: {rule.title}", "", about_it, ""]
    lines += ["## Why", "", rule.rationale, ""]
    lines += ["## What is asked", "", *rule.check.lines(0, _linked), ""]
    if rule.when is not None:
        lines += ["Only where this holds:", "", *rule.when.lines(0, _linked), ""]
    if rule.needs is not None:
        lines += [f"It needs {needs_words(rule)}: what that means for images is told in [images](../images.md).", ""]
    if rule.informs is not None:
        lines += ["Where this holds, it is of severity info:", "", *rule.informs.lines(0, _linked), ""]
    lines += ["## What it reads", "", *_reads(rule), "", *example_lines(rule.id)]
    lines += ["## What to do", "", rule.remediation, ""]
    for place, text in rule.remediation_on.items():
        lines += [f"On {_PLACES[place]}: {text}", ""]
    for word, text in rule.remediation_for.items():
        lines += [f"Where it is `{word}`: {text}", ""]
    if rule.remediation_unseen is not None:
        lines += ["A finding says more where nothing that can be seen without RMC shows a cluster.", ""]
    if rule.remediation_unclustered is not None:
        lines += ["A finding says more where the evidence of its target rules out a cluster.", ""]
    lines += rule_lines(rule.id, causes_of(policies))
    lines += ["## In policies", "", *_uses(rule, policies), ""]
    lines += ["## References", "", *(_link(link.title, link.url) for link in rule.references)]
    if rule.controls:
        lines += ["", f"Controls: {', '.join(rule.controls)}."]
    return "\n".join(lines) + "\n"


def _platforms(rule: Rule) -> str:
    return ", ".join(
        {"aix": "AIX", "vios": "VIOS", "linux": "Linux", "hmc": "consoles"}[name] for name in rule.platforms
    )


def _uses(rule: Rule, policies: Sequence[LoadedPolicy]) -> Iterator[str]:
    """The policies that hold a rule, each with the severity and the values under which it judges by it."""
    names = parameters_of(rule.check, rule.when, rule.informs)
    yield "| policy | severity |" + "".join(f" `{name}` |" for name in names)
    yield "|---|---|" + "---|" * len(names)
    for policy in policies:
        for loaded in policy.rules:
            if loaded.rule.id == rule.id:
                values = "".join(f" {value_text(policy.values[name])} |" for name in names)
                yield f"| [{policy.id}](../policies/{policy.id}.md) | {loaded.severity} |{values}"


def _reads(rule: Rule) -> Iterator[str]:
    """The sources behind a rule, those that decide it first."""
    direct, behind = read_by(facts_of(rule.check, rule.when, rule.informs))
    yield from (f"- {_source(name)}: {about(name)}" for name in direct)
    if behind:
        yield f"- through other facts, and to tell what the host is: {', '.join(map(_source, behind))}"


def _source(name: str) -> str:
    return f"[{name}](../sources/{name}.md)"


def _link(title: str, url: str | None) -> str:
    return f"- [{title}]({url})" if url else f"- {title}"


def _linked(fact: str) -> str:
    return f"[`{fact}`](../facts.md#{fact.replace('.', '')})"


def rule_rows(loaded: LoadedRule, policy: LoadedPolicy) -> list[str]:
    """A rule for the terminal, in rows."""
    rule = loaded.rule
    lines = [
        f"{rule.id}  {rule.title}",
        f"{loaded.severity}, {rule.confidence}, for {_platforms(rule)}, policy {policy.id}",
        "",
    ]
    lines += [_paragraph(rule.rationale), "", "What is asked:"]
    lines += plain_lines(rule.check, 1)
    if rule.when is not None:
        lines += ["", "Only where this holds:", *plain_lines(rule.when, 1)]
    if rule.needs is not None:
        lines += ["", f"In a policy for images it needs {needs_words(rule)}."]
    if rule.informs is not None:
        lines += ["", "Where this holds, it is of severity info:", *plain_lines(rule.informs, 1)]
    lines += ["", "What it reads:", *_read_text(rule)]
    lines += ["", "What to do:", _paragraph(rule.remediation)]
    for place, text in rule.remediation_on.items():
        lines += ["", f"What to do on {_PLACES[place]}:", _paragraph(text)]
    for word, text in rule.remediation_for.items():
        lines += ["", f"What to do where it is {word}:", _paragraph(text)]
    lines += ["", "References:"]
    for link in rule.references:
        lines += [f"  {link.title}", *([Verbatim(f"    {link.url}")] if link.url else [])]
    return lines


def _read_text(rule: Rule) -> Iterator[str]:
    direct, behind = read_by(facts_of(rule.check, rule.when, rule.informs))
    for name in direct:
        yield _paragraph(f"{name}: {about(name).replace('`', '')}")
    if behind:
        yield _paragraph(f"Through other facts, and to tell what the host is: {', '.join(behind)}.")


def _paragraph(text: str) -> str:
    """Prose as a row, which the page wraps."""
    return f"  {' '.join(text.split())}"


def facts_page() -> str:
    """The facts that policies can speak of."""
    lines = [
        MADE,
        "# Facts",
        "",
        "What policies can speak of. A fact that could not be established is unknown, with one of the",
        "[reasons](../glossary.md#reasons) in the glossary; a rule that needs it is then unknown too.",
        "",
    ]
    for name, line in FACTS.items():
        lines += [f"## `{name}`", "", f"A {line.type}{f' in {line.unit}' if line.unit else ''}. {line.doc}", ""]
        if line.words:
            lines += [f"One of: {', '.join(f'`{word}`' for word in line.words)}.", ""]
    return "\n".join(lines).rstrip() + "\n"


def command_line_page(main_command: Any) -> str:
    """The help of every command."""
    lines = [MADE, "# Command line", ""]
    for path, text in _helps(main_command, "rmccomply", None):
        lines += [f"## `{path}`", "", "```text", text.rstrip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def _helps(command: Any, name: str, parent: Any) -> Iterator[tuple[str, str]]:
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100, "terminal_width": 100}
    asked = command.context_class(command, info_name=name.rpartition(" ")[2], parent=parent, **settings)
    yield name, "\n".join(line.rstrip() for line in command.get_help(asked).split("\n"))
    for one in command.list_commands(asked) if hasattr(command, "list_commands") else ():
        yield from _helps(command.get_command(asked, one), f"{name} {one}", asked)


def _policy_schema() -> dict[str, object]:
    from rmccomply.policy.model import Policy

    schema = Policy.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _report_schema() -> dict[str, object]:
    from rmccomply.documents.report_1_reader import report_schema

    return report_schema()


def _finding_schema() -> dict[str, object]:
    from rmccomply.documents.finding_1_rows import finding_schema

    return finding_schema()


def _facts_schema() -> dict[str, object]:
    from rmccomply.documents.facts_1_reader import facts_schema

    return facts_schema()


SCHEMAS: Final[dict[str, Callable[[], dict[str, object]]]] = {
    "policy": _policy_schema,
    "report": _report_schema,
    "finding": _finding_schema,
    "facts": _facts_schema,
}
"""Name to what makes it."""

SCHEMA_FILES: Final = {
    "policy": "policy.schema.json",
    "report": "report-1.schema.json",
    "finding": "finding-1.schema.json",
    "facts": "facts-1.schema.json",
}
"""Name to its file in `schemas/`."""


def schema_text(name: str) -> str:
    """A schema as its file holds it."""
    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=True) + "\n"
