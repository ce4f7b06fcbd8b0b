"""How old evidence is, and when that is worth a note."""

import json
from pathlib import Path

import pytest

from rmccomply.age import ago, dated, doubt, moment_of
from tests.cli.running import Program
from tests.hosts.building import bundle
from tests.hosts.consoles import whole_aix
from tests.test_schemas import complaints

NOW = "2026-11-20T04:00:00Z"


@pytest.mark.parametrize(
    ("collected", "says"),
    [
        ("2026-11-20T03:59:30Z", "less than a minute old"),
        ("2026-11-20T03:00:00Z", "1 hour old"),
        ("2026-11-20T05:59:59+02:00", "less than a minute old"),
        ("2026-11-17T02:00:00Z", "3 days old"),
        ("2016-11-20T04:00:00Z", "3652 days old"),
        ("2026-11-20T04:05:00Z", "at the time of this run"),
        ("2026-11-21T04:00:00Z", "later than this run"),
    ],
)
def test_the_date_is_told_with_the_age(collected: str, says: str) -> None:
    assert dated(collected, NOW) == f"collected {collected}, {says}"


@pytest.mark.parametrize("collected", [None, "", "yesterday", "2026-11-20", "2026-11-20T03:00:00", "9" * 5000])
def test_what_is_no_date_is_no_age(collected: str | None) -> None:
    assert dated(collected, NOW) == "of unknown date"
    assert doubt(collected, NOW) == ""


@pytest.mark.parametrize(
    ("collected", "noted"),
    [
        ("2026-10-21T04:00:00Z", False),
        ("2026-10-20T03:59:59Z", True),
        ("2026-11-20T04:10:00Z", False),
        ("2026-11-20T04:10:01Z", True),
        ("2036-11-20T04:00:00Z", True),
    ],
)
def test_a_date_of_long_ago_or_of_the_future_is_noted(collected: str, noted: bool) -> None:
    assert bool(doubt(collected, NOW)) is noted


@pytest.mark.parametrize(
    ("now", "says"),
    [
        ("2026-11-20T04:00:00Z", None),
        ("2036-11-20T04:00:00Z", "3653 days"),
        ("2016-11-20T04:00:00Z", "later than this run"),
    ],
)
def test_every_report_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program, now: str, says: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.rmcc").write_bytes(bundle(whole_aix()))
    ran = program("check", "x.rmcc", "--now", now, "-o", "text", "-o", "json=r.json", "-o", "sarif=r.sarif")
    told = says if says and "day" not in says else f"{says or '1 hour'} ago"
    assert f"collected 2026-11-20 03:00 UTC ({told})" in ran.out
    report = json.loads(Path("r.json").read_text("utf-8"))
    assert complaints("report-1.schema.json", report) == []
    notes = [
        one["text"] for one in report["notifications"] if one["target"] == "lpar1" and "the evidence" in one["text"]
    ]
    assert len(notes) == (says is not None)
    assert all(says in note for note in notes if says)
    assert ("the evidence is" in Path("r.sarif").read_text("utf-8")) is (says is not None)


def test_an_age_in_words() -> None:
    assert [ago(age) for age in (0, 90, 7200, 86_400 * 3, -9, -9000)] == [
        "less than a minute ago",
        "1 minute ago",
        "2 hours ago",
        "3 days ago",
        "at the time of this run",
        "later than this run",
    ]
    assert moment_of("2026-11-20T01:00:00+02:00").isoformat() == "2026-11-19T23:00:00+00:00"
