"""One target as an inventory names it: what to call it, and how ssh gets there."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

Access = Literal["direct", "sudo", "vios"]


class Row(NamedTuple):
    """A target. `address` is what ssh is given: a name, an alias of its configuration, or an address.

    `missing` says why there is no address; such a row stays in the run. `options` are options of ssh beside those that
    have a place of their own. `health` is what the inventory itself says of the target's state.
    """

    label: str
    address: str = ""
    user: str = ""
    port: int | None = None
    jump: str = ""
    access: Access | None = None
    options: tuple[tuple[str, str], ...] = ()
    labels: Mapping[str, str] = {}
    missing: str = ""
    health: Mapping[str, Any] | None = None


class Inventory(NamedTuple):
    """The targets in the order in which they are named, and what of the inventory was not used."""

    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()


def fault_of(address: str) -> str:
    """Why a text cannot be an address that ssh is given; empty where it can."""
    if not address:
        return "it has no address"
    if "{{" in address:
        return f"its address is a template that was not filled in: {address}"
    if address.startswith("-") or not address.isprintable() or any(char in " '\"`$;&|<>()\\" for char in address):
        return f"its address is none that ssh takes: {address!r}"
    return ""


def new_row(label: str, address: str, **more: Any) -> Row:
    """A row, with the reason where its address cannot be used."""
    return Row(label, address, **more, missing=fault_of(address))


def distinct(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with a label of their own each: the second of a name is NAME#2, one that is there twice is one."""
    found: dict[str, Row] = {}
    for row in rows:
        label, count = row.label, 1
        while label in found and found[label]._replace(label=row.label) != row:
            count += 1
            label = f"{row.label}#{count}"
        found.setdefault(label, row._replace(label=label))
    return tuple(found.values())
