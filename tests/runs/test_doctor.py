"""What `doctor` tells; against a server it is tested as that command."""

from pathlib import Path

import pytest

from rmccomply.errors import UsageError
from rmccomply.runs.doctor import doctor
from tests.runs.hearing import Heard, kinds
from tests.runs.stand_in import client


def test_what_is_missing_is_one_result(tmp_path: Path) -> None:
    heard = Heard()
    assert doctor(["lpar1"], client(tmp_path, {}), "direct", "audit", heard) == 1
    assert [*kinds(heard)] == ["result"]
    assert "here: ssh can be used\n" in heard.said[0][1]
    assert "lpar1: unreachable: ssh: connect to host lpar1 port 22: Connection refused\n" in heard.said[0][1]


def test_without_a_client_nobody_is_asked(tmp_path: Path) -> None:
    heard = Heard()
    settings = client(tmp_path, {})._replace(program=str(tmp_path / "none"))
    assert doctor(["lpar1"], settings, "direct", "audit", heard) == 1
    assert heard.of("result") == [f"here: {tmp_path / 'none'} is not on this machine\n"]


def test_what_is_no_host_is_a_fault_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        doctor(["@lpar1"], client(tmp_path, {}), "direct", "audit", Heard())
