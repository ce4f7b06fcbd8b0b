"""What `ansible-inventory --list` prints: `_meta.hostvars` and groups.

The address is `ansible_host`, else the host's name. Taken besides: port, user, private key, become by sudo to root, and
of `ansible_ssh_common_args` and `ansible_ssh_extra_args` the way through other hosts (`-J`, ProxyJump, ProxyCommand)
and IdentityFile. The older spellings `ansible_ssh_host`, `_port`, `_user` win over the newer, as they do in Ansible.
Nothing else is used, so that no inventory can turn off the checking of host keys; what is left out is noted, and a host
that Ansible would not reach by ssh is a row that is not asked. Passwords are never read.
"""

import shlex
from collections.abc import Iterator
from typing import Any, Final

from rmccomply.collect.inventory.row import Access, HostRow, Inventory, distinct, new_row
from rmccomply.tuples import NamedTuple

_TAKEN: Final = {"proxyjump": "ProxyJump", "proxycommand": "ProxyCommand", "identityfile": "IdentityFile"}
_ARGUMENTS: Final = ("ansible_ssh_common_args", "ansible_ssh_extra_args")
_NO_GROUPS: Final = ("_meta", "all", "ungrouped")
_BY_SSH: Final = ("", "ssh", "smart", "paramiko", "paramiko_ssh")
_YES: Final = ("y", "yes", "on", "1", "true", "t", "1.0")
_NO: Final = ("", "n", "no", "off", "0", "false", "f", "0.0")
"""Ansible's own words for true and false (`ansible.module_utils.parsing.convert_bool`)."""
_BUILTIN: Final = "ansible.builtin."


class _Host(NamedTuple):
    """A row, and what of its variables was not used."""

    row: HostRow
    left: tuple[str, ...]


def recognises(document: Any) -> bool:
    """Whether it has `_meta.hostvars`, without which Ansible would have to be asked for each host."""
    meta = document.get("_meta") if isinstance(document, dict) else None
    return isinstance(meta, dict) and isinstance(meta.get("hostvars"), dict)


def read(document: Any) -> Inventory:
    """Every host of the variables and of the groups, in the order of their names."""
    variables = document["_meta"]["hostvars"]
    groups: dict[str, set[str]] = {name: set() for name in variables}
    for group in document.keys() - {"_meta"}:
        for host in _hosts(document[group]):
            groups.setdefault(host, set()).add(group)
    hosts = []
    for name in sorted(groups):
        own = variables.get(name)
        member = sorted(groups[name].difference(_NO_GROUPS))
        hosts.append(_host(name, own if isinstance(own, dict) else {}, member))
    return Inventory(distinct(host.row for host in hosts), tuple(_notes(hosts)))


def _hosts(group: Any) -> list[str]:
    hosts = group.get("hosts") if isinstance(group, dict) else group
    return [host for host in hosts if isinstance(host, str)] if isinstance(hosts, list) else []


def _notes(hosts: list[_Host]) -> Iterator[str]:
    """Each thing that was not used once, with the hosts that have it."""
    found: dict[str, list[str]] = {}
    for host in hosts:
        for says in host.left:
            found.setdefault(says, []).append(host.row.label)
    for says, labels in found.items():
        more = len(labels) - 3
        yield f"{', '.join(labels[:3])}{f' and {more} more' if more > 0 else ''}: {says}"


def _text(own: dict[str, Any], *names: str) -> str:
    """The first of these variables that has a value."""
    return next((str(own[name]) for name in names if own.get(name) not in (None, "")), "")


def _host(name: str, own: dict[str, Any], groups: list[str]) -> _Host:
    options, left = _arguments(" ".join(str(own[key]) for key in _ARGUMENTS if own.get(key)))
    jump = next((value for key, value in options if key == "ProxyJump"), "")
    key = _text(own, "ansible_ssh_private_key_file", "ansible_private_key_file")
    others = [(name, value) for name, value in options if name != "ProxyJump"]
    others += [("IdentityFile", key)] if key else []
    access, missing = _become(own, left)
    port = _text(own, "ansible_ssh_port", "ansible_port")
    row = new_row(
        name,
        _text(own, "ansible_ssh_host", "ansible_host") or name,
        user=_text(own, "ansible_ssh_user", "ansible_user"),
        port=_port(port),
        jump=jump,
        access=access,
        options=tuple(others),
        labels={"groups": ",".join(groups)} if groups else {},
    )
    if port and row.port is None:
        missing = missing or f"its port in the inventory is not a port: {port}"
    missing = _not_by_ssh(own) or row.missing or missing
    return _Host(row._replace(missing=missing), tuple(left))


def _not_by_ssh(own: dict[str, Any]) -> str:
    """Why ssh must not ask this host; empty where Ansible would reach it by ssh too."""
    way = _text(own, "ansible_connection").removeprefix(_BUILTIN)
    if way in _BY_SSH:
        return ""
    here = "; collect this machine with `rmccomply collect local`" if way == "local" else ""
    return f"its connection in the inventory is '{way}', not ssh{here}"


def _become(own: dict[str, Any], left: list[str]) -> tuple[Access | None, str]:
    """How the collector becomes root, and why the host cannot be asked; what is not used is added to `left`."""
    word = _text(own, "ansible_become").lower()
    if word in _NO:
        return None, ""
    if word not in _YES:
        return None, f"its ansible_become is neither yes nor no: {word}"
    method = _text(own, "ansible_become_method").removeprefix(_BUILTIN)
    user = _text(own, "ansible_become_user")
    if method not in ("", "sudo"):
        left.append(f"ansible_become_method is {method}, but only sudo is supported: collected without root")
    elif user not in ("", "root"):
        left.append(f"ansible_become_user is {user}, not root: collected without changing the user")
    else:
        return "sudo", ""
    return None, ""


def _port(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536 else None


def _arguments(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The options of ssh that are taken, and a note on each that is not."""
    options: list[tuple[str, str]] = []
    left: list[str] = []
    for flag, value in _flags(text):
        name, mark, setting = value.partition("=") if "=" in value else value.partition(" ")
        known = _TAKEN.get(name.strip().lower()) if flag == "-o" and mark else None
        if flag in ("-J", "-i"):
            options.append(("ProxyJump" if flag == "-J" else "IdentityFile", value))
        elif known == "ProxyCommand" and (jump := jump_of(setting)):
            options.append(("ProxyJump", jump))
        elif known is not None:
            options.append((known, setting.strip()))
        else:
            left.append(f"this ssh argument in the inventory is not used: {flag} {value}".rstrip())
    return options, left


def jump_of(command: str) -> str:
    """The jump host of a ProxyCommand that is no more than `ssh -W %h:%p [-q] [-p PORT] [-l USER] HOST`; else empty.

    That is what ProxyJump does, which needs no command of the inventory's.
    """
    program, _, rest = command.strip().strip("\"'").removeprefix("exec ").partition(" ")
    found = dict.fromkeys(("-W", "-p", "-l"), "")
    words = []
    for flag, value in _flags(rest, "-W", "-p", "-l"):
        if flag in found:
            found[flag] = value
        elif flag != "-q":
            words.append(flag)
    if program != "ssh" or found["-W"] not in ("%h:%p", "[%h]:%p") or len(words) != 1 or words[0].startswith("-"):
        return ""
    user = f"{found['-l']}@" if found["-l"] else ""
    return f"{user}{words[0]}{':' + found['-p'] if found['-p'] else ''}"


_VALUED: Final = ("-o", "-J", "-i", "-F", "-l", "-p", "-L", "-R", "-D", "-W", "-w", "-b", "-c", "-E")


def _flags(text: str, *valued: str) -> Iterator[tuple[str, str]]:
    """Each flag with its value, which may be joined to it: `-o Name=value`, `-oName=value`, `-C`; a word is its own."""
    try:
        words = shlex.split(text)
    except ValueError:
        yield "", text
        return
    while words:
        word = words.pop(0)
        if not word.startswith("-"):
            yield word, ""
            continue
        flag, value = word[:2], word[2:]
        if not value and flag in (valued or _VALUED):
            value = words.pop(0) if words else ""
        yield flag, value
