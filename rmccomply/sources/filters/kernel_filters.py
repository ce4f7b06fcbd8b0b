"""Which packet filters the kernel has: `grep` for their modules, in /proc/modules and in its list of what is built in.

proc_modules(5), kbuild(7). The collector asks for nf_tables, ip_tables and ip6_tables alone, so that the answer has an
end that is told by its exit status: 0 with these rows, 1 where there is none. A module whose name goes on
(nf_tables_set) is none of them.

    nf_tables 323584 289 nft_ct,nft_reject_inet, Live 0x0000000000000000       grep ... /proc/modules
    kernel/net/ipv4/netfilter/ip_tables.ko                                     grep ... modules.builtin

A kernel that has none of them filters no packet. Without an exit status nothing tells that there are no other rows.
"""

from typing import Final, Literal

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer, Unreadable

OPTIONS: Final = frozenset({"e"})
LISTING: Final = True
FILTERS: Final = ("nf_tables", "ip_tables", "ip6_tables")
_LOADED: Final = tuple(word for name in FILTERS for word in ("-e", f"^{name}"))
_BUILT_IN: Final = tuple(word for name in FILTERS for word in ("-e", f"/{name}.ko"))
_NONE: Final = 1


@record(frozen=True, slots=True)
class Filter:
    """A filter that is there, by the name of its module."""

    name: str
    line: Line


@record(frozen=True, slots=True)
class KernelFilters:
    """The filters that are loaded, or built in. `whole`: there is no other."""

    place: Literal["loaded", "built-in"]
    filters: tuple[Filter, ...]
    whole: bool


RECORD: Final = KernelFilters


def asks(argv: tuple[str, ...]) -> bool:
    """All three filters, in one of the two files."""
    return (argv[1:-1] == _LOADED and argv[-1] == "/proc/modules") or (
        argv[1:-1] == _BUILT_IN and argv[-1].startswith("/lib/modules/") and argv[-1].endswith("/modules.builtin")
    )


def parse(answer: Answer) -> KernelFilters:
    """Read the rows. Raises Unreadable: `failed` where there is no such file, `unparsable` for other text."""
    if answer.exit_status != _NONE or answer.errors:
        answer.refuse_failure()
    loaded = answer.argv[-1] == "/proc/modules"
    found: list[Filter] = []
    for number, line in enumerate(answer.lines, 1):
        name = line.partition(" ")[0] if loaded else line.rpartition("/")[2].partition(".ko")[0]
        if not name.startswith(FILTERS):
            raise Unreadable("unparsable", f"this is not a row of a packet filter: {line}", number)
        if name in FILTERS:
            found.append(Filter(name, number))
    whole = answer.complete and answer.exit_status is not None
    return KernelFilters("loaded" if loaded else "built-in", tuple(found), whole)
