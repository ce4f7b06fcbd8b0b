"""The front of the page: the order of problems over a fleet, the bar."""

from rmccomply.formats.html.front import Sums, natural, targets_told
from rmccomply.formats.html.partition import Rules
from rmccomply.problems import Failing
from rmccomply.undecided import CollectedBy, UndecidedKey
from rmccomply.words import Severity, Way
from tests.formats.awkward import RULES

AIX_AND_VIOS: tuple[tuple[str, Way], ...] = (("aix1", "root"), ("vios1", "vios"))


def sums_of(*problems: tuple[str, Severity, tuple[str, ...]]) -> Sums:
    sums = Sums(Rules(RULES))
    for at, problem in enumerate(problems):
        sums.add_problem(Failing(*problem), f"lpar{at}")
    return sums


def test_a_reason_stands_before_what_it_brings_about_then_the_worst_then_the_most() -> None:
    sums = sums_of(
        ("RMC-VER-001", "high", ()),
        ("RMC-NET-001", "high", ()),
        ("RMC-NET-001", "high", ()),
        ("RMC-SUB-001", "critical", ("RMC-FS-001",)),
        ("RMC-FS-001", "medium", ()),
    )
    assert [one.rule for one in sums.rows()] == ["RMC-FS-001", "RMC-SUB-001", "RMC-NET-001", "RMC-VER-001"]
    (fs, sub, net, _) = sums.rows()
    assert (net.targets, fs.targets) == (2, 1)
    assert [(why.title, why.targets) for why in sub.reasons] == [(fs.title, 1)]


def test_what_only_informs_stands_last_and_a_circle_ends() -> None:
    sums = sums_of(
        ("RMC-OS-001", "info", ()),
        ("RMC-VER-002", "low", ("RMC-FS-001",)),
        ("RMC-FS-001", "medium", ("RMC-VER-002",)),
    )
    assert [one.rule for one in sums.rows()] == ["RMC-FS-001", "RMC-VER-002", "RMC-OS-001"]


def test_names_stand_beside_what_one_collection_settles_on_all() -> None:
    sums = Sums(Rules(RULES), CollectedBy(inventories=("hosts.txt",), options=("--sudo", "--vios"), run="fleet"))
    for name, way in AIX_AND_VIOS:
        sums.add_undecided(UndecidedKey("collect", "not_collected", "", way), 2, name, f"t{name}")
    (row,) = sums.undecided_rows()
    assert (row.checks, row.targets, row.names) == (4, 2, (("aix1", "taix1"), ("vios1", "tvios1")))


def test_the_worst_severity_of_a_problem_counts() -> None:
    (row,) = sums_of(("RMC-FS-001", "low", ()), ("RMC-FS-001", "high", ()), ("RMC-FS-001", "medium", ())).rows()
    assert (row.severity, row.targets) == ("high", 3)


def test_the_bar_is_full() -> None:
    sums = Sums(Rules(RULES))
    sums.standings.update({"failed": 1, "healthy": 5, "undecided": 1})
    assert [one.standing for one in sums.bar()] == ["failed", "undecided", "healthy"]
    assert sums.bar()[0].start == 0
    assert sum(one.width for one in sums.bar()) == 1000


def test_platforms_are_told_where_there_are_several() -> None:
    assert targets_told({"aix": 136, "vios": 17, "linux": 47}, 200) == "200 partitions (136 AIX, 47 Linux, 17 VIOS)"
    assert targets_told({"aix": 1}, 1) == "1 partition, AIX"
    assert targets_told({}, 0) == "0 partitions"


def test_numbers_in_names_stand_in_their_order() -> None:
    assert sorted(["w10", "w9", "w", "w1b"], key=natural) == ["w", "w1b", "w9", "w10"]
