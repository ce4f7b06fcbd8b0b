"""A finding as plain data, for the formats that are JSON.

The keys are those of report JSON, version 1; `rmccomply.formats.schema` says what each may hold. Dicts are built by
hand, since this runs once for every finding of a fleet.
"""

from json import JSONEncoder
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rmccomply.evidence.model import Reference
    from rmccomply.finding import Finding

_ENCODER: Final = JSONEncoder(ensure_ascii=True, check_circular=False, allow_nan=False, separators=(",", ":"))

encode: Final = _ENCODER.encode
"""A value as JSON on one line, in printable ASCII whatever its texts hold."""


def finding_json(finding: "Finding") -> dict[str, Any]:
    """A finding as report JSON states it; the tree behind the verdict stays with `explain`."""
    return {
        "rule": finding.rule,
        "policy": finding.policy,
        "target": finding.target,
        "subject": finding.subject,
        "result": finding.result,
        "reason": finding.reason,
        "severity": finding.severity,
        "disposition": finding.disposition,
        "message": finding.message,
        "expected": finding.expected,
        "actual": finding.actual,
        "evidence": [_reference(reference) for reference in finding.evidence],
        "remediation": finding.remediation,
        "fingerprint": finding.fingerprint,
        "settle": finding.settle,
        "notes": list(finding.notes),
    }


def _reference(reference: "Reference") -> dict[str, Any]:
    entry: dict[str, Any] = {
        "uri": reference.uri,
        "start_line": reference.start_line,
        "end_line": reference.end_line,
        "start_column": reference.start_column,
        "text": reference.text,
        "request": reference.request,
        "exit_status": reference.exit_status,
        "collected": reference.collected,
    }
    if reference.snippet is not None:
        entry["snippet"] = reference.snippet
    return entry
