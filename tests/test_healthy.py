"""A healthy partition of any kind, collected as root by the defaults, is healthy: exit 0, and nothing is left open.

The replays of the same hosts through the collector are in `tests/collect/test_healthy.py`.
"""

from pathlib import Path

import pytest

from rmccomply.cli import run
from rmccomply.evidence.model import Bundle
from rmccomply.finding import Finding
from rmccomply.sources.reading import Read, Readings, Unread
from rmccomply.sources.requests import source_of
from tests.hosts.building import NOW
from tests.hosts.healthy import HEALTHY
from tests.hosts.whole import bundle_of, whole
from tests.test_generations import judged

ALL = pytest.mark.parametrize("name", HEALTHY)
READY = [name for name, kind in HEALTHY.items() if kind.host.management == "powervs"]


def found(bundle: Bundle, policy: str = "rmc-core") -> tuple[Finding, ...]:
    return judged(bundle.evidence, bundle.platform or "", policy)


def left_open(findings: tuple[Finding, ...]) -> dict[str, str]:
    """What is unknown, or fails above info."""
    return {
        one.rule: f"{one.result} {one.reason or one.severity}"
        for one in findings
        if one.result in ("unknown", "error") or (one.result == "fail" and one.severity != "info")
    }


def at(name: str, *, root: bool = True) -> Bundle:
    kind = HEALTHY[name]
    return whole(kind.host, kind.packet_filter, root=root)


@ALL
def test_a_healthy_host_of_any_kind_is_healthy_with_exit_0(name: str, tmp_path: Path) -> None:
    kind = HEALTHY[name]
    path = tmp_path / "node11.rmcc"
    path.write_bytes(bundle_of(kind.host, kind.packet_filter))
    assert run(["check", str(path), "--now", NOW, "-o", f"json={tmp_path / 'report.json'}"]) == 0


@pytest.mark.exhaustive
@ALL
def test_nothing_fails_above_info_and_nothing_is_open(name: str) -> None:
    assert left_open(found(at(name))) == {}


@pytest.mark.exhaustive
@ALL
def test_what_fails_at_info_is_what_the_host_is_known_for(name: str) -> None:
    fails = {one.rule for one in found(at(name)) if one.result == "fail"}
    assert fails <= {*HEALTHY[name].host.informs, "RMC-VER-002"}


@pytest.mark.parametrize("name", READY)
def test_what_runs_on_power_virtual_server_is_ready_for_it(name: str) -> None:
    assert left_open(found(at(name), "powervs-import")) == {}


@pytest.mark.exhaustive
@ALL
def test_every_answer_is_read_whole(name: str) -> None:
    bundle = at(name)
    assert bundle.notifications == ()
    assert [item.request for item in bundle.evidence if source_of(item.kind, item.argv) is None] == []
    readings = Readings(bundle.evidence).all()
    assert [one.name for one in readings if isinstance(one, Read) and one.partial] == []
    assert {one.reason for one in readings if isinstance(one, Unread)} <= {"command_absent", "not_collected"}


def test_without_root_there_is_one_cause_and_one_advice() -> None:
    for name in HEALTHY:
        left = [one for one in found(at(name, root=False)) if one.result == "unknown"]
        assert {one.reason for one in left} == {"denied"}, name
        assert len({one.settle for one in left}) == 1, name


@ALL
def test_without_root_nothing_is_red(name: str) -> None:
    assert [one.rule for one in found(at(name, root=False)) if one.result == "fail" and one.severity != "info"] == []
