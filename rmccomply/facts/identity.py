"""Identity: which partition of which machine this is, as far as the evidence shows.

`uname -M` prints the machine type and model, `uname -u` the system's serial number, `uname -L` the partition's number.
"""

from typing import NamedTuple, TypeVar

from rmccomply.facts.gather import Readings

T = TypeVar("T")


class Identity(NamedTuple):
    """Machine type-model, serial and LPAR id; each None where it is not known or two answers differ."""

    type_model: str | None
    serial: str | None
    lpar_id: int | None


def identity_of(readings: Readings) -> Identity:
    """The identity that the readings of uname show."""
    records = [reading.record for reading in readings.of("uname") if reading.record is not None]
    return Identity(
        _only({record.model for record in records if record.model}),
        _only({record.system_id for record in records if record.system_id}),
        _only({record.lpar_id for record in records if record.lpar_id is not None}),
    )


def _only(values: set[T]) -> T | None:
    return next(iter(values)) if len(values) == 1 else None


def node_name(readings: Readings) -> str:
    """The name that `uname -n` or `uname -a` prints; empty where none does or two differ."""
    records = [reading.record for reading in readings.of("uname") if reading.record is not None]
    return _only({record.node for record in records if record.node}) or ""
