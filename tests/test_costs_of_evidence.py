"""What evidence costs grows as it does: twice the rows, sections, facts or targets, about twice the time."""

import json
from collections.abc import Callable
from math import inf
from pathlib import Path

import pytest

from rmccomply.evidence.bundle_write import Section, write_bundle
from tests.cost import cost
from tests.hosts.building import LSSRC, NOW, bundle, command, replaced
from tests.hosts.consoles import log, whole_aix

TRIES = 3
"""The least of so many measurements counts: other work on the machine only adds."""
MOST = 2.5


def facts(folder: Path, count: int) -> None:
    """A document with very many facts of one source."""
    one: dict[str, object] = {"value": None, "reason": "denied", "evidence": []}
    made = {f"lssrc -s x{number}": one for number in range(8 * count)}
    document = {"schema": "rmccomply/facts/1", "target": {"id": "x", "platform": "aix"}, "facts": made}
    (folder / "x.json").write_text(json.dumps(document))


def one_request(folder: Path, count: int) -> None:
    answers = [Section("cmd", ("/usr/bin/lssrc", "-a"), LSSRC.encode() + b"#%d\n" % at) for at in range(count)]
    (folder / "x.rmcc").write_bytes(write_bundle({"host": "x", "os": "AIX"}, answers))


def one_name(folder: Path, count: int) -> None:
    for number in range(count // 10):
        (folder / f"{number}.rmcc").write_bytes(bundle([command("lssrc -a", LSSRC)], "same"))


def messages(folder: Path, count: int) -> None:
    rows = [f"2612-{number % 1000:03} message {number} of the log" for number in range(4 * count)]
    (folder / "x.rmcc").write_bytes(bundle(replaced(whole_aix(), log(*rows))))


def suspects(folder: Path, count: int) -> None:
    """Lines that each differ, and each may hold a secret by a coarse look."""
    rows = [
        f"2612-{number % 1000:03} key {number}, password file, token x{number} :// $ -p {number}"
        for number in range(count)
    ]
    (folder / "x.rmcc").write_bytes(bundle(replaced(whole_aix(), log(*rows))))


@pytest.mark.exhaustive
@pytest.mark.parametrize("make", [facts, one_request, one_name, messages, suspects])
def test_twice_the_evidence_takes_twice_the_time(tmp_path: Path, make: Callable[[Path, int], None]) -> None:
    folders = [tmp_path / str(count) for count in (1, 2_000, 4_000)]
    for folder in folders:
        folder.mkdir()
        make(folder, int(folder.name))
    least = [inf, inf, inf]
    for _ in range(TRIES):
        took = [cost(folder, "check", ".", "--now", NOW, "-o", "json=r.json").seconds for folder in folders]
        least = list(map(min, least, took))
        start, once, twice = least
        if twice - start < MOST * (once - start) + 0.1:
            return
    pytest.fail(f"{least} seconds")
