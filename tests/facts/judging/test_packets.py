"""What a rule asks of a packet, where it is known, is one of several, or is not."""

from ipaddress import ip_address

import pytest

from rmccomply.facts.judging.packets import Packet, holds, neighbours
from rmccomply.facts.judging.verdicts import Console
from rmccomply.sources.filters.filter_rules import Condition

KNOWN = Packet(
    "udp",
    4,
    True,
    "dport",
    "new",
    frozenset({ip_address("10.9.8.7")}),
    frozenset({ip_address("10.0.1.1")}),
    frozenset({"env2"}),
)
UNKNOWN = KNOWN._replace(far=frozenset(), near=frozenset(), interfaces=frozenset(), state="")
SEVERAL = KNOWN._replace(
    far=frozenset(map(ip_address, ("10.9.8.7", "10.9.8.8"))), interfaces=frozenset({"env2", "env3"})
)
SENT = KNOWN._replace(inward=False)

HOLDS = [
    # the condition, then whether it holds for what is known, unknown, one of several, and sent
    ("protocol", ("udp", "6"), True, True, True, True),
    ("protocol", ("tcp", "esp"), False, False, False, False),
    ("family", ("6",), False, False, False, False),
    ("dport", ("657",), True, True, True, True),
    ("dport", ("22", "600-700"), True, True, True, True),
    ("dport", ("rmc",), True, True, True, True),
    ("dport", ("658-700", "ssh"), False, False, False, False),
    ("sport", ("657",), None, None, None, None),
    ("sport", ("0-65535",), True, True, True, True),
    ("source", ("10.9.8.7",), True, None, None, False),
    ("source", ("10.9.0.0/16",), True, None, True, False),
    ("source", ("10.9.8.0-10.9.8.255",), True, None, True, False),
    ("source", ("10.9.0.0/255.255.0.0",), True, None, True, False),
    ("source", ("192.0.2.0/24", "fe80::/10"), False, None, False, False),
    ("source", ("127.0.0.0/8",), False, False, False, False),
    ("source", ("0.0.0.0/0",), True, True, True, True),
    ("source", ("@elsewhere",), None, None, None, None),
    ("source", ("a.name",), None, None, None, None),
    ("destination", ("10.0.1.1",), True, None, True, False),
    ("destination", ("224.0.0.251",), False, False, False, False),
    ("in", ("lo",), False, False, False, False),
    ("in", ("env2",), True, None, None, False),
    ("in", ("env*",), True, None, True, False),
    ("in", ("eth0",), False, None, False, False),
    ("out", ("env2",), False, False, False, True),
    ("state", ("new", "untracked"), True, None, True, True),
    ("state", ("established",), False, None, False, False),
    ("status", ("dnat",), False, None, False, False),
    ("status", ("assured",), None, None, None, None),
    ("source . dport", ("10.9.8.7 . 657", "10.9.8.9 . 22"), True, None, None, False),
    ("source . dport", ("10.9.8.7 . 22",), False, False, False, False),
    ("frame", ("host",), True, True, True, None),
    ("frame", ("broadcast", "multicast"), False, False, False, False),
    ("frame", ("unicast", "other"), True, True, True, None),
    ("frame", ("657",), None, None, None, None),
    ("destination kind", ("local",), True, True, True, False),
    ("destination kind", ("multicast", "broadcast"), False, False, False, False),
    ("destination kind", ("unicast",), False, False, False, None),
    ("destination kind", ("blackhole",), False, False, False, None),
    ("source kind", ("local",), False, False, False, True),
    ("source kind", ("unicast",), None, None, None, False),
    ("port", ("22", "657"), True, True, True, True),
    ("port", ("22",), None, None, None, None),
    ("source", ("",), False, False, False, False),
    ("flags", ("0x2/0x17",), None, None, None, None),
    ("mark", ("0x1/0x1",), None, None, None, None),
    ("fragment", ("later",), None, None, None, None),
    ("icmpv6", ("135",), None, None, None, None),
    ("?", (), None, None, None, None),
]


@pytest.mark.parametrize(("about", "values", "known", "unknown", "several", "sent"), HOLDS)
def test_conditions(
    about: str, values: tuple[str, ...], known: object, unknown: object, several: object, sent: object
) -> None:
    condition, negated = Condition(about, values), Condition(about, values, negated=True)
    found = [holds(condition, packet) for packet in (KNOWN, UNKNOWN, SEVERAL, SENT)]
    assert found == [known, unknown, several, sent]
    assert [holds(negated, packet) for packet in (KNOWN, UNKNOWN, SEVERAL, SENT)] == [
        one if one is None else not one for one in found
    ]


TCP = KNOWN._replace(protocol="tcp")
SYN, ANY_SYN, NO_FLAG, ACK = "0x2/0x17", "0x2/0x2", "0x0/0x3f", "0x10/0x10"
FLAGS = [
    # the packet, then whether the flags are SYN alone, SYN among others, none, ACK among others
    pytest.param(TCP, True, True, False, False, id="opens"),
    pytest.param(TCP._replace(state="established"), False, False, False, True, id="goes on"),
    pytest.param(TCP._replace(state="established", port="sport"), False, None, False, True, id="answers"),
    pytest.param(TCP._replace(state="established", tracked=False), False, False, False, True, id="is not tracked"),
    pytest.param(TCP._replace(state=""), None, None, None, None, id="may be any"),
]


@pytest.mark.parametrize(("packet", "syn", "any_syn", "none", "ack"), FLAGS)
def test_flags(packet: Packet, syn: object, any_syn: object, none: object, ack: object) -> None:
    found = [holds(Condition("flags", (text,)), packet) for text in (SYN, ANY_SYN, NO_FLAG, ACK)]
    assert found == [syn, any_syn, none, ack]


MARKS = [
    (0, "0x1/0x1", False),
    (0, "0x0/0x1", True),
    (0x8000, "0x1/0x1", False),
    (0x8000, "0x8000/0x8000", None),
    (0x8000, "0x0/0x8000", None),
    (0x8000, "0x8001/0xffff", False),
]


@pytest.mark.parametrize(("marks", "text", "expected"), MARKS)
def test_marks(marks: int, text: str, expected: object) -> None:
    assert holds(Condition("mark", (text,)), KNOWN._replace(marks=marks)) is expected


PORTS = [
    ((1024, 65535), "1024-65535", True),
    ((1024, 65535), "0-1023", False),
    ((1024, 65535), "25", False),
    ((657, 657), "657", True),
    ((657, 657), "0-1023", True),
    ((1024, 65535), "40000-65535", None),
]


@pytest.mark.parametrize(("other", "text", "expected"), PORTS)
def test_the_port_of_the_other_side(other: tuple[int, int], text: str, expected: object) -> None:
    assert holds(Condition("sport", (text,)), KNOWN._replace(other=other)) is expected


def test_fragments_are_put_together_where_packets_are_tracked() -> None:
    assert holds(Condition("fragment", ("later",)), KNOWN._replace(whole=True)) is False


NEAR, FAR = ip_address("fe80::11:2233"), ip_address("fe80::44:5566")
FOUND = neighbours(Console(frozenset({FAR}), frozenset({NEAR})), frozenset({"eth1"}))


def test_neighbours_ask_a_group_and_answer_each_other() -> None:
    ends = {(one.inward, one.kind): (set(one.far), set(one.near), one.frame) for one in FOUND}
    assert ends == {
        (True, "136"): ({FAR}, {NEAR}, "host"),
        (True, "135"): ({FAR}, {ip_address("ff02::1:ff11:2233")}, "multicast"),
        (False, "136"): ({FAR}, {NEAR}, "host"),
        (False, "135"): ({ip_address("ff02::1:ff44:5566")}, {NEAR}, "multicast"),
    }
    assert {(one.protocol, one.state) for one in FOUND} == {("ipv6-icmp", "untracked")}
    assert neighbours(Console(frozenset({ip_address("10.9.8.7")}), frozenset()), frozenset()) == []


@pytest.mark.parametrize(
    ("about", "value", "expected"),
    [
        ("icmpv6", "135", {True, False}),
        ("hops", "255", {True}),
        ("hops", "1", {False}),
        ("protocol", "icmpv6", {True}),
        ("protocol", "58", {True}),
        ("state", "untracked", {True}),
        ("state", "new", {False}),
        ("frame", "multicast", {True, False}),
        ("destination", "fe80::/10", {True, False}),
        ("destination kind", "local", {None}),
    ],
)
def test_what_holds_of_neighbours(about: str, value: str, expected: set[object]) -> None:
    assert {holds(Condition(about, (value,)), one) for one in FOUND} == expected
