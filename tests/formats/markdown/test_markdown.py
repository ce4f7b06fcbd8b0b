"""The page in Markdown: the verdict first, no larger than GitHub takes, and nothing of evidence is markup."""

import re

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.finding import WaiverCard
from rmccomply.formats import Format, Frame, markdown, write_whole
from rmccomply.formats._limits import SUMMARY_OCTETS
from rmccomply.formats.markdown import MarkdownFragment
from rmccomply.report import Assessed, ParameterCard, TargetCard
from rmccomply.terminal import visible
from tests.formats import awkward, hostile, large
from tests.formats.awkward import ASSESSED, RUN, closing, judged, write
from tests.formats.markdown.reading import read
from tests.formats.markdown.test_inline import REFERENCES

FITS: Format[MarkdownFragment] = markdown
"""The type checker sees that the module is a format."""
TAGS = {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "strong", "ol", "ul", "li"}
OURS = {("code", "class", "language-text"), ("th", "align", "right"), ("td", "align", "right")}


def of(*items: Assessed, status: int = 1) -> str:
    return write("markdown", items=items, end=closing(items, status))


def test_the_whole_page(snapshot: SnapshotAssertion) -> None:
    assert write("markdown").encode() == snapshot(extension_class=awkward.snapshots_as("md"))


def test_the_verdict_comes_first_then_problems_then_what_is_undecided() -> None:
    page = of(*ASSESSED)
    headings = re.findall("^##+ .*$", page, re.MULTILINE)
    assert [one for one in headings if not one.startswith("### `")] == [
        "## ❌ NOT JUDGED",
        "### Not judged: 1 partition",
        "### Problems",
        "### What to do first",
        "### Undecided: 2 checks",
        "### For information",
    ]


def test_partitions_stand_the_worst_first_and_healthy_ones_are_counted_alone() -> None:
    page = of(*ASSESSED)
    assert re.findall("^### (`.*)$", page, re.MULTILINE) == [
        "`vios1`: not judged",
        "`lpar-ñ07`: 1 critical, 1 high, 1 medium, 2 undecided",
    ]
    assert "1 healthy" in page


def test_one_partition_is_not_folded() -> None:
    assert "<details>" not in of(ASSESSED[1])
    assert of(*ASSESSED).count("<details>") == of(*ASSESSED).count("</details>") == 1


def test_a_healthy_run_is_short() -> None:
    page = of(ASSESSED[2], status=0)
    assert page.startswith("## ✅ PASSED\n\nThe partition is healthy")
    assert len(page.splitlines()) < 8


def test_what_was_accepted_is_told_with_who_until_and_why() -> None:
    card = WaiverCard("W-1", "a@b", "c@d", "2026-11-30", "CHG1", "Soon.", "2026-12-31T23:59:59+01:00", "in_force")
    fail = judged("RMC-ID-001", "a", "fail", "They differ.", disposition="waived")
    object.__setattr__(fail, "waiver", card)
    known = judged("RMC-VER-001", "a", "fail", "It is old.", disposition="baseline")
    page = of(Assessed(TargetCard("a", "aix", None, None, None, ()), (fail, known)), status=0)
    assert "1 check waived · 1 check in the baseline" in page
    says = "waived by `c@d` until `2026-12-31T23:59:59+01:00` (`W-1`): Soon. They differ."
    assert f"**accepted** The two node ID files differ (`RMC-ID-001`, critical), {says}" in page
    assert "known from the baseline. It is old." in page


def test_a_parameter_that_asks_for_less_is_told() -> None:
    run = RUN._replace(parameters=(ParameterCard("minimum_free_mib", "1", "64", True, "rmc-core"),))
    page = write("markdown", run=run)
    assert "Changed: `minimum_free_mib = 1` (policy: `64`), looser than the policy" in page


def test_nothing_hostile_becomes_markup() -> None:
    page = read(of(*hostile.FLEET))
    assert set(page.tags) <= TAGS | {"details", "summary"}
    assert page.tags.count("details") == 1
    assert page.attributes <= OURS
    assert page.comments == []
    assert {*page.cells} == {4, 5}
    assert not REFERENCES.search("".join(page.plain))
    names = [one for one in page.headings if one.endswith("1 critical, 1 undecided")]
    assert sorted(names) == sorted(f"{visible(one)}: 1 critical, 1 undecided" for one in hostile.TEXTS)
    lines = {line for block in page.codes for line in block.split("\n")}
    for one in hostile.TEXTS:
        assert f"  | {visible(one.partition(chr(10))[0])}".rstrip() in lines


@pytest.mark.parametrize("item", hostile.FLEET, ids=[ascii(one) for one in hostile.TEXTS])
def test_nothing_hostile_becomes_markup_alone(item: Assessed) -> None:
    page = read(of(item))
    assert set(page.tags) <= TAGS
    assert page.attributes <= OURS
    assert {*page.cells} == {4, 5}


@pytest.mark.exhaustive
def test_sixty_thousand_fails_fit_and_what_was_cut_is_counted() -> None:
    page = write_whole("markdown", Frame(large.RUN, awkward.PLAIN), large.hosts(), large.closing())
    assert 0.8 * SUMMARY_OCTETS < len(page.encode()) <= SUMMARY_OCTETS
    shown = len(re.findall("^### `lpar", page, re.MULTILINE))
    (left,) = re.findall(r"^\*\*(\d+) more partitions\*\* with something to tell would not fit", page, re.MULTILINE)
    assert shown + int(left) == large.HOSTS
    assert "and 100 more problems" in page
    assert page.count("<details>") == page.count("</details>") == 1


def test_long_names_do_not_push_out_the_count_of_what_was_cut() -> None:
    text = "ñ`|" * 4_000
    items = tuple(
        Assessed(
            TargetCard(f"{n}{text}", "aix", None, None, None, ()),
            tuple(judged(rule, f"{n}{text}", "fail", text, subject=text) for rule in ("RMC-ID-001", "RMC-SUB-001")),
        )
        for n in range(60)
    )
    page = of(*items)
    assert len(page.encode()) <= SUMMARY_OCTETS
    assert re.search(r"^\*\*\d+ more partitions\*\*", page, re.MULTILINE)
