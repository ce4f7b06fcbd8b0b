"""`netstat`: two spellings of a port, what a listing covers, and when absence is knowledge."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.network.netstat import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.shared.sockets import Sockets, split_port
from tests.facts.samples import answer_of, capture, read, samples

ACTIVE = "Active Internet connections (including servers)"
PROTO = "Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)"
LISTEN = "tcp4       0      0  *.657                  *.*                    LISTEN"


@pytest.mark.parametrize("sample", samples("netstat"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("netstat", answer_of(sample)) == snapshot


def listing(*lines: str, options: str = "-an", complete: bool = True, exit_status: int | None = 0) -> Sockets:
    return parse(Answer(("netstat", *options.split()), lines, exit_status=exit_status, complete=complete))


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("-an", True),
        ("-na", True),
        ("-Aan", True),
        ("-a -n", True),
        ("-antup", True),
        ("-W -neopa", True),
        ("-W -agn", False),
        ("-tulpan", True),
        ("-anW", True),
        ("-a", False),
        ("-tln", True),
        ("-tulpn", True),
        ("-plnt", True),
        ("-t -l", False),
        ("-in", False),
        ("-rn", False),
        ("-an -f inet", True),
        ("-f inet6 -an", True),
        ("-f unix -an", False),
        ("-anf inet", False),
        ("-an inet", False),
        ("-an -f", False),
        ("-f inet", False),
        ("-an 5", False),
        ("-ans", False),
        ("--all --numeric", False),
        ("", False),
    ],
)
def test_all_sockets_in_numbers_are_asked(words: str, asked: bool) -> None:
    assert asks(("/usr/bin/netstat", *words.split())) is asked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*.657", ("*", 657, True)),
        ("*.*", ("*", None, True)),
        ("10.20.0.17.657", ("10.20.0.17", 657, True)),
        ("fe80::1.657", ("fe80::1", 657, True)),
        ("::ffff:10.20.0.17.657", ("::ffff:10.20.0.17", 657, True)),
        ("10.20.0.18:657", ("10.20.0.18", 657, True)),
        (":::657", ("::", 657, True)),
        ("::ffff:10.20.0.18:657", ("::ffff:10.20.0.18", 657, True)),
        ("[fe80::1]%env2:657", ("fe80::1%env2", 657, True)),
        ("0.0.0.0:*", ("0.0.0.0", None, True)),
        ("*.rmc", ("*.rmc", None, False)),
        ("*.65536", ("*.65536", None, False)),
        ("657", ("657", None, False)),
    ],
)
def test_the_later_of_dot_and_colon_separates_the_port(text: str, expected: tuple[str, int | None, bool]) -> None:
    assert split_port(text) == expected


def test_only_the_ports_of_rmc_are_kept_at_either_end() -> None:
    rows = (
        "tcp4 0 0 *.22 *.* LISTEN",
        "tcp4 0 0 *.1657 *.* LISTEN",
        "tcp4 0 0 *.12601 *.* LISTEN",
        "tcp4 0 0 10.20.0.17.40001 10.20.9.4.657 ESTABLISHED",
    )
    record = listing(ACTIVE, PROTO, *rows)
    assert [(row.local_port, row.peer_port, row.state) for row in record.rows] == [
        (12601, None, "LISTEN"),
        (40001, 657, "ESTABLISHED"),
    ]
    assert record.others == 2


@pytest.mark.parametrize(
    ("row", "protocol", "state"),
    [
        ("tcp6 0 0 :::657 :::* LISTEN 2217/rmcd", "tcp", "LISTEN"),
        ("udp 0 0 *.657 *.*", "udp", ""),
        ("udp4 0 0 *.657 *.*", "udp", ""),
        ("udp 0 0 0.0.0.0:657 0.0.0.0:* 2217/rmcd", "udp", ""),
        ("f1000f00012a43c0 tcp4 0 0 *.657 *.* LISTEN", "tcp", "LISTEN"),
    ],
)
def test_protocol_and_state(row: str, protocol: str, state: str) -> None:
    read_row = listing(row).rows[0]
    assert (read_row.protocol, read_row.local_port, read_row.state) == (protocol, 657, state)


@pytest.mark.parametrize(
    ("options", "covered"),
    [("-an", ("tcp", "udp")), ("-ant", ("tcp",)), ("-anu", ("udp",)), ("-antu", ("tcp", "udp"))],
)
def test_what_is_covered(options: str, covered: tuple[str, ...]) -> None:
    assert listing(ACTIVE, PROTO, options=options).protocols == covered


def test_only_both_header_lines_make_a_listing_whole() -> None:
    assert listing(ACTIVE, PROTO, LISTEN).whole
    assert not listing(PROTO, LISTEN).whole
    assert not listing(ACTIVE, LISTEN).whole
    assert not listing(LISTEN).whole
    assert not listing(ACTIVE, PROTO, LISTEN, complete=False).whole


def test_a_port_that_is_no_number_proves_no_absence() -> None:
    record = listing(ACTIVE, PROTO, "tcp4 0 0 *.rmc *.* LISTEN")
    assert (record.whole, record.rows[0].local, record.rows[0].local_port) == (False, "*.rmc", None)


def test_the_unix_section_holds_no_rows() -> None:
    unix = "unix  2      [ ACC ]     STREAM     LISTENING     657      /run/a:657"
    record = listing(ACTIVE, PROTO, LISTEN, "Active UNIX domain sockets", "f1000f0000145580", unix, "Active Internet")
    assert (len(record.rows), record.others) == (1, 0)


def test_a_row_of_ours_without_its_state_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        listing(ACTIVE, PROTO, "tcp4 0 0 *.657 *.*", LISTEN)
    assert (refused.value.reason, refused.value.line) == ("unparsable", 3)


def test_the_end_of_an_incomplete_listing_may_be_cut() -> None:
    lines = (ACTIVE, PROTO, LISTEN, "tcp4 0 0 *.12601 *.*")
    assert [row.local_port for row in listing(*lines, complete=False).rows] == [657]
    with pytest.raises(Unreadable):
        listing(*lines)
    with pytest.raises(Unreadable):
        listing(*lines, "", complete=False)


@pytest.mark.parametrize(
    ("case", "name"),
    [
        ("aix-facter", "netstat_in.txt"),
        ("aix-facter", "netstat_rn.txt"),
        ("aix-powerha-nodea-caa-trouble", "netstat-i.txt"),
    ],
)
def test_corpus_other_listings_of_netstat_are_none_of_sockets(case: str, name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(capture(case, name, "netstat", "-an"))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)


def test_a_complaint_is_no_listing() -> None:
    with pytest.raises(Unreadable) as refused:
        listing("netstat: 0551-100 no kernel", ACTIVE, PROTO, exit_status=None)
    assert (refused.value.reason, refused.value.line) == ("failed", 1)


def test_a_heading_may_be_cut_and_a_note_stand_to_the_right() -> None:
    assert not listing(ACTIVE, PROTO, "tcp4 0 0 *.657 *.* LISTEN", "Active", complete=False).whole
    assert listing(ACTIVE, "   # of a blog", PROTO, "tcp4 0 0 *.657 *.* LISTEN").whole


def test_what_sos_asks_with_owners_and_timers() -> None:
    found = parse(
        Answer(
            ("netstat", "-W", "-neopa"),
            (
                "Active Internet connections (servers and established)",
                "Proto Recv-Q Send-Q Local Address  Foreign Address  State  User  Inode  PID/Program name  Timer",
                "tcp6       0      0 :::657         :::*             LISTEN 0     18211  2217/rmcd  off (0.00/0/0)",
                "udp6       0      0 :::657         :::*                    0     18212  2217/rmcd  off (0.00/0/0)",
            ),
        )
    )
    assert [(row.protocol, row.state) for row in found.rows] == [("tcp", "LISTEN"), ("udp", "")]
    assert (found.whole, found.protocols) == (True, ("tcp", "udp"))


@pytest.mark.parametrize("word", ["listen", "VERBUNDEN", "LISTE"])
def test_a_state_that_netstat_does_not_have_is_refused_on_the_ports_of_rmc(word: str) -> None:
    with pytest.raises(Unreadable, match="LC_ALL=C"):
        parse(Answer(("netstat", "-an"), (f"tcp 0 0 *.657 *.* {word}",)))
    assert parse(Answer(("netstat", "-an"), (f"tcp 0 0 *.22 *.* {word}",))).others == 1


ROWS = """Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       0      0  *.657                  *.*                    LISTEN
"""


def test_what_a_part_of_all_sockets_shows_proves_presence_only() -> None:
    def of(*words: str) -> Sockets:
        return parse(Answer(("netstat", *words), tuple(ROWS.splitlines())))

    assert (of("-an").whole, of("-an").listening_only) == (True, False)
    assert (of("-f", "inet", "-an").whole, len(of("-f", "inet", "-an").rows)) == (False, 1)
    assert (of("-tln").listening_only, of("-tln").protocols) == (True, ("tcp",))
