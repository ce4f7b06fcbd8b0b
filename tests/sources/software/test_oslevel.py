"""`oslevel`: four integers, and how many of them were told."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.software.oslevel import asks, parse
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("oslevel"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("oslevel", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    ("words", "asked"),
    [("-s", True), ("-r", True), ("", True), ("-rl 7200-04", False), ("-sq", False), ("-g", False)],
)
def test_the_level_is_asked(words: str, asked: bool) -> None:
    assert asks(("/usr/bin/oslevel", *words.split())) is asked


@pytest.mark.parametrize(
    ("text", "version", "parts"),
    [
        ("7200-05-07-2346", (7, 2, 5, 7), 4),
        ("7200-05-00-2346", (7, 2, 5, 0), 4),
        ("5300-12-05-1140", (5, 3, 12, 5), 4),
        ("6100-09-00-0000", (6, 1, 9, 0), 3),
        ("7200-05", (7, 2, 5, 0), 3),
        ("7.2.0.0", (7, 2, 0, 0), 2),
    ],
)
def test_levels(text: str, version: tuple[int, ...], parts: int) -> None:
    record = parse(Answer(("oslevel",), (text,)))
    assert (record.version, record.parts, record.text) == (version, parts, text)


@pytest.mark.parametrize(
    "text",
    [
        "7200",
        "7.2",
        "7.2.0.x",
        "7200-5",
        "72OO-05-07-2346",
        "7250-05-07-2346",
        "7200-05-07-2346 7200-05-08-2420",
        "-05",
    ],
)
def test_other_text_is_no_level(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(Answer(("oslevel", "-s"), (text,)))
    assert (refused.value.reason, refused.value.line) == ("unparsable", 1)


@pytest.mark.parametrize(
    ("case", "version"), [("aix72-minimal-mondoo", (7, 3, 3, 0)), ("aix72-tl3-ha-nodea", (7, 2, 3, 5))]
)
def test_corpus_service_packs(case: str, version: tuple[int, ...]) -> None:
    record = parse(capture(case, "oslevel-s.txt", "oslevel", "-s"))
    assert (record.version, record.parts) == (version, 4)


def test_corpus_a_list_of_filesets_is_no_level() -> None:
    with pytest.raises(Unreadable) as refused:
        parse(capture("aix72-tl3-ha-nodea", "oslevel-rl-7200-04.txt", "oslevel", "-r"))
    assert refused.value.reason == "unparsable"
