"""Cells: read back as the text that they were, by programs and by a spreadsheet, and never a formula."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rmccomply.formats._cells import MARK, cell, row
from rmccomply.words import blanked
from tests.documents.drawn import TEXTS
from tests.formats.awkward import HOSTILE
from tests.formats.sheets import needs_calc, read_by_calc, read_by_python

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1",
    "\u3000=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹦1",
    "⁼1",
    '=HYPERLINK("http://evil.example")',
    "=cmd|'/c calc'!A1",
    HOSTILE,
    "'=1",
    "'",
]
NUMBERS = ["007", "3.10", "2026.1", "1E5", "1234E56", "-0", ".5", "1,234", "1 234", "5 %", "€5", "(5)", "1/2", "9-12"]
NUMBERS += ["mar1", "1 Mar", "DEC-2", "sept1", "12:30", "12:30 pm", "7 a", "2026-11-20", "192.168.100.200", "٣"]
NUMBERS += ["123456789012345678"]
LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
PLAIN = ["97", "0", "3.1.5.0", "10.1.2.3", "8286-42A", "03A7D1B", "2026-11-20T03:00:00Z", "lpar0007", "march", "a b"]
PLAIN += ["Köln — 日本語", "http://x.example/", "n/a", "#1", "e5", "", "RMC-ID-001", "/var/ct", "nist-800-53r5:IA-3"]


@pytest.mark.parametrize("text", FORMULAS + NUMBERS)
def test_what_would_be_bent_has_an_apostrophe(text: str) -> None:
    ((shown,),) = read_by_python(MARK + row([text]))
    assert shown == "'" + blanked(text.strip("\r\n"))


@pytest.mark.parametrize("text", PLAIN)
def test_what_stays_as_it_is_has_none(text: str) -> None:
    assert cell(text) == text


def test_a_row_has_a_cell_for_everything() -> None:
    assert row(["a", None, 3, "b,c", 'd"e', "f\r\ng\nh"]) == 'a,,3,"b,c","d""e",f / g / h\n'


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_any_text_is_one_cell_without_controls(texts: list[str]) -> None:
    line = row([*texts, "end"])
    assert line.count("\n") == 1
    (cells,) = read_by_python(MARK + line)
    assert len(cells) == len(texts) + 1
    for shown, text in zip(cells, texts, strict=False):
        kept = blanked(LINE_ENDS.sub(" / ", text.strip("\r\n")))
        assert shown in (kept, f"'{kept}")
        assert not shown.lstrip().startswith(("=", "+", "-", "@"))


@needs_calc
def test_calc_shows_the_texts_and_computes_nothing(tmp_path: Path) -> None:
    texts = [*FORMULAS, *NUMBERS, *PLAIN]
    report = MARK + "".join(row([text, "end"]) for text in texts)
    shown, formulas = read_by_calc(report, tmp_path)
    assert formulas == []
    assert shown == read_by_python(report)


@needs_calc
def test_calc_computes_what_is_not_written_so(tmp_path: Path) -> None:
    shown, formulas = read_by_calc(f"{MARK}=1+1,end\n007,end\n", tmp_path)
    assert (len(formulas), shown) == (1, [["2", "end"], ["7", "end"]])
