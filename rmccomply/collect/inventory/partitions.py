"""The partitions that a management console knows, from the bundle that `collect hmc` made of it.

Begun from the list of partitions, not from their RMC addresses: one without such an address is the very one that an
audit looks for. Its address is then its name, which may resolve. Partitions that do not run are left out with a note,
and those of IBM i. A system whose partitions the console does not list has one row that is not reached.
"""

from typing import Final

from rmccomply.collect.inventory.row import HostRow, Inventory, distinct, new_row
from rmccomply.evidence.model import Bundle, Evidence
from rmccomply.sources.shared.delimited import Torn, delimited

_KINDS: Final = ("aixlinux", "vioserver")


def partitions_of(bundle: Bundle) -> Inventory:
    """The running partitions of every system that the console manages."""
    rows, notes = [], []
    listed: set[str] = set()
    failed: dict[str, HostRow] = {}
    for answer in bundle.evidence:
        if answer.argv[:4] != ("lssyscfg", "-r", "lpar", "-m"):
            continue
        system = answer.argv[4]
        if answer.exit_status != 0 or answer.damage is not None:
            failed.setdefault(system, _unlisted(system, answer))
            continue
        listed.add(system)
        for one in delimited(answer.out.lines):
            found = _row(one, system)
            if isinstance(found, HostRow):
                rows.append(found)
            else:
                notes.append(found)
    rows += [row for system, row in failed.items() if system not in listed]
    return Inventory(distinct(rows), tuple(notes))


def _unlisted(system: str, answer: Evidence) -> HostRow:
    """What stands for partitions of which not even the number is known."""
    says = f"the console did not list the partitions of this system: {_why(answer)}"
    return HostRow(f"partitions of {system}", labels={"system": system}, missing=says)


def _why(answer: Evidence) -> str:
    if answer.damage is not None:
        return answer.damage.says
    return next((line.strip() for line in (*answer.err.lines, *answer.out.lines) if line.strip()), "no reason given")


def _torn(text: str, system: str) -> HostRow | str:
    """A line that cannot be told apart is a partition all the same, for as much as its name is there."""
    name = text.partition(":")[0].strip()
    says = f"this line of the console is incomplete: {text}"
    if not name:
        return f"on {system}: left out, since {says}"
    return HostRow(name, labels={"system": system}, missing=says)


def _row(one: dict[str, str] | Torn, system: str) -> HostRow | str:
    if isinstance(one, Torn):
        return _torn(one.text, system)
    name, kind, state = one.get("name", ""), one.get("lpar_env", ""), one.get("state", "")
    if kind not in _KINDS:
        return f"{name} on {system}: left out, since it is neither AIX, Linux nor VIOS ({kind or 'no kind given'})"
    if state != "Running":
        return f"{name} on {system}: left out, since it is not running ({state or 'no state given'})"
    address = one.get("rmc_ipaddr", "") or name
    return new_row(name, address, access="vios" if kind == "vioserver" else None, labels={"system": system})
