"""Findings: what makes one the same finding next week, and none that contradicts itself."""

import pytest

from rmccomply.finding import Finding, findings_of, fingerprint, not_judged
from rmccomply.verdict import Verdict
from rmccomply.words import Disposition, Reason, Result
from tests.hosts.building import command, healthy_aix, judge, replaced, without


def test_a_fingerprint_is_stable_between_releases() -> None:
    """Waivers and baselines of last year name it, so this very text must not change."""
    expected = "fcfe56ec705a444beb516c664a4382bf481d10e48851c6123cd6e1235af06841"
    assert fingerprint("RMC-VER-001", "lpar1", "") == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("A-1", "t", ""), ("A-2", "t", "")),
        (("A-1", "t", ""), ("A-1", "u", "")),
        (("A-1", "t", ""), ("A-1", "t", "/var")),
        (("A-1", "ta", "b"), ("A-1", "t", "ab")),
        (("A-1t", "", "b"), ("A-1", "t", "b")),
    ],
)
def test_rule_target_and_subject_make_it(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert fingerprint(*one) != fingerprint(*other)


def test_a_name_that_is_no_unicode_has_one_too() -> None:
    assert fingerprint("A-1", "lpar\udcff", "") != fingerprint("A-1", "lpar\udcfe", "")


def test_text_line_value_and_time_do_not_make_it() -> None:
    text = "rsct.core:rsct.core.rmc:{level}: : :C: :RSCT: : : : : : :1:0:/:2015\n"
    early = replaced(healthy_aix(), command("lslpp -Lcq 'rsct.*'", text.format(level="3.2.6.0")))
    later = command("lslpp -Lcq 'rsct.*'", "\n\n" + text.format(level="3.2.6.1"), ended="2026-11-20T03:30:00Z")
    late = replaced(healthy_aix(), later)
    gone = without(healthy_aix(), "lslpp -Lcq rsct.*")
    found = [judge(evidence)["RMC-VER-002"] for evidence in (early, late, gone)]
    assert [one.result for one in found] == ["fail", "fail", "unknown"]
    assert found[0].evidence != found[1].evidence
    assert len({one.fingerprint for one in found}) == 1


def test_all_findings_of_a_target_differ() -> None:
    found = judge(healthy_aix()).values()
    assert len({one.fingerprint for one in found}) == len(found)


def test_a_finding_names_the_target_of_its_verdict() -> None:
    verdicts = (
        Verdict("A-1", "mine", "low", "fail", "It fails.", subject="/var"),
        Verdict("A-2", "mine", "low", "pass", "So."),
    )
    first, second = findings_of(verdicts, "lpar1")
    assert (first.verdict, first.target, first.disposition) == (verdicts[0], "lpar1", "active")
    assert first.fingerprint == fingerprint("A-1", "lpar1", "/var")
    assert (second.verdict, second.disposition) == (verdicts[1], None)


def test_a_target_that_could_not_be_judged_is_an_error_of_no_rule() -> None:
    verdict = Verdict("rmccomply", "", "critical", "error", "It is damaged.")
    expected = Finding(verdict=verdict, target="lpar1", fingerprint=fingerprint("rmccomply", "lpar1", ""))
    assert not_judged("lpar1", "It is damaged") == expected
    assert not_judged("lpar1", "unknown key; did you mean 'os'?").message == "unknown key; did you mean 'os'?"


@pytest.mark.parametrize(
    ("result", "reason", "disposition"),
    [
        ("pass", None, "active"),
        ("fail", None, None),
        ("unknown", None, None),
        ("pass", "timeout", None),
        ("fail", "timeout", "active"),
        ("unknown", "timeout", "waived"),
    ],
)
def test_a_finding_that_contradicts_itself_cannot_be_made(
    result: Result, reason: Reason | None, disposition: Disposition | None
) -> None:
    verdict = Verdict("A-1", "mine", "low", result, "So.", reason)
    with pytest.raises(ValueError, match=" is of "):
        Finding(verdict=verdict, target="lpar1", fingerprint="", disposition=disposition)
