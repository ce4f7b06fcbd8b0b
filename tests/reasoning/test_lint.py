"""Lint: what is doubtful is told with its place and its code; what it calls impossible is; the shipped are clean."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmccomply.facts.catalogue import FACTS
from rmccomply.policy.find import shipped
from rmccomply.reasoning.lint import CODES, Remark, lint
from rmccomply.reasoning.possible import Declared, rule_results
from tests.hosts.building import facts, judge
from tests.hosts.partitions import Partition, partitions
from tests.policy.writing import SOUND, changed, child, write

LEVEL = {"kind": "version", "fact": "rsct.level", "at_least": "3.2"}
CTRMC = {"kind": "word", "fact": "subsystem.ctrmc", "is": ["active"]}
INACTIVE = {"kind": "word", "fact": "subsystem.ctrmc", "is_not": ["active"]}
BELOW = {"kind": "version", "fact": "rsct.level", "below": "3.2"}
FILES = {"kind": "word", "fact": "node_id.files"}
PLATFORM = {"kind": "word", "fact": "host.platform"}
USED = {"kind": "number", "fact": "var_ct.used_percent"}
HMC = {"kind": "parameter", "name": "management", "is": ["hmc"]}
NOBODY = {"kind": "parameter", "name": "management", "is": ["none"]}
RELEASE = {"kind": "version", "fact": "host.aix_release", "at_least": "7.1"}


def all_of(*parts: Any) -> dict[str, Any]:
    return {"kind": "all", "of": list(parts)}


def any_of(*parts: Any) -> dict[str, Any]:
    return {"kind": "any", "of": list(parts)}


def no(part: Any) -> dict[str, Any]:
    return {"kind": "not", "of": part}


def remarks(folder: Path, document: dict[str, Any]) -> list[Remark]:
    return list(lint(write(folder, document))[1])


def codes(folder: Path, document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Code, rule and key of each remark; parameters that a changed rule no longer needs are no matter here."""
    found = remarks(folder, document)
    return [(one.code, one.rule, one.key) for one in found if one.code != "unused-parameter"]


def of_check(folder: Path, check: Any, **more: Any) -> list[tuple[str, str]]:
    """Code and key of the remarks on a rule with this check."""
    found = codes(folder, changed(rules__0__check=check, **more))
    assert all(rule == "MY-VER-001" for _, rule, _ in found)
    return [(code, key) for code, _, key in found]


@pytest.mark.parametrize("name", shipped())
def test_shipped_policies_are_clean(name: str) -> None:
    assert [str(one) for one in lint(name)[1]] == []


VACUOUS: list[tuple[str, Any, str]] = [
    ("a level of at least 0", {**LEVEL, "at_least": "0"}, "cannot-fail"),
    ("at least 0 MiB", {"kind": "number", "fact": "var_ct.free_mib", "at_least": 0}, "cannot-fail"),
    ("at least -1 %", {**USED, "at_least": -1}, "cannot-fail"),
    ("below 101 %", {**USED, "below": 101}, "cannot-fail"),
    ("below 0 %", {**USED, "below": 0}, "cannot-pass"),
    ("at least 101 %", {**USED, "at_least": 101}, "cannot-pass"),
    ("bounds the wrong way round", {**USED, "at_least": 95, "below": 5}, "cannot-pass"),
    ("a level below itself", {**LEVEL, "at_least": "3.2", "below": "3.2"}, "cannot-pass"),
    ("every word", {**FILES, "is": ["equal", "different", "one_missing"]}, "cannot-fail"),
    ("none of all words", {**FILES, "is_not": ["equal", "different", "one_missing"]}, "cannot-pass"),
    ("not what cannot pass", no({**USED, "at_least": 200}), "cannot-fail"),
    ("not what cannot fail", no({**LEVEL, "at_least": "0"}), "cannot-pass"),
    ("disjoint words in all", all_of(CTRMC, {**CTRMC, "is": ["inactive", "absent"]}), "cannot-pass"),
    ("all words by any", any_of(CTRMC, INACTIVE), "cannot-fail"),
    ("a thing or its contrary", any_of(CTRMC, no(CTRMC)), "cannot-fail"),
    ("a thing and its contrary", all_of(LEVEL, no(LEVEL)), "cannot-pass"),
    ("overlapping bounds", any_of({**LEVEL, "at_least": "3.1"}, BELOW), "cannot-fail"),
    ("bounds with a gap in all", all_of({**USED, "below": 10}, {**USED, "at_least": 90}), "cannot-pass"),
    ("a platform that is the rule's", {**PLATFORM, "is": ["aix"]}, "cannot-fail"),
    ("another platform", {**PLATFORM, "is": ["linux"]}, "cannot-pass"),
    ("two words of one parameter", all_of(HMC, NOBODY), "cannot-pass"),
    ("any word of a parameter", any_of(HMC, NOBODY), "cannot-fail"),
]


@pytest.mark.parametrize(("check", "code"), [case[1:] for case in VACUOUS], ids=[case[0] for case in VACUOUS])
def test_vacuous_rules_are_caught(check: Any, code: str, tmp_path: Path) -> None:
    assert len(VACUOUS) >= 20
    assert of_check(tmp_path, check) == [(code, "check")]


SOUND_CHECKS = [
    LEVEL,
    CTRMC,
    no(CTRMC),
    any_of(LEVEL, CTRMC),
    all_of({**USED, "below": 95}, {**USED, "at_least": 1}),
    {**LEVEL, "at_least": "$unset"},
    {**USED, "below": 100},
    {"kind": "empty", "fact": "ipv6.global_addresses"},
    any_of(HMC, LEVEL),
]


@pytest.mark.parametrize("check", SOUND_CHECKS, ids=str)
def test_rules_that_can_pass_and_fail_are_let_be(check: Any, tmp_path: Path) -> None:
    assert of_check(tmp_path, check) == []


CONDITIONS: list[tuple[Any, Any, list[tuple[str, str]]]] = [
    ({**PLATFORM, "is": ["linux"]}, LEVEL, [("when-never", "when")]),
    ({**PLATFORM, "is": ["aix", "linux"]}, LEVEL, [("when-always", "when")]),
    (all_of(CTRMC, no(CTRMC)), LEVEL, [("when-never", "when")]),
    (LEVEL, {**LEVEL, "at_least": "3.1"}, [("cannot-fail", "check")]),
    (LEVEL, {"kind": "version", "fact": "rsct.level", "below": "3.1"}, [("cannot-pass", "check")]),
    (any_of(LEVEL, {**PLATFORM, "is": ["hmc"]}), CTRMC, [("constant-part", "when.of.1")]),
    (HMC, LEVEL, []),
    (CTRMC, LEVEL, []),
]


@pytest.mark.parametrize(("when", "check", "expected"), CONDITIONS)
def test_conditions(when: Any, check: Any, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert of_check(tmp_path, check, rules__0__when=when) == expected


@pytest.mark.parametrize(
    ("informs", "expected"),
    [
        (CTRMC, []),
        ({**PLATFORM, "is": ["aix"]}, []),
        ({**PLATFORM, "is": ["linux"]}, [("informs-never", "informs")]),
        (all_of(CTRMC, no(CTRMC)), [("informs-never", "informs")]),
    ],
)
def test_what_never_makes_a_rule_inform(informs: Any, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert of_check(tmp_path, LEVEL, rules__0__informs=informs) == expected


def test_a_parameter_that_only_tells_where_a_rule_informs_is_used(tmp_path: Path) -> None:
    document = changed(
        parameters__way={"type": "word", "default": "ova", "values": ["ova", "nim"], "doc": "How it travels."},
        rules__0__informs={"kind": "parameter", "name": "way", "is": ["nim"]},
    )
    assert "way" not in [one.key for one in remarks(tmp_path, document)]


PARTS: list[tuple[Any, list[tuple[str, str]]]] = [
    (any_of(LEVEL, {**USED, "at_least": 200}), [("constant-part", "check.of.1")]),
    (all_of(LEVEL, {**USED, "at_least": 0}), [("constant-part", "check.of.1")]),
    (all_of(LEVEL, any_of(CTRMC, no({**USED, "below": 101}))), [("constant-part", "check.of.1.of.1")]),
    (all_of(LEVEL, CTRMC, LEVEL), [("duplicate-part", "check.of.2")]),
    (any_of(all_of(LEVEL, CTRMC, CTRMC), HMC), [("duplicate-part", "check.of.0.of.2")]),
    (no(all_of(LEVEL, all_of(CTRMC, no(CTRMC)))), [("constant-part", "check.of.of.1")]),
]


@pytest.mark.parametrize(("check", "expected"), PARTS)
def test_parts(check: Any, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert of_check(tmp_path, check) == expected


@pytest.mark.parametrize(
    ("check", "platforms", "expected"),
    [
        (RELEASE, ["aix"], []),
        (RELEASE, ["aix", "vios"], [("never-applies", "platforms")]),
        (RELEASE, ["linux"], [("never-applies", "platforms")]),
        (LEVEL, ["linux", "hmc"], [("never-applies", "platforms")]),
        (any_of(RELEASE, LEVEL), ["aix", "linux"], []),
        (any_of(RELEASE, LEVEL), ["linux"], [("constant-part", "check.of.0")]),
    ],
)
def test_platforms(check: Any, platforms: list[str], expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert of_check(tmp_path, check, rules__0__platforms=platforms) == expected


def test_the_same_check_in_two_rules(tmp_path: Path) -> None:
    again = {**SOUND["rules"][0], "id": "MY-VER-002"}
    twice = {**SOUND, "rules": [*SOUND["rules"], again]}
    assert codes(tmp_path, twice) == [("duplicate-rule", "MY-VER-002", "check")]
    elsewhere = {**SOUND, "rules": [*SOUND["rules"], {**again, "platforms": ["linux"]}]}
    assert codes(tmp_path, elsewhere) == []


def test_the_same_check_as_in_the_extended_policy(tmp_path: Path) -> None:
    write(tmp_path, SOUND, "base.toml")
    again = {**SOUND["rules"][1], "id": "MY-FS-009"}
    assert codes(tmp_path, child(rules=[again])) == [("duplicate-rule", "MY-FS-009", "check")]


def test_parameters_that_no_rule_compares_with(tmp_path: Path) -> None:
    found = [(one.code, one.key) for one in remarks(tmp_path, SOUND)]
    assert found == [("unused-parameter", "unset")]
    (only,) = remarks(tmp_path, SOUND)
    assert "'$unset'" in str(only)
    assert remarks(tmp_path, changed(rules__0__when={**LEVEL, "at_least": "$unset"})) == []


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({"title": "x"}, [("profile-all", "", "profiles.mine")]),
        ({"title": "x", "select": ["MY"]}, [("profile-all", "", "profiles.mine")]),
        ({"title": "x", "select": ["MY"], "set": {"full": 80}}, []),
        ({"title": "x", "select": ["MY-FS"]}, []),
        ({"title": "x", "ignore": ["MY-FS"]}, []),
        ({"title": "x", "ignore": ["MY"]}, [("profile-none", "", "profiles.mine")]),
        ({"title": "x", "select": ["MY-FS"], "ignore": ["MY-FS-001"]}, [("profile-none", "", "profiles.mine")]),
    ],
)
def test_profiles(profile: dict[str, Any], expected: list[tuple[str, str, str]], tmp_path: Path) -> None:
    assert codes(tmp_path, changed(profiles__mine=profile)) == expected


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        ([{"title": "A book"}], []),
        ([{"title": "The LEVEL"}], [("bare-reference", "references.0")]),
        ([{"title": "https://x.example/1", "url": "https://x.example/1"}], [("bare-reference", "references.0")]),
        ([{"title": "A book"}, {"title": "A book"}], [("bare-reference", "references.1")]),
        ([{"title": "The level", "url": "https://x.example/1"}], []),
    ],
)
def test_references(references: list[dict[str, str]], expected: list[tuple[str, str]], tmp_path: Path) -> None:
    assert of_check(tmp_path, LEVEL, rules__0__references=references) == expected


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("title", "ctcas is active", True),
        ("title", "IBM.ERRM must run", True),
        ("remediation", "Look at the log. Then start IBM.AuditRM again.", True),
        ("remediation", "Nothing to do: ctcas need not be active.", False),
        ("remediation", "ctcas starts on demand, so its state says nothing.", False),
        ("title", "ctrmc is active", False),
        ("rationale", "ctcas is active where it is asked.", False),
    ],
)
def test_demands_that_healthy_hosts_do_not_meet(key: str, text: str, expected: bool, tmp_path: Path) -> None:
    found = of_check(tmp_path, LEVEL, **{f"rules__0__{key}": text})
    assert found == ([("on-demand", key)] if expected else [])


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, [("cannot-pass", "", "set.full")]), (200, [("cannot-fail", "", "set.full")]), (80, [])],
)
def test_a_value_that_empties_a_rule_of_the_extended_policy(
    value: int, expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    write(tmp_path, SOUND, "base.toml")
    assert codes(tmp_path, child(set={"full": {"value": value, "reason": "A test."}})) == expected


def test_combinations_that_are_too_many_are_told_and_nothing_is_claimed(tmp_path: Path) -> None:
    words = [name for name, line in FACTS.items() if line.type == "word" and name != "host.platform"]
    every = [{"kind": "word", "fact": name, "is": [word]} for name in words for word in FACTS[name].words]
    assert of_check(tmp_path, any_of(*every)) == [("not-proved", "check")]


def test_a_remark_has_its_line_and_says_what_to_do(tmp_path: Path) -> None:
    document = changed(rules__1__check=all_of({**USED, "below": 95}, {**USED, "below": 101}))
    path = write(tmp_path, document)
    (only,) = [one for one in lint(path)[1] if one.rule]
    line = Path(path).read_text("utf-8").split("\n")[(only.line or 0) - 1]
    assert line.startswith("check = ")
    assert "101" in line
    assert str(only).startswith(f"{path}:{only.line}: MY-FS-001 check.of.1: passes for every value")
    assert str(only).endswith(f"{CODES['constant-part']} [constant-part]")


def test_remarks_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    document = changed(
        rules__0__check=no(all_of(CTRMC, no(CTRMC))),
        rules__1__check={**USED, "below": 200},
        profiles__mine={"title": "x"},
    )
    lines = [one.line for one in remarks(tmp_path, document)]
    assert len(lines) > 3
    assert lines == sorted(lines, key=lambda line: line or 0)


def bounds(kind: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    names = [name for name, line in FACTS.items() if line.type == kind]
    return st.builds(
        lambda name, key, value: {"kind": kind, "fact": name, key: value},
        st.sampled_from(names),
        st.sampled_from(["at_least", "below"]),
        values,
    )


@st.composite
def word_checks(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from([name for name, line in FACTS.items() if line.type == "word"]))
    words = draw(st.lists(st.sampled_from(FACTS[name].words), min_size=1, unique=True))
    return {"kind": "word", "fact": name, draw(st.sampled_from(["is", "is_not"])): words}


COMPARED = (
    bounds("version", st.sampled_from(["0", "3.1", "3.2.1.0", "3.2.6.2", "6.1", "7.2"]))
    | bounds("number", st.sampled_from([-1, 0, 1, 50, 95, 96, 100, 101]))
    | word_checks()
    | st.just({"kind": "empty", "fact": "ipv6.global_addresses"})
)
CHECKS = st.recursive(
    COMPARED,
    lambda inner: (
        st.builds(no, inner)
        | st.lists(inner, min_size=1, max_size=3).map(lambda of: all_of(*of))
        | st.lists(inner, min_size=1, max_size=3).map(lambda of: any_of(*of))
    ),
    max_leaves=5,
)


@pytest.mark.exhaustive
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(check=CHECKS, when=st.none() | CHECKS, drawn=st.lists(partitions(), min_size=3, max_size=3))
def test_what_lint_says_cannot_be_never_is(
    check: Any, when: Any, drawn: list[Partition], tmp_path_factory: pytest.TempPathFactory
) -> None:
    rule = {"check": check, "platforms": ["aix", "vios", "linux"], **({"when": when} if when else {})}
    path = write(tmp_path_factory.mktemp("policy"), changed(**{f"rules__0__{key}": one for key, one in rule.items()}))
    policy, found = lint(path)
    model, declared = policy.rules[0].rule, Declared(policy.parameters, policy.values)
    said = {one.code for one in found if one.rule == model.id}
    for partition in drawn:
        result = judge(partition.evidence, path, partition.platform)["MY-VER-001"].result
        assert not (result == "fail" and said & {"cannot-fail", "when-never"}), said
        assert not (result == "pass" and said & {"cannot-pass", "when-never"}), said
        can = rule_results(model.when, model.check, declared, partition.platform)
        machine = facts(*partition.evidence, platform=partition.platform).fact("host.kind")
        beside = {"unknown", "not_applicable"} if machine.value == "other_machine" else {"unknown"}
        assert can is None or result in can | beside


@pytest.mark.exhaustive
@pytest.mark.parametrize("number", range(len(VACUOUS)), ids=[case[0] for case in VACUOUS])
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(partition=partitions())
def test_seeded_rules_indeed_never_fail_or_never_pass(
    number: int, partition: Partition, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _, check, code = VACUOUS[number]
    document = changed(rules__0__check=check)
    path = write(tmp_path_factory.mktemp("policy"), document)
    result = judge(partition.evidence, path, partition.platform)["MY-VER-001"].result
    assert result != ("pass" if code == "cannot-pass" else "fail")


def test_an_extended_policy_of_the_same_file_name_is_not_taken_for_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside the working directory both are named by their file names alone."""
    for name in ("base", "ours", "elsewhere"):
        (tmp_path / name).mkdir()
    write(tmp_path / "base", changed(rules__0__check=ALWAYS), "policy.toml")
    path = write(tmp_path / "ours", child(extends="../base/policy.toml"), "policy.toml")
    monkeypatch.chdir(tmp_path / "elsewhere")
    policy, found = lint(path)
    assert {one.uri for one in policy.rules} == {"policy.toml"}
    assert found == ()


ALWAYS = {"kind": "number", "fact": "var_ct.used_percent", "below": 101}


def cause(**more: Any) -> dict[str, Any]:
    return {"rule": "MY-FS-001", "of": ["MY-VER-001"], "says": "It can be the reason.", **more}


def of_causes(folder: Path, *causes: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    """Code and key of the remarks on a sound policy with these causes."""
    return [(code, key) for code, _, key in codes(folder, changed(causes=list(causes), **more))]


def test_a_rule_without_a_problem_is_remarked(tmp_path: Path) -> None:
    document = changed()
    del document["rules"][1]["problem"]
    assert codes(tmp_path, document) == [("no-problem", "MY-FS-001", "title")]


def test_a_sound_cause_is_let_be(tmp_path: Path) -> None:
    assert of_causes(tmp_path, cause(), cause(when=CTRMC), cause(of=[], blocks=["lsrsrc"])) == []


def test_a_circle_of_causes_is_named_once(tmp_path: Path) -> None:
    both = [cause(), cause(rule="MY-VER-001", of=["MY-FS-001"])]
    (remark,) = remarks_of(tmp_path, *both)
    assert (remark.code, remark.key) == ("cause-circle", "causes.0.of")
    assert "goes in a circle: MY-FS-001 explains MY-VER-001 explains MY-FS-001" in remark.says


def remarks_of(folder: Path, *causes: dict[str, Any]) -> list[Remark]:
    return [one for one in remarks(folder, changed(causes=list(causes))) if one.code != "unused-parameter"]


def test_a_circle_that_a_child_closes_is_its_own_and_an_inherited_one_is_not(tmp_path: Path) -> None:
    write(tmp_path, changed(causes=[cause()]), "base.toml")
    back = cause(rule="MY-VER-001", of=["MY-FS-001"])
    assert [one.code for one in remarks(tmp_path, child(causes=[back]))] == ["cause-circle"]
    write(tmp_path, changed(causes=[cause(), back]), "base.toml")
    assert remarks(tmp_path, child()) == []


@pytest.mark.parametrize(
    "when",
    [
        all_of(CTRMC, no(CTRMC)),
        {**PLATFORM, "is": ["linux"]},
        {"kind": "empty", "fact": "packages.core_missing"},
        {**USED, "at_least": 200},
    ],
    ids=str,
)
def test_a_condition_of_a_cause_that_never_holds_is_remarked(when: Any, tmp_path: Path) -> None:
    """Both rules are judged on AIX alone, where packages of Linux are no matter."""
    assert of_causes(tmp_path, cause(when=when)) == [("cause-never", "causes.0.when")]


def test_rules_that_are_never_judged_together_are_remarked(tmp_path: Path) -> None:
    apart = of_causes(tmp_path, cause(), rules__1__platforms=["linux"])
    assert apart == [("cause-nowhere", "causes.0.of.0")]


def test_a_parameter_that_only_a_cause_compares_with_is_used(tmp_path: Path) -> None:
    room = {"kind": "number", "fact": "var_ct.free_mib", "at_least": "$room"}
    parameter = {"type": "number", "default": 9, "doc": "Room."}
    found = remarks(tmp_path, changed(parameters__room=parameter, causes=[cause(when=room)]))
    assert "room" not in [one.key for one in found]
    found = remarks(tmp_path, changed(parameters__room=parameter))
    assert "room" in [one.key for one in found]


@pytest.mark.parametrize(
    ("block", "is_read"),
    [
        ("lssrc -ls", True),
        ("netstat -in", True),
        ("lsrsrc", True),
        ("cat /etc/ct_node_id", True),
        ("netstat -zz", False),
    ],
)
def test_a_beginning_of_requests_that_nobody_reads_is_remarked(block: str, is_read: bool, tmp_path: Path) -> None:
    found = of_causes(tmp_path, cause(of=[], blocks=["lsrsrc", block] if block != "lsrsrc" else [block]))
    assert found == ([] if is_read else [("cause-unread", "causes.0.blocks.1")])
