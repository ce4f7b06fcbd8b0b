"""Hundreds of targets with a hostile one of each kind among them: all others are judged as without it."""

import gzip
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rmccomply.evidence.bundle_write import Section, write_bundle
from tests.cost import cost
from tests.hosts.building import LSSRC, NOW, bundle, command, replaced
from tests.hosts.consoles import whole_aix

TARGETS = 400
FACTS = (
    b'{"schema": "rmccomply/facts/1", "target": {"id": "%s"}, "facts": {"lssrc -a": {"value": null, "reason": %s}}}\n'
)


def capture(toml: bytes) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        folder.mkdir()
        (folder / "lssrc-a.txt").write_text(LSSRC)
        (folder / "target.toml").write_bytes(toml)

    return make


def file(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder.mkdir(), (folder / name).write_bytes(content))[0]  # type: ignore[func-returns-value]


def many_digits(folder: Path) -> None:
    folder.mkdir()
    answer = command("lssrc -a", LSSRC.replace("5439966", "5" * 4400))
    (folder / "x.rmcc").write_bytes(bundle(replaced(whole_aix(), answer), "digits"))


def deep(folder: Path) -> None:
    folder.mkdir()
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def hex_bomb(folder: Path) -> None:
    folder.mkdir()
    sections = [Section("cmd", ("/usr/bin/lssrc", "-a"), b"\n\0" * 600_000)]
    (folder / "x.rmcc.gz").write_bytes(gzip.compress(write_bundle({"host": "hex", "os": "AIX"}, sections)))


def special_files(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "pipe.rmcc")
    (folder / "zero.rmcc").symlink_to("/dev/zero")


def linked_target(folder: Path) -> None:
    folder.mkdir()
    (folder / "lssrc-a.txt").write_text(LSSRC)
    (folder / "target.toml").symlink_to("/etc/passwd")


@pytest.fixture(autouse=True)
def _without_deep_folders(tmp_path: Path) -> Iterator[None]:
    """What tidies up after tests walks folders by recursion, and would never come to the end of such."""
    yield
    subprocess.run(["rm", "-rf", *map(str, tmp_path.iterdir())], check=True)


HOSTILE: dict[str, Callable[[Path], None]] = {
    "digits": many_digits,
    "toml-number": capture(b"name = " + b"9" * 5000),
    "toml-brackets": capture(b"name = " + b"[" * 20_000),
    "toml-key": capture(b".".join([b"a"] * 20_000) + b" = 1"),
    "toml-link": linked_target,
    "deep": deep,
    "ids": file("x.ndjson", b"".join(FACTS % (b"a" + b"#2" * n, b"null") for n in range(20))),
    "number": file("x.json", FACTS % (b"number", b"9" * 4300)),
    "half": file("x.json", FACTS % (b"\xed\xa0\x80", b"null")),
    "hex": hex_bomb,
    "joined": file("x.rmcc", b"".join(bundle(whole_aix(), "joined").splitlines(True)[:40]) + bundle(whole_aix(), "j2")),
    "newer": file("x.rmcc", bundle(whole_aix(), "newer").replace(b"evidence 1", b"evidence 2")),
    "special": special_files,
    "zeros": file("x.rmcc", bytes(1_000_000)),
}


def fleet(folder: Path, hostile: bool) -> None:
    (folder / "good").mkdir(parents=True)
    for number in range(TARGETS):
        (folder / "good" / f"lpar{number:04}.rmcc").write_bytes(bundle(whole_aix(), f"lpar{number:04}"))
    for name, make in HOSTILE.items() if hostile else ():
        make(folder / f"hostile-{name}")


def report(folder: Path) -> Any:
    return json.loads((folder / "r.json").read_bytes())


def of_the_good(made: Any) -> list[Any]:
    return [one for one in made["findings"] if one["target"].startswith("lpar")]


@pytest.mark.exhaustive
def test_no_hostile_target_hurts_another(tmp_path: Path) -> None:
    told = {}
    for name in ("plain", "mixed"):
        fleet(tmp_path / name, name == "mixed")
        outputs = ("-o", "json=r.json", "-o", "sarif=r.sarif", "-o", "text=r.txt")
        begun = time.monotonic()
        told[name] = (cost(tmp_path / name, "check", ".", "--now", NOW, *outputs), time.monotonic() - begun)
    (plain, _), (mixed, _) = told["plain"], told["mixed"]
    assert (plain.status, mixed.status) == (0, 2)
    assert of_the_good(report(tmp_path / "mixed")) == of_the_good(report(tmp_path / "plain"))
    assert mixed.mebibytes < 256
    assert mixed.seconds < 2 * plain.seconds
    log = json.loads((tmp_path / "mixed" / "r.sarif").read_bytes())["runs"][0]
    assert log["invocations"][0]["executionSuccessful"] is False
    assert (tmp_path / "mixed" / "r.txt").read_text("utf-8").rpartition("\n\n")[2].startswith("NOT JUDGED: ")


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("kind", "status", "errors"),
    [
        ("digits", 3, 0),
        ("toml-number", 2, 1),
        ("toml-brackets", 2, 1),
        ("toml-key", 2, 1),
        ("toml-link", 2, 1),
        ("deep", 4, 0),
        ("number", 2, 1),
        ("half", 2, 0),
        ("hex", 3, 0),
        ("joined", 3, 0),
        ("newer", 3, 0),
        ("special", 4, 0),
        ("zeros", 4, 0),
    ],
)
def test_each_hostile_target_ends_in_its_own_word(tmp_path: Path, kind: str, status: int, errors: int) -> None:
    HOSTILE[kind](tmp_path / kind)
    ran = cost(tmp_path, "check", ".", "--now", NOW, "-o", "json=r.json", "-o", "sarif=r.sarif", "-o", "text")
    assert ran.status == status
    assert ran.mebibytes < 256
    made = report(tmp_path)
    assert made["summary"]["error"] == errors
    assert [one["rule"] for one in made["findings"] if one["result"] == "error"] == ["rmccomply"] * errors
    assert made["notifications"] or any(one["reason"] == "unparsable" for one in made["findings"])
    assert b"fault of rmccomply" not in ran.err
    json.loads((tmp_path / "r.sarif").read_bytes())
