"""The answers in a file that somebody saved, each with the request that it answers.

A file without a prompt is the one answer that its name asks for. What was typed at a prompt tells more than the name:
it is the request of the lines below it, its filter is theirs, and a file with several prompts holds several answers.
Lines before the first prompt answer the name's request, unless that was typed further down: then they are a banner.
A file whose name says nothing is a session where its first line is a prompt and an answer in it can be read.
A line that looks like a prompt and may be a line of the answer it stands in (see `terminal`) is one: what an answer
quotes does not cut it in two.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from rmccomply.evidence.model import Asked, Damage, Requests, Stream
from rmccomply.evidence.prompt_form import MESSAGE, plain_prompts
from rmccomply.evidence.terminal import ABOVE, Part, is_greeting, parts_of, prompt_of, without_escapes
from rmccomply.evidence.typed import command_of, host_of
from rmccomply.tuples import NamedTuple


class SeveralHosts(ValueError):
    """Answers of several hosts in one file: whose the others are that no prompt tells, nobody knows."""


Hosts = dict[str, str]
"""The hosts that prompts named, as they wrote them, by short names in small letters."""


class SessionAnswer(NamedTuple):
    """An answer, with the request that it answers; and why nobody can tell where it ends, where that is so."""

    asked: Asked
    stream: Stream
    damage: Damage | None = None


_DOUBT: Final = (
    "line {} looks like a prompt, but what follows it is not an answer: it may itself be a line of the answer"
)


def answers_in(
    asked: Asked | None,
    shown: tuple[str, ...],
    size: int,
    requests: Requests,
    hosts: Hosts | None = None,
    quoted: list[int] | None = None,
) -> list[SessionAnswer]:
    """The answers in the lines of a file whose name asks for `asked`; empty where its prompts ask nothing known.

    Of a name that asks nothing only answers at prompts are there, and those only of a session.
    `hosts` gains the host of the answers, where a prompt names one, `quoted` the numbers of lines that look like
    prompts and were read as lines of an answer. Raises SeveralHosts.
    """
    lines = without_escapes(shown)
    source = None if asked is None else requests.source(asked.kind, asked.argv)

    def known(one: Asked) -> bool:
        return requests.source(one.kind, one.argv) is not None

    def own(one: Asked) -> bool:
        return known(one) and (asked is None or requests.source(one.kind, one.argv) == source)

    def reads(typed: str | None, some: tuple[str, ...]) -> str:
        one = asked if typed is None else command_of(typed)
        return "unknown" if one is None else requests.reads(one, some)

    plain = plain_prompts(lines, own, known)
    if asked is None and not _begins_at_a_prompt(plain, known):
        return []
    parts = [_as_shown(part, lines) for part in parts_of(plain, known, reads, quoted)]
    snippets = None if lines == shown else shown
    if len(parts) == 1:
        return [] if asked is None else [SessionAnswer(asked, _stream(parts, size, snippets))]
    found = list(_by_request(asked, parts, requests))
    if asked is None and not any(requests.reads(one, _lines(of)) == "read" for one, of in found):
        return []
    named = _hosts(part for _, of in found for part in of)
    if hosts is not None:
        hosts.update(named)
    return [SessionAnswer(one, _stream(of, size, snippets), _doubt(of)) for one, of in found]


def _begins_at_a_prompt(lines: tuple[str, ...], known: Callable[[Asked], bool]) -> bool:
    """Whether nothing but what a login shows stands above the first prompt; a comment is like a prompt of `#` alone."""
    shown = (line for line in lines if not (is_greeting(line) or ABOVE.fullmatch(line)))
    prompt = next((prompt_of(line) for line in shown if not MESSAGE.fullmatch(line) or prompt_of(line)), None)
    if prompt is None or not prompt.bare:
        return prompt is not None
    command = command_of(prompt.typed)
    return command is not None and known(command)


def _as_shown(part: Part, lines: tuple[str, ...]) -> Part:
    return part._replace(lines=lines[part.first - 1 : part.first - 1 + len(part.lines)])


def _lines(parts: list[Part]) -> tuple[str, ...]:
    return tuple(line for part in parts for line in part.lines)


def _doubt(parts: list[Part]) -> Damage | None:
    line = next((part.doubt for part in parts if part.doubt), 0)
    return Damage("unparsable", _DOUBT.format(line)) if line else None


def _hosts(parts: Iterable[Part]) -> Hosts:
    """What ssh brings is of the host that it names, all else of the host of the prompt."""
    hosts: Hosts = {}
    local: set[bool] = set()
    for part in parts:
        there = host_of(part.typed or "")
        local.add(not there)
        if host := there or part.host:
            hosts.setdefault(host.partition(".")[0].lower() if host.strip("0123456789.") else host, host)
        elif part.typed is not None:
            hosts.setdefault("", "")
    if len(hosts.keys() - {""}) > 1 or ("" in hosts and len(local) > 1):
        raise SeveralHosts(", ".join(sorted(filter(None, hosts.values()))))
    return {short: host for short, host in hosts.items() if short}


def _by_request(asked: Asked | None, parts: list[Part], requests: Requests) -> Iterator[tuple[Asked, list[Part]]]:
    """The parts of each request: those of whole answers apart, those that a filter left together."""
    filtered: dict[Asked, list[Part]] = {}
    told = False
    for part in parts[1:]:
        one = command_of(part.typed or "")
        source = requests.source(one.kind, one.argv) if one is not None else None
        if one is None or source is None:
            continue
        if asked is not None:
            told = told or source == requests.source(asked.kind, asked.argv)
            one = one._replace(filtered=one.filtered or (asked.filtered and one.argv == asked.argv))
        if one.filtered:
            filtered.setdefault(one, []).append(part)
        else:
            yield one, [part]
    yield from filtered.items()
    if (
        asked is not None
        and not told
        and (any(line.strip() for line in parts[0].lines) or not any(part.typed for part in parts))
    ):
        yield asked, parts[:1]


def _stream(parts: list[Part], size: int, snippets: tuple[str, ...] | None) -> Stream:
    places = tuple((number, number) for part in parts for number in range(part.first, part.first + len(part.lines)))
    return Stream(
        _lines(parts),
        parts[0].first,
        places if len(parts) > 1 else None,
        tuple(snippets[first - 1] for first, _ in places) if snippets is not None else None,
        size,
    )
