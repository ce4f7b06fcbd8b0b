"""Faults: all of a file at once, each with file, line, rule and key."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from rmccomply.errors import PolicyError
from rmccomply.policy.faults import rule_lines
from rmccomply.policy.load import load
from tests.cli.running import NOT_ENGLISH
from tests.policy.writing import SOUND, changed, child, faults, toml, write

WRONG = {
    "titel": "x",
    "parameters__full__default": "much",
    "rules__0__severity": "urgent",
    "rules__0__check__fact": "rsct.levl",
    "rules__1__remediation": "Run recfgct.",
    "rules__1__check__below": "$ful",
    "profiles": {"a": {"title": "A", "ignore": ["MY-V"]}},
}
KEYS = [
    ("", "parameters.full"),
    ("", "profiles.a.ignore"),
    ("", "titel"),
    ("MY-FS-001", "check.below"),
    ("MY-FS-001", "remediation"),
    ("MY-VER-001", "check.fact"),
    ("MY-VER-001", "severity"),
]


def test_all_faults_of_a_file_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, changed(**WRONG))
    keys = sorted((fault.rule, fault.key) for fault in found)
    assert keys == KEYS
    assert {fault.path for fault in found} == {str(tmp_path / "mine.toml")}


def test_the_line_of_each_fault(tmp_path: Path) -> None:
    text = toml(changed(**WRONG)).split("\n")
    for fault in faults(tmp_path, changed(**WRONG)):
        assert fault.line is not None
        of_parameter = fault.key.startswith("parameters")
        assert (f"[{fault.key}]" if of_parameter else fault.key.split(".")[-1]) in text[fault.line - 1]


def test_faults_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    lines = [fault.line or 0 for fault in faults(tmp_path, changed(**WRONG))]
    assert lines == sorted(lines)


def test_a_hundred_faults_at_once(tmp_path: Path) -> None:
    rule = SOUND["rules"][0]
    rules = [{**rule, "id": f"MY-N-{number:03d}", "severity": "urgent"} for number in range(100)]
    found = faults(tmp_path, {**SOUND, "rules": rules})
    assert [fault.rule for fault in found] == [f"MY-N-{number:03d}" for number in range(100)]
    assert len({fault.line for fault in found}) == 100


def test_faults_between_files_are_told_beside_those_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, SOUND, "base.toml")
    document = child(
        titel="x",
        set={"minimun": {"value": "3"}, "full": {"value": 99}},
        change=[{"rule": "MY-VER-001", "disabled": True}, {"rule": "MY-XXX-001", "severity": "low"}],
        rules=[{**SOUND["rules"][0], "severity": "urgent"}],
    )
    found = {(fault.rule, fault.key) for fault in faults(tmp_path, document)}
    assert found == {
        ("", "titel"),
        ("", "set.minimun"),
        ("", "set.full"),
        ("", "change.0"),
        ("", "change.1.rule"),
        ("MY-VER-001", "id"),
        ("MY-VER-001", "severity"),
    }


def test_a_parent_that_is_not_there_hides_no_other_fault(tmp_path: Path) -> None:
    document = child(extends="nowhere.toml", titel="x", rules=[{**SOUND["rules"][0], "severity": "urgent"}])
    found = {(fault.rule, fault.key) for fault in faults(tmp_path, document)}
    assert found == {("", "extends"), ("", "titel"), ("MY-VER-001", "severity")}


def test_a_fault_as_text(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, changed(rules__0__severity="hihg"))
    assert str(found) == (
        f"{tmp_path / 'mine.toml'}:{found.line}: MY-VER-001 severity: "
        "'hihg' is not one of: critical, high, medium, low, info; did you mean 'high'?"
    )


def test_a_rule_without_an_id_is_counted(tmp_path: Path) -> None:
    document = changed(rules__1__severity="urgent")
    del document["rules"][1]["id"]
    assert {fault.rule for fault in faults(tmp_path, document)} == {"rule 2"}


@pytest.mark.parametrize(
    ("text", "line"), [("schema = 1\nid = \n", 2), ("schema = 1\n\nid = a\n", 3), ("a = 1\na = 2\n", 2), ("[x\n", 1)]
)
def test_what_is_no_toml(tmp_path: Path, text: str, line: int) -> None:
    (found,) = faults(tmp_path, text)
    assert (found.line, found.says.startswith("is not valid TOML: ")) == (line, True)


def test_what_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b'schema = 1\ntitle = "\xff"\n')
    with pytest.raises(PolicyError, match="is not UTF-8 text"):
        load(str(path))


def test_an_empty_file_lacks_everything(tmp_path: Path) -> None:
    found = faults(tmp_path, "")
    assert {(fault.key, fault.says) for fault in found} == {
        (key, "is missing") for key in ("schema", "id", "title", "version")
    }


@pytest.mark.parametrize(
    "text", ["rules = 1\n", "rules = [1, 2]\n", "parameters = 3\n", "set = 4\n", "change = [[]]\n", "extends = 5\n"]
)
def test_a_part_of_another_shape_is_a_fault_and_no_crash(tmp_path: Path, text: str) -> None:
    found = faults(tmp_path, 'schema = 1\nid = "a"\ntitle = "a"\nversion = "1"\n' + text)
    assert {fault.key.split(".")[0] for fault in found} == {text.split(" ")[0]}


def test_rule_lines() -> None:
    text = 'id = "p"\n[[rules]]\n  id = "A-1"  # first\n[[rules]]\nid=\'A-2\'\n'
    assert rule_lines(text) == {"p": 1, "A-1": 3, "A-2": 5}


ODD = ["", 0, -1, 1.5, float("nan"), True, [], ["x"], [1], {}, {"a": 1}, date(2026, 1, 2), [[]], [{}]]
OF_PYTHON = (*NOT_ENGLISH, "True", "False", "None", "[]", "{}", "datetime", "should", "valid ")


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where something stands in a document."""
    if at:
        yield at
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in pairs:
        yield from places(one, (*at, name))


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_whatever_stands_there_no_fault_speaks_python_and_each_has_its_line(tmp_path: Path, odd: Any) -> None:
    told = 0
    for place in places(SOUND):
        document = deepcopy(SOUND)
        around: Any = document
        for part in place[:-1]:
            around = around[part]
        around[place[-1]] = odd
        (tmp_path / "mine.toml").write_text(tomli_w.dumps(document), "utf-8")
        try:
            load(str(tmp_path / "mine.toml"))
        except PolicyError as error:
            for fault in error.faults:
                told += 1
                assert not [word for word in OF_PYTHON if word in fault.says], (place, fault)
                assert fault.line is not None or fault.says == "is missing", (place, fault)
    assert told > 10
