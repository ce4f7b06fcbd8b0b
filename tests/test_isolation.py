"""What one target does to the program ends that target alone, and is told with its place."""

import signal
import time

import pytest

from rmccomply.errors import InputError
from rmccomply.isolation import Crash, isolated
from rmccomply.sources.shared.values import parse_version


def deep(level: int = 0) -> int:
    return deep(level + 1) + 1


def test_what_is_made_comes_back() -> None:
    assert isolated(lambda: 7) == 7
    assert isolated(lambda: 7, 5) == 7


def test_a_crash_is_told_with_its_kind_and_place() -> None:
    found = isolated(lambda: parse_version(None))  # type: ignore[arg-type]
    assert isinstance(found, Crash)
    assert "AttributeError" in found.says
    assert "(rmccomply/sources/shared/values.py:" in found.says


def test_endless_recursion_is_a_crash() -> None:
    found = isolated(deep)
    assert isinstance(found, Crash)
    assert "RecursionError" in found.says


def test_what_an_operator_can_mend_goes_through() -> None:
    def refuse() -> None:
        raise InputError("x: was not recognized")

    with pytest.raises(InputError):
        isolated(refuse)


@pytest.mark.exhaustive
def test_time_is_limited_and_the_limit_is_taken_away_again() -> None:
    def long() -> None:
        time.sleep(5)

    assert isolated(long, 1) == Crash("it took longer than 1 s (--max-seconds)")
    assert isolated(lambda: time.sleep(0.01), 1) is None


def test_the_handler_of_the_alarm_is_put_back() -> None:
    before = signal.getsignal(signal.SIGALRM)
    assert isolated(lambda: 1, 5) == 1
    assert isinstance(isolated(lambda: 1 / 0, 5), Crash)
    assert signal.getsignal(signal.SIGALRM) is before


def test_an_exception_of_any_size_is_told_in_a_few_words() -> None:
    def crash() -> None:
        raise RuntimeError("x" * 100_000)

    found = isolated(crash)
    assert isinstance(found, Crash)
    assert 300 < len(found.says) < 600
