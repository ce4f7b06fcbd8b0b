"""`uname`: the order of AIX, the machine of Linux, and partition names with blanks."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.uname import Uname, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("uname"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("uname", answer_of(sample)) == snapshot


def told(option: str, text: str) -> Uname:
    return parse(Answer(("uname", f"-{option}"), (text,)))


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("-a", True),
        ("-L", True),
        ("-rvp", True),
        ("-W", True),
        ("-x", False),
        ("-La", False),
        ("-a -n", False),
        ("a", False),
        ("", False),
    ],
)
def test_one_option_word_is_asked(words: str, asked: bool) -> None:
    assert asks(("/usr/bin/uname", *words.split())) is asked


def test_aix_prints_the_release_before_the_version() -> None:
    record = told("a", "AIX lpar17 2 7 00FA12C54C00")
    assert (record.system, record.node, record.version, record.release) == ("AIX", "lpar17", "7", "2")


@pytest.mark.parametrize(
    ("text", "machine"),
    [
        ("Linux h 5.14.0 #1 SMP Wed Apr 10 2024 ppc64le GNU/Linux", "ppc64le"),
        ("Linux h 4.18.0 #1 SMP Wed Apr 10 2024 ppc64le ppc64le ppc64le GNU/Linux", "ppc64le"),
        ("Linux h 6.1.0-amd64 #1 SMP x86_64 GNU/Linux", "x86_64"),
        ("Linux h 6.1.0 #1 SMP built on x86_64 s390x GNU/Linux", "s390x"),
        ("Linux ppc64le 6.1.0 #1 SMP vax GNU/Linux", ""),
    ],
)
def test_the_machine_of_linux_is_the_last_one_named(text: str, machine: str) -> None:
    record = told("a", text)
    assert (record.system, record.machine) == ("Linux", machine)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 lpar17 - billing", (17, "lpar17 - billing")),
        ("3 a 4 b", (3, "a 4 b")),
        ("-1 NULL", (-1, "")),
    ],
)
def test_a_partition_name_may_hold_blanks(text: str, expected: tuple[int, str]) -> None:
    record = told("L", text)
    assert (record.lpar_id, record.lpar_name) == expected


def test_model_and_serial_number() -> None:
    assert told("M", "IBM,9105-42A").model == "9105-42A"
    assert told("u", "IBM,0278A5C10").system_id == "78A5C10"
    assert told("u", "IBM,78A5C10").system_id == "78A5C10"


def test_a_processor_that_is_unknown_has_no_name() -> None:
    assert told("p", "unknown").machine == ""
    assert told("p", "powerpc").machine == "powerpc"
    assert told("n", "unknown").node == "unknown"


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("a", "AIX lpar17 2"),
        ("a", "AIX lpar17 two seven 00FA12C54C00"),
        ("a", "Linux lpar18 5.14.0"),
        ("a", "HP-UX h B.11.31 U ia64"),
        ("L", "seventeen lpar17"),
        ("L", "17"),
        ("M", "IBM, 9105-42A"),
        ("u", "IBM,02?8A5C10"),
        ("W", "-1"),
        ("n", "two words"),
        ("rvp", "3 7"),
    ],
)
def test_what_an_option_never_prints_is_refused(option: str, text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        told(option, text)
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)


def test_corpus_partition_name() -> None:
    record = parse(capture("aix71-ohai", "uname-L.txt", "uname", "-L"))
    assert (record.lpar_id, record.lpar_name) == (29, "virtlpar03 - 7.1 testers")


def test_corpus_release_version_processor_and_machine() -> None:
    record = parse(capture("aix72-minimal-mondoo", "uname-rvp.txt", "uname", "-rvp"))
    assert (record.version, record.release, record.machine) == ("7", "3", "powerpc")
    assert parse(capture("aix72-minimal-mondoo", "uname-m.txt", "uname", "-m")).machine == "00CC00A04B00"


def test_corpus_linux_release() -> None:
    record = parse(capture("sles15sp3-ppc64le-mondoo", "uname-r.txt", "uname", "-r"))
    assert record.release == "5.3.18-57-default"
