"""`ds-identify.cfg`: what keeps cloud-init from starting, and what does not."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.host.ds_identify import asks, mode_of, parse
from rmccomply.sources.shared.answer import Answer
from tests.facts.samples import answer_of, read, samples

ASKED = ("/etc/cloud/ds-identify.cfg",)


@pytest.mark.parametrize("sample", samples("ds_identify"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert asks(answer_of(sample).argv)
    assert read("ds_identify", answer_of(sample)) == snapshot


@pytest.mark.parametrize(
    ("policy", "mode"),
    [
        ("search,found=all,maybe=all,notfound=disabled", "search"),
        ("disabled", "disabled"),
        ("enabled,disabled", "disabled"),
        ("found=first", "search"),
        ("notfound=disabled", "search"),
        ("Disabled", "search"),
        ("report", "report"),
        ("", "search"),
    ],
)
def test_modes(policy: str, mode: str) -> None:
    assert mode_of(policy) == mode
    assert parse(Answer(ASKED, (f"policy: {policy}",))).mode == mode


def test_the_later_line_counts_and_a_comment_ends_it() -> None:
    found = parse(Answer(ASKED, ("datasource: None", "datasource: ConfigDrive # None", "policy: disabled", "policy:")))
    assert (found.datasource, found.datasource_line, found.mode) == ("ConfigDrive", 2, "search")
