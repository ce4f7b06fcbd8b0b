"""Text for people: what is wrong, on how many partitions, why, and what to do first.

No standard; two forms. The page has one screen whatever the number of targets (`page`): of one target what to fix in
which order, of several what is wrong on how many of them; lists are cut with a count and the option that shows the
rest. The whole (`whole`) has every open finding with its evidence; its layout follows what rustc, ruff and zizmor have
in common: a headline with mark, severity and rule, the place as `file:line`, the line itself behind a gutter, then why
it matters and what to do. Readings chosen: targets with the worst findings come first and healthy ones last; no meaning
is carried by colour alone; evidence that is wider than the page has its blanks drawn together and is then cut with `…`,
here and in no other format; the last line is the verdict in words.
"""

from typing import TYPE_CHECKING

from rmccomply.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmccomply.formats import Frame
    from rmccomply.formats.text.gist import Gist
    from rmccomply.formats.text.page import PageAssembly
    from rmccomply.formats.text.whole import Drawn, WholeAssembly
    from rmccomply.report import Assessed, Closing


class TextFragment(NamedTuple):
    """A target in text: what a page needs of it, or itself as it is drawn."""

    gist: "Gist | None" = None
    drawn: "Drawn | None" = None


class TextAssembly:
    """Text in the making, in one of its forms."""

    def __init__(self, frame: "Frame", page: "PageAssembly | None", whole: "WholeAssembly | None") -> None:
        self._frame, self._page, self._whole = frame, page, whole

    def begin(self) -> str:
        return ""

    def add(self, fragment: TextFragment) -> str:
        if self._page is not None and fragment.gist is not None:
            self._page.add(fragment.gist)
        if self._whole is not None and fragment.drawn is not None:
            self._whole.add(fragment.drawn)
        return ""

    def end(self, closing: "Closing") -> "Iterator[str]":
        if not closing.targets:
            from rmccomply.formats.text.canvas import page_of
            from rmccomply.formats.text.nothing import of_nothing

            yield from of_nothing(page_of(self._frame.style), self._frame.run, closing)
            return
        for form in (self._page, self._whole):
            yield from form.end(closing) if form is not None else ()

    def abandon(self) -> None:
        for form in (self._page, self._whole):
            if form is not None:
                form.abandon()


def fragment(item: "Assessed", frame: "Frame") -> TextFragment:
    """A target as the form of the report needs it."""
    if frame.style.show in ("open", "all"):
        from rmccomply.formats.text.whole import drawn_target

        return TextFragment(drawn=drawn_target(item, frame))
    from rmccomply.formats.text.gist import gist_of

    return TextFragment(gist=gist_of(item, frame))


def assembly(frame: "Frame") -> TextAssembly:
    """An empty report."""
    if frame.style.show in ("open", "all"):
        from rmccomply.formats.text.whole import WholeAssembly

        return TextAssembly(frame, None, WholeAssembly(frame))
    from rmccomply.formats.text.page import PageAssembly

    return TextAssembly(frame, PageAssembly(frame), None)
