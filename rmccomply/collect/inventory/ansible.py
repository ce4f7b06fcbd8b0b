"""What `ansible-inventory --list` prints, saved: `_meta.hostvars` and groups.

The address is `ansible_host`, else the host's name. Taken besides: `ansible_port`, `ansible_user`,
`ansible_ssh_private_key_file`, `ansible_become` (sudo), and of `ansible_ssh_common_args` and `ansible_ssh_extra_args`
the way through other hosts (`-J`, ProxyJump, ProxyCommand) and IdentityFile. Nothing else of them is used, so that no
inventory can turn off the checking of host keys; a note says so. Passwords are never read.
"""

import shlex
from collections.abc import Iterator
from typing import Any, Final

from rmccomply.collect.inventory.row import Inventory, Row, distinct, new_row

_TAKEN: Final = {"proxyjump": "ProxyJump", "proxycommand": "ProxyCommand", "identityfile": "IdentityFile"}
_ARGUMENTS: Final = ("ansible_ssh_common_args", "ansible_ssh_extra_args")
_NO_GROUPS: Final = ("_meta", "all", "ungrouped")


def recognises(document: Any) -> bool:
    """Whether it has `_meta.hostvars`, without which Ansible would have to be asked for each host."""
    meta = document.get("_meta") if isinstance(document, dict) else None
    return isinstance(meta, dict) and isinstance(meta.get("hostvars"), dict)


def read(document: Any) -> Inventory:
    """Every host of the variables and of the groups, in the order of their names."""
    variables, notes = document["_meta"]["hostvars"], []
    groups = {name: frozenset(_hosts(group)) for name, group in document.items() if name != "_meta"}
    names = sorted({*variables, *(host for hosts in groups.values() for host in hosts)})
    rows = []
    for name in names:
        own = variables.get(name)
        member = sorted(group for group, hosts in groups.items() if name in hosts and group not in _NO_GROUPS)
        row, left = _row(name, own if isinstance(own, dict) else {}, member)
        rows.append(row)
        notes += [f"{name}: this argument of ssh in the inventory is not used: {one}" for one in left]
    return Inventory(distinct(rows), tuple(notes))


def _hosts(group: Any) -> list[str]:
    hosts = group.get("hosts") if isinstance(group, dict) else group
    return [host for host in hosts if isinstance(host, str)] if isinstance(hosts, list) else []


def _row(name: str, own: dict[str, Any], groups: list[str]) -> tuple[Row, list[str]]:
    options, left = _arguments(" ".join(str(own[key]) for key in _ARGUMENTS if own.get(key)))
    jump = next((value for key, value in options if key == "ProxyJump"), "")
    key = own.get("ansible_ssh_private_key_file")
    others = [(name, value) for name, value in options if name != "ProxyJump"]
    others += [("IdentityFile", str(key))] if key else []
    row = new_row(
        name,
        str(own.get("ansible_host") or name),
        user=str(own.get("ansible_user") or ""),
        port=_port(own.get("ansible_port")),
        jump=jump,
        access="sudo" if own.get("ansible_become") in (True, "true", "yes") else None,
        options=tuple(others),
        labels={"groups": ",".join(groups)} if groups else {},
    )
    return row, left


def _port(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 65536 else None


def _arguments(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The options of ssh that are taken, and the words that are not."""
    options: list[tuple[str, str]] = []
    left: list[str] = []
    for flag, value in _flags(text):
        name, mark, setting = value.partition("=") if "=" in value else value.partition(" ")
        known = _TAKEN.get(name.strip().lower()) if flag == "-o" and mark else None
        if flag in ("-J", "-i"):
            options.append(("ProxyJump" if flag == "-J" else "IdentityFile", value))
        elif known is not None:
            options.append((known, setting.strip()))
        else:
            left.append(f"{flag} {value}".strip())
    return options, left


def _flags(text: str) -> Iterator[tuple[str, str]]:
    """Each flag with its value, which may be joined to it: `-o Name=value`, `-oName=value`, `-C`."""
    try:
        words = shlex.split(text)
    except ValueError:
        yield "", text
        return
    while words:
        word = words.pop(0)
        flag, value = word[:2], word[2:]
        if not value and flag in ("-o", "-J", "-i", "-F", "-l", "-p", "-L", "-R", "-D", "-W", "-w", "-b", "-c", "-E"):
            value = words.pop(0) if words else ""
        yield flag, value
