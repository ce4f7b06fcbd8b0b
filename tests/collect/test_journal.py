"""The journal of a run: added to, read after a kill, one run at a time."""

import json
from pathlib import Path

import pytest

from rmccomply.collect.journal import End, Journal, ends, is_there
from rmccomply.errors import OutputError, UsageError
from rmccomply.evidence.run_folder import NAME

END = End("lpar7", "collected", "", 1.5, 1, 40, 1000, "ab", "2026-11-20T03:00:00Z")


def written(folder: Path, *found: End) -> bytes:
    journal = Journal(folder)
    journal.run("ssh", len(found), "2026-11-20T03:00:00Z")
    for end in found:
        journal.begin(end.target, 1, "2026-11-20T03:00:00Z")
        journal.end(end)
    journal.close()
    return (folder / NAME).read_bytes()


def test_the_last_end_of_a_target_counts(tmp_path: Path) -> None:
    failed = END._replace(word="unreachable", says="ssh: no")
    written(tmp_path / "run", failed, END._replace(target="lpar8"))
    written(tmp_path / "run", END)
    again = Journal(tmp_path / "run")
    assert again.before == {"lpar7": END, "lpar8": END._replace(target="lpar8")}
    again.close()


def test_every_truncation_gives_a_journal_of_what_was_whole(tmp_path: Path) -> None:
    data = written(tmp_path / "run", END, END._replace(target="lpar8"))
    lines = data.splitlines(keepends=True)
    for size in range(len(data) + 1):
        cut = data[:size]
        whole = {END.target: 2, "lpar8": 4}
        found = set(ends(cut.split(b"\n")))
        assert found == {name for name, line in whole.items() if size >= len(b"".join(lines[: line + 1])) - 1}


def test_a_torn_line_does_not_swallow_the_next(tmp_path: Path) -> None:
    data = written(tmp_path / "run", END)
    (tmp_path / "run" / NAME).write_bytes(data[:-20])
    written(tmp_path / "run", END._replace(target="lpar8"))
    again = Journal(tmp_path / "run")
    assert list(again.before) == ["lpar8"]
    again.close()


def test_a_first_line_that_was_torn_is_written_anew(tmp_path: Path) -> None:
    data = written(tmp_path / "run", END)
    for size in (1, 20, 40):
        (tmp_path / "run" / NAME).write_bytes(data[:size])
        assert written(tmp_path / "run", END) == data


@pytest.mark.parametrize(
    "line",
    [b"[]", b"null", b'{"event": "end"}', b'{"event": "end", "target": 7, "word": "x"}', b"\xff", b"[" * 100_000],
)
def test_what_is_no_line_of_a_journal_is_passed_over(line: bytes) -> None:
    good = json.dumps({"event": "end", **END._asdict()}).encode()
    assert ends([line, good, line]) == {"lpar7": END}


def test_a_value_of_another_kind_is_passed_over() -> None:
    line = json.dumps({"event": "end", **END._asdict(), "seconds": "x", "sections": None, "says": 3}).encode()
    assert ends([line]) == {"lpar7": END._replace(seconds=0.0, sections=0)}


def test_two_runs_at_once_in_one_folder_are_refused(tmp_path: Path) -> None:
    first = Journal(tmp_path / "run")
    with pytest.raises(UsageError, match="another run is using it"):
        Journal(tmp_path / "run")
    first.close()
    Journal(tmp_path / "run").close()


def test_another_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("precious\n")
    with pytest.raises(UsageError, match="not the journal"):
        Journal(tmp_path)
    assert (tmp_path / NAME).read_text() == "precious\n"


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot hold a run"):
        Journal(tmp_path / "file")


def test_a_bundle_is_there_only_as_it_came(tmp_path: Path) -> None:
    bundle = tmp_path / "lpar7.rmcc"
    assert not is_there(END, bundle)
    bundle.write_bytes(b"")
    empty = END._replace(sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    assert is_there(empty, bundle)
    assert not is_there(empty._replace(word="incomplete"), bundle)
    assert not is_there(None, bundle)
    bundle.write_bytes(b"changed")
    assert not is_there(empty, bundle)
