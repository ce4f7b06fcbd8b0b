"""A baseline as it is written, byte for byte; read back it is the same, whatever its texts hold."""

import tempfile
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from rmccomply.dispose.baseline import BaselineEntry
from rmccomply.documents.baseline_1 import HEAD, baseline_bytes
from rmccomply.documents.baseline_1_reader import read_baseline
from rmccomply.finding import fingerprint
from rmccomply.words import SEVERITIES

ANY = st.characters(exclude_categories=())
"""Any character, halves of some among them."""


def entry(rule: str, target: str, subject: str = "", severity: str = "high", actual: str = "x") -> BaselineEntry:
    name = fingerprint(rule, target, subject)
    return BaselineEntry(name, rule, target, subject, severity, actual)  # type: ignore[arg-type]


ENTRIES = st.builds(
    entry,
    st.sampled_from(("RMC-ID-001", "RMC-FS-001", "A-1")),
    st.text(ANY, min_size=1, max_size=8),
    st.text(ANY, max_size=8),
    st.sampled_from(SEVERITIES),
    st.text(ANY, max_size=8),
)


def test_a_line_is_an_entry_and_they_stand_by_fingerprint() -> None:
    one, other = entry("RMC-ID-001", "lpar7", actual='a "ä" \n'), entry("RMC-SUB-001", "lpar7", "ctrmc")
    first = f'{{"fingerprint":"{one.fingerprint}","rule":"RMC-ID-001","target":"lpar7","subject":"","severity":"high",'
    second = f'{{"fingerprint":"{other.fingerprint}","rule":"RMC-SUB-001","target":"lpar7","subject":"ctrmc",'
    lines = {f'{first}"actual":"a \\"\\u00e4\\" \\n"}}', f'{second}"severity":"high","actual":"x"}}'}
    text = baseline_bytes([one, other]).decode()
    assert text == "\n".join(['{"schema":"rmccomply/baseline/1"}', *sorted(lines), ""])
    assert text == baseline_bytes([other, one]).decode()


@given(st.lists(ENTRIES, max_size=6, unique_by=lambda one: one.fingerprint), st.randoms(use_true_random=False))
def test_what_is_written_is_read_back_in_any_order(made: list[BaselineEntry], random: Random) -> None:
    head, *lines = baseline_bytes(made).splitlines(keepends=True)
    random.shuffle(lines)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.jsonl"
        path.write_bytes(b"".join([head, *lines]))
        known = read_baseline(path)
    assert head.decode().strip() == HEAD
    assert sorted(known.each()) == sorted(made)
    assert baseline_bytes(known.each()) == baseline_bytes(made)
