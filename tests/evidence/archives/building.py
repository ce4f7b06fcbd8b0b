"""How tests build support archives: shaped as their tools shape them, filled with constructed answers."""

import bz2
import io
import json
import lzma
import re
import shlex
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rmccomply.evidence.archives.kinds import Held, read_packed
from rmccomply.evidence.model import Evidence
from rmccomply.sources.requests import archive_requests
from tests.hosts.building import THEN

Files = dict[str, bytes]
SOS_ROOT = "sosreport-lpar1-2026-11-20-abcdefg"
SCC_ROOT = "scc_lpar1_261120_0300"
STARTED = datetime.fromisoformat(THEN).timestamp()
COMMAND = "#==[ Command ]======================================#"
CONFIGURATION = "#==[ Configuration File ]===========================#"
LOG = "#==[ Log File ]=====================================#"
LOGS = {"/var/log/cloud-init.log", "/var/log/cloud-init-output.log"}


def text_of(item: Evidence) -> str:
    """An answer with its errors behind its output, as tools that merge the two keep it."""
    return "".join(f"{line}\n" for line in (*item.out.lines, *item.err.lines))


def mangled(line: str) -> str:
    """A command line as sos makes a file's name of it."""
    return re.sub(r"[^\w\-\.\/=]+", "_", line).strip("._-").replace("/", ".")


def entry(line: str, path: str, status: int = 0, *, cut: bool = False) -> dict[str, Any]:
    """One command of a manifest."""
    return {
        "command": line.split()[0],
        "parameters": line.split()[1:],
        "exec": line,
        "filepath": path,
        "truncated": cut,
        "return_code": status,
        "start_time": STARTED - 1.5,
        "end_time": STARTED + 0.25,
        "tags": [],
    }


def manifest(commands: Iterable[dict[str, Any]]) -> bytes:
    """A manifest with these commands, all of one plugin."""
    plugins = {"powerpc": {"name": "powerpc", "commands": list(commands), "files": []}}
    return json.dumps({"version": "4.8.1", "components": {"report": {"plugins": plugins}}}, indent=4).encode()


def sosreport(evidence: Iterable[Evidence], root: str = SOS_ROOT) -> Files:
    """A sosreport: commands in `sos_commands`, files where they stood, and the manifest."""
    files: Files = {f"{root}/version.txt": b"sosreport: 4.8.1\n", f"{root}/sos_reports/sos.txt": b""}
    commands = []
    for item in evidence:
        if item.kind == "file" and item.state == "exit":
            files[f"{root}{item.argv[0]}"] = text_of(item).encode()
        elif item.kind == "cmd":
            path = f"sos_commands/powerpc/{mangled(item.request)}"
            commands.append(entry(shlex.join(item.argv), path, item.exit_status or 0))
            files[f"{root}/{path}"] = text_of(item).encode()
    return files | {f"{root}/sos_reports/manifest.json": manifest(commands)}


def section(head: str, title: str, text: str) -> str:
    """A section of supportconfig, with the empty line that it adds."""
    return f"{head}\n# {title}\n{text}\n"


def topic(*sections: str) -> bytes:
    """A text file of supportconfig."""
    return "".join(sections).encode()


def section_of(item: Evidence) -> str:
    """An answer as supportconfig writes it."""
    if item.kind == "cmd":
        return section(COMMAND, f"/usr/bin/{shlex.join(item.argv)}", text_of(item))
    if item.state == "absent":
        return section(CONFIGURATION, f"{item.argv[0]} - File not found", "")
    return section(LOG if item.argv[0] in LOGS else CONFIGURATION, item.argv[0], text_of(item))


def supportconfig(evidence: Iterable[Evidence], root: str = SCC_ROOT) -> Files:
    """A supportconfig: `hardware.txt` with the answers, `ppc64/ct_node_id` as it is."""
    evidence = list(evidence)
    ids = [item for item in evidence if item.argv == ("/etc/ct_node_id",)]
    sections = [section_of(item) for item in evidence if item not in ids and item.kind in ("cmd", "file")]
    return {
        f"{root}/basic-environment.txt": topic(section(COMMAND, "/usr/bin/date", "Fri Nov 20 03:00:00 UTC 2026\n")),
        f"{root}/hardware.txt": topic(*sections),
        **{f"{root}/ppc64/ct_node_id": text_of(item).encode() for item in ids if item.state == "exit"},
    }


def dotted(line: str, text: str) -> str:
    """A section of snap."""
    return f".....\n.....    {line}\n.....\n\n{text}\n"


def snap(evidence: Iterable[Evidence], root: str = ".", vios: str = "") -> Files:
    """A snap: commands in `general/general.snap`, the inittab as it is, and the level of a Virtual I/O Server."""
    evidence = list(evidence)
    head = "\nDate and time of data collection is Fri Nov 20 03:00:00 UTC 2026\n\n"
    sections = [dotted(shlex.join(item.argv), text_of(item)) for item in evidence if item.kind == "cmd"]
    files = {f"{root}/general/general.snap": (head + "".join(sections)).encode()}
    for item in evidence:
        if item.argv == ("/etc/inittab",):
            files[f"{root}/general/inittab"] = text_of(item).encode()
    return files | ({f"{root}/svCollect/VIOS.level": f"VIOS Level is {vios}\n".encode()} if vios else {})


def member(name: str, data: bytes = b"", kind: bytes = tarfile.REGTYPE, **more: Any) -> tuple[tarfile.TarInfo, bytes]:
    """A member of a tar archive; `more` are attributes of its header."""
    info = tarfile.TarInfo(name)
    info.size, info.type = len(data), kind
    for key, value in more.items():
        setattr(info, key, value)
    return info, data


def tar(files: Mapping[str, bytes], *others: tuple[tarfile.TarInfo, bytes], form: int = tarfile.GNU_FORMAT) -> bytes:
    """A tar archive of these files, then these members."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form, errors="surrogateescape") as archive:
        for info, data in (*(member(name, data) for name, data in files.items()), *others):
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def unended(files: Mapping[str, bytes]) -> bytes:
    """The members of a tar archive without the mark of its end."""
    members = (member(name, data) for name, data in files.items())
    return b"".join(
        info.tobuf(tarfile.GNU_FORMAT) + data + b"\0" * (-len(data) % tarfile.BLOCKSIZE) for info, data in members
    )


def gzipped(data: bytes) -> bytes:
    """gzip without a time in it, so that the same content is the same file."""
    one = zlib.compressobj(6, zlib.DEFLATED, 31)
    return one.compress(data) + one.flush()


def codes_of(data: bytes, widest: int) -> Iterator[int]:
    """The codes of LZW, of at most so many bits; the table is never emptied."""
    table = {bytes((octet,)): octet for octet in range(256)}
    known = b""
    for octet in data:
        longer = known + bytes((octet,))
        if longer in table:
            known = longer
            continue
        yield table[known]
        if len(table) + 1 < 1 << widest:
            table[longer] = len(table) + 1
        known = longer[-1:]
    if known:
        yield table[known]


def lzw(codes: Iterable[int], widest: int = 16) -> bytes:
    """A file as `compress -b WIDEST` writes it of these codes. `gzip -d` reads it."""
    groups: list[tuple[int, list[int]]] = [(9, [])]
    for number, code in enumerate(codes, 1):
        width, group = groups[-1]
        group.append(code)
        wider = min(257 + number, 1 << widest) > 1 << width
        if wider or len(group) == 8:
            groups.append((width + wider, []))
    out = bytearray((0x1F, 0x9D, 0x80 | widest))
    for number, (width, group) in enumerate(groups, 1):
        size = width if number < len(groups) else -(-len(group) * width // 8)
        out += sum(code << at * width for at, code in enumerate(group)).to_bytes(size, "little")
    return bytes(out)


def compressed(data: bytes, widest: int = 16) -> bytes:
    """What `compress` makes of it."""
    return lzw(codes_of(data, widest), widest)


COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    ".tar": bytes,
    ".tar.gz": gzipped,
    ".tar.bz2": bz2.compress,
    ".tar.xz": lzma.compress,
    ".pax.Z": compressed,
}
SUMMED = (".tar.gz", ".tar.bz2", ".tar.xz")


def held(files: Mapping[str, bytes], *others: tuple[tarfile.TarInfo, bytes], name: str = "x.tar.gz") -> Held:
    """What an archive of these files is read as."""
    data = gzipped(tar(files, *others))
    return read_packed(lambda: io.BytesIO(data), "x.tar.gz", name, archive_requests())


def by_request(found: Held) -> dict[str, Evidence]:
    """The answers of an archive that has one to each request."""
    evidence = {item.request: item for item in found.bundle.evidence}
    assert len(evidence) == len(found.bundle.evidence)
    return evidence


def notes_of(found: Held) -> list[str]:
    """What is said of an archive, without what it answers and lacks."""
    texts = [note.text for note in found.bundle.notifications]
    return [text for text in texts if not text.startswith(("it is a", "it answers", "it does not answer"))]
