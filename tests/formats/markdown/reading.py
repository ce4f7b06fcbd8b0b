"""Markdown as GitHub makes HTML of it: by its own cmark-gfm, with tables, autolinks, strikethrough and task lists."""

from html.parser import HTMLParser

from cmarkgfm import cmark, markdown_to_html_with_extensions

EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist"]


class Reader(HTMLParser):
    """What a page is made of: its tags, each with its text, and what stands in no code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[tuple[str, str, str]] = set()
        self.codes: list[str] = []
        self.plain: list[str] = []
        self.cells: list[int] = []
        self.headings: list[str] = []
        self.comments: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update((tag, name, value or "") for name, value in attrs)
        if tag in ("br", "hr", "img", "input"):
            return
        self._open.append(tag)
        if tag == "code":
            self.codes.append("")
        if tag == "tr":
            self.cells.append(0)
        if tag in ("td", "th"):
            self.cells[-1] += 1
        if tag == "h3":
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_decl(self, decl: str) -> None:
        self.comments.append(decl)

    def handle_data(self, data: str) -> None:
        if "h3" in self._open:
            self.headings[-1] += data
        if "code" in self._open:
            self.codes[-1] += data
        else:
            self.plain.append(data)


def read(markdown: str) -> Reader:
    """A page as a browser gets it, raw HTML included."""
    options = cmark.Options.CMARK_OPT_UNSAFE
    reader = Reader()
    reader.feed(markdown_to_html_with_extensions(markdown, options, EXTENSIONS))
    reader.close()
    return reader
