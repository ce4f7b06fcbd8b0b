"""Sections: requests, states and the damage that each becomes."""

import re

import pytest

from rmccomply.data import collector_text
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.cksum import posix_cksum
from rmccomply.evidence.model import Evidence, Kind, State
from rmccomply.evidence.section import read_section, spoken, sum_matches

TIMES = "b=2026-11-20T03:00:00Z e=2026-11-20T03:00:01Z"
BODY = (
    f"1 src.all kind=cmd st=exit rc=0 lim=15 {TIMES}\n"
    "%arg |/usr/bin/lssrc\n%arg |-a\n"
    "%out enc=text bytes=8 nl=1 cut=0 red=0\n|one\n|two\n"
    "%err enc=text bytes=0 nl=1 cut=0 red=0"
)


def closed(body: str, name: str = "1 src.all", total: str | None = None) -> Evidence:
    """A section read with its `%done` line."""
    data = body.encode("utf-8", "surrogateescape")
    total = f"cksum:{posix_cksum(b'%sect ' + data + chr(10).encode())}" if total is None else total
    found = read_section(data, f"%done {name} sum={total}".encode(), 7, "x.rmcc")
    assert isinstance(found, Evidence), found
    return found


def unclosed(body: str) -> Evidence:
    found = read_section(body.encode(), None, 7, "x.rmcc")
    assert isinstance(found, Evidence), found
    return found


def written(kind: Kind, state: State, **more: object) -> Evidence:
    """A section of this state after writing and reading."""
    section = Section(kind, ("/usr/bin/lssrc", "-a"), b"row\n", b"", state, 1, extra=more.pop("extra", {}), **more)  # type: ignore[arg-type]
    (found,) = read_bundle(write_bundle({}, [section]), "x.rmcc").evidence
    return found


def test_all_that_a_section_says() -> None:
    found = closed(BODY)
    assert (found.kind, found.argv, found.request) == ("cmd", ("/usr/bin/lssrc", "-a"), "lssrc -a")
    assert (found.state, found.exit_status, found.limit, found.id) == ("exit", 0, 15, "src.all")
    assert (found.begun, found.ended) == ("2026-11-20T03:00:00Z", "2026-11-20T03:00:01Z")
    assert (found.out.lines, found.out.first_line, found.err.lines) == (("one", "two"), 11, ())
    assert (found.line, found.text, found.damage, found.origin) == (7, "%sect " + BODY.split("\n")[0], None, "host")


def test_the_sum_is_over_whole_lines_from_sect_to_done() -> None:
    assert closed(BODY, total="-").damage is None
    assert closed(BODY, total="cksum:1").damage == (
        "unparsable",
        "the checksum of the section does not match: it is damaged",
        False,
    )
    assert sum_matches(b"cksum:930766865", b"123456789") is True
    assert sum_matches(b"cksum:0930766865", b"123456789") is False
    assert sum_matches(b"-", b"anything") is None


@pytest.mark.parametrize("name", ["2 src.all", "1 src.rsct", "1", "", "1 src.all x", "1 src.al"])
def test_a_section_is_closed_by_its_own_done_line(name: str) -> None:
    damage = closed(BODY, name).damage
    assert damage is not None
    assert damage.reason == "unparsable"


@pytest.mark.parametrize(
    ("kind", "state", "reason", "partial"),
    [
        ("cmd", "signal", "truncated", True),
        ("cmd", "nospace", "truncated", True),
        ("cmd", "timeout", "timeout", False),
        ("cmd", "notfound", "command_absent", False),
        ("cmd", "noexec", "denied", False),
        ("file", "unreadable", "denied", False),
        ("cmd", "skipped", "not_collected", False),
        ("cmd", "absent", "command_absent", False),
    ],
)
def test_every_state_becomes_its_reason(kind: Kind, state: State, reason: str, partial: bool) -> None:
    found = written(kind, state)
    assert found.damage is not None
    assert (found.damage.reason, found.damage.partial) == (reason, partial)
    assert found.exit_status is None


def test_an_absent_file_and_an_exit_are_answers() -> None:
    assert written("file", "absent").damage is None
    assert (written("cmd", "exit").damage, written("cmd", "exit").exit_status) == (None, 1)


def test_what_a_state_says() -> None:
    assert "within 20 s" in str(written("cmd", "timeout", limit=20).damage)


@pytest.mark.parametrize(
    ("state", "why", "says"),
    [
        ("skipped", "", "the collector skipped it"),
        ("skipped", "ctrmc-down", "the collector skipped it: ctrmc is inoperative by lssrc -a"),
        ("skipped", "a-word-of-a-later-collector", "the collector skipped it: a-word-of-a-later-collector"),
        ("unreadable", "", "the file may not be read by this user"),
        ("unreadable", "no-file", "the collector did not read it: it is not a regular file"),
    ],
)
def test_why_something_was_not_asked(state: State, why: str, says: str) -> None:
    found = written("file", state, extra={"why": why} if why else {})
    assert found.damage is not None
    assert found.damage.says == says


def test_every_word_of_the_collector_is_explained() -> None:
    text = collector_text()
    words = set(re.findall(r"(?:WHYNOT=|why=|hide )'?([a-z0-9-]+)", text))
    states = {"offline", "ctrmc-down", "not-loaded", "run-limit", "link", "no-file", "mcp-there", "no-database"}
    more = {"no-way-to-try", "no-ipv6", "folder-hangs", "filter-failed", "no-ipsec", "other-folders", "two-databases"}
    assert words == states | more
    of_folders = {"other-files", "odd-name"}
    assert all(word in text for word in of_folders)
    words |= of_folders
    for word in words:
        found = written("cmd", "skipped", extra={"why": word})
        assert found.damage is not None
        assert not found.damage.says.endswith(f": {word}")


def test_from_controller_and_metadata_may_stand_on_the_line() -> None:
    found = written("file", "exit", extra={"mode": "0644", "owner": "root", "from": "controller"})
    assert (found.origin, found.damage) == ("controller", None)
    assert written("file", "exit", extra={"from": "host"}).origin == "host"


def test_a_file_and_a_probe_are_recognised_by_their_arguments() -> None:
    line = BODY.split("\n")[0]
    file = closed(BODY.replace("%arg |-a\n", "").replace("kind=cmd", "kind=file").replace("/usr/bin/lssrc", "/etc/x"))
    assert (file.kind, file.request) == ("file", "/etc/x")
    probe = closed(
        BODY.replace("%arg |/usr/bin/lssrc\n%arg |-a", "%arg |tcp\n%arg |10.9.8.7\n%arg |657").replace(
            line, line.replace("kind=cmd", "kind=probe")
        )
    )
    assert (probe.kind, probe.argv) == ("probe", ("tcp", "10.9.8.7", "657"))


def test_arguments_are_kept_as_they_are() -> None:
    found = closed(BODY.replace("%arg |-a\n", "%arg |\n%arg |%done 1 x sum=-\n%arg ||x\n%arg | a  b \n%arg |\udcff\n"))
    assert found.argv == ("/usr/bin/lssrc", "", "%done 1 x sum=-", "|x", " a  b ", "\\xff")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind=cmd", "kind=cron", "names the kind 'cron'"),
        ("st=exit", "st=done", "the state 'done'"),
        ("rc=0", "rc=", "it gives '' for rc"),
        ("rc=0", "rc=-1", "it gives '-1' for rc"),
        ("rc=0", "rc=" + "9" * 5000, "for rc, which is not a number"),
        ("lim=15", "lim=soon", "it gives 'soon' for lim"),
        (" lim=15", "", "%sect line is incomplete"),
        (" " + TIMES, "", "%sect line is incomplete"),
        (" e=2026-11-20T03:00:01Z", "", "%sect line is incomplete"),
        ("1 src.all kind=cmd", "1 kind=cmd", "%sect line is incomplete"),
        ("kind=cmd st=exit", "st=exit kind=cmd", "%sect line is incomplete"),
        ("%arg |-a", "%arg -a", "%arg lines are not whole"),
        ("%arg |-a\n", "%arg |-a\nnoise\n", "%arg lines are not whole"),
        ("%arg |-a\n", "%arg |-a\n%env |X=1\n", "%arg lines are not whole"),
        ("%out", "%arg |-b\n%err", "no %out line where one is expected"),
        ("\n|two", "\n|two\nnoise", "line 13 of the bundle is not a line of a section"),
        ("\n|two", "\n|two\n", "line 13 of the bundle is not a line of a section"),
        ("red=0\n|one", "red=0\none", "line 11 of the bundle is not a line of a section"),
        ("%err enc", "%out enc", "no %err line where one is expected"),
    ],
)
def test_a_line_that_the_grammar_does_not_know(old: str, new: str, says: str) -> None:
    found = closed(BODY.replace(old, new, 1))
    assert found.damage is not None
    assert (found.damage.reason, found.damage.partial) == ("unparsable", False)
    assert says in found.damage.says
    assert found.out.lines == ()
    assert found.argv[:1] == ("/usr/bin/lssrc",)


def test_a_section_without_a_request_is_only_noticed() -> None:
    body = BODY.replace("%arg |/usr/bin/lssrc\n%arg |-a\n", "")
    assert read_section(body.encode(), b"%done 1 src.all sum=-", 7, "x") == (
        "a section cannot be read: its %arg lines are not whole"
    )
    assert isinstance(read_section(b"", None, 7, "x"), str)
    assert isinstance(read_section(b"\xff", b"%done", 7, "x"), str)


def test_an_unclosed_section_proves_presence_only() -> None:
    found = unclosed(BODY.split("\n%err")[0])
    assert found.damage == ("truncated", "the section has no %done line: it was cut", True)
    assert (found.out.lines, found.exit_status) == (("one",), 0)
    whole = unclosed(BODY)
    assert (whole.out.lines, whole.damage) == (("one", "two"), found.damage)


@pytest.mark.parametrize("lines", [2, 3])
def test_a_section_cut_in_its_request_proves_nothing(lines: int) -> None:
    found = unclosed("\n".join(BODY.split("\n")[:lines]))
    assert found.damage is not None
    assert (found.damage.reason, found.damage.partial, found.out.lines) == ("truncated", False, ())


def test_a_cut_error_output_makes_the_answer_partial() -> None:
    cut = closed(BODY.replace("%err enc=text bytes=0 nl=1 cut=0", "%err enc=text bytes=90 nl=1 cut=1"))
    assert cut.damage == ("truncated", "more was printed than was kept", True)


@pytest.mark.parametrize("state", ["signal", "nospace"])
def test_a_last_line_without_end_is_left_out_where_the_command_was_ended(state: str) -> None:
    body = BODY.replace("st=exit", f"st={state}")
    assert closed(body).out.lines == ("one", "two")
    assert closed(body.replace("bytes=8 nl=1", "bytes=7 nl=0")).out.lines == ("one",)
    assert closed(BODY.replace("bytes=8 nl=1", "bytes=7 nl=0")).out.lines == ("one", "two")


SPOKEN = [
    ("kind=cmd st=timeout rc=0 lim=30", "timed out after 30 s"),
    ("kind=cmd st=exit rc=3 lim=30", "the whole answer, with exit status 3"),
    ("kind=file st=exit rc=0 lim=30", "the whole file"),
    ("kind=file st=absent rc=0 lim=30", "no such file"),
    ("kind=cmd st=absent rc=0 lim=30", "no such command"),
    ("kind=cmd st=notfound rc=0 lim=30", "the command is not on this system"),
    ("kind=file st=unreadable rc=0 lim=30", "the file may not be read by this user"),
    ("kind=cmd st=signal rc=0 lim=30", "it was ended by a signal"),
    ("kind=cmd st=other rc=0 lim=30", None),
    ("of lssrc -a", None),
]


@pytest.mark.parametrize(("words", "expected"), SPOKEN)
def test_the_line_of_a_section_in_words(words: str, expected: str | None) -> None:
    line = f"%sect 7 rmc.src {words} b=2026-11-20T03:00:00Z e=2026-11-20T03:00:30Z"
    assert spoken(line) == (expected or line)


def test_why_a_request_was_skipped_is_said_in_words() -> None:
    line = (
        "%sect 7 rmc.src kind=cmd st=skipped rc=0 lim=30 b=2026-11-20T03:00:00Z e=2026-11-20T03:00:30Z why=ctrmc-down"
    )
    assert spoken(line) == "the collector skipped it: ctrmc is inoperative by lssrc -a"


def test_any_other_line_stands_as_it_is() -> None:
    assert spoken(" ctrmc  rsct  active") == " ctrmc  rsct  active"
