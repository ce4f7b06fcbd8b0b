"""Uris: relative, percent-encoded, and a file in an archive told from the archive."""

import pytest

from rmccomply.evidence.uris import carried, encoded, inside


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b-c_d.e~f", "a/b-c_d.e~f"),
        ("a b", "a%20b"),
        ("a!/b", "a%21/b"),
        ("ä%#?\udcff", "%C3%A4%25%23%3F%FF"),
        ("\x1b[0m\n", "%1B%5B0m%0A"),
    ],
)
def test_every_octet_that_is_not_safe_is_encoded(path: str, uri: str) -> None:
    assert encoded(path) == uri


def test_the_border_of_an_archive_cannot_be_forged() -> None:
    assert inside(encoded("x!/y.tar"), "a!/b c") == "x%21/y.tar!/a%21/b%20c"


@pytest.mark.parametrize("path", ["a.rmcc", "../a b/ü.rmcc", "x!y", ""])
def test_what_is_one_already_is_carried_as_it_is(path: str) -> None:
    assert carried(encoded(path)) == encoded(path)
    assert carried(inside("a.tar", path)) == inside("a.tar", path)
