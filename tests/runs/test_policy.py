"""What the commands of `policy` tell, and to whom."""

from pathlib import Path

import pytest

from rmccomply.errors import OutputError, UsageError
from rmccomply.runs.policy import lint, schema, show, write_pages
from tests.runs.hearing import Heard, kinds


def test_faults_of_one_policy_leave_the_next_to_be_looked_at(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("bogus = 1\nother = 2\n")
    heard = Heard()
    assert lint([str(tmp_path / "bad.toml"), "rmc-core"], heard) == 2
    assert [*kinds(heard)] == ["fault", "result"]
    assert heard.said[1][1].startswith("rmc-core: sound, ")


def test_a_policy_is_one_result_and_drives_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        'schema = 1\nid = "a"\ntitle = "A \\u001b[2J"\nversion = "1"\nextends = "rmc-core"\n'
    )
    heard = Heard()
    show(str(tmp_path / "a.toml"), "text", heard)
    assert [*kinds(heard)] == ["result"]
    assert "\x1b" not in heard.said[0][1]


def test_a_schema_that_is_none_is_told_with_the_others() -> None:
    with pytest.raises(UsageError, match="unknown schema 'x'"):
        schema("x", Heard())
    heard = Heard()
    schema("facts", heard)
    assert heard.said[0][1].startswith("{")


def test_pages_are_written_and_each_is_named(tmp_path: Path) -> None:
    heard = Heard()
    write_pages({"a/b.md": "text\n"}, tmp_path, heard)
    assert (tmp_path / "a" / "b.md").read_text() == "text\n"
    assert heard.of("result") == [f"{tmp_path.as_posix()}/a/b.md\n"]


def test_a_page_that_cannot_be_written_is_told_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(OutputError, match=r"a/b\.md: cannot be written: (File exists|Not a directory)"):
        write_pages({"a/b.md": "text\n"}, tmp_path, Heard())
