"""`lsfilt`: rules as lines and as paragraphs, and the filter that is not there."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.filters.lsfilt import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples

ASKED = ("/usr/sbin/lsfilt", "-s", "-v4", "-O")
FIRST = "1|permit|0.0.0.0|0.0.0.0|0.0.0.0|0.0.0.0|no|udp|eq|4001|eq|4001|both|both|no|all packets|0|all|0|||"
RULE = "3|deny|192.0.2.0|255.255.255.0|0.0.0.0|0.0.0.0|yes|tcp|any|0|eq|657|both|inbound|no|all packets|0|en0|0|||"
LAST = "0|permit|0.0.0.0|0.0.0.0|0.0.0.0|0.0.0.0|yes|all|any|0|any|0|both|both|no|all packets|0|all|0|||Default Rule"


@pytest.mark.parametrize("sample", samples("lsfilt"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lsfilt", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    ("words", "version", "active"),
    [
        ((), "", False),
        (("-s", "-v4", "-O"), "4", False),
        (("-s", "-v", "6", "-O"), "6", False),
        (("-a", "-v4"), "4", True),
    ],
)
def test_requests(words: tuple[str, ...], version: str, active: bool) -> None:
    argv = ("lsfilt", *words)
    assert asks(argv)
    record = parse(Answer(argv, (LAST,)))
    assert (record.version, record.active) == (version, active)


@pytest.mark.parametrize("words", [("-n", "3"), ("-d", "-v4"), ("-v", "5"), ("-v",)])
def test_other_requests(words: tuple[str, ...]) -> None:
    assert not asks(("lsfilt", *words))


def test_a_rule_of_attributes() -> None:
    (rule,) = parse(Answer(ASKED, (RULE,))).rules
    assert (rule.number, rule.action, rule.protocol, rule.direction, rule.interface) == (
        3,
        "deny",
        "tcp",
        "inbound",
        "en0",
    )
    assert (rule.source_port, rule.destination_port) == ("any 0", "eq 657")


def test_a_copy_with_blanks_tells_the_same_but_the_interface() -> None:
    (rule,) = parse(Answer(ASKED, (RULE.replace("|", " "),))).rules
    assert (rule.destination_port, rule.direction, rule.interface) == ("eq 657", "inbound", "")


@pytest.mark.parametrize(
    ("before", "after", "limits"),
    [
        ("|both|inbound", "|local|inbound", ()),
        ("|both|inbound", "|route|inbound", ("route",)),
        ("all packets", "fragments only", ("fragments only",)),
        ("|0|en0|", "|3|en0|", ("3",)),
        ("|0|en0|0||", "|0|en0|0|0x4d5a|", ("0x4d5a",)),
    ],
)
def test_what_limits_a_rule(before: str, after: str, limits: tuple[str, ...]) -> None:
    assert before in RULE
    (rule,) = parse(Answer(ASKED, (RULE.replace(before, after),))).rules
    assert rule.limits == limits


def test_what_limits_a_rule_of_paragraphs_and_of_a_copy() -> None:
    lines = ("Rule 3:", "Rule action : deny", "Scope : {}", "Fragment control : All packets", "Tunnel ID number : 0")
    for scope, limits in (("both", ()), ("route", ("route",))):
        (rule,) = parse(Answer(("lsfilt", "-v4"), tuple(line.format(scope) for line in lines))).rules
        assert rule.limits == limits
    (rule,) = parse(Answer(ASKED, (RULE.replace("|both|", "|route|").replace("|", " "),))).rules
    assert rule.limits == ("route",)


def test_the_placement_rule_is_no_rule() -> None:
    placement = "2|*** Dynamic filter placement rule for IKE tunnels ***|no"
    assert [rule.number for rule in parse(Answer(ASKED, (placement, RULE))).rules] == [3]
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ASKED, (placement,)))
    assert refused.value.reason == "empty"


@pytest.mark.parametrize(
    ("lines", "argv", "whole"),
    [
        ((RULE,), ASKED, False),
        ((RULE, LAST), ASKED, False),
        ((FIRST, RULE, LAST), ASKED, True),
        ((FIRST, RULE), ASKED, False),
        (("Beginning of IPv4 filter rules.", RULE, "End of IPv4 filter rules."), ASKED, True),
        ((RULE, "End of IPv4 filter rules."), ASKED, False),
        ((FIRST, RULE, LAST), ("lsfilt", "-O"), False),
        ((FIRST, RULE, "End of IPv6 filter rules."), ("lsfilt", "-O"), True),
    ],
)
def test_a_copy_is_whole_from_rule_1_to_0(lines: tuple[str, ...], argv: tuple[str, ...], whole: bool) -> None:
    assert parse(Answer(argv, lines, exit_status=None)).whole is whole


def test_a_description_of_a_rule_is_no_message() -> None:
    with pytest.raises(Unreadable):
        parse(Answer(("lsfilt",), ("Description         : ipsec is not active without it",), exit_status=None))


@pytest.mark.parametrize(
    ("message", "off"),
    [
        ("IP Security is not loaded.", True),
        ("lsfilt: ipsec_v4 is not available", True),
        ("lsfilt: cannot open the device of IP security", False),
        ("lsfilt: the rules are not available", False),
    ],
)
def test_only_ip_security_that_is_not_there_is_off(message: str, off: bool) -> None:
    answer = Answer(ASKED, (), (message,), 1)
    if off:
        assert not parse(answer._replace(complete=False)).whole
        assert (parse(answer).off, parse(answer).line, parse(answer).rules) == (True, -1, ())
    else:
        with pytest.raises(Unreadable) as refused:
            parse(answer)
        assert refused.value.reason == "failed"


def test_a_description_turns_nothing_off() -> None:
    lines = ("Rule 0:", "Rule action : deny", "Description : ipsec is not active without it")
    record = parse(Answer(("lsfilt", "-v4"), lines))
    assert (record.off, record.rules[0].action) == (False, "deny")
