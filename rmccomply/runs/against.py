"""Against: what the inputs of `--against` hold, read once before a run judges.

They are read as inputs are, and judged by nothing. What cannot be used at all ends the run before it begins: with
fewer others than were named, an image would pass that must not. One that is damaged, or holds no node ID, is kept with
the reason.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rmccomply.errors import InputError, UsageError
from rmccomply.evidence.model import Notification
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.shared_id import held_by
from rmccomply.facts.others import HeldIds, Other, digests_of
from rmccomply.guarded import LIMITS, Limits
from rmccomply.inputs.loaded import Failed, Loaded, name_of
from rmccomply.inputs.locate import locate
from rmccomply.inputs.read import read
from rmccomply.isolation import Crash, isolated

if TYPE_CHECKING:
    from rmccomply.inputs.located import Located

_OPTION: Final = "--against"


def others_of(names: Sequence[str], root: Path, limits: Limits = LIMITS) -> tuple[Other, ...]:
    """Every target of these inputs. Raises UsageError where one cannot be used, or holds none."""
    found: list[Other] = []
    for name in dict.fromkeys(names):
        before = len(found)
        for one in locate([name], root, None, limits):
            found += _in(one, root, limits)
        if len(found) == before:
            raise UsageError(f"{_OPTION} {name}: holds no evidence of a system or an image")
    return tuple(found)


def _in(located: "Located", root: Path, limits: Limits) -> Iterator[Other]:
    """The targets of one input, and what may have been one."""
    dark: list[Notification] = []
    known = False
    for item in read(located, root, limits):
        if isinstance(item, InputError):
            raise UsageError(f"{_OPTION} {item}")
        if isinstance(item, Loaded):
            known = True
            yield _other(item, limits)
        elif isinstance(item, Failed):
            known = True
            yield Other(item.label or item.name, item.uri, HeldIds((), f"it cannot be read: {item.says}"))
        elif item.damage:
            dark.append(item)
    if not known:
        yield from (Other(one.uri, one.uri, HeldIds((), one.text, "unparsable")) for one in dark)


def _other(loaded: Loaded, limits: Limits) -> Other:
    held = isolated(lambda: held_by(Facts(loaded.readings, loaded.platform)), limits.seconds)
    if isinstance(held, Crash):
        held = HeldIds((), f"it cannot be read: {held.says}")
    label, files = loaded.label or name_of(loaded), loaded.artifacts
    return Other(label, loaded.place or (files[0].uri if files else label), held, digests_of(files))
