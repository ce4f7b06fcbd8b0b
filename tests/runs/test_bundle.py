"""What `bundle` tells, and to whom; the rest of it is tested as that command."""

from pathlib import Path

import pytest

from rmccomply.errors import UsageError
from rmccomply.evidence.bundle_write import Section, write_bundle
from rmccomply.runs.bundle import extract, replay, show, verify
from tests.hosts.building import bundle, healthy_aix
from tests.runs.hearing import Heard

ODD = b"\x00\x1b[2J\xff no newline at the end"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    sections = [Section("cmd", ("/usr/bin/odd",), ODD), Section("cmd", ("/usr/bin/slow",), state="timeout")]
    path = tmp_path / "odd.rmcc"
    path.write_bytes(write_bundle({"host": "a", "os": "AIX"}, sections))
    return path


def test_an_answer_is_given_octet_for_octet_and_nothing_else_is_told(odd: Path) -> None:
    heard = Heard()
    assert extract(odd, "odd", None, False, heard) == 0
    assert (heard.given, heard.said) == (ODD, [])


def test_an_answer_that_is_not_whole_is_given_with_a_warning(odd: Path) -> None:
    heard = Heard()
    assert extract(odd, "slow", None, False, heard) == 3
    assert [text.startswith("this answer is incomplete: ") for text in heard.of("warn")] == [True]


def test_what_is_shown_drives_no_terminal(odd: Path) -> None:
    odd.write_bytes(odd.read_bytes().replace(b"host=a", b"host=\x1b[2J"))
    heard = Heard()
    show(odd, heard)
    assert "\x1b" not in "".join(heard.of("result"))


def test_a_file_that_is_none_is_one_fault_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "a\nb").write_text("no bundle")
    (tmp_path / "good.rmcc").write_bytes(bundle(healthy_aix()))
    heard = Heard()
    assert verify([tmp_path / "a\nb", tmp_path / "good.rmcc"], heard) == 2
    assert heard.of("fault") == [f"{tmp_path}/a\\x0ab: is not a bundle"]
    assert len(heard.of("result")) == 1


def test_a_replay_stands_where_the_collector_can_be_sent(odd: Path, tmp_path: Path) -> None:
    heard = Heard()
    with pytest.raises(UsageError, match="ASCII without spaces"):
        replay(odd, tmp_path / "two words", False, heard)
    assert replay(odd, tmp_path / "host", False, heard) == 0
    assert heard.of("warn")[0].endswith(f"--replay {tmp_path}/host")
