"""What kernel parameters are set to at boot: files with one name, the order of names, patterns, /etc/sysctl.conf."""

import pytest

from rmccomply.evidence.model import Evidence
from rmccomply.facts.images.sysctl_settings import FOLDERS, SysctlValue, sysctl_names, sysctl_value
from tests.hosts.building import file
from tests.hosts.cases import broken
from tests.hosts.image_files import absent, gone, image, listed

ETC, LOCAL, LIB = FOLDERS
CONF = "/etc/sysctl.conf"
KEY = "net/ipv6/conf/all/disable_ipv6"
ONE = "net.ipv6.conf.all.disable_ipv6 = 1\n"
ZERO = "net.ipv6.conf.all.disable_ipv6 = 0\n"


def value(files: dict[str, str], *others: Evidence, key: str = KEY) -> SysctlValue:
    """With these files and no others; a text `-> X` is a link."""
    evidence = [absent(CONF)]
    for folder in FOLDERS:
        names = [path.rpartition("/")[2] for path in files if path.startswith(f"{folder}/")]
        links = {name: files[f"{folder}/{name}"][3:] for name in names if files[f"{folder}/{name}"].startswith("-> ")}
        evidence.append(
            listed(folder, *(name for name in names if name not in links), **links) if names else gone(folder)
        )
    evidence += [file(path, text) for path, text in files.items() if not text.startswith("-> ")]
    return sysctl_value(image(*evidence, *others), key)


CASES: list[tuple[dict[str, str], int | None]] = [
    ({}, None),
    ({f"{ETC}/a.conf": ONE}, 1),
    ({f"{ETC}/a.conf": ONE + ZERO}, 0),
    ({f"{ETC}/a.conf": ONE, f"{ETC}/b.conf": ZERO}, 0),
    ({f"{ETC}/b.conf": ONE, f"{LIB}/a.conf": ZERO}, 1),
    ({f"{ETC}/a.conf": ZERO, f"{LIB}/b.conf": ONE}, 1),
    ({f"{ETC}/a.conf": "# nothing\n", f"{LIB}/a.conf": ONE}, None),
    ({f"{LOCAL}/a.conf": ZERO, f"{LIB}/a.conf": ONE}, 0),
    ({f"{ETC}/a.conf": "-> /dev/null", f"{LIB}/a.conf": ONE}, None),
    ({f"{ETC}/a.cfg": ONE}, None),
    ({f"{ETC}/a.conf": "net/ipv6/conf/all/disable_ipv6=1\n"}, 1),
    ({f"{ETC}/a.conf": f"-{ONE}"}, 1),
    ({f"{ETC}/a.conf": "net.ipv6.conf.*.disable_ipv6 = 1\n"}, 1),
    ({f"{ETC}/a.conf": f"{ZERO}net.ipv6.conf.*.disable_ipv6 = 1\n"}, 0),
    ({f"{ETC}/a.conf": "-net.ipv6.conf.all.disable_ipv6\nnet.ipv6.conf.*.disable_ipv6 = 1\n"}, None),
    ({f"{ETC}/a.conf": "net.ipv6.conf.all.disable_ipv6 = yes\n"}, None),
    ({f"{ETC}/a.conf": "net.ipv6.conf.eth1.disable_ipv6 = 1\n"}, None),
]


@pytest.mark.parametrize(("files", "expected"), CASES)
def test_the_setting_that_counts(files: dict[str, str], expected: int | None) -> None:
    found = value(files)
    assert (found.number, found.why) == (expected, None)
    assert bool(found.evidence) == (expected is not None)


def test_the_old_file_is_read_where_a_link_leads_to_it() -> None:
    linked = {f"{ETC}/99-sysctl.conf": "-> ../sysctl.conf"}
    assert value(linked, file(CONF, ONE)).number == 1
    assert value({**linked, f"{ETC}/zz.conf": ZERO}, file(CONF, ONE)).number == 0
    found = value({f"{ETC}/99-sysctl.conf": "-> ../sysctl.conf"}, broken(file(CONF), "denied"))
    assert found.why is not None


def test_without_a_link_the_two_ways_must_agree() -> None:
    assert value({}, file(CONF, "kernel.sysrq = 1\n")).why is None
    found = value({}, file(CONF, ONE))
    assert found.why is not None
    assert (found.number, found.why.reason) == (None, "inconclusive")
    assert value({f"{ETC}/a.conf": ONE}, file(CONF, ONE)).number == 1


def test_a_file_that_was_not_read_may_set_it_unless_an_earlier_one_than_the_setting() -> None:
    files = {f"{ETC}/a.conf": ZERO, f"{ETC}/b.conf": ONE}
    lost = broken(file(f"{ETC}/a.conf"), "denied")
    assert value(files, lost).why is None
    found = value(files, broken(file(f"{ETC}/b.conf"), "denied"))
    assert found.why is not None
    assert found.why.reason == "denied"
    assert f"{ETC}/b.conf" in found.why.says


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_that_was_not_listed_may_hold_one_more(folder: str) -> None:
    evidence = [absent(CONF), *(gone(path) for path in FOLDERS if path != folder)]
    found = sysctl_value(image(*evidence), KEY)
    assert found.why is not None
    assert found.why.settle == f"ls -l {folder}"


def test_names_that_are_set_themselves() -> None:
    text = "net.ipv6.conf.env3.disable_ipv6 = 1\nnet.ipv6.conf.*.disable_ipv6 = 1\n"
    facts = image(listed(ETC, "a.conf"), file(f"{ETC}/a.conf", text))
    assert sysctl_names(facts, "net/ipv6/conf/*/disable_ipv6") == ("net/ipv6/conf/env3/disable_ipv6",)
