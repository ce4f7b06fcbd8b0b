"""Assess: the name of a target and its label, its card, and the cards of policies and rules."""

import hashlib
from pathlib import Path

import pytest

from rmccomply.age import doubt
from rmccomply.assess import assess, judged, policy_cards, rule_cards, target_card
from rmccomply.evaluate import compile_rules
from rmccomply.evidence.model import Artifact, Evidence, Notification
from rmccomply.finding import not_judged
from rmccomply.inputs.loaded import Failed, Loaded, name_of
from rmccomply.isolation import Crash
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.report import Assessed, TargetCard
from rmccomply.sources.reading import Readings
from tests.dangerous import dangers
from tests.hosts.building import LSSRC, NOW, command, healthy_aix, replaced, without
from tests.policy.writing import SOUND, write


def loaded(name: str = "", evidence: list[Evidence] | None = None, **more: object) -> Loaded:
    return Loaded(Readings(healthy_aix() if evidence is None else evidence), name, "folder", "aix", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (loaded("web1"), "web1"),
        (loaded(), "lpar1"),
        (loaded(evidence=without(healthy_aix(), "uname -a")), "folder"),
        (loaded(evidence=replaced(healthy_aix(), command("uname -n", "other\n"))), "folder"),
        (loaded(evidence=[]), "folder"),
    ],
)
def test_name(one: Loaded, expected: str) -> None:
    assert name_of(one) == expected


def test_a_target_that_does_not_bear_its_name_alone_is_told() -> None:
    rules = compile_rules(choose([load("rmc-core")], Choice())[1], NOW)
    of = (Artifact("x.rmcc", ""),)
    first, second = (assess(loaded("web1", artifacts=of, label=label), rules) for label in ("web1", "web1 (x.rmcc)"))
    assert (first.target.id, first.notifications) == ("web1", ())
    assert second.target.id == "web1 (x.rmcc)"
    assert [(note.target, note.uri) for note in second.notifications] == [("web1 (x.rmcc)", "x.rmcc")]
    assert not {one.fingerprint for one in first.findings} & {one.fingerprint for one in second.findings}


def test_what_cannot_be_judged_has_its_label(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = judged(Failed("web1", "x.rmcc", "it is damaged", label="web1 (x.rmcc)"), ())
    monkeypatch.setattr("rmccomply.assess.verdicts", lambda *_: 1 / 0)
    crashed = judged(loaded("web1", label="web1 (x.rmcc)"), ())
    for found in (failed, crashed):
        assert [found.target.id, *(one.target for one in found.findings)] == ["web1 (x.rmcc)"] * 2
        assert [one.result for one in found.findings] == ["error"]


def test_what_cannot_be_judged_is_told_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(name: str, uri: str, says: str, artifacts: tuple[Artifact, ...] = ()) -> Assessed:
        note = Notification(f"The target could not be judged: {says}", uri, level="error", target=name)
        return Assessed(TargetCard(name, "", None, None, None, artifacts), (not_judged(name, says),), (note,))

    assert judged(Failed("web1", "x.rmcc", "it is damaged"), ()) == told("web1", "x.rmcc", "it is damaged")
    monkeypatch.setattr("rmccomply.assess.isolated", lambda _, seconds: Crash(f"it took {seconds} s"))
    of = (Artifact("x.rmcc", ""),)
    for name, label in (("web1", "web1"), ("", "folder")):
        crashed = judged(loaded(name, artifacts=of, place="x.rmcc#2"), (), seconds=7)
        assert crashed == told(label, "x.rmcc#2", "it took 7 s", of)


def test_what_is_judged_is_judged_as_the_run_says() -> None:
    item, given = loaded("web1", collected="2026-09-20T03:00:00Z"), {"web1": {"wave": "2"}}
    found = judged(item, (), given, "vios", 0, NOW)
    assert found == assess(item, (), given, "vios", NOW)
    assert (found.target.platform, found.target.labels, len(found.notifications)) == ("vios", {"wave": "2"}, 1)


@pytest.mark.parametrize("uri", ["x.rmcc", ""])
def test_a_date_to_be_looked_at_is_told_of_its_target(uri: str) -> None:
    collected = "2026-09-20T03:00:00Z"
    old = loaded("web1", collected=collected, artifacts=(Artifact(uri, ""),) if uri else ())
    says = doubt(collected, NOW)
    assert says
    assert assess(old, [], now=NOW).notifications == (Notification(says, uri, level="note", target="web1"),)
    assert assess(old, []).notifications == assess(loaded("web1", collected=NOW), [], now=NOW).notifications == ()


def test_what_was_wrong_with_evidence_is_told_of_its_target() -> None:
    rules = compile_rules(choose([load("rmc-core")], Choice())[1], NOW)
    found = assess(loaded("web1", notifications=(Notification("cut", "x", 3),)), rules)
    assert found.notifications == (Notification("cut", "x", 3, "warning", "web1"),)


def test_target_card() -> None:
    card = target_card(loaded(labels={"wave": "1", "site": "a"}), "web1", labels={"wave": "2"})
    assert (card.platform, card.type_model, card.serial, card.lpar_id) == ("aix", "9105-42A", "78A0000", 7)
    assert card.labels == {"wave": "2", "site": "a"}
    assert (card.os, card.cluster) == ("AIX 7.2", "ruled_out")
    assert target_card(loaded(evidence=without(healthy_aix(), "lssrc -a")), "x").cluster == "unknown"
    cthags = command("lssrc -a", f"{LSSRC} cthags           cthags           5439970      active\n")
    assert target_card(loaded(evidence=replaced(healthy_aix(), cthags)), "x").cluster == "present"


def test_an_identity_that_two_answers_give_differently_is_none() -> None:
    more = replaced(healthy_aix(), command("uname -L", "7 a\n"), command("uname -M", "IBM,9105-42A\n"))
    assert target_card(loaded(evidence=[*more, command("uname -L", "8 b\n")]), "x").lpar_id is None


def test_the_platform_of_the_command_line_wins() -> None:
    assert target_card(loaded(), "web1", platform="vios").platform == "vios"


def test_policy_cards_name_each_policy_and_what_it_extends_once() -> None:
    policies, chosen = choose([load("powervs-import")], Choice())
    assert [card.id for card in policy_cards(policies)] == ["powervs-import", "rmc-core"]
    both = [load("rmc-core"), *policies]
    assert [card.id for card in policy_cards(both)] == ["rmc-core", "powervs-import"]
    assert {card.uri for card in rule_cards(chosen)} == {"policies/rmc-core.toml", "policies/powervs-import.toml"}


def test_rule_cards_carry_nothing_that_can_break_a_cluster() -> None:
    _, chosen = choose([load("powervs-import")], Choice())
    for card in rule_cards(chosen):
        assert card.remediation
        assert not dangers(str(card))
        assert card.line > 1


def test_a_rule_card_says_how_sure_the_rule_is() -> None:
    chosen = choose([load("rmc-core")], Choice())[1]
    told = [card.confidence for card in rule_cards(chosen)]
    assert told == [one.loaded.rule.confidence for one in chosen]
    assert len({*told}) > 1


def test_a_rule_card_is_the_rule_as_its_policy_states_it(tmp_path: Path) -> None:
    _, chosen = choose([load(write(tmp_path, SOUND))], Choice())
    first, second = rule_cards(chosen)
    assert (first.id, first.title, first.severity, first.policy) == ("MY-VER-001", "The level", "high", "mine")
    assert (first.uri, first.line) == (chosen[0].loaded.uri, chosen[0].loaded.line)
    assert (first.rationale, first.remediation) == ("Because.", "Ask its owner.")
    assert (first.references, first.controls) == (
        (("A book", "https://example.com/book"),),
        ("nist-800-53r5:SI-2",),
    )
    assert (second.references, second.controls) == ((("A book", ""),), ())


def test_a_policy_card_names_the_file_that_was_read() -> None:
    policy = load("rmc-core")
    (card,) = policy_cards([policy])
    assert (card.title, card.version, card.uri) == (policy.title, policy.version, "policies/rmc-core.toml")
    assert card.sha256 == hashlib.sha256(policy.path.read_bytes()).hexdigest()


def test_policy_cards_go_up_to_the_last_that_is_extended() -> None:
    one = load("rmc-core")
    two, three = (one._replace(id=name) for name in ("two", "three"))
    cards = policy_cards([three._replace(parent=two._replace(parent=one))])
    assert [card.id for card in cards] == ["three", "two", "rmc-core"]


def test_a_target_has_the_labels_of_its_name_and_of_the_run() -> None:
    given = {"web1": {"wave": "2"}}
    names = ("web1", "web1 (x.rmcc)")
    found = [assess(loaded("web1", collected=NOW, label=label), [], given, "vios").target for label in names]
    assert [(card.id, card.labels, card.platform, card.collected) for card in found] == [
        (label, {"wave": "2"}, "vios", NOW) for label in names
    ]
    assert assess(loaded("other"), [], given).target.labels == {}


def test_a_target_of_no_file_is_told_of_without_one() -> None:
    found = assess(loaded("web1", evidence=[], label="web1 (x)"), [])
    says = "another target claims the name 'web1' too, so its file tells this one apart: 'web1 (x)'"
    assert found.notifications == (Notification(says, "", target="web1 (x)"),)


def test_a_platform_that_is_not_known_is_not_named() -> None:
    assert target_card(Loaded(Readings()), "web1").platform == ""
