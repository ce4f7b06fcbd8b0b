"""A list of Power Virtual Server instances, saved as JSON: of the service, or of its command line.

    {"pvmInstances": [{"serverName": "web1", "status": "ACTIVE", "osType": "aix",
                       "networks": [{"ipAddress": "192.168.7.4", "externalIP": "203.0.113.9"}],
                       "health": {"status": "WARNING", "reason": "..."}}]}

The address is the first `ipAddress`, else the first `externalIP`. What the service says of an instance's health is kept
as evidence beside what the instance itself answers. IBM i instances have no RMC of this kind and are left out.
"""

from collections.abc import Iterator
from typing import Any, Final

from rmccomply.collect.inventory.row import HostRow, Inventory, distinct, new_row

_LISTS: Final = ("pvmInstances", "pvminstances", "instances")
_HEALTH: Final = ("health", "status", "pvmInstanceID", "id", "osType")


def recognises(document: Any) -> bool:
    """Whether it is a list of things with a server's name, alone or under the name that the service gives it."""
    found = _instances(document)
    listed = isinstance(document, dict) and any(isinstance(document.get(key), list) for key in _LISTS)
    return all(_name(one) for one in found) if found else listed


def read(document: Any) -> Inventory:
    """Every instance but those of IBM i."""
    rows, notes = [], []
    for one in _instances(document):
        if str(one.get("osType", "")).lower() == "ibmi":
            notes.append(f"{_name(one)}: left out, since it runs IBM i")
        else:
            rows.append(_row(one))
    return Inventory(distinct(rows), tuple(notes))


def _instances(document: Any) -> list[dict[str, Any]]:
    if isinstance(document, dict):
        document = next((document[key] for key in _LISTS if key in document), None)
    if not isinstance(document, list):
        return []
    return [one for one in document if isinstance(one, dict)]


def _name(instance: dict[str, Any]) -> str:
    name = instance.get("serverName") or instance.get("name")
    return name if isinstance(name, str) else ""


def _row(instance: dict[str, Any]) -> HostRow:
    found = list(_addresses(instance))
    address = found[0] if found else ""
    return new_row(_name(instance), address, health={key: instance[key] for key in _HEALTH if key in instance})


def _addresses(instance: dict[str, Any]) -> Iterator[str]:
    networks = instance.get("networks") or instance.get("addresses")
    cards = [one for one in networks if isinstance(one, dict)] if isinstance(networks, list) else []
    for key in ("ipAddress", "ip", "externalIP"):
        yield from (str(card[key]) for card in cards if card.get(key))
