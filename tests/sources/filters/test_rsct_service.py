"""Service files of firewalld: ports, and not XML that could say something else than it shows."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.filters.rsct_service import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples

ASKED = ("/usr/lib/firewalld/services/rsct-ctrmc.xml",)


@pytest.mark.parametrize("sample", samples("rsct_service"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("rsct_service", answer_of(sample)) == snapshot


def test_it_reads_the_file_alone() -> None:
    assert asks(ASKED)
    assert not asks(("cat", *ASKED))


def test_a_port_in_a_comment_is_none() -> None:
    lines = ("<service>", '<!-- <port protocol="tcp" port="1"/> -->', '<port protocol="tcp" port="657"/>', "</service>")
    assert [(port.text, port.line) for port in parse(Answer(ASKED, lines)).ports] == [("657/tcp", 3)]


@pytest.mark.parametrize(
    ("lines", "line", "says"),
    [
        (('<!DOCTYPE service SYSTEM "file:///etc/passwd">', "<service/>"), 1, "document type"),
        (("<service>", '<port port="&rmc;" protocol="tcp"/>', "</service>"), 2, "undefined entity"),
        (("<service>", '<port port="657" protocol="tcp"/>'), 2, "no element found"),
        (("<service>", "<port port=657/>", "</service>"), 2, "not XML"),
        (("<service/>", "<service/>"), 2, "junk after"),
        (("<zone><port/></zone>",), 1, "not a service but a zone"),
        (("not XML",), 1, "not XML"),
    ],
)
def test_what_is_no_service(lines: tuple[str, ...], line: int, says: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ASKED, lines))
    assert (refused.value.reason, refused.value.line) == ("unparsable", line)
    assert says in refused.value.says


def test_entities_of_xml_itself_are_text() -> None:
    lines = ("<service><short>a &amp; b</short>", '<port protocol="tcp" port="&#54;57"/></service>')
    assert [port.first for port in parse(Answer(ASKED, lines)).ports] == [657]
