"""The definition of IBM.DRM: there, not there, or not read."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.rsct.drm_definition import Definition, asks, parse
from rmccomply.sources.shared.answer import Answer
from tests.facts.samples import answer_of, read, samples

PATH = "/opt/rsct/cfg/rmdefs/IBM.DRM.mdef"


@pytest.mark.parametrize("sample", samples("drm_definition"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("drm_definition", answer_of(sample)) == snapshot


def test_it_reads_the_file_alone() -> None:
    assert asks((PATH,))
    assert not asks(("cat", PATH))


def test_it_points_at_the_first_line_with_text() -> None:
    assert parse(Answer((PATH,), ("", "Name=IBM.DRM"))) == Definition(True, 2)


def test_that_there_is_no_file_is_a_fact() -> None:
    assert parse(Answer((PATH,), (), absent=True)).present is False
