"""`ufw status`: rules, defaults, and what is none."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.filters.ufw import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("ufw"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ufw", answer_of(sample)) == snapshot


ASKED = ("ufw", "status", "verbose")
ACTIVE = "Status: active"


def test_it_reads_the_status_in_all_forms_with_rules() -> None:
    assert all(
        asks(("/usr/sbin/ufw", *words)) for words in (("status",), ("status", "verbose"), ("status", "numbered"))
    )
    assert not any(asks(("ufw", *words)) for words in ((), ("enable",), ("app", "list"), ("show", "raw")))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("657/tcp                    ALLOW IN    Anywhere", ("657/tcp", "ALLOW", True, "Anywhere", 4)),
        ("657                        DENY        Anywhere", ("657", "DENY", True, "Anywhere", 4)),
        ("657 (v6)                   REJECT IN   Anywhere (v6)", ("657", "REJECT", True, "Anywhere", 6)),
        ("657 (v6) on eth0           ALLOW IN    Anywhere (v6)", ("657 on eth0", "ALLOW", True, "Anywhere", 6)),
        ("[ 7] 25                    DENY OUT    Anywhere          (out)", ("25", "DENY", False, "Anywhere", 4)),
        (
            "Anywhere                   LIMIT IN    10.1.0.0/16       # a host",
            ("Anywhere", "LIMIT", True, "10.1.0.0/16", 4),
        ),
    ],
)
def test_a_rule(line: str, expected: tuple[Any, ...]) -> None:
    (rule,) = parse(Answer(ASKED, (ACTIVE, line))).rules
    assert (rule.to, rule.action, rule.inward, rule.source, rule.family) == expected


def test_a_copy_and_a_cut_answer_are_not_whole() -> None:
    assert not parse(Answer(ASKED, (ACTIVE,), exit_status=None)).whole
    record = parse(Answer(ASKED, (ACTIVE, "657/tcp  ALLOW IN  Anywhere", "657/udp  ALL"), complete=False))
    assert (len(record.rules), record.whole) == (1, False)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(ASKED, ()), "empty"),
        (Answer(ASKED, ("Status: aktiv",)), "unparsable"),
        (Answer(ASKED, ("To   Action   From",)), "unparsable"),
        (Answer(ASKED, (ACTIVE, "657/tcp ZULASSEN Anywhere")), "unparsable"),
        (Answer(ASKED, ("ERROR: You need to be root to run this script",), exit_status=None), "denied"),
        (Answer(ASKED, ("ERROR: problem running iptables",), exit_status=None), "failed"),
        (Answer(ASKED, (), ("ERROR: problem running iptables",), 1), "failed"),
    ],
)
def test_what_is_no_answer(answer: Answer, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(answer)
    assert refused.value.reason == reason


def test_corpus() -> None:
    record = parse(capture("linux-glpi-ufw-on", "ufw_status.txt", "ufw", "status"))
    assert [(one.to, one.action, one.family) for one in record.rules] == [
        *((port, word, 4) for port, word in (("32323", "DENY"), ("22", "DENY"), ("7765", "ALLOW"))),
        *((port, word, 6) for port, word in (("32323", "DENY"), ("22", "DENY"), ("7765", "ALLOW"))),
    ]
    assert (record.active, record.incoming) == (True, "")
