"""What may stand in a policy file, and what is refused in it."""

from pathlib import Path
from typing import Any

import pytest

from rmccomply.policy.model import parameter_value
from tests.policy.writing import REMOVE, SOUND, changed, faults, loaded


def test_the_sound_policy_is_sound(tmp_path: Path) -> None:
    policy = loaded(tmp_path, SOUND)
    assert [one.rule.id for one in policy.rules] == ["MY-VER-001", "MY-FS-001"]
    assert policy.values == {"minimum": (3, 2, 0, 0), "full": 95, "management": "hmc", "unset": None}


NOBODY = {
    "parameters__management__default": "hmc",
    "rules__0__when": {"kind": "parameter", "name": "management", "is": ["hmc"]},
}
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    # what is changed, the key of the one fault, a part of its text
    ({"schema": 2}, "schema", "is not known: write 1"),
    ({"schema": REMOVE}, "schema", "is missing"),
    ({"id": "Mine"}, "id", 'such as "our-partitions"'),
    ({"version": REMOVE}, "version", "is missing"),
    ({"version": ""}, "version", "text that is not empty"),
    ({"max_age": "2 days"}, "max_age", 'such as "36h"'),
    ({"max_age": "0d"}, "max_age", "a number above 0"),
    ({"titel": "x"}, "titel", "did you mean 'title'"),
    ({"set": {"minimum": {"value": "4"}}}, "set", "only in a policy that extends another"),
    ({"change": [{"rule": "MY-VER-001"}]}, "change", "only in a policy that extends another"),
    ({"rules__0__id": "my-ver"}, "id", 'such as "OUR-FS-001"'),
    ({"rules__0__id": REMOVE}, "id", "is missing"),
    ({"rules__0__severity": "urgent"}, "severity", "not one of: critical, high, medium, low, info"),
    ({"rules__0__severity": "hihg"}, "severity", "did you mean 'high'"),
    ({"rules__0__severity": "HIGH"}, "severity", "did you mean 'high'"),
    ({"rules__0__platforms": []}, "platforms", "at least one entry"),
    ({"rules__0__platforms": ["axi"]}, "platforms.0", "did you mean 'aix'"),
    ({"rules__0__rationale": REMOVE}, "rationale", "is missing"),
    ({"rules__0__remediation": ""}, "remediation", "text that is not empty"),
    ({"rules__0__confidence": "sure"}, "confidence", "not one of: documented, observed, reported once"),
    ({"rules__0__remediation_on": {"suse": "x"}}, "remediation_on.suse", "did you mean 'sles'"),
    ({"rules__0__remediation_on": {"vios": ""}}, "remediation_on.vios", "text that is not empty"),
    ({"rules__0__remediation_for": {"abcent": "x"}}, "remediation_for", "no fact of the check is ever 'abcent'"),
    ({"rules__0__remediation_unseen_on": {"linux": "x"}}, "", "no remediation_unseen for all others"),
    ({"rules__0__needs_on": ["aix"]}, "", "has needs_on, but no needs"),
    ({"rules__0__needs": "a root"}, "needs", "not one of: running, first_boot"),
    ({"rules__0__references": []}, "references", "at least one entry"),
    ({"rules__0__references__0__url": "book"}, "references.0.url", 'such as "https://'),
    ({"rules__0__controls": ["SI-2"]}, "controls.0", 'such as "nist-800-53r5:SI-2"'),
    ({"rules__0__remedation": "x"}, "remedation", "did you mean 'remediation'"),
    ({"rules__0__check__kind": "versoin"}, "check", "did you mean 'version'"),
    ({"rules__0__check__kind": "script"}, "check", "The kinds are: version"),
    ({"rules__0__check__kind": REMOVE}, "check", "its kind is missing. The kinds are: version"),
    ({"rules__0__check__fact": "rsct.levl"}, "check.fact", "did you mean 'rsct.level'"),
    ({"rules__0__check__at_least": "$minimun"}, "check.at_least", "did you mean 'minimum'"),
    ({"rules__0__check__at_least": "$full"}, "check.at_least", "is a number, but a version is needed"),
    ({"rules__0__check__at_least": "3.x"}, "check.at_least", "is not a version"),
    ({"rules__0__check__at_last": "3"}, "check.at_last", "did you mean 'at_least'"),
    ({"rules__0__check__at_least": REMOVE}, "check", "give 'at_least' or 'below'"),
    ({"rules__0__when": {"kind": "parameter", "name": "management", "is": ["nobody"]}}, "when.is", "is never"),
    ({"rules__0__when": {"kind": "parameter", "name": "full", "is": ["hmc"]}}, "when.name", "a word is needed"),
    (
        {"rules__0__check": {"kind": "all", "of": [{"kind": "word", "fact": "host.kind", "is": ["lpra"]}]}},
        "check.of.0.is",
        "did you mean 'lpar'",
    ),
    ({"rules__1__id": "MY-VER-001"}, "id", "already defined in this file"),
    ({"parameters__minimum__type": "level"}, "parameters.minimum.type", "not one of: version, number, word"),
    ({"parameters__minimum__default": 3}, "parameters.minimum", "is not a version"),
    ({"parameters__full__default": "much"}, "parameters.full", "is not a number"),
    ({"parameters__full__default": True}, "parameters.full", "is not a number"),
    ({"parameters__management__default": "nobody"}, "parameters.management", "is not one of: hmc, none"),
    ({**NOBODY, "parameters__management__values": 5}, "parameters.management.values", "must be a list"),
    ({**NOBODY, "parameters__management__values": [1, "hmc"]}, "parameters.management.values.0", "must be text"),
    ({"parameters__management__values": []}, "parameters.management.values", "at least one entry"),
    ({"parameters__minimum__doc": REMOVE}, "parameters.minimum.doc", "is missing"),
    ({"parameters__minimum__stricter": "up"}, "parameters.minimum.stricter", "not one of: higher, lower"),
    ({"profiles": {"a": {"title": "A", "select": ["MY-VRE"]}}}, "profiles.a.select", "did you mean 'MY-"),
    ({"profiles": {"a": {"title": "A", "ignore": ["MY-V"]}}}, "profiles.a.ignore", "a prefix of one"),
    ({"profiles": {"a": {"title": "A", "set": {"minimun": "3"}}}}, "profiles.a.set.minimun", "did you mean 'minimum'"),
    ({"profiles": {"a": {"title": "A", "set": {"minimum": "x"}}}}, "profiles.a.set.minimum", "is not a version"),
]


@pytest.mark.parametrize(("places", "key", "says"), REFUSED)
def test_refused(tmp_path: Path, places: dict[str, Any], key: str, says: str) -> None:
    found = faults(tmp_path, changed(**places))
    assert [(fault.key, says in fault.says) for fault in found] == [(key, True)], found
    assert found[0].line or next(iter(places.values())) is REMOVE
    assert bool(found[0].rule) == next(iter(places)).startswith("rules")


GUARDED = ("recfgct", "odmdelete", "chdev", "rmcctrl")
OTHER_FLAGS = (
    "rmcctrl -z",
    "rmcctrl -A",
    "rmcctrl -a",
    "rmcctrl -P",
    "rmcctrl -pz",
    "rmcctrl -p -z",
    "rmcctrl \u2013p",
    "rmcctrl  -p",
)
NEVER = ("startsrc", "stopsrc")
SHOWN_FOR_ALL: list[dict[str, Any]] = [
    {"title": "{}"},
    {"doc": "{}"},
    {"rules__0__title": "{}"},
    {"rules__0__rationale": "{}"},
    {"rules__0__remediation": "{}"},
    {"rules__0__remediation_on": {"vios": "{}"}},
    {
        "rules__0__check": {"kind": "word", "fact": "rsct.installed", "is": ["installed"]},
        "rules__0__remediation_for": {"absent": "{}"},
    },
    {"rules__0__references": [{"title": "{}"}]},
    {"parameters__minimum__doc": "{}"},
    {"profiles": {"a": {"title": "{}"}}},
    {"profiles": {"a": {"title": "A", "doc": "{}"}}},
]
TEXTS = ("Run {} as root.", "/usr/sbin/rsct/bin/{} -z", "`{}`", "{}")


def _filled(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one, text) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, text) for one in value]
    return text if value == "{}" else value


@pytest.mark.parametrize("word", [*GUARDED, *NEVER, "RecfgCT", "STARTSRC"])
@pytest.mark.parametrize("places", SHOWN_FOR_ALL)
def test_what_can_break_a_cluster_is_refused_in_what_all_hosts_show(
    tmp_path: Path, places: dict[str, Any], word: str
) -> None:
    for text in TEXTS:
        found = faults(tmp_path, changed(**_filled(places, text.format(word))))
        assert [f"names {word.lower()}" in fault.says for fault in found] == [True]


@pytest.mark.parametrize("text", [*OTHER_FLAGS, "RMCCTRL -S", "rmcctrl -s"])
@pytest.mark.parametrize("places", SHOWN_FOR_ALL)
def test_of_rmcctrl_any_host_is_told_to_enable_remote_connections_alone(
    tmp_path: Path, places: dict[str, Any], text: str
) -> None:
    assert ["names rmcctrl" in fault.says for fault in faults(tmp_path, changed(**_filled(places, text)))] == [True]
    allowed = "As root `/usr/sbin/rsct/bin/rmcctrl -p`, then rmcctrl -p."
    assert not faults(tmp_path, changed(**_filled(places, allowed)))


@pytest.mark.parametrize("text", [*OTHER_FLAGS, "recfgct", "odmdelete", "chdev", "startsrc", "rmcctrl"])
def test_where_no_cluster_is_seen_rmc_may_be_started_and_no_more(tmp_path: Path, text: str) -> None:
    found = faults(tmp_path, changed(rules__0__remediation_unseen=f"Run {text}."))
    assert [(fault.key, f"names {text.split()[0]}" in fault.says) for fault in found] == [("remediation_unseen", True)]
    assert not faults(tmp_path, changed(rules__0__remediation_unseen="Run rmcctrl -s, then rmcctrl -p."))


@pytest.mark.parametrize("word", NEVER)
def test_src_commands_are_refused_everywhere(tmp_path: Path, word: str) -> None:
    found = faults(tmp_path, changed(rules__0__remediation_unclustered=f"Run {word} -s ctrmc."))
    assert [(fault.key, fault.rule) for fault in found] == [("remediation_unclustered", "MY-VER-001")]


@pytest.mark.parametrize("word", GUARDED)
def test_the_guarded_text_may_name_them(tmp_path: Path, word: str) -> None:
    assert not faults(tmp_path, changed(rules__0__remediation_unclustered=f"Run {word}."))


VALUES: list[tuple[str, list[str] | None, Any, Any]] = [
    ("version", None, "3.2", (3, 2, 0, 0)),
    ("number", None, 64, 64),
    ("number", None, "64", 64),
    ("number", None, "6.5", 6.5),
    ("number", None, "-1", -1),
    ("word", ["a", "b"], "b", "b"),
    ("word", None, "anything", "anything"),
]
NO_VALUES: list[tuple[str, list[str] | None, Any]] = [
    ("version", None, 3),
    ("version", None, "three"),
    ("version", None, ""),
    ("number", None, "64 MiB"),
    ("number", None, "1e3"),
    ("number", None, "nan"),
    ("number", None, "0x10"),
    ("number", None, ""),
    ("number", None, True),
    ("number", None, float("inf")),
    ("number", None, float("nan")),
    ("word", ["a", "b"], "c"),
    ("word", None, 1),
]


@pytest.mark.parametrize(("kind", "words", "given", "expected"), VALUES)
def test_parameter_values(kind: str, words: list[str] | None, given: Any, expected: Any) -> None:
    assert parameter_value(kind, words, given) == expected


@pytest.mark.parametrize(("kind", "words", "given"), NO_VALUES)
def test_what_is_no_value(kind: str, words: list[str] | None, given: Any) -> None:
    with pytest.raises(ValueError, match="is no"):
        parameter_value(kind, words, given)
