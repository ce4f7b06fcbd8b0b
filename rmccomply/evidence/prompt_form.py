"""Prompts of forms that nobody can list, told by the command behind them, which the file is known to answer.

    {lpar1:root}/ # lssrc -a           <lpar1>/ # lssrc -a           lpar1 in /
    Subsystem   Group  PID  Status     Subsystem   Group  PID ...    ❯ lssrc -a
    {lpar1:root}/ #                    <lpar1>/ #

What stands before the command is the prompt there, and wherever it stands again: alone, before a command that is read,
and behind a sign of prompts before anything. A time of day in it may be another one. Such a line is written here as
`terminal` knows prompts; whether it is a line of an answer all the same is told there.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from rmccomply.evidence.terminal import LEAVES, USERS, Known, is_greeting, prompt_of
from rmccomply.evidence.typed import command_of
from rmccomply.tuples import NamedTuple

MESSAGE: Final = re.compile(r"\*.*|\W+")
"""A line of the message of the day as AIX ships it, in a frame of stars."""
_MOST: Final = 1000
"""Lines that are looked at for such a prompt."""
_SIGNS: Final = "#$%>➜❯»"
_BEGINS: Final = re.compile(r"(?<![^\s#$%>])[\w/]")
"""Where a command may begin on a line."""
_ENDS: Final = re.compile(r".*[^\w\s|;&<('\"`]\s*|")
"""How a prompt ends: not as a word does, and not as what a shell reads on from."""
_BEHIND_SIGN: Final = re.compile(rf"[{_SIGNS}]+\s*(?=[\w/])")
_PLAIN: Final = re.compile(r"[\w./-]+")
"""The word of a command, and the path of a file."""
_CLOCK: Final = re.compile(r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)")
_WHOSE: Final = re.compile(r"[\w.-]+ ?@ ?([\w.-]+)|^[\[{(<]*([A-Za-z][\w.-]*)(?=[:()>\]}/]| ?[/~])")
_HOSTLESS: Final = USERS[0]
"""What stands before the colon of a prompt that names no host."""


class _Form(NamedTuple):
    """The prompt on a line: what stands before the command, and all of its lines by which it is known again."""

    line: int
    text: str
    again: re.Pattern[str]


def plain_prompts(lines: tuple[str, ...], own: Known, known: Known) -> tuple[str, ...]:
    """The lines, of which those with a prompt of the file's own form are written as `terminal` knows prompts.

    `own` tells whether a command is one that the file is known to answer, `known` whether it is one that is read.
    """
    form = _form(lines, own)
    if form is None:
        return lines
    written = list(lines)
    host = _host(form.text)
    for index, typed in _places(lines, form, known):
        above = form.line and index and lines[index - 1].strip()
        if above and index > form.line and lines[index - 1] == lines[form.line - 1]:
            written[index - 1] = written[form.line - 1] = f"(0) root @ {host}: /"
        written[index] = f"{host}:/# {typed}"
    return tuple(written)


_LONGEST: Final = 1_000
"""Characters of a line in which a prompt is looked for: every word of it may begin the command."""


def _form(lines: tuple[str, ...], own: Known) -> _Form | None:
    """The form of the first prompt with the file's own command, unless `terminal` knows it."""
    top = True
    for index, line in enumerate(islice(lines, _MOST)):
        if len(line) > _LONGEST or is_greeting(line) or MESSAGE.fullmatch(line):
            top = top and len(line) <= _LONGEST
            continue
        begins = _BEGINS.finditer(line) if top else _BEHIND_SIGN.finditer(line)
        places = [at.start() if top else at.end() for at in begins]
        top = False
        at = next((at for at in places if _is_own(line[at:], own) and _ENDS.fullmatch(line[:at])), None)
        if at is None:
            continue
        known = prompt_of(line)
        if known is not None and _is_own(known.typed, own):
            return None
        text = line[:at]
        return _Form(index, text.strip(), _again(text))
    return None


def _is_own(text: str, own: Known) -> bool:
    command = command_of(text)
    return command is not None and _PLAIN.fullmatch(command.argv[0]) is not None and own(command)


def _again(text: str) -> re.Pattern[str]:
    """Where the same prompt stands again. Behind one that ends in a blank a command stands behind a blank."""
    bare = text.strip()
    clock = r"\d{1,2}:\d\d(?::\d\d)?"
    form = clock.join(map(re.escape, _CLOCK.split(bare)))
    gap = r"\s+" if text != text.rstrip() else ""
    return re.compile(rf"\s*{form}(?:{gap}(?P<typed>\S.*)|\s*)")


def _places(lines: tuple[str, ...], form: _Form, known: Known) -> Iterator[tuple[int, str]]:
    """The lines with this prompt, and what is typed there."""
    if not form.text:
        yield form.line, lines[form.line].strip()
        return
    for index, line in enumerate(lines):
        found = form.again.fullmatch(line) if index >= form.line else None
        if found is None:
            continue
        typed = (found["typed"] or "").strip()
        if index == form.line or typed in ("", *LEAVES) or form.text[-1] in _SIGNS or _is_own(typed, known):
            yield index, typed


def _host(text: str) -> str:
    """The host that a prompt names, else a word that stands for none."""
    found = _WHOSE.search(_CLOCK.sub("", text))
    return (found[1] or found[2]) if found is not None else _HOSTLESS
