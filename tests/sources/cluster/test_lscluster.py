"""`lscluster`: a cluster by its name, and the one text that says that there is none."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.sources.cluster.lscluster import asks, parse
from rmccomply.sources.shared.answer import Answer, Unreadable
from tests.facts.samples import answer_of, capture, read, samples


@pytest.mark.parametrize("sample", samples("lscluster"))
def test_sample(sample: dict[str, Any], snapshot: SnapshotAssertion) -> None:
    assert read("lscluster", answer_of(sample)) == snapshot


INACTIVE = "Cluster services are not active."


STOPPED = "Cluster services are not active on this node because it has been stopped."


def test_it_reads_the_cluster_and_its_nodes() -> None:
    assert asks(("/usr/sbin/lscluster", "-c"))
    assert asks(("lscluster", "-m"))
    assert not any(asks(("lscluster", *words)) for words in ((), ("-i",), ("-d",), ("-m", "alpha")))


@pytest.mark.parametrize(
    ("option", "lines"),
    [
        ("-c", ("", "Cluster Name: alphaclu")),
        ("-c", ("Cluster UUID: 2f6b1c58", "  Cluster Name:   alphaclu  ")),
        ("-m", ("Node name: a", "   CLUSTER NAME       SHID         UUID", "   alphaclu   0   2f6b1c58")),
        ("-m", ("Calling node query", "CLUSTER NAME SHID UUID alphaclu 0 2f6b1c58 SITE NAME SHID UUID LOCAL 1")),
    ],
)
def test_a_name_is_a_cluster(option: str, lines: tuple[str, ...]) -> None:
    record = parse(Answer(("lscluster", option), lines))
    assert (record.present, record.name, record.line) == (True, "alphaclu", 2)


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (Answer(("lscluster", "-c"), (), (f"lscluster: {INACTIVE}",), 1), -1),
        (Answer(("lscluster", "-m"), ("", INACTIVE), (), 1), 2),
        (Answer(("lscluster", "-c"), (INACTIVE,), (), None), 1),
    ],
)
def test_no_cluster_is_an_answer(answer: Answer, line: int) -> None:
    record = parse(answer)
    assert (record.present, record.name, record.line) == (False, "", line)


def test_a_node_that_is_stopped_has_a_cluster() -> None:
    record = parse(Answer(("lscluster", "-c"), (), (f"lscluster: {STOPPED}",), 1))
    assert (record.present, record.stopped, record.name, record.line) == (True, True, "", -1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(("lscluster", "-c"), ()), "empty"),
        (Answer(("lscluster", "-c"), (INACTIVE,)), "unparsable"),
        (Answer(("lscluster", "-c"), (STOPPED,)), "unparsable"),
        (
            Answer(("lscluster", "-c"), (), ("lscluster: Cluster services are not active on this node.",), 1),
            "failed",
        ),
        (Answer(("lscluster", "-c"), (), ("ksh: lscluster:  not found.",), 127), "command_absent"),
        (Answer(("lscluster", "-c"), ("Cluster Name:",)), "unparsable"),
        (Answer(("lscluster", "-m"), ("CLUSTER NAME       SHID         UUID", "")), "unparsable"),
        (Answer(("lscluster", "-m"), ("Number of clusters node is a member in: 0",)), "unparsable"),
    ],
)
def test_what_is_no_answer(answer: Answer, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(answer)
    assert refused.value.reason == reason


def test_corpus_text_that_lost_its_line_ends() -> None:
    record = parse(capture("ibm-aix71-cluster-management-pdf", "lscluster-m.txt", "lscluster", "-m"))
    assert (record.present, record.name, record.line) == (True, "cluster_test", 1)
