"""Annotations of GitHub Actions, as the runner reads them: the gravest, the rest counted, and no other command."""

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.formats import Format, Frame, github, write_whole
from rmccomply.formats.github import AnnotatedTarget
from rmccomply.report import Assessed, TargetCard
from rmccomply.terminal import visible
from tests.formats import awkward, hostile, large
from tests.formats.awkward import ASSESSED, closing, judged, write
from tests.formats.commands import Command, commands

FITS: Format[AnnotatedTarget] = github
"""The type checker sees that the module is a format."""


def annotations(text: str) -> list[Command]:
    found = commands(text)
    assert all(isinstance(one, Command) for one in found)
    return [one for one in found if isinstance(one, Command)]


def of(*items: Assessed) -> list[Command]:
    return annotations(write("github", items=items, end=closing(items, 1)))


def test_all_that_is_written(snapshot: SnapshotAssertion) -> None:
    assert write("github").encode() == snapshot(extension_class=awkward.snapshots_as("txt"))


def test_the_gravest_come_first_each_at_its_line() -> None:
    found = of(*ASSESSED)
    assert [(one.word, one.properties.get("file"), one.properties.get("line")) for one in found] == [
        ("error", None, None),
        ("error", "bundles/lpar-ñ07.rmcc", "97"),
        ("error", "bundles/lpar-ñ07.rmcc", "1053"),
        ("warning", "bundles/lpar-ñ07.rmcc", "61"),
        ("warning", None, None),
        ("warning", None, None),
        ("notice", None, None),
    ]
    assert found[0].properties["title"] == "vios1 could not be judged"
    assert found[-1].properties == {"title": "rmccomply"}
    assert found[-1].data.endswith(
        "; 2 checks are waived or in the baseline and have no annotation; 1 rule only informs and has no annotation"
    )


def test_a_problem_of_many_partitions_is_one_annotation() -> None:
    items = [
        Assessed(TargetCard(name, "aix", None, None, None, ()), (judged("RMC-ID-001", name, "fail", "They differ."),))
        for name in ("a", "b", "c", "d", "e", "f", "g")
    ]
    error, notice = of(*items)
    assert error.properties == {"title": "The two node ID files differ (RMC-ID-001)"}
    assert error.data.split("\n")[:2] == ["critical, on 7 partitions: a, b, c, d, e and 2 more", "They differ."]
    assert notice.word == "notice"


def test_ten_errors_and_ten_warnings_and_the_rest_is_counted() -> None:
    text = write_whole("github", Frame(large.RUN, awkward.PLAIN), large.hosts(3), large.closing(3))
    found = annotations(text)
    assert [one.word for one in found] == ["error"] * 10 + ["warning"] * 10 + ["notice"]
    assert found[-1].data.endswith("; 180 more problems and undecided groups have no annotation")
    assert all("critical, on 3 partitions" in one.data for one in found[:10])


def test_targets_that_could_not_be_judged_are_errors_and_counted() -> None:
    items = [
        Assessed(TargetCard(str(n), "aix", None, None, None, ()), (judged("RMC-ID-001", str(n), "error", "x"),))
        for n in range(14)
    ]
    found = of(*items)
    assert [one.word for one in found] == ["error"] * 10 + ["notice"]
    assert "; 4 more problems and undecided groups have no annotation" in found[-1].data


def test_a_healthy_run_says_its_verdict_and_nothing_else() -> None:
    text = write("github", items=ASSESSED[2:3], end=closing(ASSESSED[2:3], 0))
    says = "PASSED: The partition is healthy: 1 check passes (1 does not apply)"
    assert annotations(text) == [Command("notice", {"title": "rmccomply"}, says)]


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_nothing_hostile_becomes_a_command_or_leaves_its_place(text: str) -> None:
    item = hostile.target(1, text)
    written = write("github", items=(item,), end=closing((item,), 1))
    assert "\r" not in written
    found = annotations(written)
    assert [one.word for one in found] == ["error", "warning", "notice"]
    error = found[0]
    assert set(error.properties) == {"file", "line", "title"}
    assert error.properties["line"] == "7"
    shown = " ".join(visible(text).split())
    assert shown in " ".join(error.data.split())
    assert all("\x1b" not in one.data and "\u202e" not in one.data for one in found)
    assert written.count("\n") == len(found)


def test_a_file_is_named_as_it_is() -> None:
    line = awkward.at("a%20b%2Cc%3A%25.rmcc", 3, "x")
    item = Assessed(TargetCard("a", "aix", None, None, None, ()), (judged("RMC-ID-001", "a", "fail", "x", line),))
    assert of(item)[0].properties["file"] == "a b,c:%.rmcc"
