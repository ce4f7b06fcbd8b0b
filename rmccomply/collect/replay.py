"""A folder that answers as a bundle recorded, so that every bundle becomes a test host for the collector.

    DIR/bin/lssrc        a stand-in for each command: `lssrc -a` prints what the bundle has, and ends as it did
    DIR/root/etc/...     the files
    DIR/answers/7.out    what section 7 printed

    sh collector.sh full --replay DIR

The collector asks a replay folder only where its command line says so, and the bundle that it then writes says so
in its head (`mode replay`): no variable of the environment can make it do that.

What was no whole answer is none in a replay either. A command that timed out hangs; one that was cut prints what was
kept and is ended by a signal. Nothing is printed before the signal where the section is damaged, where the bundle has
two answers that differ, and for a request that it does not have: one that is spelled otherwise too, as by another
release of the collector. A file that was not read whole, or not at all, is a folder, which the collector may not read
as a file. What was left out on the host (secrets, arguments of processes) is not brought back. Only what the collector
would ask gets a stand-in: a bundle may come from anywhere, and its names are no paths to write to.
A command is missing in the replay where the bundle says that it was not there.
"""

import shlex
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from fnmatch import fnmatchcase
from itertools import zip_longest
from pathlib import Path
from typing import Final

from rmccomply.collect.plan import SYSTEMS, Step, steps
from rmccomply.errors import InputError, UsageError
from rmccomply.evidence.model import Bundle, Damage, Evidence
from rmccomply.evidence.octets import octets_of
from rmccomply.files import whole_folder, write_private

_HEAD: Final = """\
#!/bin/sh
# Stands in for {name}, and answers as a bundle recorded. It is not the real command.
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
_BUILT_IN: Final = "/modules.builtin"
_RELEASE: Final = "/proc/sys/kernel/osrelease"
"""From which the collector knows the folder of a kernel, and that /proc is there: without a list of modules in it the
kernel would have none."""
_PATTERN: Final = "[0-9]*"
_MORE_FOLDERS: Final = tuple(f"{'9' * 20}{number}" for number in range(5))
"""Folders behind all others, and more than the collector reads: where it did not read all, it does not here either."""
_TAIL: Final = "tail"
_PROBE: Final = "tcp"
_STATUSES: Final = range(256)
"""Of a larger number `exit` keeps the last eight bits, and 256 would become 0."""
_CONFLICT: Final = Damage("conflicting", "several answers differ from each other")
_MARK: Final = "REPLAY"
"""The file that the collector asks for: with `--replay /` it would else run the commands of the host itself."""


def write_replay(bundle: Bundle, data: bytes, folder: Path, *, delays: bool = False) -> None:
    """Write the folder, which must be new. Raises UsageError, and InputError for a bundle whose system is not told."""
    if bundle.platform not in SYSTEMS:
        says = "only bundles of AIX, VIOS or Linux can be replayed, and this one does not say which it is of"
        raise InputError(f"{bundle.artifacts[0].uri}: {says}")
    try:
        with whole_folder(folder) as part:
            _write_all(bundle, data, part, delays)
    except FileExistsError:
        raise UsageError(f"{folder}: is already there; name a new folder") from None


def _write_all(bundle: Bundle, data: bytes, folder: Path, delays: bool) -> None:
    for name in ("bin", "root", "answers"):
        (folder / name).mkdir()
    asked = steps(bundle.platform)
    commands = {step.argv[0] for step in asked if not _is_file(step)}
    files = {step.argv for step in asked if _is_file(step)}
    found = list(_once(item for item in bundle.evidence if _is_asked(item, commands, files)))
    _write_files(found, data, folder / "root", {argv[-1] for argv in files})
    _write_commands(commands - {_PROBE}, [item for item in found if not _is_file(item)], data, folder, delays)
    _write_uname(bundle, folder)
    (folder / _MARK).write_text("What a bundle recorded, for `collector.sh --replay`; not evidence of a host.\n")


def _is_file(asked: Step | Evidence) -> bool:
    """Whether a file is read, whole or its end."""
    return asked.kind == "file" or _base(asked) == _TAIL


def _base(asked: Step | Evidence) -> str:
    return asked.argv[0].rpartition("/")[2]


def _is_asked(item: Evidence, commands: Collection[str], files: Collection[tuple[str, ...]]) -> bool:
    """Whether the host itself answered what the collector asks. Another number of last lines is another request."""
    if item.origin != "host" or not item.argv:
        return False
    if item.kind != "file" and _is_file(item):
        return any(_stands_for(item.argv[-1], argv[-1]) and argv[1:-1] == item.argv[1:-1] for argv in files)
    return _is_file(item) or _base(item) in commands


def _stands_for(path: str, asked: str) -> bool:
    """Whether a path is the one that is asked for, or one of those that its `*` stands for, which is no `/`."""
    pairs = zip_longest(path.split("/"), asked.split("/"), fillvalue="")
    return path == asked or ("*" in asked and all(fnmatchcase(one, pattern) for one, pattern in pairs))


def _once(evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    """One answer to each request: where a bundle has several, and they differ, there is none, as in every report."""
    by_request: dict[tuple[str, ...], list[Evidence]] = {}
    for item in evidence:
        request = item.argv[-1:] if _is_file(item) else (_base(item), *item.argv[1:])
        by_request.setdefault(request, []).append(item)
    for items in by_request.values():
        whole = [item for item in items if item.damage is None] or items
        answers = {(item.state, item.exit_status, item.out.lines, item.err.lines) for item in whole}
        yield whole[0] if len(answers) == 1 else whole[0]._replace(damage=_CONFLICT)


def _write_commands(names: Iterable[str], found: Iterable[Evidence], data: bytes, folder: Path, delays: bool) -> None:
    """A stand-in for each command, but for those that were not there: what was not asked may well be there."""
    by_name: dict[str, list[tuple[int, Evidence]]] = {name: [] for name in names}
    lacking = set()
    for number, item in enumerate(found, 1):
        reason = item.damage.reason if item.damage else ""
        if reason == "command_absent":
            lacking.add(_base(item))
        elif reason != "not_collected":
            by_name.setdefault(_base(item), []).append((number, item))
    lines = data.split(b"\n")
    for name, items in by_name.items():
        if items or name not in lacking:
            _write_command(name, items, lines, folder, delays)


def _write_command(
    name: str, items: Sequence[tuple[int, Evidence]], lines: Sequence[bytes], folder: Path, delays: bool
) -> None:
    text = _HEAD.format(name=name, delay='sleep "$2"\n  ' if delays else "")
    for number, item in items:
        for suffix, stream in (("out", item.out), ("err", item.err)):
            kept = octets_of(lines, stream) if _is_kept(item) else b""
            write_private(folder / "answers" / f"{number}.{suffix}", kept)
        text += _branch(number, item, delays)
    command = folder / "bin" / name
    command.write_text(text + _LAST, "utf-8", "surrogateescape")
    command.chmod(0o644 if any(item.state == "noexec" for _, item in items) else 0o755)


def _is_kept(item: Evidence) -> bool:
    """Whether what was printed may be printed again: of what a signal ended, each line still proves something."""
    return item.damage is None or item.damage.partial or item.damage.reason == "timeout"


def _branch(number: int, item: Evidence, delays: bool) -> str:
    words = "".join(f' && [ "${{{n}}}" = {shlex.quote(word)} ]' for n, word in enumerate(item.argv[1:], 1))
    after = f"{number} {_seconds(item)}" if delays else str(number)
    return _TEST.format(count=len(item.argv) - 1, words=words, number=after, end=_end(item))


def _end(item: Evidence) -> str:
    if item.state == "timeout":
        return _HANG
    return _SIGNAL if item.damage is not None or item.exit_status not in _STATUSES else f"exit {item.exit_status}"


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


def _write_files(found: Sequence[Evidence], data: bytes, root: Path, asked: AbstractSet[str]) -> None:
    contents = dict(_contents(found, data.split(b"\n")))
    those = {path for path in contents if any(_stands_for(path, one) for one in asked)}
    for path in sorted(path for path in those | asked if "*" not in path):
        content = contents.get(path)
        if content is None:
            _place(root, path).mkdir()
        elif content is not _ABSENT:
            _place(root, path).write_bytes(content)
    for name in {_base(item) for item in found if item.state != "skipped"} & _LOADED.keys():
        path, text = _LOADED[name]
        _place(root, path).write_text(text)
    for path in {item.argv[-1] for item in found if item.argv[-1].endswith(_BUILT_IN)}:
        _place(root, _RELEASE).write_text(path.split("/")[-2])
        _place(root, _LOADED["nft"][0]).touch()
    for path in {path for path in those if "*" in path}:
        for name in _MORE_FOLDERS:
            _place(root, path.replace(_PATTERN, name))


_ABSENT: Final = b"no such file"


def _contents(found: Iterable[Evidence], lines: Sequence[bytes]) -> Iterator[tuple[str, bytes | None]]:
    """Each file with what it holds: None where that is not known whole, `_ABSENT` where it is not there."""
    for item in found:
        if _is_file(item):
            whole = item.damage is None and item.exit_status in (0, None)
            content = _ABSENT if item.state == "absent" else octets_of(lines, item.out)
            yield item.argv[-1], content if whole else None


def _place(root: Path, path: str) -> Path:
    place = root / path.lstrip("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    return place
