"""Kernel parameters that are set at boot: `/etc/sysctl.conf` and the files `*.conf` of the folders sysctl.d.

sysctl.d(5), sysctl.conf(5).

    # a comment, as behind ;
    net.ipv6.conf.all.disable_ipv6 = 1
    net/ipv6/conf/env2.100/disable_ipv6 = 1
    -net.ipv6.conf.*.disable_ipv6 = 1
    -net.ipv6.conf.env3.disable_ipv6

Where the first separator of a name is a dot, dots and slashes change places; names are kept with slashes. A `-` in
front of an assignment ignores that it may fail; in front of a name alone it keeps a pattern from setting it.

A file that is not there is an answer, and so is an empty one, which sets nothing. A line of another form is passed over
by the system too.
"""

from typing import Final

from rmccomply.evidence.model import Line
from rmccomply.record import record
from rmccomply.sources.shared.answer import Answer
from rmccomply.sources.shared.texts import refuse_complaints

OPTIONS: Final[frozenset[str]] = frozenset()
LISTING: Final = False
_EXCHANGED: Final = str.maketrans("./", "/.")


@record(frozen=True, slots=True)
class KernelParameter:
    """One line. `name` has slashes and may be a pattern; `value` is None where the line only excludes the name."""

    name: str
    value: str | None
    line: Line


@record(frozen=True, slots=True)
class KernelParameters:
    """What a file sets, in its order."""

    present: bool
    rows: tuple[KernelParameter, ...] = ()


RECORD: Final = KernelParameters


def asks(argv: tuple[str, ...]) -> bool:
    """The file itself."""
    return len(argv) == 1


def parse(answer: Answer) -> KernelParameters:
    """Read the lines. Raises Unreadable: `failed`."""
    if answer.absent:
        return KernelParameters(False)
    refuse_complaints(answer, "cat:", "ksh:", "sh:", "bash:")
    answer.refuse_failure()
    rows = []
    for number, line in enumerate(answer.lines, 1):
        text = line.strip()
        if not text or text[0] in "#;":
            continue
        name, equals, value = text.partition("=")
        excluded = name.startswith("-") and not equals
        if equals or excluded:
            rows.append(
                KernelParameter(
                    _with_slashes(name.removeprefix("-").strip()), value.strip() if equals else None, number
                )
            )
    return KernelParameters(True, tuple(rows))


def _with_slashes(name: str) -> str:
    first = next((char for char in name if char in "./"), "/")
    return name.translate(_EXCHANGED) if first == "." else name
