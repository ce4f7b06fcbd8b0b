"""A finding as plain data, for the formats that are JSON.

The keys are those of report JSON, version 1; `rmccomply.formats.schema` says what each may hold. The line is put
together by hand: this runs once for every finding of a fleet, and most of its texts are those of the finding before.
"""

from functools import lru_cache
from json import JSONEncoder
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rmccomply.evidence.model import Reference
    from rmccomply.finding import Finding

_ENCODER: Final = JSONEncoder(ensure_ascii=True, check_circular=False, allow_nan=False, separators=(",", ":"))

encode: Final = _ENCODER.encode
"""A value as JSON on one line, in printable ASCII whatever its texts hold."""


@lru_cache(maxsize=4096)
def _again(text: str | int | None) -> str:
    """As `encode`, for what stands in many findings: names, words, paths, remediations."""
    return encode(text)


def finding_line(finding: "Finding") -> str:
    """A finding as report JSON states it, on one line; the tree behind the verdict stays with `explain`."""
    return (
        f'{{"rule":{_again(finding.rule)},"policy":{_again(finding.policy)},"target":{_again(finding.target)},'
        f'"subject":{encode(finding.subject)},"result":{_again(finding.result)},"reason":{_again(finding.reason)},'
        f'"severity":{_again(finding.severity)},"disposition":{_again(finding.disposition)},'
        f'"message":{encode(finding.message)},"expected":{_again(finding.expected)},"actual":{encode(finding.actual)},'
        f'"evidence":[{",".join(map(_reference, finding.evidence))}],"remediation":{_again(finding.remediation)},'
        f'"fingerprint":"{finding.fingerprint}","settle":{_again(finding.settle)},"notes":{encode(finding.notes)}}}'
    )


def _reference(place: "Reference") -> str:
    snippet = "" if place.snippet is None else f',"snippet":{encode(place.snippet)}'
    return (
        f'{{"uri":{_again(place.uri)},"start_line":{place.start_line},"end_line":{place.end_line},'
        f'"start_column":{place.start_column},"text":{encode(place.text)},"request":{_again(place.request)},'
        f'"exit_status":{_again(place.exit_status)},"collected":{_again(place.collected)}{snippet}}}'
    )
