"""Identity: machine, serial and partition, as far as uname shows them."""

from rmccomply.facts.gather import Readings
from rmccomply.facts.identity import Identity, identity_of, node_name
from tests.building import command, healthy_aix


def test_a_whole_identity() -> None:
    readings = Readings(healthy_aix())
    assert identity_of(readings) == Identity("9105-42A", "78A0000", 7)
    assert node_name(readings) == "lpar1"


def test_nothing_is_known_of_nothing() -> None:
    assert identity_of(Readings()) == Identity(None, None, None)
    assert node_name(Readings()) == ""


def test_two_answers_that_differ_name_nothing() -> None:
    both = Readings([command("uname -n", "lpar1\n"), command("uname -a", "AIX lpar2 2 7 00F9C2D54C00\n")])
    assert node_name(both) == ""
    assert node_name(Readings([command("uname -n", "lpar1\n"), command("uname -a", "AIX lpar1 2 7 00F9\n")])) == "lpar1"


def test_a_failed_answer_names_nothing() -> None:
    assert identity_of(Readings([command("uname -M", "IBM,9105-42A\n", 1)])).type_model is None
