"""Damage to bundles and archives, and what may never come of it.

Whatever happens to the octets of a bundle, reading it never raises, and no fact changes silently: a reading that has
a record and is not partial after the damage equals the one before it. A partial one shows rows of the one before it.
The same holds for archives whose compression has sums; of those without, for every cut.

    python -m tests.evidence.damage 10000
"""

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

import tomli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rmccomply.evidence.archives import is_archive
from rmccomply.evidence.archives.compressed import Refused
from rmccomply.evidence.archives.kinds import read_packed
from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.model import Evidence, Stream
from rmccomply.sources.reading import Read, Reading, Readings
from rmccomply.sources.requests import archive_requests, source_of
from rmccomply.sources.table import SOURCES
from tests.evidence.archives.building import COMPRESSIONS, SUMMED, snap, sosreport, supportconfig, tar
from tests.facts.samples import SAMPLES
from tests.hosts.building import THEN

HEAD = {"collector": "1", "mode": "live", "host": "lpar1", "os": "AIX", "utc": THEN}
LATER = "2026-11-20T03:00:01Z"
UNSUMMED = tuple(form for form in COMPRESSIONS if form not in SUMMED)

Damage = Callable[[bytes], bytes]


def sample_sections(source: str) -> list[Section]:
    """The samples of a source, as a collector would have brought them."""
    if not (SAMPLES / f"{source}.toml").is_file():
        return []
    answers = tomli.loads((SAMPLES / f"{source}.toml").read_text("utf-8"))["answer"]
    return [_section(answer) for answer in answers if _is_whole(answer)]


def _is_whole(answer: dict[str, Any]) -> bool:
    """Whether a collector could have brought it: a capture has no exit status, and an argument holds no line feed."""
    return (answer.get("exit_status") is not None or "absent" in answer) and "\n" not in "".join(answer["argv"])


def _section(answer: dict[str, Any]) -> Section:
    argv = tuple(answer["argv"])
    if argv[0] == "tcp":
        return _answered("probe", argv, answer)
    return _answered("file" if source_of("file", argv) else "cmd", argv, answer)


def _answered(kind: Any, argv: tuple[str, ...], answer: dict[str, Any]) -> Section:
    return Section(
        kind,
        argv,
        answer.get("out", "").encode(),
        answer.get("err", "").encode(),
        "absent" if answer.get("absent") else "exit",
        answer.get("exit_status", 0),
        begun=THEN,
        ended=LATER,
        cut=not answer.get("complete", True),
    )


ANSWERS = {source: found for source in SOURCES if (found := sample_sections(source))}


@st.composite
def bundles(draw: st.DrawFn) -> bytes:
    """A bundle with one sample each of some sources."""
    sources = draw(st.lists(st.sampled_from(sorted(ANSWERS)), min_size=1, max_size=5, unique=True))
    sections = [draw(st.sampled_from(ANSWERS[source])) for source in sources]
    return write_bundle(HEAD, list({one.argv: one for one in sections}.values()), LATER)


def _flip(at: int, bit: int) -> Damage:
    def damage(data: bytes) -> bytes:
        where = at % max(len(data), 1)
        return data[:where] + bytes(octet ^ 1 << bit for octet in data[where : where + 1]) + data[where + 1 :]

    return damage


def _lose(at: int, size: int) -> Damage:
    def damage(data: bytes) -> bytes:
        where = at % max(len(data), 1)
        return data[:where] + data[where + size :]

    return damage


def _truncate(at: int) -> Damage:
    return lambda data: data[: at % max(len(data), 1)]


def _insert(at: int, noise: bytes) -> Damage:
    def damage(data: bytes) -> bytes:
        where = at % max(len(data), 1)
        return data[:where] + noise + data[where:]

    return damage


def _lines(at: int, count: int, copies: int, to: int) -> Damage:
    """Take some lines away and put copies of them elsewhere: lost, repeated or moved."""

    def damage(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        where = at % max(len(lines), 1)
        taken = lines[where : where + count]
        kept = lines[:where] + lines[where + count :] if copies < 2 else lines
        place = to % (len(kept) + 1)
        return b"".join(kept[:place] + taken * min(copies, 1) + kept[place:])

    return damage


def _some_crlf(every: int) -> Damage:
    def damage(data: bytes) -> bytes:
        lines = data.split(b"\n")
        return b"\n".join(line + b"\r" * (n % every == 1) for n, line in enumerate(lines))

    return damage


def _trimmed(data: bytes) -> bytes:
    return b"\n".join(line.rstrip(b" ") for line in data.split(b"\n"))


places = st.integers(0, 1 << 20)
NOISE = [b"login: ", b"\n$ \n", b"\n%done 1 s-1 sum=-\n", b"\n%end", b"\0", b"\n|x\n", b"\n%sect 1 s kind=cmd\n"]

one_damage: st.SearchStrategy[Damage] = st.one_of(
    st.builds(_flip, places, st.integers(0, 7)),
    st.builds(_lose, places, st.integers(1, 700)),
    st.builds(_truncate, places),
    st.builds(_insert, places, st.sampled_from(NOISE) | st.binary(max_size=20)),
    st.builds(_lines, places, st.integers(1, 30), st.integers(0, 2), places),
    st.builds(_some_crlf, st.integers(2, 9)),
    st.just(lambda data: data.expandtabs(8)),
    st.just(_trimmed),
)
harmless: st.SearchStrategy[Damage] = st.sampled_from(
    [
        lambda data: data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"Welcome to lpar1\r\n\r\n" + data,
        lambda data: data + b"logout\n",
    ]
)


def as_evidence(section: Section) -> Evidence:
    """A section as archives are built of."""
    out, err = (
        Stream(tuple(one.decode().removesuffix("\n").split("\n")) if one else ()) for one in (section.out, section.err)
    )
    return Evidence(section.kind, section.argv, "", section.state, section.exit_status, out, err)


@st.composite
def archives(draw: st.DrawFn, forms: Sequence[str] = SUMMED) -> bytes:
    """An archive of any kind and form with one sample each of some sources."""
    sources = draw(st.lists(st.sampled_from(sorted(ANSWERS)), min_size=1, max_size=5, unique=True))
    sections = [draw(st.sampled_from(ANSWERS[source])) for source in sources]
    evidence = [as_evidence(one) for one in sections]
    shape = draw(st.sampled_from([sosreport, supportconfig, snap]))
    return COMPRESSIONS[draw(st.sampled_from(forms))](tar(shape(evidence)))


@lru_cache(maxsize=8)
def readings_of(data: bytes) -> dict[tuple[str, str], Reading[object]]:
    """The readings of a bundle or an archive by source and request; none of what is refused."""
    if is_archive(data[:4096]):
        try:
            evidence = read_packed(lambda: io.BytesIO(data), "x.tar", "x", archive_requests()).bundle.evidence
        except Refused:
            evidence = ()
    else:
        evidence = read_bundle(data, "x.rmcc", "x").evidence
    found = Readings(evidence).all()
    return {(reading.source, reading.name): reading for reading in found}


def record_of(reading: Reading[object]) -> object:
    """What it says; None where it says nothing."""
    return reading.record if isinstance(reading, Read) else None


def bare(value: Any) -> Any:
    """A record as plain values without its line numbers."""
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.name != "line" and not field.name.endswith("_line")]
        return tuple((name, bare(getattr(value, name))) for name in names)
    return tuple(map(bare, value)) if isinstance(value, tuple) else value


def rows_of(record: Any) -> set[Any]:
    """What an answer shows to be there: its rows, and the names that it says do not exist."""
    return {bare(row) for name in ("rows", "absent") for row in getattr(record, name, ())}


def hold_whole(before: bytes, after: bytes) -> None:
    """No reading that claims to be whole differs from the one before the damage."""
    known = readings_of(before)
    for key, reading in readings_of(after).items():
        if isinstance(reading, Read) and reading.partial is None:
            assert key in known, f"{key} was never collected"
            assert bare(reading.record) == bare(record_of(known[key])), f"{key} changed silently"


def hold_partial(before: bytes, after: bytes) -> None:
    """A partial reading shows nothing that was not there before."""
    known = readings_of(before)
    for key, reading in readings_of(after).items():
        if isinstance(reading, Read) and reading.partial is not None:
            rows = rows_of(reading.record)
            assert key in known or not rows, f"{key} was never collected"
            if rows and isinstance(known[key], Read):
                assert rows <= rows_of(record_of(known[key])), f"{key} shows what was not there"


def examples(count: int) -> None:
    """Damage this many bundles."""
    budget = settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))

    @budget
    @given(bundles(), one_damage, harmless)
    def once(data: bytes, damage: Damage, carried: Damage) -> None:
        damaged = carried(damage(data))
        hold_whole(data, damaged)
        hold_partial(data, damaged)

    @budget
    @given(bundles(), st.lists(one_damage, min_size=2, max_size=5))
    def often(data: bytes, damages: list[Damage]) -> None:
        damaged = data
        for damage in damages:
            damaged = damage(damaged)
        hold_whole(data, damaged)

    once()
    often()


def archive_examples(count: int) -> None:
    """Damage this many archives."""
    budget = settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))

    @budget
    @given(archives(), st.lists(one_damage, min_size=1, max_size=3))
    def summed(data: bytes, damages: list[Damage]) -> None:
        damaged = data
        for damage in damages:
            damaged = damage(damaged)
        hold_whole(data, damaged)
        hold_partial(data, damaged)

    @budget
    @given(archives(UNSUMMED), places)
    def unsummed(data: bytes, at: int) -> None:
        damaged = _truncate(at)(data)
        hold_whole(data, damaged)
        hold_partial(data, damaged)

    summed()
    unsummed()


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    examples(number)
    archive_examples(number)
    sys.stdout.write("no fact changed silently\n")
