"""The command line of the OpenSSH client, and what `ssh -G` says that it will do. Pure: nothing is run here.

Each target is one `ssh` with an argument list; the user's configuration, agents, certificates, jump hosts and
cryptographic policy stay in force. What is set here comes first on the command line, and ssh takes the first value it
meets: no password is ever asked for, no terminal is asked for, nothing is forwarded, no connection is left behind and
none that is there is used, since nobody knows how it checked the host key, and host keys are always checked.
"""

import shlex
from collections.abc import Sequence
from typing import Final

from rmccomply.collect.inventory.row import Access, HostRow
from rmccomply.tuples import NamedTuple

_ALWAYS: Final = (
    "BatchMode=yes",
    "NumberOfPasswordPrompts=0",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=4",
    "LogLevel=ERROR",
    "RequestTTY=no",
    "ForwardAgent=no",
    "ForwardX11=no",
    "ClearAllForwardings=yes",
    "PermitLocalCommand=no",
    "Tunnel=no",
    "ControlMaster=no",
    "ControlPath=none",
    "NoHostAuthenticationForLocalhost=no",
)
_CHECKED: Final = ("yes", "true", "ask", "accept-new")
_NOWHERE: Final = ("/dev/null", "none")
_SHELL: Final = "/bin/sh"


class ClientSettings(NamedTuple):
    """What a run asks of every connection. `config` stands for `-F`: a configuration instead of the user's own."""

    config: str = ""
    accept_new: bool = False
    connect_timeout: int = 10
    program: str = "ssh"


class Resolved(NamedTuple):
    """What `ssh -G` says of a target. `jump` names the way through another host, empty where there is none."""

    hostname: str = ""
    user: str = ""
    port: str = ""
    jump: str = ""
    strict: str = ""
    identities: tuple[str, ...] = ()
    known: str = ""
    command: str = ""
    """A command of the configuration's own, which stands in the way of ours."""

    @property
    def keeps(self) -> bool:
        """Whether a new host key is kept, in the first of the files, so that a changed one is told."""
        return self.known.split(" ")[0] not in _NOWHERE


def command_line(row: HostRow, settings: ClientSettings, remote: str, told: Resolved) -> tuple[str, ...]:
    """The argument list that runs a command on a target; `told` is what its configuration says.

    RemoteCommand is named only where the configuration has one: clients before OpenSSH 7.6 do not know it, and refuse
    the whole run with it.
    """
    own = ("RemoteCommand=none",) if told.command else ()
    always = _options((*_ALWAYS, *own, _host_keys(settings, told)))
    return (*_client(settings), *always, *_of_row(row), "--", row.address, remote)


def asking(row: HostRow, settings: ClientSettings) -> tuple[str, ...]:
    """The argument list that tells what ssh would do for a target, without a connection."""
    return (*_client(settings), "-G", *_of_row(row), "--", row.address)


def _client(settings: ClientSettings) -> tuple[str, ...]:
    config = ("-F", settings.config) if settings.config else ()
    return (settings.program, *config, "-T", "-k", *_options((f"ConnectTimeout={settings.connect_timeout}",)))


def _options(options: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for option in options for word in ("-o", option))


def _of_row(row: HostRow) -> tuple[str, ...]:
    words: list[str] = []
    for flag, value in (("-p", str(row.port or "")), ("-l", row.user), ("-J", row.jump)):
        words += [flag, value] if value else []
    return (*words, *_options([f"{name}={value}" for name, value in row.options]))


def _host_keys(settings: ClientSettings, told: Resolved) -> str:
    """Checked always: a configuration may ask for less trouble with new hosts, but not for no check at all.

    A new key that is taken and not kept would be taken again when it has changed.
    """
    if told.keeps and (settings.accept_new or told.strict == "accept-new"):
        return "StrictHostKeyChecking=accept-new"
    return "StrictHostKeyChecking=yes"


def unchecked(resolved: Resolved) -> bool:
    """Whether the configuration asks for host keys not to be checked; here they are checked all the same."""
    return bool(resolved.strict) and resolved.strict not in _CHECKED


def resolved(text: str) -> Resolved:
    """Read the output of `ssh -G`: a keyword and its value a line, keywords in small letters."""
    values: dict[str, str] = {}
    identities: list[str] = []
    for line in text.splitlines():
        key, _, value = line.partition(" ")
        if key == "identityfile":
            identities.append(value)
        values.setdefault(key, value)
    jump = next((values[key] for key in ("proxyjump", "proxycommand") if values.get(key, "none") != "none"), "")
    return Resolved(
        values.get("hostname", ""),
        values.get("user", ""),
        values.get("port", ""),
        jump,
        values.get("stricthostkeychecking", ""),
        tuple(identities),
        values.get("userknownhostsfile", ""),
        values.get("remotecommand", ""),
    )


def remote_command(access: Access, arguments: Sequence[str]) -> str:
    """What runs the script, which comes by standard input.

    On a VIOS padmin's restricted shell refuses a path and an argument; `oem_setup_env` reads its standard input as
    root, so the arguments come with the script (see `script_for`).
    """
    if access == "vios":
        return "oem_setup_env"
    words = (_SHELL, "-s", "--", *arguments) if arguments else (_SHELL, "-s")
    return shlex.join(("sudo", "-n", *words) if access == "sudo" else words)


def script_for(access: Access, arguments: Sequence[str], script: bytes) -> bytes:
    """What is sent by standard input."""
    if access != "vios" or not arguments:
        return script
    return f"set -- {shlex.join(arguments)}\n".encode() + script
