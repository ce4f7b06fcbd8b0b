"""A number of thousands of digits is no value: wherever one stands in an answer, the answer ends in a finding."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import tomli

from rmccomply.evidence.model import Kind
from rmccomply.facts.gather import Facts, FactSettings
from rmccomply.sources.reading import Readings
from rmccomply.sources.table import SOURCES
from tests.documents.plain_facts import facts_json
from tests.facts.samples import SAMPLES
from tests.hosts.building import NOW, answer

DIGITS = "7" * 5_000
NUMBER = re.compile(r"\d+")
LETTERS = re.compile(r"[a-zA-Z]+")


def changed(text: str) -> Iterator[str]:
    """The text with one number of it after another made long; of numbers in lines of one shape the first."""
    seen = set()
    for found in NUMBER.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        shape = NUMBER.sub("9", LETTERS.sub("a", line))
        if shape not in seen:
            seen.add(shape)
            yield text[: found.start()] + DIGITS + text[found.end() :]


def kind_of(argv: list[str]) -> Kind:
    if argv[0] == "tcp":
        return "probe"
    return "file" if len(argv) == 1 and argv[0].startswith("/") and "bin/" not in argv[0] else "cmd"


def answers(source: str) -> Iterator[Any]:
    """Each sample of a source with each number of its output, of its error output and of its request made long."""
    for sample in tomli.loads((SAMPLES / f"{source}.toml").read_text("utf-8"))["answer"]:
        argv, out, err = sample["argv"], sample.get("out", ""), sample.get("err", "")
        varied = [(argv, text, err) for text in changed(out)] + [(argv, out, text) for text in changed(err)]
        varied += [(text.split("\0"), out, err) for text in changed("\0".join(argv))]
        for asked, text, errors in varied:
            yield answer(kind_of(asked), tuple(asked), text, errors, exit_status=sample.get("exit_status"))


@pytest.mark.exhaustive
@pytest.mark.parametrize("source", sorted(SOURCES))
def test_a_number_of_any_length_breaks_nothing(source: str) -> None:
    for item in answers(source):
        readings = Readings([item])
        for platform in ("aix", "linux"):
            assert Facts(readings, platform, FactSettings(platform=platform, now=NOW)).every()
        assert json.loads(json.dumps(facts_json(readings.all()))) is not None
