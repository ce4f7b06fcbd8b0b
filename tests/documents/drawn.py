"""Rows of documents drawn by hypothesis, with texts that mean harm: controls, half characters, bidi, braces, quotes."""

from typing import Any, Final, TypeVar, get_args

from hypothesis import strategies as st

from rmccomply.documents.facts_1_rows import (
    DamageRow,
    FactPlace,
    FactReference,
    FactRow,
    FactsArtifact,
    FactsDocument,
    FactsIdentity,
    FactsTarget,
)
from rmccomply.documents.finding_1_rows import FindingDocument
from rmccomply.documents.report_1_rows import (
    ArtifactRow,
    CountsRow,
    FindingRow,
    IdentityRow,
    NotificationRow,
    ParameterRow,
    PolicyRow,
    ProblemsRow,
    ReferenceRow,
    ReportDocument,
    RunRow,
    SettingRow,
    SummaryRow,
    TargetRow,
    ToolRow,
    WaiverRow,
)
from rmccomply.words import REASONS, RESULTS, SEVERITIES, STANDINGS, STEPS, WAIVER_STATES, GateWord, Origin, Result
from tests.formats.awkward import BIDI, ESCAPE, HOSTILE, MARKUP

T = TypeVar("T")

HARMFUL: Final = (
    ESCAPE,
    BIDI,
    MARKUP,
    HOSTILE,
    "\ud800",
    "x\udc80",
    "{rule}",
    '{{"',
    "\\u0000",
    "\0",
    "\u2028",
    "null",
)


def joined(text: str) -> str:
    """The text with both halves of a character made one, wherever they meet: JSON cannot tell the two apart."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


TEXTS: Final = st.one_of(
    st.text(st.characters(), max_size=6), st.sampled_from(HARMFUL), st.lists(st.sampled_from(HARMFUL)).map("".join)
).map(joined)
FILLED: Final = TEXTS.filter(bool)
HUGE: Final = 10**19 - 1
NUMBERS: Final = st.integers(-HUGE, HUGE) | st.integers(-3, 3)
POSITIONS: Final = st.integers(1, HUGE) | st.integers(1, 3)
COUNTS: Final = st.integers(0, HUGE) | st.integers(0, 3)
SHA256: Final = st.text("0123456789abcdef", min_size=64, max_size=64)


def maybe(some: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | some


def several(some: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(some, max_size=3).map(tuple)


TOOLS: Final = st.builds(ToolRow, name=st.just("rmccomply"), version=TEXTS)
POLICIES: Final = st.builds(PolicyRow, id=TEXTS, title=TEXTS, version=TEXTS, sha256=SHA256, uri=FILLED)
PARAMETERS: Final = st.builds(
    ParameterRow, name=TEXTS, value=TEXTS, of_policy=TEXTS, looser=st.booleans(), policy=TEXTS
)
REFERENCES: Final = st.builds(
    ReferenceRow,
    uri=FILLED,
    start_line=POSITIONS,
    end_line=POSITIONS,
    start_column=POSITIONS,
    text=TEXTS,
    request=TEXTS,
    exit_status=maybe(NUMBERS),
    collected=maybe(TEXTS),
    snippet=maybe(TEXTS),
)
ARTIFACTS: Final = st.builds(ArtifactRow, uri=FILLED, sha256=SHA256)
IDENTITIES: Final = st.builds(IdentityRow, type_model=maybe(TEXTS), serial=maybe(TEXTS), lpar_id=maybe(NUMBERS))
PROBLEMS: Final = st.builds(ProblemsRow, critical=COUNTS, high=COUNTS, medium=COUNTS, low=COUNTS, info=COUNTS)
TARGET_COUNTS: Final = st.builds(
    CountsRow, passed=COUNTS, fail=COUNTS, unknown=COUNTS, not_applicable=COUNTS, error=COUNTS, problems=PROBLEMS
)
TARGETS: Final = st.builds(
    TargetRow,
    id=FILLED,
    platform=TEXTS,
    identity=IDENTITIES,
    labels=st.dictionaries(TEXTS, TEXTS, max_size=3),
    collected=maybe(TEXTS),
    evidence=several(ARTIFACTS),
    os=maybe(TEXTS),
    cluster=maybe(st.sampled_from(("present", "ruled_out", "unknown", ""))),
    standing=maybe(st.sampled_from(STANDINGS)),
    counts=maybe(TARGET_COUNTS),
)
SETTINGS: Final = st.builds(SettingRow, name=FILLED, value=TEXTS, origin=st.sampled_from(get_args(Origin)))
RUNS: Final = st.builds(
    RunRow,
    id=SHA256,
    now=TEXTS,
    exit_status=COUNTS,
    gate=st.sampled_from(get_args(GateWord)),
    settings=several(SETTINGS),
)
NOTIFICATIONS: Final = st.builds(
    NotificationRow,
    level=st.sampled_from(("error", "warning", "note")),
    text=TEXTS,
    uri=TEXTS,
    line=maybe(POSITIONS),
    target=TEXTS,
)
SUMMARIES: Final = st.builds(
    SummaryRow,
    passed=COUNTS,
    fail=COUNTS,
    unknown=COUNTS,
    not_applicable=COUNTS,
    error=COUNTS,
    decided=st.floats(0, 1),
)


WAIVERS = st.builds(
    WaiverRow,
    id=FILLED,
    owner=TEXTS,
    approved_by=TEXTS,
    approved=TEXTS,
    ticket=TEXTS,
    reason=TEXTS,
    expires=TEXTS,
    state=st.sampled_from(WAIVER_STATES),
)


def members(draw: st.DrawFn) -> dict[str, Any]:
    """A finding with any result, and with the reason or the disposition that belongs to it."""
    result: Result = draw(st.sampled_from(RESULTS))
    return {
        "rule": draw(FILLED),
        "policy": draw(TEXTS),
        "title": draw(TEXTS),
        "problem": draw(TEXTS),
        "controls": draw(several(TEXTS)),
        "target": draw(FILLED),
        "subject": draw(TEXTS),
        "result": result,
        "reason": draw(st.sampled_from(REASONS)) if result == "unknown" else None,
        "severity": draw(st.sampled_from(SEVERITIES)),
        "disposition": draw(st.sampled_from(("active", "waived", "baseline"))) if result == "fail" else None,
        "message": draw(TEXTS),
        "expected": draw(TEXTS),
        "actual": draw(TEXTS),
        "evidence": draw(several(REFERENCES)),
        "remediation": draw(TEXTS),
        "fingerprint": draw(SHA256),
        "settle": draw(TEXTS),
        "notes": draw(several(TEXTS)),
        "advice": draw(TEXTS),
        "step": draw(maybe(st.sampled_from(STEPS))),
        "first": draw(TEXTS),
        "caused_by": draw(several(SHA256)),
        "covered_by": draw(maybe(SHA256)),
        "blocked_by": draw(several(SHA256)),
    }


def with_waiver(members: dict[str, Any], waiver: WaiverRow | None) -> dict[str, Any]:
    """The members of a finding, with what covers it where it is waived."""
    return {**members, "waiver": waiver if members["disposition"] == "waived" else None}


@st.composite
def findings(draw: st.DrawFn) -> FindingRow:
    """A finding of a report."""
    return FindingRow(**with_waiver(members(draw), draw(maybe(WAIVERS))))


@st.composite
def finding_documents(draw: st.DrawFn) -> FindingDocument:
    """A finding that stands alone."""
    return FindingDocument(
        **with_waiver(members(draw), draw(maybe(WAIVERS))),
        schema="rmccomply/finding/1",
        run=draw(SHA256),
        now=draw(TEXTS),
        tool_version=draw(TEXTS),
        policy_version=draw(TEXTS),
        platform=draw(TEXTS),
        os=draw(TEXTS),
        cluster=draw(st.sampled_from(("present", "ruled_out", "unknown", ""))),
        type_model=draw(maybe(TEXTS)),
        serial=draw(maybe(TEXTS)),
        lpar_id=draw(maybe(NUMBERS)),
        labels=draw(st.dictionaries(TEXTS, TEXTS, max_size=3)),
        collected=draw(maybe(TEXTS)),
    )


REPORTS: Final = st.builds(
    ReportDocument,
    schema=st.just("rmccomply/report/1"),
    tool=TOOLS,
    now=TEXTS,
    policies=several(POLICIES),
    parameters=several(PARAMETERS),
    findings=several(findings()),
    targets=several(TARGETS),
    notifications=several(NOTIFICATIONS),
    summary=SUMMARIES,
    run=maybe(RUNS),
)


def scalars() -> st.SearchStrategy[object]:
    return st.none() | st.booleans() | NUMBERS | st.floats(allow_nan=False, allow_infinity=False) | TEXTS


VALUES: Final = st.dictionaries(
    TEXTS,
    st.recursive(
        scalars(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
        max_leaves=5,
    ),
    max_size=3,
)
PLACE: Final = {
    "uri": FILLED,
    "start_line": POSITIONS,
    "end_line": POSITIONS,
    "start_column": POSITIONS,
    "text": TEXTS,
    "request": TEXTS,
    "exit_status": maybe(NUMBERS),
    "collected": maybe(TEXTS),
    "snippet": maybe(TEXTS),
}


@st.composite
def facts(draw: st.DrawFn) -> FactRow:
    """A fact that was read, perhaps in part, or one with a reason and what is said of it."""
    value = draw(maybe(VALUES))
    reason = None if value is not None else draw(st.sampled_from(REASONS))
    return FactRow(
        value=value,
        reason=reason,
        says=draw(TEXTS) if reason else "",
        partial=None if reason else draw(maybe(st.sampled_from(REASONS))),
        collected=draw(maybe(TEXTS)),
        line=draw(NUMBERS),
        argv=draw(maybe(several(TEXTS))),
        evidence=draw(several(st.builds(FactPlace, line=NUMBERS, **PLACE))),
        also=draw(several(st.builds(FactReference, **PLACE))),
    )


FACTS_TARGETS: Final = st.builds(
    FactsTarget,
    id=TEXTS,
    platform=TEXTS,
    platform_from=st.sampled_from(("declaration", "evidence")),
    identity=st.builds(FactsIdentity, type_model=maybe(TEXTS), serial=maybe(TEXTS), lpar_id=maybe(NUMBERS)),
    labels=st.dictionaries(TEXTS, TEXTS, max_size=3),
    collected=maybe(TEXTS),
    evidence=several(st.builds(FactsArtifact, uri=TEXTS, sha256=TEXTS)),
    damage=several(st.builds(DamageRow, text=TEXTS, uri=TEXTS, line=maybe(POSITIONS))),
)
FACTS_DOCUMENTS: Final = st.builds(
    FactsDocument,
    schema=st.just("rmccomply/facts/1"),
    target=FACTS_TARGETS,
    facts=st.dictionaries(TEXTS, facts(), max_size=3),
)
