"""Whether RMC starts at boot: /etc/inittab and systemd. All evidence is constructed."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.model import Fact
from tests.hosts.building import INITTAB, command, facts, file
from tests.hosts.cases import KVM, NOT_INSTALLED, SYSTEMCTL, broken, lines, linux_host, lslpp, says, units

ENTRY = "ctrmc:2:once:/usr/bin/startsrc -s ctrmc > /dev/console 2>&1\n"


def inittab(text: str) -> Evidence:
    return file("/etc/inittab", text)


def aix(*evidence: Evidence, platform: str = "aix") -> Fact:
    return facts(lslpp(), *evidence, platform=platform).fact("boot.ctrmc")


ENTRIES = [
    pytest.param(INITTAB, "enabled", id="both entries"),
    pytest.param(INITTAB.replace(ENTRY, ""), "missing", id="no entry of ctrmc"),
    pytest.param(INITTAB.replace("srcmstr:2", "other:2").replace("/srcmstr", "/other"), "missing", id="no srcmstr"),
    pytest.param(INITTAB.replace("ctrmc:2:once", ":ctrmc:2:once"), "disabled", id="a colon in front"),
    pytest.param(INITTAB.replace("ctrmc:2:once", "ctrmc:2:off"), "disabled", id="action off"),
    pytest.param(INITTAB.replace("ctrmc:2:once", "ctrmc:3:once"), "disabled", id="another run level"),
    pytest.param(INITTAB.replace("ctrmc:2:once", "ctrmc::once"), "enabled", id="every run level"),
    pytest.param(INITTAB.replace("ctrmc:2:once", "rmc:2:once"), "enabled", id="another identifier"),
    pytest.param(INITTAB.replace("ctrmc:2:once", "#ctrmc:2:once"), "?inconclusive", id="a # in front"),
    pytest.param(f":{ENTRY}{INITTAB}", "enabled", id="switched off and on again"),
    pytest.param(INITTAB + "an odd line\n", "enabled", id="an odd line beside both"),
    pytest.param(INITTAB.replace(ENTRY, "an odd line\n"), "?truncated", id="an odd line for the entry"),
]


def entry(command: str, action: str = "once") -> str:
    """The file with another command, or another action, of ctrmc."""
    return INITTAB.replace(ENTRY, f"ctrmc:2:{action}:{command}\n")


COMMANDS = [
    # command of the entry of ctrmc, value
    ("/usr/bin/startsrc -s ctrmc", "enabled"),
    ("/usr/bin/startsrc -sctrmc >/dev/null 2>&1 &", "enabled"),
    ("sleep 10; startsrc -s ctrmc # RMC", "enabled"),
    ("#/usr/bin/startsrc -s ctrmc > /dev/console 2>&1", "disabled"),
    ("# /usr/bin/startsrc -s ctrmc", "disabled"),
    ("/bin/true", "?inconclusive"),
    ("/bin/true # startsrc -s ctrmc", "?inconclusive"),
    ("echo startsrc -s ctrmc", "?inconclusive"),
    ("/usr/bin/stopsrc -s ctrmc", "?inconclusive"),
    ("startsrc -s ctrmc; stopsrc -s ctrmc", "?inconclusive"),
    ("startsrc -s ctrmc; /usr/sbin/rsct/bin/rmcctrl -z", "?inconclusive"),
    ("startsrc -s ctcas", "?inconclusive"),
    ("[ -f /x ] && startsrc -s ctrmc", "?inconclusive"),
    ("false || startsrc -s ctrmc", "?inconclusive"),
    ("if false; then startsrc -s ctrmc; fi", "?inconclusive"),
    ("sh -c 'startsrc -s ctrmc'", "?inconclusive"),
    ("/etc/rc.rmc", "?inconclusive"),
    ("", "?inconclusive"),
]


@pytest.mark.parametrize(("command_line", "expected"), COMMANDS)
def test_the_command_must_start_it(command_line: str, expected: str) -> None:
    assert says(aix(inittab(entry(command_line)))) == expected


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("wait", "enabled"),
        ("respawn", "enabled"),
        ("off", "disabled"),
        ("powerfail", "?inconclusive"),
        ("Once", "?unparsable"),
    ],
)
def test_the_action_must_run_it(action: str, expected: str) -> None:
    assert says(aix(inittab(entry("/usr/bin/startsrc -s ctrmc", action)))) == expected


def test_without_a_run_level_that_is_known_an_odd_action_leaves_it_open() -> None:
    assert says(aix(inittab(INITTAB.replace("initdefault", "Initdefault")))) == "?unparsable"


@pytest.mark.parametrize(("text", "expected"), ENTRIES)
@pytest.mark.parametrize("platform", ["aix", "vios"])
def test_inittab(text: str, expected: str, platform: str) -> None:
    assert says(aix(inittab(text), platform=platform)) == expected


def test_inittab_without_an_answer() -> None:
    cut = broken(inittab(INITTAB.replace(ENTRY, "")), "truncated", partial=True)
    assert says(aix()) == "?not_collected"
    assert says(aix(broken(inittab(INITTAB), "denied"))) == "?denied"
    assert says(aix(cut)) == "?truncated"
    assert aix(cut).says == (
        "Whether RMC starts at boot is unknown: "
        "the entry of ctrmc in /etc/inittab is not seen to start it, and others may be missing."
    )
    assert lines(aix(cut).evidence) == "%sect of /etc/inittab"
    assert says(aix(file("/etc/inittab", state="absent"))) == "missing"


def test_the_entry_proves_it() -> None:
    assert lines(aix(inittab(INITTAB.replace("ctrmc:2", ":ctrmc:2"))).evidence).startswith(":ctrmc:2:once")
    assert len(aix(inittab(INITTAB)).evidence) == 2


def linux(*evidence: Evidence, cpuinfo: str | None = None) -> Fact:
    host = linux_host(cpuinfo) if cpuinfo else linux_host()
    return facts(*host, *evidence, platform="linux").fact("boot.ctrmc")


UNITS = [
    pytest.param([units()], "enabled", id="both"),
    pytest.param([units(srcmstr="")], "enabled", id="no unit srcmstr"),
    pytest.param([units("")], "missing", id="no unit ctrmc"),
    pytest.param([units("disabled")], "disabled", id="ctrmc disabled"),
    pytest.param([units("masked")], "disabled", id="ctrmc masked"),
    pytest.param([units(srcmstr="disabled")], "disabled", id="srcmstr disabled"),
    pytest.param([units("static")], "?inconclusive", id="a state that does not tell"),
    pytest.param([units("enabled-runtime")], "?inconclusive", id="until the next start only"),
    pytest.param([units(), command("systemctl is-enabled ctrmc", "disabled\n", 1)], "?conflicting", id="two answers"),
    pytest.param([command("systemctl is-enabled ctrmc", "enabled\n")], "?not_collected", id="ctrmc alone"),
    pytest.param([command("systemctl is-enabled ctrmc", "disabled\n", 1)], "disabled", id="ctrmc alone, disabled"),
    pytest.param([command("systemctl is-active ctrmc srcmstr", "active\nactive\n")], "?not_collected", id="is-active"),
    pytest.param([command(SYSTEMCTL, "", 127)], "?command_absent", id="no systemd"),
    pytest.param([inittab(INITTAB)], "?not_collected", id="inittab does not speak for Linux"),
]


@pytest.mark.parametrize(("evidence", "expected"), UNITS)
def test_systemd(evidence: list[Evidence], expected: str) -> None:
    assert says(linux(*evidence)) == expected


RUNNING = command(
    "lssrc -s ctrmc", "Subsystem         Group            PID          Status \n ctrmc rsct 4718752 active\n"
)


def test_the_line_that_says_so_is_shown() -> None:
    fact = facts(units("disabled"), platform="linux").fact("boot.ctrmc")
    assert [place.text for place in fact.evidence] == ["Id=ctrmc.service", "UnitFileState=disabled"]
    fact = facts(units(""), RUNNING, platform="linux").fact("boot.ctrmc")
    assert [place.text for place in fact.evidence] == ["Id=ctrmc.service", "LoadState=not-found"]


def test_a_unit_that_is_missing_where_rsct_may_be_too_says_nothing() -> None:
    fact = facts(units(""), platform="linux").fact("boot.ctrmc")
    assert fact.says == "Whether RMC starts at boot is unknown: `rpm -qa` was not collected."
    assert says(facts(units(""), RUNNING, platform="linux").fact("boot.ctrmc")) == "missing"
    listing = "UNIT FILE      STATE   PRESET\ncrond.service  enabled enabled\n\n1 unit files listed.\n"
    assert facts(command("systemctl list-unit-files", listing), platform="linux").fact("boot.ctrmc").state == "unknown"


def test_an_answer_that_leaves_it_out_is_not_called_missing() -> None:
    fact = facts(command(SYSTEMCTL, "ActiveState=active\n\nActiveState=active\n"), platform="linux").fact("boot.ctrmc")
    assert fact.says == (
        "Whether RMC starts at boot is unknown: what was collected does not show it for both ctrmc and srcmstr."
    )
    assert {place.request for place in fact.evidence} == {SYSTEMCTL}


def test_where_rmc_is_not_due() -> None:
    assert says(facts(NOT_INSTALLED, inittab(INITTAB.replace(ENTRY, ""))).fact("boot.ctrmc")) == "n/a"
    assert says(facts(command("uname -W", "3\n"), inittab("a:2:once:/x\n")).fact("boot.ctrmc")) == "n/a"
    assert says(linux(units("disabled"), cpuinfo=KVM)) == "disabled"
    assert says(facts(*linux_host(KVM, ""), units(""), platform="linux").fact("boot.ctrmc")) == "n/a"


@pytest.mark.parametrize("option", ["-s ctrmc", "-sctrmc"])
def test_an_entry_of_another_name_starts_it_too(option: str) -> None:
    text = INITTAB.replace("ctrmc:2", "rmc:2").replace("-s ctrmc", option)
    assert says(facts(file("/etc/inittab", text)).fact("boot.ctrmc")) == "enabled"
