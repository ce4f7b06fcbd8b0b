"""A finding as plain data, for the formats that are JSON.

The keys are those of report JSON, version 1; `report_1_schema` says what each may hold. The line is put
together by hand: this runs once for every finding of a fleet, and most of its texts are those of the finding before.
"""

from functools import lru_cache
from json import JSONEncoder
from json.encoder import encode_basestring_ascii as _text
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
    evidence, notes = ",".join(map(_reference, finding.evidence)), ",".join(map(_text, finding.notes))
    return (
        f'{{"rule":{_again(finding.rule)},"policy":{_again(finding.policy)},"target":{_again(finding.target)},'
        f'"subject":{_text(finding.subject)},"result":{_again(finding.result)},"reason":{_again(finding.reason)},'
        f'"severity":{_again(finding.severity)},"disposition":{_again(finding.disposition)},'
        f'"message":{_text(finding.message)},"expected":{_again(finding.expected)},"actual":{_text(finding.actual)},'
        f'"evidence":[{evidence}],"remediation":{_again(finding.remediation)},'
        f'"fingerprint":"{finding.fingerprint}","settle":{_again(finding.settle)},"notes":[{notes}],"advice":{_again(finding.advice)}}}'
    )


def _reference(place: "Reference") -> str:
    snippet = "" if place.snippet is None else f',"snippet":{_text(place.snippet)}'
    return (
        f'{{"uri":{_again(place.uri)},"start_line":{place.start_line},"end_line":{place.end_line},'
        f'"start_column":{place.start_column},"text":{_text(place.text)},"request":{_again(place.request)},'
        f'"exit_status":{_again(place.exit_status)},"collected":{_again(place.collected)}{snippet}}}'
    )
