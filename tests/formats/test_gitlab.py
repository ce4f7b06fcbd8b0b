"""Code Quality of GitLab: valid by GitLab's own schema, each entry once, and no path that is none."""

import json
import re
from typing import Any

import pytest
from jsonschema import Draft4Validator
from syrupy.assertion import SnapshotAssertion

from rmccomply.formats import Format, Frame, gitlab, write_whole
from rmccomply.report import Assessed, TargetCard
from rmccomply.terminal import visible
from tests.formats import awkward, hostile, large
from tests.formats.awkward import ASSESSED, FAIR, SICK, closing, judged, write

FITS: Format[str] = gitlab
"""The type checker sees that the module is a format."""
SCHEMA = {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "additionalProperties": False,
    "properties": {
        "description": {"type": "string", "minLength": 1, "maxLength": 1024},
        "check_name": {"type": "string", "minLength": 1},
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "severity": {"enum": ["blocker", "critical", "major", "minor", "info"]},
        "location": {
            "type": "object",
            "required": ["path", "lines"],
            "additionalProperties": False,
            "properties": {
                "path": {"type": "string", "pattern": "^[^/]"},
                "lines": {
                    "type": "object",
                    "required": ["begin"],
                    "properties": {"begin": {"type": "integer", "minimum": 1}},
                },
            },
        },
    },
}
"""GitLab's codeclimate.json, with what its page demands besides."""


def entries(*items: Assessed) -> list[Any]:
    found = json.loads(write("gitlab", items=items, end=closing(items, 1)))
    assert isinstance(found, list)
    for one in found:
        assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(one)] == []
    assert len({one["fingerprint"] for one in found}) == len(found)
    return found


def test_the_whole_array(snapshot: SnapshotAssertion) -> None:
    assert write("gitlab").encode() == snapshot(extension_class=awkward.snapshots_as("json"))


def test_what_is_an_entry_and_how_grave_it_is() -> None:
    found = {(one["check_name"], one["description"].partition(":")[0]): one["severity"] for one in entries(*ASSESSED)}
    assert found == {
        ("RMC-VER-002", FAIR): "minor",
        ("RMC-NET-001", FAIR): "critical",
        ("RMC-ID-001", SICK): "blocker",
        ("RMC-VER-001", SICK): "critical",
        ("RMC-FS-001", SICK): "major",
        ("RMC-VER-002", SICK): "minor",
        ("RMC-OS-001", SICK): "info",
        ("RMC-UNDECIDED", SICK): "major",
    }


def test_nothing_to_tell_is_an_empty_array() -> None:
    assert entries() == entries(ASSESSED[2]) == []


def test_a_path_is_that_of_the_file_and_no_uri() -> None:
    paths = {one["location"]["path"] for one in entries(*ASSESSED)}
    assert {"bundles/lpar-ñ07.rmcc", "captures/vios1/lssrc-a.txt"} <= paths


def test_what_has_no_line_stands_at_its_rule_or_its_file() -> None:
    unknown = judged("RMC-SUB-001", "a", "unknown", "x", reason="denied", step="as_root")
    fail = judged("RMC-ID-001", "a", "fail", "x")
    found = entries(Assessed(TargetCard("a", "aix", None, None, None, ()), (unknown, fail)))
    places = {one["check_name"]: (one["location"]["path"], one["location"]["lines"]["begin"]) for one in found}
    assert places == {"RMC-ID-001": ("policies/rmc-core.toml", 12), "RMC-UNDECIDED": ("a", 1)}


def test_unknowns_of_one_doing_are_one_entry_that_says_what_to_do() -> None:
    found = [one["description"] for one in entries(*ASSESSED) if one["check_name"] == "RMC-UNDECIDED"]
    assert found[0] == (
        f"{SICK}: 1 check is undecided: permission denied. What to do: rmccomply collect ssh HOST --sudo. RMC-NET-001"
    )


def test_several_fails_of_one_rule_about_one_thing_are_all_kept() -> None:
    fails = [judged("RMC-ID-001", "a", "fail", str(number), subject="x") for number in range(3)]
    found = entries(Assessed(TargetCard("a", "aix", None, None, None, ()), tuple(fails)))
    assert len(found) == 3
    assert found[0]["fingerprint"] == fails[0].fingerprint


def test_hostile_names_are_read_back_or_marked() -> None:
    text = write("gitlab", items=hostile.FLEET, end=closing(hostile.FLEET, 1))
    assert not re.search("[^\n\x20-\x7e]", text)
    said = [one["description"] for one in entries(*hostile.FLEET)]
    for one in hostile.TEXTS:
        assert any(visible(one).strip(" ") in text for text in said)


@pytest.mark.exhaustive
def test_sixty_thousand_fails_are_each_there_once() -> None:
    found = json.loads(write_whole("gitlab", Frame(large.RUN, awkward.PLAIN), large.hosts(), large.closing()))
    assert len(found) == len({one["fingerprint"] for one in found}) == 60_000
    assert all(not [*Draft4Validator(SCHEMA).iter_errors(one)] for one in found[::100])
