"""An inventory of Ansible as people write it, INI or YAML: recognised here, and read by `ansible-inventory` alone.

    [aix]                                      all:
    lpar[01:20] ansible_user=audit               hosts:
    [aix:vars]                                     lpar7:
    ansible_become=yes                               ansible_host: 192.0.2.7

Ranges, groups of groups, group_vars beside the file: whoever reads a part of that asks other machines than Ansible
would. So it is read whole or refused. Only the plug-ins for INI and YAML may read it, so that a file which is a program
is not run; templates come back as they are written (Ansible documentation, "ansible-inventory", "Inventory plugins").
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from rmccomply.collect.child import surroundings
from rmccomply.collect.inventory.ansible import read as read_listing
from rmccomply.collect.inventory.ansible import recognises as is_listing
from rmccomply.collect.inventory.row import Inventory
from rmccomply.guarded import json_of

PROGRAM: Final = "ansible-inventory"
LIMIT: Final = 120
"""Seconds that it may take; 10,000 hosts take about ten."""
_SECTION: Final = re.compile(r"\[[^\[\]]+\][ \t]*([#;].*)?$")
_GROUP: Final = re.compile(r"\s*\[(?!\d+\])[\w.-]+(?::\w+)?\][ \t]*(?:[#;].*)?$", re.MULTILINE)
_RANGE: Final = re.compile(r"^\S*\[\w+:\w+(:\d+)?\]")
_VARIABLE: Final = re.compile(r"\bansible_\w+[ \t]*[=:]")
_KEY: Final = re.compile(r"[\w.-]+:[ \t]*([#].*)?$")
_ONLY: Final = {
    "ANSIBLE_INVENTORY_ENABLED": "ini,yaml",
    "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "1",
    "ANSIBLE_NOCOLOR": "1",
    "LC_ALL": "C.UTF-8",
}


def begins(text: str) -> bool:
    """Whether a text begins with a `[group]` of INI, which a list of JSON does not."""
    return _GROUP.match(text) is not None


def recognises(lines: list[str]) -> bool:
    """Whether a line is one that only an inventory of Ansible has; no other form holds a `[group]` or `ansible_`."""
    plain = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith(("#", ";"))]
    if plain and (plain[0] == "---" or _KEY.match(plain[0])):
        return True
    return any(_SECTION.match(line) or _RANGE.match(line) or _VARIABLE.search(line) for line in plain)


def read(path: Path) -> Inventory:
    """The targets by `ansible-inventory --list`. Raises ValueError where it is not here, or refuses the file."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise ValueError(
            f"is an Ansible inventory in INI or YAML, which needs {PROGRAM}, which is not on this machine: "
            f"run `{PROGRAM} -i FILE --list > hosts.json` where Ansible is, then use hosts.json here"
        )
    return read_listing(_document(_listed(program, path)))


def _listed(program: str, path: Path) -> str:
    try:
        done = subprocess.run(
            [program, "-i", os.fspath(path.absolute()), "--list"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**surroundings(), **_ONLY},
            cwd="/",  # an ansible.cfg that stands where we were started is not the user's own
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ValueError(f"was not read by {PROGRAM} within {LIMIT} s") from None
    except OSError as error:
        raise ValueError(f"cannot be read by {PROGRAM}: {error.strerror}") from None
    if done.returncode != 0:
        raise ValueError(f"was rejected by {PROGRAM}: {_said(done.stderr)}")
    return done.stdout.decode("utf-8", "backslashreplace")


def _said(errors: bytes) -> str:
    """What it says first of what is wrong, without its warnings."""
    lines = [line.strip() for line in errors.decode("utf-8", "backslashreplace").splitlines()]
    telling = [line for line in lines if line and not line.startswith("[WARNING]")]
    return (telling or ["no reason given"])[0][:300]


def _document(text: str) -> object:
    try:
        document: object = json_of(text.encode())
    except ValueError as error:
        raise ValueError(f"what {PROGRAM} printed {error}") from None
    if not is_listing(document):
        raise ValueError(f"{PROGRAM} did not print a list of hosts with their variables")
    return document
