"""A source: which requests it reads, and the module that reads them."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar, cast

from rmccomply.record import record

if TYPE_CHECKING:
    from rmccomply.evidence.model import Kind
    from rmccomply.sources.shared.answer import Answer

R_co = TypeVar("R_co", covariant=True)


class Parser(Protocol[R_co]):
    """What the module of a source is.

    `OPTIONS` are the option words (without dash) that may stand in the file name of a capture. `LISTING`: rows of
    an incomplete answer still prove presence; otherwise an incomplete answer is no answer.
    """

    OPTIONS: frozenset[str]
    LISTING: bool

    @property
    def RECORD(self) -> type[R_co]:  # noqa: N802
        """The record that it reads an answer into."""

    def asks(self, argv: tuple[str, ...]) -> bool:
        """Whether this source reads the answer to this request; argv[0] is already known to be its own."""

    def parse(self, answer: "Answer") -> R_co:
        """The record of an answer. Raises Unreadable."""


@record(frozen=True, slots=True)
class Source(Generic[R_co]):
    """A line of the table. `module` is `room.name`; `heads` are the commands, files or `tcp` that it is asked about.

    `name` is told by the module.
    """

    module: str
    heads: tuple[str, ...]
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.module.rpartition(".")[2])

    def load(self) -> Parser[R_co]:
        """The module of the source."""
        return cast("Parser[R_co]", _module(self.module))


@cache
def _module(name: str) -> object:
    return import_module(f"rmccomply.sources.{name}")


_OF_RSCT: Final = "/var/ct/"
_OF_THE_HOST: Final = "IW"
_OF_CLUSTERS: Final = "[0-9]*"
_A_SERVICE: Final = "/usr/lib/firewalld/services/rsct-ctrmc.xml"
_OF_FOLDERS: Final = {
    **dict.fromkeys(("/usr/lib/firewalld/services", "/etc/firewalld/services"), ("*.xml", _A_SERVICE)),
    **{
        folder: (pattern, f"{folder}/{pattern}")
        for folder, pattern in (
            ("/boot/loader/entries", "*.conf"),
            ("/etc/sysctl.d", "*.conf"),
            ("/run/sysctl.d", "*.conf"),
            ("/usr/local/lib/sysctl.d", "*.conf"),
            ("/usr/lib/sysctl.d", "*.conf"),
            ("/etc/NetworkManager/system-connections", "*"),
            ("/etc/sysconfig/network-scripts", "ifcfg-*"),
            ("/etc/sysconfig/network", "ifcfg-*"),
            ("/etc/netplan", "*.yaml"),
            ("/etc/firewalld/zones", "*.xml"),
            ("/usr/lib/firewalld/zones", "*.xml"),
            ("/etc/cloud/cloud.cfg.d", "*.cfg"),
            ("/opt/freeware/etc/cloud/cloud.cfg.d", "*.cfg"),
        )
    },
}
"""Folders whose files have names of the administrator's or of packages: which of them are read, and the word of the
table for all of them."""


def head_of(kind: "Kind", argv: tuple[str, ...]) -> str:
    """The word of the table for a request: the base name of a command, or the path of a file.

    RSCT keeps logs in a folder IW, and on a member of a peer domain in one whose name is the number of the cluster. The
    collector writes the pattern of all these folders where it did not read them. Files of some folders have any name.
    """
    if kind != "file":
        return argv[0].rpartition("/")[2]
    inside, _, name = argv[0].rpartition("/")
    pattern, word = _OF_FOLDERS.get(inside, ("", ""))
    if word and _fits(name, pattern):
        return word
    folder, slash, rest = argv[0].removeprefix(_OF_RSCT).partition("/")
    cluster = folder == _OF_CLUSTERS or (folder.isascii() and folder.isdigit())
    numbered = slash and argv[0].startswith(_OF_RSCT) and cluster
    return f"{_OF_RSCT}{_OF_THE_HOST}/{rest}" if numbered else argv[0]


def _fits(name: str, pattern: str) -> bool:
    start, _, end = pattern.partition("*")
    return name.startswith(start) and name.endswith(end)
