"""A page as a reader of HTML takes it: its elements with their attributes, its text, what is wrong with its nesting."""

import re
from html.parser import HTMLParser
from typing import Final

VOID: Final = {"meta", "link", "br"}
CLOSED_BY_OTHERS: Final = {"p", "li", "td", "th", "tr", "dt", "dd", "thead", "tbody"}
"""Elements whose end tag may be left out: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags."""
BLOCKS: Final = {"p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "dt", "div", "summary", "figcaption", "text", "title"}


class ReadPage(HTMLParser):
    """`elements` in their order; `text` by lines, as blocks make them, without what is in the head."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.faults: list[str] = []
        self.style = ""
        self._open: list[str] = []
        self._text: list[str] = []
        self.feed(page)
        self.close()
        self.faults += [f"{tag} stays open" for tag in self._open if tag not in CLOSED_BY_OTHERS]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) < len(attrs):
            self.faults.append(f"{tag} has an attribute twice")
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in BLOCKS:
            self._text.append("\n")
        elif tag in ("td", "th", "dd"):
            self._text.append(" | ")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open[-1] != tag and self._open[-1] in CLOSED_BY_OTHERS:
            self._open.pop()
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"{tag} is closed and was not open")
        if tag == "head":
            self._text.clear()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            self.style += data
        else:
            self._text.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"a declaration: {data}")

    @property
    def text(self) -> str:
        """What is read, a line a block, with blanks drawn together."""
        lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(self._text).split("\n"))
        return "\n".join(line for line in lines if line) + "\n"

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]
