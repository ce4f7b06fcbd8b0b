"""Locked policies: what is written of those that a run may judge by, and how others differ from them.

A policy is its file, octet for octet, and those that it extends. What the command line sets (`--param`, `--profile`) is
no part of a lock: the report names it.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import tomli_w

from rmccomply.errors import Fault, PolicyError
from rmccomply.policy.load import LoadedPolicy, lineage
from rmccomply.written.policy_lock import LockedPolicy, read_policy_lock

_HEAD: Final = """\
# Written by `rmccomply policy lock`. With `--locked` and this file, `rmccomply check` judges by these policies as they
# are here, and by no others.
"""
_SHOWN: Final = 12
"""Digits of a digest by which two can be told apart."""


def locked_text(policies: Sequence[LoadedPolicy]) -> str:
    """The file that locks these policies and those that they extend, each once, by their ids."""
    found = {one.id: one for policy in policies for one in lineage(policy)}
    return _HEAD + tomli_w.dumps({"schema": 1, "policies": [_entry(found[name]) for name in sorted(found)]})


def _entry(policy: LoadedPolicy) -> dict[str, Any]:
    told = {"id": policy.id, "version": policy.version, "sha256": policy.sha256}
    return told if policy.parent is None else {**told, "extends": policy.parent.id}


def refuse_others(policies: Sequence[LoadedPolicy], path: Path) -> None:
    """Refuse policies that are not locked by a file. Raises PolicyError, with each of them and how it differs."""
    locked = {one.id: one for one in read_policy_lock(path)}
    named = {one.id: one for policy in policies for one in lineage(policy)}
    faults = tuple(_faults(named.values(), locked, path))
    if faults:
        raise PolicyError(faults)


def _faults(policies: Iterable[LoadedPolicy], locked: dict[str, LockedPolicy], path: Path) -> Iterator[Fault]:
    for policy in policies:
        one = locked.get(policy.id)
        if one is None:
            says = f"the policy {policy.id} is not locked by {path}, which has: {', '.join(sorted(locked))}"
        elif one.version != policy.version:
            says = f"the policy {policy.id} is of version {policy.version}, and {path} locks version {one.version}"
        elif one.sha256 != policy.sha256:
            digests = f"{policy.sha256[:_SHOWN]}..., locked is {one.sha256[:_SHOWN]}..."
            says = f"the policy {policy.id} {policy.version} is not as {path} locks it (sha256 {digests})"
        else:
            continue
        yield Fault(policy.uri, None, "", "", says)
