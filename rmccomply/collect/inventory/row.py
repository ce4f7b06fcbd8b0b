"""One target as an inventory names it: what to call it, and how ssh gets there."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Literal

from rmccomply.evidence.redact import redact
from rmccomply.evidence.told import redact_told
from rmccomply.tuples import NamedTuple

Access = Literal["direct", "sudo", "vios"]
_OF_SHELLS: Final = frozenset("'\"`;&<>|()")
"""ssh writes users and hosts into the commands that its configuration names, before OpenSSH 9.6 whatever they hold."""


class HostRow(NamedTuple):
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

    rows: tuple[HostRow, ...] = ()
    notes: tuple[str, ...] = ()


def fault_of(address: str) -> str:
    """Why a text cannot be an address that ssh is given; empty where it can."""
    return _fault("address", address, " $\\") if address else "it has no address"


def _fault(what: str, text: str, never: str = "") -> str:
    if "{{" in text:
        return f"its {what} is a template without its values: {text}"
    like_option = any(one.startswith("-") for one in text.replace("@", ",").split(","))
    if like_option or not text.isprintable() or not _OF_SHELLS.union(never).isdisjoint(text):
        return f"its {what} is not one that ssh accepts: '{text}'"
    return ""


def _unusable(row: HostRow) -> str:
    """Why ssh cannot be given what a row says; empty where it can."""
    options = next((name for name, value in row.options if not value.isprintable()), "")
    return (
        fault_of(row.address)
        or _fault("user", row.user)
        or _fault("jump host", row.jump, " $\\")
        or (f"its {options} is not one that ssh accepts" if options else "")
    )


def new_row(label: str, address: str, **more: Any) -> HostRow:
    """A row, with the reason where what it says cannot be used."""
    row = HostRow(label, address, **more)
    return row._replace(missing=_unusable(row))


def distinct(rows: Iterable[HostRow], taken: Collection[str] = ()) -> tuple[HostRow, ...]:
    """The rows with a label of their own each: the second of a name is NAME#2, one that is there twice is one.

    `taken` are labels that others have. A label names files, lines and targets, so it holds no secret, as a list that
    is not the one it was taken for may.
    """
    found: dict[str, HostRow] = {}
    seen: set[str] = set()
    count: Counter[str] = Counter()
    for row in rows:
        text = repr(row._replace(labels=dict(sorted(row.labels.items()))))
        if text in seen:
            continue
        seen.add(text)
        label = name = redact(row.label)
        while label in found or label in taken:
            count[name] += 1
            label = f"{name}#{count[name] + 1}"
        found[label] = row._replace(label=label, missing=redact_told(row.missing, row.label, row.address))
    return tuple(found.values())


def without_commands(rows: Iterable[HostRow]) -> tuple[HostRow, ...]:
    """The rows, of which those are not asked whose way there is a command of the inventory's.

    Asking them without it could reach another machine of that address.
    """
    return tuple(row._replace(missing=row.missing or _COMMAND) if _has_command(row) else row for row in rows)


def _has_command(row: HostRow) -> bool:
    return any(name == "ProxyCommand" for name, _ in row.options)


_COMMAND: Final = (
    "the inventory reaches it with a ProxyCommand, which would run on this machine: allow that with "
    "--proxy-commands, or put it into your own ssh configuration"
)
