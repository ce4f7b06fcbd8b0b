"""image-gate: what its rules say of each value of their facts, and in what a mounted root differs from what runs."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from rmccomply.assess import assess
from rmccomply.evaluate import compile_rules, verdicts, views
from rmccomply.evidence.model import Evidence
from rmccomply.facts import gather
from rmccomply.facts.catalogue import FACTS
from rmccomply.facts.gather import Facts
from rmccomply.facts.model import Fact, FactValue, Item, known, not_applicable, unknown
from rmccomply.finding import Finding
from rmccomply.inputs.loaded import Loaded
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.sources.reading import Readings
from rmccomply.verdict import Verdict
from rmccomply.words import Image
from tests.hosts.building import NOW, judge, replaced
from tests.hosts.consoles import whole_aix, whole_linux, whole_vios
from tests.hosts.generations import HOSTS
from tests.hosts.image_files import of
from tests.hosts.stories import STORIES
from tests.policies import cloud_cases, image_cases

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "images.md").read_text("utf-8")
LISTED = set(re.findall(r"^\| \[(RMC-[A-Z0-9]+-\d+)\]", PAGE, re.MULTILINE))
"""The rules that a mounted root answers otherwise than the same system that runs, and those of the first boot."""
FIRST_BOOT = {one.rule.id for one in load("rmc-core").rules if one.rule.needs == "first_boot"}
RUNNING = {
    platform: {
        one.rule.id
        for one in load("rmc-core").rules
        if one.rule.needs == "running" and platform in (one.rule.needs_on or one.rule.platforms)
    }
    for platform in ("aix", "vios", "linux")
}
Value = FactValue | None
LINE = Item("caa", "It is there.", ())
derivation = gather._derivation


def found(
    readings: Readings, platform: str, image: Image | None, policy: str = "image-gate", **parameters: str
) -> dict[str, list[Finding]]:
    _, chosen = choose([load(policy)], Choice(parameters=parameters))
    loaded = Loaded(readings, name="lpar1", platform=platform, image=image)
    rules: dict[str, list[Finding]] = {}
    for one in assess(loaded, compile_rules(chosen, NOW)).findings:
        rules.setdefault(one.rule, []).append(one)
    return rules


def told(findings: Iterable[Finding | Verdict]) -> list[tuple[object, ...]]:
    return [(one.result, one.reason, one.severity, one.subject, one.message) for one in findings]


def both(evidence: list[Evidence], platform: str, policy: str = "image-gate") -> list[dict[str, list[Verdict]]]:
    """The verdicts on the same facts, of a running system and of a mounted root."""
    _, chosen = choose([load(policy)], Choice())
    rules = compile_rules(chosen, NOW)
    running = views(rules, Readings(evidence), platform, "running")
    mounted = views(rules, Readings(evidence), platform, "mounted_root")
    for settings, facts in mounted.items():
        same = {name: running[settings].fact(name) for name in FACTS if name != "image.mode"}
        facts._facts.update(same)
    told: list[dict[str, list[Verdict]]] = []
    for seen in (running, mounted):
        told.append({})
        for one in verdicts(rules, seen):
            told[-1].setdefault(one.rule, []).append(one)
    return told


EVERY = [
    *((f"generation {name}", host.platform, host.evidence) for name, host in HOSTS.items()),
    *(
        (f"story {one.number} {number}", HOSTS[one.host].platform, replaced(HOSTS[one.host].evidence, *one.others))
        for number, one in enumerate(STORIES)
    ),
]


@pytest.mark.parametrize(("platform", "evidence"), [pytest.param(*one[1:], id=one[0]) for one in EVERY])
def test_a_root_and_the_running_system_differ_in_the_rules_of_the_page_alone(
    platform: str, evidence: list[Evidence]
) -> None:
    running, mounted = both(evidence, platform)
    other = {rule for rule in running if told(running[rule]) != told(mounted[rule])}
    assert other <= LISTED & (RUNNING[platform] | {"RMC-IMG-005"})
    assert {rule for rule in RUNNING[platform] if mounted[rule][0].result != "not_applicable"} == set()


def test_a_need_of_some_platforms_leaves_the_others_judged() -> None:
    results = {platform: both(whole(), platform)[1]["RMC-NET-003"][0].result for platform, whole in WHOLE.items()}
    assert results == {"aix": "not_applicable", "vios": "not_applicable", "linux": "pass"}


@pytest.mark.parametrize("image", ["running", "mounted_root", None])
def test_the_first_boot_is_still_to_come_for_every_image(image: Image | None) -> None:
    rules = found(Readings(whole_aix()), "aix", image)
    assert {rules[rule][0].message for rule in FIRST_BOOT} == {"The first boot of this image is still to come."}
    assert {rules[rule][0].result for rule in FIRST_BOOT} == {"not_applicable"}


@pytest.mark.parametrize("image", ["running", "mounted_root"])
def test_where_no_rule_asks_for_a_first_boot_that_renews_it_the_node_id_is_judged(image: Image) -> None:
    """Virtual I/O Servers have no RMC-IMG-001."""
    rules = found(Readings(whole_vios()), "vios", image)
    assert "RMC-IMG-001" not in rules or rules["RMC-IMG-001"][0].result == "not_applicable"
    assert [rules[rule][0].result for rule in ("RMC-ID-001", "RMC-ID-003")] == ["pass", "pass"]


@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
def test_under_other_policies_a_root_is_judged_as_ever(policy: str) -> None:
    running, mounted = both(whole_aix(), "aix", policy)
    assert {rule: told(one) for rule, one in running.items()} == {rule: told(one) for rule, one in mounted.items()}
    assert {mounted[rule][0].result for rule in FIRST_BOOT} == {"pass", "not_applicable"}


def test_evidence_that_tells_no_image_is_judged_as_a_running_system() -> None:
    rules = found(Readings(whole_linux()), "linux", None)
    assert rules["RMC-SUB-001"][0].result == "pass"


def test_what_a_root_cannot_answer_says_why() -> None:
    (one,) = found(Readings(whole_vios()), "vios", "mounted_root")["RMC-SUB-001"]
    assert one.message == (
        "Only a running system can answer this. The evidence is of the root of an image that was mounted, not of a "
        "running system."
    )


def fact_of(name: str, value: Value) -> Fact:
    if value is None:
        return not_applicable(name, "It has none.")
    if value == "?":
        return unknown(name, "denied", "It is unknown.", settle="cat x")
    return known(name, value, f"It is {value}.")


IDENTITY, RESET, SITE = "image.identity", "image.reset", "image.site_identity"
DATA, TRACES, IPV6, STATE = "image.cluster_data", "image.cluster_traces", "image.ipv6", "image.cloud_state"
SHARED, GHOST, CLOUD = "image.shared_node_id", "image.ghostdev", "image.clouddev"
CASES: list[tuple[str, str, dict[str, Value], str]] = [
    # platform, rule, facts, result with the severity of a fail or an unknown
    ("linux", "RMC-IMG-001", {IDENTITY: "reset_fails"}, "fail critical"),
    ("aix", "RMC-IMG-001", {IDENTITY: "copied"}, "fail critical"),
    ("aix", "RMC-IMG-001", {IDENTITY: "fresh"}, "pass"),
    ("aix", "RMC-IMG-001", {IDENTITY: "?"}, "unknown critical"),
    ("vios", "RMC-IMG-001", {IDENTITY: "copied"}, "not_applicable"),
    ("linux", "RMC-IMG-002", {RESET: "none", SITE: (LINE,)}, "fail high"),
    ("linux", "RMC-IMG-002", {RESET: "none", SITE: ()}, "pass"),
    ("linux", "RMC-IMG-002", {RESET: "none", SITE: "?"}, "unknown high"),
    ("linux", "RMC-IMG-002", {RESET: "?", SITE: ()}, "unknown high"),
    ("aix", "RMC-IMG-002", {RESET: "cloud_init", SITE: (LINE,)}, "not_applicable"),
    ("aix", "RMC-IMG-002", {RESET: "first_boot", SITE: "?"}, "not_applicable"),
    ("aix", "RMC-IMG-003", {DATA: (), TRACES: ()}, "pass"),
    ("linux", "RMC-IMG-003", {DATA: (), TRACES: None}, "pass"),
    ("vios", "RMC-IMG-003", {DATA: (LINE,), TRACES: ()}, "fail critical"),
    ("aix", "RMC-IMG-003", {DATA: (LINE,), TRACES: (LINE,)}, "fail critical"),
    ("aix", "RMC-IMG-003", {DATA: (), TRACES: (LINE,)}, "fail info"),
    ("aix", "RMC-IMG-003", {DATA: (), TRACES: "?"}, "unknown info"),
    ("aix", "RMC-IMG-003", {DATA: "?", TRACES: (LINE,)}, "fail critical"),
    ("aix", "RMC-IMG-003", {DATA: "?", TRACES: ()}, "unknown critical"),
    ("linux", "RMC-IMG-004", {IPV6: "disabled"}, "fail critical"),
    ("linux", "RMC-IMG-004", {IPV6: "enabled"}, "pass"),
    ("linux", "RMC-IMG-004", {IPV6: "?"}, "unknown critical"),
    ("linux", "RMC-IMG-005", {STATE: "left", "image.mode": "mounted_root"}, "fail low"),
    ("linux", "RMC-IMG-005", {STATE: "left", "image.mode": "running"}, "fail info"),
    ("linux", "RMC-IMG-005", {STATE: "left", "image.mode": "?"}, "fail low"),
    ("aix", "RMC-IMG-005", {STATE: "?", "image.mode": "running"}, "unknown info"),
    ("aix", "RMC-IMG-005", {STATE: "clean", "image.mode": "running"}, "pass"),
    ("linux", "RMC-IMG-006", {SHARED: (LINE,)}, "fail critical"),
    ("vios", "RMC-IMG-006", {SHARED: ()}, "pass"),
    ("linux", "RMC-IMG-006", {SHARED: "?"}, "unknown critical"),
    ("linux", "RMC-IMG-006", {SHARED: None}, "not_applicable"),
    ("aix", "RMC-IMG-007", {GHOST: 0, CLOUD: 1}, "pass"),
    ("aix", "RMC-IMG-007", {GHOST: 1, CLOUD: 1}, "fail info"),
    ("aix", "RMC-IMG-007", {GHOST: 0, CLOUD: 0}, "fail info"),
    ("aix", "RMC-IMG-007", {GHOST: 1, CLOUD: 0}, "fail info"),
    ("aix", "RMC-IMG-007", {GHOST: "?", CLOUD: 1}, "unknown info"),
    ("linux", "RMC-IMG-007", {GHOST: 1, CLOUD: 1}, "not_applicable"),
]
WHOLE = {"aix": whole_aix, "vios": whole_vios, "linux": whole_linux}


@pytest.mark.parametrize(("platform", "rule", "facts", "expected"), CASES)
def test_results(
    platform: str, rule: str, facts: dict[str, Value], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        gather,
        "_derivation",
        lambda name: (lambda _: fact_of(name, facts[name])) if name in facts else derivation(name),
    )
    (one,) = found(Readings(WHOLE[platform]()), platform, "mounted_root")[rule]
    weighs = one.result in ("fail", "unknown")
    assert f"{one.result} {one.severity}" == expected if weighs else one.result == expected
    lowered = expected in ("fail info", "unknown info") and rule != "RMC-IMG-007"
    assert lowered == any(note.startswith("It only informs here: ") for note in one.notes)


def test_the_table_has_every_rule_in_every_result() -> None:
    own = {one.rule.id for one in load("image-gate").rules} - {one.rule.id for one in load("powervs-import").rules}
    for result in ("pass", "fail", "unknown"):
        assert {rule for _, rule, _, expected in CASES if expected.split()[0] == result} == own
    assert own == {f"RMC-IMG-00{number}" for number in range(1, 8)}


@pytest.mark.parametrize("route", ["powervs-mksysb", "nim", "ova", "lpm", "new-hmc", ""])
def test_on_the_way_of_a_mksysb_the_node_id_is_set_later(route: str, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = known(IDENTITY, "copied", "Nothing resets it.")
    monkeypatch.setattr(
        gather, "_derivation", lambda name: (lambda _: copied) if name == IDENTITY else derivation(name)
    )
    more = {"route": route} if route else {}
    (one,) = found(Readings(whole_aix()), "aix", "mounted_root", **more)["RMC-IMG-001"]
    assert one.result == ("not_applicable" if route == "powervs-mksysb" else "fail")
    level = replaced(whole_aix(), *cloud_cases.HOSTS["aix"]()[-2:])
    assert judge(level, "image-gate", **more)["RMC-VER-007"].result == (
        "pass" if route == "powervs-mksysb" else "not_applicable"
    )


def test_one_list_of_routes_is_declared_and_pages_take_it_from_there() -> None:
    declared = {
        name: one
        for policy in map(load, ("rmc-core", "powervs-import", "image-gate"))
        for name, one in policy.parameters.items()
    }
    values = declared["route"].values or []
    assert values == ["powervs-mksysb", "nim", "ova", "lpm", "new-hmc"]
    assert load("powervs-import").values["route"] is None
    page = (Path(__file__).parents[2] / "docs" / "reference" / "policies" / "image-gate.md").read_text("utf-8")
    assert f"One of: {', '.join(f'`{word}`' for word in values)}." in page


def test_no_other_system_is_asked_of_a_run_without_it() -> None:
    assert Facts(Readings(whole_aix()), "aix").fact(SHARED).state == "not_applicable"


@pytest.mark.parametrize("way", ["IW", "3406259031"])
def test_what_a_reset_would_clear_waits_for_the_reset(way: str) -> None:
    """RMC was used where the image was built: which consoles it knew only RMC could say, and nobody has to ask it."""
    rules = found(
        Readings(of(image_cases.NO_RESET.evidence(), image_cases.folders("cfg", way))), "linux", "mounted_root"
    )
    (identity,), (site,) = rules["RMC-IMG-001"], rules["RMC-IMG-002"]
    assert (identity.result, site.result, site.step, site.first) == ("fail", "unknown", "fix_first", "RMC-IMG-001")
    assert "ssh" not in site.advice
    assert identity.remediation.startswith("Mend what keeps the first boot from renewing the node ID: no list of ")


def test_a_mounted_root_is_not_collected_by_ssh() -> None:
    """Also where its bundle has nothing of `uname`."""
    rules = found(Readings(image_cases.GOOD.evidence()[:1]), "linux", "mounted_root")
    advice = [one.advice for findings in rules.values() for one in findings if one.result == "unknown"]
    assert advice
    assert not [one for one in advice if "ssh" in one]
