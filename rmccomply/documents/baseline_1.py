"""Baseline, version 1, as it is written: what it is, then an entry a line, by fingerprint.

So git merges two baselines line by line, and a fail that is fixed is a line that goes. Nothing of a run stands there:
no time, no place of evidence, no release.
"""

from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring_ascii as _text
from typing import Final

from rmccomply.dispose.baseline import BaselineEntry
from rmccomply.documents import BASELINE_1

HEAD: Final = f'{{"schema":{_text(BASELINE_1)}}}'
"""The first line."""


def baseline_lines(entries: Iterable[BaselineEntry]) -> Iterator[str]:
    """A baseline of these entries, in lines without their ends."""
    yield HEAD
    for one in sorted(entries):
        yield entry_line(one)


def baseline_bytes(entries: Iterable[BaselineEntry]) -> bytes:
    """A baseline of these entries, whole."""
    return "".join(f"{line}\n" for line in baseline_lines(entries)).encode("ascii")


def entry_line(entry: BaselineEntry) -> str:
    """An entry on its line, in printable ASCII."""
    return (
        f'{{"fingerprint":{_text(entry.fingerprint)},"rule":{_text(entry.rule)},"target":{_text(entry.target)},'
        f'"subject":{_text(entry.subject)},"severity":{_text(entry.severity)},"actual":{_text(entry.actual)}}}'
    )
