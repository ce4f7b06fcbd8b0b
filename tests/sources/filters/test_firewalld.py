"""`firewall-cmd`: states, zones, and what a cut zone does not tell."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.filters.firewalld import Firewalld, asks, parse, port_of
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples

ALL = ("firewall-cmd", "--list-all-zones")
ZONE = ("public (active)", "  target: default", "  interfaces: env2", "  services: ssh", "  ports: 657/tcp 657/udp")
END = "  rich rules: "


@pytest.mark.parametrize("sample", samples("firewalld"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("firewalld", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    ("words", "covers"),
    [
        (("--state",), "state"),
        (("--list-all-zones",), "all"),
        (("--list-all",), "default"),
        (("--zone=work", "--list-all"), "zone:work"),
        (("--list-all", "--zone=work"), "zone:work"),
    ],
)
def test_requests(words: tuple[str, ...], covers: str) -> None:
    argv = ("/usr/bin/firewall-cmd", *words)
    assert asks(argv)
    assert parse(Answer(argv, ("not running",), exit_status=252)).covers == covers


@pytest.mark.parametrize("words", [(), ("--permanent", "--list-all"), ("--list-ports",), ("--zone=work", "--state")])
def test_other_requests(words: tuple[str, ...]) -> None:
    assert not asks(("firewall-cmd", *words))


def zones(*lines: str, exit_status: int | None = 0, complete: bool = True) -> Firewalld:
    return parse(Answer(ALL, lines, exit_status=exit_status, complete=complete))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("public", ("public", False, False)),
        ("public (active)", ("public", False, True)),
        ("FedoraWorkstation (default, active)", ("FedoraWorkstation", True, True)),
        ("drop (default)", ("drop", True, False)),
    ],
)
def test_starts_of_zones(start: str, expected: tuple[object, ...]) -> None:
    (zone,) = zones(start, END).zones
    assert (zone.name, zone.default, zone.active) == expected


def test_rules_below_the_last_label_belong_to_their_zone() -> None:
    record = zones(*ZONE, END, '\trule service name="rsct-ctrmc" accept', "", "work", END)
    assert [(zone.name, [rule.line for rule in zone.rich_rules]) for zone in record.zones] == [
        ("public", [7]),
        ("work", []),
    ]


def test_forwarded_ports_are_not_opened_ports() -> None:
    (zone,) = zones("public", "  forward-ports: ", "\tport=657:proto=tcp:toport=80:toaddr=", END).zones
    assert (zone.ports, zone.whole) == ((), True)


@pytest.mark.parametrize(
    ("lines", "exit_status", "complete", "zone_whole", "whole"),
    [
        ((*ZONE, END), 0, True, True, True),
        ((*ZONE, END), None, True, False, False),
        (ZONE, 0, True, False, False),
        ((*ZONE, END, ""), 0, False, False, False),
    ],
)
def test_a_zone_is_whole_with_its_last_label(
    lines: tuple[str, ...], exit_status: int | None, complete: bool, zone_whole: bool, whole: bool
) -> None:
    record = zones(*lines, exit_status=exit_status, complete=complete)
    assert (record.zones[-1].whole, record.whole) == (zone_whole, whole)


def test_of_a_copy_the_last_zone_alone_may_lack_rich_rules() -> None:
    first, last = zones(*ZONE, END, "dmz", END, exit_status=None).zones
    assert (first.whole, last.whole) == (True, False)


def test_a_cut_line_opens_no_port() -> None:
    (zone,) = zones(*ZONE, complete=False).zones
    assert (zone.services, zone.ports) == (("ssh",), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("657/tcp", (657, 657)),
        ("600-700/udp", (600, 700)),
        ("700-600/udp", (None, None)),
        ("65536/tcp", (None, None)),
        ("657", (None, None)),
        ("rmc/tcp", (None, None)),
        ("/tcp", (None, None)),
    ],
)
def test_ports(text: str, expected: tuple[object, ...]) -> None:
    port = port_of(text, 1)
    assert (port.first, port.last, port.text) == (*expected, text)


@pytest.mark.parametrize(("text", "exit_status"), [("running", 0), ("failed", 251), ("not running", 252)])
def test_states(text: str, exit_status: int) -> None:
    for complete in (True, False):
        record = parse(Answer(("firewall-cmd", "--state"), (text,), (), exit_status, complete))
        assert (record.state, record.line, record.zones, record.whole) == (text, 1, (), complete)


@pytest.mark.parametrize(("exit_status", "known"), [(252, True), (None, True), (0, False)])
def test_not_running_needs_an_exit_status_that_says_so(exit_status: int | None, known: bool) -> None:
    answer = Answer(ALL, ("FirewallD is not running",), exit_status=exit_status)
    if known:
        assert parse(answer).state == "not running"
    else:
        with pytest.raises(Unreadable) as refused:
            parse(answer)
        assert refused.value.reason == "unparsable"
