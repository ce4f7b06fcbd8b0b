"""Causes: each fault has its reason and no other, faults that only meet are not folded, and no want of evidence links.

What a host is expected to show is written as a person reads it: what is to be fixed first stands first, `(+X)` is the
same fault seen by another rule, `<- X` is what can be the reason.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase
from typing import Final, NamedTuple

import pytest

from rmccomply.causes import CompiledCause, compile_causes, linked
from rmccomply.evaluate import Views
from rmccomply.evidence.model import Evidence, Reference
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.finding import Finding, findings_of
from rmccomply.formats._sentences import first_of
from rmccomply.outcome import Judge, Outcome
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.sources.reading import Readings
from rmccomply.verdict import Verdict
from rmccomply.words import Result
from tests.hosts.answers import netstat_an
from tests.hosts.building import NOW, command, replaced
from tests.hosts.cases import broken
from tests.hosts.generations import HOSTS
from tests.hosts.parts import LOCAL
from tests.hosts.stories import STORIES
from tests.hosts.story_answers import Story
from tests.linking import CAUSES, JOINED, folds, linked_host, links, told
from tests.planted import FAULTS, PAIRS, hosts


class Expected(NamedTuple):
    """The problems of a host in their order, and how many unknowns wait for which of them."""

    problems: str
    blocked: dict[str, int] = {}


OLDER: Final = "VER-002"
"""What most hosts of the tests have beside their story."""

BY_STORY: Final = {
    # The injected interface is gone after another boot volume, a mksysb or a change by hand.
    "1": Expected(
        "IP6-001 | NET-001 <- IP6-001 | MCP-004 <- IP6-001 | DOM-001 (+DOM-002) <- IP6-001,MCP-004,NET-001",
        {"IP6-001": 2},
    ),
    # The link-local address is there, on an interface that is not UP.
    "2": Expected(
        "IP6-001 | NET-001 <- IP6-001 | MCP-004 <- IP6-001 | DOM-001 (+DOM-002) <- IP6-001,MCP-004,NET-001",
        {"IP6-001": 2},
    ),
    # Somebody followed the example of the page and gave the interface a global address.
    "3": Expected(
        "IP6-001 (+IP6-002) | NET-001 <- IP6-001 | MCP-004 <- IP6-001 | DOM-001 (+DOM-002) <- IP6-001,MCP-004,NET-001",
        {"IP6-001": 2},
    ),
    # A clone carries the same node ID: the console takes the one, then the other.
    "4": Expected("DOM-001 (+DOM-002, DOM-003)", {"DOM-001": 1}),
    # node_uuid of cluster0 was cloned too, so that the new node ID is the old one again.
    "5": Expected("ID-005"),
    # Installed from NIM without cloud-init: the node ID of the image stays.
    "6": Expected(""),
    # reset_rmc of cloud-init failed.
    "7": Expected("ID-005"),
    # /etc/ct_node_id was copied from another system, or /var came back from a backup.
    "8a": Expected("ID-001"),
    # The live file was changed under the running daemon.
    "8b": Expected("ID-002 | ID-001 <- ID-002"),
    # Both files are missing, and no node ID is assigned.
    "9a": Expected("ID-003 (+ID-002)"),
    # The live file is there and holds nothing but its comment.
    "9b": Expected("ID-003 | ID-002 <- ID-003", {"ID-003": 1}),
    # /var is full; the log repeats 2613-023 every five seconds.
    "10": Expected("FS-001 (+FS-003)"),
    # The console was replaced by another one with its address: RMC still names the old one.
    "11a": Expected("NET-002 | DOM-001 (+DOM-002) <- NET-002"),
    # The same after RMC was restarted: the new console has a resource of its own, the old one stays.
    "11b": Expected("DOM-002"),
    # A resource of a console that is gone stays in IBM.MCP.
    "12": Expected("MCP-003 | AUTH-004 <- MCP-003"),
    # rmcd runs without -r: it accepts no remote clients, and no console comes in.
    "13": Expected("SUB-008 | DOM-001 (+DOM-002) <- SUB-008", {"DOM-001": 1}),
    # A firewall on the way drops everything: no console has ever introduced itself.
    "14a": Expected("DOM-001 (+MCP-001) | LOG-001 <- DOM-001", {"MCP-001": 2}),
    # A firewall on the way drops what was let through before.
    "14b": Expected("NET-001 | DOM-001 (+DOM-002) <- NET-001 | LOG-001 <- DOM-001,NET-001", {"DOM-001": 1}),
    # The partition's own firewall lets nothing in.
    "14c": Expected("NET-003 | NET-002 <- NET-003 | DOM-001 (+DOM-002) <- NET-002,NET-003"),
    # TCP 657 is open on the partition's own firewall, UDP 657 is not.
    "15a": Expected("NET-003 | NET-002 <- NET-003 | DOM-001 (+DOM-002) <- NET-002,NET-003"),
    # UDP 657 is closed on the way.
    "15b": Expected("NET-002 | DOM-001 (+DOM-002) <- NET-002"),
    # Large frames do not pass: heartbeats do, the rest is suspended (X).
    "16": Expected("NET-005 | DOM-001 (+DOM-002) <- NET-005", {"DOM-001": 1}),
    # The host name changed: messages are not authenticated, and the handshake stays pending.
    "17": Expected(
        "AUTH-001 | AUTH-003 | DOM-004 <- AUTH-001,AUTH-003 | DOM-001 (+DOM-002) <- AUTH-001,AUTH-003,DOM-004",
        {"DOM-001": 1},
    ),
    # The console is connected and every dynamic operation fails: IBM.DRM does not run.
    "18": Expected("SUB-003"),
    # DynamicRM is installed, its definition of IBM.DRM is missing.
    "19": Expected("PKG-003 | SUB-003 <- PKG-003"),
    # DynamicRM was never installed.
    "20a": Expected("PKG-004 | SUB-003 <- PKG-004"),
    # src and rsct.core.utils are missing.
    "20b": Expected("PKG-001"),
    # The console gives the address to a partition that is switched off, and refuses this one.
    "21": Expected("DOM-001 (+MCP-001)", {"MCP-001": 2}),
    # Two views of the console disagree: one has the partition active, the other not.
    "22": Expected(""),
    # The partition has another address; the console keeps the old one.
    "23": Expected("MCP-004 | NET-002 <- MCP-004 | DOM-001 (+DOM-002) <- MCP-004,NET-002", {"DOM-001": 1}),
    # The console refuses the exchange of keys: its own record of this name or number is in the way.
    "24": Expected("DOM-001 (+MCP-001) | LOG-001 <- DOM-001", {"MCP-001": 2}),
    # RSCT is at a level for which fixes are named, without them.
    "25": Expected("VER-003 (+VER-002)"),
    # An old AIX lacks csm.client: nothing shakes hands with the console.
    "26": Expected("SUB-002 | DOM-001 <- SUB-002", {"DOM-001": 2, "SUB-002": 7}),
    # Several interfaces lead to the console, and answers leave by the wrong one.
    "27": Expected("NET-004"),
    # The console was restarted some minutes ago.
    "28a": Expected("NET-002 | DOM-001 (+DOM-002) <- NET-002"),
    # The partition was restarted some minutes ago.
    "28b": Expected(""),
    # The node ID files of a PowerHA node differ; recfgct would end its cluster.
    "29": Expected("ID-001"),
    # Traffic of the cluster is lost on the way, until group services end.
    "31": Expected("HA-003"),
    # lsrsrc hangs.
    "32": Expected(""),
    # The messages are in another language.
    "33": Expected(""),
    # srcmstr was disabled when cloud-init was removed, and is not there after a restart.
    "34": Expected("SUB-006", {"SUB-006": 23}),
}

BY_FAULT: Final = {
    "full": Expected("FS-001 (+FS-003)"),
    "filling": Expected("FS-003"),
    "down": Expected("SUB-001 (+SUB-002, SUB-004)", {"SUB-001": 19}),
    "no manager": Expected("SUB-002"),
    "no drm": Expected("SUB-003"),
    "no host rm": Expected("SUB-004"),
    "not at boot": Expected("SUB-006"),
    "backup id": Expected("ID-001"),
    "live id": Expected("ID-002 | ID-001 <- ID-002"),
    "no id": Expected("ID-003 (+ID-002)"),
    "no remote clients": Expected("SUB-008"),
    "fileset broken": Expected("VER-004"),
    "not trusted": Expected(""),
    "console gone": Expected("MCP-003 | AUTH-004 <- MCP-003"),
    "two interfaces": Expected("NET-004"),
    "moved": Expected("MCP-004"),
    "port name": Expected("CFG-001"),
    "restarts": Expected("LOG-002"),
    "lost": Expected("NET-002 | DOM-001 (+DOM-002) <- NET-002"),
    "filtered": Expected("NET-001 | DOM-001 (+DOM-002) <- NET-001", {"DOM-001": 1}),
    "errors": Expected(""),
    "frames": Expected("NET-005 | DOM-001 (+DOM-002) <- NET-005", {"DOM-001": 1}),
    "clone": Expected("DOM-001 (+DOM-002, DOM-003)", {"DOM-001": 1}),
    "pending": Expected("DOM-004 | DOM-001 (+DOM-002) <- DOM-004", {"DOM-001": 1}),
    "attention": Expected(""),
    "no console": Expected("DOM-001 (+MCP-001)", {"MCP-001": 2}),
    "no DynamicRM": Expected("PKG-004"),
    "no ServiceRM": Expected("PKG-004"),
    "no src": Expected("PKG-001"),
    "no drm on linux": Expected("SUB-003"),
    "no definition": Expected(""),
    "disabled": Expected("SUB-006"),
    "linux down": Expected("SUB-001 (+SUB-002, SUB-004)", {"SUB-001": 19}),
    "linux live id": Expected("ID-002 | ID-001 <- ID-002"),
    "linux lost": Expected("NET-002 | DOM-001 (+DOM-002) <- NET-002"),
}


def of_story(story: Story) -> list[Finding]:
    host = HOSTS[story.host]
    return linked_host(replaced(host.evidence, *story.others), host.platform)


def of_faults(*names: str) -> list[Finding]:
    return linked_host(*hosts(*(FAULTS[name] for name in names)))


def seen(found: list[Finding]) -> Expected:
    """What a host shows, in the words of the tables."""
    rule = {one.fingerprint: one.rule.removeprefix("RMC-") for one in found}
    waiting = Counter(rule[one.blocked_by[0]] for one in found if one.blocked_by)
    return Expected(" | ".join(line for line in told(found) if line != OLDER), dict(waiting))


def _numbered() -> Iterator[tuple[str, Story]]:
    """The stories by their numbers; of several ends of one, with a letter."""
    ends = Counter(story.number for story in STORIES)
    told_of: Counter[int] = Counter()
    for story in STORIES:
        letter = ascii_lowercase[told_of[story.number]] if ends[story.number] > 1 else ""
        told_of[story.number] += 1
        yield f"{story.number}{letter}", story


NUMBERED: Final = dict(_numbered())
EACH: Final = pytest.mark.parametrize("number", NUMBERED)


def test_every_story_and_every_fault_has_its_line() -> None:
    assert NUMBERED.keys() == BY_STORY.keys()
    assert FAULTS.keys() == BY_FAULT.keys()


@EACH
def test_a_story_shows_its_reason_and_no_other(number: str) -> None:
    assert seen(of_story(NUMBERED[number])) == BY_STORY[number]


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_shows_its_reason_and_no_other(name: str) -> None:
    assert seen(of_faults(name)) == BY_FAULT[name]


@pytest.mark.parametrize("name", HOSTS)
def test_a_healthy_host_has_nothing_to_explain(name: str) -> None:
    found = linked_host(HOSTS[name].evidence, HOSTS[name].platform)
    assert (links(found), [one.rule for one in found if one.blocked_by]) == (set(), [])


def fails_of(found: list[Finding]) -> dict[str, str]:
    """The fails by their fingerprints, with the rule of each."""
    return {one.fingerprint: one.rule for one in found if one.result == "fail"}


def test_faults_that_meet_are_never_folded_and_linked_only_where_the_table_joins_them() -> None:
    """All pairs on one host: what is folded was folded in one of the two alone, or what is folded is new with both."""
    wrong = []
    alone = {name: of_faults(name) for name in FAULTS}
    joined = 0
    for one, other in PAIRS:
        both = of_faults(one, other)
        before = fails_of(alone[one]) | fails_of(alone[other])
        rule = fails_of(both)
        new = [
            (rule[effect], rule[why])
            for effect, why, covers in links(both)
            if covers and {effect, why} <= before.keys()
        ]
        known = folds(alone[one]) | folds(alone[other])
        wrong += [(one, other, pair) for pair in new if pair not in known]
        wrong += [
            (one, other, pair) for effect, why, _ in links(both) if (pair := (rule[why], rule[effect])) not in JOINED
        ]
        joined += len(links(both) - links(alone[one]) - links(alone[other]))
    assert wrong == []
    assert len(PAIRS) > 250
    assert joined > 60


@pytest.mark.parametrize(
    ("faults", "problems"),
    [
        (("full", "down"), "FS-001 (+FS-003) | SUB-001 (+SUB-002, SUB-004) <- FS-001"),
        (("full", "down", "backup id"), "FS-001 (+FS-003) | SUB-001 (+SUB-002, SUB-004) <- FS-001 | ID-001"),
        (("filling", "down"), "SUB-001 (+SUB-002, SUB-004) | FS-003"),
        (("not at boot", "down"), "SUB-006 | SUB-001 (+SUB-002, SUB-004) <- SUB-006"),
        (("no id", "down"), "ID-003 (+ID-002) | SUB-001 (+SUB-002, SUB-004) <- ID-002,ID-003"),
        (("no manager", "full"), "FS-001 (+FS-003) | SUB-002 <- FS-001"),
        (("no manager", "lost"), "SUB-002 | NET-002 | DOM-001 (+DOM-002) <- NET-002,SUB-002"),
        (("no definition", "no drm on linux"), "PKG-003 | SUB-003 <- PKG-003"),
        (("no ServiceRM", "no drm on linux"), "SUB-003 | PKG-004"),
        (("no DynamicRM", "no drm on linux"), "PKG-004 | SUB-003 <- PKG-004"),
        (("attention", "pending"), "AUTH-003 | DOM-004 <- AUTH-003 | DOM-001 (+DOM-002) <- AUTH-003,DOM-004"),
        (("attention", "lost"), "NET-002 | DOM-001 (+DOM-002) <- NET-002 | AUTH-003"),
        (("errors", "filtered"), "NET-001 | DOM-001 (+DOM-002) <- NET-001 | LOG-001 <- DOM-001,NET-001"),
        (("backup id", "clone"), "ID-001 | DOM-001 (+DOM-002, DOM-003) <- ID-001"),
        (("backup id", "port name"), "ID-001 | CFG-001"),
        (("full", "backup id"), "ID-001 | FS-001 (+FS-003)"),
    ],
)
def test_faults_planted_together_stand_in_the_order_of_their_fixing(faults: tuple[str, ...], problems: str) -> None:
    assert seen(of_faults(*faults)).problems == problems


def test_a_log_is_the_reason_of_nothing() -> None:
    """It tells what was tried and failed, so that whoever reads its line first looks at the wrong end."""
    assert [cause.of for cause in CAUSES if cause.rule == "RMC-LOG-001"] == []


def test_a_translated_address_can_be_why_a_console_has_another_one() -> None:
    host = HOSTS["aix-7.2-tl4"]
    evidence = replaced(host.evidence, *FAULTS["moved"].others, netstat_an(LOCAL, "192.0.2.77"))
    assert seen(linked_host(evidence, host.platform)).problems == "NET-006 | MCP-004 <- NET-006"


def test_a_page_tells_that_enabling_starts_nothing() -> None:
    """Its unknowns are behind a daemon that does not run now."""
    (rule,) = (one.rule for one in load("rmc-core").rules if one.rule.id == "RMC-SUB-006")
    assert any("starts nothing" in line for line in first_of(rule.remediation_on["linux"]))


def test_a_full_file_system_can_be_why_group_services_ended() -> None:
    """They write under /var/ct as well."""
    story = NUMBERED["31"]
    host = HOSTS[story.host]
    evidence = replaced(host.evidence, *story.others, *FAULTS["full"].others)
    assert seen(linked_host(evidence, host.platform)).problems == "FS-001 (+FS-003) | HA-003 <- FS-001"


@pytest.mark.parametrize(("word", "first"), [("stopping", "List the subsystems again"), ("", "Check that RSCT")])
def test_ctrmc_that_cannot_be_started_yet_is_not_told_to_be_started_first(word: str, first: str) -> None:
    """It is still stopping, or SRC does not know it at all."""
    host = HOSTS["aix-7.2-tl4"]
    found = next(item for item in host.evidence if item.request == "lssrc -a")
    lines = [one for one in found.out.lines if one.split()[:1] != ["ctrmc"]]
    row = [f" ctrmc            rsct             5439966      {word}"] if word else []
    shown = linked_host(replaced(host.evidence, command("lssrc -a", "\n".join([*lines, *row]) + "\n")), "aix")
    (fail,) = (one for one in shown if one.rule == "RMC-SUB-001")
    assert (fail.result, fail.remediation.startswith(first)) == ("fail", True)


def cut(item: Evidence) -> Iterator[Evidence]:
    """An answer without its end, without its second half, and without any of it."""
    lines = item.out.lines
    for kept in sorted({len(lines) - 1, len(lines) // 2} - {0, -1}):
        yield broken(item._replace(out=item.out._replace(lines=lines[:kept])), "truncated", partial=True)
    yield broken(item._replace(out=item.out._replace(lines=())), "timeout")


def less(evidence: list[Evidence]) -> Iterator[tuple[str, list[Evidence]]]:
    """The evidence without each of its answers, and with each of them cut."""
    for at, item in enumerate(evidence):
        yield f"without {item.request}", [*evidence[:at], *evidence[at + 1 :]]
        for shorter in cut(item):
            yield f"{shorter.damage} {item.request}", [*evidence[:at], shorter, *evidence[at + 1 :]]


def made_by_less(evidence: list[Evidence], platform: str) -> list[tuple[str, str, str]]:
    """Links that come of evidence that is taken away, between fails that were there before."""
    before = linked_host(evidence, platform)
    fails, known = fails_of(before), {link[:2] for link in links(before)}
    return [
        (how, fails[why], fails[effect])
        for how, shorter in less(evidence)
        for effect, why, _ in links(linked_host(shorter, platform))
        if {effect, why} <= fails.keys() and (effect, why) not in known
    ]


@pytest.mark.parametrize(
    "faults", [("full", "down"), ("errors", "filtered"), ("no manager", "lost"), ("no id", "down")]
)
def test_taking_evidence_away_makes_no_cause(faults: tuple[str, ...]) -> None:
    assert made_by_less(*hosts(*(FAULTS[name] for name in faults))) == []


@pytest.mark.exhaustive
@EACH
def test_taking_evidence_away_from_a_story_makes_no_cause(number: str) -> None:
    story = NUMBERED[number]
    host = HOSTS[story.host]
    assert made_by_less(replaced(host.evidence, *story.others), host.platform) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_taking_evidence_away_from_a_pair_of_faults_makes_no_cause(one: str, other: str) -> None:
    assert made_by_less(*hosts(FAULTS[one], FAULTS[other])) == []


POLICY: Final = """\
schema = 1
id = "ours"
title = "Ours"
version = "1"
extends = "rmc-core"

[[causes]]
rule = "RMC-CFG-001"
of = ["RMC-ID-001"]
{more}
says = "It can be the reason."
"""


def ours(folder: Path, more: str = "", *policies: str, select: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The causes of a run with a policy of one's own that are not shipped, as rules."""
    (folder / "ours.toml").write_text(POLICY.format(more=more), "utf-8")
    names = (*policies, str(folder / "ours.toml"))
    _, chosen = choose([load(name) for name in names], Choice(select=select))
    return [(one.rule, one.of) for one in compile_causes(chosen, NOW) if (one.rule, one.of) not in JOINED]


def test_a_policy_joins_rules_that_it_inherits(tmp_path: Path) -> None:
    assert ours(tmp_path) == [("RMC-CFG-001", "RMC-ID-001")]


def test_it_does_so_beside_the_policy_that_it_extends_and_says_nothing_twice(tmp_path: Path) -> None:
    assert ours(tmp_path, "", "rmc-core") == [("RMC-CFG-001", "RMC-ID-001")]
    (tmp_path / "ours.toml").write_text(POLICY.format(more=""), "utf-8")
    _, chosen = choose([load("rmc-core"), load(str(tmp_path / "ours.toml"))], Choice())
    assert len(compile_causes(chosen, NOW)) == len(CAUSES) + 1


def test_both_rules_have_to_be_judged(tmp_path: Path) -> None:
    assert ours(tmp_path, select=("RMC-ID", "RMC-CFG")) == [("RMC-CFG-001", "RMC-ID-001")]
    assert ours(tmp_path, select=("RMC-ID",)) == []


def place(line: int) -> Reference:
    return Reference("a.rmcc", line, line, "text", "lssrc -a", 0, None)


def fail(rule: str, subject: str = "", *lines: int) -> Finding:
    verdict = Verdict(rule, "mine", "high", "fail", "It fails.", subject=subject, evidence=tuple(map(place, lines)))
    return next(findings_of([verdict], "lpar1"))


def unknown(rule: str, first: str) -> Finding:
    return next(findings_of([Verdict(rule, "mine", "high", "unknown", "Unknown.", "failed", first=first)], "lpar1"))


SETTINGS: Final = FactSettings()
PLAIN: Final = CompiledCause("A-1", "B-1", None, False, False, frozenset(), frozenset(), "A can be.", SETTINGS)


def explained(
    findings: list[Finding], *causes: CompiledCause, views: Views | None = None
) -> list[tuple[str, str, bool]]:
    """Effect, reason and whether it covers it, by rule and subject."""
    found = linked(findings, causes, views or {})
    name = {one.fingerprint: f"{one.rule}{one.subject}" for one in found}
    return [
        (name[one.fingerprint], name[why.fingerprint], one.covered_by == why.fingerprint)
        for one in found
        for why in one.caused_by
    ]


def test_a_cause_links_all_fails_of_both_rules() -> None:
    fails = [fail("A-1", "x"), fail("A-1", "y"), fail("B-1")]
    assert explained(fails, PLAIN) == [("B-1", "A-1x", False), ("B-1", "A-1y", False)]
    assert explained(fails, PLAIN._replace(certain=True)) == [("B-1", "A-1x", True), ("B-1", "A-1y", False)]


def test_subjects_narrow_both_ends() -> None:
    fails = [fail("A-1", "x"), fail("A-1", "y"), fail("B-1", "p"), fail("B-1", "q")]
    assert explained(fails, PLAIN._replace(subjects=frozenset({"y"}), of_subjects=frozenset({"p"}))) == [
        ("B-1p", "A-1y", False)
    ]


def test_a_line_in_common_is_the_same_line_of_the_same_file() -> None:
    same = PLAIN._replace(same_line=True)
    assert explained([fail("A-1", "", 4, 5), fail("B-1", "", 5, 9)], same) == [("B-1", "A-1", False)]
    assert explained([fail("A-1", "", 4), fail("B-1", "", 5)], same) == []
    assert explained([fail("A-1"), fail("B-1")], same) == []


def saying(result: Result) -> Judge:
    return lambda facts: (Outcome(result, "It is so."),)


def test_a_condition_has_to_pass_on_facts_at_hand() -> None:
    found = [fail("A-1"), fail("B-1")]
    assert explained(found, PLAIN._replace(when=saying("pass")), views={SETTINGS: Facts(Readings())}) != []
    not_passed: tuple[Result, ...] = ("fail", "not_applicable")
    for result in not_passed:
        assert explained(found, PLAIN._replace(when=saying(result)), views={SETTINGS: Facts(Readings())}) == []
    unsure = PLAIN._replace(when=lambda facts: (Outcome("unknown", "Nobody knows.", "denied"),))
    assert explained(found, unsure, views={SETTINGS: Facts(Readings())}) == []
    assert explained(found, PLAIN._replace(when=saying("pass"))) == []


def test_what_passes_is_no_reason_and_has_none() -> None:
    passed = next(findings_of([Verdict("A-1", "mine", "high", "pass", "Good.")], "lpar1"))
    assert explained([passed, fail("B-1")], PLAIN) == []
    assert explained([fail("A-1"), unknown("B-1", "")], PLAIN) == []


def test_an_unknown_is_blocked_by_the_fails_of_the_rule_that_comes_first_and_by_no_other() -> None:
    fails = [fail("A-1", "x"), fail("A-1", "y")]
    *_, blocked = linked([*fails, unknown("C-1", "A-1")], (), {})
    assert blocked.blocked_by == tuple(one.fingerprint for one in fails)
    *_, free = linked([*fails, unknown("C-1", "D-1")], (), {})
    assert free.blocked_by == ()


def test_results_and_order_stay() -> None:
    found = [fail("B-1"), unknown("C-1", "A-1"), fail("A-1")]
    after = linked(found, (PLAIN,), {})
    assert [one.verdict for one in after] == [one.verdict for one in found]
