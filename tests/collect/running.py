"""How tests run the collector: on stand-in hosts, under many shells, with fewer tools, and what is the same in all."""

import os
import re
import shutil
import stat
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from rmccomply.data import collector_text
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.model import Bundle, Evidence
from rmccomply.evidence.octets import octets_of

REQUIRED: Final = "TESTS_REQUIRE_SHELLS"
"""Set to 1 where a shell, a tool or a right that is missing is a failure and no reason to skip."""
SHELLS: Final[dict[str, tuple[str, ...]]] = {
    "dash": ("dash",),
    "bash": ("bash",),
    "bash-posix": ("bash", "--posix"),
    "ksh93": ("ksh93",),
    "ksh93-function": ("ksh93",),
    "mksh": ("mksh",),
    "lksh": ("lksh",),
    "lksh-posix": ("lksh", "-o", "posix"),
    "posh": ("posh",),
    "yash": ("yash",),
    "yash-posix": ("yash", "-o", "posix"),
    "busybox": ("busybox", "sh"),
    "zsh": ("zsh",),
    "zsh-sh": ("zsh", "--emulate", "sh"),
}
"""None of them is ksh88. Nearest are ksh93 with functions of the other form, whose traps are their own, and posh."""
FROM_FILE_ONLY: Final = frozenset({"posh"})
"""posh has no option `-s`, so that a script from standard input can have no words."""
_TIMES: Final = re.compile(rb" (b|e|utc)=[^ \n]+")
_SUMS: Final = re.compile(rb"( sum=|%h collector_sum )(cksum:|sha256:)?[0-9a-f-]+")
_OWN_LINES: Final = re.compile(rb"%h (shell|utc|args|root|uid) [^\n]*")


def need(tool: str) -> str:
    """The path of a tool; skips the test without it, or fails where all must be there."""
    found = shutil.which(tool)
    if found is None:
        lacking(f"{tool} is not installed")
    return str(found)


def lacking(why: str) -> None:
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{why}, and {REQUIRED}=1 says that it must be")
    pytest.skip(why)


def need_another_user() -> int:
    """The number of a user who is not root, and can run shell scripts here."""
    if os.geteuid() != 0:
        lacking("only root can become another user")
    if not stat.S_ISCHR(Path("/dev/null").stat().st_mode):
        lacking("/dev/null is no device here, so that no other user can write to it")
    return 65534


@dataclass
class Host:
    """A folder with stand-in commands and files, for `--replay`."""

    folder: Path
    system: str = "AIX"

    def __post_init__(self) -> None:
        for name in ("bin", "root"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "REPLAY").touch()
        self.command("uname", "")

    def command(self, name: str, body: str, mode: int = 0o755) -> None:
        """A command as the body of a shell script."""
        if name == "uname":
            told = f'-s) printf "{self.system}\\n" ;; -n) printf "lpar1\\n" ;; -m) : ;;'
            body = f'case "$*" in {told} *)\n:\n{body}\n;; esac'
        path = self.folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        path.chmod(mode)

    def file(self, path: str, content: bytes) -> Path:
        """A file of the host."""
        place = self.folder / "root" / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        return place


@dataclass(frozen=True)
class Run:
    """What one run of the collector wrote."""

    data: bytes
    errors: str
    status: int

    @property
    def bundle(self) -> Bundle:
        return read_bundle(self.data, "host.rmcc")

    def answer(self, request: str) -> Evidence:
        """The one answer to a request."""
        (found,) = [item for item in self.bundle.evidence if item.request == request]
        return found

    def octets(self, request: str, *, error: bool = False) -> bytes:
        """What a command wrote."""
        item = self.answer(request)
        return octets_of(self.data.split(b"\n"), item.err if error else item.out)


def script(folder: Path, shell: str = "dash", path: str = "", plan: Mapping[str, str] = {}) -> Path:
    """The collector as a file: in the form that a shell needs, with another PATH for its own tools, another plan."""
    text = collector_text()
    if shell == "ksh93-function":
        text = re.sub(r"^([a-z_]+)\(\) \{", r"function \1 {", text, flags=re.MULTILINE)
    if path:
        assert text.count("  PATH=/usr/bin:/bin:/usr/sbin:/sbin\n") == 1
        text = text.replace("  PATH=/usr/bin:/bin:/usr/sbin:/sbin\n", f"  PATH={path}\n")
    for old, new in plan.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    place = folder / "collector.sh"
    place.write_text(text, "ascii")
    return place


def shell_words(name: str) -> list[str]:
    words = list(SHELLS[name])
    return [need(words[0]), *words[1:]]


def collect(
    folder: Path,
    *arguments: str,
    shell: str = "dash",
    by_input: bool = False,
    path: str = "",
    plan: Mapping[str, str] = {},
    environment: Mapping[str, str] = {},
) -> Run:
    """Run the collector; `folder` is for the script and the temporary folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = script(folder, shell, path, plan)
    words = shell_words(shell)
    words += ["-s", "--", *arguments] if by_input else [str(file), *arguments]
    room = folder / "room"
    room.mkdir(exist_ok=True)
    done = subprocess.run(
        words,
        input=file.read_bytes() if by_input else b"",
        capture_output=True,
        env={"PATH": os.environ["PATH"], "TMPDIR": str(room), **environment},
        timeout=120,
        cwd=folder,
    )
    assert list(room.iterdir()) == [], "it left something behind"
    return Run(done.stdout, done.stderr.decode("utf-8", "replace"), done.returncode)


def normalised(data: bytes) -> bytes:
    """A bundle without what differs from run to run: times, sums, the shell, the place of its commands."""
    text = _OWN_LINES.sub(rb"%h \1 *", _SUMS.sub(rb"\1*", _TIMES.sub(rb" \1=*", data)))
    text = re.sub(rb"(%arg \|)/[^\n]*/", rb"\1", text)
    return re.sub(rb" owner=[^\n]* mtime=[^ \n]+", b" owner=*", text)


def sound(run: Run, extra: Sequence[str] = ()) -> None:
    """Nothing is wrong with the bundle as a file."""
    notes = [note.text for note in run.bundle.notifications if note.text not in extra]
    assert notes == []
    damaged = [item.request for item in run.bundle.evidence if item.damage and item.damage.reason == "unparsable"]
    assert damaged == []
