"""How the tests of sources read their samples (see tests/samples/README.md) and, where it is there, the corpus."""

from pathlib import Path
from typing import Any

import pytest
import tomli

from rmccomply.evidence.redact import redact_lines
from rmccomply.sources.shared.answer import Answer, Unreadable
from rmccomply.sources.table import SOURCES

SAMPLES = Path(__file__).parents[1] / "samples"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def samples(source: str) -> list[Any]:
    """The samples of a source as pytest parameters, named."""
    parsed = tomli.loads((SAMPLES / f"{source}.toml").read_text("utf-8"))
    return [pytest.param(sample, id=sample["name"]) for sample in parsed["answer"]]


def lines_of(text: str) -> tuple[str, ...]:
    """Lines as a source gets them: no line ends, no-break spaces as blanks, no secrets."""
    text = text.replace("\xa0", " ").replace("\r\n", "\n")
    return redact_lines(tuple(text.removesuffix("\n").split("\n"))) if text else ()


def answer_of(sample: dict[str, Any]) -> Answer:
    """The answer that a sample describes."""
    return Answer(
        tuple(sample["argv"]),
        lines_of(sample.get("out", "")),
        lines_of(sample.get("err", "")),
        sample.get("exit_status"),
        sample.get("complete", True),
        sample.get("absent", False),
    )


def read(source: str, answer: Answer) -> object:
    """The record, or "reason: why (line n)" where the source refuses the answer."""
    module = SOURCES[source].load()
    assert module.asks(answer.argv)
    try:
        return module.parse(answer)
    except Unreadable as refused:
        return f"{refused.reason}: {refused.says} (line {refused.line})"


def capture(case: str, name: str, *argv: str, complete: bool = True) -> Answer:
    """A real capture as an answer without exit status; skips the test where the corpus is not there."""
    path = CORPUS / case / name
    if not path.is_file():
        pytest.skip("the corpus of real captures is not here")
    return Answer(argv, lines_of(path.read_bytes().decode("utf-8", "backslashreplace")), (), None, complete)
