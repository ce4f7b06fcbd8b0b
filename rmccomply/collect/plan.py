"""What the collector asks, read out of the script itself, so that no list can tell another story.

A line of a `plan_*` function of `collector.sh` is a step:

    ask src.all QF n 15 src 'which subsystems run' lssrc -a
    see node.etc QFI n 5 - 'the node ID, its spare copy' /etc/ct_node_id
    log log.domain FI p 10 - 'errors of the handshake with the console' 200 /var/ct/IW/log/mc/...
    reach probe QF n 8 - 'whether the console can be reached' 657 12601
    each ipv6.etc FI n 5 - 'whether IPv6 is switched off' '/etc/sysctl.d/*.conf'
    prove image.mount I n 10 image 'whether the root is mounted from that file' "${ROOT:-DIR}" "${IMAGE:-FILE}"

verb, identifier, plans, whether root is needed, limit, how it is asked, why, and the request. Other lines of these
functions name another of them, or tell the systems apart.
"""

import shlex
from collections.abc import Iterator
from typing import Final

from rmccomply.data import collector_text
from rmccomply.evidence.model import Kind
from rmccomply.tuples import NamedTuple

SYSTEMS: Final[dict[str, str]] = {"aix": "AIX", "vios": "VIOS", "linux": "Linux"}
"""Platform to the name that the script and the heads of bundles have for it."""
ADDRESS: Final = "ADDRESS"
"""Stands for the address of a console, which only the host itself names."""
MOUNTED: Final = "mounted"
"""The probe that tells what the root of an image is mounted from."""
_RELEASE: Final = "${RELEASE:-RELEASE}"
"""The release of the running kernel, which a list does not know."""
GIVEN: Final = frozenset({ADDRESS, "FILE", "DIR"})
"""Words of requests that only a run knows."""
_GIVEN: Final = {_RELEASE: "RELEASE", "${IMAGE:-FILE}": "FILE", "${ROOT:-DIR}": "DIR"}
_VERBS: Final = frozenset({"ask", "see", "log", "reach", "each", "prove"})
_PLANS: Final = {"Q": "quick", "F": "full", "I": "image"}
_ROOT: Final = {"n": "no", "p": "more", "y": "yes"}
_FUNCTION: Final = "plan_"


class Step(NamedTuple):
    """One request. `root`: "yes" where only root is answered, "more" where root sees more, else "no"."""

    id: str
    kind: Kind
    argv: tuple[str, ...]
    plans: tuple[str, ...]
    root: str
    limit: int
    how: str
    why: str

    @property
    def command(self) -> str:
        """The request as the script lists it: files are read by cat."""
        words = ("cat", *self.argv) if self.kind == "file" else self.argv
        return " ".join(word if _is_plain(word) else f"'{word}'" for word in words)


def steps(platform: str) -> tuple[Step, ...]:
    """All that is asked of a platform, in order."""
    return tuple(_steps(_functions(collector_text()), SYSTEMS[platform], "plan"))


def _is_plain(word: str) -> bool:
    return bool(word) and word.isascii() and all(char.isalnum() or char in "_./=:,%+-" for char in word)


def _functions(text: str) -> dict[str, list[str]]:
    """The lines of each function of the plan."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith("plan") and line.endswith("() {"):
            lines = found.setdefault(line.partition("(")[0], [])
        elif line == "}":
            lines = []
        else:
            lines.append(line)
    return found


def _steps(functions: dict[str, list[str]], system: str, name: str) -> Iterator[Step]:
    for line in functions[name]:
        words = shlex.split(_listed(line))
        if words[:1] and words[0] in _VERBS:
            yield from _step(words)
        elif words[:1] and not words[0].endswith(")"):
            yield from _called(functions, system, words)
        elif words and words[0] == f"{system})":
            yield from _called(functions, system, words[1:])


def _listed(line: str) -> str:
    """A line as the list has it, which knows nothing of a run."""
    for given, name in _GIVEN.items():
        line = line.replace(given, name)
    return line


def _called(functions: dict[str, list[str]], system: str, words: list[str]) -> Iterator[Step]:
    for word in words:
        if word.startswith(_FUNCTION):
            yield from _steps(functions, system, word.removesuffix(";"))


def _step(words: list[str]) -> Iterator[Step]:
    verb, name, letters, root, limit, how, why, *request = words
    first = Step(name, "cmd", tuple(request), _plans(letters), _ROOT[root], int(limit), how, why)
    if verb == "reach":
        yield from (first._replace(kind="probe", argv=("tcp", ADDRESS, port)) for port in request)
    elif verb == "each":
        yield first._replace(argv=("ls", "-l", request[0].rpartition("/")[0]))
        yield first._replace(kind="file")
    elif verb == "prove":
        yield first._replace(kind="probe", argv=(MOUNTED, *request))
    elif verb == "log":
        yield first._replace(argv=("tail", "-n", *request))
    else:
        yield first._replace(kind="file") if verb == "see" else first


def _plans(letters: str) -> tuple[str, ...]:
    return tuple(name for letter, name in _PLANS.items() if letter in letters)
