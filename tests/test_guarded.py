"""TOML and JSON within limits: whatever comes, there is a value of modest size or a sentence."""

import errno
import io
import os
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rmccomply.guarded import Place, Unfit, as_written, bounded, json_of, place_of, rest_of, toml_of

HOSTILE_TOML = {
    "a number of 5,000 digits": b"a = " + b"9" * 5000,
    "a number of 20 digits": b"a = [{b = 99999999999999999999}]",
    "20,000 brackets": b"a = " + b"[" * 20_000,
    "100 lists": b"a = " + b"[" * 100 + b"]" * 100,
    "a key of 20,000 parts": b".".join([b"a"] * 20_000) + b" = 1",
    "a table of 20,000 parts": b"[" + b".".join([b"a"] * 20_000) + b"]",
    "an inline key of 20,000 parts": b"x = {" + b" . ".join([b'"a"'] * 20_000) + b" = 1}",
    "many long keys": b"".join(b".".join([b"a%d" % n] * 200) + b" = 1\n" for n in range(5_000)),
    "no text": b"a = '\xff'",
    "half a character": b"a = '\xed\xa0\x80'",
    "a word of a megabyte": b"a" * (1 << 20),
}
HOSTILE_JSON = {
    "a number of 5,000 digits": b'{"a": ' + b"9" * 5000 + b"}",
    "a number of 4,300 digits": b'{"a": ' + b"9" * 4300 + b"}",
    "200,000 brackets": b"[" * 200_000,
    "half a character": b'"\xed\xa0\x80"',
    "half a character, escaped": b'"\\uD800"',
    "no number": b"NaN",
    "no text": b'"\xff"',
    "cut": b'{"a": ',
}


@pytest.mark.parametrize("kind", HOSTILE_TOML)
def test_hostile_toml_ends_in_a_sentence_and_in_time(kind: str) -> None:
    begun = time.process_time()
    with pytest.raises(Unfit, match=r"^(is not|cannot be used as TOML)") as found:
        toml_of(HOSTILE_TOML[kind])
    assert len(found.value.says) < 300
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("kind", HOSTILE_JSON)
def test_hostile_json_ends_in_a_sentence(kind: str) -> None:
    with pytest.raises(Unfit, match=r"^(is not|cannot be used as JSON)") as found:
        json_of(HOSTILE_JSON[kind])
    assert len(found.value.says) < 300


@pytest.mark.parametrize(
    ("mark", "says"),
    [("utf-8-sig", "byte order mark: save it as UTF-8 without"), ("utf-16", "UTF-16 text: save it")],
)
def test_toml_that_windows_saved_is_told_how_to_be_saved(mark: str, says: str) -> None:
    with pytest.raises(Unfit, match=says):
        toml_of('name = "x"'.encode(mark))


def test_what_people_write_is_read() -> None:
    assert toml_of(b'a.b.c = 1\n[x]\ny = "1.2.3. 4.5."') == {"a": {"b": {"c": 1}}, "x": {"y": "1.2.3. 4.5."}}
    assert toml_of(b"a = '''" + b"A sentence. " * 500 + b"'''")["a"].startswith("A sentence.")
    assert json_of(b'\xef\xbb\xbf{"a": "%s", "b": [-9223372036854775808]}' % (b"0" * 5000))["b"] == [-(1 << 63)]


def test_half_a_character_is_read_only_where_it_may_stand() -> None:
    half = rb'{"a": "x\udc80"}'
    assert json_of(half, halves=True) == {"a": "x\udc80"}
    with pytest.raises(Unfit, match="half a character"):
        json_of(half)


@given(st.binary(max_size=200))
def test_anything_is_a_value_or_a_sentence(data: bytes) -> None:
    for read in (toml_of, json_of):
        with suppress(Unfit):
            read(data)


def test_only_plain_files_up_to_a_size_are_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")
    assert bounded(tmp_path / "x", 5) == b"12345"
    with pytest.raises(Unfit, match="larger than 4 bytes"):
        bounded(tmp_path / "x", 4)
    os.mkfifo(tmp_path / "pipe")
    for name in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(Unfit, match="not a regular file"):
            bounded(name, 4)
    with pytest.raises(FileNotFoundError):
        bounded(tmp_path / "none", 4)


ERRNOS = [
    # what stat says, what the path is then
    (errno.ENOENT, Place("absent")),
    (errno.ENOTDIR, Place("absent")),
    (errno.ELOOP, Place("absent")),
    (errno.EACCES, Place("unknown", "cannot be read: Permission denied")),
    (errno.ENAMETOOLONG, Place("unknown", "cannot be read: File name too long")),
    (errno.EIO, Place("unknown", "cannot be read: Input/output error")),
    (errno.ESTALE, Place("unknown", "cannot be read: Stale file handle")),
]


@pytest.mark.parametrize(("number", "place"), ERRNOS)
def test_what_stands_in_the_way_is_told(number: int, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(self: Path, **_: object) -> object:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "stat", failing)
    assert place_of(Path("a")) == place


def test_what_a_path_leads_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("file")
    names = {"file": "file", "link": "file", "pipe": "other", ".": "folder", "none": "absent", "a\0b": "unknown"}
    assert {name: place_of(tmp_path / name).kind for name in names} == names


@pytest.mark.parametrize("most", [0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 200_000])
@pytest.mark.parametrize("size", [0, 65_535, 65_536, 65_537, 131_072])
def test_the_rest_of_a_file_is_what_one_reading_gives(size: int, most: int) -> None:
    data = os.urandom(size)
    assert rest_of(io.BytesIO(data), most) == data[:most]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(True, "true"), (False, "false"), ([], "[...]"), (["a"], "[...]"), ({"a": 1}, "{...}"), (1.5, "1.5"), ("a", "a")],
)
def test_a_value_is_shown_as_it_was_written(value: object, shown: str) -> None:
    assert as_written(value) == shown
