"""Folders of captures that are written: what `check` reads of them is what was written."""

from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.evidence.captures_write import Capture, write_captures

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def test_each_answer_has_a_file_of_its_own(tmp_path: Path) -> None:
    twice = [
        Capture("lssrc-a", ("lssrc", "-a"), b"one\n"),
        Capture("lssrc-a", ("lssrc", "-a"), b"two\n", filtered=True),
    ]
    write_captures(tmp_path, "lpar1", "aix", [*twice, Capture("..", ("odd",), b"")])
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "answer.txt",
        "lssrc-a-2.txt",
        "lssrc-a.txt",
        "target.toml",
    ]
    assert (tmp_path / "lssrc-a-2.txt").read_bytes() == b"two\n"
    assert tomli.loads((tmp_path / "target.toml").read_text("utf-8")) == {
        "name": "lpar1",
        "platform": "aix",
        "requests": {
            "lssrc-a.txt": ["lssrc", "-a"],
            "lssrc-a-2.txt": {"request": ["lssrc", "-a"], "filtered": True},
            "answer.txt": ["odd"],
        },
    }


@given(name=TEXTS, words=st.lists(TEXTS, max_size=3))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, name: str, words: list[str]) -> None:
    folder = tmp_path_factory.mktemp("captures")
    write_captures(folder, name, "", [Capture("x", tuple(words), b"")])
    target = tomli.loads((folder / "target.toml").read_text("utf-8"))
    assert target.get("name", "") == name
    assert target["requests"] == {"x.txt": words}
