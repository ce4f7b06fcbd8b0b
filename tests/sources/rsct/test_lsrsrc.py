"""`lsrsrc`: value forms, an empty class, and the key that is never kept."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.evidence.redact import redact
from rmccomply.sources.rsct.lsrsrc import Attribute, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("lsrsrc"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lsrsrc", answer_of(sample)) == snapshot


ASKED = ("lsrsrc", "IBM.MCP")
TITLE = "Resource Persistent Attributes for IBM.MCP"


def attribute(text: str) -> Attribute:
    return parse(Answer(ASKED, (TITLE, "resource 1:", f"\t{text}"))).resources[0].attributes[0]


@pytest.mark.parametrize("words", [("IBM.MCP",), ("-l", "IBM.MCP"), ("IBM.MCP", "HMCIPAddr", "NodeID")])
def test_it_reads_the_text_form(words: tuple[str, ...]) -> None:
    assert asks(("/usr/bin/lsrsrc", *words))


@pytest.mark.parametrize("words", [(), ("-l",), ("-t", "IBM.MCP"), ("-D", ":", "IBM.MCP"), ("-x", "-d", "IBM.MCP")])
def test_it_reads_no_other_form(words: tuple[str, ...]) -> None:
    assert not asks(("lsrsrc", *words))


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ('Name = "a"', "text", ("a",)),
        ('Name = ""', "text", ("",)),
        ('Name = "say "yes" = no, thanks"', "text", ('say "yes" = no, thanks',)),
        ("NodeID            = 18446744073709551615", "number", ("18446744073709551615",)),
        ("Offset = -15", "number", ("-15",)),
        ("List = {}", "list", ()),
        ('List = {"a","b"}', "list", ("a", "b")),
        ('List = {"a, b", "c "d" e"}', "list", ("a, b", 'c "d" e')),
        ("List = {1,2}", "list", ("1", "2")),
        ("Structures = {[1,2]}", "other", ("{[1,2]}",)),
        ('Cut = {"a","b', "other", ('{"a","b',)),
        ('Cut = {"a","b}', "other", ('{"a","b}',)),
        ('Cut = "a', "other", ('"a',)),
        ("Handle = 0x6028 0xffff", "other", ("0x6028 0xffff",)),
        ("Nothing =", "other", ("",)),
    ],
)
def test_forms_of_values(text: str, kind: str, values: tuple[str, ...]) -> None:
    found = attribute(text)
    assert (found.kind, found.values, found.line) == (kind, values, 3)


@pytest.mark.parametrize("text", ["RMCKey = 4f1d2c3b5a697887", 'RMCKey = "4f1d2c3b5a697887"', "RMCKey=4f1d2c3b"])
def test_the_key_is_never_kept(text: str) -> None:
    found = attribute(redact(text))
    assert (found.name, found.values) == ("RMCKey", ("(redacted)",))


def test_a_refusal_does_not_repeat_what_the_line_holds() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(ASKED, (TITLE, "resource 1:", "RMCKey 4f1d2c3b5a697887")))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 3)
    assert "4f1d" not in refused.value.says


@pytest.mark.parametrize(
    ("exit_status", "complete", "whole"), [(0, True, True), (None, True, False), (0, False, False)]
)
def test_the_title_alone_is_a_class_without_resources(exit_status: int | None, complete: bool, whole: bool) -> None:
    record = parse(Answer(ASKED, (TITLE,), exit_status=exit_status, complete=complete))
    assert (record.resources, record.whole) == ((), whole)


@pytest.mark.parametrize("last", ["Name", "NodeNameList"])
def test_a_copy_has_no_seam_where_its_last_resource_comes_to_its_last_attribute(last: str) -> None:
    lines = (TITLE, "resource 1:", f'{last} = "a"')
    copy, framed = parse(Answer(ASKED, lines, exit_status=None)), parse(Answer(ASKED, lines))
    assert (copy.seamless, copy.whole) == (last == "NodeNameList", False)
    assert (framed.seamless, framed.whole) == (True, True)


@pytest.mark.parametrize("title", [TITLE, "Persistent Attributes for Resource: IBM.MCP", ""])
def test_both_titles_and_none(title: str) -> None:
    record = parse(Answer(ASKED, (title, "resource 1:", 'Name = "a"', "resource 2:"), exit_status=None))
    assert [(resource.line, len(resource.attributes)) for resource in record.resources] == [(2, 1), (4, 0)]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(ASKED, ()), "empty"),
        (Answer(ASKED, (), ('2612-022 A session could not be established on "local_node".',), 2), "failed"),
        (Answer(ASKED, (), ("lsrsrc: 2612-023 Resource not found.",), 2), "failed"),
        (Answer(ASKED, (), ("2610-418 Texte en français.",), 2), "denied"),
        (Answer(ASKED, (TITLE, "2612-022 A session could not be established.")), "failed"),
        (Answer(ASKED, (TITLE,), (), 3), "failed"),
        (Answer(ASKED, ("Resource Persistent Attributes for IBM.Host",)), "unparsable"),
        (Answer(ASKED, (TITLE, 'Name = "a"')), "unparsable"),
        (Answer(ASKED, (TITLE, "resource one:")), "unparsable"),
    ],
)
def test_what_is_no_answer(answer: Answer, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(answer)
    assert refused.value.reason == reason


def values(answer: Answer) -> list[dict[str, tuple[str, ...]]]:
    return [{one.name: one.values for one in resource.attributes} for resource in parse(answer).resources]


def test_corpus_two_consoles_and_an_impossible_address() -> None:
    before = values(capture("vios-stale-hmc-mcp", "lsrsrc-IBM.MCP-before.txt", *ASKED))
    after = values(capture("vios-stale-hmc-mcp", "lsrsrc-IBM.MCP-after.txt", *ASKED))
    assert [resource["HMCName"] for resource in before] == [("7042CR8*84270AD",)]
    assert [resource["NodeID"] for resource in after] == [("14480238873508198302",), ("1342464117648976727",)]
    assert [resource["IPAddresses"] for resource in after] == [("100.126.217.113",), ("100.126.217.259",)]


def test_corpus_peer_domain_of_a_control_point() -> None:
    (resource,) = values(capture("aix-samp-3node-testdb", "lsrsrc-IBM.MCP.txt", *ASKED))
    assert (resource["NodeID"], resource["ActivePeerDomain"]) == (("1348464137648977727",), ("TESTDB_Clu",))
    assert (resource["HMCAddIPs"], resource["HMCAddIPv6s"]) == (("10.126.219.220",), ("",))


def test_corpus_replaced_console() -> None:
    (resource,) = values(capture("linux-power-vhmc-replaced-mcp", "lsrsrc-IBM.MCP.txt", *ASKED))
    assert (resource["HMCName"], resource["KeyToken"]) == (("7042CR8*06A315C",), ("hmc186",))


def test_corpus_no_break_spaces() -> None:
    asked = ("lsrsrc", "IBM.ManagementServer")
    (resource,) = values(capture("seed004-gibsonnet", "lsrsrc-IBM.ManagementServer.txt", *asked))
    assert (resource["ManagerType"], resource["NodeNameList"], resource["Name"]) == (("HMC",), ("aix6",), ("",))


def test_corpus_other_classes() -> None:
    networks = parse(
        capture("linux-x86-rhel7-tsamp", "lsrsrc-l-IBM.NetworkInterface.txt", "lsrsrc", "-l", "IBM.NetworkInterface")
    )
    assert [resource.line for resource in networks.resources] == [2, 22]
    assert [one.kind for one in networks.resources[0].attributes if one.name == "Aliases"] == ["list"]
    breakers = values(capture("linux-x86-rhel7-tsamp", "lsrsrc-l-IBM.TieBreaker.txt", "lsrsrc", "-l", "IBM.TieBreaker"))
    assert [resource["Name"] for resource in breakers] == [("networktb",), ("Success",), ("Fail",), ("Operator",)]
    assert breakers[0]["DeviceInfo"] == ("PATHNAME=/usr/sbin/rsct/bin/samtb_net Address=10.10.145.254  Log=1",)


def test_corpus_sample_of_a_module_is_no_listing() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(capture("aix-ansible-mcp-rmckey", "lpar_facts-IBM.MCP.txt", *ASKED))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)


def test_an_empty_item_stands_before_another() -> None:
    assert attribute('List = {"", "b"}').values == ("", "b")


@pytest.mark.parametrize("text", ['One = "', "One = {", "One = }"])
def test_a_lone_mark_is_no_value_of_its_kind(text: str) -> None:
    found = attribute(text)
    assert (found.kind, found.values) == ("other", (text[-1],))


@pytest.mark.parametrize("line", ['two words = "a"', "resource 1x:", "resource 2: IBM.MCP", "see also what IBM.MCP"])
def test_a_line_of_another_form_is_refused(line: str) -> None:
    for lines in ((TITLE, "resource 1:", line), (line, "resource 1:")):
        with pytest.raises(Unreadable) as refused:
            parse(Answer(ASKED, lines))
        assert (refused.value.reason, refused.value.line) == ("unparsable", lines.index(line) + 1)


def test_a_class_in_quotes_is_that_class() -> None:
    assert parse(Answer(ASKED, ('Resource Persistent Attributes for "IBM.MCP"',))).resources == ()


@pytest.mark.parametrize("options", [(), ("-l",), ("-Ab",), ("-A", "b"), ("-A", "p", "-l"), ("-l", "-Ap")])
def test_persistent_attributes_are_read_with_and_without_dynamic_ones(options: tuple[str, ...]) -> None:
    argv = ("lsrsrc", *options, "IBM.MCP")
    assert asks(argv)
    lines = ("Resource Persistent and Dynamic Attributes for IBM.MCP", "resource 1:", '\tMNName = "192.0.2.77"')
    assert parse(Answer(argv, lines)).resource_class == "IBM.MCP"


@pytest.mark.parametrize(
    "words",
    ["-dx IBM.MCP", "-t IBM.MCP", "-x IBM.MCP", "-D : IBM.MCP", "-Ad IBM.MCP", "dx IBM.MCP", "-A IBM.MCP", "MCP"],
)
def test_tables_and_other_attributes_are_not_read(words: str) -> None:
    assert not asks(("lsrsrc", *words.split()))


@pytest.mark.parametrize(
    "text", ["KeyToken = \u201chmc1\u201d", "List = {\u201ca\u201d,\u201cb\u201d}", "KeyToken = &quot;hmc1&quot;"]
)
def test_quotes_that_a_page_changed_are_no_part_of_a_value(text: str) -> None:
    with pytest.raises(Unreadable, match="changed its quotes"):
        attribute(text)
