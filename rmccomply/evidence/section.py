"""One section of a bundle, read: a request, its answer, and whether the answer can be trusted.

    %sect 1 src.all kind=cmd st=exit rc=0 lim=15 b=2026-11-20T03:00:00Z e=2026-11-20T03:00:01Z
    %arg |/usr/bin/lssrc
    %arg |-a
    %out enc=text bytes=55 nl=1 cut=0 red=0
    |Subsystem         Group            PID          Status
    %err enc=text bytes=0 nl=1 cut=0 red=0
    %done 1 src.all sum=cksum:3149536850

A section whose sum, byte count or grammar is wrong keeps its place with `damage`, so that its facts are unknown and
not merely absent. A section without `%done` keeps its lines but the last, and these prove presence alone.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, cast, get_args

from rmccomply.evidence.cksum import posix_cksum
from rmccomply.evidence.model import NOTHING, Damage, Evidence, Kind, State, Stream
from rmccomply.evidence.stream import Malformed, number_of, read_stream, text_of, without_last

Origin = Literal["host", "controller"]
_KINDS: Final = frozenset(get_args(Kind))
_STATES: Final = frozenset(get_args(State))
_KEYS: Final = ("kind=", "st=", "rc=", "lim=")
_LF: Final = b"\n"
_ARG: Final = b"arg |"
_STREAMS: Final = (b"out ", b"err ")
_UNCLOSED: Final = Damage("truncated", "the section has no %done line: it was cut", partial=True)
_UNASKED: Final = Damage("truncated", "the section has no %done line: it was cut off before its answer")
_WRONG_SUM: Final = Damage("unparsable", "the checksum of the section does not match: it is damaged")
_OTHER_DONE: Final = Damage("unparsable", "the section is closed by the %done line of another")
_CUT: Final = Damage("truncated", "more was printed than was kept", partial=True)
OFFLINE: Final = "an image does not run, and only a running system answers this"
_WHY_NOT: Final = {
    "offline": OFFLINE,
    "ctrmc-down": "ctrmc is inoperative by lssrc -a",
    "not-loaded": "the kernel has not loaded this filter, and to ask for its rules would load it",
    "mcp-there": "lsrsrc answered for IBM.MCP, and only levels without that class use this one",
    "no-ipsec": "lsdev shows no available IP security device, so no rules are in force",
    "other-folders": "there are more such folders than the collector reads",
    "run-limit": "the time limit of the run was reached",
    "no-way-to-try": "no tool on the system could make the connection",
    "no-ipv6": "no tool on the system could make an IPv6 connection",
    "folder-hangs": "a folder in PATH does not respond, so whether the command is there is not known",
    "filter-failed": "awk, or another tool that removes secrets, failed there",
    "no-database": "no database of its packages was found there",
    "two-databases": "the image has two databases of packages, and nothing shows which of them counts",
    "other-files": "there are more such files than the collector reads",
    "odd-name": "a file there has a name that no line can hold",
    "link": "it is a link that leads out of the image, or to nothing",
    "no-file": "it is not a regular file",
}
"""What the collector's words mean that say why something was not asked, or not read."""
_STATE_DAMAGE: Final = {
    "signal": Damage("truncated", "it was ended by a signal", partial=True),
    "notfound": Damage("command_absent", "the command is not on this system"),
    "noexec": Damage("denied", "the command may not be run by this user"),
    "unreadable": Damage("denied", "the file may not be read by this user"),
    "nospace": Damage("truncated", "the collector had no room to keep the answer", partial=True),
}


def read_section(body: bytes, done: bytes | None, number: int, uri: str) -> Evidence | str:
    """The evidence of a section, or why not even its request can be read.

    `body` is what stands between `%sect ` and the `%done` line, `done` that line, `number` the file's line of `%sect`.
    """
    damage = _UNCLOSED if done is None else _closing_fault(body, done)
    if done is None and body.rpartition(b"\n")[2].startswith(b"|"):
        body = body.rpartition(b"\n")[0]
    pieces = body.split(b"\n%")
    try:
        return _evidence(pieces, number, uri, damage)
    except Malformed as fault:
        return _unreadable(pieces, number, uri, str(fault))


def sum_matches(value: bytes, data: bytes) -> bool | None:
    """True or False for a sum of these whole lines; None for `-`, which claims nothing."""
    if value == b"-":
        return None
    kind, _, digits = value.partition(b":")
    if kind == b"cksum":
        return digits == b"%d" % posix_cksum(data)
    return kind == b"sha256" and digits == hashlib.sha256(data).hexdigest().encode()


def _closing_fault(body: bytes, done: bytes) -> Damage | None:
    label, _, value = done.partition(b" sum=")
    if sum_matches(value, b"%sect " + body + b"\n") is False:
        return _WRONG_SUM
    name = label[len(b"%done ") :]
    return None if body.startswith(name + b" ") and name.count(b" ") == 1 else _OTHER_DONE


def _unreadable(pieces: Sequence[bytes], number: int, uri: str, says: str) -> Evidence | str:
    """A section whose argv can be read but whose answer cannot: it makes its facts unknown."""
    argv = tuple(text_of(piece[5:].partition(b"\n")[0]) for piece in pieces if piece.startswith(_ARG))
    if not argv:
        return f"a section cannot be read: {says}"
    text = f"%sect {text_of(pieces[0].partition(_LF)[0])}"
    kind: Kind = "file" if " kind=file " in text else "probe" if " kind=probe " in text else "cmd"
    return Evidence(kind, argv, uri, line=number, text=text, damage=Damage("unparsable", says), framed=True)


def _evidence(pieces: list[bytes], number: int, uri: str, damage: Damage | None) -> Evidence:
    text = text_of(pieces[0])
    front, _, times = text.partition(" b=")
    begun, _, ended = times.partition(" e=")
    ended, *more = ended.split(" ")
    if not ended:
        raise Malformed("its %sect line is incomplete")
    name, _, words = front.partition(" ")[2].partition(" ")
    kind, state, exit_status, limit = _asked(words)
    partial = damage is _UNCLOSED
    after = len(pieces) - (sum(piece.startswith(_STREAMS) for piece in pieces[-2:]) if partial else 2)
    argv = _argv(pieces[1:after])
    out, err = _streams(pieces[after:], number + after, partial)
    if damage is None:
        damage = _state_damage(state, kind, limit, more, out.cut or err.cut)
    elif partial and after == len(pieces):
        damage = _UNASKED
    if state in ("signal", "nospace") and not out.newline:
        out = without_last(out)
    origin: Origin = "controller" if "from=controller" in more else "host"
    text = f"%sect {text}"
    return Evidence(
        kind,
        argv,
        uri,
        state,
        exit_status,
        out,
        err,
        name,
        begun,
        ended,
        number,
        text,
        damage,
        True,
        origin,
        limit,
        True,
    )


@lru_cache(maxsize=256)
def _asked(words: str) -> tuple[Kind, State, int | None, int]:
    """Kind, state, exit status and limit: `kind=cmd st=exit rc=0 lim=15`."""
    given = words.split(" ")
    if len(given) != len(_KEYS) or not all(map(str.startswith, given, _KEYS)):
        raise Malformed("its %sect line is incomplete")
    kind, state, status, limit = map(str.removeprefix, given, _KEYS)
    if kind not in _KINDS or state not in _STATES:
        raise Malformed(
            f"its %sect line names the kind '{kind}' and the state '{state}', which version 1 does not have"
        )
    exit_status = number_of(status, "rc") if state == "exit" else None
    return cast("Kind", kind), cast("State", state), exit_status, number_of(limit, "lim")


def spoken(text: str) -> str:
    """What a `%sect` line says of its answer, in words; any other line as it stands."""
    if not text.startswith("%sect "):
        return text
    front, _, times = text.partition(" b=")
    try:
        kind, state, status, limit = _asked(" ".join(front.split(" ")[3:]))
    except Malformed:
        return text
    if state == "exit":
        return "the whole file" if kind == "file" else f"the whole answer, with exit status {status}"
    if state == "absent":
        return "no such file" if kind == "file" else "no such command"
    if state == "timeout":
        return f"timed out after {limit} s"
    damage = _state_damage(state, kind, limit, times.split(" ")[2:], cut=False)
    return damage.says if damage is not None else text


def _argv(pieces: list[bytes]) -> tuple[str, ...]:
    words = b"\n".join(pieces)
    if not pieces or not words.startswith(_ARG) or words.count(b"\n") != words.count(b"\narg |"):
        raise Malformed("its %arg lines are not whole")
    return tuple(text_of(words[5:]).split("\narg |"))


def _streams(pieces: Sequence[bytes], number: int, partial: bool) -> tuple[Stream, Stream]:
    """Output and error output; `number` is the file's line of the first of their pieces."""
    out = read_stream(pieces[0], b"out", number, partial) if pieces else NOTHING
    if len(pieces) < 2:
        return out, NOTHING
    return out, read_stream(pieces[1], b"err", number + 1 + pieces[0].count(b"\n"), partial)


def _state_damage(state: State, kind: Kind, limit: int, more: Sequence[str], cut: bool) -> Damage | None:
    """Why the answer of a section in this state is unknown; None where it is a whole answer."""
    if state == "exit":
        return _CUT if cut else None
    if state == "absent":
        return None if kind == "file" else Damage("command_absent", "it is not on this system")
    if state == "timeout":
        return Damage("timeout", f"it did not end within {limit} s")
    why = next((word[4:] for word in more if word.startswith("why=")), "")
    told = _WHY_NOT.get(why, why)
    if state == "skipped":
        return Damage("not_collected", f"the collector skipped it: {told}" if why else "the collector skipped it")
    if state == "unreadable" and why:
        return Damage("denied", f"the collector did not read it: {told}")
    return _STATE_DAMAGE[state]
