"""The tree of causes: every problem stands in it once, below what can be the reason of it, with its first line."""

import pytest

from rmccomply.finding import Finding
from rmccomply.problems import problems_of
from rmccomply.reasoning.cause_tree import cause_tree
from tests.linking import linked_host
from tests.planted import FAULTS, PAIRS, hosts
from tests.test_problems import A, B, C, fail

WORDS = {
    "RMC-SUB-001": "The RMC daemon is not running",
    "RMC-SUB-002": "The manager is not running",
    "RMC-SUB-004": "IBM.HostRM is not running",
    "RMC-FS-001": "The file system is full",
    "RMC-FS-003": "The file system is filling up",
    "RMC-VER-002": "RSCT is old",
}


def tree(*faults: str) -> list[str]:
    return cause_tree(linked_host(*hosts(*(FAULTS[name] for name in faults))), WORDS, "node11").split("\n")


def test_a_chain_is_indented_from_its_root_on() -> None:
    assert tree("full", "down") == [
        "node11: 2 problems, and 1 note",
        "",
        "RMC-FS-001  high  The file system is full",
        "  test.rmcc:21: /dev/hd9var       4194304         0  100%     9120     2% /var",
        "  shows again as RMC-FS-003: The file system is filling up",
        "  can be the reason of",
        "    RMC-SUB-001  critical  The RMC daemon is not running",
        "      Too little free space for /var/ct can be the reason.",
        "      test.rmcc:33: ctrmc            rsct                          inoperative",
        "      shows again as RMC-SUB-002: The manager is not running",
        "      shows again as RMC-SUB-004: IBM.HostRM is not running",
        "      keeps 19 checks undecided",
        "",
        "RMC-VER-002  info  RSCT is old",
        "  test.rmcc:25: rsct.core:rsct.core.rmc:3.2.5.2: : :C:F:rsct.core.rmc of RSCT: : : : : : :1:0:/:1845",
        "",
        "1 check is undecided for other reasons.",
        "",
    ]


def test_a_host_without_a_problem_says_so() -> None:
    assert cause_tree([], {}, "node11") == "node11: no problem was found\n"
    assert tree("attention")[0] == "node11: no problem was found, and 1 note"


def test_what_has_several_reasons_stands_below_the_last_and_is_named_by_the_others() -> None:
    lines = cause_tree([fail(A, "critical", B, C), fail(B, "high"), fail(C, "low")], {}, "lpar1").split("\n")
    assert lines[2:] == [
        f"{B}  high  {B} fails.",
        f"  can be the reason of {A}, below",
        "",
        f"{C}  low  {C} fails.",
        "  can be the reason of",
        f"    {A}  critical  {A} fails.",
        f"      {B} can be the reason.",
        f"      {C} can be the reason.",
        "",
    ]


def test_a_circle_ends() -> None:
    text = cause_tree([fail(A, "high", B), fail(B, "low", A)], {}, "lpar1")
    assert heads(text) == [A, B]


def heads(text: str) -> list[str]:
    """The rules that a tree has as problems, in its order."""
    return [
        line.split()[0]
        for line in text.split("\n")
        if line.lstrip().startswith(("RMC-", "MY-")) and "  " in line.strip()
    ]


@pytest.mark.parametrize(("one", "other"), PAIRS[::7])
def test_every_problem_stands_in_the_tree_once(one: str, other: str) -> None:
    found = linked_host(*hosts(FAULTS[one], FAULTS[other]))
    text = cause_tree(found, {}, "node11")
    assert sorted(heads(text)) == sorted(problem.rule for problem in problems_of(found))


def test_what_a_host_says_cannot_drive_the_terminal() -> None:
    odd = fail(A)
    told = Finding(
        verdict=odd.verdict._replace(message="bad \x1b[31m\u202e"),
        target="lpar1",
        fingerprint=odd.fingerprint,
        disposition="active",
    )
    text = cause_tree([told], {}, "lpar\x07")
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
