"""Who hears nothing, for a run of which only what it gives is wanted."""

import pytest

from rmccomply.runs.teller import SILENT


def test_the_silent_one_prints_nothing_and_draws_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    for tell in (SILENT.note, SILENT.warn, SILENT.fault, SILENT.result, SILENT.progress):
        tell("a text")
    SILENT.octets(b"octets")
    assert SILENT.columns() == 0
    assert capfd.readouterr() == ("", "")
