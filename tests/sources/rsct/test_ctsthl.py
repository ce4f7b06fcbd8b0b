"""`ctsthl -l`: keys are hashed and never kept (the layout is remembered: every answer here is constructed)."""

from hashlib import sha256
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.ctsthl import TrustedHosts, asks, parse
from rmccomply.sources.shared.answer import Answer
from tests.facts.samples import answer_of, read, samples

KEY = "120200c73d" + 16 * "9f1103ab"
DASHES = "--------------------"


@pytest.mark.parametrize("sample", samples("ctsthl"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("ctsthl", answer_of(sample)) == snapshot


def listing(*value: str, method: str = "rsa512", end: str = DASHES, exit_status: int | None = 0) -> TrustedHosts:
    lines = ("Host name: hmc1", f"Identifier Generation Method: {method}", "Identifier Value:", *value, end)
    return parse(Answer(("ctsthl", "-l"), lines, exit_status=exit_status))


def test_only_the_configured_list_is_read() -> None:
    assert asks(("/opt/rsct/bin/ctsthl", "-l"))
    assert not any(asks(("ctsthl", *words)) for words in ((), ("-s",), ("-l", "-f", "/tmp/thl")))


def test_the_key_itself_is_nowhere_in_the_record() -> None:
    record = listing(KEY)
    assert record.rows[0].identifier_sha256 == sha256(KEY.encode()).hexdigest()
    assert KEY[:16] not in repr(record)


@pytest.mark.parametrize(
    "value", [(KEY,), (KEY.upper(),), (KEY[:60], KEY[60:]), (f"  {KEY[:70]}", "", f" {KEY[70:]} "), (KEY[:9], KEY[9:])]
)
def test_one_key_has_one_hash(value: tuple[str, ...]) -> None:
    assert listing(*value).rows[0].identifier_sha256 == sha256(KEY.encode()).hexdigest()


@pytest.mark.parametrize("method", ["rsa1024", "rsa2048_sha256"])
def test_fewer_digits_than_the_method_makes_are_a_cut_key(method: str) -> None:
    assert listing(KEY, method=method).rows[0].identifier_sha256 is None


@pytest.mark.parametrize("value", [(), ("",), (KEY, "..."), (f"{KEY}g",), ("(redacted)",)])
def test_what_is_no_key_has_no_hash(value: tuple[str, ...]) -> None:
    assert listing(*value, method="").rows[0].identifier_sha256 is None


@pytest.mark.parametrize(
    ("end", "exit_status", "closed"), [(DASHES, None, True), ("", None, False), ("", 0, True), (DASHES, 0, True)]
)
def test_a_copy_must_close_its_last_entry_and_may_lack_others(end: str, exit_status: int | None, closed: bool) -> None:
    record = listing(KEY, end=end, exit_status=exit_status)
    assert (record.whole, record.rows[0].identifier_sha256 is not None) == (exit_status == 0, closed)


def test_the_last_key_of_a_cut_answer_has_no_hash() -> None:
    lines = ("Host name: a", "Identifier Value:", KEY, DASHES, "Host name: b", "Identifier Value:", KEY, KEY[:8])
    record = parse(Answer(("ctsthl", "-l"), lines, complete=False))
    assert [row.identifier_sha256 is None for row in record.rows] == [False, True]
    assert not record.whole
