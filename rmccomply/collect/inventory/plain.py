"""A plain list: one target a line, as ssh would be asked for it, with words of its own behind it.

    # production
    lpar7
    audit@lpar8.example.com:2222      wave=2
    prod-db        address=192.0.2.17  jump=bastion.example.com  user=audit
    vios1          access=vios

`address`, `user`, `port`, `jump` and `access` (direct, sudo, vios) say how to get there, every other word is a label.
One that is nearly one of these (`addres`, `ip`) is a label too, with a note.
An IPv6 address stands in brackets where a port follows.
"""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, Final, TypeVar

from rmccomply.collect.inventory.row import Access, HostRow, Inventory, distinct, new_row

T = TypeVar("T")
_WAYS: Final = ("address", "user", "port", "jump", "access")
_MEANT: Final = {
    **dict.fromkeys(("host", "hostname", "ip", "ipaddr"), "address"),
    **dict.fromkeys(("login", "username"), "user"),
    **dict.fromkeys(("bastion", "jumphost", "proxy", "proxyjump"), "jump"),
    **dict.fromkeys(("become", "sudo", "vios"), "access"),
}
"""What people write for a way there that has another name here."""
_NEAR: Final = 0.74
_PAIR: Final = "is not NAME=VALUE, such as address=192.0.2.17 or wave=2"
_ACCESS: Final[dict[str, Access]] = {"direct": "direct", "sudo": "sudo", "vios": "vios"}


def read(lines: list[str]) -> Inventory:
    """Raises ValueError with the line that is none."""
    rows = []
    notes: list[str] = []
    for number, line in enumerate(lines, 1):
        words = line.partition("#")[0].split() if line.lstrip().startswith("#") else _without_comment(line)
        if words:
            row = _row(words, number)
            rows.append(row)
            notes += [f"line {number}: {says}" for key in row.labels if (says := _nearly(key))]
    return Inventory(distinct(rows), tuple(notes))


def _nearly(label: str) -> str:
    """What to say of a label that may be a slip of the pen; empty for any other."""
    low = label.casefold()
    meant = _MEANT.get(low) or next(iter(get_close_matches(low, _WAYS, 1, _NEAR)), "")
    return f"'{label}' was taken as a label; did you mean '{meant}'?" if meant else ""


def _without_comment(line: str) -> list[str]:
    """The words up to one that begins with `#`: a label may hold one (`lpar7#2`)."""
    words = line.split()
    return words[: next((n for n, word in enumerate(words) if word.startswith("#")), len(words))]


def _row(words: list[str], number: int) -> HostRow:
    pairs = [word.partition("=") for word in words[1:]]
    wrong = next((key for key, mark, _ in pairs if not mark or not key), None)
    if wrong is not None:
        raise ValueError(f"line {number}: '{wrong}' {_PAIR}")
    keys = [key for key, _, _ in pairs]
    if twice := next((key for key in keys if keys.count(key) > 1), ""):
        raise ValueError(f"line {number}: '{twice}' occurs twice")
    if fault := fault_of_target(words[0]):
        raise ValueError(f"line {number}: {fault}")
    given = {key: value for key, _, value in pairs}
    user, host, port = parts_of(words[0])
    ways: dict[str, Any] = {
        "user": given.pop("user", user),
        "port": _at(number, port_of, given.pop("port", port)),
        "jump": given.pop("jump", ""),
        "access": _at(number, _access, given.pop("access", "")),
    }
    return new_row(host, given.pop("address", host), **ways, labels=given)


def parts_of(text: str) -> tuple[str, str, str]:
    """User, host and port of `user@host:port`; the latter two of `[fe80::1%en0]:22` too."""
    user, mark, host = text.rpartition("@")
    if host.startswith("["):
        host, _, rest = host[1:].partition("]")
        return user, host, rest.removeprefix(":")
    if host.count(":") == 1:
        host, _, port = host.partition(":")
        return user if mark else "", host, port
    return user if mark else "", host, ""


def fault_of_target(text: str) -> str:
    """Why a text is no `user@host:port`; empty where it is one."""
    user, host, port = parts_of(text)
    if not host:
        return f"'{text}' has no host name"
    if "@" in text and not user:
        return f"'{text}' has no user before @"
    if text.endswith(":") and not port and text.count(":") == 1:
        return f"'{text}' has no port after the colon"
    separator = next((one for one in ",;" if one in text), "")
    return (
        f"'{text}' holds '{separator}': write one target on each line, with spaces between its words"
        if separator
        else ""
    )


def _at(number: int, read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except ValueError as error:
        raise ValueError(f"line {number}: {error}") from None


def port_of(text: str) -> int | None:
    """The number of a port; None where none is given. Raises ValueError for what is no port."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 5 or not 0 < int(text) < 65536:
        raise ValueError(f"'{text}' is not a port")
    return int(text)


def _access(text: str) -> Access | None:
    if text and text not in _ACCESS:
        raise ValueError(f"access is one of {', '.join(_ACCESS)}, not '{text}'")
    return _ACCESS.get(text)
