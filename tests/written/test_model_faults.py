"""What a model refuses of a written file: in words of its author, with the line, and nothing of Python in them."""

from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from rmccomply.errors import PolicyError
from rmccomply.written.model_faults import in_order, open_written, validated


class Entry(BaseModel):
    """An entry of a list."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(min_length=1)
    colour: Literal["red", "green"] = "red"
    many: list[str | int] = []
    table: dict[str, str] = {}
    sure: bool = False


class Whole(BaseModel):
    """A file."""

    model_config = ConfigDict(extra="forbid", strict=True)
    schema_: Literal[1] = Field(alias="schema")
    entries: list[Entry]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("colour = 'gren'", "'a' colour: 'gren' is not one of: red, green; did you mean 'green'?"),
        ("color = 'red'", "'a' color: unknown key; did you mean 'colour'?"),
        ("Colour = 'red'", "'a' Colour: unknown key; did you mean 'colour'?"),
        ("'[!-]' = 'red'", "'a' [!-]: unknown key"),
        ("many = 'x'", "'a' many: must be a list"),
        ("table = 'x'", "'a' table: must be a table"),
        ("table = { x = 1 }", "'a' table.x: must be text in quotes"),
        ("sure = 'yes'", "'a' sure: must be true or false"),
    ],
)
def test_what_is_due_is_told_at_its_line(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "file.toml"
    path.write_text(f"schema = 1\n[[entries]]\nname = 'a'\n{line}\n")
    found, faults = validated(open_written(path), Whole, "entries")
    assert (found, [str(one) for one in faults]) == (None, [f"{path}:4: {says}"])


def test_an_entry_without_a_name_is_told_by_its_number_and_faults_come_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "file.toml"
    path.write_text("[[entries]]\nname = 'a'\n[[entries]]\nname = 1\ncolour = 7\n[[entries]]\nname = ''\n")
    faults = in_order(validated(open_written(path), Whole, "entries")[1])
    assert [str(one).removeprefix(str(path)) for one in faults] == [
        ": schema: is missing",
        ":4: entries 2 name: must be text in quotes",
        ":5: entries 2 colour: '7' is not one of: red, green",
        ":7: entries 3 name: must be text that is not empty",
    ]


@pytest.mark.parametrize("text", ["x = [", "\ufeffx = 1"])
def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PolicyError) as caught:
        open_written(path)
    assert str(caught.value).startswith(f"{path}:1: ")
    with pytest.raises(PolicyError, match="No such file"):
        open_written(tmp_path / "none.toml")


@pytest.mark.parametrize("key", ["[!-]", "Title", "str"])
def test_a_key_that_looks_like_a_type_is_a_key(tmp_path: Path, key: str) -> None:
    path = tmp_path / "file.toml"
    path.write_text(f"schema = 1\nentries = []\n'{key}' = 1\n")
    found, faults = validated(open_written(path), Whole, "entries")
    assert (found, [(one.line, one.key, one.says.partition(";")[0]) for one in faults]) == (
        None,
        [(3, key, "unknown key")],
    )
