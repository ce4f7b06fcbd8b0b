"""Waivers by the clock and under policies: to the second, in any zone, and void for each reason that there is."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rmccomply.dispose.bound import bound
from rmccomply.dispose.waivers import Waiver
from rmccomply.policy.load import LoadedPolicy, load
from rmccomply.policy.model import WaiverTerms
from rmccomply.written.waivers import WaiverFile, WrittenWaiver

CORE = load("rmc-core")
RULE = "RMC-SUB-001"
WRITTEN = WrittenWaiver(
    *("W-1", RULE, ("lpar*",), (), "", "high", "a.meier@example.com", "j.kim@example.com"),
    *(date(2026, 11, 20), "CHG0042", "Later.", datetime.fromisoformat("2026-12-31T23:59:59+01:00"), "", 7),
)
NOW = "2026-12-01T00:00:00Z"


def under(terms: WaiverTerms) -> LoadedPolicy:
    return CORE._replace(id="gate", waivers=terms)


def one(waiver: WrittenWaiver = WRITTEN, now: str = NOW, *policies: LoadedPolicy) -> Waiver:
    (made,) = bound(WaiverFile("a folder/w 1.toml", "", (waiver,)), policies or (CORE,), {RULE}, now)
    return made


def test_what_is_written_is_what_counts() -> None:
    made = one()
    assert (made.id, made.rule, made.targets, made.subject, made.state, made.why) == (
        "W-1",
        RULE,
        ("lpar*",),
        None,
        "in_force",
        "",
    )
    assert (made.approved, made.expires, made.uri, made.line) == (
        "2026-11-20",
        "2026-12-31T23:59:59+01:00",
        "w%201.toml",
        7,
    )
    assert one(WRITTEN._replace(subject="x")).subject == "x"


ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
ENDS = (
    "2026-12-31T23:59:59",
    "2026-10-25T02:30:00",
    "2026-11-01T01:30:00",
    "2027-03-28T01:59:59",
    "2027-03-14T01:59:59",
    "2027-04-04T01:45:00",
)
"""Ends of days, and moments at or in the hour in which clocks are set in one of these zones."""


@pytest.mark.parametrize("clock", ZONES)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("fold", [0, 1])
def test_it_ends_to_the_second_wherever_it_is_read(zone: str, clock: str, end: str, fold: int) -> None:
    wall = datetime.fromisoformat(end).replace(tzinfo=ZoneInfo(zone), fold=fold)
    ends = datetime.fromisoformat(wall.isoformat())
    waiver = WRITTEN._replace(approved=date(2026, 10, 1), expires=ends)
    notice, second = timedelta(days=14), timedelta(seconds=1)
    for shift, state in (
        (-notice - second, "in_force"),
        (-notice, "soon"),
        (-second, "soon"),
        (0 * second, "soon"),
        (second, "expired"),
    ):
        now = (ends.astimezone(UTC) + shift).astimezone(ZoneInfo(clock)).isoformat()
        assert one(waiver, now).state == state, (shift, now)


def test_what_is_left_is_told_in_seconds() -> None:
    assert one(now="2026-12-31T22:59:50Z").left == 9


@pytest.mark.parametrize(
    ("terms", "changes", "why"),
    [
        (WaiverTerms(never=[RULE]), {}, "policy gate lets nobody waive RMC-SUB-001"),
        (
            WaiverTerms(four_eyes=True),
            {"approved_by": "A.Meier@example.com"},
            "its owner approved it, and policy gate asks that somebody else does",
        ),
        (
            WaiverTerms(max_days=40),
            {},
            "it ends 41 days after its approval, and policy gate allows 40: approve it anew",
        ),
        (WaiverTerms(), {"approved": date(2026, 12, 2)}, "it is approved on 2026-12-02, which is later than this run"),
    ],
)
def test_what_voids_it_is_said(terms: WaiverTerms, changes: dict[str, object], why: str) -> None:
    made = one(WRITTEN._replace(**changes), NOW, under(terms))  # type: ignore[arg-type]
    assert (made.state, made.why) == ("void", why)


@pytest.mark.parametrize(
    ("terms", "changes"),
    [
        (WaiverTerms(never=["RMC-SUB-002"]), {}),
        (WaiverTerms(four_eyes=True), {}),
        (WaiverTerms(), {"approved_by": "a.meier@example.com"}),
        (WaiverTerms(max_days=41), {}),
        (WaiverTerms(), {"approved": date(2026, 12, 1)}),
    ],
)
def test_what_is_allowed_voids_nothing(terms: WaiverTerms, changes: dict[str, object]) -> None:
    assert one(WRITTEN._replace(**changes), NOW, under(terms)).state == "in_force"  # type: ignore[arg-type]


def test_days_count_by_the_offset_of_its_end() -> None:
    late = WRITTEN._replace(expires=datetime.fromisoformat("2026-12-31T23:59:59-10:00"))
    assert one(late, NOW, under(WaiverTerms(max_days=41))).state == "in_force"


def test_renewing_needs_a_new_approval() -> None:
    strict = under(WaiverTerms(max_days=41))
    longer = WRITTEN._replace(expires=datetime.fromisoformat("2027-01-31T23:59:59+01:00"))
    assert one(longer, NOW, strict).state == "void"
    assert one(longer._replace(approved=date(2026, 12, 21)), "2026-12-22T00:00:00Z", strict).state == "in_force"


def test_each_policy_that_has_the_rule_may_void_it() -> None:
    lax, strict = under(WaiverTerms()), under(WaiverTerms(never=[RULE]))._replace(id="strict")
    assert one(WRITTEN, NOW, lax, strict).state == one(WRITTEN, NOW, strict, lax).state == "void"
    assert one(WRITTEN, NOW, lax, strict._replace(rules=())).state == "in_force"


def test_notice_is_that_of_the_policy() -> None:
    assert one(WRITTEN, NOW, under(WaiverTerms(notice_days=31))).state == "soon"
    assert one(WRITTEN, "2026-12-31T22:59:58Z", under(WaiverTerms(notice_days=0))).state == "in_force"


def test_what_ran_out_is_no_longer_void() -> None:
    assert one(WRITTEN, "2027-01-01T00:00:00Z", under(WaiverTerms(never=[RULE]))).state == "expired"


def test_a_rule_that_is_not_judged_is_known_to_be_so() -> None:
    assert (one().judged, one(WRITTEN._replace(rule="RMC-NOT-001")).judged) == (True, False)


def test_no_secret_gets_in() -> None:
    secret = hashlib.sha256(b"x").hexdigest()
    made = one(WRITTEN._replace(reason=f"password={secret}", owner=f"token={secret}", ticket=f"secret: {secret}"))
    assert secret not in repr(made)
