"""Cases of a policy: what a case takes from its base, where its lines stand, and each fault at its line."""

from pathlib import Path

import pytest

from rmccomply.errors import PolicyError
from rmccomply.written.cases import Case
from tests.policy.casing import CASES, WHOLE, cases


def named(found: tuple[Case, ...], name: str) -> Case:
    return next(one for one in found if one.name == name)


def test_a_case_is_its_base_with_other_answers(tmp_path: Path) -> None:
    found = cases(tmp_path)
    healthy, down, without = (named(found, name) for name in ("healthy", "down", "it is not judged"))
    assert list(down.answers) == list(healthy.answers)
    assert down.answers["df -k /var"] == healthy.answers["df -k /var"]
    assert down.answers["lssrc -a"] != healthy.answers["lssrc -a"]
    assert without.answers["lssrc -a"] == down.answers["lssrc -a"]
    assert (without.platform, without.answers["lssrc -ls mcproxy"].table.exit) == ("aix", 1)
    assert "df -k /var" not in named(found, "the room is not known").answers
    assert [str(one) for one in named(found, "silent").expect] == ["unknown:timeout"]


def test_a_text_of_several_lines_begins_below_its_key(tmp_path: Path) -> None:
    lines = CASES.split("\n")
    answers = named(cases(tmp_path), "healthy").answers
    assert lines[answers["lssrc -a"].line - 1] == "\"lssrc -a\" = '''"
    assert lines[answers["lssrc -a"].first - 1].startswith("Subsystem")
    one_line = answers["lslpp -Lcq rsct.*"]
    assert one_line.first == one_line.line


def test_a_base_alone_expects_nothing_and_is_no_case(tmp_path: Path) -> None:
    text = CASES.replace('expect = { "OUR-SUB-001" = "pass", "OUR-FS-001" = "pass" }\n', "")
    assert "healthy" not in [one.name for one in cases(tmp_path, text)]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            '"OUR-FS-001" = "fail"',
            '"OUR-SF-001" = "fail"',
            "'95 % are in use' expect.OUR-SF-001: unknown rule; did",
        ),
        ('"OUR-FS-001" = "fail"', '"OUR-FS-001" = "fial"', "expect.OUR-FS-001: 'fial' is not a result; did you mean"),
        ('"OUR-FS-001" = "fail"', '"OUR-FS-001" = "fail:timeout"', "'fail:timeout' is not a result"),
        ("unknown:timeout", "unknown:timout", "'timout' is not a reason; did you mean 'timeout'?"),
        ('lost = "timeout"', 'lost = "late"', "answers.lssrc -a.lost: 'late' is not one of: not_collected"),
        ('lost = "timeout"', 'lsot = "timeout"', "answers.lssrc -a.lsot: unknown key; did you mean 'lost'?"),
        ('base = "down"', 'base = "dwn"', "'it is not judged' base: no case is called 'dwn'; did you mean 'down'?"),
        ('name = "down"\nbase = "healthy"', 'name = "down"\nbase = "it is not judged"', "the bases go in a circle"),
        ('name = "down"', 'name = "silent"', "'silent' name: another case is called so, on line"),
        ('["df -k /var"]', '["df -k /vra"]', "without: the base has no answer to 'df -k /vra'; did you mean"),
        ('"lssrc -a" = { lost', '"lssrcc -a" = { lost', "answers.lssrcc -a: nothing reads the answer to this"),
        ('base = "down"', 'evidence = "no.rmcc"', "'it is not judged' evidence: 'no.rmcc' is not beside this file"),
        ('base = "down"', 'base = "down"\nevidence = "our.toml"', "has answers beside evidence"),
        ('params = { judged = "no" }', "params = { ful = 1 }", "params.ful: unknown parameter; did you mean 'full'?"),
        ('params = { judged = "no" }', "params = { full = true }", "'full' must be text in quotes or a number"),
        ('base = "down"', 'base = "down"\nnow = "2026-11-20"', "must be a time with its zone"),
        ('base = "down"', 'base = "down"\nplatform = "solaris"', "'solaris' is not one of: aix, vios, linux, hmc"),
        ('expect = { "OUR-SUB-001" = "not_applicable" }', "expect = {}", "expects nothing, and is the base of no case"),
    ],
)
def test_each_fault_is_told_at_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert CASES.count(old) == 1
    text = CASES.replace(old, new)
    with pytest.raises(PolicyError) as caught:
        cases(tmp_path, text)
    found = [fault for fault in caught.value.faults if says in str(fault)]
    assert found, str(caught.value)
    assert found[0].line is not None
    assert text.split("\n")[found[0].line - 1] != CASES.split("\n")[found[0].line - 1] or "name" in str(found[0])


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = CASES.replace('"OUR-FS-001" = "fail"', '"OUR-X" = "fail"').replace('base = "down"', 'base = "dwn"')
    with pytest.raises(PolicyError) as caught:
        cases(tmp_path, text)
    assert [fault.key for fault in caught.value.faults] == ["expect.OUR-X", "base"]


def test_times_are_texts_or_times_of_toml(tmp_path: Path) -> None:
    for written in ('"2026-11-20T04:00:00Z"', "2026-11-20T04:00:00Z"):
        found = cases(tmp_path, WHOLE.replace('name = "healthy"', f'name = "healthy"\nnow = {written}'))
        assert {one.now for one in found if one.name != "on linux"} == {"2026-11-20T04:00:00Z"}
