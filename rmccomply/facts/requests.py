"""Which source reads the answer to a request, by the request itself or by the name of a capture file."""

from typing import Final

from rmccomply.evidence.model import Kind
from rmccomply.facts import SOURCES, load

_ENDINGS: Final = (".txt", ".out")


def key_of(name: str) -> str:
    """The key by which names are compared: `lssrc_-a.txt` and `lssrc -a` are both `lssrc-a`.

    The ending is dropped, every run of characters other than letters, digits and `.` is one `-`.
    """
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return "-".join("".join(char if char.isalnum() or char == "." else " " for char in name).split())


def request_of(file_name: str) -> tuple[Kind, tuple[str, ...]] | None:
    """The request whose answer a capture file of this name holds; None where the name is no request's key."""
    key = key_of(file_name)
    words = key.split("-")
    for source, heads in SOURCES.items():
        for head in heads:
            if head.startswith("/"):
                if key_of(head) == key:
                    return "file", (head,)
            elif head == words[0]:
                argv = _argv(source, words)
                if load(source).asks(argv):
                    return ("probe" if head == "tcp" else "cmd"), argv
    return None


def _argv(source: str, words: list[str]) -> tuple[str, ...]:
    """The request of a key. What a key cannot hold is put back: dashes, `*` after a dot, the slash of df's paths."""
    options = load(source).OPTIONS
    argv = [words[0]]
    for word in words[1:]:
        if word in options:
            argv.append(f"-{word}")
        elif source == "df":
            argv.append(f"/{word}")
        else:
            argv.append(f"{word}*" if word.endswith(".") else word)
    return tuple(argv)


def source_of(kind: Kind, argv: tuple[str, ...]) -> str | None:
    """The source that reads the answer to this request; None where there is none."""
    if not argv:
        return None
    head = argv[0] if kind == "file" else argv[0].rpartition("/")[2]
    for source, heads in SOURCES.items():
        if head in heads and load(source).asks(argv):
            return source
    return None
