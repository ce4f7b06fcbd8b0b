"""The log of cloud-init: the lines on reset_rmc, and nothing else of it."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.cloud_init_log import asks, parse
from rmccomply.sources.shared.answer import Answer
from tests.facts.samples import answer_of, read, samples

ASKED = ("/var/log/cloud-init.log",)
TIME = "2026-03-02 09:14:07,331"


@pytest.mark.parametrize("sample", samples("cloud_init_log"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("cloud_init_log", answer_of(sample)) == snapshot


def test_it_reads_the_file_alone() -> None:
    assert asks(ASKED)
    assert not asks(("grep", "reset_rmc", *ASKED))


@pytest.mark.parametrize(
    ("text", "kind", "node_id"),
    [
        ("Attempting to reset RMC.", "attempt", None),
        ("Node ID at beginning of module: 5F3C09A1BE27D846", "before", "5f3c09a1be27d846"),
        ("Node ID at end of module: 3c09a1be27d846", "after", "003c09a1be27d846"),
        ("Node ID at end of module: ", "after", None),
        ("Node ID at end of module: 5g3c09a1be27d846", "after", None),
        ("New node ID did not get generated.", "not_generated", None),
        ("Failed to reconfigure the RSCT subsystems.", "failed", None),
        ("Failed to stop the RMC subsystem.", "failed", None),
        ("module disabled, RSCT_PATH not present", "skipped", None),
        ("Skipping creation of new ct_node_id node", "skipped", None),
        ("finish: modules-final/config-reset_rmc: SUCCESS", "mention", None),
        ("Running module reset-rmc", "mention", None),
    ],
)
def test_kinds_of_lines(text: str, kind: str, node_id: str | None) -> None:
    (event,) = parse(Answer(ASKED, ("other", f"{TIME} - x.py[DEBUG]: {text}"))).events
    assert (event.kind, event.node_id, event.time, event.line) == (kind, node_id, TIME, 2)


@pytest.mark.parametrize("line", ["password: secret", f"{TIME} - util.py[WARNING]: Failed to mount /mnt", "rmcctrl -z"])
def test_other_lines_are_not_kept(line: str) -> None:
    record = parse(Answer(ASKED, (line,)))
    assert (record.events, record.whole) == ((), True)


def test_a_line_without_a_time_is_kept_without_one() -> None:
    (event,) = parse(Answer(ASKED, ("RuntimeError - New node ID did not get generated.",))).events
    assert (event.time, event.text) == ("", "RuntimeError - New node ID did not get generated.")


@pytest.mark.parametrize(("exit_status", "complete"), [(None, True), (0, False)])
def test_a_copy_and_a_cut_log_prove_no_absence(exit_status: int | None, complete: bool) -> None:
    lines = ("Attempting to reset RMC.", "Node ID at end of module: 5f3c09a1be27d846", "")
    record = parse(Answer(ASKED, lines, (), exit_status, complete))
    assert ([event.kind for event in record.events], record.whole) == (["attempt", "after"], False)


def test_a_cut_node_id_is_not_told() -> None:
    lines = ("Attempting to reset RMC.", "Node ID at end of module: 5f3c09a1b")
    assert [event.kind for event in parse(Answer(ASKED, lines, complete=False)).events] == ["attempt"]
