"""What `doctor` tells; against a server it is tested as that command."""

from pathlib import Path

import pytest

from rmccomply.errors import UsageError
from rmccomply.runs.collect.run import Surroundings
from rmccomply.runs.doctor import doctor
from tests.runs.hearing import Heard, kinds
from tests.runs.stand_in import client


def test_what_is_missing_is_one_result(tmp_path: Path) -> None:
    heard = Heard()
    assert doctor(["lpar1"], (), client(tmp_path, {}), "direct", "audit", Surroundings(heard)) == 1
    assert [*kinds(heard)] == ["result"]
    assert "here: ssh can be used\n" in heard.said[0][1]
    assert "lpar1: unreachable: ssh: connect to host lpar1 port 22: Connection refused\n" in heard.said[0][1]


def test_without_a_client_nobody_is_asked(tmp_path: Path) -> None:
    heard = Heard()
    settings = client(tmp_path, {})._replace(program=str(tmp_path / "none"))
    assert doctor(["lpar1"], (), settings, "direct", "audit", Surroundings(heard)) == 1
    (told,) = heard.of("result")
    assert told.endswith(f"here: {tmp_path / 'none'} is not on this machine\n")
    assert "ssh can be used" not in told


def test_what_is_no_host_is_a_fault_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        doctor(["@lpar1"], (), client(tmp_path, {}), "direct", "audit", Surroundings(Heard()))


HOSTS = "lpar1\nlpar2 wave=2\n"


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        (HOSTS, 0, "hosts.txt: 2 targets\n"),
        ("Host odd\n  HostName ${NAME}\nHost lpar1\n", 0, "hosts.txt: "),
        ("lpar1 wave\n", 1, "hosts.txt: line 1: 'wave' is not NAME=VALUE"),
        ("", 1, "hosts.txt: 0 targets\n"),
        (None, 1, "hosts.txt: cannot be read: No such file or directory\n"),
    ],
)
def test_whether_an_inventory_can_be_used(tmp_path: Path, text: str | None, status: int, says: str) -> None:
    heard, place = Heard(), tmp_path / "hosts.txt"
    if text is not None:
        place.write_text(text)
    assert doctor((), [str(place)], client(tmp_path, {}), "direct", "audit", Surroundings(heard)) == status
    assert says in heard.of("result")[0]


def test_a_console_is_not_asked(tmp_path: Path) -> None:
    heard = Heard()
    assert doctor((), ["hmc://audit@hmc1"], client(tmp_path, {}), "direct", "audit", Surroundings(heard)) == 0
    assert "hmc://audit@hmc1: the console is asked when you collect" in heard.of("result")[0]


@pytest.mark.parametrize(("encoding", "told"), [("UTF-8", False), ("ANSI_X3.4-1968", True)])
def test_a_locale_that_is_not_utf_8_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, told: bool
) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: encoding)
    heard = Heard()
    assert doctor((), (), client(tmp_path, {}), "direct", "audit", Surroundings(heard)) == 0
    assert ("the locale is not UTF-8" in heard.of("result")[0]) is told
