"""What stands between data and a page: escaping, what cannot be seen made visible, addresses of the web alone."""

import pytest
from jinja2 import UndefinedError

from rmccomply.formats.html.templating import linked_to, style_sheet, template


def test_text_is_escaped_and_made_visible() -> None:
    row = template("links").render(links=[("<b>\u202e\x1b\n&amp;", "t1")])
    assert row == '<li><a href="#t1"><bdi>&lt;b&gt;\\u202e\\x1b\\x0a&amp;amp;</bdi></a>\n'


def test_what_is_not_given_is_a_fault() -> None:
    with pytest.raises(UndefinedError):
        template("links").render()


@pytest.mark.parametrize("url", ["https://www.ibm.com/docs/en/rsct/3.3?topic=x#y", "http://h:8080/", "https://h"])
def test_addresses_of_the_web_are_followed(url: str) -> None:
    assert linked_to(url) == url


@pytest.mark.parametrize(
    "url",
    [
        *("", "javascript:alert(1)", "JaVaScript:x", "data:text/html,x", "file:///etc/passwd", "//h/x", "https://"),
        *("ftp://h", "https://h/ x", "https://h\n", "https://u:p@h/", " https://h", "https://h/\u202e"),
    ],
)
def test_no_other_address_is(url: str) -> None:
    assert linked_to(url) == ""


def test_the_style_sheet_cannot_end_its_element() -> None:
    assert "<" not in style_sheet()
