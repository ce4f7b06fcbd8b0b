"""`/proc/cpuinfo`: the last lines name the machine, so a file without them says nothing of it."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.cpuinfo import CpuInfo, asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, read, samples

PATH = "/proc/cpuinfo"


@pytest.mark.parametrize("sample", samples("cpuinfo"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("cpuinfo", answer_of(sample)) == snapshot


def read_lines(*lines: str) -> CpuInfo:
    return parse(Answer((PATH,), lines))


def test_the_file_is_asked() -> None:
    assert asks((PATH,))
    assert not asks((PATH, "/proc/meminfo"))


def test_the_machine_of_power_and_its_line() -> None:
    record = read_lines(
        "cpu : POWER10", "", "platform : pSeries", "model : IBM,9105-42A", "machine : CHRP IBM,9105-42A"
    )
    assert (record.platform, record.model, record.machine) == ("pSeries", "IBM,9105-42A", "CHRP IBM,9105-42A")
    assert (record.cpu, record.line) == ("POWER10", 5)


def test_old_kernels_name_no_platform() -> None:
    record = read_lines("cpu : POWER6 (raw)", "", "timebase : 512000000", "machine : CHRP IBM,9133-55A")
    assert (record.platform, record.machine, record.line) == ("", "CHRP IBM,9133-55A", 4)


@pytest.mark.parametrize("last", ["platform : pSeries", "model : IBM,9105-42A", "timebase : 512000000"])
def test_power_without_all_its_last_lines_is_cut(last: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_lines("cpu : POWER10", "", last)
    assert refused.value.reason == "truncated"


def test_the_number_called_model_on_x86_is_not_kept() -> None:
    record = read_lines("vendor_id : AuthenticAMD", "model : 26", "model name : AMD EPYC 9B45")
    assert (record.model, record.cpu, record.machine, record.line) == ("", "AMD EPYC 9B45", "", 1)


def test_the_first_processor_speaks_for_all() -> None:
    record = read_lines("model name : first", "model name : second")
    assert (record.cpu, record.line) == ("first", 1)


def test_a_line_without_colon_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_lines("cpu : POWER10", "the quick brown fox")
    assert (refused.value.reason, refused.value.line) == ("unparsable", 2)


def test_a_file_that_is_not_there_is_a_fact() -> None:
    assert parse(Answer((PATH,), (), exit_status=None, absent=True)) == CpuInfo(False, "", "", "", "", "", 0)
