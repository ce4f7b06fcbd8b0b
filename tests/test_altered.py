"""One altered value in a capture: the verdict stays, or is what the new value deserves, or becomes unknown.

A capture has no checksum and no exit status, so nothing tells that it was altered. What can be promised is that a
verdict is borne by the text as it stands: every line that it cites is there, and means what the verdict says.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmccomply.assess import assess
from rmccomply.evaluate import CompiledRule, compile_rules
from rmccomply.evidence.model import Evidence, Reference
from rmccomply.evidence.redact import redact
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.facts.model import Fact
from rmccomply.finding import Finding
from rmccomply.inputs.read import Loaded, load_inputs
from rmccomply.outcome import Outcome
from rmccomply.policy.load import load
from rmccomply.policy.select import Choice, choose
from rmccomply.sources.reading import Read, Readings
from tests.alterations import alterations
from tests.deserved import Text, bears_out, plain
from tests.hosts.building import LSSRC, NOW, command, replaced, status, stream
from tests.hosts.consoles import NODE_ID, TAIL, consoles, log, resource, vhbac, whole_aix, whole_linux, whole_vios
from tests.hosts.generations import HOSTS
from tests.hosts.partitions import SYSTEMS, Partition, partitions

Findings = dict[str, tuple[Finding, ...]]
Lines = tuple[str, ...]
QUICK = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
WHOLE = {"aix": whole_aix, "vios": whole_vios, "linux": whole_linux}


@cache
def rules() -> tuple[CompiledRule, ...]:
    _, chosen = choose([load("rmc-core")], Choice())
    return compile_rules(chosen, NOW)


def judged(captures: Iterable[Evidence], platform: str) -> Findings:
    """All findings of these captures by rule."""
    found: dict[str, tuple[Finding, ...]] = {}
    for one in assess(Loaded(Readings(captures), "lpar1", platform=platform), rules()).findings:
        found[one.rule] = (*found.get(one.rule, ()), one)
    return found


def captured(evidence: Iterable[Evidence]) -> list[Evidence]:
    """What people save of these answers with `> FILE 2>&1`: text alone, and nothing of a file that is not there."""
    texts = [(item, "\n".join((*item.out.lines, *item.err.lines))) for item in evidence if item.state == "exit"]
    return [_capture(item, f"{number}.txt", text) for number, (item, text) in enumerate(texts) if text.strip()]


def _capture(item: Evidence, uri: str, text: str) -> Evidence:
    return Evidence(item.kind, item.argv, uri, out=stream(text, 1))


class Host(NamedTuple):
    """What somebody saved of a partition."""

    platform: str
    captures: list[Evidence]

    def __repr__(self) -> str:
        return f"{self.platform} with {', '.join(item.request for item in self.captures)}"


@st.composite
def hosts(draw: st.DrawFn, platform: str) -> Host:
    """The captures of a healthy partition with up to two answers otherwise; or of any partition."""
    if draw(st.integers(0, 3)) == 0:
        partition: Partition = draw(partitions())
        return Host(partition.platform, captured(partition.evidence))
    others = [item for variants in SYSTEMS[platform].values() for item in variants]
    some = draw(st.lists(st.sampled_from(range(len(others))), max_size=2))
    return Host(platform, captured(replaced(WHOLE[platform](), *(others[number] for number in some))))


@pytest.mark.exhaustive
@pytest.mark.parametrize("platform", sorted(SYSTEMS))
@QUICK
@given(data=st.data())
def test_a_verdict_on_an_altered_capture_is_borne_by_its_text(platform: str, data: st.DataObject) -> None:
    host = data.draw(hosts(platform), label="host")
    before = judged(host.captures, host.platform)
    for _ in range(min(5, len(host.captures))):
        new, uri = altered(host.captures, data)
        after = judged(new, host.platform)
        assert unborne(after, new) == []
        assert unearned(before, after, uri) == []


def altered(captures: list[Evidence], data: st.DataObject) -> tuple[list[Evidence], str]:
    """The captures with one alteration in one of them, and its uri."""
    at = data.draw(st.integers(0, len(captures) - 1))
    item = captures[at]
    text = data.draw(alterations("\n".join(item.out.lines)), label=item.request)
    return [*captures[:at], _capture(item, item.uri, text), *captures[at + 1 :]], item.uri


_LAST = ("IBM.MgmtDomainRM", "ctcas")
IN_ORDER = command(
    "lssrc -a", "".join(sorted(LSSRC.splitlines(keepends=True), key=lambda row: [name in row for name in _LAST[::-1]]))
)
"""What runs, and behind it what does not, as lssrc prints it."""
DOMAIN, CONSOLES = "rmcdomainstatus -s ctrmc -a ip", "lsrsrc IBM.MCP"
OTHER: dict[str, tuple[list[str], list[dict[str, str]]]] = {
    "the entry of a replaced console": (["I A"], [{}, {"address": "10.9.8.99"}]),
    "another console is down": (["I A", "O B"], [{}, {"address": "10.9.8.99"}]),
    "a console is suspended": (["I A", "Z A"], [{}]),
    "messages to another wait": (["I A", "I R"], [{}, {"address": "10.9.8.99"}]),
    "a console of another card": (["I A"], [{}, {"address": "10.9.8.99", "local": "10.7.7.7"}]),
    "a key that is not trusted": (["I A"], [{}, {"address": "10.9.8.99", "token": "hmc9"}]),
    "both consoles are down": (["O A", "O A"], [{}, {"address": "10.9.8.99"}]),
}
"""States of rmcdomainstatus and consoles of lsrsrc, of which either may rightly show more."""


def of_consoles(name: str) -> Host:
    states, kept = OTHER[name]
    shown = status(*(f"{state} {address}" for state, address in zip(states, ("10.9.8.7", "10.9.8.99"), strict=False)))
    resources = (resource(n + 1, node_id=NODE_ID + n, **one) for n, one in enumerate(kept))
    return Host("aix", captured(replaced(whole_aix(), IN_ORDER, command(DOMAIN, shown), consoles(*resources))))


ALL_HOSTS = {name: Host(host.platform, captured(host.evidence)) for name, host in HOSTS.items()} | {
    name: of_consoles(name) for name in OTHER
}


def cuts(lines: Lines) -> Iterator[Lines]:
    """Without lines at its begin or at its end, one line at least left."""
    yield from (lines[at:] for at in range(1, len(lines)))
    yield from (lines[:at] for at in range(1, len(lines)))


def passed_by_loss(before: Findings, after: Findings) -> list[str]:
    """Passes that were fails or unknown."""
    return [
        f"{rule}: {before[rule][0].message} Now: {now[0].message}"
        for rule, now in after.items()
        if now[0].result == "pass" and any(one.result in ("fail", "unknown") for one in before[rule])
        if not any(one.reason == "conflicting" for one in before[rule])
    ]


def with_lines(host: Host, lines: Mapping[str, Lines]) -> list[Evidence]:
    """The captures, some of them with these lines instead."""
    return [
        _capture(item, item.uri, "\n".join(lines[item.uri])) if item.uri in lines else item for item in host.captures
    ]


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", OTHER)
def test_no_cut_of_the_listings_of_consoles_lets_a_rule_pass(name: str) -> None:
    host = ALL_HOSTS[name]
    before = judged(host.captures, host.platform)
    listings = [item for item in host.captures if item.request in (DOMAIN, CONSOLES)]
    assert len(listings) == 2
    for item in listings:
        for lines in cuts(item.out.lines):
            assert passed_by_loss(before, judged(with_lines(host, {item.uri: lines}), host.platform)) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ALL_HOSTS)
@settings(QUICK, max_examples=15)
@given(data=st.data())
def test_no_lines_that_are_lost_let_a_rule_pass(name: str, data: st.DataObject) -> None:
    host = ALL_HOSTS[name]
    before = judged(host.captures, host.platform)
    some = [item for item in host.captures if len(item.out.lines) > 1]
    lost = data.draw(st.lists(st.sampled_from(some), min_size=1, max_size=2, unique_by=lambda item: item.uri))
    lines = {item.uri: data.draw(st.sampled_from(list(cuts(item.out.lines))), label=item.request) for item in lost}
    assert passed_by_loss(before, judged(with_lines(host, lines), host.platform)) == []


class Case(NamedTuple):
    """A value of a healthy partition, another one in its place, and what a rule must say then.

    `before`: what it says of the healthy one, unknown where a copy of rows proves no absence.
    """

    request: str
    old: str
    new: str
    rule: str
    result: str
    before: str = "pass"


CASES = [
    Case("lssrc -a", "5439966      active", "5439966      stopping", "RMC-SUB-001", "fail"),
    Case("lssrc -a", "5439966      active", "             inoperative", "RMC-SUB-001", "fail"),
    Case("lssrc -a", "5439966      active", "5439966      activ", "RMC-SUB-001", "unknown"),
    Case("lssrc -a", "5439966      active", "5439966", "RMC-SUB-001", "unknown"),
    Case("lssrc -a", "5439966      active", "active", "RMC-SUB-001", "pass"),
    Case("lssrc -a", "2693609      active", "             inoperative", "RMC-SUB-002", "fail"),
    Case("lssrc -a", "rsct_rm          2693609", "2693609 rsct_rm", "RMC-SUB-002", "unknown"),
    Case("lssrc -a", "8592532      active", "             inoperative", "RMC-SUB-003", "fail"),
    Case("lssrc -a", "8592532      active", "8592532      warned to stop", "RMC-SUB-005", "fail"),
    Case("lslpp -Lcq rsct.*", "3.2.6.2", "3.0.6.2", "RMC-VER-001", "fail"),
    Case("lslpp -Lcq rsct.*", "3.2.6.2", "3.2.6.1", "RMC-VER-002", "fail"),
    Case("lslpp -Lcq rsct.*", "3.2.6.2", "3.10.0.0", "RMC-VER-002", "pass"),
    Case("lslpp -Lcq rsct.*", "3.2.6.2", "3.2.6.x", "RMC-VER-001", "unknown"),
    Case("lslpp -Lcq rsct.*", "rsct.core.rmc:3.2.6.2", "3.2.6.2:rsct.core.rmc", "RMC-VER-001", "unknown"),
    Case("lslpp -Lcq rsct.*", "rsct.core:rsct.core.rmc", ": rsct.core:rsct.core.rmc", "RMC-VER-001", "unknown"),
    Case("lslpp -Lcq rsct.*", ": :C: :", ": :B: :", "RMC-VER-004", "fail", "unknown"),
    Case("/etc/ct_node_id", "9f684c509e74d650", "9f684c509e74d651", "RMC-ID-001", "fail"),
    Case("/etc/ct_node_id", "9f684c509e74d650", "9F684C509E74D650", "RMC-ID-001", "pass"),
    Case("/etc/ct_node_id", "9f684c509e74d650", "9f684c509e74d65g", "RMC-ID-001", "unknown"),
    Case("/etc/ct_node_id", "9f684c509e74d650", "9f684c509e74d65g", "RMC-ID-003", "fail"),
    Case("lsnodeid", "9f684c509e74d650", "9f684c509e74d651", "RMC-ID-002", "fail"),
    Case("rmcdomainstatus -s ctrmc -a ip", "I A", "O A", "RMC-DOM-001", "fail"),
    Case("rmcdomainstatus -s ctrmc -a ip", "I A", "O A", "RMC-NET-002", "fail"),
    Case("rmcdomainstatus -s ctrmc -a ip", "I A", "i A", "RMC-DOM-004", "unknown", "unknown"),
    Case("rmcdomainstatus -s ctrmc -a ip", "I A", "Z A", "RMC-DOM-003", "fail", "unknown"),
    Case("rmcdomainstatus -s ctrmc -a ip", "I A", "I R", "RMC-DOM-005", "fail", "unknown"),
    Case("rmcdomainstatus -s ctrmc -a ip", "I A", "10.9.8.7 A", "RMC-DOM-005", "unknown", "unknown"),
    Case("rmcdomainstatus -s ctrmc -a ip", "0001  10.9.8.7", "10.9.8.7  0001", "RMC-DOM-001", "unknown"),
    Case("tcp 10.9.8.7 657", "open", "refused", "RMC-NET-001", "fail"),
    Case("tcp 10.9.8.7 657", "open", "perhaps", "RMC-NET-001", "unknown"),
    Case("df -k /var /tmp /", "2778726   47%", "   2778  100%", "RMC-FS-001", "fail"),
    Case("df -k /var /tmp /", "2778726   47%", "  27787  100%", "RMC-FS-003", "fail"),
    Case("df -k /var /tmp /", "1024-blocks      Free", "Free 1024-blocks", "RMC-FS-001", "unknown"),
    Case("df -k /var /tmp /", "2778726   47%", "47%   2778726", "RMC-FS-001", "unknown"),
    Case("df -k /var /tmp /", "2778726   47%", "62778726   47%", "RMC-FS-001", "unknown"),
    Case("df -k /var /tmp /", "1024-blocks", "1025-blocks", "RMC-FS-001", "unknown"),
    Case("/etc/inittab", "ctrmc:2:once", "ctrmc:2:off", "RMC-SUB-006", "fail"),
    Case("/etc/inittab", "ctrmc:2:once", "ctrmc:3:once", "RMC-SUB-006", "fail"),
    Case("/etc/services", "657/udp", "658/udp", "RMC-CFG-001", "fail"),
    Case("lsrsrc IBM.MCP", "1348464137648977665", "1348464137648977666", "RMC-MCP-003", "unknown", "unknown"),
    Case(
        "lsrsrc IBM.MCP", 'ConnectivityNames = {"10.0.1.1"}', 'ConnectivityNames = {"10.0.1.2"}', "RMC-MCP-004", "fail"
    ),
    Case("lsrsrc IBM.MCP", 'KeyToken          = "hmc1"', 'KeyToken          = "hmc2"', "RMC-AUTH-001", "unknown"),
    Case("ctsthl -l", "Host name: hmc1", "Host name: hmc2", "RMC-AUTH-001", "unknown"),
    Case("ifconfig -a", "inet 10.0.1.1 netmask", "inet 10.0.1.1", "RMC-MCP-004", "unknown"),
    Case("ifconfig -a", "inet 10.0.1.1 ", "inet 10.0.1.259 ", "RMC-MCP-004", "unknown"),
    Case("ifconfig -a", "inet 10.0.1.1 ", "inet 10.0.1.2 ", "RMC-MCP-004", "fail"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.request}: {case.new} is {case.result} of {case.rule}")
def test_a_plain_value_is_judged_as_it_means(case: Case) -> None:
    host = captured(replaced(whole_aix(), IN_ORDER))
    healthy = judged(host, "aix")
    assert healthy[case.rule][0].result == case.before
    altered = [_otherwise(item, case.old, case.new) if item.request == case.request else item for item in host]
    assert altered != host
    (finding, *_) = judged(altered, "aix")[case.rule]
    assert finding.result == case.result, finding.message
    assert case.result == "unknown" or any(place in proof(finding) for place in _places(altered, host))


def _otherwise(item: Evidence, old: str, new: str) -> Evidence:
    return _capture(item, item.uri, "\n".join(item.out.lines).replace(old, new))


def _places(altered: list[Evidence], host: list[Evidence]) -> Iterator[Reference]:
    """The altered lines, and the first line of what was altered: absence points there."""
    for new, old in zip(altered, host, strict=True):
        for number, line in enumerate(new.out.lines, 1):
            place = new.at(number)
            if place is not None and new != old and (number == 1 or line not in old.out.lines):
                yield place


def test_queues_that_two_answers_tell_differently_are_no_pass() -> None:
    host = captured([*whole_aix(), command("rmcdomainstatus -s ctrmc", status("I R hmc1"))])
    (finding,) = judged(host, "aix")["RMC-DOM-005"]
    assert (finding.result, finding.reason) == ("unknown", "conflicting")


def test_control_points_that_lost_their_header_are_not_missing() -> None:
    text = "\nPeer Domain Status\n  S S  0x3a75dd6c235c428e  0001  peer1\n\n  I A  0x12b6b4fd1cebb701  0001  10.9.8.7\n"
    host = captured(replaced(whole_aix(), command("rmcdomainstatus -s ctrmc -a ip", text)))
    assert judged(host, "aix")["RMC-DOM-001"][0].result == "unknown"


def test_a_status_without_its_test_is_not_lost() -> None:
    joined = vhbac("Attention: not in the trusted host list").out.lines
    text = "\n".join(joined).replace("Verifications\n                Identity", "Verifications Identity")
    down = command("rmcdomainstatus -s ctrmc -a ip", status("O A 10.9.8.7"))
    (finding, *_) = judged(captured(replaced(whole_aix(), command("ctsvhbac", text), down)), "aix")["RMC-AUTH-003"]
    assert finding.result == "fail"


@pytest.mark.parametrize("old", ["Thu Nov 19 08:41:45", "2613-024 MDC"])
def test_an_entry_of_a_log_that_is_damaged_is_not_passed_over(old: str) -> None:
    lines = log("2613-024", "2613-024").out.lines
    down = command("rmcdomainstatus -s ctrmc -a ip", status("O A 10.9.8.7"))
    text = "\n".join((lines[0], lines[1].replace(old, old.replace(" ", "")[-8:])))
    (finding, *_) = judged(captured(replaced(whole_aix(), command(TAIL, text), down)), "aix")["RMC-LOG-001"]
    assert finding.result in ("fail", "unknown")


def test_two_listings_of_interfaces_that_differ_are_no_fail() -> None:
    brief = "1: lo    inet 127.0.0.1/8 scope host lo\n2: env2    inet 10.0.1.1/24 scope global env2\n"
    host = [*whole_linux(), command("ip -o addr", brief)]
    for evidence, reason in ((host, "conflicting"), (captured(host), "truncated")):
        fact = Facts(Readings(evidence), "linux", FactSettings("novalink")).fact("ipv6.link_local")
        assert (fact.state, fact.reason) == ("unknown", reason)


def test_what_is_saved_in_a_folder_is_judged_alike(tmp_path: Path) -> None:
    host = captured(whole_linux())
    for item in host:
        (tmp_path / item.uri).write_text("\n".join(item.out.lines) + "\n")
    requests = [f'"{item.uri}" = {json.dumps(item.argv)}' for item in host]
    (tmp_path / "target.toml").write_text("\n".join(['platform = "linux"', "[requests]", *requests]))
    (loaded,) = load_inputs([str(tmp_path)], tmp_path)
    assert isinstance(loaded, Loaded)
    found = assess(loaded, rules()).findings
    expected = [one for several in judged(host, "linux").values() for one in several]
    assert [(one.rule, one.result, one.message, one.evidence) for one in found] == [
        (one.rule, one.result, one.message, one.evidence) for one in expected
    ]


def unborne(findings: Findings, captures: Iterable[Evidence]) -> list[str]:
    """Verdicts that cite lines that are not there, or that their lines do not bear."""
    files = {item.uri: item.out.lines for item in captures}
    texts = {item.request: tuple(map(plain, item.out.lines)) for item in captures if not refused(item)}
    wrong = []
    for finding in _each(findings):
        wrong += [
            f"{finding.rule} cites what is not there: {place.uri}:{place.start_line} {place.text}"
            for place in proof(finding)
            if place.text != redact("\n".join(files[place.uri][place.start_line - 1 : place.end_line]))
        ]
        cited = tuple(plain(place.text) for place in finding.evidence)
        if not bears_out(finding.rule, finding.result, Text(cited, texts)):
            wrong.append(f"{finding.rule} {finding.result}: {finding.message} {cited}")
    return wrong


def refused(capture: Evidence) -> bool:
    """Whether it is not read at all, so that verdicts rest on other captures."""
    return not any(isinstance(reading, Read) for reading in Readings([capture]).all())


def unearned(before: Findings, after: Findings, uri: str) -> list[str]:
    """Passes that were fails or unknown, though neither proof has anything to do with the altered capture."""
    return [
        f"{rule}: {before[rule][0].message} Now: {now[0].message}"
        for rule, now in after.items()
        if now[0].result == "pass" and before[rule][0].result in ("fail", "unknown")
        if before[rule][0].reason != "conflicting"
        if not any(place.uri == uri for one in (*before[rule], *now) for place in proof(one))
    ]


def _each(findings: Findings) -> Iterator[Finding]:
    return (finding for several in findings.values() for finding in several)


def proof(finding: Finding) -> set[Reference]:
    """Every line that a finding rests on."""
    assert finding.tree is not None
    return {*finding.evidence, *_of_outcome(finding.tree)}


def _of_outcome(outcome: Outcome) -> Iterator[Reference]:
    yield from outcome.evidence
    if outcome.fact is not None:
        yield from _of_fact(outcome.fact)
    for part in outcome.parts:
        yield from _of_outcome(part)


def _of_fact(fact: Fact) -> Iterator[Reference]:
    yield from fact.evidence
    for one in fact.basis:
        yield from _of_fact(one)
