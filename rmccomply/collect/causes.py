"""Why nothing, or not all, came from a target: one word each, told from how the transport ended.

The words are kept in the run's journal and in the controller's bundle about the target, so that a report names them.
The error texts are those of the OpenSSH client (`ssh.c`, `sshconnect.c`, `sshconnect2.c`), of sudo and of shells.
"""

import re
from typing import Final, Literal, get_args

from rmccomply.sources.host.transport import ADVICE, CauseWord, Word
from rmccomply.tuples import NamedTuple

CAUSES: Final[tuple[CauseWord, ...]] = get_args(CauseWord)

_VIOS: Final = "check that the user is padmin, and may run oem_setup_env"


def advice(cause: CauseWord, access: str = "") -> str:
    """What to do about a cause, where the collector was to be run in this way."""
    return _VIOS if cause == "no-shell" and access == "vios" else ADVICE[cause]


class Ended(NamedTuple):
    """How a transport ended. `status` is None where it was stopped here, for the reason that `stopped` gives.

    `begun`: any octet of an answer came. `magic`, `whole`: a bundle began, and ended with its last line. `heard` is the
    last line of an answer in which no bundle began. `jump` names the host between, empty where there is none.
    """

    status: int | None
    errors: str = ""
    begun: bool = False
    magic: bool = False
    whole: bool = False
    stopped: Literal["", "limit", "deadline", "interrupted", "size"] = ""
    heard: str = ""
    jump: str = ""


_BY_TEXT: Final[tuple[tuple[CauseWord, tuple[str, ...]], ...]] = (
    ("host-key-changed", ("REMOTE HOST IDENTIFICATION HAS CHANGED", "REVOKED HOST KEY")),
    ("host-key-unknown", ("Host key verification failed", "host key is known for")),
    ("auth-failed", ("Permission denied (", "Too many authentication failures", "Permission denied, please try")),
    ("no-address", ("Could not resolve hostname", "hostname contains invalid characters")),
)
"""What ssh says when it gives up (exit status 255), the most telling first."""

_SUDO: Final = re.compile(
    r"^sudo: |\bsudo:\s+(?:command )?not found|is not in the sudoers file|is not allowed to (?:execute|run)",
    re.MULTILINE,
)
_OF_THE_WAY: Final = ("ssh: Could not resolve hostname", "ssh: connect to host")
"""Behind a jump host these are its own: the name and the port of the target are that host's business."""
_BEYOND: Final = ("channel 0: open failed", "stdio forwarding failed")
"""What the client of the jump host says where that host did not reach the target."""
_CUT: Final = (
    "kex_exchange_identification: Connection closed by remote host",
    "Connection closed by UNKNOWN port 65535",
)
"""What ssh says when the client of its jump host is gone, behind what that client said."""
_STOPPED: Final = {
    "limit": "it did not end within its time limit",
    "deadline": "the time limit of the run was reached",
    "interrupted": "the run was interrupted",
    "size": "it sent more than a bundle may hold",
}


def cause_of(ended: Ended) -> tuple[Word, str]:
    """The word for how a transport ended, and what it said."""
    if ended.whole:
        return "collected", ""
    said = _said(ended.errors)
    if ended.stopped:
        return _stopped(ended)
    if ended.magic:
        return "incomplete", said or f"the bundle was cut off, and the connection ended with status {ended.status}"
    if ended.status == 255:
        return _of_ssh(ended), said or "ssh ended without a message"
    if _SUDO.search(ended.errors):
        return "sudo-refused", said
    return "no-shell", said or ended.heard or f"nothing came, and the connection ended with status {ended.status}"


def _stopped(ended: Ended) -> tuple[Word, str]:
    says = _STOPPED[ended.stopped]
    if ended.stopped == "limit":
        return "timeout", says
    return ("incomplete" if ended.magic else "no-shell" if ended.stopped == "size" else "not-tried"), says


def _of_ssh(ended: Ended) -> CauseWord:
    if ended.jump and _is_of_the_way(ended.errors):
        return "jump-failed"
    for cause, texts in _BY_TEXT:
        if any(text in ended.errors for text in texts):
            return cause
    return "unreachable"


def _is_of_the_way(errors: str) -> bool:
    """Whether the jump host is what was not reached, or did not let us in."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    if any(line.startswith(_BEYOND) for line in lines):
        return False
    return any(line.startswith(_OF_THE_WAY) for line in lines) or (len(lines) > 1 and lines[-1].startswith(_CUT))


def _said(errors: str) -> str:
    """The line of the error output that tells most: ssh and shells put it last."""
    lines = [line.strip() for line in errors.splitlines() if line.strip() and not line.startswith("@@@")]
    if len(lines) > 1 and lines[-1].startswith(_CUT):
        lines.pop()
    telling = [line for line in lines if line.startswith(("ssh:", "sudo:", "kex_exchange", "Connection "))]
    return (telling or lines or [""])[-1][:300]


def worth_another_try(ended: Ended, word: Word) -> bool:
    """Whether to ask again: only before the first octet, and only for what may pass by itself."""
    if ended.begun or ended.stopped:
        return False
    if word == "jump-failed":
        return "ssh: connect to host" in ended.errors
    return word == "unreachable" or (word == "no-address" and "Temporary failure" in ended.errors)
