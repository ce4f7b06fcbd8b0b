"""What is written here about a target: a sound bundle, whatever the texts."""

import json

from hypothesis import given
from hypothesis import strategies as st

from rmccomply.collect.controller import controller_bundle, health, meta, probe
from rmccomply.evidence.bundle import read_bundle
from rmccomply.sources import table
from rmccomply.sources.reading import Readings
from tests.hosts.building import was_read

NOW = "2026-11-20T03:00:00Z"
TEXT = st.text(max_size=60)


@given(label=TEXT.filter(bool), says=TEXT, errors=TEXT, host=TEXT, value=TEXT, key=TEXT)
def test_no_text_breaks_the_bundle(label: str, says: str, errors: str, host: str, value: str, key: str) -> None:
    note = meta("ssh", label, "unreachable", says, NOW, NOW, {"tries": "3", "through": value}, errors)
    sections = [note, probe("192.0.2.7", 657, "open", NOW, NOW, 5), health(label, {"status": value}, NOW)]
    bundle = read_bundle(controller_bundle(host, sections, {key: value, "wave": "2"}, NOW), "x", controller=True)
    assert bundle.notifications == ()
    assert [item.damage for item in bundle.evidence] == [None] * 3
    assert {item.origin for item in bundle.evidence} == {"controller"}
    assert bundle.head["label.wave"] == "2"
    (reading,) = Readings(bundle.evidence).of(table.TRANSPORT)
    record = was_read(reading).record
    assert record.word == "unreachable"
    assert "".join(record.says.split()) == "".join(char for char in says if char.isprintable() and char != " ")


def test_what_it_holds() -> None:
    note = meta("ssh", "lpar7", "collected", "", NOW, NOW, {"tries": "1", "sha256": "ab", "through": ""})
    told = health("lpar7", {"status": "OK", "health": {"b": 1, "a": "é"}}, NOW)
    bundle = read_bundle(controller_bundle("lpar7", [note, told], {}, NOW), "x", controller=True)
    assert bundle.head["mode"] == "controller"
    assert (bundle.name, bundle.collected) == ("lpar7", NOW)
    assert [item.request for item in bundle.evidence] == ["rmccomply-collect ssh lpar7", "powervs-health lpar7"]
    assert bundle.evidence[0].out.lines == ("collected", "", "tries 1", "sha256 ab")
    assert json.loads("\n".join(bundle.evidence[1].out.lines)) == {"status": "OK", "health": {"b": 1, "a": "é"}}


def test_a_probe_from_here_is_no_fact_of_the_target() -> None:
    bundle = read_bundle(
        controller_bundle("x", [probe("192.0.2.7", 657, "open", NOW, NOW, 5)], {}, NOW), "x", controller=True
    )
    assert [item.argv for item in bundle.evidence] == [("tcp", "192.0.2.7", "657")]
    assert Readings(bundle.evidence).of(table.TCP_PROBE) == ()
