"""The result of a report, by everything that may stand in one; the statement, and what is read of it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from rmccomply.attest.statement import (
    STATEMENT,
    TEST_RESULT,
    ImageFile,
    binding_of,
    judgement,
    statement_bytes,
    statement_of,
)
from rmccomply.documents.report_1_rows import (
    FindingRow,
    NotificationRow,
    ParameterRow,
    ReportDocument,
    RunRow,
    SettingRow,
    TargetRow,
)
from rmccomply.errors import UsageError
from tests.runs.test_baseline import EMPTY, REPORTS, row

IMAGE = ImageFile("rhel9.raw", "a" * 64)
PASS = row(result="pass")
RUN = RunRow(id="0" * 64, now=EMPTY.now, exit_status=0, gate="open", settings=(), left_out=0, damaged=False)
TARGET = json.loads(
    '{"id":"a","platform":"linux","identity":{"type_model":null,"serial":null,"lpar_id":null},"labels":{},'
    '"collected":null,"evidence":[]}'
)


def target(name: str = "a") -> TargetRow:
    from rmccomply.documents.report_1_reader import read_row

    return read_row(TargetRow, json.dumps({**TARGET, "id": name}))


def report(*rows: FindingRow, run: RunRow | None = RUN) -> ReportDocument:
    return replace(EMPTY, findings=rows, targets=(target(),), run=run)


def note(level: str) -> NotificationRow:
    return NotificationRow(level=level, text="t", uri="", line=None, target="")  # type: ignore[arg-type]


WHOLE = report(PASS)
SELECTED = replace(RUN, settings=(SettingRow(name="select", value="RMC-ID", origin="command line"),))
IGNORED = replace(RUN, settings=(SettingRow(name="ignore", value="RMC-FS", origin="command line"),))
LOOSE = ParameterRow(name="p", value="1", of_policy="2", looser=True, policy="x")


@pytest.mark.parametrize(
    ("document", "result", "reason"),
    [
        (WHOLE, "PASSED", ""),
        (report(PASS, row("R-2", result="not_applicable")), "PASSED", ""),
        (report(PASS, row("R-2", severity="info")), "PASSED", ""),
        (replace(WHOLE, notifications=(note("warning"), note("note"))), "PASSED", ""),
        (replace(WHOLE, parameters=(replace(LOOSE, looser=False),)), "PASSED", ""),
        (report(PASS, row("R-2", disposition="waived")), "WARNED", "a fail is waived"),
        (report(PASS, row("R-2", disposition="baseline")), "WARNED", "a fail was known from a baseline"),
        (report(PASS, row("R-2", disposition="waived", severity="info")), "WARNED", "a fail is waived"),
        (report(PASS, row("R-2", severity="low")), "FAILED", "1 check above info fails"),
        (report(PASS, row("R-2", result="unknown")), "FAILED", "1 check is undecided"),
        (report(PASS, row("R-2", result="unknown", severity="info")), "FAILED", "1 check is undecided"),
        (report(PASS, row("R-2", result="error")), "FAILED", "a partition or an input could not be judged"),
        (replace(WHOLE, notifications=(note("error"),)), "FAILED", "a partition or an input could not be judged"),
        (report(PASS, run=replace(RUN, left_out=3)), "FAILED", "3 checks of the policy were not judged"),
        (report(PASS, run=SELECTED), "FAILED", "0 checks of the policy were not judged"),
        (report(PASS, run=IGNORED), "FAILED", "0 checks of the policy were not judged"),
        (report(PASS, run=replace(RUN, damaged=True)), "FAILED", "an input is damaged"),
        (replace(WHOLE, parameters=(LOOSE,)), "FAILED", "the run was looser than the policy: p"),
        (report(), "FAILED", "nothing passed on 1 partition"),
        (report(row(result="not_applicable")), "FAILED", "nothing passed on 1 partition"),
        (replace(WHOLE, targets=(target(), target("b"))), "FAILED", "nothing passed on 1 partition"),
        (replace(WHOLE, targets=()), "FAILED", "nothing was judged"),
        (report(PASS, run=None), "FAILED", "the report is of an earlier release"),
        (report(PASS, run=replace(RUN, left_out=None)), "FAILED", "the report is of an earlier release"),
        (report(PASS, run=replace(RUN, damaged=None)), "FAILED", "the report is of an earlier release"),
        (report(PASS, row("R-2", disposition="waived"), row("R-3", result="unknown")), "FAILED", "undecided"),
    ],
)
def test_the_result_of_a_report(document: ReportDocument, result: str, reason: str) -> None:
    found = judgement(document)
    assert found.result == result
    assert (reason in "; ".join(found.reasons)) if reason else found.reasons == ()


@pytest.mark.parametrize("exit_status", [0, 1, 3])
@pytest.mark.parametrize("options", [("fail_on", "never"), ("exit_zero", "yes"), ("on_unknown", "report")])
def test_no_option_changes_the_result(options: tuple[str, str], exit_status: int) -> None:
    name, value = options
    settings = (SettingRow(name=name, value=value, origin="command line"),)
    run = replace(RUN, settings=settings, exit_status=exit_status, gate="held_open")
    assert judgement(report(PASS, row("R-2"), run=run)).result == "FAILED"
    assert judgement(report(PASS, run=run)).result == "PASSED"


@given(REPORTS)
def test_each_check_that_applies_is_in_one_list(rows: list[FindingRow]) -> None:
    found = judgement(report(*rows))
    names = [*found.passed, *found.warned, *found.failed]
    assert len(names) == len({*names}) == sum(one.result != "not_applicable" for one in rows)
    assert found.result == "FAILED" or not found.failed
    for some in (found.passed, found.warned, found.failed):
        assert [*some] == sorted(some)


def test_a_statement_has_the_form_of_its_predicate_and_says_what_it_was_made_of() -> None:
    settings = tuple(
        SettingRow(name=name, value=value, origin="command line")
        for name, value in (("baseline", "b.jsonl"), ("baseline_sha256", "b" * 64), ("fail_on", "low"))
    )
    document = report(PASS, row("R-2", subject="s", disposition="baseline"), run=replace(RUN, settings=settings))
    data = statement_bytes(document, b"raw", IMAGE, "observed", "c" * 64)
    made = json.loads(data)
    assert (made["_type"], made["predicateType"]) == (STATEMENT, TEST_RESULT)
    assert made["subject"] == [{"name": "rhel9.raw", "digest": {"sha256": "a" * 64}}]
    assert made["predicate"].keys() == {"result", "configuration", "passedTests", "warnedTests", "failedTests"}
    assert made["predicate"]["passedTests"] == ["R-1@a"]
    assert made["predicate"]["warnedTests"] == ["R-2@a: s"]
    described = {one["name"]: one for one in made["predicate"]["configuration"]}
    assert described["baseline"] == {
        "name": "baseline",
        "digest": {"sha256": "b" * 64},
        "annotations": {"file": "b.jsonl"},
    }
    assert described["rmccomply"]["digest"] == {"sha256": "c" * 64}
    assert described["report"]["annotations"]["image"] == "observed"
    assert described["report"]["annotations"]["now"] == EMPTY.now
    assert all({"uri", "digest"} & one.keys() for one in described.values())
    assert data == statement_bytes(document, b"raw", IMAGE, "observed", "c" * 64)


def test_what_is_written_is_read_back() -> None:
    found = statement_of(statement_bytes(report(PASS, row("R-2")), b"raw", IMAGE, "asserted", ""))
    assert (found.image, found.result, found.binding, found.now) == (IMAGE, "FAILED", "asserted", EMPTY.now)
    assert found.reasons == ("1 check above info fails",)


GOOD = json.loads(statement_bytes(WHOLE, b"raw", IMAGE, "asserted", ""))


@pytest.mark.parametrize(
    "change",
    [
        {"_type": "https://in-toto.io/Statement/v0.1"},
        {"predicateType": "https://slsa.dev/provenance/v1"},
        {"subject": []},
        {"subject": GOOD["subject"] * 2},
        {"predicate": {**GOOD["predicate"], "result": "OK"}},
        {"predicate": {**GOOD["predicate"], "configuration": []}},
        {"predicate": {**GOOD["predicate"], "configuration": GOOD["predicate"]["configuration"] * 2}},
        {"predicate": []},
    ],
)
def test_what_is_no_such_statement_is_told(change: dict[str, object]) -> None:
    assert statement_of(json.dumps(GOOD).encode()).result == "PASSED"
    with pytest.raises(ValueError, match=r"is not|does not"):
        statement_of(json.dumps({**GOOD, **change}).encode())
    for text in (b"", b"[]", b"7", b"{"):
        with pytest.raises(ValueError, match="is not"):
            statement_of(text)


@pytest.mark.parametrize(
    ("images", "binding"),
    [
        ([{"mode": "mounted_root", "sha256": "a" * 64}], "observed"),
        ([{"mode": "mounted_root", "sha256": "a" * 64}] * 2, "observed"),
        ([{"mode": "mounted_root", "sha256": "a" * 64}, {"mode": "running", "sha256": None}], "asserted"),
        ([{"mode": "mounted_root", "sha256": None}], "asserted"),
        ([{"mode": "running", "sha256": "a" * 64}], "asserted"),
        ([None], "asserted"),
        (["x"], "asserted"),
        ([], "asserted"),
        ([{"mode": "mounted_root", "sha256": "b" * 64}], "refused"),
        ([{"mode": "mounted_root", "sha256": "a" * 64}, {"mode": "mounted_root", "sha256": "b" * 64}], "refused"),
    ],
)
def test_report_and_image_belong_together_where_every_target_saw_that_file(images: list[object], binding: str) -> None:
    raw = json.dumps({"targets": [{"id": "a", "image": one} for one in images]}).encode()
    if binding == "refused":
        with pytest.raises(UsageError, match="another image file, whose SHA-256 is bbb"):
            binding_of(raw, IMAGE)
    else:
        assert binding_of(raw, IMAGE) == binding


def test_a_target_that_says_nothing_of_an_image_is_asserted() -> None:
    assert binding_of(b'{"targets":[{"id":"a"}]}', IMAGE) == "asserted"
