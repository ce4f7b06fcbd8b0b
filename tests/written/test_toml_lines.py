"""The line of a key, with exact positions and without."""

import sys

import pytest

from rmccomply.written.toml_lines import line_of_key

TEXT = """name = "a"

[labels]
wave = "3"

[requests]
"a b.txt" = ["lssrc", "-a"]
"""


@pytest.fixture(params=["with toml-rs", "without toml-rs"], autouse=True)
def _positions(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "with toml-rs":
        pytest.importorskip("toml_rs")
    else:
        monkeypatch.setitem(sys.modules, "toml_rs", None)


@pytest.mark.parametrize(
    ("loc", "line"),
    [(["name"], 1), (["labels", "wave"], 4), (["requests", "a b.txt"], 7), (["none"], None)],
)
def test_the_line_of_a_key(loc: list[str], line: int | None) -> None:
    assert line_of_key(TEXT, loc) == line
