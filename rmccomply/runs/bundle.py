"""What the commands of `bundle` do: look at bundles, prove them sound, take answers out of them, replay them."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from rmccomply.checks.operands import nearest
from rmccomply.collect.replay import write_replay
from rmccomply.errors import InputError, OutputError, UsageError
from rmccomply.evidence.bundle import is_bundle, read_bundle
from rmccomply.evidence.captures import LARGEST
from rmccomply.evidence.captures_write import Capture, write_captures
from rmccomply.evidence.companion import CONTROLLER
from rmccomply.evidence.model import Bundle, Evidence
from rmccomply.evidence.octets import octets_of
from rmccomply.evidence.packed import uncompressed
from rmccomply.evidence.saved import as_utf8
from rmccomply.files import whole_folder
from rmccomply.guarded import Unfit, bounded
from rmccomply.runs.lines import printed
from rmccomply.runs.teller import Teller
from rmccomply.sources.named import key_of
from rmccomply.terminal import Verbatim
from rmccomply.words import counted


def _read(path: Path) -> tuple[Bundle, bytes]:
    """A bundle and its bytes. Raises InputError where the file is none."""
    try:
        data, fault = uncompressed(bounded(path, LARGEST), LARGEST)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    except Unfit as unfit:
        raise InputError(f"{path}: {unfit.says}") from None
    if fault is not None:
        raise InputError(f"{path}: cannot be read: {fault.says}")
    if len(data) > LARGEST or not is_bundle(data):
        raise InputError(f"{path}: is not a bundle")
    return read_bundle(data, path.as_posix(), path.name, controller=path.name.endswith(CONTROLLER)), as_utf8(data)


def show(path: Path, teller: Teller) -> int:
    """Tell the head and one line for each section; 3 where the file is damaged. Raises InputError."""
    bundle, _ = _read(path)
    lines = [f"{key:<14} {value}" for key, value in bundle.head.items()]
    lines += ["", f"{'line':>5}  {'state':<11} {'rc':>3}  {'bytes':>7}  request"]
    lines += [_row(item) for item in bundle.evidence]
    lines += [f"{note.level}: {f'line {note.line}: ' if note.line else ''}{note.text}" for note in bundle.notifications]
    teller.result(printed(lines, teller.page()))
    return 3 if _damages(bundle) else 0


def _row(item: Evidence) -> str:
    status = "" if item.exit_status is None else str(item.exit_status)
    damage = f"  [{item.damage.reason}: {item.damage.says}]" if item.damage else ""
    return Verbatim(f"{item.line:>5}  {item.state:<11} {status:>3}  {item.out.size:>7}  {item.request}{damage}")


def verify(paths: Sequence[Path], teller: Teller) -> int:
    """Tell of each bundle whether it is sound, and of each damage where it is; 2 where one is none, 3 where damaged."""
    status = 0
    for path in paths:
        try:
            bundle, _ = _read(path)
        except InputError as error:
            teller.fault(_one_line(str(error)))
            status = 2
            continue
        damages = _damages(bundle)
        sections = len(bundle.evidence)
        state = "damaged" if damages else "sound"
        lines = [f"{path}: {state}, {counted(sections, 'section')}", *(f"  {one}" for one in damages)]
        teller.result(printed(lines, teller.page()))
        status = max(status, 3 if damages and status != 2 else 0)
    return status


def _one_line(text: str) -> str:
    """A fault as one, though a name in it may hold a line end."""
    return text.replace("\n", "\\x0a")


def _damages(bundle: Bundle) -> list[str]:
    """What is wrong with the file itself; a command that timed out is no damage."""
    damages = [f"line {note.line or 1}: {note.text}" for note in bundle.notifications if note.level != "note"]
    return damages + [
        f"line {item.line}: {item.request}: {item.damage.says}"
        for item in bundle.evidence
        if item.damage and (item.damage.reason == "unparsable" or "%done" in item.damage.says)
    ]


def extract(path: Path, request: str | None, to: Path | None, error: bool, teller: Teller) -> int:
    """Give one answer octet for octet, or put all into a new folder; 3 where the answer is not whole.

    `error` asks for its error output. Raises InputError, UsageError for what the bundle has not, and OutputError.
    """
    bundle, data = _read(path)
    if (request is None) == (to is None):
        raise UsageError("bundle extract: name a request, or a folder with --to")
    lines = data.split(b"\n")
    if to is not None:
        return _put_all(bundle, lines, to, teller)
    found = [item for item in bundle.evidence if request in (item.request, item.id, " ".join(item.argv))]
    if not found:
        known = [item.request for item in bundle.evidence]
        raise UsageError(
            f"{path}: does not answer '{request}'{nearest(request or '', known) or '.'} It has: {', '.join(known)}"
        )
    item = found[0]
    teller.octets(octets_of(lines, item.err if error else item.out))
    if item.damage is not None:
        teller.warn(f"this answer is incomplete: {item.damage.says}")
        return 3
    return 0


def _put_all(bundle: Bundle, lines: list[bytes], to: Path, teller: Teller) -> int:
    """Captures without their `target.toml` would claim more than they hold, so no part of the folder stays."""
    try:
        with whole_folder(to) as part:
            return _extract_all(bundle, lines, part, teller)
    except FileExistsError:
        raise UsageError(f"{to}: is already there; name a new folder") from None
    except OSError as error:
        says = f"{to}: cannot be written: {error.strerror or error}; nothing of it was left behind"
        raise OutputError(says) from None


def _extract_all(bundle: Bundle, lines: list[bytes], folder: Path, teller: Teller) -> int:
    kept = [item for item in bundle.evidence if _is_whole_answer(item)]
    captures = [
        Capture(key_of(item.request), item.argv, octets_of(lines, item.out) or octets_of(lines, item.err))
        for item in kept
    ]
    write_captures(folder, bundle.name, bundle.platform, captures)
    left_out = len(bundle.evidence) - len(kept)
    if left_out:
        teller.warn(f"left out because the answer is incomplete: {counted(left_out, 'section')}")
    return 0


def _is_whole_answer(item: Evidence) -> bool:
    return item.damage is None and item.state == "exit" and item.origin == "host"


def replay(path: Path, to: Path, delays: bool, teller: Teller) -> int:
    """Write a new folder that answers as the bundle recorded, with `delays` as slowly. Raises what `extract` does."""
    bundle, data = _read(path)
    place = str(to.resolve())
    if not place.isascii() or not place.isprintable() or " " in place:
        raise UsageError(f"{place}: the collector needs a path in ASCII without spaces; name another folder")
    try:
        write_replay(bundle, data, to, delays=delays)
    except OSError as error:
        says = f"{to}: cannot be written: {error.strerror or error}; nothing of it was left behind"
        raise OutputError(says) from None
    teller.warn(f"to collect from it: rmccomply collect script | sh -s -- full --probe --replay {shlex.quote(place)}")
    return 0
