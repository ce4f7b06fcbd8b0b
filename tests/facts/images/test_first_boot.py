"""What else resets RSCT at the first boot, and what only seems to."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.images.first_boot import first_boot
from tests.hosts.building import command, facts
from tests.hosts.roots import RECFGCT, UNITS, Root, linux

SERVICE = f"{UNITS}/rsct-first.service"
LINK = {f"{UNITS}/multi-user.target.wants/rsct-first.service": SERVICE}
TEXT = f"[Service]\nExecStart={RECFGCT}\n"
SCRIPT = f"#!/bin/sh\n{RECFGCT}\n"
ONCE = "/var/lib/cloud/scripts/per-once/rsct.sh"
INSTANCE = "/var/lib/cloud/scripts/per-instance/rsct.sh"


def state(built: Root, *more: Evidence) -> bool | None:
    return first_boot(facts(*built.evidence(), *more, platform="linux")).holds


def script(path: str, *, executable: bool = True, text: str = SCRIPT) -> Root:
    built = linux().having({path: text})
    return Root(built.files, built.links, built.folders, frozenset({path}) if executable else frozenset())


def test_nothing_does() -> None:
    assert state(linux()) is False


def test_units() -> None:
    unit = linux().having({SERVICE: TEXT})
    assert state(unit) is False
    assert state(unit.linking(LINK)) is True
    assert state(unit.lacking(SERVICE).linking({**LINK, SERVICE: "/dev/null"})) is False
    assert state(linux().having({SERVICE: TEXT.replace("ExecStart", "#ExecStart")}).linking(LINK)) is False
    assert state(linux().having({SERVICE: TEXT.replace("ExecStart", "ExecStop")}).linking(LINK)) is None
    assert state(linux().having({SERVICE: TEXT.replace(RECFGCT, f"{RECFGCT} -n")}).linking(LINK)) is None


def test_a_drop_in_is_of_its_unit() -> None:
    drop = linux().having({f"{UNITS}/cloud-final.service.d/rsct.conf": f"[Service]\nExecStartPost={RECFGCT}\n"})
    assert state(drop) is True
    assert state(linux().having({f"{UNITS}/ctrmc.service.d/rsct.conf": TEXT})) is False


def test_a_unit_that_another_one_may_start() -> None:
    built = linux().having({SERVICE: TEXT, SERVICE.replace("service", "timer"): "[Timer]\n"})
    assert state(built) is False
    timer = {f"{UNITS}/multi-user.target.wants/rsct-first.timer": SERVICE.replace("service", "timer")}
    assert state(built.linking(timer)) is None


@pytest.mark.parametrize("path", ["/etc/rc.local", "/etc/rc.d/rc.local"])
def test_rc_local_counts_where_it_may_be_executed(path: str) -> None:
    assert state(script(path)) is True
    assert state(script(path, executable=False)) is False
    assert state(script(path, text="#!/bin/sh\n# recfgct\n")) is False
    assert state(script(path, text=f"#!/bin/sh\necho {RECFGCT}\n")) is None
    whole = script(path).evidence()
    told = facts(*(one for one in whole if not one.request.startswith("ls -l /etc/rc")), platform="linux")
    assert first_boot(told).holds is None


def test_scripts_of_cloud_init() -> None:
    assert state(script(INSTANCE)) is True
    assert state(script(INSTANCE, executable=False)) is False
    assert state(script(INSTANCE).having({"/etc/cloud/cloud-init.disabled": ""})) is False
    config = linux().files["/etc/cloud/cloud.cfg"].replace("  - scripts_per_instance\n", "")
    assert state(script(INSTANCE).having({"/etc/cloud/cloud.cfg": config})) is False


def test_scripts_that_run_once_and_ran() -> None:
    assert state(script(ONCE)) is True
    assert state(script(ONCE).having({"/var/lib/cloud/sem/config_scripts_per_once.once": ""})) is False
    assert state(script("/var/lib/cloud/scripts/vendor/rsct.sh")) is None


def configured(more: str, *without: str) -> Root:
    text = linux().files["/etc/cloud/cloud.cfg"]
    for name in without:
        text = text.replace(f"  - {name}\n", "")
    return linux().having({"/etc/cloud/cloud.cfg": text + more})


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        (f"runcmd:\n - {RECFGCT}\n", True),
        (f"runcmd:\n - [{RECFGCT}]\n", True),
        (f"runcmd:\n - |\n   set -e\n   {RECFGCT}\n", True),
        (f"bootcmd: [{RECFGCT}]\n", True),
        (f"# runcmd: [{RECFGCT}]\n", False),
        (f"runcmd: [echo {RECFGCT}]\n", None),
        (f"write_files:\n - content: {RECFGCT}\n", None),
    ],
)
def test_commands_of_the_configuration(more: str, holds: bool | None) -> None:
    assert state(configured(more)) is holds


def test_commands_need_their_modules() -> None:
    more = f"runcmd: [{RECFGCT}]\n"
    assert state(configured(more, "runcmd")) is False
    assert state(configured(more, "scripts_user")) is False


def test_commands_that_another_file_replaces_do_not_count() -> None:
    built = configured(f"runcmd: [{RECFGCT}]\n").having({"/etc/cloud/cloud.cfg.d/9.cfg": "runcmd: [date]\n"})
    assert state(built) is None


@pytest.mark.parametrize(
    "answer",
    [
        command("grep -rns recfgct /etc/cloud", "", 2),
        command("grep -rns recfgct /etc/cloud", f"/etc/cloud/x:1:# {RECFGCT}\n", None),
    ],
)
def test_a_search_that_did_not_end_well_proves_nothing(answer: Evidence) -> None:
    whole = [one for one in linux().evidence() if "recfgct" not in one.request]
    assert first_boot(facts(*whole, platform="linux")).holds is None
    assert first_boot(facts(*whole, answer, platform="linux")).holds is None
