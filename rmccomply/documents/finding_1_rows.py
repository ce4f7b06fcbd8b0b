"""A finding that stands alone, version 1: what a line of JSON Lines may hold, and the JSON Schema of it.

It has all members of a finding of report JSON, with those of its run and of its target beside them. Members are added,
never changed.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from rmccomply.documents.model import AnyText, Sha256, Time, Whole, schema_of
from rmccomply.documents.report_1_rows import FindingRow
from rmccomply.words import PLATFORMS

_NAMES = {"ReferenceRow": "reference", "WaiverRow": "waiver"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDocument(FindingRow):
    """One rule's verdict on one target and subject, with all that is needed to understand it alone."""

    schema: Literal["rmccomply/finding/1"]
    run: Annotated[Sha256, Field(description="The id of the run.")]
    now: Annotated[AnyText, Field(description="The clock of the run, RFC 3339 in UTC.")]
    tool_version: Annotated[AnyText, Field(description="The release of rmccomply.")]
    policy_version: AnyText
    platform: Annotated[AnyText, Field(description=f"{', '.join(PLATFORMS)}; empty where it is not known.")]
    os: Annotated[AnyText, Field(description="The operating system with its release; empty where it is not known.")]
    cluster: Annotated[
        Literal["present", "ruled_out", "unknown", ""],
        Field(description="Whether a cluster is there; empty where it was not judged."),
    ]
    type_model: AnyText | None
    serial: AnyText | None
    lpar_id: Whole | None
    labels: dict[AnyText, AnyText]
    collected: Time


def finding_schema() -> dict[str, object]:
    """The JSON Schema of a line."""
    return schema_of(
        FindingDocument, _NAMES, **{"$id": "urn:rmccomply:schema:finding:1", "title": "rmccomply finding, version 1"}
    )
