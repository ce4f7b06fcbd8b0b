"""Two reports in JSON that should be the same: the first thing in which they differ, in words.

Every row of a report stands on a line of its own, so the first line that differs is the first row that does.
"""

from itertools import zip_longest
from typing import Final

from rmccomply.guarded import Unfit, json_of

_SHOWN: Final = 120
_ABSENT: Final = object()
JsonRow = dict[str, object]


def first_difference(before: bytes, now: bytes) -> str:
    """What differs first, as a sentence without its end; empty where nothing does."""
    if before == now:
        return ""
    for number, (old, new) in enumerate(zip_longest(before.split(b"\n"), now.split(b"\n")), 1):
        if old != new:
            return _said(number, old or b"", new or b"")
    return ""


def _said(number: int, old: bytes, new: bytes) -> str:
    before, now = _row(old), _row(new)
    if before is None or now is None or _name(before) != _name(now):
        return f"line {number}: {_what(before)} in the report, {_what(now)} judged again"
    path, was, is_now = _leaf("", before, now)
    if not path:
        return f"line {number}: the same is written otherwise"
    where = f"{_name(before)}, {path}" if _name(before) else path
    return f"line {number}: {where}: {_shown(was)} in the report, {_shown(is_now)} judged again"


def _leaf(path: str, before: object, now: object) -> tuple[str, object, object]:
    """The path of the first value that differs, and both values; an empty path where none does."""
    if isinstance(before, dict) and isinstance(now, dict):
        names = (*before, *(one for one in now if one not in before))
        pairs = ((f"{path}.{name}".strip("."), before.get(name, _ABSENT), now.get(name, _ABSENT)) for name in names)
    elif isinstance(before, list) and isinstance(now, list):
        both = enumerate(zip_longest(before, now, fillvalue=_ABSENT))
        pairs = ((f"{path}[{number}]", *each) for number, each in both)
    else:
        return ("", _ABSENT, _ABSENT) if before == now and type(before) is type(now) else (path, before, now)
    return next((found for pair in pairs if (found := _leaf(*pair))[0]), ("", _ABSENT, _ABSENT))


def _row(line: bytes) -> JsonRow | None:
    """The members of a line; None where it has none."""
    text = line.strip().rstrip(b",")
    bare = text.rstrip(b"[")
    for whole in (text, b"{%b}" % text, b"%b}" % text, b"{%b}}" % text, b"%b[]}" % bare, b"{%b[]}" % bare):
        try:
            found: object = json_of(whole, halves=True)
        except Unfit:
            continue
        if isinstance(found, dict) and found:
            return found
    return None


def _name(row: JsonRow) -> str:
    """Which row it is: a finding, a partition, a policy, a setting, a notification; empty for what stands alone."""
    match row:
        case {"fingerprint": _, "rule": rule, "target": target, "subject": subject}:
            return f"{rule}{f' {subject}' if subject else ''} on {target}"
        case {"id": name, "identity": _}:
            return f"the partition {name}"
        case {"id": name, "sha256": _}:
            return f"the policy {name}"
        case {"name": name, "origin": _}:
            return f"the setting {name}"
        case {"level": level, "text": text}:
            return f"the {level} '{text}'"
        case _:
            return ""


def _what(row: JsonRow | None) -> str:
    return "nothing" if row is None else _name(row) or "something else"


def _shown(value: object) -> str:
    if value is _ABSENT:
        return "nothing"
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
