"""Bundle format v1, read: strict about what counts, total about what comes.

    %rmccomply-evidence 1
    %h host lpar0007
    %done 0 head sum=cksum:1415302795
    %sect 1 src.all kind=cmd st=exit rc=0 lim=15 b=2026-11-20T03:00:00Z e=2026-11-20T03:00:01Z
    ...
    %done 1 src.all sum=cksum:3149536850
    %end sections=1 utc=2026-11-20T03:00:02Z sum=cksum:4170715371

Nothing in a file can make the reader raise. `section` says what damage makes of a section. Every sum is over whole
lines with their LF, after CRLF on every line has been undone. A last line without LF was cut and is not read.

A bundle ends at its end: at the head of another one, whole or in part, or where the numbers of sections no longer rise.
What follows is evidence of another target, or of another time, and is not read.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Final, Literal

from rmccomply.evidence.entry import entered
from rmccomply.evidence.model import Artifact, Bundle, Evidence, Notification
from rmccomply.evidence.saved import as_utf8
from rmccomply.evidence.section import read_section, sum_matches
from rmccomply.evidence.stream import text_of

MAGIC: Final = b"%rmccomply-evidence "
VERSION: Final = b"1"
_DIGITS: Final = 9
_SECTION: Final = b"\n%sect "
_DONE: Final = b"\n%done "
_END: Final = b"\n%end "
_HEAD_LINE: Final = b"%h "
_LOST_MAGIC: Final = "the first line of the bundle is lost; its head is not used"
_BAD_HEAD: Final = "the head of the bundle is damaged and is not used"
_BAD_END: Final = "the %end line is damaged; only sections with correct checksums were read"
_OTHER_END: Final = "the %end line does not match the sections: some are lost, repeated or reordered"
_NO_END: Final = "the bundle has no %end line: it was cut off, and what is not in it counts as not collected"
_OF_A_HEAD: Final = (b"\n%h ", b"\n%done 0 ")
_HEAD_END: Final = re.compile(rb"\n(?:%done 0 |%sect )")
_GRAMMAR: Final = re.compile(rb"^%(?:h|sect|arg|out|err|done|end) ", re.MULTILINE)
_SECOND: Final = "another bundle begins here; nothing from here on was read: give each bundle a file of its own"
_SPEAKS_FOR: Final = (
    "it speaks for a controller (mode=controller, kind=meta), whose notes are read from NAME.controller.rmcc alone"
)
_NOT_RISING: Final = "the section numbers do not increase here; nothing from here on was read"
_OUTSIDE: Final = "this is outside of all sections and was not read"
_REPLAYED: Final = "collected from a folder that replays another bundle (mode replay), not from a host"
_IMAGE: Final = (
    "collected from the image in {} (mode image), not from a running system, which alone can answer the rest"
)
_QUICK: Final = "collected with the plan quick: what only the plan full asks for is not in it"
_UNSUMMED: Final = "sections carry no checksum (sum=-); only byte counts were checked"


def is_bundle(data: bytes) -> bool:
    """Whether the bytes hold a bundle: its magic line, or, where that line is damaged, a section."""
    data = as_utf8(data)
    return data.startswith((MAGIC, _SECTION[1:])) or b"\n" + MAGIC in data or _SECTION in data


def read_bundle(data: bytes, uri: str, fallback: str = "", *, controller: bool = False) -> Bundle:
    """Read a bundle; `uri` goes into every reference, `fallback` names the target where nothing else does.

    `controller`: it stands where a controller writes what it measured. Only there may a bundle speak for one.
    """
    artifact = Artifact(uri, hashlib.sha256(data).hexdigest())
    data = as_utf8(data)
    magic = _magic(data)
    start = magic or 0
    end = _end_of(data, start, magic is not None)
    reader = _Reader(uri, data.count(b"\n", 0, start) + 1)
    if start:
        reader.note("lines before the bundle were not read", 1, level="note")
    version = VERSION if magic is None else data[start + len(MAGIC) :].partition(b"\n")[0].rstrip(b"\r")
    if version != VERSION and version.isdigit():
        says = f"bundle format {version.decode()} is newer than this release reads (1); nothing in it was judged"
        reader.note(says, reader.number)
        return entered(Bundle((artifact,), (), fallback=fallback, notifications=tuple(reader.notes)))
    head = reader.read(_without_crlf(data[start:end]), magic is not None)
    if end < len(data):
        reader.note(_SECOND, data.count(b"\n", 0, end) + 1)
    evidence: Sequence[Evidence] = reader.evidence
    if head.get("mode") == "replay":
        reader.note(_REPLAYED, None, level="note")
    if head.get("profile") == "quick":
        reader.note(_QUICK, None, level="note")
    image = head.get("mode") == "image"
    if image:
        reader.note(_IMAGE.format(head.get("root", "another root")), None, level="note")
    if controller and head.get("mode") == "controller":
        evidence = [item._replace(origin="controller") for item in evidence]
    elif head.get("mode") == "controller" or any(item.kind == "meta" for item in evidence):
        head = {key: value for key, value in head.items() if key != "mode" or value != "controller"}
        evidence = [item for item in evidence if item.kind != "meta"]
        reader.note(_SPEAKS_FOR, None, level="warning")
    bundle = Bundle(
        (artifact,),
        tuple(evidence),
        name=head.get("name", "") or ("" if image else head.get("host", "")),
        fallback=fallback,
        platform=head.get("os", "").lower(),
        collected=head.get("utc"),
        head=head,
        notifications=tuple(reader.notes),
    )
    return entered(bundle)


def _magic(data: bytes) -> int | None:
    """Where the magic line begins; None where a section comes before any."""
    if data.startswith(MAGIC):
        return 0
    at = data.find(b"\n" + MAGIC) + 1
    return None if at == 0 or data.startswith(_SECTION[1:]) or _SECTION in data[:at] else at


def _end_of(data: bytes, start: int, has_magic: bool) -> int:
    """Where the bundle that begins at `start` is over: before the head of another, or at the end of the file.

    Payload stands behind `|`, so what begins a line is no payload; in a head nothing stands behind one.
    """
    at = start
    if not data.startswith(_SECTION[1:], start):
        found = _HEAD_END.search(data, start)
        at = len(data) if found is None else found.end()
        second = data.find(MAGIC, start + has_magic, at)
        if second >= 0:
            return data.rfind(b"\n", start, second) + 1
        if has_magic and (other_head := _second_head(data, start, at)) is not None:
            return other_head
    other = [found + 1 for found in (data.find(line, at) for line in _OF_A_HEAD) if found >= 0]
    return min((*other, _other_magic(data, at), len(data)))


def _other_magic(data: bytes, at: int) -> int:
    """Where the next line begins that has the magic in it and is no payload; the end of the file where none is."""
    found = data.find(MAGIC, at)
    while found >= 0:
        begin = data.rfind(b"\n", at, found) + 1
        if begin and not data.startswith(b"|", begin):
            return begin
        found = data.find(MAGIC, max(data.find(b"\n", found), found + 1))
    return len(data)


def _second_head(data: bytes, start: int, end: int) -> int | None:
    """Where in a head another one goes on that lost its magic line: at a key that is there already, or at what stands
    above it and is no line of a head. Any other head is one, of which lines may be lost or damaged."""
    keys: set[bytes] = set()
    stray: int | None = None
    at = data.find(b"\n", start) + 1
    while 0 < at < end:
        below = data.find(b"\n", at) + 1
        line = data[at : below or end]
        if not line.startswith(_HEAD_LINE):
            stray = at if stray is None else stray
        elif (key := line.split(b" ", 2)[1].strip()) in keys:
            return at if stray is None else stray
        else:
            keys.add(key)
        at = below or end
    return None


def _without_crlf(body: bytes) -> bytes:
    """Undo CRLF where every line of the bundle has it; a CR on some lines only is damage and stays."""
    if not body.partition(b"\n")[0].endswith(b"\r"):
        return body
    end = body.find(_END)
    lines = body if end < 0 else body[: body.find(b"\n", end + 1) + 1]
    return body.replace(b"\r\n", b"\n") if lines.count(b"\n") == lines.count(b"\r\n") else body


def _parts(chunk: bytes) -> tuple[bytes, bytes | None, bytes]:
    """What stands above the `%done` line of a head or section, that line, and all below it with the LF before."""
    body, mark, rest = chunk.partition(_DONE)
    if not mark or _END in body:
        body, mark, rest = chunk.partition(_END)
        return body, None, mark + rest
    line, mark, rest = rest.partition(b"\n")
    return body, _DONE[1:] + line, mark + rest


class _Reader:
    """What was read of one bundle so far; `number` is the file's line that comes next."""

    def __init__(self, uri: str, number: int) -> None:
        self.uri = uri
        self.number = number
        self.evidence: list[Evidence] = []
        self.notes: list[Notification] = []
        self._done: list[bytes] = []
        self._ended = False
        self._last = 0

    def note(self, says: str, number: int | None, *, level: Literal["damage", "warning", "note"] = "damage") -> None:
        """Say what is wrong at a line; noise around a bundle is no damage."""
        damage = level == "damage"
        self.notes.append(Notification(says, self.uri, number, "warning" if level == "damage" else level, "", damage))

    def read(self, body: bytes, has_magic: bool) -> dict[str, str]:
        """Read all, and give the values of the head."""
        first, *sections = (b"\n" + body[: max(body.rfind(b"\n"), 0)]).split(_SECTION)
        head = self._head(first, has_magic)
        for chunk in sections:
            if self._ended:
                self.note("sections after the %end line were not read", self.number)
                break
            if not self._rises(chunk):
                self.note(_NOT_RISING, self.number)
                return head
            self._section(chunk)
        if not self._ended:
            self.note(_NO_END, max(self.number - 1, 1))
        if any(line.endswith(b" sum=-") for line in self._done):
            self.note(_UNSUMMED, None, level="warning")
        return head

    def _rises(self, chunk: bytes) -> bool:
        """Whether the number of a section is above that of the one before; one that cannot be read tells nothing."""
        digits = chunk.partition(b" ")[0]
        if not digits.isdigit() or len(digits) > _DIGITS:
            return True
        before, self._last = self._last, int(digits)
        return self._last > before

    def _head(self, chunk: bytes, has_magic: bool) -> dict[str, str]:
        body, done, rest = _parts(chunk)
        magic, *lines = body[1:].split(b"\n")
        rows = [line.split(b" ", 2) for line in lines]
        sound = magic == MAGIC + VERSION and all(row[0] == b"%h" and len(row) == 3 for row in rows)
        if done is not None:
            self._done.append(done)
            label, _, value = done.partition(b" sum=")
            sound = sound and label == b"%done 0 head" and sum_matches(value, body[1:] + b"\n") is not False
        if done is None or not sound:
            self.note(_BAD_HEAD if has_magic else _LOST_MAGIC, self.number)
        self.number += body.count(b"\n") + (done is not None)
        if rest:
            self._outside(rest)
        return {text_of(row[1]): text_of(row[2]) for row in rows} if done is not None and sound else {}

    def _section(self, chunk: bytes) -> None:
        body, done, rest = _parts(chunk)
        found = read_section(body, done, self.number, self.uri)
        if isinstance(found, Evidence):
            self.evidence.append(found)
        else:
            self.note(found, self.number)
        if done is not None:
            self._done.append(done)
        self.number += body.count(b"\n") + 1 + (done is not None)
        if rest:
            self._outside(rest)

    def _outside(self, text: bytes) -> None:
        """Read what stands between sections: nothing, or the `%end` line."""
        stray, mark, after = text.partition(_END)
        if stray:
            self.note(_OUTSIDE, self.number)
            self._done += [line for line in stray.split(b"\n") if line.startswith(_DONE[1:])]
        self.number += stray.count(b"\n")
        if mark:
            line, _, noise = after.partition(b"\n")
            self._end(line)
            self.number += 1
            if noise.strip():
                more = _GRAMMAR.search(noise) is not None
                says = "lines after the bundle were not read"
                self.note(says, self.number, level="damage" if more else "note")
            self.number += noise.count(b"\n")

    def _end(self, line: bytes) -> None:
        self._ended = True
        words = line.split(b" ")
        if len(words) != 3 or not words[0].startswith(b"sections=") or not words[2].startswith(b"sum="):
            self.note(_BAD_END, self.number)
            return
        sections = sum(1 for done in self._done if not done.startswith(b"%done 0 "))
        summed = sum_matches(words[2][4:], b"".join(done + b"\n" for done in self._done))
        if words[0] != b"sections=%d" % sections or summed is False:
            self.note(_OTHER_END, self.number)
