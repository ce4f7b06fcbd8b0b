"""A target's bundle and the controller's bundle about it, which stands beside it: one target.

The controller knows what the target cannot say: by which name it was asked, and when. A key that opens another host, or
a server that sends an older answer, is told by that.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal

from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.evidence.model import Bundle, Evidence, Notification
from rmccomply.evidence.packed import uncompressed

BUNDLE_ENDINGS: Final = (".rmcc", ".rmcc.gz")
CONTROLLER: Final = (".controller.rmcc", ".controller.rmcc.gz")
ASKED: Final = "rmccomply-collect"
"""What the controller's note of how it went is a request of: `rmccomply-collect TRANSPORT LABEL`."""
_LABEL: Final = "label."
_SLACK: Final = 900
"""Seconds that clocks may differ by before it is told."""
_ESCAPED: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_NUMBER: Final = re.compile(r"#[0-9]+$")


def label_key(name: str) -> str:
    """The key in the head for a label of the inventory; what a key cannot hold is written as `%XX`.

    >>> label_key("größe")
    'label.gr%C3%B6%C3%9Fe'
    """
    octets = name.encode("utf-8", "surrogatepass")
    return _LABEL + "".join(chr(one) if 32 < one < 127 and one != 37 else f"%{one:02X}" for one in octets)


def labels_told(controller: Bundle) -> dict[str, str]:
    """The labels that an inventory gave a target."""
    keys = (key for key in controller.head if key.startswith(_LABEL))
    return {_unescaped(key[len(_LABEL) :]): controller.head[key] for key in keys}


def _unescaped(text: str) -> str:
    octets = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), text.encode("utf-8", "surrogateescape"))
    return octets.decode("utf-8", "backslashreplace")


def stem_of(path: Path) -> str:
    """What a bundle's file is called without its ending."""
    return path.name.removesuffix(".gz").removesuffix(".rmcc")


def joined_by(path: Path) -> tuple[Path, ...]:
    """The bundles of a target, with which a controller's bundle about it is read; none for any other file."""
    for ending in CONTROLLER:
        if path.name.endswith(ending):
            stem = path.name.removesuffix(ending)
            return tuple(path.parent / f"{stem}{other}" for other in BUNDLE_ENDINGS)
    return ()


def companions(path: Path, uri: Callable[[Path], str], most: int) -> tuple[Bundle, ...]:
    """The controller's bundles about the same target, which stand beside it. Raises OSError."""
    found = []
    for other in map(Path, _beside(path)):
        if other.is_file() and not other.is_symlink() and other.stat().st_size <= most:
            data, fault = uncompressed(other.read_bytes(), most)
            if is_bundle(data) and not (fault and fault.refused):
                found.append(read_bundle(data, uri(other), stem_of(path), controller=True))
    return tuple(found)


def has_companions(path: Path) -> bool:
    """Whether a controller's bundle may stand beside it, or nobody can tell."""
    return any(_beside(path))


def _beside(path: Path) -> Iterator[str]:
    """Where a controller's bundle about the same target may stand, beside a bundle."""
    if path.name.endswith(BUNDLE_ENDINGS) and not path.name.endswith(CONTROLLER):
        stem = os.path.join(os.path.dirname(path), stem_of(path))
        yield from filter(_may_be_there, (stem + ending for ending in CONTROLLER))


def _may_be_there(name: str) -> bool:
    """Whether there is such a file, or nobody can tell. Raises nothing: most targets have no such file."""
    try:
        os.stat(name)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def joined(bundle: Bundle, others: Sequence[Bundle]) -> Bundle:
    """A bundle with what a controller measured about the same target."""
    for other in others:
        asked = asked_as(other)
        if other.head.get("mode") != "controller" or (other.name or bundle.name) != bundle.name:
            says = "it lies beside the bundle of its target but is not about it, so it was not used"
            bundle = _noted(bundle, Notification(says, other.artifacts[0].uri))
            continue
        bundle = _noted(bundle, *other.notifications, *_odd(bundle, other))
        bundle = bundle._replace(
            artifacts=(*bundle.artifacts, *other.artifacts),
            evidence=(*bundle.evidence, *other.evidence),
            labels={**bundle.labels, **labels_told(other)},
            name=asked or bundle.name,
        )
    return bundle


def asked_as(controller: Bundle) -> str:
    """The name by which a controller asked a target; empty where its bundle does not tell, or asked its own machine."""
    asked = _asked(controller)
    return asked.argv[2] if asked is not None and len(asked.argv) == 3 and asked.argv[1] != "local" else ""


def _asked(controller: Bundle) -> Evidence | None:
    return next((item for item in controller.evidence if item.argv[:1] == (ASKED,)), None)


def _noted(bundle: Bundle, *notes: Notification) -> Bundle:
    return bundle._replace(notifications=(*bundle.notifications, *notes))


def _odd(bundle: Bundle, controller: Bundle) -> list[Notification]:
    """What does not fit between what was asked for and what came."""
    asked = _asked(controller)
    if asked is None:
        return []
    notes = []
    if bundle.name and len(asked.argv) == 3 and not is_name_of(bundle.name, asked.argv[2]):
        says = f"it was asked for as '{asked.argv[2]}', and calls itself '{bundle.name}'"
        level: Literal["note", "warning"] = "note" if _is_address(asked.argv[2]) else "warning"
        notes.append(Notification(says, asked.uri, asked.line, level))
    if _is_of_another_time(bundle, asked):
        says = (
            f"it was asked at {asked.begun}, and says that it answered at {bundle.collected}: "
            "its clock is wrong, or this is an older answer"
        )
        notes.append(Notification(says, asked.uri, asked.line))
    return notes


def _is_address(label: str) -> bool:
    try:
        ip_address(label)
    except ValueError:
        return False
    return True


def is_name_of(name: str, label: str) -> bool:
    """Whether a host of this name may be meant by a label: in any case, with or without its domain."""
    return _short(name) == _short(label)


def _short(name: str) -> str:
    return _NUMBER.sub("", name).partition(".")[0].casefold()


def _is_of_another_time(bundle: Bundle, asked: Evidence) -> bool:
    try:
        own, begun, ended = (datetime.fromisoformat(one or "") for one in (bundle.collected, asked.begun, asked.ended))
        return (begun - own).total_seconds() > _SLACK or (own - ended).total_seconds() > _SLACK
    except (ValueError, TypeError):
        return False
