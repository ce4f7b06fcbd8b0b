"""Unpacking a bundle within limits."""

import gzip
from pathlib import Path

import pytest

from rmccomply.evidence.packed import uncompressed
from tests.cli.running import Program

STEEP = gzip.compress(b"%rmccomply-evidence 1\n" + b"\n0" * 4_000_000)


def test_what_is_not_packed_stays() -> None:
    assert uncompressed(b"plain", 3) == (b"plain", None)


def test_a_little_may_be_packed_as_steeply_as_it_is() -> None:
    assert uncompressed(gzip.compress(bytes(1_000_000)), 2_000_000) == (bytes(1_000_000), None)


def test_a_cut_file_gives_what_stands_before_the_cut() -> None:
    whole = gzip.compress(bytes(range(256)) * 500, 0)
    plain, fault = uncompressed(whole[:90_000], 10**9)
    assert 0 < len(plain) < 90_000
    assert fault is not None
    assert not fault.refused


@pytest.mark.parametrize("command", [("show",), ("verify",), ("extract", "--to", "out")])
def test_a_bomb_is_no_bundle_for_any_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.rmcc.gz").write_bytes(STEEP)
    ran = program("bundle", command[0], "x.rmcc.gz", *command[1:])
    assert ran.status == 2
    assert "it holds more than 100 times its size, as no bundle does" in ran.err


@pytest.mark.parametrize(
    "command",
    [("bundle", "show"), ("report", "validate"), ("collect", "ssh", "--run", "r", "--inventory")],
    ids=" ".join,
)
def test_a_pipe_or_a_device_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = program(*command, "/dev/zero")
    assert ran.status == 2
    assert "is not a regular file" in ran.err
