"""The labels file: a table for each target, and what people put there instead."""

from pathlib import Path

import pytest

from rmccomply.errors import UsageError
from rmccomply.written.labels import read_labels


def read(folder: Path, text: str) -> dict[str, dict[str, str]]:
    (folder / "labels.toml").write_text(text)
    return read_labels(str(folder / "labels.toml"))


def test_labels_are_texts_by_target(tmp_path: Path) -> None:
    assert read(tmp_path, '[lpar7]\nwave = 3\nsite = "north"\n["a.b"]\n') == {
        "lpar7": {"wave": "3", "site": "north"},
        "a.b": {},
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('wave = "3"', "'wave' is not a table of labels for a target: write [TARGET] on a line above it"),
        ("[lpar7.example]\nwave = 3", 'write a name with a dot in quotes, ["lpar7.example"]'),
        ("[lpar7]\nwave = [3]", "'wave' of 'lpar7' is a list, but a label is a single text"),
        ("[hosts.lpar7]\nwave = 3", "'hosts' would be a target: write [lpar7], and its labels below"),
        ('[hosts."a b"]\nwave = 3', 'write ["a b"], and its labels below'),
        ("[lpar7.labels]\nwave = 3", "'labels' of 'lpar7' is a table: write [lpar7], and its labels below"),
        ("[lpar7\n", "labels.toml:1: is not valid TOML"),
    ],
)
def test_what_is_no_labels_file_is_told(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)
    assert says in str(caught.value)
    assert str(caught.value).startswith("--labels: ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^--labels: .*gone: cannot be read: No such file or directory"):
        read_labels(str(tmp_path / "gone"))
