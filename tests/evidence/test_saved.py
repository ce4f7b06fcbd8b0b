"""Texts as programs of Windows save them are the texts."""

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest

from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.evidence.bundle_write import write_bundle
from rmccomply.evidence.captures import lines_of
from rmccomply.evidence.saved import as_utf8
from rmccomply.inputs.read import Loaded, load_inputs
from tests.evidence.test_bundle import HEAD, UNAME

SAVED: tuple[Callable[[bytes], bytes], ...] = (
    lambda text: codecs.BOM_UTF8 + text,
    lambda text: codecs.BOM_UTF16_LE + text.decode().encode("utf-16-le"),
    lambda text: codecs.BOM_UTF16_BE + text.decode().encode("utf-16-be"),
    lambda text: codecs.BOM_UTF16_LE + text.decode().replace("\n", "\r\n").encode("utf-16-le"),
)


@pytest.mark.parametrize("saved", SAVED)
def test_a_bundle_is_read_with_its_head(saved: Callable[[bytes], bytes]) -> None:
    plain = write_bundle(HEAD, [UNAME])
    given = saved(plain)
    assert is_bundle(given)
    found, expected = read_bundle(given, "x.rmcc"), read_bundle(plain, "x.rmcc")
    assert (found.head, found.evidence, found.notifications) == (expected.head, expected.evidence, ())


@pytest.mark.parametrize("saved", SAVED)
def test_a_bundle_in_a_folder_is_a_target(saved: Callable[[bytes], bytes], tmp_path: Path) -> None:
    (tmp_path / "lpar1.rmcc").write_bytes(saved(write_bundle(HEAD, [UNAME])))
    (found,) = load_inputs([str(tmp_path)], tmp_path)
    assert isinstance(found, Loaded)


@pytest.mark.parametrize("saved", SAVED)
def test_lines_of_a_capture_are_those_of_the_text(saved: Callable[[bytes], bytes]) -> None:
    assert lines_of(saved("Größe 1\n\nb\n".encode())) == ("Größe 1", "", "b")


@pytest.mark.parametrize("data", [b"", b"\xff", b"a\nb", b"\xfe\xffa", b"\xff\xfe\x00\xd8"])
def test_no_bytes_make_it_fail(data: bytes) -> None:
    as_utf8(data).decode("utf-8", "backslashreplace")
