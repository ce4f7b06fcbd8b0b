"""Attributes of `cluster0`: stanzas and rows, silence of one command, and values that are none."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.cluster.cluster0 import Cluster0, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("cluster0"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("cluster0", answer_of(sample)) == snapshot


ODMGET = ("odmget", "-q", "name=cluster0", "CuAt")
LSATTR = ("lsattr", "-El", "cluster0")
UUID = "8d0f3c52-77aa-11f0-9c1e-b8cef6012d03"


def stanza(value: str, attribute: str = "node_uuid", name: str = "cluster0") -> tuple[str, ...]:
    return ("CuAt:", f'\tname = "{name}"', f'\tattribute = "{attribute}"', f'\tvalue = "{value}"', '\ttype = "R"')


def odm(*lines: str) -> Cluster0:
    return parse(Answer(ODMGET, lines))


@pytest.mark.parametrize(
    ("argv", "asked"),
    [
        (ODMGET, True),
        (("/usr/bin/odmget", "-q", "name='cluster0'", "CuAt"), True),
        (("odmget", "-q", "name", "cluster0", "CuAt"), True),
        (("odmget", "-q", "name=cluster0 and attribute=node_uuid", "CuAt"), False),
        (("odmget", "-q", "name=sys0", "CuAt"), False),
        (("odmget", "CuAt"), False),
        (LSATTR, True),
        (("/usr/sbin/lsattr", "-E", "-l", "cluster0"), True),
        (("lsattr", "-El", "sys0"), False),
        (("lsattr", "-El", "cluster0", "-a", "node_uuid"), False),
    ],
)
def test_all_attributes_of_cluster0_are_asked(argv: tuple[str, ...], asked: bool) -> None:
    assert asks(argv) is asked


@pytest.mark.parametrize(
    ("value", "uuid", "zero"),
    [
        (UUID, UUID, False),
        (UUID.upper(), UUID, False),
        ("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000", True),
        (UUID[:-1], None, False),
        (UUID[:-1] + "g", None, False),
        (UUID.replace("-", ""), None, False),
        ("0", None, False),
        ("", None, False),
    ],
)
def test_a_value_is_a_uuid_or_has_none(value: str, uuid: str | None, zero: bool) -> None:
    (attribute,) = odm(*stanza(value)).attributes
    assert (attribute.name, attribute.text, attribute.uuid, attribute.zero) == ("node_uuid", value, uuid, zero)
    assert attribute.line == 4


def test_silence_of_the_odm_means_defaults_and_of_lsattr_nothing() -> None:
    record = odm()
    assert (record.present, record.changed_only, record.attributes) == (True, True, ())
    with pytest.raises(Unreadable) as refused:
        parse(Answer(LSATTR, ()))
    assert refused.value.reason == "empty"


def test_rows_of_lsattr() -> None:
    record = parse(Answer(LSATTR, (f"node_uuid {UUID} OS image identifier True",)))
    assert [(row.name, row.uuid, row.line) for row in record.attributes] == [("node_uuid", UUID, 1)]
    assert not record.changed_only


@pytest.mark.parametrize(
    "lines",
    [
        stanza(UUID)[:3],
        (*stanza(UUID)[:3], '\tvalue = "8d0f3c52'),
        stanza(UUID)[1:],
        stanza(UUID, name="cluster1"),
        (*stanza(UUID), *stanza(UUID)[1:]),
        ("no stanza",),
    ],
)
def test_a_stanza_that_is_cut_or_of_another_device_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as refused:
        odm(*lines)
    assert refused.value.reason == "unparsable"


def test_a_device_that_is_not_there_is_an_answer() -> None:
    said = "lsattr: 0514-519 The following device was not found in the customized"
    assert parse(Answer(LSATTR, (), (said, "\tcluster0"), 255)) == Cluster0(False, False, (), -1)
