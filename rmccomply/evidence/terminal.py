"""What a terminal shows around answers: prompts with what was typed behind them, colours, the lines of `script`.

    [root@lpar1 ~]# lssrc -a            lpar1:/root>lssrc -a            (0) root @ lpar1: /
    Subsystem   Group  PID  Status      Subsystem   Group  PID  Status  # lssrc -a
    [root@lpar1 ~]#                     lpar1:/root>                    #

A prompt that names a user is one wherever it stands. Any other (`lpar1:/>`, `bash-5.0#`, `$`) is one where a command
that is read stands behind it, and from there on; a lone `#` never more than that, because a comment looks like it.
A line of an answer may look like a prompt too (`x:2:once:#lssrc -a` in /etc/inittab, what a log quotes). So a prompt
that is not the one at which an answer began ends it only where it could not be a line of that answer.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, Literal

from rmccomply.evidence.model import Asked
from rmccomply.evidence.typed import command_of
from rmccomply.tuples import NamedTuple

_ESCAPES: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-9A-Za-z]|[=>78c])\r?")
_NOISE: Final = ("Script started", "Script done", "Script command is", "=~=~=~=~")
_PROMPT: Final = re.compile(
    r"(?:\(\w+\) ?)?"
    r"(?:(?P<user>\[[\w.-]+@[^\]]+\]|[\w.-]+ ?@ ?[\w.-]+(?:[: ] ?[^\s#$%>]*)?)"
    r"|(?P<host>[\w.-]+:[\w.:/~-]*|[~/][\w.~/-]*|[\w.-]+)"
    r"|(?P<bare>))"
    r" ?(?P<sign>[#$%>]{1,2})(?P<typed>.*)"
)
ABOVE: Final = re.compile(
    r"\(\w+\) ?[\w.-]+ ?@ ?[\w.-]+: ?\S*\s*|\[?you have (?:new )?mail(?: in \S+)?[\].]?\s*", re.IGNORECASE
)
"""The first line of a prompt of two, and what a shell says above a prompt."""
_HOST: Final = re.compile(r"(?:@ ?|^(?=[\w.-]+:))([\w.-]+)")
USERS: Final = ("root", "padmin")
"""Who stands before the colon of a prompt instead of a host."""
_GREETS: Final = re.compile(
    r"(?:last (?:un)?(?:successful )?login|login as|using username|authenticat|.*password)\b", re.IGNORECASE
)
"""How the lines begin that a login shows before the first prompt."""
LEAVES: Final = frozenset({"exit", "logout"})
_MOST: Final = 10_000
"""Lines that are looked at as prompts; nobody types more, and a file of nothing else should not cost a minute."""
_TRIED: Final = 20
"""Lines like prompts in one answer that are tried one by one: what took so many takes the others."""


class Part(NamedTuple):
    """What stands between two prompts. `typed` is None where no prompt stands before it; `first` is the number of its
    first line, from 1; `host` is that of the prompt, empty where it names none. `doubt` is the number of a line before
    or behind it of which nobody can tell whether it is a prompt, 0 where there is none."""

    typed: str | None
    first: int
    lines: tuple[str, ...]
    host: str = ""
    doubt: int = 0


Known = Callable[[Asked], bool]
Reads = Callable[[str | None, tuple[str, ...]], str]
"""What lines are as an answer to what was typed, or (None) to what the name of the file asks: `read`, `unknown` where
nobody reads such answers, or the reason why they were refused."""
_Meaning = Literal["prompt", "line", "doubt"]


class Prompt(NamedTuple):
    """What a line shows that looks like a prompt. `stem` is what stays of it when its folder is another."""

    stem: str
    typed: str
    named: bool
    bare: bool


def without_escapes(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Lines without the sequences by which a terminal is told of colours, titles and pastes."""
    return tuple(_ESCAPES.sub("", line) if "\x1b" in line else line for line in lines)


def parts_of(lines: tuple[str, ...], known: Known, reads: Reads, quoted: list[int] | None = None) -> list[Part]:
    """The parts of what a terminal showed, in order; of a file without a prompt it is the one part.

    `known` tells whether a command is one whose answer is read. `quoted` gains the numbers of lines that look like
    prompts and are lines of an answer.
    """
    doubtful: set[int] = set()
    starts = _starts(lines, known, reads, [] if quoted is None else quoted, doubtful)
    parts: list[Part] = []
    places = [(-1, None), *starts.items()]
    for (at, typed), (end, _) in zip(places, [*places[1:], (len(lines), None)], strict=True):
        first, last = at + 1, end
        if end in starts and last > first and ABOVE.fullmatch(lines[last - 1]):
            last -= 1
        part = _without_noise(lines, first, last) if at < 0 or end == len(lines) else (first, last)
        doubt = next((one + 1 for one in (at, end) if one in doubtful), 0)
        parts.append(Part(typed, part[0] + 1, lines[part[0] : part[1]], _host(lines, at), doubt))
    return parts


def _host(lines: tuple[str, ...], at: int) -> str:
    """The host that the prompt on a line names, or the line above it that is a part of the prompt."""
    if at < 0:
        return ""
    found = _PROMPT.match(lines[at])
    above = lines[at - 1] if at and ABOVE.fullmatch(lines[at - 1]) else ""
    text = "" if found is None else found["user"] or found["host"] or above
    host = _HOST.search(text)
    return "" if host is None or host[1] in USERS else host[1]


def _without_noise(lines: tuple[str, ...], first: int, last: int) -> tuple[int, int]:
    while first < last and lines[first].startswith(_NOISE):
        first += 1
    while first < last and lines[last - 1].startswith(_NOISE):
        last -= 1
    return first, last


def _starts(
    lines: tuple[str, ...], known: Known, reads: Reads, quoted: list[int], doubtful: set[int]
) -> dict[int, str | None]:
    """The index of each line with a prompt, and what was typed there."""
    alike = _alike(lines, known)
    starts: dict[int, str | None] = {}
    answer, tried = _Answer(None, None, 0), 0
    for number, (index, prompt) in enumerate(alike):
        below = _below(lines, alike, number)
        meaning = "line" if tried > _TRIED else answer.meets(lines, index, prompt, below, reads)
        if meaning == "line":
            tried += 1
            quoted.append(index + 1)
            continue
        if meaning == "doubt":
            doubtful.add(index)
        starts[index] = prompt.typed
        answer, tried = _Answer(prompt.stem, prompt.typed, index + 1), 0
    for index in _last(lines, starts):
        left = prompt_of(lines[index])
        starts[index] = None if left is None else left.typed
    return dict(sorted(starts.items()))


def _alike(lines: tuple[str, ...], known: Known) -> list[tuple[int, Prompt]]:
    """The lines that look like prompts, but for those at the end behind which nothing was typed."""
    found: list[tuple[int, Prompt]] = []
    stems: set[str] = set()
    seen = ((index, prompt) for index, line in enumerate(lines) if (prompt := prompt_of(line)) is not None)
    for index, prompt in islice(seen, _MOST):
        if _is_prompt(prompt, stems, known):
            stems.add(prompt.stem)
            found.append((index, prompt))
    return found


def _last(lines: tuple[str, ...], starts: dict[int, str | None]) -> Iterator[int]:
    """The prompts at the end, behind which nothing comes any more."""
    for index in range(len(lines) - 1, -1, -1):
        prompt = prompt_of(lines[index])
        if index not in starts and prompt is not None and prompt.typed in ("", *LEAVES):
            yield index
        elif lines[index].strip() and index not in starts and not lines[index].startswith(_NOISE):
            break


def _below(lines: tuple[str, ...], alike: list[tuple[int, Prompt]], number: int) -> tuple[tuple[str, ...], ...]:
    """The lines below a line that looks like a prompt, up to the next; and the next such that are not all blank."""
    ends = [*(index for index, _ in alike[number + 1 :]), len(lines)]
    first = alike[number][0] + 1
    own = _content(lines[first : ends[0]])
    for end in ends:
        if some := _content(lines[first:end]):
            return own, some
        first = end + 1
    return own, ()


def _content(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines without blank ones at the end, and without what a terminal adds there."""
    while lines and (is_greeting(lines[-1]) or ABOVE.fullmatch(lines[-1]) or _is_left(lines[-1])):
        lines = lines[:-1]
    return lines


def _is_left(line: str) -> bool:
    prompt = prompt_of(line)
    return line in LEAVES or (prompt is not None and prompt.typed in ("", *LEAVES))


class _Answer(NamedTuple):
    """The answer that a line may stand in: at which prompt what was asked, and its first line."""

    stem: str | None
    typed: str | None
    first: int

    def meets(
        self, lines: tuple[str, ...], index: int, prompt: Prompt, below: tuple[tuple[str, ...], ...], reads: Reads
    ) -> _Meaning:
        """What a line that looks like this prompt is behind the lines of this answer.

        It is a line of the answer where that goes on below it as if it were not there; at the prompt where the answer
        was asked for only if what stands below is no answer to what it asks. At another, it is in doubt then, and where
        any text would be one.
        """
        before = _content(lines[self.first : index])
        if not before or (self.stem is None and all(map(is_greeting, before))):
            return "prompt"
        own, some = below
        of_it = "read" if not own else reads(prompt.typed, own)
        same = prompt.stem == self.stem
        if same and (of_it not in ("unparsable", "unknown") or self._is_of_a_file()):
            return "prompt"
        if some and reads(self.typed, (*before, *some)) == "read":
            return "line"
        tells = not own or (of_it == "read" and reads(prompt.typed, before) != "read")
        return "prompt" if same or tells else "doubt"

    def _is_of_a_file(self) -> bool:
        """Whether it may hold any text, so that what stands below another command seems a part of it."""
        asked = None if self.typed is None else command_of(self.typed)
        return asked is not None and asked.kind == "file"


def is_greeting(line: str) -> bool:
    """Whether it is blank, or a line that a login or `script` shows."""
    return not line.strip() or line.startswith(_NOISE) or _GREETS.match(line) is not None


def prompt_of(line: str) -> Prompt | None:
    """What a line shows that looks like a prompt of a form that many systems have."""
    found = _PROMPT.match(line)
    if found is None:
        return None
    stem = re.split(r"[:\s\]]", found["user"] or found["host"] or "", maxsplit=1)[0] + found["sign"][-1:]
    typed = found["typed"]
    if not (found["user"] or found["host"]) and typed[:1] not in ("", " "):
        return None
    return Prompt(stem, typed.strip(), found["user"] is not None, stem == "#")


def _is_prompt(prompt: Prompt, stems: set[str], known: Known) -> bool:
    if prompt.named or (prompt.stem in stems and not prompt.bare):
        return True
    command = command_of(prompt.typed)
    return command is not None and known(command)
