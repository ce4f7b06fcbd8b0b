"""How long the system and RMC have been up, and the grace that a young one gets (table 2.5)."""

from typing import Any

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.groups.start import settled
from rmccomply.facts.model import known
from tests.hosts.building import command, facts, file
from tests.hosts.cases import broken, lines, says

AIX = "  10:14AM   up {up},  2 users,  load average: 1.20, 1.11, 1.04\n"
PS = "UID  PID PPID C STIME TTY TIME CMD\nroot 5439966 3932484 0 {started} - 1:22 {name} -r\n"
ELAPSED = "  PID ELAPSED COMMAND\n  900 {time} /opt/rsct/bin/rmcd -a IBM.LPCommands -r\n"
SHOW = "Id={unit}.service\nLoadState=loaded\nActiveState={active}\nActiveEnterTimestamp={since}\n"
RMCD = "/opt/rsct/bin/rmcd"


def uptime(up: str) -> Evidence:
    return command("uptime", AIX.format(up=up))


def ps(started: str, name: str = RMCD) -> Evidence:
    return command("ps -ef", PS.format(started=started, name=name))


def elapsed(time: str) -> Evidence:
    return command("ps -A -o pid,etime,args", ELAPSED.format(time=time))


def show(since: str, unit: str = "ctrmc", active: str = "active", **more: Any) -> Evidence:
    return command("systemctl show ctrmc", SHOW.format(unit=unit, active=active, since=since), **more)


DAYS = uptime("4 days,   3:00")
BOOTED = file("/proc/uptime", "90000.00 100.00\n")
RECENT = [
    pytest.param([DAYS], "no", id="four days"),
    pytest.param([uptime("14 mins")], "yes", id="14 minutes"),
    pytest.param([uptime("15 mins")], "no", id="15 minutes"),
    pytest.param([file("/proc/uptime", "899.99 100.00\n")], "yes", id="899 seconds"),
    pytest.param([file("/proc/uptime", "900.00 100.00\n")], "no", id="900 seconds"),
    pytest.param([broken(uptime("8 mins"), "timeout")], "?timeout", id="no answer"),
    pytest.param(
        [command("who -b", "   .        system boot Nov 20 02:55\n")], "?not_collected", id="a local date alone"
    ),
    pytest.param([], "?not_collected", id="not collected"),
    pytest.param([DAYS, elapsed("14:59")], "yes", id="rmcd started 14:59 before"),
    pytest.param([DAYS, elapsed("00:14:59")], "yes", id="rmcd started 00:14:59 before"),
    pytest.param([DAYS, elapsed("15:00")], "no", id="rmcd started 15:00 before"),
    pytest.param([DAYS, elapsed("15:30")], "no", id="rmcd started 15:30 before"),
    pytest.param([DAYS, elapsed("01:05:00")], "no", id="rmcd started an hour before"),
    pytest.param([DAYS, elapsed("2-00:05:00")], "no", id="rmcd started two days before"),
    pytest.param([DAYS, ps("10:02:33")], "yes", id="a time of day against the clock of uptime"),
    pytest.param([DAYS, ps("09:02:33")], "no", id="an hour earlier by the clock"),
    pytest.param([DAYS, ps("10:14:40")], "yes", id="in the minute that uptime prints"),
    pytest.param([DAYS, ps("10:15:30")], "yes", id="between uptime and ps"),
    pytest.param([DAYS, ps("10:16:00")], "no", id="a day less a moment before"),
    pytest.param([DAYS, ps("Nov20")], "no", id="another day, in one word"),
    pytest.param([DAYS, ps("Nov 01")], "no", id="another day"),
    pytest.param([DAYS, ps("10:02:33", "/opt/rsct/bin/IBM.DRMd")], "no", id="another daemon"),
    pytest.param([ps("10:02:33")], "?not_collected", id="a time of day without a clock"),
    pytest.param([uptime("a while"), ps("10:02:33")], "yes", id="clock alone"),
    pytest.param([DAYS, show("Fri 2026-11-20 02:50:00 UTC")], "yes", id="systemd, in UTC"),
    pytest.param([DAYS, show("Fri 2026-11-20 02:44:59 UTC")], "no", id="systemd, 15 minutes and a second"),
    pytest.param([DAYS, show("Fri 2026-11-20 02:50:00 CET")], "no", id="systemd, in a zone that is not known"),
    pytest.param([BOOTED, show("Fri 2026-11-20 03:57:00 CET")], "?inconclusive", id="a zone ahead of UTC"),
    pytest.param([BOOTED, show("Thu 2026-11-19 21:57:00 EST")], "?inconclusive", id="a zone behind UTC"),
    pytest.param([BOOTED, show("Fri 2026-11-20 17:00:00 +14")], "?inconclusive", id="the furthest zone ahead"),
    pytest.param([BOOTED, show("Fri 2026-11-20 17:00:01 +14")], "no", id="beyond the furthest zone ahead"),
    pytest.param([BOOTED, show("Thu 2026-11-19 14:45:01 -12")], "?inconclusive", id="the furthest zone behind"),
    pytest.param([BOOTED, show("Thu 2026-11-19 14:45:00 -12")], "no", id="beyond the furthest zone behind"),
    pytest.param([BOOTED, show("Fri 2026-11-20 03:57:00 CET"), elapsed("04:05:00")], "no", id="ps shows rmcd"),
    pytest.param(
        [BOOTED, show("Fri 2026-11-20 03:57:00 CET"), elapsed("24-18:10:41")],
        "?inconclusive",
        id="ps shows an older one",
    ),
    pytest.param([BOOTED, show("Fri 2026-11-20 03:57:00 CET"), elapsed("04:05")], "yes", id="ps shows it young"),
    pytest.param([DAYS, show("Fri 2026-11-20 10:10:00 XST")], "?inconclusive", id="just now by the clock of uptime"),
    pytest.param([BOOTED, show("Fri 2026-11-20 03:57:00 CET", active="failed")], "no", id="a zone, not active"),
    pytest.param([BOOTED, show("Fri 2026-11-20 03:57:00 CET", "srcmstr")], "no", id="a zone, another unit"),
    pytest.param([DAYS, show("Fri 2026-11-20 02:50:00 UTC", ended=None)], "no", id="systemd, asked at an unknown time"),
    pytest.param([DAYS, show("Fri 2026-11-20 02:50:00 UTC", active="failed")], "no", id="systemd, not active"),
    pytest.param([DAYS, show("Fri 2026-11-20 02:50:00 UTC", "srcmstr")], "no", id="another unit"),
    pytest.param([DAYS, show("")], "no", id="systemd does not say"),
]


@pytest.mark.parametrize(("evidence", "expected"), RECENT)
def test_recent(evidence: list[Evidence], expected: str) -> None:
    assert says(facts(*evidence).fact("start.recent")) == expected


@pytest.mark.parametrize(
    ("clock", "started", "expected"),
    [
        ("12:05AM", "23:55:00", "yes"),
        ("12:05PM", "11:55:00", "yes"),
        ("12:05PM", "00:01:00", "no"),
        ("1:05PM", "13:01:00", "yes"),
        ("10:14AM", "22:02:33", "no"),
        ("13:05:10", "13:01", "yes"),
    ],
)
def test_clocks_of_both_kinds(clock: str, started: str, expected: str) -> None:
    up = command("uptime", f" {clock} up 4 days, 3:00, 1 user, load average: 0.09, 0.05, 0.01\n")
    assert says(facts(up, ps(started)).fact("start.recent")) == expected


@pytest.mark.parametrize(("up", "text"), [("8 mins", "8 minutes"), ("3:00", "3 hours"), ("4 days,   3:00", "4 days")])
def test_it_says_how_long(up: str, text: str) -> None:
    fact = facts(uptime(up)).fact("start.recent")
    assert fact.says == f"The system started {text} before."
    assert f"up {up}" in lines(fact.evidence)


def test_only_what_is_bad_settles() -> None:
    young = facts(uptime("8 mins"))
    bad, good = (known("console.connection", word, f"It is {word}.") for word in ("down", "up"))
    assert settled(young, good, ("up",)) == good
    assert says(settled(young, bad, ("up",))) == "?settling"
    assert settled(facts(DAYS), bad, ("up",)) == bad
    assert settled(facts(), bad, ("up",)) == bad


def test_a_process_list_that_says_nothing_settles_nothing() -> None:
    assert says(facts(DAYS, broken(elapsed("05:00"), "timeout")).fact("start.recent")) == "no"


def test_what_is_young_rests_upon_when_it_started() -> None:
    young = facts(uptime("8 mins"))
    bad = known("console.connection", "down", "It is down.")
    assert [one.name for one in settled(young, bad, ("up",)).basis] == ["console.connection", "start.recent"]


@pytest.mark.parametrize(
    ("up", "text"),
    [("47 hrs", "47 hours"), ("2 days, 0:00", "2 days"), ("2 days, 0:59", "2 days")],
)
def test_how_long_ago_is_told_in_hours_up_to_two_days(up: str, text: str) -> None:
    assert f"The system started {text} before" in facts(uptime(up)).fact("start.recent").says


@pytest.mark.parametrize(
    ("started", "expected"), [("10:14", "yes"), ("10:14:00", "yes"), ("1O:14", "no"), ("10", "no")]
)
def test_a_start_at_the_very_minute_of_the_clock(started: str, expected: str) -> None:
    assert says(facts(DAYS, ps(started)).fact("start.recent")) == expected


def test_what_may_settle_is_not_judged_where_the_start_cannot_be_placed() -> None:
    local = facts(BOOTED, show("Fri 2026-11-20 03:57:00 CET"))
    bad = known("console.connection", "down", "It is down.")
    fact = settled(local, bad, ("up",))
    assert says(fact) == "?inconclusive"
    assert fact.says.startswith(
        "It is down. Whether that may settle by itself is unknown: systemd prints 'Fri 2026-11-20"
    )
    assert fact.settle == "ps -A -o pid,etime,args"
