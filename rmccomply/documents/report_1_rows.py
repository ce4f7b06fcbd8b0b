"""Report JSON, version 1: what each row of it may hold.

From these classes `report_1_reader` makes the reader and the JSON Schema (`schemas/report-1.schema.json`). Fields are
added, never changed, so an object may hold more than is named here. What is written is always there, except `snippet`,
and `parameters` where all are as the policies have them. What came later (the fields with a default) may be missing in
what was written before.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.config import JsonDict

from rmccomply.documents.model import AnyText, Count, Filled, Position, Sha256, Time, Uri, Whole, never_null
from rmccomply.words import (
    PLATFORMS,
    Disposition,
    GateWord,
    Image,
    NextStep,
    Origin,
    Reason,
    Result,
    Severity,
    Standing,
    WaiverState,
)


def _exactly_when(result: str, key: str) -> JsonDict:
    """`key` is set exactly when the result is `result`."""
    return {
        "if": {"properties": {"result": {"const": result}}},
        "then": {"properties": {key: {"not": {"type": "null"}}}},
        "else": {"properties": {key: {"type": "null"}}},
    }


def _given(value: object) -> object:
    if value is None:
        raise ValueError("may be left out, but never be null")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolRow:
    """The program that wrote the report."""

    name: Literal["rmccomply"]
    version: AnyText


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """A policy that the run judged by, or that such a one extends."""

    id: AnyText
    title: AnyText
    version: AnyText
    sha256: Sha256
    uri: Uri


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow:
    """A parameter that the run gave another value than its policy."""

    name: AnyText
    value: AnyText
    of_policy: Annotated[AnyText, Field(description="The value that the policy has.")]
    looser: Annotated[bool, Field(strict=True, description="Whether the policy tells that the run then asks for less.")]
    policy: AnyText


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """A place in a file that proves something."""

    uri: Uri
    start_line: Position
    end_line: Position
    start_column: Annotated[Position, Field(description="In Unicode code points.")]
    text: Annotated[AnyText, Field(description="What was written there, lines joined by LF.")]
    request: Annotated[AnyText, Field(description="The command or file that was asked for.")]
    exit_status: Whole | None
    collected: Time
    snippet: Annotated[
        AnyText | None,
        BeforeValidator(_given),
        Field(description="What the file shows there, where that is not `text`.", json_schema_extra=never_null),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverRow:
    """The acceptance that covers a fail."""

    id: Filled
    owner: AnyText
    approved_by: AnyText
    approved: Annotated[AnyText, Field(description="A day.")]
    ticket: AnyText
    reason: AnyText
    expires: Annotated[AnyText, Field(description="The last second that counts, RFC 3339 with its offset.")]
    state: Annotated[WaiverState, Field(description="in_force or soon: one that counts.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One rule's verdict on one target and subject."""

    __pydantic_config__ = ConfigDict(
        json_schema_extra={"allOf": [_exactly_when("unknown", "reason"), _exactly_when("fail", "disposition")]}
    )

    rule: Filled
    policy: AnyText
    title: Annotated[AnyText, Field(description="What the rule demands.")] = ""
    problem: Annotated[
        AnyText, Field(description="What is wrong where the rule fails; empty where its policy has no words for that.")
    ] = ""
    controls: Annotated[tuple[AnyText, ...], Field(description="Controls of catalogues that the rule serves.")] = ()
    target: Filled
    subject: Annotated[AnyText, Field(description="What on the target it is about; often empty.")]
    result: Result
    reason: Annotated[Reason | None, Field(description="Why it is unknown.")]
    severity: Severity
    disposition: Annotated[Disposition | None, Field(description="What became of a fail.")]
    message: AnyText
    expected: AnyText
    actual: AnyText
    evidence: tuple[ReferenceRow, ...]
    remediation: Annotated[AnyText, Field(description="What an operator should do; never run.")]
    fingerprint: Annotated[Sha256, Field(description="SHA-256 over rule, target and subject.")]
    settle: Annotated[AnyText, Field(description="The command that would settle an unknown.")]
    notes: tuple[AnyText, ...]
    advice: Annotated[AnyText, Field(description="What to do about an unknown, in a sentence.")]
    step: Annotated[NextStep | None, Field(description="What settles an unknown.")] = None
    first: Annotated[AnyText, Field(description="The rule whose problem has to be fixed before, if any.")] = ""
    caused_by: Annotated[
        tuple[Sha256, ...],
        Field(description="Fingerprints of fails of this target that can be the reason of this one."),
    ] = ()
    covered_by: Annotated[
        Sha256 | None, Field(description="Fingerprint of the fail that is the same fault as this one.")
    ] = None
    blocked_by: Annotated[
        tuple[Sha256, ...], Field(description="Fingerprints of fails to be fixed before an unknown can be decided.")
    ] = ()
    waiver: Annotated[
        WaiverRow | None, Field(description="What covers a fail that is waived; reports of before do not tell.")
    ] = None

    @property
    def verdict(self) -> "FindingRow":
        """What was judged: as in a finding, and here the row itself has all of it."""
        return self

    def __post_init__(self) -> None:
        if (self.reason is not None) != (self.result == "unknown"):
            raise ValueError("a reason is of an unknown, and every unknown has one")
        if (self.disposition is not None) != (self.result == "fail"):
            raise ValueError("a disposition is of a fail, and every fail has one")
        if self.waiver is not None and self.disposition != "waived":
            raise ValueError("a waiver is of a waived fail")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRow:
    """What tells a partition from every other one of the world, as far as its evidence says."""

    type_model: AnyText | None
    serial: AnyText | None
    lpar_id: Whole | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtifactRow:
    """A file that evidence came from."""

    uri: Uri
    sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemsRow:
    """How many problems of each severity a target has: rules with active fails, those that are one fault counted once.

    Those of severity `info` only inform.
    """

    critical: Count
    high: Count
    medium: Count
    low: Count
    info: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsRow:
    """How many findings of a target have each result, and its problems."""

    passed: Annotated[int, Field(alias="pass", strict=True, ge=0)]
    fail: Count
    unknown: Count
    not_applicable: Count
    error: Count
    problems: ProblemsRow

    @property
    def members(self) -> dict[str, object]:
        """All of it by its names in JSON."""
        each = self.problems
        problems = {
            "critical": each.critical,
            "high": each.high,
            "medium": each.medium,
            "low": each.low,
            "info": each.info,
        }
        return {
            "pass": self.passed,
            "fail": self.fail,
            "unknown": self.unknown,
            "not_applicable": self.not_applicable,
            "error": self.error,
            "problems": problems,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRow:
    """Where the evidence of a target was gathered: a running system, or the root of an image that was mounted."""

    mode: Annotated[Image | None, Field(description="Null where no head of a bundle says it.")]
    sha256: Annotated[
        Sha256 | None,
        Field(description="Of the file that the root was mounted from; null where that is not proven."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """A target of the run."""

    id: Filled
    platform: Annotated[AnyText, Field(description=f"{', '.join(PLATFORMS)}; empty where it is not known.")]
    identity: IdentityRow
    labels: dict[AnyText, AnyText]
    collected: Time
    evidence: tuple[ArtifactRow, ...]
    os: Annotated[
        AnyText | None,
        BeforeValidator(_given),
        Field(
            description="The operating system with its release; empty where it is not known.",
            json_schema_extra=never_null,
        ),
    ] = None
    cluster: Annotated[
        Literal["present", "ruled_out", "unknown", ""] | None,
        BeforeValidator(_given),
        Field(description="Whether a cluster is there; empty where it was not judged.", json_schema_extra=never_null),
    ] = None
    image: Annotated[
        ImageRow | None,
        BeforeValidator(_given),
        Field(json_schema_extra=never_null),
    ] = None
    standing: Annotated[
        Standing | None,
        BeforeValidator(_given),
        Field(description="What the target is by all its findings.", json_schema_extra=never_null),
    ] = None
    counts: Annotated[
        CountsRow | None,
        BeforeValidator(_given),
        Field(json_schema_extra=never_null),
    ] = None

    @property
    def type_model(self) -> str | None:
        return self.identity.type_model

    @property
    def serial(self) -> str | None:
        return self.identity.serial

    @property
    def lpar_id(self) -> int | None:
        return self.identity.lpar_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationRow:
    """Something wrong with the assessment, not a target."""

    level: Literal["error", "warning", "note"]
    text: AnyText
    uri: Annotated[
        AnyText,
        Field(description="Empty where it is about no file.", json_schema_extra={"format": "uri-reference"}),
    ]
    line: Position | None
    target: Annotated[AnyText, Field(description="Empty where it is about no target.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """How many findings have each result, and how much of what applies is decided."""

    passed: Annotated[int, Field(alias="pass", strict=True, ge=0)]
    fail: Count
    unknown: Count
    not_applicable: Count
    error: Count
    decided: Annotated[
        float,
        Field(
            strict=True,
            ge=0,
            le=1,
            description="The share of applicable findings that are pass or fail; 1 where none is applicable.",
        ),
    ]

    @property
    def counts(self) -> dict[str, int]:
        """Result to number of findings."""
        return {
            "pass": self.passed,
            "fail": self.fail,
            "unknown": self.unknown,
            "not_applicable": self.not_applicable,
            "error": self.error,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """A setting of the run that decides what the report says."""

    name: Filled
    value: Annotated[AnyText, Field(description="Empty where nothing is set; lists are joined by a comma and a blank.")]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """The run that made the report."""

    id: Annotated[
        Sha256,
        Field(
            description="SHA-256 over release, policies, inputs, settings and clock: runs that differ in none of these "
            "write the same bytes."
        ),
    ]
    now: Annotated[AnyText, Field(description="The clock of the run, RFC 3339 in UTC.")]
    exit_status: Count
    gate: Annotated[GateWord, Field(description="What decided the exit status.")]
    settings: tuple[SettingRow, ...]
    left_out: Annotated[
        Count | None,
        BeforeValidator(_given),
        Field(
            description="Rules of the policies that were not judged, since others were selected.",
            json_schema_extra=never_null,
        ),
    ] = None
    damaged: Annotated[
        Annotated[bool, Field(strict=True)] | None,
        BeforeValidator(_given),
        Field(description="Whether an input was not whole.", json_schema_extra=never_null),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """A report of rmccomply."""

    schema: Literal["rmccomply/report/1"]
    tool: ToolRow
    now: Annotated[AnyText, Field(description="The clock of the run, RFC 3339 in UTC.")]
    policies: tuple[PolicyRow, ...]
    parameters: Annotated[
        tuple[ParameterRow, ...], Field(description="Those that the run gave other values than their policies.")
    ] = ()
    findings: tuple[FindingRow, ...]
    targets: tuple[TargetRow, ...]
    notifications: tuple[NotificationRow, ...]
    summary: SummaryRow
    run: Annotated[
        RunRow | None,
        BeforeValidator(_given),
        Field(json_schema_extra=never_null),
    ] = None
