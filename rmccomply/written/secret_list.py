"""What `--secrets FILE` adds to the forms of secrets: a list in TOML of names and of beginnings of words.

names = ["kv_secret"]     what stands behind such a name, with `=`, `:` or a blank between
prefixes = ["acme_"]      words that begin so
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from rmccomply.errors import UsageError
from rmccomply.guarded import Unfit, as_written, bounded, toml_of
from rmccomply.tuples import NamedTuple
from rmccomply.words import counted

_OPTION: Final = "--secrets"
"""Said in brackets behind the file: what follows an option of this name is taken for a secret."""
_KEYS: Final = ("names", "prefixes")
_LARGEST: Final = 64 * 1024
_MOST: Final = 200
"""Words of a list: each is looked for in every line."""
_SHORTEST: Final = 3
"""Characters of a word; a shorter one is in every second line of evidence."""
_LONGEST: Final = 64


class SecretList(NamedTuple):
    """Words of secrets: what follows one of `names`, and what begins with one of `prefixes`."""

    names: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


def read_secret_list(path: str) -> SecretList:
    """The words of a list. Raises UsageError, with a line for each thing that is wrong with it."""
    shown = f"{path} ({_OPTION})"
    try:
        content = toml_of(bounded(Path(path), _LARGEST))
    except OSError as error:
        raise UsageError(f"{shown}: cannot be read: {error.strerror}") from None
    except Unfit as error:
        raise UsageError(f"{shown}{f', line {error.line}' if error.line else ''}: {error.says}") from None
    faults = [*_faults(content)]
    if faults:
        raise UsageError("\n".join(f"{shown}: {fault}" for fault in faults))
    return SecretList(*(tuple(content.get(key, ())) for key in _KEYS))


def _faults(content: dict[str, Any]) -> Iterator[str]:
    yield from (f"'{key}' is not a known key: use names or prefixes" for key in content if key not in _KEYS)
    if not any(content.get(key) for key in _KEYS):
        yield 'it is empty; write names = ["kv_secret"] or prefixes = ["acme_"]'
    for key in _KEYS:
        words = content.get(key, [])
        if not isinstance(words, list):
            yield f'{key} is not a list; write {key} = ["..."]'
        elif len(words) > _MOST:
            yield f"{key} has {len(words)} words, but at most {_MOST} are allowed"
        else:
            yield from (fault for word in words if (fault := _fault(key, word)))


def _fault(key: str, word: object) -> str:
    if not isinstance(word, str):
        return f"{key}: {as_written(word)} is not text; write it in quotes"
    if not _SHORTEST <= len(word) <= _LONGEST:
        return f"{key}: '{word[:_LONGEST]}' has {counted(len(word), 'character')}, not {_SHORTEST} to {_LONGEST}"
    if not word.isprintable() or any(char.isspace() for char in word):
        return f"{key}: '{word}' contains a space or a control character"
    return ""
