"""What a controller noted of a target, joined with what the target answered."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rmccomply.evidence.bundle import read_bundle
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.evidence.companion import is_name_of, joined, label_key, labels_told
from rmccomply.evidence.model import Bundle

BEGUN, ENDED = "2026-11-20T03:00:00Z", "2026-11-20T03:01:00Z"


def controller(label: str = "lpar1", host: str = "lpar1") -> Bundle:
    note = Section("meta", ("rmccomply-collect", "ssh", label), b"collected\n", begun=BEGUN, ended=ENDED)
    return read_bundle(
        write_bundle({"mode": "controller", "host": host}, [note]), "lpar1.controller.rmcc", controller=True
    )


def own(utc: str = BEGUN, host: str = "lpar1") -> Bundle:
    return read_bundle(write_bundle({"host": host, "utc": utc}, []), "lpar1.rmcc")


@given(st.text(min_size=1, alphabet=st.characters(codec="utf-8")), st.text(alphabet="ab é", min_size=1))
@example("größe", "3")
@example("100%41", "x")
@example("a b", "x")
def test_any_name_of_a_label_comes_back(name: str, value: str) -> None:
    head = {"mode": "controller", label_key(name): value}
    assert labels_told(read_bundle(write_bundle(head, []), "x", controller=True)) == {name: value}


@pytest.mark.parametrize("name", ["100%", "a%zz", "%C3"])
def test_a_key_that_nobody_escaped_is_no_fault(name: str) -> None:
    assert labels_told(Bundle((), (), head={f"label.{name}": "x"})) in ({name: "x"}, {"\\xc3": "x"})


@pytest.mark.parametrize(
    ("name", "label", "same"),
    [
        ("lpar7", "lpar7", True),
        ("LPAR7.example.com", "lpar7", True),
        ("lpar7", "lpar7.example.com", True),
        ("lpar7", "lpar7#2", True),
        ("lpar8", "lpar7", False),
        ("lpar7", "192.0.2.7", False),
    ],
)
def test_names_of_one_host(name: str, label: str, same: bool) -> None:
    assert is_name_of(name, label) is same


def test_what_fits_is_joined_without_a_word() -> None:
    found = joined(own(), [controller()])
    assert found.notifications == ()
    assert [item.argv for item in found.evidence] == [("rmccomply-collect", "ssh", "lpar1")]


def test_the_answer_of_another_host_is_noted_with_the_name_that_was_asked_for() -> None:
    (note,) = joined(own(host="lpar8"), [controller("lpar7", "lpar8")]).notifications
    assert (note.level, note.text) == ("warning", "it was asked for as 'lpar7', and calls itself 'lpar8'")
    assert note.line


def test_the_label_of_a_run_is_the_name_that_was_asked_for() -> None:
    assert joined(own(host="lpar8"), [controller("lpar7", "lpar8")]).name == "lpar7"
    asked_by_address = joined(own(), [controller("192.0.2.7")])
    assert (asked_by_address.name, [note.level for note in asked_by_address.notifications]) == ("192.0.2.7", ["note"])


def test_a_host_does_not_speak_for_a_controller() -> None:
    note = Section("meta", ("rmccomply-collect", "ssh", "other"), b"collected\n", begun=BEGUN, ended=ENDED)
    found = read_bundle(write_bundle({"mode": "controller", "host": "lpar1", "label.wave": "1"}, [note]), "lpar1.rmcc")
    assert (found.evidence, found.head.get("mode"), found.name) == ((), None, "lpar1")
    assert "speaks for a controller" in found.notifications[0].text


@pytest.mark.parametrize(
    ("utc", "told"),
    [
        ("2026-11-20T02:46:00Z", False),
        ("2026-11-20T02:44:00Z", True),
        ("2026-11-20T03:15:00Z", False),
        ("2026-11-20T03:17:00Z", True),
        ("2025-01-01T00:00:00Z", True),
        ("yesterday", False),
    ],
)
def test_an_answer_of_another_time_is_told(utc: str, told: bool) -> None:
    notes = joined(own(utc), [controller()]).notifications
    assert ["an older answer" in note.text for note in notes] == [True] * told
