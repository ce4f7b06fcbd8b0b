"""What renews the node ID at the first boot, as it is told."""

from tests.hosts.building import facts
from tests.hosts.roots import RECFGCT, UNITS, linux

UNIT = f"{UNITS}/rsct-first.service"
LINK = {f"{UNITS}/multi-user.target.wants/rsct-first.service": UNIT}


def test_what_is_said() -> None:
    told = facts(*linux().evidence(), platform="linux").fact("image.reset")
    assert told.says == (
        "cloud-init renews the node ID at the first boot: the module reset_rmc is in cloud_final_modules, and nothing "
        "keeps it from starting."
    )
    built = linux().having({"/etc/cloud/cloud-init.disabled": ""})
    told = facts(*built.evidence(), platform="linux").fact("image.reset")
    assert told.says == (
        "Nothing renews the node ID at the first boot: /etc/cloud/cloud-init.disabled keeps cloud-init from starting, "
        "and no unit or script does it instead."
    )
    built = built.having({UNIT: f"[Service]\nExecStart={RECFGCT}\n"}).linking(LINK)
    told = facts(*built.evidence(), platform="linux").fact("image.reset")
    assert (told.value, told.says) == (
        "first_boot",
        "The node ID is renewed at the first boot: rsct-first.service renews it.",
    )


def test_an_unknown_names_what_would_tell() -> None:
    whole = [one for one in linux().evidence() if one.request != "ls -l /etc/cloud"]
    told = facts(*whole, platform="linux").fact("image.reset")
    assert (told.state, told.reason, told.settle) == ("unknown", "not_collected", "ls -l /etc/cloud")


def test_without_any_evidence() -> None:
    assert facts(platform="linux").fact("image.reset").state == "unknown"
    assert facts(platform="").fact("image.reset").state == "unknown"
    assert facts(platform="vios").fact("image.reset").state == "not_applicable"
