"""Policies with one flaw each: what finds it is the loader, `policy lint`, a case, or a change that no case notices.

The cases say what the author meant. Where the flaw is in the cases too, since none is near it, `--mutate` names the
place.
"""

from pathlib import Path

import pytest

from rmccomply.policy.find import shipped
from tests.cli.running import Program
from tests.policies.test_cases import FILES
from tests.policy.casing import POLICY, WHOLE

FULL = 'check = { kind = "number", fact = "var_ct.used_percent", below = "$full" }'
ACTIVE = 'check = { kind = "word", fact = "subsystem.ctrmc", is = ["active"] }'
WHEN = 'when = { kind = "parameter", name = "judged", is = ["yes"] }'
FIRST = 'platforms = ["aix"]\n' + FULL
AT_THE_BOUND = ("50000   95%", "20000   98%")
NO_VIOS = ('platform = "vios"', 'platform = "hmc"')
Swap = tuple[str, str]
PART = '{ kind = "number", fact = "var_ct.used_percent", below = "$full" }'


def check(text: str) -> Swap:
    return FULL, f"check = {text}"


FLAWS: list[tuple[str, str, Swap, Swap | None, str]] = [
    # what is wrong, what finds it, the change of the policy, that of the cases, what is said
    ("misspelt path", "load", ("var_ct.used_percent", "var_ct.used_percnt"), None, "unknown fact 'var_ct.used_percnt'"),
    ("misspelt word", "load", ('is = ["active"]', 'is = ["actve"]'), None, "did you mean 'active'?"),
    ("misspelt parameter", "load", ('below = "$full"', 'below = "$ful"'), None, "unknown parameter 'ful'"),
    ("misspelt key", "load", ("when = ", "wen = "), None, "unknown key; did you mean 'when'?"),
    ("misspelt platform", "load", ('["aix"]', '["axi"]'), None, "'axi' is not one of: aix"),
    (
        "version as text",
        "load",
        check('{ kind = "word", fact = "rsct.level", is = ["3.2.1.0"] }'),
        None,
        "'rsct.level' is a version",
    ),
    (
        "version as a number",
        "load",
        check('{ kind = "version", fact = "rsct.level", at_least = 3.10 }'),
        None,
        'must be text in quotes, such as "3.2.1.0"',
    ),
    ("bound as text", "load", ('below = "$full"', 'below = "95"'), None, "'95' is not a number"),
    ("no bound", "load", (', below = "$full"', ""), None, "give 'at_least' or 'below'"),
    ("empty quantifier", "load", check('{ kind = "all", of = [] }'), None, "must be a list with at least one entry"),
    ("one id twice", "load", ("OUR-SUB-001", "OUR-FS-001"), None, "is already defined in this file"),
    ("vacuous", "lint", ('below = "$full"', "below = 101"), None, "[cannot-fail]"),
    (
        "contradiction",
        "lint",
        check(f'{{ kind = "all", of = [{PART}, {PART.replace("below", "at_least")}] }}'),
        None,
        "[cannot-pass]",
    ),
    (
        "unreachable condition",
        "lint",
        (WHEN, 'when = { kind = "word", fact = "host.platform", is = ["linux"] }'),
        None,
        "[when-never]",
    ),
    (
        "condition without effect",
        "lint",
        (WHEN, 'when = { kind = "word", fact = "host.platform", is = ["aix"] }'),
        None,
        "[when-always]",
    ),
    (
        "another system's fact",
        "lint",
        check('{ kind = "empty", fact = "packages.core_missing" }'),
        None,
        "[never-applies]",
    ),
    ("part twice", "lint", check(f'{{ kind = "any", of = [{PART}, {PART}] }}'), None, "[duplicate-part]"),
    (
        "vacuous part",
        "lint",
        check(
            f'{{ kind = "all", of = [{PART}, {PART.replace("$full", "x").replace(chr(34) + "x" + chr(34), "101")}] }}'
        ),
        None,
        "[constant-part]",
    ),
    ("forgotten parameter", "lint", ('below = "$full"', "below = 95"), None, "[unused-parameter]"),
    ("wrong bound", "test", ("default = 95", "default = 96"), None, "OUR-FS-001: expected fail, got pass"),
    ("the other way round", "test", ("below = ", "at_least = "), None, "OUR-FS-001: expected pass, got fail"),
    ("lost condition", "lint", (f"{WHEN}\n", ""), None, "[unused-parameter]"),
    ("wrong condition", "test", (WHEN, WHEN.replace("is =", "is_not =")), None, "expected pass, got not applicable"),
    ("lost negation", "test", ('is = ["active"]', 'is_not = ["active"]'), None, "OUR-SUB-001: expected pass, got fail"),
    (
        "lost platform",
        "test",
        (FIRST, FIRST.replace("aix", "vios")),
        None,
        "OUR-FS-001: expected pass, got not applicable",
    ),
    (
        "any for all",
        "test",
        check(f'{{ kind = "any", of = [{PART}, {ACTIVE[8:]}] }}'),
        None,
        "OUR-FS-001: expected fail, got pass",
    ),
    (
        "bound that is not tried",
        "mutate",
        ("default = 95", "default = 97"),
        AT_THE_BOUND,
        "that it is 98, and not 97 ($full)",
    ),
    (
        "platform too many",
        "mutate",
        (FIRST, FIRST.replace('"aix"', '"aix", "vios"')),
        NO_VIOS,
        "that 'vios' is left out",
    ),
    (
        "part that is not tried",
        "mutate",
        check(f'{{ kind = "all", of = [{PART}, {{ kind = "number", fact = "var_ct.free_mib", at_least = 1 }}] }}'),
        None,
        "OUR-FS-001 check.of.1: no case notices that this part is left out",
    ),
    (
        "word too many",
        "mutate",
        ('is = ["active"]', 'is = ["active", "absent"]'),
        None,
        "OUR-SUB-001 check.is: no case notices that 'absent' is left out",
    ),
]
COMMANDS = {"load": ("lint", 2), "lint": ("lint", 1), "test": ("test", 1), "mutate": ("test", 1)}


def swapped(text: str, swap: Swap | None) -> str:
    if swap is None:
        return text
    assert swap[0] in text
    return text.replace(*swap)


@pytest.mark.parametrize(("name", "found_by", "swap", "cases", "says"), FLAWS, ids=[flaw[0] for flaw in FLAWS])
def test_each_flaw_is_found(
    name: str, found_by: str, swap: Swap, cases: Swap | None, says: str, tmp_path: Path, program: Program
) -> None:
    path = tmp_path / "our.toml"
    path.write_text(swapped(POLICY, swap), "utf-8")
    (tmp_path / "our.cases.toml").write_text(swapped(WHOLE, cases), "utf-8")
    if found_by in ("test", "mutate"):
        assert program("policy", "lint", str(path)).status == 0, "an earlier step finds it"
    if found_by == "mutate":
        assert program("policy", "test", str(path)).status == 0, "an earlier step finds it"
    command, status = COMMANDS[found_by]
    ran = program("policy", command, str(path), *(["--mutate"] if found_by == "mutate" else []))
    assert ran.status == status
    assert says in " ".join((ran.out + ran.err).split()), (name, ran.out + ran.err)


def test_there_are_flaws_for_each_step_and_enough_of_them() -> None:
    assert {found_by for _, found_by, *_ in FLAWS} == set(COMMANDS)
    assert len(FLAWS) >= 20


def test_the_policy_without_a_flaw_raises_nothing(tmp_path: Path, program: Program) -> None:
    path = tmp_path / "our.toml"
    path.write_text(POLICY, "utf-8")
    (tmp_path / "our.cases.toml").write_text(WHOLE, "utf-8")
    assert program("policy", "lint", str(path)).status == 0
    assert program("policy", "test", str(path), "--mutate", "--complete").status == 0


@pytest.mark.parametrize("policy", shipped())
def test_shipped_policies_raise_nothing(policy: str, program: Program) -> None:
    assert program("policy", "lint", policy).status == 0
    assert program("policy", "test", policy, str(FILES[policy]), "--mutate", "--complete", "--inherited").status == 0
