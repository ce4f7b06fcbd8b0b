"""A configuration of ssh as an inventory: the names that its `Host` lines spell out, not the patterns.

    Host lpar7 lpar8
        User audit
        ProxyJump bastion
    Host *.example.com !old
        ServerAliveInterval 20

Only the names are taken; how to get there is for ssh itself to read, so this file must be the configuration that it
uses (its own, or the one that `--ssh-config` names).
"""

from typing import Final

from rmccomply.collect.inventory.row import Inventory, distinct, new_row

_FIRST: Final = ("host", "match", "include")


def recognises(lines: list[str]) -> bool:
    """Whether a line begins as the sections of such a file do, with a name behind the word."""
    return any(words[:1] and words[0].lower() in _FIRST and len(words) > 1 for words in map(_words, lines))


def read(lines: list[str]) -> Inventory:
    """The names, and a note where other files are included, which are not followed."""
    rows, notes = [], []
    for line in lines:
        key, *names = _words(line) or [""]
        if key.lower() == "host":
            rows += [new_row(name, name) for name in names if not set(name) & set("*?!")]
        elif key.lower() == "include":
            notes.append(f"files that the ssh configuration includes were not read: {' '.join(names)}")
    return Inventory(distinct(rows), tuple(notes))


def _words(line: str) -> list[str]:
    """Keyword and arguments; `Host=name` and quotes are legal too."""
    line = line.strip()
    if line.startswith("#"):
        return []
    key, mark, rest = line.partition("=")
    if mark and len(key.split()) == 1:
        line = f"{key} {rest}"
    elif mark and key.split()[:1] and key.split()[0].lower() == "host":
        return []  # a machine of that name in a plain list, with a label: no name of a host holds `=`
    return [word.strip('"') for word in line.split()]
