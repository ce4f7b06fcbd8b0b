"""Inventories: who is to be asked, told apart by content, one module a form, and the table of them all.

A form recognises its text and reads it into rows. JSON is one of two documents; a text is an inventory of Ansible where
it holds what only those have, a configuration of ssh where a first word says so, else a plain list. A row that cannot
be reached stays in the run, and says why.
"""

import re
from pathlib import Path
from typing import Any, Final, Protocol

from rmccomply.collect.inventory import ansible, ansible_text, plain, powervs, ssh_names
from rmccomply.collect.inventory.row import Inventory
from rmccomply.errors import InputError
from rmccomply.guarded import json_of


class _Document(Protocol):
    def recognises(self, document: Any) -> bool: ...

    def read(self, document: Any) -> Inventory: ...


class _Text(Protocol):
    def recognises(self, lines: list[str]) -> bool: ...

    def read(self, lines: list[str]) -> Inventory: ...


_BRACKETED: Final = re.compile(r"\[[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*(%[^]\s]+)?\]")
DOCUMENTS: Final[dict[str, _Document]] = {"ansible": ansible, "powervs": powervs}
"""Forms in JSON, by module."""
TEXTS: Final[dict[str, _Text]] = {"ssh_names": ssh_names}
"""Forms in lines of text, by module; what is none of them is a plain list."""


def read_inventory(data: bytes, name: str) -> Inventory:
    """The targets of an inventory. Raises InputError where it is in none of the forms, with the line.

    One of Ansible is read by Ansible, from the file of that name: what stands beside it belongs to it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: is not an inventory: it is not UTF-8 text ({error.reason})") from None
    try:
        if _is_document(text) and not ansible_text.begins(text):
            return _of_document(text)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        if ansible_text.recognises(lines):
            return _of_ansible(name)
        form = next((form for form in TEXTS.values() if form.recognises(lines)), None)
        return form.read(lines) if form is not None else plain.read(lines)
    except ValueError as error:
        raise InputError(f"{name}: {error}") from None


def _is_document(text: str) -> bool:
    """Whether it begins as JSON does, and not at an address of IPv6 in brackets."""
    begin = text.lstrip()
    return begin.startswith("{") or (begin.startswith("[") and _BRACKETED.match(begin) is None)


def _of_ansible(name: str) -> Inventory:
    if name == "-":
        raise ValueError("is an Ansible inventory in INI or YAML: name its file, or use `ansible-inventory --list`")
    return ansible_text.read(Path(name))


def _of_document(text: str) -> Inventory:
    document = json_of(text.encode("utf-8"))
    for form in DOCUMENTS.values():
        if form.recognises(document):
            return form.read(document)
    raise ValueError(
        "is not an inventory: neither the output of `ansible-inventory --list` (it has no `_meta`) nor a list "
        "of PowerVS instances"
    )
