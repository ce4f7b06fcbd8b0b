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
typed behind it is the request, and a file with several of them holds several answers.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from rmccomply.errors import InputError
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
from rmccomply.guarded import LARGEST_TOML, LIMITS, Limits, Unfit, bounded, toml_of

TARGET_FILE: Final = "target.toml"
LARGEST: Final = LIMITS.size
"""Bytes of one file that are read; a larger one is no capture of a partition's state."""

_NO_FILE: Final = "it is no plain file, so it was not read as a capture"
_SEVERAL: Final = "it holds answers of several hosts ({}), so nothing of it was read: keep those of one host in it"
_MIXED: Final = "its files hold answers of several hosts ({}), so none of them was read: make a folder for each host"
_OTHER: Final = "it is named after '{}', but no prompt in it asks that"
_UNNAMED: Final = "its name is no request's, so it was not read (`rmccomply requests` lists them)"
_MORE: Final = "its name holds more than a request, so it was not read: call it '{}', in a folder of its host"
_QUOTED: Final = "this line looks like a prompt, but may be a line of the answer, and was read as one"

Recognise = Callable[[str], Asked | None]
Argv = Annotated[list[str], Field(min_length=1)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    request: Argv
    filtered: bool = False


class _Target(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    name: str = ""
    platform: Literal["", "aix", "vios", "linux", "hmc"] = ""
    labels: dict[str, str] = {}
    filtered: bool = False
    requests: dict[str, Argv | _Request | bool] = {}

    @field_validator("requests")
    @classmethod
    def _only_filtered_is_a_word(cls, requests: dict[str, Any]) -> dict[str, Any]:
        for name, entry in requests.items():
            if isinstance(entry, bool) and name != "filtered":
                raise ValueError(f'\'{name}\' is {str(entry).lower()}; it must be a request, such as ["lssrc", "-a"]')
        return requests


def is_capture_folder(folder: Path, recognise: Recognise) -> bool:
    """Whether at least one file in the folder has a capture's name, or is a `target.toml`."""
    return any(
        path.name == TARGET_FILE or recognise(path.name) is not None
        for path in folder.iterdir()
        if path.is_file() and not path.is_symlink()
    )


def read_captures(folder: Path, uri_of: Callable[[Path], str], requests: Requests, limits: Limits = LIMITS) -> Bundle:
    """Read a capture folder. Raises InputError for a `target.toml` that cannot be used."""
    target = _target(folder / TARGET_FILE)
    every = target.filtered or target.requests.get("filtered") is True
    evidence: list[Evidence] = []
    artifacts: list[Artifact] = []
    notes: list[Notification] = []
    hosts: Hosts = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name == TARGET_FILE:
            continue
        asked = _request(target, path.name, requests.named) or requests.named(path.name)
        if path.is_symlink() or not path.is_file():
            notes.append(Notification(_NO_FILE, uri_of(path), level="warning" if asked else "note"))
        elif asked is None:
            notes.append(_unnamed(path.name, uri_of(path), requests))
        elif path.stat().st_size > limits.size:
            notes.append(Notification("it is too large to be a capture and was not read", uri_of(path)))
        else:
            data = path.read_bytes()
            artifacts.append(Artifact(uri_of(path), hashlib.sha256(data).hexdigest()))
            quoted: list[int] = []
            try:
                found = list(_evidence(asked, data, uri_of(path), every, requests, hosts, quoted))
            except SeveralHosts as several:
                notes.append(Notification(_SEVERAL.format(several), uri_of(path)))
                continue
            evidence += found
            notes += [Notification(_QUOTED, uri_of(path), line, level="note") for line in quoted[:1]]
            if not _is_answered(asked, found, requests):
                notes.append(Notification(_OTHER.format(request_text(asked.kind, asked.argv)), uri_of(path)))
    if len(hosts) > 1:
        evidence.clear()
        notes.append(Notification(_MIXED.format(", ".join(sorted(hosts.values()))), uri_of(folder)))
    for name in sorted(set(target.requests) - {path.name for path in folder.iterdir()} - {"filtered"}):
        says = f"it names the file '{name}', which is not there"
        notes.append(Notification(says, uri_of(folder / TARGET_FILE)))
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


def _unnamed(name: str, uri: str, requests: Requests) -> Notification:
    better = requests.meant(name)
    return Notification(_MORE.format(better) if better else _UNNAMED, uri, level="warning" if better else "note")


def _evidence(
    asked: Asked, data: bytes, uri: str, filtered: bool, requests: Requests, hosts: Hosts, quoted: list[int]
) -> Iterator[Evidence]:
    for one, stream, damage in answers_in(asked, lines_of(data), len(data), requests, hosts, quoted):
        yield Evidence(one.kind, one.argv, uri, out=stream, damage=damage, whole=not (filtered or one.filtered))


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


def _request(target: _Target, name: str, recognise: Recognise) -> Asked | None:
    entry = target.requests.get(name)
    if entry is None or isinstance(entry, bool):
        return None
    argv = entry.request if isinstance(entry, _Request) else entry
    return Asked(_kind(argv, recognise), tuple(argv), isinstance(entry, _Request) and entry.filtered)


def _kind(argv: list[str], recognise: Recognise) -> Kind:
    """A lone path is a file, unless it is the path of a command that is asked without arguments (`lsnodeid`)."""
    if argv[:1] == ["tcp"]:
        return "probe"
    known = recognise(argv[0].rpartition("/")[2]) if len(argv) == 1 else ("cmd", ())
    return "cmd" if not argv[0].startswith("/") or (known is not None and known[0] == "cmd") else "file"


def _target(path: Path) -> _Target:
    if path.is_symlink():
        raise InputError(f"{path}: is a link, which is not followed: put the file itself there")
    if not path.exists():
        return _Target()
    try:
        return _Target.model_validate(toml_of(bounded(path, LARGEST_TOML)))
    except Unfit as error:
        raise InputError(f"{path}{f':{error.line}' if error.line else ''}: {error.says}") from None
    except ValidationError as error:
        faults = "\n".join(
            f"{path}: {'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()
        )
        raise InputError(faults) from None
