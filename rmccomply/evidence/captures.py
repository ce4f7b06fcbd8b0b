"""Capture folders: plain text files of one answer each, as people save them.

A file's name tells its request (`lssrc-a.txt`, `etc_ct_node_id.txt`); `target.toml` may name the target, its platform
and labels, and say what files of other names hold:

    name = "prod-db-01"
    platform = "aix"

    [labels]
    wave = "3"

    [requests]
    "subsystems.txt" = ["lssrc", "-a"]
    "rsct.txt" = { request = ["lssrc", "-a"], filtered = true }

`filtered` (in an entry, or for the whole folder beside `name`) says that absence proves nothing there. Nobody recorded
exit statuses or times, so an empty file is never an answer.

What a terminal shows around an answer is no line of it. A prompt tells more than the name of the file does: what was
typed behind it is the request, and a file with several of them holds several answers. So a file that begins at a prompt
is a capture by any name (`session.txt`, `putty.log`).
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from rmccomply.evidence.bundle import is_bundle
from rmccomply.evidence.entry import entered
from rmccomply.evidence.model import (
    Artifact,
    Asked,
    Bundle,
    Evidence,
    Kind,
    Notification,
    Requests,
    request_text,
)
from rmccomply.evidence.saved import as_utf8
from rmccomply.evidence.session import Hosts, SeveralHosts, answers_in
from rmccomply.guarded import LIMITS, Limits
from rmccomply.written.target_file import TARGET_FILE, read_target, requests_in

_START: Final = 64 * 1024
_OTHERS: Final = (b"{", b"\x1f\x8b")
"""How facts documents and packed files begin."""
LARGEST: Final = LIMITS.size
"""Bytes of one file that are read; a larger one is no capture of a partition's state."""

_NO_FILE: Final = "not a regular file, so not read as a capture"
_LARGE: Final = "too large for a capture, so not read"
_NO_TEXT: Final = "skipped: not evidence (its name is not a request, and it is not plain text)"
_SEVERAL: Final = "it holds answers of several hosts ({}), so none of it was read: keep one host per file"
_MIXED: Final = "its files hold answers of several hosts ({}), so none of them was read: make one folder per host"
_OTHER: Final = "it is named after '{}', but no prompt in it asks that"
_UNNAMED: Final = (
    "skipped: its name is not a request (`rmccomply collect list` lists them) and it does not begin with a prompt; "
    "target.toml may say under [requests] what it holds"
)
NOT_READ: Final = "its name is a command with options that are not supported; supported: {}"
_MORE: Final = (
    "skipped, as its name holds more than a request: name it '{}', in a folder for its host, "
    "or say under [requests] of target.toml what it holds"
)
_QUOTED: Final = "this line looks like a prompt, but may be a line of the answer, and was read as one"

Recognise = Callable[[str], Asked | None]


def is_capture_folder(folder: Path, requests: Requests) -> bool:
    """Whether at least one file in the folder has a capture's name, or is a `target.toml`.

    Where none has, a session in it makes it one only if it holds nothing but plain text: no folder, no other input; and
    so do files under their own names (`inittab`) that stand alone.
    """
    paths = list(folder.iterdir())
    files = [path for path in paths if path.is_file() and not path.is_symlink()]
    asked = [requests.named(path.name) for path in files]
    if any(path.name == TARGET_FILE or _is_capture(path.name, one) for path, one in zip(files, asked, strict=True)):
        return True
    if not files or len(files) < len(paths) or not all(map(_is_text, files)):
        return False
    return None not in asked or any(is_session(path, requests) for path in files)


def _is_capture(name: str, asked: Asked | None) -> bool:
    """Whether a name is that of a capture for certain: every system has files of the name `inittab`."""
    return asked is not None and not (asked.kind == "file" and name.startswith(asked.argv[0].rpartition("/")[2]))


def _is_text(path: Path) -> bool:
    """Whether the start of a file is that of a text, and of no other input."""
    with path.open("rb") as file:
        start = as_utf8(file.read(_START))
    return not (is_bundle(start) or start.startswith(_OTHERS) or b"\0" in start)


def is_session(path: Path, requests: Requests, limits: Limits = LIMITS) -> bool:
    """Whether a file tells by its prompts what it answers."""
    try:
        return path.stat().st_size <= limits.size and session_in(path.read_bytes(), "", "", requests) is not None
    except OSError:
        return False


def session_in(data: bytes, uri: str, fallback: str, requests: Requests) -> Bundle | None:
    """The answers of one file that tells by its prompts what it holds, and by them or else by `fallback` of which host;
    None for any other."""
    hosts: Hosts = {}
    notes: list[Notification] = []
    found = _found(None, data, uri, False, requests, hosts, notes)
    if not found and not notes:
        return None
    artifact = Artifact(uri, hashlib.sha256(data).hexdigest())
    name = next(iter(hosts.values()), fallback)
    return entered(Bundle((artifact,), tuple(found or ()), fallback=name, notifications=tuple(notes)))


def read_captures(folder: Path, uri_of: Callable[[Path], str], requests: Requests, limits: Limits = LIMITS) -> Bundle:
    """Read a capture folder. Raises InputError for a `target.toml` that cannot be used."""
    target = read_target(folder / TARGET_FILE)
    told = {name: Asked(_kind(argv, requests.named), argv, left) for name, argv, left in requests_in(target)}
    every = target.filtered or target.requests.get("filtered") is True
    evidence: list[Evidence] = []
    artifacts: list[Artifact] = []
    notes: list[Notification] = []
    hosts: Hosts = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name == TARGET_FILE:
            continue
        asked = told.get(path.name) or requests.named(path.name)
        if (says := _no_capture(path, asked, limits)) is not None:
            notes.append(Notification(says, uri_of(path), level="warning" if asked else "note"))
            continue
        data = path.read_bytes()
        found = _found(asked, data, uri_of(path), every, requests, hosts, notes)
        if asked is None and not found:
            notes.append(_unnamed(path.name, uri_of(path), requests))
        elif found is not None:
            artifacts.append(Artifact(uri_of(path), hashlib.sha256(data).hexdigest()))
            evidence += found
    if len(hosts) > 1:
        evidence.clear()
        notes.append(Notification(_MIXED.format(", ".join(sorted(hosts.values()))), uri_of(folder)))
    for name in sorted(set(target.requests) - {path.name for path in folder.iterdir()} - {"filtered"}):
        says = f"it names the file '{name}', which is not there"
        notes.append(Notification(says, uri_of(folder / TARGET_FILE)))
    notes += [Notification(says, uri_of(folder / TARGET_FILE)) for says in _unread(told, requests)]
    bundle = Bundle(
        tuple(artifacts),
        tuple(evidence),
        name=target.name,
        fallback=folder.resolve().name,
        platform=target.platform,
        labels=dict(sorted(target.labels.items())),
        notifications=tuple(notes),
    )
    return entered(bundle)


def _unread(told: Mapping[str, Asked], requests: Requests) -> Iterator[str]:
    """What is said of requests in target.toml whose answers nothing reads."""
    for name, asked in told.items():
        if requests.source(asked.kind, asked.argv) is None:
            text = request_text(asked.kind, asked.argv)
            yield f"it says that '{name}' answers '{text}', which is not supported{_instead(requests.instead(text))}"


def _instead(read: str) -> str:
    if not read:
        return ""
    return f"; supported: {read}" if "," in read else f"; did you mean {read}?"


def _unnamed(name: str, uri: str, requests: Requests) -> Notification:
    if better := requests.meant(name):
        return Notification(_MORE.format(better), uri, level="warning")
    if other := requests.instead(name):
        return Notification(NOT_READ.format(other), uri, level="warning")
    return Notification(_UNNAMED, uri, level="note")


def _no_capture(path: Path, asked: Asked | None, limits: Limits) -> str | None:
    """Why a file is not looked into; None for one that is."""
    if path.is_symlink() or not path.is_file():
        return _NO_FILE
    if path.stat().st_size > limits.size:
        return _LARGE
    return None if asked or _is_text(path) else _NO_TEXT


def _found(
    asked: Asked | None,
    data: bytes,
    uri: str,
    every: bool,
    requests: Requests,
    hosts: Hosts,
    notes: list[Notification],
) -> list[Evidence] | None:
    """What a file answers; None where that is of several hosts. `notes` gains what is to be said of it."""
    quoted: list[int] = []
    try:
        answers = answers_in(asked, lines_of(data), len(data), requests, hosts, quoted)
    except SeveralHosts as several:
        notes.append(Notification(_SEVERAL.format(several), uri))
        return None
    found = [
        Evidence(one.kind, one.argv, uri, out=stream, damage=damage, whole=not (every or one.filtered))
        for one, stream, damage in answers
    ]
    notes += [Notification(_QUOTED, uri, line, level="note") for line in quoted[:1] if found]
    if asked is not None and not _is_answered(asked, found, requests):
        notes.append(Notification(_OTHER.format(request_text(asked.kind, asked.argv)), uri))
    return found


def _is_answered(asked: Asked, found: list[Evidence], requests: Requests) -> bool:
    """Whether what was read is of the source that the name tells; a request without a source is no matter."""
    source = requests.source(asked.kind, asked.argv)
    return any(requests.source(one.kind, one.argv) == source for one in found)


def lines_of(data: bytes) -> tuple[str, ...]:
    """The lines of a text file in UTF-8 or UTF-16; a byte order mark is none of them, and CR no part of one."""
    lines = as_utf8(data).decode("utf-8", "backslashreplace").split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    return tuple(line.removesuffix("\r") for line in lines)


def _kind(argv: tuple[str, ...], recognise: Recognise) -> Kind:
    """A lone path is a file, unless it is the path of a command that is asked without arguments (`lsnodeid`)."""
    if argv[:1] == ("tcp",):
        return "probe"
    known = recognise(argv[0].rpartition("/")[2]) if len(argv) == 1 else ("cmd", ())
    return "cmd" if not argv[0].startswith("/") or (known is not None and known[0] == "cmd") else "file"
