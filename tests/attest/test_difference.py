"""The first thing in which two reports differ, in words."""

import json

import pytest

from rmccomply.attest.difference import first_difference

ROW = {
    "rule": "RMC-ID-001",
    "target": "lpar7",
    "subject": "",
    "result": "fail",
    "fingerprint": "f",
    "evidence": [{"uri": "a"}],
}
TEXT = (
    f'{{"schema":"rmccomply/report/1",\n"now":"x",\n"findings":[\n{json.dumps(ROW)},\n{{"x":1}}\n],\n'
    '"summary":{"pass":1},\n"run":{"id":"r","damaged":false,\n"settings":[\n{"name":"s","value":"1","origin":"policy"}\n]}}\n'
)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"fail"', '"pass"', "line 4: RMC-ID-001 on lpar7, result: 'fail' in the report, 'pass' judged again"),
        (
            '"uri": "a"',
            '"uri": "b"',
            "line 4: RMC-ID-001 on lpar7, evidence[0].uri: 'a' in the report, 'b' judged again",
        ),
        ('[{"uri": "a"}]', "[]", "evidence[0]: {'uri': 'a'} in the report, nothing judged again"),
        ('"result": "fail", ', "", "RMC-ID-001 on lpar7, result: 'fail' in the report, nothing judged again"),
        ('"lpar7"', '"lpar8"', "line 4: RMC-ID-001 on lpar7 in the report, RMC-ID-001 on lpar8 judged again"),
        ('"now":"x"', '"now":"y"', "line 2: now: 'x' in the report, 'y' judged again"),
        ("report/1", "report/2", "line 1: schema: 'rmccomply/report/1' in the report"),
        ('"pass":1', '"pass":2', "line 7: summary.pass: 1 in the report, 2 judged again"),
        ('"pass":1', '"pass":1.0', "line 7: summary.pass: 1 in the report, 1.0 judged again"),
        ('"x":1', '"x": 1', "line 5: the same is written otherwise"),
        ("false", "true", "line 8: run.damaged: False in the report, True judged again"),
        ('"value":"1"', '"value":"2"', "line 10: the setting s, value: '1' in the report, '2' judged again"),
        ("]}}\n", "]}}", "line 12: "),
        ('],\n"summary":{"pass":1},\n', "", "line 6: "),
    ],
)
def test_the_first_difference_is_said(old: str, new: str, says: str) -> None:
    assert old in TEXT
    changed = TEXT.replace(old, new)
    assert says in first_difference(TEXT.encode(), changed.encode("utf-8", "surrogatepass"))


def test_equal_reports_have_none() -> None:
    assert first_difference(TEXT.encode(), TEXT.encode()) == ""


def test_what_is_no_json_is_told_by_its_line() -> None:
    assert first_difference(b"\xff\nx", b"\xff\ny") == "line 2: nothing in the report, nothing judged again"
    assert first_difference(b"\xff", b"\xfe").startswith("line 1: ")


def test_a_long_value_is_cut() -> None:
    said = first_difference(b'{"a":"' + b"x" * 5000 + b'"}', b'{"a":"y"}')
    assert len(said) < 250
