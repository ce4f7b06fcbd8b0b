"""What programs give is held to what it can be: nothing passes for a clock, a list or a word that is none."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rmccomply.errors import UsageError
from rmccomply.guarded import Limits
from rmccomply.report import Gate
from rmccomply.runs.check import check, check_each
from rmccomply.runs.explain import explain
from tests.hosts.building import NOW, bundle
from tests.hosts.consoles import whole_aix


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.rmcc").write_bytes(bundle(whole_aix(), "a"))


ODD: list[tuple[dict[str, Any], str]] = [
    ({"now": "yesterday"}, "now: "),
    ({"now": "2026-11-20T04:00:00"}, "now: "),
    ({"now": "0001-01-01T00:00:00+10:00"}, "now: "),
    ({"now": None}, "now: "),
    ({"inputs": "/"}, "inputs: "),
    ({"inputs": Path("a.rmcc")}, "inputs: "),
    ({"inputs": b"a.rmcc"}, "inputs: "),
    ({"policies": "rmc-core"}, "policies: "),
    ({"select": "RMC-ID-001"}, "select: "),
    ({"ignore": "RMC-ID-001"}, "ignore: "),
    ({"platform": "windows"}, "platform: "),
    ({"gate": Gate(fail_on="bogus")}, "gate.fail_on: "),
    ({"gate": Gate(on_unknown="ignore")}, "gate.on_unknown: "),
    ({"gate": Gate(min_decided=101)}, "gate.min_decided: "),
    ({"limits": Limits(seconds=-1)}, "limits: "),
]


@pytest.mark.parametrize("call", [check, check_each])
@pytest.mark.parametrize(("given", "says"), ODD)
def test_what_cannot_be_is_told_before_anything_is_read(
    call: Callable[..., object], given: dict[str, Any], says: str
) -> None:
    with pytest.raises(UsageError, match=f"^{says}"):
        call(**{"inputs": ["gone.rmcc"], "now": NOW, **given})


@pytest.mark.parametrize(("given", "says"), [one for one in ODD if one[0].keys() <= {"now", "policies", "platform"}])
def test_an_explanation_asks_for_the_same(given: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=f"^{says}"):
        explain(**{"source": "gone.rmcc", "rule": "RMC-ID-001", "policies": ["rmc-core"], "now": NOW, **given})


def test_a_clock_of_another_zone_is_that_of_utc() -> None:
    assert check(["a.rmcc"], now="2026-11-20T05:00:00+01:00").run.now == "2026-11-20T04:00:00Z"


def test_a_thread_cannot_hold_seconds() -> None:
    heard: list[str] = []

    def run() -> None:
        try:
            check(["a.rmcc"], now=NOW, limits=Limits(seconds=5))
        except UsageError as error:
            heard.append(str(error))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert heard == ["limits: seconds can be held in the main thread alone"]
