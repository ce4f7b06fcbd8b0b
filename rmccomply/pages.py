"""The pages and schemas that are made from code and policies, so that neither can tell another story.

`rmccomply policy docs DIR` writes them; a test compares those in the repository with what is made here.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from rmccomply.checks import COMBINATIONS
from rmccomply.facts.catalogue import FACTS
from rmccomply.policy.load import LoadedPolicy, LoadedRule, load, shipped
from rmccomply.policy.model import Rule

_MADE: Final = "<!-- Made by `rmccomply policy docs`; do not edit. -->\n"


def pages(main_command: Any) -> dict[str, str]:
    """Every page by its path below the reference folder."""
    policies = [load(name) for name in shipped()]
    made = {"facts.md": facts_page(), "command-line.md": command_line_page(main_command)}
    made |= {f"policies/{policy.id}.md": policy_page(policy) for policy in policies}
    rules = {loaded.rule.id: loaded for policy in policies for loaded in policy.rules}
    return made | {f"rules/{name}.md": rule_page(loaded, policies) for name, loaded in rules.items()}


def policy_page(policy: LoadedPolicy) -> str:
    """A policy: its parameters and its rules."""
    lines = [_MADE, f"# {policy.id}: {policy.title}", "", f"Version {policy.version}."]
    if policy.parent is not None:
        lines[-1] += f" Extends [{policy.parent.id}]({policy.parent.id}.md)."
    lines += ["", "| parameter | value | what it is |", "|---|---|---|"]
    for name, parameter in policy.parameters.items():
        lines.append(f"| `{name}` | {_value(policy.values[name])} | {_cell(parameter.doc)} |")
    lines += ["", "| rule | severity | title |", "|---|---|---|"]
    for loaded in policy.rules:
        rule = loaded.rule
        lines.append(f"| [{rule.id}](../rules/{rule.id}.md) | {loaded.severity} | {_cell(rule.title)} |")
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if value is None:
        return "unset"
    return ".".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def rule_page(loaded: LoadedRule, policies: Sequence[LoadedPolicy]) -> str:
    """A rule: what it asks, why, what to do. Advice that is safe only without a cluster is no part of a page."""
    rule = loaded.rule
    lines = [_MADE, f"# {rule.id}: {rule.title}", "", f"For {_platforms(rule)}.", ""]
    lines += ["## Why", "", rule.rationale, ""]
    lines += ["## What is asked", "", *_check_lines(rule.check, 0, _linked), ""]
    if rule.when is not None:
        lines += ["Only where this holds:", "", *_check_lines(rule.when, 0, _linked), ""]
    lines += ["## What to do", "", rule.remediation, ""]
    if rule.remediation_unclustered is not None:
        lines += ["A finding says more where the evidence of its target rules out a cluster.", ""]
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
    names = list(dict.fromkeys((*_parameters(rule.check), *(_parameters(rule.when) if rule.when else ()))))
    yield "| policy | severity |" + "".join(f" `{name}` |" for name in names)
    yield "|---|---|" + "---|" * len(names)
    for policy in policies:
        for loaded in policy.rules:
            if loaded.rule.id == rule.id:
                values = "".join(f" {_value(policy.values[name])} |" for name in names)
                yield f"| [{policy.id}](../policies/{policy.id}.md) | {loaded.severity} |{values}"


def _parameters(check: Any) -> Iterator[str]:
    """The parameters that a check compares with, in their order."""
    if check.kind in COMBINATIONS:
        for part in check.of if isinstance(check.of, list) else [check.of]:
            yield from _parameters(part)
    elif check.kind == "parameter":
        yield check.name
    for operand in (getattr(check, "at_least", None), getattr(check, "below", None)):
        if isinstance(operand, str) and operand.startswith("$"):
            yield operand[1:]


def _link(title: str, url: str | None) -> str:
    return f"- [{title}]({url})" if url else f"- {title}"


Names = Callable[[str], str]
"""How a page writes the name of a fact."""


def _linked(fact: str) -> str:
    return f"[`{fact}`](../facts.md#{fact.replace('.', '')})"


def _check_lines(check: Any, depth: int, names: Names) -> Iterator[str]:
    """A check in words, a line each, combined checks indented."""
    indent = "  " * depth
    if check.kind in ("all", "any"):
        yield f"{indent}- {check.kind} of:"
        for part in check.of:
            yield from _check_lines(part, depth + 1, names)
    elif check.kind == "not":
        yield f"{indent}- not:"
        yield from _check_lines(check.of, depth + 1, names)
    else:
        yield f"{indent}- {_check_words(check, names)}"


def _check_words(check: Any, names: Names) -> str:
    if check.kind == "empty":
        return f"the fact {names(check.fact)} has no entries"
    subject = f"the parameter `{check.name}`" if check.kind == "parameter" else f"the fact {names(check.fact)}"
    if check.kind in ("word", "parameter"):
        return f"{subject} is {_word_list(check)}"
    bounds = (("at least", check.at_least), ("below", check.below))
    return f"{subject} is {' and '.join(f'{word} {_operand(value)}' for word, value in bounds if value is not None)}"


def _word_list(check: Any) -> str:
    words = [f"`{word}`" for word in check.is_ or check.is_not]
    listed = " or ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} or {words[-1]}"
    if check.is_:
        return listed
    return f"not {listed}" if len(words) == 1 else f"neither {' nor '.join(words)}"


def _operand(value: Any) -> str:
    text = str(value)
    return f"the parameter `{text[1:]}`" if text.startswith("$") else f"`{text}`"


def rule_text(loaded: LoadedRule, policy: LoadedPolicy) -> str:
    """A rule for the terminal."""
    rule = loaded.rule
    lines = [
        f"{rule.id}  {rule.title}",
        f"{loaded.severity}, for {_platforms(rule)}, policy {policy.id}",
        "",
    ]
    lines += [*_wrapped(rule.rationale), "", "What is asked:"]
    lines += [line.replace("`", "") for line in _check_lines(rule.check, 1, str)]
    if rule.when is not None:
        lines += ["", "Only where this holds:"]
        lines += [line.replace("`", "") for line in _check_lines(rule.when, 1, str)]
    lines += ["", "What to do:", *_wrapped(rule.remediation), "", "References:"]
    lines += [f"  {link.title}{f' <{link.url}>' if link.url else ''}" for link in rule.references]
    return "\n".join(lines) + "\n"


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    return wrap(" ".join(text.split()), 96, initial_indent="  ", subsequent_indent="  ")


def facts_page() -> str:
    """The facts that policies can speak of."""
    lines = [
        _MADE,
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
    lines = [_MADE, "# Command line", ""]
    for path, text in _helps(main_command, "rmccomply", None):
        lines += [f"## `{path}`", "", "```text", text.rstrip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def _helps(command: Any, name: str, parent: Any) -> Iterator[tuple[str, str]]:
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100, "terminal_width": 100}
    asked = command.context_class(command, info_name=name.rpartition(" ")[2], parent=parent, **settings)
    yield name, "\n".join(line.rstrip() for line in command.get_help(asked).split("\n"))
    for one in command.list_commands(asked) if hasattr(command, "list_commands") else ():
        yield from _helps(command.get_command(asked, one), f"{name} {one}", asked)


def _policy_schema() -> Any:
    from rmccomply.policy.model import Policy

    schema = Policy.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _report_schema() -> Any:
    from rmccomply.formats.schema import report_schema

    return report_schema()


def _facts_schema() -> Any:
    from rmccomply.facts.document import facts_schema

    return facts_schema()


SCHEMAS: Final[dict[str, Callable[[], Any]]] = {
    "policy": _policy_schema,
    "report": _report_schema,
    "facts": _facts_schema,
}
"""Name to what makes it. The files are `schemas/policy.schema.json`, `report-1.schema.json`, `facts-1.schema.json`."""

SCHEMA_FILES: Final = {
    "policy": "policy.schema.json",
    "report": "report-1.schema.json",
    "facts": "facts-1.schema.json",
}


def schema_text(name: str) -> str:
    """A schema as its file holds it."""
    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=True) + "\n"
