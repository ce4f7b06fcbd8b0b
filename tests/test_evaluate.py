"""Evaluate: when a rule is judged at all, under whose settings, and what remediation a finding shows."""

from pathlib import Path
from typing import Any

import pytest

from rmccomply.evaluate import MOST_LINES, compile_rules, evaluate
from rmccomply.evidence.model import Damage, Evidence
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, ChosenRule, choose
from rmccomply.sources.reading import Readings
from rmccomply.verdict import Verdict
from tests.dangerous import dangers
from tests.hosts.building import IFCONFIG, NOW, command, file, healthy_aix, judge, replaced, without
from tests.hosts.cases import KVM, SETTLE, healthy_linux, linux_host, lssrc, units

POLICY = """\
schema = 1
id = "{id}"
title = "A policy of this test"
version = "1"
{extra}

[parameters.management]
type = "word"
default = "{management}"
values = ["hmc", "novalink", "powervs", "none", "unknown"]
doc = "How it is managed."

[[rules]]
id = "{rule}"
title = "A rule"
severity = "high"
platforms = {platforms}
{when}
check = {{ kind = "word", fact = "{fact}", is = ["{word}"] }}
rationale = "Because."
remediation = "Ask its owner."
remediation_unclustered = "Run recfgct."
references = [{{ title = "A book" }}]
"""


def written(tmp_path: Path, **given: str) -> str:
    """A policy with one rule."""
    text = {
        "id": "mine",
        "extra": "",
        "management": "unknown",
        "rule": "MY-001",
        "platforms": '["aix", "vios", "linux"]',
        "when": "",
        "fact": "subsystem.ctrmc",
        "word": "active",
        **given,
    }
    path = tmp_path / f"{text['id']}.toml"
    path.write_text(POLICY.format(**text), "utf-8")
    return str(path)


def findings(policies: list[str], evidence: list[Evidence], platform: str = "aix", **more: Any) -> list[Verdict]:
    _, chosen = choose([load(name) for name in policies], Choice())
    return list(evaluate(compile_rules(chosen, NOW, **more), Readings(evidence), platform))


def finding(policy: str, evidence: list[Evidence], platform: str = "aix") -> Verdict:
    (one,) = findings([policy], evidence, platform)
    return one


def test_an_unknown_platform_makes_every_rule_unknown() -> None:
    found = judge(
        without(healthy_aix(), "uname -a", "oslevel -s", "lslpp -Lcq rsct.*", "ifconfig -a", "lspv"), platform=""
    )
    assert {one.result for one in found.values()} == {"unknown"}
    assert {one.settle for one in found.values()} == {"uname -a"}


def test_another_platform_is_not_applicable(tmp_path: Path) -> None:
    policy = written(tmp_path, platforms='["linux"]')
    assert finding(policy, healthy_aix()).result == "not_applicable"
    assert finding(policy, healthy_linux(), "linux").result == "pass"


def test_a_platform_of_the_command_line_wins(tmp_path: Path) -> None:
    (found,) = findings([written(tmp_path, platforms='["vios"]')], healthy_aix(), platform="aix")
    assert found.result == "not_applicable"
    policies, chosen = choose([load(written(tmp_path, platforms='["vios"]'))], Choice())
    (found,) = evaluate(compile_rules(chosen, NOW, "vios"), Readings(healthy_aix()), "aix")
    assert (len(policies), found.result) == (1, "pass")


WHEN = 'when = { kind = "word", fact = "console.connected", is = ["yes"] }'


@pytest.mark.parametrize(
    ("less", "others", "expected"),
    [
        ((), [], "pass"),
        ((), [command("rmcdomainstatus -s ctrmc -a ip", "")], "not_applicable"),
        (("rmcdomainstatus -s ctrmc -a ip",), [], "unknown"),
    ],
)
def test_when(tmp_path: Path, less: tuple[str, ...], others: list[Evidence], expected: str) -> None:
    evidence = replaced(without(healthy_aix(), *less), *others)
    assert finding(written(tmp_path, when=WHEN), evidence).result == expected


def test_an_unknown_when_says_so_and_keeps_its_reason(tmp_path: Path) -> None:
    evidence = without(healthy_aix(), "rmcdomainstatus -s ctrmc -a ip")
    found = finding(written(tmp_path, when=WHEN), evidence)
    assert (found.reason, found.message.startswith("Whether the rule applies is unknown: ")) == ("not_collected", True)


def test_a_when_that_does_not_apply_drops_the_rule(tmp_path: Path) -> None:
    when = 'when = { kind = "version", fact = "host.aix_release", at_least = "7.1" }'
    assert finding(written(tmp_path, when=when), healthy_linux(), "linux").result == "not_applicable"


X86 = [command("uname -m", "x86_64\n")]


@pytest.mark.parametrize("evidence", [X86, replaced(healthy_linux()[3:], *X86), [command("uname -m", "s390x\n")]])
def test_another_machine_has_no_applicable_rule(evidence: list[Evidence]) -> None:
    found = judge(evidence, platform="linux").values()
    assert {one.result for one in found} == {"not_applicable"}
    assert len({(one.message, one.evidence) for one in found}) == 1, "one reason for all, of other platforms too"


def test_another_machine_even_where_when_is_unknown(tmp_path: Path) -> None:
    assert finding(written(tmp_path, when=WHEN), X86, "linux").result == "not_applicable"


def test_a_machine_that_contradicts_itself_is_no_other_machine() -> None:
    evidence = replaced(healthy_linux(), *X86)
    found = judge(evidence, platform="linux")
    assert found["RMC-SUB-001"].result == "pass"


GUARDED = {
    *("RMC-SUB-002", "RMC-SUB-003", "RMC-SUB-006", "RMC-IP6-001"),
    *("RMC-ID-001", "RMC-ID-002", "RMC-ID-003", "RMC-ID-005"),
    *("RMC-DOM-004", "RMC-MCP-001", "RMC-MCP-004", "RMC-AUTH-001"),
}
CLUSTERED = command("lssrc -a", "Subsystem Group PID Status\n cthags cthags 12 active\n ctrmc rsct 13 active\n")


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        (healthy_aix(), True),
        (replaced(healthy_aix(), CLUSTERED), False),
        (without(healthy_aix(), "lsrpdomain"), False),
        (without(healthy_aix(), "lspv"), False),
        ([], False),
    ],
)
@pytest.mark.parametrize("policy", ["rmc-core", "powervs-import"])
def test_what_can_break_a_cluster_is_shown_only_where_one_is_ruled_out(
    evidence: list[Evidence], shown: bool, policy: str
) -> None:
    found = judge(evidence, policy)
    assert set(found) >= GUARDED
    for rule, one in found.items():
        assert bool(dangers(one.remediation)) == (shown and rule in GUARDED)


STARTING = "rmcctrl -s"
DOWN = lssrc("ctrmc rsct inoperative", "IBM.DRM rsct_rm inoperative")
LOST = [command(line, "", 1, err="2612-022 A session could not be established.\n") for line in ("lsrpdomain", SETTLE)]


@pytest.mark.parametrize(
    ("others", "shown"),
    [
        ([DOWN, *LOST], True),
        ([DOWN, *LOST, command("lscluster -c", "Cluster Name: alphaclu\n")], False),
        ([lssrc("ctrmc rsct inoperative", "IBM.RecoveryRM rsct_rm inoperative"), *LOST], False),
        ([DOWN, *LOST, command("lspv", "", None)], False),
    ],
)
def test_rmc_is_told_to_be_started_where_it_is_down_and_no_cluster_is_seen(others: list[Evidence], shown: bool) -> None:
    one = judge(replaced(healthy_aix(), *others))["RMC-SUB-001"]
    assert (one.result, STARTING in one.remediation) == ("fail", shown)
    assert dangers(one.remediation) == []


ON = """
[rules.remediation_on]
vios = "Ask padmin."
linux = "Ask root."
ubuntu = "Ask Canonical."
"""


@pytest.mark.parametrize(
    ("evidence", "platform", "expected"),
    [
        (healthy_aix(), "aix", "Ask its owner. Run recfgct."),
        (healthy_aix(), "vios", "Ask padmin. Run recfgct."),
        (healthy_linux(), "linux", "Ask root. Run recfgct."),
        ([*linux_host(distribution="ubuntu")], "linux", "Ask Canonical."),
        ([*linux_host(distribution="sles")], "linux", "Ask root."),
        ([], "linux", "Ask root."),
    ],
)
def test_a_system_is_told_what_fits_it(tmp_path: Path, evidence: list[Evidence], platform: str, expected: str) -> None:
    policy = written(tmp_path)
    Path(policy).write_text(Path(policy).read_text("utf-8") + ON, "utf-8")
    assert judge(evidence, policy, platform)["MY-001"].remediation == expected


FOR = """
[rules.remediation_for]
"hmc" = "Ask the console."
"none" = "Ask nobody."
"""


def test_what_was_found_decides_what_is_told(tmp_path: Path) -> None:
    """Only where the rule fails: the word of a fact that passes is no fault to mend."""
    policy = written(tmp_path, fact="host.management", word="powervs", management="hmc")
    Path(policy).write_text(Path(policy).read_text("utf-8") + ON + FOR, "utf-8")
    one = judge(healthy_aix(), policy, "vios")["MY-001"]
    assert (one.result, one.remediation) == ("fail", "Ask the console. Run recfgct.")
    Path(policy).write_text(Path(policy).read_text("utf-8").replace('"powervs"] }', '"hmc"] }'), "utf-8")
    one = judge(healthy_aix(), policy, "vios")["MY-001"]
    assert (one.result, one.remediation) == ("pass", "Ask padmin. Run recfgct.")


@pytest.mark.parametrize("linux", [False, True])
def test_one_path_alone_is_told(linux: bool) -> None:
    down = lssrc("ctrmc rsct active", "IBM.MgmtDomainRM rsct_rm inoperative", "IBM.DRM rsct_rm active")
    host = healthy_linux() if linux else healthy_aix()
    for one in judge(replaced(host, down), platform="linux" if linux else "aix").values():
        own, other = ("/opt/rsct/", "/usr/sbin/rsct/") if linux else ("/usr/sbin/rsct/", "/opt/rsct/")
        if one.rule.startswith(("RMC-SUB", "RMC-ID", "RMC-MCP")) and own in one.remediation:
            assert other not in one.remediation
        assert "(VIOS" not in one.remediation
        assert not linux or "odmdelete" not in one.remediation


def test_what_comes_first_here_is_said_first() -> None:
    evidence = replaced(
        healthy_linux(), lssrc("ctrmc rsct inoperative"), units("masked", active="inactive", sub="dead")
    )
    found = judge(evidence, platform="linux")
    for rule in ("RMC-SUB-001", "RMC-SUB-006"):
        assert found[rule].remediation.startswith("First `systemctl unmask ctrmc`")
        assert "unmask" not in judge(replaced(healthy_linux(), units("disabled")), platform="linux")[rule].remediation


def test_the_safe_remediation_is_always_there(tmp_path: Path) -> None:
    policy = written(tmp_path)
    assert finding(policy, healthy_aix()).remediation == "Ask its owner. Run recfgct."
    assert finding(policy, []).remediation == "Ask its owner."


def test_each_policy_judges_under_its_own_management(tmp_path: Path) -> None:
    fact = {"fact": "host.management", "word": "hmc"}
    one = written(tmp_path, id="one", rule="ONE-001", management="hmc", **fact)
    two = written(tmp_path, id="two", rule="TWO-001", management="powervs", **fact)
    assert {one.rule: one.result for one in findings([one, two], healthy_aix())} == {
        "ONE-001": "pass",
        "TWO-001": "fail",
    }


@pytest.mark.parametrize(("max_age", "expected"), [("30m", "unknown"), ("2h", "pass")])
def test_each_policy_judges_under_its_own_max_age(tmp_path: Path, max_age: str, expected: str) -> None:
    found = finding(written(tmp_path, extra=f'max_age = "{max_age}"'), healthy_aix())
    assert (found.result, found.reason) == (expected, "stale" if expected == "unknown" else None)


def test_evidence_of_unknown_age_is_stale_under_a_max_age(tmp_path: Path) -> None:
    evidence = [item._replace(ended=None) for item in healthy_aix()]
    assert finding(written(tmp_path, extra='max_age = "365d"'), evidence).reason == "stale"


@pytest.mark.parametrize("evidence", [healthy_aix(), [], linux_host(KVM), [file("/etc/ct_node_id", "0\n")]])
def test_the_form_of_every_finding(evidence: list[Evidence]) -> None:
    for one in judge(evidence).values():
        assert (one.disposition == "active") == (one.result == "fail")
        assert (one.reason is not None) == (one.result == "unknown")
        assert one.message
        assert one.tree is not None


ADDRESSES = command("ifconfig -a", IFCONFIG.replace("inet6 fe80::9400:30ff:fe5b:7a50", "inet6 2001:db8::1"))


def outcome_and_its(found: Verdict) -> tuple[Any, ...]:
    """What a finding takes from its outcome, beside the finding's own."""
    tree = found.tree
    assert tree is not None
    assert found.message.endswith(".")
    assert (found.result, found.reason, found.message) == (tree.result, tree.reason, tree.message)
    assert (found.subject, found.expected, found.actual) == (tree.subject, tree.expected, tree.actual)
    assert (found.evidence, found.notes) == (tree.evidence, tree.notes)
    return tree.fact and tree.fact.name, tree.parts


@pytest.mark.parametrize("evidence", [healthy_aix(), [], linux_host(KVM), replaced(healthy_aix(), ADDRESSES)])
def test_a_finding_says_what_its_outcome_says(evidence: list[Evidence]) -> None:
    policy, chosen = load("powervs-import"), choose([load("powervs-import")], Choice())[1]
    rules = compile_rules(chosen, NOW)
    for one in evaluate(rules, Readings(evidence), ""):
        outcome_and_its(one)
        assert one.policy == policy.id
    severities = {one.loaded.rule.id: one.loaded.severity for one in chosen}
    assert {one.rule: one.severity for one in evaluate(rules, Readings(evidence), "")} == severities


@pytest.mark.parametrize(("count", "notes"), [(MOST_LINES, ()), (MOST_LINES + 1, ("1 more line is behind this.",))])
def test_more_lines_than_a_reader_can_use_are_counted(tmp_path: Path, count: int, notes: tuple[str, ...]) -> None:
    rows = " ctrmc rsct 5 active\n" * (count - 1) + " ctrmc rsct inoperative\n"
    evidence = replaced(healthy_aix(), command("lssrc -a", f"Subsystem Group PID Status\n{rows}"))
    one = finding(written(tmp_path), evidence)
    assert (one.notes, len(one.evidence)) == (notes, MOST_LINES)


def test_why_a_rule_is_not_judged_stands_at_the_line_that_says_so(tmp_path: Path) -> None:
    one = finding(written(tmp_path, platforms='["linux"]'), healthy_aix(), "")
    assert one.message.startswith("The rule is not for this platform: ")
    assert {place.request for place in one.evidence} == {"uname -a"}
    assert outcome_and_its(one) == ("host.platform", ())

    one = finding(written(tmp_path), [command("uname -m", "x86_64\n")], "linux")
    assert {place.request for place in one.evidence} == {"uname -m"}
    assert outcome_and_its(one) == ("host.kind", ())

    both = [command("uname -a", "AIX a 2 7 00F9C2D54C00\n"), command("uname -s", "Linux\n")]
    one = finding(written(tmp_path), both, "")
    assert (one.result, one.reason, one.settle) == ("unknown", "conflicting", "rmccomply collect ssh HOST --sudo")
    assert {place.request for place in one.evidence} == {"uname -a", "uname -s"}
    assert outcome_and_its(one) == ("host.platform", ())


@pytest.mark.parametrize("answered", [True, False])
def test_a_when_speaks_for_its_rule(tmp_path: Path, answered: bool) -> None:
    request = "rmcdomainstatus -s ctrmc -a ip"
    other = command(request, "") if answered else command(request, damage=Damage("timeout", "it did not end"))
    one = finding(written(tmp_path, when=WHEN), replaced(healthy_aix(), other))
    assert {place.request for place in one.evidence} >= {request}
    _, (when,) = outcome_and_its(one)
    assert when.fact.name == "console.connected"
    if answered:
        assert one.message == f"The rule does not apply: {when.message}"
    else:
        assert (one.result, one.reason, one.settle) == ("unknown", "timeout", request)
        assert one.tree is not None
        assert one.tree.settle == when.settle == request


def test_a_when_over_a_list_takes_every_entry(tmp_path: Path) -> None:
    when = 'when = { kind = "empty", fact = "ipv6.global_addresses" }'
    one = finding(written(tmp_path, when=when), replaced(healthy_aix(), ADDRESSES))
    assert (one.result, one.actual) == ("not_applicable", "")


def test_what_is_safe_only_without_a_cluster_needs_a_rule_that_has_it() -> None:
    found = judge(healthy_aix())
    for rule in load("rmc-core").rules:
        text = dict(rule.rule.remediation_on).get("aix", rule.rule.remediation)
        assert found[rule.rule.id].remediation.startswith(text)
        assert "None" not in found[rule.rule.id].remediation


def test_a_rule_is_judged_under_its_own_policy_whatever_that_is_called(tmp_path: Path) -> None:
    """Two policies of one id are refused for a run (`policy.select`); here neither lends the other its age."""
    chosen: list[ChosenRule] = []
    for number, extra in enumerate(("", 'max_age = "1m"')):
        (tmp_path / str(number)).mkdir()
        _, one = choose([load(written(tmp_path / str(number), rule=f"MY-00{number}", extra=extra))], Choice())
        chosen += one
    for rules in (chosen, chosen[::-1]):
        found = evaluate(compile_rules(rules, NOW), Readings(healthy_aix()), "aix")
        assert {one.rule: one.reason for one in found} == {"MY-000": None, "MY-001": "stale"}


@pytest.mark.parametrize(
    ("now", "severity", "told"),
    [
        ("2026-12-31T23:59:59Z", "info", True),
        ("2027-01-01T00:00:00Z", "high", False),
        ("", "high", False),
    ],
)
def test_before_its_day_a_fail_informs_and_names_the_day(tmp_path: Path, now: str, severity: str, told: bool) -> None:
    policy = load(written(tmp_path, when="effective = 2027-01-01"))
    rules = compile_rules(choose([policy], Choice())[1], now)
    found = evaluate(rules, Readings(replaced(healthy_aix(), lssrc("ctrmc rsct inoperative"))), "aix")
    assert [(one.result, one.severity) for one in found] == [("fail", severity)]
    day = "takes effect on 2027-01-01 (UTC): from then on a fail of it is high."
    assert found[0].message.endswith(day) == told


def test_before_its_day_what_is_no_fail_is_as_ever(tmp_path: Path) -> None:
    policy = load(written(tmp_path, when="effective = 2027-01-01"))
    rules = compile_rules(choose([policy], Choice())[1], NOW)
    for evidence, result in ((healthy_aix(), "pass"), (without(healthy_aix(), "lssrc -a"), "unknown")):
        (found,) = evaluate(rules, Readings(evidence), "aix")
        assert (found.result, found.severity) == (result, "high")
        assert "2027" not in found.message
