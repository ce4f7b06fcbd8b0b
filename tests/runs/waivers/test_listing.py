"""`waiver list` and `waiver lint`: each waiver as it is, and what is to be looked at."""

import json
import os
from pathlib import Path

import pytest

from rmccomply.errors import InputError, UsageError
from rmccomply.runs.waivers.listing import lint, listed
from tests.cli.running import Program
from tests.hosts.building import NOW, bundle
from tests.runs.hearing import Heard
from tests.runs.waivers.test_waivers import BROKEN, judged, waiver
from tests.waivers import file_with


@pytest.fixture(autouse=True)
def _fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("lpar1", "lpar2"):
        Path(f"{name}.rmcc").write_bytes(bundle(BROKEN, name))


def test_a_list_tells_each_as_it_is() -> None:
    Path("w.toml").write_text(file_with(waiver(), waiver(id='"W-0"', expires="2026-11-10T00:00:00Z", subject='"x"')))
    heard = Heard()
    listed("w.toml", ["rmc-core"], NOW, "text", heard)
    assert "".join(heard.of("result")).split("\n")[:3] == [
        "W-0  ran out, since 2026-11-10 00:00:00 UTC",
        "  RMC-ID-001 up to critical, on lpar*, about x",
        "  a.meier@example.com, approved by j.kim@example.com on 2026-11-01, CHG0042",
    ]
    heard = Heard()
    listed("w.toml", ["rmc-core"], NOW, "json", heard)
    document = json.loads(heard.of("result")[0])
    assert document["schema"] == "rmccomply/waivers/1"
    assert [(one["id"], one["state"], one["line"]) for one in document["waivers"]] == [
        ("W-0", "expired", 15),
        ("W-1", "in_force", 3),
    ]


def test_lint_tells_what_is_to_be_looked_at() -> None:
    good = file_with(waiver())
    judged(good)
    heard = Heard()
    assert (lint("w.toml", None, ["rmc-core"], NOW, heard), heard.of("warn")) == (0, [])
    assert lint("w.toml", "r.json", ["rmc-core"], NOW, heard) == 0
    assert heard.of("result") == ["w.toml: 1 waiver, sound\n"] * 2
    for changes in (
        {"expires": "2026-11-30T00:00:00Z"},
        {"approved": "2026-12-24"},
        {"expires": "2026-11-10T00:00:00Z"},
    ):
        Path("w.toml").write_text(file_with(waiver(**changes)))
        assert lint("w.toml", None, ["rmc-core"], NOW, Heard()) == 1
    for changes in ({"targets": '["db*"]'}, {"severity": '"low"'}, {"pin": f'"sha256:{"0" * 64}"'}):
        Path("w.toml").write_text(file_with(waiver(**changes)))
        assert lint("w.toml", None, ["rmc-core"], NOW, Heard()) == 0
        assert lint("w.toml", "r.json", ["rmc-core"], NOW, Heard()) == 1
    Path("w.toml").write_text("schema = 2\n")
    with pytest.raises(UsageError, match=r"w\.toml:1: schema"):
        lint("w.toml", None, ["rmc-core"], NOW, Heard())
    Path("w.toml").write_text(good)
    with pytest.raises(InputError, match=r"gone\.json: cannot be read"):
        lint("w.toml", "gone.json", ["rmc-core"], NOW, Heard())


def test_lint_knows_labels_that_two_targets_claim() -> None:
    Path("again.rmcc").write_bytes(bundle(BROKEN, "lpar1"))
    judged(file_with(waiver()), "lpar1.rmcc", "again.rmcc")
    heard = Heard()
    assert lint("w.toml", "r.json", ["rmc-core"], NOW, heard) == 1
    assert "covers nothing" in heard.of("warn")[0]


@pytest.mark.parametrize("command", ["lint", "add"])
def test_a_report_that_is_no_plain_file_is_refused_at_once(program: Program, command: str) -> None:
    os.mkfifo("pipe")
    Path("w.toml").write_text("schema = 1\n")
    asked = {
        "lint": ("lint", "w.toml", "pipe"),
        "add": (
            *("add", "w.toml", "--rule", "RMC-SUB-001", "--target", "a", "--pin-from", "pipe", "--owner", "a"),
            *("--approved-by", "b", "--ticket", "T", "--reason", "Later.", "--expires", "2027-01-01T00:00:00Z"),
        ),
    }
    ran = program("waiver", *asked[command], "--now", NOW)
    assert (ran.status, "pipe: " in ran.err) == (2, True)
