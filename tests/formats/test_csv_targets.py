"""CSV of targets: a row each, with what to do first."""

from pathlib import Path

from syrupy.assertion import SnapshotAssertion

from rmccomply.evidence.model import Artifact
from rmccomply.finding import not_judged
from rmccomply.formats import Format, csv_targets
from rmccomply.report import Assessed, TargetCard
from tests.formats import awkward
from tests.formats.awkward import PLAIN, SICK_FINDINGS, write
from tests.formats.sheets import needs_calc, read_by_calc, read_by_python
from tests.formats.test_csv import table

FITS: Format[str] = csv_targets
"""The type checker sees that the module is a format."""


def one(*items: Assessed) -> dict[str, str]:
    (row,) = table(write("csv-targets", PLAIN, items))
    return row


def test_the_whole_report(snapshot: SnapshotAssertion) -> None:
    assert write("csv-targets").encode() == snapshot(extension_class=awkward.snapshots_as("csv"))


def test_problems_are_counted_by_severity_and_the_first_is_told_with_its_line() -> None:
    sick = next(row for row in table(write("csv-targets")) if row["target"] == awkward.SICK)
    counted = {name: sick[name] for name in ("critical", "high", "medium", "low", "info", "undecided", "passed")}
    assert counted == {
        **dict.fromkeys(("critical", "high", "medium", "info"), "1"),
        "low": "0",
        "undecided": "2",
        "passed": "0",
    }
    assert (sick["standing"], sick["rule"], sick["problem"]) == (
        "failed",
        "RMC-FS-001",
        "The file system of /var/ct is full",
    )
    assert sick["proof"] == f"{awkward.SICK_URI}:61"
    assert sick["what_to_do"] == awkward.BY_ID["RMC-FS-001"].remediation


def test_where_nothing_fails_it_tells_what_settles_most() -> None:
    unknown = tuple(finding for finding in SICK_FINDINGS if finding.rule == "RMC-NET-001")
    row = one(Assessed(TargetCard(awkward.SICK, "aix", None, None, None, ()), unknown))
    assert (row["standing"], row["problem"], row["proof"]) == ("undecided", "", "")
    assert (row["what_to_do"], row["command"]) == (unknown[0].advice, unknown[0].settle)


def test_what_only_informs_is_counted_and_is_not_the_first_thing_to_do() -> None:
    info = tuple(finding for finding in SICK_FINDINGS if finding.severity == "info")
    row = one(Assessed(TargetCard(awkward.SICK, "aix", None, None, None, ()), info))
    assert (row["info"], row["standing"], row["rule"], row["what_to_do"]) == ("1", "no_problems", "", "")


def test_a_target_that_could_not_be_judged_says_why() -> None:
    row = one(Assessed(TargetCard("a", "", None, None, None, ()), (not_judged("a", "too slow"),)))
    assert (row["standing"], row["problem"], row["what_to_do"]) == (
        "error",
        "The target could not be judged",
        "too slow.",
    )


def test_a_target_of_many_files_names_the_first() -> None:
    files = tuple(Artifact(f"a/{at}.txt", "d" * 64) for at in range(3))
    assert one(Assessed(TargetCard("a", "aix", None, None, None, files), ()))["evidence"] == "a/0.txt and 2 more"


@needs_calc
def test_calc_reads_what_python_reads(tmp_path: Path) -> None:
    text = write("csv-targets")
    shown, formulas = read_by_calc(text, tmp_path)
    width = len(shown[0])
    assert formulas == []
    assert [cells + [""] * (width - len(cells)) for cells in shown] == read_by_python(text)
