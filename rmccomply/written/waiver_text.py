"""A waiver as it is written into a file: TOML (https://toml.io/en/v1.0.0) with one key a line."""

import json
import re
from collections.abc import Iterable, Iterator

from rmccomply.written.waivers import WrittenWaiver, moment_text


def waiver_text(waiver: WrittenWaiver) -> str:
    """The table of a waiver."""
    return "".join(f"{line}\n" for line in ("[[waivers]]", *_lines(waiver)))


def next_id(year: int, ids: Iterable[str]) -> str:
    """An id that none of these is: of this year, with the number behind the highest.

    >>> next_id(2026, ["W-2026-014", "W-2025-090", "ours"]), next_id(2026, [])
    ('W-2026-015', 'W-2026-001')
    """
    found = (re.fullmatch(rf"W-{year}-([0-9]{{1,9}})", one) for one in ids)
    return f"W-{year}-{max((int(one[1]) for one in found if one), default=0) + 1:03}"


def _lines(waiver: WrittenWaiver) -> Iterator[str]:
    yield f"id = {_quoted(waiver.id)}"
    yield f"rule = {_quoted(waiver.rule)}"
    if waiver.targets:
        yield f"targets = [{', '.join(map(_quoted, waiver.targets))}]"
    if waiver.labels:
        yield f"labels = {{ {', '.join(f'{_key(name)} = {_quoted(value)}' for name, value in waiver.labels)} }}"
    if waiver.subject:
        yield f"subject = {_quoted(waiver.subject)}"
    yield f"severity = {_quoted(waiver.severity)}"
    yield f"owner = {_quoted(waiver.owner)}"
    yield f"approved_by = {_quoted(waiver.approved_by)}"
    yield f"approved = {waiver.approved.isoformat()}"
    yield f"ticket = {_quoted(waiver.ticket)}"
    yield f"reason = {_quoted(waiver.reason)}"
    yield f"expires = {moment_text(waiver.expires)}"
    if waiver.pin:
        yield f"pin = {_quoted(waiver.pin)}"


def _quoted(text: str) -> str:
    """A text as TOML has it: what JSON escapes, TOML reads, but for the delete character, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)
