"""A folder that answers as a bundle recorded, so that every bundle becomes a test host for the collector.

    DIR/bin/lssrc        a stand-in for each command: `lssrc -a` prints what the bundle has, and ends as it did
    DIR/root/etc/...     the files
    DIR/answers/7.out    what section 7 printed

    sh collector.sh full --replay DIR

The collector asks a replay folder only where its command line says so, and the bundle that it then writes says so
in its head (`mode replay`): no variable of the environment can make it do that.

What was no whole answer is none in a replay either. A command that timed out hangs; one that was cut, or whose section
is damaged, prints what was kept and is ended by a signal, as is a request that the bundle does not have. A file
that was not read whole, or not at all, is a folder, which the collector may not read as a file. What was left out on
the host (secrets, arguments of processes) is not brought back. Only what the collector would ask gets a stand-in: a
bundle may come from anywhere, and its names are no paths to write to.
"""

import shlex
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from rmccomply.collect.plan import SYSTEMS, Step, steps
from rmccomply.errors import InputError, UsageError
from rmccomply.evidence.model import Bundle, Evidence
from rmccomply.evidence.octets import octets_of

_HEAD: Final = """\
#!/bin/sh
# Stands in for {name}, and answers as a bundle recorded. It is no real command.
at=${{0%/*}}/../answers
answer() {{
  {delay}cat "$at/$1.out"
  cat "$at/$1.err" >&2
}}
"""
_TEST: Final = "if [ $# -eq {count} ]{words}; then\n  answer {number}\n  {end}\nfi\n"
_LAST: Final = "printf 'this was not recorded\\n' >&2\nkill -KILL $$\n"
_SIGNAL: Final = "kill -KILL $$"
_HANG: Final = "exec sleep 86400"
_LOADED: Final = {
    "nft": ("/proc/modules", "nf_tables 1 0 - Live 0x0000000000000000\n"),
    "iptables-save": ("/proc/net/ip_tables_names", "filter\n"),
    "ip6tables-save": ("/proc/net/ip6_tables_names", "filter\n"),
}
"""What the collector looks for before it asks a packet filter."""
_TAIL: Final = "tail"
_MARK: Final = "REPLAY"
"""The file that the collector asks for: with `--replay /` it would else run the commands of the host itself."""


def write_replay(bundle: Bundle, data: bytes, folder: Path, *, delays: bool = False) -> None:
    """Write the folder, which must be new. Raises UsageError, and InputError for a bundle whose system is not told."""
    platform = bundle.platform
    if platform not in SYSTEMS:
        raise InputError(f"{bundle.artifacts[0].uri}: does not say whether it is of AIX, VIOS or Linux")
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise UsageError(f"{folder}: is already there; name a new folder") from None
    for name in ("bin", "root", "answers"):
        (folder / name).mkdir()
    asked = steps(platform)
    found = [item for item in bundle.evidence if item.origin == "host" and item.argv]
    _write_files(found, data, folder / "root", {step.argv[-1] for step in asked if _is_file(step)})
    commands = {step.argv[0] for step in asked if not _is_file(step)}
    _write_commands([item for item in found if _base(item) in commands], data, folder, delays)
    _write_uname(bundle, folder)
    (folder / _MARK).write_text("What a bundle recorded, for `collector.sh --replay`; no evidence of a host.\n")


def _is_file(step: Step) -> bool:
    """Whether a step reads a file, whole or its end."""
    return step.kind == "file" or step.argv[0] == _TAIL


def _base(item: Evidence) -> str:
    return item.argv[0].rpartition("/")[2]


def _write_commands(found: Sequence[Evidence], data: bytes, folder: Path, delays: bool) -> None:
    by_name: dict[str, list[tuple[int, Evidence]]] = {}
    for number, item in enumerate(found, 1):
        if item.kind != "file" and item.state not in ("notfound", "absent", "skipped"):
            by_name.setdefault(_base(item), []).append((number, item))
    lines = data.split(b"\n")
    for name, items in by_name.items():
        text = _HEAD.format(name=name, delay='sleep "$2"\n  ' if delays else "")
        for number, item in items:
            (folder / "answers" / f"{number}.out").write_bytes(octets_of(lines, item.out))
            (folder / "answers" / f"{number}.err").write_bytes(octets_of(lines, item.err))
            text += _branch(number, item, delays)
        command = folder / "bin" / name
        command.write_text(text + _LAST, "utf-8", "surrogateescape")
        command.chmod(0o644 if any(item.state == "noexec" for _, item in items) else 0o755)


def _branch(number: int, item: Evidence, delays: bool) -> str:
    words = "".join(f' && [ "${{{n}}}" = {shlex.quote(word)} ]' for n, word in enumerate(item.argv[1:], 1))
    after = f"{number} {_seconds(item)}" if delays else str(number)
    return _TEST.format(count=len(item.argv) - 1, words=words, number=after, end=_end(item))


def _end(item: Evidence) -> str:
    if item.state == "timeout":
        return _HANG
    return _SIGNAL if item.damage is not None or item.exit_status is None else f"exit {item.exit_status}"


def _seconds(item: Evidence) -> int:
    """How long the answer took, by the clock of the host; 0 where that is not told."""
    try:
        begun, ended = (datetime.fromisoformat(one or "") for one in (item.begun, item.ended))
    except ValueError:
        return 0
    return max(0, int((ended - begun).total_seconds()))


def _write_uname(bundle: Bundle, folder: Path) -> None:
    """The collector asks uname for the system and the name of the host, which is no request of a bundle."""
    command = folder / "bin" / "uname"
    text = command.read_text("utf-8") if command.exists() else _HEAD.format(name="uname", delay="") + _LAST
    system = "Linux" if bundle.platform == "linux" else "AIX"
    told = f"case \"$*\" in\n  -s) printf '%s\\n' {system} && exit 0 ;;\n"
    told += f"  -n) printf '%s\\n' {shlex.quote(bundle.name or 'unknown')} && exit 0 ;;\n  -m) exit 0 ;;\nesac\n"
    at = text.index("at=")
    command.write_text(text[:at] + told + text[at:], "utf-8")
    command.chmod(0o755)
    if bundle.platform == "vios" and not (folder / "bin" / "ioscli").exists():
        (folder / "bin" / "ioscli").write_text(_HEAD.format(name="ioscli", delay="") + _LAST)
        (folder / "bin" / "ioscli").chmod(0o755)


def _write_files(found: Sequence[Evidence], data: bytes, root: Path, asked: Collection[str]) -> None:
    contents = dict(_contents(found, data.split(b"\n")))
    for path in sorted(asked):
        content = contents.get(path)
        if content is None:
            _place(root, path).mkdir()
        elif content is not _ABSENT:
            _place(root, path).write_bytes(content)
    for name in {_base(item) for item in found if item.state != "skipped"} & _LOADED.keys():
        path, text = _LOADED[name]
        _place(root, path).write_text(text)


_ABSENT: Final = b"no such file"


def _contents(found: Iterable[Evidence], lines: Sequence[bytes]) -> Iterator[tuple[str, bytes | None]]:
    """Each file with what it holds: None where that is not known whole, `_ABSENT` where it is not there."""
    for item in found:
        if item.kind == "file" or _base(item) == _TAIL:
            whole = item.damage is None and item.exit_status in (0, None)
            yield item.argv[-1], _ABSENT if item.state == "absent" else octets_of(lines, item.out) if whole else None


def _place(root: Path, path: str) -> Path:
    place = root / path.lstrip("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    return place
