"""No damage to a bundle makes its reader raise or changes a fact silently (see `damage`)."""

import io
from pathlib import Path

import pytest

from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.sources.reading import Read
from tests.evidence.archives.building import COMPRESSIONS, SUMMED, sosreport, tar
from tests.evidence.damage import UNSUMMED, archive_examples, examples, hold_partial, hold_whole, readings_of
from tests.hosts.building import bundle, healthy_aix


@pytest.mark.exhaustive
def test_three_hundred_examples() -> None:
    examples(300)


@pytest.mark.exhaustive
def test_three_hundred_archives() -> None:
    archive_examples(300)


@pytest.mark.parametrize("form", SUMMED)
def test_every_octet_of_an_archive(form: str) -> None:
    data = COMPRESSIONS[form](tar(sosreport(healthy_aix()[:3])))
    assert readings_of(data)
    for at in range(len(data)):
        damaged = data[:at] + bytes((data[at] ^ 1 << at % 8,)) + data[at + 1 :]
        hold_whole(data, damaged)
        hold_partial(data, damaged)


@pytest.mark.exhaustive
@pytest.mark.parametrize("form", COMPRESSIONS)
def test_every_cut_of_an_archive(form: str) -> None:
    data = COMPRESSIONS[form](tar(sosreport(healthy_aix()[:3])))
    for size in range(0, len(data), 1 if form in SUMMED else 37):
        hold_whole(data, data[:size])
        hold_partial(data, data[:size])


def test_an_archive_without_sums_says_so() -> None:
    from rmccomply.inputs.read import Loaded, load_inputs

    for form in UNSUMMED:
        (item,) = load_inputs(["-"], Path(), io.BytesIO(COMPRESSIONS[form](tar(sosreport(healthy_aix())))))
        assert isinstance(item, Loaded)
        assert any("has no checksum" in note.text for note in item.notifications)


def test_the_properties_can_fail() -> None:
    lines = b"Subsystem         Group            PID          Status\n ctrmc rsct 5 active\n"
    before = write_bundle({}, [Section("cmd", ("lssrc", "-a"), lines)])
    after = write_bundle({}, [Section("cmd", ("lssrc", "-a"), lines.replace(b"active", b"inoperative"))])
    with pytest.raises(AssertionError, match="changed silently"):
        hold_whole(before, after)
    cut = write_bundle({}, [Section("cmd", ("lssrc", "-a"), lines.replace(b"5 active", b"6 active"), cut=True)])
    with pytest.raises(AssertionError, match="what was not there"):
        hold_partial(before, cut)


@pytest.mark.exhaustive
def test_truncation_at_every_octet() -> None:
    data = bundle(healthy_aix())
    known = len(readings_of(data))
    counts = []
    for size in range(len(data)):
        cut = data[:size]
        hold_whole(data, cut)
        hold_partial(data, cut)
        assert read_bundle(cut, "x").notifications
        counts.append(sum(1 for one in readings_of(cut).values() if isinstance(one, Read) and not one.partial))
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, known)


def test_every_lost_line() -> None:
    data = bundle(healthy_aix())
    lines = data.splitlines(keepends=True)
    for at in range(len(lines)):
        damaged = b"".join(lines[:at] + lines[at + 1 :])
        hold_whole(data, damaged)
        hold_partial(data, damaged)
        assert read_bundle(damaged, "x").notifications or any(
            item.damage for item in read_bundle(damaged, "x").evidence
        )


@pytest.mark.exhaustive
def test_every_flipped_bit() -> None:
    data = bundle(healthy_aix()[-3:])
    for at in range(len(data) * 8):
        damaged = bytearray(data)
        damaged[at // 8] ^= 1 << at % 8
        hold_whole(data, bytes(damaged))
        hold_partial(data, bytes(damaged))
