"""`errpt`: rows and blocks, and where a copy proves nothing."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.errpt import asks, parse
from rmccomply.sources.shared.answer import Answer
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("errpt"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("errpt", answer_of(sample)) == snapshot


def test_both_forms_of_the_whole_log_and_no_selection() -> None:
    assert asks(("/usr/bin/errpt",))
    assert asks(("errpt", "-a"))
    assert not any(asks(("errpt", *words)) for words in (("-d", "H"), ("-aj", "A6DF45AA")))


def test_corpus_a_head_of_the_log() -> None:
    record = parse(capture("aix-powerha-nodea-caa-trouble", "errpt-head.txt", "errpt"))
    assert ("A6DF45AA", "2024-07-19 11:31", "RMCdaemon", 5) in [
        (one.identifier, one.time, one.resource, one.line) for one in record.entries
    ]
    assert (len(record.entries), record.whole) == (10, False)


def test_corpus_the_long_form() -> None:
    (entry,) = parse(capture("aix53-sgcora1-errpt-a-rmcd", "errpt_-a.txt", "errpt", "-a")).entries
    assert (entry.identifier, entry.time, entry.resource) == ("A6DF45AA", "2012-05-19 09:58", "RMCdaemon")
    assert entry.description == "The daemon is started."


def test_a_log_without_entries_is_an_answer_in_both_forms() -> None:
    for argv in (("errpt",), ("errpt", "-a")):
        record = parse(Answer(argv, ()))
        assert (record.entries, record.whole) == ((), True)
