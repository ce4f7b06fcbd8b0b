"""The file of locked policies: which policies, of which content, a run may judge by; `policy lock` writes it.

schema = 1
[[policies]]
id = "rmc-core"
version = "2026.1"
sha256 = "9f0c..."
"""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from rmccomply.errors import PolicyError
from rmccomply.written.model_faults import in_order, open_written, validated

_CONFIG = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class LockedPolicy(BaseModel):
    """A policy that is locked: its content is that of this digest, and it extends that policy."""

    model_config = _CONFIG
    id: Annotated[str, Field(min_length=1)]
    version: Annotated[str, Field(min_length=1)]
    sha256: str
    extends: str | None = None

    @field_validator("sha256")
    @classmethod
    def _digest(cls, value: str) -> str:
        if not re.fullmatch("[0-9a-f]{64}", value):
            raise ValueError("is not a SHA-256 digest: let `rmccomply policy lock` write this file")
        return value


class PolicyLock(BaseModel):
    """All that the file holds."""

    model_config = _CONFIG
    schema_: Literal[1] = Field(alias="schema")
    policies: list[LockedPolicy] = Field(min_length=1)


def read_policy_lock(path: Path) -> tuple[LockedPolicy, ...]:
    """The locked policies. Raises PolicyError with every fault of the file."""
    file = open_written(path)
    lock, faults = validated(file, PolicyLock, "policies")
    seen: set[str] = set()
    for number, one in enumerate(lock.policies if lock else ()):
        if one.id in seen:
            faults.append(file.fault(["policies", number, "id"], f"'{one.id}' is there twice"))
        seen.add(one.id)
    if lock is None or faults:
        raise PolicyError(in_order(faults))
    return tuple(lock.policies)
