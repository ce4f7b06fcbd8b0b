"""What `collect import` does: a support archive told, and kept as a bundle or as a folder of captures.

Version 1 of the bundle has no word for an exit status that nobody recorded, and 0 would be a lie that later passes for
an answer. So only answers whose end is known go into a bundle; an archive without any becomes captures, of which every
reader knows that they have none.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

from rmccomply.errors import InputError, OutputError, UsageError
from rmccomply.evidence.archives.compressed import Refused
from rmccomply.evidence.archives.kinds import Held
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.captures_write import Capture, write_captures
from rmccomply.evidence.model import Evidence
from rmccomply.evidence.redact import redact, redact_octets
from rmccomply.evidence.saved import as_utf8
from rmccomply.facts.identity import node_name
from rmccomply.files import replace_whole, whole_folder
from rmccomply.guarded import place_of
from rmccomply.inputs.read import archive_at
from rmccomply.runs.lines import printed
from rmccomply.runs.teller import Teller
from rmccomply.sources.named import key_of
from rmccomply.sources.reading import Readings
from rmccomply.version import VERSION
from rmccomply.words import counted

_BUNDLE: Final = ".rmcc"
_SYSTEMS: Final = {"aix": "AIX", "vios": "VIOS", "linux": "Linux", "hmc": "HMC"}
_NEVER: Final = "1970-01-01T00:00:00Z"


def import_archive(path: Path, output: Path | None, root: Path, teller: Teller) -> int:
    """Tell what an archive holds, and write it where that is asked: a bundle at NAME.rmcc, else a folder of captures.

    `root` is what uris of evidence are relative to. 3 where the archive is damaged, and then nothing is written.
    Raises InputError for what is no archive, UsageError for an output that cannot be one, OutputError.
    """
    held = archive_at(path, root)
    teller.result(printed(_told(path, held), teller.page()))
    for note in held.bundle.notifications:
        if note.level != "note":
            teller.warn(f"{note.uri}: {note.text}", note.uri)
    damaged = held.tree.damage is not None
    if output is not None and damaged:
        teller.warn("nothing was written: a damaged archive proves nothing")
    elif output is not None:
        _write(path, held, output, teller)
    return 3 if damaged else 0


def _told(path: Path, held: Held) -> Iterator[str]:
    yield f"{path}: {held.title}"
    yield f"answers {counted(len(held.answers), 'request')}"
    yield from (f"  {one}" for one in held.answers)
    if held.lacks:
        yield f"does not answer {len(held.lacks)}"
        yield from (f"  {one}" for one in held.lacks)


def _write(path: Path, held: Held, output: Path, teller: Teller) -> None:
    if place_of(output).kind not in ("absent", "unknown"):
        raise UsageError(f"{output}: is already there; name a new one")
    try:
        octets = held.octets()
    except (Refused, OSError) as error:
        raise InputError(
            f"{path}: cannot be read again: {error.strerror or error if isinstance(error, OSError) else error}"
        ) from None
    try:
        if output.suffix == _BUNDLE:
            replace_whole(output, _bundle(path, held, octets, output, teller))
        else:
            _put_captures(held, octets, output, teller)
    except OSError as error:
        says = f"{output}: was not written: {error.strerror or error}; nothing of it was left behind"
        raise OutputError(says) from None


def _put_captures(held: Held, octets: Mapping[str, bytes], output: Path, teller: Teller) -> None:
    """A folder of captures without its `target.toml` would claim more than it holds, so no part of one stays."""
    with whole_folder(output) as part:
        _write_captures(held, octets, part, teller)


def _bundle(path: Path, held: Held, octets: Mapping[str, bytes], output: Path, teller: Teller) -> bytes:
    evidence = held.bundle.evidence
    kept = [item for item in evidence if _has_end(item)]
    if not any(item.kind == "cmd" and item.exit_status is not None for item in kept):
        raise UsageError(
            f"{output}: a bundle records how every command ended, which {path.name} does not say; "
            f"name a folder instead ({output.with_suffix('')}), and its answers become captures"
        )
    sections = [_section(item, octets, held.kind) for item in kept]
    _left_out(teller, len(evidence) - len(kept), "do not say how they ended, which a bundle requires")
    return write_bundle(_head(path, held), sections, held.bundle.collected or _NEVER)


def _has_end(item: Evidence) -> bool:
    return item.exit_status is not None or item.state != "exit"


def _head(path: Path, held: Held) -> dict[str, str]:
    bundle = held.bundle
    sums = {one.uri: one.sha256 for one in bundle.artifacts}
    given = {
        "collector": f"import-{VERSION}",
        "mode": "live",
        "host": bundle.name or node_name(Readings(bundle.evidence)),
        "os": _SYSTEMS.get(bundle.platform, ""),
        "utc": bundle.collected or "",
        "origin": held.title,
        "archive": redact(path.name) if path.name.isprintable() else "",
        "archive_sha256": sums.get(held.tree.own_uri, ""),
    }
    return {key: value for key, value in given.items() if value}


def _section(item: Evidence, octets: Mapping[str, bytes], kind: str) -> Section:
    """An answer for a bundle. What was printed on both streams stands in the output: `merged=1`."""
    cut = item.damage is not None and item.damage.partial and item.state == "exit"
    keep: Literal["head", "tail"] = "tail" if item.out.cut else "head"
    extra = {"origin": kind, **({"merged": "1"} if item.kind == "cmd" else {})}
    out = octets_in(octets.get(item.uri, b""), item, whole=item.out.cut) if item.out.lines else b""
    times = (item.begun or item.ended or _NEVER, item.ended or _NEVER)
    return Section(
        item.kind, item.argv, out, b"", item.state, item.exit_status or 0, "", *times, 0, cut, keep, extra=extra
    )


def octets_in(data: bytes, item: Evidence, *, whole: bool = False) -> bytes:
    """The octets of an answer in its file, without secrets; `whole`: with the line before it, where the cut went."""
    rows = as_utf8(data).split(b"\n")
    first = 0 if whole else item.out.first_line - 1
    last = item.out.first_line - 1 + len(item.out.lines)
    return redact_octets(b"\n".join(rows[first:last])) + (b"\n" if last < len(rows) else b"")


def _write_captures(held: Held, octets: Mapping[str, bytes], folder: Path, teller: Teller) -> None:
    kept = [item for item in held.bundle.evidence if _is_capture(item)]
    captures = [
        Capture(
            key_of(item.request),
            item.argv,
            octets_in(octets.get(item.uri, b""), item),
            filtered=not item.whole or item.damage is not None,
        )
        for item in kept
    ]
    write_captures(folder, held.bundle.name, held.bundle.platform, captures)
    _left_out(teller, len(held.bundle.evidence) - len(kept), "are not text")


def _is_capture(item: Evidence) -> bool:
    return item.state == "exit" and bool(item.out.lines) and (item.damage is None or item.damage.partial)


def _left_out(teller: Teller, count: int, why: str) -> None:
    if count:
        teller.warn(f"answers left out because they {why}: {count}")
