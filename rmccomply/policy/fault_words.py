"""What a model refuses of a policy, in the words of who writes one: no pattern, and no name of a type of Python."""

import re
from typing import Any, Final

from rmccomply.checks import KINDS
from rmccomply.checks.operands import nearest
from rmccomply.guarded import as_written
from rmccomply.policy.model import AGE, CONTROL, NAME, POLICY_ID, RULE_ID, URL

FORMS: Final[dict[str, str]] = {
    RULE_ID: 'capital letters and digits with hyphens between, such as "OUR-FS-001"',
    NAME: 'small letters, digits and underscores, such as "minimum_rsct"',
    POLICY_ID: 'small letters, digits and hyphens, such as "our-partitions"',
    AGE: 'a number above 0 with s, m, h or d, such as "36h"',
    URL: 'a web address, such as "https://example.com/7"',
    CONTROL: 'a catalog and a control, such as "nist-800-53r5:SI-2"',
}
"""The patterns of the models."""
_SHAPES: Final = {
    "string_type": "text in quotes",
    "string_too_short": "text that is not empty",
    "bool_type": "true or false",
    "list_type": "a list",
    "too_short": "a list with at least one entry",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
    "date_type": "a date without quotes",
}
_SCALARS: Final = ("str", "int", "float", "bool")
_BOUNDS: Final = ("at_least", "below")
_BOUND: Final = 'must be a number, or a parameter such as "$minimum_free_mib"'
_CHECK: Final = '{ kind = "...", ... }'
_TEXTS: Final = {"version": '"2026.1"', "max_age": '"36h"', "at_least": '"3.2.1.0"', "below": '"3.2.1.0"'}
_LISTS: Final = {
    "platforms": '["aix", "linux"]',
    "is": '["present"]',
    "is_not": '["present"]',
    "select": '["OUR-FS"]',
    "ignore": '["OUR-FS"]',
    "values": '["yes", "no"]',
    "controls": '["nist-800-53r5:SI-2"]',
    "references": '[{ title = "..." }]',
    "of": f"[{_CHECK}, {_CHECK}]",
    "change": "[[change]]",
    "rules": "[[rules]]",
    "causes": "[[causes]]",
    "blocks": '["lsrsrc"]',
    "reasons": '["failed"]',
    "subjects": '["network"]',
    "of_subjects": '["network"]',
}
_OF_A_CAUSE: Final = '["RMC-SUB-001"]'
_TABLES: Final = {"check": _CHECK, "when": _CHECK, "of": _CHECK}
_TABLES_IN: Final = {"of": _CHECK, "references": '{ title = "..." }', "set": "{ value = ... }"}


def says(error: Any) -> str:
    """One error of pydantic as a clause."""
    kind, details, given = error["type"], error.get("ctx", {}), error.get("input")
    name = str(error["loc"][-1]) if error["loc"] else ""
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return f"unknown key{nearest(name, (key for key in _KEYS if key != name))}"
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tag = as_written(given.get("kind", "")) if isinstance(given, dict) else ""
        lead = f"unknown kind of check '{tag}'{nearest(tag, KINDS) or '.'}" if tag else "its kind is missing."
        return f"{lead} The kinds are: {', '.join(KINDS)}"
    if kind == "literal_error":
        if given == details.get("expected"):
            return f"write {given} without quotes"
        options = re.findall(r"'([^']*)'", str(details.get("expected", "")))
        if not options:
            return f"'{as_written(given)}' is not known: write {details.get('expected')}"
        near = nearest(given, options) if isinstance(given, str) else ""
        return f"'{as_written(given)}' is not one of: {', '.join(options)}{near}"
    if kind == "string_pattern_mismatch":
        return f"'{given}' must be {FORMS.get(details['pattern'], details['pattern'])}"
    return _of_shape(kind, error["loc"]) or str(error["msg"]).removeprefix("Value error, ")


def _of_shape(kind: str, loc: tuple[str | int, ...]) -> str:
    """What is due where something of another shape stands, with an example; empty for any other error."""
    if loc and loc[-1] in _SCALARS:
        return _BOUND if loc[-2] in _BOUNDS else "must be one value: text in quotes or a number"
    if kind not in _SHAPES:
        return ""
    like = _like(_SHAPES[kind], loc)
    return f"must be {_SHAPES[kind]}{like and f', such as {like}'}"


def _like(shape: str, loc: tuple[str | int, ...]) -> str:
    name, around = str(loc[-1]), str(loc[-2]) if len(loc) > 1 else ""
    if shape.startswith("text"):
        return _TEXTS.get(name, "")
    if shape.startswith("a date"):
        return "2027-01-01"
    if shape.startswith("a list"):
        return _OF_A_CAUSE if loc[0] == "causes" and loc[2:] == ("of",) else _LISTS.get(name, "")
    return _TABLES.get(name) or _TABLES_IN.get(around, "")


_KEYS: Final = (
    "schema",
    "id",
    "title",
    "version",
    "doc",
    "extends",
    "max_age",
    "parameters",
    "set",
    "change",
    "rules",
    "causes",
    "profiles",
    "type",
    "default",
    "values",
    "stricter",
    "severity",
    "confidence",
    "platforms",
    "check",
    "when",
    "rationale",
    "remediation",
    "remediation_on",
    "remediation_for",
    "remediation_unseen",
    "remediation_unseen_on",
    "remediation_unclustered",
    "remediation_unclustered_on",
    "references",
    "controls",
    "url",
    "reason",
    "rule",
    "disabled",
    "value",
    "select",
    "ignore",
    "kind",
    "fact",
    "at_least",
    "below",
    "is",
    "is_not",
    "of",
    "name",
    "problem",
    "blocks",
    "reasons",
    "certain",
    "same_line",
    "subjects",
    "of_subjects",
    "says",
    "effective",
)
