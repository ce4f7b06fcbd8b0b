"""The labels file: what an operator calls targets by, in TOML, a table for each target.

[lpar0007]
wave = "3"
site = "north"
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from rmccomply.errors import UsageError
from rmccomply.guarded import LARGEST_TOML, Unfit, bounded, toml_of
from rmccomply.written.toml_lines import as_key

_OPTION: Final = "--labels"
_AROUND: Final = ("target", "targets", "host", "hosts", "label", "labels")
"""Tables that people put around what a labels file holds; no target is called so."""


def read_labels(path: str) -> dict[str, dict[str, str]]:
    """The labels of each target, as they stand there. Raises UsageError, with what is wrong with the file."""
    try:
        content = toml_of(bounded(Path(path), LARGEST_TOML))
    except OSError as error:
        raise UsageError(f"{_OPTION}: {path}: cannot be read: {error.strerror}") from None
    except Unfit as error:
        raise UsageError(f"{_OPTION}: {path}{f':{error.line}' if error.line else ''}: {error.says}") from None
    labels: dict[str, dict[str, str]] = {}
    for name, table in content.items():
        if fault := _fault(name, table):
            raise UsageError(f"{_OPTION}: {path}: {fault}")
        labels[name] = {key: str(value) for key, value in table.items()}
    return labels


def _fault(name: str, table: object) -> str:
    """Why an entry is no table of labels; empty where it is one."""
    if not isinstance(table, Mapping):
        return f"'{name}' is not a table of labels for a target: write [TARGET] on a line above it"
    for key, value in table.items():
        if isinstance(value, dict) and name in _AROUND:
            return f"'{name}' would be a target: write [{as_key(key)}], and its labels below"
        if isinstance(value, dict) and key in _AROUND:
            return f"'{key}' of '{name}' is a table: write [{as_key(name)}], and its labels below"
        if isinstance(value, dict):
            return f"'{key}' of '{name}' is a table: write a name with a dot in quotes, [\"{name}.{key}\"]"
        if isinstance(value, list):
            return f"'{key}' of '{name}' is a list, but a label is a single text"
    return ""
