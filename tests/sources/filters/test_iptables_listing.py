"""Rows of `iptables -nvL`, each as the rule of `iptables -S` that it is (the rows are constructed)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.sources.filters.filter_rules import UNREAD, Condition, FilterRule
from rmccomply.sources.filters.packet_filter import parse
from rmccomply.sources.shared.answer import Answer, Unreadable

HEAD = " pkts bytes target     prot opt in     out     source               destination"
ANYWHERE = "0.0.0.0/0 0.0.0.0/0"


def listed(*rows: str, head: str = HEAD, command: str = "iptables -nvL") -> tuple[FilterRule, ...]:
    """The rules of a chain INPUT with these rows."""
    return parse(Answer(tuple(command.split()), ("Chain INPUT (policy DROP 1K packets, 2M bytes)", head, *rows))).rules


def saved(rule: str) -> FilterRule:
    (found,) = parse(Answer(("iptables", "-S"), ("-P INPUT DROP", f"-A INPUT {rule}"))).rules
    return found


def meant(rule: FilterRule) -> tuple[str, frozenset[Condition]]:
    """What a rule is, however it is printed."""
    return rule.verdict, frozenset(rule.conditions)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (f"0 0 ACCEPT all -- * * {ANYWHERE}", "-j ACCEPT"),
        (f"12K 3M ACCEPT 0 -- * * {ANYWHERE}", "-j ACCEPT"),
        (f"0 0 ACCEPT all -- lo * {ANYWHERE}", "-i lo -j ACCEPT"),
        (f"0 0 ACCEPT all -- * !eth+ {ANYWHERE}", "! -o eth+ -j ACCEPT"),
        (f"0 0 DROP udp -- * * {ANYWHERE} udp dpt:657", "-p udp -m udp --dport 657 -j DROP"),
        (f"0 0 DROP !udp -- * * {ANYWHERE}", "! -p udp -j DROP"),
        (f"0 0 DROP tcp -- * * {ANYWHERE} tcp dpt:!22", "-p tcp -m tcp ! --dport 22 -j DROP"),
        (f"0 0 DROP tcp -- * * {ANYWHERE} tcp spts:1:9 dpts:600:700", "-p tcp --sport 1:9 --dport 600:700 -j DROP"),
        (f"0 0 DROP tcp -- * * {ANYWHERE} multiport dports 22,657", "-p tcp -m multiport --dports 22,657 -j DROP"),
        (f"0 0 DROP tcp -- * * {ANYWHERE} multiport dports  !22,80", "-p tcp -m multiport ! --dports 22,80 -j DROP"),
        (f"0 0 DROP all -- * * {ANYWHERE} state INVALID", "-m state --state INVALID -j DROP"),
        (f"0 0 DROP all -- * * {ANYWHERE} ADDRTYPE match dst-type !LOCAL", "-m addrtype ! --dst-type LOCAL -j DROP"),
        (f"0 0 DROP all -- * * {ANYWHERE} PKTTYPE != unicast", "-m pkttype ! --pkt-type unicast -j DROP"),
        (f"0 0 DROP all -- * * {ANYWHERE} PKTTYPE = multicast", "-m pkttype --pkt-type multicast -j DROP"),
        (f"0 0 DROP all -- * * {ANYWHERE} ! ctstate NEW", "-m conntrack ! --ctstate NEW -j DROP"),
        ("0 0 DROP all -- * * !10.0.0.0/8 192.0.2.7", "! -s 10.0.0.0/8 -d 192.0.2.7 -j DROP"),
        (f"0 0 REJECT all -- * * {ANYWHERE} reject-with tcp-reset", "-j REJECT --reject-with tcp-reset"),
        (f"0 0 hmc all -- * * {ANYWHERE} [goto]", "-g hmc"),
        (f"0 0 hmc all -- * * {ANYWHERE}", "-j hmc"),
        (f"0 0 CT all -- * * {ANYWHERE} CT notrack", "-j CT --notrack"),
        (f"0 0 NOTRACK all -- * * {ANYWHERE}", "-j NOTRACK"),
        (f"0 0 tcp -- * * {ANYWHERE} tcp dpt:22", "-p tcp -m tcp --dport 22"),
        (f"0 0 DROP all -- * * {ANYWHERE} /* tcp dpt:22 */", "-j DROP"),
        (f"0 0 DROP all -- * * {ANYWHERE} mark match 0x1", "-m mark --mark 0x1 -j DROP"),
        (f"0 0 DROP all -f * * {ANYWHERE}", "-f -j DROP"),
        (
            f"0 0 ACCEPT all -- * * {ANYWHERE} source IP range 10.0.0.1-10.0.0.9",
            "--src-range 10.0.0.1-10.0.0.9 -j ACCEPT",
        ),
    ],
)
def test_a_row_is_the_rule_that_iptables_saves(row: str, rule: str) -> None:
    (found,) = listed(row)
    assert meant(found) == meant(saved(rule))


def test_old_ip6tables_prints_no_options() -> None:
    (found,) = listed("0 0 DROP tcp * * ::/0 2001:db8::/32 tcp dpt:657", command="ip6tables -vnxL")
    assert meant(found) == meant(saved("-p tcp -d 2001:db8::/32 --dport 657 -j DROP"))


def test_without_the_columns_of_interfaces_a_rule_may_ask_for_one() -> None:
    head = "target     prot opt source               destination"
    (found,) = listed(f"ACCEPT all -- {ANYWHERE}", head=head, command="iptables -L -n")
    assert meant(found) == ("accept", frozenset({Condition(UNREAD)}))


@pytest.mark.parametrize("text", ["/* a */ tcp dpt:22 */", 'STRING match "a" tcp dpt:22 "', "/* tcp dpt:22"])
def test_text_of_the_administrator_makes_no_rule_narrower(text: str) -> None:
    (found,) = listed(f"0 0 DROP all -- * * {ANYWHERE} {text}")
    assert meant(found) == ("drop", frozenset({Condition(UNREAD)}))


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40))
def test_what_a_comment_or_a_prefix_says_is_no_condition(text: str) -> None:
    for printed in (f"/* {text} */", f'STRING match "{text}" ALGO name bm TO 65535'):
        (found,) = listed(f"0 0 DROP all -- * * {ANYWHERE} {printed}")
        assert {one.about for one in found.conditions} <= {UNREAD}


@pytest.mark.parametrize(
    "row", ["0 0 ACCEPT all -- * * somewhere else", "x 0 ACCEPT all -- * * 0.0.0.0/0 0.0.0.0/0", "0 0 ACCEPT", "policy"]
)
def test_a_row_that_does_not_fit_is_refused(row: str) -> None:
    with pytest.raises(Unreadable) as refused:
        listed(row)
    assert (refused.value.reason, refused.value.line) == ("unparsable", 3)


@pytest.mark.parametrize("line", [HEAD, "Chain INPUT", f"0 0 ACCEPT all -- * * {ANYWHERE}"])
def test_rows_and_columns_stand_below_the_head_of_a_chain(line: str) -> None:
    with pytest.raises(Unreadable):
        parse(Answer(("iptables", "-nvL"), (line,)))
