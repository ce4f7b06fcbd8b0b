"""Identity: machine, serial and partition, as far as uname shows them."""

import pytest

from rmccomply.facts.gather import Readings
from rmccomply.facts.identity import Identity, distribution, identity_of, node_name
from tests.building import command, facts, file, healthy_aix


def test_a_whole_identity() -> None:
    readings = Readings(healthy_aix())
    assert identity_of(readings) == Identity("9105-42A", "78A0000", 7)
    assert node_name(readings) == "lpar1"


PRTCONF = "System Model: IBM,9105-42A\nMachine Serial Number: 78A0000\nLPAR Info: 7 lpar1\n"
CPUINFO = "processor : 0\ncpu : POWER10\n\nmodel : IBM,9105-42A\nmachine : CHRP IBM,9105-42A\n"


def test_every_command_that_shows_it_tells_it() -> None:
    assert identity_of(Readings([command("prtconf", PRTCONF)])) == Identity("9105-42A", "78A0000", 7)
    number = command("lparstat -i", "Node Name : lpar1\nPartition Number : 7\n")
    assert identity_of(Readings([file("/proc/cpuinfo", CPUINFO), number])) == Identity("9105-42A", None, 7)
    old = CPUINFO.replace("model : IBM,9105-42A\n", "")
    assert identity_of(Readings([file("/proc/cpuinfo", old)])).type_model == "9105-42A"


def test_what_two_commands_tell_differently_is_not_known() -> None:
    other = command("prtconf", PRTCONF.replace("78A0000", "78A0001").replace("7 lpar1", "8 lpar1"))
    assert identity_of(Readings([*healthy_aix(), other])) == Identity("9105-42A", None, None)
    assert identity_of(Readings([*healthy_aix(), command("prtconf", PRTCONF)])).serial == "78A0000"


def test_nothing_is_known_of_nothing() -> None:
    assert identity_of(Readings()) == Identity(None, None, None)
    assert node_name(Readings()) == ""


def test_two_answers_that_differ_name_nothing() -> None:
    both = Readings([command("uname -n", "lpar1\n"), command("uname -a", "AIX lpar2 2 7 00F9C2D54C00\n")])
    assert node_name(both) == ""
    assert node_name(Readings([command("uname -n", "lpar1\n"), command("uname -a", "AIX lpar1 2 7 00F9\n")])) == "lpar1"


def test_a_failed_answer_names_nothing() -> None:
    assert identity_of(Readings([command("uname -M", "IBM,9105-42A\n", 1)])).type_model is None


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ("ID=ubuntu\nID_LIKE=debian\n", "ubuntu"),
        ('ID="rhcos"\nID_LIKE="rhel fedora"\n', "rhcos"),
        ('ID="almalinux"\nID_LIKE="rhel centos fedora"\n', "rhel"),
        ('ID="sles"\nID_LIKE="suse"\n', "sles"),
        ("ID=debian\n", ""),
        (None, ""),
    ],
)
def test_a_distribution_is_known_by_its_id_or_by_what_it_is_like(release: str | None, expected: str) -> None:
    answers = [] if release is None else [file("/etc/os-release", f'NAME="A Linux"\n{release}')]
    assert distribution(facts(*answers, platform="linux")) == expected
