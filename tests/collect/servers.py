"""A server of ssh on loopback that plays many hosts, each by a name in the client's configuration. All is constructed.

What a host does is told by its name: the client sends it along, and the server runs `plays.sh`, which looks at it.
"""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

REQUIRED: Final = "TESTS_REQUIRE_SSHD"
"""Set to 1 where a server that is not installed is a failure and no reason to skip."""
_SSHD: Final = "/usr/sbin/sshd"
_CONFIG: Final = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized
PidFile {folder}/pid
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AcceptEnv RMC_HOST
MaxStartups {startups}
MaxSessions 100
ForceCommand /bin/sh {folder}/plays.sh
"""
_CLIENT: Final = """\
Host *
  HostName 127.0.0.1
  Port {port}
  User {user}
  IdentityFile {folder}/key
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile {folder}/known
  GlobalKnownHostsFile /dev/null
  HostKeyAlias server
"""
PLAYS: Final = """\
case $RMC_HOST in
  cut-*) head -c 700 "$FOLDER/$RMC_HOST.rmcc" ;;
  closed-*) echo 'This account is currently not available.'; exit 1 ;;
  slow-*) head -c 700 "$FOLDER/$RMC_HOST.rmcc"; exec sleep 30 ;;
  deny-*) echo 'sudo: a password is required' >&2; exit 1 ;;
  forced-*) exec cat "$FOLDER/$RMC_HOST.rmcc" ;;
  *) eval "$SSH_ORIGINAL_COMMAND" ;;
esac
"""
"""What the server runs: some hosts do other than what they were asked."""
STUB: Final = b"""\
main() {
  cat "$FOLDER/$RMC_HOST.rmcc"
  printf '%s %s\\n' "$RMC_HOST" "$*" >>"$FOLDER/asked"
}
main "$@"; exit
"""
"""In the place of the collector: it prints a bundle that is there, and notes that it was asked."""


@dataclass
class Server:
    """A server at work; `config` is for the client."""

    folder: Path
    port: int
    hosts: list[str] = field(default_factory=list)

    @property
    def config(self) -> Path:
        """The configuration of the client."""
        return self.folder / "config"

    def host(self, name: str, bundle: bytes, *lines: str) -> None:
        """A host that it plays; `lines` are its own in the client's configuration, which come first."""
        (self.folder / f"{name}.rmcc").write_bytes(bundle)
        own = "".join(f"  {line}\n" for line in (f"SetEnv RMC_HOST={name}", *lines))
        self.hosts.append(f"Host {name}\n{own}")
        common = _CLIENT.format(port=self.port, user=pwd.getpwuid(os.getuid()).pw_name, folder=self.folder)
        self.config.write_text("".join(self.hosts) + common)

    def asked(self) -> list[str]:
        """The hosts on which the stub ran so far, in order, with its words."""
        path = self.folder / "asked"
        return path.read_text().splitlines() if path.is_file() else []


@contextmanager
def server(folder: Path, startups: str = "200", plays: str = PLAYS) -> Iterator[Server]:
    """Start a server in this folder, and end it; skips the test where none is installed."""
    if not Path(_SSHD).is_file() or shutil.which("ssh") is None:
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"sshd is not installed, and {REQUIRED}=1 says that it must be")
        pytest.skip("sshd is not installed")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    port = free_port()
    _keys(folder, port)
    (folder / "plays.sh").write_text(f"FOLDER='{folder}'\nexport FOLDER RMC_HOST\n{plays}")
    (folder / "sshd_config").write_text(_CONFIG.format(port=port, folder=folder, startups=startups))
    with (folder / "log").open("wb") as log:
        command = [_SSHD, "-D", "-e", "-f", str(folder / "sshd_config")]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log)
        try:
            _wait(port, process, folder)
            yield Server(folder, port)
        finally:
            process.terminate()
            process.wait()


def _keys(folder: Path, port: int) -> None:
    for name in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    (folder / "authorized").write_bytes((folder / "key.pub").read_bytes())
    (folder / "known").write_text(
        f"server {(folder / 'host.pub').read_text()}changed {(folder / 'key.pub').read_text()}"
    )


def _wait(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(100):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, (folder / "log").read_text()
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def silent() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen(100)
        yield int(one.getsockname()[1])
