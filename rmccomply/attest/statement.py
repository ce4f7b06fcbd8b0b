"""The statement: in-toto Statement v1 with the predicate Test Result v0.1
(https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md).

Its subject is the image file. Its result is made of the findings of a report and of nothing that an option of the run
could change: where less was judged than the whole policy, or anything is left open, it is FAILED. What it was made of
stands in `configuration`, each with its digest; of the report there is also how it and the image belong together, the
clock of the run, and in words why the result is no better. The same report and image give the same bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, get_args

from rmccomply.documents.report_1_rows import FindingRow, ReportDocument
from rmccomply.errors import UsageError
from rmccomply.guarded import Unfit, json_of
from rmccomply.tuples import NamedTuple
from rmccomply.words import counted

STATEMENT: Final = "https://in-toto.io/Statement/v1"
TEST_RESULT: Final = "https://in-toto.io/attestation/test-result/v0.1"
REPORT: Final = "report"
POLICY: Final = "policy/"
"""Names of descriptors: the report, and a policy by its id."""
TestResult = Literal["PASSED", "WARNED", "FAILED"]
Binding = Literal["observed", "asserted"]
"""How a report and an image belong together: the root was mounted from that very file, whose digest was the same before
and after; or somebody says so, as where the image was built later."""

Descriptor = dict[str, object]
"""A resource descriptor: name, uri, digest, annotations."""


class ImageFile(NamedTuple):
    """An image file by its name, without folders, and its SHA-256."""

    name: str
    sha256: str


class Judgement(NamedTuple):
    """The result of a report, and in words what keeps it from PASSED; tests by their names, each in one list."""

    result: TestResult
    reasons: tuple[str, ...]
    passed: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


class Statement(NamedTuple):
    """What a statement says, as far as it is verified."""

    image: ImageFile
    result: TestResult
    binding: Binding
    reasons: tuple[str, ...]
    report: str
    policies: dict[str, str]
    now: str


def statement_bytes(report: ReportDocument, raw: bytes, image: ImageFile, binding: Binding, release: str) -> bytes:
    """The statement about an image by a report, which was read of `raw`. `release` is the digest of this program."""
    judged = judgement(report)
    predicate = {
        "result": judged.result,
        "configuration": [*_configuration(report, release), _report(report, raw, binding, judged)],
        "passedTests": judged.passed,
        "warnedTests": judged.warned,
        "failedTests": judged.failed,
    }
    whole = {
        "_type": STATEMENT,
        "subject": [{"name": image.name, "digest": {"sha256": image.sha256}}],
        "predicateType": TEST_RESULT,
        "predicate": predicate,
    }
    return f"{json.dumps(whole, ensure_ascii=True, indent=1)}\n".encode("ascii")


def judgement(report: ReportDocument) -> Judgement:
    """PASSED only where, of a whole policy, nothing above info fails, nothing is unknown and nothing was lost."""
    passed, warned, failed = set[str](), set[str](), set[str]()
    for one in report.findings:
        if one.result == "pass":
            passed.add(_name(one))
        elif one.result == "fail" and (one.disposition != "active" or one.severity == "info"):
            warned.add(_name(one))
        elif one.result != "not_applicable":
            failed.add(_name(one))
    faults = tuple(_faults(report))
    covered = [word for word in ("waived", "baseline") if any(one.disposition == word for one in report.findings)]
    reasons = faults or tuple(_COVERED[word] for word in covered)
    result: TestResult = "FAILED" if faults else "WARNED" if covered else "PASSED"
    return Judgement(result, reasons, *(tuple(sorted(some)) for some in (passed, warned, failed)))


_COVERED: Final = {
    "waived": "a fail is waived",
    "baseline": "a fail was known from a baseline",
}


def _faults(report: ReportDocument) -> Iterator[str]:
    """All that makes a result FAILED."""
    run, findings = report.run, report.findings
    fails = sum(one.disposition == "active" and one.severity != "info" for one in findings)
    unknown, errors = (sum(one.result == word for one in findings) for word in ("unknown", "error"))
    if fails:
        yield f"{counted(fails, 'check')} above info {_verb(fails, 'fails', 'fail')}"
    if unknown:
        yield f"{counted(unknown, 'check')} {_verb(unknown, 'is', 'are')} undecided"
    if errors or any(note.level == "error" for note in report.notifications):
        yield "a partition or an input could not be judged"
    idle = {one.id for one in report.targets} - {one.target for one in findings if one.result == "pass"}
    if idle or not report.targets:
        yield "nothing was judged" if not report.targets else f"nothing passed on {counted(len(idle), 'partition')}"
    if run is None or run.left_out is None or run.damaged is None:
        yield "the report is of an earlier release, which does not say whether all of the policy was judged"
        return
    chosen = [one.name for one in run.settings if one.name in ("select", "ignore") and one.value]
    if run.left_out or chosen:
        yield f"{counted(run.left_out, 'check')} of the policy {_verb(run.left_out, 'was', 'were')} not judged"
    if run.damaged:
        yield "an input is damaged"
    if loose := [one.name for one in report.parameters if one.looser]:
        yield f"the run was looser than the policy: {', '.join(loose)}"


def _verb(count: int, one: str, more: str) -> str:
    return one if count == 1 else more


def _name(finding: FindingRow) -> str:
    """A test by its name: `RMC-ID-001@lpar7`, and its subject behind it where it has one."""
    name = f"{finding.rule}@{finding.target}"
    return f"{name}: {finding.subject}" if finding.subject else name


def _configuration(report: ReportDocument, release: str) -> Iterator[Descriptor]:
    """What the run was made of: the program, policies with those that they extend, what was accepted, the evidence."""
    version = report.tool.version
    uri = f"urn:rmccomply:release:{version}"
    yield {"name": "rmccomply", "uri": uri, **({"digest": {"sha256": release}} if release else {})}
    for policy in report.policies:
        about: dict[str, object] = {"title": policy.title, "version": policy.version}
        if tuned := {one.name: one.value for one in report.parameters if one.policy == policy.id}:
            about["parameters"] = tuned
        yield _descriptor(f"{POLICY}{policy.id}", policy.sha256, about, policy.uri)
    settings = {one.name: one.value for one in (report.run.settings if report.run else ())}
    for name in ("waivers", "baseline"):
        if digest := settings.get(f"{name}_sha256"):
            yield _descriptor(name, digest, {"file": settings.get(name, "")})
    files = sorted({(one.uri, one.sha256, target.id) for target in report.targets for one in target.evidence})
    for uri, digest, target in files:
        yield _descriptor("evidence", digest, {"target": target}, uri)


def _report(report: ReportDocument, raw: bytes, binding: Binding, judged: Judgement) -> Descriptor:
    about: dict[str, object] = {"image": binding, "now": report.now, "reasons": judged.reasons}
    if report.run is not None:
        about["run"] = report.run.id
    return _descriptor(REPORT, hashlib.sha256(raw).hexdigest(), about)


def _descriptor(name: str, digest: str, about: dict[str, object], uri: str = "") -> Descriptor:
    where: Descriptor = {"uri": uri} if uri else {}
    return {"name": name, **where, "digest": {"sha256": digest}, "annotations": about}


def binding_of(raw: bytes, image: ImageFile) -> Binding:
    """How a report and an image belong together, by what each target says of the image that it was read from.

    Raises UsageError where a target was read from another image file.
    """
    found = [_observed(one) for one in _rows(_rows_of(json_of(raw, halves=True), "targets"))]
    if others := sorted({one for one in found if one and one != image.sha256}):
        raise UsageError(f"the report is of another image file, whose SHA-256 is {others[0]}, not {image.sha256}")
    return "observed" if found and all(found) else "asserted"


def _observed(target: dict[str, object]) -> str:
    """The digest of the image file from which the root of a target was mounted; empty where nobody saw it."""
    about = target.get("image")
    if not isinstance(about, dict) or about.get("mode") != "mounted_root":
        return ""
    digest = about.get("sha256")
    return digest if isinstance(digest, str) else ""


def statement_of(raw: bytes) -> Statement:
    """What a statement says. Raises ValueError with what of it is not as it must be."""
    try:
        whole: object = json_of(raw)
    except Unfit as unfit:
        raise ValueError(unfit.says) from None
    predicate = _table(whole, "predicate")
    kinds = (_text(whole, "_type"), _text(whole, "predicateType"))
    if kinds != (STATEMENT, TEST_RESULT):
        raise ValueError("is not an in-toto statement of a test result")
    (subject, *more) = _rows(_rows_of(whole, "subject")) or [{}]
    result = next((one for one in get_args(TestResult) if one == _text(predicate, "result")), None)
    described = _rows(_rows_of(predicate, "configuration"))
    reports = [one for one in described if one.get("name") == REPORT]
    if more or result is None or len(reports) != 1 or not _digest(subject):
        raise ValueError("is not a statement of rmccomply about one image by one report")
    about = _table(reports[0], "annotations")
    binding = next((one for one in get_args(Binding) if one == _text(about, "image")), None)
    if binding is None:
        raise ValueError("does not say how report and image belong together")
    return Statement(
        ImageFile(_text(subject, "name"), _digest(subject)),
        result,
        binding,
        tuple(one for one in _rows_of(about, "reasons") if isinstance(one, str)),
        _digest(reports[0]),
        {_text(one, "name").removeprefix(POLICY): _digest(one) for one in described if _is_policy(one)},
        _text(about, "now"),
    )


def _is_policy(descriptor: dict[str, object]) -> bool:
    return _text(descriptor, "name").startswith(POLICY)


def _digest(descriptor: object) -> str:
    return _text(_table(descriptor, "digest"), "sha256")


def _text(table: object, name: str) -> str:
    value = table.get(name) if isinstance(table, dict) else None
    return value if isinstance(value, str) else ""


def _table(table: object, name: str) -> dict[str, object]:
    value = table.get(name) if isinstance(table, dict) else None
    return value if isinstance(value, dict) else {}


def _rows_of(table: object, name: str) -> Sequence[object]:
    value = table.get(name) if isinstance(table, dict) else None
    return value if isinstance(value, list) else ()


def _rows(values: Iterable[object]) -> list[dict[str, object]]:
    return [one for one in values if isinstance(one, dict)]
