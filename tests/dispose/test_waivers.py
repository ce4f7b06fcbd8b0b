"""What a waiver covers, and that it never covers more than it says."""

import hashlib
from fnmatch import fnmatchcase
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rmccomply.dispose import Terms, dispose
from rmccomply.dispose import waivers as module
from rmccomply.dispose.waivers import Bearer, Waiver, Waiving, names, pin_of
from rmccomply.evidence.model import Reference
from rmccomply.finding import Finding, findings_of
from rmccomply.verdict import Verdict
from rmccomply.words import RANK, RESULTS, SEVERITIES, Result, Severity
from tests.formats.awkward import BIDI, ESCAPE, HOSTILE, MARKUP

WAIVER = Waiver("W-1", "RMC-SUB-001", ("lpar*",), "high")


def found(rule: str = "RMC-SUB-001", severity: Severity = "high", *, target: str = "lpar1", **more: Any) -> Finding:
    (one,) = findings_of((Verdict(rule, "p", severity, more.pop("result", "fail"), "so", **more),), target)
    return one


def covering(finding: Finding, *waivers: Waiver, twin: bool = False, **labels: str) -> str:
    """The id of the waiver that covers a fail; empty where it stays active."""
    (one,) = dispose([finding], Terms(waivers), labels, twin=twin).findings
    assert (one.waiver is not None) == (one.disposition == "waived")
    return one.waiver.id if one.waiver else ""


def test_labels_have_to_match_all_of_them_and_the_globs_too() -> None:
    wave = WAIVER._replace(targets=(), labels=(("wave", "3"), ("site", "north")))
    assert covering(found(), wave, wave="3", site="north", more="x") == "W-1"
    assert covering(found(), wave, wave="3") == covering(found(), wave) == ""
    assert covering(found(), wave, wave="3", site="n*") == ""
    both = wave._replace(targets=("db*",))
    assert covering(found(), both, wave="3", site="north") == ""
    assert covering(found(target="db1"), both, wave="3", site="north") == "W-1"
    assert covering(found(target="db1"), both) == ""


def test_one_that_names_no_target_covers_none() -> None:
    assert covering(found(), WAIVER._replace(targets=())) == ""


@pytest.mark.parametrize("glob", ["*", "lpar1*", "lpar1 (b.rmcc*", "[l]par1 (b.rmcc)"])
def test_a_glob_never_names_a_label_that_two_targets_claim(glob: str) -> None:
    label = "lpar1 (b.rmcc)"
    assert names(WAIVER._replace(targets=(glob,)), Bearer(label))
    assert not names(WAIVER._replace(targets=(glob,)), Bearer(label, {}, True))
    assert names(WAIVER._replace(targets=(glob, label)), Bearer(label, {}, True))


def test_nor_do_labels_alone_name_it() -> None:
    waiver = WAIVER._replace(targets=(), labels=(("wave", "3"),))
    assert not names(waiver, Bearer("lpar1 (b.rmcc)", {"wave": "3"}, True))
    assert names(waiver._replace(targets=("lpar1 (b.rmcc)",)), Bearer("lpar1 (b.rmcc)", {"wave": "3"}, True))


@pytest.mark.parametrize(("state", "covers"), [("in_force", True), ("soon", True), ("expired", False), ("void", False)])
def test_what_ran_out_or_is_void_hides_nothing(state: Any, covers: bool) -> None:
    assert bool(covering(found(), WAIVER._replace(state=state))) == covers


def test_a_waiver_behind_one_that_does_not_count_covers() -> None:
    old = WAIVER._replace(id="W-0", state="expired")
    assert covering(found(), old, WAIVER._replace(id="W-2", severity="low"), WAIVER) == "W-1"


def at(*texts: str) -> tuple[Reference, ...]:
    return tuple(Reference("a", 1, 1, text, "x", 0, None) for text in texts)


def test_a_pin_is_of_what_is_so_and_of_the_lines_that_prove_it() -> None:
    fail = found(actual="3.1", evidence=at("one", "two"))
    assert pin_of(fail) == f"sha256:{hashlib.sha256(b'3.1' + bytes([10]) + b'one' + bytes([10]) + b'two').hexdigest()}"
    pinned = WAIVER._replace(pin=pin_of(fail))
    assert covering(fail, pinned) == "W-1"
    for other in (
        found(actual="3.2", evidence=at("one", "two")),
        found(actual="3.1", evidence=at("one")),
        found(actual="3.1", evidence=at("two", "one")),
    ):
        assert covering(other, pinned) == ""
    moved = tuple(one._replace(uri="b", start_line=9, end_line=9) for one in at("one", "two"))
    assert covering(found(actual="3.1", evidence=moved), pinned) == "W-1"


def test_what_was_made_of_each_fail_is_noted() -> None:
    expired = WAIVER._replace(id="W-0", state="expired", rule="RMC-VER-001")
    waiving = Waiving((expired, WAIVER, WAIVER._replace(id="W-2")), Bearer("lpar1"))
    fails = [found(), found(subject="x"), found(severity="critical"), found("RMC-VER-001", "low"), found("RMC-VER-001")]
    assert [one.id if (one := waiving.waiver_of(fail)) else "" for fail in fails] == ["W-1", "W-1", "", "", ""]
    assert [(use.id, use.how, use.findings, use.severity) for use in waiving.uses()] == [
        ("W-1", "covers", 2, "high"),
        ("W-1", "severity", 1, "critical"),
        ("W-2", "severity", 1, "critical"),
        ("W-0", "expired", 2, "high"),
    ]


NAMES = st.sampled_from(
    ["lpar1", "lpar10", "LPAR1", "lpar[1]", "*", "", "lpar1 (a.rmcc)", BIDI, ESCAPE, MARKUP, HOSTILE]
)
GLOBS = st.sampled_from(["lpar1", "lpar?", "lpar[!1]", "[", "[]", "*", "lpar1 (*", "lpar[[]1]", BIDI, HOSTILE])
RULES = st.sampled_from(["RMC-SUB-001", "RMC-SUB-0011", "RMC-SUB-00?"])
SUBJECTS = st.sampled_from(["", "ctrmc", "*"])


@st.composite
def judged(draw: st.DrawFn, target: str) -> list[Finding]:
    """Findings of one target with any results."""
    told = []
    for _ in range(draw(st.integers(1, 5))):
        result: Result = draw(st.sampled_from([*RESULTS, "fail", "fail"]))
        reason: Any = "timeout" if result == "unknown" else None
        severity = draw(st.sampled_from(SEVERITIES))
        rule, subject = draw(RULES), draw(SUBJECTS)
        actual = draw(st.sampled_from(["a", "b"]))
        told.append(found(rule, severity, target=target, result=result, subject=subject, reason=reason, actual=actual))
    return told


WAIVERS = st.builds(
    Waiver,
    st.uuids().map(str),
    RULES,
    st.lists(GLOBS, max_size=2).map(tuple),
    st.sampled_from(SEVERITIES),
    st.sampled_from([None, "ctrmc", "*"]),
    state=st.sampled_from(["in_force", "soon", "expired", "void"]),
    labels=st.sampled_from([(), (("wave", "3"),)]),
    pin=st.sampled_from(["", pin_of(found(actual="a"))]),
)


@given(st.data())
def test_results_never_change_and_what_is_covered_is_what_a_waiver_says(data: st.DataObject) -> None:
    target, twin = data.draw(NAMES), data.draw(st.booleans())
    labels = data.draw(st.sampled_from([{}, {"wave": "3"}, {"wave": "4"}]))
    waivers = tuple(data.draw(st.lists(WAIVERS, max_size=5)))
    before = data.draw(judged(target))
    after = dispose(before, Terms(waivers), labels, twin=twin).findings
    assert [one.verdict for one in after] == [one.verdict for one in before]
    assert [one.fingerprint for one in after] == [one.fingerprint for one in before]
    for one in after:
        said = [each for each in waivers if _says(each, one, labels, twin)]
        assert (one.disposition == "waived") == bool(one.result == "fail" and said)
        if one.waiver is not None:
            assert one.waiver == said[0].card


def _says(waiver: Waiver, fail: Finding, labels: dict[str, str], twin: bool) -> bool:
    """What a waiver says, in other words than those of the code."""
    if waiver.state not in ("in_force", "soon") or waiver.rule != fail.rule:
        return False
    if waiver.subject is not None and waiver.subject != fail.subject:
        return False
    if SEVERITIES.index(fail.severity) < RANK[waiver.severity] or waiver.pin not in ("", pin_of(fail)):
        return False
    if waiver.labels and labels.get("wave") != "3":
        return False
    if twin or waiver.targets:
        return fail.target in waiver.targets if twin else any(fnmatchcase(fail.target, one) for one in waiver.targets)
    return bool(waiver.labels)


_GLOBS = st.lists(st.text("ab[]!-*?", min_size=1, max_size=7), max_size=3).map(tuple)
_PAIRS = st.dictionaries(st.sampled_from("xy"), st.sampled_from("12"))


@given(st.lists(st.tuples(_GLOBS, _PAIRS), max_size=6), st.text("ab[]!-*?", max_size=7), _PAIRS, st.booleans())
@example([(("[!]*",), {}), (("[]a]",), {}), (("[!]]",), {}), (("*]a[",), {})], "[!]", {}, False)
def test_many_waivers_name_what_each_names(
    called: list[tuple[tuple[str, ...], dict[str, str]]], label: str, labels: dict[str, str], twin: bool
) -> None:
    """A run looks up those that name a target by texts that are in all its names; an expired one tells that it does."""
    waivers = tuple(
        Waiver(f"W-{at}", "RMC-SUB-001", globs, "high", labels=tuple(pairs.items()), state="expired")
        for at, (globs, pairs) in enumerate(called)
    )
    bearer = Bearer(label, labels, twin)
    waiving = Waiving(waivers, bearer)
    assert waiving.waiver_of(found()) is None
    assert [use.id for use in waiving.uses()] == [one.id for one in waivers if names(one, bearer)]


@pytest.mark.parametrize("form", ["lpar{}*", "*r{}*", "[kl]par{}", "?par{}?"])
def test_what_waivers_cost_does_not_grow_with_globs_that_are_not_near(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def counted(name: str, glob: str) -> bool:
        compared.append(glob)
        return fnmatchcase(name, glob)

    monkeypatch.setattr(module, "fnmatchcase", counted)
    waivers = tuple(WAIVER._replace(targets=(form.format(f"{at:04}"),)) for at in range(1000))
    for at in range(100):
        Waiving(waivers, Bearer(f"lpar{at:04}")).waiver_of(found())
    assert len(compared) <= 200
