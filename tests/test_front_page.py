"""The front page: a person with any number of partitions sees what is wrong, on how many, why, and what to do first.

Held by machine over fleets with planted faults, and as pages that can be read, in `__snapshots__`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from rmccomply.collect.controller import controller_bundle, meta
from rmccomply.ending.verdict_line import ENDS
from rmccomply.formats import Frame, write_whole
from rmccomply.problems import problems_of
from rmccomply.report import Assessed, Style
from rmccomply.runs.check import Checked, check
from rmccomply.terminal import visible, width_of
from rmccomply.undecided import rows
from tests import fleets
from tests.fleets import Fleet, Kind
from tests.formats.awkward import HOSTILE, at, judged, snapshots_as
from tests.formats.awkward import RUN as HAND_MADE
from tests.formats.awkward import closing as closing_of
from tests.hosts.building import NOW

ROOT = Path(__file__).parents[1]
EXAMPLES = [*sorted(ROOT.glob("examples/*.rmcc")), ROOT / "examples" / "elbe-nim4"]
LATER = "2026-11-30T09:00:00Z"
SHAPES: list[tuple[int, Kind]] = [
    *((targets, kind) for targets in (1, 5, 50) for kind in fleets.KINDS),
    (500, "several"),
    (500, "mixed"),
    pytest.param(5_000, "mixed", marks=pytest.mark.exhaustive),  # type: ignore[list-item]
]
ROW = re.compile(r"(critical|high|medium|low|info) +\S.*")
OF_RULE = re.compile(r"\b(RMC-[A-Z0-9]+-\d{3})\b")
UNDECIDED = re.compile(r" *([\d,]+)  on +([\d,]+)  ")


class Judged:
    """A fleet, what was planted in it, and what is found."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.checked = check([fleet.folder], now=NOW, root=fleet.folder, labels=fleet.labels)

    def page(self, **style: Any) -> str:
        return page(self.checked, **style)


def page(checked: Checked, **style: Any) -> str:
    """What text says of a run."""
    return write_whole("text", Frame(checked.run, Style(**style)), checked.targets, checked.closing)


@pytest.fixture(scope="session")
def judged_fleet(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, Kind], Judged]:
    """Fleets, each written and judged once."""

    @cache
    def made(targets: int, kind: Kind) -> Judged:
        return Judged(fleets.written(tmp_path_factory.mktemp("fleet") / kind, targets, kind, seed=targets))

    return made


def section(text: str, head: str) -> list[str]:
    """The lines of a section."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if line.startswith(head)), len(lines))
    return lines[start : lines.index("", start) if "" in lines[start:] else len(lines)]


def told_problems(text: str) -> Iterator[tuple[str, str, int]]:
    """Severity, rule and number of partitions of each row, by the columns of a wide page."""
    for line in (*section(text, "PROBLEMS"), *section(text, "FOR INFORMATION")):
        if found := ROW.fullmatch(line):
            rule = OF_RULE.findall(line)[-1]
            yield found[1], rule, int(line.partition(f"{rule} ")[2].split()[0].replace(",", ""))


def due_problems(targets: Sequence[Assessed]) -> dict[str, set[str]]:
    """The partitions of each problem, by their findings alone: what another finding covers is none of its own."""
    due: dict[str, set[str]] = {}
    for item in targets:
        for one in item.findings:
            if one.disposition == "active" and one.covered_by is None:
                due.setdefault(one.rule, set()).add(item.target.id)
    return due


@pytest.mark.parametrize(("targets", "kind"), SHAPES)
def test_a_page_is_one_screen(targets: int, kind: Kind, judged_fleet: Callable[[int, Kind], Judged]) -> None:
    fleet = judged_fleet(targets, kind)
    for width, most in ((100, 60), (120, 60), (80, 70), (60, 80)):
        for group_by in ("", "wave"):
            lines = fleet.page(width=width, group_by=group_by).rstrip("\n").split("\n")
            assert len(lines) <= most
            assert [line for line in lines if width_of(line) > width] == []


@pytest.mark.parametrize(("targets", "kind"), [one for one in SHAPES if one[0] != 1])
def test_the_planted_faults_are_told_with_their_number(
    targets: int, kind: Kind, judged_fleet: Callable[[int, Kind], Judged]
) -> None:
    fleet = judged_fleet(targets, kind)
    found = list(told_problems(fleet.page()))
    due = due_problems(fleet.checked.targets)
    assert {rule: count for _, rule, count in found} == {rule: len(names) for rule, names in due.items()}
    assert all(names <= fleet.fleet.failing[rule] for rule, names in due.items())
    planted = {rule for rule in fleet.fleet.failing if rule in due}
    assert {rule: due[rule] for rule in ("RMC-FS-001", "RMC-ID-001") if rule in planted} == {
        rule: fleet.fleet.failing[rule] for rule in ("RMC-FS-001", "RMC-ID-001") if rule in planted
    }


@pytest.mark.parametrize(("targets", "kind"), [one for one in SHAPES if one[0] != 1])
def test_the_right_one_stands_first_and_causes_before_what_follows(
    targets: int, kind: Kind, judged_fleet: Callable[[int, Kind], Judged]
) -> None:
    fleet = judged_fleet(targets, kind)
    order = [rule for _, rule, _ in told_problems(fleet.page())]
    problems = [problems_of(item.findings) for item in fleet.checked.targets]
    assert not order or any(one.rule == order[0] and not one.reasons for of_target in problems for one in of_target)
    if kind == "one" and order:
        assert {of_target[0].rule for of_target in problems if of_target} == {order[0]}
    for item in fleet.checked.targets:
        for one in problems_of(item.findings):
            assert all(order.index(why.rule) < order.index(one.rule) for why in one.reasons if why.rule in order)


@pytest.mark.parametrize(("targets", "kind"), [one for one in SHAPES if one[0] != 1])
def test_what_is_undecided_is_told_by_what_settles_it(
    targets: int, kind: Kind, judged_fleet: Callable[[int, Kind], Judged]
) -> None:
    fleet = judged_fleet(targets, kind)
    lines = section(fleet.page(), "UNDECIDED:")
    counts = [
        (int(one[1].replace(",", "")), int(one[2].replace(",", ""))) for one in map(UNDECIDED.match, lines) if one
    ]
    due = [(row.checks, row.targets) for row in rows(fleet.fleet.undecided, targets)]
    more = sum(int(line.split()[0].replace(",", "")) for line in lines[-1:] if line.endswith("--show open"))
    left = more if len(counts) < len(due) else 0
    assert counts == due[: len(counts)]
    assert sum(checks for checks, _ in counts) + left == fleet.checked.closing.summary["unknown"]
    if lines and due:
        assert lines[0] == f"UNDECIDED: {fleet.checked.closing.summary['unknown']:,} checks"


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize(("targets", "kind"), SHAPES)
def test_the_page_ends_in_the_verdict(
    targets: int, kind: Kind, width: int, judged_fleet: Callable[[int, Kind], Judged]
) -> None:
    fleet = judged_fleet(targets, kind)
    last = fleet.page(width=width).rstrip("\n").rpartition("\n\n")[2]
    status = {status for word, status in ENDS.items() if last.startswith(f"{word}: ")}
    assert status == {fleet.checked.exit_status}
    assert f"exit {fleet.checked.exit_status}" in last or "exit " not in last


@pytest.mark.parametrize("kind", fleets.KINDS)
def test_one_partition_is_told_as_its_problems_are(kind: Kind, judged_fleet: Callable[[int, Kind], Judged]) -> None:
    """Of a fleet one is asked for by name."""
    fleet = judged_fleet(50, kind)
    for item in fleet.checked.targets[:12]:
        text = fleet.page(targets=(item.target.id,))
        assert text.startswith(f"{item.target.id}  ")
        told = [line for line in section(text, "FIX") if re.match(r"\d+ ", line)]
        due = [one.rule for one in problems_of(item.findings) if one.severity != "info"]
        assert [OF_RULE.findall(line)[0] for line in told] == due
        unknown = sum(one.result == "unknown" for one in item.findings)
        assert (f"UNDECIDED: {unknown} check" in text) is (unknown > 0)
        assert (
            text.rstrip()
            .split("\n\n")[-1]
            .startswith(next(word for word, status in ENDS.items() if status == fleet.checked.exit_status))
        )


def test_every_partition_of_a_problem_is_in_the_list_of_problems(judged_fleet: Callable[[int, Kind], Judged]) -> None:
    fleet = judged_fleet(500, "several")
    blocks = fleet.page(show="problems").split("\n\n")[1:-1]
    due = due_problems(fleet.checked.targets)
    found = {OF_RULE.findall(block)[0]: set(re.findall(r"lpar\d{4}", block)) for block in blocks}
    assert found == due


def test_a_rule_that_advice_names_is_in_the_list_of_problems(judged_fleet: Callable[[int, Kind], Judged]) -> None:
    fleet = judged_fleet(500, "mixed")
    firsts = {key.first for key in fleet.fleet.undecided if key.first}
    page = fleet.page(show="problems")
    assert "RMC-MCP-001" in firsts
    for rule in firsts:
        assert rule in page
    without = len(fleet.fleet.failing["RMC-MCP-001"])
    assert f"RMC-MCP-001 on {without} of them: RMC knows no management console" in page


def test_every_partition_is_in_the_list_of_partitions(judged_fleet: Callable[[int, Kind], Judged]) -> None:
    fleet = judged_fleet(500, "mixed")
    names = re.findall(r"^. (lpar\d{4}) ", fleet.page(show="partitions"), re.MULTILINE)
    assert sorted(names) == sorted(fleet.fleet.targets)
    worst = re.findall(r"^. (lpar\d{4}) ", "\n".join(section(fleet.page(), "WORST")), re.MULTILINE)
    assert names[: len(worst)] == worst


def test_a_group_has_its_partitions(judged_fleet: Callable[[int, Kind], Judged]) -> None:
    fleet = judged_fleet(50, "several")
    lines = section(fleet.page(group_by="wave"), "BY WAVE")[1:]
    failing = {name for names in due_problems(fleet.checked.targets).values() for name in names}
    for wave, line in zip(("1", "2", "3", "4"), lines, strict=True):
        names = {name for name, labels in fleet.fleet.labels.items() if labels["wave"] == wave}
        assert [*line.split()[:3]] == [wave, str(len(names)), str(len(names & failing))]
    alone = section(fleet.page(group_by="owner"), "BY OWNER")[1:]
    assert alone == ["No partition has a label owner: give labels in the inventory, or with --labels FILE."]
    heads = [line for line in fleet.page(show="partitions", group_by="wave").split("\n") if line.startswith("wave ")]
    assert heads == ["wave 1", "wave 2", "wave 3", "wave 4"]


@pytest.mark.parametrize("show", ["summary", "problems", "partitions", "open", "all"])
def test_what_is_hidden_is_told_at_the_end(show: Any, judged_fleet: Callable[[int, Kind], Judged]) -> None:
    fleet = judged_fleet(50, "mixed")
    narrowed: list[dict[str, Any]] = [
        {"severity": "critical"},
        {"targets": ("lpar000*",)},
        {"reasons": ("timeout",)},
    ]
    for style in narrowed:
        text = fleet.page(show=show, **style)
        last = text.rstrip("\n").rpartition("\n\n")[2]
        assert "; not shown: " in " ".join(last.split())
        assert "not shown" not in fleet.page(show=show)
    assert "lpar0011" not in fleet.page(show=show, targets=("lpar000*",))
    assert "medium  " not in fleet.page(show=show, severity="high").partition("Summary")[0]
    assert "FIX" not in fleet.page(show=show, reasons=("timeout",))


NAMES = [
    "x" * 200,
    "日本語" * 67,
    "e\u0301" * 100,
    f"a{HOSTILE}b",
    "\u202elpar\u2066\u200f",
    "lpar0001.with.a.long.domain.in.which.nobody.would.ever.look.example.com",
    "a b\tc\nd",
    "",
]
LONG = "The very long title of a problem that goes on and on " * 5


def fakes(count: int) -> tuple[Assessed, ...]:
    """Targets with names and texts that mean to break a page, and with every problem there is."""
    found = []
    for number in range(count):
        name = NAMES[number % len(NAMES)] + str(number)
        uri = f"runs/{'%C3%B1/' * (number % 90)}{number}.rmcc"
        findings = tuple(
            judged(
                rule.id,
                name,
                ("fail", "unknown", "fail")[(number + spot) % 3],
                f"So it is: {HOSTILE}" * 3,
                at(uri, number + 1, HOSTILE * 3, HOSTILE),
                at(uri, number + 2, "日本語" * 80),
                reason="timeout" if (number + spot) % 3 == 1 else None,
            )
            for spot, rule in enumerate(HAND_MADE.rules)
        )
        card = fleets_card(name, uri, number)
        found.append(Assessed(card, findings))
    return tuple(found)


def fleets_card(name: str, uri: str, number: int) -> Any:
    from rmccomply.evidence.model import Artifact
    from rmccomply.report import TargetCard

    labels = {"wave": NAMES[number % 7] + str(number), HOSTILE: HOSTILE}
    return TargetCard(name, "aix", "9105-42A", HOSTILE, number, (Artifact(uri, "0" * 64),), labels, LATER, LONG, "x")


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 250])
@pytest.mark.parametrize("count", [1, 3, 40])
def test_no_name_breaks_the_page(count: int, width: int, ascii: bool) -> None:
    items = fakes(count)
    cards = tuple(rule._replace(problem=LONG + HOSTILE, remediation=LONG + HOSTILE) for rule in HAND_MADE.rules)
    run = HAND_MADE._replace(rules=cards)
    end = closing_of(items, 1)
    for show in ("summary", "problems", "partitions"):
        style = Style(width=width, ascii=ascii, group_by="wave", show=show)
        text = write_whole("text", Frame(run, style), items, end)
        lines = text.rstrip("\n").split("\n")
        assert [line for line in lines if width_of(line) > max(width, 40)] == []
        assert all(visible(line) == line for line in lines)
        assert not ascii or text.isascii()
        if show == "summary":
            assert len(lines) <= (60 if width >= 100 else 80)


def test_colour_adds_nothing_but_colour(judged_fleet: Callable[[int, Kind], Judged]) -> None:
    fleet = judged_fleet(50, "mixed")
    for style in ({}, {"group_by": "wave"}, {"show": "problems"}, {"show": "partitions"}, {"targets": ("lpar0007",)}):
        colored = fleet.page(color=True, **style)
        assert "\x1b[" in colored
        assert re.sub(r"\x1b\[[\d;]+m", "", colored) == fleet.page(**style)


def test_a_run_without_a_target_has_nothing_but_its_verdict(judged_fleet: Callable[[int, Kind], Judged]) -> None:
    fleet = judged_fleet(5, "healthy")
    for show in ("summary", "open"):
        text = write_whole("text", Frame(fleet.checked.run, Style(show=show)), (), closing_of((), 4))
        assert text.startswith("NOTHING JUDGED: ")
        assert text.count("\n") == 1


def unreached(folder: Path) -> Checked:
    """A run that reached one partition of two."""
    note = meta("ssh", "lpar9", "unreachable", "no route to host", NOW, NOW, {"tries": "3"}, "")
    (folder / "lpar9.controller.rmcc").write_bytes(controller_bundle("lpar9", [note], {}, NOW))
    return check([folder], now=LATER, root=folder)


SNAPSHOTS: dict[str, Callable[[Callable[[int, Kind], Judged], Path], str]] = {
    "one healthy": lambda _, __: page(check([EXAMPLES[0]], now=LATER, root=ROOT)),
    "one with several faults": lambda _, __: page(check([EXAMPLES[1]], now=LATER, root=ROOT)),
    "one with several faults, 60 columns": lambda _, __: page(check([EXAMPLES[1]], now=LATER, root=ROOT), width=60),
    "one not reached": lambda _, folder: page(unreached(folder)),
    "the five examples": lambda _, __: page(check(EXAMPLES, now=LATER, root=ROOT)),
    "fleet of 50, several faults": lambda made, _: made(50, "several").page(),
    "fleet of 500, mixed, by wave": lambda made, _: made(500, "mixed").page(group_by="wave"),
    "fleet of 500, mixed, 60 columns": lambda made, _: made(500, "mixed").page(width=60),
    "fleet, healthy": lambda made, _: made(50, "healthy").page(),
    "fleet, narrowed": lambda made, _: made(50, "mixed").page(targets=("lpar00[0-2]*",), severity="high"),
    "fleet, problems": lambda made, _: made(50, "mixed").page(show="problems"),
    "fleet, partitions by site": lambda made, _: made(50, "mixed").page(show="partitions", group_by="site"),
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_pages_as_they_are_read(
    name: str, judged_fleet: Callable[[int, Kind], Judged], tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    assert SNAPSHOTS[name](judged_fleet, tmp_path).encode() == snapshot(extension_class=snapshots_as("txt"))


def test_a_problem_to_be_fixed_first_is_one_that_the_page_lists() -> None:
    """Of each page that is kept: whatever an undecided row says to fix stands in the list above it."""
    named = 0
    for path in sorted((Path(__file__).parent / "__snapshots__" / "test_front_page").iterdir()):
        listed, _, undecided = path.read_text("utf-8").partition("UNDECIDED:")
        rules = re.findall(r"\bfix (RMC-[A-Z0-9]+-\d+)", undecided)
        named += len(rules)
        assert [rule for rule in rules if rule not in listed] == [], path.name
    assert named > 3
