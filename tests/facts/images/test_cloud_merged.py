"""Files of cloud-init put together as cloud-init does it, held to its own rules written down another way."""

from collections.abc import Mapping
from itertools import product

import pytest

from rmccomply.facts.gather import Facts
from rmccomply.facts.images.cloud_merged import Merged, merged
from tests.hosts.building import facts
from tests.hosts.cloud_configs import AIX, DPKG, INSTALLER, PVSADM, RHEL, SLES, UBUNTU
from tests.hosts.roots import Root, aix, linux

BASE = "/etc/cloud/cloud.cfg"


def of(built: Root) -> Merged:
    told: Facts = facts(*built.evidence(), platform="aix" if built.aix else "linux")
    return merged(told)


def having(files: Mapping[str, str]) -> Merged:
    return of(
        linux().having({path if path.startswith("/") else f"{BASE}.d/{path}": text for path, text in files.items()})
    )


def names(config: Merged, of_list: str) -> list[str]:
    return [one.module.name for one in config.modules if one.module.list == of_list]


@pytest.mark.parametrize("held", list(product(("absent", "null", "a", "b"), repeat=3)))
def test_a_list_is_that_of_the_last_file_that_has_it(held: tuple[str, str, str]) -> None:
    """Also where it is null there: what is there is not replaced by what counts less."""
    texts = {"absent": "x: y\n", "null": "cloud_config_modules:\n", "a": "cloud_config_modules: [a]\n"}
    texts["b"] = "cloud_config_modules: [b, c]\n"
    files = dict(zip((BASE, "10_a.cfg", "9_b.cfg"), (texts[one] for one in held), strict=True))
    last = next((one for one in reversed(held) if one != "absent"), "absent")
    expected = {"absent": [], "null": [], "a": ["a"], "b": ["b", "c"]}[last]
    assert names(having(files), "cloud_config_modules") == expected


def test_only_files_whose_names_end_in_cfg_count() -> None:
    config = having({"90_x.conf": "cloud_final_modules: []\n", "README": "text", "99.cfg.rpmsave": "a: [\n"})
    assert config.why is None
    assert "reset_rmc" in names(config, "cloud_final_modules")


def test_settings_of_several_files() -> None:
    config = having(
        {"1.cfg": "manual_cache_clean: on\nsystem_info: {paths: {cloud_dir: /srv/cloud/}}\n", "2.cfg": "a: b"}
    )
    assert (config.manual, config.state) == (True, "/srv/cloud")
    assert not having({"1.cfg": "manual_cache_clean: true\n", "2.cfg": "manual_cache_clean: 'no'\n"}).manual


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("merge_how: list(append)\n", "inconclusive"),
        ("merge_type: [{name: list, settings: [append]}]\n", "inconclusive"),
        ("conf_d: /etc/other\n", "inconclusive"),
        ("a: [\n", "unparsable"),
        ("- a list\n", "unparsable"),
    ],
)
def test_other_rules_and_what_is_no_yaml_leave_it_unknown(text: str, reason: str) -> None:
    why = having({"50_x.cfg": text}).why
    assert why is not None
    assert (why.holds, why.reason) == (None, reason)


def test_a_folder_that_is_not_known_leaves_it_unknown() -> None:
    whole = linux().evidence()
    for item in whole:
        if item.request in (BASE, "ls -l /etc/cloud/cloud.cfg.d", f"{BASE}.d/05_logging.cfg"):
            told = facts(*(one for one in whole if one is not item), platform="linux")
            assert merged(told).why is not None, item.request


def test_a_listing_and_a_file_that_contradict_each_other() -> None:
    whole = linux().evidence()
    other = linux().having({f"{BASE}.d/90_new.cfg": "a: b\n"}).evidence()
    extra = next(one for one in other if one.request.endswith("90_new.cfg"))
    why = merged(facts(*whole, extra, platform="linux")).why
    assert why is not None
    assert why.reason == "conflicting"


def test_there_may_be_no_folder_and_no_file() -> None:
    assert of(linux().lacking(f"{BASE}.d")).why is None
    config = of(linux().lacking("/etc/cloud"))
    assert (config.why, config.modules, config.datasources) == (None, (), None)


@pytest.mark.parametrize(
    ("built", "of_list", "datasources"),
    [
        (linux().having({BASE: RHEL}), "cloud_final_modules", None),
        (linux().having({BASE: SLES}), "cloud_final_modules", ("NoCloud", "ConfigDrive", "OpenStack", "None")),
        (
            linux().having({BASE: UBUNTU, f"{BASE}.d/90_dpkg.cfg": DPKG}),
            "cloud_final_modules",
            ("NoCloud", "ConfigDrive", "OpenStack", "None"),
        ),
        (
            linux().having({BASE: UBUNTU, f"{BASE}.d/90_dpkg.cfg": DPKG, f"{BASE}.d/99-installer.cfg": INSTALLER}),
            "cloud_final_modules",
            ("None",),
        ),
        (linux().having({BASE: PVSADM}), "cloud_final_modules", ("ConfigDrive", "NoCloud", "None")),
        (aix().having({"/opt/freeware/etc/cloud/cloud.cfg": AIX}), "cloud_init_modules", ("ConfigDrive",)),
    ],
    ids=["rhel", "sles", "ubuntu", "ubuntu-installer", "pvsadm", "aix"],
)
def test_files_as_distributions_write_them(built: Root, of_list: str, datasources: tuple[str, ...] | None) -> None:
    config = of(built)
    assert config.why is None
    assert "reset_rmc" in names(config, of_list)
    assert config.datasources == datasources
    assert config.state == ("/opt/freeware/var/lib/cloud" if built.aix else "/var/lib/cloud")


def test_what_the_installer_of_ubuntu_leaves_keeps_the_node_id() -> None:
    built = linux().having({BASE: UBUNTU, f"{BASE}.d/90_dpkg.cfg": DPKG})
    assert facts(*built.evidence(), platform="linux").fact("image.identity").value == "fresh"
    built = built.having({f"{BASE}.d/99-installer.cfg": INSTALLER})
    fact = facts(*built.evidence(), platform="linux").fact("image.identity")
    assert (fact.value, fact.evidence[0].text) == ("reset_fails", "datasource_list:")
