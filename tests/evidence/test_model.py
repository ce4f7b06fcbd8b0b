"""Evidence: how a line is named, and what the reference to it says."""

from rmccomply.evidence.model import WHOLE, Evidence, Reference, Stream, request_text

OUT = Stream(("first", "second"), 20)
ERR = Stream(("warning",), 30)
SECTION = Evidence(
    "cmd", ("/usr/bin/lssrc", "-a"), "x.rmcc", "exit", 1, OUT, ERR, line=10, text="%sect 1", ended="T", framed=True
)
CAPTURE = Evidence("cmd", ("lssrc", "-a"), "lssrc-a.txt", out=Stream(("first",), 1))


def place(found: Reference | None) -> tuple[int, int, str, int]:
    assert found is not None
    return found.start_line, found.end_line, found.text, found.start_column


def test_lines_of_a_section() -> None:
    assert place(SECTION.at(2)) == (21, 21, "second", 2)
    assert place(SECTION.at(-1)) == (30, 30, "warning", 2)
    assert place(SECTION.at(WHOLE)) == (10, 10, "%sect 1", 1)


def test_a_line_that_is_not_there_is_the_whole() -> None:
    assert SECTION.at(3) == SECTION.at(-2) == SECTION.at(WHOLE)


def test_what_a_reference_repeats() -> None:
    found = SECTION.at(1)
    assert found is not None
    assert (found.uri, found.request, found.exit_status, found.collected) == ("x.rmcc", "lssrc -a", 1, "T")


def test_a_capture_is_pointed_at_by_its_first_line() -> None:
    assert place(CAPTURE.at(WHOLE)) == place(CAPTURE.at(1)) == (1, 1, "first", 1)
    assert CAPTURE._replace(out=Stream()).at(WHOLE) is None
    assert CAPTURE._replace(out=Stream()).at(1) is None


def test_a_hex_line_stands_on_its_od_lines() -> None:
    stream = Stream(("a\\x00", "b"), 20, ((20, 21), (21, 21)), (" 61\n| 00 0a 62", " 00 0a 62"))
    found = SECTION._replace(out=stream).at(1)
    assert place(found) == (20, 21, "a\\x00", 2)
    assert found is not None
    assert found.snippet == " 61\n| 00 0a 62"


def test_requests_as_people_write_them() -> None:
    assert request_text("cmd", ("/opt/rsct/bin/lsrsrc", "IBM.MCP")) == "lsrsrc IBM.MCP"
    assert request_text("file", ("/etc/ct_node_id",)) == "/etc/ct_node_id"
    assert request_text("probe", ("tcp", "fe80::1%en0", "657")) == "tcp fe80::1%en0 657"
    assert request_text("cmd", ()) == ""
