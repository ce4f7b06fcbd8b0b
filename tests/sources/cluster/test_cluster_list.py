"""`cluster -list`: two lines that show a cluster, and nothing that shows none (all answers are constructed)."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.cluster.cluster_list import asks
from tests.facts.samples import answer_of, read, samples


@pytest.mark.parametrize("sample", samples("cluster_list"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("cluster_list", answer_of(sample)) == snapshot


def test_both_names_of_the_command() -> None:
    assert asks(("/usr/ios/cli/ioscli", "cluster", "-list"))
    assert asks(("cluster", "-list"))
    assert not any(asks(argv) for argv in (("cluster", "-status"), ("ioscli", "ioslevel"), ("ioscli",), ("cluster",)))
