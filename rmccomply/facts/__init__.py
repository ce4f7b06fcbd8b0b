"""Facts: one module a source, and the table of them all.

A source is one request and how to read its answer. The table below says which commands and files each module
reads; the modules are imported only when an answer of theirs is asked for. `facts.catalogue` has the other table:
the derived facts that policies speak of.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from rmccomply.facts.answer import Answer


class Source(Protocol):
    """What a module of this package is.

    `OPTIONS` are the option words (without dash) that may stand in the file name of a capture. `LISTING`: rows of
    an incomplete answer still prove presence; otherwise an incomplete answer is no answer.
    """

    OPTIONS: frozenset[str]
    LISTING: bool
    RECORD: Any

    def asks(self, argv: tuple[str, ...]) -> bool:
        """Whether this source reads the answer to this request; argv[0] is already known to be its own."""

    def parse(self, answer: "Answer") -> Any:
        """The record of an answer. Raises Unreadable."""


SOURCES: Final[dict[str, tuple[str, ...]]] = {
    "lssrc": ("lssrc",),
    "lslpp": ("lslpp",),
    "rpm": ("rpm",),
    "ct_node_id": ("/etc/ct_node_id", "/var/ct/cfg/ct_node_id"),
    "lsnodeid": ("lsnodeid",),
    "rmcdomainstatus": ("rmcdomainstatus",),
    "lsrsrc": ("lsrsrc",),
    "mcproxy": ("lssrc",),
    "lsrpdomain": ("lsrpdomain",),
    "lspv": ("lspv",),
    "lscluster": ("lscluster",),
    "ifconfig": ("ifconfig",),
    "ip_addr": ("ip",),
    "netstat": ("netstat",),
    "ss": ("ss",),
    "tcp_probe": ("tcp",),
    "df": ("df",),
    "uname": ("uname",),
    "oslevel": ("oslevel",),
    "os_release": ("/etc/os-release", "/usr/lib/os-release"),
    "cpuinfo": ("/proc/cpuinfo",),
}
"""Module to the base names of commands, the paths of files, or `tcp` for probes, that it reads."""


@cache
def load(name: str) -> Source:
    """The module of a source."""
    return import_module(f"rmccomply.facts.{name}")


if TYPE_CHECKING:
    from rmccomply.facts import (
        cpuinfo,
        ct_node_id,
        df,
        ifconfig,
        ip_addr,
        lscluster,
        lslpp,
        lsnodeid,
        lspv,
        lsrpdomain,
        lsrsrc,
        lssrc,
        mcproxy,
        netstat,
        os_release,
        oslevel,
        rmcdomainstatus,
        rpm,
        ss,
        tcp_probe,
        uname,
    )

    _CHECKED: tuple[Source, ...] = (
        cpuinfo,
        ct_node_id,
        df,
        ifconfig,
        ip_addr,
        lscluster,
        lslpp,
        lsnodeid,
        lspv,
        lsrpdomain,
        lsrsrc,
        lssrc,
        mcproxy,
        netstat,
        os_release,
        oslevel,
        rmcdomainstatus,
        rpm,
        ss,
        tcp_probe,
        uname,
    )
