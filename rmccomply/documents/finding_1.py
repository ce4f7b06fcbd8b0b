"""A finding that stands alone, version 1: a line of JSON Lines, as it is written.

What is the same in all lines of a run stands first, since its id is known only when all targets are judged; then what
is the same in all lines of a target; then all members that the finding has in report JSON.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from rmccomply.documents import FINDING_1
from rmccomply.documents.report_1 import encode, finding_members

if TYPE_CHECKING:
    from rmccomply.documents.finding_1_rows import FindingDocument
    from rmccomply.finding import Finding
    from rmccomply.report import RuleCard, TargetCard


def head_of(run_id: str, now: str, tool_version: str) -> str:
    """The beginning of every line of a run."""
    return (
        f'{{"schema":{encode(FINDING_1)},"run":{encode(run_id)},"now":{encode(now)},'
        f'"tool_version":{encode(tool_version)},'
    )


def target_members(card: "TargetCard | FindingDocument") -> str:
    """The members that tell of the target of a finding."""
    return (
        f'"platform":{encode(card.platform)},"os":{encode(card.os)},"cluster":{encode(card.cluster)},"type_model":{encode(card.type_model)},"serial":{encode(card.serial)},'
        f'"lpar_id":{encode(card.lpar_id)},"labels":{encode(dict(card.labels))},"collected":{encode(card.collected)}'
    )


def rest_of_line(
    finding: "Finding | FindingDocument", about: "RuleCard | FindingDocument", policy_version: str, target: str
) -> str:
    """A line behind its beginning; `target` are the members that tell of the target."""
    return f"{_version(policy_version)}{target},{finding_members(finding, about)}}}"


@lru_cache(maxsize=64)
def _version(policy_version: str) -> str:
    return f'"policy_version":{encode(policy_version)},'


def line_of(row: "FindingDocument") -> str:
    """A line that was read, as it was written."""
    head = head_of(row.run, row.now, row.tool_version)
    return head + rest_of_line(row, row, row.policy_version, target_members(row))
