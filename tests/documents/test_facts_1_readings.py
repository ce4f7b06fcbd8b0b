"""Facts documents: the same findings as from the evidence, and nothing but unknowns from a false one."""

import io
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmccomply.assess import assess
from rmccomply.documents import FACTS_1
from rmccomply.evaluate import CompiledRule, compile_rules
from rmccomply.evidence.model import Evidence
from rmccomply.finding import Finding
from rmccomply.inputs.read import Loaded, load_inputs
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.runs.facts import document_line
from rmccomply.sources import table
from rmccomply.sources.reading import Read, Reading, Readings
from rmccomply.words import REASONS
from tests.documents.plain_facts import facts_json, read_facts
from tests.hosts.building import (
    DF,
    LSSRC,
    NOW,
    SHARED,
    bundle,
    command,
    file,
    healthy_aix,
    replaced,
    status,
    was_not_read,
    was_read,
    without,
)

POLICIES = ("rmc-core", "powervs-import")
BUNDLES = sorted((SHARED / "bundles").glob("*.rmcc"))


@cache
def rules(policy: str) -> tuple[CompiledRule, ...]:
    return compile_rules(choose([load(policy)], Choice())[1], NOW)


def loaded(data: bytes) -> Loaded:
    (item,) = load_inputs(["-"], Path(), io.BytesIO(data))
    assert isinstance(item, Loaded), item
    return item


def document_of(item: Loaded) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(document_line(item, ""))
    return made


def again(item: Loaded) -> Loaded:
    return loaded(json.dumps(document_of(item)).encode())


def findings(item: Loaded, policy: str) -> tuple[Finding, ...]:
    return assess(item, rules(policy)).findings


def hold_equal(item: Loaded) -> None:
    """All that a finding says is the same from the document, and so is the document of the document."""
    repeated = again(item)
    assert document_of(repeated)["facts"] == document_of(item)["facts"]
    for policy in POLICIES:
        assert findings(repeated, policy) == findings(item, policy)
        assert assess(repeated, ()).target == assess(item, ()).target


def unwell() -> Iterable[Evidence]:
    """Evidence with every kind of reading: failed, partial, conflicting, hexadecimal, absent."""
    return [
        *without(replaced(healthy_aix(), command("lsnodeid", "", 1, "2612-022 No session.\n")), "lspv", "oslevel -s"),
        command("lssrc -a", LSSRC.replace("inoperative", "active")),
        command("lssrc -s ctrmc", "", 1, "0513-085 The ctrmc Subsystem is not on file.\n"),
        command("df -k", DF.replace("/hd4", "/h\x1bd4")),
        command("rmcdomainstatus -s ctrmc", status("I A hmc1", "O S hmc2")),
        command("rpm -q --qf '%{NAME} %{VERSION}\\n' rsct.core", "rsct.core 3.2.6.2\n"),
        file("/etc/os-release", state="absent"),
    ]


@pytest.mark.parametrize("evidence", [healthy_aix, unwell, list], ids=["healthy", "unwell", "nothing"])
@pytest.mark.parametrize("system", ["AIX", "VIOS", "Linux", "SunOS", ""])
def test_the_same_findings_from_a_document(evidence: Callable[[], Iterable[Evidence]], system: str) -> None:
    hold_equal(loaded(bundle(evidence(), system=system)))


@pytest.mark.parametrize("cut", range(0, 100, 5))
def test_the_same_findings_from_a_cut_bundle(cut: int) -> None:
    data = bundle(unwell())
    hold_equal(loaded(data[: max(len(data) * cut // 100, 25)]))


def test_the_same_findings_from_captures(tmp_path: Path) -> None:
    for name, text in {"lssrc-a": LSSRC, "df-k-var": DF, "lsrpdomain": "", "uname-n": "lpar9\n"}.items():
        (tmp_path / f"{name}.txt").write_text(text)
    (tmp_path / "target.toml").write_text('platform = "aix"\n[labels]\nwave = "3"\n')
    (item,) = load_inputs([str(tmp_path)], tmp_path)
    assert isinstance(item, Loaded)
    hold_equal(item)


@pytest.mark.parametrize("path", BUNDLES or [pytest.param(None, marks=pytest.mark.skip("no shared bundles"))])
def test_the_same_findings_from_shared_bundles(path: Path) -> None:
    hold_equal(loaded(path.read_bytes()))


FAILED: list[dict[str, Any]] = [
    {"value": None, "reason": reason, "says": "it failed", "evidence": []} for reason in REASONS
]


def hold_no_pass(before: Loaded, after: dict[str, Any], removed: str) -> None:
    """Losing a fact makes no pass of a fail."""
    for policy in POLICIES:
        failing = {(one.rule, one.subject) for one in findings(before, policy) if one.result == "fail"}
        item = loaded(json.dumps(after).encode())
        passing = {(one.rule, one.subject) for one in findings(item, policy) if one.result == "pass"}
        assert not failing & passing, f"without {removed}"


def sick() -> list[Evidence]:
    return replaced(
        healthy_aix(),
        command("lssrc -a", LSSRC.replace("5439966      active", "             inoperative")),
        command("lslpp -Lcq 'rsct.*'", "rsct.core:rsct.core.rmc:3.0.0.0: : :B: :RSCT: : : : : : :1:0:/:2015\n"),
        file("/etc/ct_node_id", "0\n"),
        command("rmcdomainstatus -s ctrmc -a ip", status("O A 10.9.8.7")),
        command("df -k /var /tmp /", DF.replace("2778726", "     26")),
    )


@pytest.mark.exhaustive
def test_removing_or_failing_any_fact_makes_no_pass_of_a_fail() -> None:
    items = [loaded(bundle(sick())), *(loaded(path.read_bytes()) for path in BUNDLES[:8])]
    for item in items:
        document = document_of(item)
        for name in document["facts"]:
            kept = {key: value for key, value in document["facts"].items() if key != name}
            hold_no_pass(item, {**document, "facts": kept}, name)
            for failed in FAILED[:7]:
                hold_no_pass(item, {**document, "facts": {**kept, name: failed}}, name)


@pytest.mark.parametrize("failed", FAILED, ids=REASONS)
def test_every_reason_is_read_back(failed: dict[str, Any]) -> None:
    ((reading,), _) = read_facts({"lssrc -a": failed}, "x")
    found = was_not_read(reading)
    assert (found.reason, found.says) == (failed["reason"], "it failed")


def test_names_are_requests() -> None:
    readings = Readings([*healthy_aix(), command("rpm -qa --qf '%{NAME} %{VERSION}\\n'", "a 1\n")]).all()
    plain = facts_json(readings)
    assert plain["rpm -qa --qf %{NAME} %{VERSION}\\n"]["argv"][-1] == "%{NAME} %{VERSION}\\n"
    assert "argv" not in plain["lssrc -a"]
    found, notes = read_facts({**plain, "no-such-command": {}, "": {}, "lssrc -q": {}}, "x.json")
    assert {(one.name, one.source) for one in found} == {(one.name, one.source) for one in readings}
    assert [note.level for note in notes] == ["note"] * 3


def made(**changes: Any) -> Reading[object]:
    fact = facts_json(Readings([command("lssrc -a", LSSRC)]).all())["lssrc -a"]
    ((reading,), _) = read_facts({"lssrc -a": {**fact, **changes}}, "x.json")
    return reading


def test_a_whole_fact() -> None:
    reading = was_read(made())
    assert reading.record == was_read(Readings([command("lssrc -a", LSSRC)]).of(table.LSSRC)[0]).record
    assert reading.at(3)[0].text == " ctrmc            rsct             5439966      active"
    assert made(argv=["lslpp", "-Lc"]).argv == ("lssrc", "-a")
    assert made(argv=["/x/lssrc", "-a"]).argv == ("/x/lssrc", "-a")
    assert was_not_read(made(value=None)).reason == "not_collected"
    assert was_not_read(made(reason="denied")).reason == "denied"
    assert was_read(made(partial="truncated")).partial == "truncated"


PLACE = {
    "uri": "x",
    "start_line": 1,
    "end_line": 1,
    "text": "",
    "request": "lssrc -a",
    "exit_status": 0,
    "collected": None,
}


@pytest.mark.parametrize(
    "changes",
    [
        {"value": 7},
        {"value": []},
        {"value": {}},
        {"value": {"covers": "all", "rows": [{"name": "ctrmc"}]}},
        {"reason": "fine"},
        {"reason": ["denied"]},
        {"partial": "somewhat"},
        {"partial": True},
        {"collected": 9},
        {"line": "3"},
        {"line": 1.5},
        {"line": True},
        {"evidence": "abc"},
        {"evidence": [7]},
        {"evidence": [{}]},
        {"evidence": [{**PLACE, "start_line": 0}]},
        {"evidence": [{**PLACE, "start_line": "1"}]},
        {"evidence": [{**PLACE, "end_line": -4}]},
        {"evidence": [{**PLACE, "start_column": 0}]},
        {"evidence": [{**PLACE, "exit_status": 1.0}]},
        {"evidence": [{**PLACE, "uri": None}]},
        {"evidence": [{**PLACE, "snippet": 1}]},
        {"evidence": [{**PLACE, "line": float("inf")}]},
        {"also": {"a": 1}},
        {"also": [{}]},
    ],
)
def test_a_fact_that_does_not_fit_is_unknown(changes: dict[str, Any]) -> None:
    assert was_not_read(made(**changes)).reason == "unparsable"


@pytest.mark.parametrize("fact", [None, 7, "active", [], True])
def test_a_fact_that_is_no_table(fact: Any) -> None:
    ((reading,), _) = read_facts({"lssrc -a": fact}, "x")
    assert was_not_read(reading).reason == "unparsable"


HEALTHY = document_of(loaded(bundle(healthy_aix())))
ODD: list[Any] = ["", "x", "all", "fe80::1", "10.9.8.7", "9" * 30, "a\0b", None, True, 0, -1, 1 << 70, 1.5, [], {}]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs: Iterable[tuple[Any, Any]] = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [found for key, inner in pairs for found in [(*path, key), *places(inner, (*path, key))]]


PLACES = places(HEALTHY)


def changed(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(document) if isinstance(document, dict) else list(document)
    copy[path[0]] = changed(copy[path[0]], path[1:], value)
    return copy


@pytest.mark.exhaustive
@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(ODD))
def test_a_tampered_document_never_raises(path: tuple[Any, ...], value: Any) -> None:
    data = json.dumps(changed(HEALTHY, path, value)).encode()
    for item in load_inputs(["-"], Path(), io.BytesIO(data)):
        if isinstance(item, Loaded):
            for policy in POLICIES:
                assert findings(item, policy)


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(-1e300, 1e300) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(["lssrc -a", "/etc/ct_node_id", "tcp 1 657", "lsrsrc IBM.MCP", "df -k"]),
)
def test_a_nonsensical_document_never_raises(value: Any, name: str) -> None:
    document = {"schema": FACTS_1, "target": value if isinstance(value, dict) else {}, "facts": {name: value}}
    item = loaded(json.dumps(document).encode())
    assert not any(isinstance(reading, Read) for reading in item.readings.all())
