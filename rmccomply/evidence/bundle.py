"""Bundle format v1, read: strict about what counts, total about what comes.

    %rmccomply-evidence 1
    %h host lpar0007
    %done 0 head sum=cksum:1415302795
    %sect 1 src.all kind=cmd st=exit rc=0 lim=15 b=2026-11-20T03:00:00Z e=2026-11-20T03:00:01Z
    %arg |/usr/bin/lssrc
    %arg |-a
    %out enc=text bytes=55 nl=1 cut=0 red=0
    |Subsystem         Group            PID          Status
    %err enc=text bytes=0 nl=1 cut=0 red=0
    %done 1 src.all sum=cksum:3149536850
    %end sections=1 utc=2026-11-20T03:00:02Z sum=cksum:4170715371

Nothing in a file can make the reader raise. A section whose sum, byte count or grammar is wrong keeps its place
with `damage`, so that its facts are unknown and not merely absent; a section without `%done` keeps its lines but
the last, and these prove presence alone. `sum` is over whole lines with their LF, after CRLF on every line has
been undone.
"""

import hashlib
from typing import Final, Literal, NamedTuple, cast, get_args

from rmccomply.evidence.cksum import posix_cksum
from rmccomply.evidence.model import (
    NOTHING,
    Artifact,
    Bundle,
    Damage,
    Evidence,
    Kind,
    Notification,
    State,
    Stream,
)

MAGIC: Final = b"%rmccomply-evidence "
VERSION: Final = b"1"
_KINDS: Final = frozenset(get_args(Kind))
_STATES: Final = frozenset(get_args(State))


class _Malformed(Exception):
    """A line that the grammar does not know; the text says which and why."""


class _Head(NamedTuple):
    values: dict[str, str]
    done: list[bytes]
    next: int
    says: str


class _Section(NamedTuple):
    evidence: Evidence | None
    done: bytes | None
    next: int
    says: str
    unsummed: bool


def is_bundle(data: bytes) -> bool:
    """Whether the bytes hold a bundle: its magic line, or, where that line is damaged, a section."""
    return data.startswith((MAGIC, b"%sect ")) or b"\n" + MAGIC in data or b"\n%sect " in data


def read_bundle(data: bytes, uri: str, fallback: str = "") -> Bundle:
    """Read a bundle; `uri` goes into every reference, `fallback` names the target where nothing else does."""
    artifact = Artifact(uri, hashlib.sha256(data).hexdigest())
    lines = data.split(b"\n")
    start = _find_magic(lines)
    version = lines[start].rstrip(b"\r")[len(MAGIC) :] if start is not None else VERSION
    if version != VERSION and version.isdigit():
        says = f"bundle format {version.decode()} is newer than this release reads (1); nothing in it was judged"
        return Bundle((artifact,), (), fallback=fallback, notifications=(Notification(says, uri, 1),))
    lines = _without_crlf(lines, start or 0)
    head = _read_head(lines, start)
    notes = [Notification(head.says, uri, 1)] if head.says else []
    evidence = _read_sections(lines, head, uri, notes)
    values = head.values
    controller = values.get("mode") == "controller"
    if controller:
        evidence = [_from_controller(item) for item in evidence]
    return Bundle(
        (artifact,),
        tuple(evidence),
        name=values.get("host", ""),
        fallback=fallback,
        platform=values.get("os", "").lower(),
        collected=values.get("utc"),
        head=values,
        notifications=tuple(notes),
    )


def _from_controller(item: Evidence) -> Evidence:
    return item._replace(origin="controller")


def _find_magic(lines: list[bytes]) -> int | None:
    for number, line in enumerate(lines):
        if line.startswith(MAGIC):
            return number
        if line.startswith(b"%sect "):
            return None
    return None


def _without_crlf(lines: list[bytes], start: int) -> list[bytes]:
    """Undo CRLF where every line of the bundle has it; a CR on some lines only is damage and stays."""
    if not lines[start].endswith(b"\r"):
        return lines
    stop = next((n for n in range(start, len(lines)) if lines[n].startswith(b"%end ")), len(lines) - 2)
    if all(line.endswith(b"\r") for line in lines[start : stop + 1]):
        return [line.removesuffix(b"\r") for line in lines]
    return lines


def _read_head(lines: list[bytes], start: int | None) -> _Head:
    if start is None:
        first = next((n for n, line in enumerate(lines) if line.startswith((b"%sect ", b"%end "))), len(lines))
        done = [line for line in lines[:first] if line.startswith(b"%done 0 ")]
        return _Head({}, done, first, "the first line of the bundle is lost; its head is not used")
    values: dict[str, str] = {}
    sound = lines[start] == MAGIC + VERSION
    number = start + 1
    while number < len(lines) and not lines[number].startswith((b"%sect ", b"%end ", b"%done ")):
        words = lines[number].split(b" ", 2)
        sound = sound and words[0] == b"%h" and len(words) == 3
        if sound:
            values[_text(words[1])] = _text(words[2])
        number += 1
    if number < len(lines) and lines[number].startswith(b"%done 0 head sum="):
        done_line = lines[number]
        summed = _sum_matches(done_line.partition(b" sum=")[2], lines[start:number])
        if sound and summed is not False:
            return _Head(values, [done_line], number + 1, "")
        return _Head({}, [done_line], number + 1, "the head of the bundle is damaged and is not used")
    return _Head({}, [], number, "the head of the bundle is damaged and is not used")


def _read_sections(lines: list[bytes], head: _Head, uri: str, notes: list[Notification]) -> list[Evidence]:
    evidence: list[Evidence] = []
    done = list(head.done)
    unsummed = ended = False
    number, last = head.next, len(lines) - 1
    while number <= last:
        line = lines[number]
        if line.startswith(b"%sect "):
            section = _read_section(lines, number, uri)
            if section.evidence is not None:
                evidence.append(section.evidence)
            if section.done is not None:
                done.append(section.done)
            if section.says:
                notes.append(Notification(section.says, uri, number + 1))
            unsummed = unsummed or section.unsummed
            number = section.next
        elif line.startswith(b"%end "):
            ended = True
            says = _end_fault(line, done, number < last)
            if says:
                notes.append(Notification(says, uri, number + 1))
            break
        else:
            if line or number < last:
                notes.append(Notification("a line outside any section was not read", uri, number + 1))
                if line.startswith(b"%done "):
                    done.append(line)
            number += 1
    if not ended:
        says = "the bundle has no %end line: it was cut, and what is not in it was not collected"
        notes.append(Notification(says, uri, max(len(lines) - 1, 1)))
    if unsummed:
        notes.append(Notification("sections carry no checksum (sum=-); byte counts alone were checked", uri))
    return evidence


def _end_fault(line: bytes, done: list[bytes], terminated: bool) -> str:
    words = line.split(b" ")
    if not terminated or len(words) != 4 or not words[1].startswith(b"sections="):
        return "the %end line is damaged; only sections with right sums were read"
    sections = sum(1 for item in done if not item.startswith(b"%done 0 "))
    summed = _sum_matches(words[3].removeprefix(b"sum="), done)
    if summed is False or words[1] != b"sections=%d" % sections:
        return "the %end line does not match the sections: some are lost, repeated or reordered"
    return ""


def _read_section(lines: list[bytes], start: int, uri: str) -> _Section:
    """One section from its `%sect` line on; `next` is the line after it."""
    number, last = start + 1, len(lines) - 1
    stray: int | None = None
    while number < last:
        line = lines[number]
        if not line.startswith(b"|"):
            if line.startswith((b"%done ", b"%sect ", b"%end ")):
                break
            if not line.startswith((b"%arg |", b"%out ", b"%err ")) and stray is None:
                stray = number
        number += 1
    closed = number < last and lines[number].startswith(b"%done ")
    stop = number if closed or not lines[number - 1].startswith(b"|") else number - 1
    damage, unsummed = _closing_fault(lines, start, number, stray) if closed else (_UNCLOSED, False)
    after = number + 1 if closed else number
    done = lines[number] if closed else None
    try:
        return _Section(_evidence(lines, start, stop, uri, damage), done, after, "", unsummed)
    except _Malformed as fault:
        odd = _unreadable(lines, start, stop, uri, str(fault))
        says = "" if odd else f"a section cannot be read: {fault}"
        return _Section(odd, done, after, says, unsummed)


_UNCLOSED: Final = Damage("truncated", "the section has no %done line: it was cut", partial=True)


def _closing_fault(lines: list[bytes], start: int, end: int, stray: int | None) -> tuple[Damage | None, bool]:
    """What is wrong with a closed section, and whether it carries no sum."""
    label, mark, value = lines[end].partition(b" sum=")
    opened = lines[start].split(b" ", 3)
    summed = _sum_matches(value, lines[start:end]) if mark else False
    if summed is False:
        return Damage("unparsable", "the checksum of the section does not match: it is damaged"), False
    if label.split(b" ")[1:] != opened[1:3]:
        return Damage("unparsable", "the section is closed by the %done line of another"), False
    if stray is not None:
        return Damage("unparsable", f"line {stray + 1} of the bundle is not a line of a section"), False
    return None, summed is None


def _sum_matches(value: bytes, lines: list[bytes]) -> bool | None:
    """True or False for a sum of these lines; None for `-`, which claims nothing."""
    if value == b"-":
        return None
    kind, _, digits = value.partition(b":")
    data = b"\n".join(lines) + b"\n"
    if kind == b"cksum" and digits.isdigit():
        return digits == b"%d" % posix_cksum(data)
    return kind == b"sha256" and digits == hashlib.sha256(data).hexdigest().encode()


def _unreadable(lines: list[bytes], start: int, stop: int, uri: str, says: str) -> Evidence | None:
    """A section whose argv can be read but whose answer cannot: it makes its facts unknown."""
    argv = tuple(_text(line[6:]) for line in lines[start:stop] if line.startswith(b"%arg |"))
    if not argv:
        return None
    text = _text(lines[start])
    kind: Kind = "file" if " kind=file " in text else "probe" if " kind=probe " in text else "cmd"
    damage = Damage("unparsable", says)
    return Evidence(kind, argv, uri, line=start + 1, text=text, damage=damage, framed=True)


def _evidence(lines: list[bytes], start: int, stop: int, uri: str, damage: Damage | None) -> Evidence:
    text = _text(lines[start])
    words = text.split(" ")
    if len(words) < 9:
        raise _Malformed("its %sect line is incomplete")
    keys = dict(word.split("=", 1) for word in words[3:] if "=" in word)
    kind, state = keys.get("kind", ""), keys.get("st", "")
    if kind not in _KINDS or state not in _STATES:
        raise _Malformed(f"its %sect line names the kind '{kind}' and the state '{state}', which version 1 has not")
    number = start + 1
    while number < stop and lines[number].startswith(b"%arg |"):
        number += 1
    argv = tuple(_text(line[6:]) for line in lines[start + 1 : number])
    if not argv:
        raise _Malformed("it has no %arg line")
    partial = damage is not None and damage.partial
    out, number = _stream(lines, number, stop, b"%out ", partial)
    err, number = _stream(lines, number, stop, b"%err ", partial)
    if number != stop:
        raise _Malformed(f"line {number + 1} of the bundle stands where its end should be")
    return Evidence(
        cast("Kind", kind),
        argv,
        uri,
        state=cast("State", state),
        exit_status=_count(keys, "rc") if state == "exit" else None,
        out=out,
        err=err,
        id=words[2],
        begun=keys.get("b"),
        ended=keys.get("e"),
        line=start + 1,
        text=text,
        damage=damage or state_damage(cast("State", state), cast("Kind", kind), keys, out),
        origin=_origin(keys),
        limit=_count(keys, "lim"),
        framed=True,
    )


def _origin(keys: dict[str, str]) -> Literal["host", "controller"]:
    return "controller" if keys.get("from") == "controller" else "host"


def state_damage(state: State, kind: Kind, keys: dict[str, str], out: Stream) -> Damage | None:
    """Why the answer of a section in this state is unknown; None where it is a whole answer."""
    if state == "exit":
        return Damage("truncated", "more was printed than was kept", partial=True) if out.cut else None
    if state == "absent":
        return None if kind == "file" else Damage("command_absent", "it is not on this system")
    if state == "timeout":
        return Damage("timeout", f"it did not end within {keys.get('lim', '?')} s")
    if state == "skipped":
        why = keys.get("why")
        return Damage("not_collected", f"the collector skipped it ({why})" if why else "the collector skipped it")
    return _STATE_DAMAGE[state]


_STATE_DAMAGE: Final = {
    "signal": Damage("truncated", "it was ended by a signal", partial=True),
    "notfound": Damage("command_absent", "the command is not on this system"),
    "noexec": Damage("denied", "the command may not be run by this user"),
    "unreadable": Damage("denied", "the file may not be read by this user"),
    "nospace": Damage("truncated", "the collector had no room to keep the answer", partial=True),
}


def _stream(lines: list[bytes], number: int, stop: int, mark: bytes, partial: bool) -> tuple[Stream, int]:
    if number >= stop and partial:
        return NOTHING, number
    if number >= stop or not lines[number].startswith(mark):
        raise _Malformed(f"it has no {mark.decode().strip()} line where one is due")
    words = _text(lines[number]).split(" ")
    keys = dict(word.split("=", 1) for word in words[1:] if "=" in word)
    first = number = number + 1
    while number < stop and lines[number].startswith(b"|"):
        number += 1
    payload = lines[first:number]
    hexed = keys.get("enc") == "hex"
    if not hexed and keys.get("enc") != "text":
        raise _Malformed(f"its {mark.decode().strip()} line names an encoding that version 1 has not")
    size, cut, newline = _count(keys, "bytes"), keys.get("cut") == "1", keys.get("nl") != "0"
    redacted = _count(keys, "red")
    stream = (_hex_stream if hexed else _text_stream)(payload, first, size, newline)
    kept_tail = cut and keys.get("keep") == "tail"
    if not (partial or cut or redacted or _size_matches(stream, payload, size)):
        raise _Malformed(f"its {mark.decode().strip()} line counts {size} bytes, and other many are there")
    return _marked(stream, cut, redacted, kept_tail), number


def _marked(stream: Stream, cut: bool, redacted: int, kept_tail: bool) -> Stream:
    if not cut and not redacted:
        return stream
    if not kept_tail:
        return stream._replace(cut=cut, redacted=redacted)
    return stream._replace(
        lines=stream.lines[1:],
        places=stream.places[1:] if stream.places else None,
        snippets=stream.snippets[1:] if stream.snippets else None,
        first_line=stream.first_line + 1,
        cut=cut,
        redacted=redacted,
    )


def _text_stream(payload: list[bytes], first: int, size: int, newline: bool) -> Stream:
    if not payload:
        return Stream((), first + 1, size=size, newline=newline) if size else NOTHING
    text = b"\n".join(payload).decode("utf-8", "backslashreplace")
    lines = tuple(line[1:] for line in text.split("\n"))
    if "\r" in text:
        lines = tuple(line.removesuffix("\r") for line in lines)
    return Stream(lines, first + 1, size=size, newline=newline)


def _hex_stream(payload: list[bytes], first: int, size: int, newline: bool) -> Stream:
    """Decode `od -An -v -tx1` lines; a decoded line stands on all the od lines that hold a byte of it."""
    places: list[tuple[int, int]] = []
    octets = bytearray()
    at: list[int] = []
    for number, line in enumerate(payload):
        try:
            row = bytes.fromhex(line[1:].decode("ascii"))
        except (ValueError, UnicodeDecodeError):
            raise _Malformed(f"line {first + number + 1} of the bundle is not hexadecimal") from None
        octets += row
        at += [number] * len(row)
    data = bytes(octets)
    parts = data.split(b"\n")
    if parts[-1] == b"":
        parts.pop()
    offset = 0
    for part in parts:
        end = min(offset + len(part), len(at) - 1)
        places.append((first + at[offset] + 1, first + at[end] + 1))
        offset += len(part) + 1
    shown = [_text(line) for line in payload]
    snippets = tuple("\n".join(shown[a - first - 1 : b - first])[1:] for a, b in places)
    lines = tuple(_visible(part) for part in parts)
    return Stream(lines, first + 1, tuple(places), snippets, size=len(data), newline=newline, hexed=True)


def _visible(part: bytes) -> str:
    text = part.removesuffix(b"\r").decode("utf-8", "backslashreplace")
    return text if text.isprintable() else "".join(_escaped(char) for char in text)


def _escaped(char: str) -> str:
    return char if char.isprintable() or char == "\t" else f"\\x{ord(char):02x}"


def _size_matches(stream: Stream, payload: list[bytes], size: int) -> bool:
    if stream.hexed:
        return stream.size == size
    if not payload:
        return size == 0
    return size == sum(map(len, payload)) - (not stream.newline)


def _count(keys: dict[str, str], key: str) -> int:
    value = keys.get(key, "")
    if not (value.isascii() and value.isdigit()):
        raise _Malformed(f"it gives '{value}' for {key}, which is no number")
    return int(value)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")
