"""The JSON Schema of report JSON, version 1 (draft 2020-12, https://json-schema.org/draft/2020-12).

`schemas/report-1.schema.json` is this function's value written out. Fields are added, never changed, so an object
may hold more than is named here; what is named is always there, except `snippet`, and `parameters` where
all are as the policies have them.
"""

from typing import Any, Final, get_args

from rmccomply.words import PLATFORMS, REASONS, RESULTS, SEVERITIES, Disposition

_TEXT: Final = {"type": "string"}
_LINE: Final = {"type": "integer", "minimum": 1}
_COUNT: Final = {"type": "integer", "minimum": 0}
_MAYBE_TEXT: Final = {"type": ["string", "null"]}
_SHA256: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_PLATFORM: Final = f"{', '.join(PLATFORMS)}; empty where it is not known."
_MAYBE_TIME: Final = {
    "description": "RFC 3339, as the evidence states it; null where nobody recorded it.",
    "type": ["string", "null"],
}


def report_schema() -> dict[str, Any]:
    """The schema as plain data."""
    sections = {
        "schema": {"const": "rmccomply/report/1"},
        "tool": _object({"name": {"const": "rmccomply"}, "version": _TEXT}),
        "now": {"description": "The clock of the run, RFC 3339 in UTC.", **_TEXT},
        "policies": _list("policy"),
        "parameters": {
            "description": "Those that the run gave other values than their policies.",
            **_list("parameter"),
        },
        "findings": _list("finding"),
        "targets": _list("target"),
        "notifications": _list("notification"),
        "summary": {"$ref": "#/$defs/summary"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:rmccomply:schema:report:1",
        "title": "rmccomply report, version 1",
        **_object(sections, ("parameters",)),
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, Any]:
    return {
        "policy": _policy(),
        "parameter": _parameter(),
        "finding": _finding(),
        "reference": _reference(),
        "target": _target(),
        "artifact": _object({"uri": _uri(), "sha256": _SHA256}),
        "notification": _notification(),
        "summary": _summary(),
    }


def _object(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _uri() -> dict[str, Any]:
    return {
        "description": "Relative and percent-encoded; `stdin` for standard input.",
        "type": "string",
        "format": "uri-reference",
        "minLength": 1,
    }


def _policy() -> dict[str, Any]:
    return _object({"id": _TEXT, "title": _TEXT, "version": _TEXT, "sha256": _SHA256, "uri": _uri()})


def _parameter() -> dict[str, Any]:
    return _object(
        {
            "name": _TEXT,
            "value": _TEXT,
            "of_policy": {"description": "The value that the policy has.", **_TEXT},
            "looser": {"description": "Whether the policy tells that the run then asks for less.", "type": "boolean"},
            "policy": _TEXT,
        }
    )


def _finding() -> dict[str, Any]:
    return {
        "description": "One rule's verdict on one target and subject.",
        **_object(_finding_properties()),
        "allOf": [_exactly_when("unknown", "reason"), _exactly_when("fail", "disposition")],
    }


def _finding_properties() -> dict[str, Any]:
    return {
        "rule": {"type": "string", "minLength": 1},
        "policy": _TEXT,
        "target": {"type": "string", "minLength": 1},
        "subject": {"description": "What on the target it is about; often empty.", "type": "string"},
        "result": {"enum": list(RESULTS)},
        "reason": {"description": "Why it is unknown.", "enum": [*REASONS, None]},
        "severity": {"enum": list(SEVERITIES)},
        "disposition": {"description": "What became of a fail.", "enum": [*get_args(Disposition), None]},
        "message": _TEXT,
        "expected": _TEXT,
        "actual": _TEXT,
        "evidence": _list("reference"),
        "remediation": {"description": "What an operator should do; never run.", "type": "string"},
        "fingerprint": {"description": "SHA-256 over rule, target and subject.", **_SHA256},
        "settle": {"description": "The command that would settle an unknown.", "type": "string"},
        "notes": {"type": "array", "items": _TEXT},
        "advice": {"description": "What to do about an unknown, in a sentence.", "type": "string"},
    }


def _exactly_when(result: str, key: str) -> dict[str, Any]:
    """`key` is set exactly when the result is `result`."""
    return {
        "if": {"properties": {"result": {"const": result}}},
        "then": {"properties": {key: {"not": {"type": "null"}}}},
        "else": {"properties": {key: {"type": "null"}}},
    }


def _reference() -> dict[str, Any]:
    properties = {
        "uri": _uri(),
        "start_line": _LINE,
        "end_line": _LINE,
        "start_column": {"description": "In Unicode code points.", **_LINE},
        "text": {"description": "What was written there, lines joined by LF.", "type": "string"},
        "request": {"description": "The command or file that was asked for.", "type": "string"},
        "exit_status": {"type": ["integer", "null"]},
        "collected": _MAYBE_TIME,
        "snippet": {"description": "What the file shows there, where that is not `text`.", "type": "string"},
    }
    return {"description": "A place in a file that proves something.", **_object(properties, ("snippet",))}


def _target() -> dict[str, Any]:
    identity = _object({"type_model": _MAYBE_TEXT, "serial": _MAYBE_TEXT, "lpar_id": {"type": ["integer", "null"]}})
    return _object(
        {
            "id": {"type": "string", "minLength": 1},
            "platform": {"description": _PLATFORM, "type": "string"},
            "identity": identity,
            "labels": {"type": "object", "additionalProperties": _TEXT},
            "collected": _MAYBE_TIME,
            "evidence": _list("artifact"),
        }
    )


def _notification() -> dict[str, Any]:
    properties = {
        "level": {"enum": ["error", "warning", "note"]},
        "text": _TEXT,
        "uri": {"description": "Empty where it is about no file.", "type": "string", "format": "uri-reference"},
        "line": {"type": ["integer", "null"], "minimum": 1},
        "target": {"description": "Empty where it is about no target.", "type": "string"},
    }
    return {"description": "Something wrong with the assessment, not a target.", **_object(properties)}


def _summary() -> dict[str, Any]:
    decided = {
        "description": "The share of applicable findings that are pass or fail; 1 where none is applicable.",
        "type": "number",
        "minimum": 0,
        "maximum": 1,
    }
    return _object({**dict.fromkeys(RESULTS, _COUNT), "decided": decided})
